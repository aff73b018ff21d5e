// Package movingaverage holds the example guest moving-average: the simple and
// the exponential average of the latest values. README.md describes it.
package movingaverage

import (
	_ "embed"
	"encoding/binary"
	"math/big"
	"math/rand/v2"

	"vmhost/examples/wasm/spec"
)

// Name is the example's name, Collection the collection that it reads.
const (
	Name       = "moving-average"
	Collection = "prices"
)

// clang-19 --target=wasm32 -mcpu=mvp -std=c17 -O2 -ffreestanding -nostdlib -Wl,--no-entry -Wl,--strip-all -Wl,-z,stack-size=4096 -Wl,--initial-memory=65536 -Wl,--max-memory=65536 -o moving-average.c.wasm moving-average.c
//
//go:embed moving-average.c.wasm
var cWasm string

// asc moving-average.ts -o moving-average.as.wasm --config none --runtime stub --use abort= --noAssert -O3 --converge --disable sign-extension --disable bulk-memory --disable nontrapping-f2i --initialMemory 1 --maximumMemory 1
//
//go:embed moving-average.as.wasm
var asWasm string

// C returns the module compiled from C.
func C() []byte { return []byte(cWasm) }

// AssemblyScript returns the module compiled from AssemblyScript.
func AssemblyScript() []byte { return []byte(asWasm) }

// Input encodes the parameters: window in values, weight in 1/65536.
func Input(window, weight uint32) []byte {
	b := binary.LittleEndian.AppendUint32(nil, window)
	return binary.LittleEndian.AppendUint32(b, weight)
}

// Reference computes what a run of the guest must give, from the words of
// README.md rather than from the guest's code.
func Reference(j spec.Job) spec.Outcome {
	n, trap := j.Len(Collection)
	if trap != "" {
		return spec.Trapped(trap)
	}
	if len(j.Input) != 8 {
		return spec.Failed(1)
	}
	window := uint64(binary.LittleEndian.Uint32(j.Input))
	weight := uint64(binary.LittleEndian.Uint32(j.Input[4:]))
	if window == 0 || window > 65536 || window > uint64(n) || weight == 0 || weight > 65536 {
		return spec.Failed(2)
	}
	sum, ema := new(big.Int), new(big.Int)
	tooGreat := false
	for i := n - int(window); i < n; i++ {
		u, trap := j.U64(Collection, i)
		if trap != "" {
			return spec.Trapped(trap)
		}
		tooGreat = tooGreat || u >= 1<<47
		v := new(big.Int).SetUint64(u)
		sum.Add(sum, v)
		if i == n-int(window) {
			ema.Set(v)
			continue
		}
		v.Mul(v, new(big.Int).SetUint64(weight))
		ema.Mul(ema, new(big.Int).SetUint64(65536-weight)).Add(ema, v)
		ema.Add(ema, big.NewInt(32768)).Rsh(ema, 16)
	}
	if tooGreat {
		return spec.Failed(3)
	}
	sum.Div(sum, new(big.Int).SetUint64(window))
	return spec.Done(j.Block, window|weight<<32, sum.Uint64(), ema.Uint64())
}

// Jobs returns jobs worth running: ordinary ones, edges, and failures.
func Jobs() []spec.Job {
	job := func(name string, input []byte, prices ...uint64) spec.Job {
		return spec.Job{Name: name, Block: 21_925_176, Input: input, Collections: map[string][]spec.Value{Collection: spec.U64s(prices...)}}
	}
	wide := job("a price above 64 bits", Input(2, 1), 1, 2, 3)
	wide.Collections[Collection][2] = spec.Wide()
	unread := job("a price above 64 bits outside the window", Input(2, 1), 1, 2, 3)
	unread.Collections[Collection][0] = spec.Wide()
	const top = 1<<47 - 1
	return []spec.Job{
		job("last 3 of 5", Input(3, 32768), 9, 9, 100, 200, 400),
		job("window of 1", Input(1, 7), 3, 5),
		job("window of all", Input(2, 65536), 3, 5),
		job("least weight", Input(4, 1), 1, 1<<20, 1<<21, 1<<22),
		job("greatest weight", Input(4, 65536), 1, 1<<20, 1<<21, 1<<22),
		job("rounding up at one half", Input(2, 32768), 0, 1),
		job("greatest values", Input(3, 65535), top, top, top),
		job("32 prices", Input(32, 4096), prices(32)...),
		job("200 of 300 prices", Input(200, 4096), prices(300)...),
		unread,
		job("no input", nil, 1),
		job("7 bytes of input", Input(1, 1)[:7], 1),
		job("9 bytes of input", append(Input(1, 1), 0), 1),
		job("window of 0", Input(0, 1), 1),
		job("window of 2^32-1", Input(1<<32-1, 1), 1),
		job("window longer than the collection", Input(3, 1), 1, 2),
		job("empty collection", Input(1, 1)),
		job("weight of 0", Input(1, 0), 1),
		job("weight of 65537", Input(1, 65537), 1),
		job("value of 2^47 first", Input(2, 1), 1<<47, 1),
		job("value of 2^64-1 last", Input(2, 1), 1, 1<<64-1),
		wide,
		{Name: "no such collection", Input: Input(1, 1)},
	}
}

// prices returns n prices around 2,500 in millionths, always the same.
func prices(n int) []uint64 {
	r := rand.New(rand.NewPCG(uint64(n), 1)) //nolint:gosec // must always be the same
	out := make([]uint64, n)
	p := uint64(2_500_000_000)
	for i := range out {
		p += r.Uint64N(20_000_001) - 10_000_000
		out[i] = p
	}
	return out
}
