package statecache

import (
	"encoding/binary"
	"sync/atomic"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// build makes one block's row: first everything is checked (plan), then the
// cells are changed and hashed level by level, all trees together (run).
type build struct {
	st   *store
	prev *version // what was before: an empty row for the first block
	next *version
	in   *input

	writes []colWrite
	hist   []uint64 // history leaf that is new, if any
	chunk  *chunk
	rec    uint64 // next free record
}

// input is what a row is derived from, beside the row before it.
type input struct {
	chainID     uint64
	noHistory   bool
	historyRoot fr.Element // with noHistory: taken as it is
	header      BlockHeader
	ops         []defOp // definitions that take effect with this block
	changes     []Change
	logs        []Log
}

// colWrite is what changes of a collection: values of items that were there,
// then those of new ones, by index.
type colWrite struct {
	col      *collection
	old, now uint32
	ups      []valueUpdate
	changed  int  // how many of ups are of items that were there
	gone     bool // dropped
}

// work is a tree to be hashed: its reach before and now, and the nodes of one
// level that change, by index.
type work struct {
	t        *tree
	old, now span
	dirty    []uint64
	from     int    // of the batch, where dirty begins
	existing int    // how many of dirty are there already
	rec      uint64 // record of the first of them
}

// run changes the cells. It cannot fail; store.restore undoes it.
func (b *build) run() {
	trees := b.trees()
	leaves, nodes := uint64(0), b.countDirectory()
	for i := range b.writes {
		leaves += uint64(b.writes[i].changed)
	}
	for i := range trees {
		nodes += trees[i].count()
	}
	b.chunk = newChunk(b.st.ring.next(), leaves, nodes)
	b.next.seq = b.chunk.seq
	b.st.ring.put(b.chunk)

	b.writeHistory()
	b.writeValues()
	b.hashLevels(trees)
	b.writeEntries()

	b.next.dir = b.st.dir.tipRoot(b.next.dirSpan())
	if b.in.noHistory {
		b.next.hist = b.in.historyRoot
	} else {
		b.next.hist = b.st.hist.tipRoot(b.next.past)
	}
	b.next.preimage = commitPreimage(b.in.chainID, &b.next.header.Ref, &b.next.dir, &b.next.hist)
	b.next.commitment = hash8(&b.next.preimage)
}

// undo takes back what run did. The row was never published, so that no view
// needs a redo.
func (b *build) undo() {
	b.st.turns.Add(1)
	b.st.restore(b.chunk)
	b.st.ring.remove(b.chunk.seq)
	b.st.turns.Add(1)
}

// trees lists the trees to hash, with the nodes of level 1 that change.
func (b *build) trees() []work {
	out := make([]work, 0, 2*len(b.writes)+1)
	for i := range b.writes {
		w := &b.writes[i]
		if w.gone {
			continue
		}
		old, now := columnSpan(w.old), columnSpan(w.now)
		values := work{t: w.col.values, old: old, now: now}
		for k := range w.ups {
			values.mark(uint64(w.ups[k].index))
		}
		out = append(out, values)
		if w.now > w.old {
			list := work{t: w.col.list, old: old, now: now}
			for p := uint64(w.old) >> 3; p <= uint64(w.now-1)>>3; p++ {
				list.dirty = append(list.dirty, p)
			}
			out = append(out, list)
		}
	}
	if len(b.hist) > 0 {
		out = append(out, work{t: b.st.hist, old: b.prev.past, now: b.next.past, dirty: []uint64{b.hist[0] >> 3}})
	}
	for i := range out {
		out[i].t.grow(out[i].now)
	}
	return out
}

// mark adds the parent of a leaf. Leaves come in order.
func (w *work) mark(leaf uint64) {
	if p := leaf >> 3; len(w.dirty) == 0 || w.dirty[len(w.dirty)-1] != p {
		w.dirty = append(w.dirty, p)
	}
}

// count returns how many nodes that exist will change, on all levels.
func (w *work) count() (n uint64) {
	for l := 1; l <= w.now.depth; l++ {
		last, shift := ^uint64(0), 3*(l-1)
		for _, p := range w.dirty {
			if p>>shift == last {
				continue
			}
			if last = p >> shift; !w.old.has(l, last) {
				break // the rest is new
			}
			n++
		}
	}
	return n
}

// countDirectory returns how many nodes of the directory that exist will change.
func (b *build) countDirectory() (n uint64) {
	old := b.prev.dirSpan()
	for l := range dirDepth + 1 {
		last := ^uint64(0)
		for i := range b.writes {
			if p := uint64(b.writes[i].col.handle) >> (3 * l); p != last && old.has(l, p) {
				last = p
				n++
			}
		}
	}
	return n
}

// set changes a cell, saving it first if it was there.
func (b *build) set(t *tree, level int, i, rec uint64, existed bool) []uint64 {
	cell := t.cell(level, i)
	if existed {
		b.st.touch(b.chunk, rec, address(t.id, level, i), cell)
	} else {
		atomic.StoreUint64(&cell[0], 0)
	}
	return cell
}

// writeHistory adds the leaf of the block before.
func (b *build) writeHistory() {
	if len(b.hist) == 0 {
		return
	}
	x := historyPreimage(&b.prev.header.Ref, &b.prev.dir)
	h := hash8(&x)
	cell := b.set(b.st.hist, 0, b.hist[0], 0, false)
	storeWords(cell[1:], h[:])
	storeWords(cell[1+4:], b.prev.dir[:])
	putWord(cell[1+8:], &b.prev.header.Ref.Hash)
}

// writeValues stores the changed values and the hashes of their leaves.
func (b *build) writeValues() {
	type at struct {
		w   *colWrite
		up  *valueUpdate
		rec uint64
	}
	total := 0
	for i := range b.writes {
		total += len(b.writes[i].ups)
	}
	if total == 0 {
		return
	}
	// ends finds the collection of the k-th update.
	ends, recs := make([]int, len(b.writes)), make([]uint64, len(b.writes))
	n := 0
	for i := range b.writes {
		n += len(b.writes[i].ups)
		ends[i], recs[i] = n, b.rec
		b.rec += uint64(b.writes[i].changed)
	}
	find := func(k int) at {
		i := searchEnd(ends, k)
		w := &b.writes[i]
		k -= ends[i] - len(w.ups)
		return at{w, &w.ups[k], recs[i] + uint64(k)}
	}
	hashAll(total, func(k int, x *[8]fr.Element) {
		a := find(k)
		cell := b.set(a.w.col.values, 0, uint64(a.up.index), a.rec, a.up.index < a.w.old)
		var v [4]uint64
		for j := range v {
			v[j] = binary.BigEndian.Uint64(a.up.value[8*j:])
		}
		storeWords(cell[valueWord:], v[:])
		item := a.w.col.items.hash(uint64(a.up.index))
		*x = leafPreimage(&item, &a.up.value)
	}, func(k int, h *fr.Element) {
		a := find(k)
		storeWords(a.w.col.values.cell(0, uint64(a.up.index))[1+4:], h[:])
	})
}

// searchEnd returns the first i with ends[i] > k.
func searchEnd(ends []int, k int) int {
	lo, hi := 0, len(ends)
	for lo < hi {
		if mid := (lo + hi) / 2; ends[mid] > k {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}

// hashLevels hashes the trees from level 1 up, each level in one batch.
func (b *build) hashLevels(trees []work) {
	ends := make([]int, 0, len(trees))
	for level := 1; ; level++ {
		ends = ends[:0]
		var live []work
		n := 0
		for _, w := range trees {
			if level > w.now.depth || len(w.dirty) == 0 {
				continue
			}
			w.existing, w.rec, w.from = 0, b.rec, n
			for w.existing < len(w.dirty) && w.old.has(level, w.dirty[w.existing]) {
				w.existing++
			}
			b.rec += uint64(w.existing)
			n += len(w.dirty)
			ends, live = append(ends, n), append(live, w)
		}
		if n == 0 {
			return
		}
		b.hashLevel(level, n, live, ends)
		for i := range live {
			live[i].up()
		}
		trees = live
	}
}

func (b *build) hashLevel(level, n int, live []work, ends []int) {
	hashAll(n, func(k int, x *[8]fr.Element) {
		w := &live[searchEnd(ends, k)]
		p := w.dirty[k-w.from]
		for j := range x {
			x[j] = w.t.tip(w.now, level-1, 8*p+uint64(j))
		}
	}, func(k int, h *fr.Element) {
		w := &live[searchEnd(ends, k)]
		k -= w.from
		if w.t == b.st.dir && w.empty(level, w.dirty[k]) {
			*h = fr.Element{}
		}
		storeWords(b.set(w.t, level, w.dirty[k], w.rec+uint64(k), k < w.existing)[1:], h[:])
	})
}

// empty reports whether a node has no children but the literal 0.
func (w *work) empty(level int, i uint64) bool {
	for j := range uint64(8) {
		if e := w.t.tip(w.now, level-1, 8*i+j); !e.IsZero() {
			return false
		}
	}
	return true
}

// up turns the nodes of a level into those of the next.
func (w *work) up() {
	n := 0
	for _, p := range w.dirty {
		if p >>= 3; n == 0 || w.dirty[n-1] != p {
			w.dirty[n] = p
			n++
		}
	}
	w.dirty = w.dirty[:n]
}

// writeEntries hashes the directory: the entries of the collections that
// changed, then its levels.
func (b *build) writeEntries() {
	dir, old, now := b.st.dir, b.prev.dirSpan(), b.next.dirSpan()
	w := work{t: dir, old: old, now: now}
	dir.grow(now)
	rec := b.rec
	for i := range b.writes {
		h := uint64(b.writes[i].col.handle)
		w.mark(h)
		if old.has(0, h) {
			b.rec++
		}
	}
	hashAll(len(b.writes), func(k int, x *[8]fr.Element) {
		*x = b.writes[k].entry()
	}, func(k int, h *fr.Element) {
		i := uint64(b.writes[k].col.handle)
		if b.writes[k].gone {
			*h = fr.Element{}
		}
		storeWords(b.set(dir, 0, i, rec+uint64(k), old.has(0, i))[1:], h[:])
	})
	b.hashLevels([]work{w})
}

// entry is the preimage of a collection's directory entry at the tip.
func (w *colWrite) entry() [8]fr.Element {
	s := columnSpan(w.now)
	items, values := w.col.list.tipRoot(s), w.col.values.tipRoot(s)
	return entryPreimage(&w.col.elem, w.now, &items, &values, &w.col.base)
}
