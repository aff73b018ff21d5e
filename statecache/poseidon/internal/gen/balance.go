package main

// ones is the operand that stands for the register of ones.
const ones = -1

// balance turns additions into multiply-adds by one where additions crowd:
// processors add and multiply-add in different units, and a product as built
// here takes as many of the one kind as of the other, so that every addition
// besides (carries) would keep one kind waiting.
func balance(p *prog) {
	const leeway = 4
	lead := 0 // additions less multiply-adds so far
	for i := range p.ins {
		in := &p.ins[i]
		switch in.op { //nolint:exhaustive // loads and stores are neither
		case opFMA, opFMS:
			lead = max(lead-1, -leeway)
		case opAdd, opSub:
			if lead < leeway || in.b.isMem() {
				lead++
				continue
			}
			if in.op == opAdd {
				in.op = opFMA
			} else {
				in.op = opFMS
			}
			in.b, in.c = arg{v: ones}, in.b
			lead--
		}
	}
}
