package contracts

import (
	"errors"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/statecache"
	"vmhost/statecache/poseidon"
)

// Visit sees each leaf of an audited directory, and returns a claim against it
// or nil. A claim or an error ends the audit.
type Visit func(handle uint16, index uint64, item statecache.Item, value [32]byte) (*Challenge, error)

// Audit walks the directory of the suspect with all its collections and returns
// the first claim that its judge will agree with, nil if there is none: about its
// form, or what visit, which may be nil, says of a value. Values are the chain's
// business: visit compares them with what a node proves, and makes the claim by
// Value or Header.
//
// Errors: ErrMissing (a *MissingError) when a part is not known, which can be
// demanded then; those of visit.
func (s *Suspect) Audit(visit Visit) (*Challenge, error) {
	if _, err := s.roots(); err != nil {
		return nil, err
	}
	a := auditor{Suspect: s, visit: visit, names: map[fr.Element]uint16{}}
	err := a.walk(Place{Kind: PlaceDirectory, Level: directoryDepth}, a.directory)
	if f, ok := errors.AsType[*foundError](err); ok {
		return &f.challenge, nil
	}
	return nil, err
}

type auditor struct {
	*Suspect
	visit Visit
	names map[fr.Element]uint16
}

// foundError ends a walk with what was found.
type foundError struct{ challenge Challenge }

func (*foundError) Error() string { return "found" }

func found(c Challenge, err error) error {
	if err != nil {
		return err
	}
	return &foundError{c}
}

// walk calls f with each place of a tree below p that has an element, from the
// top down, and with those that have none. f says whether to go on below.
func (a *auditor) walk(p Place, f func(p Place, e fr.Element, x [8]fr.Element) error) error {
	x, ok := a.tree().Open(p)
	if !ok {
		depth := uint8(directoryDepth)
		if p.Kind != PlaceDirectory {
			entry, _ := a.tree().Open(Place{Kind: PlaceDirectory, Index: uint64(p.Entry)})
			depth = depthOf(entry)
		}
		return highestMissing(a.tree(), p, depth)
	}
	for i := range x {
		child := p.Child(uint64(i))
		if err := f(child, x[i], x); err != nil {
			return err
		}
		if child.Level > 0 && !x[i].IsZero() {
			if err := a.walk(child, f); err != nil {
				return err
			}
		}
	}
	return nil
}

// directory checks one place of the directory.
func (a *auditor) directory(p Place, e fr.Element, _ [8]fr.Element) error {
	if e.IsZero() {
		if p.Index == 0 {
			return found(a.NoHeader(p.Level))
		}
		return nil
	}
	if p.Level > 0 {
		return nil
	}
	handle := uint16(p.Index)
	entry, err := open(a.tree(), p, e.Bytes())
	if err != nil {
		return err
	}
	if !entryForm(entry, handle) {
		return found(a.Entry(handle))
	}
	if first, twice := a.names[entry[1]]; twice {
		return found(a.Names(first, handle))
	}
	a.names[entry[1]] = handle
	return a.collection(handle, entry)
}

