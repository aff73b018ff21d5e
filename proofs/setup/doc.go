// Package setup makes Groth16 keys over BN254 for a compiled gnark circuit.
//
// It computes what gnark's groth16.Setup computes (the key equations of Groth16
// with the BSB22 commitment extension), but differs in three ways:
//
//   - the randomness is an argument. Development keys are derived from a public
//     seed (DevSource), so that everybody has the same ones; gnark can be
//     seeded only by replacing the reader of the whole process, and then
//     everything that runs beside it reads a public stream too. Setup never
//     reads crypto/rand; only Check does.
//   - the base points are fixed, so multiples come from window tables and are
//     added in affine coordinates with shared inversions. It is an order of
//     magnitude faster than a double-and-add per scalar.
//   - gamma and the commitments' base are the generator of G2, as in the keys
//     that a ceremony (gnark's mpcsetup) makes. Only delta and sigma need to be
//     secret, and the verifier contract pairs with one point less.
//
// # Trust
//
// Whoever knows the bytes of the source can prove false statements. Keys made
// from DevSource are worth nothing outside a development chain. Keys made from
// crypto/rand.Reader by one party are worth exactly that party's word. The
// table lookups depend on secrets: do not share the machine during a real setup.
//
// # Determinism
//
// The same circuit and the same source bytes give the same keys, bit for bit,
// whatever the number of processors.
//
// # Errors
//
// All errors wrap a sentinel of errors.go or the context's error.
package setup
