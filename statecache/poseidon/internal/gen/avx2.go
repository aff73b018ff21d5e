package main

import (
	"fmt"
	"math"
	"math/big"
)

// Memory of the kernel: lanes of six limbs, first the eight of the state.
const (
	vec      = 32 // bytes of a ymm register
	slots    = nLimbs + 1
	laneSize = slots * vec

	laneAcc   = 10 // power under way, of each lane
	laneTotal = 8  // sum of lanes 1 to 7, in the partial rounds
	laneSum   = 9  // sum of all lanes, reduced
	lanes     = 18
)

// Bounds of what is kept between bodies, in units: every body is built on the
// assumption that its inputs keep them and is checked to leave them kept.
var (
	limbMax = float64(half + 16)
	topMax  = math.Ldexp(1, 50) * 0.62 // limb 4 of a reduced value
	laneTop = math.Ldexp(1, 50) * 0.62 // limb 5 of a lane in the partial rounds
)

type avx2 struct {
	tab    *table
	num    *table
	diag0  *big.Int
	others digitsAll // the diagonal of lanes 1 to 7
}

// digitsAll are the constants of several lanes, laid out alike, and the bounds
// that hold for all of them.
type digitsAll struct {
	words []float64
	d     []digitsAt
	high  [nLimbs]float64 // bounds of what a column passes on, over the lanes
}

func (g *avx2) body() *builder { return &builder{prog: &prog{}, tab: g.tab, num: g.num} }

func slot(base string, lane, k int) mem { return mem{base: base, off: lane*laneSize + k*vec} }

func reducedBound(k int) float64 {
	if k == 4 {
		return topMax
	}
	return limbMax
}

// loadReduced loads a reduced value (five limbs).
func (b *builder) loadReduced(base string, lane int) []limb {
	x := make([]limb, nLimbs)
	for k := range x {
		x[k] = b.load(slot(base, lane, k), reducedBound(k), k)
	}
	return x
}

func (b *builder) storeReduced(base string, lane int, x []limb) {
	for k := range nLimbs {
		b.storeLimb(base, lane, x[k], reducedBound(k))
	}
}

func (b *builder) storeLimb(base string, lane int, x limb, bound float64) {
	if x.max > bound {
		panic(fmt.Sprintf("limb %d of %s may reach %.5f of 2^50, not %.5f", x.col, base, x.max/half, bound/half))
	}
	b.store(slot(base, lane, x.col), x.v)
}

// addKey adds a round key (five balanced digits at off) to x.
func (b *builder) addKey(x []limb, off int) []limb {
	out := append([]limb(nil), x...)
	for k := range nLimbs {
		rc := limb{b.emit(opLoad, at(mem{"rc", off + 8*k, true}), arg{}, arg{}), half, k}
		out[k] = b.add(x[k], rc)
	}
	return out
}

// multiply returns the steps of a product, from its columns to its reduced
// value: steps 0 and 2 are long and wide, the others short and narrow.
func (b *builder) multiply(start func() *columns, done func([]limb)) []func() {
	var c *columns
	var x []limb
	var rd *reduction
	return []func(){
		func() { c = start() },
		func() { x = append(c.out[:nLimbs:nLimbs], b.carry(c.out[nLimbs:])...) },
		func() { c = b.fold(x, x[nLimbs:]); c.rows(0, nLimbs) },
		func() { rd = b.reduction(c.out) },
		func() { rd.multiply() },
		func() { done(rd.result()) },
	}
}

// reducedAt is a reduced value in memory as factors.
func reducedAt(base string, lane int) []operand {
	x := make([]operand, nLimbs)
	for k := range x {
		x[k] = operand{limb{max: reducedBound(k), col: k}, slot(base, lane, k)}
	}
	return x
}

func (b *builder) productOf(x, y []operand) *columns {
	c := b.product(x, y)
	c.rows(0, nLimbs)
	return c
}

func (b *builder) squareOf(x []operand) *columns {
	c, double := b.square(x)
	for row := range nLimbs {
		if row < nLimbs-1 {
			double(row)
		}
		c.rows(row, row+1)
	}
	return c
}

// alternate runs the lists in turn.
func alternate(lists ...[]func()) {
	for i := 0; ; i++ {
		any := false
		for _, l := range lists {
			if i < len(l) {
				l[i]()
				any = true
			}
		}
		if !any {
			return
		}
	}
}

