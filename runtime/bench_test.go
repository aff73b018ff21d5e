package runtime_test

import (
	"context"
	"testing"
	"time"

	"github.com/tetratelabs/wazero"

	"vmhost/internal/wasm/wasmtest"
	vmruntime "vmhost/runtime"
)

// loopModule returns a guest of about two million instructions.
func loopModule(name string) []byte {
	b := wasmtest.New().Memory(1, 1).Define("inc", "i32 -> i32", "", "local.get 0 i32.const 1 i32.add")
	switch name {
	case "tight":
		b.Define("run", "->", "i32", "loop local.get 0 i32.const 1 i32.add local.tee 0 i32.const 300000 i32.lt_u br_if 0 end")
	case "scan":
		b.Define("run", "->", "i32 i64", "loop local.get 1 local.get 0 i32.const 65528 i32.and i64.load 0 i64.add local.set 1 "+
			"local.get 0 i32.const 8 i32.add local.tee 0 i32.const 1200000 i32.lt_u br_if 0 end")
	case "calls":
		b.Define("run", "->", "i32", "loop local.get 0 call $inc local.tee 0 i32.const 250000 i32.lt_u br_if 0 end")
	}
	return b.Bytes()
}

// BenchmarkInterrupt compares ways to make a guest stoppable. "none" is wazero
// alone, "closeOnDone" its WithCloseOnContextDone, "fuel" this package.
func BenchmarkInterrupt(b *testing.B) {
	for _, name := range []string{"tight", "scan", "calls"} {
		module := loopModule(name)
		for _, e := range engines {
			config := wazero.NewRuntimeConfigCompiler
			if e == vmruntime.EngineInterpreter {
				config = wazero.NewRuntimeConfigInterpreter
			}
			b.Run(name+"/"+string(e)+"/none", func(b *testing.B) { benchPlain(b, module, config()) })
			b.Run(name+"/"+string(e)+"/closeOnDone", func(b *testing.B) { benchPlain(b, module, config().WithCloseOnContextDone(true)) })
			b.Run(name+"/"+string(e)+"/fuel", func(b *testing.B) { benchFuel(b, module, e) })
		}
	}
}

func benchPlain(b *testing.B, module []byte, config wazero.RuntimeConfig) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Context(), time.Hour)
	defer cancel()
	r := wazero.NewRuntimeWithConfig(ctx, config)
	defer func() { _ = r.Close(ctx) }()
	c, err := r.CompileModule(ctx, module)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		m, err := r.InstantiateModule(ctx, c, wazero.NewModuleConfig().WithName(""))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := m.ExportedFunction("run").Call(ctx); err != nil {
			b.Fatal(err)
		}
		_ = m.Close(ctx)
	}
}

func benchFuel(b *testing.B, module []byte, e vmruntime.Engine) {
	b.Helper()
	r := newRuntime(b, vmruntime.Options{Engine: e})
	m, err := r.Compile(b.Context(), module)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	fuel := uint64(0)
	for b.Loop() {
		res, err := r.Run(b.Context(), m, vmruntime.RunInput{})
		if err != nil || res.Trap != "" {
			b.Fatal(res, err)
		}
		fuel += res.Fuel
	}
	b.ReportMetric(float64(fuel)/b.Elapsed().Seconds()/1e6, "Minstr/s")
}

// BenchmarkRunEmpty is the fixed price of a run.
func BenchmarkRunEmpty(b *testing.B) {
	r := newRuntime(b, vmruntime.Options{})
	m, err := r.Compile(b.Context(), wasmtest.New().Memory(1, 1).Define("run", "->", "", "").Bytes())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.Run(b.Context(), m, vmruntime.RunInput{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReads reads a collection of 1,000 items, one by one.
func BenchmarkReads(b *testing.B) {
	state := newFakeState()
	state.values = append(state.values, make([][32]byte, 1000))
	r := newRuntime(b, vmruntime.Options{})
	m, err := r.Compile(b.Context(), wasmtest.New().Import("vm", "state_u64", "i32 i32 -> i64").Define("run", "->", "i32",
		"loop i32.const 3 local.get 0 call $state_u64 drop local.get 0 i32.const 1 i32.add local.tee 0 i32.const 1000 i32.lt_u br_if 0 end").Bytes())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if res, err := r.Run(b.Context(), m, vmruntime.RunInput{State: state}); err != nil || res.Reads != 1000 {
			b.Fatal(res, err)
		}
	}
}
