package runtime_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
	"vmhost/internal/wasm/wasmtest"
	vmruntime "vmhost/runtime"
)

func raw(instrs string) []byte {
	b := wasmtest.New().Define("run", "->", "", "nop nop nop nop nop nop nop nop").Bytes()
	return []byte(strings.Replace(string(b), "\x01\x01\x01\x01\x01\x01\x01\x01", instrs+strings.Repeat("\x01", 8-len(instrs)), 1))
}

func mustReplace(t *testing.T, b []byte, from, to string) []byte {
	t.Helper()
	if strings.Count(string(b), from) != 1 {
		t.Fatalf("%q is not there once", from)
	}
	return []byte(strings.Replace(string(b), from, to, 1))
}

func TestCheckRefuses(t *testing.T) {
	run := func() *wasmtest.Builder { return wasmtest.New().Define("run", "->", "", "") }
	global := wasmtest.New().Define("run", "->", "", "")
	global.M.Imports = []wasm.Import{{Module: "vm", Name: "g", Kind: wasm.ExternGlobal, Global: wasm.GlobalType{Type: wasm.I32}}}
	for _, c := range []struct {
		name   string
		module []byte
		want   error
		text   string // in the message
	}{
		{"nothing", nil, vmruntime.ErrNotWASM, ""},
		{"text", []byte("(module)"), vmruntime.ErrNotWASM, ""},
		{"component", []byte("\x00asm\x0d\x00\x01\x00"), vmruntime.ErrNotWASM, "version"},
		{"cut", run().Bytes()[:20], vmruntime.ErrMalformed, "offset"},
		{"bad opcode", raw("\x27"), vmruntime.ErrMalformed, "offset 0x20"},
		{"type error", wasmtest.New().Define("run", "->", "", "i32.add").Bytes(), vmruntime.ErrInvalid, "i32.add"},
		{"simd", raw("\xfd\x0c"), vmruntime.ErrSIMD, "offset 0x20"},
		{"atomics", raw("\xfe\x03\x00"), vmruntime.ErrThreads, "offset 0x20"},
		{"shared memory", mustReplace(t, run().Memory(1, 1).Bytes(), "\x05\x04\x01\x01\x01\x01", "\x05\x04\x01\x03\x01\x01"), vmruntime.ErrThreads, "shared memory"},
		{"reference types", raw("\xd0\x70\x1a"), vmruntime.ErrUnsupported, "reference types"},
		{"foreign function", wasmtest.New().Import("env", "abort", "->").Define("run", "->", "", "").Bytes(), vmruntime.ErrForeignImport, `"env"."abort"`},
		{"wasi", wasmtest.New().Import("wasi_snapshot_preview1", "fd_write", "i32 i32 i32 i32 -> i32").Define("run", "->", "", "").Bytes(), vmruntime.ErrForeignImport, "fd_write"},
		{"helper module", wasmtest.New().Import("vmhost", "poll", "->").Define("run", "->", "", "").Bytes(), vmruntime.ErrForeignImport, "poll"},
		{"imported global", global.Bytes(), vmruntime.ErrForeignImport, "global"},
		{"long import name", wasmtest.New().Import(strings.Repeat("x", 9999), "f", "->").Define("run", "->", "", "").Bytes(), vmruntime.ErrForeignImport, "…"},
		{"unknown host function", wasmtest.New().Import("vm", "clock", "-> i64").Define("run", "->", "", "").Bytes(), vmruntime.ErrUnknownImport, "clock"},
		{"host function type", wasmtest.New().Import("vm", "input_len", "-> i64").Define("run", "->", "", "").Bytes(), vmruntime.ErrImportType, "input_len() -> i32"},
		{"no run", wasmtest.New().Define("main", "->", "", "").Bytes(), vmruntime.ErrNoRun, ""},
		{"run is a memory", func() []byte {
			b := wasmtest.New().Memory(1, 1)
			b.M.Exports[0].Name = "run"
			return b.Bytes()
		}(), vmruntime.ErrNoRun, ""},
		{"run with a parameter", wasmtest.New().Define("run", "i32 ->", "", "").Bytes(), vmruntime.ErrRunType, "1 parameters"},
		{"run returns i64", wasmtest.New().Define("run", "-> i64", "", "i64.const 0").Bytes(), vmruntime.ErrRunType, "1 results"},
		{"10,000 pages", run().Memory(10_000, -1).Bytes(), vmruntime.ErrMemory, "10000 pages"},
		{"huge table", run().Table(1 << 31).Bytes(), vmruntime.ErrTable, "2147483648"},
		{"data outside", run().Memory(1, 1).Data(65530, "1234567").Bytes(), vmruntime.ErrSegment, "data segment 0"},
		{"data far outside", run().Memory(1, 1).Data(0xffffffff, "1").Bytes(), vmruntime.ErrSegment, "data segment 0"},
		{"elements outside", run().Table(0, "run").Bytes(), vmruntime.ErrSegment, "element segment 0"},
		{"too many bytes", run().Memory(64, 64).Data(0, strings.Repeat("x", 1<<20)).Bytes(), vmruntime.ErrTooLarge, "at most 1048576"},
		{"too many locals", wasmtest.New().Define("run", "->", strings.Repeat("i32 ", wasm.MaxLocals+1), "").Bytes(), vmruntime.ErrTooLarge, "locals"},
	} {
		rep, err := vmruntime.Check(c.module, vmruntime.Options{})
		if !errors.Is(err, c.want) || !strings.Contains(fmt.Sprint(err), c.text) {
			t.Errorf("%s: report %v, %v; want %v with %q", c.name, rep != nil, err, c.want, c.text)
		}
	}
}

