package circuit

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"vmhost/proofs/zkwasm/ir"
)

// NumPublic is the number of public inputs: program ID, commitment, journal
// length, eight journal words.
const NumPublic = 11

// tallPower is D of SOUNDNESS.md L1: X = gamma^(2^tallLog) is independent of
// gamma for up to 2^tallLog/5 fractions.
const tallLog = 26

// Circuit is the statement of one shape. W are all committed columns.
type Circuit struct {
	Public [NumPublic]frontend.Variable `gnark:",public"`
	W      []frontend.Variable

	shape Shape
	skip  map[string]bool // tests: labels of constraints left out
}

// New returns an empty circuit of a shape, for compilation.
func New(s Shape) *Circuit { return &Circuit{W: make([]frontend.Variable, s.Columns()), shape: s} }

// Define implements frontend.Circuit.
func (c *Circuit) Define(api frontend.API) error {
	b, err := newGnarkBuilder(api)
	if err != nil {
		return err
	}
	b.skip = c.skip
	committer, ok := api.(frontend.Committer)
	if !ok {
		return errors.New("circuit: the backend cannot commit")
	}
	gamma, err := committer.Commit(c.W...)
	if err != nil {
		return fmt.Errorf("circuit: commit: %w", err)
	}
	b.challenge(gamma)
	b.define(c.shape, &columns{w: c.W}, c.Public[:])
	b.finish()
	return b.err
}

// challenge sets the powers of gamma and X.
func (b *builder) challenge(gamma V) {
	b.gamma[1] = gamma
	for i := 2; i < len(b.gamma); i++ {
		b.gamma[i] = b.api.Mul(b.gamma[i-1], gamma)
	}
	b.x = gamma
	for range tallLog {
		b.x = b.api.Mul(b.x, b.x)
	}
}

// finish demands that the LogUp sum vanishes.
func (b *builder) finish() {
	if 5*b.nFrac >= 1<<tallLog {
		b.fail("circuit: %d fractions are too many for X = gamma^(2^%d)", b.nFrac, tallLog)
		return
	}
	if b.native() {
		return
	}
	b.api.AssertIsEqual(b.api.Add(b.pos[0], b.pos[1], b.pos[2:]...), b.api.Add(b.neg[0], b.neg[1], b.neg[2:]...))
}

// fixedRow are the columns that every shape has once. PublicCopy are committed
// copies of the public inputs (C5).
type fixedRow[T any] struct {
	PublicCopy                   [NumPublic]T
	Entry, Halt, Pages, MaxPages T
	TauEnd                       T
	PadEdge                      [3]T
	PadOps                       [len(padOps)]T
	Zero, One                    T // multiplicities of the hard-wired constants
	PadNode                      T
	PadLeaf                      T
	Commit                       commitRow[T]
	Host                         hostRow[T]
	Journal                      [journalCells]journalRow[T]
	Depth                        [11]T
	Room                         u26[T] // linear memory: limit - 1 - last cell
}

// padOps are the ops whose chips run a pad entry when unused.
var padOps = [...]ir.Op{
	ir.OpAdd32, ir.OpAdd64, ir.OpLtU32, ir.OpEq, ir.OpAnd32, ir.OpMulLo32,
	ir.OpMulLo64, ir.OpDivU32, ir.OpSelect, ir.OpPowShl32, ir.OpLo32,
}

func padOperands(op ir.Op) []ir.Slot {
	switch op {
	case ir.OpDivU32:
		return []ir.Slot{ir.SlotZero, ir.SlotOne}
	case ir.OpSelect:
		return []ir.Slot{ir.SlotZero, ir.SlotZero, ir.SlotZero}
	case ir.OpPowShl32, ir.OpLo32:
		return []ir.Slot{ir.SlotZero}
	default:
		return []ir.Slot{ir.SlotZero, ir.SlotZero}
	}
}

