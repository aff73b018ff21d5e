//go:build !purego

package poseidon

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

var modulusDigits = func() (d [5]int64) {
	m := fr.Modulus()
	for i := range d {
		d[i] = int64(m.Uint64() & limbMask)
		m.Rsh(m, limbBits)
	}
	return d
}()

// canonical subtracts p from x < 2p if x >= p.
func canonical(x [4]uint64) (z fr.Element) {
	add(&z, (*fr.Element)(&x), &fr.Element{})
	return z
}
