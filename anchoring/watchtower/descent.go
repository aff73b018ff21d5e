package watchtower

import (
	"encoding/binary"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/crypto"

	"vmhost/anchoring/contracts"
	"vmhost/statecache"
	"vmhost/statecache/poseidon"
)

// descent goes down the operator's tree where it differs from the honest one.
// Below equal hashes nothing differs; there the honest tree gives the preimages.
type descent struct {
	*Case
	suspect  contracts.Suspect
	known    *contracts.Answers // every preimage that was met on the way
	names    map[fr.Element]uint16
	claim    *contracts.Challenge
	what     string
	claimErr error
	missing  []want
	toProve  []statecache.Item
	unjudged []string
}

// want is a place whose preimage is not known.
type want struct {
	place   contracts.Place
	explore bool // no definition leads there
	depth   int  // the deeper, the nearer to an end
}

// open returns the preimage of e at a place; like is the honest tree's place
// that could have the same.
func (d *descent) open(p contracts.Place, e fr.Element, like *contracts.Place) ([8]fr.Element, bool) {
	if x, ok := d.Answers.Open(p); ok && poseidon.H8(&x) == e {
		d.known.Add(p, x)
		return x, true
	}
	if like != nil {
		if x, ok := d.Honest.Tree.Open(*like); ok && poseidon.H8(&x) == e {
			d.known.Add(p, x)
			return x, true
		}
	}
	if d.Published != nil {
		if x, ok := d.Published.Open(p); ok && poseidon.H8(&x) == e {
			d.known.Add(p, x)
			return x, true
		}
	}
	return [8]fr.Element{}, false
}

func (d *descent) miss(p contracts.Place, explore bool, depth int) {
	d.missing = append(d.missing, want{p, explore, depth})
}

func (d *descent) note(format string, args ...any) {
	d.unjudged = append(d.unjudged, fmt.Sprintf(format, args...))
}

// refute ends the descent with a claim.
func (d *descent) refute(what string, c contracts.Challenge, err error) {
	if err != nil {
		d.claimErr = fmt.Errorf("%s: %w", what, err)
		return
	}
	d.claim, d.what = &c, what
}

// done reports that nothing more needs to be found.
func (d *descent) done() bool { return d.claim != nil || d.claimErr != nil }

// preimage is that of the commitment, which the anchor's event tells whole.
func (d *descent) preimage() (x [8]fr.Element, err error) {
	x[0] = poseidon.Tag(poseidon.TagCommit, poseidon.CommitmentVersion)
	x[1], x[2] = fr.NewElement(d.ChainID), fr.NewElement(d.suspect.Height)
	x[3].SetBytes(d.suspect.BlockHash[:16])
	x[4].SetBytes(d.suspect.BlockHash[16:])
	x[5].SetBytes(d.DirectoryRoot[:])
	x[6].SetBytes(d.HistoryRoot[:])
	if h := poseidon.H8(&x); h.Bytes() != d.suspect.Commitment {
		return x, fmt.Errorf("%w: the roots are not those of commitment 0x%x", contracts.ErrBadClaim, d.suspect.Commitment)
	}
	return x, nil
}

// commitment begins at the top.
func (d *descent) commitment() error {
	x, err := d.preimage()
	if err != nil {
		return err
	}
	d.known.Add(contracts.Place{}, x)
	top, ok := d.Honest.Tree.Open(contracts.Place{})
	if !ok {
		return fmt.Errorf("%w: the honest tree has no root", contracts.ErrMissing)
	}
	d.directory(contracts.Place{Kind: contracts.PlaceDirectory, Level: contracts.DirectoryDepth}, x[5], top[5])
	return nil
}

