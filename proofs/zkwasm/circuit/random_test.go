package circuit

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/internal/difftest"
	"vmhost/internal/wasm"
	"vmhost/proofs/zkwasm/ir"
	"vmhost/proofs/zkwasm/lower"
)

// TestRandomLies tells one lie at a random place of runs of random modules and
// computes the rest from it; it logs which constraints and buses refuse.
func TestRandomLies(t *testing.T) {
	r := rand.New(rand.NewPCG(27, 27))
	refused, lies := map[string]bool{}, 0
	state := view(t, 1000, 10, map[string]int{"pool": 3}, "pool")
	for seed := range uint64(40) {
		p, err := lower.Lower(difftest.Generate(seed))
		if err != nil || len(p.Blocks) > 600 {
			continue
		}
		honest := &liar{p: p, state: state}
		if !honest.run() || len(honest.t.Spine) > 800 {
			continue
		}
		truth, err := claim(t, p, honest.t, state)
		if err != nil {
			continue // traps where the liar does not
		}
		for range 2 {
			what, l := randomLie(r, p, honest.t)
			if l == nil {
				continue
			}
			if l.p, l.state = p, state; !l.run() {
				continue
			}
			lies++
			a, err := claim(t, p, l.t, state)
			// rows of parts of cells compute what they load: if nobody reads it, the
			// witness is the honest one
			if err == nil && !slices.EqualFunc(a.W, truth.W, func(x, y fr.Element) bool { return x.Equal(&y) }) {
				t.Errorf("seed %d: %s: accepted", seed, what)
			}
			if a == nil {
				continue
			}
			n, err := nativeCheck(a.Shape, a.W, a.Public[:], nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, label := range append(keysOf(n.violated), n.unbalanced()...) {
				refused[label] = true
			}
		}
	}
	t.Logf("%d lies, refused by %v", lies, keys(refused))
	if lies < 20 || len(refused) < 3 {
		t.Errorf("%d lies, refused by %v", lies, keys(refused))
	}
}

// randomLie is about one result, loaded or stored value, branch or move of the
// run; nil if the run has none of that kind.
func randomLie(r *rand.Rand, p *ir.Program, tr *ir.Trace) (what string, l *liar) {
	d := uint64(1) << r.IntN(32)
	at := func(kind string, n int) (i int, ok bool) {
		if n == 0 {
			return 0, false
		}
		i = r.IntN(n)
		what = fmt.Sprintf("%s %d of %d", kind, i, n)
		return i, true
	}
	mem := func(i int) func(n int, m *ir.MemStep) {
		return func(n int, m *ir.MemStep) {
			if n == i {
				m.Val ^= d&(1<<(8*m.Op.Width)-1) | boolUint(d>>(8*m.Op.Width) > 0)
			}
		}
	}
	switch r.IntN(4) {
	case 0:
		if i, ok := at("result", len(tr.Pure)); ok {
			return what, &liar{pure: func(n int, s *ir.PureStep) {
				if n == i {
					s.R[0] ^= d
				}
			}}
		}
	case 1:
		if i, ok := at("event", len(tr.Mem)); ok && !tr.Mem[i].Op.Grow {
			if tr.Mem[i].Op.Store {
				return what, &liar{store: mem(i)}
			}
			return what, &liar{load: mem(i)}
		}
	case 2:
		i, ok := at("row", len(tr.Spine))
		if ok && p.Blocks[tr.Spine[i].PC-1].Term.Kind == ir.TermBranch {
			return what, &liar{bend: r.IntN(2) == 0, branch: func(row int, taken bool) bool { return taken != (row == i) }}
		}
	default:
		if i, ok := at("move", len(tr.Moves)); ok {
			return what, &liar{move: func(n int, m *ir.MoveStep) {
				if n == i {
					m.Value += d
				}
			}}
		}
	}
	return "", nil
}

// TestReturnToFrameOfItsOwnNumber: a return compares nothing, so that one whose
// frame has the number of its continuation is as good as any other (S4).
func TestReturnToFrameOfItsOwnNumber(t *testing.T) {
	get, tee := op(wasm.OpLocalGet, 0), op(wasm.OpLocalTee, 0)
	for n := range uint64(40) { // as many iterations before the loop that calls
		p, err := lower.Lower(hostModule([][]wasm.ValueType{nil, {wasm.I32}}, wasm.Code{Locals: []wasm.LocalRun{{Count: 1, Type: wasm.I32}}, Instrs: []wasm.Instr{
			op(wasm.OpLoop, wasm.BlockTypeEmpty), get, c32(1), op(wasm.OpI32Add), tee, c32(n), op(wasm.OpI32LtU), op(wasm.OpBrIf, 0), op(wasm.OpEnd),
			op(wasm.OpLoop, wasm.BlockTypeEmpty), get, op(wasm.OpCall, uint64(firstGuestFunc())+1), tee, c32(n + 3), op(wasm.OpI32LtU), op(wasm.OpBrIf, 0), op(wasm.OpEnd),
			c32(0), op(wasm.OpEnd),
		}}, wasm.Code{Instrs: []wasm.Instr{get, c32(1), op(wasm.OpI32Add), op(wasm.OpEnd)}}))
		if err != nil {
			t.Fatal(err)
		}
		l := &liar{p: p}
		if !l.run() {
			t.Fatal("does not end")
		}
		for _, s := range l.t.Spine {
			if p.Blocks[s.PC-1].Term.Kind != ir.TermRet || s.A != s.B {
				continue
			}
			if _, err := claim(t, p, l.t, noState{}); err != nil {
				t.Errorf("return to block %d of frame %d: %v", s.A, s.B, err)
			}
			return
		}
	}
	t.Error("no run has such a return")
}
