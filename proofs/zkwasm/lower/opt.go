package lower

// maxRounds bounds the optimiser; each round is linear.
const maxRounds = 4

// optimise simplifies until nothing changes.
func (f *fn) optimise() {
	for range maxRounds {
		changed := f.simplifyPhis()
		changed = f.rebuild() || changed
		if f.foldBranches() {
			f.reanalyse()
			changed = true
		}
		if f.mergeBlocks() {
			f.reanalyse()
		}
		if !changed || *f.work < 0 {
			return
		}
	}
}

// reanalyse is analyse for SSA: parameters' arguments follow their edges.
func (f *fn) reanalyse() {
	old := make([][]edge, len(f.blocks))
	for i, b := range f.blocks {
		if len(b.phis) > 0 {
			old[i] = append([]edge(nil), b.preds...)
		}
	}
	f.analyse()
	for i, b := range f.blocks {
		if len(b.phis) == 0 || b.order < 0 {
			continue
		}
		where := make(map[edge]int, len(old[i]))
		for j, e := range old[i] {
			where[e] = j
		}
		for _, p := range b.phis {
			args := make([]*value, len(b.preds))
			for j, e := range b.preds {
				args[j] = p.phi[where[e]]
			}
			p.phi = args
		}
	}
}

// isHeader reports whether b begins a loop region.
func (f *fn) isHeader(b *block) bool { return b.region.header == b && b.region != f.root }

// isJoin reports whether only forward edges of the own region reach b.
func (f *fn) isJoin(b *block) bool {
	if f.isHeader(b) {
		return false
	}
	for _, e := range b.preds {
		if e.from.region != b.region {
			return false
		}
	}
	return true
}

// simplifyPhis drops parameters that are constant, copies or duplicates.
func (f *fn) simplifyPhis() bool {
	any := false
	for changed := true; changed && *f.work > 0; {
		changed = false
		for _, b := range f.order {
			if b == f.ret || len(b.phis) == 0 {
				continue
			}
			*f.work -= len(b.phis) * (1 + len(b.preds))
			join := f.isJoin(b)
			kept := b.phis[:0]
			seen := map[string]*value{}
			for _, p := range b.phis {
				x := allSame(p.phi, p)
				switch {
				case x != nil && (join || x.isConst()):
					p.fwd = x
				default:
					k := f.phiKey(p)
					if q := seen[k]; q != nil {
						p.fwd = q
					} else {
						seen[k] = p
						kept = append(kept, p)
						continue
					}
				}
				changed = true
			}
			b.phis = kept
		}
		any = any || changed
	}
	return any
}

// phiKey is equal for parameters of one block with equal arguments.
func (f *fn) phiKey(p *value) string {
	var k []byte
	put := func(x uint64) {
		for range 8 {
			k = append(k, byte(x))
			x >>= 8
		}
	}
	for _, a := range p.phi {
		switch a = a.get(); {
		case a == p:
			k = append(k, 's')
		case a.isConst():
			k = append(k, 'c')
			put(a.c)
		default:
			k = append(k, 'v')
			put(f.uid(a))
		}
	}
	return string(append(k, byte(p.typ)))
}

// uid numbers a value within its function.
func (f *fn) uid(v *value) uint64 {
	if v.id == 0 {
		f.ids++
		v.id = f.ids
	}
	return v.id
}

// rebuild simplifies every op again, with what is known now, and removes
// repetitions.
func (f *fn) rebuild() bool {
	f.seen = map[opKey][]*value{}
	changed := false
	for _, b := range f.order {
		f.cur = b
		for _, p := range b.phis {
			for i := range p.phi {
				p.phi[i] = p.phi[i].get()
			}
		}
		old := b.ins
		b.ins = make([]*value, 0, len(old))
		for _, v := range old {
			*f.work--
			for i := range v.args {
				v.args[i] = f.canonical(v.args[i])
			}
			if v.kind != vOp {
				b.ins = append(b.ins, v)
				continue
			}
			n := len(b.ins)
			v.fwd = f.op(v.op, v.args[:v.op.Operands()]...)
			changed = changed || v.fwd.kind != vOp || v.fwd.op != v.op || len(b.ins) != n+1
		}
		if b.cond != nil {
			b.cond = f.canonical(b.cond)
		}
		for i := range b.args {
			b.args[i] = f.canonical(b.args[i])
		}
	}
	return changed
}

// canonical follows forwarding, also of the op that v is a result of.
func (f *fn) canonical(v *value) *value {
	if v = v.get(); v != nil && v.kind == vRes {
		if o := v.args[0].get(); o != v.args[0] {
			v.fwd = f.result(o, v.n)
			return v.fwd
		}
	}
	return v
}

// foldBranches turns branches on constants into jumps.
func (f *fn) foldBranches() bool {
	changed := false
	for _, b := range f.order {
		if b.kind != termBranch || !b.cond.isConst() {
			continue
		}
		keep := 0
		if b.cond.c != 0 {
			keep = 1
		}
		b.kind, b.cond = termJump, nil
		to := b.succ[keep]
		for i := range to.preds { // the edge that stays becomes edge 0
			if to.preds[i] == (edge{b, 0}) && keep == 1 {
				to.preds[i] = edge{b, -1} // both edges led here: this one goes
			}
		}
		for i := range to.preds {
			if to.preds[i] == (edge{b, keep}) {
				to.preds[i] = edge{b, 0}
			}
		}
		b.succ[0] = to
		changed = true
	}
	return changed
}