// squarePair squares two values at "ax" into the powers of "walk".
func (g *avx2) squarePair() *prog {
	b := g.body()
	var steps [2][]func()
	for i := range steps {
		steps[i] = b.multiply(func() *columns { return b.squareOf(reducedAt("ax", i)) },
			func(x []limb) { b.storeReduced("walk", laneAcc+i, x) })
	}
	alternate(steps[0], steps[1])
	return b.prog
}

// productPair multiplies two values at "walk" by their powers.
func (g *avx2) productPair() *prog {
	b := g.body()
	var steps [2][]func()
	for i := range steps {
		steps[i] = b.multiply(func() *columns { return b.productOf(reducedAt("walk", i), reducedAt("walk", laneAcc+i)) },
			func(x []limb) { b.storeReduced("walk", i, x) })
	}
	alternate(steps[0], steps[1])
	return b.prog
}

// Bounds of a lane that the external matrix left: limbs 0 to 4, and limb 5.
const (
	mixedMax = 5.001 * half
	mixedTop = 32
)

// external is the matrix circ(2·M4, M4), column of limbs by column; what it
// leaves has six limbs and a value of up to 48 p.
func (g *avx2) external() *prog {
	b := g.body()
	var in [2][6]limb // what the column before carried, by half and sum
	for k := range slots {
		var s [8]limb
		if k < nLimbs {
			for i := range s {
				s[i] = b.load(slot("scr", i, k), reducedBound(k), k)
			}
		}
		for h := range 2 {
			cut := func(i int, x limb) limb {
				if k == slots-1 {
					return b.add(x, in[h][i])
				}
				low, high := b.split(x)
				low = b.add(low, in[h][i])
				in[h][i] = high
				return low
			}
			var t [4]limb
			for i := range t {
				x, y := s[4*h+i], s[4*(1-h)+i]
				t[i] = b.add(b.add(x, y), x)
			}
			a := cut(0, b.add(t[0], t[1]))
			e := cut(1, b.add(t[2], t[3]))
			c := cut(2, b.scaleAdd(2, t[1], e))
			d := cut(3, b.scaleAdd(2, t[3], a))
			a4 := b.scaleAdd(4, a, c)
			b4 := b.scaleAdd(4, e, d)
			bound := mixedMax
			if k == slots-1 {
				bound = mixedTop
			}
			for i, x := range [4]limb{cut(4, b.add(d, a4)), a4, cut(5, b.add(c, b4)), b4} {
				b.storeLimb("scr", 4*h+i, x, bound)
			}
		}
	}
	return b.prog
}

// settle adds the next round's keys to two lanes of the matrix's and reduces.
func (g *avx2) settle() *prog {
	b := g.body()
	var rd [2]*reduction
	for i := range rd {
		x := make([]limb, slots)
		for k := range x {
			x[k] = b.load(slot("walk", i, k), mixedMax, k)
		}
		x[5].max = mixedTop
		rd[i] = b.reduction(b.addKey(x, i*8*nLimbs))
	}
	for i := range rd {
		rd[i].multiply()
	}
	for i := range rd {
		b.storeReduced("walk", i, rd[i].result())
	}
	return b.prog
}

// Bounds of a lane's product before the sum of the lanes is added and carried.
const rawMax = 5.9 * half

// lane returns the steps of one lane of the internal matrix: x at "walk" times
// the diagonal at "diag", left uncarried.
func (b *builder) lane(i int, all digitsAll) []func() {
	var c *columns
	return []func(){
		func() {
			x := make([]operand, slots)
			d := append([]digitsAt(nil), all.d...)
			for j := range x {
				x[j] = operand{limb{max: limbMax, col: j}, slot("walk", i, j)}
				for k := range d[j].at {
					d[j].at[k].off += i * slots * nLimbs * 8
				}
			}
			x[5].max = laneTop
			c = b.linear(nil, x, d, rawMax)
			c.rows(0, 3)
		},
		func() {
			c.rows(3, slots)
			c.out[5].max = math.Min(c.out[5].max, all.high[4])
			for k, x := range c.out {
				bound := float64(rawMax)
				if k == 5 {
					bound = laneTop - 8
				}
				b.storeLimb("walk", i, x, bound)
			}
		},
	}
}

