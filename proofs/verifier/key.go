package verifier

import (
	"bytes"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
)

// nbPoints is how many points of G1 stand for the statement: one of the
// constant 1, one of each public input, one of the commitment's challenge.
const nbPoints = NbPublicInputs + 2

// Key is a Groth16 verifying key of the statement of a claim, with one
// commitment. Its gamma and the commitment's base are the generator of G2.
type Key struct {
	raw  []byte // gnark's encoding, nil if the key was read from a blob
	blob []byte
	id   [32]byte

	alpha       bn254.G1Affine
	beta, delta bn254.G2Affine
	sigma       bn254.G2Affine // sigma times the commitment's base
	k           [nbPoints]bn254.G1Affine
}

// ReadKey decodes the bytes that gnark's WriteRawTo writes. The status becomes
// part of the key's identity; it is not in the bytes.
//
// Refused are keys of another statement, with public inputs under the
// commitment's hash, with gamma or a commitment base other than the generator
// of G2, and those of which Key's points give a secret away (see checkSecrets).
func ReadKey(raw []byte, status Status) (*Key, error) {
	if status != UnsafeDev && status != Ceremony {
		return nil, fmt.Errorf("%w: status %q", ErrBadKey, status)
	}
	k := &Key{raw: append([]byte(nil), raw...)}
	r := &reader{buf: k.raw}
	_, _, _, generator := bn254.Generators()
	k.alpha = r.g1("alpha")
	_ = r.g1("beta in G1") // verification needs neither this nor delta in G1
	k.beta = r.g2("beta")
	if gamma := r.g2("gamma"); r.err == nil && !gamma.Equal(&generator) {
		r.fail("gamma", errNotGenerator)
	}
	_ = r.g1("delta in G1")
	k.delta = r.g2("delta")
	r.count("points of the statement", nbPoints)
	k.readPoints(r)
	r.count("commitments", 1)
	r.count("committed public inputs", 0)
	r.count("commitment keys", 1)
	if base := r.g2("commitment base"); r.err == nil && !base.Equal(&generator) {
		r.fail("commitment base", errNotGenerator)
	}
	k.sigma = r.g2("commitment base times sigma")
	k.sigma.Neg(&k.sigma)
	return k.finish(r, status == UnsafeDev)
}

func (k *Key) readPoints(r *reader) {
	for i := range k.k {
		k.k[i] = r.g1(fmt.Sprintf("point %d of the statement", i))
	}
}

// finish checks what was read and computes the blob and the identity.
func (k *Key) finish(r *reader, unsafeDev bool) (*Key, error) {
	if err := r.end(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadKey, err)
	}
	if err := k.checkSecrets(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadKey, err)
	}
	k.blob = k.encodeBlob(unsafeDev)
	k.id = keccak256(k.blob)
	return k, nil
}

// checkSecrets refuses a key of which anyone can read a secret off the points.
//
//   - Infinity anywhere: a secret is zero, or a public input is free (no
//     constraint mentions it, and a proof for one value would prove all).
//   - beta, delta or sigma times the generator of G2 is plus or minus the
//     generator or one of the others. A setup without its last phase has
//     delta = gamma, and then C can be made from the statement's points:
//     such keys have been deployed, and robbed. The same for alpha in G1.
//   - Two public inputs with the same point up to sign: only their sum or
//     difference is bound.
//
// gamma and the commitment's base are known in every ceremony and need no
// secrecy: the statement's points are fixed multiples of gamma, and nobody has
// to combine them but the verifier. What the argument needs is that nobody
// knows delta and sigma. Points of which only the setup knows the logarithm
// look like any other: this check finds mistakes, it replaces no ceremony.
func (k *Key) checkSecrets() error {
	_, _, one1, one2 := bn254.Generators()
	if k.alpha.IsInfinity() {
		return fmt.Errorf("alpha: %w", errInfinity)
	}
	if k.alpha.X.Equal(&one1.X) {
		return fmt.Errorf("alpha: %w", errKnown)
	}
	names := []string{"the generator", "beta", "delta", "sigma"}
	known := []*bn254.G2Affine{&one2, &k.beta, &k.delta, &k.sigma}
	for i := range known {
		if known[i].IsInfinity() {
			return fmt.Errorf("%s: %w", names[i], errInfinity)
		}
		for j := range i {
			if known[i].X.Equal(&known[j].X) { // equal or opposite
				return fmt.Errorf("%s: %w: that of %s", names[i], errKnown, names[j])
			}
		}
	}
	for i := range k.k {
		if k.k[i].IsInfinity() {
			return fmt.Errorf("point %d of the statement: %w", i, errInfinity)
		}
		for j := 1; j < i; j++ {
			if k.k[i].X.Equal(&k.k[j].X) {
				return fmt.Errorf("point %d of the statement: %w: that of input %d", i, errKnown, j)
			}
		}
	}
	return nil
}

// ID is keccak256 of Blob: the code hash of the contract that holds the key.
// Its first four bytes are the key's selector.
func (k *Key) ID() [32]byte { return k.id }

// UnsafeDev says whether the key is marked as made from a public seed.
func (k *Key) UnsafeDev() bool { return k.blob[flagsAt]&flagUnsafeDev != 0 }

// Bytes is the encoding that ReadKey takes, nil if the key came from ReadBlob.
func (k *Key) Bytes() []byte { return append([]byte(nil), k.raw...) }

// samePoints compares all but the status.
func (k *Key) samePoints(o *Key) bool { return bytes.Equal(k.blob[flagsAt+1:], o.blob[flagsAt+1:]) }
