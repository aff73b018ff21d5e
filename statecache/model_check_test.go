package statecache_test

import (
	"errors"
	"maps"
	"time"

	"vmhost/statecache"
)

func equalDigests(a, b map[string][32]byte) bool { return maps.Equal(a, b) }

func (m *model) checkHead() {
	ref, ok := m.c.Head()
	head := m.head()
	if ok != (head != nil) || ok && ref != head.header.Ref {
		m.t.Fatalf("head %v %v", ref, ok)
	}
	if !ok {
		return
	}
	got, err := m.c.CommitmentAt(ref)
	if err != nil || got != m.commitment(head) {
		m.t.Fatalf("commitment of the head: %x, %v", got, err)
	}
	if old, _ := m.c.Oldest(); old != m.chain[m.oldest].header.Ref {
		m.t.Fatalf("oldest is %v, reference %v", old, m.chain[m.oldest].header.Ref)
	}
	want := 0 // pending items
	lengths := map[int]int{}
	for _, op := range m.ops {
		lengths[op[0]] = op[1]
	}
	for i, length := range lengths {
		if length < 0 {
			continue
		}
		want += length
		if i < len(head.columns) {
			want -= len(head.columns[i].items)
		}
	}
	if got := m.c.Pending(); len(got) != want {
		m.t.Fatalf("%d items pending, reference %d", len(got), want)
	}
}

// checkView compares everything a view says with the full copy of its block.
func (m *model) checkView(mv *modelView) {
	v, b, t := mv.v, mv.b, m.t
	if v.Ref() != b.header.Ref || v.Header() != b.header || v.Orphaned() != mv.orph {
		t.Fatalf("view of %v: ref %v orphaned %v", b.header.Ref, v.Ref(), v.Orphaned())
	}
	if v.CommitmentBytes() != m.commitment(b) {
		t.Fatalf("view of %v: commitment", b.header.Ref)
	}
	columns := append([]naiveColumn{b.headerColumn()}, b.columns...)
	if v.Count() != uint32(len(columns)) {
		t.Fatalf("view of %v: %d collections", b.header.Ref, v.Count())
	}
	for h, col := range columns {
		if col.gone {
			m.checkGone(v, uint32(h), col)
			continue
		}
		handle, ok := v.Find(col.name)
		length, ok2 := v.Len(handle)
		if !ok || !ok2 || int(handle) != h || int(length) != len(col.items) {
			t.Fatalf("view of %v: %q has handle %d, length %d", b.header.Ref, col.name, handle, length)
		}
		all := make([][32]byte, len(col.items))
		if !v.Values(handle, 0, all) {
			t.Fatal("batch read refused")
		}
		for i := range col.items {
			got, ok := v.Value(handle, uint32(i))
			item, ok2 := v.Item(handle, uint32(i))
			if !ok || !ok2 || got != col.values[i] || all[i] != got || item != col.items[i] {
				t.Fatalf("view of %v: %q item %d is %x", b.header.Ref, col.name, i, got)
			}
		}
		if _, ok := v.Value(handle, length); ok {
			t.Fatal("read past the end")
		}
		m.checkAged(mv, uint32(h), col)
		checkReads(t, v, uint32(h), col)
	}
	if _, ok := v.Len(uint32(len(columns))); ok {
		t.Fatal("handle past the end")
	}
	m.checkProof(mv, columns)
}

// checkGone: nothing of a dropped collection is there, and reading it says why.
func (m *model) checkGone(v *statecache.View, handle uint32, col naiveColumn) {
	_, found := v.Find(col.name)
	_, length := v.Len(handle)
	_, value := v.Value(handle, 0)
	_, name := v.Name(handle)
	_, entry := v.Entry(handle)
	_, root := v.ItemsRoot(handle)
	_, err := v.Get(handle, 0)
	_, err2 := v.Prove(handle, 0)
	err3 := v.GetBatch(handle, []uint32{0}, make([][32]byte, 1))
	if found || length || value || name || entry || root {
		m.t.Fatalf("dropped %q answers", col.name)
	}
	for _, err := range []error{err, err2, err3} {
		if !errors.Is(err, statecache.ErrDropped) {
			m.t.Fatalf("dropped %q: %v", col.name, err)
		}
	}
}

