package lower

import "vmhost/internal/wasm"

// jumps is a table of targets by index, as runs of equal ones: a target holds
// from its first index up to the next run's, the last one for everything above.
type jumps []struct {
	first uint64
	to    *block
}

// add sets the target from index i on, which is above those before.
func (t *jumps) add(i uint64, to *block) {
	if n := len(*t); n > 0 && (*t)[n-1].to == to {
		return
	}
	*t = append(*t, struct {
		first uint64
		to    *block
	}{i, to})
}

// decide branches to the target of variable v, by halving the runs. Requires
// that v is not below the first index.
func (x *inst) decide(v int32, t jumps) {
	*x.work--
	switch {
	case len(t) == 1:
		x.at.kind, x.at.succ[0] = termJump, t[0].to
		x.at = nil
		return
	case len(t) == 2 && t[1].first == t[0].first+1: // an equality is part of the branch
		x.branch(x.num(wasm.OpI32Eq, t32, x.get(v), imm(t[0].first, t32)), t[0].to, t[1].to)
		return
	case len(t) == 2:
		x.branch(x.num(wasm.OpI32LtU, t32, x.get(v), imm(t[1].first, t32)), t[0].to, t[1].to)
		return
	}
	mid := len(t) / 2
	low, high := x.newBlock(), x.newBlock()
	x.branch(x.num(wasm.OpI32LtU, t32, x.get(v), imm(t[mid].first, t32)), low, high)
	x.at = low
	x.decide(v, t[:mid])
	x.at = high
	x.decide(v, t[mid:])
}
