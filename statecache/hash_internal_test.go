package statecache

import (
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// TestHashAll: whatever the number of workers and of nodes, each node is made
// once, hashed as alone, and stored once in its own place.
func TestHashAll(t *testing.T) {
	for _, procs := range []int{1, 2, 3, 7} {
		before := runtime.GOMAXPROCS(procs)
		defer runtime.GOMAXPROCS(before)
		for _, n := range []int{0, 1, 15, 31, 32, 33, 47, 48, 65, 127, 128, 130, 200} {
			made, stored := make([]atomic.Int32, n), make([]atomic.Int32, n)
			got := make([]fr.Element, n)
			input := func(i int, x *[8]fr.Element) {
				for k := range x {
					x[k].SetUint64(uint64(8*i + k))
				}
			}
			hashAll(n, func(i int, x *[8]fr.Element) { made[i].Add(1); input(i, x) },
				func(i int, h *fr.Element) { stored[i].Add(1); got[i] = *h })
			for i := range n {
				var x [8]fr.Element
				input(i, &x)
				if made[i].Load() != 1 || stored[i].Load() != 1 || got[i] != hash8(&x) {
					t.Fatalf("node %d of %d on %d: made %d times, stored %d times", i, n, procs, made[i].Load(), stored[i].Load())
				}
			}
		}
	}
}
