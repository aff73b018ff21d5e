package ir

// dominators computes, region by region and stepping over inner loops and
// calls, which blocks precede others on every path. Predecessors come earlier
// in a region's list (N2), so one pass suffices.
func (c *checker) dominators() error {
	c.idom = make([]uint32, len(c.p.Blocks)+1)
	c.depth = make([]int32, len(c.p.Blocks)+1)
	for i := range c.p.Regions {
		for j, pc := range c.p.Regions[i].Blocks {
			if j == 0 {
				c.depth[pc] = 1
				continue
			}
			d := uint32(0)
			for _, q := range c.preds[pc] {
				switch {
				case c.depth[q] == 0: // unreachable
				case d == 0:
					d = q
				default:
					d = c.meet(d, q)
				}
			}
			if d != 0 {
				c.idom[pc], c.depth[pc] = d, c.depth[d]+1
			}
		}
	}
	c.intervals()
	return nil
}

// intervals numbers the dominator trees in preorder, so that a dominates b if
// b's number lies in a's interval.
func (c *checker) intervals() {
	c.first = make([]uint32, len(c.p.Blocks)+1)
	c.after = make([]uint32, len(c.p.Blocks)+1)
	size := make([]uint32, len(c.p.Blocks)+1)
	next := make([]uint32, len(c.p.Blocks)+1) // free numbers below a block
	total := uint32(1)
	for i := range c.p.Regions {
		blocks := c.p.Regions[i].Blocks
		for j := len(blocks) - 1; j >= 0; j-- {
			size[blocks[j]]++
			if d := c.idom[blocks[j]]; d != 0 {
				size[d] += size[blocks[j]]
			}
		}
		for _, pc := range blocks {
			d := c.idom[pc]
			if d == 0 {
				c.first[pc] = total
				total += size[pc]
			} else {
				c.first[pc] = next[d]
				next[d] += size[pc]
			}
			next[pc] = c.first[pc] + 1
			c.after[pc] = c.first[pc] + size[pc]
		}
	}
}

func (c *checker) meet(a, b uint32) uint32 {
	for a != b {
		if c.depth[a] < c.depth[b] {
			a, b = b, a
		}
		a = c.idom[a]
	}
	return a
}

// dominates reports whether every path to b within the region runs a before.
func (c *checker) dominates(a, b uint32) bool {
	return c.first[b] >= c.first[a] && c.first[b] < c.after[a]
}

// uses checks every operand (N1, N4, N8).
func (c *checker) uses() error {
	for i := range c.p.Blocks {
		b := &c.p.Blocks[i]
		for j, in := range b.Body {
			var refs []Ref
			if p := in.Pure; p != nil {
				refs = []Ref{p.A, p.B, p.C, p.D}[:p.Op.Operands()]
			} else if refs = []Ref{in.Mem.Addr}; in.Mem.Store {
				refs = append(refs, in.Mem.Val)
			}
			for _, r := range refs {
				if err := c.use(b, r, int32(j)); err != nil {
					return err
				}
			}
		}
		if err := c.termUses(b); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) termUses(b *Block) error {
	t := &b.Term
	end := int32(len(b.Body))
	if t.Kind == TermBranch {
		for _, r := range []Ref{t.A, t.B} {
			if err := c.use(b, r, end); err != nil {
				return err
			}
		}
	}
	for i := range t.Edges {
		for _, m := range t.Edges[i].Moves {
			if err := c.use(b, m.Src, end); err != nil {
				return err
			}
		}
	}
	return nil
}

// use checks that r is defined before position pos of b, in b's region.
func (c *checker) use(b *Block, r Ref, pos int32) error {
	s := r.Slot
	switch {
	case s == SlotParent || s == SlotRetPC:
		return at(ErrLink, b.PC, "slot %d is read", s)
	case s >= SlotPad0 && s < SlotFirst:
		return at(ErrOperand, b.PC, "pad slot %d", s)
	case r.Const:
		if _, ok := c.consts[s]; !ok {
			return at(ErrOrder, b.PC, "constant slot %d", s)
		}
		return nil
	case isArg(s):
		f := c.region(b.PC)
		if f.Kind == KindFunc && hasParam(c.block(f.Blocks[0]), s) {
			return nil
		}
		return at(ErrOrder, b.PC, "argument %d", s-SlotArg0)
	case s < SlotFirst, int(s) >= len(c.defs), c.defs[s].block == 0:
		return at(ErrOrder, b.PC, "slot %d is not defined", s)
	}
	d := c.defs[s]
	switch {
	case c.block(d.block).Region != b.Region:
		return at(ErrOrder, b.PC, "slot %d of another region", s)
	case d.block == b.PC && d.pos < pos, d.block != b.PC && c.dominates(d.block, b.PC):
		return nil
	}
	return at(ErrOrder, b.PC, "slot %d before its definition in block %d", s, d.block)
}

func hasParam(b *Block, s Slot) bool {
	for _, p := range b.Params {
		if p == s {
			return true
		}
	}
	return false
}
