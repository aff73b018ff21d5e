package lower

import (
	"errors"
	"fmt"
)

// Errors of Lower that are not an *UnsupportedError.
var (
	// ErrInvalidModule means that the bytes are not a valid module; the cause
	// (an *wasm.Error) is wrapped beside it.
	ErrInvalidModule = errors.New("lower: invalid module")
	// ErrInternal means that a lowered program broke a registration rule: a bug
	// of this package. The program is not returned.
	ErrInternal = errors.New("lower: internal error")
)

// UnsupportedError says why a valid module cannot be proven. Show it to the
// module's author.
type UnsupportedError struct {
	Reason string
	Opcode string // name of the instruction, if any
	Offset uint32 // byte offset in the module
	Func   string // function, if any
}

// Error returns e.g. "not provable: floating point: f64.add at 0x1f2 in f3".
func (e *UnsupportedError) Error() string {
	s := "not provable: " + e.Reason
	if e.Opcode != "" {
		s += ": " + e.Opcode
	}
	if e.Offset != 0 {
		s += fmt.Sprintf(" at 0x%x", e.Offset)
	}
	if e.Func != "" {
		s += " in " + e.Func
	}
	return s
}
