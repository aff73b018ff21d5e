package groth

import (
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/internal/affine"
)

func scalars(n int, kind int) []fr.Element {
	rng := rand.New(rand.NewPCG(1, 2))
	out := make([]fr.Element, n)
	for i := range out {
		switch k := kind; {
		case k == 0 || k == 4 && i%3 == 0:
			_, _ = out[i].SetRandom()
		case k == 1 || k == 4 && i%3 == 1:
			out[i].SetUint64(rng.Uint64() & 0x1fff)
		case k == 2:
			out[i].SetUint64(rng.Uint64() & 1)
		case k == 3:
			out[i].SetInt64(-1 - rng.Int64N(3))
		}
	}
	return out
}

func both(t *testing.T, p []bn254.G1Affine, q []bn254.G2Affine, v []fr.Element) (bn254.G1Affine, bn254.G2Affine) {
	t.Helper()
	classes, values := classify(v)
	s1 := &summer[bn254.G1Affine]{add: new(affine.G1)}
	s2 := &summer[bn254.G2Affine]{add: new(affine.G2)}
	m1 := &msm[bn254.G1Affine]{points: p, classes: classes, curve: g1}
	m2 := &msm[bn254.G2Affine]{points: q, classes: classes, curve: g2}
	if err := m1.merge(t.Context(), s1, values); err != nil {
		t.Fatal(err)
	}
	if err := m2.merge(t.Context(), s2, values); err != nil {
		t.Fatal(err)
	}
	for w := range m1.parts {
		if err := m1.run(t.Context(), s1, w); err != nil {
			t.Fatal(err)
		}
	}
	for w := range m2.parts {
		if err := m2.run(t.Context(), s2, w); err != nil {
			t.Fatal(err)
		}
	}
	return m1.result(), m2.result()
}

func TestMultiplication(t *testing.T) {
	_, _, a, b := bn254.Generators()
	const most = 3000
	base := scalars(most, 0)
	p, q := bn254.BatchScalarMultiplicationG1(&a, base), bn254.BatchScalarMultiplicationG2(&b, base)
	clear(p[7:9]) // points at infinity
	clear(q[7:9])
	p[20], q[20] = p[21], q[21] // equal points
	p[22].Neg(&p[21])
	q[22].Neg(&q[21])
	for _, n := range []int{0, 1, 2, 3, 17, 300, most} {
		for kind := range 5 {
			v := scalars(n, kind)
			got1, got2 := both(t, p[:n], q[:n], v)
			var want1 bn254.G1Affine
			var want2 bn254.G2Affine
			if n > 0 {
				if _, err := want1.MultiExp(p[:n], v, ecc.MultiExpConfig{}); err != nil {
					t.Fatal(err)
				}
				if _, err := want2.MultiExp(q[:n], v, ecc.MultiExpConfig{}); err != nil {
					t.Fatal(err)
				}
			}
			if !got1.Equal(&want1) || !got2.Equal(&want2) {
				t.Fatalf("%d points, kind %d", n, kind)
			}
		}
	}
}

func BenchmarkMultiplication(b *testing.B) {
	_, _, g, _ := bn254.Generators()
	const n = 1 << 15
	v := scalars(n, 0)
	p := bn254.BatchScalarMultiplicationG1(&g, v)
	s := &summer[bn254.G1Affine]{add: new(affine.G1)}
	b.ReportAllocs()
	for b.Loop() {
		m := &msm[bn254.G1Affine]{points: p, scalars: v, curve: g1}
		m.prepare()
		for w := range m.parts {
			if err := m.run(b.Context(), s, w); err != nil {
				b.Fatal(err)
			}
		}
		m.result()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/point")
}
