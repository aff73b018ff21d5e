package contracts

import "errors"

// The sentinels of this package.
var (
	// ErrNoArtifact: no contract of this name was compiled into the program.
	ErrNoArtifact = errors.New("no such contract")

	// ErrBadKey: the bytes are not the code of a key contract.
	ErrBadKey = errors.New("not a verifying key for the contract")

	// ErrReverted: the transaction was included and failed.
	ErrReverted = errors.New("transaction reverted")

	// ErrCodeMismatch: the code on chain is not that of the artifact.
	ErrCodeMismatch = errors.New("deployed code differs from the artifact")
)
