package wasm

import "fmt"

// Section ids, in the order of the format document.
const (
	secCustom = iota
	secType
	secImport
	secFunction
	secTable
	secMemory
	secGlobal
	secExport
	secStart
	secElement
	secCode
	secData
	secDataCount
	secTag
)

// Decode reads a module. The error, if any, is an *Error. The module aliases b
// (data segments); b must not be changed afterwards.
func Decode(b []byte) (*Module, error) {
	d := &decoder{reader: reader{b: b}, m: &Module{}, size: len(b)}
	d.header()
	last := 0
	for d.err == nil && d.pos < len(b) {
		last = d.section(last, b)
	}
	if d.err == nil {
		d.finish()
	}
	if d.err != nil {
		return nil, d.err
	}
	return d.m, nil
}

type decoder struct {
	reader
	m      *Module
	size   int
	locals uint64 // declared so far, in all functions
}

func (d *decoder) header() {
	if len(d.b) > MaxModuleBytes {
		d.fail(0, ErrTooLarge, fmt.Sprintf("%d bytes, at most %d", len(d.b), MaxModuleBytes))
		return
	}
	if len(d.b) < 4 || string(d.b[:4]) != "\x00asm" {
		d.fail(0, ErrNotWASM, "")
		return
	}
	if len(d.b) < 8 || string(d.b[4:8]) != "\x01\x00\x00\x00" {
		d.fail(4, ErrVersion, "")
		return
	}
	d.pos = 8
}

// order is the place of a section in a module: data count stands before code.
func order(id byte) int {
	switch {
	case id == secDataCount:
		return 2*secElement + 1
	default:
		return 2 * int(id)
	}
}

func (d *decoder) section(last int, b []byte) int {
	start := d.pos
	id := d.byte()
	size := d.u32()
	if d.err != nil {
		return last
	}
	if id == secTag {
		d.fail(start, ErrExceptions, "tag section")
		return last
	}
	if id > secDataCount {
		d.malformed(start, fmt.Sprintf("malformed section id %d", id))
		return last
	}
	if int64(size) > int64(d.left()) {
		d.malformed(start, "section extends past the end")
		return last
	}
	if id != secCustom {
		if o := order(id); o <= last {
			d.malformed(start, "unexpected content after last section (order)")
			return last
		} else {
			last = o
		}
	}
	end := d.pos + int(size)
	d.b = b[:end]
	d.sectionBody(id)
	if d.err == nil && d.pos != end {
		d.malformed(d.pos, "section size mismatch")
	}
	d.b = b
	return last
}

func (d *decoder) sectionBody(id byte) {
	m := d.m
	switch id {
	case secCustom:
		d.custom()
	case secType:
		m.Types = vector(&d.reader, d.funcType)
	case secImport:
		m.Imports = vector(&d.reader, d.importEntry)
	case secFunction:
		m.Functions = vector(&d.reader, d.u32)
	case secTable:
		m.Tables = vector(&d.reader, d.table)
	case secMemory:
		m.Memories = vector(&d.reader, d.memory)
	case secGlobal:
		m.Globals = vector(&d.reader, d.global)
	case secExport:
		m.Exports = vector(&d.reader, d.export)
	case secStart:
		s := d.u32()
		m.Start = &s
	case secElement:
		m.Elements = vector(&d.reader, d.element)
	case secCode:
		m.Code = vector(&d.reader, d.code)
	case secData:
		m.Data = vector(&d.reader, d.data)
	case secDataCount:
		n := d.u32()
		m.DataCount = &n
	}
}

// finish checks what spans sections.
func (d *decoder) finish() {
	m := d.m
	if len(m.Functions) != len(m.Code) {
		d.malformed(d.size, "function and code section have inconsistent lengths")
		return
	}
	if m.DataCount != nil && int64(*m.DataCount) != int64(len(m.Data)) {
		d.malformed(d.size, "data count and data section have inconsistent lengths")
		return
	}
	if m.DataCount != nil {
		return
	}
	for i := range m.Code {
		for j := range m.Code[i].Instrs {
			in := &m.Code[i].Instrs[j]
			if in.Op == OpMemoryInit || in.Op == OpDataDrop {
				d.fail(int(in.Offset), ErrMalformed, "data count section required")
				return
			}
		}
	}
}

