package vmabi

// Trap is the reason a run ended early. A trap is a result, not an outage: the
// same program on the same state traps the same way on every engine, except for
// TrapWallTime. The text is part of the ABI: it is shown to users and stands in
// test vectors.
type Trap string

// Traps of WebAssembly itself.
const (
	TrapUnreachable       Trap = "unreachable"
	TrapDivideByZero      Trap = "integer divide by zero"
	TrapIntegerOverflow   Trap = "integer overflow" // signed division, float to integer
	TrapOutOfBounds       Trap = "out of bounds memory access"
	TrapIndirectType      Trap = "indirect call type mismatch"
	TrapUndefinedElement  Trap = "undefined element" // also a table access out of bounds and a null element
	TrapInvalidConversion Trap = "invalid conversion to integer"
)

// Traps of the limits.
const (
	TrapCallStack   Trap = "call stack exhausted"
	TrapOutOfFuel   Trap = "out of fuel"
	TrapWallTime    Trap = "wall time exceeded" // the only trap that may differ between two runs
	TrapOutputLimit Trap = "output limit"       // journal beyond a limit that the operator set below the ABI's
)

// Traps of host functions.
const (
	TrapJournalOverflow   Trap = "journal overflow"
	TrapUnknownCollection Trap = "unknown collection" // also a name of bad length or with a bad character
	TrapInvalidHandle     Trap = "invalid handle"
	TrapIndexOutOfRange   Trap = "index out of range"
	TrapValueTooWide      Trap = "value too wide"
	TrapNotCached         Trap = "not cached"
	TrapUnknownBlockField Trap = "unknown block field"
	TrapAgeOutOfRange     Trap = "age out of range"
	TrapRunNonZero        Trap = "run returned non-zero"
)

// Traps returns every trap, in the order of this file.
func Traps() []Trap {
	return []Trap{
		TrapUnreachable, TrapDivideByZero, TrapIntegerOverflow, TrapOutOfBounds, TrapIndirectType,
		TrapUndefinedElement, TrapInvalidConversion,
		TrapCallStack, TrapOutOfFuel, TrapWallTime, TrapOutputLimit,
		TrapJournalOverflow, TrapUnknownCollection, TrapInvalidHandle, TrapIndexOutOfRange,
		TrapValueTooWide, TrapNotCached, TrapUnknownBlockField, TrapAgeOutOfRange, TrapRunNonZero,
	}
}

// TrapError carries a trap through code that speaks errors.
type TrapError struct {
	Trap   Trap
	Detail string // for people, e.g. "state_u64: handle 9 of 3"; not compared
}

// Error returns the trap's name and the detail.
func (e *TrapError) Error() string {
	if e.Detail == "" {
		return string(e.Trap)
	}
	return string(e.Trap) + ": " + e.Detail
}

// Is makes errors.Is(err, &TrapError{Trap: t}) true for every error with trap t.
func (e *TrapError) Is(target error) bool {
	t, ok := target.(*TrapError)
	return ok && t.Trap == e.Trap
}
