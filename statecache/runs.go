package statecache

import (
	"encoding/binary"
	"sort"
)

// A checkpoint holds the cells of one block, raw, in a few columns. A column is a
// list of runs: consecutive cells of one vector. Whoever has the row and the
// collections has the runs, so that writing and reading walk the same list.
//
//	addresses             the addresses of the items, by number
//	heads, slots, hashes  the items: kind and address's number (two items in a
//	                      word), slot, item hash
//	keys                  the items' keys, of collections that have any
//	leaves                the values with their leaf hashes
//	blocks                the history's leaves with what they are of
//	nodes                 the inner nodes of all trees, and the leaves of the
//	                      directory, level by level
//
// A word is stored little-endian.
type cellColumn struct {
	name  string
	words int // of a cell
	runs  []cellRun
}

// cellRun is n consecutive cells. Of a tree they are read at a view's block.
type cellRun struct {
	plain *cells // of items
	tree  *tree  // if plain is nil
	level int
	first uint64 // index of the first cell
	n     uint64
	start uint64 // number of the first cell in the column
}

// cellColumns lists the columns of a row; keyed says, by handle - 1, whether the
// keys of a collection's items are in it.
func (v *version) cellColumns(st *store, addrs uint32, cols []checkpointColumn) []cellColumn {
	addresses := cellColumn{name: "addresses", words: 3}
	addresses.plain(st.addrs.cells, uint64(addrs))
	heads, slots := cellColumn{name: "heads", words: 1}, cellColumn{name: "slots", words: 4}
	keys, hashes := cellColumn{name: "keys", words: 4}, cellColumn{name: "hashes", words: nodeWords}
	leaves, nodes := cellColumn{name: "leaves", words: leafWords}, cellColumn{name: "nodes", words: nodeWords}
	for handle := range v.cols {
		col := &v.cols[handle]
		s := v.spanOf(treeLeaves, uint32(handle))
		leaves.level(col.values, s, 0)
		if handle != int(HeaderHandle) { // whose items are always the same
			heads.plain(col.items.about, (s.hi+1)/2)
			slots.plain(col.items.slots, s.hi)
			hashes.plain(col.items.hashes, s.hi)
			if cols[handle-1].keyed {
				keys.plain(col.items.keys, s.hi)
			}
		}
		nodes.tree(col.values, s, 1)
		nodes.tree(col.list, s, 1)
	}
	nodes.tree(st.dir, v.dirSpan(), 0)
	blocks := cellColumn{name: "blocks", words: pastWords}
	blocks.level(st.hist, v.past, 0)
	nodes.tree(st.hist, v.past, 1)
	return []cellColumn{addresses, heads, slots, keys, hashes, leaves, blocks, nodes}
}

func (c *cellColumn) add(r cellRun) {
	if r.n > 0 {
		r.start = c.cells()
		c.runs = append(c.runs, r)
	}
}

func (c *cellColumn) plain(cells *cells, n uint64) { c.add(cellRun{plain: cells, n: n}) }

func (c *cellColumn) level(t *tree, s span, level int) {
	first := s.lo >> (3 * level)
	c.add(cellRun{tree: t, level: level, first: first, n: s.end(level) - first})
}

// tree adds the levels of a tree from one on.
func (c *cellColumn) tree(t *tree, s span, from int) {
	for l := from; l <= s.depth; l++ {
		c.level(t, s, l)
	}
}

// cells returns how many cells the column has.
func (c *cellColumn) cells() uint64 {
	if len(c.runs) == 0 {
		return 0
	}
	last := &c.runs[len(c.runs)-1]
	return last.start + last.n
}

// width is the bytes of a cell.
func (c *cellColumn) width() int { return 8 * c.words }

// export encodes the i-th cell of a run as it was at the view's block.
func (r *cellRun) export(v *View, i uint64, dst []byte) error {
	var w [pastWords]uint64
	words := w[:len(dst)/8]
	if r.plain != nil {
		if r.plain.holds(i) { // else a key that is 0
			loadWords(words, r.plain.at(i))
		}
	} else if err := v.load(r.tree, r.level, r.first+i, 1, words); err != nil {
		return err
	}
	for k := range words {
		binary.LittleEndian.PutUint64(dst[8*k:], words[k])
	}
	return nil
}

// load stores encoded cells, from number first of the column on. The cells were
// made before; different ones may be loaded at the same time.
func (c *cellColumn) load(first uint64, data []byte) {
	k := sort.Search(len(c.runs), func(k int) bool { return c.runs[k].start+c.runs[k].n > first })
	for ; len(data) > 0; k++ {
		r := &c.runs[k]
		for i := first - r.start; i < r.n && len(data) > 0; i++ {
			var cell []uint64
			if r.plain != nil {
				cell = r.plain.at(i)
			} else {
				cell = r.tree.cell(r.level, r.first+i)[1:]
			}
			for j := range c.words {
				cell[j] = binary.LittleEndian.Uint64(data[8*j:])
			}
			data = data[c.width():]
			first++
		}
	}
}
