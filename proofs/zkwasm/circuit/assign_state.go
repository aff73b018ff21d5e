package circuit

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/ir"
	"vmhost/statecache/poseidon"
)

// ErrNotInState is returned when a traced read cannot be opened in the state.
var ErrNotInState = errors.New("circuit: traced read is not in the state")

var errNoPath = errors.New("the history does not open")

// nodeKey names a node by age, tree and heap index, or an item by age, handle
// and index, or an entry by age and handle.
type nodeKey struct{ age, tree, g uint64 }

// openings are the preimages that a run's reads need, each once.
type openings struct {
	commit     [8]fr.Element
	commitment fr.Element
	nodes      map[nodeKey][8]fr.Element
	entries    map[nodeKey][8]fr.Element
	leaves     map[nodeKey][8]fr.Element
	items      map[nodeKey][8]fr.Element
	past       map[nodeKey][8]fr.Element // history leaves, by age
	ages       map[uint64]Opener
}

func openState(t *ir.Trace, o Opener) (*openings, error) {
	s := &openings{
		commit: o.CommitPreimage(), nodes: map[nodeKey][8]fr.Element{}, entries: map[nodeKey][8]fr.Element{},
		leaves: map[nodeKey][8]fr.Element{}, items: map[nodeKey][8]fr.Element{}, past: map[nodeKey][8]fr.Element{},
		ages: map[uint64]Opener{0: o},
	}
	s.commitment = poseidon.H8(&s.commit)
	for _, p := range t.Pure {
		ok := true
		switch p.Op.Op {
		case ir.OpLeaf:
			ok = s.leaf(0, p.A, p.B)
		case ir.OpItem:
			ok = s.leaf(0, p.A, p.B) && s.item(p.A, p.B)
		case ir.OpLen, ir.OpManifest:
			ok = s.entry(0, p.A)
		case ir.OpFind:
			ok = s.entry(0, p.R[0])
		case ir.OpAged:
			if err := s.age(p.A); err != nil {
				return nil, fmt.Errorf("%w: %d blocks ago: %w", ErrNotInState, p.A, err)
			}
			ok = s.leaf(0, p.B, p.C) && s.leaf(p.A, p.B, p.C)
		default:
		}
		if !ok {
			return nil, ErrNotInState
		}
	}
	return s, nil
}

// age opens the history's leaf of an earlier block.
func (s *openings) age(age uint64) error {
	if s.ages[age] != nil {
		return nil
	}
	now := s.ages[0]
	leaf, err := now.HistoryLeaf(age)
	if err != nil {
		return err
	}
	if s.ages[age], err = now.Past(age); err != nil {
		return err
	}
	s.past[nodeKey{age: age}] = leaf
	height := leaf[1].Uint64()
	for level := range 11 {
		i := height >> (3 * (11 - level))
		x, ok := now.HistoryNode(level, i)
		if !ok {
			return errNoPath
		}
		s.nodes[nodeKey{0, treeHistory, 1<<(3*level) + i}] = x
	}
	return nil
}

// entry opens a collection's entry in the directory of a block.
func (s *openings) entry(age, handle uint64) bool {
	k := nodeKey{age: age, tree: handle}
	if _, done := s.entries[k]; done {
		return true
	}
	o := s.ages[age]
	e, ok := o.Entry(uint32(handle))
	if !ok {
		return false
	}
	s.entries[k] = e
	for level := range 4 {
		i := handle >> (3 * (4 - level))
		n := nodeKey{age, treeDirectory, 1<<(3*level) + i}
		if s.nodes[n], ok = o.DirNode(level, uint32(i)); !ok {
			return false
		}
	}
	return true
}

// leaf opens an item's value in the tree of a block.
func (s *openings) leaf(age, handle, index uint64) bool {
	if !s.entry(age, handle) {
		return false
	}
	e := s.entries[nodeKey{age: age, tree: handle}]
	d := int(e[2].Uint64())
	k := nodeKey{age, treeFirst + handle, 1<<(3*d) + index}
	if _, done := s.leaves[k]; done {
		return true
	}
	o := s.ages[age]
	var ok bool
	if s.leaves[k], ok = o.Leaf(uint32(handle), uint32(index)); !ok {
		return false
	}
	for level := range d {
		j := index >> (3 * (d - level))
		n := nodeKey{age, k.tree, 1<<(3*level) + j}
		if s.nodes[n], ok = o.Node(uint32(handle), level, uint32(j)); !ok {
			return false
		}
	}
	return true
}

