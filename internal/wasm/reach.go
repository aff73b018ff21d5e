package wasm

// Reachable returns which defined functions can run, given the functions (in
// the function index space) that are called from outside; the start function is
// always one. If any of them uses call_indirect, everything in an element
// segment can run. Requires a valid module.
func Reachable(m *Module, roots ...uint32) []bool {
	imported := uint32(m.NumImported(ExternFunc))
	seen := make([]bool, len(m.Code))
	var queue []uint32
	add := func(f uint32) {
		if f != NullFunc && f >= imported && !seen[f-imported] {
			seen[f-imported] = true
			queue = append(queue, f-imported)
		}
	}
	if m.Start != nil {
		add(*m.Start)
	}
	for _, f := range roots {
		add(f)
	}
	indirect := false
	for len(queue) > 0 {
		c := &m.Code[queue[len(queue)-1]]
		queue = queue[:len(queue)-1]
		for i := range c.Instrs {
			switch in := &c.Instrs[i]; in.Op {
			case OpCall:
				add(uint32(in.Imm))
			case OpCallIndirect:
				if indirect {
					continue
				}
				indirect = true
				for _, e := range m.Elements {
					for _, f := range e.Funcs {
						add(f)
					}
				}
			default:
			}
		}
	}
	return seen
}

// ReachesOp returns whether an instruction op stands in a function that can run
// (see Reachable). Requires a valid module.
func ReachesOp(m *Module, op Opcode, roots ...uint32) bool {
	for i, can := range Reachable(m, roots...) {
		for j := range m.Code[i].Instrs {
			if can && m.Code[i].Instrs[j].Op == op {
				return true
			}
		}
	}
	return false
}
