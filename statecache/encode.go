package statecache

import (
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/statecache/poseidon"
)

// Commitment is a state commitment as bytes32: a field element, big-endian.
type Commitment [32]byte

// Element returns the commitment as a field element; false if it is not below
// the modulus.
func (c Commitment) Element() (fr.Element, bool) { return element(c) }

// element decodes a canonical big-endian field element.
func element(b [32]byte) (fr.Element, bool) {
	var e fr.Element
	err := e.SetBytesCanonical(b[:])
	return e, err == nil
}

// halves splits a 256-bit big-endian value into its two 128-bit halves.
func halves(v *[32]byte) (hi, lo fr.Element) {
	var b [32]byte
	copy(b[16:], v[:16])
	hi.SetBytes(b[:])
	copy(b[16:], v[16:])
	lo.SetBytes(b[:])
	return hi, lo
}

// itemPreimage is what an item's hash is of.
func itemPreimage(it *Item) [8]fr.Element {
	var x [8]fr.Element
	x[0] = poseidon.Tag(poseidon.TagItem, uint64(it.Kind))
	var b [32]byte
	copy(b[12:], it.Address[:])
	x[1].SetBytes(b[:])
	x[2], x[3] = halves(&it.Slot)
	x[4], x[5] = halves(&it.Key)
	return x
}

// leafPreimage is what a collection's leaf is of.
func leafPreimage(item *fr.Element, value *[32]byte) [8]fr.Element {
	var x [8]fr.Element
	x[0] = poseidon.Tag(poseidon.TagLeaf, 0)
	x[1] = *item
	x[2], x[3] = halves(value)
	return x
}

// entryPreimage is what a directory entry is of.
func entryPreimage(name *fr.Element, length uint32, itemsRoot, root *fr.Element, base *[32]byte) [8]fr.Element {
	var x [8]fr.Element
	x[0] = poseidon.Tag(poseidon.TagDir, 0)
	x[1] = *name
	x[2] = fr.NewElement(uint64(depthFor(length)))
	x[3] = fr.NewElement(uint64(length))
	x[4] = *itemsRoot
	x[5] = *root
	x[6], x[7] = halves(base)
	return x
}

// historyPreimage is what the history's leaf of one block is of.
func historyPreimage(ref *BlockRef, dirRoot *fr.Element) [8]fr.Element {
	var x [8]fr.Element
	x[0] = poseidon.Tag(poseidon.TagHistory, 0)
	x[1] = fr.NewElement(ref.Number)
	x[2], x[3] = halves(&ref.Hash)
	x[4] = *dirRoot
	return x
}

// commitPreimage is what the commitment of one block is of.
func commitPreimage(chainID uint64, ref *BlockRef, dirRoot, historyRoot *fr.Element) [8]fr.Element {
	var x [8]fr.Element
	x[0] = poseidon.Tag(poseidon.TagCommit, poseidon.CommitmentVersion)
	x[1] = fr.NewElement(chainID)
	x[2] = fr.NewElement(ref.Number)
	x[3], x[4] = halves(&ref.Hash)
	x[5] = *dirRoot
	x[6] = *historyRoot
	return x
}

// nameElement encodes a valid name: length·2^248 + its bytes as an integer.
func nameElement(name string) fr.Element {
	var b [32]byte
	b[0] = byte(len(name))
	copy(b[32-len(name):], name)
	var e fr.Element
	e.SetBytes(b[:])
	return e
}

// depthFor returns the least d with 8^d >= length.
func depthFor(length uint32) int {
	if length <= 1 {
		return 0
	}
	return (bits.Len32(length-1) + 2) / 3
}

// u256 encodes a number as a big-endian 256-bit value.
func u256(n uint64) [32]byte {
	var b [32]byte
	for i := range 8 {
		b[31-i] = byte(n >> (8 * i))
	}
	return b
}
