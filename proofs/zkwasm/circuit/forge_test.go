package circuit

import (
	"bytes"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/groth16"
	"github.com/consensys/gnark/constraint"

	"vmhost/proofs/zkwasm/ir"
)

// weakened are the constraints that the circuit of TestForgedProofs lacks.
var weakened = []string{"add32.sum", "move.src", "spine.a"}

// recount sets the free multiplicities for a circuit without some labels.
func recount(tb testing.TB, a *Assignment, skip map[string]bool) {
	tb.Helper()
	n, err := nativeCheck(a.Shape, a.W, a.Public[:], skip)
	if err != nil {
		tb.Fatal(err)
	}
	for _, t := range n.balance {
		if t.free >= 0 {
			a.W[t.free].Sub(&a.W[t.free], &t.sum)
		}
	}
}

func accepts(tb testing.TB, a *Assignment, skip map[string]bool) bool {
	tb.Helper()
	n, err := nativeCheck(a.Shape, a.W, a.Public[:], skip)
	if err != nil {
		tb.Fatal(err)
	}
	return len(n.violated) == 0 && len(n.unbalanced()) == 0
}

// TestForgedProofs carries one cheat for each weakened constraint to a Groth16
// proof that verifies, and shows that the full circuit refuses those witnesses:
// the harness is able to succeed, and gnark agrees with the native verdict.
func TestForgedProofs(t *testing.T) {
	if testing.Short() {
		t.Skip("a setup and three proofs")
	}
	input := []byte{2}
	p, honest := runGuest(t, input)
	sh := tamperShape(measure(t, p, honest, noState{}))
	sh.Spine += 8
	skip := map[string]bool{}
	for _, l := range weakened {
		skip[l] = true
	}
	lies := map[string]func(i int) *liar{
		"add32.sum": func(i int) *liar {
			return &liar{pure: func(n int, s *ir.PureStep) {
				if n == i && s.Op.Op == ir.OpAdd32 {
					s.R[0] += 0x20
				}
			}}
		},
		"move.src": func(i int) *liar {
			return &liar{move: func(n int, m *ir.MoveStep) {
				if n == i {
					m.Value += 1
				}
			}}
		},
		"spine.a": func(i int) *liar {
			return &liar{branch: func(row int, taken bool) bool { return taken != (row == i) }, bend: true}
		},
	}
	weak, full := New(sh), New(sh)
	weak.skip = skip
	weakCCS, fullCCS := compile(t, weak), compile(t, full)
	pk, vk, err := groth16.Setup(weakCCS)
	if err != nil {
		t.Fatal(err)
	}
	for name, mk := range lies {
		a := findLie(t, p, sh, input, honest.Output, map[string]bool{name: true}, mk)
		if a == nil {
			t.Errorf("%s: no lie is accepted without it", name)
			continue
		}
		recount(t, a, nil)
		if accepts(t, a, nil) || solve(fullCCS, a.Public[:], a.W) == nil {
			t.Errorf("%s: the full circuit accepts the lie", name)
		}
		recount(t, a, skip)
		if !accepts(t, a, skip) {
			t.Errorf("%s: not accepted by the weakened circuit", name)
			continue
		}
		wit, err := a.Witness()
		if err != nil {
			t.Fatal(err)
		}
		proof, err := groth16.Prove(weakCCS, pk, wit)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		pub, err := wit.Public()
		if err != nil {
			t.Fatal(err)
		}
		if err := groth16.Verify(proof, vk, pub); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		t.Logf("%s: a false journal %x has a proof", name, a.Public[3].Bytes())
	}
	a, err := Assign(sh, p, honest, noState{})
	if err != nil {
		t.Fatal(err)
	}
	agree(t, newHarness(t, a), a, fullCCS)
}

// findLie looks for a lie with a false journal that is accepted without skip.
func findLie(t *testing.T, p *ir.Program, sh Shape, input, journal []byte, skip map[string]bool, mk func(int) *liar) *Assignment {
	t.Helper()
	for i := range 200 {
		l := mk(i)
		l.p, l.input = p, input
		if !l.run() || bytes.Equal(l.t.Output, journal) {
			continue
		}
		a, err := Assign(sh, p, l.t, noState{})
		if err != nil {
			continue
		}
		recount(t, a, skip)
		if accepts(t, a, skip) {
			return a
		}
	}
	return nil
}

// agree compares gnark's solver with the native verdict on honest and tampered
// columns.
func agree(t *testing.T, h *harness, a *Assignment, ccs constraint.ConstraintSystem) {
	t.Helper()
	if err := solve(ccs, a.Public[:], a.W); err != nil {
		t.Errorf("gnark refuses the honest witness: %v", err)
	}
	for i := 0; i < len(h.names); i += 1 + len(h.names)/8 {
		w := append(fr.Vector(nil), a.W...)
		one := fr.One()
		w[i].Add(&w[i], &one)
		b := &Assignment{Shape: a.Shape, Public: a.Public, W: w}
		recount(t, b, nil)
		native, gnark := accepts(t, b, nil), solve(ccs, b.Public[:], b.W) == nil
		if native != gnark {
			t.Errorf("column %d (%s): native %v, gnark %v", i, h.names[i], native, gnark)
		}
	}
}
