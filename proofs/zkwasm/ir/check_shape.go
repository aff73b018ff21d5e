package ir

import "fmt"

// regions checks the region tree and that it lists each block once (N5, N6).
func (c *checker) regions() error {
	p := c.p
	if len(p.Blocks) == 0 || len(p.Blocks) >= PCLimit || len(p.Regions) == 0 || len(p.Regions) > len(p.Blocks) {
		return fmt.Errorf("%w: %d blocks, %d regions", ErrRange, len(p.Blocks), len(p.Regions))
	}
	c.order = make([]int32, len(p.Blocks)+1)
	for i := range c.order {
		c.order[i] = -1
	}
	for i := range p.Regions {
		r := &p.Regions[i]
		switch {
		case r.Kind > KindLoop:
			return fmt.Errorf("%w: region %d: kind %d", ErrRange, i, r.Kind)
		case (r.Kind == KindStart) != (i == 0):
			return fmt.Errorf("%w: region %d: kind %d", ErrEntry, i, r.Kind)
		case r.Kind == KindLoop && int64(r.Parent) >= int64(i):
			return fmt.Errorf("%w: region %d inside of %d", ErrCycle, i, r.Parent)
		case r.Kind != KindLoop && r.Parent != 0:
			return fmt.Errorf("%w: region %d: parent", ErrUnused, i)
		case len(r.Blocks) == 0:
			return fmt.Errorf("%w: region %d is empty", ErrRange, i)
		}
		for j, pc := range r.Blocks {
			if !c.isPC(pc) || c.order[pc] >= 0 || c.block(pc).Region != uint32(i) {
				return fmt.Errorf("%w: region %d: block %d", ErrRange, i, pc)
			}
			c.order[pc] = int32(j)
		}
	}
	for i := range p.Blocks {
		if b := &p.Blocks[i]; b.PC != uint32(i+1) || c.order[b.PC] < 0 {
			return at(ErrRange, uint32(i+1), "pc %d, or in no region", b.PC)
		}
	}
	return nil
}

// blocks checks instructions one by one: opcodes, flags, counts (N6, N7, N8, N13).
func (c *checker) blocks() error {
	for i := range c.p.Blocks {
		b := &c.p.Blocks[i]
		events := 0
		for j, in := range b.Body {
			var err error
			switch {
			case (in.Pure == nil) == (in.Mem == nil):
				return at(ErrRange, b.PC, "instruction %d is not exactly one", j)
			case in.Pure != nil:
				err = checkPure(b.PC, in.Pure)
			default:
				events++
				err = checkMem(b.PC, in.Mem)
			}
			if err != nil {
				return err
			}
		}
		if events > MaxEvents {
			return at(ErrRange, b.PC, "%d events", events)
		}
		if err := checkTerm(b); err != nil {
			return err
		}
	}
	return nil
}

func checkPure(pc uint32, p *Pure) error {
	n := p.Op.Operands()
	if n == 0 {
		return at(ErrRange, pc, "opcode %#x", uint8(p.Op))
	}
	if p.A.Const {
		return at(ErrOperand, pc, "s%d", p.Dst)
	}
	for i, r := range []Ref{p.A, p.B, p.C, p.D} {
		if i >= n && r != (Ref{}) {
			return at(ErrUnused, pc, "s%d: operand %d", p.Dst, i)
		}
	}
	return nil
}

func checkMem(pc uint32, m *Mem) error {
	switch {
	case m.Grow && *m != GrowEvent():
		return at(ErrUnused, pc, "fields of a grow event")
	case m.Keccak && *m != KeccakEvent():
		return at(ErrUnused, pc, "fields of a keccak event")
	case m.Width != 1 && m.Width != 2 && m.Width != 4 && m.Width != 8:
		return at(ErrType, pc, "width %d", m.Width)
	case m.Region >= NumRegions:
		return at(ErrRange, pc, "region %d", m.Region)
	case m.Store && (m.Signed || m.Wide || m.Dst != 0):
		return at(ErrUnused, pc, "load fields in a store")
	case !m.Store && m.Val != (Ref{}):
		return at(ErrUnused, pc, "store fields in a load")
	case m.Wide && !m.Signed, m.Signed && m.Width == 8, m.Signed && m.Width == 4 && !m.Wide:
		return at(ErrType, pc, "sign extension of %d bytes", m.Width)
	case m.Store && m.Region == RegionInput:
		return at(ErrData, pc, "store to the input")
	}
	return nil
}

