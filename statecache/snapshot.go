package statecache

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/statecache/poseidon"
)

// Snapshot is the whole state of one block, and of some of the blocks in its
// history: what another process or a file needs to answer like a View.
type Snapshot struct {
	ChainID     uint64
	Header      BlockHeader
	Collections []CollectionValues // by handle, from 1 on
	HistoryRoot [32]byte           // a field element, big-endian; 0 if no history is kept
	Past        []PastState
}

// PastState is the whole state of an earlier block, with the siblings of its
// leaf in the history of the snapshot's block, from the bottom up.
type PastState struct {
	Header      BlockHeader
	Collections []CollectionValues
	Path        [][7][32]byte // 11 levels
}

// Snapshot copies the view's state, and that of the blocks the given ages
// earlier. Errors: ErrReleased, and those of Aged.
func (v *View) Snapshot(ages ...uint64) (*Snapshot, error) {
	if v.pin.released.Load() {
		return nil, ErrReleased
	}
	s := &Snapshot{ChainID: v.ChainID(), Header: v.Header(), Collections: v.v.values(), HistoryRoot: v.v.hist.root.Bytes()}
	for _, age := range ages {
		old, err := v.Aged(age)
		if err != nil {
			return nil, fmt.Errorf("snapshot: %d blocks ago: %w", age, err)
		}
		if age == 0 {
			continue
		}
		s.Past = append(s.Past, PastState{old.Header(), old.v.values(), v.v.hist.siblings(old.v.header.Ref.Number)})
	}
	return s, nil
}

// values lists the collections but the header's, with their values.
func (v *version) values() []CollectionValues {
	out := make([]CollectionValues, 0, len(v.cols))
	for _, col := range v.cols[1:] {
		c := CollectionValues{Collection: Collection{Name: col.name, Base: col.base, Items: col.items}}
		c.Values = make([][32]byte, col.len())
		for i := range c.Values {
			c.Values[i] = col.values.get(uint32(i))
		}
		out = append(out, c)
	}
	return out
}

// View returns a view that answers for the block and for the earlier ones at
// hand; for others it says ErrAgeRange, and without any ErrNoHistory. It belongs
// to no cache and is never orphaned.
//
// Errors: those of Define and Apply, naming the collection; ErrBadBlock if the
// history root is no field element; ErrBadHistory.
func (s *Snapshot) View() (*View, error) {
	row, err := s.row(s.Header, s.Collections)
	if err != nil {
		return nil, fmt.Errorf("state: %w", err)
	}
	v := &View{pin: &pin{owner: "state", ref: s.Header.Ref}, rows: []*version{row}, v: row}
	for i := range s.Past {
		p := &s.Past[i]
		old, err := s.row(p.Header, p.Collections)
		if err != nil {
			return nil, fmt.Errorf("state: block %v: %w", p.Header.Ref, err)
		}
		if err := v.remember(old, p.Path); err != nil {
			return nil, fmt.Errorf("state: block %v: %w", p.Header.Ref, err)
		}
	}
	return v, nil
}

// row derives one block's row. The history root is that of the snapshot's block.
func (s *Snapshot) row(header BlockHeader, cols []CollectionValues) (*version, error) {
	root, ok := element(s.HistoryRoot)
	if !ok {
		return nil, fmt.Errorf("%w: history root is not a field element", ErrBadBlock)
	}
	in := &input{chainID: s.ChainID, noHistory: true, historyRoot: root, header: header}
	var defs definitions
	for i := range cols {
		op, changes, err := defs.static(&cols[i])
		if err != nil {
			return nil, fmt.Errorf("collection %q: %w", cols[i].Name, err)
		}
		in.ops = append(in.ops, op)
		in.changes = append(in.changes, changes...)
	}
	return derive(nil, in)
}

// remember adds an earlier block to a view of a snapshot, if its leaf stands in
// the history at its height.
func (v *View) remember(old *version, path [][7][32]byte) error {
	height, head := old.header.Ref.Number, v.v.header.Ref.Number
	switch {
	case height >= head:
		return fmt.Errorf("%w: not before block %d", ErrBadHistory, head)
	case len(path) != historyDepth:
		return fmt.Errorf("%w: path of %d levels", ErrBadHistory, len(path))
	case v.past[height] != nil:
		return fmt.Errorf("%w: twice", ErrBadHistory)
	}
	leaf := historyPreimage(&old.header.Ref, &old.dir.root)
	h := poseidon.H8(&leaf)
	nodes := make([]*inner, historyDepth) // from the bottom up
	for level := range nodes {
		n, err := pathNode(h, childSlot(height, level), &path[level])
		if err != nil {
			return err
		}
		nodes[level], h = n, poseidon.H8(&n.h)
	}
	if h != v.v.hist.root {
		return fmt.Errorf("%w: its leaf is not in the history", ErrBadHistory)
	}
	if v.past == nil {
		v.past = map[uint64]*version{}
		v.v.hist.top = nodes[historyDepth-1]
	}
	old.preimage, old.commitment = [8]fr.Element{}, fr.Element{} // its own history is not known
	v.past[height] = old
	at := v.v.hist.top
	for level := historyDepth - 1; level > 0; level-- {
		if at.kids == nil {
			at.kids = &[8]*inner{}
		}
		slot := childSlot(height, level)
		if at.kids[slot] == nil {
			at.kids[slot] = nodes[level-1]
		}
		at = at.kids[slot]
	}
	return nil
}

// pathNode is the node of a child and its siblings.
func pathNode(child fr.Element, slot int, siblings *[7][32]byte) (*inner, error) {
	n := &inner{}
	k := 0
	for i := range n.h {
		if i == slot {
			n.h[i] = child
			continue
		}
		e, ok := element(siblings[k])
		if !ok {
			return nil, fmt.Errorf("%w: sibling is not a field element", ErrBadHistory)
		}
		n.h[i] = e
		k++
	}
	return n, nil
}
