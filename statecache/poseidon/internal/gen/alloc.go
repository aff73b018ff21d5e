package main

import (
	"fmt"
	"math"
	"sort"
)

// allocator turns a body into machine instructions: it gives virtual registers
// real ones, spilling the value whose next use is furthest (Belady). A value
// that came from memory, or was stored to it, is reloaded from there as long as
// nothing overwrites the place before its next use.
type allocator struct {
	out    *printer
	ins    []instr
	uses   map[int][]int // virtual register -> instructions that read it
	stores map[mem][]int // place -> instructions that write it
	reg    map[int]int   // virtual -> real
	owner  []int         // real -> virtual, 0 free
	home   map[int]mem
	spill  map[int]mem
	free   []mem // spill places to use again
	frame  int   // spill bytes used
	now    int
}

const never = math.MaxInt

func allocate(out *printer, p *prog, nregs int) {
	a := &allocator{
		out: out, ins: p.ins, uses: map[int][]int{}, stores: map[mem][]int{},
		reg: map[int]int{}, owner: make([]int, nregs), home: map[int]mem{}, spill: map[int]mem{},
	}
	for i := range p.ins {
		in := &p.ins[i]
		for _, v := range in.regArgs() {
			a.uses[v] = append(a.uses[v], i)
		}
		if in.op == opStore {
			a.stores[in.b.m] = append(a.stores[in.b.m], i)
		}
	}
	for i := range p.ins {
		a.now = i
		a.step(&p.ins[i])
	}
	out.frame = max(out.frame, a.frame)
}

// nextUse is the first instruction after now that reads v.
func (a *allocator) nextUse(v int) int {
	u := a.uses[v]
	i := sort.SearchInts(u, a.now+1)
	if i == len(u) {
		return never
	}
	return u[i]
}

// keeps says whether nothing writes m between now and the instruction at.
func (a *allocator) keeps(m mem, at int) bool {
	s := a.stores[m]
	i := sort.SearchInts(s, a.now)
	return i == len(s) || s[i] >= at
}

func (a *allocator) take(avoid []int) int {
	best, far := -1, -1
	for r, v := range a.owner {
		if v == 0 {
			return r
		}
		if contains(avoid, v) {
			continue
		}
		if n := a.nextUse(v); n > far {
			best, far = r, n
		}
	}
	if best < 0 {
		panic("no register left")
	}
	a.evict(a.owner[best], far)
	return best
}

func (a *allocator) evict(v, next int) {
	reg := a.reg[v]
	a.owner[reg] = 0
	delete(a.reg, v)
	if _, ok := a.spill[v]; ok {
		return
	}
	if h, ok := a.home[v]; ok && a.keeps(h, next) {
		return
	}
	var m mem
	if n := len(a.free); n > 0 {
		m, a.free = a.free[n-1], a.free[:n-1]
	} else {
		m = mem{base: "spill", off: a.frame}
		a.frame += a.out.width
	}
	a.spill[v] = m
	a.out.spills++
	a.out.ins(a.out.move(), regName(a.out, reg), a.out.mem(m))
}

func (a *allocator) ensure(v int, avoid []int) int {
	if r, ok := a.reg[v]; ok {
		return r
	}
	m, ok := a.spill[v]
	if !ok {
		if m, ok = a.home[v]; !ok {
			panic(fmt.Sprintf("value %d is nowhere", v))
		}
	}
	r := a.take(avoid)
	a.set(v, r)
	a.out.reloads++
	a.load(m, r)
	return r
}

func (a *allocator) load(m mem, r int) {
	name := a.out.move()
	if m.word {
		name = "VBROADCASTSD"
	}
	a.out.ins(name, a.out.mem(m), regName(a.out, r))
}

func (a *allocator) set(v, r int) { a.reg[v], a.owner[r] = r, v }

// done frees v if nothing reads it after this instruction.
func (a *allocator) done(v int) {
	if a.nextUse(v) != never {
		return
	}
	if r, ok := a.reg[v]; ok {
		a.owner[r] = 0
		delete(a.reg, v)
	}
	if m, ok := a.spill[v]; ok {
		a.free = append(a.free, m)
		delete(a.spill, v)
	}
}

