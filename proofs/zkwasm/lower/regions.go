package lower

// regionize finds the loops and rewrites the graph so that every edge is a
// forward, enter, back or exit edge: a loop is entered by one edge, left one
// level at a time by jumps, and lands on blocks that nothing else targets.
func (f *fn) regionize() {
	if f.analyse(); *f.work < 0 {
		return
	}
	f.root = &region{header: f.entry, sets: map[int32]bool{}}
	if f.preheaders() {
		f.analyse()
	}
	f.findLoops()
	f.splitTraps()
	f.splitExits()
	f.analyse()
	f.collectSets()
}

// isBack reports whether e closes a loop (the graph is reducible).
func (f *fn) isBack(from, to *block) bool { return f.dominates(to, from) }

// preheaders gives every loop that is entered by several edges one entry block.
func (f *fn) preheaders() bool {
	changed := false
	for _, h := range f.order {
		var enter []edge
		loop := false
		for _, e := range h.preds {
			if f.isBack(e.from, h) {
				loop = true
			} else {
				enter = append(enter, e)
			}
		}
		if !loop || len(enter) < 2 {
			continue
		}
		p := f.newBlock()
		p.kind, p.succ[0] = termJump, h
		for _, e := range enter {
			e.from.succ[e.i] = p
		}
		changed = true
	}
	return changed
}

// findLoops assigns to each block its innermost natural loop.
func (f *fn) findLoops() {
	for _, b := range f.order {
		b.region = nil
	}
	for i := len(f.order) - 1; i >= 0; i-- {
		h := f.order[i]
		var work []*block
		for _, e := range h.preds {
			if f.isBack(e.from, h) {
				work = append(work, e.from)
			}
		}
		if len(work) > 0 {
			f.claimLoop(&region{header: h, sets: map[int32]bool{}}, work)
		}
	}
	for _, b := range f.order {
		if b.region == nil {
			b.region = f.root
		}
	}
	for _, b := range f.order { // outer headers come first
		if r := b.region; r.header == b && r != f.root {
			if r.parent == nil {
				r.parent = f.root
			}
			r.depth = r.parent.depth + 1
		}
	}
}

// claimLoop walks backwards from the latches; inner loops are known already.
func (f *fn) claimLoop(l *region, work []*block) {
	for len(work) > 0 {
		*f.work--
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if b.region == nil {
			b.region = l
			if b == l.header {
				continue
			}
			for _, e := range b.preds {
				work = append(work, e.from)
			}
			continue
		}
		out := b.region
		for out.parent != nil && out != l {
			*f.work--
			out = out.parent
		}
		if out == l {
			continue
		}
		out.parent = l
		for _, e := range out.header.preds {
			if !f.isBack(e.from, out.header) {
				work = append(work, e.from)
			}
		}
	}
	if l.header.region == nil {
		l.header.region = l
	}
}

// isTrapBlock reports whether b does nothing but trap.
func isTrapBlock(b *block) bool { return b.kind == termTrap && len(b.pre) == 0 && len(b.ins) == 0 }

// splitTraps gives each region its own trap blocks: they have no row in any
// proof, so leaving a loop for one would only cost.
func (f *fn) splitTraps() {
	type key struct {
		r    *region
		trap string
		fuel uint64
	}
	made := map[key]*block{}
	for _, b := range f.order {
		for i := range b.succs() {
			t := b.succ[i]
			if !isTrapBlock(t) || b.kind == termCall {
				continue
			}
			k := key{b.region, t.trap, t.fuel}
			if made[k] == nil {
				c := f.newBlock()
				c.kind, c.trap, c.fuel, c.region = termTrap, t.trap, t.fuel, b.region
				made[k] = c
			}
			b.succ[i] = made[k]
		}
	}
}

// splitExits breaks edges that leave loops into one exit per level.
func (f *fn) splitExits() {
	type key struct {
		from *region
		to   *block
	}
	landing := map[key]*block{}
	shared := map[*block]bool{} // plain targets that may serve as landing
	for _, b := range f.order {
		shared[b] = f.onlyExitsOfOneLoop(b)
	}
	for _, b := range append([]*block(nil), f.order...) {
		for i := range b.succs() {
			to := b.succ[i]
			if to.region.contains(b.region) && to.region == b.region || to.region.parent == b.region && to.region.header == to {
				continue // forward, back or enter
			}
			r := b.region
			if b.kind == termBranch { // exits are jumps only
				x := f.newBlock()
				x.kind, x.region = termJump, r
				b.succ[i] = x
				f.chainExits(x, r, to, shared[to], func(r *region) (*block, bool) {
					k := key{r, to}
					if l := landing[k]; l != nil {
						return l, false
					}
					landing[k] = f.newBlock()
					return landing[k], true
				})
			}
		}
	}
}

// chainExits lets x, a jump in loop r, lead to block to outside.
func (f *fn) chainExits(x *block, r *region, to *block, direct bool, land func(*region) (*block, bool)) {
	for {
		*f.work--
		out := r.parent
		home := to.region == out || to.region.parent == out && to.region.header == to && !to.region.contains(r)
		if home && direct && to.region == out {
			x.succ[0] = to
			return
		}
		l, fresh := land(r)
		x.succ[0] = l
		if !fresh {
			return
		}
		l.kind, l.region = termJump, out
		if home {
			l.succ[0] = to
			return
		}
		x, r = l, out
	}
}

// onlyExitsOfOneLoop reports whether every edge into b leaves the same loop, a
// child of b's region.
func (f *fn) onlyExitsOfOneLoop(b *block) bool {
	if len(b.preds) == 0 || b.region.header == b && b.region != f.root {
		return false
	}
	loop := b.preds[0].from.region
	for _, e := range b.preds {
		if e.from.region != loop {
			return false
		}
	}
	return loop != b.region && loop.parent == b.region
}

// collectSets notes the variables that each loop sets.
func (f *fn) collectSets() {
	for _, b := range f.order {
		for i := range b.pre {
			if b.pre[i].kind != preSet {
				continue
			}
			for r := b.region; r != nil && !r.sets[b.pre[i].v]; r = r.parent {
				*f.work--
				r.sets[b.pre[i].v] = true
			}
		}
	}
}

// loops lists the loops, outer ones first, in the order of their headers.
func (f *fn) loops() []*region {
	var out []*region
	for _, b := range f.order {
		if b.region.header == b && b.region != f.root {
			out = append(out, b.region)
		}
	}
	return out
}

// enterPred is the block that enters loop r.
func (f *fn) enterPred(r *region) *block {
	for _, e := range r.header.preds {
		if e.from.region != r {
			return e.from
		}
	}
	return nil
}
