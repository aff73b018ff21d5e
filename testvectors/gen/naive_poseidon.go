package main

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
)

// field is r.
var field = fr.Modulus()

// permutation is Poseidon2 over big integers, by the paper's matrices.
type permutation struct {
	width, full, partial int
	keys                 [][]*big.Int
	diagonal             []*big.Int // minus 1
}

func newPermutation(width int) *permutation {
	const full, partial = 8, 57
	params := poseidon2.NewParameters(width, full, partial)
	p := &permutation{width: width, full: full, partial: partial}
	for _, row := range params.RoundKeys {
		p.keys = append(p.keys, bigs(row))
	}
	p.diagonal = bigs(params.DiagM1)
	return p
}

func bigs(in []fr.Element) (out []*big.Int) {
	for i := range in {
		out = append(out, in[i].BigInt(new(big.Int)))
	}
	return out
}

func (p *permutation) permute(x []*big.Int) []*big.Int {
	x = p.external(x)
	for round := range p.full + p.partial {
		isPartial := round >= p.full/2 && round < p.full/2+p.partial
		for i, key := range p.keys[round] {
			if isPartial && i > 0 {
				break
			}
			x[i] = new(big.Int).Exp(new(big.Int).Add(x[i], key), big.NewInt(5), field)
		}
		if isPartial {
			x = p.internal(x)
		} else {
			x = p.external(x)
		}
	}
	return x
}

// external multiplies by the block matrix with 2·M4 on the diagonal and M4
// elsewhere.
func (p *permutation) external(x []*big.Int) []*big.Int {
	m4 := [4][4]int64{{5, 7, 1, 3}, {4, 6, 1, 1}, {1, 3, 5, 7}, {1, 1, 4, 6}}
	out := make([]*big.Int, p.width)
	for row := range out {
		sum := new(big.Int)
		for col := range x {
			c := m4[row%4][col%4]
			if row/4 == col/4 {
				c *= 2
			}
			sum.Add(sum, new(big.Int).Mul(big.NewInt(c), x[col]))
		}
		out[row] = sum.Mod(sum, field)
	}
	return out
}

// internal multiplies by the matrix of ones plus the diagonal.
func (p *permutation) internal(x []*big.Int) []*big.Int {
	sum := new(big.Int)
	for _, v := range x {
		sum.Add(sum, v)
	}
	out := make([]*big.Int, p.width)
	for i := range out {
		v := new(big.Int).Mul(x[i], p.diagonal[i])
		out[i] = v.Add(v, sum).Mod(v, field)
	}
	return out
}
