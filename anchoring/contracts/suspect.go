package contracts

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/statecache/poseidon"
)

// Suspect is an anchor, and what is known of the tree behind its commitment.
type Suspect struct {
	Height     uint64
	BlockHash  [32]byte
	Commitment [32]byte
	Tree       Tree
	// Past, if not nil, makes the claims about the block of this height in the
	// anchor's history instead. Its directory is opened in PastTree.
	Past     *uint64
	PastTree Tree
}

// MissingError says which part of a commitment is not known: it can be demanded,
// unless it is a leaf of the history.
type MissingError struct {
	Place Place
	Node  [32]byte // its hash, 0 where nothing is or that is not known either
}

// Error implements error.
func (e *MissingError) Error() string {
	return fmt.Sprintf("contracts: %v (0x%x) is not known", e.Place, e.Node[:4])
}

// Is makes it an ErrMissing.
func (e *MissingError) Is(target error) bool { return target == ErrMissing }

// words is a preimage as the contracts take it.
func words(x [8]fr.Element) (out [8]*big.Int) {
	for i := range x {
		out[i] = x[i].BigInt(new(big.Int))
	}
	return out
}

// tree is where the directory of the claim is opened.
func (s *Suspect) tree() Tree {
	if s.Past != nil {
		return s.PastTree
	}
	return s.Tree
}

func open(t Tree, p Place, node [32]byte) ([8]fr.Element, error) {
	if t != nil {
		if x, ok := t.Open(p); ok {
			return x, nil
		}
	}
	return [8]fr.Element{}, &MissingError{p, node}
}

// climb returns the siblings on the way from a place to its tree's root at level
// `depth`, from the bottom up.
func climb(t Tree, p Place, depth uint8) ([][32]byte, error) {
	var path [][32]byte
	for p.Level < depth {
		up, word := p.parent(depth)
		x, ok := t.Open(up)
		if !ok {
			return nil, highestMissing(t, p, depth)
		}
		for i := range x {
			if i != int(word) {
				path = append(path, x[i].Bytes())
			}
		}
		p = up
	}
	return path, nil
}

// highestMissing names the highest unknown place from p up: what can be asked for.
func highestMissing(t Tree, p Place, depth uint8) error {
	for {
		up, word := p.parent(depth)
		if x, ok := t.Open(up); ok {
			return &MissingError{p, x[word].Bytes()}
		}
		if p.Level == depth {
			return &MissingError{Place: up}
		}
		p = up
	}
}

// The arguments of the judges, as ABI tuples.
type (
	targetArg struct {
		Height     uint64
		BlockHash  [32]byte
		Commitment [32]byte
	}
	pastArg struct {
		Height        uint64
		BlockHash     [32]byte
		DirectoryRoot [32]byte
		Path          [][32]byte
	}
	rootsArg struct {
		DirectoryRoot [32]byte
		HistoryRoot   [32]byte
		Past          []pastArg
	}
	entryArg struct {
		Words [8]*big.Int
		Index *big.Int
		Path  [][32]byte
	}
	itemArg struct {
		Kind    uint8
		Account [20]byte
		Slot    [32]byte
		Key     [32]byte
	}
	leafArg struct {
		Item  itemArg
		Value [32]byte
		Index *big.Int
		Path  [][32]byte
	}
	rawLeafArg struct {
		Words [8]*big.Int
		Index *big.Int
		Path  [][32]byte
	}
	partArg struct {
		Element [32]byte
		Level   *big.Int
		Index   *big.Int
		Path    [][32]byte
	}
	evidenceArg struct {
		Header  []byte
		Account [][]byte
		Slot    [][]byte
	}
)

func (s *Suspect) target() targetArg { return targetArg{s.Height, s.BlockHash, s.Commitment} }

func (s *Suspect) roots() (rootsArg, error) {
	x, err := open(s.Tree, Place{}, s.Commitment)
	if err != nil {
		return rootsArg{}, err
	}
	if h := poseidon.H8(&x); h.Bytes() != s.Commitment {
		return rootsArg{}, fmt.Errorf("%w: the tree is of another commitment", ErrBadClaim)
	}
	r := rootsArg{DirectoryRoot: x[5].Bytes(), HistoryRoot: x[6].Bytes(), Past: []pastArg{}}
	if s.Past == nil {
		return r, nil
	}
	place := Place{Kind: PlaceHistory, Index: *s.Past}
	path, err := climb(s.Tree, place, historyDepth)
	if err != nil {
		return r, err
	}
	leaf, err := open(s.Tree, place, [32]byte{})
	if err != nil {
		return r, err
	}
	r.Past = append(r.Past, pastArg{leaf[1].Uint64(), join(leaf[2], leaf[3]), leaf[4].Bytes(), path})
	return r, nil
}

func (s *Suspect) entry(handle uint16) (entryArg, [8]fr.Element, error) {
	place := Place{Kind: PlaceDirectory, Index: uint64(handle)}
	path, err := climb(s.tree(), place, directoryDepth)
	if err != nil {
		return entryArg{}, [8]fr.Element{}, err
	}
	x, err := open(s.tree(), place, [32]byte{})
	if err != nil {
		return entryArg{}, x, highestMissing(s.tree(), place, directoryDepth)
	}
	return entryArg{words(x), big.NewInt(int64(handle)), path}, x, nil
}

// rawLeaf opens a leaf of the collection of an entry's preimage.
func (s *Suspect) rawLeaf(handle uint16, entry [8]fr.Element, index uint64) (rawLeafArg, [8]fr.Element, error) {
	place, depth := Place{Kind: PlaceLeaves, Entry: handle, Index: index}, depthOf(entry)
	path, err := climb(s.tree(), place, depth)
	if err != nil {
		return rawLeafArg{}, [8]fr.Element{}, err
	}
	x, err := open(s.tree(), place, [32]byte{})
	if err != nil {
		return rawLeafArg{}, x, highestMissing(s.tree(), place, depth)
	}
	return rawLeafArg{words(x), new(big.Int).SetUint64(index), path}, x, nil
}

// leaf opens a well-formed leaf with its item.
func (s *Suspect) leaf(handle uint16, entry [8]fr.Element, index uint64) (leafArg, error) {
	raw, x, err := s.rawLeaf(handle, entry, index)
	if err != nil {
		return leafArg{}, err
	}
	item, err := open(s.tree(), Place{Kind: PlaceItems, Entry: handle, Index: index}, x[1].Bytes())
	if err != nil {
		return leafArg{}, err
	}
	if poseidon.H8(&item) != x[1] {
		return leafArg{}, fmt.Errorf("%w: the item at %d is not the leaf's: use Manifest", ErrBadClaim, index)
	}
	address := item[1].Bytes()
	return leafArg{
		Item: itemArg{
			Kind: uint8(item[0].Uint64() >> 8), Account: [20]byte(address[12:]),
			Slot: join(item[2], item[3]), Key: join(item[4], item[5]),
		},
		Value: join(x[2], x[3]), Index: raw.Index, Path: raw.Path,
	}, nil
}

// join puts two halves together.
func join(hi, lo fr.Element) (out [32]byte) {
	h, l := hi.Bytes(), lo.Bytes()
	copy(out[:16], h[16:])
	copy(out[16:], l[16:])
	return out
}

// depthOf is the depth that an entry says, 255 if that is none.
func depthOf(entry [8]fr.Element) uint8 {
	if !entry[2].IsUint64() || entry[2].Uint64() > 254 {
		return 255
	}
	return uint8(entry[2].Uint64())
}
