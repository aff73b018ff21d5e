package trace

import (
	"errors"
	"fmt"

	"vmhost/proofs/zkwasm/ir"
)

// ErrInconsistent means that a trace is no run of the program: a bug of this
// package, or a damaged trace.
var ErrInconsistent = errors.New("trace: inconsistent")

// Verify checks a trace the way the circuit does, without arithmetic in the
// field and independently of Run: every value that is read has exactly one
// producer with that value, rows follow the program's edges, memory is
// consistent, state operations excepted (their results are taken as they are).
// It costs a few hash table operations a row.
func Verify(p *ir.Program, t *ir.Trace) error {
	v := &verifier{p: p, t: t, facts: make(map[fact]uint64, len(t.Pure)+len(t.Moves)), edges: map[edgeFact]bool{}}
	for _, step := range []func() error{v.spine, v.produce, v.reads, v.memory} {
		if err := step(); err != nil {
			return fmt.Errorf("%w: %w", ErrInconsistent, err)
		}
	}
	return nil
}

type fact struct {
	slot  ir.Slot
	frame uint64
}

type edgeFact struct {
	id       uint32
	from, to uint64
}

type verifier struct {
	p     *ir.Program
	t     *ir.Trace
	facts map[fact]uint64
	edges map[edgeFact]bool
}

// spine checks control flow and collects the edges taken.
func (v *verifier) spine() error {
	rows := v.t.Spine
	if len(rows) == 0 || rows[0].PC != v.p.Entry || rows[0].Frame != ir.FrameStart || rows[0].Tau != 1 || rows[len(rows)-1].PC != v.p.Halt {
		return errors.New("first or last row")
	}
	for i := range len(rows) - 1 {
		r, next := &rows[i], &rows[i+1]
		t := &v.p.Blocks[r.PC-1].Term
		e := &t.Edges[0]
		id := ir.EdgeID(r.PC, false)
		switch {
		case t.Kind == ir.TermBranch && r.A != r.B:
			e, id = &t.Edges[1], ir.EdgeID(r.PC, true)
		case t.Kind == ir.TermHalt, t.Kind == ir.TermUnreachable:
			return fmt.Errorf("row %d: runs on after its end", i)
		}
		if r.Taken != (t.Kind == ir.TermBranch && r.A != r.B) {
			return fmt.Errorf("row %d: taken", i)
		}
		pc, frame := e.Target, r.Frame
		switch {
		case t.Kind == ir.TermRet:
			pc, frame = uint32(r.A), r.B
			id = ir.ReturnEdgeID(pc)
		case e.Kind == ir.EdgeExit:
			frame = r.B
		case e.Kind != ir.EdgeForward:
			frame = ir.FrameFirst + uint64(i)
		}
		if next.PC != pc || next.Frame != frame {
			return fmt.Errorf("row %d: next is block %d in frame %d, want %d in %d", i, next.PC, next.Frame, pc, frame)
		}
		v.edges[edgeFact{id, r.Frame, frame}] = true
	}
	return nil
}

func (v *verifier) add(s ir.Slot, frame, value uint64) error {
	k := fact{s, frame}
	if _, dup := v.facts[k]; dup {
		return fmt.Errorf("slot %d of frame %d defined twice", s, frame)
	}
	v.facts[k] = value
	return nil
}

// produce collects the facts of all rows.
func (v *verifier) produce() error {
	v.facts[fact{ir.SlotZero, ir.FrameConst}] = 0
	v.facts[fact{ir.SlotOne, ir.FrameConst}] = 1
	for _, c := range v.p.Consts {
		v.facts[fact{c.Slot, ir.FrameConst}] = c.Value
	}
	for i := range v.t.Pure {
		s := &v.t.Pure[i]
		if r, high := ir.Eval(s.Op.Op, s.A, s.B, s.C); !s.Op.Op.IsState() && (r != s.R[0] || high != s.High) {
			return fmt.Errorf("s%d = %s: %d", s.Op.Dst, s.Op.Op, s.R[0])
		}
		for k := range s.Op.Op.Results() {
			if err := v.add(s.Op.Dst+ir.Slot(k), s.Frame, s.Result(k)); err != nil {
				return err
			}
		}
	}
	for i := range v.t.Moves {
		m := &v.t.Moves[i]
		if !v.edges[edgeFact{m.Edge, m.From, m.To}] {
			return fmt.Errorf("move along edge %d from %d to %d, which was not taken", m.Edge, m.From, m.To)
		}
		if err := v.add(m.Move.Dst, m.To, m.Value); err != nil {
			return err
		}
	}
	for _, l := range v.t.Links {
		if !v.edges[edgeFact{l.Edge, l.From, l.To}] {
			return fmt.Errorf("link along edge %d, which was not taken", l.Edge)
		}
		if err := errors.Join(v.add(ir.SlotParent, l.To, l.From), v.add(ir.SlotRetPC, l.To, uint64(l.Cont))); err != nil {
			return err
		}
	}
	for i := range v.t.Mem {
		if m := &v.t.Mem[i]; !m.Op.Store {
			if err := v.add(m.Op.Dst, m.Frame, m.Val); err != nil {
				return err
			}
		}
	}
	return nil
}

