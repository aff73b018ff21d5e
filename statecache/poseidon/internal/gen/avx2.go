package main

import (
	"fmt"
	"math"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
)

const (
	vec      = 32         // bytes of a ymm register
	slots    = nLimbs + 1 // limbs kept of a lane of the state
	laneSize = slots * vec
)

// Bounds of what is kept between bodies, in units: every body is built on the
// assumption that its inputs keep them and is checked to leave them kept.
var (
	limbMax = float64(half + 16)
	topMax  = math.Ldexp(1, 50) * 0.62 // limb 4 of a reduced value
	laneTop = math.Ldexp(1, 50) * 0.62 // limb 5 of a lane in the partial rounds
)

type avx2 struct {
	out *printer
	tab *table
}

func (g *avx2) body() *builder { return &builder{prog: &prog{}, tab: g.tab} }

func slot(base string, lane, k int) mem { return mem{base, lane*laneSize + k*vec} }

// loadReduced loads a reduced value (five limbs).
func (b *builder) loadReduced(base string, lane int) []limb {
	x := make([]limb, nLimbs)
	for k := range x {
		x[k] = b.load(slot(base, lane, k), limbMax, k)
	}
	x[4].max = topMax
	return x
}

func (b *builder) storeReduced(base string, lane int, x []limb) {
	for k := range nLimbs {
		bound := limbMax
		if k == 4 {
			bound = topMax
		}
		if x[k].max > bound {
			panic(fmt.Sprintf("limb %d may reach %.5f of 2^50", k, x[k].max/half))
		}
		b.store(slot(base, lane, k), x[k].v)
	}
}

// addKey adds a round key (five balanced digits at off) to x.
func (b *builder) addKey(x []limb, off int) []limb {
	out := append([]limb(nil), x...)
	for k := range nLimbs {
		rc := limb{b.emit(opBcast, at(mem{"rc", off + 8*k}), arg{}, arg{}), half, k}
		out[k] = b.add(x[k], rc)
	}
	return out
}

// sbox returns the steps of x^5 with the state's lane as input, apart, so that
// independent work can stand between them; done gets the reduced result.
func (b *builder) sbox(base string, lane int, done func([]limb)) []func() {
	var x []limb
	steps := []func(){func() { x = b.square(b.loadReduced(base, lane)) }}
	next := []func(){func() { x = b.foldTop(x) }, func() { x = b.reduce(x) }}
	steps = append(steps, next...)
	steps = append(steps, func() { x = b.square(x) })
	steps = append(steps, next...)
	steps = append(steps, func() { x = b.product(x, b.loadReduced(base, lane)) })
	steps = append(steps, next...)
	return append(steps, func() { done(x) })
}

// weave runs the lists in turn, in proportion to their lengths.
func weave(lists ...[]func()) {
	total := 0
	for _, l := range lists {
		total = max(total, len(l))
	}
	at := make([]int, len(lists))
	for i := range total {
		for j, l := range lists {
			for at[j]*total < (i+1)*len(l) {
				l[at[j]]()
				at[j]++
			}
		}
	}
}

// sboxPair raises two neighbouring lanes to the fifth power in place.
func (g *avx2) sboxPair() *prog {
	b := g.body()
	weave(
		b.sbox("walk", 0, func(x []limb) { b.storeReduced("walk", 0, x) }),
		b.sbox("walk", 1, func(x []limb) { b.storeReduced("walk", 1, x) }),
	)
	return b.prog
}

