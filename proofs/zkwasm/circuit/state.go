package circuit

import (
	"math/big"

	"vmhost/proofs/zkwasm/ir"
	"vmhost/statecache/poseidon"
)

// State reads open the commitment top down. node(h | g | t): in tree t the node
// of heap index g (root 1, children 8g … 8g+7) hashes to h. Trees: 1 the
// directory, 2+handle a collection; tree 0 is for pads and read by nobody; for
// those of earlier blocks see past.go.
const (
	treePad       = 0
	treeDirectory = 1
	treeFirst     = 2
	dirLeaf       = 4096 // heap index of directory entry 0 (depth 4)
)

// commitRow is the preimage of the public commitment.
type commitRow[T any] struct {
	ChainID, Height, HashHi, HashLo, Dir, Hist, M, MHist T
}

func (b *builder) commit(r commitRow[V], commitment V) {
	h := b.h8([8]V{poseidon.TagCommit + 256*poseidon.CommitmentVersion, r.ChainID, r.Height, r.HashHi, r.HashLo, r.Dir, r.Hist, 0})
	b.assertEq("commit.hash", h, commitment)
	b.produce("commit.dir", busNode, r.M, b.at(0, own, r.Dir), b.at(1, fixed, 1), b.at(2, fixed, treeDirectory))
	b.produce("commit.history", busNode, r.MHist, b.at(0, own, r.Hist), b.at(1, fixed, 1), b.at(2, fixed, treeHistory))
}

// nodeRow opens an inner node: its hash is consumed, its children are offered.
type nodeRow[T any] struct {
	Tree, G T
	X, M    [8]T
}

func (b *builder) node(r nodeRow[V]) {
	const l = "node"
	g, tree := b.at(1, own, r.G), b.at(2, own, r.Tree)
	b.read(l+".hash", busNode, 1, b.at(0, own, b.h8(r.X)), g, tree)
	for j := range r.X {
		b.produce(l+".child", busNode, r.M[j], b.at(0, own, r.X[j]), b.shift(b.times(g, 8), int64(j)), tree)
	}
}

// entryRow opens a directory entry: name, length and root of a collection, now
// or Age heights ago. The tree that it stands in says which.
type entryRow[T any] struct {
	Act                          T
	Handle, Age                  T
	Name, D, Items, Root, Hi, Lo T
	Len                          u32[T]
	P8, MRoot, MEntry, MItems    T
}

func (b *builder) entry(r entryRow[V]) {
	const l = "entry"
	b.boolean(l+".act", r.Act)
	b.assertMul(l+".unused", r.MRoot, b.not(r.Act), 0)
	b.assertMul(l+".unused", r.MEntry, b.not(r.Act), 0)
	b.assertMul(l+".unused", r.MItems, b.not(r.Act), 0)
	n := b.u32(l+".length", r.Len)
	b.limb(l+".handle", 12, r.Handle) // a deeper node is no directory entry
	h := b.h8([8]V{poseidon.TagDir, r.Name, r.D, n, r.Items, r.Root, r.Hi, r.Lo})
	b.read(l+".hash", busNode, r.Act, b.at(0, own, h), b.at(1, own, b.add(r.Handle, dirLeaf)), b.at(2, own, b.aged(treeDirectory, r.Age)))
	b.read(l+".depth", busPow8, r.Act, b.at(0, own, r.D), b.at(1, own, r.P8))
	b.produce(l+".root", busNode, r.MRoot, b.at(0, own, r.Root), b.at(1, fixed, 1), b.at(2, own, b.aged(b.add(r.Handle, treeFirst), r.Age)))
	g1 := b.at(1, own, r.Handle)
	b.produce(l+".out", busEntry, r.MEntry, b.at(0, own, r.Name), g1, b.at(2, own, n), b.at(3, own, r.P8), b.at(4, own, r.Age))
	b.produce(l+".items", busItems, r.MItems, b.at(0, own, r.Items), g1, b.at(2, own, r.Age))
}

// leafRow opens a leaf: item hash and value as four canonical limbs.
type leafRow[T any] struct {
	Tree, G, Item T
	L             [4]u64[T]
	MA, MB, MItem T
}

func (b *builder) leaf(r leafRow[V]) {
	const l = "leaf"
	var v [4]V
	for i := range v {
		v[i] = b.u64(l+".limb", r.L[i])
	}
	h := b.h8([8]V{poseidon.TagLeaf, r.Item, b.add(v[2], b.shl(v[3], 64)), b.add(v[0], b.shl(v[1], 64)), 0, 0, 0, 0})
	b.read(l+".hash", busNode, 1, b.at(0, own, h), b.at(1, own, r.G), b.at(2, own, r.Tree))
	g, tree := b.at(2, own, r.G), b.at(3, own, r.Tree)
	b.produce(l+".low", busLeafA, r.MA, b.at(0, own, v[0]), b.at(1, own, v[1]), g, tree)
	b.produce(l+".high", busLeafB, r.MB, b.at(0, own, v[2]), b.at(1, own, v[3]), g, tree)
	b.produce(l+".item", busItem, r.MItem, b.at(0, own, r.Item), g, tree)
}

