package verifier

import (
	"bytes"
	"errors"
	"fmt"
)

// Rung says what ties the state commitment of a proof to the chain. It is a
// statement of whoever wrote the file and is not bound by the proof.
type Rung string

// Rungs, lowest first (formats.md).
const (
	RungUnverified Rung = "unverified" // no MPT proofs
	RungChecked    Rung = "checked"    // every value checked against the state root natively
	RungAnchored   Rung = "anchored"   // the commitment is in the registry, challengeable
)

// Constants of a proof file.
const (
	FileFormat = "vmhost-proof/1"
	System     = "groth16-bn254"
	// MaxFile bounds what DecodeFile reads, in bytes.
	MaxFile = 1 << 20
)

// Block names the block of a claim. It is not bound by the proof itself: the
// commitment is, and the registry ties that to a block.
type Block struct {
	ChainID uint64
	Number  uint64
	Hash    [32]byte
}

// Stats of a proof's making; informative only.
type Stats struct {
	WasmInstructions uint64 // fuel used
	IRSteps          uint64
	Reads            uint64 // state reads
	Constraints      uint64 // size of the circuit
	UsedConstraints  uint64 // of these, how many the run needed
	Seconds          float64
	PeakBytes        uint64
}

// File is PROOF.json (interfaces.md section 3).
type File struct {
	Claim          Claim
	Shape          string // "class" in the file: the circuit shape
	VerifyingKeyID [32]byte
	Proof          []byte // ProofSize bytes
	Block          Block
	Rung           Rung
	Stats          Stats
}

// Policy says which keys File.Verify may use.
type Policy struct {
	AllowUnsafe bool  // take unsafe-dev keys
	Pins        *Pins // nil: the list of this version
	Key         *Key  // if set, the proof must be under this key, which must be pinned
}

// Verify checks the proof in the file under a pinned key and returns the pin.
// The file's own copies of derived values were already compared by DecodeFile.
// Block, rung and stats are not checked: no proof covers them.
//
// The error wraps ErrUnknownKey, ErrTombstonedKey, ErrUnsafeKey, ErrBadFile
// (the file names another class than its key has), or one of Verify's.
func (f *File) Verify(policy Policy) (Pin, error) {
	pin, err := policy.choose(f.VerifyingKeyID)
	if err != nil {
		return Pin{}, err
	}
	if f.Shape != pin.Shape {
		return Pin{}, fmt.Errorf("%w: class %q, but its key is of %q", ErrBadFile, f.Shape, pin.Shape)
	}
	return pin, Verify(f.Claim, f.Proof, pin.Key)
}

func (p Policy) choose(id [32]byte) (Pin, error) {
	pins := p.Pins
	if pins == nil {
		var err error
		if pins, err = Pinned(); err != nil {
			return Pin{}, err
		}
	}
	pin, ok := pins.ByID(id)
	switch {
	case !ok:
		return Pin{}, fmt.Errorf("%w: %x is not in the pinned list", ErrUnknownKey, id)
	case p.Key != nil && !p.Key.samePoints(pin.Key):
		return Pin{}, fmt.Errorf("%w: the file is for key %x, the given key is another", ErrUnknownKey, id)
	case pin.Tombstoned:
		return Pin{}, fmt.Errorf("%w: %s %x", ErrTombstonedKey, pin.Shape, id)
	case pin.Status != Ceremony && !p.AllowUnsafe:
		return Pin{}, fmt.Errorf("%w: %s %x is %s, whose trapdoor is public", ErrUnsafeKey, pin.Shape, id, pin.Status)
	}
	return pin, nil
}

// Check returns ErrBadFile or ErrBadClaim if the file's values cannot be encoded.
func (f *File) Check() error {
	if err := f.Claim.Check(); err != nil {
		return err
	}
	switch {
	case len(f.Proof) != ProofSize:
		return fmt.Errorf("%w: proof of %d bytes, need %d", ErrBadFile, len(f.Proof), ProofSize)
	case f.Shape == "":
		return fmt.Errorf("%w: no class", ErrBadFile)
	case f.Rung != RungUnverified && f.Rung != RungChecked && f.Rung != RungAnchored:
		return fmt.Errorf("%w: rung %q", ErrBadFile, f.Rung)
	case !(f.Stats.Seconds >= 0 && f.Stats.Seconds < 1e12):
		return fmt.Errorf("%w: %v seconds", ErrBadFile, f.Stats.Seconds)
	}
	return nil
}

// Calldata is the call of VmVerifier.verify that submits the proof.
func (f *File) Calldata() []byte { return Calldata(f.Claim, f.VerifyingKeyID, f.Proof) }

// DecodeFile reads PROOF.json. Unknown, missing, repeated or mistyped fields
// are refused, and so is a file whose public inputs or calldata are not those
// of its claim, key and proof. The proof itself is not verified.
func DecodeFile(data []byte) (*File, error) {
	if len(data) > MaxFile {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrBadFile, len(data), MaxFile)
	}
	f, bound, err := decodeFile(data)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadFile, err)
	}
	if err := f.Check(); err != nil {
		if errors.Is(err, ErrBadFile) {
			return nil, err
		}
		return nil, fmt.Errorf("%w: %w", ErrBadFile, err)
	}
	want, err := f.Claim.PublicInputs()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadFile, err)
	}
	if len(bound.publicInputs) != len(want) {
		return nil, fmt.Errorf("%w: publicInputs: %d, need %d", ErrBadFile, len(bound.publicInputs), len(want))
	}
	for i := range want {
		if bound.publicInputs[i] != want[i] {
			return nil, fmt.Errorf("%w: publicInputs: number %d is not the claim's", ErrBadFile, i)
		}
	}
	if !bytes.Equal(bound.calldata, f.Calldata()) {
		return nil, fmt.Errorf("%w: calldata is not the call for this claim, key and proof", ErrBadFile)
	}
	return f, nil
}
