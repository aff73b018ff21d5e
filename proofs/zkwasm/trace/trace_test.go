package trace_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
	"vmhost/proofs/zkwasm/ir"
	"vmhost/proofs/zkwasm/lower"
	"vmhost/proofs/zkwasm/trace"
	"vmhost/statecache"
)

// state has collection 0 "header" of six items and 1 "balances" of n items.
type state struct{ n uint32 }

func (s state) Find(name string) (uint32, bool) {
	switch name {
	case "header":
		return 0, true
	case "balances":
		return 1, true
	}
	return 0, false
}

func (s state) Len(h uint32) (uint32, bool) { return []uint32{6, s.n}[h&1], h < 2 }

func (s state) Value(h, i uint32) (v [32]byte, ok bool) {
	n, ok := s.Len(h)
	v[31], v[30] = byte(i+1), byte(i>>8)
	return v, ok && i < n
}

func (s state) Item(h, i uint32) (it statecache.Item, ok bool) {
	n, ok := s.Len(h)
	return statecache.Item{Address: [20]byte{byte(h)}, Slot: [32]byte{31: byte(i)}}, ok && i < n
}

func (s state) ItemsRoot(h uint32) (root [32]byte, ok bool) {
	_, ok = s.Len(h)
	return [32]byte{1, byte(h)}, ok
}

func (s state) ValueAt(age uint64, h, i uint32) ([32]byte, error) {
	v, ok := s.Value(h, i)
	if v[0] = byte(age); !ok {
		return v, statecache.ErrNotThen
	}
	return v, nil
}

func example(tb testing.TB) *ir.Program {
	tb.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "examples", "wasm", "balance-dist", "balance-dist.c.wasm"))
	if err != nil {
		tb.Fatal(err)
	}
	p, err := lower.Lower(b)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func TestRun(t *testing.T) {
	p := example(t)
	in := trace.Input{State: state{100}, Input: []byte{1, 2, 3}}
	tr, res, err := trace.Run(context.Background(), p, in)
	if err != nil || res.Trap != "" {
		t.Fatal(err, res)
	}
	if err := trace.Verify(p, tr); err != nil {
		t.Fatal(err)
	}
	if string(tr.Output) != string(res.Journal) || tr.WasmInstructions != res.Fuel || len(res.Journal) != 48 || res.Reads != 101 {
		t.Errorf("journal %x, fuel %d of %d, reads %d", res.Journal, tr.WasmInstructions, res.Fuel, res.Reads)
	}
	in.NoTrace = true
	none, again, err := trace.Run(context.Background(), p, in)
	if err != nil || none != nil {
		t.Fatal(err, none)
	}
	if string(again.Journal) != string(res.Journal) || again.Fuel != res.Fuel || again.IRSteps != res.IRSteps || string(again.Memory) != string(res.Memory) {
		t.Errorf("without a trace: %+v", again)
	}
}

