package lower

import (
	"fmt"
	"io"
	"strings"

	"vmhost/proofs/zkwasm/ir"
)

// Counts are the sizes of a program, static.
type Counts struct {
	Regions, Functions, Loops          int
	Blocks, Pure, Loads, Stores, Moves int
	Consts, Data                       int
	Ops                                map[string]int // pure instructions by opcode
	Traps                              int            // blocks that only trap
}

// Count counts the parts of a program.
func Count(p *ir.Program) Counts {
	c := Counts{Regions: len(p.Regions), Blocks: len(p.Blocks), Consts: len(p.Consts), Data: len(p.Data), Ops: map[string]int{}}
	for _, r := range p.Regions {
		switch r.Kind {
		case ir.KindFunc:
			c.Functions++
		case ir.KindLoop:
			c.Loops++
		case ir.KindStart:
		}
	}
	for i := range p.Blocks {
		b := &p.Blocks[i]
		for _, in := range b.Body {
			switch {
			case in.Pure != nil:
				c.Pure++
				c.Ops[in.Pure.Op.String()]++
			case in.Mem.Store:
				c.Stores++
			default:
				c.Loads++
			}
		}
		if b.Term.Kind == ir.TermUnreachable {
			c.Traps++
		}
		c.Moves += len(b.Term.Edges[0].Moves) + len(b.Term.Edges[1].Moves) + len(b.Term.RetMoves)
	}
	return c
}

// dumper writes a program as text.
type dumper struct {
	w      io.Writer
	consts map[ir.Slot]uint64
	err    error
}

func (d *dumper) printf(format string, args ...any) {
	if d.err == nil {
		_, d.err = fmt.Fprintf(d.w, format, args...)
	}
}

// Dump writes a program as text, one line an instruction, for people. Slots are
// s1, s2, …; constants are written as values.
func Dump(w io.Writer, p *ir.Program) error {
	d := &dumper{w: w, consts: map[ir.Slot]uint64{ir.SlotZero: 0, ir.SlotOne: 1}}
	for _, c := range p.Consts {
		d.consts[c.Slot] = c.Value
	}
	c := Count(p)
	d.printf("program entry b%d halt b%d pages %d globals %d\n", p.Entry, p.Halt, p.Pages, p.Globals)
	d.printf("  regions %d functions %d loops %d blocks %d (%d traps) pure %d loads %d stores %d moves %d consts %d data %d\n",
		c.Regions, c.Functions, c.Loops, c.Blocks, c.Traps, c.Pure, c.Loads, c.Stores, c.Moves, c.Consts, c.Data)
	for i, r := range p.Regions {
		d.region(i, &r, p)
	}
	for _, x := range p.Data {
		d.printf("data region %d [%d] = %#x\n", x.Region, x.Addr, x.Value)
	}
	return d.err
}

func (d *dumper) region(i int, r *ir.CodeRegion, p *ir.Program) {
	switch r.Kind {
	case ir.KindStart:
		d.printf("region %d start\n", i)
	case ir.KindFunc:
		d.printf("region %d func %s\n", i, r.Func)
	case ir.KindLoop:
		d.printf("region %d loop in %d (%s)\n", i, r.Parent, r.Func)
	}
	for _, pc := range r.Blocks {
		d.block(&p.Blocks[pc-1])
	}
}

func (d *dumper) ref(r ir.Ref) string {
	switch {
	case r.Const:
		return fmt.Sprintf("%#x", d.consts[r.Slot])
	case r.Slot >= ir.SlotArg0 && r.Slot < ir.SlotArg0+ir.MaxArgs:
		return fmt.Sprintf("arg%d", r.Slot-ir.SlotArg0)
	case r.Slot >= ir.SlotRet0 && r.Slot < ir.SlotRet0+ir.MaxRets:
		return fmt.Sprintf("ret%d", r.Slot-ir.SlotRet0)
	}
	return fmt.Sprintf("s%d", r.Slot)
}

func (d *dumper) block(b *ir.Block) {
	params := make([]string, len(b.Params))
	for i, s := range b.Params {
		params[i] = d.ref(ir.Ref{Slot: s})
	}
	d.printf("  b%d(%s) fuel %d\n", b.PC, strings.Join(params, " "), b.Fuel)
	for _, in := range b.Body {
		if in.Pure != nil {
			d.pure(in.Pure)
		} else {
			d.mem(in.Mem)
		}
	}
	d.term(&b.Term)
}

func (d *dumper) pure(p *ir.Pure) {
	var args []string
	for i, r := range []ir.Ref{p.A, p.B, p.C, p.D} {
		if i < p.Op.Operands() {
			args = append(args, d.ref(r))
		}
	}
	d.printf("    s%d = %s %s\n", p.Dst, p.Op, strings.Join(args, " "))
}

var regionNames = [...]string{"mem", "global", "input", "journal"}

func (d *dumper) mem(m *ir.Mem) {
	sign := ""
	if m.Signed {
		sign = " signed"
		if m.Wide {
			sign = " signed wide"
		}
	}
	if m.Keccak {
		d.printf("    keccak-f\n")
		return
	}
	place := fmt.Sprintf("%s%d[%s+%d]%s", regionNames[m.Region&3], 8*int(m.Width), d.ref(m.Addr), m.Imm, sign)
	if m.Store {
		d.printf("    %s = %s\n", place, d.ref(m.Val))
	} else {
		d.printf("    s%d = %s\n", m.Dst, place)
	}
}

func (d *dumper) edge(e *ir.Edge) string {
	kind := [...]string{"", "enter ", "back ", "call ", "exit "}[e.Kind]
	return fmt.Sprintf("%sb%d%s", kind, e.Target, d.moves(e.Moves))
}

func (d *dumper) moves(ms []ir.Move) string {
	var out []string
	for _, m := range ms {
		out = append(out, fmt.Sprintf("%s=%s", d.ref(ir.Ref{Slot: m.Dst}), d.ref(m.Src)))
	}
	return "(" + strings.Join(out, " ") + ")"
}

func (d *dumper) term(t *ir.Term) {
	switch t.Kind {
	case ir.TermJump:
		d.printf("    jump %s\n", d.edge(&t.Edges[0]))
	case ir.TermBranch:
		d.printf("    if %s != %s %s else %s\n", d.ref(t.A), d.ref(t.B), d.edge(&t.Edges[1]), d.edge(&t.Edges[0]))
	case ir.TermCall:
		d.printf("    %s then b%d%s\n", d.edge(&t.Edges[0]), t.Cont, d.moves(t.RetMoves))
	case ir.TermRet:
		d.printf("    ret\n")
	case ir.TermHalt:
		d.printf("    halt\n")
	case ir.TermUnreachable:
		d.printf("    trap %q\n", t.Trap)
	}
}
