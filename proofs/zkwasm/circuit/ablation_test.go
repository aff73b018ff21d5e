package circuit

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// TestAblation switches each constraint off in turn and demands a cheat that
// gets through then, and only then: a change of one row, with everything that
// an adaptive prover recomputes, after which the row proves something false
// given all that the honest run offers ("rows"), or after which the whole
// circuit accepts ("whole"); or a whole false run (runCheats). Cheats are
// written by hand (rowCheats, runCheats) or found by trying changes of single
// columns. A constraint without a cheat must be in the list of arguments.
//
// It looks at every eighth constraint; with VMHOST_ABLATE=1 (make ablate) at
// all, and lists what it found.
func TestAblation(t *testing.T) {
	all := os.Getenv("VMHOST_ABLATE") != ""
	hs := ablationHarnesses(t)
	labels := map[string]bool{}
	for _, h := range hs {
		for l, refuses := range h.labels {
			if refuses {
				labels[l] = true
			}
		}
	}
	for _, list := range [][]string{keysOf(rowCheats), keysOf(runCheats), keysOf(arguments)} {
		for _, l := range list {
			if !labels[l] {
				t.Errorf("%s: a cheat or an argument for a constraint that does not exist", l)
			}
		}
	}
	count := map[string]int{}
	for n, l := range keys(labels) {
		if arguments[l].why != "" {
			count["argued"]++
			continue
		}
		if !all && n%8 != 0 {
			continue
		}
		t.Run(l, func(t *testing.T) {
			start := time.Now()
			scope := ablate(t, hs, l)
			if scope == "" {
				t.Errorf("%s: no cheat gets through without it, and there is no argument", l)
				scope = "none"
			}
			count[scope]++
			t.Logf("%s: %s after %v", l, scope, time.Since(start).Round(time.Millisecond))
		})
	}
	t.Logf("%d constraints: %v", len(labels), count)
}

// argument says why a constraint has no cheat.
type argument struct{ why string }

// ablate finds a cheat that only the constraint refuses.
func ablate(t *testing.T, hs map[string]*harness, label string) (scope string) {
	t.Helper()
	if run := runCheats[label]; run != nil {
		run(t, label)
		return "whole"
	}
	craft := rowCheats[label]
	counted := slices.ContainsFunc(balances, func(end string) bool { return strings.HasSuffix(label, end) })
	for _, deep := range []bool{false, true} {
		for _, name := range keysOf(hs) {
			h := hs[name]
			switch {
			case !h.labels[label] || deep && (counted || craft != nil):
				continue
			case counted:
				if h.counts(t, label) {
					return "counted"
				}
				continue
			}
			h.without([]string{label}, func() {
				if craft == nil {
					scope = h.search(label, deep)
					return
				}
				for _, e := range craft(h) {
					if scope = h.judgeCheat(e, scope); scope == "whole" {
						return
					}
				}
			})
			if scope != "" {
				return scope
			}
		}
	}
	return ""
}

// judgeCheat tries edits with the constraint off, and if they get through
// makes sure that they do not with it on.
func (h *harness) judgeCheat(e []edit, best string) string {
	v := h.try(e...)
	scope := ""
	switch {
	case v.accepted():
		scope = "whole"
	case v.lemma() && best == "":
		scope = "rows"
	default:
		return best
	}
	on := false
	h.with(func() { v = h.try(e...); on = v.accepted() || v.lemma() })
	if on {
		return best // no lie: it gets through anyway
	}
	return scope
}

// without switches labels off, runs f and switches them on again.
func (h *harness) without(labels []string, f func()) {
	h.flip(labels, true)
	f()
	h.flip(labels, false)
}

// with switches everything on for the time of f.
func (h *harness) with(f func()) {
	off := keys(h.skip)
	h.flip(off, false)
	f()
	h.flip(off, true)
}

