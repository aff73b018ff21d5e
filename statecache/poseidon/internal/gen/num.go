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
	tab *table
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

// addMem adds a limb that lies in memory.
func (b *builder) addMem(x limb, m mem, max float64) limb {
	if x.v == 0 {
		panic("no limb")
	}
	s := up(x.max + max)
	mustExact("add", s)
	return limb{b.emit(opAdd, r(x.v), at(m), arg{}), s, x.col}
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

// carry moves what is above half a unit of the next column into the next
// column, in all columns but the last of x at once. The last one only takes.
func (b *builder) carry(x []limb) []limb {
	out := append([]limb(nil), x...)
	var in limb
	for k := range x {
		if k == len(x)-1 || x[k].v == 0 {
			out[k] = b.add(x[k], in)
			in = limb{}
			continue
		}
		mustExact("carry", x[k].max)
		m := b.magic(x[k].col)
		c := b.emit(opAdd, r(x[k].v), at(m), arg{})
		c = b.emit(opSub, r(c), at(m), arg{})
		low := limb{b.emit(opSub, r(x[k].v), r(c), arg{}), math.Min(half, x[k].max), x[k].col}
		out[k] = b.add(low, in)
		in = limb{c, math.Floor(x[k].max/(2*half) + 0.5), x[k].col + 1}
	}
	return out
}

// term is one product of a column.
type term struct {
	x    limb
	y    arg     // other factor, register or memory
	ymax float64 // bound of the other factor in units of its column
}

// column sums x*y over terms, all of which fall in column col. It returns the
// sum as a limb of col (start included) and limbs of col+1, to be added there.
//
// The high part of the products gathers in h, which starts at a magic number
// whose last bit weighs one unit of col+1: h' = fma(x, y, h) rounds x*y to such
// units, e = h' - h is what was added (exact), and x*y - e, of at most half
// such a unit and a whole multiple of one unit of col, is exact in one fma.
// When the low sum l would grow past a double, h first takes its high part:
// h' = fma(x, y, h+l); then x*y - (h'-h) + l is small again, whatever l was,
// by one addition more. That is done as late as it may be, and with the last
// product if the sum would else exceed room.
func (b *builder) column(col int, terms []term, start limb, room float64) (limb, []limb) {
	low := start
	low.col = col
	var highs []limb
	const most = exact - 2*half // l of a step that folds l into h
	h, dev := 0, 0.0
	single := 0 // the high part, if h has taken one product only
	highPart := func() limb {
		if single == 0 {
			single = b.emit(opSub, r(h), at(b.magic(col)), arg{})
		}
		return limb{single, dev, col + 1}
	}
	for i, t := range terms {
		step := up(up(t.x.max*t.ymax)/(2*half) + 0.5)
		if step > window {
			panic("one product is too large")
		}
		fold := low.v != 0 && (i == len(terms)-1 && low.max > half && low.max+half > room || low.max+2*half > most && i < len(terms)-1 || low.max+half > exact)
		grow := step
		if fold {
			grow += low.max/(2*half) + 1
		}
		if h != 0 && dev+grow > window {
			highs = append(highs, highPart())
			h, dev = 0, 0
		}
		m := b.magic(col)
		first := h == 0
		if first {
			h = b.emit(opLoad, at(m), arg{}, arg{})
		}
		from := h
		if fold {
			mustExact("fold", low.max+2*half)
			from = b.emit(opAdd, r(h), r(low.v), arg{})
		}
		next := b.emit(opFMA, r(t.x.v), t.y, r(from))
		var e int
		if first {
			e = b.emit(opSub, r(next), at(m), arg{})
			single = e
		} else {
			single = 0
			e = b.emit(opSub, r(next), r(h), arg{})
		}
		l := limb{b.emit(opFMS, r(t.x.v), t.y, r(e)), half, col}
		if fold {
			// l alone is at most low+2*half; the sum is what the roundings left.
			low = limb{b.emit(opAdd, r(low.v), r(l.v), arg{}), 2 * half, col}
		} else {
			low = b.add(low, l)
		}
		h, dev = next, up(dev+grow)
	}
	if h != 0 {
		highs = append(highs, highPart())
	}
	return low, highs
}

// digits splits c into balanced limbs: all but the last within half a unit of
// the next column.
func digits(c *big.Int, n int) []float64 {
	out := make([]float64, n)
	rest := new(big.Int).Set(c)
	mask := new(big.Int).SetUint64(1<<radix - 1)
	for k := range n {
		if k == n-1 {
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

// shifted is 2^(51j) * c mod p as digits, scaled so that the product with a
// limb of column j falls in the digit's own column.
func (b *builder) shifted(c *big.Int, j int) (at []mem, max []float64) {
	d := digits(centered(new(big.Int).Lsh(c, uint(radix*j))), nLimbs)
	for k, x := range d {
		at = append(at, b.tab.at(x*math.Ldexp(1, radix*(k-j))))
		max = append(max, math.Abs(x))
	}
	return at, max
}