func (a *allocator) step(in *instr) {
	p := a.out
	args := in.regArgs()
	for _, v := range args {
		a.ensure(v, args)
	}
	name := func(x arg) string {
		if x.isMem() {
			if x.m.word && in.op < opZero {
				panic("a word as an operand")
			}
			return p.mem(x.m)
		}
		if x.v == ones {
			return regName(p, len(a.owner))
		}
		return regName(p, a.reg[x.v])
	}
	switch in.op {
	case opLoad:
		dst := a.take(nil)
		a.set(in.dst, dst)
		a.home[in.dst] = in.a.m
		a.load(in.a.m, dst)
	case opStore:
		p.ins(p.move(), name(in.a), p.mem(in.b.m))
		for v, h := range a.home {
			if h == in.b.m {
				delete(a.home, v)
			}
		}
		a.home[in.a.v] = in.b.m
		a.done(in.a.v)
	case opAdd, opSub:
		x, y := name(in.a), name(in.b)
		for _, v := range args {
			a.done(v)
		}
		dst := a.take(nil)
		a.set(in.dst, dst)
		p.ins(map[op]string{opAdd: "VADDPD", opSub: "VSUBPD"}[in.op], y, x, regName(p, dst))
	case opFMA, opFMS:
		a.fma(in, args, name)
	default:
		a.whole(in, args, name)
	}
}

// whole writes an operation on whole numbers.
func (a *allocator) whole(in *instr, args []int, name func(arg) string) {
	p := a.out
	x, y, cast := "", "", ""
	if in.op != opZero {
		x = name(in.a)
	}
	if in.b != (arg{}) {
		y = name(in.b)
	}
	if in.b.isMem() && in.b.m.word {
		cast = ".BCST"
	}
	if in.op == opLo || in.op == opHi {
		if a.nextUse(in.c.v) != never {
			panic("a column is used after more was added to it")
		}
		dst := a.reg[in.c.v]
		p.ins(map[op]string{opLo: "VPMADD52LUQ", opHi: "VPMADD52HUQ"}[in.op]+cast, y, x, regName(p, dst))
		for _, v := range args {
			a.done(v)
		}
		a.set(in.dst, dst)
		return
	}
	for _, v := range args {
		a.done(v)
	}
	dst := a.take(nil)
	a.set(in.dst, dst)
	d := regName(p, dst)
	switch in.op { //nolint:exhaustive // the others are not on whole numbers
	case opZero:
		p.ins("VPXORQ", d, d, d)
	case opAddQ:
		p.ins("VPADDQ"+cast, y, x, d)
	case opAnd:
		p.ins("VPANDQ", regName(p, len(a.owner)), x, d)
	case opSrl:
		p.ins("VPSRLQ", "$52", x, d)
	}
}

// fma picks the form that overwrites an operand nobody needs any more; when
// all are needed it copies the addend.
func (a *allocator) fma(in *instr, args []int, name func(arg) string) {
	p := a.out
	base := map[op]string{opFMA: "VFMADD", opFMS: "VFMSUB"}[in.op]
	x, y, z := in.a, in.b, in.c
	dies := func(v arg) bool { return v.v > 0 && a.nextUse(v.v) == never }
	if !dies(z) && !y.isMem() && dies(y) && !dies(x) {
		x, y = y, x
	}
	nx, ny, nz := name(x), name(y), name(z)
	switch {
	case dies(z): // dst = x*y + dst
		dst := a.reg[z.v]
		p.ins(base+"231PD", ny, nx, nz)
		for _, v := range args {
			a.done(v)
		}
		a.set(in.dst, dst)
	case dies(x) && !y.isMem(): // dst = y*dst + z
		dst := a.reg[x.v]
		p.ins(base+"213PD", nz, ny, nx)
		for _, v := range args {
			a.done(v)
		}
		a.set(in.dst, dst)
	case dies(x): // dst = dst*y + z
		dst := a.reg[x.v]
		p.ins(base+"132PD", ny, nz, nx)
		for _, v := range args {
			a.done(v)
		}
		a.set(in.dst, dst)
	default:
		dst := a.take(args)
		p.ins("VMOVUPD", nz, regName(p, dst))
		p.ins(base+"231PD", ny, nx, regName(p, dst))
		for _, v := range args {
			a.done(v)
		}
		a.set(in.dst, dst)
	}
}

func contains(l []int, v int) bool {
	for _, x := range l {
		if x == v {
			return true
		}
	}
	return false
}
