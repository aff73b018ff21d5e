package circuit

import "math/big"

// part is the part of a cell that an event of 1, 2 or 4 bytes accesses if it is
// aligned: the bytes of the cell, the bits of the offset in it, and the width
// (Ge2: at least 2 bytes, Ge4: 4).
type part[T any] struct {
	Bytes    [8]T
	O        [3]T
	Ge2, Ge4 T
}

// parted is what cellPart derives.
type parted struct {
	cell, addr V // the cell and its address
	val        V // the accessed bytes, zero-extended
	top        V // the last of them
	width      V
}

func (b *builder) cellPart(l string, x evt, p part[V]) parted {
	for _, v := range p.Bytes {
		b.limb(l+".bytes", 8, v)
	}
	b.booleans(l+".offset", p.O[:]...)
	b.booleans(l+".width", p.Ge2, p.Ge4)
	b.assertMul(l+".order", p.Ge4, b.not(p.Ge2), 0)
	b.assertMul(l+".aligned", p.Ge2, p.O[0], 0)
	b.assertMul(l+".aligned", p.Ge4, p.O[1], 0)
	// the word, the half of it and the byte of that which the offset selects
	var word [4]V
	for i := range word {
		word[i] = b.mux(p.O[2], p.Bytes[i], p.Bytes[i+4])
	}
	half := [2]V{b.mux(p.O[1], word[0], word[2]), b.mux(p.O[1], word[1], word[3])}
	low := b.mux(p.O[0], half[0], half[1])
	// an aligned access of 2 or 4 bytes has low = half[0] = the first of them
	val := b.widen(p, [4]V{low, half[1], word[2], word[3]})
	off := b.compose(1, p.O[:]...)
	return parted{
		cell: b.compose(8, p.Bytes[:]...), addr: b.sub(x.addr, off), val: val,
		top:   b.mux(p.Ge4, b.mux(p.Ge2, low, half[1]), word[3]),
		width: b.add(1, p.Ge2, b.shl(p.Ge4, 1)),
	}
}

// widen keeps as many bytes as the width says.
func (b *builder) widen(p part[V], c [4]V) V {
	return b.add(c[0], b.mul(p.Ge2, b.shl(c[1], 8)), b.mul(p.Ge4, b.add(b.shl(c[2], 16), b.shl(c[3], 24))))
}

// loadPartRow: an aligned load of 1, 2 or 4 bytes, extended.
type loadPartRow[T any] struct {
	E                event[T]
	P                part[T]
	Signed, Wide, Sg T
	Dst, M           T
}

func (b *builder) loadPart(r loadPartRow[V]) {
	const l = "load-part"
	x := b.event(l, r.E)
	p := b.cellPart(l, x, r.P)
	b.booleans(l+".flags", r.Signed, r.Wide, r.Sg)
	b.sign(l, p.top, r.Sg)
	// extension: 2^32 or 2^64, less 2^(8 width)
	full := b.add(pow2(32), b.scale(r.Wide, new(big.Int).Sub(pow2(64), pow2(32))))
	have := b.add(pow2(8), b.scale(r.P.Ge2, big.NewInt(1<<16-1<<8)), b.scale(r.P.Ge4, big.NewInt(1<<32-1<<16)))
	val := b.add(p.val, b.mul(b.mul(r.Signed, r.Sg), b.sub(full, have)))
	b.access(l, r.E.Act, r.E, x, r.E.Age, p.addr, p.cell, p.cell)
	b.load(l, r.E, x, b.add(p.width, b.shl(r.Signed, 4), b.shl(r.Wide, 5)), r.Dst, r.M, val)
}

// storePartRow: an aligned store of the low 1, 2 or 4 bytes V of a value; Rest
// is what is above them.
type storePartRow[T any] struct {
	E    event[T]
	P    part[T]
	S    storeOp[T]
	V    [4]T
	Rest u32[T]
}

func (b *builder) storePart(r storePartRow[V]) {
	const l = "store-part"
	x := b.event(l, r.E)
	p := b.cellPart(l, x, r.P)
	for _, v := range r.V {
		b.limb(l+".value", 8, v)
	}
	rest := b.u32(l+".rest", r.Rest)
	b.assertEq(l+".operand", b.add(b.compose(8, r.V[:]...), b.shl(rest, 32)), r.S.Val)
	keep := b.widen(r.P, r.V)
	// 2^(8 offset)
	place := b.mul(b.add(1, b.scale(r.P.O[1], big.NewInt(1<<16-1))), b.add(1, b.scale(r.P.O[0], big.NewInt(1<<8-1))))
	place = b.mul(place, b.add(1, b.scale(r.P.O[2], big.NewInt(1<<32-1))))
	now := b.add(p.cell, b.mul(b.sub(keep, p.val), place))
	b.access(l, r.E.Act, r.E, x, r.E.Age, p.addr, p.cell, now)
	b.store(l, r.E, x, p.width, r.S)
}
