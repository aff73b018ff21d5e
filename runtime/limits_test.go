package runtime_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm/wasmtest"
	vmruntime "vmhost/runtime"
)

// TestFuel fixes the rule of internal/vmabi: the counts are written out by hand.
func TestFuel(t *testing.T) {
	for _, c := range []struct {
		name, body string
		fuel       uint64
		trap       vmabi.Trap
	}{
		{name: "empty", body: ""},
		{name: "nop, block, loop and end are free", body: "nop block loop nop end end"},
		{name: "straight line", body: "i32.const 1 i32.const 2 i32.add drop", fuel: 4},
		{name: "a block does not end a segment", body: "i32.const 1 drop block i32.const 1 drop end", fuel: 4},
		// 1 before the loop's body is charged, then 3 rounds of local.get const add local.tee const lt br_if = 7.
		{name: "loop", body: "i32.const 0 local.set 0 loop local.get 0 i32.const 1 i32.add local.tee 0 i32.const 3 i32.lt_u br_if 0 end", fuel: 2 + 3*7},
		{name: "if taken", body: "i32.const 1 if nop i32.const 1 drop else i32.const 1 drop i32.const 1 drop end", fuel: 2 + 2},
		{name: "else taken", body: "i32.const 0 if nop i32.const 1 drop else i32.const 1 drop i32.const 1 drop end", fuel: 2 + 4},
		{name: "code behind br costs nothing", body: "block br 0 i32.const 1 drop end", fuel: 1},
		{name: "br_if not taken", body: "block i32.const 0 br_if 0 i32.const 1 drop end", fuel: 4},
		{name: "br_table", body: "block block i32.const 0 br_table 0,1 end i32.const 1 drop end", fuel: 4},
		{name: "return", body: "i32.const 1 drop return i32.const 1 drop", fuel: 3},
		{name: "a trap in the middle keeps the segment charged", body: "i32.const 1 i32.const 0 i32.div_u drop i32.const 1 drop", fuel: 6, trap: vmabi.TrapDivideByZero},
		{name: "unreachable ends a segment", body: "i32.const 1 drop unreachable i32.const 1 drop", fuel: 3, trap: vmabi.TrapUnreachable},
		{name: "a call does not end a segment", body: "call $two i32.const 1 drop", fuel: 3 + 2},
		{name: "calls of host functions cost one", body: "call $input_len drop", fuel: 2},
		{name: "a trap in a callee leaves the caller charged", body: "call $bad i32.const 1 drop", fuel: 3 + 1, trap: vmabi.TrapUnreachable},
		{name: "call_indirect", body: "i32.const 0 call_indirect 0", fuel: 2 + 2},
	} {
		b := wasmtest.New()
		b.Type("->")
		b.Import("vm", "input_len", "-> i32").
			Define("two", "->", "", "i32.const 1 drop").
			Define("bad", "->", "", "unreachable").
			Table(1, "two").
			Define("run", "->", "i32", c.body)
		module := b.Bytes()
		res := runAll(t, module, vmruntime.RunInput{})
		if res.Fuel != c.fuel || res.Trap != c.trap {
			t.Errorf("%s: fuel %d trap %q, want %d %q", c.name, res.Fuel, res.Trap, c.fuel, c.trap)
		}
		for limit := uint64(1); limit < c.fuel; limit++ {
			res := runAll(t, module, vmruntime.RunInput{Limits: vmruntime.Limits{Fuel: limit}})
			if res.Trap != vmabi.TrapOutOfFuel || res.Fuel != limit {
				t.Errorf("%s: limit %d: fuel %d trap %q", c.name, limit, res.Fuel, res.Trap)
			}
		}
		if c.fuel > 0 {
			if again := runAll(t, module, vmruntime.RunInput{Limits: vmruntime.Limits{Fuel: c.fuel}}); again.Trap != c.trap || again.Fuel != c.fuel {
				t.Errorf("%s: exact limit: %+v", c.name, again)
			}
		}
	}
}

// TestFuelAcrossQuanta runs out at the same count whatever the quantum is.
func TestFuelAcrossQuanta(t *testing.T) {
	module := wasmtest.New().Define("run", "->", "", "loop br 0 end").Bytes()
	for _, e := range engines {
		for _, quantum := range []uint64{1, 2, 7, 1000, 1 << 30} {
			r := newRuntime(t, vmruntime.Options{Engine: e, Quantum: quantum})
			m, err := r.Compile(t.Context(), module)
			if err != nil {
				t.Fatal(err)
			}
			for _, limit := range []uint64{1, 6, 7, 8, 99_999} {
				res, err := r.Run(t.Context(), m, vmruntime.RunInput{Limits: vmruntime.Limits{Fuel: limit}})
				if err != nil || res.Trap != vmabi.TrapOutOfFuel || res.Fuel != limit {
					t.Errorf("%s quantum %d limit %d: %+v %v", e, quantum, limit, res, err)
				}
			}
		}
	}
}

