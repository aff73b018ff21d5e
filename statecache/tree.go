package statecache

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/statecache/poseidon"
)

// tree is an immutable 8-ary hash tree. Updating one returns another that
// shares the untouched nodes. An empty subtree is the literal 0 at every level.
// Depth 0 is a single leaf, which is the root (0 if there is none).
type tree struct {
	depth int
	root  fr.Element
	top   *inner // nil if depth is 0 or the tree is empty
}

// inner is a node: its children's hashes and, above the bottom, the children.
type inner struct {
	h    [8]fr.Element
	kids *[8]*inner // nil at the bottom level
}

// leafUpdate sets one leaf.
type leafUpdate struct {
	index uint64
	elem  fr.Element
}

// with returns the tree of the given depth (not less than t's) with the leaves
// set. Requires ups sorted by index, without duplicates, below 8^depth.
func (t tree) with(depth int, ups []leafUpdate) tree {
	t = t.deepen(depth)
	switch {
	case len(ups) == 0:
	case depth == 0:
		t.root = ups[0].elem
	default:
		t.top = t.top.with(depth-1, ups)
		t.root = poseidon.H8(&t.top.h)
	}
	return t
}

// deepen adds levels on top; the old tree becomes the first subtree.
func (t tree) deepen(depth int) tree {
	for t.depth < depth {
		if !t.root.IsZero() {
			n := &inner{}
			n.h[0] = t.root
			if t.depth > 0 {
				n.kids = &[8]*inner{t.top}
			}
			t.top, t.root = n, poseidon.H8(&n.h)
		}
		t.depth++
	}
	return t
}

// with copies the path to the leaves below n (nil if empty), which lies height
// levels above the bottom one.
func (n *inner) with(height int, ups []leafUpdate) *inner {
	out := &inner{}
	if n != nil {
		out.h = n.h
	}
	if height > 0 {
		out.kids = &[8]*inner{}
		if n != nil {
			*out.kids = *n.kids
		}
	}
	for len(ups) > 0 {
		slot := childSlot(ups[0].index, height)
		if height == 0 {
			out.h[slot] = ups[0].elem
			ups = ups[1:]
			continue
		}
		run := 1
		for run < len(ups) && childSlot(ups[run].index, height) == slot {
			run++
		}
		kid := out.kids[slot].with(height-1, ups[:run])
		out.kids[slot], out.h[slot] = kid, poseidon.H8(&kid.h)
		ups = ups[run:]
	}
	return out
}

// childSlot returns which child of a node height levels above the bottom leads
// to the leaf.
func childSlot(index uint64, height int) int {
	return int(index>>(3*height)) & 7
}

// children returns the opened node at a level (0 is the root) and index; false
// outside the tree and for an empty subtree.
func (t tree) children(level int, index uint64) ([8]fr.Element, bool) {
	if level < 0 || level >= t.depth || index>>(3*level) != 0 {
		return [8]fr.Element{}, false
	}
	n := t.top
	for l := level - 1; l >= 0 && n != nil; l-- {
		n = n.kids[childSlot(index, l)]
	}
	if n == nil {
		return [8]fr.Element{}, false
	}
	return n.h, true
}

// siblings returns, from the bottom up, the seven other children of each node
// on the path to a leaf, in order.
func (t tree) siblings(index uint64) [][7][32]byte {
	path := make([][7][32]byte, t.depth)
	for i := range path {
		h, _ := t.children(t.depth-1-i, index>>(3*(i+1)))
		k := 0
		for slot := range h {
			if slot != childSlot(index, i) {
				path[i][k] = h[slot].Bytes()
				k++
			}
		}
	}
	return path
}
