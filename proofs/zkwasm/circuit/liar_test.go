package circuit

import (
	"encoding/binary"
	"slices"
	"sort"
	"testing"

	"vmhost/proofs/zkwasm/ir"
	"vmhost/proofs/zkwasm/trace"
)

// liar interprets a program like package trace does, but lets hooks lie once
// and computes everything downstream from the lie: the adaptive cheat. It has
// no limits and does not trap: a block without a row is run as the end.
type liar struct {
	p     *ir.Program
	input []byte
	state trace.State

	pure   func(n int, s *ir.PureStep)
	load   func(n int, m *ir.MemStep)
	store  func(n int, m *ir.MemStep)
	branch func(row int, taken bool) bool
	bend   bool // a lie about a branch changes operand A with it
	link   func(n int, l *ir.LinkStep)
	move   func(n int, m *ir.MoveStep)
	ret    func(n int, s *ir.SpineStep)
	addr   func(n int, m *ir.MemStep)
	jump   func(row int, pc uint32) uint32 // from a block that jumps forward; 0 to obey
	stop   func(row int) bool              // after a block that jumps forward
	bendB  bool                            // a lie about a branch changes operand B

	t      *ir.Trace
	frames map[uint64]map[ir.Slot]uint64
	cells  map[[2]uint64]*ir.Cell
	births map[uint64]uint64 // ticks, by page
	nPure  int
	nRet   int
}

func (l *liar) value(f uint64, r ir.Ref) uint64 {
	if r.Const {
		f = ir.FrameConst
	}
	return l.frames[f][r.Slot]
}

func (l *liar) set(f uint64, s ir.Slot, v uint64) {
	if l.frames[f] == nil {
		l.frames[f] = map[ir.Slot]uint64{}
	}
	l.frames[f][s] = v
}

func (l *liar) cell(rg ir.Region, a uint64) *ir.Cell {
	k := [2]uint64{uint64(rg), a}
	c := l.cells[k]
	if c == nil {
		c = &ir.Cell{Region: rg, Addr: a}
		switch {
		case rg == ir.RegionInput:
			var w [8]byte
			if a < uint64(len(l.input)) {
				copy(w[:], l.input[a:])
			}
			c.Init = binary.LittleEndian.Uint64(w[:])
		case rg == ir.RegionGlobals && a == ir.InputLenAddr:
			c.Init = uint64(len(l.input))
		case rg == ir.RegionGlobals && a == ir.MemSizeAddr:
			c.Init = uint64(l.p.Pages) * ir.PageSize
		case rg == ir.RegionLinear && a/ir.PageSize >= uint64(l.p.Pages):
			c.Birth = l.births[a/ir.PageSize]
			c.FinalTau = c.Birth
		}
		c.Final = c.Init
		l.cells[k] = c
	}
	return c
}

// run executes the program; ok is false if it ended in a block without a row.
func (l *liar) run() (ok bool) {
	l.t = &ir.Trace{Input: l.input}
	l.frames, l.cells = map[uint64]map[ir.Slot]uint64{}, map[[2]uint64]*ir.Cell{}
	l.births = map[uint64]uint64{}
	l.set(0, ir.SlotOne, 1)
	for _, c := range l.p.Consts {
		l.set(0, c.Slot, c.Value)
	}
	for _, d := range l.p.Data {
		c := l.cell(d.Region, uint64(d.Addr))
		c.Init, c.Final, c.IsData = d.Value, d.Value, true
	}
	pc, f := l.p.Entry, uint64(ir.FrameStart)
	for row := range 5000 {
		blk := &l.p.Blocks[pc-1]
		s := ir.SpineStep{PC: pc, Frame: f, Tau: uint64(len(l.t.Mem)) + 1}
		l.body(blk, f)
		t := &blk.Term
		if t.Kind == ir.TermHalt {
			l.t.Spine = append(l.t.Spine, s)
			l.finish()
			return true
		}
		if t.Kind == ir.TermUnreachable {
			return false
		}
		if forward := t.Kind == ir.TermJump && t.Edges[0].Kind == ir.EdgeForward; forward && l.stop != nil && l.stop(row) {
			l.t.Spine = append(l.t.Spine, s)
			l.finish()
			return true
		} else if forward && l.jump != nil && l.jump(row, pc) != 0 {
			pc = l.jump(row, pc)
			l.t.Spine = append(l.t.Spine, s)
			continue
		}
		pc, f = l.term(blk, &s, row, f)
		l.t.Spine = append(l.t.Spine, s)
		if pc == 0 || int(pc) > len(l.p.Blocks) {
			return false
		}
	}
	return false
}

func (l *liar) body(blk *ir.Block, f uint64) {
	index := uint32(0)
	for _, in := range blk.Body {
		if in.Pure != nil {
			l.step(in.Pure, f)
			continue
		}
		l.event(in.Mem, blk.PC, index, f)
		index++
	}
}

