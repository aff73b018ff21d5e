package statecache

import (
	"runtime"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/statecache/poseidon"
)

// Hashing goes by batches: a worker makes the inputs of hashBatch nodes, hashes
// them together and stores the outputs. From hashParallel nodes on there is a
// second worker: a block's cost is its hashes.
const (
	hashBatch    = 64
	hashParallel = 32
	hashWorkers  = 2
)

// hashAll hashes n inputs: in(i, x) makes one, out(i, h) takes its hash. Both are
// called from up to hashWorkers goroutines, each i once.
func hashAll(n int, in func(i int, x *[8]fr.Element), out func(i int, h *fr.Element)) {
	if n < hashParallel || runtime.GOMAXPROCS(0) == 1 {
		hashRange(0, n, in, out)
		return
	}
	var wg sync.WaitGroup
	half := (n/hashWorkers + 7) &^ 7
	wg.Go(func() { hashRange(half, n, in, out) })
	hashRange(0, half, in, out)
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
