package groth

import "errors"

var (
	// ErrUnsatisfied means that the witness does not satisfy the circuit.
	ErrUnsatisfied = errors.New("witness does not satisfy the circuit")
	// ErrKey means that the proving key does not fit the circuit.
	ErrKey = errors.New("proving key does not fit the circuit")
)
