package statebench

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"vmhost/statecache/poseidon"
)

// size of a comparison: keys, heights above the first, changes of each.
type size struct{ keys, heights, changed int }

func benchSize() size {
	if os.Getenv("VMHOST_LONG") != "" {
		return size{1_000_000, 64, 2000}
	}
	return size{50_000, 64, 500}
}

// block draws the changes of a height; height 0 sets every key.
func block(n size, height int) (keys []uint32, values []word) {
	r := rand.New(rand.NewPCG(uint64(height), 1))
	if height == 0 {
		for k := range n.keys {
			keys = append(keys, uint32(k))
		}
	} else {
		seen := map[uint32]bool{}
		for len(keys) < n.changed {
			if k := r.Uint32N(uint32(n.keys)); !seen[k] {
				seen[k] = true
				keys = append(keys, k)
			}
		}
	}
	for range keys {
		w := word{0: byte(r.Uint32()) | 1} // 32 bytes: no leading zero to trim
		for i := 1; i < len(w); i++ {
			w[i] = byte(r.Uint32())
		}
		values = append(values, w)
	}
	return keys, values
}

// fill builds a store and says how long the blocks above the first took.
func fill(tb testing.TB, name string, n size) (s store, apply time.Duration) {
	tb.Helper()
	for _, k := range kinds {
		if k.name != name {
			continue
		}
		s, err := k.make(n.keys)
		if err != nil {
			tb.Fatal(err)
		}
		for h := range n.heights + 1 {
			keys, values := block(n, h)
			start := time.Now()
			if err := s.apply(h, keys, values); err != nil {
				tb.Fatalf("%s: height %d: %v", name, h, err)
			}
			if h > 0 {
				apply += time.Since(start)
			}
		}
		return s, apply / time.Duration(n.heights)
	}
	tb.Fatalf("no store %q", name)
	return nil, 0
}

// reading is a way to read a store.
type reading struct {
	name string
	store
}

func readings(name string, s store) []reading {
	if c, ok := s.(*cacheStore); ok {
		return []reading{{name + " by index", s}, {name + " by item", byItem{c}}}
	}
	return []reading{{name, s}}
}

// TestStoresAgree: the stores compared answer the same words at every height.
func TestStoresAgree(t *testing.T) {
	n := size{keys: 2000, heights: 24, changed: 100}
	want := make([][]word, n.heights+1)
	for h := range want {
		want[h] = make([]word, n.keys)
		if h > 0 {
			copy(want[h], want[h-1])
		}
		keys, values := block(n, h)
		for i, k := range keys {
			want[h][k] = values[i]
		}
	}
	for _, k := range kinds {
		s, _ := fill(t, k.name, n)
		for _, rd := range readings(k.name, s) {
			for h := range want {
				get, err := rd.at(h)
				if err != nil {
					t.Fatalf("%s: height %d: %v", rd.name, h, err)
				}
				for key, w := range want[h] {
					if got, err := get(uint32(key)); err != nil || got != w {
						t.Fatalf("%s: height %d, key %d: %x %v, want %x", rd.name, h, key, got, err, w)
					}
				}
			}
		}
	}
}

// depths are how far below the newest height reads are made.
func depths(n size) []int { return []int{0, 1, 16, n.heights - 1} }

func BenchmarkRead(b *testing.B) {
	n := benchSize()
	for _, k := range kinds {
		s, _ := fill(b, k.name, n)
		for _, rd := range readings(k.name, s) {
			for _, d := range depths(n) {
				get, err := rd.at(n.heights - d)
				if err != nil {
					b.Fatal(err)
				}
				b.Run(fmt.Sprintf("%s/depth=%d", strings.ReplaceAll(rd.name, " ", "-"), d), func(b *testing.B) {
					r := rand.New(rand.NewPCG(3, 4))
					b.ReportAllocs()
					for b.Loop() {
						if _, err := get(r.Uint32N(uint32(n.keys))); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		}
	}
}

func BenchmarkApply(b *testing.B) {
	n := benchSize()
	for _, k := range kinds {
		s, _ := fill(b, k.name, size{n.keys, 1, n.changed})
		b.Run(k.name, func(b *testing.B) {
			b.ReportAllocs()
			h := 2
			for b.Loop() {
				b.StopTimer()
				keys, values := block(n, h)
				b.StartTimer()
				if err := s.apply(h, keys, values); err != nil {
					b.Fatal(err)
				}
				h++
			}
		})
	}
}

// perRead is the least time of a read over slices of a thousand.
func perRead(tb testing.TB, get read, keys int) float64 {
	tb.Helper()
	const slices, reads = 60, 1000
	r := rand.New(rand.NewPCG(5, 6))
	best := time.Duration(1 << 62)
	for range slices {
		start := time.Now()
		for range reads {
			if _, err := get(r.Uint32N(uint32(keys))); err != nil {
				tb.Fatal(err)
			}
		}
		best = min(best, time.Since(start))
	}
	return float64(best.Nanoseconds()) / reads
}

func heap() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// TestTable prints the comparison; it asserts nothing, and runs on request.
func TestTable(t *testing.T) {
	if os.Getenv("VMHOST_LONG") == "" && os.Getenv("VMHOST_TABLE") == "" {
		t.Skip("set VMHOST_TABLE=1, or VMHOST_LONG=1 for full size")
	}
	n := benchSize()
	var out strings.Builder
	fmt.Fprintf(&out, "%d keys, %d heights of %d changes; Poseidon2 by %s; ns a read at a depth below the newest height\n", n.keys, n.heights, n.changed, poseidon.Kernel())
	fmt.Fprintf(&out, "%-20s", "")
	for _, d := range depths(n) {
		fmt.Fprintf(&out, " %8s", fmt.Sprintf("depth %d", d))
	}
	fmt.Fprintf(&out, " %9s %7s %7s\n", "apply ms", "MB", "GC ms")
	for _, k := range kinds {
		before := heap()
		s, apply := fill(t, k.name, n)
		mb := (heap() - before) / 1e6
		start := time.Now()
		runtime.GC()
		gc := time.Since(start)
		for _, rd := range readings(k.name, s) {
			fmt.Fprintf(&out, "%-20s", rd.name)
			for _, d := range depths(n) {
				get, err := rd.at(n.heights - d)
				if err != nil {
					t.Fatal(err)
				}
				fmt.Fprintf(&out, " %8.0f", perRead(t, get, n.keys))
			}
			fmt.Fprintf(&out, " %9.2f %7.0f %7.1f\n", apply.Seconds()*1e3, mb, gc.Seconds()*1e3)
		}
		runtime.KeepAlive(s)
	}
	t.Log("\n" + out.String())
}
