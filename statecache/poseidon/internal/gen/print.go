package main

import (
	"fmt"
	"strings"
)

// printer writes Go assembly.
type printer struct {
	text    strings.Builder
	width   int // bytes of a vector register
	reg     string
	bases   map[string]string // base name -> real register
	mid     map[string]int    // how far the register of a base is ahead of it
	frame   int
	count   int
	note    []string
	spills  int
	reloads int
}

func (p *printer) raw(format string, a ...any) { fmt.Fprintf(&p.text, format+"\n", a...) }

func (p *printer) ins(name string, operands ...string) {
	p.count++
	fmt.Fprintf(&p.text, "\t%s %s\n", name, strings.Join(operands, ", "))
}

func (p *printer) mem(m mem) string {
	b, ok := p.bases[m.base]
	if !ok {
		panic("no register for " + m.base)
	}
	return fmt.Sprintf("%d(%s)", m.off-p.mid[m.base], b)
}

func regName(p *printer, r int) string { return fmt.Sprintf("%s%d", p.reg, r) }

// move is the instruction that copies a register to or from memory.
func (p *printer) move() string {
	if p.width == 64 {
		return "VMOVDQU64"
	}
	return "VMOVUPD"
}
