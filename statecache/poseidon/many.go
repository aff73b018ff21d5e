package poseidon

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// HashMany sets dst[i] = H8(in[i]) for every row of in, with the fastest
// kernel of this CPU (see Kernel). dst must have at least len(in) elements and
// may not overlap in. Rows are independent; the more there are in one call,
// the better: a tree's level, not a node, is the unit of work.
func HashMany(dst []fr.Element, in [][8]fr.Element) {
	dst = dst[:len(in)]
	for i := range in {
		dst[i] = H8(&in[i])
	}
}

// Kernel names the code HashMany runs on this CPU.
func Kernel() string { return "scalar" }
