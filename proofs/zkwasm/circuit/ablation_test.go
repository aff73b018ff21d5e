package circuit

import (
	"bytes"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// without switches labels off, runs f and switches them on again.
func (h *harness) without(labels []string, f func()) {
	var changed []int
	old := map[int]map[tupleKey]*tally{}
	for i := range h.units {
		for _, l := range labels {
			if h.units[i].labels[l] && old[i] == nil {
				changed = append(changed, i)
				old[i] = h.sums[i]
			}
		}
	}
	flip := func(on bool) {
		for _, i := range changed {
			h.book(i, h.sums[i], -1)
		}
		for _, l := range labels {
			h.skip[l] = on
		}
		for _, i := range changed {
			if on {
				h.sums[i], _ = h.eval(i)
			} else {
				h.sums[i] = old[i]
			}
			h.book(i, h.sums[i], 1)
		}
	}
	flip(true)
	f()
	flip(false)
}

// cheat is a change that the weakened circuit accepts.
type cheat struct {
	subject, what string
	whole         bool // accepted by the whole circuit, not only by the touched rows
	edits         []edit
}

func (c *cheat) String() string {
	scope := "rows"
	if c.whole {
		scope = "whole"
	}
	var e []string
	for _, x := range c.edits {
		e = append(e, fmt.Sprintf("%d=%s", x.col, x.val.Text(16)))
	}
	return fmt.Sprintf("%-5s %-7s %s %s", scope, c.subject, strings.Join(e, ","), c.what)
}

// hunt looks for a change that is accepted once labels are off.
func (h *harness) hunt(subject string, labels []string, r *rand.Rand) (best *cheat) {
	h.without(labels, func() {
		for _, kind := range h.kinds() {
			for _, i := range h.pick(kind, r) {
				if !slices.ContainsFunc(labels, func(l string) bool { return h.units[i].labels[l] }) {
					continue
				}
				since := 0
				h.candidates(i, r, func(what string, edits ...edit) bool {
					v := h.try(edits...)
					if best != nil {
						since++
					}
					if v.accepted() || v.lemma() && best == nil {
						if kind == "Input" && strings.Contains(what, ".V0") && !v.accepted() {
							return false
						}
						best = &cheat{subject, kind + what, v.accepted(), edits}
					}
					return best != nil && (best.whole || since > 60)
				})
				if best != nil {
					return
				}
			}
		}
	})
	return best
}

// candidates tries changes of a unit until one is enough.
func (h *harness) candidates(i int, r *rand.Rand, try func(string, ...edit) bool) {
	kind, cols := h.units[i].kind, h.columns(i)
	if kind == "fixed" {
		x := fr.NewElement(99)
		for k := range NumPublic {
			if try(fmt.Sprintf(" public %d", k), edit{-1 - k, x}) || try(fmt.Sprintf(" public %d with its copy", k), edit{-1 - k, x}, edit{k, x}) {
				return
			}
		}
	}
	n := len(cols)
	if kind == "program" || kind == "Spine" || kind == "fixed" {
		n = 60
	}
	for k := range min(n, len(cols)) {
		c := cols[k]
		if n < len(cols) {
			c = cols[r.IntN(len(cols))]
		}
		for _, e := range h.singles(c, r) {
			if try(h.names[c], e) {
				return
			}
		}
	}
	if len(cols) < 120 {
		stop, evals := false, 0
		for _, c := range cols {
			for _, e := range h.singles(c, r) {
				h.repair(i, []edit{e}, repairDepth[kind], &evals, func(edits []edit) bool {
					var names []string
					for _, e := range edits {
						names = append(names, h.names[e.col])
					}
					stop = stop || try(strings.Join(names, " "), edits...)
					return stop
				})
				if stop {
					return
				}
			}
			evals = 0
		}
	}
	for k, a := range cols {
		for _, b := range cols[k+1 : min(k+3, len(cols))] {
			if len(cols) > 120 {
				return
			}
			for _, n := range strides {
				y := new(big.Int).Lsh(big.NewInt(1), n)
				for _, e := range [][]edit{
					{{a, plus(h.cells[a].e, new(big.Int).Neg(y))}, {b, plus(h.cells[b].e, big.NewInt(1))}},
					{{a, plus(h.cells[a].e, y)}, {b, plus(h.cells[b].e, neg(1))}},
				} {
					if try(h.names[a]+" "+h.names[b], e...) {
						return
					}
				}
			}
		}
	}
}

// repairDepth is how many columns of a kind's row are set anew after a change.
var repairDepth = map[string]int{
	"Add32": 1, "Add64": 1, "Cmp": 1, "Eq": 2, "Bit": 1, "Mul32": 1, "Mul64": 1, "Div": 2, "Sel": 2, "Pow": 2, "Split": 1,
	"LoadAny": 1, "StoreAny": 1, "Store32": 1, "Load32": 1, "Read": 2,
}

// repair solves violated constraints for further columns, one after the other:
// each is linear in each column. try is told of every way that leaves none.
func (h *harness) repair(i int, edits []edit, depth int, evals *int, try func([]edit) bool) bool {
	miss := h.missed(i, edits)
	if *evals++; len(miss) == 0 {
		return len(edits) > 1 && try(edits)
	}
	if depth == 0 || len(miss) > depth || *evals > 600 {
		return false
	}
	label := ""
	for l := range miss {
		if label == "" || l < label {
			label = l
		}
	}
	r0 := miss[label]
	for _, c := range h.columns(i) {
		if slices.ContainsFunc(edits, func(e edit) bool { return e.col == c }) {
			continue
		}
		old := h.cells[c].e
		*evals++
		r1 := h.missed(i, append(edits[:len(edits):len(edits)], edit{c, plus(old, big.NewInt(1))}))[label]
		if r1.Equal(&r0) {
			continue
		}
		// r0 + x (r1 - r0) = 0
		var x fr.Element
		x.Sub(&r0, &r1).Inverse(&x).Mul(&x, &r0)
		x.Add(&x, &old)
		if h.repair(i, append(edits[:len(edits):len(edits)], edit{c, x}), depth-1, evals, try) {
			return true
		}
	}
	return false
}

// missed evaluates a unit with edits and says which constraints are off by what.
func (h *harness) missed(i int, edits []edit) map[string]fr.Element {
	old := make([]fr.Element, len(edits))
	for k, e := range edits {
		old[k], h.cells[e.col].e = h.cells[e.col].e, e.val
	}
	h.nat.misses = map[string]fr.Element{}
	h.eval(i)
	out := h.nat.misses
	h.nat.misses = nil
	for k, e := range edits {
		h.cells[e.col].e = old[k]
	}
	return out
}

// TestAblation switches each constraint off in turn and replays the cheat of
// the golden file, which must then get through, and only then: past the touched
// rows ("rows": they prove something false, on which an honest continuation can
// be built) or past the whole circuit ("whole"). With -update it looks for
// cheats anew.
func TestAblation(t *testing.T) {
	const file = "testdata/ablation.golden"
	subs := subjects(t)
	hs := map[string]*harness{}
	labels := map[string]bool{}
	for _, name := range keysOf(subs) {
		hs[name] = newHarness(t, subs[name])
		for l, refuses := range hs[name].labels {
			if refuses {
				labels[l] = true
			}
		}
	}
	if *update {
		huntAll(t, file, labels, hs)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	seen, none := map[string]bool{}, 0
	for _, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		f := strings.Fields(line)
		if len(f) < 2 || f[0] == "#" {
			continue
		}
		seen[f[0]] = true
		if f[1] == "none" {
			if none++; len(f) < 4 {
				t.Errorf("%s: no cheat, and no reason", f[0])
			}
			continue
		}
		replay(t, hs[f[2]], f[0], f[1] == "whole", parseEdits(t, f[3]))
	}
	for l := range labels {
		if !seen[l] {
			t.Errorf("constraint %s is not in the list", l)
		}
	}
	t.Logf("%d constraints, %d without a cheat of their own", len(seen), none)
}

func parseEdits(t *testing.T, s string) (out []edit) {
	t.Helper()
	for _, part := range strings.Split(s, ",") {
		c, v, _ := strings.Cut(part, "=")
		col, err := strconv.Atoi(c)
		if err != nil {
			t.Fatal(err)
		}
		x, ok := new(big.Int).SetString(v, 16)
		if !ok {
			t.Fatalf("bad value %q", v)
		}
		var e fr.Element
		e.SetBigInt(x)
		out = append(out, edit{col, e})
	}
	return out
}

func replay(t *testing.T, h *harness, label string, whole bool, edits []edit) {
	t.Helper()
	if v := h.try(edits...); v.accepted() || v.lemma() {
		t.Errorf("%s: the cheat is accepted with every constraint on", label)
	}
	h.without([]string{label}, func() {
		if v := h.try(edits...); !v.accepted() && (whole || !v.lemma()) {
			t.Errorf("%s: its cheat is refused without it: %v, local %v, lies %v", label, v.reject, v.local, v.lies)
		}
	})
}

func huntAll(t *testing.T, file string, labels map[string]bool, hs map[string]*harness) {
	t.Helper()
	var out bytes.Buffer
	fmt.Fprintln(&out, "# label, scope, subject, column=value of the cheat, what it changes")
	for _, l := range keys(labels) {
		if why := reason(l); why != "" {
			fmt.Fprintf(&out, "%-24s none  - %s\n", l, why)
			continue
		}
		var best *cheat
		for _, name := range keysOf(hs) {
			r := rand.New(rand.NewPCG(uint64(len(l)), 5))
			if best = hs[name].crafted(name, l); best != nil {
				break
			}
			if best = hs[name].hunt(name, []string{l}, r); best != nil {
				break
			}
		}
		if why := fallback(l); best == nil && why != "" {
			fmt.Fprintf(&out, "%-24s none  - %s\n", l, why)
		} else if best == nil {
			fmt.Fprintf(&out, "%-24s none\n", l)
			t.Logf("%s: none", l)
		} else {
			fmt.Fprintf(&out, "%-24s %s\n", l, best)
		}
	}
	if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// crafted tries cheats of many columns that the search does not find.
func (h *harness) crafted(subject, label string) (best *cheat) {
	var all [][]edit
	switch {
	case label == "journal.byte":
		all = h.journalSplit()
	case label == "eq.bool":
		all = h.eqForAnd()
	case strings.HasSuffix(label, "-any.addr"):
		all = h.nextByte(map[string]string{"load-any.addr": "LoadAny", "store-any.addr": "StoreAny"}[label])
	}
	h.without([]string{label}, func() {
		for _, e := range all {
			if v := h.try(e...); v.accepted() || v.lemma() {
				best = &cheat{subject, "crafted", v.accepted(), e}
				return
			}
		}
	})
	return best
}

// column of a unit by name, -1 if there is none.
func (h *harness) column(i int, name string) int {
	for c := h.units[i].lo; c < h.units[i].hi; c++ {
		if h.names[c] == name {
			return c
		}
	}
	return -1
}

// journalSplit takes 2^8 of the second byte of the journal into the first.
func (h *harness) journalSplit() [][]edit {
	b0, b1 := h.column(0, ".Journal.0.Bytes.0"), h.column(0, ".Journal.0.Bytes.1")
	d := new(big.Int).Sub(pow2(248), pow2(232))
	word := plus(h.cells[3].e, d)
	return [][]edit{{{b0, plus(h.cells[b0].e, pow2(8))}, {b1, plus(h.cells[b1].e, neg(1))}, {3, word}, {-1 - 3, word}}}
}

// eqForAnd runs the ROM entries of ands by the chip of eq (C2).
func (h *harness) eqForAnd() (out [][]edit) {
	_, idle := h.live("Eq")
	rows, _ := h.live("Bit")
	for _, i := range rows {
		if len(idle) == 0 {
			break
		}
		var e []edit
		for _, n := range []string{".H.F", ".H.S", ".H.S1", ".H.S2", ".H.Bs", ".H.A", ".H.B"} {
			e = append(e, edit{h.column(idle[0], n), h.cells[h.column(i, n)].e})
		}
		val := func(n string) uint64 { return h.cells[h.column(i, n)].e.Uint64() }
		a, b := h.cells[h.column(i, ".H.A")].e, h.cells[h.column(i, ".H.B")].e
		d := diff(0, 0)
		d.Sub(&a, &b)
		e = append(e,
			edit{h.column(idle[0], ".Ne"), u(8 + val(".Or") + 2*val(".Xor"))},
			edit{h.column(idle[0], ".Inv"), inverse(d)}, edit{h.column(idle[0], ".Z"), bit(d.IsZero())})
		out = append(out, e)
	}
	return out
}

// nextByte accesses the next byte of the same cell.
func (h *harness) nextByte(kind string) (out [][]edit) {
	rows, _ := h.live(kind)
	for _, i := range rows {
		for o := range 7 {
			a, b := h.column(i, ".Win.H."+strconv.Itoa(o)), h.column(i, ".Win.H."+strconv.Itoa(o+1))
			if !h.cells[a].e.IsOne() {
				continue
			}
			addr := h.column(i, ".E.A")
			e := []edit{{addr, plus(h.cells[addr].e, big.NewInt(1))}, {a, fr.Element{}}, {b, fr.One()}}
			out = append(out, e)
			evals := 0
			h.repair(i, e, 2, &evals, func(more []edit) bool { out = append(out, more); return len(out) > 300 })
		}
	}
	return out
}

// fallback says why the search may find nothing.
func fallback(label string) string {
	chip, what, _ := strings.Cut(label, ".")
	event := strings.HasPrefix(chip, "load") || strings.HasPrefix(chip, "store")
	switch {
	case event && (what == "cell-in" || what == "cell-out" || strings.HasPrefix(chip, "load-any2") || strings.HasPrefix(chip, "store-any2")):
		return "one side of an exact balance: without it no run balances at all"
	case event && what == "bool":
		return "region bits trade in the ROM word and the region alike; B1 as in bs; Act = 2 needs a token twice"
	case event && what == "unused":
		return "TestIdleMultiplicities: a fact from an idle row"
	case what == "unused":
		return "TestIdleMultiplicities: a tuple from an idle row"
	case chip == "spine":
		return "a lie about control flow needs another spine; TestForgedProofs does it for spine.a"
	case event && what == "addr":
		return "needs another cell's chain of accesses"
	case chip == "pow":
		return "needs K and R of one table entry (and Q) changed together"
	case label == "read.wide", label == "read.wide-inv":
		return "no subject reads a value of more than 64 bits"
	case chip == "read":
		return "needs another item's row as well; TestWrongPlace refuses those"
	case what == "bool":
		return "the flag is fixed by its ROM word unless another chip's entry is run (C2, as crafted for eq.bool)"
	}
	return ""
}

// reason says why a constraint has no cheat of its own here.
func reason(label string) string {
	chip, what, _ := strings.Cut(label, ".")
	switch {
	case what == "init" || what == "final" || label == "data" || what == "token-in" || what == "token-out":
		return "one side of an exact balance: without it no run balances at all"
	case what == "age" || what == "age2":
		return "TestWeakMemory: a read of the future"
	case what == "limit" || what == "room":
		return "TestWeakMemory: an access out of bounds"
	case strings.HasPrefix(label, "cells-input."), strings.HasPrefix(label, "cells-globals."):
		return "the code of cells, other region"
	case what == "order" || what == "gap":
		return "TestWeakMemory: a cell twice, and a stale read"
	case chip == "cells" && (what == "bool" || what == "data-on"):
		return "no cheat found: a cell counted twice needs two equal final tuples, and ticks are distinct"
	case what == "bs" || what == "b2":
		return "a fraction x in the flag moves the constant's frame to F(1-x): needs frames a multiple of 256 apart"
	case strings.HasPrefix(label, "find."):
		return "needs two collections whose names share limbs"
	case label == "data.live", chip == "id":
		return "bound again by the program ID: the flags are hashed, or the number of blocks is"
	case strings.HasSuffix(label, ".range"):
		return "TestDeadROM: a re-split keeps the packed element and is refused by the range check alone"
	case label == "host.input-length":
		return "the length is the prover's choice; beyond 2^32 it is no i32, which is no lie by itself"
	case label == "entry.handle", label == "entry.length":
		return "needs a preimage that an honest tree does not hold: a deeper directory, a longer list"
	}
	return ""
}

func keysOf[T any](m map[string]T) []string {
	b := make(map[string]bool, len(m))
	for k := range m {
		b[k] = true
	}
	return keys(b)
}
