package wasm

import "fmt"

// element reads an element segment. Its flags: bit 0 not active, bit 1 explicit
// table (active) or declarative, bit 2 expressions instead of indices.
func (d *decoder) element() Element {
	e := Element{Offset: uint32(d.pos)}
	start := d.pos
	flags := d.u32()
	if flags > 7 {
		d.malformed(start, fmt.Sprintf("element segment flags %d", flags))
		return e
	}
	switch {
	case flags&1 == 0:
		if flags&2 != 0 {
			e.Table = d.u32()
		}
		e.Position = d.constExpr()
	case flags&2 == 0:
		e.Mode = SegmentPassive
	default:
		e.Mode = SegmentDeclarative
	}
	if flags&3 != 0 {
		d.elementKind(flags&4 != 0)
	}
	if flags&4 != 0 {
		e.Funcs = vector(&d.reader, d.elementExpr)
	} else {
		e.Funcs = vector(&d.reader, d.elementFunc)
	}
	return e
}

func (d *decoder) elementKind(typed bool) {
	start := d.pos
	k := d.byte()
	switch {
	case d.err != nil, typed && k == byte(FuncRef), !typed && k == 0:
	case typed && k == 0x6f:
		d.fail(start, ErrReferenceTypes, "externref segment")
	default:
		d.malformed(start, fmt.Sprintf("element kind 0x%02x", k))
	}
}

func (d *decoder) elementFunc() uint32 {
	start := d.pos
	f := d.u32()
	if d.err == nil && f == NullFunc {
		d.fail(start, ErrInvalid, "unknown function")
	}
	return f
}

// elementExpr reads ref.func f or ref.null func, and end.
func (d *decoder) elementExpr() uint32 {
	start := d.pos
	f := NullFunc
	switch op := d.byte(); {
	case d.err != nil:
	case op == 0xd2:
		f = d.elementFunc()
	case op == 0xd0:
		d.elementKind(true)
	default:
		d.fail(start, ErrInvalid, "constant expression required")
	}
	start = d.pos
	if op := d.byte(); d.err == nil && op != byte(OpEnd) {
		d.fail(start, ErrInvalid, "constant expression required")
	}
	return f
}

func (d *decoder) data() Data {
	s := Data{Offset: uint32(d.pos)}
	start := d.pos
	switch flags := d.u32(); {
	case d.err != nil:
	case flags == 0:
		s.Position = d.constExpr()
	case flags == 1:
		s.Mode = SegmentPassive
	case flags == 2:
		s.Memory = d.u32()
		s.Position = d.constExpr()
	default:
		d.malformed(start, fmt.Sprintf("data segment flags %d", flags))
	}
	s.Bytes = d.bytes(d.u32())
	return s
}

// custom reads a custom section. Only the function names are kept; a damaged
// name section is ignored, as engines do.
func (d *decoder) custom() {
	if d.name() == "name" && d.err == nil {
		n := &decoder{reader: reader{b: d.b, pos: d.pos}, m: d.m}
		n.nameSection()
		if n.err != nil {
			d.m.Names = nil
		}
	}
	if d.err == nil {
		d.pos = len(d.b)
	}
}

func (d *decoder) nameSection() {
	for d.err == nil && d.left() > 0 {
		id := d.byte()
		body := d.bytes(d.u32())
		if d.err != nil || id != 1 {
			continue
		}
		sub := &reader{b: d.b[:d.pos], pos: d.pos - len(body)}
		names := make(map[uint32]string)
		for range sub.count() {
			f := sub.u32()
			name := sub.name()
			if sub.err != nil {
				break
			}
			names[f] = name
		}
		if d.err = sub.err; d.err == nil && len(names) > 0 {
			d.m.Names = names
		}
	}
}
