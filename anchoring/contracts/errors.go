package contracts

import "errors"

// The sentinels of this package.
var (
	// ErrNoArtifact: no contract of this name was compiled into the program.
	ErrNoArtifact = errors.New("no such contract")

	// ErrBadKey: the bytes are not the code of a key contract.
	ErrBadKey = errors.New("not a verifying key for the contract")

	// ErrMissing: a part of the commitment is not known; a *MissingError says
	// which. The operator can be made to show it by a demand.
	ErrMissing = errors.New("part of the commitment is not known")

	// ErrBadClaim: the claim cannot be made about this commitment.
	ErrBadClaim = errors.New("not a claim about the commitment")

	// ErrBadConfig: a registry cannot be sound with these bonds or windows.
	ErrBadConfig = errors.New("unsound configuration of a registry")

	// ErrReverted: the transaction was included and failed.
	ErrReverted = errors.New("transaction reverted")

	// ErrCodeMismatch: the code on chain is not that of the artifact.
	ErrCodeMismatch = errors.New("deployed code differs from the artifact")
)
