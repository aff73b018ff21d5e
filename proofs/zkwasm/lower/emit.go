package lower

import "vmhost/proofs/zkwasm/ir"

// chunk is what becomes one ir.Block: a body of at most ir.MaxEvents events.
type chunk struct {
	body   []ir.Instr
	events int
}

// emitter writes functions into an ir.Program.
type emitter struct {
	p      *ir.Program
	next   ir.Slot
	consts map[uint64]ir.Slot
	preds  map[*block]map[edge]int
	mats   map[uint64][]*value // constants that were put into a frame
	f      *fn
	b      *block
	out    []chunk
	err    error
}

func (e *emitter) slots(n int) ir.Slot {
	s := e.next
	if e.next += ir.Slot(n); e.next > ir.SlotLimit {
		e.err = errTooComplex
		e.next = ir.SlotFirst
	}
	return s
}

func (e *emitter) constant(c uint64) ir.Ref {
	switch c {
	case 0:
		return ir.Zero()
	case 1:
		return ir.Ref{Slot: ir.SlotOne, Const: true}
	}
	s, ok := e.consts[c]
	if !ok {
		s = e.slots(1)
		e.consts[c] = s
		e.p.Consts = append(e.p.Consts, ir.Const{Slot: s, Value: c})
	}
	return ir.Ref{Slot: s, Const: true}
}

// ref is the operand that reads v.
func (e *emitter) ref(v *value) ir.Ref {
	v = v.get()
	switch {
	case v == nil:
		return ir.Ref{}
	case v.kind == vConst:
		return e.constant(v.c)
	case v.kind == vRes:
		return ir.Ref{Slot: v.args[0].get().slot + ir.Slot(v.n)}
	}
	return ir.Ref{Slot: v.slot}
}

// bodies numbers the values of f and emits its blocks' bodies.
func (e *emitter) bodies(f *fn) {
	e.f, e.mats = f, map[uint64][]*value{}
	f.chunks = make(map[*block][]chunk, len(f.order))
	for i, v := range f.argVals {
		v.slot = ir.SlotArg0 + ir.Slot(i)
	}
	for _, b := range f.order {
		for _, list := range [][]*value{b.phis, b.results} {
			for _, v := range list {
				if v.live && v.slot == 0 {
					v.slot = e.slots(1)
				}
			}
		}
	}
	for _, b := range f.order {
		e.b, e.out = b, []chunk{{}}
		for _, v := range b.ins {
			if v.live {
				e.instr(v)
			}
		}
		f.chunks[b] = e.out
	}
}

func (e *emitter) put(in ir.Instr) {
	last := &e.out[len(e.out)-1]
	if in.Mem != nil {
		if last.events == ir.MaxEvents {
			e.out = append(e.out, chunk{})
			last = &e.out[len(e.out)-1]
		}
		last.events++
	}
	last.body = append(last.body, in)
}

func (e *emitter) instr(v *value) {
	switch v.kind {
	case vLoad, vStore:
		m := v.mem
		m.Addr = e.ref(v.args[0])
		if m.Store {
			m.Val = e.ref(v.args[1])
		} else {
			v.slot = e.slots(1)
			m.Dst = v.slot
		}
		e.put(ir.Instr{Mem: &m})
	case vOp:
		a := v.args
		if a[0].get().isConst() {
			a[0] = e.inFrame(a[0].get().c, v)
		}
		v.slot = e.slots(v.op.Results())
		p := &ir.Pure{Op: v.op, Dst: v.slot}
		for i, r := range []*ir.Ref{&p.A, &p.B, &p.C, &p.D} {
			if i < v.op.Operands() {
				*r = e.ref(a[i])
			}
		}
		e.put(ir.Instr{Pure: p})
	default: // constants and arguments take no instruction
	}
}

// inFrame puts constant c into a slot of the frame, because v wants it as its
// first operand: select(x, c, c) for any x of the frame.
func (e *emitter) inFrame(c uint64, v *value) *value {
	for _, m := range e.mats[c] {
		if m.blk.region == e.b.region && e.f.dominates(m.blk, e.b) {
			return m
		}
	}
	k := konst(c)
	m := &value{kind: vOp, op: ir.OpSelect, typ: k.typ, max: c, blk: e.b, live: true}
	m.args = [4]*value{e.anyValue(v), k, k}
	e.instr(m)
	e.mats[c] = append(e.mats[c], m)
	return m
}

// anyValue finds a live number in the current frame, if need be by a load.
func (e *emitter) anyValue(v *value) *value {
	for _, a := range v.args {
		if a = a.get(); a == nil {
			continue
		}
		if a.typ == tPow {
			a = a.args[0].get()
		}
		if !a.isConst() {
			return a
		}
	}
	for b := e.b; ; b = b.idom {
		if b.region == e.b.region {
			if x := e.valueIn(b); x != nil {
				return x
			}
		}
		if b == b.idom {
			break
		}
	}
	x := &value{kind: vLoad, typ: t32, blk: e.b, live: true, args: [4]*value{konst(0)}}
	x.mem = ir.Mem{Region: ir.RegionGlobals, Width: 4, Imm: ir.JournalLenAddr}
	e.instr(x)
	e.b.results = append(e.b.results, x) // so that the next search finds it
	return x
}

