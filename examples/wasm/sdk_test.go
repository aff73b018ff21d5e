package examples_test

import (
	"encoding/binary"
	"math"
	"math/big"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"vmhost/examples/wasm/spec"
	"vmhost/statecache"
)

// The helpers that no example calls are called by a guest of their own.
func TestHelpers(t *testing.T) {
	eng := newEngine(t)
	modules := map[string][]byte{}
	for _, file := range []string{"helpers.c.wasm", "helpers.as.wasm"} {
		wasm, err := os.ReadFile("sdk/testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		modules[file] = wasm
	}
	word := rapid.OneOf(rapid.SampledFrom([]uint64{0, 1, 1 << 63, math.MaxUint64}), rapid.Uint64())
	value := rapid.Custom(func(t *rapid.T) (v spec.Value) {
		for i := range 4 {
			binary.BigEndian.PutUint64(v[8*i:], word.Draw(t, "word"))
		}
		return v
	})
	rapid.Check(t, func(rt *rapid.T) {
		a, b := value.Draw(rt, "a"), value.Draw(rt, "b")
		if rapid.Bool().Draw(rt, "nearly equal") {
			b = a
			b[rapid.IntRange(0, 31).Draw(rt, "byte")] ^= byte(rapid.IntRange(0, 1).Draw(rt, "flip"))
		}
		job := spec.Job{Block: rapid.Uint64Range(0, statecache.MaxHeight).Draw(rt, "block"), Collections: map[string][]spec.Value{"values": {a, b}}}
		want := helpers(job.Block, a, b)
		for file, wasm := range modules {
			if got, _ := eng.run(rt, wasm, job); !same(got, want) {
				rt.Fatalf("%s: %+v, want %+v", file, got, want)
			}
		}
	})
}

// helpers is what sdk/testdata/helpers.c writes.
func helpers(block uint64, a, b spec.Value) spec.Outcome {
	x, y := new(big.Int).SetBytes(a[:]), new(big.Int).SetBytes(b[:])
	flag := func(b bool) uint64 {
		if b {
			return 1
		}
		return 0
	}
	// The last 8 bytes of a are its least word; read the other way round it is reversed.
	swapped := binary.LittleEndian.Uint64(a[24:])
	sum := new(big.Int).Add(x, y)
	carry := sum.BitLen() > 256
	out := spec.Done(block, flag(x.Cmp(y) < 0), flag(x.Cmp(y) == 0), swapped, flag(carry))
	low := sum.SetBit(sum, 256, 0).FillBytes(make([]byte, 32))
	slices.Reverse(low)
	out.Journal = append(out.Journal, low...)
	return out
}
