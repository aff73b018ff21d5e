package circuit

import (
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/ir"
)

// romLabels are the labels of the sections in the order of the layout.
var romLabels = []string{"rom-p", "rom-q", "rom-s", "rom-l", "rom-st", "rom-e", "rom-k", "const", "data"}

// programUnit is the unit that holds the ROM.
func (h *harness) programUnit() int {
	return slices.IndexFunc(h.units, func(u unit) bool { return u.kind == "program" })
}

// sections are the columns of each ROM section; those without a name, which say
// how many blocks are in use, stand between them.
func (h *harness) sections() (out [][]int) {
	u := h.units[h.programUnit()]
	open := false
	for c := u.lo; c < u.hi; c++ {
		if h.names[c] == "" {
			open = false
			continue
		}
		if !open {
			out = append(out, nil)
			open = true
		}
		out[len(out)-1] = append(out[len(out)-1], c)
	}
	return out
}

// resplit moves 2^bits of the first piece of a ROM row into the next one: the packed
// element stays the same.
func resplit(section int) func(h *harness) [][]edit {
	return func(h *harness) [][]edit {
		cols := h.sections()[section]
		if h.cells[cols[0]].e.IsZero() {
			return nil // empty in this program
		}
		// the second piece begins behind the first one's two or three limbs
		first, _, _ := strings.Cut(h.names[cols[0]], ".L.")
		from, bits := 0, []uint{20, 20, 20, 24, 24, 6, 6, 20, 32}[section]
		next := slices.IndexFunc(cols, func(c int) bool { return !strings.HasPrefix(h.names[c], first+".") })
		if bits == 6 { // the id of an edge is both: take the second piece and the third
			from, next = next, next+1
		}
		a, b := cols[from], cols[next]
		return [][]edit{{{a, plus(h.cells[a].e, pow2(bits))}, {b, plus(h.cells[b].e, neg(1))}}}
	}
}

// deadEntry writes an instruction into a block that is not hashed.
func deadEntry(h *harness) [][]edit {
	cols := h.sections()[0]
	last := -1
	for k, c := range cols {
		if h.names[c] == h.names[cols[0]] {
			last = k
		}
	}
	return [][]edit{{{cols[last], fr.NewElement(200)}}}
}

// noData leaves the datum of a word out.
func noData(t *testing.T, label string) {
	t.Helper()
	p, tr, c := readFirst(t, "cells", true)
	c.Init, c.Final, c.IsData = 0, 0, false
	m := &tr.Mem[0]
	m.Val, m.Cells[0].Old, m.Cells[0].New = 0, 0, 0
	forgery{p: p, t: tr}.must(t, label)
}

// counts shows that without a constraint one side of an exact balance is
// missing: whatever the columns are, a unit offers and takes as many tuples of
// a bus, and without the constraint it does not unless it is idle. As the
// numerators are 0 and 1, the rows of such a chip cannot be used at all.
func (h *harness) counts(t *testing.T, label string) bool {
	t.Helper()
	total := func(i int, b bus) (s fr.Element) {
		sums, _ := h.eval(i)
		for k, x := range sums {
			if k.bus == b {
				s.Add(&s, &x.sum)
			}
		}
		return s
	}
	found := false
	for i := range h.units {
		if !h.units[i].labels[label] || found && h.units[i-1].kind == h.units[i].kind && i%7 != 0 {
			continue
		}
		b := busToken
		if !strings.Contains(label, "token") {
			b = busMem
		}
		old := slices.Clone(h.cells[h.units[i].lo:h.units[i].hi])
		for c := h.units[i].lo; c < h.units[i].hi; c++ {
			h.cells[c].e.MustSetRandom()
		}
		with := total(i, b)
		h.skip[label] = true
		without := total(i, b)
		copy(h.cells[h.units[i].lo:], old)
		honest := total(i, b)
		delete(h.skip, label)
		if !with.IsZero() || without.IsZero() {
			t.Errorf("%s: a %s row counts %v with it, %v without", label, h.units[i].kind, with.String(), without.String())
		}
		found = found || !honest.IsZero()
	}
	return found
}

func programRuns() map[string]func(*testing.T, string) {
	return map[string]func(*testing.T, string){"data": noData}
}

var _ ir.Op
