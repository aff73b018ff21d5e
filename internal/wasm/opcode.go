package wasm

// Opcode is an instruction's opcode; 0xfc00 + n for those behind prefix 0xfc.
type Opcode uint16

// Opcodes.
const (
	OpUnreachable       Opcode = 0x00
	OpNop               Opcode = 0x01
	OpBlock             Opcode = 0x02
	OpLoop              Opcode = 0x03
	OpIf                Opcode = 0x04
	OpElse              Opcode = 0x05
	OpEnd               Opcode = 0x0b
	OpBr                Opcode = 0x0c
	OpBrIf              Opcode = 0x0d
	OpBrTable           Opcode = 0x0e
	OpReturn            Opcode = 0x0f
	OpCall              Opcode = 0x10
	OpCallIndirect      Opcode = 0x11
	OpDrop              Opcode = 0x1a
	OpSelect            Opcode = 0x1b
	OpLocalGet          Opcode = 0x20
	OpLocalSet          Opcode = 0x21
	OpLocalTee          Opcode = 0x22
	OpGlobalGet         Opcode = 0x23
	OpGlobalSet         Opcode = 0x24
	OpI32Load           Opcode = 0x28
	OpI64Load           Opcode = 0x29
	OpF32Load           Opcode = 0x2a
	OpF64Load           Opcode = 0x2b
	OpI32Load8S         Opcode = 0x2c
	OpI32Load8U         Opcode = 0x2d
	OpI32Load16S        Opcode = 0x2e
	OpI32Load16U        Opcode = 0x2f
	OpI64Load8S         Opcode = 0x30
	OpI64Load8U         Opcode = 0x31
	OpI64Load16S        Opcode = 0x32
	OpI64Load16U        Opcode = 0x33
	OpI64Load32S        Opcode = 0x34
	OpI64Load32U        Opcode = 0x35
	OpI32Store          Opcode = 0x36
	OpI64Store          Opcode = 0x37
	OpF32Store          Opcode = 0x38
	OpF64Store          Opcode = 0x39
	OpI32Store8         Opcode = 0x3a
	OpI32Store16        Opcode = 0x3b
	OpI64Store8         Opcode = 0x3c
	OpI64Store16        Opcode = 0x3d
	OpI64Store32        Opcode = 0x3e
	OpMemorySize        Opcode = 0x3f
	OpMemoryGrow        Opcode = 0x40
	OpI32Const          Opcode = 0x41
	OpI64Const          Opcode = 0x42
	OpF32Const          Opcode = 0x43
	OpF64Const          Opcode = 0x44
	OpI32Eqz            Opcode = 0x45
	OpI32Eq             Opcode = 0x46
	OpI32Ne             Opcode = 0x47
	OpI32LtS            Opcode = 0x48
	OpI32LtU            Opcode = 0x49
	OpI32GtS            Opcode = 0x4a
	OpI32GtU            Opcode = 0x4b
	OpI32LeS            Opcode = 0x4c
	OpI32LeU            Opcode = 0x4d
	OpI32GeS            Opcode = 0x4e
	OpI32GeU            Opcode = 0x4f
	OpI64Eqz            Opcode = 0x50
	OpI64Eq             Opcode = 0x51
	OpI64Ne             Opcode = 0x52
	OpI64LtS            Opcode = 0x53
	OpI64LtU            Opcode = 0x54
	OpI64GtS            Opcode = 0x55
	OpI64GtU            Opcode = 0x56
	OpI64LeS            Opcode = 0x57
	OpI64LeU            Opcode = 0x58
	OpI64GeS            Opcode = 0x59
	OpI64GeU            Opcode = 0x5a
	OpF32Eq             Opcode = 0x5b
	OpF32Ne             Opcode = 0x5c
	OpF32Lt             Opcode = 0x5d
	OpF32Gt             Opcode = 0x5e
	OpF32Le             Opcode = 0x5f
	OpF32Ge             Opcode = 0x60
	OpF64Eq             Opcode = 0x61
	OpF64Ne             Opcode = 0x62
	OpF64Lt             Opcode = 0x63
	OpF64Gt             Opcode = 0x64
	OpF64Le             Opcode = 0x65
	OpF64Ge             Opcode = 0x66
	OpI32Clz            Opcode = 0x67
	OpI32Ctz            Opcode = 0x68
	OpI32Popcnt         Opcode = 0x69
	OpI32Add            Opcode = 0x6a
	OpI32Sub            Opcode = 0x6b
	OpI32Mul            Opcode = 0x6c
	OpI32DivS           Opcode = 0x6d
	OpI32DivU           Opcode = 0x6e
	OpI32RemS           Opcode = 0x6f
	OpI32RemU           Opcode = 0x70
	OpI32And            Opcode = 0x71
	OpI32Or             Opcode = 0x72
	OpI32Xor            Opcode = 0x73
	OpI32Shl            Opcode = 0x74
	OpI32ShrS           Opcode = 0x75
	OpI32ShrU           Opcode = 0x76
	OpI32Rotl           Opcode = 0x77
	OpI32Rotr           Opcode = 0x78
	OpI64Clz            Opcode = 0x79
	OpI64Ctz            Opcode = 0x7a
	OpI64Popcnt         Opcode = 0x7b
	OpI64Add            Opcode = 0x7c
	OpI64Sub            Opcode = 0x7d
	OpI64Mul            Opcode = 0x7e
	OpI64DivS           Opcode = 0x7f
	OpI64DivU           Opcode = 0x80
	OpI64RemS           Opcode = 0x81
	OpI64RemU           Opcode = 0x82
	OpI64And            Opcode = 0x83
	OpI64Or             Opcode = 0x84
	OpI64Xor            Opcode = 0x85
	OpI64Shl            Opcode = 0x86
	OpI64ShrS           Opcode = 0x87
	OpI64ShrU           Opcode = 0x88
	OpI64Rotl           Opcode = 0x89
	OpI64Rotr           Opcode = 0x8a
	OpF32Abs            Opcode = 0x8b
	OpF32Neg            Opcode = 0x8c
	OpF32Ceil           Opcode = 0x8d
	OpF32Floor          Opcode = 0x8e
	OpF32Trunc          Opcode = 0x8f
	OpF32Nearest        Opcode = 0x90
	OpF32Sqrt           Opcode = 0x91
	OpF32Add            Opcode = 0x92
	OpF32Sub            Opcode = 0x93
	OpF32Mul            Opcode = 0x94
	OpF32Div            Opcode = 0x95
	OpF32Min            Opcode = 0x96
	OpF32Max            Opcode = 0x97
	OpF32Copysign       Opcode = 0x98
	OpF64Abs            Opcode = 0x99
	OpF64Neg            Opcode = 0x9a
	OpF64Ceil           Opcode = 0x9b
	OpF64Floor          Opcode = 0x9c
	OpF64Trunc          Opcode = 0x9d
	OpF64Nearest        Opcode = 0x9e
	OpF64Sqrt           Opcode = 0x9f
	OpF64Add            Opcode = 0xa0
	OpF64Sub            Opcode = 0xa1
	OpF64Mul            Opcode = 0xa2
	OpF64Div            Opcode = 0xa3
	OpF64Min            Opcode = 0xa4
	OpF64Max            Opcode = 0xa5
	OpF64Copysign       Opcode = 0xa6
	OpI32WrapI64        Opcode = 0xa7
	OpI32TruncF32S      Opcode = 0xa8
	OpI32TruncF32U      Opcode = 0xa9
	OpI32TruncF64S      Opcode = 0xaa
	OpI32TruncF64U      Opcode = 0xab
	OpI64ExtendI32S     Opcode = 0xac
	OpI64ExtendI32U     Opcode = 0xad
	OpI64TruncF32S      Opcode = 0xae
	OpI64TruncF32U      Opcode = 0xaf
	OpI64TruncF64S      Opcode = 0xb0
	OpI64TruncF64U      Opcode = 0xb1
	OpF32ConvertI32S    Opcode = 0xb2
	OpF32ConvertI32U    Opcode = 0xb3
	OpF32ConvertI64S    Opcode = 0xb4
	OpF32ConvertI64U    Opcode = 0xb5
	OpF32DemoteF64      Opcode = 0xb6
	OpF64ConvertI32S    Opcode = 0xb7
	OpF64ConvertI32U    Opcode = 0xb8
	OpF64ConvertI64S    Opcode = 0xb9
	OpF64ConvertI64U    Opcode = 0xba
	OpF64PromoteF32     Opcode = 0xbb
	OpI32ReinterpretF32 Opcode = 0xbc
	OpI64ReinterpretF64 Opcode = 0xbd
	OpF32ReinterpretI32 Opcode = 0xbe
	OpF64ReinterpretI64 Opcode = 0xbf
	OpI32Extend8S       Opcode = 0xc0
	OpI32Extend16S      Opcode = 0xc1
	OpI64Extend8S       Opcode = 0xc2
	OpI64Extend16S      Opcode = 0xc3
	OpI64Extend32S      Opcode = 0xc4
	OpI32TruncSatF32S   Opcode = 0xfc00
	OpI32TruncSatF32U   Opcode = 0xfc01
	OpI32TruncSatF64S   Opcode = 0xfc02
	OpI32TruncSatF64U   Opcode = 0xfc03
	OpI64TruncSatF32S   Opcode = 0xfc04
	OpI64TruncSatF32U   Opcode = 0xfc05
	OpI64TruncSatF64S   Opcode = 0xfc06
	OpI64TruncSatF64U   Opcode = 0xfc07
	OpMemoryInit        Opcode = 0xfc08
	OpDataDrop          Opcode = 0xfc09
	OpMemoryCopy        Opcode = 0xfc0a
	OpMemoryFill        Opcode = 0xfc0b
	OpTableInit         Opcode = 0xfc0c
	OpElemDrop          Opcode = 0xfc0d
	OpTableCopy         Opcode = 0xfc0e
)

