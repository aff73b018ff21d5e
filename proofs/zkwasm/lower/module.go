package lower

import (
	"encoding/binary"
	"fmt"
	"sort"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
	"vmhost/proofs/zkwasm/ir"
)

// maxGlobals keeps global cells within 32 bits with room to spare.
const maxGlobals = 100_000

// module checks everything outside of function bodies and lowers data.
func (l *lowering) module(p *ir.Program) error {
	for _, step := range []func(*ir.Program) error{l.imports, l.memory, l.globalVars, l.drops, l.tables, l.data} {
		if err := step(p); err != nil {
			return err
		}
	}
	l.countHostCalls()
	return nil
}

func (l *lowering) imports(*ir.Program) error {
	for _, im := range l.guest.mod.Imports {
		bad := func(why string) error {
			return &UnsupportedError{Reason: fmt.Sprintf("import %.40q %.40q: %s", im.Module, im.Name, why), Offset: im.Offset}
		}
		if im.Kind != wasm.ExternFunc || im.Module != vmabi.Module {
			return bad("only functions of module " + vmabi.Module + " can be imported")
		}
		f, ok := vmabi.Lookup(im.Name)
		if !ok {
			return bad("no such host function")
		}
		want := wasm.FuncType{}
		for _, t := range f.Params {
			want.Params = append(want.Params, wasm.ValueType(t))
		}
		for _, t := range f.Results {
			want.Results = append(want.Results, wasm.ValueType(t))
		}
		if !l.guest.mod.Types[im.Type].Equal(want) {
			return bad("signature must be " + f.Signature())
		}
	}
	return nil
}

func (l *lowering) memory(p *ir.Program) error {
	m, ok := l.guest.mod.Memory()
	if !ok {
		return nil
	}
	if m.Min > ir.MaxPages {
		return &UnsupportedError{Reason: fmt.Sprintf("memory of %d pages, at most %d", m.Min, ir.MaxPages), Offset: m.Offset}
	}
	l.pages, l.maxPages = m.Min, m.Min
	if l.grows() {
		l.maxPages = ir.MaxPages
		if m.HasMax {
			l.maxPages = min(m.Max, ir.MaxPages)
		}
	}
	p.Pages, p.MaxPages = l.pages, l.maxPages
	return nil
}

// grows reports whether a memory.grow can run.
func (l *lowering) grows() bool {
	run, ok := l.guest.mod.Export(vmabi.Entry)
	return ok && run.Kind == wasm.ExternFunc && wasm.ReachesOp(l.guest.mod, wasm.OpMemoryGrow, run.Index)
}

func (l *lowering) globalVars(p *ir.Program) error {
	mod := l.guest.mod
	if len(mod.Globals) > maxGlobals {
		return &UnsupportedError{Reason: "too many globals"}
	}
	for _, g := range mod.Globals {
		if g.Type.IsFloat() {
			return &UnsupportedError{Reason: "floating point global", Offset: g.Offset}
		}
		v, err := l.constant(g.Init)
		if err != nil {
			return err
		}
		l.globals = append(l.globals, global{typ: wtyp(g.Type), init: v})
	}
	for i := range mod.Code {
		for j := range mod.Code[i].Instrs {
			if in := &mod.Code[i].Instrs[j]; in.Op == wasm.OpGlobalSet && in.Imm < uint64(len(l.globals)) {
				l.globals[in.Imm].written = true
			}
		}
	}
	for i, g := range l.globals {
		if g.written && g.init != 0 {
			p.Data = append(p.Data, ir.Datum{Region: ir.RegionGlobals, Addr: ir.GlobalsBase + 8*uint32(i), Value: g.init})
		}
	}
	p.Globals = uint32(len(l.globals))
	return nil
}

