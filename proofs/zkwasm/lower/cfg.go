package lower

import (
	"vmhost/internal/wasm"
	"vmhost/proofs/zkwasm/ir"
)

// operand of a pre-instruction: a constant or the result of an earlier one.
type operand struct {
	c    uint64
	temp int32 // -1: constant
	typ  typ
}

func imm(c uint64, t typ) operand { return operand{c: c, temp: -1, typ: t} }

// preKind is the kind of an instruction before SSA construction.
type preKind uint8

const (
	preGet   preKind = iota // temp dst = variable v
	preSet                  // variable v = args[0]
	preNum                  // temp dst = numeric instruction op
	preLoad                 // temp dst = load mem at args[0]
	preStore                // store args[1] at args[0]
	preState                // temp dst = result n of state op
	preRes                  // temp dst = result n of the call before
)

// pre is an instruction over variables (locals and stack places), before SSA.
type pre struct {
	kind preKind
	op   wasm.Opcode
	st   ir.Op
	v    int32 // variable
	dst  int32
	n    int
	args [4]operand
	mem  ir.Mem
}

// termKind is the kind of a block's end.
type termKind uint8

const (
	termJump   termKind = iota // to succ[0]
	termBranch                 // cond != 0 ? succ[1] : succ[0]
	termCall                   // callee, then succ[0]
	termReturn                 // the return block's
	termTrap
	termHalt
)

// block is a basic block. First over variables (pre), then in SSA (phis, ins).
type block struct {
	pre  []pre
	kind termKind
	succ [2]*block
	fuel uint64
	trap string

	condOp  operand
	cond    *value
	callee  *fn
	argOps  []operand
	args    []*value
	results []*value // of the call that this block continues

	// analysis
	preds  []edge
	order  int // reverse postorder, -1 if unreachable
	idom   *block
	pre0   int // number in the dominator tree, in preorder
	below  int // blocks that it dominates, itself included
	region *region

	// SSA
	ins   []*value
	phis  []*value
	start map[int32]*value // variables at the block's start
	end   map[int32]*value // variables set in the block
	pc    uint32
}

// edge is successor i of a block.
type edge struct {
	from *block
	i    int
}

// region is the function body (parent nil) or a loop.
type region struct {
	parent *region
	header *block
	sets   map[int32]bool // variables set in it
	index  uint32
	depth  int
}

// contains reports whether r is q or encloses it.
func (r *region) contains(q *region) bool {
	for q != nil && q.depth > r.depth {
		q = q.parent
	}
	return q == r
}

// fn is one function under construction.
type fn struct {
	name    string
	offset  uint32 // of the body, for people
	blocks  []*block
	entry   *block
	ret     *block  // return block; start function: the halt block
	retVars []int32 // variables of the results, set before a jump to ret
	rets    []*value
	params  []typ
	argVals []*value
	vars    []typ
	temps   int32

	order  []*block // reachable blocks in reverse postorder, ret last
	root   *region
	cur    *block
	seen   map[opKey][]*value
	values []*value // by temp
	fill   []*value // loop parameters whose arguments are still missing
	work   *int     // budget shared by all functions
	ids    uint64
	sites  []*block // calls of this function

	chunks  map[*block][]chunk
	entryPC uint32
	index   uint32 // region index of root
}

func (f *fn) newBlock() *block {
	*f.work -= blockWork
	b := &block{order: -1}
	f.blocks = append(f.blocks, b)
	return b
}

func (f *fn) newVar(t typ) int32 {
	f.vars = append(f.vars, t)
	return int32(len(f.vars) - 1)
}

// succs is the number of successors of b.
func (b *block) succs() int {
	switch b.kind {
	case termJump, termCall:
		return 1
	case termBranch:
		return 2
	default:
		return 0
	}
}

// analyse recomputes reverse postorder, predecessors and dominators. With
// regions in place (later calls) it leaves them alone.
func (f *fn) analyse() {
	for _, b := range f.blocks {
		b.order, b.preds = -1, b.preds[:0]
	}
	f.order = f.order[:0]
	f.postorder()
	for i, j := 0, len(f.order)-1; i < j; i, j = i+1, j-1 {
		f.order[i], f.order[j] = f.order[j], f.order[i]
	}
	f.retLast()
	for i, b := range f.order {
		b.order = i
	}
	for _, b := range f.order {
		for i := range b.succs() {
			b.succ[i].preds = append(b.succ[i].preds, edge{b, i})
		}
	}
	f.dominators()
}

// postorder fills f.order by depth-first search, successor 1 (taken, usually
// the back edge) last so that exits come later in reverse postorder.
func (f *fn) postorder() {
	type frame struct {
		b    *block
		next int
	}
	stack := []frame{{b: f.entry}}
	f.entry.order = 0
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if top.next < top.b.succs() {
			s := top.b.succ[top.next]
			top.next++
			if s.order < 0 {
				s.order = 0
				stack = append(stack, frame{b: s})
			}
			continue
		}
		f.order = append(f.order, top.b)
		stack = stack[:len(stack)-1]
	}
}

// retLast moves the return block, which has no successor, to the end.
func (f *fn) retLast() {
	if f.ret == nil || f.ret.order < 0 {
		return
	}
	kept := f.order[:0]
	for _, b := range f.order {
		if b != f.ret {
			kept = append(kept, b)
		}
	}
	f.order = append(kept, f.ret)
}

// dominators computes immediate dominators (Cooper, Harvey, Kennedy).
func (f *fn) dominators() {
	for _, b := range f.order {
		b.idom = nil
	}
	f.entry.idom = f.entry
	for changed := true; changed; {
		changed = false
		for _, b := range f.order[1:] {
			var d *block
			for _, e := range b.preds {
				if e.from.idom == nil {
					continue
				}
				if d == nil {
					d = e.from
					continue
				}
				d = f.intersect(d, e.from)
			}
			if d != b.idom {
				b.idom, changed = d, true
			}
		}
		if *f.work < 0 {
			break
		}
	}
	for _, b := range f.order {
		b.below = 1
	}
	for i := len(f.order) - 1; i > 0; i-- {
		b := f.order[i]
		b.idom.below += b.below
	}
	next := make([]int, len(f.order)) // free numbers, by dominator
	f.entry.pre0, next[0] = 0, 1
	for i, b := range f.order[1:] {
		d := b.idom.order
		b.pre0 = next[d]
		next[d] += b.below
		next[i+1] = b.pre0 + 1
	}
}

func (f *fn) intersect(a, b *block) *block {
	for a != b && *f.work >= 0 {
		for a.order > b.order {
			*f.work--
			a = a.idom
		}
		for b.order > a.order {
			*f.work--
			b = b.idom
		}
	}
	if b.order < a.order {
		return b
	}
	return a
}

// dominates reports whether a dominates b. Blocks created after analyse
// dominate only themselves.
func (f *fn) dominates(a, b *block) bool {
	if a == b {
		return true
	}
	if a.order < 0 || b.order < 0 {
		return false
	}
	return b.pre0 >= a.pre0 && b.pre0 < a.pre0+a.below
}
