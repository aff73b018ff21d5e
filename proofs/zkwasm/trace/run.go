package trace

import (
	"context"

	"vmhost/internal/vmabi"
	"vmhost/proofs/zkwasm/ir"
	"vmhost/statecache"
)

// State is what a run reads of the chain's state: *statecache.View.
type State interface {
	// Find returns the handle of a collection.
	Find(name string) (handle uint32, ok bool)
	// Len returns the number of items; ok is false for an unknown handle.
	Len(handle uint32) (n uint32, ok bool)
	// Value returns an item's value, 32 bytes big-endian; ok is false if there is none.
	Value(handle, index uint32) (v [32]byte, ok bool)
	// Item returns what an item watches; ok is false if there is none.
	Item(handle, index uint32) (it statecache.Item, ok bool)
	// ItemsRoot returns a collection's manifest; ok is false for an unknown handle.
	ItemsRoot(handle uint32) (root [32]byte, ok bool)
	// ValueAt returns the value age blocks earlier. Errors: statecache.ErrAgeRange,
	// ErrNoHistory and ErrNotThen are traps; any other ends the run with it.
	ValueAt(age uint64, handle, index uint32) (v [32]byte, err error)
}

// Limits of a run; zero values mean the ABI's.
type Limits struct {
	Fuel      uint64 // WASM instructions; 0: vmabi.DefaultFuel
	CallDepth uint32 // nested guest calls; 0: vmabi.MaxCallDepth
	MaxRows   int    // rows of a trace; 0: 20 million
}

// Input of a run.
type Input struct {
	State   State // nil: no collections
	Input   []byte
	Limits  Limits
	NoTrace bool // run only: faster, and in constant memory
}

// Result of a run. If Trap is set, the fields describe the moment of the trap.
type Result struct {
	Journal []byte
	Trap    vmabi.Trap // "" if none
	Fuel    uint64     // WASM instructions executed
	IRSteps uint64     // blocks, pure instructions, events and moves executed
	Reads   uint64     // values read from the state
	Memory  []byte     // linear memory at the end
	Globals []uint64   // WASM globals at the end (constant ones as initialised: 0)
}

// frame is one instance of a region.
type frame struct {
	vals   []uint64
	defs   []int32 // recording: the step that defined a value, -1 if none
	id     uint64
	parent *frame
	cont   uint32
	depth  uint32
}

func (f *frame) value(o opnd) uint64 {
	if o.idx < 0 {
		return o.c
	}
	return f.vals[o.idx]
}

func (f *frame) def(o opnd) int32 {
	if o.idx < 0 {
		return -1
	}
	return f.defs[o.idx]
}

func (f *frame) set(place int32, v uint64, def int32) {
	f.vals[place] = v
	if f.defs != nil {
		f.defs[place] = def
	}
}

// run is the state of a run.
type run struct {
	c      *compiled
	in     *Input
	rec    bool
	mem    [ir.NumRegions]space
	t      *ir.Trace
	free   []*frame
	pc     uint32
	tau    uint64
	steps  []step
	fuel   uint64
	limits Limits
	res    *Result
	err    error // of the state
	row    uint64
	hops   []hopValue
	count  counts
}

// counts are the rows that a trace will have, before pruning.
type counts struct{ spine, pure, moves, links, mem int }

func (c counts) most() int { return max(c.spine, c.pure, c.moves, c.links, c.mem) }

// step is a recorded definition: a pure step or a move.
type step struct {
	pure *ir.Pure // nil: a move
	at   int32    // index in t.Pure or t.Moves
	src  [4]int32
	used bool
}

type hopValue struct {
	v   uint64
	def int32
}

// Run executes a program; it requires one that passed ir.Check, as everything
// that lower.Lower returns has. A trap is a Result, not an error, and leaves
// no trace; the error is ctx's, ErrTooLong, ErrInput or ErrProgram.
func Run(ctx context.Context, p *ir.Program, in Input) (*ir.Trace, *Result, error) {
	c, err := compile(p)
	if err != nil {
		return nil, nil, err
	}
	if len(in.Input) > vmabi.MaxInput {
		return nil, nil, ErrInput
	}
	if in.Limits.Fuel == 0 {
		in.Limits.Fuel = vmabi.DefaultFuel
	}
	if in.Limits.CallDepth == 0 {
		in.Limits.CallDepth = vmabi.MaxCallDepth
	}
	if in.Limits.MaxRows == 0 {
		in.Limits.MaxRows = 20_000_000
	}
	plain := newRun(c, &in, counts{}, false)
	if err := plain.loop(ctx); err != nil {
		return nil, nil, err
	}
	plain.finish()
	switch {
	case in.NoTrace || plain.res.Trap != "":
		return nil, plain.res, nil
	case plain.count.most() > in.Limits.MaxRows:
		return nil, nil, ErrTooLong
	}
	// The second pass knows how much there is to record: growing the slices
	// would cost more than running twice.
	r := newRun(c, &in, plain.count, true)
	if err := r.loop(ctx); err != nil {
		return nil, nil, err
	}
	r.finish()
	return r.t, r.res, nil
}

