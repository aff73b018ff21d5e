package statecache

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// The openings of a view: what is hashed at each node of the commitment, from
// the top down. H8 of an opening is the element that stands at its place in the
// opening above. false means that there is nothing there: outside the tree, an
// empty subtree (the literal 0), or a released view.

// Opener gives the preimages behind a commitment, its own and those of the
// blocks in its history. *View is one; its methods say what the parameters are.
type Opener interface {
	CommitPreimage() [8]fr.Element
	DirNode(level int, index uint32) ([8]fr.Element, bool)
	Entry(handle uint32) ([8]fr.Element, bool)
	Node(handle uint32, level int, index uint32) ([8]fr.Element, bool)
	Leaf(handle, index uint32) ([8]fr.Element, bool)
	ItemPreimage(handle, index uint32) ([8]fr.Element, bool)
	HistoryNode(level int, index uint64) ([8]fr.Element, bool)
	HistoryLeaf(age uint64) ([8]fr.Element, error)
	Past(age uint64) (Opener, error)
}

var _ Opener = (*View)(nil)

// Past is Aged as an Opener.
func (v *View) Past(age uint64) (Opener, error) {
	old, err := v.Aged(age)
	if err != nil {
		return nil, err
	}
	return old, nil
}

// CommitPreimage returns what the commitment is the hash of: tag, chain id,
// height, block hash halves, directory root, history root, 0.
func (v *View) CommitPreimage() [8]fr.Element { return v.v.preimage }

// DirNode returns the children of a directory node: level 0 is the root, level 3
// (index below 512) holds the entries' hashes.
func (v *View) DirNode(level int, index uint32) ([8]fr.Element, bool) {
	return v.children(v.c.st.dir, v.v.dirSpan(), level, uint64(index))
}

// Entry returns what a directory entry is the hash of: tag, name, depth, length,
// items root, root, base halves.
func (v *View) Entry(handle uint32) ([8]fr.Element, bool) {
	col := v.column(handle)
	if col.collection == nil {
		return [8]fr.Element{}, false
	}
	items, err := v.root(col.list, col.span())
	if err != nil {
		return [8]fr.Element{}, false
	}
	values, err := v.root(col.values, col.span())
	if err != nil {
		return [8]fr.Element{}, false
	}
	return entryPreimage(&col.elem, col.n, &items, &values, &col.base), true
}

// Node returns the children of a node of a collection's value tree: level 0 is
// the root, level depth-1 holds the leaves. A collection of depth 0 has no nodes.
func (v *View) Node(handle uint32, level int, index uint32) ([8]fr.Element, bool) {
	col := v.column(handle)
	if col.collection == nil {
		return [8]fr.Element{}, false
	}
	return v.children(col.values, col.span(), level, uint64(index))
}

// ItemsNode is Node for the tree over the items, whose root is the manifest.
func (v *View) ItemsNode(handle uint32, level int, index uint32) ([8]fr.Element, bool) {
	col := v.column(handle)
	if col.collection == nil {
		return [8]fr.Element{}, false
	}
	return v.children(col.list, col.span(), level, uint64(index))
}

// Leaf returns what a leaf is the hash of: tag, item hash, value halves, 0….
func (v *View) Leaf(handle, index uint32) ([8]fr.Element, bool) {
	col := v.column(handle)
	value, ok := v.Value(handle, index)
	if !ok {
		return [8]fr.Element{}, false
	}
	item := col.items.hash(uint64(index))
	return leafPreimage(&item, &value), true
}

// ItemPreimage returns what an item is the hash of: tag with kind, address, slot
// halves, key halves, 0, 0.
func (v *View) ItemPreimage(handle, index uint32) ([8]fr.Element, bool) {
	item, ok := v.Item(handle, index)
	if !ok {
		return [8]fr.Element{}, false
	}
	return itemPreimage(&item), true
}

// HistoryNode returns the children of a node of the history tree: level 0 is the
// root, level 10 holds the leaves, by height.
func (v *View) HistoryNode(level int, index uint64) ([8]fr.Element, bool) {
	if v.histNodes != nil {
		x, ok := v.histNodes[address(0, level&0xf, index)]
		return x, ok && level < historyDepth && v.Err() == nil
	}
	return v.children(v.c.st.hist, v.v.past, level, index)
}

// HistoryLeaf returns what the history's leaf of the block age heights earlier
// is the hash of: tag, height, block hash halves, directory root, 0…. Age 0 has
// none: the history covers the heights below. Errors are those of Aged.
func (v *View) HistoryLeaf(age uint64) ([8]fr.Element, error) {
	if age == 0 {
		return [8]fr.Element{}, ErrAgeRange
	}
	old, err := v.Aged(age)
	if err != nil {
		return [8]fr.Element{}, err
	}
	return historyPreimage(&old.v.header.Ref, &old.v.dir), nil
}
