package setup

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

// batch is how many points share one inversion: large enough that the
// inversion (some 2 µs) vanishes, small enough that the working set stays in
// the second-level cache.
const batch = 1024

// group is what the window tables need to know of G1 or G2.
type group[P any] interface {
	// addAll sets acc[i] += q[i] for any points, infinity and equal ones
	// included. len(q) == len(acc) <= batch.
	addAll(acc, q []P)
	// neg sets p = -q.
	neg(p, q *P)
	// shift returns base, 2^w base, 2^2w base, ... (n points).
	shift(base *P, w, n int) []P
}

// g1 and g2 hold scratch space: one value for each goroutine.
type (
	g1 struct {
		den, run [batch]fp.Element
		skip     [batch]bool
	}
	g2 struct {
		den, run [batch]bn254.E2
		skip     [batch]bool
	}
)

func (s *g1) neg(p, q *bn254.G1Affine) { p.Neg(q) }
func (s *g2) neg(p, q *bn254.G2Affine) { p.Neg(q) }

func (s *g1) shift(base *bn254.G1Affine, w, n int) []bn254.G1Affine {
	out := make([]bn254.G1Affine, n)
	step := new(big.Int).Lsh(big.NewInt(1), uint(w))
	out[0] = *base
	for i := 1; i < n; i++ {
		out[i].ScalarMultiplication(&out[i-1], step)
	}
	return out
}

func (s *g2) shift(base *bn254.G2Affine, w, n int) []bn254.G2Affine {
	out := make([]bn254.G2Affine, n)
	step := new(big.Int).Lsh(big.NewInt(1), uint(w))
	out[0] = *base
	for i := 1; i < n; i++ {
		out[i].ScalarMultiplication(&out[i-1], step)
	}
	return out
}

func (s *g1) addAll(acc, q []bn254.G1Affine) {
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

func (s *g2) addAll(acc, q []bn254.G2Affine) {
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
