package main

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
)

// The IFMA kernel permutes eight states: limbs are whole numbers of radix 2^52
// in 64-bit lanes, and a product of two limbs is two instructions, one for its
// low and one for its high 52 bits, that add to a 64-bit column. Factors must
// be below 2^52, so what is multiplied is carried before; sums are not. The
// emulator in the kernel's tests refuses a factor above and a column's overflow.
//
// A value x is kept as x·2^52 mod p. Bounds, with p < 2^253.6: a product by
// constants is Σ x_j·C_j of n limbs x_j < 2^52 and C_j < p, so below n·2^52·p,
// and one step of Montgomery's reduction divides it by 2^52 and adds less than
// p: at most 6 p of five limbs, 7 p of six. A folded product has five such
// terms and 2^260 < 2^7·p besides: 7 p. Lane 0 adds lane 0's own 6 p, the sum
// of all (7 p of the others, 7 p of the S-box) and a key: 21 p < 2^258.1, whose
// limb 4 is below 2^50.1 and whose square is below 2^517, so that column 9 is
// below 2^49. A lane of the partial rounds keeps six limbs: below 5·2^52·p +
// x_5·p + 14 p, so that x_5 < 2^48.1; the sum of seven has x_5 < 2^51. The
// matrix leaves 48·7 p < 2^262, limb 5 of it below 4. The widest column is one of
// twelve products' halves and a start: below 2^56.
const (
	zvec   = 64
	zLane  = slots * zvec
	zRadix = 52
)

type ifma struct {
	num   *table
	diag0 *big.Int
	diag  []uint64
}

type zbuilder struct {
	*prog
	num *table
}

func (g *ifma) body() *zbuilder { return &zbuilder{&prog{}, g.num} }

func zslot(base string, lane, k int) mem { return mem{base: base, off: lane*zLane + k*zvec} }

func (b *zbuilder) load(m mem) int { return b.emit(opLoad, at(m), arg{}, arg{}) }

func (b *zbuilder) loads(base string, lane, n int) []int {
	x := make([]int, n)
	for k := range x {
		x[k] = b.load(zslot(base, lane, k))
	}
	return x
}

func (b *zbuilder) stores(base string, lane int, x []int) {
	for k, v := range x {
		b.store(zslot(base, lane, k), v)
	}
}

// add adds columns; 0 stands for none.
func (b *zbuilder) add(x, y int) int {
	switch {
	case x == 0:
		return y
	case y == 0:
		return x
	}
	return b.emit(opAddQ, r(x), r(y), arg{})
}

func (b *zbuilder) adds(x, y []int) []int {
	out := append([]int(nil), x...)
	for k := range y {
		out[k] = b.add(x[k], y[k])
	}
	return out
}

func (b *zbuilder) key(x []int, off int) []int {
	out := append([]int(nil), x...)
	for k := range nLimbs {
		out[k] = b.emit(opAddQ, r(x[k]), at(mem{"rc", off + 8*k, true}), arg{})
	}
	return out
}

// carry makes limbs of columns: all but the last below 2^52, the last as large
// as the value is.
func (b *zbuilder) carry(x []int) []int {
	out := append([]int(nil), x...)
	for k := range len(x) - 1 {
		c := b.emit(opSrl, r(out[k]), arg{}, arg{})
		out[k+1] = b.add(out[k+1], c)
		out[k] = b.emit(opAnd, r(out[k]), arg{}, arg{})
	}
	return out
}

// zcolumns is a product under way. Low and high halves add up apart, so that
// chains are shorter.
type zcolumns struct {
	b      *zbuilder
	lo, hi []int
}

func (b *zbuilder) columns(n int, start []int) *zcolumns {
	c := &zcolumns{b, make([]int, n), make([]int, n)}
	copy(c.lo, start)
	return c
}

func (c *zcolumns) mul(x, y arg, k int) {
	acc := func(o op, v *int) {
		if *v == 0 {
			*v = c.b.emit(opZero, arg{}, arg{}, arg{})
		}
		*v = c.b.emit(o, x, y, r(*v))
	}
	acc(opLo, &c.lo[k])
	acc(opHi, &c.hi[k+1])
}

func (c *zcolumns) sum() []int { return c.b.adds(c.lo, c.hi) }

// product is the ten columns of x*y, both in memory.
func (b *zbuilder) product(xBase string, xLane int, yBase string, yLane int) []int {
	c := b.columns(2*nLimbs, nil)
	for i := range nLimbs {
		x := r(b.load(zslot(xBase, xLane, i)))
		for j := range nLimbs {
			c.mul(x, at(zslot(yBase, yLane, j)), i+j)
		}
	}
	return c.sum()
}

