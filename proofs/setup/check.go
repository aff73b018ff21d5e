package setup

import (
	"crypto/rand"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
)

// Check verifies by pairings that pk and vk share their secrets and that the
// parts of pk agree with each other: alpha, beta, delta in both groups, the B
// query in G1 against G2, and each commitment key against its sigma. Slices
// are checked by random combinations, so a wrong point passes with probability
// 2^-254. It does not check the keys against a circuit: prove and verify for
// that. All failures wrap ErrInconsistent.
func Check(pk *groth16.ProvingKey, vk *groth16.VerifyingKey) error {
	if err := checkShape(pk, vk); err != nil {
		return err
	}
	same1 := pk.G1.Alpha.Equal(&vk.G1.Alpha) && pk.G1.Beta.Equal(&vk.G1.Beta) && pk.G1.Delta.Equal(&vk.G1.Delta)
	same2 := pk.G2.Beta.Equal(&vk.G2.Beta) && pk.G2.Delta.Equal(&vk.G2.Delta)
	if !same1 || !same2 {
		return fmt.Errorf("%w: alpha, beta or delta differ between the keys", ErrInconsistent)
	}
	_, _, gen1, gen2 := bn254.Generators()
	for _, p := range []struct {
		name string
		in1  bn254.G1Affine
		in2  bn254.G2Affine
	}{{"beta", pk.G1.Beta, pk.G2.Beta}, {"delta", pk.G1.Delta, pk.G2.Delta}} {
		if err := pairEqual(p.name, p.in1, gen2, gen1, p.in2); err != nil {
			return err
		}
	}
	coeffs, err := randomVector(len(pk.G1.B))
	if err != nil {
		return err
	}
	var b1 bn254.G1Affine
	var b2 bn254.G2Affine
	if _, err := b1.MultiExp(pk.G1.B, coeffs, ecc.MultiExpConfig{}); err != nil {
		return fmt.Errorf("%w: %w", ErrInconsistent, err)
	}
	if _, err := b2.MultiExp(pk.G2.B, coeffs, ecc.MultiExpConfig{}); err != nil {
		return fmt.Errorf("%w: %w", ErrInconsistent, err)
	}
	if err := pairEqual("B query", b1, gen2, gen1, b2); err != nil {
		return err
	}
	return checkCommitmentKeys(pk, vk)
}

func checkShape(pk *groth16.ProvingKey, vk *groth16.VerifyingKey) error {
	n := len(pk.InfinityA)
	zeros := func(marks []bool) (count int) {
		for _, m := range marks {
			if m {
				count++
			}
		}
		return count
	}
	committed := 0
	for i := range pk.CommitmentKeys {
		committed += len(pk.CommitmentKeys[i].Basis)
	}
	switch {
	case len(pk.InfinityB) != n,
		zeros(pk.InfinityA) != int(pk.NbInfinityA) || len(pk.G1.A) != n-int(pk.NbInfinityA),
		zeros(pk.InfinityB) != int(pk.NbInfinityB) || len(pk.G1.B) != n-int(pk.NbInfinityB),
		len(pk.G2.B) != len(pk.G1.B),
		uint64(len(pk.G1.Z))+1 != pk.Domain.Cardinality,
		len(pk.G1.K)+committed+len(vk.G1.K) != n,
		len(pk.CommitmentKeys) != len(vk.CommitmentKeys):
		return fmt.Errorf("%w: sizes do not fit together", ErrInconsistent)
	}
	return nil
}

func checkCommitmentKeys(pk *groth16.ProvingKey, vk *groth16.VerifyingKey) error {
	for i := range pk.CommitmentKeys {
		basis, powers := pk.CommitmentKeys[i].Basis, pk.CommitmentKeys[i].BasisExpSigma
		if len(basis) != len(powers) {
			return fmt.Errorf("%w: commitment key %d has uneven halves", ErrInconsistent, i)
		}
		coeffs, err := randomVector(len(basis))
		if err != nil {
			return err
		}
		var p, ps bn254.G1Affine
		if _, err := p.MultiExp(basis, coeffs, ecc.MultiExpConfig{}); err != nil {
			return fmt.Errorf("%w: %w", ErrInconsistent, err)
		}
		if _, err := ps.MultiExp(powers, coeffs, ecc.MultiExpConfig{}); err != nil {
			return fmt.Errorf("%w: %w", ErrInconsistent, err)
		}
		p.Neg(&p)
		if err := pairEqual(fmt.Sprintf("commitment key %d", i), p, vk.CommitmentKeys[i].GSigmaNeg, ps, vk.CommitmentKeys[i].G); err != nil {
			return err
		}
	}
	return nil
}

// pairEqual checks e(a1, a2) == e(b1, b2).
func pairEqual(what string, a1 bn254.G1Affine, a2 bn254.G2Affine, b1 bn254.G1Affine, b2 bn254.G2Affine) error {
	b1.Neg(&b1)
	ok, err := bn254.PairingCheck([]bn254.G1Affine{a1, b1}, []bn254.G2Affine{a2, b2})
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrInconsistent, what, err)
	}
	if !ok {
		return fmt.Errorf("%w: %s", ErrInconsistent, what)
	}
	return nil
}

// randomVector is unpredictable to whoever made the keys, as the check needs.
func randomVector(n int) ([]fr.Element, error) {
	out := make([]fr.Element, n)
	buf := make([]byte, 48)
	for i := range out {
		if _, err := rand.Read(buf); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrSource, err)
		}
		out[i].SetBytes(buf)
	}
	return out, nil
}
