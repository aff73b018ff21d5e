package circuit

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// Range tables: one tuple (value | bits) for each value of each width. 64 bits
// are 4 limbs of 13 and one of 12, 32 bits are 13+13+6: no table width is
// checked with a shifted copy.
var rangeWidths = [...]uint{6, 8, 12, 13}

// u64 is a value below 2^64 given by its limbs.
type u64[T any] struct{ L [5]T }

// u32 is a value below 2^32 given by its limbs.
type u32[T any] struct{ L [3]T }

// u26 is a value below 2^26 given by its limbs.
type u26[T any] struct{ L [2]T }

// limb demands v < 2^bits, bits one of rangeWidths.
func (b *builder) limb(label string, bits uint, v V) {
	b.read(label, busRange, 1, b.at(0, own, v), b.at(1, fixed, int(bits)))
}

func (b *builder) u64(label string, u u64[V]) V {
	for _, l := range u.L[:4] {
		b.limb(label, 13, l)
	}
	b.limb(label, 12, u.L[4])
	return b.compose(13, u.L[:]...)
}

func (b *builder) u32(label string, u u32[V]) V {
	b.limb(label, 13, u.L[0])
	b.limb(label, 13, u.L[1])
	b.limb(label, 6, u.L[2])
	return b.compose(13, u.L[:]...)
}

func (b *builder) u26(label string, u u26[V]) V {
	b.limb(label, 13, u.L[0])
	b.limb(label, 13, u.L[1])
	return b.compose(13, u.L[:]...)
}

func limbsOf(x uint64, out []fr.Element) {
	for i := range out {
		out[i].SetUint64(x & 0x1fff)
		x >>= 13
	}
}

func split64(x uint64) (u u64[fr.Element]) { limbsOf(x, u.L[:]); return u }
func split32(x uint64) (u u32[fr.Element]) { limbsOf(x, u.L[:]); return u }
func split26(x uint64) (u u26[fr.Element]) { limbsOf(x, u.L[:]); return u }

func u(x uint64) (e fr.Element) { e.SetUint64(x); return e }

func bit(x bool) (e fr.Element) {
	if x {
		e.SetOne()
	}
	return e
}

// inverse is 1/x, or 0 for 0.
func inverse(x fr.Element) (e fr.Element) { e.Inverse(&x); return e }
