package contracts

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/statecache"
	"vmhost/statecache/poseidon"
)

// forged is a commitment put together by hand, so that it can be wrong in any
// way that a test wants. It knows every preimage: it is a Tree.
type forged struct {
	known map[Place][8]fr.Element
	// replace changes the element at a place, before what is above is hashed.
	replace map[Place]fr.Element
	dirRoot fr.Element
	height  uint64
	hash    [32]byte

	Commitment [32]byte
}

// forgedCol is a collection at a handle. The edits change preimages.
type forgedCol struct {
	handle   uint16
	name     string
	base     [32]byte
	items    []statecache.Item
	values   [][32]byte
	entry    func(x *[8]fr.Element)
	leaf     map[uint64]func(x *[8]fr.Element)
	item     map[uint64]func(x *[8]fr.Element) // in the leaf and in the manifest
	manifest map[uint64]fr.Element             // elements of the manifest alone
	// first and length, if not 0, put the items into a longer collection whose
	// other items are not there.
	first  uint64
	length int
}

// Open implements Tree.
func (f *forged) Open(p Place) ([8]fr.Element, bool) {
	x, ok := f.known[p]
	return x, ok
}

// node keeps a preimage and returns its hash.
func (f *forged) node(p Place, x [8]fr.Element) fr.Element {
	f.known[p] = x
	return poseidon.H8(&x)
}

// tree hashes elements up to the root, which it returns.
func (f *forged) tree(kind PlaceKind, entry uint16, depth uint8, elements map[uint64]fr.Element) fr.Element {
	for level := uint8(0); ; level++ {
		for p, e := range f.replace {
			if p.Kind == kind && p.Entry == entry && p.Level == level {
				elements[p.Index] = e
			}
		}
		if level == depth {
			return elements[0]
		}
		groups := map[uint64]*[8]fr.Element{}
		for i, e := range elements {
			if e.IsZero() {
				continue
			}
			if groups[i/8] == nil {
				groups[i/8] = new([8]fr.Element)
			}
			groups[i/8][i%8] = e
		}
		elements = map[uint64]fr.Element{}
		for i, x := range groups {
			elements[i] = f.node(Place{kind, level + 1, entry, i}, *x)
		}
	}
}

func split(w [32]byte) (hi, lo fr.Element) {
	hi.SetBytes(w[:16])
	lo.SetBytes(w[16:])
	return hi, lo
}

// itemOf is an item's preimage.
func itemOf(it statecache.Item) (x [8]fr.Element) {
	x[0] = poseidon.Tag(poseidon.TagItem, uint64(it.Kind))
	x[1].SetBytes(it.Address[:])
	x[2], x[3] = split(it.Slot)
	x[4], x[5] = split(it.Key)
	return x
}

// depthOfLength is the least d with 8^d >= n.
func depthOfLength(n int) (d uint8) {
	for size := 1; size < n; size *= 8 {
		d++
	}
	return d
}

// collection hashes a collection to its entry.
func (f *forged) collection(c forgedCol) fr.Element {
	items, leaves := map[uint64]fr.Element{}, map[uint64]fr.Element{}
	for i := range c.items {
		index := c.first + uint64(i)
		x := itemOf(c.items[i])
		if edit := c.item[index]; edit != nil {
			edit(&x)
		}
		item := f.node(Place{PlaceItems, 0, c.handle, index}, x)
		leaf := [8]fr.Element{poseidon.Tag(poseidon.TagLeaf, 0), item}
		leaf[2], leaf[3] = split(c.values[i])
		if edit := c.leaf[index]; edit != nil {
			edit(&leaf)
		}
		leaves[index] = f.node(Place{PlaceLeaves, 0, c.handle, index}, leaf)
		items[index] = item
		if e, ok := c.manifest[index]; ok {
			items[index] = e
		}
	}
	length := max(c.length, len(c.items))
	depth := depthOfLength(length)
	var x [8]fr.Element
	x[0] = poseidon.Tag(poseidon.TagDir, 0)
	name := append([]byte{byte(len(c.name))}, make([]byte, 31-len(c.name))...)
	x[1].SetBytes(append(name, c.name...))
	x[2], x[3] = fr.NewElement(uint64(depth)), fr.NewElement(uint64(length))
	x[4] = f.tree(PlaceItems, c.handle, depth, items)
	x[5] = f.tree(PlaceLeaves, c.handle, depth, leaves)
	x[6], x[7] = split(c.base)
	if c.entry != nil {
		c.entry(&x)
	}
	return f.node(Place{Kind: PlaceDirectory, Index: uint64(c.handle)}, x)
}