// TestCallDepth calls down to exactly 1,024, and one deeper.
func TestCallDepth(t *testing.T) {
	const recurse = "local.get 0 if local.get 0 i32.const 1 i32.sub call $f end"
	for name, c := range map[string]struct {
		module func(n string) []byte
		most   int // calls below run
	}{
		"recursion": {func(n string) []byte {
			return wasmtest.New().Define("f", "i32 ->", "", strings.ReplaceAll(recurse, "$f", "0")).
				Define("run", "->", "", "i32.const "+n+" call $f").Bytes()
		}, 1022}, // f(0) calls nobody: run, f(n) … f(0) are n+2 deep
		"early return with a value": {func(n string) []byte {
			return wasmtest.New().Define("f", "i32 -> i64", "", "local.get 0 if local.get 0 i32.const 1 i32.sub call 0 return end i64.const 7").
				Define("run", "->", "", "i32.const "+n+" call $f drop").Bytes()
		}, 1022},
		"a leaf at the bottom": {func(n string) []byte {
			return wasmtest.New().Define("leaf", "->", "", "").
				Define("f", "i32 ->", "", "local.get 0 if local.get 0 i32.const 1 i32.sub call 1 else call $leaf end").
				Define("run", "->", "", "i32.const "+n+" call $f").Bytes()
		}, 1021},
		"indirect": {func(n string) []byte {
			b := wasmtest.New()
			b.Type("i32 ->")
			return b.Define("f", "i32 ->", "", "local.get 0 if local.get 0 i32.const 1 i32.sub i32.const 0 call_indirect 0 end").Table(1, "f").
				Define("run", "->", "", "i32.const "+n+" call $f").Bytes()
		}, 1022},
	} {
		for n, trap := range map[int]vmabi.Trap{c.most: "", c.most + 1: vmabi.TrapCallStack, 1 << 30: vmabi.TrapCallStack} {
			if res := runAll(t, c.module(fmt.Sprint(n)), vmruntime.RunInput{}); res.Trap != trap {
				t.Errorf("%s %d: trap %q, want %q", name, n, res.Trap, trap)
			}
		}
	}
	// The depth is given back: 3,000 calls side by side, half by return.
	b := wasmtest.New().Define("leaf", "->", "", "return").
		Define("f", "i32 ->", "", "local.get 0 i32.const 1 i32.and if call $leaf return end call $leaf").
		Define("run", "->", "i32", "loop local.get 0 call $f local.get 0 i32.const 1 i32.add local.tee 0 i32.const 3000 i32.lt_u br_if 0 end")
	if res := runAll(t, b.Bytes(), vmruntime.RunInput{}); res.Trap != "" {
		t.Errorf("side by side: %+v", res)
	}
}

// TestLargeFrames recurses with frames that the compiler has no room for.
func TestLargeFrames(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	var b strings.Builder
	const n = 25_000
	for i := range n { // values that live across the call
		fmt.Fprintf(&b, "local.get 0 i32.const %d i32.mul ", 2*i+1)
	}
	b.WriteString("local.get 0 if local.get 0 i32.const 1 i32.sub call 0 drop end ")
	b.WriteString(strings.Repeat("i32.add ", n-1))
	module := wasmtest.New().Define("f", "i32 -> i32", "", b.String()).Define("run", "->", "", "i32.const 700 call $f drop").Bytes()
	var want *vmruntime.Result
	for _, e := range []vmruntime.Engine{vmruntime.EngineInterpreter, vmruntime.EngineAuto} {
		r := newRuntime(t, vmruntime.Options{Engine: e})
		m, err := r.Compile(t.Context(), module)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			res, err := r.Run(t.Context(), m, vmruntime.RunInput{Limits: vmruntime.Limits{Fuel: 1 << 40, WallTime: time.Minute}})
			if err != nil {
				t.Fatal(e, err)
			}
			if want == nil {
				want = res
			}
			if res.Trap != "" || res.Fuel != want.Fuel {
				t.Errorf("%q: %+v, want %+v", e, res, want)
			}
		}
	}
	r := newRuntime(t, vmruntime.Options{Engine: vmruntime.EngineCompiler})
	m, err := r.Compile(t.Context(), module)
	if err != nil {
		t.Fatal(err)
	}
	if res, err := r.Run(t.Context(), m, vmruntime.RunInput{Limits: vmruntime.Limits{Fuel: 1 << 40, WallTime: time.Minute}}); !errors.Is(err, vmruntime.ErrEngine) {
		t.Errorf("compiler: %+v %v: the test does not reach its limit", res, err)
	}
}

