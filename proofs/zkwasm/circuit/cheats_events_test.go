package circuit

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// twoLoads adds a row that loads something else and one with Act = -1 that
// takes its events back: the false fact stays.
func twoLoads(kind string) func(h *harness) [][]edit {
	return func(h *harness) (out [][]edit) {
		rows, idle := h.live(kind)
		if len(idle) < 2 {
			return nil
		}
		for _, i := range rows {
			var name string
			switch kind {
			case "Load64":
				name = ".Val"
			case "Load32":
				name = ".Lo.L.0"
				if h.is(i, ".High", 1) {
					name = ".Hi.L.0"
				}
			case "LoadPart":
				name = ".P.Bytes.7" // read or not
				if h.is(i, ".P.Ge2", 1) && h.is(i, ".P.O.1", 0) && h.is(i, ".P.O.2", 0) {
					name = ".P.Bytes.0"
				}
			default:
				if !h.is(i, ".Win.W.0", 0) {
					continue
				}
				for o := range 8 {
					if h.is(i, fmt.Sprintf(".Win.H.%d", o), 1) {
						name = fmt.Sprintf(".Win.Bytes.%d", o)
					}
				}
			}
			v := h.val(i, name)
			v.SetUint64(v.Uint64() ^ 1)
			var e []edit
			for _, to := range idle[:2] {
				e = append(e, h.copyRow(to, i)...)
				e = append(e, h.edit(to, name, v))
			}
			out = append(out, append(e, h.edit(idle[1], ".E.Act", plus(fr.Element{}, neg(1)))))
		}
		return out
	}
}

// twoStores changes the first byte of the journal, and the claim with it: a row
// takes the final value of the cell away, and one with Act = -1, which agrees
// with it in everything else, puts another value there.
func twoStores(kind string) func(h *harness) [][]edit {
	return func(h *harness) [][]edit {
		_, idle := h.live(kind)
		if len(idle) < 2 {
			return nil
		}
		byte0, tf := h.val(0, ".Journal.0.Bytes.0"), h.val(0, ".Journal.0.Tf")
		var e []edit
		for n, i := range idle[:2] {
			act := plus(fr.Element{}, neg(int64(2*n-1)))
			e = append(e, h.edit(i, ".E.Act", act), h.edit(i, ".E.Tau", plus(tf, pow2(0))), h.edit(i, ".E.Space", u(3)))
			for k := range 8 {
				b := h.val(0, fmt.Sprintf(".Journal.0.Bytes.%d", k))
				if k == 0 {
					b = plus(byte0, pow2(0))
					if n == 0 {
						b = byte0
					}
				}
				switch kind {
				case "StoreAny":
					e = append(e, h.edit(i, fmt.Sprintf(".Win.Bytes.%d", k), b))
				case "StorePart":
					e = append(e, h.edit(i, fmt.Sprintf(".P.Bytes.%d", k), b))
				}
			}
			old := h.journalWord()
			if n == 1 {
				old++
			}
			switch kind {
			case "Store64":
				e = append(e, h.edit(i, ".Old", u(old)))
			case "Store32":
				e = append(e, h.limbs(i, ".Lo", ptr(split32(old & 0xffffffff)).L[:])...)
				e = append(e, h.limbs(i, ".Hi", ptr(split32(old >> 32)).L[:])...)
			case "StoreAny":
				e = append(e, h.edit(i, ".Win.W.0", u(0)), h.edit(i, ".Win.W.3", u(1)))
			}
		}
		word := plus(h.cells[3].e, pow2(240))
		b := h.column(0, ".Journal.0.Bytes.0")
		return [][]edit{append(e, edit{b, plus(byte0, pow2(0))}, edit{3, word}, edit{-1 - 3, word})}
	}
}

func (h *harness) journalWord() (v uint64) {
	for k := 7; k >= 0; k-- {
		b := h.val(0, fmt.Sprintf(".Journal.0.Bytes.%d", k))
		v = v<<8 | b.Uint64()
	}
	return v
}

