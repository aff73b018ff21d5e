package trace

import (
	"fmt"
	"strings"

	"vmhost/proofs/zkwasm/ir"
)

// opnd is a compiled operand: a place in the frame, or (idx < 0) a constant.
type opnd struct {
	idx int32
	c   uint64
}

// code is a compiled instruction.
type code struct {
	pure       *ir.Pure
	mem        *ir.Mem
	a, b, c, d opnd
	dst        int32
	index      uint32 // of an event in its block
}

// hop is a compiled move.
type hop struct {
	move ir.Move
	src  opnd
	dst  int32
}

// way is a compiled edge.
type way struct {
	kind   ir.EdgeKind
	target uint32
	id     uint32
	moves  []hop
	size   int32 // places of the target's frame
}

type blk struct {
	src  *ir.Block
	body []code
	a, b opnd
	ways [2]way
	ret  []hop // moves of a return to this block
	ends bool  // call of a guest function: counts for the depth
}

// Places of the reserved slots in the frame of a function.
const (
	argPlace  = 0
	retPlace  = ir.MaxArgs
	funcPlace = ir.MaxArgs + ir.MaxRets
)

type compiled struct {
	p      *ir.Program
	blocks []blk
	places []int32 // of each slot in its region's frame
	sizes  []int32 // of frames, by region
	consts map[ir.Slot]uint64
}

func compile(p *ir.Program) (*compiled, error) {
	c := &compiled{p: p, blocks: make([]blk, len(p.Blocks)), sizes: make([]int32, len(p.Regions)), consts: map[ir.Slot]uint64{ir.SlotOne: 1}}
	for _, k := range p.Consts {
		c.consts[k.Slot] = k.Value
	}
	if p.Pages > p.MaxPages || p.MaxPages > ir.MaxPages || len(p.Regions) == 0 {
		return nil, fmt.Errorf("%w: %d pages, %d regions", ErrProgram, p.Pages, len(p.Regions))
	}
	for i := range c.sizes {
		if p.Regions[i].Kind == ir.KindFunc {
			c.sizes[i] = funcPlace
		}
	}
	for i := range p.Blocks {
		c.define(&p.Blocks[i])
	}
	for i := range p.Blocks {
		c.block(&p.Blocks[i])
	}
	return c, nil
}

// define gives places to the slots that a block defines.
func (c *compiled) define(b *ir.Block) {
	def := func(s ir.Slot, n int32) {
		if s < ir.SlotFirst {
			return
		}
		for int(s)+int(n) > len(c.places) {
			c.places = append(c.places, make([]int32, 1024)...)
		}
		for i := range n {
			c.places[int32(s)+i] = c.sizes[b.Region] + i
		}
		c.sizes[b.Region] += n
	}
	for _, s := range b.Params {
		def(s, 1)
	}
	for _, in := range b.Body {
		if in.Pure != nil {
			def(in.Pure.Dst, int32(in.Pure.Op.Results()))
		} else if !in.Mem.Store {
			def(in.Mem.Dst, 1)
		}
	}
}

func (c *compiled) place(s ir.Slot) int32 {
	switch {
	case s >= ir.SlotFirst && int(s) < len(c.places):
		return c.places[s]
	case s >= ir.SlotArg0 && s < ir.SlotArg0+ir.MaxArgs:
		return int32(s - ir.SlotArg0)
	case s >= ir.SlotRet0 && s < ir.SlotRet0+ir.MaxRets:
		return retPlace + int32(s-ir.SlotRet0)
	}
	return 0
}

func (c *compiled) operand(r ir.Ref) opnd {
	if r.Const || r.Slot == ir.SlotNone {
		return opnd{idx: -1, c: c.consts[r.Slot]}
	}
	return opnd{idx: c.place(r.Slot)}
}

func (c *compiled) block(b *ir.Block) {
	out := &c.blocks[b.PC-1]
	out.src = b
	n := uint32(0)
	for i := range b.Body {
		in := &b.Body[i]
		if p := in.Pure; p != nil {
			out.body = append(out.body, code{
				pure: p, a: c.operand(p.A), b: c.operand(p.B), c: c.operand(p.C), d: c.operand(p.D), dst: c.place(p.Dst),
			})
			continue
		}
		out.body = append(out.body, code{mem: in.Mem, a: c.operand(in.Mem.Addr), b: c.operand(in.Mem.Val), dst: c.place(in.Mem.Dst), index: n})
		n++
	}
	out.a, out.b = c.operand(b.Term.A), c.operand(b.Term.B)
	for i := range out.ways {
		if e := &b.Term.Edges[i]; e.Target != 0 {
			out.ways[i] = way{kind: e.Kind, target: e.Target, id: ir.EdgeID(b.PC, i == 1), moves: c.hops(e.Moves)}
			out.ways[i].size = c.sizes[c.p.Blocks[e.Target-1].Region]
		}
	}
	if b.Term.Kind == ir.TermCall {
		c.blocks[b.Term.Cont-1].ret = c.hops(b.Term.RetMoves)
		callee := c.p.Blocks[b.Term.Edges[0].Target-1].Region
		out.ends = !strings.HasPrefix(c.p.Regions[callee].Func, "vm.")
	}
}

func (c *compiled) hops(ms []ir.Move) []hop {
	out := make([]hop, len(ms))
	for i, m := range ms {
		out[i] = hop{move: m, src: c.operand(m.Src), dst: c.place(m.Dst)}
	}
	return out
}
