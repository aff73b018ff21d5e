package lower

import "vmhost/proofs/zkwasm/ir"

// marker finds the values that matter: those that stores, loads that may trap,
// branches and results depend on, across functions.
type marker struct{ work []*value }

func (m *marker) mark(v *value) {
	if v = v.get(); v == nil || v.live {
		return
	}
	v.live = true
	m.work = append(m.work, v)
}

// markLive sets live on every value that must be emitted.
func markLive(fns []*fn) {
	for _, f := range fns {
		for _, b := range f.order {
			if b.kind == termCall {
				b.callee.sites = append(b.callee.sites, b)
			}
		}
	}
	m := &marker{}
	for _, f := range fns {
		for _, b := range f.order {
			m.roots(f, b)
		}
	}
	for len(m.work) > 0 {
		v := m.work[len(m.work)-1]
		m.work = m.work[:len(m.work)-1]
		switch v.kind {
		case vPhi:
			for _, a := range v.phi {
				m.mark(a)
			}
		case vArg:
			for _, b := range v.fn.sites {
				m.mark(b.args[v.n])
			}
		default:
			for _, a := range v.args {
				m.mark(a)
			}
		}
	}
}

// condOperands is what a branch on cond compares: equality tests are part of
// the branch.
func condOperands(cond *value) []*value {
	c := cond.get()
	switch {
	case c == nil:
		return nil
	case c.isOp(ir.OpEq), c.isOp(ir.OpNe):
		return []*value{c.args[0].get(), c.args[1].get()}
	}
	return []*value{c, konst(0)}
}

func (m *marker) roots(f *fn, b *block) {
	for _, v := range b.ins {
		if v.kind == vStore || v.kind == vLoad && v.mem.Region == ir.RegionLinear {
			m.mark(v)
		}
	}
	for _, v := range condOperands(b.cond) {
		m.mark(v)
	}
	if b == f.ret {
		for _, p := range f.rets {
			m.mark(p)
		}
	}
}
