package wasm

import "fmt"

// unknown is the type of an operand in unreachable code: it fits any type.
const unknown ValueType = 0

// frame is one open block.
type frame struct {
	op          Opcode // block, loop, if, else, or call for the function itself
	typ         FuncType
	height      int
	unreachable bool
}

// label returns the types that a branch to the frame carries.
func (f *frame) label() []ValueType {
	if f.op == OpLoop {
		return f.typ.Params
	}
	return f.typ.Results
}

// bodyValidator is the algorithm of the specification's appendix: a stack of
// operand types and a stack of frames.
type bodyValidator struct {
	*validator
	code   *Code
	locals []ValueType
	stack  []ValueType
	frames []frame
	in     *Instr
}

func (b *bodyValidator) fail(format string, args ...any) error {
	return &Error{Offset: int(b.in.Offset), Op: b.in.Op.String(), Err: ErrInvalid, Detail: fmt.Sprintf(format, args...)}
}

func (b *bodyValidator) function(t FuncType, c *Code) error {
	b.code, b.stack, b.locals = c, b.stack[:0], c.LocalTypes(t.Params)
	b.frames = append(b.frames[:0], frame{op: OpCall, typ: FuncType{Results: t.Results}})
	for i := range c.Instrs {
		b.in = &c.Instrs[i]
		if err := b.instr(b.in); err != nil {
			return err
		}
	}
	return nil
}

func (b *bodyValidator) push(t ValueType) { b.stack = append(b.stack, t) }

func (b *bodyValidator) pushAll(ts []ValueType) { b.stack = append(b.stack, ts...) }

func (b *bodyValidator) top() *frame { return &b.frames[len(b.frames)-1] }

// pop takes an operand of type want; unknown takes any. It returns the type
// found, which is unknown in unreachable code.
func (b *bodyValidator) pop(want ValueType) (ValueType, error) {
	f := b.top()
	if len(b.stack) == f.height {
		if f.unreachable {
			return unknown, nil
		}
		return 0, b.fail("type mismatch: operand stack is empty")
	}
	got := b.stack[len(b.stack)-1]
	b.stack = b.stack[:len(b.stack)-1]
	if got != want && got != unknown && want != unknown {
		return 0, b.fail("type mismatch: operand is %v, want %v", got, want)
	}
	return got, nil
}

func (b *bodyValidator) popAll(ts []ValueType) error {
	for i := len(ts) - 1; i >= 0; i-- {
		if _, err := b.pop(ts[i]); err != nil {
			return err
		}
	}
	return nil
}

func (b *bodyValidator) unreachable() {
	f := b.top()
	f.unreachable = true
	b.stack = b.stack[:f.height]
}

func (b *bodyValidator) open(op Opcode, t FuncType) {
	b.frames = append(b.frames, frame{op: op, typ: t, height: len(b.stack)})
	b.pushAll(t.Params)
}

func (b *bodyValidator) close() (frame, error) {
	f := *b.top()
	if err := b.popAll(f.typ.Results); err != nil {
		return f, err
	}
	if len(b.stack) != f.height {
		return f, b.fail("type mismatch: %d values left in the block", len(b.stack)-f.height)
	}
	b.frames = b.frames[:len(b.frames)-1]
	return f, nil
}

func (b *bodyValidator) instr(in *Instr) error {
	info, ok := in.Op.info()
	if !ok {
		return b.fail("unknown instruction")
	}
	if info.sig == "" {
		return b.special(in)
	}
	if err := b.indices(in); err != nil {
		return err
	}
	return b.signature(info.sig)
}

// signature applies operands:results.
func (b *bodyValidator) signature(sig string) error {
	colon := 0
	for sig[colon] != ':' {
		colon++
	}
	for i := colon - 1; i >= 0; i-- {
		if _, err := b.pop(sigType(sig[i])); err != nil {
			return err
		}
	}
	for i := colon + 1; i < len(sig); i++ {
		b.push(sigType(sig[i]))
	}
	return nil
}

func sigType(c byte) ValueType {
	switch c {
	case 'i':
		return I32
	case 'I':
		return I64
	case 'f':
		return F32
	}
	return F64
}

// indices checks the immediates of instructions with a fixed signature.
func (b *bodyValidator) indices(in *Instr) error {
	switch op := in.Op; {
	case op >= OpI32Load && op <= OpI64Store32:
		if b.mems == 0 {
			return b.fail("unknown memory 0")
		}
		if in.Imm2 > naturalAlign(op) {
			return b.fail("alignment must not be larger than natural")
		}
	case op == OpMemorySize, op == OpMemoryGrow, op == OpMemoryCopy, op == OpMemoryFill:
		if b.mems == 0 {
			return b.fail("unknown memory 0")
		}
	case op == OpMemoryInit || op == OpDataDrop:
		if op == OpMemoryInit && b.mems == 0 {
			return b.fail("unknown memory 0")
		}
		if in.Imm >= uint64(len(b.m.Data)) {
			return b.fail("unknown data segment %d", in.Imm)
		}
	case op == OpTableInit || op == OpElemDrop:
		if op == OpTableInit && uint64(in.Imm2) >= uint64(b.tables) {
			return b.fail("unknown table %d", in.Imm2)
		}
		if in.Imm >= uint64(len(b.m.Elements)) {
			return b.fail("unknown elem segment %d", in.Imm)
		}
	case op == OpTableCopy:
		if in.Imm >= uint64(b.tables) || uint64(in.Imm2) >= uint64(b.tables) {
			return b.fail("unknown table")
		}
	}
	return nil
}

