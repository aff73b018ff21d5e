package contracts

import "errors"

// The sentinels of this package.
var (
	// ErrNoArtifact: no contract of this name was compiled into the program.
	ErrNoArtifact = errors.New("no such contract")

	// ErrBadClass: a class or shape name is not lower-case words joined by '-'.
	ErrBadClass = errors.New("bad class name")

	// ErrNotExported: the source is not the verifier that gnark v0.15 exports
	// for eleven public inputs and one commitment.
	ErrNotExported = errors.New("not a gnark export of the right shape")

	// ErrReverted: the transaction was included and failed.
	ErrReverted = errors.New("transaction reverted")

	// ErrCodeMismatch: the code on chain is not that of the artifact.
	ErrCodeMismatch = errors.New("deployed code differs from the artifact")
)
