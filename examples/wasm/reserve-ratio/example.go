// Package reserveratio holds the example guest reserve-ratio: the price in a
// constant-product pool. README.md describes it.
package reserveratio

import (
	_ "embed"
	"math/big"

	"vmhost/examples/wasm/spec"
)

// Name is the example's name, Collection the collection that it reads.
const (
	Name       = "reserve-ratio"
	Collection = "pool"
)

// clang-19 --target=wasm32 -mcpu=mvp -std=c17 -O2 -ffreestanding -nostdlib -Wl,--no-entry -Wl,--strip-all -Wl,-z,stack-size=4096 -Wl,--initial-memory=65536 -Wl,--max-memory=65536 -o reserve-ratio.c.wasm reserve-ratio.c
//
//go:embed reserve-ratio.c.wasm
var cWasm string

// asc reserve-ratio.ts -o reserve-ratio.as.wasm --config none --runtime stub --use abort= --noAssert -O3 --converge --disable sign-extension --disable bulk-memory --disable nontrapping-f2i --initialMemory 1 --maximumMemory 1
//
//go:embed reserve-ratio.as.wasm
var asWasm string

// C returns the module compiled from C.
func C() []byte { return []byte(cWasm) }

// AssemblyScript returns the module compiled from AssemblyScript.
func AssemblyScript() []byte { return []byte(asWasm) }

// Reference computes what a run of the guest must give, from the words of
// README.md rather than from the guest's code.
func Reference(j spec.Job) spec.Outcome {
	r0, trap := j.U64(Collection, 0)
	if trap != "" {
		return spec.Trapped(trap)
	}
	r1, trap := j.U64(Collection, 1)
	if trap != "" {
		return spec.Trapped(trap)
	}
	if r0 == 0 {
		return spec.Failed(1)
	}
	if r0 >= 1<<54 || r1/r0 >= 1<<44 {
		return spec.Failed(2)
	}
	price := new(big.Int).SetUint64(r1)
	price.Mul(price, big.NewInt(1_000_000)).Div(price, new(big.Int).SetUint64(r0))
	return spec.Done(j.Block, r0, r1, price.Uint64())
}

// Jobs returns jobs worth running: ordinary ones, edges, and failures.
func Jobs() []spec.Job {
	job := func(name string, block uint64, reserves ...uint64) spec.Job {
		return spec.Job{Name: name, Block: block, Collections: map[string][]spec.Value{Collection: spec.U64s(reserves...)}}
	}
	wide := job("a reserve above 64 bits", 6, 1, 1)
	wide.Collections[Collection][1] = spec.Wide()
	return []spec.Job{
		job("ordinary pool", 21_925_176, 1_000_000_000_000, 2_512_345_678_901, 2_512_345),
		job("price below one", 1, 7_000_001, 3, 0),
		job("equal reserves", 2, 5, 5),
		job("empty side", 3, 5, 0),
		job("greatest reserve0", 1<<32, 1<<54-1, 1<<64-1),
		job("greatest price", 1<<33-1, 1, 1<<44-1),
		job("remainder decides the last decimal", 9, 3, 2),
		job("reserve0 is 0", 4, 0, 9),
		job("reserve0 too great", 5, 1<<54, 9),
		job("price too great", 5, 1, 1<<44),
		job("both too great", 5, 1<<64-1, 1<<64-1),
		wide,
		job("one item only", 7, 12),
		job("no item", 8),
		{Name: "no such collection", Block: 8, Collections: map[string][]spec.Value{"pools": spec.U64s(1, 2)}},
	}
}
