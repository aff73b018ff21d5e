package statecache

import (
	"encoding/binary"
	"fmt"
	"hash"
	"maps"
	"slices"
)

// table is one kind of state that follows the chain. What it keeps for each block
// lies in the fields of version that it owns; what changes in place lies in the
// trees of the store that it owns, whose cells the block's chunk undoes; there is
// no third place (a table type has no fields), so that rolling back and evicting
// serve every table alike.
type table interface {
	// name identifies the table in Digests.
	name() string
	// fields lists the fields of version that the table owns.
	fields() []string
	// trees lists the kinds of tree that the table owns.
	trees() []int
	// plan checks the input and fills what of next does not need hashing; tables
	// earlier in the registry are already planned. It changes no cell.
	plan(b *build) error
	// digest writes everything that the table says at the view's block.
	digest(v *View, w hash.Hash)
}

// tables is the registry, in the order of planning.
func tables() []table {
	return []table{blocksTable{}, definitionsTable{}, collectionsTable{}, directoryTable{}, historyTable{}, logsTable{}, commitmentTable{}}
}

// blocksTable keeps the block headers.
type blocksTable struct{}

func (blocksTable) name() string     { return "blocks" }
func (blocksTable) fields() []string { return []string{"header", "seq"} }
func (blocksTable) trees() []int     { return nil }

func (blocksTable) plan(b *build) error {
	if b.in.header.Ref.Hash == ([32]byte{}) || b.in.header.Ref.Number > MaxHeight {
		return ErrBadBlock
	}
	b.next.header = b.in.header
	return nil
}

// digest leaves seq out: it names the chunk and says nothing of the chain.
func (blocksTable) digest(v *View, w hash.Hash) { w.Write(appendHeader(nil, &v.v.header)) }

// definitionsTable keeps which collections exist and how long they are.
type definitionsTable struct{}

func (definitionsTable) name() string     { return "definitions" }
func (definitionsTable) fields() []string { return []string{"defs", "names"} }
func (definitionsTable) trees() []int     { return nil }

