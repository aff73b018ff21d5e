package ir

// valueType is the type of a slot. i32 is part of i64.
type valueType uint8

const (
	typeNone  valueType = iota // nothing ever arrives
	typeI32                    // below 2^32
	typeI64                    // below 2^64
	typePow32                  // a power of two up to 2^32
	typePow64                  // a power of two below 2^64
	typeTop64                  // a power of two up to 2^64, which has no number
)

func (t valueType) isNumber() bool { return t <= typeI64 }

// node is a type variable: fixed, or the widest of its sources.
type node struct {
	t     valueType
	both  bool // of an and: the narrowest of two sources
	src   []typeRef
	users []int32
}

type typeRef struct {
	node int32 // -1: fixed
	t    valueType
}

// types infers the type of every slot and checks operands (N7).
func (c *checker) types() error {
	c.typeNodes()
	c.typeEdges()
	c.solve()
	for i := range c.p.Blocks {
		b := &c.p.Blocks[i]
		for _, in := range b.Body {
			if in.Pure != nil && !c.pureTypes(b.Region, in.Pure) {
				return at(ErrType, b.PC, "operands of s%d = %s", in.Pure.Dst, in.Pure.Op)
			}
			if m := in.Mem; m != nil && (c.typeOf(b.Region, m.Addr) > typeI32 || m.Store && !c.typeOf(b.Region, m.Val).isNumber()) {
				return at(ErrType, b.PC, "operands of a memory access")
			}
		}
		if !c.termTypes(b) {
			return at(ErrType, b.PC, "operands of the terminator")
		}
	}
	return nil
}

func (c *checker) newNode(t valueType) int32 {
	c.nodes = append(c.nodes, node{t: t})
	return int32(len(c.nodes) - 1)
}

// typeNodes gives each slot, and each ARG and RET of each function, a variable.
func (c *checker) typeNodes() {
	c.byArg = make([]int32, len(c.p.Regions))
	for i := range c.p.Regions {
		if c.p.Regions[i].Kind == KindFunc {
			c.byArg[i] = c.newNode(typeNone)
			for range MaxArgs + MaxRets - 1 {
				c.newNode(typeNone)
			}
		}
	}
	for i := range c.p.Blocks {
		b := &c.p.Blocks[i]
		for _, s := range b.Params {
			if s >= SlotFirst {
				c.defs[s].node = c.newNode(typeNone)
			}
		}
		for _, in := range b.Body {
			switch {
			case in.Pure != nil:
				for k := range in.Pure.Op.Results() {
					c.defs[in.Pure.Dst+Slot(k)].node = c.newNode(resultType(in.Pure.Op, k))
				}
			case !in.Mem.Store:
				t := typeI32
				if in.Mem.Width == 8 || in.Mem.Wide {
					t = typeI64
				}
				c.defs[in.Mem.Dst].node = c.newNode(t)
			}
		}
	}
}

// resultType is the type of an op's k-th result, typeNone if it depends on the
// operands.
func resultType(o Op, k int) valueType {
	switch o {
	case OpSelect, OpAnd64:
		return typeNone
	case OpPowShl32, OpPowShr32:
		return typePow32
	case OpPowShl64:
		return typePow64
	case OpPowShr64:
		return typeTop64
	case OpLeaf:
		if k < 4 {
			return typeI64
		}
	case OpManifest, OpItem, OpAged:
		return typeI64
	case OpAdd64, OpSub64, OpOr64, OpXor64, OpMulLo64, OpMulHi64, OpMulSum64, OpDivU64, OpRemU64:
		return typeI64
	default: // an i32, below
	}
	return typeI32
}