// directory compares a place of the directory, e, with the honest one, h.
func (d *descent) directory(p contracts.Place, e, h fr.Element) {
	first := p.Index << (3 * p.Level)
	expected := first < uint64(len(d.Honest.Names)) // a definition leads there
	switch {
	case d.done() || e == h:
		return
	case e.IsZero() && first == 0:
		c, err := d.suspect.NoHeader(p.Level)
		d.refute("the directory has no header collection", c, err)
		return
	case e.IsZero():
		for i := first; i < min(first+1<<(3*p.Level), uint64(len(d.Honest.Names))); i++ {
			d.note("collection %q is not in it", d.Honest.Names[i])
		}
		return
	}
	x, ok := d.open(p, e, nil)
	if p.Level == 0 {
		d.entryAt(uint16(p.Index), e, x, ok, expected)
		return
	}
	if !ok {
		d.miss(p, !expected, 0)
		if !expected {
			d.note("entries from %d to %d: collections that no definition names", first, first+1<<(3*p.Level)-1)
		}
		return
	}
	honest, _ := d.Honest.Tree.Open(p)
	for i := range x {
		d.directory(p.Child(uint64(i)), x[i], honest[i])
	}
}

// entryAt compares a directory entry that is not the honest one of its place.
func (d *descent) entryAt(handle uint16, e fr.Element, x [8]fr.Element, ok, expected bool) {
	place := contracts.Place{Kind: contracts.PlaceDirectory, Index: uint64(handle)}
	if !ok { // perhaps a known one at another place
		for i := range d.Honest.Names {
			at := contracts.Place{Kind: contracts.PlaceDirectory, Index: uint64(i)}
			if x, ok = d.open(place, e, &at); ok {
				break
			}
		}
	}
	if !ok {
		d.miss(place, !expected, 1)
		if !expected {
			d.note("entry %d is a collection that no definition names", handle)
		}
		return
	}
	if !contracts.SoundEntry(x, handle) {
		c, err := d.suspect.Entry(handle)
		d.refute(fmt.Sprintf("directory entry %d is malformed", handle), c, err)
		return
	}
	if d.nameTwice(handle, x) {
		return
	}
	like, found := d.definition(x)
	if !found {
		d.note("collection %q at entry %d has no definition here, or another", nameOf(x[1]), handle)
		d.explore(handle, x)
		return
	}
	honest, _ := d.Honest.Tree.Open(contracts.Place{Kind: contracts.PlaceDirectory, Index: uint64(like)})
	top := contracts.Place{Kind: contracts.PlaceLeaves, Level: uint8(x[2].Uint64()), Entry: handle}
	d.leaves(top, x[5], honest[5], like, x)
}

// nameTwice looks for another entry of the same name: one that was met, or an
// honest one that the operator has at its place.
func (d *descent) nameTwice(handle uint16, x [8]fr.Element) bool {
	other, twice := d.names[x[1]]
	for i := 0; !twice && i < len(d.Honest.Names); i++ {
		h, ok := d.Honest.Tree.Open(contracts.Place{Kind: contracts.PlaceDirectory, Index: uint64(i)})
		if ok && h[1] == x[1] && uint16(i) != handle && d.has(uint16(i), h) {
			other, twice = uint16(i), true
		}
	}
	if !twice {
		d.names[x[1]] = handle
		return false
	}
	if !d.path(other) {
		return false
	}
	c, err := d.suspect.Names(other, handle)
	d.refute(fmt.Sprintf("entries %d and %d are both named %q", other, handle, nameOf(x[1])), c, err)
	return true
}

// has reports whether the operator's entry at a handle is known to be x.
func (d *descent) has(handle uint16, x [8]fr.Element) bool {
	e, ok := d.elementOf(handle)
	return ok && poseidon.H8(&x) == e
}

// elementOf goes down the directory to an entry, through what is known.
func (d *descent) elementOf(handle uint16) (fr.Element, bool) {
	top, _ := d.known.Open(contracts.Place{})
	e := top[5]
	for level := uint8(contracts.DirectoryDepth); level > 0; level-- {
		p := contracts.Place{Kind: contracts.PlaceDirectory, Level: level, Index: uint64(handle) >> (3 * level)}
		x, ok := d.open(p, e, &p)
		if !ok {
			return e, false
		}
		e = x[uint64(handle)>>(3*(level-1))&7]
	}
	return e, true
}

// path makes the way to an honest entry at its place known, with the entry.
func (d *descent) path(handle uint16) bool {
	e, ok := d.elementOf(handle)
	if !ok {
		return false
	}
	p := contracts.Place{Kind: contracts.PlaceDirectory, Index: uint64(handle)}
	_, ok = d.open(p, e, &p)
	return ok
}