// read checks that somebody produced what is read.
func (v *verifier) read(r ir.Ref, frame, value uint64) error {
	if r.Const {
		frame = ir.FrameConst
	}
	if got, ok := v.facts[fact{r.Slot, frame}]; !ok || got != value {
		return fmt.Errorf("slot %d of frame %d read as %d, is %d (%t)", r.Slot, frame, value, got, ok)
	}
	return nil
}

// reads checks the operands of all rows.
func (v *verifier) reads() error {
	var errs []error
	check := func(r ir.Ref, frame, value uint64) {
		if err := v.read(r, frame, value); err != nil && len(errs) < 4 {
			errs = append(errs, err)
		}
	}
	for i := range v.t.Pure {
		s := &v.t.Pure[i]
		for k, r := range []ir.Ref{s.Op.A, s.Op.B, s.Op.C, s.Op.D}[:s.Op.Op.Operands()] {
			check(r, s.Frame, [4]uint64{s.A, s.B, s.C, s.D}[k])
		}
	}
	for i := range v.t.Moves {
		check(v.t.Moves[i].Move.Src, v.t.Moves[i].From, v.t.Moves[i].Value)
	}
	for i := range v.t.Mem {
		m := &v.t.Mem[i]
		check(m.Op.Addr, m.Frame, m.Addr)
		if m.Op.Store {
			check(m.Op.Val, m.Frame, m.Val)
		}
	}
	for i := range v.t.Spine {
		r := &v.t.Spine[i]
		t := &v.p.Blocks[r.PC-1].Term
		switch {
		case t.Kind == ir.TermBranch:
			check(t.A, r.Frame, r.A)
			check(t.B, r.Frame, r.B)
		case t.Kind == ir.TermRet:
			check(ir.Ref{Slot: ir.SlotRetPC}, r.Frame, r.A)
			check(ir.Ref{Slot: ir.SlotParent}, r.Frame, r.B)
		case t.Kind == ir.TermJump && t.Edges[0].Kind == ir.EdgeExit:
			check(ir.Ref{Slot: ir.SlotParent}, r.Frame, r.B)
		}
	}
	return errors.Join(errs...)
}

type cellKey struct {
	region ir.Region
	addr   uint64
}

type cellState struct{ value, tau uint64 }

// memory replays the events and checks order, contents, cells and journal.
func (v *verifier) memory() error {
	cells := map[cellKey]cellState{}
	last := int64(-1)
	if err := v.births(); err != nil {
		return err
	}
	for _, c := range v.t.Cells {
		if k := int64(c.Region)<<40 | int64(c.Addr); c.Addr%8 != 0 || k <= last {
			return fmt.Errorf("cell %d of region %d out of order", c.Addr, c.Region)
		} else {
			last = k
		}
		cells[cellKey{c.Region, c.Addr}] = cellState{value: c.Init, tau: c.Birth}
	}
	if err := v.events(cells); err != nil {
		return err
	}
	data := map[cellKey]uint64{}
	for _, d := range v.p.Data {
		data[cellKey{d.Region, uint64(d.Addr)}] = d.Value
	}
	for _, c := range v.t.Cells {
		k := cellKey{c.Region, c.Addr}
		if s := cells[k]; s.value != c.Final || s.tau != c.FinalTau {
			return fmt.Errorf("cell %d of region %d: final value or tick", c.Addr, c.Region)
		}
		want, isData := data[k]
		if k == (cellKey{ir.RegionGlobals, ir.MemSizeAddr}) {
			want = uint64(v.p.Pages) * ir.PageSize
		}
		input := c.Region == ir.RegionInput || c.Region == ir.RegionGlobals && c.Addr == ir.InputLenAddr
		if c.IsData != isData || c.Init != want && !input {
			return fmt.Errorf("cell %d of region %d: initial value", c.Addr, c.Region)
		}
		delete(data, k)
	}
	if len(data) > 0 {
		return errors.New("data cell missing")
	}
	return nil
}

