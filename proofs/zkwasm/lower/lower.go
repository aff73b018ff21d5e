package lower

import (
	"errors"
	"fmt"
	"sync"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
	"vmhost/proofs/zkwasm/hostlib"
	"vmhost/proofs/zkwasm/ir"
)

// Version of the lowering. It is part of what a ProgramID means: a change of
// the lowered program for any module raises it.
const Version = ir.LoweringVersion

// workLimit bounds time and memory of Lower, in steps of some nanoseconds; far
// above what real modules need. A block and an instruction cost more because
// they take memory.
const (
	workLimit = 60_000_000
	blockWork = 60
	preWork   = 20
	readWork  = 20 // first read of a variable in a block
)

const tooComplex = "module too complex"

var errTooComplex = errors.New(tooComplex)

// unit is the guest's module or the host library.
type unit struct {
	mod     *wasm.Module
	host    bool
	imports []wasm.Import // functions
}

type global struct {
	typ     typ
	init    uint64
	written bool
}

type funcKey struct {
	host  bool
	index uint32
}

// lowering is the state of one Lower.
type lowering struct {
	guest, host *unit
	pages       uint32
	maxPages    uint32 // above pages only if memory.grow can run and succeed
	globals     []global
	table       []uint32
	hostCalls   map[string]int
	dropCell    map[uint32]uint32 // by data segment: see drops
	fns         []*fn
	byKey       map[funcKey]*fn
	queue       []funcKey
	work        int
}

var hostModule = sync.OnceValues(func() (*unit, error) {
	m, err := wasm.Decode(hostlib.WASM)
	if err != nil {
		return nil, err
	}
	if err := wasm.Validate(m); err != nil {
		return nil, err
	}
	return &unit{mod: m, host: true, imports: m.ImportedFuncs()}, nil
})

// Lower compiles a module. Errors: ErrInvalidModule (not a valid module),
// *UnsupportedError (valid, but not provable), ErrInternal. It is deterministic
// and safe on any bytes.
func Lower(module []byte) (*ir.Program, error) {
	mod, err := wasm.Decode(module)
	if err == nil {
		err = wasm.Validate(mod)
	}
	if err != nil {
		if errors.Is(err, wasm.ErrUnsupported) || errors.Is(err, wasm.ErrTooLarge) {
			u := &UnsupportedError{Reason: err.Error()}
			if e := (*wasm.Error)(nil); errors.As(err, &e) {
				u.Opcode, u.Offset = e.Op, uint32(e.Offset)
			}
			return nil, u
		}
		return nil, fmt.Errorf("%w: %w", ErrInvalidModule, err)
	}
	host, err := hostModule()
	if err != nil {
		return nil, fmt.Errorf("%w: host library: %w", ErrInternal, err)
	}
	l := &lowering{
		guest: &unit{mod: mod, imports: mod.ImportedFuncs()}, host: host,
		byKey: map[funcKey]*fn{}, hostCalls: map[string]int{}, dropCell: map[uint32]uint32{}, work: workLimit,
	}
	p, err := l.run()
	if errors.Is(err, errTooComplex) {
		err = &UnsupportedError{Reason: tooComplex}
	}
	if err != nil {
		return nil, err
	}
	if err := ir.Check(p); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrInternal, err)
	}
	return p, nil
}

func (l *lowering) run() (*ir.Program, error) {
	p := &ir.Program{}
	if err := l.module(p); err != nil {
		return nil, err
	}
	if err := l.startFunction(); err != nil {
		return nil, err
	}
	for len(l.queue) > 0 {
		k := l.queue[0]
		l.queue = l.queue[1:]
		if err := l.build(k); err != nil {
			return nil, err
		}
	}
	for _, f := range l.fns {
		for _, step := range []func(){f.regionize, f.buildSSA, f.optimise} {
			if step(); l.work < 0 {
				return nil, f.tooComplex()
			}
		}
	}
	markLive(l.fns)
	for _, f := range l.fns {
		f.dropDead()
		for f.threadBlocks() && l.work > 0 {
			f.reanalyse()
			f.mergeBlocks()
			f.reanalyse()
			l.work -= len(f.order)
		}
		if l.work <= 0 {
			return nil, f.tooComplex() // analyses gave up half-way
		}
	}
	return p, l.emit(p)
}

func (l *lowering) emit(p *ir.Program) error {
	e := &emitter{p: p, next: ir.SlotFirst, consts: map[uint64]ir.Slot{}, preds: map[*block]map[edge]int{}}
	for _, f := range l.fns {
		f.keepRet()
		e.bodies(f)
	}
	for _, f := range l.fns {
		e.number(f)
	}
	for _, f := range l.fns {
		e.finish(f)
	}
	if e.err != nil || len(p.Blocks) >= ir.PCLimit {
		return errTooComplex
	}
	p.Entry, p.Halt = l.fns[0].entry.pc, l.fns[0].ret.pc
	if !hasGrowth(p) { // it was dead code
		p.MaxPages = p.Pages
	}
	return nil
}

// tooComplex refuses the module because of f.
func (f *fn) tooComplex() error {
	return &UnsupportedError{Reason: tooComplex, Offset: f.offset, Func: f.name}
}

