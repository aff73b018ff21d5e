package lower_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
	"vmhost/proofs/zkwasm/hostlib"
	"vmhost/proofs/zkwasm/ir"
	"vmhost/proofs/zkwasm/lower"
)

const examplesDir = "../../../examples/wasm"

// TestExamples lowers every example in both languages and compares a run with
// the runtime. Some examples trap on this test's state: alike on both engines.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(examplesDir, "*", "*.wasm"))
	if err != nil || len(files) < 4 {
		t.Fatalf("examples: %v, %d files", err, len(files))
	}
	d := newDiffer(t)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if filepath.Base(filepath.Dir(file)) == "testdata" {
				if _, err := lower.Lower(b); err != nil {
					var u *lower.UnsupportedError
					if !errors.As(err, &u) && !errors.Is(err, lower.ErrInvalidModule) {
						t.Fatal(err)
					}
					return
				}
			}
			d.compare(t, b, []byte("some input, 24 bytes long"), 100_000)
		})
	}
}

func TestUnsupported(t *testing.T) {
	f := func(code ...any) []byte { return module(nil, function{code: seq(code...)}) }
	edit := func(e func(*wasm.Module)) []byte { return module(e, function{}) }
	tests := []struct {
		name   string
		module []byte
		reason string
		opcode string
	}{
		{"float", f(ins(wasm.OpF64Const), wasm.OpDrop), "floating point", "f64.const"},
		{"float arithmetic", f(ins(wasm.OpF32Const), ins(wasm.OpF32Const), wasm.OpF32Add, wasm.OpDrop), "floating point", "f32.const"},
		{"float local", module(nil, function{locals: []wasm.ValueType{wasm.F64}}), "floating point", ""},
		{"float load", f(c32(0), ins(wasm.OpF64Load), wasm.OpDrop), "floating point", "f64.load"},
		{"float global", edit(func(m *wasm.Module) {
			m.Globals = []wasm.Global{{GlobalType: wasm.GlobalType{Type: wasm.F32}, Init: wasm.ConstExpr{Op: wasm.OpF32Const}}}
		}), "floating point global", ""},
		{"large memory", edit(func(m *wasm.Module) { m.Memories[0] = wasm.Limits{Min: 65} }), "65 pages", ""},
		{"wrong signature", edit(func(m *wasm.Module) { m.Imports[0].Name = "keccak256" }), "signature must be", ""},
		{"unknown host function", edit(func(m *wasm.Module) { m.Imports[0].Name = "clock" }), "no such host function", ""},
		{"foreign import", edit(func(m *wasm.Module) { m.Imports[0].Module = "env" }), "only functions of module vm", ""},
		{"wrong signature", edit(func(m *wasm.Module) { m.Imports[0].Type = m.Imports[1].Type }), "signature", ""},
		{"imported memory", edit(func(m *wasm.Module) {
			m.Memories = nil
			m.Imports = append(m.Imports, wasm.Import{Module: "vm", Name: "m", Kind: wasm.ExternMemory})
		}), "only functions", ""},
		{"no run", edit(func(m *wasm.Module) { m.Exports[0].Name = "main" }), "no exported function run", ""},
		{"run is memory", edit(func(m *wasm.Module) { m.Exports = []wasm.Export{{Name: "run", Kind: wasm.ExternMemory}} }), "no exported function run", ""},
		{"run with parameter", module(nil, function{params: []wasm.ValueType{i32}}), "must be () -> ()", ""},
		{"run with i64", module(nil, function{results: []wasm.ValueType{i64}, code: seq(c64(0))}), "must be () -> ()", ""},
		{"data out of bounds", edit(func(m *wasm.Module) {
			m.Data = []wasm.Data{{Position: wasm.ConstExpr{Op: wasm.OpI32Const, Value: 65535}, Bytes: []byte("ab")}}
		}), "data segment out of bounds", ""},
		{"table.init", module(func(m *wasm.Module) {
			m.Tables = []wasm.Limits{{Min: 1}}
			m.Elements = []wasm.Element{{Mode: wasm.SegmentPassive, Funcs: []uint32{0}}}
		}, function{code: seq(c32(0), c32(0), c32(0), ins(wasm.OpTableInit, 0))}), "a table that changes", "table.init"},
		{"table.copy", module(func(m *wasm.Module) { m.Tables = []wasm.Limits{{Min: 1}} },
			function{code: seq(c32(0), c32(0), c32(0), ins(wasm.OpTableCopy))}), "a table that changes", "table.copy"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := lower.Lower(test.module)
			var u *lower.UnsupportedError
			if !errors.As(err, &u) {
				t.Fatalf("got %v", err)
			}
			if !strings.Contains(u.Reason, test.reason) || u.Opcode != test.opcode {
				t.Errorf("%+v", u)
			}
			if test.opcode != "" && (u.Offset == 0 || u.Func == "") {
				t.Errorf("no place: %+v", u)
			}
		})
	}
}

