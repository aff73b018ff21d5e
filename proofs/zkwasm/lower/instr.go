package lower

import (
	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
	"vmhost/proofs/zkwasm/ir"
)

// instr translates one instruction; the final end of the body is not one.
func (x *inst) instr() {
	in := x.in
	switch in.Op {
	case wasm.OpNop:
	case wasm.OpUnreachable:
		x.at.kind, x.at.trap = termTrap, string(vmabi.TrapUnreachable)
		x.at = nil
	case wasm.OpBlock, wasm.OpLoop, wasm.OpIf:
		x.openBlock()
	case wasm.OpElse:
		x.elseBlock()
	case wasm.OpEnd:
		x.endBlock()
	case wasm.OpBr:
		x.br(int(in.Imm))
	case wasm.OpBrIf:
		cond := x.pop()
		x.flush()
		next, b := x.newBlock(), x.at
		yes := x.viaEdge(int(in.Imm))
		x.at = b
		x.branch(cond, yes, next)
		x.begin(next, true)
	case wasm.OpBrTable:
		x.brTable()
	case wasm.OpReturn:
		x.br(len(x.ctls) - 1)
	case wasm.OpCall:
		x.call(uint32(in.Imm))
	case wasm.OpCallIndirect:
		x.callIndirect(uint32(in.Imm))
	case wasm.OpDrop:
		x.pop()
	case wasm.OpLocalGet:
		x.push(x.get(x.locals + int32(in.Imm)))
	case wasm.OpLocalSet:
		x.set(x.locals+int32(in.Imm), x.pop())
	case wasm.OpLocalTee:
		v := x.pop()
		x.set(x.locals+int32(in.Imm), v)
		x.push(v)
	case wasm.OpI32Const:
		x.push(imm(uint64(uint32(in.Imm)), t32))
	case wasm.OpI64Const:
		x.push(imm(in.Imm, t64))
	case wasm.OpGlobalGet:
		x.globalGet(uint32(in.Imm))
	case wasm.OpGlobalSet:
		x.globalSet(uint32(in.Imm))
	case wasm.OpMemorySize:
		x.memorySize()
	case wasm.OpMemoryGrow:
		x.memoryGrow()
	case wasm.OpMemoryCopy:
		x.callHost("memory_copy")
	case wasm.OpMemoryFill:
		x.callHost("memory_fill")
	case wasm.OpMemoryInit:
		x.memoryInit(uint32(in.Imm))
	case wasm.OpDataDrop:
		x.dataDrop(uint32(in.Imm))
	case wasm.OpElemDrop: // nothing reads segments behind the start: table.init is refused
	default:
		x.plain()
	}
}

// plain translates loads, stores and numeric instructions.
func (x *inst) plain() {
	in := x.in
	if m, ok := memory(in.Op); ok {
		m.Imm = uint32(in.Imm)
		if m.Store {
			v, a := x.pop(), x.pop()
			x.store(m, a, v)
		} else {
			x.push(x.load(m, x.pop()))
		}
		return
	}
	o := in.Op
	switch {
	case o.IsFloat():
		x.unsupported("floating point")
	case o == wasm.OpSelect:
		c, b, a := x.pop(), x.pop(), x.pop()
		x.push(x.num(o, a.typ, a, b, c))
	case isDivision(o):
		b, a := x.pop(), x.pop()
		x.guardDivision(o, a, b)
		x.push(x.num(o, operandType(o), a, b))
	case o >= wasm.OpI32Eqz && o <= wasm.OpI64Rotr || o >= wasm.OpI32WrapI64 && o <= wasm.OpI64Extend32S:
		if unary(o) {
			x.push(x.num(o, resultOf(o), x.pop()))
			return
		}
		b, a := x.pop(), x.pop()
		x.push(x.num(o, resultOf(o), a, b))
	case o == wasm.OpTableInit, o == wasm.OpTableCopy:
		x.unsupported("a table that changes")
	default:
		x.unsupported("instruction")
	}
}

func unary(o wasm.Opcode) bool {
	switch o {
	case wasm.OpI32Eqz, wasm.OpI64Eqz, wasm.OpI32Clz, wasm.OpI32Ctz, wasm.OpI32Popcnt,
		wasm.OpI64Clz, wasm.OpI64Ctz, wasm.OpI64Popcnt:
		return true
	default:
		return o >= wasm.OpI32WrapI64
	}
}

func operandType(o wasm.Opcode) typ {
	if o >= wasm.OpI64Clz {
		return t64
	}
	return t32
}

func resultOf(o wasm.Opcode) typ {
	switch {
	case o < wasm.OpI64Clz, o == wasm.OpI32WrapI64, o == wasm.OpI32Extend8S, o == wasm.OpI32Extend16S:
		return t32
	}
	return t64
}

func isDivision(o wasm.Opcode) bool {
	return o >= wasm.OpI32DivS && o <= wasm.OpI32RemU || o >= wasm.OpI64DivS && o <= wasm.OpI64RemU
}

