package statecache

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/statecache/poseidon"
)

// column is a collection at one height: its items in effect, their values and
// both trees. Immutable; items and hashes are prefixes of the definition's.
type column struct {
	name     string
	nameElem fr.Element
	base     [32]byte
	items    []Item
	hashes   []fr.Element // of the items
	values   vec
	itemTree tree
	leafTree tree
	entry    [8]fr.Element // preimage of entryHash
	hash     fr.Element    // of the entry
}

func (c *column) len() uint32 { return uint32(len(c.items)) }

// newColumn returns an empty collection, without an entry yet.
func newColumn(name string, base [32]byte) *column {
	return &column{name: name, nameElem: nameElement(name), base: base}
}

// with returns the collection grown to items and with the values set. Requires
// ups sorted by index, without duplicates, below len(items), and every new
// index among them.
func (c *column) with(items []Item, hashes []fr.Element, ups []valueUpdate) *column {
	out := *c
	old := len(c.items)
	out.items, out.hashes = items, hashes
	depth := depthFor(uint32(len(items)))

	leaves := make([]leafUpdate, len(ups))
	for i := range ups {
		x := leafPreimage(&hashes[ups[i].index], &ups[i].value)
		leaves[i] = leafUpdate{uint64(ups[i].index), poseidon.H8(&x)}
	}
	added := make([]leafUpdate, 0, len(items)-old)
	for i := old; i < len(items); i++ {
		added = append(added, leafUpdate{uint64(i), hashes[i]})
	}
	out.values = c.values.with(uint32(len(items)), ups)
	out.leafTree = c.leafTree.with(depth, leaves)
	out.itemTree = c.itemTree.with(depth, added)

	out.entry = entryPreimage(&c.nameElem, uint32(len(items)), &out.itemTree.root, &out.leafTree.root, &c.base)
	out.hash = poseidon.H8(&out.entry)
	return &out
}

// headerColumn returns the header collection's items, without values.
func headerColumn() (*column, []Item, []fr.Element) {
	items := make([]Item, headerFields)
	for i := range items {
		items[i] = Item{Kind: KindHeader, Slot: u256(uint64(i))}
	}
	return newColumn(HeaderName, [32]byte{}), items, hashItems(items)
}

// headerValues returns the header collection's values, by field code.
func headerValues(h *BlockHeader) []valueUpdate {
	values := [headerFields][32]byte{
		FieldNumber:     u256(h.Ref.Number),
		FieldTimestamp:  u256(h.Timestamp),
		FieldBaseFee:    h.BaseFee,
		FieldBlockHash:  h.Ref.Hash,
		FieldGasUsed:    u256(h.GasUsed),
		FieldPrevRandao: h.PrevRandao,
	}
	ups := make([]valueUpdate, headerFields)
	for i := range ups {
		ups[i] = valueUpdate{uint32(i), values[i]}
	}
	return ups
}

func hashItems(items []Item) []fr.Element {
	out := make([]fr.Element, len(items))
	for i := range items {
		x := itemPreimage(&items[i])
		out[i] = poseidon.H8(&x)
	}
	return out
}
