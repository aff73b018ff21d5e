package poseidon

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// Domain tags: x0 of every tagged preimage. They are part of the wire format;
// a value is never reused for something else.
const (
	TagLeaf    = 1 // leaf of a collection: item and value
	TagDir     = 2 // directory entry of a collection
	TagHistory = 3 // past commitment in the history tree
	TagCommit  = 4 // state commitment
	TagProgram = 5 // program ID sponge
	TagItem    = 6 // watched item without its value
)

// CommitmentVersion is the version of the state commitment, the kind of TagCommit.
const CommitmentVersion = 1

// Tag returns tag + 2^8·kind as a field element: x0 of a preimage whose tag
// carries a kind or a version.
func Tag(tag, kind uint64) fr.Element {
	return fr.NewElement(tag + kind<<8)
}