// external is the matrix circ(2·M4, M4), then the next round's keys.
func (g *avx2) external(lane0Only bool) *prog {
	b := g.body()
	var s [8][]limb
	load := func(i int) []limb {
		if s[i] == nil {
			s[i] = append(b.loadReduced("scr", i), limb{col: 5})
		}
		return s[i]
	}
	var out [8][]limb
	for h := range 2 {
		var t [4][]limb
		for i := range 4 {
			lo, hi := load(4*h+i), load(4*(1-h)+i)
			t[i] = make([]limb, slots)
			for k := range slots {
				t[i][k] = b.add(b.add(lo[k], hi[k]), lo[k])
			}
		}
		add := func(x, y []limb) []limb {
			z := make([]limb, len(x))
			for k := range x {
				z[k] = b.add(x[k], y[k])
			}
			return z
		}
		scale := func(f float64, x, y []limb) []limb {
			z := make([]limb, len(x))
			for k := range x {
				z[k] = b.scaleAdd(f, x[k], y[k])
			}
			return z
		}
		a := b.carry(add(t[0], t[1]))
		e := b.carry(add(t[2], t[3]))
		c := b.carry(scale(2, t[1], e))
		d := b.carry(scale(2, t[3], a))
		b4 := scale(4, e, d)
		a4 := scale(4, a, c)
		out[4*h], out[4*h+1], out[4*h+2], out[4*h+3] = b.carry(add(d, a4)), a4, b.carry(add(c, b4)), b4
	}
	for i := range 8 {
		x := out[i]
		if !lane0Only || i == 0 {
			x = b.addKey(x, i*8*nLimbs)
		}
		b.storeReduced("scr", i, b.reduce(x))
	}
	return b.prog
}

// partial is one partial round. Lane 0 holds its value with the round's key
// already added, reduced; lanes 1 to 7 hold six carried limbs.
func (g *avx2) partial(diag [8]*big.Int) *prog {
	b := g.body()
	loadLane := func(i int) []limb {
		x := make([]limb, slots)
		for k := range x {
			x[k] = b.load(slot("scr", i, k), limbMax, k)
		}
		x[5].max = laneTop
		return x
	}
	var y [8][]limb
	var sum []limb
	var work []func()
	for i := 1; i < 8; i++ {
		work = append(work, func() {
			x := loadLane(i)
			if sum == nil {
				sum = x
			} else {
				next := make([]limb, slots)
				for k := range x {
					next[k] = b.add(sum[k], x[k])
				}
				sum = next
			}
			y[i] = b.linear(nil, x, 0, diag[i], 5.9*half)
		})
	}
	work = append(work, func() { sum = b.reduce(b.trim(sum)) })
	var v []limb
	weave(b.sbox("scr", 0, func(x []limb) { v = x }), work)
	for k := range nLimbs {
		sum[k] = b.add(sum[k], v[k])
	}
	y[0] = b.linear(nil, v, 0, diag[0], 3*half)
	for k := range nLimbs {
		y[0][k] = b.add(y[0][k], sum[k])
	}
	x0 := b.reduce(b.addKey(y[0], 0))
	for i := 1; i < 8; i++ {
		for k := range nLimbs {
			y[i][k] = b.add(y[i][k], sum[k])
		}
		y[i] = b.carry(y[i])
		for k := range slots {
			bound := limbMax
			if k == 5 {
				bound = laneTop
			}
			if y[i][k].max > bound {
				panic(fmt.Sprintf("lane %d limb %d may reach %.5f of 2^50", i, k, y[i][k].max/half))
			}
			b.store(slot("scr", i, k), y[i][k].v)
		}
	}
	b.storeReduced("scr", 0, x0)
	return b.prog
}

// scale multiplies one value by c: five limbs at src to a reduced one at dst.
func (g *avx2) scale(src, dst mem, in float64, c *big.Int) *prog {
	b := g.body()
	x := make([]limb, nLimbs)
	for k := range x {
		x[k] = b.load(mem{src.base, src.off + k*vec}, in, k)
	}
	x[4].max = topMax * 2
	b.storeReduced(dst.base, 0, b.reduce(b.linear(nil, x, 0, c, 6*half)))
	return b.prog
}

