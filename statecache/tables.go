package statecache

import (
	"encoding/binary"
	"fmt"
	"hash"
	"maps"
	"slices"

	"vmhost/statecache/poseidon"
)

// table is one kind of state that follows the chain. Its state lives in the
// fields of version that it owns and nowhere else (a table type has no fields),
// so that rolling back and evicting rows serves every table alike.
type table interface {
	// name identifies the table in Digests.
	name() string
	// fields lists the fields of version that the table owns.
	fields() []string
	// derive fills the table's fields of next; tables earlier in the registry
	// are already filled. prev is the row before, of which only hist.depth is
	// set for the first block.
	derive(prev, next *version, in *input) error
	// digest writes everything that the table's fields of v say.
	digest(v *version, w hash.Hash)
}

// tables is the registry, in the order of derivation.
func tables() []table {
	return []table{blocksTable{}, definitionsTable{}, collectionsTable{}, directoryTable{}, historyTable{}, commitmentTable{}}
}

// blocksTable keeps the block headers.
type blocksTable struct{}

func (blocksTable) name() string     { return "blocks" }
func (blocksTable) fields() []string { return []string{"header"} }

func (blocksTable) derive(_, next *version, in *input) error {
	if in.header.Ref.Hash == ([32]byte{}) || in.header.Ref.Number > MaxHeight {
		return ErrBadBlock
	}
	next.header = in.header
	return nil
}

func (blocksTable) digest(v *version, w hash.Hash) { w.Write(appendHeader(nil, &v.header)) }

// definitionsTable keeps which collections exist and how long they are.
type definitionsTable struct{}

func (definitionsTable) name() string     { return "definitions" }
func (definitionsTable) fields() []string { return []string{"defs", "names"} }

func (definitionsTable) derive(prev, next *version, in *input) error {
	next.defs = prev.defs + len(in.ops)
	next.names = prev.names
	if next.names == nil {
		next.names = map[string]uint32{HeaderName: HeaderHandle}
	}
	cloned := false
	for _, op := range in.ops {
		if _, known := next.names[op.def.name]; known {
			continue
		}
		if !cloned {
			next.names, cloned = maps.Clone(next.names), true
		}
		next.names[op.def.name] = op.def.handle
	}
	return nil
}

func (definitionsTable) digest(v *version, w hash.Hash) {
	w.Write(binary.BigEndian.AppendUint64(nil, uint64(v.defs)))
	for _, name := range slices.Sorted(maps.Keys(v.names)) {
		w.Write(append(binary.BigEndian.AppendUint32(nil, v.names[name]), name...))
	}
}

// collectionsTable keeps items and values.
type collectionsTable struct{}

func (collectionsTable) name() string     { return "collections" }
func (collectionsTable) fields() []string { return []string{"cols"} }

func (collectionsTable) derive(prev, next *version, in *input) error {
	next.cols = slices.Clone(prev.cols)
	if len(next.cols) == 0 {
		col, items, hashes := headerColumn()
		next.cols = append(next.cols, col.with(items, hashes, headerValues(&in.header)))
	} else {
		h := next.cols[HeaderHandle]
		next.cols[HeaderHandle] = h.with(h.items, h.hashes, headerValues(&in.header))
	}
	grown := map[uint32]defOp{}
	for _, op := range in.ops {
		if int(op.def.handle) == len(next.cols) {
			next.cols = append(next.cols, newColumn(op.def.name, op.def.base))
		}
		grown[op.def.handle] = op // the last one says the length
	}
	ups, err := groupChanges(next, in.changes)
	if err != nil {
		return err
	}
	for handle := range next.cols[1:] {
		handle := uint32(handle + 1)
		op, grows := grown[handle]
		if len(ups[handle]) == 0 && !grows {
			continue
		}
		col, err := updateColumn(next.cols[handle], op, grows, ups[handle])
		if err != nil {
			return err
		}
		next.cols[handle] = col
	}
	return nil
}

// groupChanges sorts the changes by collection and index.
func groupChanges(next *version, changes []Change) (map[uint32][]valueUpdate, error) {
	ups := map[uint32][]valueUpdate{}
	for i := range changes {
		ch := &changes[i]
		handle, ok := next.names[ch.Collection]
		switch {
		case !ok:
			return nil, fmt.Errorf("%w: %q", ErrUnknownCollection, ch.Collection)
		case handle == HeaderHandle:
			return nil, fmt.Errorf("%w: %q", ErrReserved, ch.Collection)
		}
		ups[handle] = append(ups[handle], valueUpdate{ch.Index, ch.Value})
	}
	for handle, list := range ups {
		slices.SortFunc(list, func(a, b valueUpdate) int { return int(int64(a.index) - int64(b.index)) })
		for i := 1; i < len(list); i++ {
			if list[i].index == list[i-1].index {
				return nil, fmt.Errorf("%w: %q item %d", ErrDuplicateChange, next.cols[handle].name, list[i].index)
			}
		}
	}
	return ups, nil
}