// everyImport imports the whole ABI.
func everyImport() []byte {
	b := wasmtest.New()
	for _, f := range vmabi.Functions() {
		typ := strings.Repeat("i32 ", len(f.Params)) + "->"
		for _, r := range f.Results {
			typ += " " + r.String()
		}
		b = b.Import("vm", f.Name, typ)
	}
	return b.Define("run", "->", "", "").Bytes()
}

func TestCheckReport(t *testing.T) {
	for _, c := range []struct {
		name    string
		module  []byte
		reasons string
	}{
		{"plain", wasmtest.New().Import("vm", "state_u64", "i32 i32 -> i64").Memory(64, 64).Define("run", "->", "", "").Bytes(), ""},
		{"65 pages", wasmtest.New().Memory(65, 65).Define("run", "->", "", "").Bytes(), "memory: 65 pages"},
		{"float nobody calls", wasmtest.New().Define("f", "f64 ->", "", "").Define("run", "->", "", "").Bytes(), ""},
		{"float in the table", wasmtest.New().Define("f", "f64 ->", "", "").Table(1, "f").Define("run", "->", "", "i32.const 0 call_indirect 1").Bytes(), "float: function type"},
		{"float local", wasmtest.New().Define("run", "->", "f32", "").Bytes(), "float: local"},
		{"float type", wasmtest.New().Define("f", "f64 ->", "", "").Define("run", "->", "", "f64.const 0 call $f").Bytes(), "float: function type"},
		{"float store", wasmtest.New().Memory(1, 1).Define("run", "->", "", "i32.const 0 i32.const 0 f32.convert_i32_s f32.store 0").Bytes(), "float: f32.convert_i32_s"},
		{"every host function", everyImport(), ""},
	} {
		rep, err := vmruntime.Check(c.module, vmruntime.Options{})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if rep.Provable != (c.reasons == "") || !strings.Contains(fmt.Sprint(rep.Reasons), c.reasons) {
			t.Errorf("%s: provable %v, %v", c.name, rep.Provable, rep.Reasons)
		}
	}
}

