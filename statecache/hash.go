package statecache

import (
	"runtime"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/statecache/poseidon"
)

// Hashing goes by batches: a worker makes the inputs of hashBatch nodes, hashes
// them together and stores the outputs. Workers share the inputs' making too,
// hence the goroutines are here and not in the kernel; hashShare nodes are worth
// one. A block's cost is its hashes.
const (
	hashBatch = 64
	hashShare = 16
)

// hashAll hashes n inputs: in(i, x) makes one, out(i, h) takes its hash. Both are
// called from up to GOMAXPROCS goroutines, each i once.
func hashAll(n int, in func(i int, x *[8]fr.Element), out func(i int, h *fr.Element)) {
	workers := min(runtime.GOMAXPROCS(0), n/hashShare)
	if workers < 2 {
		hashRange(0, n, in, out)
		return
	}
	share := ((n+workers-1)/workers + 7) &^ 7 // whole groups of a kernel's lanes
	var wg sync.WaitGroup
	for from := share; from < n; from += share {
		wg.Go(func() { hashRange(from, min(from+share, n), in, out) })
	}
	hashRange(0, min(share, n), in, out)
	wg.Wait()
}

func hashRange(from, to int, in func(int, *[8]fr.Element), out func(int, *fr.Element)) {
	var x [hashBatch][8]fr.Element
	var h [hashBatch]fr.Element
	for from < to {
		n := min(to-from, hashBatch)
		for i := range n {
			in(from+i, &x[i])
		}
		poseidon.HashMany(h[:n], x[:n])
		for i := range n {
			out(from+i, &h[i])
		}
		from += n
	}
}
