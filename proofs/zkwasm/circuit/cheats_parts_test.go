package circuit

import (
	"fmt"
	"math/big"
	"strconv"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// anyRows are the rows of the universal chips with one byte at an offset from 1
// to 4, or at 0.
func (h *harness) anyRows(atZero bool, f func(kind string, i, o int)) {
	for _, kind := range []string{"LoadAny", "StoreAny"} {
		rows, _ := h.live(kind)
		for _, i := range rows {
			if !h.is(i, ".Win.W.0", 1) || kind == "LoadAny" && !h.is(i, ".Signed", 0) {
				continue
			}
			for o := range 5 {
				if h.is(i, fmt.Sprintf(".Win.H.%d", o), 1) && atZero == (o == 0) {
					f(kind, i, o)
				}
			}
		}
	}
}

func (h *harness) bytes(i int) (b [16]int64) {
	for k := range b {
		x := h.val(i, fmt.Sprintf(".Win.Bytes.%d", k))
		b[k] = int64(x.Uint64())
	}
	return b
}

// blurOffset takes x of the bytes on both sides of the one accessed: the
// offset, a mean, stays.
func blurOffset(h *harness) (out [][]edit) {
	h.anyRows(false, func(kind string, i, o int) {
		b := h.bytes(i)
		curve := b[o-1] + b[o+1] - 2*b[o]
		if curve == 0 {
			return
		}
		want := b[o] ^ 1
		x := div(want-b[o], curve)
		mid := fr.One()
		mid.Sub(&mid, &x).Sub(&mid, &x)
		n := func(k int) string { return fmt.Sprintf(".Win.H.%d", k) }
		e := []edit{h.edit(i, n(o-1), x), h.edit(i, n(o), mid), h.edit(i, n(o+1), x)}
		if kind == "LoadAny" {
			e = append(e, h.edit(i, ".Sg", u(uint64(want>>7))))
			out = append(out, e)
			return
		}
		// x = ±1: the store lands at 2^(8(o-1)) (256 + 65025 x), off by what is lost of the byte
		v := h.val(i, ".V.0")
		for _, x := range []int64{1, -1, 2, -2} {
			e := []edit{h.edit(i, n(o-1), div(x, 1)), h.edit(i, n(o), div(1-2*x, 1)), h.edit(i, n(o+1), div(x, 1))}
			keep := int64(v.Uint64())
			d := (keep-b[o]-x*curve)*(256+65025*x) - (keep-b[o])*256
			out = append(out, h.newCell(i, e, shifted(d, 8*(o-1)))...)
		}
	})
	return out
}

// newCell makes the first new cell of a store larger by d, if it can.
func (h *harness) newCell(i int, e []edit, d *big.Int) [][]edit {
	n := new(big.Int)
	for k := 4; k >= 0; k-- {
		l := h.val(i, fmt.Sprintf(".N0.L.%d", k))
		n.Lsh(n, 13).Add(n, new(big.Int).SetUint64(l.Uint64()))
	}
	n.Add(n, d)
	if n.Sign() < 0 || n.BitLen() > 64 {
		return nil
	}
	return [][]edit{append(e, h.limbs(i, ".N0", ptr(split64(n.Uint64())).L[:])...)}
}

func shifted(d int64, k int) *big.Int { return new(big.Int).Lsh(big.NewInt(d), uint(k)) }

// blurWidth mixes widths whose codes add up to that of one byte.
func blurWidth(h *harness) (out [][]edit) {
	h.anyRows(true, func(kind string, i, _ int) {
		b := h.bytes(i)
		if kind == "StoreAny" {
			// W = (1 + 2x, -3x, x, 0): -2x of the second byte, x of the two after
			var v [4]int64
			for k := range v {
				f := h.val(i, fmt.Sprintf(".V.%d", k))
				v[k] = int64(f.Uint64()) - b[k]
			}
			for x := int64(-3); x < 4; x++ {
				e := []edit{h.edit(i, ".Win.W.0", div(1+2*x, 1)), h.edit(i, ".Win.W.1", div(-3*x, 1)), h.edit(i, ".Win.W.2", div(x, 1))}
				if d := -2*x*v[1]<<8 + x*(v[2]<<16+v[3]<<24); d != 0 {
					out = append(out, h.newCell(i, e, big.NewInt(d))...)
				}
			}
			return
		}
		// W = (1 + 2c + 6d, -3c - 7d, c, d): solve for the loaded value and for
		// the top byte, that of c = d = 0
		for want := range int64(4) {
			// low: c0 + ge2 2^8 c1 + ge4 (2^16 c2 + 2^24 c3) + d 2^32 c4, ge4 = c + d, ge2 = -2c - 6d
			pair := b[2]<<16 + b[3]<<24
			word := shifted(b[4]+b[5]<<8+b[6]<<16+b[7]<<24, 32)
			lc, ld := -2*256*b[1]+pair, -6*256*b[1]+pair
			tc, td := 2*b[0]-3*b[1]+b[3], 6*b[0]-7*b[1]
			e := solve2([2][3]fr.Element{
				{div(lc, 1), plus(div(ld, 1), word), div(want-b[0], 1)},
				{div(tc, 1), div(td, 1), {}},
			})
			if e == nil || want == b[0] {
				continue
			}
			c, d := e[0], e[1]
			w := func(k0, kc, kd int64) fr.Element {
				x, y, z := div(kc, 1), div(kd, 1), div(k0, 1)
				x.Mul(&x, &c)
				y.Mul(&y, &d)
				z.Add(&z, &x)
				return *z.Add(&z, &y)
			}
			out = append(out, []edit{
				h.edit(i, ".Win.W.0", w(1, 2, 6)), h.edit(i, ".Win.W.1", w(0, -3, -7)),
				h.edit(i, ".Win.W.2", c), h.edit(i, ".Win.W.3", d),
			})
		}
	})
	return out
}

// carryByte stores 256 more in one byte: it reaches the next one.
func carryByte(h *harness) (out [][]edit) {
	h.anyRows(false, func(kind string, i, o int) {
		if kind != "StoreAny" {
			return
		}
		v0, v1 := h.val(i, ".V.0"), h.val(i, ".V.1")
		e := []edit{h.edit(i, ".V.0", plus(v0, pow2(8))), h.edit(i, ".V.1", plus(v1, neg(1)))}
		out = append(out, h.newCell(i, e, shifted(1, 8*o+8))...)
	})
	return out
}

// splitCells moves weight between the new cells: 2^64 of the first, or a
// fraction for the second.
func splitCells(first bool) func(h *harness) [][]edit {
	return func(h *harness) (out [][]edit) {
		rows, _ := h.live("StoreAny")
		for _, i := range rows {
			n0, n1 := h.val(i, ".N0.L.0"), h.val(i, ".N1.L.0")
			if first {
				out = append(out, []edit{h.edit(i, ".N0.L.0", plus(n0, pow2(64))), h.edit(i, ".N1.L.0", plus(n1, neg(1)))})
				continue
			}
			f := inverse(plus(fr.Element{}, pow2(64)))
			if n0.Uint64()&1 == 0 {
				f.Neg(&f)
				n0 = plus(n0, pow2(0))
			} else {
				n0 = plus(n0, neg(1))
			}
			f.Add(&f, &n1)
			out = append(out, []edit{h.edit(i, ".N0.L.0", n0), h.edit(i, ".N1.L.0", f)})
		}
		return out
	}
}

// solve2 solves two linear equations; nil if they are dependent.
func solve2(m [2][3]fr.Element) []fr.Element {
	det := func(a, b int) (d fr.Element) {
		var e fr.Element
		d.Mul(&m[0][a], &m[1][b])
		e.Mul(&m[1][a], &m[0][b])
		return *d.Sub(&d, &e)
	}
	d := det(0, 1)
	if d.IsZero() {
		return nil
	}
	x, y := det(2, 1), det(0, 2)
	return []fr.Element{*x.Div(&x, &d), *y.Div(&y, &d)}
}

// carryRead takes 2^8 of a byte into the next one, which is then read as one
// more.
func carryRead(h *harness) (out [][]edit) {
	h.anyRows(false, func(kind string, i, o int) {
		b := h.bytes(i)
		n := func(k int) string { return fmt.Sprintf(".Win.Bytes.%d", k) }
		e := []edit{h.edit(i, n(o), div(b[o]+1, 1)), h.edit(i, n(o-1), div(b[o-1]-256, 1))}
		if kind == "StoreAny" {
			out = append(out, h.newCell(i, e, shifted(-1, 8*o))...)
			return
		}
		if b[o]&127 != 127 {
			out = append(out, e)
		}
	})
	return out
}

// storeNothing has no offset at all, which is offset 0 with nothing stored.
func storeNothing(h *harness) (out [][]edit) {
	h.anyRows(true, func(kind string, i, _ int) {
		if kind == "StoreAny" {
			b, v := h.bytes(i), h.val(i, ".V.0")
			out = append(out, h.newCell(i, []edit{h.edit(i, ".Win.H.0", u(0))}, shifted(b[0]-int64(v.Uint64()), 0))...)
		}
	})
	return out
}

// storeOther stores a byte that is not the operand's.
func storeOther(h *harness) (out [][]edit) {
	h.anyRows(true, func(kind string, i, _ int) {
		if kind != "StoreAny" {
			return
		}
		if v := h.val(i, ".V.0"); v.Uint64() < 255 {
			out = append(out, h.newCell(i, []edit{h.edit(i, ".V.0", plus(v, pow2(0)))}, shifted(1, 0))...)
		}
	})
	return out
}

// parts are the rows of the chips of aligned parts that access one byte.
func (h *harness) parts(f func(kind string, i, o int)) {
	for _, kind := range []string{"LoadPart", "StorePart"} {
		rows, _ := h.live(kind)
		for _, i := range rows {
			o := 0
			for k := range 3 {
				if h.is(i, fmt.Sprintf(".P.O.%d", k), 1) {
					o |= 1 << k
				}
			}
			if h.is(i, ".P.Ge2", 0) && (kind == "StorePart" || h.is(i, ".Signed", 0)) {
				f(kind, i, o)
			}
		}
	}
}

func (h *harness) partBytes(i int) (b [8]int64) {
	for k := range b {
		x := h.val(i, fmt.Sprintf(".P.Bytes.%d", k))
		b[k] = int64(x.Uint64())
	}
	return b
}

// partCarry takes 2^8 of a byte into the next one, which is accessed.
func partCarry(h *harness) (out [][]edit) {
	h.parts(func(kind string, i, o int) {
		b := h.partBytes(i)
		if n := ".P.Bytes."; o > 0 && (kind == "StorePart" || b[o]&127 != 127) {
			out = append(out, []edit{h.edit(i, n+strconv.Itoa(o), div(b[o]+1, 1)), h.edit(i, n+strconv.Itoa(o-1), div(b[o-1]-256, 1))})
		}
	})
	return out
}

// partWidth accesses one byte with Ge2 = 1 and Ge4 = -1/2: the width is still 1.
func partWidth(h *harness) (out [][]edit) {
	h.parts(func(kind string, i, o int) {
		if o&3 != 0 {
			return
		}
		e := []edit{h.edit(i, ".P.Ge2", u(1)), h.edit(i, ".P.Ge4", div(-1, 2))}
		if kind == "LoadPart" {
			b := h.partBytes(i)
			e = append(e, h.edit(i, ".Sg", bit((3*b[o+1]-b[o+3])/2 > 127)))
		}
		out = append(out, e)
	})
	return out
}

// partUnaligned runs an access of two bytes at an odd address.
func partUnaligned(h *harness) (out [][]edit) {
	for _, kind := range []string{"Load", "Store"} {
		rows, _ := h.live(kind + "Any")
		_, idle := h.live(kind + "Part")
		for _, i := range rows {
			if len(idle) == 0 || !h.is(i, ".Win.W.1", 1) || kind == "Load" && !h.is(i, ".Signed", 0) {
				continue
			}
			for o := 1; o < 7; o += 2 {
				if !h.is(i, ".Win.H."+strconv.Itoa(o), 1) {
					continue
				}
				b, to := h.bytes(i), idle[0]
				var e []edit
				for _, c := range h.columns(i) {
					if n := h.names[c]; n[:2] == ".E" || n[:2] == ".S" && kind == "Store" || n == ".Dst" {
						e = append(e, h.edit(to, n, h.cells[c].e))
					}
				}
				for k := range 8 {
					e = append(e, h.edit(to, ".P.Bytes."+strconv.Itoa(k), div(b[k], 1)))
				}
				for k := range 3 {
					e = append(e, h.edit(to, ".P.O."+strconv.Itoa(k), u(uint64(o>>k&1))))
				}
				if e = append(e, h.edit(to, ".P.Ge2", u(1))); kind == "Load" {
					e = append(e, h.edit(to, ".Sg", u(uint64(b[o]>>7)))) // low and top are both the second byte of the half
				} else {
					v := h.val(i, ".S.Val")
					for k := range 4 {
						e = append(e, h.edit(to, ".V."+strconv.Itoa(k), u(v.Uint64()>>(8*k)&255)))
					}
					e = append(e, h.limbs(to, ".Rest", ptr(split32(v.Uint64() >> 32)).L[:])...)
				}
				out = append(out, e)
			}
		}
	}
	return out
}

// partValue moves weight between the bytes of the operand, or to what is above
// them.
func partValue(rest bool) func(h *harness) [][]edit {
	return func(h *harness) (out [][]edit) {
		h.parts(func(kind string, i, _ int) {
			if kind != "StorePart" {
				return
			}
			v0, v1, r := h.val(i, ".V.0"), h.val(i, ".V.1"), h.val(i, ".Rest.L.0")
			if rest {
				d := int64(1) // V ± 1, rest ∓ 2^-32
				if v0.Uint64() == 255 {
					d = -1
				}
				f := div(-d, 1<<32)
				out = append(out, []edit{h.edit(i, ".V.0", plus(v0, neg(-d))), h.edit(i, ".Rest.L.0", *f.Add(&f, &r))})
				return
			}
			out = append(out, []edit{h.edit(i, ".V.0", plus(v0, pow2(8))), h.edit(i, ".V.1", plus(v1, neg(1)))})
		})
		return out
	}
}
