//go:build amd64 && !purego

package poseidon

import (
	"fmt"
	"math/bits"
	"os"
	"strconv"
	"strings"
	"testing"
)

// emulator runs the assembly text of the IFMA kernel on a processor of its own:
// it knows the few instructions the generator uses, and refuses all others.
// Memory is one array of words: the tables, the caller's state, the stack.
type emulator struct {
	mem    []uint64
	sym    map[string]uint64
	reg    map[string]uint64
	z      [32][8]uint64
	zero   bool // of the last arithmetic instruction
	code   []func(*emulator) int
	labels map[string]int
}

const (
	emuState = 1 << 20 // addresses
	emuStack = 2 << 20
	emuSize  = 3 << 20
)

func newEmulator(t *testing.T, file, name string) *emulator {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	e := &emulator{mem: make([]uint64, emuSize/8), sym: map[string]uint64{}, reg: map[string]uint64{}, labels: map[string]int{}}
	var text []string
	next := uint64(4096)
	for _, line := range strings.Split(string(raw), "\n") {
		line = strings.TrimSpace(line)
		f := strings.Fields(strings.ReplaceAll(line, ",", " "))
		switch {
		case line == "" || strings.HasPrefix(line, "//") || strings.HasPrefix(line, "#"):
		case f[0] == "DATA":
			at, err := e.address(strings.TrimSuffix(f[1], "/8"), &next)
			if err != nil {
				t.Fatal(err)
			}
			w, err := strconv.ParseUint(strings.TrimPrefix(f[2], "$"), 0, 64)
			if err != nil {
				t.Fatal(err)
			}
			e.mem[at/8] = w
		case f[0] == "GLOBL" || f[0] == "TEXT" || f[0] == "PCALIGN":
		case strings.HasSuffix(line, ":"):
			e.labels[strings.TrimSuffix(line, ":")] = len(text)
		default:
			text = append(text, line)
		}
	}
	for _, line := range text {
		f, err := e.assemble(line)
		if err != nil {
			t.Fatalf("%s: %q: %v", name, line, err)
		}
		e.code = append(e.code, f)
	}
	return e
}

// address resolves name<>+off(SB), placing a new table when it is first named.
func (e *emulator) address(s string, next *uint64) (uint64, error) {
	name, off, ok := strings.Cut(strings.TrimSuffix(s, "(SB)"), "<>")
	if !ok {
		return 0, fmt.Errorf("address %q", s)
	}
	if _, ok := e.sym[name]; !ok {
		if next == nil {
			return 0, fmt.Errorf("unknown table %q", name)
		}
		e.sym[name] = *next
		*next += 1 << 16
	}
	if off == "" {
		return e.sym[name], nil
	}
	n, err := strconv.ParseInt(strings.TrimPrefix(off, "+"), 10, 64)
	return e.sym[name] + uint64(n), err
}

func (e *emulator) word(at uint64) *uint64 {
	if at%8 != 0 || at >= emuSize || at < 4096 {
		panic(fmt.Sprintf("access at %d", at))
	}
	return &e.mem[at/8]
}

// pointer parses off(REG) into its address.
func pointer(s string) (func(*emulator) uint64, error) {
	off, reg, ok := strings.Cut(strings.TrimSuffix(s, ")"), "(")
	if !ok {
		return nil, fmt.Errorf("operand %q", s)
	}
	if strings.HasPrefix(off, "frame-") || strings.HasPrefix(off, "st+") {
		return nil, fmt.Errorf("operand %q", s)
	}
	n, err := strconv.ParseInt(off, 10, 64)
	return func(e *emulator) uint64 { return e.reg[reg] + uint64(n) }, err
}

// vector parses a register or eight words in memory, or one for all lanes.
func vector(s string, cast bool) (func(*emulator) [8]uint64, error) {
	if strings.HasPrefix(s, "Z") {
		n, err := strconv.Atoi(s[1:])
		return func(e *emulator) [8]uint64 { return e.z[n] }, err
	}
	p, err := pointer(s)
	return func(e *emulator) (v [8]uint64) {
		at := p(e)
		for l := range v {
			v[l] = *e.word(at)
			if !cast {
				at += 8
			}
		}
		return v
	}, err
}

func (e *emulator) assemble(line string) (func(*emulator) int, error) {
	name, rest, _ := strings.Cut(line, " ")
	var a []string
	if rest != "" {
		a = strings.Split(rest, ", ")
	}
	if strings.HasPrefix(name, "V") && name != "VZEROUPPER" {
		return assembleVector(name, a)
	}
	return e.assembleScalar(name, a)
}

