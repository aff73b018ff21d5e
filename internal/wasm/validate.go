package wasm

import (
	"fmt"
	"math/bits"
)

// Validate checks indices, types and limits as the specification's validation
// does. The error, if any, is an *Error wrapping
// ErrInvalid (ErrReferenceTypes for a second table). A module that
// passes can be walked without further checks: every index is in range, every
// block type resolves, every operand exists.
//
// See https://www.w3.org/TR/wasm-core-2/valid/index.html
func Validate(m *Module) error {
	if len(m.Functions) != len(m.Code) {
		return invalid(0, "%d functions, %d bodies", len(m.Functions), len(m.Code))
	}
	v := &validator{m: m, globals: make([]GlobalType, 0, len(m.Globals))}
	for _, step := range []func() error{v.imports, v.spaces, v.globalInits, v.exports, v.start, v.segments, v.bodies} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

type validator struct {
	m            *Module
	funcs        []uint32 // type index of every function, imports first
	globals      []GlobalType
	tables, mems int
}

func invalid(off uint32, format string, args ...any) error {
	return &Error{Offset: int(off), Err: ErrInvalid, Detail: fmt.Sprintf(format, args...)}
}

func (v *validator) imports() error {
	for i := range v.m.Imports {
		im := &v.m.Imports[i]
		switch im.Kind {
		case ExternFunc:
			if _, ok := v.m.typeAt(im.Type); !ok {
				return invalid(im.Offset, "unknown type %d", im.Type)
			}
			v.funcs = append(v.funcs, im.Type)
		case ExternTable:
			v.tables++
			if err := checkLimits(im.Limits, 1<<32-1, im.Offset, "table"); err != nil {
				return err
			}
		case ExternMemory:
			v.mems++
			if err := checkLimits(im.Limits, MaxMemoryPages, im.Offset, "memory"); err != nil {
				return err
			}
		case ExternGlobal:
			v.globals = append(v.globals, im.Global)
		}
	}
	return nil
}

func checkLimits(l Limits, most uint32, off uint32, what string) error {
	if l.Min > most || (l.HasMax && l.Max > most) {
		return invalid(off, "%s size must be at most %d", what, most)
	}
	if l.HasMax && l.Min > l.Max {
		return invalid(off, "%s size minimum must not be greater than maximum", what)
	}
	return nil
}

// spaces checks the definitions that only have limits or a type index.
func (v *validator) spaces() error {
	m := v.m
	for i, t := range m.Functions {
		if _, ok := m.typeAt(t); !ok {
			return invalid(m.Code[i].Offset, "unknown type %d", t)
		}
		v.funcs = append(v.funcs, t)
	}
	for _, l := range m.Tables {
		v.tables++
		if err := checkLimits(l, 1<<32-1, 0, "table"); err != nil {
			return err
		}
	}
	for _, l := range m.Memories {
		v.mems++
		if err := checkLimits(l, MaxMemoryPages, 0, "memory"); err != nil {
			return err
		}
	}
	if v.tables > 1 {
		return &Error{Err: ErrReferenceTypes, Detail: "multiple tables"}
	}
	if v.mems > 1 {
		return invalid(0, "multiple memories")
	}
	return nil
}

func (v *validator) globalInits() error {
	imported := len(v.globals)
	for i := range v.m.Globals {
		g := &v.m.Globals[i]
		if err := v.constExpr(g.Init, g.Type, imported); err != nil {
			return err
		}
		v.globals = append(v.globals, g.GlobalType)
	}
	return nil
}

// constExpr checks an initialiser; it may only read the first visible globals,
// which are the imported ones.
func (v *validator) constExpr(c ConstExpr, want ValueType, visible int) error {
	var got ValueType
	switch c.Op {
	case OpI32Const:
		got = I32
	case OpI64Const:
		got = I64
	case OpF32Const:
		got = F32
	case OpF64Const:
		got = F64
	case OpGlobalGet:
		if c.Value >= uint64(visible) {
			return invalid(c.Offset, "unknown global %d", c.Value)
		}
		if v.globals[c.Value].Mutable {
			return invalid(c.Offset, "constant expression required")
		}
		got = v.globals[c.Value].Type
	default:
		return invalid(c.Offset, "constant expression required")
	}
	if got != want {
		return invalid(c.Offset, "type mismatch: initialiser is %v, want %v", got, want)
	}
	return nil
}

func (v *validator) exports() error {
	seen := make(map[string]bool, len(v.m.Exports))
	for i := range v.m.Exports {
		e := &v.m.Exports[i]
		if seen[e.Name] {
			return invalid(e.Offset, "duplicate export name %q", e.Name)
		}
		seen[e.Name] = true
		n := [...]int{len(v.funcs), v.tables, v.mems, len(v.globals)}[e.Kind&3]
		if uint64(e.Index) >= uint64(n) {
			return invalid(e.Offset, "unknown %v %d", e.Kind, e.Index)
		}
	}
	return nil
}

func (v *validator) start() error {
	if v.m.Start == nil {
		return nil
	}
	t, ok := v.funcType(uint64(*v.m.Start))
	if !ok {
		return invalid(0, "unknown start function %d", *v.m.Start)
	}
	if len(t.Params)+len(t.Results) > 0 {
		return invalid(0, "start function must have no parameters and results")
	}
	return nil
}

func (v *validator) funcType(f uint64) (FuncType, bool) {
	if f >= uint64(len(v.funcs)) {
		return FuncType{}, false
	}
	return v.m.Types[v.funcs[f]], true
}

func (v *validator) segments() error {
	imported := v.m.NumImported(ExternGlobal)
	for i := range v.m.Elements {
		e := &v.m.Elements[i]
		if e.Mode == SegmentActive {
			if uint64(e.Table) >= uint64(v.tables) {
				return invalid(e.Offset, "unknown table %d", e.Table)
			}
			if err := v.constExpr(e.Position, I32, imported); err != nil {
				return err
			}
		}
		for _, f := range e.Funcs {
			if f != NullFunc && uint64(f) >= uint64(len(v.funcs)) {
				return invalid(e.Offset, "unknown function %d", f)
			}
		}
	}
	for i := range v.m.Data {
		s := &v.m.Data[i]
		if s.Mode != SegmentActive {
			continue
		}
		if uint64(s.Memory) >= uint64(v.mems) {
			return invalid(s.Offset, "unknown memory %d", s.Memory)
		}
		if err := v.constExpr(s.Position, I32, imported); err != nil {
			return err
		}
	}
	return nil
}

func (v *validator) bodies() error {
	b := &bodyValidator{validator: v}
	for i := range v.m.Code {
		if err := b.function(v.m.Types[v.m.Functions[i]], &v.m.Code[i]); err != nil {
			return err
		}
	}
	return nil
}

// naturalAlign returns the greatest alignment exponent of a load or store.
func naturalAlign(op Opcode) uint32 {
	return uint32(bits.TrailingZeros8(AccessWidth(op)))
}

// AccessWidth returns the number of bytes that a load or store touches, 0 for
// other instructions.
func AccessWidth(op Opcode) uint8 {
	switch op {
	case OpI32Load8S, OpI32Load8U, OpI64Load8S, OpI64Load8U, OpI32Store8, OpI64Store8:
		return 1
	case OpI32Load16S, OpI32Load16U, OpI64Load16S, OpI64Load16U, OpI32Store16, OpI64Store16:
		return 2
	case OpI32Load, OpF32Load, OpI64Load32S, OpI64Load32U, OpI32Store, OpF32Store, OpI64Store32:
		return 4
	case OpI64Load, OpF64Load, OpI64Store, OpF64Store:
		return 8
	default:
		return 0
	}
}