// immKind is the shape of an instruction's immediates.
type immKind uint8

const (
	immNone immKind = iota
	immBlock
	immLabel
	immTable
	immIndex
	immCallIndirect
	immMem
	immMemIndex
	immMemCopy
	immMemInit
	immTableInit
	immTableCopy
	immI32
	immI64
	immF32
	immF64
)

// opInfo describes an opcode. sig is operands:results with i, I, f, F for i32,
// i64, f32, f64; empty where the type depends on more than the opcode.
type opInfo struct {
	name string
	imm  immKind
	sig  string
}

// info returns the table row of op; ok is false for an unknown opcode.
func (op Opcode) info() (opInfo, bool) {
	var t *opInfo
	switch {
	case op < 0x100:
		t = &plainOps[op]
	case op >= 0xfc00 && int(op-0xfc00) < len(prefixedOps):
		t = &prefixedOps[op-0xfc00]
	default:
		return opInfo{}, false
	}
	return *t, t.name != ""
}

// String returns the name in the text format, e.g. "i32.add".
func (op Opcode) String() string {
	if t, ok := op.info(); ok {
		return t.name
	}
	return "opcode 0x" + hex(uint64(op))
}

// OpcodeByName returns the opcode of a name in the text format.
func OpcodeByName(name string) (Opcode, bool) {
	for i := range plainOps {
		if plainOps[i].name == name && name != "" {
			return Opcode(i), true
		}
	}
	for i := range prefixedOps {
		if prefixedOps[i].name == name {
			return 0xfc00 + Opcode(i), true
		}
	}
	return 0, false
}

