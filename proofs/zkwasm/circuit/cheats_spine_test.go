package circuit

import (
	"bytes"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/ir"
)

// spineRuns are false runs about control flow, of guest: everything after the
// lie is run honestly.
func spineRuns() map[string]func(*testing.T, string) {
	halt := func(p *ir.Program) func(i int) *liar {
		return func(i int) *liar {
			return &liar{jump: func(row int, _ uint32) uint32 {
				if row == i {
					return p.Halt
				}
				return 0
			}}
		}
	}
	flipped := func(i int) func(int, bool) bool {
		return func(row int, taken bool) bool { return taken != (row == i) }
	}
	branch := func(*ir.Program) func(i int) *liar {
		return func(i int) *liar { return &liar{branch: flipped(i)} }
	}
	return map[string]func(*testing.T, string){
		"spine.a": spineLie(func(*ir.Program) func(i int) *liar {
			return func(i int) *liar { return &liar{branch: flipped(i), bend: true} }
		}, nil),
		"spine.b": spineLie(func(*ir.Program) func(i int) *liar {
			return func(i int) *liar { return &liar{branch: flipped(i), bendB: true} }
		}, nil),
		"spine.cmp": spineLie(branch, func(_ *ir.Program, r *spineCols) {
			r.set("Z", 1)
			r.set("Inv", 0)
		}),
		"spine.cmp-inv": spineLie(branch, func(_ *ir.Program, r *spineCols) { r.set("Z", 0) }),
		"spine.pc":      spineLie(halt, nil),
		"spine.rom":     spineLie(halt, func(p *ir.Program, r *spineCols) { r.set("Npc", int64(p.Halt)) }),
		"spine.bool":    spineLie(halt, jumpByFractions),
		"spine.entry":   wrongEntry,
		"spine.halt":    earlyEnd,
	}
}

// spineCols are the columns of a row of the spine.
type spineCols struct {
	at  *columnsOf
	a   *Assignment
	row int
}

func (r *spineCols) col(name string) *fr.Element {
	return &r.a.W[r.at.find("Spine", "."+name)[r.row]]
}
func (r *spineCols) set(name string, v int64) { r.col(name).SetInt64(v) }

// jumpByFractions has flags that are no booleans take the row of a jump (A =
// B = 0) to HALT, in the same frame and with the same ROM word: with k =
// (npc - halt)/npc in NpcA, j in ParB and -2k - 4j in New.
func jumpByFractions(p *ir.Program, r *spineCols) {
	npc, f, id := *r.col("Npc"), *r.col("F"), u(uint64(ir.FrameFirst+r.row))
	var k, j, d, n fr.Element
	h := u(uint64(p.Halt))
	k.Sub(&npc, &h).Div(&k, &npc)
	// F' = F:  -F j + (-2k - 4j)(id - F) = 0
	d.Sub(&id, &f)
	n.Mul(&k, &d).Double(&n).Neg(&n)
	d.Double(&d).Double(&d).Add(&d, &f)
	j.Div(&n, &d)
	n.Double(&j).Add(&n, &k).Double(&n).Neg(&n)
	*r.col("NpcA"), *r.col("ParB"), *r.col("New") = k, j, n
}

// spineLie tries a lie at each row until one leads to another journal and is
// accepted without the constraint.
func spineLie(mk func(*ir.Program) func(int) *liar, fix func(*ir.Program, *spineCols)) func(*testing.T, string) {
	return func(t *testing.T, label string) {
		input := []byte{2}
		p, honest := runGuest(t, input)
		for i := range 60 {
			l := mk(p)(i)
			l.p, l.input = p, input
			if !l.run() || bytes.Equal(l.t.Output, honest.Output) {
				continue
			}
			f := forgery{p: p, t: l.t}
			if fix != nil {
				f.fix = func(at *columnsOf, a *Assignment) { fix(p, &spineCols{at, a, i}) }
			}
			if f.forged(t, label) {
				return
			}
		}
		t.Errorf("%s: no lie is accepted without it", label)
	}
}

// wrongEntry begins at HALT.
func wrongEntry(t *testing.T, label string) {
	t.Helper()
	p, _ := runGuest(t, []byte{2})
	q := *p
	q.Entry = p.Halt
	l := &liar{p: &q}
	l.run()
	forgery{p: &q, t: l.t, fix: func(at *columnsOf, a *Assignment) {
		asProgram(t, at, a, p)
		at.set(a, 0, ".Entry", int64(p.Entry))
	}}.must(t, label)
}

// earlyEnd ends before HALT.
func earlyEnd(t *testing.T, label string) {
	t.Helper()
	p, honest := runGuest(t, []byte{2})
	for i := range len(honest.Spine) {
		l := &liar{p: p, input: []byte{2}, stop: func(row int) bool { return row == i }}
		if !l.run() || len(l.t.Spine) != i+1 {
			continue
		}
		q := *p
		q.Halt = l.t.Spine[i].PC
		f := forgery{p: &q, t: l.t, rows: i + 1, fix: func(at *columnsOf, a *Assignment) {
			asProgram(t, at, a, p)
			at.set(a, 0, ".Halt", int64(p.Halt))
		}}
		if f.forged(t, label) {
			return
		}
	}
	t.Errorf("%s: no truncated run is accepted without it", label)
}

// asProgram claims another program's ID.
func asProgram(t *testing.T, at *columnsOf, a *Assignment, p *ir.Program) {
	t.Helper()
	id, err := ProgramID(p)
	if err != nil {
		t.Fatal(err)
	}
	a.Public[0], a.W[at.h.column(0, ".PublicCopy.0")] = id, id
}