func (s *openings) item(handle, index uint64) (ok bool) {
	k := nodeKey{tree: handle, g: index}
	s.items[k], ok = s.ages[0].ItemPreimage(uint32(handle), uint32(index))
	return ok
}

// entry0 is an entry of the current block.
func (s *openings) entry0(handle uint64) [8]fr.Element { return s.entries[nodeKey{tree: handle}] }

func sortedKeys(m map[nodeKey][8]fr.Element) []nodeKey {
	return slices.SortedFunc(maps.Keys(m), func(a, b nodeKey) int {
		return cmp.Or(cmp.Compare(a.age, b.age), cmp.Compare(a.tree, b.tree), cmp.Compare(a.g, b.g))
	})
}

// element is the number of a node's tree.
func (k nodeKey) element() fr.Element {
	e, stride := u(k.age), u(1<<ageStride)
	e.Mul(&e, &stride)
	t := u(k.tree)
	return *e.Add(&e, &t)
}

// limbs64 splits a 128-bit half.
func limbs64(e fr.Element) (lo, hi uint64) {
	b := e.Bytes()
	for i := range 8 {
		lo = lo<<8 | uint64(b[24+i])
		hi = hi<<8 | uint64(b[16+i])
	}
	return lo, hi
}

func (a *assigner) world() {
	s := a.state
	fillRows(a, a.sh.Node, sortedKeys(s.nodes), func(k nodeKey) nodeRow[fr.Element] {
		return nodeRow[fr.Element]{Tree: k.element(), G: u(k.g), X: s.nodes[k]}
	}, nodeRow[fr.Element]{})
	fillRows(a, a.sh.Entry, sortedKeys(s.entries), func(k nodeKey) entryRow[fr.Element] {
		x := s.entries[k]
		return entryRow[fr.Element]{
			Act: u(1), Handle: u(k.tree), Age: u(k.age), Name: x[1], D: x[2], Items: x[4], Root: x[5], Hi: x[6], Lo: x[7],
			Len: split32(x[3].Uint64()), P8: u(1 << (3 * x[2].Uint64())),
		}
	}, entryRow[fr.Element]{})
	fillRows(a, a.sh.Leaf, sortedKeys(s.leaves), func(k nodeKey) leafRow[fr.Element] {
		x := s.leaves[k]
		l0, l1 := limbs64(x[3])
		l2, l3 := limbs64(x[2])
		return leafRow[fr.Element]{Tree: k.element(), G: u(k.g), Item: x[1], L: [4]u64[fr.Element]{split64(l0), split64(l1), split64(l2), split64(l3)}}
	}, leafRow[fr.Element]{})
	fillRows(a, a.sh.Read, a.pure[ir.OpLeaf], a.readRow, readRow[fr.Element]{Z: u(1)})
	fillRows(a, a.sh.Len, a.pure[ir.OpLen], func(p ir.PureStep) lenRow[fr.Element] {
		x := s.entry0(p.A)
		return lenRow[fr.Element]{Act: u(1), H: head1Of(p), Name: x[1], Length: x[3], P8: u(1 << (3 * x[2].Uint64()))}
	}, lenRow[fr.Element]{})
	fillRows(a, a.sh.Find, a.pure[ir.OpFind], func(p ir.PureStep) findRow[fr.Element] {
		x := s.entry0(p.R[0])
		return findRow[fr.Element]{
			Act: u(1), H: a.head(p), S3: u(uint64(p.Op.C.Slot)), S4: u(uint64(p.Op.D.Slot)), Cs: bit(p.Op.C.Const), Ds: bit(p.Op.D.Const),
			C: u(p.C), D: u(p.D), R: u(p.R[0]), Length: x[3], P8: u(1 << (3 * x[2].Uint64())),
		}
	}, findRow[fr.Element]{})
	fillRows(a, a.sh.Manifest, a.pure[ir.OpManifest], a.manifestRow, manifestOf(fr.Element{}))
	fillRows(a, a.sh.Item, a.pure[ir.OpItem], a.itemRow, itemRow[fr.Element]{})
	fillRows(a, a.sh.Past, sortedKeys(s.past), func(k nodeKey) pastRow[fr.Element] {
		x := s.past[k]
		r := pastRow[fr.Element]{Act: u(1), Age: split32(k.age - 1), HashHi: x[2], HashLo: x[3], D: x[4]}
		height := x[1].Uint64()
		r.Height = [3]fr.Element{u(height & (1<<13 - 1)), u(height >> 13 & (1<<12 - 1)), u(height >> 25)}
		return r
	}, pastRow[fr.Element]{})
	fillRows(a, a.sh.Aged, a.pure[ir.OpAged], a.agedRow, agedRow[fr.Element]{})
}

