package contracts

import (
	"fmt"
	"math/big"
	"sync"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/contracts/bindings"
)

// The judges, by the number that challenge takes; see Judges.
const (
	stateJudge = 0
	formJudge  = 1
)

// Challenge is a claim that takes an anchor down if its judge agrees.
type Challenge struct {
	Judge uint64 // which judge decides
	Claim []byte // the whole call of its function
	Kind  string // that function
}

// Calldata encodes the call AnchorRegistry.challenge. The judge itself answers
// Claim in an eth_call: what reverts there would revert here.
func (c Challenge) Calldata() []byte {
	return bindings.NewAnchorRegistry().PackChallenge(new(big.Int).SetUint64(c.Judge), c.Claim)
}

// judgeArtifacts parses what is embedded, once.
var judgeArtifacts = sync.OnceValues(func() (out []*Artifact, err error) {
	for _, name := range Judges() {
		a, err := Load(name)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
})

func newChallenge(judge uint64, kind string, args ...any) (Challenge, error) {
	judges, err := judgeArtifacts()
	if err != nil {
		return Challenge{}, err
	}
	claim, err := judges[judge].ABI.Pack(kind, args...)
	if err != nil {
		return Challenge{}, fmt.Errorf("%s: %w: %w", kind, ErrBadClaim, err)
	}
	return Challenge{judge, claim, kind}, nil
}

// Value claims that a leaf's value is not that of the block's state. Header is
// the RLP of the block's header; proof, of the account and, for a slot, of that
// one slot, is checked by the contract only. Errors of this and of all methods
// below: ErrMissing (a *MissingError), ErrBadClaim.
func (s *Suspect) Value(handle uint16, index uint64, header []byte, proof *binding.AccountProof) (Challenge, error) {
	r, e, l, err := s.opened(handle, index)
	if err != nil {
		return Challenge{}, err
	}
	ev := evidenceArg{Header: header, Account: nodes(proof.Account), Slot: [][]byte{}}
	if l.Item.Kind == 0 {
		found := false
		for _, p := range proof.Slots {
			if p.Slot == l.Item.Slot {
				ev.Slot, found = nodes(p.Proof), true
			}
		}
		if !found {
			return Challenge{}, fmt.Errorf("%w: no proof of slot 0x%x", ErrBadClaim, l.Item.Slot)
		}
	}
	return newChallenge(stateJudge, "refuteValue", s.target(), r, e, l, ev)
}

// nodes drops what some clients send for an empty trie, the empty node.
func nodes(proof [][]byte) [][]byte {
	if len(proof) == 0 || len(proof) == 1 && string(proof[0]) == "\x80" {
		return [][]byte{}
	}
	return proof
}

// Header claims that a field of the header collection is not the header's. The
// header's RLP may be nil for number and block hash.
func (s *Suspect) Header(field uint64, header []byte) (Challenge, error) {
	r, e, l, err := s.opened(0, field)
	if err != nil {
		return Challenge{}, err
	}
	if header == nil {
		header = []byte{}
	}
	return newChallenge(stateJudge, "refuteHeader", s.target(), r, e, l, header)
}

// Slot claims that a slot is not keccak(key ‖ base).
func (s *Suspect) Slot(handle uint16, index uint64) (Challenge, error) {
	r, e, l, err := s.opened(handle, index)
	if err != nil {
		return Challenge{}, err
	}
	return newChallenge(formJudge, "refuteSlot", s.target(), r, e, l)
}

// Manifest claims that the item at an index is another in the manifest than in
// the leaf.
func (s *Suspect) Manifest(handle uint16, index uint64) (Challenge, error) {
	r, err := s.roots()
	if err != nil {
		return Challenge{}, err
	}
	e, entry, err := s.entry(handle)
	if err != nil {
		return Challenge{}, err
	}
	l, _, err := s.rawLeaf(handle, entry, index)
	if err != nil {
		return Challenge{}, err
	}
	place, depth := Place{Kind: PlaceItems, Entry: handle, Index: index}, depthOf(entry)
	path, err := climb(s.tree(), place, depth)
	if err != nil {
		return Challenge{}, err
	}
	item, err := s.element(place, depth)
	if err != nil {
		return Challenge{}, err
	}
	return newChallenge(formJudge, "refuteManifest", s.target(), r, e, l, item, list(path))
}

// Leaf claims that a leaf or its item is malformed.
func (s *Suspect) Leaf(handle uint16, index uint64) (Challenge, error) {
	r, err := s.roots()
	if err != nil {
		return Challenge{}, err
	}
	e, entry, err := s.entry(handle)
	if err != nil {
		return Challenge{}, err
	}
	l, leaf, err := s.rawLeaf(handle, entry, index)
	if err != nil {
		return Challenge{}, err
	}
	item, err := open(s.tree(), Place{Kind: PlaceItems, Entry: handle, Index: index}, leaf[1].Bytes())
	if err != nil && leafForm(leaf) {
		return Challenge{}, err
	}
	return newChallenge(formJudge, "refuteLeaf", s.target(), r, e, l, words(item))
}

// Names claims that two entries have one name.
func (s *Suspect) Names(a, b uint16) (Challenge, error) {
	r, err := s.roots()
	if err != nil {
		return Challenge{}, err
	}
	first, _, err := s.entry(a)
	if err != nil {
		return Challenge{}, err
	}
	second, _, err := s.entry(b)
	if err != nil {
		return Challenge{}, err
	}
	return newChallenge(formJudge, "refuteNames", s.target(), r, first, second)
}

// Entry claims that an entry is malformed.
func (s *Suspect) Entry(handle uint16) (Challenge, error) {
	r, err := s.roots()
	if err != nil {
		return Challenge{}, err
	}
	e, _, err := s.entry(handle)
	if err != nil {
		return Challenge{}, err
	}
	return newChallenge(formJudge, "refuteEntry", s.target(), r, e)
}

// Shape claims that there is nothing where items must be, or something behind
// the last: at a place of kind PlaceItems or PlaceLeaves below the root.
func (s *Suspect) Shape(place Place) (Challenge, error) {
	r, err := s.roots()
	if err != nil {
		return Challenge{}, err
	}
	e, entry, err := s.entry(place.Entry)
	if err != nil {
		return Challenge{}, err
	}
	part, err := s.part(place, depthOf(entry))
	if err != nil {
		return Challenge{}, err
	}
	return newChallenge(formJudge, "refuteShape", s.target(), r, e, place.Kind == PlaceItems, part)
}

// NoHeader claims that the directory has no header collection: that nothing
// stands at entry 0 or at the node so many levels above.
func (s *Suspect) NoHeader(level uint8) (Challenge, error) {
	r, err := s.roots()
	if err != nil {
		return Challenge{}, err
	}
	path, err := climb(s.tree(), Place{Kind: PlaceDirectory, Level: level}, directoryDepth)
	if err != nil {
		return Challenge{}, err
	}
	return newChallenge(formJudge, "refuteNoHeader", s.target(), r, new(big.Int).SetUint64(uint64(level)), list(path))
}

// Future claims that the history holds something at the anchor's height or
// above, at a place of kind PlaceHistory.
func (s *Suspect) Future(place Place) (Challenge, error) {
	r, err := s.roots()
	if err != nil {
		return Challenge{}, err
	}
	part, err := s.part(place, historyDepth)
	if err != nil {
		return Challenge{}, err
	}
	return newChallenge(formJudge, "refuteFuture", s.target(), r, part)
}

// HistoryLeaf claims that the history's leaf of a height is malformed.
func (s *Suspect) HistoryLeaf(height uint64) (Challenge, error) {
	r, err := s.roots()
	if err != nil {
		return Challenge{}, err
	}
	place := Place{Kind: PlaceHistory, Index: height}
	part, err := s.part(place, historyDepth)
	if err != nil {
		return Challenge{}, err
	}
	x, err := open(s.Tree, place, part.Element)
	if err != nil {
		return Challenge{}, err
	}
	return newChallenge(formJudge, "refuteHistoryLeaf", s.target(), r, words(x), part)
}

// HistoryHash claims that the block hash of a height in the history is another
// than that of the chain. headers are the RLP of the blocks from height from,
// whose hash the contract knows (the anchor's own block, one of the last 8191,
// or an anchored one), down to height + 1; none when it knows that of height.
func (s *Suspect) HistoryHash(height, from uint64, headers [][]byte) (Challenge, error) {
	past := *s
	past.Past = &height
	r, err := past.roots()
	if err != nil {
		return Challenge{}, err
	}
	if headers == nil {
		headers = [][]byte{}
	}
	return newChallenge(formJudge, "refuteHistoryHash", s.target(), r, from, headers)
}

// opened opens everything down to a well-formed leaf.
func (s *Suspect) opened(handle uint16, index uint64) (r rootsArg, e entryArg, l leafArg, err error) {
	if r, err = s.roots(); err != nil {
		return r, e, l, err
	}
	e, entry, err := s.entry(handle)
	if err != nil {
		return r, e, l, err
	}
	l, err = s.leaf(handle, entry, index)
	return r, e, l, err
}

// element is what stands at a place below a tree's root.
func (s *Suspect) element(place Place, depth uint8) ([32]byte, error) {
	up, word := place.parent(depth)
	tree := s.tree()
	if place.Kind == PlaceHistory {
		tree = s.Tree
	}
	x, err := open(tree, up, [32]byte{})
	if err != nil {
		return [32]byte{}, err
	}
	return x[word].Bytes(), nil
}

func (s *Suspect) part(place Place, depth uint8) (partArg, error) {
	tree := s.tree()
	if place.Kind == PlaceHistory {
		tree = s.Tree
	}
	path, err := climb(tree, place, depth)
	if err != nil {
		return partArg{}, err
	}
	element, err := s.element(place, depth)
	if err != nil {
		return partArg{}, err
	}
	return partArg{
		Element: element, Level: new(big.Int).SetUint64(uint64(place.Level)),
		Index: new(big.Int).SetUint64(place.Index), Path: list(path),
	}, nil
}

// list is an empty list rather than none.
func list(path [][32]byte) [][32]byte {
	if path == nil {
		return [][32]byte{}
	}
	return path
}
