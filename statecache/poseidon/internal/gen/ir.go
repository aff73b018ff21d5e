package main

import "fmt"

// op is one vector operation on all lanes of a register.
type op int

const (
	opLoad  op = iota // dst = m
	opStore           // m = a
	opAdd             // dst = a + b
	opSub             // dst = a - b
	opFMA             // dst = a*b + c, one rounding
	opFMS             // dst = a*b - c, one rounding

	opZero // dst = 0
	opAddQ // dst = a + b, whole numbers
	opAnd  // dst = a & (2^52 - 1), the mask in the reserved register
	opSrl  // dst = a >> 52
	opLo   // dst = c + low 52 bits of a*b, of their low 52 bits
	opHi   // dst = c + high 52 bits of a*b, of their low 52 bits
)

// mem is a memory operand: a base register's name and a byte offset. A word is
// eight bytes, loaded into all lanes; it can only be loaded.
type mem struct {
	base string
	off  int
	word bool
}

// arg is an operand: a virtual register (id > 0) or memory.
type arg struct {
	v int
	m mem
}

func (a arg) isMem() bool { return a.v == 0 }

// instr is one operation in static single assignment form.
type instr struct {
	op      op
	dst     int
	a, b, c arg
}

// regArgs lists the virtual registers an instruction reads.
func (in *instr) regArgs() []int {
	var out []int
	for _, x := range [3]arg{in.a, in.b, in.c} {
		if x.v > 0 {
			out = append(out, x.v)
		}
	}
	return out
}

// prog is a straight-line body.
type prog struct {
	ins  []instr
	last int // last virtual register given out
}

func (p *prog) emit(o op, a, b, c arg) int {
	p.last++
	p.ins = append(p.ins, instr{op: o, dst: p.last, a: a, b: b, c: c})
	return p.last
}

func (p *prog) store(m mem, v int) {
	if v <= 0 {
		panic(fmt.Sprintf("store of no value to %v", m))
	}
	p.ins = append(p.ins, instr{op: opStore, a: arg{v: v}, b: arg{m: m}})
}

func r(v int) arg  { return arg{v: v} }
func at(m mem) arg { return arg{m: m} }
