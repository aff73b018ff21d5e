package groth

import (
	"context"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// multiply does the large multiplications and assembles the proof:
//
//	Ar  = alpha + sum w_i A_i + r delta
//	Bs  = beta + sum w_i B_i + s delta, in G2, and the same in G1
//	Krs = sum w_i K_i + sum h_i Z_i + s Ar + r Bs - r s delta
func (p *prover) multiply(ctx context.Context, h []fr.Element) error {
	classes, values := classify(p.wires)
	committed := make([]bool, len(p.wires))
	for _, i := range p.info.PrivateCommitted {
		committed[i] = true
	}
	committed[p.info.CommitmentIndex] = true
	clear(committed[:len(p.r1cs.Public)])
	for i := range p.r1cs.Public {
		committed[i] = true
	}
	p.wires = nil
	ofB := without(classes, p.pk.InfinityB)
	g := &p.pk.G1
	a := &msm[bn254.G1Affine]{points: g.A, classes: without(classes, p.pk.InfinityA), curve: g1}
	b := &msm[bn254.G1Affine]{points: g.B, classes: ofB, curve: g1}
	k := &msm[bn254.G1Affine]{points: g.K, classes: without(classes, committed), curve: g1}
	z := &msm[bn254.G1Affine]{points: g.Z, scalars: h, curve: g1}
	b2 := &msm[bn254.G2Affine]{points: p.pk.G2.B, classes: ofB, curve: g2}
	z.prepare()
	if err := p.share(ctx, []task{mergeG2(b2, values), mergeG1(a, values), mergeG1(k, values), mergeG1(b, values)}, shareMerge); err != nil {
		return err
	}
	windows := tasksG2(b2)
	for _, m := range []*msm[bn254.G1Affine]{z, k, a, b} {
		windows = append(windows, tasksG1(m)...)
	}
	if err := p.share(ctx, windows, shareWindows); err != nil {
		return err
	}
	p.assemble(a.result(), b.result(), k.result(), z.result(), b2.result())
	return nil
}

// without leaves out the wires that are marked.
func without(classes []uint32, marked []bool) []uint32 {
	out := make([]uint32, 0, len(classes))
	for i, c := range classes {
		if !marked[i] {
			out = append(out, c)
		}
	}
	return out
}

func (p *prover) assemble(a, b, k, z bn254.G1Affine, b2 bn254.G2Affine) {
	var r, s, rs big.Int
	var x fr.Element
	p.r.BigInt(&r)
	p.s.BigInt(&s)
	x.Mul(&p.r, &p.s).Neg(&x)
	x.BigInt(&rs)
	g := &p.pk.G1
	times := func(q *bn254.G1Affine, e *big.Int) *bn254.G1Affine {
		return new(bn254.G1Affine).ScalarMultiplication(q, e)
	}
	a.Add(&a, &g.Alpha)
	a.Add(&a, times(&g.Delta, &r))
	b.Add(&b, &g.Beta)
	b.Add(&b, times(&g.Delta, &s))
	k.Add(&k, &z)
	k.Add(&k, times(&a, &s))
	k.Add(&k, times(&b, &r))
	k.Add(&k, times(&g.Delta, &rs))
	b2.Add(&b2, &p.pk.G2.Beta)
	b2.Add(&b2, new(bn254.G2Affine).ScalarMultiplication(&p.pk.G2.Delta, &s))
	p.proof.Ar, p.proof.Krs, p.proof.Bs = a, k, b2
}
