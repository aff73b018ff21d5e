package lower

import (
	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
	"vmhost/proofs/zkwasm/ir"
)

// entry of the operand stack: a constant, a temporary of the current region,
// or (temp -2) the variable of its stack place.
const inVar = -2

// ctl is an open block, loop, if or the function body.
type ctl struct {
	loop    bool
	label   *block // where br goes
	end     *block // where control continues after the end
	els     *block // if without else so far
	height  int    // of the stack below the parameters
	params  []wasm.ValueType
	results []wasm.ValueType
	reached bool // end has a predecessor
}

func (c *ctl) labelTypes() []wasm.ValueType {
	if c.loop {
		return c.params
	}
	return c.results
}

// inst translates one function body into blocks of fn: the function itself, or
// a host function that is inlined.
type inst struct {
	*fn
	l      *lowering
	m      *unit
	index  uint32
	code   *wasm.Code
	locals int32
	ltypes []wasm.ValueType
	places map[int32]int32 // variable of stack place 2*i + is64
	stack  []operand
	clean  int // stack[:clean] holds no temporaries
	ctls   []ctl
	at     *block  // current block, nil in dead code
	seg    **block // block that is charged, shared by inlined bodies
	in     *wasm.Instr
	rvars  []int32 // results of the body
	err    error
}

func wtyp(t wasm.ValueType) typ {
	if t == wasm.I64 {
		return t64
	}
	return t32
}

func (x *inst) unsupported(reason string) {
	if x.err != nil {
		return
	}
	e := &UnsupportedError{Reason: reason, Offset: x.code.Offset, Func: x.l.funcName(x.m, x.index)}
	if x.in != nil {
		e.Opcode, e.Offset = x.in.Op.String(), x.in.Offset
	}
	x.err = e
}

// body translates all instructions. Results are left in vars, control in done.
func (x *inst) body(results []wasm.ValueType, vars []int32, done *block) {
	x.ctls = []ctl{{label: done, end: done, results: results}}
	x.rvars = vars
	instrs := x.code.Instrs
	for i := 0; i < len(instrs) && x.err == nil; i++ {
		x.in = &instrs[i]
		if *x.work--; *x.work < 0 {
			x.unsupported(tooComplex)
			return
		}
		if x.at == nil {
			switch x.in.Op {
			case wasm.OpBlock, wasm.OpLoop, wasm.OpIf:
				i = int(x.in.End)
				continue
			case wasm.OpElse, wasm.OpEnd:
			default:
				continue
			}
		} else {
			x.charge(x.in.Op)
		}
		if len(x.ctls) == 1 && x.in.Op == wasm.OpEnd {
			x.finish(vars, done)
			return
		}
		x.instr()
	}
}

// charge adds the instruction's fuel to the block that began the segment.
func (x *inst) charge(o wasm.Opcode) {
	if x.m.host {
		return
	}
	switch o {
	case wasm.OpBlock, wasm.OpLoop, wasm.OpEnd, wasm.OpElse, wasm.OpNop:
	default:
		(*x.seg).fuel++
	}
}

// finish ends the body: results go to vars, control to done.
func (x *inst) finish(vars []int32, done *block) {
	if x.at == nil {
		return
	}
	x.setResults(vars)
	x.jump(done)
}

func (x *inst) setResults(vars []int32) {
	ops := x.top(len(vars))
	for i, v := range vars {
		x.set(v, ops[i])
	}
}

// --- blocks

// begin makes b the current block and, in guest code, the start of a segment.
func (x *inst) begin(b *block, segment bool) {
	x.at = b
	if segment && !x.m.host {
		*x.seg = b
	}
}

// jump ends the current block; the code that follows is dead until begin.
func (x *inst) jump(to *block) {
	x.flush()
	x.at.kind, x.at.succ[0] = termJump, to
	x.at = nil
}

// branch ends the current block with cond != 0 ? yes : no.
func (x *inst) branch(cond operand, yes, no *block) {
	x.at.kind, x.at.condOp = termBranch, cond
	x.at.succ = [2]*block{no, yes}
	x.at = nil
}

// trapIf goes on in a new block unless cond (or, if not want, its negation).
func (x *inst) trapIf(cond operand, want bool, t vmabi.Trap) {
	trap, next := x.trapBlock(t), x.newBlock()
	if want {
		x.branch(cond, trap, next)
	} else {
		x.branch(cond, next, trap)
	}
	x.begin(next, false)
}

func (x *inst) trapBlock(t vmabi.Trap) *block {
	b := x.newBlock()
	b.kind, b.trap = termTrap, string(t)
	return b
}