// readRow is OpLeaf: item B of collection A as limbs, and whether it needs more
// than 64 bits. index < length and index < 8^depth are both checked (place).
type readRow[T any] struct {
	Act          T
	H            head[T]
	Name         T
	Room, RoomP8 u32[T] // length-1-index, 8^depth-1-index
	L            [4]T
	Inv, Z       T
	M            [4]T // multiplicities of results 1 … 4 (H.M is the first)
}

func (b *builder) stateRead(r readRow[V]) {
	const l = "read"
	h := r.H
	b.booleans(l+".bool", r.Act, h.Bs)
	gF, gS := b.at(2, own, h.F), b.at(1, own, h.S)
	g1, g2 := b.at(1, slot, h.S1), b.at(1, slot, h.S2)
	b.read(l+".rom", busRomP, r.Act, b.key(b.add(int(ir.OpLeaf), b.shl(h.Bs, 8)), h.S1, h.S2), gS)
	b.read(l+".a", busFact, r.Act, b.at(0, own, h.A), g1, gF)
	b.read(l+".b", busFact, r.Act, b.at(0, own, h.B), g2, b.gate(gF, b.not(h.Bs)))

	at := b.place(l, r.Act, r.Name, nil, h.A, h.B, r.Room, r.RoomP8)
	b.read(l+".low", busLeafA, r.Act, b.at(0, own, r.L[0]), b.at(1, own, r.L[1]), at.g, at.tree)
	b.read(l+".high", busLeafB, r.Act, b.at(0, own, r.L[2]), b.at(1, own, r.L[3]), at.g, at.tree)

	upper := b.compose(64, r.L[1], r.L[2], r.L[3])
	b.isZero(l+".wide", upper, r.Inv, r.Z)
	results := [5]V{r.L[0], r.L[1], r.L[2], r.L[3], b.not(r.Z)}
	for k, v := range results {
		m := h.M
		if k > 0 {
			m = r.M[k-1]
		}
		b.assertMul(l+".unused", m, b.not(r.Act), 0)
		b.produce(l+".out", busFact, m, b.at(0, own, v), b.shift(gS, int64(k)), gF)
	}
}

// lenRow is OpLen: length of collection A.
type lenRow[T any] struct {
	Act              T
	H                head1[T]
	Name, Length, P8 T
}

func (b *builder) length(r lenRow[V]) {
	const l = "len"
	b.boolean(l+".act", r.Act)
	b.assertMul(l+".unused", r.H.M, b.not(r.Act), 0)
	gF, gS, g1 := b.at(2, own, r.H.F), b.at(1, own, r.H.S), b.at(1, slot, r.H.S1)
	b.read(l+".rom", busRomP, r.Act, b.key(int(ir.OpLen), r.H.S1), gS)
	b.read(l+".a", busFact, r.Act, b.at(0, own, r.H.A), g1, gF)
	b.read(l+".entry", busEntry, r.Act, b.at(0, own, r.Name), b.at(1, own, r.H.A), b.at(2, own, r.Length), b.at(3, own, r.P8))
	b.produce(l+".out", busFact, r.H.M, b.at(0, own, r.Length), gS, gF)
}

// findRow is OpFind: handle R of the collection whose name element has limbs
// A, B, C, D. The element is below 2^253 because the host library bounds the
// length, so the limbs do not wrap around r.
type findRow[T any] struct {
	Act                  T
	H                    head[T]
	S3, S4, Cs, Ds, C, D T
	R, Length, P8        T
}

func (b *builder) find(r findRow[V]) {
	const l = "find"
	h := r.H
	b.booleans(l+".bool", r.Act, h.Bs, r.Cs, r.Ds)
	b.assertMul(l+".unused", h.M, b.not(r.Act), 0)
	gF, gS := b.at(2, own, h.F), b.at(1, own, h.S)
	g := [4]term{b.at(1, slot, h.S1), b.at(1, slot, h.S2), b.at(1, slot, r.S3), b.at(1, slot, r.S4)}
	code := b.add(int(ir.OpFind), b.shl(h.Bs, 8), b.shl(r.Cs, 9), b.shl(r.Ds, 10))
	b.read(l+".rom", busRomP, r.Act, b.key(code, h.S1, h.S2, r.S3, r.S4), gS)
	b.read(l+".a", busFact, r.Act, b.at(0, own, h.A), g[0], gF)
	b.read(l+".b", busFact, r.Act, b.at(0, own, h.B), g[1], b.gate(gF, b.not(h.Bs)))
	b.read(l+".c", busFact, r.Act, b.at(0, own, r.C), g[2], b.gate(gF, b.not(r.Cs)))
	b.read(l+".d", busFact, r.Act, b.at(0, own, r.D), g[3], b.gate(gF, b.not(r.Ds)))
	name := b.compose(64, h.A, h.B, r.C, r.D)
	b.read(l+".entry", busEntry, r.Act, b.at(0, own, name), b.at(1, own, r.R), b.at(2, own, r.Length), b.at(3, own, r.P8))
	b.produce(l+".out", busFact, h.M, b.at(0, own, r.R), gS, gF)
}

// depthTable offers d | 8^d.
func (b *builder) depthTable(m []V) {
	for d := range m {
		b.produce("depth-table", busPow8, m[d], b.at(0, fixed, d), b.at(1, fixed, new(big.Int).Lsh(big.NewInt(1), uint(3*d))))
	}
}
