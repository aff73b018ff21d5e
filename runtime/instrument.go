package runtime

import (
	"slices"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
)

// helperModule is the import module of the functions that only instrumented
// code calls. No upload can import it: checkForeign refuses all but "vm".
const helperModule = "vmhost"

// Helper imports, in the order in which instrument appends them.
const (
	helperRefill    = iota // (quantum i64) -> i64: the new quantum, not negative
	helperExhausted        // (): traps with TrapCallStack
	helperPoll             // (): ends the run if it was cancelled
	numHelpers
)

var helperNames = [numHelpers]string{"refill", "exhausted", "poll"}

// instrumented is a module ready for the engine, and where to find things.
type instrumented struct {
	module *wasm.Module
	fuel   string // export: what is left of the quantum, i64
	start  string // export of the former start function, "" if none
}

// instrument rewrites a valid, checked module:
//
//   - three helper imports behind those of the guest; so every defined function
//     moves up by three;
//   - globals for the quantum and for the call depth, behind the guest's;
//   - a charge at the start of each segment, quantum -= cost, without a branch;
//     and at the start of functions and loops, which every endless path passes
//     again and again: if quantum < 0 { slow() }, where slow, one more function,
//     stores what refill returns. A guest may so run a little past its fuel, up
//     to the next check. Nobody can see it: the run is then out of fuel, whatever
//     it did in between (see call.result);
//   - at each function's start: trap if depth >= limit. If the function calls
//     anything, depth is counted around its body, which becomes a block, so that
//     a branch to the function's label falls onto the decrement; return becomes
//     such a branch;
//   - poll before each bulk instruction and memory.grow;
//   - the start function becomes an export: it is run under the same rules;
//   - the memory's maximum becomes the limit: memory.grow fails exactly there.
//
// m is changed and must not be used otherwise afterwards.
func instrument(m *wasm.Module, maxPages uint32) *instrumented {
	p := &pass{m: m, imported: uint32(m.NumImported(wasm.ExternFunc))}
	p.quantum = uint64(len(m.Globals)) // checked modules import no globals
	p.depth = p.quantum + 1
	p.slow = p.moved(p.imported + uint32(len(m.Functions)))
	for i := range m.Code {
		p.function(m.Types[m.Functions[i]], &m.Code[i])
	}
	p.indices()
	out := &instrumented{module: m, fuel: p.freeExport("vmhost.quantum")}
	p.additions()
	m.Exports = append(m.Exports, wasm.Export{Name: out.fuel, Kind: wasm.ExternGlobal, Index: uint32(p.quantum)})
	if m.Start != nil {
		out.start = p.freeExport("vmhost.start")
		m.Exports = append(m.Exports, wasm.Export{Name: out.start, Kind: wasm.ExternFunc, Index: *m.Start})
		m.Start = nil
	}
	for i := range m.Memories {
		l := &m.Memories[i]
		if !l.HasMax || l.Max > maxPages {
			l.Max, l.HasMax = maxPages, true
		}
	}
	return out
}

type pass struct {
	m              *wasm.Module
	imported       uint32 // the guest's imported functions
	quantum, depth uint64 // global indices
	slow           uint32 // function index
}

// moved is the new index of function f.
func (p *pass) moved(f uint32) uint32 {
	if f < p.imported {
		return f
	}
	return f + numHelpers
}

func (p *pass) helper(h int) uint64 { return uint64(p.imported) + uint64(h) }

// indices renumbers function indices outside of bodies.
func (p *pass) indices() {
	for i := range p.m.Exports {
		if e := &p.m.Exports[i]; e.Kind == wasm.ExternFunc {
			e.Index = p.moved(e.Index)
		}
	}
	for i := range p.m.Elements {
		for j, f := range p.m.Elements[i].Funcs {
			if f != wasm.NullFunc {
				p.m.Elements[i].Funcs[j] = p.moved(f)
			}
		}
	}
	if p.m.Start != nil {
		s := p.moved(*p.m.Start)
		p.m.Start = &s
	}
	names := make(map[uint32]string, len(p.m.Names))
	for f, n := range p.m.Names {
		names[p.moved(f)] = n
	}
	p.m.Names = names
}

// freeExport returns a name that no export has.
func (p *pass) freeExport(name string) string {
	for {
		if _, taken := p.m.Export(name); !taken {
			return name
		}
		name += "'"
	}
}

// additions appends imports, globals and the slow path.
func (p *pass) additions() {
	m := p.m
	i64 := wasm.I64
	types := [numHelpers]wasm.FuncType{
		helperRefill: {Params: []wasm.ValueType{i64}, Results: []wasm.ValueType{i64}},
	}
	for h, name := range helperNames {
		m.Imports = append(m.Imports, wasm.Import{Module: helperModule, Name: name, Kind: wasm.ExternFunc, Type: p.typeIndex(types[h])})
	}
	mutable := func(t wasm.ValueType, op wasm.Opcode) wasm.Global {
		return wasm.Global{GlobalType: wasm.GlobalType{Type: t, Mutable: true}, Init: wasm.ConstExpr{Op: op}}
	}
	m.Globals = append(m.Globals, mutable(i64, wasm.OpI64Const), mutable(wasm.I32, wasm.OpI32Const))
	m.Functions = append(m.Functions, p.typeIndex(wasm.FuncType{}))
	m.Code = append(m.Code, wasm.Code{Instrs: []wasm.Instr{
		op(wasm.OpGlobalGet, p.quantum),
		op(wasm.OpCall, p.helper(helperRefill)),
		op(wasm.OpGlobalSet, p.quantum),
		op(wasm.OpEnd, 0),
	}})
}

