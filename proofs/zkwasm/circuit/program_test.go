package circuit

import (
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/constraint/solver"
	gcs "github.com/consensys/gnark/frontend/cs"

	"vmhost/proofs/zkwasm/ir"
)

// TestNoHints: every wire is a column or a function of columns and the challenge.
func TestNoHints(t *testing.T) {
	p, tr := runGuest(t, []byte{1})
	sys, ok := compile(t, New(tamperShape(measure(t, p, tr, noState{})))).(*cs.R1CS)
	if !ok {
		t.Fatal("no R1CS")
	}
	commit := solver.GetHintID(gcs.Bsb22CommitmentComputePlaceholder)
	for id, name := range sys.MHintsDependencies {
		if id != commit && !strings.HasSuffix(name, "hints.Randomize") { // gnark's blinding of the commitment
			t.Errorf("hint %s", name)
		}
	}
	if n := len(sys.CommitmentInfo.CommitmentIndexes()); n != 1 {
		t.Errorf("%d commitments", n)
	}
}

// TestFractionBound: X = gamma^D needs D > 5 times the number of fractions (C3).
func TestFractionBound(t *testing.T) {
	for _, sh := range Shapes() {
		b := &builder{nat: newNative()}
		pub := make([]V, NumPublic)
		for i := range pub {
			pub[i] = 0
		}
		b.define(sh, nativeColumns(make(fr.Vector, sh.Columns())), pub)
		if b.finish(); b.err != nil {
			t.Errorf("%s: %v", sh.Name, b.err)
		}
		if b.nFrac < sh.Spine*4+sh.tableColumns() {
			t.Errorf("%s: only %d fractions counted", sh.Name, b.nFrac)
		}
		b.nFrac = 1 << tallLog / 5
		if b.nFrac++; b.err == nil {
			if b.finish(); b.err == nil {
				t.Errorf("%s: too many fractions pass", sh.Name)
			}
		}
	}
}

// TestRule21 refuses to compile tuples that do not decode.
func TestRule21(t *testing.T) {
	b := &builder{nat: newNative()}
	one := wrap(fr.One())
	for name, x := range map[string]term{
		"two own columns":     b.plus(b.at(1, own, one), 40, b.at(1, own, one)),
		"own beside a flag":   b.plus(b.at(1, own, one), 40, b.at(1, flag, one)),
		"own beside a slot":   b.plus(b.at(1, own, one), 40, b.at(1, slot, one)),
		"two exact columns":   b.plus(b.at(1, exact, one), 40, b.at(1, exact, one)),
		"own beside an exact": b.plus(b.at(1, own, one), 40, b.at(1, exact, one)),
		"own beside a region": b.plus(b.at(1, region, one), 40, b.at(1, own, one)),
	} {
		b.err = nil
		if b.read("x", busFact, 1, x); b.err == nil {
			t.Errorf("%s: compiles", name)
		}
	}
}

// TestIdleMultiplicities sets the multiplicities of rows out of use.
func TestIdleMultiplicities(t *testing.T) {
	for name, a := range subjects(t) {
		h := newHarness(t, a)
		met := map[string]bool{}
		for i := range h.units {
			u := &h.units[i]
			if u.act < 0 || h.cells[u.act].e.IsOne() {
				continue
			}
			for c := u.lo; c < u.hi; c++ {
				if h.names[c] != "mult" {
					continue
				}
				v := h.try(edit{c, fr.One()})
				if !slices.ContainsFunc(v.reject, func(l string) bool { return strings.HasSuffix(l, ".unused") }) {
					t.Errorf("%s: multiplicity of an idle %s row: refused by %v", name, u.kind, v.reject)
				}
				met[u.kind] = true
			}
		}
		if len(met) < 4 {
			t.Errorf("%s: only %v have idle rows", name, keys(met))
		}
	}
}

func sample(t *testing.T) *ir.Program {
	t.Helper()
	p, _ := runGuest(t, []byte{2})
	return p
}

