package verifier

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
)

// maxKeyInputs bounds what ReadKey accepts: circuits of this project have 11.
const maxKeyInputs = 64

// Key is a Groth16 verifying key with one commitment.
type Key struct {
	raw []byte
	id  [32]byte

	alpha              bn254.G1Affine
	beta, gamma, delta bn254.G2Affine
	k                  []bn254.G1Affine // constant, public inputs, commitment's challenge
	committed          []uint64         // public inputs (from 1) hashed with the commitment
	pedersenG          bn254.G2Affine
	pedersenGSigmaNeg  bn254.G2Affine
}

// ReadKey decodes the bytes that gnark's WriteRawTo writes. It refuses keys
// with other than one commitment, and keys under which a public input would
// be free (its point is infinity: no constraint mentions it, and a proof for
// one value would prove all).
func ReadKey(raw []byte) (*Key, error) {
	k := &Key{raw: append([]byte(nil), raw...), id: keccak256(raw)}
	r := &reader{buf: k.raw}
	k.alpha = r.g1("alpha")
	beta1 := r.g1("beta in G1")
	k.beta = r.g2("beta")
	k.gamma = r.g2("gamma")
	delta1 := r.g1("delta in G1")
	k.delta = r.g2("delta")
	if n := r.uint32(); n < 2 || n > maxKeyInputs+2 {
		r.fail("public inputs", fmt.Errorf("%d points", n))
	} else {
		for i := range n {
			k.k = append(k.k, r.g1(fmt.Sprintf("point of public input %d", i)))
		}
	}
	k.readCommitment(r)
	if err := r.end(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadKey, err)
	}
	for i := range k.k[1:] {
		if k.k[1+i].IsInfinity() {
			return nil, fmt.Errorf("%w: public input %d is not constrained", ErrBadKey, i)
		}
	}
	if k.alpha.IsInfinity() || beta1.IsInfinity() || delta1.IsInfinity() || k.beta.IsInfinity() || k.gamma.IsInfinity() ||
		k.delta.IsInfinity() || k.pedersenG.IsInfinity() || k.pedersenGSigmaNeg.IsInfinity() {
		return nil, fmt.Errorf("%w: a secret is zero", ErrBadKey)
	}
	return k, nil
}

func (k *Key) readCommitment(r *reader) {
	if n := r.uint32(); r.err == nil && n != 1 {
		r.fail("commitments", fmt.Errorf("%d, need exactly 1", n))
	}
	n := r.uint32()
	if n > maxKeyInputs {
		r.fail("committed public inputs", fmt.Errorf("%d", n))
		return
	}
	last := uint64(0)
	for range n {
		i := r.uint64()
		if r.err == nil && (i <= last || i > uint64(k.NbPublicInputs())) {
			r.fail("committed public inputs", fmt.Errorf("index %d", i))
		}
		last = i
		k.committed = append(k.committed, i)
	}
	if n := r.uint32(); r.err == nil && n != 1 {
		r.fail("commitment keys", fmt.Errorf("%d, need exactly 1", n))
	}
	k.pedersenG = r.g2("commitment base")
	k.pedersenGSigmaNeg = r.g2("commitment base times sigma")
}

// ID is keccak256 of the key's bytes.
func (k *Key) ID() [32]byte { return k.id }

// Bytes is the encoding that ReadKey takes.
func (k *Key) Bytes() []byte { return append([]byte(nil), k.raw...) }

// NbPublicInputs is the number of public inputs of the circuit, without the
// constant and the commitment's challenge.
func (k *Key) NbPublicInputs() int { return max(0, len(k.k)-2) }
