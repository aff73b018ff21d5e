//go:build !purego

package poseidon

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"golang.org/x/sys/cpu"
)

// state4 is four states of the permutation: st[5*i+k][l] is limb k of element
// i of state l, in balanced digits of radix 2^51 of the Montgomery form, each
// at its weight 2^(51k).
type state4 [40][4]float64

// permuteAVX2 permutes st. On return its first five rows hold element 0 alike,
// a value within ±0.99 p.
//
//go:noescape
func permuteAVX2(st *state4)

// candidates lists the vector kernels this CPU can run, best first.
func candidates() []kernel {
	var out []kernel
	if cpu.X86.HasAVX512IFMA && cpu.X86.HasAVX512F {
		out = append(out, kernel{"avx512-ifma", hashIFMA})
	}
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
		out = append(out, kernel{"avx2", hashAVX2})
	}
	return out
}

// hashAVX2 hashes any number of rows, four at a time. The kernel takes as long
// for one row as for four, so that a single row left over goes to H8.
func hashAVX2(dst []fr.Element, in [][8]fr.Element) {
	var st state4 // rows of an earlier four are left in the lanes of a short one
	for len(in) > 1 {
		n := min(len(in), 4)
		for l := range n {
			for i := range in[l] {
				split(&in[l][i], (*[5][4]float64)(st[5*i:]), l)
			}
		}
		permuteAVX2(&st)
		for l := range n {
			h := join((*[5][4]float64)(st[:5]), l)
			dst[l].Add(&h, &in[l][0])
		}
		dst, in = dst[n:], in[n:]
	}
	if len(in) == 1 {
		dst[0] = H8(&in[0])
	}
}

const (
	limbBits = 51
	limbMask = 1<<limbBits - 1
	limbHalf = 1 << (limbBits - 1)
)

// weights are 2^(51k).
var weights = [5]float64{1, 1 << 51, 1 << 102, 1 << 153, 1 << 204}

// split writes e's balanced digits into column l.
func split(e *fr.Element, out *[5][4]float64, l int) {
	d := [5]uint64{
		e[0] & limbMask,
		(e[0]>>51 | e[1]<<13) & limbMask,
		(e[1]>>38 | e[2]<<26) & limbMask,
		(e[2]>>25 | e[3]<<39) & limbMask,
		e[3] >> 12,
	}
	var carry uint64
	for k := range 4 {
		v := d[k] + carry
		carry = (v + limbHalf) >> limbBits
		out[k][l] = float64(int64(v-carry<<limbBits)) * weights[k]
	}
	out[4][l] = float64(int64(d[4]+carry)) * weights[4]
}

// join is the inverse of split, for values within ±p.
func join(in *[5][4]float64, l int) fr.Element {
	var d [5]uint64
	var carry int64
	for k := range d {
		v := int64(in[k][l]/weights[k]) + modulusDigits[k] + carry
		d[k] = uint64(v) & limbMask
		carry = v >> limbBits
	}
	return canonical([4]uint64{
		d[0] | d[1]<<51,
		d[1]>>13 | d[2]<<38,
		d[2]>>26 | d[3]<<25,
		d[3]>>39 | d[4]<<12,
	})
}