func (l *liar) step(p *ir.Pure, f uint64) {
	s := ir.PureStep{Op: p, Frame: f, A: l.value(f, p.A), B: l.value(f, p.B), C: l.value(f, p.C), D: l.value(f, p.D)}
	switch p.Op {
	case ir.OpLeaf:
		v, _ := l.state.Value(uint32(s.A), uint32(s.B))
		for i := range 4 {
			s.R[i] = binary.BigEndian.Uint64(v[24-8*i:])
		}
		if s.R[1]|s.R[2]|s.R[3] != 0 {
			s.R[4] = 1
		}
	case ir.OpLen:
		n, _ := l.state.Len(uint32(s.A))
		s.R[0] = uint64(n)
	case ir.OpFind:
		var e [32]byte
		for i, x := range []uint64{s.A, s.B, s.C, s.D} {
			binary.BigEndian.PutUint64(e[24-8*i:], x)
		}
		h, _ := l.state.Find(string(e[32-e[0]:]))
		s.R[0] = uint64(h)
	case ir.OpAged:
		v, _ := l.state.ValueAt(s.A, uint32(s.B), uint32(s.C))
		for i := range 4 {
			s.R[i] = binary.BigEndian.Uint64(v[24-8*i:])
		}
	case ir.OpManifest:
		root, _ := l.state.ItemsRoot(uint32(s.A))
		setWords(&s, root[:])
	case ir.OpItem:
		it, _ := l.state.Item(uint32(s.A), uint32(s.B))
		setWords(&s, slices.Concat([]byte{byte(it.Kind)}, it.Address[:], it.Slot[:], it.Key[:]))
	default:
		s.R[0], s.High = ir.Eval(p.Op, s.A, s.B, s.C)
	}
	if l.pure != nil {
		l.pure(l.nPure, &s)
	}
	l.nPure++
	for k := range p.Op.Results() {
		l.set(f, p.Dst+ir.Slot(k), s.Result(k))
	}
	l.t.Pure = append(l.t.Pure, s)
}

func (l *liar) keccak(s *ir.MemStep) {
	var old [ir.KeccakLanes]uint64
	s.Keccak = new([ir.KeccakLanes]ir.CellAccess)
	for i := range old {
		old[i] = l.cell(ir.RegionJournal, ir.KeccakAddr+8*uint64(i)).Final
	}
	for i, v := range ir.KeccakF(old) {
		c := l.cell(ir.RegionJournal, ir.KeccakAddr+8*uint64(i))
		s.Keccak[i] = ir.CellAccess{Addr: c.Addr, Old: old[i], New: v, PrevTau: c.FinalTau}
		c.Final, c.FinalTau = v, s.Tau
	}
}

func setWords(s *ir.PureStep, b []byte) {
	for k := range s.Op.Op.Results() {
		var w [8]byte
		copy(w[:], b[8*k:])
		s.SetResult(k, binary.LittleEndian.Uint64(w[:]))
	}
}

func (l *liar) event(m *ir.Mem, pc, index uint32, f uint64) {
	s := ir.MemStep{Op: m, PC: pc, Index: index, Frame: f, Tau: uint64(len(l.t.Mem)) + 1, Addr: l.value(f, m.Addr), Val: l.value(f, m.Val)}
	if l.addr != nil {
		l.addr(len(l.t.Mem), &s)
	}
	a := s.Addr + uint64(m.Imm)
	n, off := uint64(m.Width), a%8
	s.Two = off+n > 8
	cells := []*ir.Cell{l.cell(m.Region, a-off)}
	if s.Two {
		cells = append(cells, l.cell(m.Region, a-off+8))
	}
	at := func(i uint64) (*ir.Cell, uint64) { return cells[(off+i)/8], 8 * ((off + i) % 8) }
	for i, c := range cells {
		s.Cells[i] = ir.CellAccess{Addr: c.Addr, Old: c.Final, PrevTau: c.FinalTau}
	}
	switch {
	case m.Keccak:
		l.keccak(&s)
		l.t.Mem = append(l.t.Mem, s)
		return
	case m.Grow:
		l.births[cells[0].Final/ir.PageSize] = s.Tau
		cells[0].Final += ir.PageSize
	case m.Store:
		if l.store != nil {
			l.store(len(l.t.Mem), &s)
		}
		for i := range n {
			c, sh := at(i)
			c.Final = c.Final&^(0xff<<sh) | s.Val>>(8*i)&0xff<<sh
		}
	default:
		s.Val = 0
		for i := range n {
			c, sh := at(i)
			s.Val |= c.Final >> sh & 0xff << (8 * i)
		}
		if m.Signed && s.Val>>(8*n-1) == 1 {
			s.Val |= ^uint64(0) << (8 * n)
			if !m.Wide {
				s.Val &= 1<<32 - 1
			}
		}
		if l.load != nil {
			l.load(len(l.t.Mem), &s)
		}
		l.set(f, m.Dst, s.Val)
	}
	for i, c := range cells {
		s.Cells[i].New, c.FinalTau = c.Final, s.Tau
	}
	l.t.Mem = append(l.t.Mem, s)
}

