package circuit

import "vmhost/proofs/zkwasm/ir"

// event is what every memory event row carries. Unused rows have Act 0. The
// token fixes MP, F and Tau. The region is 0 … 3 without a check: a cell's tuple
// in no other region is ever written first.
type event[T any] struct {
	Act, MP, F, Tau    T
	S1, B1, Imm, Space T
	A                  T      // address operand
	Age                u26[T] // Tau - previous tick - 1 of the (first) cell
}

// evt is an event's shared terms.
type evt struct {
	f, region, tau term
	imm            V
	key            term // MP, region and address slot of the ROM entry, see bus.go
	addr           V    // A + Imm
}

func (b *builder) event(l string, e event[V]) evt {
	b.booleans(l+".bool", e.Act, e.B1)
	g2, g3 := b.at(2, own, e.F), b.at(3, own, e.Tau)
	b.read(l+".token-in", busToken, e.Act, b.at(0, own, e.MP), g2, g3)
	b.write(l+".token-out", busToken, e.Act, b.at(0, own, b.add(e.MP, 1)), g2, b.shift(g3, 1))
	b.read(l+".addr", busFact, e.Act, b.at(0, own, e.A), b.at(1, slot, e.S1), b.gate(g2, b.not(e.B1)))
	return evt{
		f: g2, tau: g3, imm: e.Imm, region: b.at(2, region, e.Space), addr: b.add(e.A, e.Imm),
		key: b.plus(b.at(0, exact, e.MP), 48, b.at(0, slot, e.S1)),
	}
}

// access reads cell value old at addr and leaves value now there.
func (b *builder) access(l string, act V, e event[V], x evt, age u26[V], addr, old, now V) {
	prev := b.sub(b.sub(e.Tau, 1), b.u26(l+".age", age))
	a := b.at(1, own, addr)
	b.read(l+".cell-in", busMem, act, b.at(0, own, old), a, x.region, b.at(3, own, prev))
	b.write(l+".cell-out", busMem, act, b.at(0, own, now), a, x.region, x.tau)
}

// load ties a load to its ROM entry and offers its result. code excludes region.
func (b *builder) load(l string, e event[V], x evt, code, dst, m, val V) {
	p0 := b.plus(x.key, 30, b.at(0, flag, b.add(e.B1, b.shl(code, 1))))
	p0 = b.plus(p0, 37, b.at(0, region, e.Space))
	to := b.at(1, own, dst)
	b.read(l+".rom", busRomL, e.Act, p0, to, b.at(2, own, x.imm))
	b.assertMul(l+".unused", m, b.not(e.Act), 0)
	b.produce(l+".out", busFact, m, b.at(0, own, val), to, x.f)
}

// storeOp is what stores add: the value operand.
type storeOp[T any] struct{ S2, B2, Val T }

func (b *builder) store(l string, e event[V], x evt, code V, s storeOp[V]) {
	b.boolean(l+".b2", s.B2)
	p0 := b.plus(x.key, 30, b.at(0, flag, b.add(e.B1, b.shl(s.B2, 1), b.shl(code, 2))))
	p0 = b.plus(b.plus(p0, 38, b.at(0, region, e.Space)), 88, b.at(0, slot, s.S2))
	b.read(l+".rom", busRomSt, e.Act, p0, b.at(1, own, x.imm))
	b.read(l+".val", busFact, e.Act, b.at(0, own, s.Val), b.at(1, slot, s.S2), b.gate(x.f, b.not(s.B2)))
}

// storeCode is the ROM word of a store beside its place.
func storeCode(m *ir.Mem) uint64 {
	return boolBit(m.Addr.Const, 0) | boolBit(m.Val.Const, 1) | MemCode(m)<<2
}

// MemCode is the ROM code of an event: width, sign flags, region, growth, keccak.
func MemCode(m *ir.Mem) uint64 {
	c := uint64(m.Width) | uint64(m.Region)<<6
	if m.Signed {
		c |= 16
	}
	if m.Wide {
		c |= 32
	}
	if m.Grow {
		c |= 256
	}
	if m.Keccak {
		c |= 512
	}
	return c
}

// load64 and store64: 8 bytes, 8-aligned (only multiples of 8 exist as cells).
type load64Row[T any] struct {
	E           event[T]
	Dst, Val, M T
}

func (b *builder) load64(r load64Row[V]) {
	const l = "load64"
	x := b.event(l, r.E)
	b.access(l, r.E.Act, r.E, x, r.E.Age, x.addr, r.Val, r.Val)
	b.load(l, r.E, x, 8, r.Dst, r.M, r.Val)
}

type store64Row[T any] struct {
	E   event[T]
	S   storeOp[T]
	Old T
}

func (b *builder) store64(r store64Row[V]) {
	const l = "store64"
	x := b.event(l, r.E)
	b.access(l, r.E.Act, r.E, x, r.E.Age, x.addr, r.Old, r.S.Val)
	b.store(l, r.E, x, 8, r.S)
}

// load32: 4 bytes at either half (High) of a cell, zero-extended.
type load32Row[T any] struct {
	E      event[T]
	High   T
	Lo, Hi u32[T]
	Dst, M T
}

func (b *builder) load32(r load32Row[V]) {
	const l = "load32"
	x := b.event(l, r.E)
	b.boolean(l+".high", r.High)
	lo, hi := b.u32(l+".lo", r.Lo), b.u32(l+".hi", r.Hi)
	c := b.add(lo, b.shl(hi, 32))
	b.access(l, r.E.Act, r.E, x, r.E.Age, b.sub(x.addr, b.shl(r.High, 2)), c, c)
	b.load(l, r.E, x, 4, r.Dst, r.M, b.add(lo, b.mul(r.High, b.sub(hi, lo))))
}

// store32: 4 bytes of a value below 2^32 to either half of a cell.
type store32Row[T any] struct {
	E           event[T]
	S           storeOp[T]
	High        T
	Lo, Hi, New u32[T]
}

func (b *builder) store32(r store32Row[V]) {
	const l = "store32"
	x := b.event(l, r.E)
	b.boolean(l+".high", r.High)
	lo, hi, n := b.u32(l+".lo", r.Lo), b.u32(l+".hi", r.Hi), b.u32(l+".new", r.New)
	b.assertEq(l+".operand", r.S.Val, n)
	// the kept half stays: new cell = n + 2^32 hi, or lo + 2^32 n
	low := b.add(n, b.shl(hi, 32))
	now := b.add(low, b.mul(r.High, b.sub(b.add(lo, b.shl(n, 32)), low)))
	b.access(l, r.E.Act, r.E, x, r.E.Age, b.sub(x.addr, b.shl(r.High, 2)), b.add(lo, b.shl(hi, 32)), now)
	b.store(l, r.E, x, 4, r.S)
}