// bytesOf is the last n bytes of elements, each in big-endian order.
func bytesOf(out []fr.Element, n int, elems ...fr.Element) {
	for i := range elems {
		b := elems[i].Bytes()
		for j, x := range b[32-n:] {
			out[n*i+j] = u(uint64(x))
		}
	}
}

func (a *assigner) manifestRow(p ir.PureStep) manifestRow[fr.Element] {
	r := manifestOf(a.state.entry0(p.A)[4])
	r.Act, r.H = u(1), head1Of(p)
	return r
}

// manifestOf is an idle row with a root.
func manifestOf(root fr.Element) (r manifestRow[fr.Element]) {
	bytesOf(r.Bytes[:], 32, root)
	rest := new(big.Int).Sub(fr.Modulus(), big.NewInt(1))
	rest.Sub(rest, root.BigInt(new(big.Int)))
	var b [32]byte
	rest.FillBytes(b[:])
	for i := range r.D {
		r.D[i] = split64(binary.BigEndian.Uint64(b[24-8*i:]))
	}
	_, topLo := topElement()
	var low [16]byte
	topLo.FillBytes(low[:])
	r.Carry = bit(bytes.Compare(b[16:], low[:]) > 0)
	return r
}

func (a *assigner) itemRow(p ir.PureStep) itemRow[fr.Element] {
	x := a.state.entry0(p.A)
	r := itemRow[fr.Element]{
		Act: u(1), H: a.head(p), Name: x[1],
	}
	r.Room, r.RoomP8 = roomOf(x, p.B)
	it := a.state.items[nodeKey{tree: p.A, g: p.B}]
	r.Bytes[0] = u(it[0].Uint64() >> 8)
	bytesOf(r.Bytes[1:], 20, it[1])
	bytesOf(r.Bytes[21:], 16, it[2:6]...)
	return r
}

func (a *assigner) readRow(p ir.PureStep) readRow[fr.Element] {
	x := a.state.entry0(p.A)
	r := readRow[fr.Element]{
		Act: u(1), H: a.head(p), Name: x[1],
	}
	r.Room, r.RoomP8 = roomOf(x, p.B)
	for i := range r.L {
		r.L[i] = u(p.R[i])
	}
	var upper fr.Element
	for i := 3; i >= 1; i-- {
		sh := fr.NewElement(1 << 32)
		upper.Mul(&upper, &sh).Mul(&upper, &sh)
		upper.Add(&upper, &r.L[i])
	}
	r.Inv, r.Z = inverse(upper), bit(upper.IsZero())
	return r
}

// roomOf is how far an index is from a collection's length and capacity.
func roomOf(entry [8]fr.Element, index uint64) (length, p8 u32[fr.Element]) {
	return split32(entry[3].Uint64() - 1 - index), split32(1<<(3*entry[2].Uint64()) - 1 - index)
}

func (a *assigner) agedRow(p ir.PureStep) agedRow[fr.Element] {
	s := a.state
	now, then := s.entry0(p.B), s.entries[nodeKey{age: p.A, tree: p.B}]
	leaf := s.leaves[nodeKey{0, treeFirst + p.B, 1<<(3*now[2].Uint64()) + p.C}]
	r := agedRow[fr.Element]{
		Act: u(1), H: a.head(p), S3: u(uint64(p.Op.C.Slot)), Cs: bit(p.Op.C.Const), C: u(p.C), Name: now[1], Item: leaf[1],
	}
	r.Now[0], r.Now[1] = roomOf(now, p.C)
	r.Then[0], r.Then[1] = roomOf(then, p.C)
	for i := range r.L {
		r.L[i] = u(p.R[i])
	}
	return r
}
