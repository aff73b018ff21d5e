package ir

// forced checks that nothing that can trap is lazy (N9): divisors are known to
// be non-zero, and each state operation has a result that an event or the
// terminator of its own block depends on.
func (c *checker) forced() error {
	for i := range c.p.Blocks {
		b := &c.p.Blocks[i]
		var needed map[Slot]bool
		for _, in := range b.Body {
			p := in.Pure
			switch {
			case p == nil:
			case p.Op >= OpDivU32 && p.Op <= OpRemU64:
				if !c.nonZero(b.PC, p.B, 4) {
					return at(ErrForce, b.PC, "divisor of s%d", p.Dst)
				}
			case p.Op.IsState():
				if needed == nil {
					needed = blockNeeds(b)
				}
				ok := false
				for k := range p.Op.Results() {
					ok = ok || needed[p.Dst+Slot(k)]
				}
				if !ok {
					return at(ErrForce, b.PC, "s%d = %s", p.Dst, p.Op)
				}
			}
		}
	}
	return nil
}

// blockNeeds is the set of slots that the events and the terminator of b depend
// on, through pure ops of b.
func blockNeeds(b *Block) map[Slot]bool {
	need := map[Slot]bool{}
	add := func(r Ref) {
		if !r.Const {
			need[r.Slot] = true
		}
	}
	if b.Term.Kind == TermBranch {
		add(b.Term.A)
		add(b.Term.B)
	}
	for j := len(b.Body) - 1; j >= 0; j-- {
		if m := b.Body[j].Mem; m != nil {
			add(m.Addr)
			if m.Store {
				add(m.Val)
			}
			continue
		}
		p := b.Body[j].Pure
		used := false
		for k := range p.Op.Results() {
			used = used || need[p.Dst+Slot(k)]
		}
		if used {
			for _, r := range []Ref{p.A, p.B, p.C, p.D}[:p.Op.Operands()] {
				add(r)
			}
		}
	}
	return need
}

// nonZero reports whether r is known not to be 0 in block pc: a constant, a
// value that a branch on the way has found non-zero, or built of such values.
func (c *checker) nonZero(pc uint32, r Ref, depth int) bool {
	if r.Const {
		return c.consts[r.Slot] != 0
	}
	if c.known(pc, r, Zero(), true) {
		return true
	}
	p := c.definition(r)
	if p == nil || depth == 0 {
		return false
	}
	switch p.Op {
	case OpSelect:
		return c.nonZero(pc, p.B, depth-1) && c.nonZero(pc, p.C, depth-1)
	case OpSub32, OpSub64: // 0 - x
		return c.isZero(p.A) && c.nonZero(pc, p.B, depth-1)
	case OpNe:
		return c.known(pc, p.A, p.B, true)
	case OpEq:
		return c.known(pc, p.A, p.B, false)
	default:
		return false
	}
}

// definition returns the pure op that defines r, if any.
func (c *checker) definition(r Ref) *Pure {
	if r.Const || r.Slot < SlotFirst || int(r.Slot) >= len(c.defs) {
		return nil
	}
	d := c.defs[r.Slot]
	if d.block == 0 || d.pos < 0 {
		return nil
	}
	return c.block(d.block).Body[d.pos].Pure
}

func (c *checker) isZero(r Ref) bool {
	if r.Const {
		return c.consts[r.Slot] == 0
	}
	p := c.definition(r)
	return p != nil && p.Op == OpSelect && p.B.Const && p.C.Const && c.consts[p.B.Slot] == 0 && c.consts[p.C.Slot] == 0
}

// maxClimb is how many dominators known looks at: a test stands right before
// its division.
const maxClimb = 64

// known reports whether a branch that every path to pc has taken has found a
// and b different (or equal): a block on the way has one predecessor only, which
// branches on a and b.
func (c *checker) known(pc uint32, a, b Ref, different bool) bool {
	for steps := 0; pc != 0 && steps < maxClimb; pc, steps = c.idom[pc], steps+1 {
		if len(c.preds[pc]) != 1 {
			continue
		}
		t := &c.block(c.preds[pc][0]).Term
		if t.Kind != TermBranch || !(t.A == a && t.B == b || t.A == b && t.B == a) {
			continue
		}
		taken := 0
		if different {
			taken = 1
		}
		if e, o := &t.Edges[taken], &t.Edges[1-taken]; e.Target == pc && e.Kind == EdgeForward && (o.Target != pc || o.Kind != EdgeForward) {
			return true
		}
	}
	return false
}