// updateColumn checks the changes of one collection and applies them.
func updateColumn(col *column, op defOp, grows bool, ups []valueUpdate) (*column, error) {
	items, hashes := col.items, col.hashes
	if grows {
		items, hashes = op.items, op.hashes
	}
	old := col.len()
	fresh := uint32(0)
	changed := make([]valueUpdate, 0, len(ups))
	for _, up := range ups {
		switch {
		case up.index >= uint32(len(items)):
			return nil, fmt.Errorf("%w: %q item %d of %d", ErrIndexRange, col.name, up.index, len(items))
		case up.index >= old:
			if up.index != old+fresh {
				return nil, fmt.Errorf("%w: %q item %d", ErrMissingValue, col.name, old+fresh)
			}
			fresh++
		case col.values.get(up.index) == up.value:
			continue // the same value as before: nothing to hash
		}
		changed = append(changed, up)
	}
	if old+fresh != uint32(len(items)) {
		return nil, fmt.Errorf("%w: %q item %d", ErrMissingValue, col.name, old+fresh)
	}
	if len(changed) == 0 && !grows {
		return col, nil
	}
	return col.with(items, hashes, changed), nil
}

func (collectionsTable) digest(v *version, w hash.Hash) {
	for _, col := range v.cols {
		w.Write(append(binary.BigEndian.AppendUint32(nil, col.len()), col.name...))
		w.Write(col.base[:])
		for i := range col.items {
			w.Write(appendItem(nil, &col.items[i]))
			val := col.values.get(uint32(i))
			w.Write(val[:])
		}
		for _, e := range append(col.entry[:], col.hash) {
			b := e.Bytes()
			w.Write(b[:])
		}
		digestTree(col.itemTree, w)
		digestTree(col.leafTree, w)
	}
}

// directoryTable keeps the tree over the collections' entries.
type directoryTable struct{}

func (directoryTable) name() string     { return "directory" }
func (directoryTable) fields() []string { return []string{"dir"} }

func (directoryTable) derive(prev, next *version, _ *input) error {
	var ups []leafUpdate
	for i, col := range next.cols {
		if i >= len(prev.cols) || prev.cols[i] != col {
			ups = append(ups, leafUpdate{uint64(i), col.hash})
		}
	}
	next.dir = prev.dir.with(dirDepth, ups)
	return nil
}

func (directoryTable) digest(v *version, w hash.Hash) { digestTree(v.dir, w) }

// historyTable keeps the accumulator of the blocks below.
type historyTable struct{}

func (historyTable) name() string     { return "history" }
func (historyTable) fields() []string { return []string{"hist"} }

func (historyTable) derive(prev, next *version, in *input) error {
	next.hist = prev.hist
	switch {
	case in.noHistory:
		next.hist.root = in.historyRoot
	case len(prev.cols) > 0:
		x := historyPreimage(&prev.header.Ref, &prev.dir.root)
		next.hist = prev.hist.with(historyDepth, []leafUpdate{{prev.header.Ref.Number, poseidon.H8(&x)}})
	}
	return nil
}

func (historyTable) digest(v *version, w hash.Hash) { digestTree(v.hist, w) }

// commitmentTable keeps the commitment.
type commitmentTable struct{}

func (commitmentTable) name() string     { return "commitment" }
func (commitmentTable) fields() []string { return []string{"preimage", "commitment"} }

func (commitmentTable) derive(_, next *version, in *input) error {
	next.preimage = commitPreimage(in.chainID, &next.header.Ref, &next.dir.root, &next.hist.root)
	next.commitment = poseidon.H8(&next.preimage)
	return nil
}

func (commitmentTable) digest(v *version, w hash.Hash) {
	for _, e := range append(v.preimage[:], v.commitment) {
		b := e.Bytes()
		w.Write(b[:])
	}
}

// digestTree writes every node of a tree.
func digestTree(t tree, w hash.Hash) {
	b := t.root.Bytes()
	w.Write(append(b[:], byte(t.depth)))
	digestNode(t.top, w)
}

func digestNode(n *inner, w hash.Hash) {
	if n == nil {
		return
	}
	for i := range n.h {
		b := n.h[i].Bytes()
		w.Write(b[:])
	}
	if n.kids != nil {
		for _, kid := range n.kids {
			digestNode(kid, w)
		}
	}
}