// define lays out all chips: the one place that fixes the order of columns.
func (b *builder) define(sh Shape, c *columns, public []V) {
	var f fixedRow[V]
	b.part(c, "fixed", 1, func(c *columns) {
		f = load[fixedRow[V]](c)
		b.fixed(f, public)
	})
	b.part(c, "Spine", sh.Spine, func(c *columns) { b.spine(loadN[spineRow[V]](c, sh.Spine), f.Entry, f.Halt, f.TauEnd) })
	each(b, c, "Move", sh.Move, b.move)
	each(b, c, "Link", sh.Link, b.link)
	b.arithmetic(sh, c)
	b.memory(sh, c, f)
	b.world(sh, c, f)
	b.unit(c, "program", func(c *columns) {
		b.assertEq("public.program", b.program(sh, c, f), f.PublicCopy[0])
	})
	b.part(c, "tables", 1, func(c *columns) {
		b.tables(c)
		if sh.Keccak > 0 {
			b.sparseTables(c)
		}
	})
	if c.next != len(c.w) {
		b.fail("circuit: %d columns laid out, %d given", c.next, len(c.w))
	}
}

// each constrains n rows of a chip and books their cost under its name.
func each[R any](b *builder, c *columns, name string, n int, f func(R)) {
	before := b.cost
	for range n {
		b.unit(c, name, func(c *columns) { f(load[R](c)) })
	}
	b.book(name, n, before)
}

// part constrains a chip whose rows depend on each other, and books its cost.
func (b *builder) part(c *columns, name string, rows int, f func(*columns)) {
	before := b.cost
	b.unit(c, name, f)
	b.book(name, rows, before)
}

// unit constrains the columns of one row, or of one part. Tests are told of
// it, to evaluate it again by itself when its columns have changed.
func (b *builder) unit(c *columns, name string, f func(*columns)) {
	lo := c.next
	f(c)
	if b.told != nil {
		b.told(name, lo, c.next, f)
	}
}

func (b *builder) fixed(f fixedRow[V], public []V) {
	for i := range public {
		b.assertEq("public.copy", public[i], f.PublicCopy[i])
	}
	b.padEdge(f.PadEdge[0], f.PadEdge[1], f.PadEdge[2])
	for i, op := range padOps {
		b.pad(op, f.PadOps[i], padOperands(op)...)
	}
	for v, s := range []ir.Slot{ir.SlotZero, ir.SlotOne} {
		b.produce("const.fixed", busFact, []V{f.Zero, f.One}[v], b.at(0, fixed, v), b.at(1, fixed, int(s)), b.at(2, fixed, ir.FrameConst))
	}
	b.commit(f.Commit, f.PublicCopy[1])
	b.host(f.Host, f.Pages)
	b.assertEq("public.length", f.Host.JournalLen, f.PublicCopy[2])
	words := b.journal(f.Journal[:])
	for i := range words {
		b.assertEq("public.word", words[i], f.PublicCopy[3+i])
	}
	b.depthTable(f.Depth[:])
	b.padState(f)
}

func (b *builder) arithmetic(sh Shape, c *columns) {
	each(b, c, "Add32", sh.Add32, func(r addRow32[V]) { b.addSub("add32", r.H, ir.OpAdd32, 32, r.Sub, r.C, b.u32("add32.out-range", r.R)) })
	each(b, c, "Add64", sh.Add64, func(r addRow64[V]) { b.addSub("add64", r.H, ir.OpAdd64, 64, r.Sub, r.C, b.u64("add64.out-range", r.R)) })
	each(b, c, "Cmp", sh.Cmp, func(r cmpRow[V]) { b.cmp("cmp", r) })
	each(b, c, "Eq", sh.Eq, func(r eqRow[V]) { b.eq("eq", r) })
	each(b, c, "Bit", sh.Bit, func(r bitRow[V]) { b.bits("bit", r) })
	each(b, c, "Mul32", sh.Mul32, func(r mulRow32[V]) {
		b.product("mul32", r.H, ir.OpMulLo32, 32, r.Fh, r.Fs, b.u32("mul32.lo", r.Lo), b.u32("mul32.hi", r.Hi))
	})
	each(b, c, "Mul64", sh.Mul64, func(r mulRow64[V]) {
		b.product("mul64", r.H, ir.OpMulLo64, 64, r.Fh, r.Fs, b.u64("mul64.lo", r.Lo), b.u64("mul64.hi", r.Hi))
	})
	each(b, c, "Div", sh.Div, func(r divRow[V]) { b.div("div", r) })
	each(b, c, "Sel", sh.Sel, func(r selRow[V]) { b.sel("select", r) })
	each(b, c, "Pow", sh.Pow, func(r powRow[V]) { b.pow("pow", r) })
	each(b, c, "Split", sh.Split, func(r splitRow[V]) { b.split("split", r) })
}

