package setup

import "errors"

var (
	// ErrCircuit means that the constraint system is not a usable R1CS over BN254.
	ErrCircuit = errors.New("circuit cannot be set up")
	// ErrSource means that the source of randomness ended or failed.
	ErrSource = errors.New("source of randomness failed")
	// ErrInconsistent means that proving and verifying key do not belong
	// together, or that one of them is damaged.
	ErrInconsistent = errors.New("keys are inconsistent")
)
