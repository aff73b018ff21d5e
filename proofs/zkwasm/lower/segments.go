package lower

import (
	"encoding/binary"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
	"vmhost/proofs/zkwasm/ir"
)

// unrollInit is the number of bytes up to which memory.init becomes stores.
const unrollInit = 512

// drops gives each passive data segment that is dropped somewhere a cell behind
// the globals: 1 once it is dropped.
func (l *lowering) drops(p *ir.Program) error {
	mod := l.guest.mod
	for i := range mod.Code {
		for j := range mod.Code[i].Instrs {
			in := &mod.Code[i].Instrs[j]
			if in.Op != wasm.OpDataDrop || in.Imm >= uint64(len(mod.Data)) || mod.Data[in.Imm].Mode != wasm.SegmentPassive {
				continue
			}
			if _, ok := l.dropCell[uint32(in.Imm)]; !ok {
				l.dropCell[uint32(in.Imm)] = uint32(len(l.globals))
				l.globals = append(l.globals, global{typ: t32, written: true})
			}
		}
	}
	if len(l.globals) > maxGlobals {
		return &UnsupportedError{Reason: "too many globals"}
	}
	p.Globals = uint32(len(l.globals))
	return nil
}

func (x *inst) dataDrop(segment uint32) {
	if cell, ok := x.l.dropCell[segment]; ok {
		x.store(globalCell(cell, t32), imm(0, t32), imm(1, t32))
	}
}

// memoryInit copies from a data segment, whose bytes are constants of the code.
// An active segment is empty: it was dropped at the start.
func (x *inst) memoryInit(segment uint32) {
	n, s, d := x.pop(), x.pop(), x.pop()
	var bytes []byte
	if seg := &x.m.mod.Data[segment]; seg.Mode == wasm.SegmentPassive {
		bytes = seg.Bytes
	}
	size := imm(uint64(len(bytes)), t64)
	if cell, ok := x.l.dropCell[segment]; ok {
		size = x.num(wasm.OpSelect, t64, imm(0, t64), size, x.load(globalCell(cell, t32), imm(0, t32)))
	}
	x.bounds(s, n, size)
	x.memoryBytes()
	x.bounds(d, n, x.pop())
	switch {
	case len(bytes) == 0: // so n is 0
	case s.temp < 0 && n.temp < 0 && n.c <= unrollInit:
		x.initConstant(d, bytes[min(s.c, uint64(len(bytes))):min(s.c+n.c, uint64(len(bytes)))])
	default:
		x.initLoop(d, s, n, bytes)
	}
}

// bounds traps if at + n is beyond size.
func (x *inst) bounds(at, n, size operand) {
	wide := func(o operand) operand { return x.num(wasm.OpI64ExtendI32U, t64, o) }
	end := x.num(wasm.OpI64Add, t64, wide(at), wide(n))
	x.trapIf(x.num(wasm.OpI64GtU, t32, end, size), true, vmabi.TrapOutOfBounds)
}

// initConstant stores known bytes.
func (x *inst) initConstant(d operand, bytes []byte) {
	for at, width := uint32(0), uint8(8); int(at) < len(bytes); {
		for int(width) > len(bytes)-int(at) {
			width /= 2
		}
		var word [8]byte
		copy(word[:width], bytes[at:])
		t := t64
		if width < 8 {
			t = t32
		}
		x.store(ir.Mem{Width: width, Imm: at}, d, imm(binary.LittleEndian.Uint64(word[:]), t))
		at += uint32(width)
	}
}

// initLoop copies byte by byte; the word that holds a byte is found by a tree of
// comparisons.
func (x *inst) initLoop(d, s, n operand, bytes []byte) {
	x.flush()
	var v [3]int32 // destination, source, rest
	for i, o := range []operand{d, s, n} {
		v[i] = x.newVar(t32)
		x.set(v[i], o)
	}
	head, body, found, done := x.newBlock(), x.newBlock(), x.newBlock(), x.newBlock()
	x.jump(head)
	x.begin(head, false)
	x.branch(x.get(v[2]), body, done)
	x.begin(body, false)
	word, index := x.newVar(t64), x.newVar(t32)
	x.set(index, x.num(wasm.OpI32ShrU, t32, x.get(v[1]), imm(3, t32)))
	at := x.at
	var t jumps
	via := map[uint64]*block{}
	for i := 0; i < len(bytes); i += 8 {
		var w [8]byte
		copy(w[:], bytes[i:])
		k := binary.LittleEndian.Uint64(w[:])
		if via[k] == nil {
			via[k] = x.newBlock()
			x.at = via[k]
			x.set(word, imm(k, t64))
			x.jump(found)
		}
		t.add(uint64(i/8), via[k])
	}
	x.at = at
	x.decide(index, t)
	x.begin(found, false)
	shift := x.num(wasm.OpI32Shl, t32, x.num(wasm.OpI32And, t32, x.get(v[1]), imm(7, t32)), imm(3, t32))
	b := x.num(wasm.OpI64ShrU, t64, x.get(word), x.num(wasm.OpI64ExtendI32U, t64, shift))
	x.store(ir.Mem{Width: 1}, x.get(v[0]), b)
	for i, op := range []wasm.Opcode{wasm.OpI32Add, wasm.OpI32Add, wasm.OpI32Sub} {
		x.set(v[i], x.num(op, t32, x.get(v[i]), imm(1, t32)))
	}
	x.jump(head)
	x.begin(done, false)
}
