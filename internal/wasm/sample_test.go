package wasm_test

import "vmhost/internal/wasm"

// sample returns a module with one of everything that the encoder writes.
func sample() []byte { return wasm.Encode(sampleModule()) }

func sampleModule() *wasm.Module {
	start, dataCount := uint32(2), uint32(2)
	i := func(op wasm.Opcode, imm ...uint64) wasm.Instr {
		in := wasm.Instr{Op: op}
		if len(imm) > 0 {
			in.Imm = imm[0]
		}
		if len(imm) > 1 {
			in.Imm2 = uint32(imm[1])
		}
		return in
	}
	i32const := wasm.ConstExpr{Op: wasm.OpI32Const, Value: 8}
	return &wasm.Module{
		Types: []wasm.FuncType{
			{},
			{Params: []wasm.ValueType{wasm.I32, wasm.I64}, Results: []wasm.ValueType{wasm.I64, wasm.I32}},
			{Results: []wasm.ValueType{wasm.I32}},
		},
		Imports:   []wasm.Import{{Module: "vm", Name: "input_len", Kind: wasm.ExternFunc, Type: 2}},
		Functions: []uint32{1, 0},
		Tables:    []wasm.Limits{{Min: 4, Max: 4, HasMax: true}},
		Memories:  []wasm.Limits{{Min: 1}},
		Globals: []wasm.Global{
			{GlobalType: wasm.GlobalType{Type: wasm.I64, Mutable: true}, Init: wasm.ConstExpr{Op: wasm.OpI64Const, Value: 1 << 63}},
			{GlobalType: wasm.GlobalType{Type: wasm.F64}, Init: wasm.ConstExpr{Op: wasm.OpF64Const, Value: 0x3ff0000000000000}},
		},
		Exports: []wasm.Export{{Name: "run", Index: 2}, {Name: "memory", Kind: wasm.ExternMemory}, {Name: "ü", Kind: wasm.ExternGlobal, Index: 1}},
		Start:   &start,
		Elements: []wasm.Element{
			{Position: i32const, Funcs: []uint32{1, 2}},
			{Mode: wasm.SegmentPassive, Funcs: []uint32{0, wasm.NullFunc}},
			{Mode: wasm.SegmentDeclarative, Funcs: []uint32{1}},
		},
		DataCount: &dataCount,
		Data: []wasm.Data{
			{Position: i32const, Bytes: []byte("hello")},
			{Mode: wasm.SegmentPassive, Bytes: []byte{0, 1, 2}},
		},
		Code: []wasm.Code{
			{ // (i32, i64) -> (i64, i32)
				Locals: []wasm.LocalRun{{Count: 2, Type: wasm.I32}, {Count: 1, Type: wasm.I64}},
				Instrs: []wasm.Instr{
					i(wasm.OpLocalGet, 0),
					i(wasm.OpIf, wasm.BlockTypeEmpty),
					i(wasm.OpLoop, wasm.BlockTypeEmpty),
					i(wasm.OpI32Const, 0xffffffff),
					i(wasm.OpBrTable, 0),
					i(wasm.OpEnd),
					i(wasm.OpElse),
					i(wasm.OpNop),
					i(wasm.OpEnd),
					i(wasm.OpI32Const, 16), i(wasm.OpI64Const, 1<<63), i(wasm.OpI64Store, 0xffffffff, 3),
					i(wasm.OpLocalGet, 0), i(wasm.OpLocalGet, 1),
					i(wasm.OpBlock, 1), i(wasm.OpLocalSet, 4), i(wasm.OpLocalSet, 2), i(wasm.OpLocalGet, 4), i(wasm.OpI32Const, 1), i(wasm.OpEnd),
					i(wasm.OpEnd),
				},
				BrTables: [][]uint32{{0, 1, 0, 1}},
			},
			{Instrs: []wasm.Instr{
				i(wasm.OpI32Const, 0), i(wasm.OpI32Const, 1), i(wasm.OpI32Const, 2), i(wasm.OpMemoryInit, 1), i(wasm.OpDataDrop, 1),
				i(wasm.OpI32Const, 0), i(wasm.OpI32Const, 1), i(wasm.OpI32Const, 2), i(wasm.OpMemoryCopy),
				i(wasm.OpI32Const, 0), i(wasm.OpI32Const, 1), i(wasm.OpI32Const, 2), i(wasm.OpMemoryFill),
				i(wasm.OpI32Const, 0), i(wasm.OpI32Const, 1), i(wasm.OpI32Const, 2), i(wasm.OpTableInit, 1), i(wasm.OpElemDrop, 1),
				i(wasm.OpI32Const, 0), i(wasm.OpI32Const, 1), i(wasm.OpI32Const, 2), i(wasm.OpTableCopy),
				i(wasm.OpI32Const, 0), i(wasm.OpCallIndirect, 2), i(wasm.OpDrop),
				i(wasm.OpF32Const, 0x7fc00001), i(wasm.OpDrop), i(wasm.OpF64Const, 0x7ff8000000000001), i(wasm.OpI64TruncSatF64S), i(wasm.OpDrop),
				i(wasm.OpMemorySize), i(wasm.OpMemoryGrow), i(wasm.OpI32Extend8S), i(wasm.OpDrop),
				i(wasm.OpEnd),
			}},
		},
		Names: map[uint32]string{1: "mix", 2: "main"},
	}
}
