// Package widesum holds the example guest wide-sum: sum and greatest of 256-bit
// values. README.md describes it.
package widesum

import (
	_ "embed"
	"encoding/binary"
	"math/big"
	"slices"

	"vmhost/examples/wasm/spec"
)

// Name is the example's name, Collection the collection that it reads.
const (
	Name       = "wide-sum"
	Collection = "values"
)

// clang-19 --target=wasm32 -mcpu=mvp -std=c17 -O2 -ffreestanding -nostdlib -Wl,--no-entry -Wl,--strip-all -Wl,-z,stack-size=4096 -Wl,--initial-memory=65536 -Wl,--max-memory=65536 -o wide-sum.c.wasm wide-sum.c
//
//go:embed wide-sum.c.wasm
var cWasm string

// asc wide-sum.ts -o wide-sum.as.wasm --config none --runtime stub --use abort= --noAssert -O3 --converge --disable sign-extension --disable bulk-memory --disable nontrapping-f2i --initialMemory 1 --maximumMemory 1
//
//go:embed wide-sum.as.wasm
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
	sum, greatest := new(big.Int), new(big.Int)
	for _, value := range j.Collections[Collection] {
		v := new(big.Int).SetBytes(value[:])
		sum.Add(sum, v)
		if v.Cmp(greatest) > 0 {
			greatest = v
		}
	}
	sum.Mod(sum, new(big.Int).Lsh(big.NewInt(1), 256))
	journal := binary.LittleEndian.AppendUint64(nil, j.Block)
	journal = binary.LittleEndian.AppendUint64(journal, uint64(n))
	for _, x := range []*big.Int{sum, greatest} {
		b := x.FillBytes(make([]byte, 32))
		slices.Reverse(b)
		journal = append(journal, b...)
	}
	return spec.Outcome{Journal: journal}
}

// Jobs returns jobs worth running: ordinary ones, edges, and failures.
func Jobs() []spec.Job {
	job := func(name string, values ...spec.Value) spec.Job {
		return spec.Job{Name: name, Block: 21_925_176, Collections: map[string][]spec.Value{Collection: values}}
	}
	all := spec.Value(slices.Repeat([]byte{0xff}, 32))
	low := spec.Value(slices.Concat(make([]byte, 8), slices.Repeat([]byte{0xff}, 24))) // 2^192-1
	return []spec.Job{
		job("three balances", ether(32), ether(1), ether(1_000_000)),
		job("one value", spec.U64(1)),
		job("no value"),
		job("zeroes", spec.Value{}, spec.Value{}),
		job("carry into the second word", spec.U64(1<<64-1), spec.U64(1)),
		job("carry through every word", low, spec.U64(1)),
		job("sum is 0 modulo 2^256", all, spec.U64(1)),
		job("greatest twice", all, all, low),
		job("words in opposite order", words(1, 2, 3, 4), words(4, 3, 2, 1), words(0, 9, 9, 9)),
		job("differs in the second word", words(7, 1, 9, 9), words(7, 2, 0, 0)),
		job("differs in the third word", words(7, 2, 1, 9), words(7, 2, 2, 0)),
		job("differs in the last word", words(7, 2, 2, 1), words(7, 2, 2, 2)),
		job("32 values", many(32)...),
		{Name: "no such collection", Collections: map[string][]spec.Value{"value": {all}}},
		{Name: "no collection at all"},
	}
}

// ether is n * 10^18.
func ether(n int64) spec.Value {
	var v spec.Value
	x := new(big.Int).Exp(big.NewInt(10), big.NewInt(18), nil)
	x.Mul(x, big.NewInt(n)).FillBytes(v[:])
	return v
}

// words is a value of four words, the most significant first.
func words(w3, w2, w1, w0 uint64) spec.Value {
	var v spec.Value
	for i, w := range []uint64{w3, w2, w1, w0} {
		binary.BigEndian.PutUint64(v[8*i:], w)
	}
	return v
}

// many returns n values of every width, always the same.
func many(n int) []spec.Value {
	out := make([]spec.Value, n)
	x := uint64(n)
	for i := range out {
		for k := i % 32; k < 32; k++ {
			x = x*6364136223846793005 + 1442695040888963407
			out[i][k] = byte(x >> 56)
		}
	}
	return out
}
