package setup

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// wires holds the three polynomials of every wire, evaluated at t.
type wires struct {
	a, b, c []fr.Element
}

// evaluate sums coefficient times Lagrange polynomial over all constraints.
func evaluate(r1cs *cs.R1CS, domain *fft.Domain, s *secrets) *wires {
	n := r1cs.GetNbInternalVariables() + r1cs.GetNbPublicVariables() + r1cs.GetNbSecretVariables()
	w := &wires{a: make([]fr.Element, n), b: make([]fr.Element, n), c: make([]fr.Element, n)}
	lagrange := lagrangeAt(domain, &s.t, r1cs.GetNbConstraints())
	sum := func(out []fr.Element, terms constraint.LinearExpression, l *fr.Element) {
		var v fr.Element
		for _, t := range terms {
			switch id := t.CoeffID(); id {
			case constraint.CoeffIdOne:
				out[t.WireID()].Add(&out[t.WireID()], l)
			case constraint.CoeffIdMinusOne:
				out[t.WireID()].Sub(&out[t.WireID()], l)
			default:
				v.Mul(&r1cs.Coefficients[id], l)
				out[t.WireID()].Add(&out[t.WireID()], &v)
			}
		}
	}
	it := r1cs.GetR1CIterator()
	i := 0
	for c := it.Next(); c != nil; c = it.Next() {
		sum(w.a, c.L, &lagrange[i])
		sum(w.b, c.R, &lagrange[i])
		sum(w.c, c.O, &lagrange[i])
		i++
	}
	return w
}

// lagrangeAt is the first count Lagrange polynomials of the domain at t:
// L_i(t) = w^i (t^n - 1) / (n (t - w^i)). t is not in the domain.
func lagrangeAt(domain *fft.Domain, t *fr.Element, count int) []fr.Element {
	diff := make([]fr.Element, count)
	w := fr.One()
	for i := range diff {
		diff[i].Sub(t, &w)
		w.Mul(&w, &domain.Generator)
	}
	out := fr.BatchInvert(diff)
	factor := vanishing(domain, t)
	factor.Mul(&factor, &domain.CardinalityInv)
	for i := range out {
		out[i].Mul(&out[i], &factor)
		factor.Mul(&factor, &domain.Generator)
	}
	return out
}

// vanishing is t^n - 1.
func vanishing(domain *fft.Domain, t *fr.Element) fr.Element {
	var v fr.Element
	one := fr.One()
	v.Exp(*t, new(big.Int).SetUint64(domain.Cardinality))
	v.Sub(&v, &one)
	return v
}
