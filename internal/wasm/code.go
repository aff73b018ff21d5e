package wasm

import "fmt"

func (d *decoder) code() Code {
	start := d.pos
	size := d.u32()
	if d.err == nil && int64(size) > int64(d.left()) {
		d.malformed(start, errEOF.Error())
	}
	if d.err != nil {
		return Code{}
	}
	section := d.b
	end := d.pos + int(size)
	d.b = section[:end]
	c := Code{Offset: uint32(d.pos)}
	c.Locals = d.localRuns()
	d.body(&c)
	if d.err == nil && d.pos != end {
		d.malformed(d.pos, "instructions after the end of the function")
	}
	d.b = section
	return c
}

func (d *decoder) localRuns() []LocalRun {
	start := d.pos
	total := uint64(0)
	return vector(&d.reader, func() LocalRun {
		n := d.u32()
		total += uint64(n)
		switch {
		case total > 1<<32-1:
			d.malformed(start, "too many locals")
		case total > MaxLocals:
			d.fail(start, ErrTooLarge, fmt.Sprintf("more than %d locals", MaxLocals))
		case d.locals+uint64(n) > MaxAllLocals:
			d.fail(start, ErrTooLarge, fmt.Sprintf("more than %d locals in all functions", MaxAllLocals))
		default:
			d.locals += uint64(n)
		}
		return LocalRun{Count: n, Type: d.valueType()}
	})
}

// body reads instructions up to the end that closes the function and resolves
// the nesting.
func (d *decoder) body(c *Code) {
	var open []int32 // indices of the open block, loop, if and else
	for d.err == nil {
		in := Instr{Offset: uint32(d.pos), Start: -1, End: -1, Else: -1}
		in.Op = d.opcode()
		d.immediates(&in, c)
		if d.err != nil {
			return
		}
		at := int32(len(c.Instrs))
		switch in.Op {
		case OpBlock, OpLoop, OpIf:
			if len(open) >= MaxNesting {
				d.fail(int(in.Offset), ErrTooLarge, fmt.Sprintf("more than %d nested blocks", MaxNesting))
				return
			}
			open = append(open, at)
		case OpElse:
			if len(open) == 0 || c.Instrs[open[len(open)-1]].Op != OpIf {
				d.malformed(int(in.Offset), "else without if")
				return
			}
			in.Start = open[len(open)-1]
			c.Instrs[in.Start].Else = at
			open[len(open)-1] = at
		case OpEnd:
			if len(open) == 0 {
				c.Instrs = append(c.Instrs, in)
				return
			}
			in.Start = closeBlock(c, open[len(open)-1], at)
			open = open[:len(open)-1]
		default:
		}
		c.Instrs = append(c.Instrs, in)
	}
}

// closeBlock sets the ends of the block that top (or the else at top) belongs
// to and returns the index of its opening instruction.
func closeBlock(c *Code, top, end int32) int32 {
	c.Instrs[top].End = end
	if c.Instrs[top].Op != OpElse {
		return top
	}
	start := c.Instrs[top].Start
	c.Instrs[start].End = end
	return start
}

// opcode reads an opcode. Prefixes of features that are not supported fail.
func (d *decoder) opcode() Opcode {
	start := d.pos
	b := d.byte()
	if d.err != nil {
		return 0
	}
	op := Opcode(b)
	switch {
	case b == 0xfc:
		sub := d.u32()
		if d.err != nil {
			return 0
		}
		if sub > 0xff {
			d.malformed(start, fmt.Sprintf("illegal opcode 0xfc %d", sub))
			return 0
		}
		op = 0xfc00 + Opcode(sub)
	case b == 0xfd:
		sub := d.u32()
		d.fail(start, ErrSIMD, fmt.Sprintf("instruction 0xfd %d", sub))
		return 0
	case b == 0xfe:
		sub := d.u32()
		d.fail(start, ErrThreads, fmt.Sprintf("instruction 0xfe %d", sub))
		return 0
	case b == 0x12 || b == 0x13:
		d.fail(start, ErrTailCalls, fmt.Sprintf("instruction 0x%02x", b))
		return 0
	case b >= 0x06 && b <= 0x0a, b == 0x18, b == 0x19, b == 0x1f:
		d.fail(start, ErrExceptions, fmt.Sprintf("instruction 0x%02x", b))
		return 0
	case b == 0x1c, b == 0x25, b == 0x26, b >= 0xd0 && b <= 0xd6, b == 0x14, b == 0x15:
		d.fail(start, ErrReferenceTypes, fmt.Sprintf("instruction 0x%02x", b))
		return 0
	}
	if _, ok := op.info(); ok {
		return op
	}
	if op >= 0xfc0f && op <= 0xfc11 {
		d.fail(start, ErrReferenceTypes, op.String())
	} else {
		d.malformed(start, "illegal "+op.String())
	}
	return 0
}

func (d *decoder) immediates(in *Instr, c *Code) {
	info, _ := in.Op.info()
	switch info.imm {
	case immNone:
	case immBlock:
		in.Imm = d.blockType()
	case immLabel, immIndex:
		in.Imm = uint64(d.u32())
	case immTable:
		labels := vector(&d.reader, d.u32)
		in.Imm = uint64(len(c.BrTables))
		c.BrTables = append(c.BrTables, append(labels, d.u32()))
	case immCallIndirect, immTableInit, immTableCopy:
		in.Imm, in.Imm2 = uint64(d.u32()), d.u32()
	case immMem:
		d.memArg(in)
	case immMemIndex:
		d.zero()
	case immMemCopy:
		d.zero()
		d.zero()
	case immMemInit:
		in.Imm = uint64(d.u32())
		d.zero()
	case immI32:
		in.Imm = uint64(uint32(d.signed(32)))
	case immI64:
		in.Imm = uint64(d.signed(64))
	case immF32:
		in.Imm = d.f32()
	case immF64:
		in.Imm = d.f64()
	}
}

func (d *decoder) memArg(in *Instr) {
	start := d.pos
	in.Imm2 = d.u32()
	if d.err == nil && in.Imm2 >= 32 {
		d.malformed(start, "malformed memop alignment")
	}
	in.Imm = uint64(d.u32())
}

// zero reads the reserved memory index.
func (d *decoder) zero() {
	start := d.pos
	if b := d.byte(); d.err == nil && b != 0 {
		d.malformed(start, "zero byte expected")
	}
}

// blockType reads a block type, a 33-bit signed integer: negative for none or
// one value type, else a type index.
func (d *decoder) blockType() uint64 {
	start := d.pos
	if d.err == nil && d.pos < len(d.b) {
		if t := d.b[d.pos]; t == 0x40 {
			d.pos++
			return BlockTypeEmpty
		} else if t&0xc0 == 0x40 {
			return uint64(int64(int8(d.valueType() | 0x80)))
		}
	}
	v := d.signed(33)
	if d.err == nil && v < 0 {
		d.malformed(start, "block type")
	}
	return uint64(v)
}
