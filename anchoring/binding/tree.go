package binding

import (
	"fmt"
	"sort"
)

// tree is the known part of one trie: nodes that hash up to its root. Nodes are
// only ever added, and each belongs where it is by its hash, so that trees of
// successive blocks share what did not change.
type tree struct{ top link }

func newTree(root [32]byte) *tree {
	if emptyTrie(&root) {
		return &tree{}
	}
	return &tree{link{hash: &root}}
}

// is compares the trie's hash with one as accounts hold it.
func (t *tree) is(root *[32]byte) bool {
	if t.top.hash == nil {
		return emptyTrie(root)
	}
	return *t.top.hash == *root
}

// prove checks that nodes are the path of a key, each once and in order, and
// returns the value there, nil if the key is absent. The nodes are kept: each is
// hashed and decoded once for all keys.
func (t *tree) prove(key *[32]byte, nodes [][]byte, h *hasher) ([]byte, error) {
	if t.top.empty() {
		// Some clients send the empty node itself.
		if len(nodes) == 0 || len(nodes) == 1 && string(nodes[0]) == "\x80" {
			return nil, nil
		}
		return nil, fmt.Errorf("empty trie: %w", ErrExtraNode)
	}
	if len(nodes) > maxPath {
		return nil, fmt.Errorf("%d nodes: %w", len(nodes), ErrMalformed)
	}
	used := 0
	value, err := t.top.find(key, func(l *link) error {
		if used == len(nodes) {
			return fmt.Errorf("node %d: %w", used, ErrMissingNode)
		}
		if err := l.resolve(nodes[used], h); err != nil {
			return fmt.Errorf("node %d: %w", used, err)
		}
		used++
		return nil
	})
	if err == nil && used != len(nodes) {
		err = fmt.Errorf("%d of %d nodes used: %w", used, len(nodes), ErrExtraNode)
	}
	return value, err
}

// errUnknown ends a search at a node that is not known.
var errUnknown = fmt.Errorf("binding: node not known")

// known is the value of a key if the nodes of its path are known.
func (t *tree) known(key *[32]byte) (value []byte, ok bool) {
	if t == nil {
		return nil, false
	}
	value, err := t.top.find(key, func(l *link) error {
		if l.node == nil {
			return errUnknown
		}
		return nil
	})
	return value, err == nil
}

// find walks a key's path down from the root. Visit is called at each link by
// hash and must resolve it.
func (l *link) find(key *[32]byte, visit func(*link) error) ([]byte, error) {
	for depth := 0; ; {
		if l.empty() {
			return nil, nil
		}
		if l.hash != nil {
			if err := visit(l); err != nil {
				return nil, err
			}
		}
		n := l.node
		if n.kids != nil {
			if depth == nibbles {
				return nil, fmt.Errorf("%w: path too long", ErrMalformed)
			}
			l, depth = &n.kids[nibble(key, depth)], depth+1
			continue
		}
		if err := n.fits(depth); err != nil {
			return nil, err
		}
		switch {
		case !n.follows(key, depth):
			return nil, nil
		case n.value != nil:
			return n.value, nil
		}
		l, depth = &n.next, depth+n.pathLen()
	}
}

// fits checks that a leaf ends where keys end, and an extension before.
func (n *node) fits(depth int) error {
	end := depth + n.pathLen()
	if n.value != nil && end != nibbles || n.value == nil && end >= nibbles {
		return fmt.Errorf("%w: path of %d nibbles at depth %d", ErrMalformed, n.pathLen(), depth)
	}
	return nil
}

// join makes two links to the same node share it, and what either knows below.
func (l *link) join(old *link) {
	switch a, b := l.node, old.node; {
	case a == b || b == nil:
	case a == nil:
		l.node = b
	default:
		if a.kids != nil {
			for i := range a.kids {
				b.kids[i].join(&a.kids[i])
			}
		} else {
			b.next.join(&a.next)
		}
		l.node = b
	}
}

// walk compares a trie with an earlier one, for sorted keys.
type walk struct {
	keys [][32]byte
	// unknown is told of keys[lo:hi] whose paths share a node that is not known,
	// at depth.
	unknown func(lo, hi, depth int)
	// value is told of keys[lo:hi], all equal or all absent (nil), whose path has
	// changed.
	value func(lo, hi int, value []byte)
	// all says that keys on an unchanged path are told too.
	all bool
	// total and changed count the links seen at each depth.
	total, changed [nibbles + 1]int
}

// run walks. Unchanged nodes that the earlier tree knows become known.
func (w *walk) run(t, old *tree) error {
	var o *link
	if old != nil {
		o = &old.top
	}
	return w.at(&t.top, o, 0, 0, len(w.keys))
}

// deep is the depth down to which most of the links have changed.
func (w *walk) deep() int {
	d := 0
	for d < nibbles && w.changed[d+1] > 0 && 4*w.changed[d+1] >= 3*w.total[d+1] {
		d++
	}
	return d
}

func (w *walk) at(l, old *link, depth, lo, hi int) error {
	if lo == hi {
		return nil
	}
	w.total[depth]++
	if l.same(old) {
		l.join(old)
		if !w.all {
			return nil
		}
	} else {
		w.changed[depth]++
	}
	if l.node == nil {
		if l.hash == nil {
			w.tell(lo, hi, nil)
		} else {
			w.unknown(lo, hi, depth)
		}
		return nil
	}
	n := l.node
	if n.kids == nil {
		return w.short(n, old, depth, lo, hi)
	}
	if depth == nibbles {
		return fmt.Errorf("%w: path too long", ErrMalformed)
	}
	var kids *[16]link
	if old != nil && old.node != nil {
		kids = old.node.kids
	}
	for lo < hi {
		nib := nibble(&w.keys[lo], depth)
		mid := lo + sort.Search(hi-lo, func(i int) bool { return nibble(&w.keys[lo+i], depth) > nib })
		var o *link
		if kids != nil {
			o = &kids[nib]
		}
		if err := w.at(&n.kids[nib], o, depth+1, lo, mid); err != nil {
			return err
		}
		lo = mid
	}
	return nil
}

// short goes on at a leaf or an extension: the keys along its path are a run.
func (w *walk) short(n *node, old *link, depth, lo, hi int) error {
	if err := n.fits(depth); err != nil {
		return err
	}
	from := lo
	for from < hi && !n.follows(&w.keys[from], depth) {
		from++
	}
	to := from
	for to < hi && n.follows(&w.keys[to], depth) {
		to++
	}
	w.tell(lo, from, nil)
	w.tell(to, hi, nil)
	if n.value != nil {
		w.tell(from, to, n.value)
		return nil
	}
	var o *link
	if old != nil && old.node != nil && string(old.node.path) == string(n.path) && old.node.value == nil {
		o = &old.node.next
	}
	return w.at(&n.next, o, depth+n.pathLen(), from, to)
}

func (w *walk) tell(lo, hi int, value []byte) {
	if lo < hi {
		w.value(lo, hi, value)
	}
}
