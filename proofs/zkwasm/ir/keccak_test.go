package ir_test

import (
	"encoding/binary"
	"math/rand/v2"
	"testing"

	"golang.org/x/crypto/sha3"

	"vmhost/proofs/zkwasm/ir"
)

// TestKeccakF hashes by KeccakF and by another implementation.
func TestKeccakF(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 300 {
		msg := make([]byte, n)
		for i := range msg {
			msg[i] = byte(r.Uint32())
		}
		h := sha3.NewLegacyKeccak256()
		h.Write(msg)
		want := h.Sum(nil)

		var a [ir.KeccakLanes]uint64
		padded := append(append(msg[:n:n], 1), make([]byte, 135-n%136)...)
		padded[len(padded)-1] |= 0x80
		for ; len(padded) > 0; padded = padded[136:] {
			for i := range 17 {
				a[i] ^= binary.LittleEndian.Uint64(padded[8*i:])
			}
			a = ir.KeccakF(a)
		}
		for i := range 4 {
			if binary.LittleEndian.Uint64(want[8*i:]) != a[i] {
				t.Fatalf("%d bytes: word %d is wrong", n, i)
			}
		}
	}
}
