package ir

import "fmt"

var opNames = map[Op]string{
	OpAdd32: "add32", OpSub32: "sub32", OpAdd64: "add64", OpSub64: "sub64",
	OpLtU32: "ltu32", OpGtU32: "gtu32", OpGeU32: "geu32", OpLeU32: "leu32",
	OpLtU64: "ltu64", OpGtU64: "gtu64", OpGeU64: "geu64", OpLeU64: "leu64",
	OpEq: "eq", OpNe: "ne",
	OpAnd32: "and32", OpOr32: "or32", OpXor32: "xor32", OpAnd64: "and64", OpOr64: "or64", OpXor64: "xor64",
	OpMulLo32: "mul32", OpMulHi32: "mulhi32", OpMulSum32: "mulsum32",
	OpMulLo64: "mul64", OpMulHi64: "mulhi64", OpMulSum64: "mulsum64",
	OpDivU32: "divu32", OpRemU32: "remu32", OpDivU64: "divu64", OpRemU64: "remu64",
	OpSelect: "select", OpPowShl32: "powshl32", OpPowShr32: "powshr32", OpPowShl64: "powshl64", OpPowShr64: "powshr64",
	OpLo32: "lo32", OpHi32: "hi32", OpLeaf: "leaf", OpLen: "len", OpFind: "find",
	OpManifest: "manifest", OpItem: "item", OpAged: "aged",
}

// String returns the op's mnemonic.
func (o Op) String() string {
	if s, ok := opNames[o]; ok {
		return s
	}
	return fmt.Sprintf("op(%#x)", uint8(o))
}
