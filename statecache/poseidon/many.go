package poseidon

import (
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// kernel hashes rows, any number of them.
type kernel struct {
	name string
	hash func(dst []fr.Element, in [][8]fr.Element)
}

// active is the kernel of this process, chosen and tried at first use.
var active = sync.OnceValue(func() kernel { return choose(candidates()) })

// HashMany sets dst[i] = H8(in[i]) for every row of in, with the fastest
// kernel of this CPU (see Kernel), on the calling goroutine. dst must have at
// least len(in) elements and may not overlap in. Rows are independent; the more
// there are in one call, the better: a tree's level, not a node, is the unit of
// work.
func HashMany(dst []fr.Element, in [][8]fr.Element) { active().hash(dst[:len(in)], in) }

// Kernel names the code HashMany runs: "avx512-ifma", "avx2" or "scalar". A vector kernel
// this CPU has but whose answers differ from the scalar code's is not used,
// and named, as in "scalar (avx2 failed its self-test)".
func Kernel() string { return active().name }

func scalarMany(dst []fr.Element, in [][8]fr.Element) {
	for i := range in {
		dst[i] = H8(&in[i])
	}
}

// choose returns the first candidate that passes the self-test.
func choose(from []kernel) kernel {
	failed := ""
	for _, k := range from {
		if selfTest(k) {
			k.name += failed
			return k
		}
		failed += " (" + k.name + " failed its self-test)"
	}
	return kernel{"scalar" + failed, scalarMany}
}

// selfTest compares k with the scalar code on the ends of the field, on small
// and on mixed values.
func selfTest(k kernel) bool {
	var in [9][8]fr.Element
	x := fr.NewElement(7)
	for i := range in {
		for j := range in[i] {
			switch (i + j) % 4 {
			case 0: // zero
			case 1:
				in[i][j] = fr.Element{uint64(i * j)} // raw words, so small inside
			case 2:
				in[i][j].SetInt64(-1)
			default:
				x.Square(&x)
				in[i][j] = x
			}
		}
	}
	var got, want [len(in)]fr.Element
	k.hash(got[:], in[:])
	scalarMany(want[:], in[:])
	return got == want
}
