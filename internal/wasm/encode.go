package wasm

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// Encode writes m back to bytes: canonical LEB128, no custom sections but the
// function names. It does not check m; encoding what Decode returned, or a
// careful change of it, gives a module that Decode accepts. Offsets, Start, End
// and Else of m are not used: the order of Instrs alone matters.
func Encode(m *Module) []byte {
	w := &writer{b: []byte("\x00asm\x01\x00\x00\x00")}
	w.vectorSection(secType, len(m.Types), func(i int) { w.funcType(&m.Types[i]) })
	w.vectorSection(secImport, len(m.Imports), func(i int) { w.importEntry(&m.Imports[i]) })
	w.vectorSection(secFunction, len(m.Functions), func(i int) { w.u32(m.Functions[i]) })
	w.vectorSection(secTable, len(m.Tables), func(i int) { w.table(m.Tables[i]) })
	w.vectorSection(secMemory, len(m.Memories), func(i int) { w.limits(m.Memories[i]) })
	w.vectorSection(secGlobal, len(m.Globals), func(i int) {
		w.globalType(m.Globals[i].GlobalType)
		w.constExpr(m.Globals[i].Init)
	})
	w.vectorSection(secExport, len(m.Exports), func(i int) { w.export(&m.Exports[i]) })
	if m.Start != nil {
		w.section(secStart, func() { w.u32(*m.Start) })
	}
	w.vectorSection(secElement, len(m.Elements), func(i int) { w.element(&m.Elements[i]) })
	if m.DataCount != nil {
		w.section(secDataCount, func() { w.u32(*m.DataCount) })
	}
	w.vectorSection(secCode, len(m.Code), func(i int) { w.code(&m.Code[i]) })
	w.vectorSection(secData, len(m.Data), func(i int) { w.data(&m.Data[i]) })
	w.names(m.Names)
	return w.b
}

type writer struct{ b []byte }

func (w *writer) byte(b byte) { w.b = append(w.b, b) }

func (w *writer) u32(v uint32) { w.b = binary.AppendUvarint(w.b, uint64(v)) }

func (w *writer) signed(v int64) {
	for {
		c := byte(v & 0x7f)
		v >>= 7
		if (v == 0 && c&0x40 == 0) || (v == -1 && c&0x40 != 0) {
			w.byte(c)
			return
		}
		w.byte(c | 0x80)
	}
}

func (w *writer) name(s string) {
	w.u32(uint32(len(s)))
	w.b = append(w.b, s...)
}

// sized writes what body writes, preceded by its length.
func (w *writer) sized(body func()) {
	start := len(w.b)
	body()
	inner := slices.Clone(w.b[start:])
	w.b = w.b[:start]
	w.u32(uint32(len(inner)))
	w.b = append(w.b, inner...)
}

func (w *writer) section(id byte, body func()) {
	w.byte(id)
	w.sized(body)
}

func (w *writer) vectorSection(id byte, n int, element func(i int)) {
	if n == 0 {
		return
	}
	w.section(id, func() {
		w.u32(uint32(n))
		for i := range n {
			element(i)
		}
	})
}

func (w *writer) valueTypes(ts []ValueType) {
	w.u32(uint32(len(ts)))
	for _, t := range ts {
		w.byte(byte(t))
	}
}

func (w *writer) funcType(t *FuncType) {
	w.byte(0x60)
	w.valueTypes(t.Params)
	w.valueTypes(t.Results)
}

func (w *writer) importEntry(im *Import) {
	w.name(im.Module)
	w.name(im.Name)
	w.byte(byte(im.Kind))
	switch im.Kind {
	case ExternFunc:
		w.u32(im.Type)
	case ExternTable:
		w.table(im.Limits)
	case ExternMemory:
		w.limits(im.Limits)
	case ExternGlobal:
		w.globalType(im.Global)
	}
}

func (w *writer) table(l Limits) {
	w.byte(byte(FuncRef))
	w.limits(l)
}

func (w *writer) limits(l Limits) {
	if !l.HasMax {
		w.byte(0)
		w.u32(l.Min)
		return
	}
	w.byte(1)
	w.u32(l.Min)
	w.u32(l.Max)
}

func (w *writer) globalType(g GlobalType) {
	w.byte(byte(g.Type))
	if g.Mutable {
		w.byte(1)
	} else {
		w.byte(0)
	}
}

