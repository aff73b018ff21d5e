package ir

import "math/bits"

// Width is the operand width of an op in bits, 32 or 64. Ops that take any
// width (Eq, Ne, Select, Lo32, Hi32) answer 64.
func (o Op) Width() uint {
	switch o {
	case OpAdd32, OpSub32, OpLtU32, OpGtU32, OpGeU32, OpLeU32, OpAnd32, OpOr32, OpXor32,
		OpMulLo32, OpMulHi32, OpMulSum32, OpDivU32, OpRemU32, OpPowShl32, OpPowShr32,
		OpLeaf, OpLen, OpManifest, OpItem, OpAged:
		return 32
	default:
		return 64
	}
}

// Operands is the number of operands of an op, 0 if there is no such op.
func (o Op) Operands() int {
	switch o {
	case OpPowShl32, OpPowShr32, OpPowShl64, OpPowShr64, OpLo32, OpHi32, OpLen, OpManifest:
		return 1
	case OpSelect, OpAged:
		return 3
	case OpFind:
		return 4
	case OpAdd32, OpSub32, OpAdd64, OpSub64,
		OpLtU32, OpGtU32, OpGeU32, OpLeU32, OpLtU64, OpGtU64, OpGeU64, OpLeU64, OpEq, OpNe,
		OpAnd32, OpOr32, OpXor32, OpAnd64, OpOr64, OpXor64,
		OpMulLo32, OpMulHi32, OpMulSum32, OpMulLo64, OpMulHi64, OpMulSum64,
		OpDivU32, OpRemU32, OpDivU64, OpRemU64, OpLeaf, OpItem:
		return 2
	}
	return 0
}

// IsState reports whether the op reads the state: these are the only ops that
// Eval does not know.
func (o Op) IsState() bool { return o >= OpLeaf && o <= OpAged }

// Eval computes an arithmetic op on canonical operands. high is the other half
// of a product (the upper one for sums), the quotient of a remainder and the
// remainder of a quotient. Division by zero yields zeros: a branch excludes it.
// 2^64 is written as 0, both as a result and as the B of a product.
func Eval(o Op, a, b, c uint64) (r, high uint64) {
	switch o {
	case OpAdd32:
		return uint64(uint32(a + b)), 0
	case OpSub32:
		return uint64(uint32(a - b)), 0
	case OpAdd64:
		return a + b, 0
	case OpSub64:
		return a - b, 0
	case OpLtU32, OpLtU64:
		return bit(a < b), 0
	case OpGtU32, OpGtU64:
		return bit(a > b), 0
	case OpGeU32, OpGeU64:
		return bit(a >= b), 0
	case OpLeU32, OpLeU64:
		return bit(a <= b), 0
	case OpEq:
		return bit(a == b), 0
	case OpNe:
		return bit(a != b), 0
	case OpAnd32, OpAnd64:
		return a & b, 0
	case OpOr32, OpOr64:
		return a | b, 0
	case OpXor32, OpXor64:
		return a ^ b, 0
	case OpSelect:
		if a != 0 {
			return b, 0
		}
		return c, 0
	case OpPowShl32:
		return 1 << (a & 31), 0
	case OpPowShr32:
		return 1 << (32 - a&31), 0
	case OpPowShl64:
		return 1 << (a & 63), 0
	case OpPowShr64:
		return 1 << (64 - a&63), 0 // 0 for 2^64
	case OpLo32:
		return uint64(uint32(a)), a >> 32
	case OpHi32:
		return a >> 32, uint64(uint32(a))
	default:
		return evalProduct(o, a, b)
	}
}

func evalProduct(o Op, a, b uint64) (r, high uint64) {
	var hi, lo uint64
	switch o {
	case OpMulLo32, OpMulHi32, OpMulSum32:
		lo, hi = uint64(uint32(a*b)), a*b>>32 // b is at most 2^32
	case OpMulLo64:
		hi, lo = bits.Mul64(a, b)
	case OpMulHi64, OpMulSum64:
		hi, lo = bits.Mul64(a, b)
		if b == 0 { // 2^64, or 0 and then a constant that lowering folds
			hi, lo = a, 0
		}
	case OpDivU32, OpDivU64:
		if b == 0 {
			return 0, 0
		}
		return a / b, a % b
	case OpRemU32, OpRemU64:
		if b == 0 {
			return 0, 0
		}
		return a % b, a / b
	default:
		return 0, 0
	}
	switch o {
	case OpMulHi32, OpMulHi64:
		return hi, lo
	case OpMulSum32, OpMulSum64:
		return lo + hi, hi
	default:
		return lo, hi
	}
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