// definition is the honest collection with the same name, items and base.
func (d *descent) definition(x [8]fr.Element) (uint16, bool) {
	for i := range d.Honest.Names {
		h, ok := d.Honest.Tree.Open(contracts.Place{Kind: contracts.PlaceDirectory, Index: uint64(i)})
		if ok && h[1] == x[1] {
			h[5] = x[5]
			return uint16(i), h == x
		}
	}
	return 0, false
}

// leaves compares a place in the tree of values of a collection whose items are
// those of the honest collection `like`.
func (d *descent) leaves(p contracts.Place, e, h fr.Element, like uint16, entry [8]fr.Element) {
	if d.done() || e == h {
		return
	}
	inside := p.Index<<(3*p.Level) < entry[3].Uint64()
	name := nameOf(entry[1])
	if inside == e.IsZero() {
		c, err := d.suspect.Shape(p)
		d.refute(fmt.Sprintf("%s: %s", name, wrongPlace(p, inside)), c, err)
		return
	}
	at := contracts.Place{Kind: p.Kind, Level: p.Level, Entry: like, Index: p.Index}
	x, ok := d.open(p, e, &at)
	if !ok {
		d.miss(p, false, 20-int(p.Level))
		return
	}
	if p.Level == 0 {
		d.leaf(p, x, like, entry)
		return
	}
	honest, _ := d.Honest.Tree.Open(at)
	for i := range x {
		d.leaves(p.Child(uint64(i)), x[i], honest[i], like, entry)
	}
}

// wrongPlace says what is wrong with the length of a collection.
func wrongPlace(p contracts.Place, inside bool) string {
	if inside {
		return "nothing is at " + p.Short() + ", where items must be"
	}
	return "something is at " + p.Short() + ", behind the last item"
}

// leaf judges a leaf that is not the honest one.
func (d *descent) leaf(p contracts.Place, x [8]fr.Element, like uint16, entry [8]fr.Element) {
	name := fmt.Sprintf("%s[%d]", nameOf(entry[1]), p.Index)
	item := d.item(p, like, entry)
	switch {
	case !contracts.SoundLeaf(x):
		c, err := d.suspect.Leaf(p.Entry, p.Index)
		d.refute(name+": the leaf is malformed", c, err)
	case x[1] != poseidon.H8(&item):
		c, err := d.suspect.Manifest(p.Entry, p.Index)
		d.refute(name+": the leaf is of another item than the manifest names", c, err)
	case !contracts.SoundItem(item, p.Entry, p.Index):
		c, err := d.suspect.Leaf(p.Entry, p.Index)
		d.refute(name+": the item is malformed", c, err)
	case p.Entry == 0:
		c, err := d.suspect.Header(p.Index, d.Honest.Header)
		d.refute(fmt.Sprintf("%s: anchored %s is not the header's", name, number(contracts.ValueOf(x))), c, err)
	default:
		it := contracts.ItemOf(item)
		if !contracts.SlotHolds(it, entry) {
			c, err := d.suspect.Slot(p.Entry, p.Index)
			d.refute(name+": the slot does not follow from its key", c, err)
			return
		}
		honest, _ := d.Honest.Tree.Open(contracts.Place{Kind: contracts.PlaceLeaves, Entry: like, Index: p.Index})
		d.value(p, it, contracts.ValueOf(x), contracts.ValueOf(honest), name)
	}
}

// value claims that a value is false, by the honest state's proof of the item.
func (d *descent) value(p contracts.Place, it statecache.Item, have, want [32]byte, name string) {
	what := fmt.Sprintf("%s, %s of 0x%x: anchored %s, on chain %s", name, it.Kind, it.Address, number(have), number(want))
	for i := range d.Honest.Accounts {
		if a := &d.Honest.Accounts[i]; a.Address == it.Address {
			c, err := d.suspect.Value(p.Entry, p.Index, d.Honest.Header, a)
			d.refute(what, c, err)
			return
		}
	}
	d.claimErr = fmt.Errorf("%w: no proof of account 0x%x", ErrEvidence, it.Address)
}