// mergeBlocks appends to a block the only successor that only it reaches. Fuel
// is charged at the start of a block: merging is exact unless the first block
// does something that can be observed before the second is paid for.
func (f *fn) mergeBlocks() bool {
	changed := false
	for _, a := range f.order {
		if a.order < 0 {
			continue
		}
		for a.kind == termJump && *f.work >= 0 {
			b := a.succ[0]
			if b == a || len(b.preds) != 1 || b.region != a.region || f.isHeader(b) || b == f.ret || b == f.entry ||
				b.kind == termHalt || len(b.results) > 0 || b.fuel > 0 && hasEvents(a) {
				break
			}
			for _, p := range b.phis {
				p.fwd = p.phi[0]
			}
			for _, v := range b.ins {
				v.blk = a
			}
			a.ins = append(a.ins, b.ins...)
			a.kind, a.cond, a.succ, a.trap, a.callee, a.args = b.kind, b.cond, b.succ, b.trap, b.callee, b.args
			a.fuel += b.fuel
			for i := range a.succs() {
				s := a.succ[i]
				*f.work -= len(s.preds)
				for j := range s.preds {
					if s.preds[j].from == b && s.preds[j].i == i {
						s.preds[j].from = a
					}
				}
			}
			b.order, b.phis, b.preds = -1, nil, nil
			changed = true
		}
	}
	return changed
}

func hasEvents(b *block) bool {
	for _, v := range b.ins {
		if v.kind != vOp {
			return true
		}
		if v.op.IsState() {
			return true
		}
	}
	return false
}

// threadBlocks lets edges skip blocks that only jump and cost no fuel.
func (f *fn) threadBlocks() bool {
	uses := f.countUses()
	changed := false
	for _, e := range f.order {
		if e.kind != termJump || len(e.ins) > 0 || len(e.results) > 0 || e.fuel > 0 || e == f.entry || f.isHeader(e) {
			continue
		}
		if e.succ[0] == e || !f.skippable(e, uses) {
			continue
		}
		changed = f.thread(e, uses) || changed
	}
	return changed
}

// countUses counts the uses of parameters.
func (f *fn) countUses() map[*value]int {
	uses := map[*value]int{}
	use := func(v *value) {
		if v = v.get(); v != nil && v.kind == vPhi {
			uses[v]++
		}
	}
	for _, b := range f.order {
		for _, p := range b.phis {
			for _, a := range p.phi {
				if a.get() != p {
					use(a)
				}
			}
		}
		for _, v := range b.ins {
			for _, a := range v.args {
				use(a)
			}
		}
		for _, c := range condOperands(b.cond) {
			use(c)
		}
		for _, a := range b.args {
			use(a)
		}
	}
	return uses
}

// skippable reports whether e's parameters are used by its own jump only.
func (f *fn) skippable(e *block, uses map[*value]int) bool {
	at := predIndex(e.succ[0], edge{e, 0})
	*f.work -= len(e.succ[0].preds)
	if at < 0 || *f.work < 0 {
		return false
	}
	own := map[*value]int{}
	for _, p := range e.succ[0].phis {
		own[p.phi[at].get()]++
	}
	for _, p := range e.phis {
		if uses[p] != own[p] {
			return false
		}
	}
	return true
}

func predIndex(b *block, e edge) int {
	for i := range b.preds {
		if b.preds[i] == e {
			return i
		}
	}
	return -1
}

// thread redirects the edges into e that may go to its target at once.
func (f *fn) thread(e *block, uses map[*value]int) bool {
	to := e.succ[0]
	exits := to.region == e.region.parent
	kept := e.preds[:0]
	moved := false
	at := predIndex(to, edge{e, 0})
	keptArgs := make([][]*value, len(e.phis))
	for i, in := range e.preds {
		if !f.mayThread(in, e, to, exits, at) {
			kept = append(kept, in)
			for j, p := range e.phis {
				keptArgs[j] = append(keptArgs[j], p.phi[i])
			}
			continue
		}
		moved = true
		in.from.succ[in.i] = to
		to.preds = append(to.preds, in)
		for _, q := range to.phis {
			x := q.phi[at].get()
			if x.kind == vPhi && x.blk == e {
				x = x.phi[i].get()
			}
			uses[x]++
			q.phi = append(q.phi, x)
		}
		for _, p := range e.phis {
			uses[p.phi[i].get()]--
		}
	}
	e.preds = kept
	for j, p := range e.phis {
		p.phi = keptArgs[j]
	}
	if moved && len(kept) == 0 { // e is gone
		for _, q := range to.phis {
			uses[q.phi[at].get()]--
		}
		f.dropPred(to, at)
		e.order = -1
	}
	return moved
}

func (f *fn) dropPred(b *block, at int) {
	b.preds = append(b.preds[:at:at], b.preds[at+1:]...)
	for _, q := range b.phis {
		q.phi = append(q.phi[:at:at], q.phi[at+1:]...)
	}
}

// mayThread checks that the composed edge is one of the kinds of ir.
func (f *fn) mayThread(in edge, e, to *block, exits bool, at int) bool {
	if in.from.kind == termCall || in.from.order < 0 || in.from == e {
		return false
	}
	if in.from.region == e.region {
		return !exits || in.from.kind == termJump
	}
	// in is an exit: the composed one must land in e's region with values of in's
	if to.region != e.region || f.isHeader(to) {
		return false
	}
	for _, q := range to.phis {
		if x := q.phi[at].get(); !x.isConst() && !(x.kind == vPhi && x.blk == e) {
			return false
		}
	}
	return true
}
