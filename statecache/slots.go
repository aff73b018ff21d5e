package statecache

import (
	"fmt"
	"hash"

	"golang.org/x/crypto/sha3"
)

// MappingSlot returns the slot of a Solidity mapping's entry: keccak(key ‖ base)
// for the mapping declared at slot base. An address key is left-padded. In a
// mapping of mappings, the entry of the outer one is the base of the inner one.
func MappingSlot(key, base [32]byte) [32]byte {
	return mappingSlot(sha3.NewLegacyKeccak256(), &key, &base)
}

func mappingSlot(h hash.Hash, key, base *[32]byte) (slot [32]byte) {
	h.Reset()
	_, _ = h.Write(key[:]) // a hash never fails
	_, _ = h.Write(base[:])
	h.Sum(slot[:0])
	return slot
}

// BadSlot returns the first item whose slot does not follow from its key, -1 if
// none: a slot with a key, and every slot of a collection with a base, must be
// [MappingSlot] of key and base. A commitment that says otherwise is refuted by
// two openings and no state, so that whoever anchors it loses his bond.
//
// Elements of an array have neither key nor base: nothing is claimed of them but
// their slot, and there is nothing to check.
func BadSlot(base [32]byte, items []Item) int {
	h := sha3.NewLegacyKeccak256()
	for i := range items {
		if !fits(h, &base, &items[i]) {
			return i
		}
	}
	return -1
}

func fits(h hash.Hash, base *[32]byte, it *Item) bool {
	if it.Kind != KindSlot || it.Key == ([32]byte{}) && *base == ([32]byte{}) {
		return true
	}
	return it.Slot == mappingSlot(h, &it.Key, base)
}

// checkSlots refuses what BadSlot finds, unless the options say not to. first is
// the place of items[0].
func (c *Cache) checkSlots(base [32]byte, items []Item, first uint64) error {
	if c.opts.UnsafeAnySlots {
		return nil
	}
	if i := BadSlot(base, items); i >= 0 {
		return fmt.Errorf("%w: item %d, key 0x%x", ErrBadSlot, first+uint64(i), items[i].Key)
	}
	return nil
}
