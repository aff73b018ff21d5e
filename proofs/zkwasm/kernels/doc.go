// Package kernels is the suite of programs by which the shapes of the circuit
// are chosen and its cost per instruction is judged: scans, sorts, statistics,
// hashes, parsing, tables, matrices, big-integer and fixed-point arithmetic, in C
// and AssemblyScript.
//
// A kernel reads eight bytes of input, how much to do and a seed, generates its
// data, and writes a check of the result to the journal. None reads the state:
// the examples measure that.
//
// The modules in wasm are committed; build.sh makes them anew from src, and
// SHA256SUMS says of what sources they are the result, so that a test notices
// when only one of the two was changed.
//
// The package holds data only and has no errors of its own; it is safe for
// concurrent use.
package kernels