// --- instructions before SSA

func (x *inst) emit(p pre) {
	*x.work -= preWork
	x.at.pre = append(x.at.pre, p)
}

func (x *inst) temp(p pre, t typ) operand {
	p.dst = x.temps
	x.temps++
	x.emit(p)
	return operand{temp: p.dst, typ: t}
}

func (x *inst) get(v int32) operand { return x.temp(pre{kind: preGet, v: v}, x.vars[v]) }

func (x *inst) set(v int32, o operand) {
	x.emit(pre{kind: preSet, v: v, args: [4]operand{o, none, none, none}})
}

var none = operand{temp: -1}

func (x *inst) num(o wasm.Opcode, t typ, args ...operand) operand {
	p := pre{kind: preNum, op: o, args: [4]operand{none, none, none, none}}
	copy(p.args[:], args)
	return x.temp(p, t)
}

func (x *inst) load(m ir.Mem, addr operand) operand {
	t, _ := loadType(&m)
	return x.temp(pre{kind: preLoad, mem: m, args: [4]operand{addr, none, none, none}}, t)
}

func (x *inst) store(m ir.Mem, addr, val operand) {
	m.Store = true
	x.emit(pre{kind: preStore, mem: m, args: [4]operand{addr, val, none, none}})
}

// --- operand stack

func (x *inst) push(o operand) { x.stack = append(x.stack, o) }

func (x *inst) pop() operand {
	n := len(x.stack) - 1
	if n < 0 {
		x.unsupported("stack is empty") // excluded by validation
		return imm(0, t32)
	}
	o := x.stack[n]
	x.stack = x.stack[:n]
	x.clean = min(x.clean, n)
	if o.temp == inVar {
		return x.get(x.place(n, o.typ))
	}
	return o
}

// top pops n operands, in stack order.
func (x *inst) top(n int) []operand {
	out := make([]operand, n)
	for i := n - 1; i >= 0; i-- {
		out[i] = x.pop()
	}
	return out
}

// place is the variable of stack place i for values of type t.
func (x *inst) place(i int, t typ) int32 {
	k := int32(i) * 2
	if t == t64 {
		k++
	}
	v, ok := x.places[k]
	if !ok {
		v = x.newVar(t)
		x.places[k] = v
	}
	return v
}

// flush moves temporaries on the stack to the variables of their places, so
// that the next block finds them.
func (x *inst) flush() {
	for i := x.clean; i < len(x.stack); i++ {
		if o := &x.stack[i]; o.temp >= 0 {
			x.set(x.place(i, o.typ), *o)
			o.temp = inVar
		}
	}
	x.clean = len(x.stack)
}

// --- control

func (x *inst) open(c ctl, nparams int) {
	c.height = len(x.stack) - nparams
	x.ctls = append(x.ctls, c)
}

func (x *inst) reset(c *ctl, types []wasm.ValueType) {
	x.stack = x.stack[:min(c.height, len(x.stack))]
	for _, t := range types {
		x.push(operand{temp: inVar, typ: wtyp(t)})
	}
	x.clean = len(x.stack)
}

// setLabel pops what the label takes and puts it in the label's places.
func (x *inst) setLabel(c *ctl) {
	types := c.labelTypes()
	for i, o := range x.top(len(types)) {
		x.set(x.place(c.height+i, wtyp(types[i])), o)
	}
	c.reached = c.reached || !c.loop
}

// br leaves the current block for label d.
func (x *inst) br(d int) {
	c := x.target(d)
	if c == nil {
		return
	}
	if d == len(x.ctls)-1 { // a branch to the body is a return
		x.setResults(x.rvars)
	} else {
		x.setLabel(c)
	}
	x.at.kind, x.at.succ[0] = termJump, c.label
	x.at = nil
}

func (x *inst) target(d int) *ctl {
	if d < 0 || d >= len(x.ctls) {
		x.unsupported("unknown label") // excluded by validation
		return nil
	}
	return &x.ctls[len(x.ctls)-1-d]
}

// viaEdge gives the block to branch to for label d from a conditional branch:
// the label itself, or a block that sets its values first.
func (x *inst) viaEdge(d int) *block {
	c := x.target(d)
	if c == nil {
		return nil
	}
	n := len(c.labelTypes())
	if n == 0 {
		c.reached = c.reached || !c.loop
		return c.label
	}
	*x.work -= len(x.stack)
	save, stack, clean := x.at, append([]operand(nil), x.stack...), x.clean
	t := x.newBlock()
	x.at = t
	x.br(d)
	x.at, x.stack, x.clean = save, stack, clean
	return t
}
