package poseidon

import (
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// Additions of this package do not branch on their values: whether a sum of
// random elements passes p is a coin toss, which a processor guesses wrong half
// the time, and a wrong guess costs several additions.

// p, least significant word first; a test compares it with the library's.
const (
	p0 = 0x43e1f593f0000001
	p1 = 0x2833e84879b97091
	p2 = 0xb85045b68181585d
	p3 = 0x30644e72e131a029
)

// add sets z = x + y.
func add(z, x, y *fr.Element) {
	s0, c := bits.Add64(x[0], y[0], 0)
	s1, c := bits.Add64(x[1], y[1], c)
	s2, c := bits.Add64(x[2], y[2], c)
	s3, _ := bits.Add64(x[3], y[3], c) // 2p < 2^255
	t0, b := bits.Sub64(s0, p0, 0)
	t1, b := bits.Sub64(s1, p1, b)
	t2, b := bits.Sub64(s2, p2, b)
	t3, b := bits.Sub64(s3, p3, b)
	keep := -b // all ones if the sum is below p
	z[0], z[1], z[2], z[3] = t0^(t0^s0)&keep, t1^(t1^s1)&keep, t2^(t2^s2)&keep, t3^(t3^s3)&keep
}

// sumAll sets z to the sum of x, reducing once: the sum is below 8p, and its top
// bits k = sum / 2^253 (at most 12) give the quotient by p but for 0 or 1, as
// 169/256 is just below 2^253 / p.
func sumAll(z *fr.Element, x *[8]fr.Element) {
	s0, s1, s2, s3, s4 := x[0][0], x[0][1], x[0][2], x[0][3], uint64(0)
	for i := 1; i < len(x); i++ {
		var c uint64
		s0, c = bits.Add64(s0, x[i][0], 0)
		s1, c = bits.Add64(s1, x[i][1], c)
		s2, c = bits.Add64(s2, x[i][2], c)
		s3, c = bits.Add64(s3, x[i][3], c)
		s4 += c
	}
	q := (s4<<3 | s3>>61) * 169 >> 8
	h0, m0 := bits.Mul64(q, p0)
	h1, m1 := bits.Mul64(q, p1)
	h2, m2 := bits.Mul64(q, p2)
	m1, c := bits.Add64(m1, h0, 0)
	m2, c = bits.Add64(m2, h1, c)
	m3 := q*p3 + h2 + c // modulo 2^64, as is s3: the difference is below 2p
	var b uint64
	var r fr.Element
	r[0], b = bits.Sub64(s0, m0, 0)
	r[1], b = bits.Sub64(s1, m1, b)
	r[2], b = bits.Sub64(s2, m2, b)
	r[3], _ = bits.Sub64(s3, m3, b)
	add(z, &r, &fr.Element{})
}