func (h *harness) flip(labels []string, off bool) {
	var changed []int
	for i := range h.units {
		if slices.ContainsFunc(labels, func(l string) bool { return h.units[i].labels[l] }) {
			changed = append(changed, i)
			h.book(i, h.sums[i], -1)
		}
	}
	for _, l := range labels {
		if h.skip[l] = off; !off {
			delete(h.skip, l)
		}
	}
	for _, i := range changed {
		h.sums[i], _ = h.eval(i)
		h.book(i, h.sums[i], 1)
	}
}

// search tries changes of single columns or, deep, of one followed by up to two
// others that the violated constraints then ask for.
func (h *harness) search(label string, deep bool) (scope string) {
	r := rand.New(rand.NewPCG(uint64(len(label)), 5))
	for _, kind := range h.kinds() {
		rows := h.pick(kind, r)
		if len(rows) == 0 || !h.units[rows[0]].labels[label] {
			continue
		}
		if live, _ := h.live(kind); len(live) == 0 && deep {
			continue
		}
		for _, i := range rows {
			h.candidates(i, r, deep, func(edits ...edit) bool {
				scope = h.judgeCheat(edits, scope)
				return scope != ""
			})
			if scope != "" {
				return scope
			}
		}
	}
	return scope
}

// candidates tries changes of a unit until one is enough.
func (h *harness) candidates(i int, r *rand.Rand, deep bool, try func(...edit) bool) {
	kind, cols := h.units[i].kind, h.columns(i)
	if kind == "fixed" && !deep {
		x := fr.NewElement(99)
		for k := range NumPublic {
			if try(edit{-1 - k, x}) || try(edit{-1 - k, x}, edit{k, x}) {
				return
			}
		}
	}
	sample := cols
	if h.whole(i) && len(cols) > 60 {
		sample = make([]int, 60)
		for k := range sample {
			sample[k] = cols[r.IntN(len(cols))]
		}
	}
	if !deep {
		for _, c := range sample {
			for _, e := range h.singles(c, r) {
				if try(e) {
					return
				}
			}
		}
		h.flagPairs(cols, try)
		return
	}
	if len(cols) >= 120 {
		return
	}
	stop := false
	for _, c := range cols {
		for _, e := range h.singles(c, r)[:3] {
			evals := 0
			h.repair(i, []edit{e}, 2, &evals, func(edits []edit) bool {
				stop = stop || try(edits...)
				return stop
			})
			if stop {
				return
			}
		}
	}
}

// flagPairs trades weight between two flags.
func (h *harness) flagPairs(cols []int, try func(...edit) bool) {
	var flags []int
	for _, c := range cols {
		if e := h.cells[c].e; len(cols) < 120 && (e.IsZero() || e.IsOne()) {
			flags = append(flags, c)
		}
	}
	for k, a := range flags {
		for _, b := range flags[k+1 : min(k+4, len(flags))] {
			for n := range uint(4) {
				for _, x := range []int64{1, -1} {
					d := new(big.Int).Mul(big.NewInt(-x), pow2(n))
					if try(edit{a, plus(h.cells[a].e, d)}, edit{b, plus(h.cells[b].e, big.NewInt(x))}) {
						return
					}
				}
			}
		}
	}
}

// repair solves violated constraints for further columns, one after the other:
// each is linear in each column. try is told of every way that leaves none.
func (h *harness) repair(i int, edits []edit, depth int, evals *int, try func([]edit) bool) bool {
	miss := h.missed(i, edits)
	if *evals++; len(miss) == 0 {
		return len(edits) > 1 && try(edits)
	}
	if depth == 0 || len(miss) > depth || *evals > 400 {
		return false
	}
	label := keysOf(miss)[0]
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

// column of a unit by name.
func (h *harness) column(i int, name string) int {
	for c := h.units[i].lo; c < h.units[i].hi; c++ {
		if h.names[c] == name {
			return c
		}
	}
	panic(fmt.Sprintf("%s has no column %s", h.units[i].kind, name))
}

func keysOf[T any](m map[string]T) []string {
	b := make(map[string]bool, len(m))
	for k := range m {
		b[k] = true
	}
	return keys(b)
}
