package lower_test

import (
	"errors"
	"testing"
	"time"

	"vmhost/internal/wasm"
	"vmhost/proofs/zkwasm/lower"
)

// TestHostileModules lowers modules that are made to be slow. Each is refused or
// lowered, in bounded time.
func TestHostileModules(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	repeat := func(n int, part []wasm.Instr) []wasm.Instr {
		out := make([]wasm.Instr, 0, n*len(part))
		for range n {
			out = append(out, part...)
		}
		return out
	}
	locals := func(n int) []wasm.ValueType {
		out := make([]wasm.ValueType, n)
		for i := range out {
			out[i] = i32
		}
		return out
	}
	void := wasm.BlockTypeEmpty
	tests := map[string]function{
		"many exits of one block": {locals: locals(2), code: seq(ins(wasm.OpBlock, void),
			repeat(100_000, seq(c32(0), ins(wasm.OpI32Load), ins(wasm.OpBrIf, 0))), wasm.OpEnd)},
		"many joins": {locals: locals(40), code: repeat(20_000, seq(c32(0), ins(wasm.OpI32Load), ins(wasm.OpIf, void),
			c32(0), ins(wasm.OpI32Load), set(3), wasm.OpEnd, get(3), set(4)))},
		"nested loops": {locals: locals(30), code: seq(repeat(3000, seq(ins(wasm.OpLoop, void), get(1), set(2))),
			repeat(3000, seq(c32(0), ins(wasm.OpI32Load), set(1), get(1), ins(wasm.OpBrIf, 0), wasm.OpEnd)))},
		"exits of nested loops": {locals: locals(30), code: seq(ins(wasm.OpBlock, void),
			repeat(1000, seq(ins(wasm.OpLoop, void), get(1), ins(wasm.OpBrIf, 1))),
			repeat(1000, seq(c32(0), ins(wasm.OpI32Load), set(1), get(1), ins(wasm.OpBrIf, 0), get(1), ins(wasm.OpBrIf, 0), wasm.OpEnd)), wasm.OpEnd)},
		"many locals in many loops": {locals: locals(20_000), code: repeat(500, seq(ins(wasm.OpLoop, void),
			get(7), get(19_999), wasm.OpI32Add, set(19_999), get(19_999), ins(wasm.OpBrIf, 0), wasm.OpEnd))},
		"deep stack": {code: seq(repeat(30_000, seq(c32(0), ins(wasm.OpI32Load))), repeat(3000, seq(c32(0), ins(wasm.OpIf, void), wasm.OpEnd)),
			repeat(30_000, seq(wasm.OpDrop)))},
		"many host calls": {code: repeat(50_000, seq(c32(1), c32(1), host("state_u64"), wasm.OpDrop))},
		"many divisions":  {code: seq(repeat(20_000, seq(c32(0), c32(0), ins(wasm.OpI32Load), c32(0), ins(wasm.OpI32Load), wasm.OpI32DivS, ins(wasm.OpI32Store))))},
		"many stores":     {code: repeat(60_000, seq(c32(0), c32(1), ins(wasm.OpI32Store)))},
		"equal ops that do not dominate each other": {locals: locals(1), code: repeat(15_000, seq(c32(0), ins(wasm.OpI32Load), ins(wasm.OpIf, void),
			c32(0), get(0), c32(5), wasm.OpI32Add, ins(wasm.OpI32Store), wasm.OpEnd))},
	}
	for name, f := range tests {
		t.Run(name, func(t *testing.T) {
			b := module(nil, f)
			start := time.Now()
			_, err := lower.Lower(b)
			var u *lower.UnsupportedError
			if err != nil && !errors.As(err, &u) {
				t.Fatal(err)
			}
			if d := time.Since(start); d > 30*time.Second {
				t.Errorf("%d bytes took %v", len(b), d)
			} else {
				t.Logf("%d bytes: %v, %v", len(b), d, err)
			}
		})
	}
}