func (l *lowering) constant(c wasm.ConstExpr) (uint64, error) {
	switch c.Op {
	case wasm.OpI32Const:
		return uint64(uint32(c.Value)), nil
	case wasm.OpI64Const:
		return c.Value, nil
	case wasm.OpGlobalGet:
		if c.Value < uint64(len(l.globals)) {
			return l.globals[c.Value].init, nil
		}
	default: // refused below
	}
	return 0, &UnsupportedError{Reason: "initialiser", Opcode: c.Op.String(), Offset: c.Offset}
}

// tables lays out table 0 for call_indirect.
func (l *lowering) tables(*ir.Program) error {
	mod := l.guest.mod
	if len(mod.Tables) > 0 {
		n := mod.Tables[0].Min
		if n > maxTable {
			n = maxTable + 1 // refused where it is used
		}
		l.table = make([]uint32, n)
		for i := range l.table {
			l.table[i] = wasm.NullFunc
		}
	}
	for _, e := range mod.Elements {
		if e.Mode != wasm.SegmentActive {
			continue // table.init is refused
		}
		pos, err := l.constant(e.Position)
		if err != nil {
			return err
		}
		if len(mod.Tables) == 0 || pos+uint64(len(e.Funcs)) > uint64(mod.Tables[0].Min) {
			return &UnsupportedError{Reason: "element segment out of bounds: instantiation traps", Offset: e.Offset}
		}
		if pos < uint64(len(l.table)) {
			copy(l.table[pos:], e.Funcs)
		}
	}
	return nil
}

// data lays out the active data segments as non-zero cells.
func (l *lowering) data(p *ir.Program) error {
	size := uint64(l.pages) * ir.PageSize
	cells := map[uint32]*[8]byte{}
	for _, d := range l.guest.mod.Data {
		if d.Mode != wasm.SegmentActive {
			continue // see memoryInit
		}
		pos, err := l.constant(d.Position)
		if err != nil {
			return err
		}
		if pos+uint64(len(d.Bytes)) > size {
			return &UnsupportedError{Reason: "data segment out of bounds: instantiation traps", Offset: d.Offset}
		}
		for i, b := range d.Bytes {
			a := uint32(pos) + uint32(i)
			c := cells[a/8]
			if c == nil {
				if b == 0 {
					continue
				}
				c = new([8]byte)
				cells[a/8] = c
			}
			c[a%8] = b
		}
	}
	addrs := make([]uint32, 0, len(cells))
	for a := range cells {
		addrs = append(addrs, a)
	}
	sort.Slice(addrs, func(i, j int) bool { return addrs[i] < addrs[j] })
	var linear []ir.Datum
	for _, a := range addrs {
		if v := binary.LittleEndian.Uint64(cells[a][:]); v != 0 {
			linear = append(linear, ir.Datum{Region: ir.RegionLinear, Addr: a * 8, Value: v})
		}
	}
	p.Data = append(linear, p.Data...)
	return nil
}

// countHostCalls counts call sites, to decide what is inlined.
func (l *lowering) countHostCalls() {
	for i := range l.guest.mod.Code {
		for j := range l.guest.mod.Code[i].Instrs {
			switch in := &l.guest.mod.Code[i].Instrs[j]; in.Op {
			case wasm.OpCall:
				if in.Imm < uint64(len(l.guest.imports)) {
					l.hostCalls[l.guest.imports[in.Imm].Name]++
				}
			case wasm.OpMemoryCopy:
				l.hostCalls["memory_copy"]++
			case wasm.OpMemoryFill:
				l.hostCalls["memory_fill"]++
			case wasm.OpMemoryGrow:
				l.hostCalls["memory_grow"]++
			default: // calls nothing
			}
		}
	}
}

// inlineLimit is the size, in instructions, up to which a host function is
// always inlined.
const inlineLimit = 40

func (l *lowering) inlines(name string, index uint32) bool {
	return l.hostCalls[name] == 1 || len(l.host.mod.Code[int(index)-len(l.host.imports)].Instrs) <= inlineLimit
}
