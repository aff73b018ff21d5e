package circuit

import "math/big"

// window is the part of an event of any width at any offset: the 16 bytes of
// two neighbouring cells, offset o (one-hot H) and width (one-hot W: 1, 2, 4, 8).
type window[T any] struct {
	Bytes [16]T
	H     [8]T
	W     [4]T
	Age2  u26[T]
}

// windowed is what window derives.
type windowed struct {
	c0, c1    V // cells
	addr      V // of the first cell
	two       V // 1 if the access straddles both
	chunk     [5]V
	ge2, ge4  V // width at least 2, 4
	widthCode V
	low       V // the accessed bytes, zero-extended
}

func (b *builder) window(l string, x evt, w window[V]) windowed {
	var r windowed
	for _, v := range w.Bytes {
		b.limb(l+".bytes", 8, v)
	}
	b.booleans(l+".onehot", w.H[:]...)
	b.booleans(l+".width", w.W[:]...)
	b.assertEq(l+".offset", b.add(w.H[0], w.H[1:]...), 1)
	b.assertEq(l+".widths", b.add(w.W[0], w.W[1:]...), 1)
	off := w.H[1]
	for o := int64(2); o < 8; o++ {
		off = b.add(off, b.scale(w.H[o], big.NewInt(o)))
	}
	r.addr = b.sub(x.addr, off)
	r.c0, r.c1 = b.compose(8, w.Bytes[:8]...), b.compose(8, w.Bytes[8:]...)
	r.two = b.add(b.mul(w.W[1], w.H[7]), b.mul(w.W[2], b.add(w.H[5], w.H[6], w.H[7])), b.mul(w.W[3], b.not(w.H[0])))
	// chunks of the window at o: bytes 0, 1, 2, 3 and the word 4..7
	at := [5][2]int{{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 8}}
	for k, span := range at {
		var sum V
		for o := range 8 {
			p := b.mul(w.H[o], b.compose(8, w.Bytes[o+span[0]:o+span[1]]...))
			if o == 0 {
				sum = p
			} else {
				sum = b.add(sum, p)
			}
		}
		r.chunk[k] = sum
	}
	r.ge4 = b.add(w.W[2], w.W[3])
	r.ge2 = b.add(w.W[1], r.ge4)
	r.widthCode = b.add(w.W[0], b.shl(w.W[1], 1), b.shl(w.W[2], 2), b.shl(w.W[3], 3))
	r.low = b.clip(w, r, r.chunk)
	return r
}

// clip keeps as many chunks as the width says.
func (b *builder) clip(w window[V], r windowed, c [5]V) V {
	return b.add(c[0], b.mul(r.ge2, b.shl(c[1], 8)),
		b.mul(r.ge4, b.add(b.shl(c[2], 16), b.shl(c[3], 24))),
		b.mul(w.W[3], b.shl(c[4], 32)))
}

// sign demands that sg is bit 7 of the byte top: 2 top - 256 sg is an even
// number in 0 … 255 for one sg only.
func (b *builder) sign(l string, top, sg V) {
	b.limb(l+".sign", 8, b.sub(b.shl(top, 1), b.shl(sg, 8)))
}

// loadAnyRow: any load. Sg is the sign bit of the loaded bytes.
type loadAnyRow[T any] struct {
	E            event[T]
	Win          window[T]
	Signed, Wide T
	Sg           T
	Dst, M       T
}

func (b *builder) loadAny(r loadAnyRow[V]) {
	const l = "load-any"
	x := b.event(l, r.E)
	w := b.window(l, x, r.Win)
	b.booleans(l+".flags", r.Signed, r.Wide, r.Sg)
	// sign byte of widths 1, 2, 4
	top := b.add(b.mul(r.Win.W[0], w.chunk[0]), b.mul(r.Win.W[1], w.chunk[1]), b.mul(r.Win.W[2], w.chunk[3]))
	b.sign(l, top, r.Sg)
	// extension: 2^32 or 2^64, less 2^(8 width)
	full := b.add(pow2(32), b.scale(r.Wide, new(big.Int).Sub(pow2(64), pow2(32))))
	have := b.add(b.shl(r.Win.W[0], 8), b.shl(r.Win.W[1], 16), b.shl(r.Win.W[2], 32))
	val := b.add(w.low, b.mul(b.mul(r.Signed, r.Sg), b.sub(full, have)))
	b.access(l, r.E.Act, r.E, x, r.E.Age, w.addr, w.c0, w.c0)
	b.access(l+"2", b.mul(w.two, r.E.Act), r.E, x, r.Win.Age2, b.add(w.addr, 8), w.c1, w.c1)
	code := b.add(w.widthCode, b.shl(r.Signed, 4), b.shl(r.Wide, 5))
	b.load(l, r.E, x, code, r.Dst, r.M, val)
}

// storeAnyRow: any store. V are the bytes of the operand, N0 and N1 the new cells.
type storeAnyRow[T any] struct {
	E      event[T]
	Win    window[T]
	S      storeOp[T]
	V      [8]T
	N0, N1 u64[T]
}

func (b *builder) storeAny(r storeAnyRow[V]) {
	const l = "store-any"
	x := b.event(l, r.E)
	w := b.window(l, x, r.Win)
	for _, v := range r.V {
		b.limb(l+".value", 8, v)
	}
	b.assertEq(l+".operand", b.compose(8, r.V[:]...), r.S.Val)
	keep := b.clip(r.Win, w, [5]V{r.V[0], r.V[1], r.V[2], r.V[3], b.compose(8, r.V[4:]...)})
	place := b.compose(8, r.Win.H[:]...) // 2^(8 offset)
	n0, n1 := b.u64(l+".new0", r.N0), b.u64(l+".new1", r.N1)
	// new window = old window + (value - old bytes) 2^(8 offset)
	b.assertMul(l+".cells", b.sub(keep, w.low), place,
		b.sub(b.add(n0, b.shl(n1, 64)), b.add(w.c0, b.shl(w.c1, 64))))
	b.access(l, r.E.Act, r.E, x, r.E.Age, w.addr, w.c0, n0)
	b.access(l+"2", b.mul(w.two, r.E.Act), r.E, x, r.Win.Age2, b.add(w.addr, 8), w.c1, n1)
	b.store(l, r.E, x, w.widthCode, r.S)
}
