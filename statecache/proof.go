package statecache

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/statecache/poseidon"
)

// Proof shows that an item had a value in the state behind a commitment. It is
// self-contained: VerifyProof needs only the commitment. Field elements are
// big-endian; siblings are the seven other children of a node, in order.
type Proof struct {
	ChainID     uint64
	Block       BlockRef
	HistoryRoot [32]byte // field element

	Handle    uint32 // directory index of the collection
	Name      string
	Length    uint32   // of the collection; says the tree's depth
	ItemsRoot [32]byte // field element: the manifest
	Base      [32]byte

	Index uint32
	Item  Item
	Value [32]byte

	Path    [][7][32]byte // collection tree, from the leaf up; least d with 8^d >= Length
	DirPath [][7][32]byte // directory, from the entry up; 4 levels
}

// Prove returns the inclusion proof of one read. Errors: ErrReleased, ErrExpired,
// ErrBadHandle, ErrIndexRange.
func (v *View) Prove(handle, index uint32) (*Proof, error) {
	p, err := v.prove(handle, index)
	if err != nil {
		return nil, fmt.Errorf("prove: %w", err)
	}
	return p, nil
}

func (v *View) prove(handle, index uint32) (*Proof, error) {
	col := v.column(handle)
	switch {
	case col.collection == nil:
		return nil, fmt.Errorf("%w: handle %d", v.missing(handle), handle)
	case index >= col.n:
		return nil, fmt.Errorf("%w: %q item %d of %d", ErrIndexRange, col.name, index, col.n)
	}
	p := &Proof{
		ChainID: v.ChainID(), Block: v.Ref(), HistoryRoot: v.v.hist.Bytes(),
		Handle: handle, Name: col.name, Length: col.n, Base: col.base,
		Index: index, Item: col.items.get(uint64(index)),
	}
	items, err := v.root(col.list, col.span())
	if err != nil {
		return nil, err
	}
	p.ItemsRoot = items.Bytes()
	var w [4]uint64
	if err = v.load(col.values, 0, uint64(index), valueWord, w[:]); err != nil {
		return nil, err
	}
	p.Value = getWord(w[:])
	if p.Path, err = v.siblings(col.values, col.span(), uint64(index)); err != nil {
		return nil, err
	}
	p.DirPath, err = v.siblings(v.c.st.dir, v.v.dirSpan(), uint64(handle))
	return p, err
}

// VerifyProof reports whether the commitment's state holds the proof's item with
// the proof's value at the proof's place: chain, block, collection, index. Every
// field of the proof is bound. The error is always an ErrInvalidProof.
func VerifyProof(commitment Commitment, p *Proof) error {
	want, ok := commitment.Element()
	if !ok {
		return fmt.Errorf("%w: commitment is not a field element", ErrInvalidProof)
	}
	if p == nil {
		return fmt.Errorf("%w: no proof", ErrInvalidProof)
	}
	if err := p.wellFormed(); err != nil {
		return fmt.Errorf("%w: %w", ErrInvalidProof, err)
	}
	history, ok1 := element(p.HistoryRoot)
	manifest, ok2 := element(p.ItemsRoot)
	if !ok1 || !ok2 {
		return fmt.Errorf("%w: root is not a field element", ErrInvalidProof)
	}
	x := itemPreimage(&p.Item)
	item := poseidon.H8(&x)
	x = leafPreimage(&item, &p.Value)
	root, err := climb(poseidon.H8(&x), uint64(p.Index), p.Path)
	if err != nil {
		return err
	}
	name := nameElement(p.Name)
	x = entryPreimage(&name, p.Length, &manifest, &root, &p.Base)
	dirRoot, err := climb(poseidon.H8(&x), uint64(p.Handle), p.DirPath)
	if err != nil {
		return err
	}
	x = commitPreimage(p.ChainID, &p.Block, &dirRoot, &history)
	if got := poseidon.H8(&x); got != want {
		return fmt.Errorf("%w: commitment mismatch", ErrInvalidProof)
	}
	return nil
}

// wellFormed checks everything that is not a hash.
func (p *Proof) wellFormed() error {
	header := p.Handle == HeaderHandle
	switch {
	case p.Block.Number > MaxHeight:
		return fmt.Errorf("height %d out of range", p.Block.Number)
	case p.Handle >= MaxCollections:
		return fmt.Errorf("handle %d out of range", p.Handle)
	case !ValidName(p.Name):
		return ErrBadName
	case header != (p.Name == HeaderName):
		return fmt.Errorf("collection %q at handle %d", p.Name, p.Handle)
	case !p.Item.Kind.Valid() || header != (p.Item.Kind == KindHeader):
		return fmt.Errorf("item kind %v in collection %q", p.Item.Kind, p.Name)
	case p.Length > MaxItems || p.Index >= p.Length:
		return fmt.Errorf("index %d of %d items", p.Index, p.Length)
	case len(p.Path) != depthFor(p.Length):
		return fmt.Errorf("path of %d levels for %d items", len(p.Path), p.Length)
	case len(p.DirPath) != dirDepth:
		return fmt.Errorf("directory path of %d levels", len(p.DirPath))
	}
	if header {
		return p.headerForm()
	}
	return nil
}

// headerForm checks what is known of the header collection without its values.
func (p *Proof) headerForm() error {
	switch {
	case p.Length != headerFields || p.Base != [32]byte{}:
		return fmt.Errorf("header collection of %d items", p.Length)
	case p.Item != (Item{Kind: KindHeader, Slot: u256(uint64(p.Index))}):
		return fmt.Errorf("header item %d is another field", p.Index)
	case p.Index == FieldNumber && p.Value != u256(p.Block.Number),
		p.Index == FieldBlockHash && p.Value != p.Block.Hash:
		return fmt.Errorf("header field %d differs from the block", p.Index)
	}
	return nil
}

// climb hashes from a leaf to the root of a tree.
func climb(e fr.Element, index uint64, path [][7][32]byte) (fr.Element, error) {
	for i := range path {
		var x [8]fr.Element
		slot := childSlot(index, i)
		k := 0
		for j := range x {
			if j == slot {
				x[j] = e
				continue
			}
			var ok bool
			if x[j], ok = element(path[i][k]); !ok {
				return e, fmt.Errorf("%w: sibling is not a field element", ErrInvalidProof)
			}
			k++
		}
		e = poseidon.H8(&x)
	}
	return e, nil
}
