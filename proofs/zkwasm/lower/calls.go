package lower

import (
	"strconv"
	"strings"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
	"vmhost/proofs/zkwasm/ir"
)

// maxTable bounds the tables that call_indirect may go through: each call is a
// tree of comparisons over the runs of equal elements.
const maxTable = 1 << 16

// call translates a direct call.
func (x *inst) call(index uint32) {
	if int(index) >= len(x.m.imports) {
		t, _ := x.m.mod.FuncType(index)
		x.callFn(x.l.function(x.m, index), t)
		return
	}
	if im := x.m.imports[index]; x.m.host {
		x.intrinsic(im.Name)
	} else {
		x.callHost(im.Name)
	}
}

// callFn ends the block with a call; the continuation is in the same region, so
// temporaries on the stack survive.
func (x *inst) callFn(g *fn, t wasm.FuncType) {
	if g == nil || len(t.Params) > ir.MaxArgs || len(t.Results) > ir.MaxRets {
		x.unsupported("too many parameters or results")
		return
	}
	args := x.top(len(t.Params))
	next := x.newBlock()
	x.at.kind, x.at.callee, x.at.argOps, x.at.succ[0] = termCall, g, args, next
	x.begin(next, false)
	for i, r := range t.Results {
		p := pre{kind: preRes, n: i, args: [4]operand{none, none, none, none}}
		p.mem.Width = uint8(wtyp(r))
		x.push(x.temp(p, wtyp(r)))
	}
}

// callHost calls or inlines a function of the host library.
func (x *inst) callHost(name string) {
	e, ok := x.l.host.mod.Export(name)
	if !ok {
		x.unsupported("host function " + name)
		return
	}
	t, _ := x.l.host.mod.FuncType(e.Index)
	if !x.l.inlines(name, e.Index) && !x.foldsCall(name) {
		x.callFn(x.l.function(x.l.host, e.Index), t)
		return
	}
	code := &x.l.host.mod.Code[int(e.Index)-len(x.l.host.imports)]
	y := &inst{fn: x.fn, l: x.l, m: x.l.host, index: e.Index, code: code, places: map[int32]int32{}, at: x.at, seg: x.seg}
	y.ltypes = code.LocalTypes(t.Params)
	y.locals = int32(len(x.vars))
	for _, lt := range y.ltypes {
		x.newVar(wtyp(lt))
	}
	args := x.top(len(t.Params))
	for i := range y.ltypes {
		o := imm(0, wtyp(y.ltypes[i]))
		if i < len(args) {
			o = args[i]
		}
		x.set(y.locals+int32(i), o)
	}
	vars := make([]int32, len(t.Results))
	for i, r := range t.Results {
		vars[i] = x.newVar(wtyp(r))
	}
	done := x.newBlock()
	y.body(t.Results, vars, done)
	if y.err != nil {
		x.err = y.err
		return
	}
	x.begin(done, false)
	for _, v := range vars {
		x.push(x.get(v))
	}
}

// foldsCall reports whether a call is so much simpler with its arguments known
// that a copy is cheaper than a call: a collection's name of constant length.
func (x *inst) foldsCall(name string) bool {
	n := len(x.stack)
	return name == "collection" && n > 0 && x.stack[n-1].temp == -1
}

// intrinsic translates an import "zk" of the host library.
func (x *inst) intrinsic(name string) {
	host := func(width uint8, addr uint32) ir.Mem {
		return ir.Mem{Region: ir.RegionGlobals, Width: width, Imm: addr}
	}
	zero := imm(0, t32)
	switch {
	case name == "memory_bytes":
		x.memoryBytes()
	case name == "max_memory_bytes":
		x.push(imm(uint64(x.l.maxPages)*ir.PageSize, t64))
	case name == "grow_page":
		x.emit(pre{kind: preStore, mem: ir.GrowEvent(), args: [4]operand{zero, zero, none, none}})
	case name == "keccak_f":
		x.emit(pre{kind: preStore, mem: ir.KeccakEvent(), args: [4]operand{zero, zero, none, none}})
	case name == "keccak_load":
		x.push(x.load(ir.Mem{Region: ir.RegionJournal, Width: 8, Imm: ir.KeccakAddr}, x.pop()))
	case name == "keccak_store":
		v, a := x.pop(), x.pop()
		x.store(ir.Mem{Region: ir.RegionJournal, Width: 8, Imm: ir.KeccakAddr}, a, v)
	case name == "input_bytes":
		x.push(x.load(host(4, ir.InputLenAddr), zero))
	case name == "journal_len":
		x.push(x.load(host(4, ir.JournalLenAddr), zero))
	case name == "set_journal_len":
		x.store(host(4, ir.JournalLenAddr), zero, x.pop())
	case strings.HasPrefix(name, "input_load"):
		x.push(x.load(ir.Mem{Region: ir.RegionInput, Width: widths[name[10:]]}, x.pop()))
	case strings.HasPrefix(name, "journal_store"):
		v, a := x.pop(), x.pop()
		x.store(ir.Mem{Region: ir.RegionJournal, Width: widths[name[13:]]}, a, v)
	case strings.HasPrefix(name, "leaf"):
		x.state(ir.OpLeaf, suffix(name, "leaf"), 2)
	case name == "len":
		x.state(ir.OpLen, 0, 1)
	case name == "find":
		x.state(ir.OpFind, 0, 4)
	case strings.HasPrefix(name, "manifest"):
		x.state(ir.OpManifest, suffix(name, "manifest"), 1)
	case strings.HasPrefix(name, "aged"):
		x.state(ir.OpAged, suffix(name, "aged"), 3)
	case strings.HasPrefix(name, "item"):
		x.state(ir.OpItem, suffix(name, "item"), 2)
	default:
		t, ok := hostTraps[name]
		if !ok {
			x.unsupported("intrinsic " + name)
			return
		}
		x.at.kind, x.at.trap = termTrap, string(t)
		x.at = nil
	}
}

