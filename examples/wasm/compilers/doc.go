// Package compilers holds guests as real compilers emit them when nobody thinks
// of proofs: clang, AssemblyScript with its default runtime, and Rust without its
// standard library, each at every level of optimisation. Two programs are in the
// set: moving-average, the example of that name, and median, which uses a heap,
// so that memory grows, indirect calls, recursion and jump tables.
//
// The modules in wasm are committed; build.sh makes them anew, and SHA256SUMS
// says of what sources they are the result.
//
// The package holds data only and has no errors of its own; it is safe for
// concurrent use.
package compilers
