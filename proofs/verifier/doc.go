// Package verifier checks proofs of claims. It needs gnark-crypto for the curve
// and nothing of gnark, so that whoever only verifies links no prover.
//
// # What is checked
//
// A Claim (program, state commitment, journal) is turned into eleven public
// inputs (formats.md, "Program, journal, public inputs"). A proof is Groth16
// over BN254 with one BSB22 commitment whose challenge is a keccak256 hash, in
// the encoding that the Solidity verifier takes: eight field elements of the
// base field for A, B and C, two for the commitment, two for its proof of
// knowledge; 384 bytes, big-endian.
//
// Key.Verify accepts exactly what gnark's Verify and the contracts, ours and
// gnark's export, accept. Every coordinate must be below the base field's
// modulus, every point on its curve and in the group of order r; the point at
// infinity is (0, 0).
//
// # Which key
//
// A key has one form: eleven public inputs, one commitment over private wires,
// gamma and the commitment's base the generator of G2 (as ceremonies leave
// them). Key.Blob is its encoding for the contract, and the hash of that is its
// identity. Keys of which the points give a secret away are refused.
//
// A proof says nothing without a trusted key: keys of development setups have
// public trapdoors. File.Verify therefore takes keys only from a pinned list
// (Pins), compares identities with the pin and never with the file, and takes
// unsafe-dev keys only when told to.
//
// # Invariants
//
// Decoders never panic, never allocate more than a small multiple of their
// input, and refuse every second encoding of the same value. All values are
// immutable after decoding and safe for concurrent use.
//
// # Errors
//
// Every error wraps one sentinel of errors.go, so that a caller can tell a bad
// proof from a bad key, a bad file or an untrusted key with errors.Is.
package verifier
