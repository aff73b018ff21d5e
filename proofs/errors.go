package proofs

import (
	"errors"

	"vmhost/proofs/verifier"
)

// Errors of package verifier, see there.
var (
	ErrBadProof      = verifier.ErrBadProof
	ErrBadKey        = verifier.ErrBadKey
	ErrBadClaim      = verifier.ErrBadClaim
	ErrBadFile       = verifier.ErrBadFile
	ErrUnsafeKey     = verifier.ErrUnsafeKey
	ErrUnknownKey    = verifier.ErrUnknownKey
	ErrTombstonedKey = verifier.ErrTombstonedKey
)

var (
	// ErrUnknownShape means that no circuit has this class or shape name.
	ErrUnknownShape = errors.New("unknown class or shape")
	// ErrKeyMissing means that the store has no key for the shape yet.
	ErrKeyMissing = errors.New("no key in the store")
	// ErrDamagedKey means that a stored file is incomplete or was changed.
	ErrDamagedKey = errors.New("stored key is damaged")
	// ErrForeignKey means that a stored file is intact but belongs to another
	// circuit, version, machine type or key.
	ErrForeignKey = errors.New("stored key is of another version")
	// ErrNotReproduced means that a development setup did not give the pinned
	// key: circuit or setup changed and the pinned list was not made anew.
	ErrNotReproduced = errors.New("key differs from the pinned one")
	// ErrCircuit means that a circuit cannot be compiled or used as a shape.
	ErrCircuit = errors.New("circuit is unusable")
	// ErrUnsatisfied means that the witness does not satisfy the circuit: the
	// run is not one, or the circuit or the assignment has a fault.
	ErrUnsatisfied = errors.New("witness does not satisfy the circuit")
	// ErrNotProvable means that a module may run but has no proof; a
	// *lower.UnsupportedError with opcode and offset is wrapped beside it.
	ErrNotProvable = errors.New("module is not provable")
	// ErrBadModule means that the bytes are not a valid module.
	ErrBadModule = errors.New("invalid module")
	// ErrTrapped means that the run trapped; the *vmabi.TrapError is wrapped
	// beside it. There is no proof of a trap.
	ErrTrapped = errors.New("run trapped")
	// ErrJournalDiffers means that the prover's run gave another journal than
	// the caller expects: the engines disagree, or input or state are others.
	ErrJournalDiffers = errors.New("prover's journal differs")
	// ErrTooLarge means that the run does not fit the shape, or any shape; a
	// *circuit.ShortError names the resource.
	ErrTooLarge = errors.New("run does not fit the circuit")
	// ErrNoState means that a job to prove has no state view.
	ErrNoState = errors.New("no state")
	// ErrClosed means that the prover was closed.
	ErrClosed = errors.New("prover is closed")
	// ErrStore means that the key folder cannot be read or written.
	ErrStore = errors.New("key store failed")
)
