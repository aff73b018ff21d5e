package main

import (
	"fmt"
	"math"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

var modulus = fr.Modulus()

func modulusFloat() float64 {
	f, _ := new(big.Float).SetInt(modulus).Float64()
	return f
}

// columns is a product under way: the sums of its columns and the limbs they
// leave. Products are emitted row by row (all those of one x), so that the
// columns' chains of dependent additions run side by side.
type columns struct {
	b    *builder
	sums []*sum
	out  []limb
}

func (b *builder) newColumns(n int, total float64) *columns {
	c := &columns{b: b, out: make([]limb, n+1)}
	c.out[n].col = n
	for k := range n {
		c.sums = append(c.sums, &sum{b: b, col: k, room: total})
	}
	return c
}

func (c *columns) add(k int, t term) {
	c.sums[k].terms = append(c.sums[k].terms, t)
	if k+1 < len(c.sums) { // leave room for what column k passes on
		c.sums[k+1].room -= up(t.x.max*t.ymax)/(2*half) + 1
	}
}

// rows emits the products of rows from to to-1, and adds up the columns that
// are complete then.
func (c *columns) rows(from, to int) {
	for row := from; row < to; row++ {
		for k, s := range c.sums {
			for i, t := range s.terms {
				if t.row != row {
					continue
				}
				s.step(i)
				if i == len(s.terms)-1 {
					s.finish()
					c.out[k] = c.b.add(c.out[k], s.low)
					for _, h := range s.highs {
						c.out[k+1] = c.b.add(c.out[k+1], h)
					}
				}
			}
		}
	}
}

// product prepares x*y, ten columns of limbs.
func (b *builder) product(x, y []operand) *columns {
	c := b.newColumns(2*nLimbs-1, 6*half)
	for i := range x {
		for j := range y {
			c.add(i+j, term{&x[i], at(y[j].home), y[j].max, i})
		}
	}
	return c
}

// square prepares x*x; doubles must be emitted row by row, too.
func (b *builder) square(x []operand) (*columns, func(row int)) {
	c := b.newColumns(2*nLimbs-1, 6*half)
	twice := make([]operand, len(x))
	for i := range x {
		twice[i] = operand{limb: limb{max: 2 * x[i].max, col: i}}
		c.add(2*i, term{&x[i], at(x[i].home), x[i].max, i})
		for j := i + 1; j < len(x); j++ {
			c.add(i+j, term{&twice[i], at(x[j].home), x[j].max, i})
		}
	}
	return c, func(row int) {
		v := r(b.reg(&x[row]))
		twice[row].v = b.emit(opAdd, v, v, arg{})
	}
}

// linear prepares start + Σ x_j · d_j in five columns, where d_j stands in
// memory as five digits.
func (b *builder) linear(start []limb, x []operand, d []digitsAt, total float64) *columns {
	c := b.newColumns(nLimbs, total)
	for k, s := range c.sums {
		if start != nil {
			s.low = start[k]
		}
		for j := range x {
			c.add(k, term{&x[j], at(d[j].at[k]), d[j].max[k], j})
		}
	}
	return c
}

func inRegisters(x []limb) []operand {
	out := make([]operand, len(x))
	for i := range x {
		out[i].limb = x[i]
	}
	return out
}

// fold is what brings the ten columns of a product down to six: column j >= 5
// becomes its limb times 2^(51j) mod p.
func (b *builder) fold(x, top []limb) *columns {
	var d []digitsAt
	for j := range top {
		d = append(d, b.pooled(big.NewInt(1), nLimbs+j))
	}
	return b.linear(x[:nLimbs], inRegisters(top), d, 6*half)
}

// reduction subtracts the multiple of p nearest to x (of five or six columns)
// and carries: five limbs, the value within a little more than p/2.
type reduction struct {
	b    *builder
	x    []limb
	rmax float64 // bound of the result, in p
	q    limb
	c    *columns
}

func (b *builder) reduction(x []limb) *reduction {
	p := modulusFloat()
	inv := 1 / p
	s, smax, serr := x[4].v, x[4].max*weight(4), 0.0
	if len(x) > 5 && x[5].v != 0 {
		s = b.emit(opAdd, r(x[4].v), r(x[5].v), arg{})
		smax += x[5].max * weight(5)
		serr = math.Ldexp(1, math.Ilogb(smax)-53)
	}
	for k := range 4 {
		serr += x[k].max * weight(k)
	}
	qmax := smax/p + 1
	if qmax > window {
		panic("quotient too large")
	}
	rmax := 0.5 + (serr+smax*invError(inv))/p
	if rmax > 0.99 {
		panic(fmt.Sprintf("remainder may reach %.3f p", rmax))
	}
	mq := b.tab.at(1.5 * math.Ldexp(1, 52))
	q := b.emit(opLoad, at(mq), arg{}, arg{})
	q = b.emit(opFMA, r(s), at(b.tab.at(inv)), r(q))
	q = b.emit(opSub, r(q), at(mq), arg{})
	return &reduction{b: b, x: x, rmax: rmax, q: limb{q, qmax, 0}}
}

// multiply emits the columns of x - q*p.
func (rd *reduction) multiply() {
	b := rd.b
	d := digits(new(big.Int).Neg(modulus))
	rd.c = b.newColumns(nLimbs, exact)
	for k, s := range rd.c.sums {
		s.low = rd.x[k]
		rd.c.add(k, term{&operand{limb: rd.q}, at(b.num.at(d[k] * weight(k))), math.Abs(d[k]), 0})
	}
	rd.c.rows(0, 1)
}

// result adds up and carries. Column 5 cancels but for what column 4 holds:
// both parts of it are whole multiples of its unit, so their sum is exact, and
// so is the total in column 4, which is bounded by the remainder.
func (rd *reduction) result() []limb {
	b, p := rd.b, modulusFloat()
	rest := rd.c.out[5].v
	if len(rd.x) > 5 && rd.x[5].v != 0 {
		rest = b.emit(opAdd, r(rd.x[5].v), r(rest), arg{})
	}
	z := rd.c.out[:nLimbs]
	z[4] = limb{b.emit(opAdd, r(z[4].v), r(rest), arg{}), math.Ceil((rd.rmax*p + below(z)) / weight(4)), 4}
	mustExact("remainder", z[4].max)
	z = b.carry(z)
	z[4].max = math.Ceil((rd.rmax*p + below(z)) / weight(4))
	return z
}

// below bounds the value of the limbs under column 4.
func below(z []limb) float64 {
	low := 0.0
	for k := range 4 {
		low += z[k].max * weight(k)
	}
	return low
}

// reduce is a reduction at once.
func (b *builder) reduce(x []limb) []limb {
	rd := b.reduction(x)
	rd.multiply()
	return rd.result()
}

// trim brings a large limb 5 within 2^49: what is above, a small multiple of
// 2^50 units, is replaced by its remainder mod p, digit by digit.
func (b *builder) trim(x []limb) []limb {
	const unit = 50
	x = b.carry(x)
	m := b.tab.at(1.5 * math.Ldexp(1, 52+unit) * weight(5))
	c := b.emit(opAdd, r(x[5].v), at(m), arg{})
	c = b.emit(opSub, r(c), at(m), arg{})
	n := math.Floor(math.Ldexp(x[5].max, -unit) + 0.5)
	out := append([]limb(nil), x...)
	out[5] = limb{b.emit(opSub, r(x[5].v), r(c), arg{}), math.Ldexp(1, unit-1), 5}
	d := digits(centered(new(big.Int).Lsh(big.NewInt(1), radix*5+unit)))
	for k := range nLimbs {
		m := up(x[k].max + n*math.Abs(d[k]))
		mustExact("trim", m)
		f := b.tab.at(d[k] * weight(k) * math.Ldexp(1, -unit) / weight(5))
		out[k] = limb{b.emit(opFMA, r(c), at(f), r(x[k].v)), m, k}
	}
	return out
}

// invError is the relative error of inv as the inverse of p.
func invError(inv float64) float64 {
	x := new(big.Float).SetPrec(400).SetFloat64(inv)
	x.Mul(x, new(big.Float).SetInt(modulus))
	f, _ := x.Sub(x, big.NewFloat(1)).Float64()
	return math.Abs(f)
}
