package statecache

import (
	"fmt"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
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
// earlier. Errors: ErrReleased, ErrExpired, and those of Aged.
func (v *View) Snapshot(ages ...uint64) (*Snapshot, error) {
	cols, err := v.values()
	if err != nil {
		return nil, err
	}
	s := &Snapshot{ChainID: v.ChainID(), Header: v.Header(), Collections: cols, HistoryRoot: v.v.hist.Bytes()}
	for _, age := range ages {
		old, err := v.Aged(age)
		if err != nil {
			return nil, fmt.Errorf("snapshot: %d blocks ago: %w", age, err)
		}
		if age == 0 {
			continue
		}
		p := PastState{Header: old.Header()}
		if p.Collections, err = old.values(); err != nil {
			return nil, err
		}
		if p.Path, err = v.siblings(v.c.st.hist, v.v.past, p.Header.Ref.Number); err != nil {
			return nil, err
		}
		s.Past = append(s.Past, p)
	}
	return s, nil
}

// values lists the collections but the header's, with their values.
func (v *View) values() ([]CollectionValues, error) {
	out := make([]CollectionValues, 0, len(v.v.cols))
	for handle, col := range v.v.cols {
		if uint32(handle) == HeaderHandle {
			continue
		}
		if col.gone {
			out = append(out, CollectionValues{Collection: Collection{Name: col.name, Base: col.base, Dropped: true}})
			continue
		}
		c := CollectionValues{Collection: Collection{Name: col.name, Base: col.base, Items: col.items.list(0, uint64(col.n))}}
		c.Values = make([][32]byte, col.n)
		v.Values(uint32(handle), 0, c.Values)
		out = append(out, c)
	}
	return out, v.Err()
}

// FromState returns a view of one block's whole state, as in a state file
// without history: the history root is 0. The collections get the handles 1, 2, …
// in their order. The view belongs to no cache and is never orphaned.
//
// Errors: those of Define and Apply, naming the collection.
func FromState(chainID uint64, header BlockHeader, cols []CollectionValues) (*View, error) {
	return FromStateHistory(chainID, header, cols, [32]byte{})
}

// FromStateHistory is FromState with a given history root (a field element,
// big-endian), as in a state file exported from a node that keeps history. The
// view cannot answer for earlier blocks; that of a Snapshot can.
func FromStateHistory(chainID uint64, header BlockHeader, cols []CollectionValues, historyRoot [32]byte) (*View, error) {
	s := Snapshot{ChainID: chainID, Header: header, Collections: cols, HistoryRoot: historyRoot}
	return s.View()
}

// View returns a view that answers for the block and for the earlier ones at
// hand; for others it says ErrAgeRange, and without any ErrNoHistory. It belongs
// to a cache of its own and is never orphaned.
//
// Errors: those of Define and Apply, naming the collection; ErrBadBlock if the
// history root is no field element; ErrBadHistory.
func (s *Snapshot) View() (*View, error) {
	v, err := s.single(s.Header, s.Collections)
	if err != nil {
		return nil, fmt.Errorf("state: %w", err)
	}
	for i := range s.Past {
		p := &s.Past[i]
		old, err := s.single(p.Header, p.Collections)
		if err != nil {
			return nil, fmt.Errorf("state: block %v: %w", p.Header.Ref, err)
		}
		if err := v.remember(old, p.Path); err != nil {
			return nil, fmt.Errorf("state: block %v: %w", p.Header.Ref, err)
		}
	}
	return v, nil
}

// single is a view of a cache of one block. The history root is that of the
// snapshot's block.
func (s *Snapshot) single(header BlockHeader, cols []CollectionValues) (*View, error) {
	root, ok := element(s.HistoryRoot)
	if !ok {
		return nil, fmt.Errorf("%w: history root is not a field element", ErrBadBlock)
	}
	// The slots are for the caller to check: a snapshot says what was, right or not.
	c := newCache(Options{ChainID: s.ChainID, Window: 1, NoHistory: true, UnsafeAnySlots: true})
	c.historyRoot, c.snapshot = root, true
	var changes []Change
	for i := range cols {
		col := &cols[i]
		if err := c.static(col); err != nil {
			return nil, fmt.Errorf("collection %q: %w", col.Name, err)
		}
		for k := range col.Values {
			changes = append(changes, Change{col.Name, uint32(k), col.Values[k]})
		}
	}
	if _, err := c.Apply(header, changes); err != nil {
		return nil, err
	}
	return c.View(header.Ref, "state", time.Time{})
}

// static defines a collection that has all its values.
func (c *Cache) static(col *CollectionValues) error {
	if err := c.define(col.Collection); err != nil {
		return err
	}
	if col.Dropped {
		if len(col.Items)+len(col.Values) > 0 {
			return ErrDropped
		}
		return c.drop1(col.Name)
	}
	switch {
	case len(col.Values) < len(col.Items):
		return fmt.Errorf("%w: item %d", ErrMissingValue, len(col.Values))
	case len(col.Values) > len(col.Items):
		return fmt.Errorf("%w: value %d of %d items", ErrIndexRange, len(col.Items), len(col.Items))
	}
	return nil
}

// remember adds an earlier block to a view of a snapshot, if its leaf stands in
// the history at its height.
func (v *View) remember(old *View, path [][7][32]byte) error {
	height, head := old.v.header.Ref.Number, v.v.header.Ref.Number
	switch {
	case height >= head:
		return fmt.Errorf("%w: not before block %d", ErrBadHistory, head)
	case len(path) != historyDepth:
		return fmt.Errorf("%w: path of %d levels", ErrBadHistory, len(path))
	case v.past[height] != nil:
		return fmt.Errorf("%w: twice", ErrBadHistory)
	}
	leaf := historyPreimage(&old.v.header.Ref, &old.v.dir)
	h := hash8(&leaf)
	var nodes [historyDepth][8]fr.Element // from the bottom up
	for level := range nodes {
		x, err := pathNode(h, childSlot(height, level), &path[level])
		if err != nil {
			return err
		}
		nodes[level], h = x, hash8(&x)
	}
	if h != v.v.hist {
		return fmt.Errorf("%w: its leaf is not in the history", ErrBadHistory)
	}
	if v.past == nil {
		v.past, v.histNodes = map[uint64]*View{}, map[uint64][8]fr.Element{}
	}
	for level, x := range nodes {
		v.histNodes[address(0, historyDepth-1-level, height>>(3*(level+1)))] = x
	}
	row := *old.v
	row.preimage, row.commitment = [8]fr.Element{}, fr.Element{} // its own history is not known
	v.past[height] = &View{c: old.c, pin: v.pin, v: &row, rows: []*version{&row}}
	return nil
}

// pathNode is the node of a child and its siblings.
func pathNode(child fr.Element, slot int, siblings *[7][32]byte) (x [8]fr.Element, err error) {
	k := 0
	for i := range x {
		if i == slot {
			x[i] = child
			continue
		}
		e, ok := element(siblings[k])
		if !ok {
			return x, fmt.Errorf("%w: sibling is not a field element", ErrBadHistory)
		}
		x[i] = e
		k++
	}
	return x, nil
}
