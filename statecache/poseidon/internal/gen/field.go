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

// gather adds up, per column, the limbs of cols and what they passed on.
func (b *builder) gather(low []limb, highs [][]limb) []limb {
	out := append([]limb(nil), low...)
	for len(out) < len(highs)+1 {
		out = append(out, limb{col: len(out)})
	}
	for k, hs := range highs {
		for _, h := range hs {
			out[k+1] = b.add(out[k+1], h)
		}
	}
	return out
}

// roomAfter is what total leaves for a column's own sum when the limbs passed
// on by the column before are added to it.
func roomAfter(highs [][]limb, total float64) float64 {
	if len(highs) > 0 {
		for _, h := range highs[len(highs)-1] {
			total -= h.max
		}
	}
	return total
}

// product is x*y as ten columns.
func (b *builder) product(x, y []limb) []limb {
	var lows []limb
	var highs [][]limb
	for k := range 2*nLimbs - 1 {
		var ts []term
		for i := range nLimbs {
			if j := k - i; j >= 0 && j < nLimbs {
				ts = append(ts, term{x[i], r(y[j].v), y[j].max})
			}
		}
		l, h := b.column(k, ts, limb{}, roomAfter(highs, 6*half))
		lows, highs = append(lows, l), append(highs, h)
	}
	return b.gather(lows, highs)
}

// square is x*x as ten columns.
func (b *builder) square(x []limb) []limb {
	double := make([]limb, nLimbs)
	for i := 1; i < nLimbs; i++ {
		double[i] = b.add(x[i], x[i])
	}
	var lows []limb
	var highs [][]limb
	for k := range 2*nLimbs - 1 {
		var ts []term
		for i := range nLimbs {
			switch j := k - i; {
			case j > i && j < nLimbs:
				ts = append(ts, term{x[i], r(double[j].v), double[j].max})
			case j == i:
				ts = append(ts, term{x[i], r(x[i].v), x[i].max})
			}
		}
		l, h := b.column(k, ts, limb{}, roomAfter(highs, 6*half))
		lows, highs = append(lows, l), append(highs, h)
	}
	return b.gather(lows, highs)
}

// foldTop brings the ten columns of a product down to six: column j >= 5
// becomes its limb times 2^(51j) mod p.
func (b *builder) foldTop(x []limb) []limb {
	top := b.carry(x[nLimbs:])
	return b.linear(x[:nLimbs], top, nLimbs, big.NewInt(1), 6*half)
}

// linear is start + Σ x_j · (2^(51(j+from))·c mod p), in six columns.
func (b *builder) linear(start, x []limb, from int, c *big.Int, room float64) []limb {
	at := make([][]mem, len(x))
	mx := make([][]float64, len(x))
	for j := range x {
		at[j], mx[j] = b.shifted(c, from+j)
	}
	var lows []limb
	var highs [][]limb
	for k := range nLimbs {
		var ts []term
		for j := range x {
			ts = append(ts, term{x[j], arg{m: at[j][k]}, mx[j][k]})
		}
		var s limb
		if start != nil {
			s = start[k]
		}
		l, h := b.column(k, ts, s, roomAfter(highs, room))
		lows, highs = append(lows, l), append(highs, h)
	}
	return b.gather(lows, highs)
}

// reduce subtracts the multiple of p nearest to x (of five or six columns) and
// carries: five limbs, the value within a little more than p/2.
func (b *builder) reduce(x []limb) []limb {
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
	if qmax > float64(1<<51) {
		panic("quotient too large")
	}
	rmax := 0.5 + (serr+smax*invError(inv))/p
	mq := b.tab.at(1.5 * math.Ldexp(1, 52))
	q := b.emit(opLoad, at(mq), arg{}, arg{})
	q = b.emit(opFMA, r(s), at(b.tab.at(inv)), r(q))
	q = b.emit(opSub, r(q), at(mq), arg{})
	d := digits(new(big.Int).Neg(modulus), nLimbs)
	var lows []limb
	var highs [][]limb
	for k := range nLimbs {
		t := term{limb{q, qmax, 0}, at(b.tab.at(d[k] * weight(k))), math.Abs(d[k])}
		l, h := b.column(k, []term{t}, x[k], exact)
		lows, highs = append(lows, l), append(highs, h)
	}
	z := b.gather(lows, highs[:4])
	// Column 5 cancels but for what column 4 holds: both are whole multiples of
	// the unit of column 5, so their sum is exact, and so is the total, which
	// is bounded by the remainder.
	rest := highs[4][0].v
	if len(x) > 5 && x[5].v != 0 {
		rest = b.emit(opAdd, r(x[5].v), r(rest), arg{})
	}
	low := 0.0
	for k := range 4 {
		low += z[k].max * weight(k)
	}
	z[4] = limb{b.emit(opAdd, r(z[4].v), r(rest), arg{}), (rmax*p + low) / weight(4), 4}
	mustExact("remainder", z[4].max)
	z = b.carry(z)
	low = 0
	for k := range 4 {
		low += z[k].max * weight(k)
	}
	z[4].max = math.Ceil((rmax*p + low) / weight(4))
	if rmax > 0.99 {
		panic(fmt.Sprintf("remainder may reach %.3f p", rmax))
	}
	return z
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
	d := digits(centered(new(big.Int).Lsh(big.NewInt(1), radix*5+unit)), nLimbs)
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