func TestStartFunction(t *testing.T) {
	ok := wasmtest.New().Global(wasm.I32, 0).Define("s", "->", "", "i32.const 5 global.set 0").Start("s").
		Define("run", "-> i32", "", "global.get 0 i32.const 5 i32.ne").Bytes()
	if res := runAll(t, ok, vmruntime.RunInput{}); res.Trap != "" || res.Fuel != 2+3 {
		t.Errorf("start: %+v", res)
	}
	bad := wasmtest.New().Define("s", "->", "", "unreachable").Start("s").Define("run", "->", "", "").Bytes()
	if res := runAll(t, bad, vmruntime.RunInput{}); res.Trap != vmabi.TrapUnreachable || res.Fuel != 1 {
		t.Errorf("start that traps: %+v", res)
	}
	host := wasmtest.New().Import("vm", "log", "i32 i32 ->").Start("log")
	host.Define("run", "->", "", "")
	if _, err := vmruntime.Check(host.Bytes(), vmruntime.Options{}); !errors.Is(err, vmruntime.ErrInvalid) {
		t.Errorf("start with parameters: %v", err)
	}
}

// TestExportNames runs modules whose own exports have our private names.
func TestExportNames(t *testing.T) {
	b := wasmtest.New().Global(wasm.I64, 1<<60).Define("s", "->", "", "").Start("s").Define("run", "->", "", "loop br 0 end")
	b.M.Exports = append(b.M.Exports,
		wasm.Export{Name: "vmhost.quantum", Kind: wasm.ExternGlobal}, wasm.Export{Name: "vmhost.start"}, wasm.Export{Name: "vmhost.start'"})
	if res := runAll(t, b.Bytes(), vmruntime.RunInput{Limits: vmruntime.Limits{Fuel: 100}}); res.Trap != vmabi.TrapOutOfFuel || res.Fuel != 100 {
		t.Errorf("%+v", res)
	}
}

// TestPassiveSegments runs a module that made wazero panic.
func TestPassiveSegments(t *testing.T) {
	b := wasmtest.New()
	b.Type("-> i32")
	b.Define("seven", "-> i32", "", "i32.const 7").Table(3, "seven")
	b.M.Elements[0] = wasm.Element{Mode: wasm.SegmentPassive, Funcs: []uint32{wasm.NullFunc, 0}}
	b.Define("run", "-> i32", "", "i32.const 0 i32.const 1 i32.const 1 table.init 0 0 i32.const 0 call_indirect 0 i32.const 7 i32.ne")
	if res := runAll(t, b.Bytes(), vmruntime.RunInput{}); res.Trap != "" {
		t.Errorf("%+v", res)
	}
}

// TestIndexShift calls by table, by export and by index around the imports that
// the instrumentation adds.
func TestIndexShift(t *testing.T) {
	b := wasmtest.New()
	b.Type("-> i32")
	b.Import("vm", "input_len", "-> i32").
		Define("a", "-> i32", "", "i32.const 10").
		Define("b", "-> i32", "", "call $a call $input_len i32.add").
		Table(3, "input_len", "a", "b").
		Define("run", "-> i32", "", "i32.const 0 call_indirect 0 i32.const 1 call_indirect 0 i32.add i32.const 2 call_indirect 0 i32.add call $b i32.add i32.const 39 i32.sub")
	if res := runAll(t, b.Bytes(), vmruntime.RunInput{Input: []byte("abc")}); res.Trap != "" {
		t.Errorf("%+v", res)
	}
}

