// Package groth is the Groth16 prover: the same proofs as gnark's Prove makes
// with the same keys (a test compares them by gnark's verifier), made for the
// witnesses of the zkWASM circuit and for a server.
//
//   - Most wires hold values that others hold too; the points of equal scalars
//     are added up once before the multi-scalar multiplications (msm.go).
//   - The work is cut into pieces of some ten milliseconds, so that progress is
//     known and a context can end it; gnark's Prove cannot be interrupted.
//   - Workers limits it to as many processors as the caller gives it, and
//     memory is given back stage by stage.
//
// Blinding factors come from crypto/rand.
package groth
