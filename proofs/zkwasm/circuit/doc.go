// Package circuit is the universal zkWASM circuit: one Groth16 statement for
// every lowered module (package ir) that fits a Shape.
//
// It is a fact machine. Pure instructions are unordered definitional rows
// "slot s of frame f holds v"; only the spine (one row per executed block) and
// the events (memory accesses, in token order) are ordered. All rows live in
// one vector of committed columns W; one challenge gamma is drawn from the one
// BSB22 commitment to W; all relations between rows are fractions
// num/(X - tuple) of one LogUp sum that must vanish, with X = gamma^(2^26), so
// that X and gamma act as independent challenges (see SOUNDNESS.md, L1).
//
// No wire is set by a hint: every column is part of the witness, everything
// else is a function of columns and gamma.
//
// The same chip code runs on two backends: gnark (to compile the circuit) and
// native field elements (to count multiplicities, and to say which constraint
// a tampered witness breaks).
package circuit
