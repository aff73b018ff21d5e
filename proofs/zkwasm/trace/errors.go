package trace

import "errors"

var (
	// ErrTooLong means that the run needs more rows than Limits.MaxRows: raise
	// the limit or run without a trace.
	ErrTooLong = errors.New("trace: run too long to record")
	// ErrProgram means a program without regions, or with more memory than a proof
	// supports. Run does not repeat ir.Check.
	ErrProgram = errors.New("trace: not a checked program")
	// ErrInput means an input longer than the ABI allows.
	ErrInput = errors.New("trace: input too long")
)
