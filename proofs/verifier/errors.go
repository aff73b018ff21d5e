package verifier

import "errors"

var (
	// ErrBadProof means that the proof is malformed, or does not prove the
	// claim under the key.
	ErrBadProof = errors.New("invalid proof")
	// ErrBadKey means that a verifying key is malformed or unusable.
	ErrBadKey = errors.New("invalid verifying key")
	// ErrBadClaim means that a claim cannot be stated: an element is not below
	// the field's modulus, or the journal is too long.
	ErrBadClaim = errors.New("invalid claim")
	// ErrBadFile means that a proof file is malformed, or that its copies of
	// bound values differ from what the claim gives.
	ErrBadFile = errors.New("invalid proof file")
	// ErrUnsafeKey means that the key is a development key, whose trapdoor is
	// public, and was not explicitly allowed.
	ErrUnsafeKey = errors.New("unsafe development key")
	// ErrUnknownKey means that the key is not in the pinned list.
	ErrUnknownKey = errors.New("unknown verifying key")
	// ErrTombstonedKey means that the key was withdrawn for ever.
	ErrTombstonedKey = errors.New("verifying key was withdrawn")
)
