package main

import (
	"fmt"
	"math"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
)

func bigOf(e *fr.Element) *big.Int { return e.BigInt(new(big.Int)) }

// orderKeys lays the round keys out in the order in which kernels add them,
// five words each.
func orderKeys(p *poseidon2.Parameters, digits func(*fr.Element) [nLimbs]uint64) []uint64 {
	var out []uint64
	put := func(e *fr.Element) {
		d := digits(e)
		out = append(out, d[:]...)
	}
	row := func(keys []fr.Element) {
		for i := range 8 {
			var e fr.Element
			if i < len(keys) {
				e = keys[i]
			}
			put(&e)
		}
	}
	for r := range 5 {
		row(p.RoundKeys[r])
	}
	for r := 5; r < 61; r++ {
		put(&p.RoundKeys[r][0])
	}
	row(p.RoundKeys[61]) // lane 0 by the last partial round, the others after it
	for r := 62; r < 65; r++ {
		row(p.RoundKeys[r])
	}
	row(nil)
	return out
}

// diagonals lays out the diagonal of lanes 1 to 7.
func diagonals(p *poseidon2.Parameters) digitsAll {
	out := digitsAll{d: make([]digitsAt, slots)}
	for i := 1; i < 8; i++ {
		var high [nLimbs]float64
		for j := range slots {
			scaled, m := shifted(bigOf(&p.DiagM1[i]), j)
			out.words = append(out.words, scaled[:]...)
			for k := range m {
				out.d[j].max[k] = math.Max(out.d[j].max[k], m[k])
				out.d[j].at[k] = mem{"diag", (j*nLimbs + k) * 8, true}
				bound := limbMax
				if j == nLimbs {
					bound = laneTop
				}
				high[k] = up(high[k] + up(bound*m[k]))
			}
		}
		for k := range high { // the column's sum less what is left low in it
			out.high[k] = math.Max(out.high[k], high[k]/(2*half)+8)
		}
	}
	return out
}

func generateAVX2() string {
	p := poseidon2.NewParameters(8, 8, 57)
	g := &avx2{tab: newTable("tab", vec), num: newTable("num", 8), diag0: bigOf(&p.DiagM1[0]), others: diagonals(p)}
	mont := new(big.Int).Lsh(big.NewInt(1), 256)
	out := newPrinter(vec, "Y")
	l := &layout{
		name: "permuteAVX2", state: "state4", lane: laneSize, vec: vec, out: out,
		first: fmt.Sprintf("\tVMOVUPD %s, Y15\n", out.mem(g.tab.at(1))), // stays there
		finish: func(p *prog) {
			balance(p)
			allocate(out, p, 15)
		},
		body: map[string]func() *prog{
			"in":          func() *prog { return g.scale("st", "walk", new(big.Int).ModInverse(mont, modulus)) },
			"out":         func() *prog { return g.scale("scr", "st", mont) },
			"square pair": g.squarePair, "product pair": g.productPair, "external": g.external, "settle": g.settle,
			"enter": g.enter, "power": g.power, "tail": g.tail, "leave": g.leave,
		},
		diagonal: bitsOf(g.others.words), keys: orderKeys(p, func(e *fr.Element) (out [nLimbs]uint64) {
			for k, d := range digits(centered(bigOf(e))) {
				out[k] = math.Float64bits(d * weight(k))
			}
			return out
		}),
	}
	l.text()
	l.table, l.digits = g.tab.words, g.num.words
	return l.assemble()
}

func bitsOf(f []float64) []uint64 {
	out := make([]uint64, len(f))
	for i := range f {
		out[i] = math.Float64bits(f[i])
	}
	return out
}