// special checks the instructions whose type depends on more than the opcode.
func (b *bodyValidator) special(in *Instr) error {
	switch in.Op {
	case OpNop:
		return nil
	case OpUnreachable:
		b.unreachable()
		return nil
	case OpBlock, OpLoop, OpIf:
		return b.block(in)
	case OpElse:
		f, err := b.close()
		if err != nil {
			return err
		}
		b.open(OpElse, f.typ)
		return nil
	case OpEnd:
		return b.end()
	case OpBr, OpBrIf, OpBrTable, OpReturn:
		return b.branch(in)
	case OpCall:
		t, ok := b.funcType(in.Imm)
		if !ok {
			return b.fail("unknown function %d", in.Imm)
		}
		return b.call(t)
	case OpCallIndirect:
		return b.callIndirect(in)
	case OpDrop:
		_, err := b.pop(unknown)
		return err
	case OpSelect:
		return b.selectOp()
	case OpGlobalGet, OpGlobalSet:
		return b.global(in)
	default: // local.get, local.set, local.tee
		return b.local(in)
	}
}

func (b *bodyValidator) block(in *Instr) error {
	if s := int64(in.Imm); s >= int64(len(b.m.Types)) {
		return b.fail("unknown type %d", s)
	}
	if in.Op == OpIf {
		if _, err := b.pop(I32); err != nil {
			return err
		}
	}
	t := b.m.BlockType(in.Imm)
	if err := b.popAll(t.Params); err != nil {
		return err
	}
	b.open(in.Op, t)
	return nil
}

func (b *bodyValidator) end() error {
	f, err := b.close()
	if err != nil {
		return err
	}
	if f.op == OpIf && !(FuncType{Params: f.typ.Params, Results: f.typ.Params}).Equal(f.typ) {
		return b.fail("type mismatch: if without else must not change the stack")
	}
	if len(b.frames) > 0 {
		b.pushAll(f.typ.Results)
	}
	return nil
}

func (b *bodyValidator) target(depth uint64) (*frame, error) {
	if depth >= uint64(len(b.frames)) {
		return nil, b.fail("unknown label %d", depth)
	}
	return &b.frames[len(b.frames)-1-int(depth)], nil
}

func (b *bodyValidator) branch(in *Instr) error {
	switch in.Op {
	case OpReturn:
		if err := b.popAll(b.frames[0].typ.Results); err != nil {
			return err
		}
		b.unreachable()
		return nil
	case OpBrTable:
		return b.brTable(b.code.BrTables[in.Imm])
	default:
	}
	if in.Op == OpBrIf {
		if _, err := b.pop(I32); err != nil {
			return err
		}
	}
	f, err := b.target(in.Imm)
	if err != nil {
		return err
	}
	if err := b.popAll(f.label()); err != nil {
		return err
	}
	if in.Op == OpBrIf {
		b.pushAll(f.label())
	} else {
		b.unreachable()
	}
	return nil
}

func (b *bodyValidator) brTable(labels []uint32) error {
	if _, err := b.pop(I32); err != nil {
		return err
	}
	last, err := b.target(uint64(labels[len(labels)-1]))
	if err != nil {
		return err
	}
	want := last.label()
	kept := make([]ValueType, len(want))
	for _, l := range labels {
		f, err := b.target(uint64(l))
		if err != nil {
			return err
		}
		got := f.label()
		if len(got) != len(want) {
			return b.fail("type mismatch: labels of different arity")
		}
		// Each label is checked against the operands, which stay.
		for i := len(got) - 1; i >= 0; i-- {
			if kept[i], err = b.pop(got[i]); err != nil {
				return err
			}
		}
		b.pushAll(kept)
	}
	if err := b.popAll(want); err != nil {
		return err
	}
	b.unreachable()
	return nil
}

func (b *bodyValidator) call(t FuncType) error {
	if err := b.popAll(t.Params); err != nil {
		return err
	}
	b.pushAll(t.Results)
	return nil
}

func (b *bodyValidator) callIndirect(in *Instr) error {
	if uint64(in.Imm2) >= uint64(b.tables) {
		return b.fail("unknown table %d", in.Imm2)
	}
	if in.Imm >= uint64(len(b.m.Types)) {
		return b.fail("unknown type %d", in.Imm)
	}
	if _, err := b.pop(I32); err != nil {
		return err
	}
	return b.call(b.m.Types[in.Imm])
}

func (b *bodyValidator) selectOp() error {
	if _, err := b.pop(I32); err != nil {
		return err
	}
	t, err := b.pop(unknown)
	if err != nil {
		return err
	}
	t2, err := b.pop(t)
	if err != nil {
		return err
	}
	if t == unknown {
		t = t2
	}
	b.push(t)
	return nil
}

func (b *bodyValidator) global(in *Instr) error {
	if in.Imm >= uint64(len(b.globals)) {
		return b.fail("unknown global %d", in.Imm)
	}
	g := b.globals[in.Imm]
	if in.Op == OpGlobalGet {
		b.push(g.Type)
		return nil
	}
	if !g.Mutable {
		return b.fail("global %d is immutable", in.Imm)
	}
	_, err := b.pop(g.Type)
	return err
}

func (b *bodyValidator) local(in *Instr) error {
	if in.Imm >= uint64(len(b.locals)) {
		return b.fail("unknown local %d", in.Imm)
	}
	t := b.locals[in.Imm]
	if in.Op != OpLocalGet {
		if _, err := b.pop(t); err != nil {
			return err
		}
	}
	if in.Op != OpLocalSet {
		b.push(t)
	}
	return nil
}
