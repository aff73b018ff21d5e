package statecache

import (
	"slices"
	"sort"
)

// orphan is what a view of a rolled-back block reads instead of the cells that
// the rollback brought back: the values that the dropped blocks gave to them, and
// otherwise the cells as they are at the fork, which stays retained. It is
// immutable; a deeper rollback gives the view another.
type orphan struct {
	fork uint64  // sequence number of the block it forked from
	redo []*redo // of the dropped blocks up to the view's, oldest first
}

// redo holds the cells that one dropped block changed or made, as it left them.
type redo struct {
	seq   uint64
	addr  []uint64 // sorted
	words [][pastWords]uint64
}

func (r *redo) bytes() int64 { return int64(len(r.addr)) * (8 + 8*pastWords) }

// find copies a cell's words as the blocks up to seq left them; false if none of
// them touched it.
func (o *orphan) find(addr, seq, from uint64, dst []uint64) bool {
	for _, r := range slices.Backward(o.redo) {
		if r.seq > seq {
			continue
		}
		if i, ok := slices.BinarySearch(r.addr, addr); ok {
			copy(dst, r.words[i][from-1:])
			return true
		}
	}
	return false
}

// orphan gives the pins what they need to outlive the drop of the blocks above
// the fork, whose cells are untouched yet, and returns how many were not orphaned
// before. Requires writer, not mu.
func (c *Cache) orphan(hit []*pin, fork *version, dropped []*version) (fresh int) {
	made := make([]*redo, len(dropped))
	for _, p := range hit {
		old := p.orphan.Load()
		next := &orphan{fork: fork.seq}
		for i, v := range dropped {
			if v.header.Ref.Number > p.hold {
				break
			}
			if made[i] == nil {
				made[i] = c.capture(v, i, fork, dropped)
			}
			next.redo = append(next.redo, made[i])
		}
		if old == nil {
			fresh++
		} else {
			next.redo = append(next.redo, old.redo...)
		}
		p.orphan.Store(next)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range hit {
		p.hold = fork.header.Ref.Number
	}
	return fresh
}

// capture copies the cells that dropped[i] changed or made, as it left them.
func (c *Cache) capture(v *version, i int, fork *version, dropped []*version) *redo {
	before := fork
	if i > 0 {
		before = dropped[i-1]
	}
	r := &redo{seq: v.seq, addr: slices.Clone(c.st.ring.get(v.seq).addr)}
	for kind := range treeHistory + 1 {
		n := uint32(1)
		if kind == treeLeaves || kind == treeItems {
			n = uint32(len(v.cols))
		}
		for handle := range n {
			r.made(c.st.tree(kind, handle), before.spanOf(kind, handle), v.spanOf(kind, handle))
		}
	}
	sort.Slice(r.addr, func(i, j int) bool { return r.addr[i] < r.addr[j] })
	r.words = make([][pastWords]uint64, len(r.addr))
	peek := c.peek(v)
	for i, a := range r.addr {
		kind, handle, level, index := splitAddress(a)
		t := c.st.tree(kind, handle)
		n := t.levels[level].stride - 1
		if err := peek.load(t, level, index, 1, r.words[i][:n]); err != nil {
			panic("a block to be dropped is not retained") // under the writer's lock
		}
	}
	return r
}

// made adds the cells that a block made: those in its span and not in the one
// before.
func (r *redo) made(t *tree, before, now span) {
	for l := 0; l <= now.depth; l++ {
		if now.lo >= now.hi || !t.levels[l].versioned {
			continue
		}
		for i := max(now.lo>>(3*l), before.end(l)); i < now.end(l); i++ {
			r.addr = append(r.addr, address(t.id, l, i))
		}
	}
}
