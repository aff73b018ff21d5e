package trace

import (
	"encoding/binary"

	"vmhost/proofs/zkwasm/ir"
)

// finish fills in the result and drops definitions that nothing needs.
func (r *run) finish() {
	n := min(r.mem[ir.RegionGlobals].word(ir.JournalLenAddr, 8), ir.MaxJournal)
	r.res.Journal = append([]byte{}, r.mem[ir.RegionJournal].data[:n]...)
	r.res.Fuel = r.fuel
	r.res.Memory = r.mem[ir.RegionLinear].data
	for i := range r.c.p.Globals {
		r.res.Globals = append(r.res.Globals, binary.LittleEndian.Uint64(r.mem[ir.RegionGlobals].data[ir.GlobalsBase+8*i:]))
	}
	if !r.rec || r.res.Trap != "" {
		r.t = nil
		return
	}
	r.prune()
	r.t.Cells = r.cells()
	r.t.Output = r.res.Journal
	r.t.WasmInstructions = r.fuel
}

// prune keeps the definitions that are used, directly or through others.
// Sources come before their users.
func (r *run) prune() {
	for i := len(r.steps) - 1; i >= 0; i-- {
		if s := &r.steps[i]; s.used {
			for _, d := range s.src {
				r.use(d)
			}
		}
	}
	pure, moves := r.t.Pure[:0], r.t.Moves[:0]
	for i := range r.steps {
		switch s := &r.steps[i]; {
		case !s.used:
		case s.pure != nil:
			pure = append(pure, r.t.Pure[s.at])
		default:
			moves = append(moves, r.t.Moves[s.at])
		}
	}
	r.t.Pure, r.t.Moves = pure, moves
}
