package setup

import (
	"crypto/sha3"
	"fmt"
	"io"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// devSeed is public and part of the key-set version: a change makes new keys.
const devSeed = "vmhost/unsafe-dev-keys/1:"

// DevSource is the public stream of bytes from which the unsafe development
// key of the named shape is made (SHAKE256 of a fixed string and the name).
// Everybody can recompute it and forge proofs for the key.
func DevSource(name string) io.Reader {
	h := sha3.NewSHAKE256()
	// A SHAKE in its absorbing state never fails to write.
	_, _ = io.WriteString(h, devSeed+name)
	return h
}

// secrets of a setup, usually called toxic waste. Gamma and the commitments'
// base are no secrets: both are the generator of G2, as a ceremony leaves them.
type secrets struct {
	t, alpha, beta, delta fr.Element
	deltaInv              fr.Element
	sigma                 []fr.Element // one for each commitment
}

// drawSecrets reads all randomness of a setup. domain is the size of the
// evaluation domain: t is drawn outside it, since every Lagrange coefficient
// would be 0 or undefined there.
func drawSecrets(source io.Reader, domain uint64, commitments int) (*secrets, error) {
	s := &secrets{sigma: make([]fr.Element, commitments)}
	one := fr.One()
	for {
		if err := drawScalar(source, &s.t); err != nil {
			return nil, err
		}
		var tn fr.Element
		if tn.Exp(s.t, new(big.Int).SetUint64(domain)); !tn.Equal(&one) {
			break
		}
	}
	for _, e := range []*fr.Element{&s.alpha, &s.beta, &s.delta} {
		if err := drawScalar(source, e); err != nil {
			return nil, err
		}
	}
	for i := range s.sigma {
		if err := drawScalar(source, &s.sigma[i]); err != nil {
			return nil, err
		}
	}
	s.deltaInv.Inverse(&s.delta)
	return s, nil
}

// drawScalar reads 48 bytes (128 bits more than the field, so that the
// reduction's bias is negligible) and repeats until the result is not 0.
func drawScalar(source io.Reader, e *fr.Element) error {
	var buf [48]byte
	for {
		if _, err := io.ReadFull(source, buf[:]); err != nil {
			return fmt.Errorf("%w: %w", ErrSource, err)
		}
		e.SetBigInt(new(big.Int).SetBytes(buf[:]))
		if !e.IsZero() {
			return nil
		}
	}
}
