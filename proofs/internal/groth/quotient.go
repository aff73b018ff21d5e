package groth

import (
	"context"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
)

// quotient computes h = (a*b-c)/(X^n-1), as coefficients in bit-reversed order.
//
// a*b has degree below 2n: write it lo + X^n*h'. Modulo X^n-1 it is lo + h',
// and that is the polynomial c, of degree below n and equal to a*b on the
// domain; modulo X^n-g^n (on the coset of g) it is lo + g^n*h'. So
// a*b - c = h'*(X^n-1), h is h', and the difference of both remainders is
// (g^n-1)*h: c needs no transform on the coset.
func (p *prover) quotient(ctx context.Context) ([]fr.Element, error) {
	d := &p.pk.Domain
	n := int(d.Cardinality)
	tasks := fft.WithNbTasks(p.workers)
	a, b, c := pad(p.a, n), pad(p.b, n), pad(p.c, n)
	p.a, p.b, p.c = nil, nil, nil
	for _, step := range []func(){
		func() { d.FFTInverse(a, fft.DIF, tasks) },
		func() { d.FFTInverse(b, fft.DIF, tasks) },
		func() { d.FFTInverse(c, fft.DIF, tasks) },
		func() { d.FFT(a, fft.DIT, fft.OnCoset(), tasks) },
		func() { d.FFT(b, fft.DIT, fft.OnCoset(), tasks) },
		func() {
			v := fr.Vector(a)
			v.Mul(v, b)
			b = nil
			d.FFTInverse(a, fft.DIF, fft.OnCoset(), tasks)
		},
	} {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		step()
		p.meter.add(shareFFT)
		p.work += transform(n)
	}
	one := fr.One()
	var scale fr.Element
	scale.Exp(d.FrMultiplicativeGen, new(big.Int).SetUint64(d.Cardinality))
	scale.Sub(&scale, &one).Inverse(&scale)
	h := fr.Vector(a)
	h.Sub(h, c)
	h.ScalarMul(h, &scale)
	return h[:n-1], ctx.Err()
}

func pad(v []fr.Element, n int) []fr.Element {
	if cap(v) >= n {
		k := len(v)
		v = v[:n]
		clear(v[k:])
		return v
	}
	out := make([]fr.Element, n)
	copy(out, v)
	return out
}
