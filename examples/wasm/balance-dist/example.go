// Package balancedist holds the example guest balance-dist: how a token is
// spread over its holders. README.md describes it.
package balancedist

import (
	_ "embed"
	"math/big"
	"math/rand/v2"

	"vmhost/examples/wasm/spec"
)

// Name is the example's name, Collection the collection that it reads.
const (
	Name       = "balance-dist"
	Collection = "balances"
)

// clang-19 --target=wasm32 -mcpu=mvp -std=c17 -O2 -ffreestanding -nostdlib -Wl,--no-entry -Wl,--strip-all -Wl,-z,stack-size=4096 -Wl,--initial-memory=65536 -Wl,--max-memory=65536 -o balance-dist.c.wasm balance-dist.c
//
//go:embed balance-dist.c.wasm
var cWasm string

// asc balance-dist.ts -o balance-dist.as.wasm --config none --runtime stub --use abort= --noAssert -O3 --converge --disable sign-extension --disable bulk-memory --disable nontrapping-f2i --initialMemory 1 --maximumMemory 1
//
//go:embed balance-dist.as.wasm
var asWasm string

// C returns the module compiled from C.
func C() []byte { return []byte(cWasm) }

// AssemblyScript returns the module compiled from AssemblyScript.
func AssemblyScript() []byte { return []byte(asWasm) }

// Reference computes what a run of the guest must give, from the words of
// README.md rather than from the guest's code.
func Reference(j spec.Job) spec.Outcome {
	n, trap := j.Len(Collection)
	if trap != "" {
		return spec.Trapped(trap)
	}
	var least, greatest uint64
	sum := new(big.Int)
	for i := range n {
		v, trap := j.U64(Collection, i)
		if trap != "" {
			return spec.Trapped(trap)
		}
		if i == 0 || v < least {
			least = v
		}
		greatest = max(greatest, v)
		sum.Add(sum, new(big.Int).SetUint64(v))
	}
	if !sum.IsUint64() {
		return spec.Failed(1)
	}
	return spec.Done(j.Block, uint64(n), sum.Uint64(), least, greatest, share(greatest, sum.Uint64()))
}

// share is part of whole in basis points as README.md defines it.
func share(part, whole uint64) uint64 {
	if whole == 0 {
		return 0
	}
	p := new(big.Int).SetUint64(part)
	if whole < 1<<50 {
		return p.Mul(p, big.NewInt(10_000)).Div(p, new(big.Int).SetUint64(whole)).Uint64()
	}
	return part / (whole / 10_000)
}

// Jobs returns jobs worth running: ordinary ones, edges, and failures.
func Jobs() []spec.Job {
	job := func(name string, balances ...uint64) spec.Job {
		return spec.Job{Name: name, Block: 21_925_176, Collections: map[string][]spec.Value{Collection: spec.U64s(balances...)}}
	}
	wide := job("a balance above 64 bits", 1, 2, 3)
	wide.Collections[Collection][2] = spec.Wide()
	return []spec.Job{
		job("three holders", 700, 200, 100),
		job("one holder", 5),
		job("no holder"),
		job("nothing held", 0, 0, 0, 0),
		job("greatest first and last", 9, 1, 9, 2, 9),
		job("32 holders", balances(32, 1<<40)...),
		job("100 holders", balances(100, 1<<40)...),
		job("1,000 holders", balances(1000, 1<<50)...),
		job("sum just below 2^50", 1<<49, 1<<49-1),
		job("sum of 2^50", 1<<49, 1<<49),
		job("one holder of 2^64-1", 1<<64-1),
		job("sum of 2^64-1", 1<<63, 1<<63-2, 1),
		job("sum of 2^64", 1<<63, 1<<63),
		job("sum wraps three times", 1<<64-1, 1<<64-1, 1<<64-1, 1<<64-1),
		wide,
		{Name: "no such collection", Collections: map[string][]spec.Value{"balance": spec.U64s(1)}},
	}
}

// balances returns n balances below limit, always the same.
func balances(n int, limit uint64) []uint64 {
	r := rand.New(rand.NewPCG(uint64(n), limit)) //nolint:gosec // must always be the same
	out := make([]uint64, n)
	for i := range out {
		out[i] = r.Uint64N(limit) >> r.UintN(20) // few great, many small
	}
	return out
}
