package main

import (
	"fmt"
	"math"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
)

func bigOf(e *fr.Element) *big.Int { return e.BigInt(new(big.Int)) }

func (g *avx2) emit(name string, p *prog) {
	before, s, rl := g.out.count, g.out.spills, g.out.reloads
	balance(p)
	allocate(g.out, p, 15) // the last holds ones
	g.out.note = append(g.out.note, fmt.Sprintf("%s: %d operations, %d instructions, %d spills, %d reloads", name, len(p.ins), g.out.count-before, g.out.spills-s, g.out.reloads-rl))
}

// keys lays the round keys out in the order in which the kernel adds them.
func keys(p *poseidon2.Parameters) []float64 {
	var out []float64
	put := func(e *fr.Element) {
		for k, d := range digits(centered(bigOf(e))) {
			out = append(out, d*weight(k))
		}
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

// Registers that stand between the addresses they are used for, so that most
// offsets fit a byte: short code is what keeps the processor's decoded copy of
// a loop from overflowing.
const (
	midLane  = 64
	midTable = 128
)

func generateAVX2() string {
	p := poseidon2.NewParameters(8, 8, 57)
	g := &avx2{
		tab: newTable("tab", vec), num: newTable("num", 8), diag0: bigOf(&p.DiagM1[0]), others: diagonals(p),
		out: &printer{
			width: vec, reg: "Y",
			bases: map[string]string{
				"tab": "R8", "rc": "R9", "scr": "R10", "walk": "R11", "num": "R12", "ax": "R13", "ay": "SI", "spill": "R15", "st": "DI", "diag": "AX",
			},
			mid: map[string]int{"tab": midTable, "num": midTable, "diag": midTable, "walk": midLane, "ax": midLane, "ay": midLane, "spill": midTable},
		},
	}
	mont := new(big.Int).Lsh(big.NewInt(1), 256)
	o := g.out
	o.raw("\n\tVMOVUPD %s, Y15", o.mem(g.tab.at(1)))
	g.walk("in", 0, 8, func() {
		g.emit("in", g.scale("st", "walk", new(big.Int).ModInverse(mont, modulus)))
		o.raw("\tADDQ $%d, DI\n\tADDQ $%d, R11", nLimbs*vec, laneSize)
	})
	o.raw("\tXORQ DX, DX\n\tMOVQ $1, BX\n\tJMP matrix\nfull:\n\tMOVQ $4, BX\nround:")
	g.fullRound()
	o.raw("\tDECQ BX\n\tJNZ round\n\tINCQ DX\n\tCMPQ DX, $1\n\tJEQ full\n\tCMPQ DX, $3\n\tJEQ done")
	g.emit("enter", g.enter())
	o.raw("\tMOVQ $57, CX\npartial:")
	g.partialRound()
	o.raw("\tDECQ CX\n\tJNZ partial")
	g.walk("leave", 1, 7, func() {
		g.emit("leave", g.leave())
		o.raw("\tADDQ $%d, R9\n\tADDQ $%d, R11", nLimbs*8, laneSize)
	})
	o.raw("\tJMP full\ndone:\n\tMOVQ st+0(FP), DI")
	g.emit("out", g.scale("scr", "st", mont))
	o.raw("\tVZEROUPPER\n\tRET")
	return assemble(g, keys(p))
}

// walk writes a loop of n runs, with R11 at a lane at first.
func (g *avx2) walk(label string, lane, n int, body func()) {
	g.out.raw("\tLEAQ %d(R10), R11\n\tMOVQ $%d, CX\n\tPCALIGN $64\n%s:", lane*laneSize+midLane, n, label)
	body()
	g.out.raw("\tDECQ CX\n\tJNZ %s", label)
}

// fullRound is eight S-boxes (two squarings and a product of pairs of lanes)
// and, from the label matrix on, the matrix and the next keys.
func (g *avx2) fullRound() {
	o := g.out
	const two = 2 * laneSize
	o.raw("\tLEAQ %d(R10), R13\nsquares:", midLane)
	g.walk("square", 0, 4, func() {
		g.emit("square pair", g.squarePair())
		o.raw("\tADDQ $%d, R11\n\tADDQ $%d, R13", two, two)
	})
	// R13 ran over the state, and runs over the powers the second time.
	o.raw("\tSUBQ R11, R13\n\tJNE products\n\tLEAQ %d(R10), R13\n\tJMP squares\nproducts:", laneAcc*laneSize+midLane)
	g.walk("product", 0, 4, func() {
		g.emit("product pair", g.productPair())
		o.raw("\tADDQ $%d, R11", two)
	})
	o.raw("matrix:")
	g.emit("external", g.external())
	g.walk("settle", 0, 4, func() {
		g.emit("settle", g.settle())
		o.raw("\tADDQ $%d, R11\n\tADDQ $%d, R9", two, 2*8*nLimbs)
	})
}

// partialRound runs power three times, with x·x, x²·x² and x⁴·x, and tail.
func (g *avx2) partialRound() {
	o := g.out
	o.raw("\tLEAQ avx2Diagonal<>+%d(SB), AX\n\tLEAQ %d(R10), R13\n\tMOVQ R13, SI\n\tLEAQ %d(R10), R11\n\tMOVQ $3, BX\n\tPCALIGN $64\npower:", midTable, midLane, laneSize+midLane)
	g.emit("power", g.power())
	o.raw("\tADDQ $%d, R11\n\tADDQ $%d, AX\n\tLEAQ %d(R10), R13\n\tMOVQ R13, SI", 2*laneSize, 2*slots*nLimbs*8, laneAcc*laneSize+midLane)
	o.raw("\tDECQ BX\n\tJZ tail\n\tCMPQ BX, $1\n\tJNE power\n\tLEAQ %d(R10), SI\n\tJMP power\n\tPCALIGN $64\ntail:", midLane)
	g.emit("tail", g.tail())
	o.raw("\tADDQ $%d, R9", nLimbs*8)
}
