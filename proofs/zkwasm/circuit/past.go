package circuit

import (
	"vmhost/proofs/zkwasm/ir"
	"vmhost/statecache/poseidon"
)

// The directory and the collections of the block age heights below have the
// tree numbers of the current ones plus age * 2^40: handles are i32, so no two of
// these numbers are equal, nor that of the history. Entries carry the age in a
// power of its own.
const (
	ageStride   = 40
	treeHistory = 1 << 39
	historyLeaf = 1 << 33 // heap index of the leaf of height 0 (depth 11)
)

func (b *builder) aged(v, age V) V { return b.add(v, b.shl(age, ageStride)) }

// pastRow opens the block Age + 1 heights below the current one through the
// history: a leaf whose index is its height. The height is below 2^33, so a
// greater age has none and no deeper node is one.
type pastRow[T any] struct {
	Act, M            T
	Age               u32[T]
	Height            [3]T
	HashHi, HashLo, D T
}

func (b *builder) past(r pastRow[V], current V) {
	const l = "past"
	b.boolean(l+".act", r.Act)
	b.assertMul(l+".unused", r.M, b.not(r.Act), 0)
	age := b.add(b.u32(l+".age", r.Age), 1)
	for i, bits := range [...]uint{13, 12, 8} {
		b.limb(l+".range", bits, r.Height[i])
	}
	height := b.add(r.Height[0], b.shl(r.Height[1], 13), b.shl(r.Height[2], 25))
	b.assertMul(l+".height", r.Act, b.sub(b.add(height, age), current), 0)
	h := b.h8([8]V{poseidon.TagHistory, height, r.HashHi, r.HashLo, r.D, 0, 0, 0})
	b.read(l+".leaf", busNode, r.Act, b.at(0, own, h), b.at(1, own, b.add(height, historyLeaf)), b.at(2, fixed, treeHistory))
	b.produce(l+".directory", busNode, r.M, b.at(0, own, r.D), b.at(1, fixed, 1), b.at(2, own, b.aged(treeDirectory, age)))
}

// agedRow is OpAged: item C of collection B as it was A heights ago. The
// collection has the same name now and then, and the item is the same. Age 0
// opens the current collection twice.
type agedRow[T any] struct {
	Act        T
	H          head[T]
	S3, Cs, C  T
	Name, Item T
	Now, Then  [2]u32[T] // length-1-index, 8^depth-1-index
	L          [4]T
	M          [4]T
}

func (b *builder) agedRead(r agedRow[V]) {
	const l = "aged"
	h := r.H
	b.booleans(l+".bool", r.Act, h.Bs, r.Cs)
	gF, gS := b.at(2, own, h.F), b.at(1, own, h.S)
	g1, g2, g3 := b.at(1, slot, h.S1), b.at(1, slot, h.S2), b.at(1, slot, r.S3)
	b.read(l+".rom", busRomP, r.Act, b.key(b.add(int(ir.OpAged), b.shl(h.Bs, 8), b.shl(r.Cs, 9)), h.S1, h.S2, r.S3), gS)
	b.read(l+".a", busFact, r.Act, b.at(0, own, h.A), g1, gF)
	b.read(l+".b", busFact, r.Act, b.at(0, own, h.B), g2, b.gate(gF, b.not(h.Bs)))
	b.read(l+".c", busFact, r.Act, b.at(0, own, r.C), g3, b.gate(gF, b.not(r.Cs)))

	now := b.place(l+".now", r.Act, r.Name, nil, h.B, r.C, r.Now[0], r.Now[1])
	then := b.place(l+".then", r.Act, r.Name, h.A, h.B, r.C, r.Then[0], r.Then[1])
	b.read(l+".item-now", busItem, r.Act, b.at(0, own, r.Item), now.g, now.tree)
	b.read(l+".item-then", busItem, r.Act, b.at(0, own, r.Item), then.g, then.tree)
	b.read(l+".low", busLeafA, r.Act, b.at(0, own, r.L[0]), b.at(1, own, r.L[1]), then.g, then.tree)
	b.read(l+".high", busLeafB, r.Act, b.at(0, own, r.L[2]), b.at(1, own, r.L[3]), then.g, then.tree)
	b.results(l, r.Act, gS, gF, r.L[:], r.M[:])
}