// checkTerm checks that the fields that a terminator does not use are unset.
func checkTerm(b *Block) error {
	t := &b.Term
	unset := func(e *Edge) bool { return e.Kind == 0 && e.Target == 0 && len(e.Moves) == 0 }
	var operands, first, second, call, trap bool
	switch t.Kind {
	case TermJump:
		first = true
	case TermBranch:
		operands, first, second = true, true, true
	case TermCall:
		first, call = true, true
	case TermRet, TermHalt:
	case TermUnreachable:
		trap = true
	default:
		return at(ErrRange, b.PC, "terminator %d", t.Kind)
	}
	switch {
	case !operands && (t.A != (Ref{}) || t.B != (Ref{})),
		!first && !unset(&t.Edges[0]), !second && !unset(&t.Edges[1]),
		!call && (t.Cont != 0 || len(t.RetMoves) > 0), trap != (t.Trap != ""):
		return at(ErrUnused, b.PC, "terminator %d", t.Kind)
	case t.Kind == TermHalt && (len(b.Body) > 0 || len(b.Params) > 0):
		return at(ErrUnused, b.PC, "halt is not empty")
	}
	return nil
}

// constants checks frame 0 (N10).
func (c *checker) constants() error {
	c.consts = map[Slot]uint64{SlotZero: 0, SlotOne: 1}
	seen := map[uint64]bool{}
	last := SlotFirst - 1
	for _, k := range c.p.Consts {
		switch {
		case k.Slot <= last || k.Slot >= SlotLimit:
			return fmt.Errorf("%w: constant slot %d", ErrData, k.Slot)
		case seen[k.Value]:
			return fmt.Errorf("%w: constant %d twice", ErrData, k.Value)
		}
		seen[k.Value] = true
		last = k.Slot
		c.consts[k.Slot] = k.Value
	}
	return nil
}

// data checks the initial memory and the accesses to host cells (N10).
func (c *checker) data() error {
	p := c.p
	if p.Pages > p.MaxPages || p.MaxPages > MaxPages || uint64(p.Globals) > (1<<32-1-GlobalsBase)/8 {
		return fmt.Errorf("%w: %d to %d pages, %d globals", ErrData, p.Pages, p.MaxPages, p.Globals)
	}
	end := GlobalsBase + 8*uint64(p.Globals)
	last := int64(-1)
	for _, d := range p.Data {
		key := int64(d.Region)<<32 | int64(d.Addr)
		ok := d.Value != 0 && d.Addr%8 == 0 && key > last
		switch d.Region {
		case RegionLinear:
			ok = ok && uint64(d.Addr) < uint64(p.Pages)*PageSize
		case RegionGlobals:
			ok = ok && d.Addr >= GlobalsBase && uint64(d.Addr) < end
		default:
			ok = false
		}
		if !ok {
			return fmt.Errorf("%w: datum at %d of region %d", ErrData, d.Addr, d.Region)
		}
		last = key
	}
	grows := false
	for i := range p.Blocks {
		for _, in := range p.Blocks[i].Body {
			if m := in.Mem; m != nil && m.Region == RegionGlobals {
				if !hostCell(m, end) {
					return at(ErrData, p.Blocks[i].PC, "host cell %d", m.Imm)
				}
				grows = grows || m.Grow
			}
		}
	}
	if !grows && p.MaxPages != p.Pages {
		return fmt.Errorf("%w: %d to %d pages without growth", ErrData, p.Pages, p.MaxPages)
	}
	return nil
}

// hostCell checks an access to the globals' region: a static address within one
// cell below end; input length and memory size are not stored to.
func hostCell(m *Mem, end uint64) bool {
	a := uint64(m.Imm)
	fixed := a/8 == InputLenAddr/8 || a/8 == MemSizeAddr/8 && !m.Grow
	return m.Addr == Zero() && a+uint64(m.Width) <= end && a%8+uint64(m.Width) <= 8 && !(m.Store && fixed)
}

// entry checks where the run begins and ends (N11).
func (c *checker) entry() error {
	p := c.p
	if p.Entry != p.Regions[0].Blocks[0] || !c.isPC(p.Halt) || c.block(p.Halt).Region != 0 {
		return fmt.Errorf("%w: entry %d, halt %d", ErrEntry, p.Entry, p.Halt)
	}
	for i := range p.Blocks {
		if b := &p.Blocks[i]; (b.Term.Kind == TermHalt) != (b.PC == p.Halt) {
			return at(ErrEntry, b.PC, "halt")
		}
	}
	return nil
}
