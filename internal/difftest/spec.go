package difftest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
)

// SpecCase is one module with a run that makes calls of the specification's
// test suite and checks their results.
type SpecCase struct {
	Name   string // file and line
	Module []byte
	Trap   string // the suite's text of the expected trap, "" if the calls return
	Checks int    // assertions that the case stands for
}

// SpecSkips counts what a file holds and SpecCases leaves out, by reason.
type SpecSkips map[string]int

type specFile struct {
	Commands []specCommand `json:"commands"`
}

type specCommand struct {
	Type     string      `json:"type"`
	Line     int         `json:"line"`
	Name     string      `json:"name"`
	Filename string      `json:"filename"`
	Text     string      `json:"text"`
	Action   specAction  `json:"action"`
	Expected []specValue `json:"expected"`
}

type specAction struct {
	Type   string      `json:"type"`
	Module string      `json:"module"`
	Field  string      `json:"field"`
	Args   []specValue `json:"args"`
}

type specValue struct {
	Type  string          `json:"type"`
	Value json.RawMessage `json:"value"`
}

// bits returns an integer value; ok is false for floats and references.
func (v specValue) bits() (uint64, bool) {
	var s string
	if v.Type != "i32" && v.Type != "i64" || json.Unmarshal(v.Value, &s) != nil {
		return 0, false
	}
	if n, err := strconv.ParseUint(s, 10, 64); err == nil {
		return n, true
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return uint64(n), err == nil
}

// SpecCases turns a JSON file of the suite (as wast2json writes it) into cases.
// A module's calls that return become one case: run makes them in order and
// returns the line of the last wrong result. Each call that traps becomes a
// case of its own, behind the returning calls before it.
func SpecCases(file string, skips SpecSkips) ([]SpecCase, error) {
	raw, err := os.ReadFile(file) //nolint:gosec // the developer names the file
	if err != nil {
		return nil, err
	}
	var f specFile
	if err := json.Unmarshal(raw, &f); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	b := &specBuilder{file: file, skips: skips}
	for _, c := range f.Commands {
		switch c.Type {
		case "module":
			b.finish()
			if err := b.load(c); err != nil {
				return nil, err
			}
		case "assert_return", "action", "assert_trap", "assert_exhaustion":
			b.call(c)
		case "register":
			skips["register"]++
		default: // malformed, invalid, unlinkable: tested elsewhere
			skips[c.Type]++
		}
	}
	b.finish()
	return b.cases, nil
}

type specBuilder struct {
	file  string
	skips SpecSkips
	cases []SpecCase

	module []byte // nil: calls are skipped
	line   int
	calls  []wasm.Instr // of the calls that return
	checks int
}

func (b *specBuilder) load(c specCommand) error {
	raw, err := os.ReadFile(filepath.Join(filepath.Dir(b.file), c.Filename))
	if err != nil {
		return err
	}
	b.module, b.line, b.calls, b.checks = nil, c.Line, nil, 0
	m, err := wasm.Decode(raw)
	switch {
	case err != nil:
		b.skips["unsupported module"]++
	case len(m.Imports) > 0:
		b.skips["module with imports"]++
	default:
		b.module = raw
	}
	return nil
}

// call adds one command to the module's cases.
func (b *specBuilder) call(c specCommand) {
	if b.module == nil || c.Action.Type != "invoke" || c.Action.Module != "" {
		b.skips["call of a skipped or named module, or get"]++
		return
	}
	m, err := wasm.Decode(b.module)
	if err != nil {
		return
	}
	code, ok := invoke(m, c)
	if !ok {
		b.skips["call with floats"]++
		return
	}
	if c.Type == "assert_trap" || c.Type == "assert_exhaustion" {
		b.add(append(append([]wasm.Instr(nil), b.calls...), code...), c.Text, c.Line, 1)
		return
	}
	b.calls = append(b.calls, code...)
	b.checks++
}

// Locals of the run that add makes.
const (
	localWrong   = 0 // line of the last wrong result
	localDiffers = 1
)

// invoke calls an export and compares each result. Those of calls that trap are
// dropped.
func invoke(m *wasm.Module, c specCommand) ([]wasm.Instr, bool) {
	e, ok := m.Export(c.Action.Field)
	if !ok || e.Kind != wasm.ExternFunc {
		return nil, false
	}
	t, _ := m.FuncType(e.Index)
	var out []wasm.Instr
	emit := func(op wasm.Opcode, imm uint64) { out = append(out, wasm.Instr{Op: op, Imm: imm}) }
	for _, a := range c.Action.Args {
		v, ok := a.bits()
		if !ok {
			return nil, false
		}
		emit(constOp(a.Type), v)
	}
	emit(wasm.OpCall, uint64(e.Index))
	for i := len(t.Results) - 1; i >= 0; i-- {
		if c.Type != "assert_return" {
			emit(wasm.OpDrop, 0)
			continue
		}
		v, ok := c.Expected[i].bits()
		if !ok {
			return nil, false
		}
		emit(constOp(c.Expected[i].Type), v)
		if t.Results[i] == wasm.I32 {
			emit(wasm.OpI32Ne, 0)
		} else {
			emit(wasm.OpI64Ne, 0)
		}
		// wrong = result differs ? line : wrong, without a branch
		emit(wasm.OpLocalSet, localDiffers)
		emit(wasm.OpI32Const, uint64(c.Line))
		emit(wasm.OpLocalGet, localWrong)
		emit(wasm.OpLocalGet, localDiffers)
		emit(wasm.OpSelect, 0)
		emit(wasm.OpLocalSet, localWrong)
	}
	return out, true
}

func constOp(t string) wasm.Opcode {
	if t == "i32" {
		return wasm.OpI32Const
	}
	return wasm.OpI64Const
}

// finish makes the case of the module's returning calls.
func (b *specBuilder) finish() {
	if b.module != nil && b.checks > 0 {
		b.add(b.calls, "", b.line, b.checks)
	}
	b.module = nil
}

// add appends a run with these instructions to the module.
func (b *specBuilder) add(code []wasm.Instr, trap string, line, checks int) {
	m, err := wasm.Decode(b.module)
	if err != nil {
		return
	}
	run := append(append([]wasm.Instr(nil), code...), wasm.Instr{Op: wasm.OpLocalGet, Imm: localWrong}, wasm.Instr{Op: wasm.OpEnd})
	m.Types = append(m.Types, wasm.FuncType{Results: []wasm.ValueType{wasm.I32}})
	m.Functions = append(m.Functions, uint32(len(m.Types)-1))
	m.Code = append(m.Code, wasm.Code{Locals: []wasm.LocalRun{{Count: 2, Type: wasm.I32}}, Instrs: run})
	m.Exports = []wasm.Export{{Name: vmabi.Entry, Index: uint32(len(m.Functions) - 1)}}
	name := fmt.Sprintf("%s:%d", filepath.Base(b.file), line)
	b.cases = append(b.cases, SpecCase{Name: name, Module: wasm.Encode(m), Trap: trap, Checks: checks})
}