func TestJournalLimits(t *testing.T) {
	for _, c := range []struct {
		bytes string
		prove bool
		limit int
		trap  vmabi.Trap
	}{
		{"248", true, 0, ""},
		{"249", true, 0, vmabi.TrapJournalOverflow},
		{"249", true, 1000, vmabi.TrapJournalOverflow},
		{"249", false, 0, ""},
		{"100", false, 100, ""},
		{"101", false, 100, vmabi.TrapOutputLimit},
		{"101", true, 100, vmabi.TrapOutputLimit},
		{"249", true, 100, vmabi.TrapJournalOverflow},
	} {
		module := wasmtest.New().Import("vm", "journal_write", "i32 i32 ->").Memory(1, 1).Define("run", "->", "", journal("0", c.bytes)).Bytes()
		res := runAll(t, module, vmruntime.RunInput{Prove: c.prove, Limits: vmruntime.Limits{Journal: c.limit}})
		if res.Trap != c.trap {
			t.Errorf("%+v: trap %q", c, res.Trap)
		}
	}
}

func TestMemoryGrow(t *testing.T) {
	// Grows by one page until it fails and returns the size; the limit is 5, or
	// the module's own 3.
	const body = "loop i32.const 1 memory.grow i32.const -1 i32.ne br_if 0 end memory.size i32.const %d i32.ne"
	for max, pages := range map[int]int{-1: 5, 3: 3, 9: 5} {
		module := wasmtest.New().Memory(1, max).Define("run", "-> i32", "", fmt.Sprintf(body, pages)).Bytes()
		for _, e := range engines {
			r := newRuntime(t, vmruntime.Options{Engine: e, MaxMemoryPages: 5})
			m, err := r.Compile(t.Context(), module)
			if err != nil {
				t.Fatal(err)
			}
			if res, err := r.Run(t.Context(), m, vmruntime.RunInput{}); err != nil || res.Trap != "" {
				t.Errorf("%s, maximum %d: %+v %v", e, max, res, err)
			}
		}
	}
}

func TestLog(t *testing.T) {
	module := wasmtest.New().Import("vm", "log", "i32 i32 ->").Memory(1, 1).Data(0, "abcdefghij").
		Define("run", "->", "", "i32.const 0 i32.const 0 call $log i32.const 0 i32.const 4 call $log i32.const 4 i32.const 6 call $log i32.const 0 i32.const 1 call $log").Bytes()
	var got [][]byte
	res := runAll(t, module, vmruntime.RunInput{Limits: vmruntime.Limits{Log: 8}, Log: func(b []byte) { got = append(got, b) }})
	one := [][]byte{{}, []byte("abcd"), []byte("efg")} // 1 + 4 + 3 = 8; the rest is dropped
	want := append(one, one...)                        // two engines
	if res.Trap != "" || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%+v logged %q", res, got)
	}
}

func TestInspect(t *testing.T) {
	module := wasmtest.New().Memory(1, 1).Define("run", "->", "", "i32.const 9 i32.const 7 i32.store8 0 unreachable").Bytes()
	var seen [][]byte
	runAll(t, module, vmruntime.RunInput{Inspect: func(m []byte) { seen = append(seen, bytes.Clone(m)) }})
	if len(seen) != 2 || len(seen[0]) != 65536 || seen[0][9] != 7 || !bytes.Equal(seen[0], seen[1]) {
		t.Error("memory after a trap was not shown")
	}
}