// Immediates returns how many of Instr's Imm and Imm2 the instruction uses.
func (op Opcode) Immediates() int {
	t, _ := op.info()
	switch t.imm {
	case immNone, immMemIndex, immMemCopy:
		return 0
	case immCallIndirect, immMem, immTableInit, immTableCopy:
		return 2
	default:
		return 1
	}
}

func hex(v uint64) string {
	const digits = "0123456789abcdef"
	var b [16]byte
	i := len(b)
	for {
		i--
		b[i] = digits[v&15]
		if v >>= 4; v == 0 {
			return string(b[i:])
		}
	}
}

var plainOps = [256]opInfo{
	OpUnreachable:       {"unreachable", immNone, ""},
	OpNop:               {"nop", immNone, ""},
	OpBlock:             {"block", immBlock, ""},
	OpLoop:              {"loop", immBlock, ""},
	OpIf:                {"if", immBlock, ""},
	OpElse:              {"else", immNone, ""},
	OpEnd:               {"end", immNone, ""},
	OpBr:                {"br", immLabel, ""},
	OpBrIf:              {"br_if", immLabel, ""},
	OpBrTable:           {"br_table", immTable, ""},
	OpReturn:            {"return", immNone, ""},
	OpCall:              {"call", immIndex, ""},
	OpCallIndirect:      {"call_indirect", immCallIndirect, ""},
	OpDrop:              {"drop", immNone, ""},
	OpSelect:            {"select", immNone, ""},
	OpLocalGet:          {"local.get", immIndex, ""},
	OpLocalSet:          {"local.set", immIndex, ""},
	OpLocalTee:          {"local.tee", immIndex, ""},
	OpGlobalGet:         {"global.get", immIndex, ""},
	OpGlobalSet:         {"global.set", immIndex, ""},
	OpI32Load:           {"i32.load", immMem, "i:i"},
	OpI64Load:           {"i64.load", immMem, "i:I"},
	OpF32Load:           {"f32.load", immMem, "i:f"},
	OpF64Load:           {"f64.load", immMem, "i:F"},
	OpI32Load8S:         {"i32.load8_s", immMem, "i:i"},
	OpI32Load8U:         {"i32.load8_u", immMem, "i:i"},
	OpI32Load16S:        {"i32.load16_s", immMem, "i:i"},
	OpI32Load16U:        {"i32.load16_u", immMem, "i:i"},
	OpI64Load8S:         {"i64.load8_s", immMem, "i:I"},
	OpI64Load8U:         {"i64.load8_u", immMem, "i:I"},
	OpI64Load16S:        {"i64.load16_s", immMem, "i:I"},
	OpI64Load16U:        {"i64.load16_u", immMem, "i:I"},
	OpI64Load32S:        {"i64.load32_s", immMem, "i:I"},
	OpI64Load32U:        {"i64.load32_u", immMem, "i:I"},
	OpI32Store:          {"i32.store", immMem, "ii:"},
	OpI64Store:          {"i64.store", immMem, "iI:"},
	OpF32Store:          {"f32.store", immMem, "if:"},
	OpF64Store:          {"f64.store", immMem, "iF:"},
	OpI32Store8:         {"i32.store8", immMem, "ii:"},
	OpI32Store16:        {"i32.store16", immMem, "ii:"},
	OpI64Store8:         {"i64.store8", immMem, "iI:"},
	OpI64Store16:        {"i64.store16", immMem, "iI:"},
	OpI64Store32:        {"i64.store32", immMem, "iI:"},
	OpMemorySize:        {"memory.size", immMemIndex, ":i"},
	OpMemoryGrow:        {"memory.grow", immMemIndex, "i:i"},
	OpI32Const:          {"i32.const", immI32, ":i"},
	OpI64Const:          {"i64.const", immI64, ":I"},
	OpF32Const:          {"f32.const", immF32, ":f"},
	OpF64Const:          {"f64.const", immF64, ":F"},
	OpI32Eqz:            {"i32.eqz", immNone, "i:i"},
	OpI32Eq:             {"i32.eq", immNone, "ii:i"},
	OpI32Ne:             {"i32.ne", immNone, "ii:i"},
	OpI32LtS:            {"i32.lt_s", immNone, "ii:i"},
	OpI32LtU:            {"i32.lt_u", immNone, "ii:i"},
	OpI32GtS:            {"i32.gt_s", immNone, "ii:i"},
	OpI32GtU:            {"i32.gt_u", immNone, "ii:i"},
	OpI32LeS:            {"i32.le_s", immNone, "ii:i"},
	OpI32LeU:            {"i32.le_u", immNone, "ii:i"},
	OpI32GeS:            {"i32.ge_s", immNone, "ii:i"},
	OpI32GeU:            {"i32.ge_u", immNone, "ii:i"},
	OpI64Eqz:            {"i64.eqz", immNone, "I:i"},
	OpI64Eq:             {"i64.eq", immNone, "II:i"},
	OpI64Ne:             {"i64.ne", immNone, "II:i"},
	OpI64LtS:            {"i64.lt_s", immNone, "II:i"},
	OpI64LtU:            {"i64.lt_u", immNone, "II:i"},
	OpI64GtS:            {"i64.gt_s", immNone, "II:i"},
	OpI64GtU:            {"i64.gt_u", immNone, "II:i"},
	OpI64LeS:            {"i64.le_s", immNone, "II:i"},
	OpI64LeU:            {"i64.le_u", immNone, "II:i"},
	OpI64GeS:            {"i64.ge_s", immNone, "II:i"},
	OpI64GeU:            {"i64.ge_u", immNone, "II:i"},
	OpF32Eq:             {"f32.eq", immNone, "ff:i"},
	OpF32Ne:             {"f32.ne", immNone, "ff:i"},
	OpF32Lt:             {"f32.lt", immNone, "ff:i"},
	OpF32Gt:             {"f32.gt", immNone, "ff:i"},
	OpF32Le:             {"f32.le", immNone, "ff:i"},
	OpF32Ge:             {"f32.ge", immNone, "ff:i"},
	OpF64Eq:             {"f64.eq", immNone, "FF:i"},
	OpF64Ne:             {"f64.ne", immNone, "FF:i"},
	OpF64Lt:             {"f64.lt", immNone, "FF:i"},
	OpF64Gt:             {"f64.gt", immNone, "FF:i"},
	OpF64Le:             {"f64.le", immNone, "FF:i"},
	OpF64Ge:             {"f64.ge", immNone, "FF:i"},
	OpI32Clz:            {"i32.clz", immNone, "i:i"},
	OpI32Ctz:            {"i32.ctz", immNone, "i:i"},
	OpI32Popcnt:         {"i32.popcnt", immNone, "i:i"},
	OpI32Add:            {"i32.add", immNone, "ii:i"},
	OpI32Sub:            {"i32.sub", immNone, "ii:i"},
	OpI32Mul:            {"i32.mul", immNone, "ii:i"},
	OpI32DivS:           {"i32.div_s", immNone, "ii:i"},
	OpI32DivU:           {"i32.div_u", immNone, "ii:i"},
	OpI32RemS:           {"i32.rem_s", immNone, "ii:i"},
	OpI32RemU:           {"i32.rem_u", immNone, "ii:i"},
	OpI32And:            {"i32.and", immNone, "ii:i"},
	OpI32Or:             {"i32.or", immNone, "ii:i"},
	OpI32Xor:            {"i32.xor", immNone, "ii:i"},
	OpI32Shl:            {"i32.shl", immNone, "ii:i"},
	OpI32ShrS:           {"i32.shr_s", immNone, "ii:i"},
	OpI32ShrU:           {"i32.shr_u", immNone, "ii:i"},
	OpI32Rotl:           {"i32.rotl", immNone, "ii:i"},
	OpI32Rotr:           {"i32.rotr", immNone, "ii:i"},
	OpI64Clz:            {"i64.clz", immNone, "I:I"},
	OpI64Ctz:            {"i64.ctz", immNone, "I:I"},
	OpI64Popcnt:         {"i64.popcnt", immNone, "I:I"},
	OpI64Add:            {"i64.add", immNone, "II:I"},
	OpI64Sub:            {"i64.sub", immNone, "II:I"},
	OpI64Mul:            {"i64.mul", immNone, "II:I"},
	OpI64DivS:           {"i64.div_s", immNone, "II:I"},
	OpI64DivU:           {"i64.div_u", immNone, "II:I"},
	OpI64RemS:           {"i64.rem_s", immNone, "II:I"},
	OpI64RemU:           {"i64.rem_u", immNone, "II:I"},
	OpI64And:            {"i64.and", immNone, "II:I"},
	OpI64Or:             {"i64.or", immNone, "II:I"},
	OpI64Xor:            {"i64.xor", immNone, "II:I"},
	OpI64Shl:            {"i64.shl", immNone, "II:I"},
	OpI64ShrS:           {"i64.shr_s", immNone, "II:I"},
	OpI64ShrU:           {"i64.shr_u", immNone, "II:I"},
	OpI64Rotl:           {"i64.rotl", immNone, "II:I"},
	OpI64Rotr:           {"i64.rotr", immNone, "II:I"},
	OpF32Abs:            {"f32.abs", immNone, "f:f"},
	OpF32Neg:            {"f32.neg", immNone, "f:f"},
	OpF32Ceil:           {"f32.ceil", immNone, "f:f"},
	OpF32Floor:          {"f32.floor", immNone, "f:f"},
	OpF32Trunc:          {"f32.trunc", immNone, "f:f"},
	OpF32Nearest:        {"f32.nearest", immNone, "f:f"},
	OpF32Sqrt:           {"f32.sqrt", immNone, "f:f"},
	OpF32Add:            {"f32.add", immNone, "ff:f"},
	OpF32Sub:            {"f32.sub", immNone, "ff:f"},
	OpF32Mul:            {"f32.mul", immNone, "ff:f"},
	OpF32Div:            {"f32.div", immNone, "ff:f"},
	OpF32Min:            {"f32.min", immNone, "ff:f"},
	OpF32Max:            {"f32.max", immNone, "ff:f"},
	OpF32Copysign:       {"f32.copysign", immNone, "ff:f"},
	OpF64Abs:            {"f64.abs", immNone, "F:F"},
	OpF64Neg:            {"f64.neg", immNone, "F:F"},
	OpF64Ceil:           {"f64.ceil", immNone, "F:F"},
	OpF64Floor:          {"f64.floor", immNone, "F:F"},
	OpF64Trunc:          {"f64.trunc", immNone, "F:F"},
	OpF64Nearest:        {"f64.nearest", immNone, "F:F"},
	OpF64Sqrt:           {"f64.sqrt", immNone, "F:F"},
	OpF64Add:            {"f64.add", immNone, "FF:F"},
	OpF64Sub:            {"f64.sub", immNone, "FF:F"},
	OpF64Mul:            {"f64.mul", immNone, "FF:F"},
	OpF64Div:            {"f64.div", immNone, "FF:F"},
	OpF64Min:            {"f64.min", immNone, "FF:F"},
	OpF64Max:            {"f64.max", immNone, "FF:F"},
	OpF64Copysign:       {"f64.copysign", immNone, "FF:F"},
	OpI32WrapI64:        {"i32.wrap_i64", immNone, "I:i"},
	OpI32TruncF32S:      {"i32.trunc_f32_s", immNone, "f:i"},
	OpI32TruncF32U:      {"i32.trunc_f32_u", immNone, "f:i"},
	OpI32TruncF64S:      {"i32.trunc_f64_s", immNone, "F:i"},
	OpI32TruncF64U:      {"i32.trunc_f64_u", immNone, "F:i"},
	OpI64ExtendI32S:     {"i64.extend_i32_s", immNone, "i:I"},
	OpI64ExtendI32U:     {"i64.extend_i32_u", immNone, "i:I"},
	OpI64TruncF32S:      {"i64.trunc_f32_s", immNone, "f:I"},
	OpI64TruncF32U:      {"i64.trunc_f32_u", immNone, "f:I"},
	OpI64TruncF64S:      {"i64.trunc_f64_s", immNone, "F:I"},
	OpI64TruncF64U:      {"i64.trunc_f64_u", immNone, "F:I"},
	OpF32ConvertI32S:    {"f32.convert_i32_s", immNone, "i:f"},
	OpF32ConvertI32U:    {"f32.convert_i32_u", immNone, "i:f"},
	OpF32ConvertI64S:    {"f32.convert_i64_s", immNone, "I:f"},
	OpF32ConvertI64U:    {"f32.convert_i64_u", immNone, "I:f"},
	OpF32DemoteF64:      {"f32.demote_f64", immNone, "F:f"},
	OpF64ConvertI32S:    {"f64.convert_i32_s", immNone, "i:F"},
	OpF64ConvertI32U:    {"f64.convert_i32_u", immNone, "i:F"},
	OpF64ConvertI64S:    {"f64.convert_i64_s", immNone, "I:F"},
	OpF64ConvertI64U:    {"f64.convert_i64_u", immNone, "I:F"},
	OpF64PromoteF32:     {"f64.promote_f32", immNone, "f:F"},
	OpI32ReinterpretF32: {"i32.reinterpret_f32", immNone, "f:i"},
	OpI64ReinterpretF64: {"i64.reinterpret_f64", immNone, "F:I"},
	OpF32ReinterpretI32: {"f32.reinterpret_i32", immNone, "i:f"},
	OpF64ReinterpretI64: {"f64.reinterpret_i64", immNone, "I:F"},
	OpI32Extend8S:       {"i32.extend8_s", immNone, "i:i"},
	OpI32Extend16S:      {"i32.extend16_s", immNone, "i:i"},
	OpI64Extend8S:       {"i64.extend8_s", immNone, "I:I"},
	OpI64Extend16S:      {"i64.extend16_s", immNone, "I:I"},
	OpI64Extend32S:      {"i64.extend32_s", immNone, "I:I"},
}

