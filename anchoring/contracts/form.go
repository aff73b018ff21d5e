package contracts

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/crypto"

	"vmhost/statecache"
)

// What FormJudge looks at, for who goes through a tree by himself (Audit goes
// through all of one).

// Depths of the trees that every commitment has.
const (
	DirectoryDepth = directoryDepth
	HistoryDepth   = historyDepth
)

// SoundEntry reports whether a preimage is that of a well-formed directory entry
// at a handle: if not, Suspect.Entry is true.
func SoundEntry(x [8]fr.Element, handle uint16) bool { return entryForm(x, handle) }

// SoundLeaf reports whether a preimage is that of a well-formed leaf: if not,
// Suspect.Leaf is true.
func SoundLeaf(x [8]fr.Element) bool { return leafForm(x) }

// SoundItem reports whether a preimage is that of a well-formed item at an index
// of a collection: if not, and the leaf names it, Suspect.Leaf is true.
func SoundItem(x [8]fr.Element, handle uint16, index uint64) bool {
	return itemForm(x, handle == 0, index)
}

// ItemOf reads the preimage of a sound item.
func ItemOf(x [8]fr.Element) statecache.Item {
	address := x[1].Bytes()
	return statecache.Item{
		Kind: statecache.Kind(x[0].Uint64() >> 8), Address: [20]byte(address[12:]), Slot: join(x[2], x[3]), Key: join(x[4], x[5]),
	}
}

// ValueOf reads the preimage of a sound leaf.
func ValueOf(x [8]fr.Element) [32]byte { return join(x[2], x[3]) }

// SlotHolds reports whether the slot of an item of a sound entry's collection
// follows from its key, where it must: if not, Suspect.Slot is true.
func SlotHolds(it statecache.Item, entry [8]fr.Element) bool {
	base := join(entry[6], entry[7])
	if it.Kind != statecache.KindSlot || it.Key == ([32]byte{}) && base == ([32]byte{}) {
		return true
	}
	return it.Slot == [32]byte(crypto.Keccak256(it.Key[:], base[:]))
}

// Child is the place of a word of a node's preimage.
func (p Place) Child(word uint64) Place {
	return Place{p.Kind, p.Level - 1, p.Entry, p.Index<<3 + word}
}

// Up is the place above and the word of its preimage that is this place. depth
// is that of the collection's trees; for other kinds it is ignored.
func (p Place) Up(depth uint8) (up Place, word uint8) { return p.parent(depth) }