// guardDivision branches to the traps of a division, so that they are taken
// even if nobody uses the result.
func (x *inst) guardDivision(o wasm.Opcode, a, b operand) {
	if b.temp >= 0 {
		x.trapIf(b, false, vmabi.TrapDivideByZero)
	} else if b.c == 0 {
		x.trapIf(imm(1, t32), true, vmabi.TrapDivideByZero)
	}
	eq, low, minus := wasm.OpI32Eq, uint64(1)<<31, uint64(1<<32-1)
	switch o {
	case wasm.OpI32DivS:
	case wasm.OpI64DivS:
		eq, low, minus = wasm.OpI64Eq, 1<<63, ^uint64(0)
	default:
		return
	}
	if b.temp < 0 && b.c != minus {
		return
	}
	over := x.num(wasm.OpI32And, t32,
		x.num(eq, t32, a, imm(low, a.typ)), x.num(eq, t32, b, imm(minus, b.typ)))
	x.trapIf(over, true, vmabi.TrapIntegerOverflow)
}

// memory describes a load or store instruction on integers.
func memory(o wasm.Opcode) (ir.Mem, bool) {
	m := ir.Mem{Region: ir.RegionLinear}
	switch o {
	case wasm.OpI32Load:
		m.Width = 4
	case wasm.OpI64Load:
		m.Width = 8
	case wasm.OpI32Load8S, wasm.OpI64Load8S:
		m.Width, m.Signed, m.Wide = 1, true, o == wasm.OpI64Load8S
	case wasm.OpI32Load8U, wasm.OpI64Load8U:
		m.Width = 1
	case wasm.OpI32Load16S, wasm.OpI64Load16S:
		m.Width, m.Signed, m.Wide = 2, true, o == wasm.OpI64Load16S
	case wasm.OpI32Load16U, wasm.OpI64Load16U:
		m.Width = 2
	case wasm.OpI64Load32S:
		m.Width, m.Signed, m.Wide = 4, true, true
	case wasm.OpI64Load32U:
		m.Width = 4
	case wasm.OpI32Store, wasm.OpI64Store32:
		m.Store, m.Width = true, 4
	case wasm.OpI64Store:
		m.Store, m.Width = true, 8
	case wasm.OpI32Store8, wasm.OpI64Store8:
		m.Store, m.Width = true, 1
	case wasm.OpI32Store16, wasm.OpI64Store16:
		m.Store, m.Width = true, 2
	default:
		return m, false
	}
	return m, true
}

func (x *inst) openBlock() {
	in := x.in
	bt := x.m.mod.BlockType(in.Imm)
	c := ctl{params: bt.Params, results: bt.Results}
	var cond operand
	if in.Op == wasm.OpIf {
		cond = x.pop()
	}
	x.flush()
	if in.Op != wasm.OpBlock {
		x.spill(bt.Params)
	}
	switch in.Op {
	case wasm.OpLoop:
		c.loop, c.label = true, x.newBlock()
		c.end = c.label
		x.open(c, len(bt.Params))
		x.jump(c.label)
		x.begin(c.label, true)
	case wasm.OpIf:
		then := x.newBlock()
		c.label, c.els = x.newBlock(), x.newBlock()
		c.end = c.label
		x.open(c, len(bt.Params))
		x.branch(cond, then, c.els)
		x.begin(then, true)
	default:
		c.label = x.newBlock()
		c.end = c.label
		x.open(c, len(bt.Params))
	}
}

// spill puts block parameters, constants too, into the variables of their places.
func (x *inst) spill(types []wasm.ValueType) {
	ops := x.top(len(types))
	for i, o := range ops {
		x.set(x.place(len(x.stack), wtyp(types[i])), o)
		x.push(operand{temp: inVar, typ: wtyp(types[i])})
	}
	x.clean = len(x.stack)
}

// close moves the results of a block that ends here to its label's places.
func (x *inst) close(c *ctl) {
	if x.at == nil {
		return
	}
	for i, o := range x.top(len(c.results)) {
		x.set(x.place(c.height+i, wtyp(c.results[i])), o)
	}
	x.at.kind, x.at.succ[0] = termJump, c.end
	x.at = nil
	c.reached = true
}

func (x *inst) elseBlock() {
	c := &x.ctls[len(x.ctls)-1]
	x.close(c)
	x.ifParams(c)
	els := c.els
	c.els = nil
	x.begin(els, true)
}

// ifParams restores the parameters of an if for its else.
func (x *inst) ifParams(c *ctl) {
	x.stack = x.stack[:min(c.height, len(x.stack))]
	for _, t := range c.params {
		x.push(operand{temp: inVar, typ: wtyp(t)})
	}
	x.clean = len(x.stack)
}

func (x *inst) endBlock() {
	n := len(x.ctls) - 1
	c := &x.ctls[n]
	if c.loop {
		c.end = x.newBlock()
	}
	x.close(c)
	if c.els != nil { // if without else: parameters are the results
		x.ifParams(c)
		x.at = c.els
		x.close(c)
	}
	x.ctls = x.ctls[:n]
	x.reset(c, c.results)
	if c.reached {
		x.begin(c.end, true)
	}
}

// brTable is a tree of comparisons.
func (x *inst) brTable() {
	labels := x.code.BrTables[x.in.Imm]
	idx := x.pop()
	x.flush()
	v := x.newVar(t32) // the tree may leave loops: no temporary lives that long
	x.set(v, idx)
	at := x.at
	via := map[uint32]*block{}
	var t jumps
	for i, d := range labels {
		if via[d] == nil {
			via[d] = x.viaEdge(int(d))
			x.at = at
		}
		t.add(uint64(i), via[d])
	}
	*x.work -= len(labels)
	x.decide(v, t)
}
