// Package ceremony makes Groth16 keys that no single party can forge with: the
// two-phase multi-party setup of Bowe, Gabizon and Miers (eprint 2017/1050) for
// BN254 with the BSB22 commitment extension, by gnark's mpcsetup, kept in a
// folder that is its own transcript.
//
// # Folder
//
//	ceremony.json             the transcript: circuit, contributions with the
//	                          SHA-256 of each file, beacons, verifying key
//	phase1/0001.bin …         contributions to the powers of tau
//	phase2/0000.bin           the circuit's start of phase 2, which anyone can recompute
//	phase2/0001.bin …         contributions to delta and sigma
//
// A contribution replaces all secrets by secret times fresh randomness and
// proves that it did only this. The beacon is a value that was not known
// before the last contribution of a phase, such as a later block hash.
//
// # Trust
//
// The key is sound if at least one contributor of each phase forgot what was
// drawn: Verify shows everything but that. Contribute draws from crypto/rand
// and writes nothing else; end the machine's session after it.
//
// # Bad input
//
// Files come from strangers. Their sizes are compared with the circuit's
// before anything is allocated, points are checked for the curve and the
// subgroup, and every failure is ErrContribution. The folder is changed only
// by whole files, and ceremony.json last.
//
// A Ceremony is for one goroutine; nothing locks the folder.
package ceremony