// storeFrame stores to the globals instead of linear memory: the difference of
// the ROM words is 256, which -128 in B2 makes up for, with the operand of frame
// 129 F.
func storeFrame(kind string) func(h *harness) [][]edit {
	return func(h *harness) (out [][]edit) {
		facts := h.facts()
		rows, _ := h.live(kind)
		for _, i := range rows {
			if !h.is(i, ".E.F", 2) || !h.is(i, ".S.B2", 0) || !h.is(i, ".E.Space", 0) {
				continue
			}
			s2 := h.val(i, ".S.S2")
			v, ok := facts[[2]uint64{s2.Uint64(), 258}]
			if !ok {
				continue
			}
			e := []edit{h.edit(i, ".E.Space", u(1)), h.edit(i, ".S.B2", plus(fr.Element{}, neg(128))), h.edit(i, ".S.Val", v)}
			tau := h.val(i, ".E.Tau")
			e = append(e, h.limbs(i, ".E.Age", ptr(split26(tau.Uint64() - 2)).L[:])...) // last access: tick 1
			cell := h.initial(1, 64)
			switch kind {
			case "Store64":
				e = append(e, h.edit(i, ".Old", u(cell)))
			case "Store32":
				e = append(e, h.limbs(i, ".Lo", ptr(split32(cell)).L[:])...)
				e = append(e, h.limbs(i, ".Hi", ptr(split32(cell >> 32)).L[:])...)
				e = append(e, h.limbs(i, ".New", ptr(split32(v.Uint64())).L[:])...)
			case "StorePart":
				for k := range 8 {
					e = append(e, h.edit(i, fmt.Sprintf(".P.Bytes.%d", k), u(cell>>(8*k)&255)))
				}
				for k := range 4 {
					e = append(e, h.edit(i, fmt.Sprintf(".V.%d", k), u(v.Uint64()>>(8*k)&255)))
				}
				e = append(e, h.limbs(i, ".Rest", ptr(split32(v.Uint64() >> 32)).L[:])...)
			default:
				n0 := cell&^(0xffff<<8) | v.Uint64()&0xffff<<8 // two bytes at 65
				for k := range 8 {
					e = append(e, h.edit(i, fmt.Sprintf(".Win.Bytes.%d", k), u(cell>>(8*k)&255)), h.edit(i, fmt.Sprintf(".V.%d", k), u(v.Uint64()>>(8*k)&255)))
				}
				e = append(e, h.limbs(i, ".N0", ptr(split64(n0)).L[:])...)
			}
			out = append(out, e)
		}
		return out
	}
}

// initial is the value of a cell at tick 0.
func (h *harness) initial(region, addr uint64) uint64 {
	for k := range h.all {
		if k.bus == busMem && k.p[1].Equal(ptr(u(addr))) && k.p[2].Equal(ptr(u(region))) && k.p[3].IsZero() {
			return k.p[0].Uint64()
		}
	}
	return 0
}

// splitHalf moves weight between the halves of a cell: 2^32 of the lower one
// that is not range-checked, or a fraction for the upper one.
func splitHalf(free, other string, low bool) func(h *harness) [][]edit {
	return func(h *harness) (out [][]edit) {
		for _, kind := range []string{"Load32", "Store32"} {
			rows, _ := h.live(kind)
			for _, i := range rows {
				a, b := h.val(i, free+".L.0"), h.val(i, other+".L.0")
				if low { // lo + 2^32, hi - 1
					out = append(out, []edit{h.edit(i, free+".L.0", plus(a, pow2(32))), h.edit(i, other+".L.0", plus(b, neg(1)))})
					continue
				}
				d := int64(1) // lo ± 1, hi ∓ 2^-32
				if b.Uint64()&1 == 1 {
					d = -1
				}
				f := div(-d, 1<<32)
				f.Add(&f, &a)
				out = append(out, []edit{h.edit(i, free+".L.0", f), h.edit(i, other+".L.0", plus(b, neg(-d)))})
			}
		}
		return out
	}
}