// power multiplies the values at "ax" and "ay" into laneAcc, and meanwhile two
// lanes of the partial round by their diagonal: three times of this are the
// S-box and six lanes.
func (g *avx2) power() *prog {
	b := g.body()
	m := b.multiply(func() *columns { return b.productOf(reducedAt("ax", 0), reducedAt("ay", 0)) },
		func(x []limb) { b.storeReduced("scr", laneAcc, x) })
	l0, l1 := b.lane(0, g.others), b.lane(1, g.others)
	for _, f := range []func(){m[0], m[1], l0[0], m[2], m[3], l0[1], m[4], l1[0], m[5], l1[1]} {
		f()
	}
	return b.prog
}

// tail is the rest of a partial round: the seventh lane, lane 0, and the sum
// of all lanes to each.
func (g *avx2) tail() *prog {
	b := g.body()
	l7 := b.lane(0, g.others)
	total := make([]limb, slots)
	for k := range total {
		total[k] = b.load(slot("scr", laneTotal, k), 7*limbMax, k)
	}
	total[5].max = 7 * laneTop
	rt := b.reduction(b.trim(total))
	l7[0]()
	rt.multiply()
	l7[1]()
	others := rt.result()
	v := b.loadReduced("scr", laneAcc)
	c := b.linear(nil, inRegisters(v), g.diagonal0(b), 3*half)
	c.rows(0, nLimbs)
	all := make([]limb, nLimbs)
	for k := range all {
		all[k] = b.add(others[k], v[k])
		b.storeLimb("scr", laneSum, all[k], 2*limbMax)
	}
	x0 := c.out
	for k := range nLimbs {
		x0[k] = b.add(x0[k], all[k])
	}
	r0 := b.reduction(b.addKey(x0, 0))
	sum := make([]limb, slots)
	finish := func(i int) {
		y := make([]limb, slots)
		for k := range y {
			y[k] = b.load(slot("scr", i, k), rawMax, k)
			if k < nLimbs {
				y[k] = b.add(y[k], all[k])
			}
		}
		y[5].max = laneTop - 8
		for k, z := range b.carry(y) {
			bound := limbMax
			if k == 5 {
				bound = laneTop
			}
			b.storeLimb("scr", i, z, bound)
			sum[k] = b.add(sum[k], z)
		}
	}
	finish(1)
	finish(2)
	r0.multiply()
	finish(3)
	finish(4)
	b.storeReduced("scr", 0, r0.result())
	for i := 5; i < 8; i++ {
		finish(i)
	}
	b.storeTotal(sum)
	return b.prog
}

func (b *builder) storeTotal(sum []limb) {
	for k := range sum {
		bound := 7 * limbMax
		if k == 5 {
			bound = 7 * laneTop
		}
		b.storeLimb("scr", laneTotal, sum[k], bound)
	}
}

func (g *avx2) diagonal0(b *builder) []digitsAt {
	var d []digitsAt
	for j := range nLimbs {
		d = append(d, b.pooled(g.diag0, j))
	}
	return d
}

// enter prepares the partial rounds: limb 5 of lanes 1 to 7, and their sum.
func (g *avx2) enter() *prog {
	b := g.body()
	zero := b.load(b.tab.at(0), 0, 5)
	sum := make([]limb, slots)
	for i := 1; i < 8; i++ {
		for k, x := range b.loadReduced("scr", i) {
			sum[k] = b.add(sum[k], x)
		}
		b.storeLimb("scr", i, zero, laneTop)
	}
	sum[5] = zero
	b.storeTotal(sum)
	return b.prog
}

// scale multiplies one value by c: five limbs at src to a reduced one at dst.
func (g *avx2) scale(src, dst string, c *big.Int) *prog {
	b := g.body()
	x := make([]operand, nLimbs)
	var d []digitsAt
	for k := range x {
		x[k] = operand{limb{max: limbMax, col: k}, mem{base: src, off: k * vec}}
		d = append(d, b.pooled(c, k))
	}
	cs := b.linear(nil, x, d, 6*half)
	cs.rows(0, nLimbs)
	b.storeReduced(dst, 0, b.reduce(cs.out))
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
