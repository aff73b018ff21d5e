package lower

import "vmhost/proofs/zkwasm/ir"

// buildSSA turns variables into values (after Braun et al., with regions): a
// read yields a value of the reader's own region or a constant. Loop headers
// and landing blocks therefore take what they need as parameters, except for
// variables that the loop does not set: those survive in the parent's frame.
func (f *fn) buildSSA() {
	f.seen = map[opKey][]*value{}
	f.values = make([]*value, f.temps)
	f.argVals = make([]*value, len(f.params))
	f.entry.start = map[int32]*value{}
	for i, t := range f.params {
		v := &value{kind: vArg, n: i, typ: t, max: t.limit(), blk: f.entry, fn: f}
		f.argVals[i], f.entry.start[int32(i)] = v, v
	}
	for _, b := range f.order {
		if *f.work < 0 {
			return
		}
		f.cur = b
		b.end = map[int32]*value{}
		for i := range b.pre {
			f.translate(b, &b.pre[i])
		}
		b.pre = nil
		if b.kind == termBranch {
			b.cond = f.operand(b.condOp)
		}
		for _, o := range b.argOps {
			b.args = append(b.args, f.operand(o))
		}
	}
	if f.ret != nil && f.ret.order >= 0 {
		for i, v := range f.retVars { // RET parameters, wanted or not
			p := &value{kind: vPhi, n: int(v), typ: f.vars[v], max: f.vars[v].limit(), blk: f.ret}
			f.ret.phis = append(f.ret.phis, p)
			f.rets = append(f.rets, p)
			p.slot = ir.SlotRet0 + ir.Slot(i)
			f.fillPhi(p)
		}
	}
	for len(f.fill) > 0 {
		p := f.fill[len(f.fill)-1]
		f.fill = f.fill[:len(f.fill)-1]
		f.fillPhi(p)
	}
}

func (f *fn) operand(o operand) *value {
	if o.temp < 0 {
		return konst(o.c)
	}
	return f.values[o.temp].get()
}

func (f *fn) translate(b *block, p *pre) {
	*f.work--
	var a [4]*value
	for i := range a {
		a[i] = f.operand(p.args[i])
	}
	switch p.kind {
	case preGet:
		f.values[p.dst] = f.readEnd(p.v, b)
	case preSet:
		b.end[p.v] = a[0]
	case preNum:
		f.values[p.dst] = f.numeric(p.op, a)
	case preState:
		v := f.op(p.st, a[:p.st.Operands()]...)
		f.values[p.dst] = f.result(v, p.n)
	case preRes:
		t := typ(p.mem.Width)
		v := &value{kind: vCallRes, n: p.n, typ: t, max: t.limit(), blk: b}
		b.results = append(b.results, v)
		f.values[p.dst] = v
	case preLoad:
		v := &value{kind: vLoad, mem: p.mem, args: [4]*value{a[0]}, blk: b}
		v.typ, v.max = loadType(&p.mem)
		b.ins = append(b.ins, v)
		f.values[p.dst] = v
	case preStore:
		b.ins = append(b.ins, &value{kind: vStore, mem: p.mem, args: [4]*value{a[0], a[1]}, blk: b})
	}
}

func loadType(m *ir.Mem) (typ, uint64) {
	switch {
	case m.Signed && m.Wide:
		return t64, ^uint64(0)
	case m.Signed:
		return t32, 1<<32 - 1
	case m.Region == ir.RegionGlobals && m.Imm == ir.MemSizeAddr:
		return t64, ir.MaxPages * ir.PageSize
	case m.Width == 8:
		return t64, ^uint64(0)
	}
	return t32, mask(8 * uint(m.Width))
}

// readEnd is the value of variable v at the end of b (so far).
func (f *fn) readEnd(v int32, b *block) *value {
	if x := b.end[v]; x != nil {
		return x.get()
	}
	return f.readStart(v, b)
}

func (f *fn) readStart(v int32, b *block) *value {
	if x := b.start[v]; x != nil {
		return x.get()
	}
	*f.work -= readWork
	if b.start == nil {
		b.start = map[int32]*value{}
	}
	x := f.resolve(v, b)
	b.start[v] = x
	return x
}

func (f *fn) resolve(v int32, b *block) *value {
	if *f.work < 0 || len(b.preds) == 0 { // a local before its first set, or given up
		return konst(0)
	}
	if b.region.header == b && b.region != f.root {
		return f.resolveHeader(v, b)
	}
	from := b.preds[0].from.region
	if from != b.region { // landing of one loop's exits
		if !from.sets[v] {
			return f.readEnd(v, f.enterPred(from))
		}
		args := f.readPreds(v, b)
		if x := allSame(args, nil); x != nil && x.isConst() {
			return x
		}
		p := f.newPhi(v, b)
		p.phi = args
		p.typ, p.max = meet(args)
		return p
	}
	return f.resolveJoin(v, b)
}

func (f *fn) newPhi(v int32, b *block) *value {
	p := &value{kind: vPhi, n: int(v), typ: f.vars[v], max: f.vars[v].limit(), blk: b}
	b.phis = append(b.phis, p)
	return p
}

// fillPhi reads the arguments of p, one for each predecessor.
func (f *fn) fillPhi(p *value) {
	p.phi = f.readPreds(int32(p.n), p.blk)
}

func (f *fn) readPreds(v int32, b *block) []*value {
	*f.work -= len(b.preds)
	args := make([]*value, len(b.preds))
	for i, e := range b.preds {
		args[i] = f.readEnd(v, e.from)
	}
	return args
}

func (f *fn) resolveHeader(v int32, b *block) *value {
	x := f.readEnd(v, f.enterPred(b.region))
	if b.region.sets[v] {
		p := f.newPhi(v, b)
		f.fill = append(f.fill, p)
		return p
	}
	if x.isConst() {
		return x
	}
	p := f.newPhi(v, b)
	p.typ, p.max = x.typ, x.max
	p.phi = make([]*value, len(b.preds))
	for i, e := range b.preds {
		if p.phi[i] = p; e.from.region != b.region {
			p.phi[i] = x
		}
	}
	return p
}

// resolveJoin reads v where only forward edges of the own region meet.
func (f *fn) resolveJoin(v int32, b *block) *value {
	args := f.readPreds(v, b)
	if x := allSame(args, nil); x != nil {
		return x
	}
	p := f.newPhi(v, b)
	p.phi = args
	p.typ, p.max = meet(args)
	return p
}

// allSame returns the one value that all arguments (but self) are, or nil.
func allSame(args []*value, self *value) *value {
	var x *value
	for _, a := range args {
		a = a.get()
		switch {
		case a == self:
		case x == nil:
			x = a
		case x != a && !(x.isConst() && a.isConst() && x.c == a.c):
			return nil
		}
	}
	return x
}

// meet is the common type and bound of a join's arguments.
func meet(args []*value) (typ, uint64) {
	t, m := t32, uint64(0)
	for _, a := range args {
		a = a.get()
		if a.typ == t64 {
			t = t64
		}
		m = max(m, a.max)
	}
	return t, m
}
