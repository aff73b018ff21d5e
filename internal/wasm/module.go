package wasm

import "slices"

// Limits of Decode. They are far above what compilers emit.
const (
	MaxModuleBytes = 4 << 20 // bytes of a module
	MaxParams      = 256     // parameters, and results, of a function type
	MaxLocals      = 10_000  // declared locals of a function
	MaxAllLocals   = 1 << 22 // declared locals of all functions together
	MaxNesting     = 10_000  // nested blocks of a function
	MaxMemoryPages = 65536   // of 64 KiB
	MaxTableSize   = 10_000_000
)

// ValueType is a value type in its binary encoding.
type ValueType byte

// Value types.
const (
	I32     ValueType = 0x7f
	I64     ValueType = 0x7e
	F32     ValueType = 0x7d
	F64     ValueType = 0x7c
	FuncRef ValueType = 0x70 // element type of tables, never a value here
)

// IsFloat reports whether t is f32 or f64.
func (t ValueType) IsFloat() bool { return t == F32 || t == F64 }

// String returns the type's name in the text format.
func (t ValueType) String() string {
	switch t {
	case I32:
		return "i32"
	case I64:
		return "i64"
	case F32:
		return "f32"
	case F64:
		return "f64"
	case FuncRef:
		return "funcref"
	default:
		return "unknown"
	}
}

// FuncType is a function type.
type FuncType struct {
	Params, Results []ValueType
}

// Equal reports whether both types are the same.
func (t FuncType) Equal(o FuncType) bool {
	return slices.Equal(t.Params, o.Params) && slices.Equal(t.Results, o.Results)
}

// ExternKind is the kind of an import or export.
type ExternKind byte

// Extern kinds, in their binary encoding.
const (
	ExternFunc ExternKind = iota
	ExternTable
	ExternMemory
	ExternGlobal
)

// String returns the kind's name in the text format.
func (k ExternKind) String() string {
	return [...]string{"func", "table", "memory", "global"}[k&3]
}

// Limits of a table or a memory, in elements or pages.
type Limits struct {
	Min, Max uint32
	HasMax   bool
	Offset   uint32
}

// GlobalType is the type of a global.
type GlobalType struct {
	Type    ValueType
	Mutable bool
}

// Import is one import; the field named by Kind is set.
type Import struct {
	Module, Name string
	Kind         ExternKind
	Type         uint32 // ExternFunc: type index
	Limits       Limits // ExternTable, ExternMemory
	Global       GlobalType
	Offset       uint32
}

// ConstExpr is an initialiser: one constant instruction.
type ConstExpr struct {
	Op     Opcode // i32.const, i64.const, f32.const, f64.const or global.get
	Value  uint64 // constant's bits, i32 zero-extended; or the global's index
	Offset uint32
}

// Global is a global defined by the module.
type Global struct {
	GlobalType
	Init   ConstExpr
	Offset uint32
}

// Export is one export.
type Export struct {
	Name   string
	Kind   ExternKind
	Index  uint32
	Offset uint32
}

// SegmentMode says when a data or element segment is copied.
type SegmentMode byte

// Segment modes.
const (
	SegmentActive SegmentMode = iota
	SegmentPassive
	SegmentDeclarative // elements only
)

// NullFunc stands for ref.null in an element segment.
const NullFunc = ^uint32(0)

// Element is an element segment of function indices.
type Element struct {
	Mode     SegmentMode
	Table    uint32
	Position ConstExpr // active: first element to write
	Funcs    []uint32  // function indices or NullFunc
	Offset   uint32
}

// Data is a data segment.
type Data struct {
	Mode     SegmentMode
	Memory   uint32
	Position ConstExpr // active: first byte to write
	Bytes    []byte    // aliases the decoded module
	Offset   uint32
}

// LocalRun is Count locals of one type.
type LocalRun struct {
	Count uint32
	Type  ValueType
}

// Code is the body of a function that the module defines.
type Code struct {
	Locals   []LocalRun // as declared, without parameters
	Instrs   []Instr    // with the final end
	BrTables [][]uint32 // labels of the i-th br_table, the default last
	Offset   uint32     // of the body
}

// NumLocals returns the number of declared locals, without parameters.
func (c *Code) NumLocals() int {
	n := 0
	for _, r := range c.Locals {
		n += int(r.Count)
	}
	return n
}