// zdigits is 2^(52 j) c mod p in five limbs.
func zdigits(c *big.Int, j int) (d [nLimbs]uint64) {
	c = new(big.Int).Lsh(c, uint(zRadix*j))
	c.Mod(c, modulus)
	for k := range d {
		d[k] = c.Uint64() & (1<<zRadix - 1)
		c.Rsh(c, zRadix)
	}
	return d
}

// linear is start + Σ x_j · (2^(52(j+from)) c mod p), six columns.
func (b *zbuilder) linear(start, x []int, from int, c *big.Int) []int {
	cs := b.columns(slots, start)
	for j := range x {
		for k, d := range zdigits(c, from+j) {
			cs.mul(r(x[j]), at(b.num.word64(d)), k)
		}
	}
	return cs.sum()
}

// montgomery divides six columns by 2^52 modulo p: five columns.
func (b *zbuilder) montgomery(x []int) []int {
	r52 := new(big.Int).Lsh(big.NewInt(1), zRadix)
	inv := new(big.Int).ModInverse(modulus, r52)
	inv.Sub(r52, inv)
	zero := b.emit(opZero, arg{}, arg{}, arg{})
	low := b.emit(opAnd, r(x[0]), arg{}, arg{}) // the multiplier would do so, but then no test could see a factor too large
	m := b.emit(opLo, r(low), at(b.num.word64(inv.Uint64())), r(zero))
	c := b.columns(slots, x)
	for k := range nLimbs {
		d := new(big.Int).Rsh(modulus, uint(zRadix*k)).Uint64() & (1<<zRadix - 1)
		c.mul(r(m), at(b.num.word64(d)), k)
	}
	z := c.sum()
	z[1] = b.add(z[1], b.emit(opSrl, r(z[0]), arg{}, arg{}))
	return z[1:]
}

// multiply returns the steps of a product in memory, carried at the end.
func (b *zbuilder) multiply(xBase string, xLane int, yBase string, yLane int, dstBase string, dstLane int) []func() {
	var x []int
	return []func(){
		func() { x = b.product(xBase, xLane, yBase, yLane) },
		func() { x = b.carry(x) },
		func() { x = b.linear(x[:nLimbs], x[nLimbs:], nLimbs, big.NewInt(1)) },
		func() { x = b.montgomery(x) },
		func() { b.stores(dstBase, dstLane, b.carry(x)) },
	}
}

func (g *ifma) squarePair() *prog {
	b := g.body()
	alternate(b.multiply("ax", 0, "ax", 0, "walk", laneAcc), b.multiply("ax", 1, "ax", 1, "walk", laneAcc+1))
	return b.prog
}

func (g *ifma) productPair() *prog {
	b := g.body()
	alternate(b.multiply("walk", 0, "walk", laneAcc, "walk", 0), b.multiply("walk", 1, "walk", laneAcc+1, "walk", 1))
	return b.prog
}

// external leaves columns of up to 48·2^52, of a value of up to 48·8 p.
func (g *ifma) external() *prog {
	b := g.body()
	double := func(x int) int { return b.add(x, x) }
	for k := range nLimbs {
		var s [8]int
		for i := range s {
			s[i] = b.load(zslot("scr", i, k))
		}
		for h := range 2 {
			var t [4]int
			for i := range t {
				t[i] = b.add(double(s[4*h+i]), s[4*(1-h)+i])
			}
			a, e := b.add(t[0], t[1]), b.add(t[2], t[3])
			c, d := b.add(double(t[1]), e), b.add(double(t[3]), a)
			b4, a4 := b.add(double(double(e)), d), b.add(double(double(a)), c)
			for i, x := range [4]int{b.add(d, a4), a4, b.add(c, b4), b4} {
				b.store(zslot("scr", 4*h+i, k), x)
			}
		}
	}
	return b.prog
}

// reduce brings carried limbs to below 7 p, uncarried, keeping the value.
func (b *zbuilder) reduce(x []int) []int {
	return b.montgomery(b.linear(nil, x, 0, new(big.Int).Lsh(big.NewInt(1), zRadix)))
}

func (b *zbuilder) withTop(x []int) []int { return append(x, b.emit(opZero, arg{}, arg{}, arg{})) }

func (g *ifma) settle() *prog {
	b := g.body()
	for i := range 2 {
		x := b.carry(b.withTop(b.loads("walk", i, nLimbs)))
		b.stores("walk", i, b.carry(b.key(b.reduce(x), i*8*nLimbs)))
	}
	return b.prog
}

