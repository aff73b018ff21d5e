package runtime

import (
	"errors"

	"vmhost/internal/vmabi"
)

// errStopped ends a run whose context is done; run.go tells why.
var errStopped = errors.New("runtime: stopped")

// errFrames means that the compiler's stack is full before the call depth limit
// is reached: its frames may be larger than any bound that we could compute. To
// trap here would give another result than the other engines.
var errFrames = errors.New("frames too large for the compiler, use EngineAuto")

// fault ends a run because of an infrastructure failure.
type fault struct{ err error }

func (f *fault) Error() string { return f.err.Error() }

func (f *fault) Unwrap() error { return f.err }

// trap ends the running guest. It is called in host functions only: wazero
// recovers the panic at the boundary and returns it from Call as an error.
func trap(t vmabi.Trap, detail string) {
	panic(&vmabi.TrapError{Trap: t, Detail: detail})
}

// engineTraps names wazero's own traps, whose error values are internal to it.
var engineTraps = map[string]vmabi.Trap{
	"unreachable":                   vmabi.TrapUnreachable,
	"integer divide by zero":        vmabi.TrapDivideByZero,
	"integer overflow":              vmabi.TrapIntegerOverflow,
	"invalid conversion to integer": vmabi.TrapInvalidConversion,
	"out of bounds memory access":   vmabi.TrapOutOfBounds,
	"indirect call type mismatch":   vmabi.TrapIndirectType,
	"invalid table access":          vmabi.TrapUndefinedElement,
}

// asTrap returns the trap behind an error of the engine.
func asTrap(err error) (*vmabi.TrapError, bool) {
	if err == nil {
		return nil, false
	}
	if te, ok := errors.AsType[*vmabi.TrapError](err); ok {
		return te, true
	}
	t, ok := engineTraps[engineText(err)]
	return &vmabi.TrapError{Trap: t}, ok
}

// engineText returns the text of the innermost error.
func engineText(err error) string {
	for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
		err = next
	}
	return err.Error()
}
