package lower_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
	"vmhost/proofs/zkwasm/lower"
	"vmhost/proofs/zkwasm/trace"
	vmruntime "vmhost/runtime" //nolint:depguard // the test compares with the engine
	"vmhost/statecache"
)

// fakeState is a state of named collections.
type fakeState struct {
	names []string
	vals  [][][32]byte
}

func (s *fakeState) Find(name string) (uint32, bool) {
	for i, n := range s.names {
		if n == name {
			return uint32(i), true
		}
	}
	return 0, false
}

func (s *fakeState) Len(h uint32) (uint32, bool) {
	if int64(h) >= int64(len(s.vals)) {
		return 0, false
	}
	return uint32(len(s.vals[h])), true
}

func (s *fakeState) Value(h, i uint32) ([32]byte, bool) {
	if n, ok := s.Len(h); !ok || i >= n {
		return [32]byte{}, false
	}
	return s.vals[h][i], true
}

func (s *fakeState) Item(h, i uint32) (statecache.Item, bool) {
	v, ok := s.Value(h, i)
	return statecache.Item{Kind: statecache.Kind(h), Address: [20]byte{1, byte(i), 19: 7}, Slot: v, Key: [32]byte{byte(h), 31: byte(i)}}, ok
}

func (s *fakeState) ItemsRoot(h uint32) (root [32]byte, ok bool) {
	for i := range root {
		root[i] = byte(5*i + int(h))
	}
	_, ok = s.Len(h)
	return root, ok
}

func (s *fakeState) ValueAt(age uint64, h, i uint32) ([32]byte, error) {
	v, ok := s.Value(h, i)
	switch {
	case age > 3:
		return v, statecache.ErrAgeRange
	case !ok || uint64(i)+age > 7:
		return v, statecache.ErrNotThen
	}
	v[0], v[31] = v[0]+byte(age), v[31]^byte(age)
	return v, nil
}

// fullState is a fakeState that the runtime takes.
type fullState struct{ fakeState }

func testState() *fullState {
	st := &fullState{fakeState{names: []string{"header", "pool", "balances"}, vals: make([][][32]byte, 3)}}
	for h := range st.vals {
		for i := range 6 + h {
			var v [32]byte
			v[31], v[30], v[24] = byte(i+1), byte(h), byte(i)
			if i == 2 || h == 0 && i == 3 {
				for j := range v {
					v[j] = byte(j*7 + h)
				}
			}
			st.vals[h] = append(st.vals[h], v)
		}
	}
	return st
}

// differ compares the tracer with the runtime.
type differ struct {
	rt    *vmruntime.Runtime
	state *fullState
}

func newDiffer(tb testing.TB) *differ {
	tb.Helper()
	rt, err := vmruntime.New(vmruntime.Options{Engine: vmruntime.EngineInterpreter, CacheModules: 1})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = rt.Close() })
	return &differ{rt, testState()}
}

// outcome is what both engines must agree on.
type outcome struct {
	journal, memory []byte
	trap            vmabi.Trap
	fuel, reads     uint64
}

func (d *differ) native(tb testing.TB, module, input []byte, fuel uint64) outcome {
	tb.Helper()
	m, err := d.rt.Compile(context.Background(), module)
	if err != nil {
		tb.Fatalf("compile: %v", err)
	}
	var o outcome
	res, err := d.rt.Run(context.Background(), m, vmruntime.RunInput{
		State: d.state, Input: input, Limits: vmruntime.Limits{Fuel: fuel, Journal: vmabi.ProvableJournal},
		Inspect: func(b []byte) { o.memory = bytes.Clone(b) },
	})
	if err != nil {
		tb.Fatalf("run: %v", err)
	}
	o.journal, o.trap, o.fuel, o.reads = res.Journal, res.Trap, res.Fuel, res.Reads
	if o.trap == vmabi.TrapOutputLimit { // the name when not proving
		o.trap = vmabi.TrapJournalOverflow
	}
	return o
}

func (d *differ) compare(tb testing.TB, module, input []byte, fuel uint64) (*trace.Result, bool) {
	tb.Helper()
	p, err := lower.Lower(module)
	if err != nil {
		tb.Errorf("lower: %v", err)
		return nil, false
	}
	tr, got, err := trace.Run(context.Background(), p, trace.Input{State: d.state, Input: input, Limits: trace.Limits{Fuel: fuel}})
	if err != nil {
		tb.Errorf("trace: %v", err)
		return nil, false
	}
	want := d.native(tb, module, input, fuel)
	if (got.Trap == "") != (tr != nil) {
		tb.Errorf("trap %q, trace %v", got.Trap, tr != nil)
	}
	if tr != nil {
		if err := trace.Verify(p, tr); err != nil {
			tb.Error(err)
			return got, false
		}
	}
	ok := true
	fail := func(format string, args ...any) { tb.Errorf(format, args...); ok = false }
	if got.Trap != want.trap {
		fail("trap %q, want %q", got.Trap, want.trap)
		return got, ok
	}
	if got.Fuel != want.fuel && got.Trap != vmabi.TrapOutOfFuel {
		fail("trap %q: fuel %d, want %d", got.Trap, got.Fuel, want.fuel)
	}
	if got.Trap == "" {
		if !bytes.Equal(got.Journal, want.journal) {
			fail("journal %x, want %x", got.Journal, want.journal)
		}
		if got.Reads != want.reads {
			fail("reads %d, want %d", got.Reads, want.reads)
		}
	}
	if got.Trap != vmabi.TrapOutOfFuel && !bytes.Equal(got.Memory, want.memory) { // the runtime looks at its fuel now and then
		fail("memory differs, trap %q", got.Trap)
	}
	return got, ok
}

// TestRandomModules compares random modules with the runtime. Set SEED to run
// one of them, DIFFRUNS for more.
func TestRandomModules(t *testing.T) {
	runs, first := uint64(400), uint64(0)
	if testing.Short() {
		runs = 100
	}
	if n, err := strconv.ParseUint(os.Getenv("DIFFRUNS"), 10, 64); err == nil {
		runs = n
	}
	if s, err := strconv.ParseUint(os.Getenv("SEED"), 10, 64); err == nil {
		runs, first = 1, s
	}
	d := newDiffer(t)
	traps := map[vmabi.Trap]int{}
	failed := 0
	for seed := first; seed < first+runs && failed < 5; seed++ {
		r := rand.New(rand.NewPCG(seed, 1))
		module := (&generator{r: r}).module()
		m, err := wasm.Decode(module)
		if err == nil {
			err = wasm.Validate(m)
		}
		if err != nil {
			t.Fatalf("seed %d: generator: %v", seed, err)
		}
		input := make([]byte, r.IntN(50))
		for i := range input {
			input[i] = byte(r.Uint32())
		}
		res, ok := d.compare(t, module, input, 1+uint64(r.IntN(20000)))
		if !ok {
			t.Errorf("seed %d", seed)
			failed++
			continue
		}
		traps[res.Trap]++
	}
	t.Logf("outcomes: %v", traps)
}
