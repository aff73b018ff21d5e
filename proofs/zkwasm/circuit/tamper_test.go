package circuit

import (
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	examples "vmhost/examples/wasm"
	"vmhost/proofs/zkwasm/ir"
)

// tight lays a run out in the smallest shape.
func tight(tb testing.TB, p *ir.Program, tr *ir.Trace, o Opener) *Assignment {
	tb.Helper()
	a, err := Assign(tamperShape(measure(tb, p, tr, o)), p, tr, o)
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

// measure counts what a run uses.
func measure(tb testing.TB, p *ir.Program, tr *ir.Trace, o Opener) Shape {
	tb.Helper()
	rom, err := flattenROM(p)
	if err != nil {
		tb.Fatal(err)
	}
	st, err := openState(tr, o)
	if err != nil {
		tb.Fatal(err)
	}
	n := 1 << 20
	sh := Shape{Load64: n, Store64: n, Load32: n, Store32: n, LoadPart: n, StorePart: n, LoadAny: n, StoreAny: n}
	return (&assigner{sh: sh, p: p, t: tr, rom: rom, state: st, pow: powSlots(p), pure: groupPure(tr)}).used()
}

// subjects are the honest witnesses that get tampered with.
func subjects(tb testing.TB) map[string]*Assignment {
	tb.Helper()
	out := map[string]*Assignment{}
	p, tr, v := runExample(tb, "moving-average", examples.C, 0)
	out["example"] = tight(tb, p, tr, v)
	po, to := runOps(tb, 7)
	out["ops"] = tight(tb, po, to, noState{})
	pg, tg := runGuest(tb, []byte{4, 0, 0, 0, 0, 0, 0, 9, 1})
	out["guest"] = tight(tb, pg, tg, noState{})
	pm, tm := runGrowing(tb)
	out["growing"] = tight(tb, pm, tm, noState{})
	return out
}

// strides are the distances at which columns are packed.
var strides = []uint{0, 1, 2, 6, 7, 8, 9, 10, 12, 13, 24, 26, 30, 31, 32, 39, 40, 64, 80, 120, 160}

func plus(e fr.Element, d *big.Int) fr.Element {
	var x fr.Element
	x.SetBigInt(d)
	x.Add(&x, &e)
	return x
}

// singles are the changes of one column.
func (h *harness) singles(col int, r *rand.Rand) []edit {
	e := h.cells[col].e
	var rnd fr.Element
	rnd.SetUint64(r.Uint64())
	out := []edit{{col, plus(e, big.NewInt(1))}, {col, plus(e, big.NewInt(-1))}, {col, *rnd.Square(&rnd)}, {col, fr.NewElement(2)}}
	if !e.IsZero() {
		out = append(out, edit{col, fr.Element{}})
	}
	return out
}

// columns of a unit that are no multiplicities.
func (h *harness) columns(i int) (out []int) {
	for c := h.units[i].lo; c < h.units[i].hi; c++ {
		if h.names[c] != "mult" {
			out = append(out, c)
		}
	}
	return out
}

// pick takes some rows of a kind: the first, random ones, and one out of use.
func (h *harness) pick(kind string, r *rand.Rand) []int {
	live, idle := h.live(kind)
	var out []int
	for k := range min(3, len(live)) { // the first, and others at random
		if k > 0 {
			k = 1 + r.IntN(len(live)-1)
		}
		out = append(out, live[k])
	}
	if len(idle) > 0 {
		out = append(out, idle[0])
	}
	return out
}

func (h *harness) kinds() (out []string) {
	seen := map[string]bool{}
	for i := range h.units {
		if k := h.units[i].kind; !seen[k] {
			seen[k] = true
			out = append(out, k)
		}
	}
	return out
}

func TestTamperColumns(t *testing.T) {
	for name, a := range subjects(t) {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t, a)
			r := rand.New(rand.NewPCG(uint64(len(name)), 3))
			tries, met := 0, map[string]bool{}
			judge := func(what string, edits ...edit) {
				v := h.try(edits...)
				tries++
				for _, l := range append(v.reject, v.local...) {
					met[l] = true
				}
				if strings.HasPrefix(what, "Input") && strings.Contains(what, ".V0") && len(v.reject) > 0 {
					return // the input is the prover's choice
				}
				if v.accepted() || v.lemma() {
					t.Errorf("%s: accepted (reject %v, local %v, lies %v)", what, v.reject, v.local, v.lies)
				}
			}
			for _, kind := range h.kinds() {
				for _, i := range h.pick(kind, r) {
					h.tamperUnit(i, r, judge)
				}
			}
			t.Logf("%d changes refused; constraints that fired: %v", tries, keys(met))
		})
	}
}

// tamperUnit changes each column of a unit, and moves weight between pairs.
func (h *harness) tamperUnit(i int, r *rand.Rand, judge func(string, ...edit)) {
	kind, cols := h.units[i].kind, h.columns(i)
	sample := func(max int) []int {
		if len(cols) <= max {
			return cols
		}
		out := make([]int, max)
		for k := range out {
			out[k] = cols[r.IntN(len(cols))]
		}
		return out
	}
	budget := 150
	if kind == "program" {
		budget = 60
	}
	for _, c := range sample(budget) {
		for _, e := range h.singles(c, r) {
			judge(kind+h.names[c], e)
		}
	}
	if kind == "program" || kind == "fixed" {
		return
	}
	pairs := 100
	if cols := len(cols); cols > 500 {
		pairs = 60
	}
	for range pairs {
		a, b := cols[r.IntN(len(cols))], cols[r.IntN(len(cols))]
		if near := 1 + r.IntN(3); r.IntN(2) == 0 && a+near < h.units[i].hi && h.names[a+near] != "mult" {
			b = a + near
		}
		if a == b {
			continue
		}
		k := strides[r.IntN(len(strides))]
		x := big.NewInt(1 + r.Int64N(3))
		y := new(big.Int).Lsh(x, k)
		if r.IntN(2) == 0 {
			x.Neg(x)
		} else {
			y.Neg(y)
		}
		judge(strings.Join([]string{kind, h.names[a], h.names[b]}, " "), edit{a, plus(h.cells[a].e, y)}, edit{b, plus(h.cells[b].e, x)})
	}
}

func TestTamperPublic(t *testing.T) {
	h := newHarness(t, subjects(t)["example"])
	for i := range NumPublic {
		var x fr.Element
		x.SetUint64(99)
		if v := h.try(edit{-1 - i, x}); v.accepted() {
			t.Errorf("public input %d alone is not bound", i)
		}
		if v := h.try(edit{-1 - i, x}, edit{i, x}); v.accepted() {
			t.Errorf("public input %d with its copy is not bound", i)
		}
	}
}

func neg(x int64) *big.Int { return big.NewInt(-x) }
