package runtime

import (
	"crypto/sha256"
	"errors"
	"fmt"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
)

// Report is what Check says about a module that may be uploaded.
type Report struct {
	Hash        [32]byte       // SHA-256 of the module's bytes
	Provable    bool           // false: it runs, but has no proof. True: nothing found here; the lowering has the last word
	Reasons     []Reason       // why it is not provable
	Findings    []wasm.Finding // features that run can reach
	Imports     []string       // host functions, as imported
	MemoryPages uint32         // initial
	HasMemory   bool
	RunResult   bool // run returns an i32
	Heavy       bool // so many branches in one function that it is interpreted rather than compiled
}

// Reason is one thing that stands against a proof.
type Reason struct {
	Code   string // "float" or "memory"
	Offset int    // byte offset in the module
	What   string // instruction or import
}

// String returns e.g. "float: f64.add at byte 0x41".
func (r Reason) String() string {
	return fmt.Sprintf("%s: %s at byte 0x%x", r.Code, r.What, r.Offset)
}

// Check decodes and validates a module, and applies the rules of upload. A zero
// Options has the default limits.
func Check(module []byte, opts Options) (*Report, error) {
	_, rep, err := check(module, opts.withDefaults())
	return rep, err
}

func check(b []byte, opts Options) (*wasm.Module, *Report, error) {
	if len(b) > opts.MaxModuleBytes {
		return nil, nil, fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, len(b), opts.MaxModuleBytes)
	}
	m, err := wasm.Decode(b)
	if err == nil {
		err = checkForeign(m) // before validation: the more helpful answer
	}
	if err == nil {
		err = wasm.Validate(m)
	}
	if err != nil {
		return nil, nil, sentinel(err)
	}
	rep := &Report{Hash: sha256.Sum256(b)}
	for _, step := range []func(*wasm.Module, *Report, Options) error{checkImports, checkRun, checkSizes, checkSegments} {
		if err := step(m, rep, opts); err != nil {
			return nil, nil, err
		}
	}
	run, _ := m.Export(vmabi.Entry)
	reached := wasm.Reachable(m, run.Index)
	rep.Findings = wasm.ScanModule(m, vmabi.Module, func(i int) bool { return reached[i] })
	for _, f := range rep.Findings {
		if f.Feature == wasm.FeatureFloat {
			rep.Reasons = append(rep.Reasons, Reason{Code: "float", Offset: f.Offset, What: f.What})
		}
	}
	if mem, _ := m.Memory(); opts.MaxMemoryPages < vmabi.ProvablePages && wasm.ReachesOp(m, wasm.OpMemoryGrow, run.Index) {
		what := fmt.Sprintf("memory.grow, and only %d pages here, not %d,", opts.MaxMemoryPages, vmabi.ProvablePages)
		rep.Reasons = append(rep.Reasons, Reason{Code: "memory", Offset: int(mem.Offset), What: what})
	}
	rep.Provable = len(rep.Reasons) == 0
	rep.Heavy = compileCost(m) > maxCompileCost
	return m, rep, nil
}

// sentinel names a decoder's or validator's error by one of ours.
func sentinel(err error) error {
	for _, pair := range [][2]error{
		{wasm.ErrNotWASM, ErrNotWASM},
		{wasm.ErrVersion, ErrNotWASM},
		{wasm.ErrSIMD, ErrSIMD},
		{wasm.ErrThreads, ErrThreads},
		{wasm.ErrUnsupported, ErrUnsupported},
		{wasm.ErrTooLarge, ErrTooLarge},
		{wasm.ErrInvalid, ErrInvalid},
		{wasm.ErrMalformed, ErrMalformed},
	} {
		if errors.Is(err, pair[0]) {
			return fmt.Errorf("%w: %w", pair[1], err)
		}
	}
	return err // already ours
}

func checkForeign(m *wasm.Module) error {
	for i := range m.Imports {
		im := &m.Imports[i]
		if im.Module != vmabi.Module || im.Kind != wasm.ExternFunc {
			return fmt.Errorf("%w: %v %s.%s at byte 0x%x", ErrForeignImport, im.Kind, clip(im.Module), clip(im.Name), im.Offset)
		}
	}
	return nil
}