func (definitionsTable) plan(b *build) error {
	next := b.next
	next.defs = b.prev.defs + len(b.in.ops)
	next.names = b.prev.names
	if next.names == nil {
		next.names = map[string]uint32{HeaderName: HeaderHandle}
	}
	cloned := false
	for _, op := range b.in.ops {
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

func (definitionsTable) digest(v *View, w hash.Hash) {
	w.Write(binary.BigEndian.AppendUint64(nil, uint64(v.v.defs)))
	for _, name := range slices.Sorted(maps.Keys(v.v.names)) {
		w.Write(append(binary.BigEndian.AppendUint32(nil, v.v.names[name]), name...))
	}
}

// collectionsTable keeps items and values.
type collectionsTable struct{}

func (collectionsTable) name() string     { return "collections" }
func (collectionsTable) fields() []string { return []string{"cols"} }
func (collectionsTable) trees() []int     { return []int{treeLeaves, treeItems} }

func (collectionsTable) plan(b *build) error {
	cols := b.prev.cols
	if len(b.in.ops) > 0 || len(cols) == 0 {
		cols = slices.Clone(cols)
	}
	if len(cols) == 0 {
		cols = append(cols, column{collection: b.st.cols[HeaderHandle], n: headerFields})
	}
	for _, op := range b.in.ops {
		if int(op.def.handle) == len(cols) {
			cols = append(cols, column{collection: op.def})
		}
		cols[op.def.handle].n = op.n
		if op.drop {
			cols[op.def.handle] = column{collection: b.st.empty(op.def.handle, op.def.name, op.def.base), gone: true}
		}
	}
	b.next.cols = cols
	ups, err := groupChanges(b.next, b.in.changes)
	if err != nil {
		return err
	}
	for _, op := range b.in.ops { // also those that need no value
		if _, ok := ups[op.def.handle]; !ok {
			ups[op.def.handle] = nil
		}
	}
	ups[HeaderHandle] = headerValues(&b.in.header)
	for _, handle := range slices.Sorted(maps.Keys(ups)) {
		w, err := b.checkColumn(cols[handle], ups[handle])
		if err != nil {
			return err
		}
		if len(w.ups) > 0 || int(handle) >= len(b.prev.cols) || w.gone {
			b.writes = append(b.writes, w)
		}
	}
	return nil
}

// groupChanges sorts the changes by collection and index.
func groupChanges(next *version, changes []Change) (map[uint32][]valueUpdate, error) {
	ups := map[uint32][]valueUpdate{}
	for from, to := 0, 0; from < len(changes); from = to {
		name := changes[from].Collection
		handle, ok := next.names[name]
		switch {
		case !ok:
			return nil, fmt.Errorf("%w: %q", ErrUnknownCollection, name)
		case handle == HeaderHandle:
			return nil, fmt.Errorf("%w: %q", ErrReserved, name)
		}
		for to = from; to < len(changes) && changes[to].Collection == name; to++ {
		}
		if next.cols[handle].gone {
			continue
		}
		list := slices.Grow(ups[handle], to-from)
		for i := range changes[from:to] {
			list = append(list, valueUpdate{changes[from+i].Index, changes[from+i].Value})
		}
		ups[handle] = list
	}
	for handle, list := range ups {
		byIndex := func(a, b valueUpdate) int { return int(int64(a.index) - int64(b.index)) }
		if !slices.IsSortedFunc(list, byIndex) {
			slices.SortFunc(list, byIndex)
		}
		for i := 1; i < len(list); i++ {
			if list[i].index == list[i-1].index {
				return nil, fmt.Errorf("%w: %q item %d", ErrDuplicateChange, next.cols[handle].name, list[i].index)
			}
		}
	}
	return ups, nil
}

// checkColumn checks the changes of one collection and leaves those out that
// change nothing.
func (b *build) checkColumn(col column, ups []valueUpdate) (colWrite, error) {
	w := colWrite{col: col.collection, now: col.n}
	if w.gone = col.gone; w.gone {
		return w, nil
	}
	if int(col.handle) < len(b.prev.cols) {
		w.old = b.prev.cols[col.handle].n
	}
	fresh := uint32(0)
	w.ups = ups[:0]
	for _, up := range ups {
		switch {
		case up.index >= w.now:
			return w, fmt.Errorf("%w: %q item %d of %d", ErrIndexRange, col.name, up.index, w.now)
		case up.index >= w.old:
			if up.index != w.old+fresh {
				return w, fmt.Errorf("%w: %q item %d", ErrMissingValue, col.name, w.old+fresh)
			}
			fresh++
		case getWord(col.values.cell(0, uint64(up.index))[valueWord:]) == up.value:
			continue // the same value as before: nothing to hash
		default:
			w.changed++
		}
		w.ups = append(w.ups, up)
	}
	if w.old+fresh != w.now {
		return w, fmt.Errorf("%w: %q item %d", ErrMissingValue, col.name, w.old+fresh)
	}
	return w, nil
}

func (collectionsTable) digest(v *View, w hash.Hash) {
	for handle := range v.Count() {
		col := v.v.cols[handle]
		w.Write(append(binary.BigEndian.AppendUint32([]byte{boolByte(col.gone)}, col.n), col.name...))
		w.Write(col.base[:])
		for i := range col.n {
			it, _ := v.Item(handle, i)
			val, _ := v.Value(handle, i)
			w.Write(append(appendItem(nil, &it), val[:]...))
		}
		v.digestTree(col.list, col.span(), w)
		v.digestTree(col.values, col.span(), w)
	}
}

// directoryTable keeps the tree over the collections' entries.
type directoryTable struct{}

func (directoryTable) name() string     { return "directory" }
func (directoryTable) fields() []string { return []string{"dir"} }
func (directoryTable) trees() []int     { return []int{treeDirectory} }

func (directoryTable) plan(*build) error { return nil }

func (directoryTable) digest(v *View, w hash.Hash) {
	b := v.v.dir.Bytes()
	w.Write(b[:])
	v.digestTree(v.c.st.dir, v.v.dirSpan(), w)
}

// historyTable keeps the accumulator of the blocks below.
type historyTable struct{}

func (historyTable) name() string     { return "history" }
func (historyTable) fields() []string { return []string{"hist", "past"} }
func (historyTable) trees() []int     { return []int{treeHistory} }

func (historyTable) plan(b *build) error {
	number := b.in.header.Ref.Number
	switch {
	case b.in.noHistory:
	case len(b.prev.cols) == 0:
		b.st.hist.first = number
		b.next.past = span{number, number, historyDepth}
	default:
		b.next.past = b.prev.past
		b.next.past.hi = number
		b.hist = []uint64{number - 1}
	}
	return nil
}

func (historyTable) digest(v *View, w hash.Hash) {
	b := v.v.hist.Bytes()
	w.Write(b[:])
	v.digestTree(v.c.st.hist, v.v.past, w)
	for h := v.v.past.lo; h < v.v.past.hi; h++ {
		var x [pastWords]uint64
		if v.load(v.c.st.hist, 0, h, 1, x[:]) != nil {
			panic("digest of a block that is not retained") // under the writer's lock
		}
		for _, word := range x {
			w.Write(binary.BigEndian.AppendUint64(nil, word))
		}
	}
}

// logsTable keeps the events of each block.
type logsTable struct{}

func (logsTable) name() string     { return "logs" }
func (logsTable) fields() []string { return []string{"logs"} }
func (logsTable) trees() []int     { return nil }

func (logsTable) plan(b *build) (err error) {
	b.next.logs, err = newLogColumns(b.in.logs)
	return err
}

func (logsTable) digest(v *View, w hash.Hash) { w.Write(v.v.logs.encode()) }

// commitmentTable keeps the commitment.
type commitmentTable struct{}

func (commitmentTable) name() string      { return "commitment" }
func (commitmentTable) fields() []string  { return []string{"preimage", "commitment"} }
func (commitmentTable) trees() []int      { return nil }
func (commitmentTable) plan(*build) error { return nil }

func (commitmentTable) digest(v *View, w hash.Hash) {
	for _, e := range append(v.v.preimage[:], v.v.commitment) {
		b := e.Bytes()
		w.Write(b[:])
	}
}

// digestTree writes every node of a tree.
func (v *View) digestTree(t *tree, s span, w hash.Hash) {
	w.Write(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64([]byte{byte(s.depth)}, s.lo), s.hi))
	for l := 0; l <= s.depth; l++ {
		for i := s.lo >> (3 * l); i < s.end(l); i++ {
			e, err := v.node(t, l, i)
			if err != nil {
				panic("digest of a block that is not retained") // under the writer's lock
			}
			b := e.Bytes()
			w.Write(b[:])
		}
	}
}