func (w *writer) export(e *Export) {
	w.name(e.Name)
	w.byte(byte(e.Kind))
	w.u32(e.Index)
}

func (w *writer) constExpr(c ConstExpr) {
	w.instr(&Instr{Op: c.Op, Imm: c.Value}, nil)
	w.byte(byte(OpEnd))
}

func (w *writer) element(e *Element) {
	typed := slices.Contains(e.Funcs, NullFunc)
	flags := uint32(0)
	if typed {
		flags = 4
	}
	switch {
	case e.Mode == SegmentPassive:
		flags |= 1
	case e.Mode == SegmentDeclarative:
		flags |= 3
	case e.Table != 0:
		flags |= 2
	}
	w.u32(flags)
	if e.Mode == SegmentActive {
		if e.Table != 0 {
			w.u32(e.Table)
		}
		w.constExpr(e.Position)
	}
	switch {
	case flags&3 != 0 && typed:
		w.byte(byte(FuncRef))
	case flags&3 != 0:
		w.byte(0)
	}
	w.u32(uint32(len(e.Funcs)))
	for _, f := range e.Funcs {
		switch {
		case !typed:
			w.u32(f)
		case f == NullFunc:
			w.b = append(w.b, 0xd0, byte(FuncRef), byte(OpEnd))
		default:
			w.byte(0xd2)
			w.u32(f)
			w.byte(byte(OpEnd))
		}
	}
}

func (w *writer) data(s *Data) {
	switch {
	case s.Mode == SegmentPassive:
		w.u32(1)
	case s.Memory != 0:
		w.u32(2)
		w.u32(s.Memory)
		w.constExpr(s.Position)
	default:
		w.u32(0)
		w.constExpr(s.Position)
	}
	w.u32(uint32(len(s.Bytes)))
	w.b = append(w.b, s.Bytes...)
}

func (w *writer) code(c *Code) {
	w.sized(func() {
		w.u32(uint32(len(c.Locals)))
		for _, r := range c.Locals {
			w.u32(r.Count)
			w.byte(byte(r.Type))
		}
		for i := range c.Instrs {
			w.instr(&c.Instrs[i], c)
		}
	})
}

// instr writes one instruction; c is needed for br_table only.
func (w *writer) instr(in *Instr, c *Code) {
	if in.Op >= 0xfc00 {
		w.byte(0xfc)
		w.u32(uint32(in.Op - 0xfc00))
	} else {
		w.byte(byte(in.Op))
	}
	info, _ := in.Op.info()
	switch info.imm {
	case immNone:
	case immBlock, immI64:
		w.signed(int64(in.Imm))
	case immLabel, immIndex:
		w.u32(uint32(in.Imm))
	case immTable:
		labels := c.BrTables[in.Imm]
		w.u32(uint32(len(labels) - 1))
		for _, l := range labels {
			w.u32(l)
		}
	case immCallIndirect, immTableInit, immTableCopy:
		w.u32(uint32(in.Imm))
		w.u32(in.Imm2)
	case immMem:
		w.u32(in.Imm2)
		w.u32(uint32(in.Imm))
	case immMemIndex:
		w.byte(0)
	case immMemCopy:
		w.b = append(w.b, 0, 0)
	case immMemInit:
		w.u32(uint32(in.Imm))
		w.byte(0)
	case immI32:
		w.signed(int64(int32(in.Imm)))
	case immF32:
		w.b = binary.LittleEndian.AppendUint32(w.b, uint32(in.Imm))
	case immF64:
		w.b = binary.LittleEndian.AppendUint64(w.b, in.Imm)
	}
}

func (w *writer) names(names map[uint32]string) {
	if len(names) == 0 {
		return
	}
	type entry struct {
		f    uint32
		name string
	}
	list := make([]entry, 0, len(names))
	for f, n := range names {
		list = append(list, entry{f, n})
	}
	slices.SortFunc(list, func(a, b entry) int { return cmp.Compare(a.f, b.f) })
	w.section(secCustom, func() {
		w.name("name")
		w.byte(1)
		w.sized(func() {
			w.u32(uint32(len(list)))
			for _, e := range list {
				w.u32(e.f)
				w.name(e.name)
			}
		})
	})
}