// term runs a terminator and returns the next block and frame.
func (l *liar) term(blk *ir.Block, s *ir.SpineStep, row int, f uint64) (pc uint32, frame uint64) {
	t := &blk.Term
	if t.Kind == ir.TermRet {
		s.A, s.B = l.value(f, ir.Ref{Slot: ir.SlotRetPC}), l.value(f, ir.Ref{Slot: ir.SlotParent})
		if l.ret != nil {
			l.ret(l.nRet, s)
		}
		l.nRet++
		pc = uint32(s.A)
		for i := range l.p.Blocks {
			if c := &l.p.Blocks[i].Term; c.Kind == ir.TermCall && c.Cont == pc {
				l.follow(ir.ReturnEdgeID(pc), c.RetMoves, f, s.B)
			}
		}
		return pc, s.B
	}
	e := &t.Edges[0]
	if t.Kind == ir.TermBranch {
		s.A, s.B = l.value(f, t.A), l.value(f, t.B)
		s.Taken = s.A != s.B
		if l.branch != nil {
			if now := l.branch(row, s.Taken); now != s.Taken {
				if s.Taken = now; l.bend && now {
					s.A = s.B + 1
				} else if l.bend {
					s.A = s.B
				}
				if l.bendB && now {
					s.B = s.A + 1
				} else if l.bendB {
					s.B = s.A
				}
			}
		}
		if s.Taken {
			e = &t.Edges[1]
		}
	}
	frame = f
	id := ir.EdgeID(blk.PC, s.Taken)
	switch e.Kind {
	case ir.EdgeExit:
		s.B = l.value(f, ir.Ref{Slot: ir.SlotParent})
		frame = s.B
	case ir.EdgeForward:
	default:
		frame = ir.FrameFirst + uint64(row)
	}
	if e.Kind == ir.EdgeEnter || e.Kind == ir.EdgeCall {
		k := ir.LinkStep{Edge: id, Cont: t.Cont, From: f, To: frame}
		if l.link != nil {
			l.link(len(l.t.Links), &k)
		}
		l.set(k.To, ir.SlotParent, k.From)
		l.set(k.To, ir.SlotRetPC, uint64(k.Cont))
		l.t.Links = append(l.t.Links, k)
	}
	l.follow(id, edgeMoves(e), f, frame)
	return e.Target, frame
}

func (l *liar) follow(id uint32, moves []ir.Move, from, to uint64) {
	for _, m := range moves {
		s := ir.MoveStep{Edge: id, Move: m, From: from, To: to, Value: l.value(from, m.Src)}
		if l.move != nil {
			l.move(len(l.t.Moves), &s)
		}
		l.set(s.To, m.Dst, s.Value)
		l.t.Moves = append(l.t.Moves, s)
	}
}

func (l *liar) finish() {
	for _, c := range l.cells {
		l.t.Cells = append(l.t.Cells, *c)
	}
	sort.Slice(l.t.Cells, func(i, j int) bool {
		a, b := l.t.Cells[i], l.t.Cells[j]
		return a.Region < b.Region || a.Region == b.Region && a.Addr < b.Addr
	})
	n := l.cell(ir.RegionGlobals, ir.JournalLenAddr).Final
	for i := range min(n, ir.MaxJournal) {
		l.t.Output = append(l.t.Output, byte(l.cell(ir.RegionJournal, i&^7).Final>>(8*(i%8))))
	}
}

// claim lays a trace out and says whether the circuit takes it.
func claim(tb testing.TB, p *ir.Program, t *ir.Trace, o Opener) (a *Assignment, err error) {
	tb.Helper()
	defer func() {
		if r := recover(); r != nil { // a preimage that the honest tree lacks
			err = ErrNotInState
		}
	}()
	if a, err = Assign(tamperShape(measureAny(p, t, o)), p, t, o); err != nil {
		return nil, err
	}
	return a, check(a.Shape, a)
}

func measureAny(p *ir.Program, t *ir.Trace, o Opener) Shape {
	rom, err := flattenROM(p)
	if err != nil {
		return Shape{}
	}
	st, err := openState(t, o)
	if err != nil {
		return Shape{}
	}
	n := 1 << 20
	sh := Shape{Load64: n, Store64: n, Load32: n, Store32: n, LoadPart: n, StorePart: n, LoadAny: n, StoreAny: n}
	return (&assigner{sh: sh, p: p, t: t, rom: rom, state: st, pow: powSlots(p), pure: groupPure(t)}).used()
}