// typeIndex returns the index of t, which it appends if need be.
func (p *pass) typeIndex(t wasm.FuncType) uint32 {
	for i := range p.m.Types {
		if p.m.Types[i].Equal(t) {
			return uint32(i)
		}
	}
	p.m.Types = append(p.m.Types, t)
	return uint32(len(p.m.Types) - 1)
}

func op(o wasm.Opcode, imm uint64) wasm.Instr { return wasm.Instr{Op: o, Imm: imm} }

// function rewrites one body.
func (p *pass) function(t wasm.FuncType, c *wasm.Code) {
	old := c.Instrs
	out := make([]wasm.Instr, 0, 2*len(old)+32)
	calls := slices.ContainsFunc(old, p.entersGuest)
	out = append(out,
		op(wasm.OpGlobalGet, p.depth), op(wasm.OpI32Const, vmabi.MaxCallDepth), op(wasm.OpI32GeU, 0),
		op(wasm.OpIf, wasm.BlockTypeEmpty), op(wasm.OpCall, p.helper(helperExhausted)), op(wasm.OpEnd, 0))
	if calls {
		out = append(out, op(wasm.OpGlobalGet, p.depth), op(wasm.OpI32Const, 1), op(wasm.OpI32Add, 0), op(wasm.OpGlobalSet, p.depth),
			op(wasm.OpBlock, p.blockType(t.Results)))
	}
	out = p.body(out, old, calls)
	if calls {
		out = append(out, op(wasm.OpGlobalGet, p.depth), op(wasm.OpI32Const, 1), op(wasm.OpI32Sub, 0), op(wasm.OpGlobalSet, p.depth),
			op(wasm.OpEnd, 0))
	}
	c.Instrs = out
}

// entersGuest reports whether in may call a guest function.
func (p *pass) entersGuest(in wasm.Instr) bool {
	return in.Op == wasm.OpCallIndirect || (in.Op == wasm.OpCall && uint32(in.Imm) >= p.imported)
}

// blockType returns the block type without parameters and with these results.
func (p *pass) blockType(results []wasm.ValueType) uint64 {
	switch len(results) {
	case 0:
		return wasm.BlockTypeEmpty
	case 1:
		return uint64(int64(int8(results[0] | 0x80)))
	}
	return uint64(p.typeIndex(wasm.FuncType{Results: results}))
}

// body appends the instructions with charges. wrapped says that the body stands
// in a block of its own.
func (p *pass) body(out, old []wasm.Instr, wrapped bool) []wasm.Instr {
	nesting := uint64(0)
	fresh, check := true, true // a segment starts here; so does a function or a loop
	for i := range old {
		in := old[i]
		if fresh {
			out = p.charge(out, segmentCost(old[i:]), check)
		}
		fresh, check = endsSegment(in.Op), in.Op == wasm.OpLoop
		switch in.Op {
		case wasm.OpBlock, wasm.OpLoop, wasm.OpIf:
			nesting++
		case wasm.OpEnd:
			nesting-- // wraps at the last end, which is the last use
		case wasm.OpReturn:
			if wrapped {
				in = op(wasm.OpBr, nesting)
			}
		case wasm.OpCall:
			in.Imm = uint64(p.moved(uint32(in.Imm)))
		case wasm.OpMemoryGrow, wasm.OpMemoryInit, wasm.OpMemoryCopy, wasm.OpMemoryFill, wasm.OpTableInit, wasm.OpTableCopy:
			out = append(out, op(wasm.OpCall, p.helper(helperPoll)))
		default:
		}
		out = append(out, in)
	}
	return out
}

// charge appends quantum -= cost, and the check.
func (p *pass) charge(out []wasm.Instr, cost uint64, check bool) []wasm.Instr {
	if cost > 0 {
		out = append(out, op(wasm.OpGlobalGet, p.quantum), op(wasm.OpI64Const, cost), op(wasm.OpI64Sub, 0), op(wasm.OpGlobalSet, p.quantum))
	}
	if check {
		out = append(out, op(wasm.OpGlobalGet, p.quantum), op(wasm.OpI64Const, 0), op(wasm.OpI64LtS, 0),
			op(wasm.OpIf, wasm.BlockTypeEmpty), op(wasm.OpCall, uint64(p.slow)), op(wasm.OpEnd, 0))
	}
	return out
}

// segmentCost is the fuel of the segment that starts at in[0]: the rule of
// internal/vmabi.
func segmentCost(in []wasm.Instr) uint64 {
	cost := uint64(0)
	for i := range in {
		switch in[i].Op {
		case wasm.OpBlock, wasm.OpLoop, wasm.OpEnd, wasm.OpElse, wasm.OpNop:
		default:
			cost++
		}
		if endsSegment(in[i].Op) {
			break
		}
	}
	return cost
}

func endsSegment(o wasm.Opcode) bool {
	switch o {
	case wasm.OpLoop, wasm.OpIf, wasm.OpElse, wasm.OpEnd, wasm.OpBr, wasm.OpBrIf, wasm.OpBrTable, wasm.OpReturn, wasm.OpUnreachable:
		return true
	default:
		return false
	}
}
