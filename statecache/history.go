package statecache

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// HistoryProof shows that a block, with its state, is an ancestor of the block
// behind a commitment: it stands in that block's history. The same path shows
// that the history of the one extends the history of the other: what lies left of
// the path is in both.
type HistoryProof struct {
	ChainID     uint64
	Head        BlockRef // the block behind the commitment
	HeadDirRoot [32]byte // its directory root, a field element
	Past        BlockRef
	PastDirRoot [32]byte      // directory root after the earlier block, a field element
	Path        [][7][32]byte // history tree of Head, from the leaf of Past up: 11 levels
}

// ProveHistory proves that the block of a height, any since the first one
// applied, is an ancestor of the view's block. Errors: ErrReleased, ErrExpired,
// ErrNoHistory; ErrFuture for the view's own height and above, ErrUnknownBlock
// below the first.
func (v *View) ProveHistory(height uint64) (*HistoryProof, error) {
	switch {
	case v.Err() != nil:
		return nil, v.Err()
	case !v.keepsHistory():
		return nil, ErrNoHistory
	case height >= v.v.past.hi:
		return nil, fmt.Errorf("%w: height %d is not below %v", ErrFuture, height, v.Ref())
	case height < v.v.past.lo:
		return nil, fmt.Errorf("%w: height %d is before the first block", ErrUnknownBlock, height)
	}
	var w [pastWords]uint64
	t := v.c.st.hist
	if err := v.load(t, 0, height, 1, w[:]); err != nil {
		return nil, err
	}
	dir := fr.Element(w[4:8])
	path, err := v.siblings(t, v.v.past, height)
	if err != nil {
		return nil, err
	}
	return &HistoryProof{
		ChainID: v.ChainID(), Head: v.Ref(), HeadDirRoot: v.v.dir.Bytes(),
		Past: BlockRef{height, getWord(w[8:])}, PastDirRoot: dir.Bytes(), Path: path,
	}, nil
}

// VerifyHistory reports whether the block behind a commitment is p.Head and has
// p.Past, with its directory root, in its history. Every field of the proof is
// bound. The error is always an ErrInvalidProof.
func VerifyHistory(commitment Commitment, p *HistoryProof) error {
	_, root, err := p.roots()
	if err != nil {
		return err
	}
	return p.matches(commitment, &p.Head, p.HeadDirRoot, root)
}

// VerifyExtends reports whether the newer commitment extends the older one: the
// block behind the older is an ancestor, and the history it commits to is the
// beginning of the newer one's. The error is always an ErrInvalidProof.
func VerifyExtends(older, newer Commitment, p *HistoryProof) error {
	before, root, err := p.roots()
	if err != nil {
		return err
	}
	if err := p.matches(newer, &p.Head, p.HeadDirRoot, root); err != nil {
		return err
	}
	return p.matches(older, &p.Past, p.PastDirRoot, before)
}

// roots returns the history's root at the earlier block, whose tree ends left of
// its own leaf, and at the later one.
func (p *HistoryProof) roots() (before, after fr.Element, err error) {
	switch {
	case p == nil:
		return before, after, fmt.Errorf("%w: no proof", ErrInvalidProof)
	case p.Head.Number > MaxHeight || p.Past.Number >= p.Head.Number || len(p.Path) != historyDepth:
		return before, after, fmt.Errorf("%w: block %v in the history of %v by %d levels", ErrInvalidProof, p.Past, p.Head, len(p.Path))
	}
	dir, ok := element(p.PastDirRoot)
	if !ok {
		return before, after, fmt.Errorf("%w: root is not a field element", ErrInvalidProof)
	}
	leaf := historyPreimage(&p.Past, &dir)
	after = hash8(&leaf)
	for level := range p.Path {
		slot := childSlot(p.Past.Number, level)
		x, err := pathNode(after, slot, &p.Path[level])
		if err != nil {
			return before, after, fmt.Errorf("%w: %w", ErrInvalidProof, err)
		}
		after = hash8(&x)
		x[slot] = before
		clear(x[slot+1:])
		if before = (fr.Element{}); x != ([8]fr.Element{}) {
			before = hash8(&x)
		}
	}
	return before, after, nil
}

// matches compares a commitment with what it must be of.
func (p *HistoryProof) matches(c Commitment, ref *BlockRef, dirRoot [32]byte, hist fr.Element) error {
	dir, ok := element(dirRoot)
	if !ok {
		return fmt.Errorf("%w: root is not a field element", ErrInvalidProof)
	}
	x := commitPreimage(p.ChainID, ref, &dir, &hist)
	if got := hash8(&x); Commitment(got.Bytes()) != c {
		return fmt.Errorf("%w: commitment mismatch", ErrInvalidProof)
	}
	return nil
}