// births checks that linear cells begin when the grow events made their pages.
func (v *verifier) births() error {
	var ticks []uint64
	for i := range v.t.Mem {
		if v.t.Mem[i].Op.Grow {
			ticks = append(ticks, v.t.Mem[i].Tau)
		}
	}
	if len(ticks) > int(v.p.MaxPages-v.p.Pages) {
		return errors.New("grows beyond the maximum")
	}
	for _, c := range v.t.Cells {
		want := uint64(0)
		if page := c.Addr / ir.PageSize; c.Region == ir.RegionLinear && page >= uint64(v.p.Pages) {
			if page -= uint64(v.p.Pages); page >= uint64(len(ticks)) {
				return fmt.Errorf("cell %d is out of bounds", c.Addr)
			}
			want = ticks[page]
		}
		if c.Birth != want {
			return fmt.Errorf("cell %d of region %d: born at %d, not %d", c.Addr, c.Region, c.Birth, want)
		}
	}
	return nil
}

// events replays the token chain.
func (v *verifier) events(cells map[cellKey]cellState) error {
	tau, next := uint64(1), 0
	for i := range v.t.Spine {
		r := &v.t.Spine[i]
		if r.Tau != tau {
			return fmt.Errorf("row %d: tick %d, want %d", i, r.Tau, tau)
		}
		n := uint32(0)
		for _, in := range v.p.Blocks[r.PC-1].Body {
			if in.Mem == nil {
				continue
			}
			if next == len(v.t.Mem) {
				return fmt.Errorf("row %d: event %d missing", i, n)
			}
			m := &v.t.Mem[next]
			if m.Op != in.Mem || m.PC != r.PC || m.Index != n || m.Frame != r.Frame || m.Tau != tau {
				return fmt.Errorf("row %d: event %d is another", i, n)
			}
			if err := access(cells, m); err != nil {
				return fmt.Errorf("row %d: event %d: %w", i, n, err)
			}
			n++
			tau++
			next++
		}
	}
	if next != len(v.t.Mem) {
		return errors.New("events without a row")
	}
	return nil
}

// access checks one event bit by bit, differently from the interpreter.
func access(cells map[cellKey]cellState, m *ir.MemStep) error {
	if m.Op.Keccak {
		return permuted(cells, m)
	}
	a := m.Addr + uint64(m.Op.Imm)
	if m.Two != (a%8+uint64(m.Op.Width) > 8) || m.Cells[0].Addr != a-a%8 || m.Two && m.Cells[1].Addr != a-a%8+8 {
		return errors.New("cells")
	}
	n := 1
	if m.Two {
		n = 2
	}
	for i := range n {
		c := &m.Cells[i]
		k := cellKey{m.Op.Region, c.Addr}
		s, ok := cells[k]
		if !ok || s.value != c.Old || s.tau != c.PrevTau || !m.Op.Store && c.New != c.Old {
			return fmt.Errorf("cell %d", c.Addr)
		}
		if s.tau >= m.Tau {
			return fmt.Errorf("cell %d before tick %d", c.Addr, s.tau)
		}
		cells[k] = cellState{c.New, m.Tau}
	}
	if m.Op.Grow {
		if c := &m.Cells[0]; c.New != c.Old+ir.PageSize {
			return errors.New("size of the memory")
		}
		return nil
	}
	var got, want uint64
	for i := range uint64(m.Op.Width) {
		c := m.Cells[(a+i-m.Cells[0].Addr)/8]
		shift := 8 * ((a + i) % 8)
		got |= c.New >> shift & 0xff << (8 * i)
		want |= m.Val & (0xff << (8 * i))
	}
	if got != want {
		return fmt.Errorf("value %d, want %d", got, want)
	}
	return outside(m, a)
}

// permuted checks a keccak event.
func permuted(cells map[cellKey]cellState, m *ir.MemStep) error {
	var old [ir.KeccakLanes]uint64
	for i := range old {
		old[i] = m.Keccak[i].Old
	}
	now := ir.KeccakF(old)
	for i := range m.Keccak {
		c := &m.Keccak[i]
		k := cellKey{m.Op.Region, ir.KeccakAddr + 8*uint64(i)}
		if s, ok := cells[k]; !ok || c.Addr != k.addr || s.value != c.Old || s.tau != c.PrevTau || s.tau >= m.Tau || c.New != now[i] {
			return fmt.Errorf("keccak: cell %d", c.Addr)
		}
		cells[k] = cellState{c.New, m.Tau}
	}
	return nil
}

// outside checks that a store leaves the other bytes of its cells alone.
func outside(m *ir.MemStep, a uint64) error {
	for i := range uint64(16) {
		b := m.Cells[0].Addr + i
		if b >= a && b < a+uint64(m.Op.Width) || i >= 8 && !m.Two {
			continue
		}
		c := m.Cells[i/8]
		if (c.Old^c.New)>>(8*(i%8))&0xff != 0 {
			return fmt.Errorf("byte %d changed", b)
		}
	}
	return nil
}
