package proofs

import "vmhost/proofs/verifier"

// Types of package verifier, repeated so that most callers import one package.
type (
	// Claim is the statement of a proof.
	Claim = verifier.Claim
	// ProofFile is PROOF.json.
	ProofFile = verifier.File
	// Block names the block of a claim in a proof file.
	Block = verifier.Block
	// Stats of a proof's making.
	Stats = verifier.Stats
	// Rung says what ties a commitment to the chain.
	Rung = verifier.Rung
	// Status of a key.
	Status = verifier.Status
	// VerifyingKey is a decoded verifying key.
	VerifyingKey = verifier.Key
	// Pins is a list of trusted verifying keys.
	Pins = verifier.Pins
	// Pin is one of them.
	Pin = verifier.Pin
	// Policy says which keys verification may use.
	Policy = verifier.Policy
)

// Constants of package verifier.
const (
	RungUnverified = verifier.RungUnverified
	RungChecked    = verifier.RungChecked
	RungAnchored   = verifier.RungAnchored
	UnsafeDev      = verifier.UnsafeDev
	Ceremony       = verifier.Ceremony
	MaxJournal     = verifier.MaxJournal
	ProofSize      = verifier.ProofSize
	NbPublicInputs = verifier.NbPublicInputs
)

// Verify returns nil exactly if proof proves the claim under the key.
func Verify(c Claim, proof []byte, key *VerifyingKey) error { return verifier.Verify(c, proof, key) }

// ReadVerifyingKey decodes the bytes of gnark's WriteRawTo; see verifier.ReadKey.
func ReadVerifyingKey(raw []byte, status Status) (*VerifyingKey, error) {
	return verifier.ReadKey(raw, status)
}

// DecodeProofFile reads PROOF.json strictly; see verifier.DecodeFile.
func DecodeProofFile(data []byte) (*ProofFile, error) { return verifier.DecodeFile(data) }

// NewPins makes a list of trusted keys, in order.
func NewPins(list ...Pin) (*Pins, error) { return verifier.NewPins(list...) }

// ReadPins decodes a list of trusted keys; see verifier.ReadPins.
func ReadPins(data []byte) (*Pins, error) { return verifier.ReadPins(data) }

// Pinned is the list of keys that this version trusts.
func Pinned() (*Pins, error) { return verifier.Pinned() }
