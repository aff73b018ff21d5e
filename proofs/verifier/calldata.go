package verifier

import (
	"encoding/binary"

	"golang.org/x/crypto/sha3"
)

// verifySignature is the router's function (interfaces.md section 5).
const verifySignature = "verify(bytes32,bytes32,bytes,bytes)"

// SealedProof is what the router takes as proof: the selector of the verifying
// key, then the proof.
func SealedProof(keyID [32]byte, proof []byte) []byte {
	return append(append(make([]byte, 0, 4+len(proof)), keyID[:4]...), proof...)
}

// Calldata is the complete ABI-encoded call of VmVerifier.verify for the claim
// and the proof under the key with this identity.
func Calldata(c Claim, keyID [32]byte, proof []byte) []byte {
	sealed := SealedProof(keyID, proof)
	selector := keccak256([]byte(verifySignature))
	out := append([]byte(nil), selector[:4]...)
	out = append(out, c.ProgramID[:]...)
	out = append(out, c.Commitment[:]...)
	const head = 4 * 32
	out = appendWord(out, head)
	out = appendWord(out, head+32+padded(len(c.Journal)))
	out = appendBytes(out, c.Journal)
	return appendBytes(out, sealed)
}

func appendBytes(out, b []byte) []byte {
	out = appendWord(out, len(b))
	out = append(out, b...)
	return append(out, make([]byte, padded(len(b))-len(b))...)
}

func appendWord(out []byte, n int) []byte {
	var w [32]byte
	binary.BigEndian.PutUint64(w[24:], uint64(n))
	return append(out, w[:]...)
}

func padded(n int) int { return (n + 31) / 32 * 32 }

func keccak256(parts ...[]byte) (out [32]byte) {
	h := sha3.NewLegacyKeccak256()
	for _, p := range parts {
		_, _ = h.Write(p) // a hash never fails
	}
	h.Sum(out[:0])
	return out
}
