package main

import (
	"fmt"
	"math"
	"math/big"
)

// A number is a sum of limbs. Limb k is a double that is a whole multiple of
// its unit 2^(51k): it stands at its true weight, so limbs of one column add
// up, and what a product carries into the next column needs no shift.
//
// Every limb carries a proven bound on its magnitude, in units. The builder
// refuses (panics in the generator) any step whose result might not be exact:
// a sum or an error term must stay at or below 2^53 units.
const (
	radix  = 51
	exact  = 1 << 53          // whole numbers up to here are doubles
	half   = 1 << (radix - 1) // half a unit of the next column
	window = float64(1 << 51) // how far an accumulator may move from its magic number, in units of the next column
	nLimbs = 5
)

type limb struct {
	v   int     // virtual register; 0: the limb is zero
	max float64 // bound in units
	col int
}

// builder emits limb arithmetic into a body.
type builder struct {
	*prog
	tab *table // constants that stand in for registers
	num *table // constants that are loaded
}

func up(x float64) float64 {
	if x == math.Trunc(x) && x < exact {
		return x
	}
	return math.Nextafter(x, math.Inf(1))
}

func weight(col int) float64 { return math.Ldexp(1, radix*col) }

// magic is the number that makes an addition round to units of column col+1.
func (b *builder) magic(col int) mem { return b.tab.at(1.5 * math.Ldexp(1, 52) * weight(col+1)) }

func mustExact(what string, max float64) {
	if max > exact {
		panic(fmt.Sprintf("%s: %.4g units do not fit a double", what, max/half))
	}
}

func (b *builder) load(m mem, max float64, col int) limb {
	return limb{v: b.emit(opLoad, at(m), arg{}, arg{}), max: max, col: col}
}

func (b *builder) add(x, y limb) limb {
	switch {
	case x.v == 0:
		return y
	case y.v == 0:
		return x
	case x.col != y.col:
		panic("columns differ")
	}
	m := up(x.max + y.max)
	mustExact("add", m)
	return limb{b.emit(opAdd, r(x.v), r(y.v), arg{}), m, x.col}
}

// scaleAdd returns k*x + y for a small whole k.
func (b *builder) scaleAdd(k float64, x, y limb) limb {
	if x.v == 0 {
		return y
	}
	m := up(k*x.max + y.max)
	mustExact("scaleAdd", m)
	if y.v == 0 {
		y = b.load(b.tab.at(0), 0, x.col)
	}
	return limb{b.emit(opFMA, r(x.v), at(b.tab.at(k)), r(y.v)), m, x.col}
}

// split parts a limb at half a unit of the next column: what stays, and what
// goes there.
func (b *builder) split(x limb) (low, high limb) {
	high.col = x.col + 1
	if x.v == 0 {
		return x, high
	}
	mustExact("split", x.max)
	m := at(b.magic(x.col))
	c := b.emit(opAdd, r(x.v), m, arg{})
	c = b.emit(opSub, r(c), m, arg{})
	low = limb{b.emit(opSub, r(x.v), r(c), arg{}), math.Min(half, x.max), x.col}
	return low, limb{c, math.Floor(x.max/(2*half) + 0.5), x.col + 1}
}

// carry splits all limbs but the last at once; the last one only takes.
func (b *builder) carry(x []limb) []limb {
	out := append([]limb(nil), x...)
	in := limb{col: x[0].col}
	for k := range x {
		low, high := x[k], limb{}
		if k < len(x)-1 {
			low, high = b.split(x[k])
		}
		out[k] = b.add(low, in)
		in = high
	}
	return out
}

// operand is a limb that is loaded when it is first used, if it is in memory.
type operand struct {
	limb
	home mem
}

func (b *builder) reg(o *operand) int {
	if o.v == 0 {
		o.v = b.emit(opLoad, at(o.home), arg{}, arg{})
	}
	return o.v
}

// term is one product of a column.
type term struct {
	x    *operand
	y    arg     // other factor, register or memory
	ymax float64 // bound of the other factor in units of its column
	row  int     // terms are emitted row by row
}