// valueIn finds a value that block b has emitted.
func (e *emitter) valueIn(b *block) *value {
	lists := [][]*value{b.phis, b.results, b.ins}
	if b == e.f.entry {
		lists = append(lists, e.f.argVals)
	}
	for _, list := range lists {
		for _, v := range list {
			if v.live && v.slot != 0 && v.fwd == nil && v.kind != vStore && v.typ != tPow {
				return v
			}
		}
	}
	return nil
}

// number assigns block and region numbers.
func (e *emitter) number(f *fn) {
	f.index = uint32(len(e.p.Regions))
	kind := ir.KindFunc
	if f.index == 0 {
		kind = ir.KindStart
	}
	f.root.index = f.index
	e.p.Regions = append(e.p.Regions, ir.CodeRegion{Kind: kind, Func: f.name})
	for _, r := range f.loops() {
		r.index = uint32(len(e.p.Regions))
		e.p.Regions = append(e.p.Regions, ir.CodeRegion{Kind: ir.KindLoop, Parent: r.parent.index, Func: f.name})
	}
	for _, b := range f.order {
		for i := range f.chunks[b] {
			pc := uint32(len(e.p.Blocks) + 1)
			if i == 0 {
				b.pc = pc
			}
			e.p.Blocks = append(e.p.Blocks, ir.Block{PC: pc, Region: b.region.index})
			r := &e.p.Regions[b.region.index]
			r.Blocks = append(r.Blocks, pc)
		}
	}
	f.entryPC = f.entry.pc
}

// finish fills in the blocks of f, after all functions are numbered.
func (e *emitter) finish(f *fn) {
	for _, b := range f.order {
		chunks := f.chunks[b]
		for i := range chunks {
			out := &e.p.Blocks[int(b.pc)-1+i]
			out.Body = chunks[i].body
			if i == 0 {
				out.Fuel = b.fuel
				out.Params = e.params(f, b)
			}
			if i < len(chunks)-1 {
				out.Term = ir.Term{Kind: ir.TermJump}
				out.Term.Edges[0] = ir.Edge{Kind: ir.EdgeForward, Target: out.PC + 1}
				continue
			}
			out.Term = e.term(f, b)
		}
	}
}

func (e *emitter) params(f *fn, b *block) []ir.Slot {
	var out []ir.Slot
	lists := [][]*value{b.phis, b.results}
	if b == f.entry {
		lists = append(lists, f.argVals)
	}
	for n, list := range lists {
		for _, v := range list {
			if v.live && (n != 1 || v.kind == vCallRes) {
				out = append(out, v.slot)
			}
		}
	}
	return out
}

func (e *emitter) term(f *fn, b *block) ir.Term {
	t := ir.Term{}
	switch b.kind {
	case termJump:
		t.Kind = ir.TermJump
		t.Edges[0] = e.edge(f, b, 0)
	case termBranch:
		t.Kind = ir.TermBranch
		c := b.cond.get()
		ab := condOperands(c)
		t.A, t.B = e.ref(ab[0]), e.ref(ab[1])
		t.Edges = [2]ir.Edge{e.edge(f, b, 0), e.edge(f, b, 1)}
		if c.isOp(ir.OpEq) {
			t.Edges[0], t.Edges[1] = t.Edges[1], t.Edges[0]
		}
	case termCall:
		t.Kind, t.Cont = ir.TermCall, b.succ[0].pc
		g := b.callee
		t.Edges[0] = ir.Edge{Kind: ir.EdgeCall, Target: g.entryPC}
		for i, v := range g.argVals {
			if v.live {
				t.Edges[0].Moves = append(t.Edges[0].Moves, ir.Move{Src: e.ref(b.args[i]), Dst: v.slot})
			}
		}
		for _, r := range b.succ[0].results {
			if r.kind == vCallRes && r.live {
				t.RetMoves = append(t.RetMoves, ir.Move{Src: ir.Ref{Slot: ir.SlotRet0 + ir.Slot(r.n)}, Dst: r.slot})
			}
		}
	case termReturn:
		t.Kind = ir.TermRet
	case termHalt:
		t.Kind = ir.TermHalt
	case termTrap:
		t.Kind, t.Trap = ir.TermUnreachable, b.trap
	}
	return t
}

// predIndex is the place of an edge among to's predecessors.
func (e *emitter) predIndex(to *block, x edge) int {
	if len(to.phis) == 0 {
		return -1
	}
	if len(to.preds) < 16 {
		return predIndex(to, x)
	}
	if e.preds[to] == nil {
		m := make(map[edge]int, len(to.preds))
		for i, p := range to.preds {
			m[p] = i
		}
		e.preds[to] = m
	}
	if i, ok := e.preds[to][x]; ok {
		return i
	}
	return -1
}

// edge describes successor i of b.
func (e *emitter) edge(f *fn, b *block, i int) ir.Edge {
	to := b.succ[i]
	x := ir.Edge{Kind: ir.EdgeForward, Target: to.pc}
	switch {
	case to.region == b.region && f.isHeader(to):
		x.Kind = ir.EdgeBack
	case to.region == b.region:
	case to.region == b.region.parent:
		x.Kind = ir.EdgeExit
	default:
		x.Kind = ir.EdgeEnter
	}
	at := e.predIndex(to, edge{b, i})
	for _, p := range to.phis {
		if p.live && at >= 0 {
			x.Moves = append(x.Moves, ir.Move{Src: e.ref(p.phi[at]), Dst: p.slot})
		}
	}
	return x
}
