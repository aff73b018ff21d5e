// Package affine adds many pairs of points of BN254 at once, in affine
// coordinates with one inversion for a whole batch: about half the cost of
// additions in projective coordinates.
package affine

import (
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

// Batch is how many pairs share one inversion: large enough that the
// inversion (some 2 µs) vanishes, small enough that the working set stays in
// the second-level cache.
const Batch = 1024

// Adder is G1 or G2.
type Adder[P any] interface {
	// AddAll sets acc[i] += q[i] for any points, infinity and equal ones
	// included. len(q) == len(acc) <= Batch.
	AddAll(acc, q []P)
	// Neg sets p = -q.
	Neg(p, q *P)
}

// G1 adds in G1. It holds scratch space: one value for each goroutine.
type G1 struct {
	den, run [Batch]fp.Element
	skip     [Batch]bool
}

// G2 adds in G2. It holds scratch space: one value for each goroutine.
type G2 struct {
	den, run [Batch]bn254.E2
	skip     [Batch]bool
}

// Neg sets p = -q.
func (s *G1) Neg(p, q *bn254.G1Affine) { p.Neg(q) }

// Neg sets p = -q.
func (s *G2) Neg(p, q *bn254.G2Affine) { p.Neg(q) }

// AddAll sets acc[i] += q[i].
func (s *G1) AddAll(acc, q []bn254.G1Affine) {
	n := len(acc)
	product := fp.One()
	for i := range n {
		s.skip[i] = true
		switch {
		case q[i].IsInfinity():
			continue
		case acc[i].IsInfinity():
			acc[i] = q[i]
			continue
		}
		s.den[i].Sub(&q[i].X, &acc[i].X)
		if s.den[i].IsZero() { // doubling or opposite points: rare
			acc[i].Add(&acc[i], &q[i])
			continue
		}
		s.skip[i] = false
		s.run[i] = product
		product.Mul(&product, &s.den[i])
	}
	product.Inverse(&product)
	var lambda, x, t fp.Element
	for i := n - 1; i >= 0; i-- {
		if s.skip[i] {
			continue
		}
		a, b := &acc[i], &q[i]
		lambda.Mul(&product, &s.run[i]) // 1 / (xb - xa)
		product.Mul(&product, &s.den[i])
		t.Sub(&b.Y, &a.Y)
		lambda.Mul(&lambda, &t)
		x.Square(&lambda)
		x.Sub(&x, &a.X)
		x.Sub(&x, &b.X)
		t.Sub(&a.X, &x)
		t.Mul(&t, &lambda)
		a.Y.Sub(&t, &a.Y)
		a.X = x
	}
}

// AddAll sets acc[i] += q[i].
func (s *G2) AddAll(acc, q []bn254.G2Affine) {
	n := len(acc)
	var product bn254.E2
	product.SetOne()
	for i := range n {
		s.skip[i] = true
		switch {
		case q[i].IsInfinity():
			continue
		case acc[i].IsInfinity():
			acc[i] = q[i]
			continue
		}
		s.den[i].Sub(&q[i].X, &acc[i].X)
		if s.den[i].IsZero() { // doubling or opposite points: rare
			acc[i].Add(&acc[i], &q[i])
			continue
		}
		s.skip[i] = false
		s.run[i] = product
		product.Mul(&product, &s.den[i])
	}
	product.Inverse(&product)
	var lambda, x, t bn254.E2
	for i := n - 1; i >= 0; i-- {
		if s.skip[i] {
			continue
		}
		a, b := &acc[i], &q[i]
		lambda.Mul(&product, &s.run[i]) // 1 / (xb - xa)
		product.Mul(&product, &s.den[i])
		t.Sub(&b.Y, &a.Y)
		lambda.Mul(&lambda, &t)
		x.Square(&lambda)
		x.Sub(&x, &a.X)
		x.Sub(&x, &b.X)
		t.Sub(&a.X, &x)
		t.Mul(&t, &lambda)
		a.Y.Sub(&t, &a.Y)
		a.X = x
	}
}
