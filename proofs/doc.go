// Package proofs makes, stores and checks proofs of claims.
//
// # What a proof attests
//
// A Claim is (ProgramID, Commitment, Journal): "the program with this ID, run
// to completion on the state behind this commitment with some input, wrote
// exactly this journal." A proof attests that, under a verifying key whose
// setup was honest:
//
//   - ProgramID is the hash of the lowered program, computed from the WASM
//     bytes by a public, deterministic lowering that anyone can repeat;
//   - every state value the program read is the value, at the place it asked
//     for, in the tree under Commitment;
//   - Journal is all the program wrote, in order, and the program ended normally.
//
// # What a proof does not attest
//
//   - The input. It is private; what a reader must know of it, the program has
//     to write to its journal.
//   - That the block of the commitment is canonical, or that the commitment's
//     values are the chain's. The anchor registry and the reader's finality
//     rule say that; Rung tells how far (unverified, checked, anchored).
//   - That the program computes what its author claims.
//   - That a slot which is not in the commitment has no influence.
//   - Fuel and call depth: engines and the tracer enforce them, the circuit
//     does not.
//   - Who proved, for whom, or when. A proof can be re-randomised by anyone,
//     so it identifies nothing: key replay protection on the claim.
//   - Anything at all under an unsafe-dev key: its trapdoor is public. Verify
//     refuses such keys unless told otherwise.
//
// # Parts
//
// Shape and Registry name circuits. Store keeps compiled circuits and keys on
// disk. Prover makes proofs with one loaded key. The claim, the proof file and
// verification are those of package verifier, which does not need gnark, and
// are repeated here by alias. Package setup makes the keys.
//
// # Locking
//
// Store may be used from several goroutines and processes: a file lock for
// each shape lets one make a key while the others wait. Files appear complete
// or not at all. A Prover runs one proof at a time; callers queue.
//
// A cancelled Prove returns at once; its goroutine ends with the piece of work
// that it is at. Prover.Close waits for it.
//
// # Errors
//
// Every error wraps a sentinel of errors.go or the context's error.
package proofs