func newRun(c *compiled, in *Input, n counts, record bool) *run {
	r := &run{c: c, in: in, rec: record, limits: in.Limits, res: &Result{}, tau: 1}
	if record {
		r.t = &ir.Trace{
			Input: in.Input,
			Spine: make([]ir.SpineStep, 0, n.spine), Pure: make([]ir.PureStep, 0, n.pure),
			Moves: make([]ir.MoveStep, 0, n.moves), Links: make([]ir.LinkStep, 0, n.links), Mem: make([]ir.MemStep, 0, n.mem),
		}
		r.steps = make([]step, 0, n.pure+n.moves)
	}
	r.spaces(c.p, in.Input)
	return r
}

func (r *run) newFrame(size int32, id uint64, parent *frame, depth uint32) *frame {
	var f *frame
	if n := len(r.free); n > 0 {
		f, r.free = r.free[n-1], r.free[:n-1]
	} else {
		f = &frame{}
	}
	if int(size) > cap(f.vals) {
		f.vals = make([]uint64, size, size+size/2)
		if r.rec {
			f.defs = make([]int32, size, cap(f.vals))
		}
	}
	f.vals = f.vals[:size]
	if r.rec {
		f.defs = f.defs[:size]
	}
	f.id, f.parent, f.cont, f.depth = id, parent, 0, depth
	return f
}

const pollEvery = 4096 // blocks between two looks at the context

// loop runs blocks until HALT or a trap.
func (r *run) loop(ctx context.Context) error {
	r.pc = r.c.p.Entry
	f := r.newFrame(r.c.sizes[r.c.p.Blocks[r.pc-1].Region], ir.FrameStart, nil, 0)
	for ; ; r.row++ {
		if r.row%pollEvery == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		b := &r.c.blocks[r.pc-1]
		if b.src.Fuel > r.limits.Fuel-r.fuel {
			r.res.Trap = vmabi.TrapOutOfFuel
			return nil
		}
		r.fuel += b.src.Fuel
		r.res.IRSteps += 1 + uint64(len(b.body))
		tau := r.tau
		for i := range b.body {
			c := &b.body[i]
			if c.pure == nil {
				if !r.event(c, f) {
					r.res.Trap = vmabi.TrapOutOfBounds
					return nil
				}
				r.tau++
			} else if t := r.pure(c, f); t != "" {
				r.res.Trap = t
				return r.err
			}
		}
		r.count.spine++
		r.count.mem += int(r.tau - tau)
		r.count.pure += len(b.body) - int(r.tau-tau)
		var done bool
		if f, done = r.terminate(b, f, tau); done {
			return nil
		}
	}
}

// pure runs one pure instruction.
func (r *run) pure(c *code, f *frame) vmabi.Trap {
	a, b := f.value(c.a), f.value(c.b)
	if c.pure.Op.IsState() {
		return r.state(c, f, a, b)
	}
	cv := f.value(c.c)
	v, high := ir.Eval(c.pure.Op, a, b, cv)
	def := int32(-1)
	if r.rec {
		def = r.define(c, f, ir.PureStep{Op: c.pure, Frame: f.id, A: a, B: b, C: cv, R: [5]uint64{v}, High: high})
	}
	f.set(c.dst, v, def)
	return ""
}

// define records a definition and returns its step.
func (r *run) define(c *code, f *frame, s ir.PureStep) int32 {
	r.t.Pure = append(r.t.Pure, s)
	r.steps = append(r.steps, step{
		pure: c.pure, at: int32(len(r.t.Pure) - 1),
		src: [4]int32{f.def(c.a), f.def(c.b), f.def(c.c), f.def(c.d)},
	})
	return int32(len(r.steps) - 1)
}