// item makes the way to the item of the manifest known, and returns the item.
// Requires that the items are those of the honest collection.
func (d *descent) item(leaf contracts.Place, like uint16, entry [8]fr.Element) (x [8]fr.Element) {
	e := entry[4]
	for level := int(entry[2].Uint64()); level >= 0; level-- {
		p := contracts.Place{Kind: contracts.PlaceItems, Level: uint8(level), Entry: leaf.Entry, Index: leaf.Index >> (3 * level)}
		at := p
		at.Entry = like
		x, _ = d.open(p, e, &at)
		if level > 0 {
			e = x[leaf.Index>>(3*(level-1))&7]
		}
	}
	return x
}

// nameOf is an entry's name as text.
func nameOf(e fr.Element) string {
	b := e.Bytes()
	return string(b[32-min(int(b[0]), 31):])
}

// explore looks at leaves of a collection without a definition, in an order that
// the operator cannot know: whole ways to a leaf, one after the other.
func (d *descent) explore(handle uint16, entry [8]fr.Element) {
	if entry[3].IsZero() {
		return
	}
	d.wander(contracts.Place{Kind: contracts.PlaceLeaves, Level: uint8(entry[2].Uint64()), Entry: handle}, entry[5], entry)
}

// wander reports whether to go on with the next leaf.
func (d *descent) wander(p contracts.Place, e fr.Element, entry [8]fr.Element) bool {
	inside := p.Index<<(3*p.Level) < entry[3].Uint64()
	if inside == e.IsZero() {
		c, err := d.suspect.Shape(p)
		d.refute(fmt.Sprintf("%s: %s", nameOf(entry[1]), wrongPlace(p, inside)), c, err)
		return false
	}
	if e.IsZero() {
		return true
	}
	x, ok := d.open(p, e, nil)
	if !ok {
		d.miss(p, true, 20-int(p.Level))
		return false
	}
	if p.Level == 0 {
		return d.stranger(p, x, entry)
	}
	for _, i := range d.order(p) {
		if !d.wander(p.Child(i), x[i], entry) {
			return false
		}
	}
	return true
}

// stranger judges a leaf of a collection without a definition: its item says
// what the chain must have.
func (d *descent) stranger(p contracts.Place, x, entry [8]fr.Element) bool {
	name := fmt.Sprintf("%s[%d]", nameOf(entry[1]), p.Index)
	if !contracts.SoundLeaf(x) {
		c, err := d.suspect.Leaf(p.Entry, p.Index)
		d.refute(name+": the leaf is malformed", c, err)
		return false
	}
	place := contracts.Place{Kind: contracts.PlaceItems, Entry: p.Entry, Index: p.Index}
	item, ok := d.open(place, x[1], nil)
	if !ok {
		d.miss(place, true, 30)
		return false
	}
	it := contracts.ItemOf(item)
	switch proof, ok := d.Proofs[it]; {
	case !contracts.SoundItem(item, p.Entry, p.Index):
		c, err := d.suspect.Leaf(p.Entry, p.Index)
		d.refute(name+": the item is malformed", c, err)
	case !contracts.SlotHolds(it, entry):
		c, err := d.suspect.Slot(p.Entry, p.Index)
		d.refute(name+": the slot does not follow from its key", c, err)
	case !ok:
		d.toProve = append(d.toProve, it)
	case proof.Value != contracts.ValueOf(x):
		what := fmt.Sprintf("%s, %s of 0x%x: anchored %s, on chain %s", name, it.Kind, it.Address, number(contracts.ValueOf(x)), number(proof.Value))
		c, err := d.suspect.Value(p.Entry, p.Index, d.Honest.Header, &proof.Account)
		d.refute(what, c, err)
	default:
		return true
	}
	return false
}

// order is the children of a place in a random order that stays.
func (d *descent) order(p contracts.Place) (out [8]uint64) {
	b := binary.BigEndian.AppendUint64(d.Seed[:], p.Index)
	b = append(b, p.Level, byte(p.Entry>>8), byte(p.Entry))
	b = append(b, d.suspect.Commitment[:]...)
	for i, r := range crypto.Keccak256(b)[:8] {
		j := uint64(r) % uint64(i+1)
		out[i] = out[j]
		out[j] = uint64(i)
	}
	return out
}

// number prints a word without leading zeros.
func number(w [32]byte) string { return fmt.Sprintf("%#x", new(big.Int).SetBytes(w[:])) }
