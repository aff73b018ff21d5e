package wasm

import (
	"errors"
	"fmt"
)

// Errors of Decode and Validate; they come wrapped in an *Error.
var (
	// ErrNotWASM means that the bytes do not begin with the magic number.
	ErrNotWASM = errors.New("not a WASM module")
	// ErrVersion means a binary version other than 1 (e.g. a component).
	ErrVersion = errors.New("unknown WASM version")
	// ErrMalformed means bytes that no WASM version would accept here.
	ErrMalformed = errors.New("malformed module")
	// ErrTooLarge means that one of the package's size limits is exceeded.
	ErrTooLarge = errors.New("module too large")
	// ErrUnsupported means a later WASM feature; compile without it.
	ErrUnsupported = errors.New("unsupported feature")
	// ErrSIMD, ErrThreads and ErrReferenceTypes are ErrUnsupported, named.
	ErrSIMD           = fmt.Errorf("%w: SIMD", ErrUnsupported)
	ErrThreads        = fmt.Errorf("%w: threads", ErrUnsupported)
	ErrReferenceTypes = fmt.Errorf("%w: reference types", ErrUnsupported)
	ErrExceptions     = fmt.Errorf("%w: exceptions", ErrUnsupported)
	ErrTailCalls      = fmt.Errorf("%w: tail calls", ErrUnsupported)
	ErrMemory64       = fmt.Errorf("%w: 64-bit or multiple memories", ErrUnsupported)
	// ErrInvalid means a well-formed module that breaks a typing or index rule.
	ErrInvalid = errors.New("invalid module")
)

// Error says where in the module what is wrong.
type Error struct {
	Offset int    // byte offset in the module
	Op     string // instruction name, if any
	Detail string
	Err    error // one of the sentinels
}

// Error returns e.g. "offset 0x1f: i32.add: invalid module: stack is empty".
func (e *Error) Error() string {
	s := fmt.Sprintf("offset 0x%x: ", e.Offset)
	if e.Op != "" {
		s += e.Op + ": "
	}
	s += e.Err.Error()
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	return s
}

// Unwrap returns the sentinel.
func (e *Error) Unwrap() error { return e.Err }
