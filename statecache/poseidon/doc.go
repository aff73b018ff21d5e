// Package poseidon is the one hash of the state commitment and of the program
// ID: H8, an 8-to-1 compression over the BN254 scalar field.
//
//	H8(x0..x7) = first element of P(x) + x
//
// P is Poseidon2 of width 8 with 8 full and 57 partial rounds, S-box x^5, and
// gnark-crypto's default BN254 constants (those of the Poseidon2 authors'
// poseidon2_rust_params.sage for t = 8):
//
//	x = E·x
//	4 times:  x += RC;        x = x^5 (all 8);   x = E·x
//	57 times: x[0] += RC[0];  x[0] = x[0]^5;     x = I·x
//	4 times:  x += RC;        x = x^5 (all 8);   x = E·x
//
// E is the external matrix (circ(2·M4, M4), M4 of the Poseidon2 paper) and I
// the internal one: all ones plus the diagonal DiagM1.
//
// The feed-forward makes H8 one-way; it is a compression function of fixed
// input length, not a sponge. What the eight inputs mean is separated by a
// domain tag in x0 (Tag…); inner tree nodes have no room for a tag and are
// separated by their fixed level instead.
//
// All functions are pure, allocate nothing and are safe for concurrent use.
//
// See https://eprint.iacr.org/2023/323 (Poseidon2).
package poseidon

//go:generate go run ./internal/gen
