package watchtower_test

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/anchoring"
	"vmhost/anchoring/contracts"
	"vmhost/statecache"
	"vmhost/statecache/poseidon"
)

// forged is an honest tree with other preimages at some places: everything above
// them is hashed again, so that it is a commitment like any other.
type forged struct {
	honest  contracts.Tree
	changed map[contracts.Place][8]fr.Element
}

func forge(v *statecache.View) *forged {
	return &forged{contracts.ViewTree(v), map[contracts.Place][8]fr.Element{}}
}

// Open implements contracts.Tree.
func (f *forged) Open(p contracts.Place) ([8]fr.Element, bool) {
	if x, ok := f.changed[p]; ok {
		return x, true
	}
	if p.Entry == copied {
		p.Entry = 1
	}
	return f.honest.Open(p)
}

// edit changes a preimage and all that is above it.
func (f *forged) edit(p contracts.Place, change func(*[8]fr.Element)) {
	x, _ := f.Open(p)
	change(&x)
	f.changed[p] = x
	if p.Kind == contracts.PlaceCommit {
		return
	}
	up, word := f.parent(p)
	f.edit(up, func(y *[8]fr.Element) { y[word] = poseidon.H8(&x) })
}

// parent is the place above, and the word of it that leads here.
func (f *forged) parent(p contracts.Place) (contracts.Place, uint64) {
	top := map[contracts.PlaceKind]uint8{contracts.PlaceDirectory: contracts.DirectoryDepth, contracts.PlaceHistory: contracts.HistoryDepth}[p.Kind]
	word := map[contracts.PlaceKind]uint64{contracts.PlaceDirectory: 5, contracts.PlaceHistory: 6, contracts.PlaceItems: 4, contracts.PlaceLeaves: 5}[p.Kind]
	up := contracts.Place{}
	if p.Kind == contracts.PlaceItems || p.Kind == contracts.PlaceLeaves {
		up = contracts.Place{Kind: contracts.PlaceDirectory, Index: uint64(p.Entry)}
		entry, _ := f.Open(up)
		top = uint8(entry[2].Uint64())
	}
	if p.Level == top {
		return up, word
	}
	return contracts.Place{Kind: p.Kind, Level: p.Level + 1, Entry: p.Entry, Index: p.Index >> 3}, p.Index & 7
}

// put changes the element at a place to something whose preimage is another or
// nothing at all.
func (f *forged) put(p contracts.Place, e fr.Element) {
	up, word := f.parent(p)
	f.edit(up, func(x *[8]fr.Element) { x[word] = e })
}

// suspect is what the commitment's operator knows of it.
func (f *forged) suspect(block statecache.BlockRef) (*contracts.Suspect, anchoring.Anchor) {
	top, _ := f.Open(contracts.Place{})
	h := poseidon.H8(&top)
	a := anchoring.Anchor{Block: block, DirectoryRoot: top[5].Bytes(), HistoryRoot: top[6].Bytes(), Commitment: h.Bytes()}
	return &contracts.Suspect{Height: block.Number, BlockHash: block.Hash, Commitment: h.Bytes(), Tree: f}, a
}

// Places of the demo: entry 1 is the pool with 8 items (one level), entry 2 the
// balances with 32 (two).
func entry(i uint64) contracts.Place {
	return contracts.Place{Kind: contracts.PlaceDirectory, Index: i}
}

func leaf(handle uint16, i uint64) contracts.Place {
	return contracts.Place{Kind: contracts.PlaceLeaves, Entry: handle, Index: i}
}

func item(handle uint16, i uint64) contracts.Place {
	return contracts.Place{Kind: contracts.PlaceItems, Entry: handle, Index: i}
}

// copied is an entry that has the trees of entry 1.
const copied = 4095

// falsehood is a kind of lie with what it must be refuted by; "" when nothing
// can refute it.
type falsehood struct {
	name, claim string
	tell        func(*forged)
	explore     int
}

// fe is a field element.
type fe = fr.Element

// number is a small field element.
func number(n uint64) fr.Element { return fr.NewElement(n) }

