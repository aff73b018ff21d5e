package circuit

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/ir"
)

// TestDependentTuples: with X = gamma^7 there are distinct tuples whose
// fractions add up to 0 for every gamma, so that one of them need not be in the
// table; with X = gamma^(2^26) their sum is not 0 (C3).
//
// With y = gamma^2 and a + b + c = 5, gamma (y - a)(y - b)(y - c) is gamma^7 minus the
// tuple (0, abc, 0, -(ab + bc + ca)) with tag 5. Its inverse is a sum of x/(y - s)
// over the roots s: of more tuples than roots, some combination is 0.
func TestDependentTuples(t *testing.T) {
	const least, most, tag = -4, 8, 5
	var roots [][3]int64
	for a := int64(least); a <= most; a++ {
		for b := a + 1; b <= most; b++ {
			if c := tag - a - b; c > b && c <= most {
				roots = append(roots, [3]int64{a, b, c})
			}
		}
	}
	parts := make([][]fr.Element, len(roots)) // partial fractions, by root
	for i, r := range roots {
		parts[i] = make([]fr.Element, most-least+1)
		for k, s := range r {
			x := fr.NewElement(0)
			x.SetInt64((s - r[(k+1)%3]) * (s - r[(k+2)%3])).Inverse(&x)
			parts[i][s-least] = x
		}
	}
	m := dependence(parts)
	if m == nil {
		t.Fatal("the tuples are independent")
	}
	var gamma, seven, tall fr.Element
	if _, err := gamma.SetRandom(); err != nil {
		t.Fatal(err)
	}
	seven.Exp(gamma, big.NewInt(7))
	tall.Exp(gamma, new(big.Int).Lsh(big.NewInt(1), tallLog))
	sum := func(x fr.Element) (s fr.Element) {
		for i, r := range roots {
			p1, p3, f, five := fr.Element{}, fr.Element{}, fr.Element{}, fr.NewElement(tag)
			p1.SetInt64(r[0] * r[1] * r[2])
			p3.SetInt64(-(r[0]*r[1] + r[1]*r[2] + r[2]*r[0]))
			for _, p := range []fr.Element{five, {}, p3, {}, p1, {}} { // Horner, from gamma^5 down
				f.Mul(&f, &gamma).Add(&f, &p)
			}
			f.Sub(&x, &f).Inverse(&f).Mul(&f, &m[i])
			s.Add(&s, &f)
		}
		return s
	}
	if s := sum(seven); !s.IsZero() {
		t.Error("X = gamma^7: not dependent, so this shows nothing")
	}
	if s := sum(tall); s.IsZero() {
		t.Error("the circuit's X: dependent")
	}
}

// dependence is a combination of rows that is 0, or nil.
func dependence(rows [][]fr.Element) []fr.Element {
	width := len(rows[0])
	var basis [][]fr.Element // reduced rows, each followed by how it was made
	for i, r := range rows {
		v := append(append([]fr.Element(nil), r...), make([]fr.Element, len(rows))...)
		v[width+i].SetOne()
		for _, b := range basis {
			lead := leading(b[:width])
			var f fr.Element
			f.Div(&v[lead], &b[lead])
			for k := range v {
				var x fr.Element
				v[k].Sub(&v[k], x.Mul(&f, &b[k]))
			}
		}
		if leading(v[:width]) < 0 {
			return v[width:]
		}
		basis = append(basis, v)
	}
	return nil
}

func leading(v []fr.Element) int {
	for k := range v {
		if !v[k].IsZero() {
			return k
		}
	}
	return -1
}

// TestProgramsOfOneOp: a program that lacks the ops of a chip can leave its rows
// idle (S6).
func TestProgramsOfOneOp(t *testing.T) {
	sh, _ := ShapeByName("tiny")
	x, small := ir.Ref{Slot: ir.SlotFirst}, ir.Ref{Slot: ir.SlotFirst + 1}
	for op, args := range map[ir.Op][]ir.Ref{
		ir.OpAdd32: {small, small}, ir.OpAdd64: {x, x}, ir.OpLtU32: {small, small}, ir.OpEq: {x, x}, ir.OpAnd32: {small, small},
		ir.OpMulLo32: {small, small}, ir.OpMulLo64: {x, x}, ir.OpSelect: {small, x, x}, ir.OpPowShl64: {x}, ir.OpLo32: {x},
	} {
		pure := &ir.Pure{Op: op, Dst: ir.SlotFirst + 2}
		for k, to := range []*ir.Ref{&pure.A, &pure.B, &pure.C}[:len(args)] {
			*to = args[k]
		}
		p := straight(t, ir.Program{Pages: 1},
			ir.Instr{Mem: &ir.Mem{Width: 8, Addr: ir.Zero(), Dst: x.Slot}},
			ir.Instr{Mem: &ir.Mem{Width: 4, Addr: ir.Zero(), Dst: small.Slot}},
			ir.Instr{Pure: pure})
		l := &liar{p: p}
		if !l.run() || len(l.t.Pure) != 1 {
			t.Fatal("does not end")
		}
		a, err := Assign(sh, p, l.t, noState{})
		if err != nil {
			t.Fatal(err)
		}
		if err := check(sh, a); err != nil {
			t.Errorf("%s: %v", op, err)
		}
	}
}
