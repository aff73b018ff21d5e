//go:build !purego

package poseidon

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// state8 is eight states of the permutation: st[5*i+k][l] is limb k (radix
// 2^52) of element i of state l, of the Montgomery form.
type state8 [40][8]uint64

// permuteIFMA permutes st. On return its first five rows hold element 0 alike,
// a value below 8 p.
//
//go:noescape
func permuteIFMA(st *state8)

// hashIFMA hashes any number of rows, eight at a time; a row left over goes to H8.
func hashIFMA(dst []fr.Element, in [][8]fr.Element) { hashEights(dst, in, permuteIFMA) }

func hashEights(dst []fr.Element, in [][8]fr.Element, permute func(*state8)) {
	var st state8 // rows of an earlier eight are left in the lanes of a short one
	for len(in) > 1 {
		n := min(len(in), 8)
		for l := range n {
			for i := range in[l] {
				split52(&in[l][i], (*[5][8]uint64)(st[5*i:]), l)
			}
		}
		permute(&st)
		for l := range n {
			h := join52((*[5][8]uint64)(st[:5]), l)
			dst[l].Add(&h, &in[l][0])
		}
		dst, in = dst[n:], in[n:]
	}
	if len(in) == 1 {
		dst[0] = H8(&in[0])
	}
}

const mask52 = 1<<52 - 1

// split52 writes e's limbs into column l.
func split52(e *fr.Element, out *[5][8]uint64, l int) {
	out[0][l] = e[0] & mask52
	out[1][l] = (e[0]>>52 | e[1]<<12) & mask52
	out[2][l] = (e[1]>>40 | e[2]<<24) & mask52
	out[3][l] = (e[2]>>28 | e[3]<<36) & mask52
	out[4][l] = e[3] >> 16
}

// join52 is the inverse of split52, for values below 8 p.
func join52(in *[5][8]uint64, l int) fr.Element {
	d := [5]uint64{in[0][l], in[1][l], in[2][l], in[3][l], in[4][l]}
	for i := 2; i >= 0; i-- { // less 4 p, 2 p and p, where they go in
		var r [5]uint64
		var carry int64
		for k := range r {
			v := int64(d[k]) - int64(multiples52[i][k]) + carry
			carry = v >> 52
			r[k] = uint64(v) & mask52
		}
		if carry == 0 {
			d = r
		}
	}
	return fr.Element{
		d[0] | d[1]<<52,
		d[1]>>12 | d[2]<<40,
		d[2]>>24 | d[3]<<28,
		d[3]>>36 | d[4]<<16,
	}
}

// multiples52 are p, 2 p and 4 p in limbs of radix 2^52.
var multiples52 = func() (out [3][5]uint64) {
	for i := range out {
		m := fr.Modulus()
		m.Lsh(m, uint(i))
		for k := range out[i] {
			out[i][k] = m.Uint64() & mask52
			m.Rsh(m, 52)
		}
	}
	return out
}()