func assembleVector(name string, a []string) (func(*emulator) int, error) {
	name, cast := strings.CutSuffix(name, ".BCST")
	lanes := func(f func(x, y, d uint64) uint64) (func(*emulator) int, error) {
		d, err := strconv.Atoi(strings.TrimPrefix(a[2], "Z"))
		if err != nil {
			return nil, err
		}
		x, err := vector(a[0], cast)
		if err != nil {
			return nil, err
		}
		y, err := vector(a[1], false)
		return func(e *emulator) int {
			xs, ys := x(e), y(e)
			for l := range xs {
				e.z[d][l] = f(xs[l], ys[l], e.z[d][l])
			}
			return -1
		}, err
	}
	switch name {
	case "VPADDQ":
		return lanes(func(x, y, _ uint64) uint64 { return sum64(x, y) })
	case "VPANDQ":
		return lanes(func(x, y, _ uint64) uint64 { return x & y })
	case "VPXORQ":
		return lanes(func(x, y, _ uint64) uint64 { return x ^ y })
	case "VPMADD52LUQ":
		return lanes(func(x, y, d uint64) uint64 { _, lo := product52(x, y); return sum64(d, lo) })
	case "VPMADD52HUQ":
		return lanes(func(x, y, d uint64) uint64 { hi, _ := product52(x, y); return sum64(d, hi) })
	case "VPSRLQ":
		n, err := strconv.Atoi(strings.TrimPrefix(a[0], "$"))
		if err != nil {
			return nil, err
		}
		a = []string{a[1], a[1], a[2]}
		return lanes(func(x, _, _ uint64) uint64 { return x >> n })
	case "VPBROADCASTQ", "VMOVDQU64":
		if strings.HasPrefix(a[1], "Z") {
			cast = name == "VPBROADCASTQ"
			a = []string{a[0], a[1], a[1]}
			return lanes(func(x, _, _ uint64) uint64 { return x })
		}
		src, err := vector(a[0], false)
		if err != nil {
			return nil, err
		}
		p, err := pointer(a[1])
		return func(e *emulator) int {
			v, at := src(e), p(e)
			for l := range v {
				*e.word(at + 8*uint64(l)) = v[l]
			}
			return -1
		}, err
	}
	return nil, fmt.Errorf("unknown instruction")
}

// product52 is stricter than the instructions, which ignore what a factor has
// above 52 bits: here a factor that has anything there is a bug.
func product52(x, y uint64) (hi, lo uint64) {
	if x > mask52 || y > mask52 {
		panic(fmt.Sprintf("factor above 52 bits: %#x, %#x", x, y))
	}
	hi, lo = bits.Mul64(x, y)
	return hi<<12 | lo>>52, lo & mask52
}

// sum64 is stricter, too: a column may not overflow.
func sum64(x, y uint64) uint64 {
	s, over := bits.Add64(x, y, 0)
	if over != 0 {
		panic("a column overflows")
	}
	return s
}

func (e *emulator) assembleScalar(name string, a []string) (func(*emulator) int, error) {
	value := func(s string) (func(*emulator) uint64, error) {
		if n, ok := strings.CutPrefix(s, "$"); ok {
			v, err := strconv.ParseInt(n, 10, 64)
			return func(*emulator) uint64 { return uint64(v) }, err
		}
		if s == "st+0(FP)" {
			return func(*emulator) uint64 { return emuState }, nil
		}
		return func(e *emulator) uint64 { return e.reg[s] }, nil
	}
	jump := func(taken func(*emulator) bool) (func(*emulator) int, error) {
		to, ok := e.labels[a[0]]
		if !ok {
			return nil, fmt.Errorf("no label")
		}
		return func(e *emulator) int {
			if taken(e) {
				return to
			}
			return -1
		}, nil
	}
	math := func(f func(d, s uint64) uint64) (func(*emulator) int, error) {
		s, err := value(a[0])
		d := a[len(a)-1]
		return func(e *emulator) int {
			e.reg[d] = f(e.reg[d], s(e))
			e.zero = e.reg[d] == 0
			return -1
		}, err
	}
	switch name {
	case "JMP":
		return jump(func(*emulator) bool { return true })
	case "JEQ", "JZ":
		return jump(func(e *emulator) bool { return e.zero })
	case "JNE", "JNZ":
		return jump(func(e *emulator) bool { return !e.zero })
	case "ADDQ":
		return math(func(d, s uint64) uint64 { return d + s })
	case "SUBQ":
		return math(func(d, s uint64) uint64 { return d - s })
	case "ANDQ":
		return math(func(d, s uint64) uint64 { return d & s })
	case "XORQ":
		return math(func(d, s uint64) uint64 { return d ^ s })
	case "INCQ":
		return math(func(d, _ uint64) uint64 { return d + 1 })
	case "DECQ":
		return math(func(d, _ uint64) uint64 { return d - 1 })
	case "MOVQ":
		s, err := value(a[0])
		return func(e *emulator) int { e.reg[a[1]] = s(e); return -1 }, err
	case "CMPQ":
		x, err := value(a[1])
		return func(e *emulator) int { e.zero = e.reg[a[0]] == x(e); return -1 }, err
	case "LEAQ":
		if strings.HasSuffix(a[0], "(SB)") {
			at, err := e.address(a[0], nil)
			return func(e *emulator) int { e.reg[a[1]] = at; return -1 }, err
		}
		if strings.HasPrefix(a[0], "frame-") {
			return func(e *emulator) int { e.reg[a[1]] = emuStack + 8; return -1 }, nil
		}
		p, err := pointer(a[0])
		return func(e *emulator) int { e.reg[a[1]] = p(e); return -1 }, err
	case "VZEROUPPER":
		return func(*emulator) int { return -1 }, nil
	case "RET":
		return func(e *emulator) int { return len(e.code) }, nil
	}
	return nil, fmt.Errorf("unknown instruction")
}

// run is the function under emulation.
func (e *emulator) run(st *state8) {
	for i := range st {
		copy(e.mem[emuState/8+8*i:], st[i][:])
	}
	for pc := 0; pc < len(e.code); {
		if to := e.code[pc](e); to >= 0 {
			pc = to
		} else {
			pc++
		}
	}
	for i := range st {
		copy(st[i][:], e.mem[emuState/8+8*i:])
	}
}