func TestLimits(t *testing.T) {
	p := example(t)
	in := trace.Input{State: state{100}}
	_, res, err := trace.Run(context.Background(), p, in)
	if err != nil {
		t.Fatal(err)
	}
	in.Limits.Fuel = res.Fuel
	if _, r, _ := trace.Run(context.Background(), p, in); r.Trap != "" {
		t.Errorf("with exactly enough fuel: %q", r.Trap)
	}
	in.Limits.Fuel--
	if tr, r, _ := trace.Run(context.Background(), p, in); r.Trap != vmabi.TrapOutOfFuel || tr != nil {
		t.Errorf("with one too little: %q", r.Trap)
	}
	in.Limits = trace.Limits{MaxRows: 100}
	if _, _, err := trace.Run(context.Background(), p, in); !errors.Is(err, trace.ErrTooLong) {
		t.Errorf("row limit: %v", err)
	}
	in.Limits = trace.Limits{}
	in.Input = make([]byte, vmabi.MaxInput+1)
	if _, _, err := trace.Run(context.Background(), p, in); !errors.Is(err, trace.ErrInput) {
		t.Errorf("input: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	in.Input = nil
	if _, _, err := trace.Run(ctx, p, in); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	p.Pages = 65
	if _, _, err := trace.Run(context.Background(), p, in); !errors.Is(err, trace.ErrProgram) {
		t.Errorf("65 pages: %v", err)
	}
}

// recursion calls itself n times below run, n being the first input byte times
// 8 plus the second.
func recursion(t *testing.T) *ir.Program {
	t.Helper()
	i32 := wasm.I32
	op := func(o wasm.Opcode, imm ...uint64) wasm.Instr {
		in := wasm.Instr{Op: o}
		if len(imm) > 0 {
			in.Imm = imm[0]
		}
		return in
	}
	m := &wasm.Module{
		Types:     []wasm.FuncType{{}, {Params: []wasm.ValueType{i32}}, {Params: []wasm.ValueType{i32, i32, i32}, Results: []wasm.ValueType{i32}}},
		Imports:   []wasm.Import{{Module: "vm", Name: "input_read", Type: 2}},
		Functions: []uint32{0, 1},
		Memories:  []wasm.Limits{{Min: 1}},
		Exports:   []wasm.Export{{Name: "run", Index: 1}},
		Code: []wasm.Code{
			{Instrs: []wasm.Instr{
				op(wasm.OpI32Const, 0), op(wasm.OpI32Const, 0), op(wasm.OpI32Const, 4), op(wasm.OpCall, 0), op(wasm.OpDrop),
				op(wasm.OpI32Const, 0), op(wasm.OpI32Load), op(wasm.OpCall, 2), op(wasm.OpEnd),
			}},
			{Instrs: []wasm.Instr{
				op(wasm.OpLocalGet, 0), op(wasm.OpI32Const, 1), op(wasm.OpI32Sub),
				{Op: wasm.OpLocalTee, Imm: 0},
				op(wasm.OpIf, wasm.BlockTypeEmpty), op(wasm.OpLocalGet, 0), op(wasm.OpCall, 2), op(wasm.OpEnd),
				// a host call at the greatest depth is none of the guest's
				op(wasm.OpI32Const, 0), op(wasm.OpI32Const, 0), op(wasm.OpI32Const, 40), op(wasm.OpCall, 0), op(wasm.OpDrop),
				op(wasm.OpEnd),
			}},
		},
	}
	p, err := lower.Lower(wasm.Encode(m))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestCallDepth(t *testing.T) {
	p := recursion(t)
	for n, trap := range map[uint32]vmabi.Trap{1023: "", 1024: vmabi.TrapCallStack} { // run is depth 1
		in := trace.Input{Input: []byte{byte(n), byte(n >> 8), 0, 0}}
		tr, res, err := trace.Run(context.Background(), p, in)
		if err != nil || res.Trap != trap {
			t.Fatalf("%d calls: %v, trap %q", n, err, res.Trap)
		}
		if tr != nil {
			if err := trace.Verify(p, tr); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestVerifyRejects damages a good trace in one place each.
func TestVerifyRejects(t *testing.T) {
	p := example(t)
	good := func() *ir.Trace {
		tr, _, err := trace.Run(context.Background(), p, trace.Input{State: state{5}})
		if err != nil {
			t.Fatal(err)
		}
		return tr
	}
	tests := map[string]func(tr *ir.Trace){
		"first block":         func(tr *ir.Trace) { tr.Spine[0].PC++ },
		"first frame":         func(tr *ir.Trace) { tr.Spine[0].Frame++ },
		"row dropped":         func(tr *ir.Trace) { tr.Spine = append(tr.Spine[:5], tr.Spine[6:]...) },
		"last row dropped":    func(tr *ir.Trace) { tr.Spine = tr.Spine[:len(tr.Spine)-1] },
		"row after halt":      func(tr *ir.Trace) { tr.Spine = append(tr.Spine, tr.Spine[len(tr.Spine)-1]) },
		"stale frame":         func(tr *ir.Trace) { tr.Spine[6].Frame-- },
		"tick":                func(tr *ir.Trace) { tr.Spine[6].Tau++ },
		"branch operand":      func(tr *ir.Trace) { changeBranch(p, tr) },
		"taken":               func(tr *ir.Trace) { tr.Spine[3].Taken = !tr.Spine[3].Taken },
		"pure result":         func(tr *ir.Trace) { tr.Pure[3].R[0]++ },
		"pure operand":        func(tr *ir.Trace) { tr.Pure[len(tr.Pure)-1].A++ },
		"pure frame":          func(tr *ir.Trace) { tr.Pure[3].Frame++ },
		"pure dropped":        func(tr *ir.Trace) { tr.Pure = tr.Pure[1:] },
		"pure twice":          func(tr *ir.Trace) { tr.Pure = append(tr.Pure, tr.Pure[0]) },
		"high half":           func(tr *ir.Trace) { changeHigh(tr) },
		"move value":          func(tr *ir.Trace) { tr.Moves[2].Value++ },
		"move into a frame":   func(tr *ir.Trace) { tr.Moves[2].To++ },
		"move along an edge":  func(tr *ir.Trace) { tr.Moves[2].Edge++ },
		"move dropped":        func(tr *ir.Trace) { tr.Moves = tr.Moves[1:] },
		"link dropped":        func(tr *ir.Trace) { tr.Links = tr.Links[1:] },
		"link to a frame":     func(tr *ir.Trace) { tr.Links[0].To++ },
		"link twice":          func(tr *ir.Trace) { tr.Links = append(tr.Links, tr.Links[0]) },
		"event dropped":       func(tr *ir.Trace) { tr.Mem = tr.Mem[:len(tr.Mem)-1] },
		"event added":         func(tr *ir.Trace) { tr.Mem = append(tr.Mem, tr.Mem[0]) },
		"event value":         func(tr *ir.Trace) { tr.Mem[1].Val++ },
		"event address":       func(tr *ir.Trace) { tr.Mem[1].Addr += 8 },
		"event order":         func(tr *ir.Trace) { tr.Mem[0], tr.Mem[1] = tr.Mem[1], tr.Mem[0] },
		"stale value":         func(tr *ir.Trace) { tr.Mem[1].Cells[0].Old++ },
		"previous tick":       func(tr *ir.Trace) { tr.Mem[1].Cells[0].PrevTau++ },
		"written value":       func(tr *ir.Trace) { tr.Mem[len(tr.Mem)-1].Cells[0].New++ },
		"cell order":          func(tr *ir.Trace) { tr.Cells[0], tr.Cells[1] = tr.Cells[1], tr.Cells[0] },
		"cell dropped":        func(tr *ir.Trace) { tr.Cells = tr.Cells[1:] },
		"initial value":       func(tr *ir.Trace) { tr.Cells[0].Init++ },
		"final value":         func(tr *ir.Trace) { tr.Cells[len(tr.Cells)-1].Final++ },
		"final tick":          func(tr *ir.Trace) { tr.Cells[0].FinalTau++ },
		"data made free":      func(tr *ir.Trace) { tr.Cells[0].IsData = !tr.Cells[0].IsData },
		"no rows":             func(tr *ir.Trace) { tr.Spine = nil },
		"two cells":           func(tr *ir.Trace) { tr.Mem[1].Two = !tr.Mem[1].Two },
		"return address":      func(tr *ir.Trace) { changeReturn(p, tr) },
		"argument of nothing": func(tr *ir.Trace) { tr.Links = nil },
	}
	if err := trace.Verify(p, good()); err != nil {
		t.Fatal(err)
	}
	for name, edit := range tests {
		t.Run(name, func(t *testing.T) {
			tr := good()
			edit(tr)
			if err := trace.Verify(p, tr); !errors.Is(err, trace.ErrInconsistent) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// changeBranch makes a branch read other numbers with the same outcome.
func changeBranch(p *ir.Program, tr *ir.Trace) {
	for i := range tr.Spine {
		if r := &tr.Spine[i]; p.Blocks[r.PC-1].Term.Kind == ir.TermBranch && r.Taken {
			r.A, r.B = r.A+1000, r.B+1000
			return
		}
	}
}

func changeHigh(tr *ir.Trace) {
	for i := range tr.Pure {
		if o := tr.Pure[i].Op.Op; o >= ir.OpMulLo32 && o <= ir.OpRemU64 {
			tr.Pure[i].High++
			return
		}
	}
}

func changeReturn(p *ir.Program, tr *ir.Trace) {
	for i := range tr.Spine {
		if r := &tr.Spine[i]; p.Blocks[r.PC-1].Term.Kind == ir.TermRet {
			r.A++
			return
		}
	}
}

func BenchmarkRun(b *testing.B) {
	p := example(b)
	for _, record := range []bool{false, true} {
		name := "run"
		if record {
			name = "trace"
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var steps uint64
			n := uint32(0)
			for b.Loop() {
				n = (n + 1) % 16
				_, res, err := trace.Run(context.Background(), p, trace.Input{State: state{20_000 + n}, NoTrace: !record})
				if err != nil || res.Trap != "" {
					b.Fatal(err, res.Trap)
				}
				steps += res.IRSteps
			}
			b.ReportMetric(float64(steps)/b.Elapsed().Seconds()/1e6, "Msteps/s")
		})
	}
}