// TestHostileCompileTime compiles the worst modules we know: those just under
// the compiler's limit, and large ones that are interpreted.
func TestHostileCompileTime(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	big := func(unit string, n, locals int) []byte {
		return wasmtest.New().Memory(1, 1).Define("run", "->", strings.Repeat("i64 ", locals), "block loop "+strings.Repeat(unit+" ", n)+"end end").Bytes()
	}
	const branch = "local.get 0 i32.wrap_i64 br_if 0"
	var change strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&change, "local.get %d i64.const 1 i64.add local.set %d ", i, i)
	}
	for _, c := range []struct {
		name   string
		module []byte
		heavy  bool
	}{
		{"straight line", big("local.get 0 local.get 1 i64.add local.set 2", 120_000, 100), false},
		{"branches, just compiled", big(branch, 3900, 1), false},
		{"branches", big(branch, 150_000, 100), true},
		{"ifs", big("local.get 0 i32.wrap_i64 if else end", 60_000, 100), true},
		{"branches and locals", big(branch+" "+branch+" "+change.String(), 8, 1000), false},
		{"branches times locals", big(branch, 3000, 2300), false},
		{"stack", wasmtest.New().Define("run", "->", "", strings.Repeat("i32.const 1 ", 250_000)+strings.Repeat("drop ", 250_000)).Bytes(), false},
		{"nesting", wasmtest.New().Define("run", "->", "", strings.Repeat("block ", 9_999)+strings.Repeat("end ", 9_999)).Bytes(), true},
		{"br_table", wasmtest.New().Define("run", "->", "", strings.Repeat("i32.const 0 br_table 0"+strings.Repeat(",0", 50_000)+" ", 10)).Bytes(), true},
		{"functions", manyFunctions(39_000), false},
		{"more functions", manyFunctions(100_000), true},
	} {
		start := time.Now()
		r := newRuntime(t, vmruntime.Options{})
		m, err := r.Compile(t.Context(), c.module)
		took := time.Since(start)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		t.Logf("%s: %d bytes compiled in %v", c.name, len(c.module), took)
		if took > 20*time.Second || m.Report().Heavy != c.heavy {
			t.Errorf("%s: heavy %v, compiled in %v", c.name, m.Report().Heavy, took)
		}
		if _, err := r.Run(t.Context(), m, vmruntime.RunInput{Limits: vmruntime.Limits{WallTime: time.Second}}); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if c.heavy {
			compiler := newRuntime(t, vmruntime.Options{Engine: vmruntime.EngineCompiler})
			if _, err := compiler.Compile(t.Context(), c.module); !errors.Is(err, vmruntime.ErrTooLarge) {
				t.Errorf("%s: compiler: %v", c.name, err)
			}
		}
	}
}

func manyFunctions(n int) []byte {
	b := wasmtest.New().Define("f0", "->", "", "")
	for i := 1; i < n; i++ {
		b.M.Functions = append(b.M.Functions, b.M.Functions[0])
		b.M.Code = append(b.M.Code, wasm.Code{Instrs: []wasm.Instr{{Op: wasm.OpEnd}}})
	}
	out, err := wasm.Decode(b.Bytes())
	if err != nil {
		panic(err)
	}
	out.Exports = []wasm.Export{{Name: "run"}}
	return wasm.Encode(out)
}

// TestCache runs modules while they are evicted and compiled again.
func TestCache(t *testing.T) {
	r := newRuntime(t, vmruntime.Options{CacheModules: 2})
	var modules [][]byte
	for i := range 6 {
		modules = append(modules, wasmtest.New().Define("run", "->", "", strings.Repeat("nop i32.const 1 drop ", i+1)).Bytes())
	}
	first, err := r.Compile(t.Context(), modules[0])
	if err != nil {
		t.Fatal(err)
	}
	if again, err := r.Compile(t.Context(), modules[0]); err != nil || again != first {
		t.Errorf("compiled twice: %v", err)
	}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 60 {
				k := (i*7 + g) % len(modules)
				m, err := r.Compile(t.Context(), modules[k])
				if err != nil {
					t.Error(err)
					return
				}
				if res, err := r.Run(t.Context(), m, vmruntime.RunInput{}); err != nil || res.Fuel != uint64(2*(k+1)) {
					t.Errorf("module %d: %+v %v", k, res, err)
				}
			}
		})
	}
	wg.Wait()
	if res, err := r.Run(t.Context(), first, vmruntime.RunInput{}); err != nil || res.Fuel != 2 {
		t.Errorf("module that left the cache: %+v %v", res, err)
	}
}

func TestOptions(t *testing.T) {
	for _, o := range []vmruntime.Options{
		{Engine: "jit"}, {MaxModuleBytes: -1}, {MaxModuleBytes: 1 << 30}, {MaxMemoryPages: 65537}, {CacheModules: -1}, {Quantum: 1 << 41},
	} {
		if _, err := vmruntime.New(o); !errors.Is(err, vmruntime.ErrOptions) {
			t.Errorf("%+v: %v", o, err)
		}
	}
}