// checkAged compares one aged read with the reference.
func (m *model) checkAged(mv *modelView, handle uint32, col naiveColumn) {
	if len(col.items) == 0 {
		return
	}
	age := m.r.IntN(mv.below + 3)
	i := m.r.IntN(len(col.items))
	got, err := mv.v.ValueAt(uint64(age), handle, uint32(i))
	switch {
	case age == 0:
		if err != nil || got != col.values[i] {
			m.t.Fatalf("age 0: %x, %v", got, err)
		}
	case m.opts.NoHistory:
		if !errors.Is(err, statecache.ErrNoHistory) {
			m.t.Fatalf("no history: %v", err)
		}
	case age > mv.below:
		if !errors.Is(err, statecache.ErrAgeRange) {
			m.t.Fatalf("age %d of %d: %v", age, mv.below, err)
		}
	default:
		old := mv.b.past[len(mv.b.past)-age]
		then := append([]naiveColumn{old.headerColumn()}, old.columns...)
		if int(handle) >= len(then) || i >= len(then[handle].items) { // a dropped one has none
			if !errors.Is(err, statecache.ErrNotThen) {
				m.t.Fatalf("aged read of what was not there: %v", err)
			}
		} else if err != nil || got != then[handle].values[i] {
			m.t.Fatalf("age %d: %x, %v, reference %x", age, got, err, then[handle].values[i])
		}
	}
}

func (m *model) checkProof(mv *modelView, columns []naiveColumn) {
	handle := m.r.IntN(len(columns))
	col := columns[handle]
	if len(col.items) == 0 {
		return
	}
	i := uint32(m.r.IntN(len(col.items)))
	p, err := mv.v.Prove(uint32(handle), i)
	if err != nil {
		m.t.Fatal(err)
	}
	if p.Value != col.values[i] || p.Item != col.items[i] || p.Name != col.name {
		m.t.Fatalf("proof of %q item %d says something else", col.name, i)
	}
	if err := statecache.VerifyProof(m.commitment(mv.b), p); err != nil {
		m.t.Fatal(err)
	}
	other := m.commitment(mv.b)
	other[31] ^= 1
	if err := statecache.VerifyProof(other, p); !errors.Is(err, statecache.ErrInvalidProof) {
		m.t.Fatalf("proof against another commitment: %v", err)
	}
}

// checkRefs asks for blocks of every sort and expects the right error.
func (m *model) checkRefs() {
	for i, b := range m.chain {
		_, err := m.c.CommitmentAt(b.header.Ref)
		if i < m.oldest && !errors.Is(err, statecache.ErrEvicted) || i >= m.oldest && err != nil {
			m.t.Fatalf("block %d of %d (oldest %d): %v", i, len(m.chain), m.oldest, err)
		}
	}
	if len(m.chain) == 0 {
		return
	}
	for ref := range m.orphans {
		_, err := m.c.View(ref, "probe", time.Time{})
		if ref.Number < m.chain[m.oldest].header.Ref.Number {
			if !errors.Is(err, statecache.ErrEvicted) {
				m.t.Fatalf("orphan below the window: %v", err)
			}
		} else if !errors.Is(err, statecache.ErrOrphaned) {
			m.t.Fatalf("orphan: %v", err)
		}
	}
	head := m.head().header.Ref
	for ref, want := range map[statecache.BlockRef]error{
		{Number: head.Number + 1, Hash: head.Hash}:   statecache.ErrFuture,
		{Number: head.Number, Hash: [32]byte{1}}:     statecache.ErrUnknownBlock,
		{Number: 99, Hash: [32]byte{1}}:              statecache.ErrUnknownBlock,
		{Number: head.Number - 1e6, Hash: head.Hash}: statecache.ErrFuture, // wraps around
	} {
		if _, err := m.c.View(ref, "probe", time.Time{}); !errors.Is(err, want) {
			m.t.Fatalf("%v: %v, want %v", ref, err, want)
		}
	}
}

// checkRecovery replays the log, if there is one, and compares every table.
func (m *model) checkRecovery() {
	if m.opts.Log == nil || len(m.chain) == 0 {
		return
	}
	c, err := statecache.New(statecache.Options{ChainID: chainID, Window: m.opts.Window, HardCap: m.opts.HardCap, Log: m.opts.Log})
	if err != nil {
		m.t.Fatal(err)
	}
	if must(c.Oldest()) == must(m.c.Oldest()) && !equalDigests(c.Digests(), m.c.Digests()) {
		m.t.Fatal("recovered state differs")
	}
	for _, b := range m.chain[max(m.oldest, len(m.chain)-m.opts.Window):] { // recovery may retain more of the window, never less
		if got, err := c.CommitmentAt(b.header.Ref); err != nil || got != m.commitment(b) {
			m.t.Fatalf("recovered block %v: %x, %v", b.header.Ref, got, err)
		}
	}
	if c.Finalized() != m.c.Finalized() || len(c.Pending()) != len(m.c.Pending()) {
		m.t.Fatal("recovered finality or definitions differ")
	}
}