func (b *builder) memory(sh Shape, c *columns, f fixedRow[V]) {
	each(b, c, "Load64", sh.Load64, b.load64)
	each(b, c, "Store64", sh.Store64, b.store64)
	each(b, c, "Load32", sh.Load32, b.load32)
	each(b, c, "Store32", sh.Store32, b.store32)
	each(b, c, "LoadPart", sh.LoadPart, b.loadPart)
	each(b, c, "StorePart", sh.StorePart, b.storePart)
	each(b, c, "LoadAny", sh.LoadAny, b.loadAny)
	each(b, c, "StoreAny", sh.StoreAny, b.storeAny)
	each(b, c, "Grow", sh.Grow, func(r growRow[V]) { b.grow(r, f.MaxPages) })
	b.keccakRows(c, sh.Keccak)
	b.part(c, "Linear", sh.Linear, func(c *columns) {
		rows := loadN[cellRow[V]](c, sh.Linear)
		b.cells("cells", ir.RegionLinear, rows, 0)
		if n := len(rows); n > 0 {
			b.below("cells", rows[n-1].Q, b.scale(f.Pages, big.NewInt(ir.PageSize/8)), f.Room)
		}
	})
	b.part(c, "Grown", sh.Grown, func(c *columns) { b.grown(loadN[grownRow[V]](c, sh.Grown)) })
	b.part(c, "Globals", sh.Globals, func(c *columns) {
		b.cells("cells-globals", ir.RegionGlobals, loadN[cellRow[V]](c, sh.Globals), ir.GlobalsBase/8)
	})
	b.part(c, "Input", sh.Input, func(c *columns) { b.inputCells(loadN[inputRow[V]](c, sh.Input)) })
}

func (b *builder) world(sh Shape, c *columns, f fixedRow[V]) {
	each(b, c, "Node", sh.Node, b.node)
	each(b, c, "Entry", sh.Entry, b.entry)
	each(b, c, "Leaf", sh.Leaf, b.leaf)
	each(b, c, "Read", sh.Read, b.stateRead)
	each(b, c, "Len", sh.Len, b.length)
	each(b, c, "Find", sh.Find, b.find)
	each(b, c, "Manifest", sh.Manifest, b.manifest)
	each(b, c, "Item", sh.Item, b.item)
	each(b, c, "Past", sh.Past, func(r pastRow[V]) { b.past(r, f.Commit.Height) })
	each(b, c, "Aged", sh.Aged, b.agedRead)
}

// program lays out the ROM sections and returns the program ID.
func (b *builder) program(sh Shape, c *columns, f fixedRow[V]) V {
	var digests, blocks [numSections]V
	for s := secP; s < numSections; s++ {
		n, before := sh.romBlocks(s), b.cost
		total := n * perElement[s] * spongeRate
		entries := b.sectionRows(s, c, total)
		live := make([]V, n)
		for i := range live {
			live[i] = c.take()
		}
		digests[s], blocks[s] = b.absorb(s, b.pack(s, entries), live)
		b.book(sectionNames[s], n, before)
	}
	before := b.cost
	id := b.programID(f, digests, blocks)
	b.book("header", 1, before)
	return id
}

func (b *builder) sectionRows(s section, c *columns, total int) [][]piece {
	switch s {
	case secP:
		return collect(c, total, b.romP)
	case secQ:
		return collect(c, total, b.romQ)
	case secS:
		return collect(c, total, b.romS())
	case secL:
		return collect(c, total, b.romL)
	case secSt:
		return collect(c, total, b.romSt)
	case secE:
		return collect(c, total, b.romE)
	case secK:
		return collect(c, total, b.romK)
	case secConst:
		return collect(c, total, b.constant)
	case secData:
		return collect(c, total, b.data)
	default:
		return nil
	}
}

func collect[R any](c *columns, n int, f func(R) []piece) [][]piece {
	out := make([][]piece, n)
	for i := range out {
		out[i] = f(load[R](c))
	}
	return out
}

// nativeCheck evaluates the whole circuit natively and returns the builder's
// findings: labels violated and buses out of balance.
func nativeCheck(sh Shape, w fr.Vector, public []fr.Element, skip map[string]bool) (*native, error) {
	b := &builder{nat: newNative(), skip: skip}
	pub := make([]V, len(public))
	for i := range pub {
		pub[i] = wrap(public[i])
	}
	b.define(sh, nativeColumns(w), pub)
	b.finish()
	return b.nat, b.err
}