func (d *decoder) valueType() ValueType {
	start := d.pos
	t := ValueType(d.byte())
	switch {
	case d.err != nil, t == I32, t == I64, t == F32, t == F64:
	case t == 0x7b:
		d.fail(start, ErrSIMD, "v128")
	case t == FuncRef, t == 0x6f:
		d.fail(start, ErrReferenceTypes, "value type")
	case t == 0x69:
		d.fail(start, ErrExceptions, "exnref")
	default:
		d.malformed(start, fmt.Sprintf("value type 0x%02x", byte(t)))
	}
	return t
}

func (d *decoder) funcType() FuncType {
	start := d.pos
	if form := d.byte(); d.err == nil && form != 0x60 {
		d.malformed(start, fmt.Sprintf("type form 0x%02x", form))
	}
	t := FuncType{Params: vector(&d.reader, d.valueType), Results: vector(&d.reader, d.valueType)}
	if len(t.Params) > MaxParams || len(t.Results) > MaxParams {
		d.fail(start, ErrTooLarge, fmt.Sprintf("more than %d parameters or results", MaxParams))
	}
	return t
}

func (d *decoder) importEntry() Import {
	im := Import{Offset: uint32(d.pos), Module: d.name(), Name: d.name()}
	start := d.pos
	im.Kind = ExternKind(d.byte())
	switch im.Kind {
	case ExternFunc:
		im.Type = d.u32()
	case ExternTable:
		im.Limits = d.table()
	case ExternMemory:
		im.Limits = d.memory()
	case ExternGlobal:
		im.Global = d.globalType()
	case 4:
		d.fail(start, ErrExceptions, "tag import")
	default:
		d.malformed(start, fmt.Sprintf("import kind %d", im.Kind))
	}
	return im
}

func (d *decoder) table() Limits {
	start := d.pos
	t := ValueType(d.byte())
	if d.err == nil && t != FuncRef {
		if t == 0x6f {
			d.fail(start, ErrReferenceTypes, "externref table")
		} else {
			d.malformed(start, fmt.Sprintf("element type 0x%02x", byte(t)))
		}
	}
	return d.limits()
}

func (d *decoder) memory() Limits { return d.limits() }

func (d *decoder) limits() Limits {
	start := d.pos
	flag := d.byte()
	l := Limits{Offset: uint32(start)}
	switch {
	case d.err != nil:
	case flag > 7:
		d.malformed(start, fmt.Sprintf("limits flag 0x%02x", flag))
	case flag&4 != 0:
		d.fail(start, ErrMemory64, "")
	case flag&2 != 0:
		d.fail(start, ErrThreads, "shared memory")
	default:
		l.Min = d.u32()
		if l.HasMax = flag&1 != 0; l.HasMax {
			l.Max = d.u32()
		}
	}
	return l
}

func (d *decoder) globalType() GlobalType {
	g := GlobalType{Type: d.valueType()}
	start := d.pos
	switch mut := d.byte(); {
	case d.err != nil:
	case mut > 1:
		d.malformed(start, "malformed mutability")
	default:
		g.Mutable = mut == 1
	}
	return g
}

func (d *decoder) global() Global {
	off := uint32(d.pos)
	return Global{Offset: off, GlobalType: d.globalType(), Init: d.constExpr()}
}

func (d *decoder) export() Export {
	e := Export{Offset: uint32(d.pos), Name: d.name()}
	start := d.pos
	e.Kind = ExternKind(d.byte())
	if d.err == nil && e.Kind > ExternGlobal {
		d.malformed(start, fmt.Sprintf("export kind %d", e.Kind))
	}
	e.Index = d.u32()
	return e
}

// constExpr reads one constant instruction and end. More than one is well
// formed but never valid in the versions that we accept.
func (d *decoder) constExpr() ConstExpr {
	c := ConstExpr{Offset: uint32(d.pos)}
	c.Op = d.opcode()
	switch c.Op {
	case OpI32Const:
		c.Value = uint64(uint32(d.signed(32)))
	case OpI64Const:
		c.Value = uint64(d.signed(64))
	case OpF32Const:
		c.Value = d.f32()
	case OpF64Const:
		c.Value = d.f64()
	case OpGlobalGet:
		c.Value = uint64(d.u32())
	default:
		if _, ok := c.Op.info(); ok && d.err == nil {
			d.fail(int(c.Offset), ErrInvalid, "constant expression required")
		} else if d.err == nil {
			d.malformed(int(c.Offset), c.Op.String())
		}
	}
	start := d.pos
	if op := d.opcode(); d.err == nil && op != OpEnd {
		d.fail(start, ErrInvalid, "constant expression required")
	}
	return c
}
