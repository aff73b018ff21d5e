// Package trace runs a lowered program (package ir) and records the run as an
// ir.Trace, the witness of a proof.
//
// It is an engine like the others: journal, trap, fuel and final memory agree
// with the runtime's. A run that traps has a Result but no Trace.
//
// Pure instructions are definitions: the interpreter evaluates them in program
// order, but records only those that a branch, an event or a move that is itself
// needed depends on. State operations are evaluated where they stand, so that
// they trap in program order; the host library forces each of them by a branch
// or a store.
//
// Run keeps no state between calls and starts no goroutine; it polls its
// context every few thousand blocks.
package trace
