package verifier

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// ProofSize is the length of a proof in bytes.
const ProofSize = 12 * 32

// points of a proof.
type points struct {
	a, c            bn254.G1Affine
	b               bn254.G2Affine
	commitment, pok bn254.G1Affine
}

func decodeProof(proof []byte) (*points, error) {
	if len(proof) != ProofSize {
		return nil, fmt.Errorf("%w: %d bytes, need %d", ErrBadProof, len(proof), ProofSize)
	}
	r := &reader{buf: proof}
	p := &points{}
	p.a = r.g1("A")
	p.b = r.g2("B")
	p.c = r.g1("C")
	p.commitment = r.g1("commitment")
	p.pok = r.g1("proof of knowledge")
	if err := r.end(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadProof, err)
	}
	return p, nil
}

// Verify returns nil exactly if proof proves the claim under key k.
func Verify(c Claim, proof []byte, k *Key) error {
	in, err := c.PublicInputs()
	if err != nil {
		return err
	}
	return k.Verify(proof, in[:])
}

// Verify checks the proof for public inputs, which are field elements,
// big-endian and canonical. It returns an error that wraps ErrBadProof, or
// ErrBadClaim if an input is not a field element or their number is wrong.
func (k *Key) Verify(proof []byte, inputs [][32]byte) error {
	if len(inputs) != NbPublicInputs {
		return fmt.Errorf("%w: %d public inputs, need %d", ErrBadClaim, len(inputs), NbPublicInputs)
	}
	x := make([]fr.Element, len(inputs), len(inputs)+1)
	for i := range inputs {
		if err := x[i].SetBytesCanonical(inputs[i][:]); err != nil {
			return fmt.Errorf("%w: public input %d is not a field element", ErrBadClaim, i)
		}
	}
	p, err := decodeProof(proof)
	if err != nil {
		return err
	}
	if err := k.checkCommitment(p); err != nil {
		return err
	}
	return k.checkEquation(p, append(x, p.challenge()))
}

// challenge is the value of the commitment in the circuit: keccak256 of the
// point, modulo r. No public input goes into it: circuits commit to copies.
func (p *points) challenge() (e fr.Element) {
	raw := p.commitment.RawBytes()
	h := keccak256(raw[:])
	e.SetBigInt(new(big.Int).SetBytes(h[:]))
	return e
}

// checkCommitment checks e(commitment, sigma G) = e(pok, G): the prover knows
// the committed values.
func (k *Key) checkCommitment(p *points) error {
	_, _, _, generator := bn254.Generators()
	var negPok bn254.G1Affine
	negPok.Neg(&p.pok)
	ok, err := bn254.PairingCheck(
		[]bn254.G1Affine{p.commitment, negPok},
		[]bn254.G2Affine{k.sigma, generator})
	if err != nil || !ok {
		return fmt.Errorf("%w: proof of knowledge of the commitment fails", ErrBadProof)
	}
	return nil
}

// checkEquation checks e(A, B) = e(alpha, beta) e(inputs + commitment, gamma) e(C, delta).
func (k *Key) checkEquation(p *points, x []fr.Element) error {
	var sum, term bn254.G1Jac
	sum.FromAffine(&k.k[0])
	sum.AddMixed(&p.commitment)
	var v big.Int
	for i := range x {
		term.FromAffine(&k.k[1+i])
		term.ScalarMultiplication(&term, x[i].BigInt(&v))
		sum.AddAssign(&term)
	}
	_, _, _, gamma := bn254.Generators()
	var inputs, negA bn254.G1Affine
	inputs.FromJacobian(&sum)
	negA.Neg(&p.a)
	ok, err := bn254.PairingCheck(
		[]bn254.G1Affine{negA, k.alpha, inputs, p.c},
		[]bn254.G2Affine{p.b, k.beta, gamma, k.delta})
	if err != nil || !ok {
		return fmt.Errorf("%w: the pairing equation does not hold", ErrBadProof)
	}
	return nil
}