// suffix is the number behind the prefix of a name.
func suffix(name, prefix string) int {
	n, _ := strconv.Atoi(name[len(prefix):]) // the host library is ours
	return n
}

var widths = map[string]uint8{"8": 1, "16": 2, "32": 4, "64": 8}

// hostTraps are the intrinsics that do not return.
var hostTraps = map[string]vmabi.Trap{
	"trap_out_of_bounds":       vmabi.TrapOutOfBounds,
	"trap_journal_overflow":    vmabi.TrapJournalOverflow,
	"trap_unknown_collection":  vmabi.TrapUnknownCollection,
	"trap_value_too_wide":      vmabi.TrapValueTooWide,
	"trap_index_out_of_range":  vmabi.TrapIndexOutOfRange,
	"trap_invalid_handle":      vmabi.TrapInvalidHandle,
	"trap_unknown_block_field": vmabi.TrapUnknownBlockField,
}

func (x *inst) state(o ir.Op, n, operands int) {
	p := pre{kind: preState, st: o, n: n, args: [4]operand{none, none, none, none}}
	copy(p.args[:], x.top(operands))
	t := t32
	switch o {
	case ir.OpManifest, ir.OpItem, ir.OpAged:
		t = t64
	case ir.OpLeaf:
		if n < 4 {
			t = t64
		}
	default: // an i32
	}
	x.push(x.temp(p, t))
}

// callIndirect compares the index with the table's elements, which are static.
func (x *inst) callIndirect(ti uint32) {
	if int(ti) >= len(x.m.mod.Types) || len(x.l.table) > maxTable {
		x.unsupported("call_indirect through a large table")
		return
	}
	t := x.m.mod.Types[ti]
	idx := x.pop()
	args := x.top(len(t.Params))
	x.flush()
	sel := x.newVar(t32)
	x.set(sel, idx)
	argVars, resVars := make([]int32, len(args)), make([]int32, len(t.Results))
	for i, o := range args {
		argVars[i] = x.newVar(wtyp(t.Params[i]))
		x.set(argVars[i], o)
	}
	for i, r := range t.Results {
		resVars[i] = x.newVar(wtyp(r))
	}
	at, join := x.at, x.newBlock()
	undefined, mismatch := x.trapBlock(vmabi.TrapUndefinedElement), x.trapBlock(vmabi.TrapIndirectType)
	via := map[uint32]*block{}
	var targets jumps
	*x.work -= len(x.l.table)
	for i, g := range x.l.table {
		b := undefined
		if gt, ok := x.m.mod.FuncType(g); g != wasm.NullFunc && ok {
			b = mismatch
			if gt.Equal(t) {
				if via[g] == nil {
					via[g] = x.indirectTarget(g, argVars, resVars, join)
				}
				b = via[g]
			}
		}
		targets.add(uint64(i), b)
	}
	targets.add(uint64(len(x.l.table)), undefined)
	x.at = at
	x.decide(sel, targets)
	x.begin(join, false)
	for _, v := range resVars {
		x.push(x.get(v))
	}
}

// indirectTarget is a block that calls function g and goes on at join.
func (x *inst) indirectTarget(g uint32, args, results []int32, join *block) *block {
	b := x.newBlock()
	stack, clean := x.stack, x.clean
	x.stack, x.clean = nil, 0
	x.at = b
	for _, v := range args {
		x.push(x.get(v))
	}
	x.call(g)
	x.setResults(results)
	x.at.kind, x.at.succ[0] = termJump, join
	x.stack, x.clean = stack, clean
	return b
}

func (x *inst) globalGet(i uint32) {
	g := x.l.globals[i]
	if !g.written {
		x.push(imm(g.init, g.typ))
		return
	}
	x.push(x.load(globalCell(i, g.typ), imm(0, t32)))
}

func (x *inst) globalSet(i uint32) {
	x.store(globalCell(i, x.l.globals[i].typ), imm(0, t32), x.pop())
}

func globalCell(i uint32, t typ) ir.Mem {
	m := ir.Mem{Region: ir.RegionGlobals, Width: 4, Imm: ir.GlobalsBase + 8*i}
	if t == t64 {
		m.Width = 8
	}
	return m
}

// memoryBytes is a constant unless the memory can grow.
func (x *inst) memoryBytes() {
	if x.l.maxPages == x.l.pages {
		x.push(imm(uint64(x.l.pages)*ir.PageSize, t64))
		return
	}
	x.push(x.load(ir.Mem{Region: ir.RegionGlobals, Width: 8, Imm: ir.MemSizeAddr}, imm(0, t32)))
}

func (x *inst) memorySize() {
	x.memoryBytes()
	pages := x.num(wasm.OpI64ShrU, t64, x.pop(), imm(16, t64))
	x.push(x.num(wasm.OpI32WrapI64, t32, pages))
}

// memoryGrow adds pages one by one. It answers -1 for more than are left.
func (x *inst) memoryGrow() {
	if x.l.maxPages > x.l.pages {
		x.callHost("memory_grow")
		return
	}
	n := x.pop()
	x.push(x.num(wasm.OpSelect, t32, imm(1<<32-1, t32), imm(uint64(x.l.pages), t32), n))
}