// highFraction accesses a neighbouring cell: High = 2 or -2 shifts the address
// by 8, and mixes the halves.
func highFraction(h *harness) (out [][]edit) {
	for _, kind := range []string{"Load32", "Store32"} {
		rows, _ := h.live(kind)
		for _, i := range rows {
			if !h.is(i, ".High", 0) {
				continue
			}
			a, imm, tau := h.val(i, ".E.A"), h.val(i, ".E.Imm"), h.val(i, ".E.Tau")
			for k, acc := range h.all {
				if k.bus != busMem || acc.pos == 0 || !k.p[2].IsZero() || k.p[3].Uint64() >= tau.Uint64() {
					continue
				}
				to := int64(k.p[1].Uint64()) - int64(a.Uint64()+imm.Uint64())
				if to == 0 || to%4 != 0 || to > 4096 || to < -4096 || !k.p[0].IsUint64() {
					continue
				}
				cell := k.p[0].Uint64()
				e := append(h.limbs(i, ".Lo", ptr(split32(cell & 0xffffffff)).L[:]), h.limbs(i, ".Hi", ptr(split32(cell >> 32)).L[:])...)
				e = append(e, h.limbs(i, ".E.Age", ptr(split26(tau.Uint64() - k.p[3].Uint64() - 1)).L[:])...)
				out = append(out, append(e, h.edit(i, ".High", div(-to, 4))))
				if len(out) > 40 {
					return out
				}
			}
		}
	}
	return out
}

// wideStore32 runs the store of four bytes of a wider operand on the fast chip.
func wideStore32(h *harness) (out [][]edit) {
	rows, _ := h.live("StorePart")
	_, idle := h.live("Store32")
	for _, i := range rows {
		v := h.val(i, ".S.Val")
		if !h.is(i, ".P.Ge4", 1) || v.Uint64()>>32 == 0 || !h.is(i, ".P.O.2", 0) {
			continue
		}
		var e []edit
		for _, c := range h.columns(i) {
			if n := h.names[c]; n[:2] == ".E" || n[:2] == ".S" {
				e = append(e, h.edit(idle[0], n, h.cells[c].e))
			}
		}
		var cell uint64
		for k := 7; k >= 0; k-- {
			b := h.val(i, fmt.Sprintf(".P.Bytes.%d", k))
			cell = cell<<8 | b.Uint64()
		}
		e = append(e, h.limbs(idle[0], ".Lo", ptr(split32(cell & 0xffffffff)).L[:])...)
		e = append(e, h.limbs(idle[0], ".Hi", ptr(split32(cell >> 32)).L[:])...)
		out = append(out, append(e, h.limbs(idle[0], ".New", []fr.Element{v, {}, {}})...))
	}
	return out
}

// twoGrows has a page born at any tick: a second row with Act = -1 takes the
// growth back.
func twoGrows(h *harness) [][]edit {
	_, idle := h.live("Grow")
	if len(idle) < 2 {
		return nil
	}
	var e []edit
	for n, i := range idle[:2] {
		act := plus(fr.Element{}, neg(int64(2*n-1)))
		e = append(e, h.edit(i, ".Act", act), h.edit(i, ".Tau", u(50)))
	}
	return [][]edit{e}
}

// leafCarry moves 2^64 between the limbs of a value: the halves stay.
func leafCarry(h *harness) (out [][]edit) {
	rows, _ := h.live("Leaf")
	for _, i := range rows {
		a, b := h.val(i, ".L.0.L.0"), h.val(i, ".L.1.L.0")
		out = append(out, []edit{h.edit(i, ".L.0.L.0", plus(a, pow2(64))), h.edit(i, ".L.1.L.0", plus(b, neg(1)))})
	}
	return out
}
