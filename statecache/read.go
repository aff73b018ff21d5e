package statecache

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// load copies words of a versioned cell as they were at the view's block, from
// word from on. It fails with the pin's error, never with a wrong value: see
// store.
func (v *View) load(t *tree, level int, i, from uint64, dst []uint64) error {
	st := v.c.st
	for {
		turns := st.turns.Load()
		seq := v.v.seq
		if o := v.pin.orphan.Load(); o != nil && seq > o.fork {
			if o.find(address(t.id, level, i), seq, from, dst) {
				return v.pin.err()
			}
			seq = o.fork
		}
		how := st.read(t.cell(level, i), seq, from, dst)
		if still := st.turns.Load() == turns; still && how <= foundUndo {
			return v.pin.err()
		} else if how == foundGone {
			if err := v.pin.err(); err != nil {
				return err
			}
			if still && turns&1 == 0 {
				return fmt.Errorf("%w: block %v", ErrEvicted, v.v.header.Ref)
			}
		}
	}
}

// node returns the hash of a node that exists at the view's block.
func (v *View) node(t *tree, level int, i uint64) (e fr.Element, err error) {
	c := t.levels[level]
	if !c.versioned {
		copy(e[:], t.cell(level, i))
		return e, v.pin.err()
	}
	err = v.load(t, level, i, c.hash, e[:])
	return e, err
}

// root returns the root of a tree, 0 if it is empty.
func (v *View) root(t *tree, s span) (fr.Element, error) {
	if top := s.lo >> (3 * s.depth); s.has(s.depth, top) {
		return v.node(t, s.depth, top)
	}
	return fr.Element{}, v.pin.err()
}

// children returns the opened node at a level (0 is the root) and index; false
// outside the tree, for an empty subtree, or if the view has ended.
func (v *View) children(t *tree, s span, level int, index uint64) (x [8]fr.Element, ok bool) {
	if level < 0 || level >= s.depth || index>>(3*level) != 0 || !s.has(s.depth-level, index) {
		return x, false
	}
	below := s.depth - level - 1
	for k := range x {
		i := 8*index + uint64(k)
		if !s.has(below, i) {
			continue
		}
		var err error
		if x[k], err = v.node(t, below, i); err != nil {
			return [8]fr.Element{}, false
		}
	}
	return x, x != [8]fr.Element{} && v.Err() == nil
}

// siblings returns, from the bottom up, the seven other children of each node on
// the path to a leaf, in order.
func (v *View) siblings(t *tree, s span, index uint64) ([][7][32]byte, error) {
	path := make([][7][32]byte, s.depth)
	for level := range path {
		at := index >> (3 * level)
		k := 0
		for i := at &^ 7; i < at&^7+8; i++ {
			if i == at {
				continue
			}
			if s.has(level, i) {
				e, err := v.node(t, level, i)
				if err != nil {
					return nil, err
				}
				path[level][k] = e.Bytes()
			}
			k++
		}
	}
	return path, nil
}