// LocalTypes returns params followed by the declared locals.
func (c *Code) LocalTypes(params []ValueType) []ValueType {
	out := slices.Grow(slices.Clone(params), c.NumLocals())
	for _, r := range c.Locals {
		for range r.Count {
			out = append(out, r.Type)
		}
	}
	return out
}

// Instr is one instruction. What the immediates mean depends on the opcode:
//
//	block, loop, if     Imm block type (see Module.BlockType), End, Else
//	else                Start (its if), End
//	end                 Start (-1 for the end of the body)
//	br, br_if           Imm relative depth
//	br_table            Imm index into Code.BrTables
//	call                Imm function index
//	call_indirect       Imm type index, Imm2 table
//	local.*, global.*   Imm index
//	loads, stores       Imm offset, Imm2 alignment exponent
//	*.const             Imm bits; i32 and f32 zero-extended
//	memory.init         Imm data index; data.drop likewise
//	table.init          Imm element index, Imm2 table; elem.drop likewise
//	table.copy          Imm destination table, Imm2 source table
type Instr struct {
	Imm    uint64
	Offset uint32 // of the opcode in the module
	Imm2   uint32
	Start  int32 // else, end: index of the instruction that opened the block
	End    int32 // block, loop, if, else: index of the matching end
	Else   int32 // if: index of its else, or -1
	Op     Opcode
}

// Module is a decoded module.
type Module struct {
	Types     []FuncType
	Imports   []Import
	Functions []uint32 // type index of each defined function
	Tables    []Limits // of funcref
	Memories  []Limits
	Globals   []Global
	Exports   []Export
	Start     *uint32
	Elements  []Element
	DataCount *uint32
	Code      []Code // parallel to Functions
	Data      []Data
	Names     map[uint32]string // function names from the name section, for people
}

// BlockTypeEmpty is the Imm of a block without parameters and results.
const BlockTypeEmpty = ^uint64(0x3f) // -64

// BlockType returns the type of a block, loop or if. Requires a valid module.
func (m *Module) BlockType(imm uint64) FuncType {
	s := int64(imm)
	switch {
	case s == -64:
		return FuncType{}
	case s < 0:
		return FuncType{Results: []ValueType{ValueType(byte(s) & 0x7f)}}
	}
	return m.Types[s]
}

// ImportedFuncs returns the imports that are functions: import i of the result
// has function index i.
func (m *Module) ImportedFuncs() []Import { return m.imported(ExternFunc) }

// ImportedGlobals returns the imports that are globals, by global index.
func (m *Module) ImportedGlobals() []Import { return m.imported(ExternGlobal) }

func (m *Module) imported(k ExternKind) []Import {
	var out []Import
	for _, im := range m.Imports {
		if im.Kind == k {
			out = append(out, im)
		}
	}
	return out
}

// NumImported returns the number of imports of kind k.
func (m *Module) NumImported(k ExternKind) int {
	n := 0
	for i := range m.Imports {
		if m.Imports[i].Kind == k {
			n++
		}
	}
	return n
}

// FuncType returns the type of function f, in the function index space.
func (m *Module) FuncType(f uint32) (FuncType, bool) {
	for i := range m.Imports {
		if m.Imports[i].Kind != ExternFunc {
			continue
		}
		if f == 0 {
			return m.typeAt(m.Imports[i].Type)
		}
		f--
	}
	if int64(f) >= int64(len(m.Functions)) {
		return FuncType{}, false
	}
	return m.typeAt(m.Functions[f])
}

func (m *Module) typeAt(i uint32) (FuncType, bool) {
	if int64(i) >= int64(len(m.Types)) {
		return FuncType{}, false
	}
	return m.Types[i], true
}

// Memory returns the limits of memory 0, imported or defined.
func (m *Module) Memory() (Limits, bool) {
	for i := range m.Imports {
		if m.Imports[i].Kind == ExternMemory {
			return m.Imports[i].Limits, true
		}
	}
	if len(m.Memories) > 0 {
		return m.Memories[0], true
	}
	return Limits{}, false
}

// Export returns the export called name.
func (m *Module) Export(name string) (Export, bool) {
	for _, e := range m.Exports {
		if e.Name == name {
			return e, true
		}
	}
	return Export{}, false
}
