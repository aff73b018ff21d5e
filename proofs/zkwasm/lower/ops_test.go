package lower_test

import (
	"encoding/binary"
	"math/bits"
	"testing"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
)

func truth(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// numericOp is an instruction and its meaning in Go. f gets zero-extended
// operands; trap is what it traps with instead.
type numericOp struct {
	op   wasm.Opcode
	args int
	f    func(a, b uint64) uint64
	trap func(a, b uint64) vmabi.Trap
}

func divTrap(low uint64, minus uint64, signed, overflow bool) func(a, b uint64) vmabi.Trap {
	return func(a, b uint64) vmabi.Trap {
		switch {
		case b == 0:
			return vmabi.TrapDivideByZero
		case signed && overflow && a == low && b == minus:
			return vmabi.TrapIntegerOverflow
		}
		return ""
	}
}

func ops32() []numericOp {
	s := func(x uint64) int32 { return int32(uint32(x)) }
	u := func(x uint64) uint32 { return uint32(x) }
	r := func(x int32) uint64 { return uint64(uint32(x)) }
	const low, minus = 1 << 31, 1<<32 - 1
	return []numericOp{
		{wasm.OpI32Eqz, 1, func(a, _ uint64) uint64 { return truth(a == 0) }, nil},
		{wasm.OpI32Eq, 2, func(a, b uint64) uint64 { return truth(a == b) }, nil},
		{wasm.OpI32Ne, 2, func(a, b uint64) uint64 { return truth(a != b) }, nil},
		{wasm.OpI32LtS, 2, func(a, b uint64) uint64 { return truth(s(a) < s(b)) }, nil},
		{wasm.OpI32LtU, 2, func(a, b uint64) uint64 { return truth(a < b) }, nil},
		{wasm.OpI32GtS, 2, func(a, b uint64) uint64 { return truth(s(a) > s(b)) }, nil},
		{wasm.OpI32GtU, 2, func(a, b uint64) uint64 { return truth(a > b) }, nil},
		{wasm.OpI32LeS, 2, func(a, b uint64) uint64 { return truth(s(a) <= s(b)) }, nil},
		{wasm.OpI32LeU, 2, func(a, b uint64) uint64 { return truth(a <= b) }, nil},
		{wasm.OpI32GeS, 2, func(a, b uint64) uint64 { return truth(s(a) >= s(b)) }, nil},
		{wasm.OpI32GeU, 2, func(a, b uint64) uint64 { return truth(a >= b) }, nil},
		{wasm.OpI32Clz, 1, func(a, _ uint64) uint64 { return uint64(bits.LeadingZeros32(u(a))) }, nil},
		{wasm.OpI32Ctz, 1, func(a, _ uint64) uint64 { return uint64(bits.TrailingZeros32(u(a))) }, nil},
		{wasm.OpI32Popcnt, 1, func(a, _ uint64) uint64 { return uint64(bits.OnesCount32(u(a))) }, nil},
		{wasm.OpI32Add, 2, func(a, b uint64) uint64 { return uint64(u(a) + u(b)) }, nil},
		{wasm.OpI32Sub, 2, func(a, b uint64) uint64 { return uint64(u(a) - u(b)) }, nil},
		{wasm.OpI32Mul, 2, func(a, b uint64) uint64 { return uint64(u(a) * u(b)) }, nil},
		{wasm.OpI32DivS, 2, func(a, b uint64) uint64 { return r(s(a) / s(b)) }, divTrap(low, minus, true, true)},
		{wasm.OpI32DivU, 2, func(a, b uint64) uint64 { return a / b }, divTrap(low, minus, false, false)},
		{wasm.OpI32RemS, 2, func(a, b uint64) uint64 { return r(int32(int64(s(a)) % int64(s(b)))) }, divTrap(low, minus, true, false)},
		{wasm.OpI32RemU, 2, func(a, b uint64) uint64 { return a % b }, divTrap(low, minus, false, false)},
		{wasm.OpI32And, 2, func(a, b uint64) uint64 { return a & b }, nil},
		{wasm.OpI32Or, 2, func(a, b uint64) uint64 { return a | b }, nil},
		{wasm.OpI32Xor, 2, func(a, b uint64) uint64 { return a ^ b }, nil},
		{wasm.OpI32Shl, 2, func(a, b uint64) uint64 { return uint64(u(a) << (b & 31)) }, nil},
		{wasm.OpI32ShrS, 2, func(a, b uint64) uint64 { return r(s(a) >> (b & 31)) }, nil},
		{wasm.OpI32ShrU, 2, func(a, b uint64) uint64 { return uint64(u(a) >> (b & 31)) }, nil},
		{wasm.OpI32Rotl, 2, func(a, b uint64) uint64 { return uint64(bits.RotateLeft32(u(a), int(b&31))) }, nil},
		{wasm.OpI32Rotr, 2, func(a, b uint64) uint64 { return uint64(bits.RotateLeft32(u(a), -int(b&31))) }, nil},
		{wasm.OpI32Extend8S, 1, func(a, _ uint64) uint64 { return r(int32(int8(a))) }, nil},
		{wasm.OpI32Extend16S, 1, func(a, _ uint64) uint64 { return r(int32(int16(a))) }, nil},
		{wasm.OpI64ExtendI32S, 1, func(a, _ uint64) uint64 { return uint64(int64(s(a))) }, nil},
		{wasm.OpI64ExtendI32U, 1, func(a, _ uint64) uint64 { return a }, nil},
	}
}

func ops64() []numericOp {
	s := func(x uint64) int64 { return int64(x) }
	const low, minus = 1 << 63, 1<<64 - 1
	return []numericOp{
		{wasm.OpI64Eqz, 1, func(a, _ uint64) uint64 { return truth(a == 0) }, nil},
		{wasm.OpI64Eq, 2, func(a, b uint64) uint64 { return truth(a == b) }, nil},
		{wasm.OpI64Ne, 2, func(a, b uint64) uint64 { return truth(a != b) }, nil},
		{wasm.OpI64LtS, 2, func(a, b uint64) uint64 { return truth(s(a) < s(b)) }, nil},
		{wasm.OpI64LtU, 2, func(a, b uint64) uint64 { return truth(a < b) }, nil},
		{wasm.OpI64GtS, 2, func(a, b uint64) uint64 { return truth(s(a) > s(b)) }, nil},
		{wasm.OpI64GtU, 2, func(a, b uint64) uint64 { return truth(a > b) }, nil},
		{wasm.OpI64LeS, 2, func(a, b uint64) uint64 { return truth(s(a) <= s(b)) }, nil},
		{wasm.OpI64LeU, 2, func(a, b uint64) uint64 { return truth(a <= b) }, nil},
		{wasm.OpI64GeS, 2, func(a, b uint64) uint64 { return truth(s(a) >= s(b)) }, nil},
		{wasm.OpI64GeU, 2, func(a, b uint64) uint64 { return truth(a >= b) }, nil},
		{wasm.OpI64Clz, 1, func(a, _ uint64) uint64 { return uint64(bits.LeadingZeros64(a)) }, nil},
		{wasm.OpI64Ctz, 1, func(a, _ uint64) uint64 { return uint64(bits.TrailingZeros64(a)) }, nil},
		{wasm.OpI64Popcnt, 1, func(a, _ uint64) uint64 { return uint64(bits.OnesCount64(a)) }, nil},
		{wasm.OpI64Add, 2, func(a, b uint64) uint64 { return a + b }, nil},
		{wasm.OpI64Sub, 2, func(a, b uint64) uint64 { return a - b }, nil},
		{wasm.OpI64Mul, 2, func(a, b uint64) uint64 { return a * b }, nil},
		{wasm.OpI64DivS, 2, func(a, b uint64) uint64 { return uint64(s(a) / s(b)) }, divTrap(low, minus, true, true)},
		{wasm.OpI64DivU, 2, func(a, b uint64) uint64 { return a / b }, divTrap(low, minus, false, false)},
		{wasm.OpI64RemS, 2, func(a, b uint64) uint64 {
			if b == minus {
				return 0
			}
			return uint64(s(a) % s(b))
		}, divTrap(low, minus, true, false)},
		{wasm.OpI64RemU, 2, func(a, b uint64) uint64 { return a % b }, divTrap(low, minus, false, false)},
		{wasm.OpI64And, 2, func(a, b uint64) uint64 { return a & b }, nil},
		{wasm.OpI64Or, 2, func(a, b uint64) uint64 { return a | b }, nil},
		{wasm.OpI64Xor, 2, func(a, b uint64) uint64 { return a ^ b }, nil},
		{wasm.OpI64Shl, 2, func(a, b uint64) uint64 { return a << (b & 63) }, nil},
		{wasm.OpI64ShrS, 2, func(a, b uint64) uint64 { return uint64(s(a) >> (b & 63)) }, nil},
		{wasm.OpI64ShrU, 2, func(a, b uint64) uint64 { return a >> (b & 63) }, nil},
		{wasm.OpI64Rotl, 2, func(a, b uint64) uint64 { return bits.RotateLeft64(a, int(b&63)) }, nil},
		{wasm.OpI64Rotr, 2, func(a, b uint64) uint64 { return bits.RotateLeft64(a, -int(b&63)) }, nil},
		{wasm.OpI64Extend8S, 1, func(a, _ uint64) uint64 { return uint64(int64(int8(a))) }, nil},
		{wasm.OpI64Extend16S, 1, func(a, _ uint64) uint64 { return uint64(int64(int16(a))) }, nil},
		{wasm.OpI64Extend32S, 1, func(a, _ uint64) uint64 { return uint64(int64(int32(a))) }, nil},
		{wasm.OpI32WrapI64, 1, func(a, _ uint64) uint64 { return uint64(uint32(a)) }, nil},
	}
}

// TestOpcodes runs every numeric instruction on interesting operands, each of
// which is once a constant and once read from memory, and compares with Go.
func TestOpcodes(t *testing.T) {
	for w, ops := range map[uint][]numericOp{32: ops32(), 64: ops64()} {
		for _, op := range ops {
			t.Run(op.op.String(), func(t *testing.T) { testOpcode(t, w, op) })
		}
	}
}

func testOpcode(t *testing.T, w uint, op numericOp) {
	t.Helper()
	mask := ^uint64(0) >> (64 - w)
	for i, a := range interesting {
		a &= mask
		for form := range 4 {
			if op.args == 1 && form > 1 || testing.Short() && (i+form)%4 != 0 {
				continue
			}
			var code []wasm.Instr
			var want []uint64
			for _, b := range interesting {
				b &= mask
				if op.trap != nil && op.trap(a, b) != "" {
					m := module(nil, function{code: opCode(w, op, a, b, form, 0)})
					if res := mustRun(t, m, nil); res.Trap != op.trap(a, b) {
						t.Fatalf("%d %d form %d: trap %q, want %q", a, b, form, res.Trap, op.trap(a, b))
					}
					continue
				}
				code = append(code, opCode(w, op, a, b, form, uint64(len(want)))...)
				want = append(want, op.f(a, b))
			}
			res := mustRun(t, module(nil, function{code: code}), nil)
			for k, x := range want {
				if got := binary.LittleEndian.Uint64(res.Memory[8*k:]); got != x {
					t.Fatalf("%d form %d, operand %d: %d, want %d", a, form, k, got, x)
				}
			}
		}
	}
}

// opCode stores a and b at 512 and the result at 8*place; bit 0 of form loads a
// from memory, bit 1 b.
func opCode(w uint, op numericOp, a, b uint64, form int, place uint64) []wasm.Instr {
	value := func(v uint64, at uint32, fromMemory bool) []wasm.Instr {
		switch {
		case fromMemory && w == 32:
			return seq(c32(0), ins(wasm.OpI32Load, uint64(at)))
		case fromMemory:
			return seq(c32(0), ins(wasm.OpI64Load, uint64(at)))
		case w == 32:
			return seq(c32(uint32(v)))
		}
		return seq(c64(v))
	}
	code := seq(c32(512), c64(a), ins(wasm.OpI64Store), c32(520), c64(b), ins(wasm.OpI64Store), c32(0))
	code = append(code, value(a, 512, form&1 != 0)...)
	if op.args == 2 {
		code = append(code, value(b, 520, form&2 != 0)...)
	}
	code = append(code, ins(op.op))
	store := wasm.OpI32Store
	if wide(op.op) {
		store = wasm.OpI64Store
	}
	return append(code, ins(store, 8*place))
}

// wide reports whether the result is an i64.
func wide(op wasm.Opcode) bool {
	switch {
	case op >= wasm.OpI64Clz && op <= wasm.OpI64Rotr, op == wasm.OpI64ExtendI32S, op == wasm.OpI64ExtendI32U,
		op >= wasm.OpI64Extend8S:
		return true
	}
	return false
}

// TestMemoryInstructions checks all loads and stores at all alignments.
func TestMemoryInstructions(t *testing.T) {
	loads := []struct {
		op    wasm.Opcode
		width uint
		ext   func(uint64) uint64
	}{
		{wasm.OpI32Load, 4, nil},
		{wasm.OpI64Load, 8, nil},
		{wasm.OpI32Load8U, 1, nil},
		{wasm.OpI32Load16U, 2, nil},
		{wasm.OpI64Load8U, 1, nil},
		{wasm.OpI64Load16U, 2, nil},
		{wasm.OpI64Load32U, 4, nil},
		{wasm.OpI32Load8S, 1, func(x uint64) uint64 { return uint64(uint32(int8(x))) }},
		{wasm.OpI32Load16S, 2, func(x uint64) uint64 { return uint64(uint32(int16(x))) }},
		{wasm.OpI64Load8S, 1, func(x uint64) uint64 { return uint64(int64(int8(x))) }},
		{wasm.OpI64Load16S, 2, func(x uint64) uint64 { return uint64(int64(int16(x))) }},
		{wasm.OpI64Load32S, 4, func(x uint64) uint64 { return uint64(int64(int32(x))) }},
	}
	data := []byte{0x81, 0x92, 0xa3, 0xb4, 0xc5, 0xd6, 0xe7, 0xf8, 0x09, 0x1a, 0x2b, 0x3c, 0x4d, 0x5e, 0x6f, 0x70, 0xff, 0, 1, 0x80}
	withData := func(m *wasm.Module) {
		m.Data = []wasm.Data{{Position: wasm.ConstExpr{Op: wasm.OpI32Const, Value: 64}, Bytes: data}}
	}
	for _, l := range loads {
		for off := range uint64(9) {
			store := wasm.OpI64Store
			if !wideLoad(l.op) {
				store = wasm.OpI32Store
			}
			res := mustRun(t, module(withData, function{code: seq(c32(0), c32(60), ins(l.op, 4+off), ins(store))}), nil)
			want := uint64(0)
			for i := range uint64(l.width) {
				want |= uint64(data[off+i]) << (8 * i)
			}
			if l.ext != nil {
				want = l.ext(want)
			}
			if got := binary.LittleEndian.Uint64(res.Memory); got != want {
				t.Errorf("%s at %d: %#x, want %#x", l.op, off, got, want)
			}
		}
	}
	stores := map[wasm.Opcode]int{
		wasm.OpI32Store: 4, wasm.OpI32Store8: 1, wasm.OpI32Store16: 2,
		wasm.OpI64Store: 8, wasm.OpI64Store8: 1, wasm.OpI64Store16: 2, wasm.OpI64Store32: 4,
	}
	for op, width := range stores {
		for off := range 9 {
			v := c64(0x1122334455667788)
			if op <= wasm.OpI32Store || op == wasm.OpI32Store8 || op == wasm.OpI32Store16 {
				v = c32(0x55667788)
			}
			res := mustRun(t, module(withData, function{code: seq(c32(64), v, ins(op, uint64(off)))}), nil)
			want := append([]byte(nil), data...)
			copy(want[off:off+width], []byte{0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11})
			if got := res.Memory[64 : 64+len(data)]; string(got) != string(want) {
				t.Errorf("%s at %d: %x, want %x", op, off, got, want)
			}
		}
	}
}

func wideLoad(op wasm.Opcode) bool {
	return op == wasm.OpI64Load || op >= wasm.OpI64Load8S && op <= wasm.OpI64Load32U
}

// TestBounds checks accesses around the end of memory, and address arithmetic
// beyond 32 bits.
func TestBounds(t *testing.T) {
	tests := []struct {
		addr uint32
		off  uint64
		op   wasm.Opcode
		trap bool
	}{
		{65535, 0, wasm.OpI32Load8U, false},
		{65536, 0, wasm.OpI32Load8U, true},
		{65528, 0, wasm.OpI64Load, false},
		{65529, 0, wasm.OpI64Load, true},
		{0, 65532, wasm.OpI32Load, false},
		{0, 65533, wasm.OpI32Load, true},
		{1, 65535, wasm.OpI32Load8U, true},
		{1<<32 - 1, 1, wasm.OpI32Load8U, true},       // not address 0
		{1<<32 - 64, 64 + 8, wasm.OpI64Load, true},   // not the journal length, nor address 8
		{1<<32 - 1, 1<<32 - 1, wasm.OpI64Load, true}, // 2^33 - 2
	}
	for _, test := range tests {
		res := mustRun(t, module(nil, function{code: seq(c32(test.addr), ins(test.op, test.off), wasm.OpDrop)}), nil)
		if (res.Trap == vmabi.TrapOutOfBounds) != test.trap || res.Trap != "" && !test.trap {
			t.Errorf("%d+%d %s: trap %q", test.addr, test.off, test.op, res.Trap)
		}
	}
}