func checkImports(m *wasm.Module, rep *Report, _ Options) error {
	for i := range m.Imports {
		im := &m.Imports[i]
		f, ok := vmabi.Lookup(im.Name)
		if !ok {
			return fmt.Errorf("%w: %s at byte 0x%x", ErrUnknownImport, clip(im.Name), im.Offset)
		}
		if !m.Types[im.Type].Equal(funcType(f)) {
			return fmt.Errorf("%w: %s at byte 0x%x, want %s", ErrImportType, im.Name, im.Offset, f.Signature())
		}
		rep.Imports = append(rep.Imports, im.Name)
	}
	return nil
}

// funcType returns the WASM type of a host function.
func funcType(f vmabi.Function) wasm.FuncType {
	var t wasm.FuncType
	for _, p := range f.Params {
		t.Params = append(t.Params, wasm.ValueType(p))
	}
	for _, r := range f.Results {
		t.Results = append(t.Results, wasm.ValueType(r))
	}
	return t
}

func checkRun(m *wasm.Module, rep *Report, _ Options) error {
	e, ok := m.Export(vmabi.Entry)
	if !ok || e.Kind != wasm.ExternFunc {
		return ErrNoRun
	}
	t, _ := m.FuncType(e.Index)
	switch {
	case t.Equal(wasm.FuncType{}):
	case t.Equal(wasm.FuncType{Results: []wasm.ValueType{wasm.I32}}):
		rep.RunResult = true
	default:
		return fmt.Errorf("%w: %d parameters, %d results at byte 0x%x", ErrRunType, len(t.Params), len(t.Results), e.Offset)
	}
	return nil
}

func checkSizes(m *wasm.Module, rep *Report, opts Options) error {
	var mem wasm.Limits
	mem, rep.HasMemory = m.Memory()
	rep.MemoryPages = mem.Min
	if mem.Min > opts.MaxMemoryPages {
		return fmt.Errorf("%w: %d pages at byte 0x%x, at most %d", ErrMemory, mem.Min, mem.Offset, opts.MaxMemoryPages)
	}
	if mem.Min > vmabi.ProvablePages {
		rep.Reasons = append(rep.Reasons, Reason{Code: "memory", Offset: int(mem.Offset), What: fmt.Sprintf("%d pages, at most %d,", mem.Min, vmabi.ProvablePages)})
	}
	for _, t := range m.Tables {
		if t.Min > opts.MaxTable {
			return fmt.Errorf("%w: %d elements, at most %d", ErrTable, t.Min, opts.MaxTable)
		}
	}
	return nil
}

// checkSegments places the active segments. Without imported globals their
// positions are constants, so what the specification makes a trap at
// instantiation is known at upload.
func checkSegments(m *wasm.Module, _ *Report, _ Options) error {
	for i := range m.Data {
		s := &m.Data[i]
		if s.Mode != wasm.SegmentActive {
			continue
		}
		if s.Position.Value+uint64(len(s.Bytes)) > uint64(m.Memories[s.Memory].Min)*vmabi.PageSize {
			return fmt.Errorf("%w: data segment %d at byte 0x%x", ErrSegment, i, s.Offset)
		}
	}
	for i := range m.Elements {
		e := &m.Elements[i]
		if e.Mode == wasm.SegmentActive && e.Position.Value+uint64(len(e.Funcs)) > uint64(m.Tables[e.Table].Min) {
			return fmt.Errorf("%w: element segment %d at byte 0x%x", ErrSegment, i, e.Offset)
		}
	}
	return nil
}

// maxCompileCost bounds the time that wazero's compiler takes: it grows with the
// square of a function's branches (its dominator pass) and with branches times
// locals (block arguments); a function costs something by itself. 4,000 branches in one function take about a second;
// 40,000, which fit in 200 kB, would take an hour.
const maxCompileCost = 4000 * 4000

func compileCost(m *wasm.Module) uint64 {
	total := uint64(0)
	for i := range m.Code {
		c := &m.Code[i]
		branches := uint64(0)
		for j := range c.Instrs {
			switch c.Instrs[j].Op {
			case wasm.OpBlock, wasm.OpLoop, wasm.OpIf, wasm.OpElse, wasm.OpBr, wasm.OpBrIf, wasm.OpReturn, wasm.OpUnreachable:
				branches++
			case wasm.OpBrTable:
				branches += uint64(len(c.BrTables[c.Instrs[j].Imm]))
			default:
			}
		}
		total += 400 + branches*(branches+uint64(c.NumLocals()))
	}
	return total
}

// clip shortens and quotes a name from a module for a message.
func clip(s string) string {
	if len(s) > 40 {
		s = s[:40] + "…"
	}
	return fmt.Sprintf("%q", s)
}
