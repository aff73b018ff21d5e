package poseidon

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
)

// Shape of the permutation.
const (
	Width         = 8  // elements of the state, and arity of every tree
	FullRounds    = 8  // half before, half after the partial rounds
	PartialRounds = 57 // rounds with one S-box
)

// params holds the round keys and the internal diagonal; never written.
var params = poseidon2.NewParameters(Width, FullRounds, PartialRounds)

// H8 compresses eight field elements into one: the first element of
// Permute(x) + x. It does not change x.
func H8(x *[8]fr.Element) fr.Element {
	s := *x
	Permute(&s)
	add(&s[0], &s[0], &x[0])
	return s[0]
}

// Permute applies the Poseidon2 permutation to x in place.
func Permute(x *[8]fr.Element) {
	external(x)
	const half = FullRounds / 2
	for r := range half {
		fullRound(x, params.RoundKeys[r])
	}
	for r := half; r < half+PartialRounds; r++ {
		add(&x[0], &x[0], &params.RoundKeys[r][0])
		sbox(&x[0])
		internal(x)
	}
	for r := half + PartialRounds; r < FullRounds+PartialRounds; r++ {
		fullRound(x, params.RoundKeys[r])
	}
}

func fullRound(x *[8]fr.Element, rc []fr.Element) {
	for i := range x {
		add(&x[i], &x[i], &rc[i])
		sbox(&x[i])
	}
	external(x)
}

// sbox raises x to the fifth power.
func sbox(x *fr.Element) {
	var t fr.Element
	t.Square(x)
	t.Square(&t)
	x.Mul(x, &t)
}

// external multiplies by circ(2·M4, M4): M4 on both halves, then each lane
// gets the sum of the two lanes of its column added.
func external(x *[8]fr.Element) {
	m4((*[4]fr.Element)(x[0:4]))
	m4((*[4]fr.Element)(x[4:8]))
	for i := range 4 {
		var s fr.Element
		add(&s, &x[i], &x[i+4])
		add(&x[i], &x[i], &s)
		add(&x[i+4], &x[i+4], &s)
	}
}

// m4 multiplies by
//
//	(5 7 1 3)
//	(4 6 1 1)
//	(1 3 5 7)
//	(1 1 4 6)
//
// with the addition chain of the Poseidon2 paper, appendix B.
func m4(s *[4]fr.Element) {
	var a, b, c, d fr.Element
	add(&a, &s[0], &s[1])
	add(&b, &s[2], &s[3])
	add(&c, &s[1], &s[1])
	add(&c, &c, &b)
	add(&d, &s[3], &s[3])
	add(&d, &d, &a)
	add(&b, &b, &b)
	add(&b, &b, &b)
	add(&b, &b, &d) // 4(s2+s3) + 2·s3 + s0 + s1
	add(&a, &a, &a)
	add(&a, &a, &a)
	add(&a, &a, &c) // 4(s0+s1) + 2·s1 + s2 + s3
	add(&s[0], &d, &a)
	s[1] = a
	add(&s[2], &c, &b)
	s[3] = b
}

// internal multiplies by the all-ones matrix plus the diagonal.
func internal(x *[8]fr.Element) {
	var sum fr.Element
	sumAll(&sum, x)
	for i := range x {
		x[i].Mul(&x[i], &params.DiagM1[i])
		add(&x[i], &x[i], &sum)
	}
}