// sum adds up products of one column.
//
// The high part of the products gathers in h, which starts at a magic number
// whose last bit weighs one unit of the next column: h' = fma(x, y, h) rounds
// x*y to such units, e = h' - h is what was added (exact), and x*y - e, of at
// most half such a unit and a whole multiple of one unit of this column, is
// exact in one fma. These rests add up in low.
//
// When low would grow past a double, h first takes its high part:
// h' = fma(x, y, h+low); then x*y - (h'-h) + low is small again, whatever low
// was, by one addition more. That is done as late as it may be, and with the
// last product if low would else exceed room.
type sum struct {
	b      *builder
	col    int
	terms  []term
	room   float64
	low    limb
	h      int     // virtual register of h; 0 when it is to be started
	dev    float64 // how far h may be from its magic number, in units of col+1
	single int     // h less the magic number, while h holds one product
	highs  []limb  // finished parts, to be added to the next column
}

func (s *sum) step(i int) {
	const most = exact - 2*half
	b, t, m := s.b, s.terms[i], at(s.b.magic(s.col))
	last := i == len(s.terms)-1
	grow := up(up(t.x.max*t.ymax)/(2*half) + 0.5)
	if grow > window {
		panic("one product is too large")
	}
	fold := s.low.v != 0 && (s.low.max+half > exact || !last && s.low.max+2*half > most ||
		last && s.low.max > half && s.low.max+half > s.room)
	if fold {
		mustExact("fold", s.low.max+2*half)
		grow += s.low.max/(2*half) + 1
	}
	if s.h != 0 && s.dev+grow > window {
		s.finish()
	}
	first := s.h == 0
	if first {
		s.h = b.emit(opLoad, m, arg{}, arg{})
	}
	from := s.h
	if fold {
		from = b.emit(opAdd, r(s.h), r(s.low.v), arg{})
	}
	y := t.y
	if y.isMem() {
		y = r(b.emit(opLoad, y, arg{}, arg{}))
	}
	x := r(b.reg(t.x))
	next := b.emit(opFMA, x, y, r(from))
	e := b.emit(opSub, r(next), r(s.h), arg{})
	s.single = 0
	if first {
		s.single = e
	}
	l := limb{b.emit(opFMS, x, y, r(e)), half, s.col}
	if fold {
		s.low = limb{b.emit(opAdd, r(s.low.v), r(l.v), arg{}), 2 * half, s.col}
	} else {
		s.low = b.add(s.low, l)
	}
	s.h, s.dev = next, up(s.dev+grow)
}

// finish closes h and passes what it holds on.
func (s *sum) finish() {
	if s.h == 0 {
		return
	}
	if s.single == 0 {
		s.single = s.b.emit(opSub, r(s.h), at(s.b.magic(s.col)), arg{})
	}
	s.highs = append(s.highs, limb{s.single, s.dev, s.col + 1})
	s.h, s.dev, s.single = 0, 0, 0
}

// digits splits c into balanced limbs: all but the last within half a unit of
// the next column.
func digits(c *big.Int) []float64 {
	out := make([]float64, nLimbs)
	rest := new(big.Int).Set(c)
	mask := new(big.Int).SetUint64(1<<radix - 1)
	for k := range nLimbs {
		if k == nLimbs-1 {
			f, acc := new(big.Float).SetInt(rest).Float64()
			if acc != big.Exact {
				panic("constant too large")
			}
			out[k] = f
			break
		}
		d := new(big.Int).And(rest, mask).Int64()
		if d >= half {
			d -= 1 << radix
		}
		out[k] = float64(d)
		rest.Sub(rest, big.NewInt(d)).Rsh(rest, radix)
	}
	return out
}

// centered is c modulo p, nearest to zero.
func centered(c *big.Int) *big.Int {
	c = new(big.Int).Mod(c, modulus)
	if new(big.Int).Lsh(c, 1).Cmp(modulus) > 0 {
		c.Sub(c, modulus)
	}
	return c
}

// digitsAt is a constant in memory: five digits and their magnitudes.
type digitsAt struct {
	at  [nLimbs]mem
	max [nLimbs]float64
}

// shifted is 2^(51j) * c mod p as digits, scaled so that the product with a
// limb of column j falls in the digit's own column.
func shifted(c *big.Int, j int) (scaled, max [nLimbs]float64) {
	for k, x := range digits(centered(new(big.Int).Lsh(c, uint(radix*j)))) {
		scaled[k] = x * math.Ldexp(1, radix*(k-j))
		max[k] = math.Abs(x)
	}
	return scaled, max
}

// pooled puts 2^(51j) * c mod p in the table.
func (b *builder) pooled(c *big.Int, j int) digitsAt {
	d, m := shifted(c, j)
	out := digitsAt{max: m}
	for k := range d {
		out.at[k] = b.num.at(d[k])
	}
	return out
}
