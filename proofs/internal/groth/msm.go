package groth

import (
	"context"
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A multi-scalar multiplication runs in two steps.
//
// First the points of equal scalars are added up: most wires of the circuit
// hold a value that many others hold too (zero, limbs, the inverse of the
// tuple of a limb, whole unused rows), and each of those costs one addition
// instead of one for each window.
//
// Then the windows: scalars are cut into signed digits of c bits, the points
// of equal digits are added up, and the sums are weighted. Windows are
// independent of each other, so they are the unit of parallel work, of
// progress and of cancellation.

// curve is what the last, cheap part of a multiplication needs of G1 or G2.
type curve[P any] struct {
	// weigh returns the sum of (i+1)*p[i].
	weigh func(p []P) P
	// shiftAdd returns the sum of p[i]*2^(i*c).
	shiftAdd func(p []P, c int) P
}

var g1 = curve[bn254.G1Affine]{weighG1, shiftAddG1}

var g2 = curve[bn254.G2Affine]{weighG2, shiftAddG2}

// msm is one multi-scalar multiplication.
type msm[P any] struct {
	points  []P
	scalars []fr.Element
	classes []uint32 // of the scalars, see classify

	curve curve[P]
	c     int
	cut   [][4]uint64 // scalars + offset, see prepare
	parts []P         // of each window
}

// merge adds up the points of equal scalars, and chooses the windows. values
// are the scalars of the classes.
func (m *msm[P]) merge(ctx context.Context, s *summer[P], values []fr.Element) error {
	s.digits = grow(s.digits, len(m.classes))
	for i, k := range m.classes {
		s.digits[i] = k << 1
	}
	order, from := s.group(s.digits, len(values)-1)
	points := make([]P, len(values)-1)
	if err := s.sums(ctx, m.points, order, from, points); err != nil {
		return err
	}
	n := 0
	m.scalars = make([]fr.Element, 0, len(points))
	for b := range points {
		if from[b] < from[b+1] {
			points[n] = points[b]
			m.scalars = append(m.scalars, values[b+1])
			n++
		}
	}
	m.points = points[:n]
	m.prepare()
	return nil
}

// windows is the number of windows of c bits. The uppermost has at most c-1
// bits, so that its digits, which are not signed, are bucket numbers too.
func windows(c int) int { return (fr.Bits + 1 + c - 1) / c }

// window chooses c: each window costs an addition for each point and two for
// each bucket.
func window(n int) int {
	best, least := 0, 0
	for c := 3; c <= 16; c++ {
		if cost := windows(c) * (n + 2<<(c-1)); best == 0 || cost < least {
			best, least = c, cost
		}
	}
	return best
}

// prepare adds 2^(c-1) to every digit but the last: subtracting it again from
// each window gives signed digits without a carry from window to window.
func (m *msm[P]) prepare() {
	m.c = window(len(m.scalars))
	w := windows(m.c)
	var offset [4]uint64
	for i := range w - 1 {
		at := i*m.c + m.c - 1
		offset[at/64] |= 1 << (at % 64)
	}
	m.cut = make([][4]uint64, len(m.scalars))
	for i := range m.scalars {
		x := m.scalars[i].Bits()
		var carry uint64
		for k := range x {
			m.cut[i][k], carry = bits.Add64(x[k], offset[k], carry)
		}
	}
	m.parts = make([]P, w)
}

// digit is the content of window w of a cut scalar, as bucket<<1 + sign.
func (m *msm[P]) digit(x *[4]uint64, w int) uint32 {
	at := w * m.c
	v := x[at/64] >> (at % 64)
	if at%64+m.c > 64 && at/64 < 3 {
		v |= x[at/64+1] << (64 - at%64)
	}
	d := int32(v & (1<<m.c - 1))
	if w < len(m.parts)-1 {
		d -= 1 << (m.c - 1)
	}
	if d < 0 {
		return uint32(-d)<<1 | sign
	}
	return uint32(d) << 1
}

// run computes one window.
func (m *msm[P]) run(ctx context.Context, s *summer[P], w int) error {
	s.digits = grow(s.digits, len(m.cut))
	for i := range m.cut {
		s.digits[i] = m.digit(&m.cut[i], w)
	}
	n := 1 << (m.c - 1)
	order, from := s.group(s.digits, n)
	if len(order) == 0 {
		clear(m.parts[w : w+1])
		return nil
	}
	s.buckets = grow(s.buckets, n)
	if err := s.sums(ctx, m.points, order, from, s.buckets); err != nil {
		return err
	}
	return m.total(ctx, s, w)
}

// total weighs the buckets: bucket k = i + 2^h*j counts i times into one sum
// and j times into the other, and only those two have to be weighed one by one.
func (m *msm[P]) total(ctx context.Context, s *summer[P], w int) error {
	n := len(s.buckets)
	h := m.c / 2
	s.low = grow(s.low, max(1<<h, n>>h+1))
	s.digits = grow(s.digits, n)
	for b := range s.digits {
		s.digits[b] = uint32((b + 1) & (1<<h - 1) << 1)
	}
	order, from := s.group(s.digits, 1<<h-1)
	low := s.low[:1<<h-1]
	if err := s.sums(ctx, s.buckets, order, from, low); err != nil {
		return err
	}
	halves := [2]P{m.curve.weigh(low)}
	for b := range s.digits {
		s.digits[b] = uint32((b + 1) >> h << 1)
	}
	order, from = s.group(s.digits, n>>h)
	high := s.low[:n>>h]
	if err := s.sums(ctx, s.buckets, order, from, high); err != nil {
		return err
	}
	halves[1] = m.curve.weigh(high)
	m.parts[w] = m.curve.shiftAdd(halves[:], h)
	return nil
}

// result combines the windows.
func (m *msm[P]) result() P { return m.curve.shiftAdd(m.parts, m.c) }

func weighG1(p []bn254.G1Affine) bn254.G1Affine {
	var run, total bn254.G1Jac
	for i := len(p) - 1; i >= 0; i-- {
		run.AddMixed(&p[i])
		total.AddAssign(&run)
	}
	return *new(bn254.G1Affine).FromJacobian(&total)
}

func weighG2(p []bn254.G2Affine) bn254.G2Affine {
	var run, total bn254.G2Jac
	for i := len(p) - 1; i >= 0; i-- {
		run.AddMixed(&p[i])
		total.AddAssign(&run)
	}
	return *new(bn254.G2Affine).FromJacobian(&total)
}

func shiftAddG1(p []bn254.G1Affine, c int) bn254.G1Affine {
	var total bn254.G1Jac
	for i := len(p) - 1; i >= 0; i-- {
		for range c {
			total.DoubleAssign()
		}
		total.AddMixed(&p[i])
	}
	return *new(bn254.G1Affine).FromJacobian(&total)
}

func shiftAddG2(p []bn254.G2Affine, c int) bn254.G2Affine {
	var total bn254.G2Jac
	for i := len(p) - 1; i >= 0; i-- {
		for range c {
			total.DoubleAssign()
		}
		total.AddMixed(&p[i])
	}
	return *new(bn254.G2Affine).FromJacobian(&total)
}

// classify numbers the distinct values of v from 1; zeros are class 0, and so
// is values[0].
func classify(v []fr.Element) (classes []uint32, values []fr.Element) {
	seen := make(map[fr.Element]uint32, len(v)/4)
	seen[fr.Element{}] = 0
	values = make([]fr.Element, 1, len(v)/4+1)
	classes = make([]uint32, len(v))
	for i := range v {
		k, ok := seen[v[i]]
		if !ok {
			k = uint32(len(values))
			seen[v[i]] = k
			values = append(values, v[i])
		}
		classes[i] = k
	}
	return classes, values
}