// falsehoods are lies about the demo's tree.
func falsehoods() []falsehood {
	return []falsehood{
		{name: "a value", claim: "refuteValue", tell: func(f *forged) {
			f.edit(leaf(1, 2), func(x *[8]fr.Element) { x[3] = number(12345) })
		}},
		{name: "a value deep down", claim: "refuteValue", tell: func(f *forged) {
			f.edit(leaf(2, 31), func(x *[8]fr.Element) { x[2] = number(1) })
		}},
		{name: "timestamp", claim: "refuteHeader", tell: func(f *forged) {
			f.edit(leaf(0, 1), func(x *[8]fr.Element) { x[3] = number(1) })
		}},
		{name: "block number", claim: "refuteHeader", tell: func(f *forged) {
			f.edit(leaf(0, 0), func(x *[8]fr.Element) { x[3] = number(1) })
		}},
		{name: "a leaf of another item", claim: "refuteManifest", tell: func(f *forged) {
			x, _ := f.Open(item(1, 3))
			f.edit(leaf(1, 2), func(y *[8]fr.Element) { y[1] = poseidon.H8(&x) })
		}},
		{name: "a leaf with a wrong tag", claim: "refuteLeaf", tell: func(f *forged) {
			f.edit(leaf(1, 7), func(x *[8]fr.Element) { x[0] = number(77) })
		}},
		{name: "a value of 257 bits", claim: "refuteLeaf", tell: func(f *forged) {
			f.edit(leaf(2, 9), func(x *[8]fr.Element) { x[2].SetBigInt(fr.Modulus()); x[2].Sub(&x[2], new(fr.Element).SetOne()) })
		}},
		{name: "nothing where a leaf must be", claim: "refuteShape", tell: func(f *forged) {
			f.put(leaf(1, 4), fr.Element{})
		}},
		{name: "no leaves of a part", claim: "refuteShape", tell: func(f *forged) {
			f.put(contracts.Place{Kind: contracts.PlaceLeaves, Level: 1, Entry: 2, Index: 1}, fr.Element{})
		}},
		{name: "a leaf behind the last", claim: "refuteShape", tell: func(f *forged) {
			f.put(contracts.Place{Kind: contracts.PlaceLeaves, Level: 1, Entry: 2, Index: 7}, number(5))
		}},
		{name: "length", claim: "refuteEntry", tell: func(f *forged) {
			f.edit(entry(1), func(x *[8]fr.Element) { x[3] = number(9) })
		}},
		{name: "the header's name for the pool", claim: "refuteEntry", tell: func(f *forged) {
			x, _ := f.Open(entry(0))
			f.put(entry(1), poseidon.H8(&x))
		}},
		{name: "a header with a base", claim: "refuteEntry", tell: func(f *forged) {
			f.edit(entry(0), func(x *[8]fr.Element) { x[7] = number(9) })
		}},
		{name: "one name twice", claim: "refuteNames", tell: func(f *forged) {
			x, _ := f.Open(entry(1))
			f.edit(entry(2), func(y *[8]fr.Element) { y[1] = x[1] })
		}},
		{name: "no header", claim: "refuteNoHeader", tell: func(f *forged) { f.put(entry(0), fr.Element{}) }},
		{name: "no header for many", claim: "refuteNoHeader", tell: func(f *forged) {
			x, _ := f.Open(contracts.Place{Kind: contracts.PlaceDirectory, Level: 2})
			f.put(contracts.Place{Kind: contracts.PlaceDirectory, Level: 3}, fr.Element{})
			f.put(contracts.Place{Kind: contracts.PlaceDirectory, Level: 3, Index: 1}, poseidon.H8(&x))
		}},
		{name: "a false value in a collection without a definition", claim: "refuteValue", explore: 20, tell: func(f *forged) {
			rename(f, 1)
			for i := range uint64(8) {
				f.edit(leaf(1, i), func(x *[8]fr.Element) { x[3] = number(12345) })
			}
		}},
		{name: "a slot that does not follow from its key", claim: "refuteSlot", explore: 20, tell: func(f *forged) {
			for i := range uint64(32) {
				f.edit(item(2, i), func(x *[8]fr.Element) { x[3] = number(3) })
				x, _ := f.Open(item(2, i))
				f.edit(leaf(2, i), func(y *[8]fr.Element) { y[1] = poseidon.H8(&x) })
			}
		}},
		{name: "a collection without a definition", tell: func(f *forged) { rename(f, 1) }},
		{name: "a collection without a definition, and all of it true", explore: 99, tell: func(f *forged) { rename(f, 1) }},
		{name: "no balances", tell: func(f *forged) { f.put(entry(2), fr.Element{}) }},
		{name: "more collections", tell: func(f *forged) {
			x, _ := f.Open(entry(1))
			x[1] = name("mine")
			f.changed[entry(copied)] = x
			// A directory of one more, level by level.
			e := poseidon.H8(&x)
			for level := uint8(1); level < contracts.DirectoryDepth; level++ {
				p := contracts.Place{Kind: contracts.PlaceDirectory, Level: level, Index: copied >> (3 * level)}
				y := [8]fr.Element{7: e}
				f.changed[p] = y
				e = poseidon.H8(&y)
			}
			f.put(contracts.Place{Kind: contracts.PlaceDirectory, Level: contracts.DirectoryDepth - 1, Index: 7}, e)
		}},
	}
}

// rename gives a collection a name that no definition has.
func rename(f *forged, handle uint64) {
	f.edit(entry(handle), func(x *[8]fr.Element) { x[1] = name("mine") })
}

// name is a name as an element.
func name(s string) (e fr.Element) {
	b := [32]byte{0: byte(len(s))}
	copy(b[32-len(s):], s)
	e.SetBytes(b[:])
	return e
}
