package contracts

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/anchoring/contracts/bindings"
	"vmhost/statecache"
)

// PlaceKind says in which tree of a commitment a place is.
type PlaceKind uint8

// Kinds of place; the numbers are DemandGame.Kind's.
const (
	PlaceCommit    PlaceKind = 0 // the commitment
	PlaceDirectory PlaceKind = 1 // level 4 to 1: nodes; 0: entries
	PlaceItems     PlaceKind = 2 // nodes of a collection's tree of items; 0: items
	PlaceLeaves    PlaceKind = 3 // nodes of its tree of leaves; 0: leaves
	PlaceHistory   PlaceKind = 4 // level 11 to 1: nodes; 0: leaves of blocks
)

// Depths of the trees that have one.
const (
	directoryDepth = 4
	historyDepth   = 11
)

// Place is where an element stands in a commitment.
type Place struct {
	Kind  PlaceKind
	Level uint8  // levels above the lowest of its tree, where entries, items, leaves are
	Entry uint16 // directory index of the collection, for PlaceItems and PlaceLeaves
	Index uint64 // number at that level
}

// String names the place for messages.
func (p Place) String() string {
	switch p.Kind {
	case PlaceCommit:
		return "commitment"
	case PlaceDirectory:
		return fmt.Sprintf("directory level %d number %d", p.Level, p.Index)
	case PlaceItems:
		return fmt.Sprintf("items of entry %d level %d number %d", p.Entry, p.Level, p.Index)
	case PlaceLeaves:
		return fmt.Sprintf("leaves of entry %d level %d number %d", p.Entry, p.Level, p.Index)
	case PlaceHistory:
		return fmt.Sprintf("history level %d number %d", p.Level, p.Index)
	}
	return fmt.Sprintf("place of kind %d", p.Kind)
}

// PlaceOf is the place of a demand, as events have it.
func PlaceOf(p bindings.DemandGamePlace) Place {
	return Place{PlaceKind(p.Kind), p.Level, p.Entry, p.Index}
}

// bind is the place with its hash, as the contract takes it.
func (p Place) bind(node [32]byte) bindings.DemandGamePlace {
	return bindings.DemandGamePlace{Kind: uint8(p.Kind), Level: p.Level, Entry: p.Entry, Index: p.Index, Node: node}
}

// parent is the place above and the word of its preimage that is this place.
// Requires the depth of the collection for the root of one of its trees, which
// a place does not say itself: the root is at level depth.
func (p Place) parent(depth uint8) (Place, uint8) {
	word := uint8(p.Index & 7)
	up := Place{p.Kind, p.Level + 1, p.Entry, p.Index >> 3}
	switch {
	case p.Kind == PlaceDirectory && p.Level == directoryDepth:
		return Place{}, 5
	case p.Kind == PlaceHistory && p.Level == historyDepth:
		return Place{}, 6
	case p.Kind == PlaceItems && p.Level == depth:
		return Place{Kind: PlaceDirectory, Index: uint64(p.Entry)}, 4
	case p.Kind == PlaceLeaves && p.Level == depth:
		return Place{Kind: PlaceDirectory, Index: uint64(p.Entry)}, 5
	}
	return up, word
}

// Tree gives preimages of a commitment's hashes, as far as they are known.
type Tree interface {
	// Open returns what the element at a place is the hash of; false if it is not
	// known or nothing is there.
	Open(Place) ([8]fr.Element, bool)
}

// ViewTree is the tree of a view: of the operator's own cache, or of a state file.
func ViewTree(v *statecache.View) Tree { return viewTree{v} }

type viewTree struct{ v *statecache.View }

// Open implements Tree.
func (t viewTree) Open(p Place) (x [8]fr.Element, ok bool) {
	switch p.Kind {
	case PlaceCommit:
		return t.v.CommitPreimage(), true
	case PlaceDirectory:
		if p.Level == 0 {
			return t.v.Entry(uint32(p.Index))
		}
		return t.v.DirNode(directoryDepth-int(p.Level), uint32(p.Index))
	case PlaceHistory:
		if p.Level == 0 {
			x, err := t.v.HistoryLeaf(t.v.Ref().Number - p.Index)
			return x, err == nil
		}
		return t.v.HistoryNode(historyDepth-int(p.Level), p.Index)
	case PlaceItems, PlaceLeaves:
		entry, ok := t.v.Entry(uint32(p.Entry))
		depth := entry[2].Uint64()
		switch {
		case !ok || uint64(p.Level) > depth:
			return x, false
		case p.Level == 0 && p.Kind == PlaceItems:
			return t.v.ItemPreimage(uint32(p.Entry), uint32(p.Index))
		case p.Level == 0:
			return t.v.Leaf(uint32(p.Entry), uint32(p.Index))
		case p.Kind == PlaceItems:
			return t.v.ItemsNode(uint32(p.Entry), int(depth)-int(p.Level), uint32(p.Index))
		}
		return t.v.Node(uint32(p.Entry), int(depth)-int(p.Level), uint32(p.Index))
	}
	return x, false
}

