package circuit

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"testing"

	examples "vmhost/examples/wasm"
	"vmhost/proofs/zkwasm/ir"
	"vmhost/proofs/zkwasm/lower"
	"vmhost/proofs/zkwasm/trace"
	"vmhost/statecache"
)

// runOps traces opsProgram and lays it out.
func runOps(tb testing.TB, seed uint64) (*ir.Program, *ir.Trace) {
	tb.Helper()
	p := opsProgram(rand.New(rand.NewPCG(seed, 1)))
	t, res, err := trace.Run(tb.Context(), p, trace.Input{})
	if err != nil {
		tb.Fatal(err)
	}
	if res.Trap != "" {
		tb.Fatal(res.Trap)
	}
	return p, t
}

// opsShape has room for opsProgram: many events of every kind.
func opsShape() Shape {
	sh, _ := ShapeByName("tiny")
	sh.Name = "ops"
	sh.RomP, sh.RomQ, sh.RomS, sh.RomL, sh.RomSt = 4, 1, 2, 6, 12
	sh.LoadAny, sh.StoreAny, sh.Store64, sh.Linear, sh.Div = 64, 40, 96, 96, 8
	return sh
}

func TestOpsProgram(t *testing.T) {
	sh := opsShape()
	for seed := range uint64(5) {
		p, tr := runOps(t, seed)
		a, err := Assign(sh, p, tr, noState{})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("used %+v", a.Used)
		if err := check(sh, a); err != nil {
			t.Fatal(err)
		}
	}
}

// runExample lowers and traces an example on its first job.
func runExample(tb testing.TB, name string, lang examples.Lang, job int) (*ir.Program, *ir.Trace, *statecache.View) {
	tb.Helper()
	e, ok := examples.Find(name, lang)
	if !ok {
		tb.Fatalf("no example %s", name)
	}
	j := e.Jobs[job]
	v, err := j.View()
	if err != nil {
		tb.Fatal(err)
	}
	p, err := lower.Lower(e.Wasm)
	if err != nil {
		tb.Fatal(err)
	}
	t, res, err := trace.Run(tb.Context(), p, trace.Input{State: v, Input: j.Input})
	if err != nil || res.Trap != "" {
		tb.Fatal(err, res)
	}
	if want := e.Reference(j); !bytes.Equal(want.Journal, t.Output) {
		tb.Fatalf("journal %x, want %x", t.Output, want.Journal)
	}
	return p, t, v
}

func TestExamples(t *testing.T) {
	for _, e := range examples.All() {
		t.Run(e.Name+"/"+string(e.Lang), func(t *testing.T) {
			p, tr, v := runExample(t, e.Name, e.Lang, 0)
			for _, sh := range Shapes() {
				a, err := Assign(sh, p, tr, v)
				var short *ShortError
				if errors.As(err, &short) {
					t.Log(err)
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				used, err := UsedConstraints(sh, a.Used)
				if err != nil {
					t.Fatal(err)
				}
				t.Logf("%s: used %d constraints, %d wasm instructions, %+v", sh.Name, used, tr.WasmInstructions, a.Used)
				if err := check(sh, a); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Fatal("no shape fits")
		})
	}
}
