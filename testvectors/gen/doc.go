// Command gen writes the test vectors.
//
//	go run ./testvectors/gen           write all files but the proofs
//	go run ./testvectors/gen -check    only compare: exit 1 if a file differs
//	go run ./testvectors/gen -proofs   write proofs/ too: they are randomised, so
//	                                   only when the circuit or its keys changed
//
// Expected values come from implementations in this folder that were written
// from the formats note alone and are as plain as can be (naive_*.go: big
// integers, recursion, maps), and from the reference functions of the example
// modules. Poseidon2's constants are gnark-crypto's, as the format says.
//
// What has no second implementation, and is recorded from one engine, says so
// in the notes of its file.
package main