// use marks a definition as needed by something that is recorded anyway.
func (r *run) use(def int32) {
	if def >= 0 {
		r.steps[def].used = true
	}
}

// terminate records the spine row and follows the terminator.
func (r *run) terminate(b *blk, f *frame, tau uint64) (*frame, bool) {
	t := &b.src.Term
	row := ir.SpineStep{PC: r.pc, Frame: f.id, Tau: tau}
	taken := 0
	switch t.Kind {
	case ir.TermUnreachable:
		r.res.Trap = vmabi.Trap(t.Trap)
		return f, true
	case ir.TermBranch:
		row.A, row.B = f.value(b.a), f.value(b.b)
		if row.A != row.B {
			row.Taken, taken = true, 1
		}
		if r.rec {
			r.use(f.def(b.a))
			r.use(f.def(b.b))
		}
	case ir.TermRet:
		row.A, row.B = uint64(f.cont), f.parent.id
	case ir.TermJump:
		if b.ways[0].kind == ir.EdgeExit {
			row.B = f.parent.id
		}
	default: // no operands
	}
	if r.rec {
		r.t.Spine = append(r.t.Spine, row)
	}
	switch t.Kind {
	case ir.TermHalt:
		return f, true
	case ir.TermRet:
		to := f.parent
		r.pc = f.cont
		r.follow(r.c.blocks[r.pc-1].ret, ir.ReturnEdgeID(r.pc), f, to)
		r.free = append(r.free, f)
		return to, false
	default:
		return r.edge(b, &b.ways[taken], f)
	}
}

// edge takes a static edge.
func (r *run) edge(b *blk, w *way, f *frame) (*frame, bool) {
	to := f
	r.pc = w.target
	switch w.kind {
	case ir.EdgeForward:
	case ir.EdgeExit:
		to = f.parent
	case ir.EdgeBack:
		to = r.newFrame(w.size, ir.FrameFirst+r.row, f.parent, f.depth)
		if r.rec {
			r.t.Moves = append(r.t.Moves, ir.MoveStep{
				Edge: w.id, Move: ir.Move{Src: ir.Ref{Slot: ir.SlotParent}, Dst: ir.SlotParent},
				From: f.id, To: to.id, Value: f.parent.id,
			})
			r.steps = append(r.steps, step{at: int32(len(r.t.Moves) - 1), src: [4]int32{-1, -1, -1, -1}, used: true})
		}
		r.res.IRSteps++
		r.count.moves++
	case ir.EdgeEnter, ir.EdgeCall:
		depth := f.depth
		if w.kind == ir.EdgeCall && b.ends {
			if depth++; depth > r.limits.CallDepth {
				r.res.Trap = vmabi.TrapCallStack
				return f, true
			}
		}
		to = r.newFrame(w.size, ir.FrameFirst+r.row, f, depth)
		if w.kind == ir.EdgeCall {
			to.cont = b.src.Term.Cont
		}
		if r.rec {
			r.t.Links = append(r.t.Links, ir.LinkStep{Edge: w.id, Cont: to.cont, From: f.id, To: to.id})
		}
		r.res.IRSteps++
		r.count.links++
	}
	r.follow(w.moves, w.id, f, to)
	if w.kind == ir.EdgeExit || w.kind == ir.EdgeBack {
		r.free = append(r.free, f)
	}
	return to, false
}

// follow makes the moves of a taken edge, reading all sources first.
func (r *run) follow(moves []hop, id uint32, from, to *frame) {
	if len(moves) == 0 {
		return
	}
	r.res.IRSteps += uint64(len(moves))
	r.count.moves += len(moves)
	r.hops = r.hops[:0]
	for i := range moves {
		h := hopValue{v: from.value(moves[i].src), def: -1}
		if r.rec {
			h.def = from.def(moves[i].src)
		}
		r.hops = append(r.hops, h)
	}
	for i := range moves {
		h := r.hops[i]
		def := int32(-1)
		if r.rec {
			r.t.Moves = append(r.t.Moves, ir.MoveStep{Edge: id, Move: moves[i].move, From: from.id, To: to.id, Value: h.v})
			r.steps = append(r.steps, step{at: int32(len(r.t.Moves) - 1), src: [4]int32{h.def, -1, -1, -1}})
			def = int32(len(r.steps) - 1)
		}
		to.set(moves[i].dst, h.v, def)
	}
}