func TestProgramIDBindsEverything(t *testing.T) {
	id := func(p *ir.Program) fr.Element {
		e, err := ProgramID(p)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	want := id(sample(t))
	firstPure := func(p *ir.Program) *ir.Pure {
		for i := range p.Blocks {
			for _, in := range p.Blocks[i].Body {
				if in.Pure != nil {
					return in.Pure
				}
			}
		}
		return nil
	}
	firstMem := func(p *ir.Program, store bool) *ir.Mem {
		for i := range p.Blocks {
			for _, in := range p.Blocks[i].Body {
				if in.Mem != nil && in.Mem.Store == store {
					return in.Mem
				}
			}
		}
		return nil
	}
	firstEdge := func(p *ir.Program, ok func(*ir.Block) bool) *ir.Block {
		for i := range p.Blocks {
			if ok(&p.Blocks[i]) {
				return &p.Blocks[i]
			}
		}
		t.Fatal("no such block")
		return nil
	}
	seen := map[fr.Element]string{want: "the program"}
	for name, change := range map[string]func(p *ir.Program){
		"opcode":         func(p *ir.Program) { firstPure(p).Op ^= 1 },
		"result slot":    func(p *ir.Program) { firstPure(p).Dst++ },
		"operand":        func(p *ir.Program) { firstPure(p).A.Slot++ },
		"constant flag":  func(p *ir.Program) { firstPure(p).B.Const = !firstPure(p).B.Const },
		"constant":       func(p *ir.Program) { p.Consts[0].Value++ },
		"constant slot":  func(p *ir.Program) { p.Consts[0].Slot++ },
		"constant added": func(p *ir.Program) { p.Consts = append(p.Consts, ir.Const{Slot: 9999, Value: 9999}) },
		"datum":          func(p *ir.Program) { p.Data[0].Value++ },
		"datum address":  func(p *ir.Program) { p.Data[0].Addr += 8 },
		"datum region":   func(p *ir.Program) { p.Data[0].Region ^= 1 },
		"datum dropped":  func(p *ir.Program) { p.Data = p.Data[1:] },
		"entry":          func(p *ir.Program) { p.Entry++ },
		"halt":           func(p *ir.Program) { p.Halt++ },
		"pages":          func(p *ir.Program) { p.Pages++ },
		"most pages":     func(p *ir.Program) { p.MaxPages++ },
		"growth":         func(p *ir.Program) { firstMem(p, true).Grow = true },
		"load width":     func(p *ir.Program) { firstMem(p, false).Width ^= 3 },
		"load offset":    func(p *ir.Program) { firstMem(p, false).Imm++ },
		"load region":    func(p *ir.Program) { firstMem(p, false).Region ^= 1 },
		"store operand":  func(p *ir.Program) { firstMem(p, true).Val.Slot++ },
		"store offset":   func(p *ir.Program) { firstMem(p, true).Imm++ },
		"branch operand": func(p *ir.Program) {
			firstEdge(p, func(b *ir.Block) bool { return b.Term.Kind == ir.TermBranch }).Term.A.Slot++
		},
		"branch target": func(p *ir.Program) {
			firstEdge(p, func(b *ir.Block) bool { return b.Term.Kind == ir.TermBranch }).Term.Edges[1].Target++
		},
		"edge kind": func(p *ir.Program) {
			firstEdge(p, func(b *ir.Block) bool { return b.Term.Edges[0].Kind == ir.EdgeEnter }).Term.Edges[0].Kind = ir.EdgeForward
		},
		"continuation": func(p *ir.Program) {
			firstEdge(p, func(b *ir.Block) bool { return b.Term.Kind == ir.TermCall }).Term.Cont++
		},
		"move source": func(p *ir.Program) {
			firstEdge(p, func(b *ir.Block) bool { return len(b.Term.Edges[0].Moves) > 0 }).Term.Edges[0].Moves[0].Src.Slot++
		},
		"move target": func(p *ir.Program) {
			firstEdge(p, func(b *ir.Block) bool { return len(b.Term.Edges[0].Moves) > 0 }).Term.Edges[0].Moves[0].Dst++
		},
		"return move": func(p *ir.Program) {
			firstEdge(p, func(b *ir.Block) bool { return len(b.Term.RetMoves) > 0 }).Term.RetMoves[0].Src.Slot++
		},
		"trap for a jump": func(p *ir.Program) {
			firstEdge(p, func(b *ir.Block) bool { return b.Term.Kind == ir.TermUnreachable }).Term = ir.Term{Kind: ir.TermJump, Edges: [2]ir.Edge{{Target: p.Halt}}}
		},
	} {
		p := sample(t)
		change(p)
		got := id(p)
		if other, dup := seen[got]; dup {
			t.Errorf("%s: same id as %s", name, other)
		}
		seen[got] = name
	}
}

// TestSameIDOverShapes: the ID does not depend on capacity.
func TestSameIDOverShapes(t *testing.T) {
	p, tr := runGuest(t, []byte{2})
	small := tamperShape(measure(t, p, tr, noState{}))
	large := small
	large.RomP, large.RomS, large.Consts, large.Data, large.RomK = small.RomP+2, small.RomS+3, small.Consts+1, small.Data+2, small.RomK+1
	for _, sh := range []Shape{small, large} {
		a, err := Assign(sh, p, tr, noState{})
		if err != nil {
			t.Fatal(err)
		}
		if err := check(sh, a); err != nil {
			t.Error(err)
		}
		if want, _ := ProgramID(p); !want.Equal(&a.Public[0]) {
			t.Error("another id")
		}
	}
}

// TestZeroClaim: the impossible claim (all public inputs 0) has no witness: its
// program ID and commitment would be preimages of 0.
func TestZeroClaim(t *testing.T) {
	h := newHarness(t, subjects(t)["guest"])
	var edits []edit
	for i := range NumPublic {
		edits = append(edits, edit{-1 - i, fr.Element{}}, edit{i, fr.Element{}})
	}
	v := h.try(edits...)
	for _, l := range []string{"commit.hash", "public.program"} {
		if !slices.Contains(v.reject, l) {
			t.Errorf("%s does not refuse the zero claim: %v", l, v.reject)
		}
	}
}

// TestDeadROM writes instructions into sponge blocks that are not hashed, and
// packs hashed ones differently.
func TestDeadROM(t *testing.T) {
	h := newHarness(t, subjects(t)["guest"])
	i := slices.IndexFunc(h.units, func(u unit) bool { return u.kind == "program" })
	cols := h.columns(i)
	dead, split := 0, 0
	for _, c := range cols {
		if !h.cells[c].e.IsZero() || dead > 40 || h.names[c] == ".M" {
			continue
		}
		v := h.try(edit{c, fr.One()})
		if len(v.reject) == 0 {
			t.Errorf("column %s of the program: accepted", h.names[c])
		}
		if slices.Contains(v.reject, "id.dead") {
			dead++
		}
	}
	if dead == 0 {
		t.Error("no dead block was tried")
	}
	// 2^20 of one piece is 1 of the next: the packed element stays the same
	for k, c := range cols {
		if !strings.HasSuffix(h.names[c], ".S1.L.0") || split > 10 || k == 0 || h.cells[c].e.IsZero() {
			continue
		}
		split++
		s := cols[k-1] // the upper limb of S
		if v := h.try(edit{s, plus(h.cells[s].e, pow2(8))}, edit{c, plus(h.cells[c].e, neg(1))}); len(v.reject) == 0 || slices.Contains(v.reject, "public.program") && strings.HasPrefix(h.names[s], ".S.") {
			t.Errorf("re-split of %s: %v", h.names[c], v.reject)
		}
	}
	if split == 0 {
		t.Error("nothing was split")
	}
}

// TestPublicInputsAreCopied: each public input stands in one constraint only,
// beside a wire under the commitment, and all columns are under it (C5).
func TestPublicInputsAreCopied(t *testing.T) {
	p, tr := runGuest(t, []byte{1})
	sh := tamperShape(measure(t, p, tr, noState{}))
	sys, ok := compile(t, New(sh)).(*cs.R1CS)
	if !ok {
		t.Fatal("no R1CS")
	}
	info, ok := sys.CommitmentInfo.(constraint.Groth16Commitments)
	if !ok || len(info) != 1 {
		t.Fatalf("commitments %v", sys.CommitmentInfo)
	}
	committed := map[int]bool{}
	for _, w := range info[0].PrivateCommitted {
		committed[w] = true
	}
	if n := sh.Columns() + 1; len(committed) != n { // and what blinds the commitment
		t.Errorf("%d wires are committed, not %d", len(committed), n)
	}
	public := sys.GetNbPublicVariables() // the first of them is the constant 1
	if public != NumPublic+1 {
		t.Fatalf("%d public wires", public)
	}
	uses := make([]int, public)
	for it, c := sys.GetR1CIterator(), (*constraint.R1C)(nil); ; {
		if c = it.Next(); c == nil {
			break
		}
		here, other := 0, true
		for _, w := range slices.Concat(c.L, c.R, c.O) {
			switch id := w.WireID(); {
			case id == 0:
			case id < public:
				uses[id]++
				here++
			default:
				other = other && committed[id]
			}
		}
		if here > 0 && (here != 1 || !other) {
			t.Errorf("a public input in %s", c.String(sys))
		}
	}
	for id, n := range uses[1:] {
		if n != 1 {
			t.Errorf("public input %d stands in %d constraints", id, n)
		}
	}
}