// endless are guests that never return.
func endless() map[string][]byte {
	return map[string][]byte{
		"empty loop": wasmtest.New().Define("run", "->", "", "loop br 0 end").Bytes(),
		"start":      wasmtest.New().Define("s", "->", "", "loop br 0 end").Start("s").Define("run", "->", "", "").Bytes(),
		"calls":      wasmtest.New().Define("f", "->", "", "").Define("run", "->", "", "loop call $f br 0 end").Bytes(),
		"fill": wasmtest.New().Memory(256, 256).Define("run", "->", "",
			"loop i32.const 0 i32.const 1 i32.const 0x1000000 memory.fill br 0 end").Bytes(),
		"copy": wasmtest.New().Memory(256, 256).Define("run", "->", "",
			"loop "+strings.Repeat("i32.const 0 i32.const 1 i32.const 0xffffff memory.copy ", 500)+"br 0 end").Bytes(),
		"keccak": wasmtest.New().Import("vm", "keccak256", "i32 i32 i32 ->").Memory(256, 256).Define("run", "->", "",
			"loop i32.const 0 i32.const 0x1000000 i32.const 0 call $keccak256 br 0 end").Bytes(),
		"log": wasmtest.New().Import("vm", "log", "i32 i32 ->").Memory(256, 256).Define("run", "->", "",
			"loop i32.const 0 i32.const 0x1000000 call $log br 0 end").Bytes(),
		"reads": wasmtest.New().Import("vm", "state_read_n", "i32 i32 i32 i32 ->").Memory(256, 256).Define("run", "->", "",
			"loop i32.const 3 i32.const 0 i32.const 100000 i32.const 0 call $state_read_n br 0 end").Bytes(),
	}
}

// TestCancel ends each endless guest by its caller and by the wall time.
func TestCancel(t *testing.T) {
	state := newFakeState()
	state.values = append(state.values, make([][32]byte, 100_000))
	for name, module := range endless() {
		for _, e := range engines {
			r := newRuntime(t, vmruntime.Options{Engine: e})
			m, err := r.Compile(t.Context(), module)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			in := vmruntime.RunInput{State: state, Limits: vmruntime.Limits{Fuel: 1 << 62}}
			fast(t, name+" cancelled on "+string(e), func() time.Duration {
				ctx, cancel := context.WithCancel(t.Context())
				var at time.Time
				timer := time.AfterFunc(20*time.Millisecond, func() { at = time.Now(); cancel() })
				defer timer.Stop()
				if res, err := r.Run(ctx, m, in); !errors.Is(err, context.Canceled) || res != nil {
					t.Fatalf("%s %s: %+v %v", name, e, res, err)
				}
				return time.Since(at)
			})
			in.Limits.WallTime = 10 * time.Millisecond
			fast(t, name+" out of time on "+string(e), func() time.Duration {
				start := time.Now()
				if res, err := r.Run(t.Context(), m, in); err != nil || res.Trap != vmabi.TrapWallTime {
					t.Fatalf("%s %s: %+v %v", name, e, res, err)
				}
				return time.Since(start) - in.Limits.WallTime
			})
		}
	}
}

// fast requires that one of a few tries takes at most 50 ms (half a second with
// the race detector): the machine may be busy with something else.
func fast(t *testing.T, what string, try func() time.Duration) {
	t.Helper()
	best := time.Hour
	for range 10 {
		if best = min(best, try()); best <= raceFactor*50*time.Millisecond {
			return
		}
	}
	t.Errorf("%s: after %v", what, best)
}

// TestClose ends a run that is under way and waits for it.
func TestClose(t *testing.T) {
	r, err := vmruntime.New(vmruntime.Options{})
	if err != nil {
		t.Fatal(err)
	}
	module := wasmtest.New().Import("vm", "log", "i32 i32 ->").Memory(1, 1).Define("run", "->", "", "i32.const 0 i32.const 0 call $log loop br 0 end").Bytes()
	m, err := r.Compile(t.Context(), module)
	if err != nil {
		t.Fatal(err)
	}
	started, done := make(chan struct{}), make(chan error, 1)
	go func() {
		_, err := r.Run(context.Background(), m, vmruntime.RunInput{Limits: vmruntime.Limits{Fuel: 1 << 62}, Log: func([]byte) { close(started) }})
		done <- err
	}()
	<-started
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if err := <-done; !errors.Is(err, vmruntime.ErrClosed) {
		t.Errorf("run during close: %v", err)
	}
	if _, err := r.Run(t.Context(), m, vmruntime.RunInput{}); !errors.Is(err, vmruntime.ErrClosed) {
		t.Errorf("run after close: %v", err)
	}
	if _, err := r.Compile(t.Context(), module); !errors.Is(err, vmruntime.ErrClosed) {
		t.Errorf("compile after close: %v", err)
	}
	if err := r.Close(); err != nil {
		t.Errorf("second close: %v", err)
	}
}