// forge puts a commitment together. history holds the preimages of its leaves.
func forge(height uint64, hash [32]byte, cols []forgedCol, history map[uint64][8]fr.Element, replace map[Place]fr.Element) *forged {
	f := &forged{known: map[Place][8]fr.Element{}, replace: replace, height: height, hash: hash}
	entries := map[uint64]fr.Element{}
	for _, c := range cols {
		entries[uint64(c.handle)] = f.collection(c)
	}
	f.dirRoot = f.tree(PlaceDirectory, 0, directoryDepth, entries)
	leaves := map[uint64]fr.Element{}
	for h, x := range history {
		leaves[h] = f.node(Place{Kind: PlaceHistory, Index: h}, x)
	}
	var x [8]fr.Element
	x[0] = poseidon.Tag(poseidon.TagCommit, 1)
	x[1], x[2] = fr.NewElement(1337), fr.NewElement(height)
	x[3], x[4] = split(hash)
	x[5], x[6] = f.dirRoot, f.tree(PlaceHistory, 0, historyDepth, leaves)
	c := f.node(Place{}, x)
	f.Commitment = c.Bytes()
	return f
}

// historyOf is the preimage of a block's leaf in the history.
func (f *forged) historyOf() (x [8]fr.Element) {
	x[0] = poseidon.Tag(poseidon.TagHistory, 0)
	x[1] = fr.NewElement(f.height)
	x[2], x[3] = split(f.hash)
	x[4] = f.dirRoot
	return x
}

// suspect is the forgery as somebody sees it who knows all of it.
func (f *forged) suspect() *Suspect {
	return &Suspect{Height: f.height, BlockHash: f.hash, Commitment: f.Commitment, Tree: f}
}

// The forger, when honest, commits to what the cache commits to.
func TestForgerEqualsCache(t *testing.T) {
	w := newWorld(t)
	f := w.honest(w.tip(), func(cols []forgedCol) { cols[6].handle = 6 }) // without the gap
	header := w.headers[w.tip()]
	var cols []statecache.CollectionValues
	for _, c := range w.collections(w.tip())[1:] {
		cols = append(cols, statecache.CollectionValues{Collection: statecache.Collection{Name: c.name, Base: c.base, Items: c.items}, Values: c.values})
	}
	v, err := statecache.FromState(1337, statecache.BlockHeader{
		Ref: statecache.BlockRef{Number: w.tip(), Hash: header.Hash()}, Parent: header.ParentHash,
		Timestamp: header.Time, BaseFee: [32]byte(word256(header.BaseFee)), GasUsed: header.GasUsed, PrevRandao: header.MixDigest,
	}, cols)
	if err != nil {
		t.Fatal(err)
	}
	if v.CommitmentBytes() != f.Commitment {
		t.Fatalf("cache %x, forger %x", v.CommitmentBytes(), f.Commitment)
	}
	// Every place that the forger knows, the view opens alike.
	tree := ViewTree(v)
	for p, want := range f.known {
		if got, ok := tree.Open(p); !ok || got != want {
			t.Errorf("%v: %v %t", p, got, ok)
		}
	}
	for _, p := range []Place{
		{Kind: 9},
		{Kind: PlaceDirectory, Index: 77},
		{Kind: PlaceLeaves, Entry: 1, Index: 1 << 20},
		{Kind: PlaceLeaves, Entry: 99},
		{Kind: PlaceItems, Entry: 1, Level: 7},
		{Kind: PlaceHistory, Index: 3},
	} {
		if x, ok := tree.Open(p); ok {
			t.Errorf("%v: %v", p, x)
		}
	}
}