var prefixedOps = [...]opInfo{
	OpI32TruncSatF32S - 0xfc00: {"i32.trunc_sat_f32_s", immNone, "f:i"},
	OpI32TruncSatF32U - 0xfc00: {"i32.trunc_sat_f32_u", immNone, "f:i"},
	OpI32TruncSatF64S - 0xfc00: {"i32.trunc_sat_f64_s", immNone, "F:i"},
	OpI32TruncSatF64U - 0xfc00: {"i32.trunc_sat_f64_u", immNone, "F:i"},
	OpI64TruncSatF32S - 0xfc00: {"i64.trunc_sat_f32_s", immNone, "f:I"},
	OpI64TruncSatF32U - 0xfc00: {"i64.trunc_sat_f32_u", immNone, "f:I"},
	OpI64TruncSatF64S - 0xfc00: {"i64.trunc_sat_f64_s", immNone, "F:I"},
	OpI64TruncSatF64U - 0xfc00: {"i64.trunc_sat_f64_u", immNone, "F:I"},
	OpMemoryInit - 0xfc00:      {"memory.init", immMemInit, "iii:"},
	OpDataDrop - 0xfc00:        {"data.drop", immIndex, ":"},
	OpMemoryCopy - 0xfc00:      {"memory.copy", immMemCopy, "iii:"},
	OpMemoryFill - 0xfc00:      {"memory.fill", immMemIndex, "iii:"},
	OpTableInit - 0xfc00:       {"table.init", immTableInit, "iii:"},
	OpElemDrop - 0xfc00:        {"elem.drop", immIndex, ":"},
	OpTableCopy - 0xfc00:       {"table.copy", immTableCopy, "iii:"},
}