func hasGrowth(p *ir.Program) bool {
	for i := range p.Blocks {
		for _, in := range p.Blocks[i].Body {
			if in.Mem != nil && in.Mem.Grow {
				return true
			}
		}
	}
	return false
}

// dropDead removes what markLive did not reach.
func (f *fn) dropDead() {
	for _, b := range f.order {
		b.phis = liveOnly(b.phis)
		b.ins = liveOnly(b.ins)
	}
}

func liveOnly(list []*value) []*value {
	kept := list[:0]
	for _, v := range list {
		if v.live {
			kept = append(kept, v)
		}
	}
	return kept
}

// keepRet makes sure that the return block exists even if nothing returns.
func (f *fn) keepRet() {
	if f.ret.order >= 0 {
		return
	}
	f.ret.region, f.ret.idom, f.ret.order = f.root, f.ret, len(f.order)
	f.order = append(f.order, f.ret)
	f.ret.preds, f.ret.phis = nil, nil
	for i := range f.retVars {
		p := &value{kind: vPhi, blk: f.ret, live: true, slot: ir.SlotRet0 + ir.Slot(i)}
		f.ret.phis = append(f.ret.phis, p)
	}
}

// function returns the function under construction for an index of m.
func (l *lowering) function(m *unit, index uint32) *fn {
	k := funcKey{m.host, index}
	if f := l.byKey[k]; f != nil {
		return f
	}
	f := l.newFn(l.funcName(m, index))
	t, _ := m.mod.FuncType(index)
	for _, p := range t.Params {
		f.params = append(f.params, wtyp(p))
	}
	l.byKey[k] = f
	l.queue = append(l.queue, k)
	return f
}

func (l *lowering) newFn(name string) *fn {
	f := &fn{name: name, work: &l.work}
	f.entry, f.ret = f.newBlock(), f.newBlock()
	f.ret.kind = termReturn
	l.fns = append(l.fns, f)
	return f
}

// funcName is for people, except that the functions of the host library begin
// with "vm.", which the tracer does not count as guest calls.
func (l *lowering) funcName(m *unit, index uint32) string {
	if m.host {
		for _, e := range m.mod.Exports {
			if e.Kind == wasm.ExternFunc && e.Index == index {
				return vmabi.Module + "." + e.Name
			}
		}
		return fmt.Sprintf("%s.f%d", vmabi.Module, index)
	}
	if n := m.mod.Names[index]; n != "" {
		return fmt.Sprintf("f%d:%.40q", index, n)
	}
	return fmt.Sprintf("f%d", index)
}

// build translates the body of a function.
func (l *lowering) build(k funcKey) error {
	m := l.guest
	if k.host {
		m = l.host
	}
	f := l.byKey[k]
	t, _ := m.mod.FuncType(k.index)
	code := &m.mod.Code[int(k.index)-len(m.imports)]
	f.offset = code.Offset
	x := &inst{fn: f, l: l, m: m, index: k.index, code: code, places: map[int32]int32{}, at: f.entry}
	seg := f.entry
	x.seg = &seg
	x.ltypes = code.LocalTypes(t.Params)
	for _, lt := range x.ltypes {
		f.newVar(wtyp(lt))
	}
	for _, r := range t.Results {
		f.retVars = append(f.retVars, f.newVar(wtyp(r)))
	}
	for _, v := range append(append([]wasm.ValueType(nil), x.ltypes...), t.Results...) {
		if v.IsFloat() {
			x.unsupported("floating point")
			return x.err
		}
	}
	x.body(t.Results, f.retVars, f.ret)
	return x.err
}

// startFunction makes the synthetic start region: the module's start function,
// then run, whose result must be 0.
func (l *lowering) startFunction() error {
	f := l.newFn("start")
	f.ret.kind = termHalt
	x := &inst{fn: f, l: l, m: &unit{mod: l.guest.mod, host: true, imports: l.guest.imports}, code: &wasm.Code{}, places: map[int32]int32{}, at: f.entry}
	if s := l.guest.mod.Start; s != nil {
		if int(*s) < len(l.guest.imports) {
			return &UnsupportedError{Reason: "imported start function", Offset: l.guest.imports[*s].Offset}
		}
		x.callFn(l.function(l.guest, *s), wasm.FuncType{})
	}
	e, ok := l.guest.mod.Export(vmabi.Entry)
	t, _ := l.guest.mod.FuncType(e.Index)
	switch {
	case !ok || e.Kind != wasm.ExternFunc || int(e.Index) < len(l.guest.imports):
		return &UnsupportedError{Reason: "no exported function " + vmabi.Entry}
	case len(t.Params) != 0, len(t.Results) > 1, len(t.Results) == 1 && t.Results[0] != wasm.I32:
		return &UnsupportedError{Reason: vmabi.Entry + " must be () -> () or () -> i32", Func: l.funcName(l.guest, e.Index)}
	}
	x.callFn(l.function(l.guest, e.Index), t)
	if len(t.Results) == 1 {
		x.trapIf(x.pop(), true, vmabi.TrapRunNonZero)
	}
	x.jump(f.ret)
	return x.err
}
