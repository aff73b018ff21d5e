//go:build !purego

package poseidon

import (
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

var modulusWords = func() (w [4]uint64) {
	m := fr.Modulus()
	for i := range w {
		w[i] = m.Uint64()
		m.Rsh(m, 64)
	}
	return w
}()

var modulusDigits = func() (d [5]int64) {
	m := fr.Modulus()
	for i := range d {
		d[i] = int64(m.Uint64() & limbMask)
		m.Rsh(m, limbBits)
	}
	return d
}()

// canonical subtracts p from x < 2p if x >= p.
func canonical(x [4]uint64) fr.Element {
	var y [4]uint64
	var b uint64
	for i := range y {
		y[i], b = bits.Sub64(x[i], modulusWords[i], b)
	}
	if b != 0 {
		return x
	}
	return y
}