func (g *ifma) enter() *prog {
	b := g.body()
	var sum []int
	zero := b.emit(opZero, arg{}, arg{}, arg{})
	for i := 1; i < 8; i++ {
		x := b.loads("scr", i, nLimbs)
		if sum == nil {
			sum = x
		} else {
			sum = b.adds(sum, x)
		}
		b.store(zslot("scr", i, nLimbs), zero)
	}
	b.stores("scr", laneTotal, append(sum, zero))
	return b.prog
}

// lane multiplies a lane by its diagonal, uncarried.
func (b *zbuilder) lane(i int) []func() {
	c := b.columns(slots, nil)
	rows := func(from, to int) {
		for j := from; j < to; j++ {
			x := r(b.load(zslot("walk", i, j)))
			for k := range nLimbs {
				c.mul(x, at(mem{"diag", ((i*slots+j)*nLimbs + k) * 8, true}), k)
			}
		}
	}
	return []func(){
		func() { rows(0, 3) },
		func() { rows(3, slots); b.stores("walk", i, c.sum()) },
	}
}

func (g *ifma) power() *prog {
	b := g.body()
	m := b.multiply("ax", 0, "ay", 0, "scr", laneAcc)
	l0, l1 := b.lane(0), b.lane(1)
	for _, f := range []func(){m[0], m[1], l0[0], m[2], l0[1], m[3], l1[0], m[4], l1[1]} {
		f()
	}
	return b.prog
}

func (g *ifma) tail() *prog {
	b := g.body()
	l7 := b.lane(0)
	total := b.carry(b.loads("scr", laneTotal, slots))
	l7[0]()
	others := b.reduce(total)
	l7[1]()
	v := b.loads("scr", laneAcc, nLimbs)
	x0 := b.montgomery(b.linear(nil, v, 0, new(big.Int).Lsh(g.diag0, zRadix)))
	all := b.adds(others, v)
	sum := make([]int, slots)
	finish := func(i int) {
		y := b.carry(b.adds(b.loads("scr", i, slots), all))
		b.stores("scr", i, y)
		sum = b.adds(sum, y)
	}
	finish(1)
	finish(2)
	b.stores("scr", 0, b.carry(b.key(b.adds(x0, all), 0)))
	for i := 3; i < 8; i++ {
		finish(i)
	}
	b.stores("scr", laneTotal, sum)
	return b.prog
}

func (g *ifma) leave() *prog {
	b := g.body()
	b.stores("walk", 0, b.carry(b.key(b.reduce(b.loads("walk", 0, slots)), 0)))
	return b.prog
}

func (g *ifma) scale(src, dst string, c *big.Int) *prog {
	b := g.body()
	b.stores(dst, 0, b.carry(b.montgomery(b.linear(nil, b.loads(src, 0, nLimbs), 0, c))))
	return b.prog
}

func generateIFMA() string {
	p := poseidon2.NewParameters(8, 8, 57)
	g := &ifma{num: newTable("num", 8), diag0: bigOf(&p.DiagM1[0])}
	for i := 1; i < 8; i++ {
		for j := range slots {
			d := zdigits(bigOf(&p.DiagM1[i]), j)
			g.diag = append(g.diag, d[:]...)
		}
	}
	out := newPrinter(zvec, "Z")
	mask := g.num.word64(1<<zRadix - 1)
	// Montgomery's 2^256 to 2^52, times what the reduction takes away.
	in := new(big.Int).Lsh(big.NewInt(1), 256)
	in.ModInverse(in, modulus).Lsh(in, 2*zRadix)
	l := &layout{
		name: "permuteIFMA", state: "state8", lane: zLane, vec: zvec, out: out,
		first:  fmt.Sprintf("\tVPBROADCASTQ %s, Z31\n", out.mem(mask)), // stays there
		finish: func(p *prog) { allocate(out, p, 31) },
		body: map[string]func() *prog{
			"in":          func() *prog { return g.scale("st", "walk", in) },
			"out":         func() *prog { return g.scale("scr", "st", new(big.Int).Lsh(big.NewInt(1), 256)) },
			"square pair": g.squarePair, "product pair": g.productPair, "external": g.external, "settle": g.settle,
			"enter": g.enter, "power": g.power, "tail": g.tail, "leave": g.leave,
		},
		diagonal: g.diag, keys: orderKeys(p, func(e *fr.Element) [nLimbs]uint64 {
			return zdigits(new(big.Int).Lsh(bigOf(e), zRadix), 0)
		}),
	}
	l.text()
	l.digits = g.num.words
	return l.assemble()
}