// Answers is a tree of preimages that were shown one by one. The zero value is
// empty. It is not safe for concurrent use.
type Answers struct{ known map[Place][8]fr.Element }

// Add keeps a preimage. Requires that the registry has checked it, as it has
// those of Answered events.
func (a *Answers) Add(p Place, preimage [8]fr.Element) {
	if a.known == nil {
		a.known = map[Place][8]fr.Element{}
	}
	a.known[p] = preimage
}

// AddEvent keeps what an Answered event shows. Errors: ErrBadClaim.
func (a *Answers) AddEvent(e *bindings.AnchorRegistryAnswered) error {
	var x [8]fr.Element
	for i, w := range e.Preimage {
		if w == nil || w.Sign() < 0 || w.Cmp(fr.Modulus()) >= 0 {
			return fmt.Errorf("%w: word %d is no field element", ErrBadClaim, i)
		}
		x[i].SetBigInt(w)
	}
	a.Add(PlaceOf(e.Place), x)
	return nil
}

// Open implements Tree.
func (a *Answers) Open(p Place) ([8]fr.Element, bool) {
	x, ok := a.known[p]
	return x, ok
}

// Trees is a tree that knows what any of several knows.
type Trees []Tree

// Open implements Tree.
func (ts Trees) Open(p Place) ([8]fr.Element, bool) {
	for _, t := range ts {
		if x, ok := t.Open(p); ok {
			return x, true
		}
	}
	return [8]fr.Element{}, false
}

// Short names the place as people type it: KIND[:ENTRY]/[LEVEL/]NUMBER, where
// the entry is the directory index of a collection, and level 0, which is left
// out, is where entries, leaves, items are: directory/3, directory/4/0,
// leaves:1/42, leaves:1/2/0, items:1/42, history/11/0.
func (p Place) Short() string {
	kind := ""
	switch p.Kind {
	case PlaceCommit:
		return "commitment"
	case PlaceDirectory:
		kind = "directory"
	case PlaceItems:
		kind = fmt.Sprintf("items:%d", p.Entry)
	case PlaceLeaves:
		kind = fmt.Sprintf("leaves:%d", p.Entry)
	case PlaceHistory:
		kind = "history"
	default:
		return p.String()
	}
	if p.Level == 0 {
		return fmt.Sprintf("%s/%d", kind, p.Index)
	}
	return fmt.Sprintf("%s/%d/%d", kind, p.Level, p.Index)
}

// ParsePlace reads what Short writes. Errors: ErrBadClaim.
func ParsePlace(s string) (Place, error) {
	if s == "commitment" {
		return Place{}, nil
	}
	kinds := map[string]PlaceKind{"directory": PlaceDirectory, "items": PlaceItems, "leaves": PlaceLeaves, "history": PlaceHistory}
	parts := strings.Split(s, "/")
	kind, entry, has := strings.Cut(parts[0], ":")
	p := Place{Kind: kinds[kind]}
	ok := p.Kind != 0 && has == (p.Kind == PlaceItems || p.Kind == PlaceLeaves) && (len(parts) == 2 || len(parts) == 3)
	number := func(s string, bits int) uint64 {
		n, err := strconv.ParseUint(s, 10, bits)
		ok = ok && err == nil
		return n
	}
	if has {
		p.Entry = uint16(number(entry, 16))
	}
	if len(parts) == 3 {
		p.Level = uint8(number(parts[1], 8))
	}
	p.Index = number(parts[len(parts)-1], 64)
	if !ok {
		return Place{}, fmt.Errorf("%w: %.60q is no place: want KIND[:ENTRY]/[LEVEL/]NUMBER, as directory/3, leaves:1/42, items:1/42, leaves:1/2/0", ErrBadClaim, s)
	}
	return p, nil
}
