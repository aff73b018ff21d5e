package difftest_test

import (
	"bytes"
	"flag"
	"testing"

	"vmhost/internal/difftest"
	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
	vmruntime "vmhost/runtime"
	"vmhost/statecache"
)

var (
	seed  = flag.Uint64("seed", 1, "first seed of random modules")
	count = flag.Int("count", 600, "number of random modules")
)

// numbers is a state of three collections of four small and wide values.
type numbers struct{}

func (numbers) Find(string) (uint32, bool) { return 0, false }

func (numbers) Len(h uint32) (uint32, bool) { return 4, h < 3 }

func (numbers) Value(h, i uint32) (v [32]byte, ok bool) {
	v[31], v[24], v[0] = byte(h), byte(i), byte(i/3)
	return v, h < 3 && i < 4
}

func (numbers) Item(uint32, uint32) (it statecache.Item, ok bool) { return it, false }

func (numbers) ItemsRoot(uint32) (root [32]byte, ok bool) { return root, false }

func (numbers) ValueAt(uint64, uint32, uint32) ([32]byte, error) {
	return [32]byte{}, statecache.ErrNoHistory
}

// TestRandomModules compares the engines on generated modules. A failure names
// the seed: replay with -args -seed N -count 1.
func TestRandomModules(t *testing.T) {
	c := newComparer(t)
	n := *count
	if testing.Short() {
		n = min(n, 150)
	}
	traps := map[vmabi.Trap]int{}
	reasons := map[string]int{}
	traced := 0
	for s := *seed; s < *seed+uint64(n); s++ {
		module := difftest.Generate(s)
		out, err := c.Compare(t.Context(), module, vmruntime.RunInput{State: numbers{}, Input: []byte("random"), Limits: vmruntime.Limits{Fuel: 30_000}})
		if err != nil {
			t.Errorf("seed %d: %v", s, err)
			continue
		}
		traps[out.Result.Trap]++
		if out.Traced {
			traced++
		} else {
			reasons[out.NotProvable.Error()]++
		}
	}
	t.Logf("%d modules, %d traced; traps %v; not provable: %v", n, traced, traps, reasons)
	if n > 100 && (traced < n/4 || traps[""] < n/4 || len(traps) < 4) {
		t.Errorf("the generator is one-sided: %d of %d traced, traps %v", traced, n, traps)
	}
}

// TestGenerate checks that modules are valid and a function of the seed.
func TestGenerate(t *testing.T) {
	seen := map[string]bool{}
	for s := range uint64(300) {
		b := difftest.Generate(s)
		if !bytes.Equal(b, difftest.Generate(s)) {
			t.Fatalf("seed %d: two modules", s)
		}
		m, err := wasm.Decode(b)
		if err == nil {
			err = wasm.Validate(m)
		}
		if err != nil {
			t.Fatalf("seed %d: %v", s, err)
		}
		if len(b) > 50_000 {
			t.Errorf("seed %d: %d bytes", s, len(b))
		}
		seen[string(b)] = true
	}
	if len(seen) < 295 {
		t.Errorf("%d different modules of 300", len(seen))
	}
}
