package ir

// definitions records where each slot is defined (N3, N6).
func (c *checker) definitions() error {
	for i := range c.p.Blocks {
		b := &c.p.Blocks[i]
		if err := c.params(b); err != nil {
			return err
		}
		for j, in := range b.Body {
			var err error
			switch {
			case in.Pure != nil:
				for k := range in.Pure.Op.Results() {
					if err = c.define(in.Pure.Dst+Slot(k), b.PC, int32(j)); err != nil {
						return err
					}
				}
			case !in.Mem.Store:
				err = c.define(in.Mem.Dst, b.PC, int32(j))
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *checker) define(s Slot, pc uint32, pos int32) error {
	switch {
	case s < SlotFirst:
		return at(ErrDefinition, pc, "reserved slot %d", s)
	case s >= SlotLimit:
		return at(ErrRange, pc, "slot %d", s)
	}
	if _, isConst := c.consts[s]; isConst {
		return at(ErrDefinition, pc, "slot %d is a constant", s)
	}
	for int(s) >= len(c.defs) {
		c.defs = append(c.defs, make([]where, 1024+len(c.defs)/2)...)
	}
	if c.defs[s].block != 0 {
		return at(ErrDefinition, pc, "slot %d again, first in block %d", s, c.defs[s].block)
	}
	c.defs[s] = where{block: pc, pos: pos}
	return nil
}

// params checks which kinds of parameters a block has: ARG at a function's
// entry, RET at its return block, its own everywhere else.
func (c *checker) params(b *Block) error {
	function := c.region(b.PC).Kind == KindFunc
	entry, ret := function && c.isEntry(b.PC), function && c.isLast(b.PC)
	seen := map[Slot]bool{}
	for _, s := range b.Params {
		switch {
		case seen[s]:
			return at(ErrDefinition, b.PC, "parameter %d twice", s)
		case entry && !isArg(s), ret && !isRet(s):
			return at(ErrDefinition, b.PC, "parameter %d", s)
		case !entry && !ret:
			if err := c.define(s, b.PC, -1); err != nil {
				return err
			}
		}
		seen[s] = true
	}
	if c.region(b.PC).Kind == KindStart && c.isEntry(b.PC) && len(b.Params) > 0 {
		return at(ErrDefinition, b.PC, "parameters of the first block")
	}
	return nil
}

func isArg(s Slot) bool { return s >= SlotArg0 && s < SlotArg0+MaxArgs }

func isRet(s Slot) bool { return s >= SlotRet0 && s < SlotRet0+MaxRets }

// edges checks kinds, directions and moves of all edges (N2, N3, N4, N12, N14).
func (c *checker) edges() error {
	p := c.p
	c.calls = make([]uint32, len(p.Blocks)+1)
	c.callee = make([]uint32, len(p.Blocks)+1)
	c.preds = make([][]uint32, len(p.Blocks)+1)
	c.enters = make([][]uint32, len(p.Regions))
	for i := range p.Blocks {
		if err := c.call(&p.Blocks[i]); err != nil {
			return err
		}
	}
	for i := range p.Blocks {
		b := &p.Blocks[i]
		function := c.region(b.PC).Kind == KindFunc
		switch last := function && c.isLast(b.PC); {
		case last != (b.Term.Kind == TermRet):
			return at(ErrLink, b.PC, "return block")
		case last && (c.isEntry(b.PC) || len(b.Body) > 0):
			return at(ErrLink, b.PC, "return block is not empty")
		}
		n := 1
		switch b.Term.Kind {
		case TermRet, TermHalt, TermUnreachable:
			n = 0
		case TermBranch:
			n = 2
		default: // one edge
		}
		for j := range n {
			if err := c.edge(b, &b.Term.Edges[j]); err != nil {
				return err
			}
		}
	}
	return c.exits()
}

// call checks a call's continuation (N2, N12).
func (c *checker) call(b *Block) error {
	t := &b.Term
	if t.Kind != TermCall {
		return nil
	}
	switch {
	case !c.isPC(t.Cont) || c.block(t.Cont).Region != b.Region:
		return at(ErrContinuation, b.PC, "continuation %d", t.Cont)
	case c.order[t.Cont] <= c.order[b.PC]:
		return at(ErrBackward, b.PC, "continuation %d", t.Cont)
	case c.calls[t.Cont] > 0:
		return at(ErrContinuation, b.PC, "continuation %d of two calls", t.Cont)
	}
	c.calls[t.Cont]++
	c.preds[t.Cont] = append(c.preds[t.Cont], b.PC)
	if !c.isPC(t.Edges[0].Target) || c.region(t.Edges[0].Target).Kind != KindFunc {
		return at(ErrEdge, b.PC, "call of block %d", t.Edges[0].Target)
	}
	f := c.region(t.Edges[0].Target)
	c.callee[t.Cont] = c.block(t.Edges[0].Target).Region
	rets := map[Slot]bool{}
	for _, s := range c.block(f.Blocks[len(f.Blocks)-1]).Params {
		rets[s] = true
	}
	for _, m := range t.RetMoves {
		if m.Src.Const || !rets[m.Src.Slot] {
			return at(ErrDefinition, b.PC, "result %d", m.Src.Slot)
		}
	}
	if !defines(t.RetMoves, c.block(t.Cont).Params) {
		return at(ErrDefinition, b.PC, "results of the call")
	}
	return nil
}

// edge checks one edge against the table of kinds.
func (c *checker) edge(b *Block, e *Edge) error {
	if !c.isPC(e.Target) {
		return at(ErrEdge, b.PC, "target %d", e.Target)
	}
	to := c.block(e.Target)
	from, into := &c.p.Regions[b.Region], &c.p.Regions[to.Region]
	same := b.Region == to.Region
	var ok bool
	switch e.Kind {
	case EdgeForward:
		ok = same && !c.isEntry(to.PC)
		if ok && c.order[to.PC] <= c.order[b.PC] {
			return at(ErrBackward, b.PC, "forward edge to %d", to.PC)
		}
		c.preds[to.PC] = append(c.preds[to.PC], b.PC)
	case EdgeEnter:
		ok = into.Kind == KindLoop && into.Parent == b.Region && c.isEntry(to.PC)
		c.enters[to.Region] = append(c.enters[to.Region], b.PC)
	case EdgeBack:
		ok = same && into.Kind == KindLoop && c.isEntry(to.PC)
	case EdgeCall:
		ok = into.Kind == KindFunc && c.isEntry(to.PC)
	case EdgeExit:
		ok = from.Kind == KindLoop && from.Parent == to.Region && !c.isEntry(to.PC) && b.Term.Kind == TermJump
	}
	switch {
	case !ok, (e.Kind == EdgeCall) != (b.Term.Kind == TermCall):
		return at(ErrEdge, b.PC, "kind %d to block %d", e.Kind, e.Target)
	case c.calls[to.PC] > 0:
		return at(ErrContinuation, b.PC, "edge to continuation %d", to.PC)
	case to.PC == c.p.Halt && e.Kind != EdgeForward:
		return at(ErrEntry, b.PC, "edge to halt")
	case !defines(e.Moves, to.Params):
		return at(ErrDefinition, b.PC, "moves to block %d", to.PC)
	}
	return nil
}

// defines reports whether moves define exactly the parameters.
func defines(moves []Move, params []Slot) bool {
	if len(moves) != len(params) {
		return false
	}
	dst := make(map[Slot]bool, len(moves))
	for _, m := range moves {
		dst[m.Dst] = true
	}
	for _, s := range params {
		if !dst[s] {
			return false
		}
	}
	return len(dst) == len(params)
}

// exits checks that exits land above every block that enters the loop (N2), and
// lets control flow step over loops for the dominators.
func (c *checker) exits() error {
	seen := map[[2]uint32]bool{} // loop, landing
	for i := range c.p.Blocks {
		b := &c.p.Blocks[i]
		e := &b.Term.Edges[0]
		if b.Term.Kind != TermJump || e.Kind != EdgeExit || seen[[2]uint32{b.Region, e.Target}] {
			continue
		}
		seen[[2]uint32{b.Region, e.Target}] = true
		for _, pc := range c.enters[b.Region] {
			if c.order[e.Target] <= c.order[pc] {
				return at(ErrBackward, b.PC, "exit to %d, entered from %d", e.Target, pc)
			}
			c.preds[e.Target] = append(c.preds[e.Target], pc)
		}
	}
	return nil
}
