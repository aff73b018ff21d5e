package setup

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254"

	"vmhost/proofs/internal/affine"
)

// batch is how many points share one inversion.
const batch = affine.Batch

// group is what the window tables need to know of G1 or G2.
type group[P any] interface {
	affine.Adder[P]
	// shift returns base, 2^w base, 2^2w base, ... (n points).
	shift(base *P, w, n int) []P
}

// g1 and g2 hold scratch space: one value for each goroutine.
type (
	g1 struct{ affine.G1 }
	g2 struct{ affine.G2 }
)

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
