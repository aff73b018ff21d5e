package verifier

import (
	"bytes"
	"fmt"
)

// The encoding of a key as the verifier contract reads it (Bn254.sol): the code
// of a contract that nobody can run, since it begins with STOP.
//
//	0x000   32   header: 0, "vmhost groth16-bsb22-bn254 v1", 0, flags
//	0x020   64   alpha
//	0x060  128   -beta
//	0x0e0  128   -delta
//	0x160  128   sigma times the commitment's base
//	0x1e0   64   K[0], of the constant 1
//	0x220  704   K[1..11], of the public inputs
//	0x4e0   64   K[12], of the commitment's challenge
//
// Points are big-endian and uncompressed, a coordinate's imaginary part first.
// The beta and delta in it are negated because the contract needs them so.
const (
	// BlobSize is the length of Key.Blob in bytes.
	BlobSize = 32 + 64 + 3*128 + 64*nbPoints

	blobMagic     = "\x00vmhost groth16-bsb22-bn254 v1\x00"
	flagsAt       = 31
	flagUnsafeDev = 1
)

func (k *Key) encodeBlob(unsafeDev bool) []byte {
	out := append(make([]byte, 0, BlobSize), blobMagic...)
	flags := byte(0)
	if unsafeDev {
		flags |= flagUnsafeDev
	}
	out = append(out, flags)
	beta, delta := k.beta, k.delta
	beta.Neg(&beta)
	delta.Neg(&delta)
	alpha := k.alpha.RawBytes()
	out = append(out, alpha[:]...)
	for _, p := range [][128]byte{beta.RawBytes(), delta.RawBytes(), k.sigma.RawBytes()} {
		out = append(out, p[:]...)
	}
	for i := range k.k {
		p := k.k[i].RawBytes()
		out = append(out, p[:]...)
	}
	return out
}

// Blob is the code of the contract that holds the key: what ReadBlob takes and
// VmVerifier.addKey accepts.
func (k *Key) Blob() []byte { return bytes.Clone(k.blob) }

// ReadBlob decodes the code of a key contract. It refuses, with ErrBadKey, what
// the contract refuses: another version, unknown flags, points that are
// malformed or infinite, and secrets that the points give away.
//
// A key says nothing by itself: compare its ID with a pinned one.
func ReadBlob(blob []byte) (*Key, error) {
	if len(blob) != BlobSize {
		return nil, fmt.Errorf("%w: blob of %d bytes, need %d", ErrBadKey, len(blob), BlobSize)
	}
	flags := blob[flagsAt]
	if string(blob[:flagsAt]) != blobMagic || flags&^flagUnsafeDev != 0 {
		return nil, fmt.Errorf("%w: not a key blob of this version", ErrBadKey)
	}
	k, r := new(Key), &reader{buf: blob[flagsAt+1:]}
	k.alpha = r.g1("alpha")
	k.beta = r.g2("beta")
	k.beta.Neg(&k.beta)
	k.delta = r.g2("delta")
	k.delta.Neg(&k.delta)
	k.sigma = r.g2("sigma")
	k.readPoints(r)
	return k.finish(r, flags&flagUnsafeDev != 0)
}
