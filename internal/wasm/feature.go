package wasm

import "errors"

// Feature classifies what Scan finds.
type Feature string

// Features that make a module unwelcome or not provable somewhere.
const (
	FeatureFloat          Feature = "float"           // a float type or instruction
	FeatureSIMD           Feature = "simd"            // not decodable beyond this point
	FeatureThreads        Feature = "threads"         // likewise
	FeatureReferenceTypes Feature = "reference types" // likewise
	FeatureOther          Feature = "unsupported"     // likewise: exceptions, tail calls, 64-bit memories
	FeatureForeignImport  Feature = "foreign import"  // any import that is not a function of module "vm"
	FeatureBulkMemory     Feature = "bulk memory"
	FeatureSignExtension  Feature = "sign extension"
	FeatureMultiValue     Feature = "multi-value"
	FeatureCallIndirect   Feature = "call_indirect"
	FeatureMemoryGrow     Feature = "memory.grow"
	FeatureStart          Feature = "start function"
)

// Finding is one use of a feature.
type Finding struct {
	Feature Feature
	Offset  int    // byte offset in the module
	What    string // instruction, import or type, e.g. "f64.add", "env.abort"
	Count   int    // uses of this feature by this What; Offset is the first
}

// Scan lists the features that a module uses, each What once, in order of
// first use. An unsupported feature ends the scan and is its last finding; any
// other decoding error is returned. host is the name of the module whose
// function imports are welcome ("vm"). Requires no validity.
func Scan(b []byte, host string) ([]Finding, error) {
	m, err := Decode(b)
	if err == nil {
		return ScanModule(m, host, nil), nil
	}
	var e *Error
	if !errors.As(err, &e) || !errors.Is(err, ErrUnsupported) {
		return nil, err
	}
	f := Finding{Feature: FeatureOther, Offset: e.Offset, What: e.Detail, Count: 1}
	switch {
	case errors.Is(err, ErrSIMD):
		f.Feature = FeatureSIMD
	case errors.Is(err, ErrThreads):
		f.Feature = FeatureThreads
	case errors.Is(err, ErrReferenceTypes):
		f.Feature = FeatureReferenceTypes
	default:
		f.What = e.Err.Error() + ": " + e.Detail
	}
	return []Finding{f}, nil
}

// ScanModule is Scan of a decoded module. If keep is not nil, the bodies of the
// defined functions i with !keep(i) are left out.
func ScanModule(m *Module, host string, keep func(i int) bool) []Finding {
	s := &scanner{seen: map[Finding]int{}}
	s.imports(m, host)
	for i := range m.Globals {
		if m.Globals[i].Type.IsFloat() {
			s.add(FeatureFloat, int(m.Globals[i].Offset), "global")
		}
	}
	for i := range m.Code {
		if keep != nil && !keep(i) {
			continue
		}
		if i < len(m.Functions) {
			s.funcType(m, m.Functions[i], int(m.Code[i].Offset), "function type")
		}
		s.code(m, &m.Code[i])
	}
	if m.Start != nil {
		s.add(FeatureStart, 0, "start")
	}
	return s.found
}

type scanner struct {
	found []Finding
	seen  map[Finding]int // feature and what only -> index into found
}

func (s *scanner) add(f Feature, off int, what string) {
	key := Finding{Feature: f, What: what}
	if i, ok := s.seen[key]; ok {
		s.found[i].Count++
		return
	}
	s.seen[key] = len(s.found)
	s.found = append(s.found, Finding{Feature: f, Offset: off, What: what, Count: 1})
}

func (s *scanner) imports(m *Module, host string) {
	for i := range m.Imports {
		im := &m.Imports[i]
		if im.Module != host || im.Kind != ExternFunc {
			s.add(FeatureForeignImport, int(im.Offset), im.Kind.String()+" "+im.Module+"."+im.Name)
		}
		if im.Kind == ExternFunc {
			s.funcType(m, im.Type, int(im.Offset), "imported function type")
		}
		if im.Kind == ExternGlobal && im.Global.Type.IsFloat() {
			s.add(FeatureFloat, int(im.Offset), "imported global")
		}
	}
}

func (s *scanner) funcType(m *Module, index uint32, off int, what string) {
	t, ok := m.typeAt(index)
	if !ok {
		return // invalid; Validate reports it
	}
	if hasFloat(t.Params) || hasFloat(t.Results) {
		s.add(FeatureFloat, off, what)
	}
	if len(t.Results) > 1 {
		s.add(FeatureMultiValue, off, what)
	}
}

func (s *scanner) code(m *Module, c *Code) {
	for _, r := range c.Locals {
		if r.Type.IsFloat() {
			s.add(FeatureFloat, int(c.Offset), "local")
		}
	}
	for i := range c.Instrs {
		in := &c.Instrs[i]
		off := int(in.Offset)
		switch op := in.Op; {
		case op.IsFloat():
			s.add(FeatureFloat, off, op.String())
		case op >= OpMemoryInit && op <= OpTableCopy:
			s.add(FeatureBulkMemory, off, op.String())
		case op >= OpI32Extend8S && op <= OpI64Extend32S:
			s.add(FeatureSignExtension, off, op.String())
		case op == OpCallIndirect:
			s.add(FeatureCallIndirect, off, op.String())
			s.funcType(m, uint32(in.Imm), off, "call_indirect type")
		case op == OpMemoryGrow:
			s.add(FeatureMemoryGrow, off, op.String())
		case op == OpBlock || op == OpLoop || op == OpIf:
			s.block(in)
		}
	}
}

func (s *scanner) block(in *Instr) {
	imm := int64(in.Imm)
	if imm >= 0 {
		s.add(FeatureMultiValue, int(in.Offset), in.Op.String()+" with a type index")
	} else if ValueType(byte(imm) & 0x7f).IsFloat() {
		s.add(FeatureFloat, int(in.Offset), in.Op.String()+" with a float result")
	}
}

func hasFloat(ts []ValueType) bool {
	for _, t := range ts {
		if t.IsFloat() {
			return true
		}
	}
	return false
}

// IsFloat reports whether the instruction reads or yields a float by itself.
// (select, drop, locals and calls may move floats: their types tell.)
func (op Opcode) IsFloat() bool {
	t, ok := op.info()
	if !ok {
		return false
	}
	for _, c := range t.sig {
		if c == 'f' || c == 'F' {
			return true
		}
	}
	return false
}