// leave turns a lane of the partial rounds into a reduced one, key added.
func (g *avx2) leave() *prog {
	b := g.body()
	x := make([]limb, slots)
	for k := range x {
		x[k] = b.load(slot("walk", 0, k), limbMax, k)
	}
	x[5].max = laneTop
	b.storeReduced("walk", 0, b.reduce(b.addKey(x, 0)))
	return b.prog
}

func bigOf(e *fr.Element) *big.Int { return e.BigInt(new(big.Int)) }

func (g *avx2) emit(p *prog) {
	before, s, rl := g.out.count, g.out.spills, g.out.reloads
	allocate(g.out, p, 16)
	g.out.note = append(g.out.note, fmt.Sprintf("%d operations, %d instructions, %d spills, %d reloads", len(p.ins), g.out.count-before, g.out.spills-s, g.out.reloads-rl))
}

// keys lays the round keys out in the order in which the kernel adds them.
func keys(p *poseidon2.Parameters) []float64 {
	var out []float64
	put := func(e *fr.Element) {
		d := digits(centered(bigOf(e)), nLimbs)
		for k := range d {
			out = append(out, d[k]*weight(k))
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

func generateAVX2() string {
	g := &avx2{
		tab: newTable(vec),
		out: &printer{width: vec, reg: "Y", bases: map[string]string{
			"tab": "R8", "rc": "R9", "scr": "R10", "walk": "R11", "st": "DI", "spill": "R12",
		}},
	}
	p := poseidon2.NewParameters(8, 8, 57)
	var diag [8]*big.Int
	for i := range diag {
		diag[i] = bigOf(&p.DiagM1[i])
	}
	// The first lane's x' = sum + diag*x with the others' sum; no constant is special.
	mont := new(big.Int).Lsh(big.NewInt(1), 256)
	inv := new(big.Int).ModInverse(mont, modulus)
	o := g.out
	o.raw("\n\tMOVQ R10, R11\n\tMOVQ $8, CX\nin:")
	g.emit(g.scale(mem{"st", 0}, mem{"walk", 0}, half, inv))
	o.raw("\tADDQ $%d, DI\n\tADDQ $%d, R11\n\tDECQ CX\n\tJNZ in\n\tSUBQ $%d, DI", nLimbs*vec, laneSize, 8*nLimbs*vec)
	o.raw("\tMOVQ $0, DX\n\tMOVQ $1, BX\n\tJMP matrix\nfull:\n\tMOVQ $4, BX\nround:")
	o.raw("\tMOVQ R10, R11\n\tMOVQ $4, CX\npair:")
	g.emit(g.sboxPair())
	o.raw("\tADDQ $%d, R11\n\tDECQ CX\n\tJNZ pair\nmatrix:", 2*laneSize)
	g.emit(g.external(false))
	o.raw("\tADDQ $%d, R9\n\tDECQ BX\n\tJNZ round", 8*nLimbs*8)
	o.raw("\tINCQ DX\n\tCMPQ DX, $1\n\tJEQ full\n\tCMPQ DX, $3\n\tJEQ done")
	o.raw("\tVXORPD Y0, Y0, Y0")
	for i := 1; i < 8; i++ {
		o.raw("\tVMOVUPD Y0, %d(R10)", i*laneSize+5*vec)
	}
	o.raw("\tMOVQ $57, CX\npartial:")
	g.emit(g.partial(diag))
	o.raw("\tADDQ $%d, R9\n\tDECQ CX\n\tJNZ partial", nLimbs*8)
	o.raw("\tLEAQ %d(R10), R11\n\tMOVQ $7, CX\nleave:", laneSize)
	g.emit(g.leave())
	o.raw("\tADDQ $%d, R9\n\tADDQ $%d, R11\n\tDECQ CX\n\tJNZ leave\n\tJMP full\ndone:", nLimbs*8, laneSize)
	g.emit(g.scale(mem{"scr", 0}, mem{"st", 0}, limbMax, mont))
	o.raw("\tVZEROUPPER\n\tRET")
	return assemble(g, keys(p))
}
