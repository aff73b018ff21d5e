package circuit

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/ir"
	"vmhost/statecache/poseidon"
)

// bytes32 demands that v are bytes and returns them as a big-endian number in
// two halves.
func (b *builder) bytes32(label string, v []V) (hi, lo V) {
	for _, x := range v {
		b.limb(label, 8, x)
	}
	return b.bigEndian(v[:16]), b.bigEndian(v[16:])
}

func (b *builder) bigEndian(v []V) V {
	parts := make([]V, len(v))
	for i := range v {
		parts[i] = b.shl(v[i], uint(8*(len(v)-1-i)))
	}
	return b.add(parts[0], parts[1:]...)
}

// words packs bytes as a guest's memory does, 8 to a word.
func (b *builder) words(v []V) (out []V) {
	for ; len(v) > 8; v = v[8:] {
		out = append(out, b.compose(8, v[:8]...))
	}
	return append(out, b.compose(8, v...))
}

// results offers words as the result slots from h.S on. Multiplicities are m.
func (b *builder) results(l string, act V, gS, gF term, words, m []V) {
	for k, v := range words {
		b.assertMul(l+".unused", m[k], b.not(act), 0)
		b.produce(l+".out", busFact, m[k], b.at(0, own, v), b.shift(gS, int64(k)), gF)
	}
}

// manifestRow is OpManifest: the items root of collection A as bytes, which are
// those of a number below r: the root plus Dhi 2^128 + Dlo is r - 1.
type manifestRow[T any] struct {
	Act   T
	H     head1[T]
	Bytes [32]T
	D     [4]u64[T]
	Carry T
	M     [4]T
}

func (b *builder) manifest(r manifestRow[V]) {
	const l = "manifest"
	b.booleans(l+".bool", r.Act, r.Carry)
	gF, gS, g1 := b.at(2, own, r.H.F), b.at(1, own, r.H.S), b.at(1, slot, r.H.S1)
	b.read(l+".rom", busRomP, r.Act, b.key(int(ir.OpManifest), r.H.S1), gS)
	b.read(l+".a", busFact, r.Act, b.at(0, own, r.H.A), g1, gF)
	hi, lo := b.bytes32(l+".byte", r.Bytes[:])
	b.read(l+".root", busItems, r.Act, b.at(0, own, b.add(lo, b.shl(hi, 128))), b.at(1, own, r.H.A))
	var d [4]V
	for i := range d {
		d[i] = b.u64(l+".below", r.D[i])
	}
	topHi, topLo := topElement()
	b.assertEq(l+".canonical-low", b.add(lo, d[0], b.shl(d[1], 64)), b.add(topLo, b.shl(r.Carry, 128)))
	b.assertEq(l+".canonical-high", b.add(hi, d[2], b.shl(d[3], 64), r.Carry), topHi)
	b.results(l, r.Act, gS, gF, b.words(r.Bytes[:]), r.M[:])
}

// topElement is r - 1 in two halves of 128 bits.
func topElement() (hi, lo *big.Int) {
	top := new(big.Int).Sub(fr.Modulus(), big.NewInt(1))
	hi = new(big.Int).Rsh(top, 128)
	return hi, top.Sub(top, new(big.Int).Lsh(hi, 128))
}

// itemBytes is what OpItem answers: kind, address, slot, key, as on chain.
const itemBytes = 1 + 20 + 32 + 32

// itemRow is OpItem: the preimage of the item hash under leaf B of collection
// A, as bytes. index < length and index < 8^depth are both checked.
type itemRow[T any] struct {
	Act          T
	H            head[T]
	Name         T
	Room, RoomP8 u32[T]
	Bytes        [itemBytes]T
	M            [ir.ItemWords]T
}

func (b *builder) item(r itemRow[V]) {
	const l = "item"
	h := r.H
	b.booleans(l+".bool", r.Act, h.Bs)
	gF, gS := b.at(2, own, h.F), b.at(1, own, h.S)
	g1, g2 := b.at(1, slot, h.S1), b.at(1, slot, h.S2)
	b.read(l+".rom", busRomP, r.Act, b.key(b.add(int(ir.OpItem), b.shl(h.Bs, 8)), h.S1, h.S2), gS)
	b.read(l+".a", busFact, r.Act, b.at(0, own, h.A), g1, gF)
	b.read(l+".b", busFact, r.Act, b.at(0, own, h.B), g2, b.gate(gF, b.not(h.Bs)))
	at := b.place(l, r.Act, r.Name, nil, h.A, h.B, r.Room, r.RoomP8)

	v := r.Bytes[:]
	b.limb(l+".kind", 8, v[0])
	for _, x := range v[1:21] {
		b.limb(l+".address", 8, x)
	}
	slotHi, slotLo := b.bytes32(l+".slot", v[21:53])
	keyHi, keyLo := b.bytes32(l+".key", v[53:85])
	hash := b.h8([8]V{b.add(poseidon.TagItem, b.shl(v[0], 8)), b.bigEndian(v[1:21]), slotHi, slotLo, keyHi, keyLo, 0, 0})
	b.read(l+".hash", busItem, r.Act, b.at(0, own, hash), at.g, at.tree)
	b.results(l, r.Act, gS, gF, b.words(v), r.M[:])
}

// placed is where a leaf stands, as terms of powers 2 and 3.
type placed struct{ g, tree term }

// place demands that collection handle, called name, had an item index age
// blocks ago (nil: now), and says where its leaf stands.
func (b *builder) place(l string, act, name, age, handle, index V, room, roomP8 u32[V]) placed {
	tree, when := b.add(handle, treeFirst), b.at(4, fixed, 0)
	if age != nil {
		tree, when = b.aged(tree, age), b.at(4, own, age)
	}
	length := b.add(index, 1, b.u32(l+".length", room))
	p8 := b.add(index, 1, b.u32(l+".depth", roomP8))
	b.read(l+".entry", busEntry, act, b.at(0, own, name), b.at(1, own, handle), b.at(2, own, length), b.at(3, own, p8), when)
	return placed{b.at(2, own, b.add(p8, index)), b.at(3, own, tree)}
}