// TestUnreachableFunctions checks that a float in a function that run cannot
// reach does not matter.
func TestUnreachableFunctions(t *testing.T) {
	b := module(nil, function{}, function{code: seq(ins(wasm.OpF64Const), wasm.OpDrop)})
	if p := mustLower(t, b); lower.Count(p).Functions != 1 {
		t.Errorf("%d functions", lower.Count(p).Functions)
	}
}

func TestInvalid(t *testing.T) {
	good := module(nil, function{code: seq(c32(1), c32(2), wasm.OpI32Add, wasm.OpDrop)})
	for _, b := range [][]byte{nil, []byte("\x00asm"), good[:len(good)-3], module(nil, function{code: seq(wasm.OpDrop)})} {
		if _, err := lower.Lower(b); !errors.Is(err, lower.ErrInvalidModule) {
			t.Errorf("%d bytes: %v", len(b), err)
		}
	}
}

func TestDeterministic(t *testing.T) {
	for seed := range uint64(40) {
		b := (&generator{r: rand.New(rand.NewPCG(seed, 9))}).module()
		p, q := mustLower(t, b), mustLower(t, b)
		if !reflect.DeepEqual(p, q) {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestDump(t *testing.T) {
	var out bytes.Buffer
	b := (&generator{r: rand.New(rand.NewPCG(7, 7))}).module()
	if err := lower.Dump(&out, mustLower(t, b)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"region 0 start", "halt", "call b"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in the dump", want)
		}
	}
	r, w := io.Pipe()
	_ = r.Close()
	if err := lower.Dump(w, mustLower(t, b)); err == nil {
		t.Error("write error lost")
	}
}

// TestHostLibrary checks that the library has no memory of its own and covers
// the ABI.
func TestHostLibrary(t *testing.T) {
	m, err := wasm.Decode(hostlib.WASM)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Data)+len(m.Elements) != 0 {
		t.Errorf("%d data, %d element segments", len(m.Data), len(m.Elements))
	}
	for i := range m.Code {
		for _, in := range m.Code[i].Instrs {
			if in.Op == wasm.OpGlobalGet || in.Op == wasm.OpGlobalSet || in.Op == wasm.OpMemoryGrow || in.Op == wasm.OpCallIndirect {
				t.Errorf("%s at %#x", in.Op, in.Offset)
			}
		}
	}
	for _, f := range vmabi.Functions() {
		e, ok := m.Export(f.Name)
		if !ok {
			t.Errorf("%s is not there", f.Name)
			continue
		}
		ft, _ := m.FuncType(e.Index)
		for i, p := range f.Params {
			if len(ft.Params) != len(f.Params) || ft.Params[i] != wasm.ValueType(p) {
				t.Errorf("%s: parameters", f.Name)
			}
		}
		if len(ft.Results) != len(f.Results) {
			t.Errorf("%s: results", f.Name)
		}
	}
}

// FuzzLower feeds arbitrary bytes; what is accepted has passed ir.Check, and
// lowers to the same program again.
func FuzzLower(f *testing.F) {
	for seed := range uint64(6) {
		f.Add((&generator{r: rand.New(rand.NewPCG(seed, 3))}).module())
	}
	f.Add(hostlib.WASM)
	files, _ := filepath.Glob(filepath.Join(examplesDir, "testdata", "*.wasm"))
	for _, file := range files {
		if b, err := os.ReadFile(file); err == nil {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := lower.Lower(b)
		if errors.Is(err, lower.ErrInternal) {
			t.Fatal(err)
		}
		if err == nil {
			if q, err := lower.Lower(b); err != nil || !reflect.DeepEqual(p, q) {
				t.Fatalf("not deterministic: %v", err)
			}
		}
	})
}

func BenchmarkLower(b *testing.B) {
	mods := make([][]byte, 8)
	n := 0
	for i := range mods {
		mods[i] = (&generator{r: rand.New(rand.NewPCG(uint64(i), 5))}).module()
		n += len(mods[i])
	}
	b.ReportAllocs()
	b.SetBytes(int64(n / len(mods)))
	i := 0
	var p *ir.Program
	for b.Loop() {
		p = mustLower(b, mods[i%len(mods)])
		i++
	}
	b.ReportMetric(float64(len(p.Blocks)), "blocks")
}