// typeEdges connects variables along moves, selects and ands.
func (c *checker) typeEdges() {
	flow := func(to int32, region uint32, r Ref) {
		src := c.typeRef(region, r)
		c.nodes[to].src = append(c.nodes[to].src, src)
		if src.node >= 0 {
			c.nodes[src.node].users = append(c.nodes[src.node].users, to)
		}
	}
	for i := range c.p.Blocks {
		b := &c.p.Blocks[i]
		for _, in := range b.Body {
			p := in.Pure
			if p == nil || p.Op != OpSelect && p.Op != OpAnd64 {
				continue
			}
			to := c.defs[p.Dst].node
			if p.Op == OpAnd64 {
				c.nodes[to].both = true
				flow(to, b.Region, p.A)
				flow(to, b.Region, p.B)
			} else {
				flow(to, b.Region, p.B)
				flow(to, b.Region, p.C)
			}
		}
		for j := range b.Term.Edges {
			for _, m := range b.Term.Edges[j].Moves {
				target := c.block(b.Term.Edges[j].Target).Region
				flow(c.typeRef(target, Ref{Slot: m.Dst}).node, b.Region, m.Src)
			}
		}
		for _, m := range b.Term.RetMoves {
			flow(c.typeRef(b.Region, Ref{Slot: m.Dst}).node, c.callee[b.Term.Cont], m.Src)
		}
	}
}

// typeRef is the type variable of an operand in a region.
func (c *checker) typeRef(region uint32, r Ref) typeRef {
	switch {
	case r.Const:
		if c.consts[r.Slot] < 1<<32 {
			return typeRef{node: -1, t: typeI32}
		}
		return typeRef{node: -1, t: typeI64}
	case isArg(r.Slot):
		return typeRef{node: c.byArg[region] + int32(r.Slot-SlotArg0)}
	case isRet(r.Slot):
		return typeRef{node: c.byArg[region] + MaxArgs + int32(r.Slot-SlotRet0)}
	}
	return typeRef{node: c.defs[r.Slot].node}
}

func (c *checker) typeOf(region uint32, r Ref) valueType {
	t := c.typeRef(region, r)
	if t.node < 0 {
		return t.t
	}
	return c.nodes[t.node].t
}

// solve propagates types until they are stable; they only grow.
func (c *checker) solve() {
	work := make([]int32, len(c.nodes))
	for i := range work {
		work[i] = int32(i)
	}
	for len(work) > 0 {
		n := &c.nodes[work[len(work)-1]]
		work = work[:len(work)-1]
		if len(n.src) == 0 {
			continue
		}
		t := c.join(n)
		if t > n.t {
			n.t = t
			work = append(work, n.users...)
		}
	}
}

func (c *checker) join(n *node) valueType {
	t := typeNone
	for i, s := range n.src {
		u := s.t
		if s.node >= 0 {
			u = c.nodes[s.node].t
		}
		switch {
		case n.both && i > 0 && u.isNumber() && t.isNumber():
			t = min(t, u)
		default:
			t = max(t, u)
		}
	}
	return t
}

// pureTypes checks the operands of a pure op.
func (c *checker) pureTypes(region uint32, p *Pure) bool {
	limit := typeI64
	if p.Op.Width() == 32 {
		limit = typeI32
	}
	refs := []Ref{p.A, p.B, p.C, p.D}
	for i, r := range refs[:p.Op.Operands()] {
		t := c.typeOf(region, r)
		if i == 1 && p.Op >= OpMulLo32 && p.Op <= OpMulSum64 {
			if !c.factorType(p.Op, r, t) {
				return false
			}
			continue
		}
		if t > limit {
			return false
		}
	}
	return true
}

// factorType checks the B of a product.
func (c *checker) factorType(o Op, r Ref, t valueType) bool {
	k := c.consts[r.Slot]
	power := r.Const && k != 0 && k&(k-1) == 0
	switch o {
	case OpMulLo32, OpMulHi32:
		return t <= typeI32 || t == typePow32
	case OpMulSum32:
		return t == typePow32 || power && t <= typeI32
	case OpMulLo64:
		return t.isNumber() || t == typePow64
	case OpMulHi64: // a traced 0 means 2^64 here
		return t == typePow64 || t == typeTop64 || r.Const && k != 0
	case OpMulSum64:
		return t == typePow64 || t == typeTop64 || power
	default:
		return false
	}
}

// termTypes checks that branches and moves handle numbers only.
func (c *checker) termTypes(b *Block) bool {
	t := &b.Term
	if t.Kind == TermBranch && !(c.typeOf(b.Region, t.A).isNumber() && c.typeOf(b.Region, t.B).isNumber()) {
		return false
	}
	for i := range t.Edges {
		for _, m := range t.Edges[i].Moves {
			if !c.typeOf(b.Region, m.Src).isNumber() {
				return false
			}
		}
	}
	return true
}
