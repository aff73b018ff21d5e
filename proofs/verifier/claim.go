package verifier

import (
	"encoding/binary"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// Sizes of the public statement (formats.md).
const (
	NbPublicInputs = 11            // program, commitment, journal length, eight words
	wordBytes      = 31            // journal bytes in one public input
	MaxJournal     = 8 * wordBytes // bytes
)

// Claim is the statement of a proof: the program, run to completion on the
// state behind the commitment with some input, wrote exactly this journal.
type Claim struct {
	ProgramID  [32]byte // field element, big-endian
	Commitment [32]byte // field element, big-endian
	Journal    []byte   // at most MaxJournal bytes
}

// ImpossibleClaim has no proof under a sound key: no program has identity 0.
// A proof of it is the evidence that stops a verifier.
func ImpossibleClaim() Claim { return Claim{} }

// Check returns ErrBadClaim if the claim cannot be stated.
func (c Claim) Check() error {
	_, err := c.PublicInputs()
	return err
}

// PublicInputs is the statement as the circuit has it: program, commitment,
// journal length, and the journal in words of 31 bytes, zero-padded on the
// right, each a big-endian integer.
func (c Claim) PublicInputs() ([NbPublicInputs][32]byte, error) {
	var out [NbPublicInputs][32]byte
	var e fr.Element
	if err := e.SetBytesCanonical(c.ProgramID[:]); err != nil {
		return out, fmt.Errorf("%w: program is not a field element", ErrBadClaim)
	}
	if err := e.SetBytesCanonical(c.Commitment[:]); err != nil {
		return out, fmt.Errorf("%w: commitment is not a field element", ErrBadClaim)
	}
	if len(c.Journal) > MaxJournal {
		return out, fmt.Errorf("%w: journal of %d bytes, at most %d can be proven", ErrBadClaim, len(c.Journal), MaxJournal)
	}
	out[0], out[1] = c.ProgramID, c.Commitment
	binary.BigEndian.PutUint64(out[2][24:], uint64(len(c.Journal)))
	var padded [MaxJournal]byte
	copy(padded[:], c.Journal)
	for i := range NbPublicInputs - 3 {
		copy(out[3+i][32-wordBytes:], padded[i*wordBytes:(i+1)*wordBytes])
	}
	return out, nil
}
