package circuit

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/big"
	"sort"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/ir"
	"vmhost/statecache/poseidon"
)

// ErrNotInState is returned when a traced read cannot be opened in the state.
var ErrNotInState = errors.New("circuit: traced read is not in the state")

// nodeKey names a node: tree and heap index.
type nodeKey struct{ tree, g uint64 }

// openings are the preimages that a run's reads need, each once.
type openings struct {
	commit     [8]fr.Element
	commitment fr.Element
	nodes      map[nodeKey][8]fr.Element
	entries    map[uint32][8]fr.Element
	leaves     map[nodeKey][8]fr.Element
	items      map[nodeKey][8]fr.Element // by handle and index
}

func openState(t *ir.Trace, o Opener) (*openings, error) {
	s := &openings{
		commit: o.CommitPreimage(), nodes: map[nodeKey][8]fr.Element{},
		entries: map[uint32][8]fr.Element{}, leaves: map[nodeKey][8]fr.Element{}, items: map[nodeKey][8]fr.Element{},
	}
	s.commitment = poseidon.H8(&s.commit)
	for _, p := range t.Pure {
		ok := true
		switch p.Op.Op {
		case ir.OpLeaf:
			ok = s.entry(o, uint32(p.A)) && s.leaf(o, uint32(p.A), uint32(p.B))
		case ir.OpItem:
			ok = s.entry(o, uint32(p.A)) && s.leaf(o, uint32(p.A), uint32(p.B)) && s.item(o, uint32(p.A), uint32(p.B))
		case ir.OpLen, ir.OpManifest:
			ok = s.entry(o, uint32(p.A))
		case ir.OpFind:
			ok = s.entry(o, uint32(p.R[0]))
		default:
		}
		if !ok {
			return nil, ErrNotInState
		}
	}
	return s, nil
}

func (s *openings) entry(o Opener, h uint32) bool {
	if _, done := s.entries[h]; done {
		return true
	}
	e, ok := o.Entry(h)
	if !ok {
		return false
	}
	s.entries[h] = e
	for level := range 4 {
		i := h >> (3 * (4 - level))
		k := nodeKey{treeDirectory, 1<<(3*level) + uint64(i)}
		if s.nodes[k], ok = o.DirNode(level, i); !ok {
			return false
		}
	}
	return true
}

func (s *openings) leaf(o Opener, h, i uint32) bool {
	e := s.entries[h]
	d := int(e[2].Uint64())
	tree := treeFirst + uint64(h)
	k := nodeKey{tree, 1<<(3*d) + uint64(i)}
	if _, done := s.leaves[k]; done {
		return true
	}
	var ok bool
	if s.leaves[k], ok = o.Leaf(h, i); !ok {
		return false
	}
	for level := range d {
		j := i >> (3 * (d - level))
		n := nodeKey{tree, 1<<(3*level) + uint64(j)}
		if s.nodes[n], ok = o.Node(h, level, j); !ok {
			return false
		}
	}
	return true
}

func (s *openings) item(o Opener, h, i uint32) (ok bool) {
	k := nodeKey{uint64(h), uint64(i)}
	s.items[k], ok = o.ItemPreimage(h, i)
	return ok
}

func sortedKeys(m map[nodeKey][8]fr.Element) []nodeKey {
	out := make([]nodeKey, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].tree != out[j].tree {
			return out[i].tree < out[j].tree
		}
		return out[i].g < out[j].g
	})
	return out
}

func (s *openings) handles() []uint32 {
	out := make([]uint32, 0, len(s.entries))
	for h := range s.entries {
		out = append(out, h)
	}
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	return out
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
		return nodeRow[fr.Element]{Tree: u(k.tree), G: u(k.g), X: s.nodes[k]}
	}, nodeRow[fr.Element]{})
	fillRows(a, a.sh.Entry, s.handles(), func(h uint32) entryRow[fr.Element] {
		x := s.entries[h]
		return entryRow[fr.Element]{
			Act: u(1), Handle: u(uint64(h)), Name: x[1], D: x[2], Items: x[4], Root: x[5], Hi: x[6], Lo: x[7],
			Len: split32(x[3].Uint64()), P8: u(1 << (3 * x[2].Uint64())),
		}
	}, entryRow[fr.Element]{})
	fillRows(a, a.sh.Leaf, sortedKeys(s.leaves), func(k nodeKey) leafRow[fr.Element] {
		x := s.leaves[k]
		l0, l1 := limbs64(x[3])
		l2, l3 := limbs64(x[2])
		return leafRow[fr.Element]{Tree: u(k.tree), G: u(k.g), Item: x[1], L: [4]u64[fr.Element]{split64(l0), split64(l1), split64(l2), split64(l3)}}
	}, leafRow[fr.Element]{})
	fillRows(a, a.sh.Read, a.pure[ir.OpLeaf], a.readRow, readRow[fr.Element]{Z: u(1)})
	fillRows(a, a.sh.Len, a.pure[ir.OpLen], func(p ir.PureStep) lenRow[fr.Element] {
		x := s.entries[uint32(p.A)]
		return lenRow[fr.Element]{Act: u(1), H: head1Of(p), Name: x[1], Length: x[3], P8: u(1 << (3 * x[2].Uint64()))}
	}, lenRow[fr.Element]{})
	fillRows(a, a.sh.Find, a.pure[ir.OpFind], func(p ir.PureStep) findRow[fr.Element] {
		x := s.entries[uint32(p.R[0])]
		return findRow[fr.Element]{
			Act: u(1), H: a.head(p), S3: u(uint64(p.Op.C.Slot)), S4: u(uint64(p.Op.D.Slot)), Cs: bit(p.Op.C.Const), Ds: bit(p.Op.D.Const),
			C: u(p.C), D: u(p.D), R: u(p.R[0]), Length: x[3], P8: u(1 << (3 * x[2].Uint64())),
		}
	}, findRow[fr.Element]{})
	fillRows(a, a.sh.Manifest, a.pure[ir.OpManifest], a.manifestRow, manifestOf(fr.Element{}))
	fillRows(a, a.sh.Item, a.pure[ir.OpItem], a.itemRow, itemRow[fr.Element]{})
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
	r := manifestOf(a.state.entries[uint32(p.A)][4])
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
	x := a.state.entries[uint32(p.A)]
	r := itemRow[fr.Element]{
		Act: u(1), H: a.head(p), Name: x[1],
		Room: split32(x[3].Uint64() - 1 - p.B), RoomP8: split32(1<<(3*x[2].Uint64()) - 1 - p.B),
	}
	it := a.state.items[nodeKey{p.A, p.B}]
	r.Bytes[0] = u(it[0].Uint64() >> 8)
	bytesOf(r.Bytes[1:], 20, it[1])
	bytesOf(r.Bytes[21:], 16, it[2:6]...)
	return r
}

func (a *assigner) readRow(p ir.PureStep) readRow[fr.Element] {
	x := a.state.entries[uint32(p.A)]
	r := readRow[fr.Element]{
		Act: u(1), H: a.head(p), Name: x[1],
		Room: split32(x[3].Uint64() - 1 - p.B), RoomP8: split32(1<<(3*x[2].Uint64()) - 1 - p.B),
	}
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