// collection checks both trees of a collection.
func (a *auditor) collection(handle uint16, entry [8]fr.Element) error {
	depth, length := depthOf(entry), entry[3].Uint64()
	if length == 0 {
		return nil
	}
	if depth == 0 {
		return a.leafAt(handle, entry, 0, entry[4])
	}
	items := make(map[uint64]fr.Element)
	for _, kind := range []PlaceKind{PlaceItems, PlaceLeaves} {
		err := a.walk(Place{Kind: kind, Level: depth, Entry: handle}, func(p Place, e fr.Element, _ [8]fr.Element) error {
			inside := p.Index<<(3*p.Level) < length
			switch {
			case inside == e.IsZero():
				return found(a.Shape(p))
			case p.Level > 0 || e.IsZero():
				return nil
			case kind == PlaceItems:
				items[p.Index] = e
				return nil
			}
			return a.leafAt(handle, entry, p.Index, items[p.Index])
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// leafAt checks a leaf and its item; item is what the manifest has there.
func (a *auditor) leafAt(handle uint16, entry [8]fr.Element, index uint64, item fr.Element) error {
	_, leaf, err := a.rawLeaf(handle, entry, index)
	if err != nil {
		return err
	}
	if !leafForm(leaf) {
		return found(a.Leaf(handle, index))
	}
	if leaf[1] != item {
		return found(a.Manifest(handle, index))
	}
	x, err := open(a.tree(), Place{Kind: PlaceItems, Entry: handle, Index: index}, leaf[1].Bytes())
	if err != nil {
		return err
	}
	if !itemForm(x, handle == 0, index) {
		return found(a.Leaf(handle, index))
	}
	it, value := ItemOf(x), ValueOf(leaf)
	if !SlotHolds(it, entry) {
		return found(a.Slot(handle, index))
	}
	if handle == 0 && !a.headerTrue(index, value) {
		return found(a.Header(index, nil))
	}
	if a.visit == nil {
		return nil
	}
	c, err := a.visit(handle, index, it, value)
	if c != nil && err == nil {
		return &foundError{*c}
	}
	return err
}

// headerTrue checks the header fields that need no header.
func (a *auditor) headerTrue(field uint64, value [32]byte) bool {
	height, hash := a.Height, a.BlockHash
	if a.Past != nil {
		leaf, ok := a.Tree.Open(Place{Kind: PlaceHistory, Index: *a.Past})
		if !ok {
			return true
		}
		height, hash = *a.Past, join(leaf[2], leaf[3])
	}
	switch field {
	case statecache.FieldNumber:
		var want [32]byte
		for i := range 8 {
			want[31-i] = byte(height >> (8 * i))
		}
		return value == want
	case statecache.FieldBlockHash:
		return value == hash
	}
	return true
}

// half reports whether an element is below 2^128.
func half(e fr.Element) bool { b := e.Bytes(); return [16]byte(b[:16]) == [16]byte{} }

// entryForm is Opening.isSound.
func entryForm(x [8]fr.Element, handle uint16) bool {
	header := headerName()
	if x[0] != poseidon.Tag(poseidon.TagDir, 0) || !nameForm(x[1]) || !half(x[6]) || !half(x[7]) {
		return false
	}
	if !x[2].IsUint64() || !x[3].IsUint64() || x[3].Uint64() > statecache.MaxItems {
		return false
	}
	depth, length := x[2].Uint64(), x[3].Uint64()
	if depth > 8 || length > 1<<(3*depth) || depth > 0 && length <= 1<<(3*(depth-1)) {
		return false
	}
	if (length == 0) != x[4].IsZero() || (length == 0) != x[5].IsZero() {
		return false
	}
	if handle != 0 {
		return x[1] != header
	}
	return x[1] == header && length == 6 && x[6].IsZero() && x[7].IsZero()
}

func headerName() (e fr.Element) {
	b := [32]byte{0: byte(len(statecache.HeaderName))}
	copy(b[32-len(statecache.HeaderName):], statecache.HeaderName)
	e.SetBytes(b[:])
	return e
}

// nameForm is Opening.isName.
func nameForm(e fr.Element) bool {
	b := e.Bytes()
	n := int(b[0])
	if n < 1 || n > 31 {
		return false
	}
	for _, c := range b[1 : 32-n] {
		if c != 0 {
			return false
		}
	}
	return statecache.ValidName(string(b[32-n:]))
}

func leafForm(x [8]fr.Element) bool {
	return x[0] == poseidon.Tag(poseidon.TagLeaf, 0) && half(x[2]) && half(x[3]) &&
		x[4].IsZero() && x[5].IsZero() && x[6].IsZero() && x[7].IsZero()
}

// itemForm is FormJudge's _isItem.
func itemForm(x [8]fr.Element, header bool, index uint64) bool {
	if !x[0].IsUint64() || x[0].Uint64()&0xff != uint64(poseidon.TagItem) || !x[6].IsZero() || !x[7].IsZero() {
		return false
	}
	kind := statecache.Kind(min(x[0].Uint64()>>8, 255))
	address := x[1].Bytes()
	if !kind.Valid() || [12]byte(address[:12]) != [12]byte{} || !half(x[2]) || !half(x[3]) || !half(x[4]) || !half(x[5]) {
		return false
	}
	if header != (kind == statecache.KindHeader) {
		return false
	}
	if header {
		return x[1].IsZero() && x[2].IsZero() && x[3] == fr.NewElement(index) && x[4].IsZero() && x[5].IsZero()
	}
	return kind == statecache.KindSlot || x[2].IsZero() && x[3].IsZero() && x[4].IsZero() && x[5].IsZero()
}
