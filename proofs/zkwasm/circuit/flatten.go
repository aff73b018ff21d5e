package circuit

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/internal/vmabi"
	"vmhost/proofs/zkwasm/ir"
)

const abiVersion = vmabi.Version

// romTables is a program as ROM rows.
type romTables struct {
	p  []romPRow[fr.Element]
	q  []romQRow[fr.Element]
	s  []romSRow[fr.Element]
	l  []romLRow[fr.Element]
	st []romStRow[fr.Element]
	e  []romERow[fr.Element]
	k  []romKRow[fr.Element]
	c  []constRow[fr.Element]
	d  []dataRow[fr.Element]
}

// limbs12 splits x into limbs of 12 bits.
func limbs12(x uint64) (l [2]fr.Element) {
	l[0].SetUint64(x & 0xfff)
	l[1].SetUint64(x >> 12)
	return l
}

func split20(x ir.Slot) u20[fr.Element] { return u20[fr.Element]{limbs12(uint64(x))} }

func split24(x uint64) u24[fr.Element] { return u24[fr.Element]{limbs12(x)} }

func boolBit(v bool, at uint) uint64 {
	if v {
		return 1 << at
	}
	return 0
}

// codeOf is the ROM code of a pure op. Comparisons, bit operations and divisions
// are the same function on canonical operands of either width.
func codeOf(op ir.Op) uint64 {
	switch {
	case op >= ir.OpLtU64 && op <= ir.OpLeU64:
		op -= ir.OpLtU64 - ir.OpLtU32
	case op >= ir.OpAnd64 && op <= ir.OpXor64:
		op -= ir.OpAnd64 - ir.OpAnd32
	case op == ir.OpDivU64, op == ir.OpRemU64:
		op -= ir.OpDivU64 - ir.OpDivU32
	}
	return uint64(op)
}

// opFlags is the ROM word of a pure op: code and const flags of B, C, D.
func opFlags(p *ir.Pure) uint64 {
	return codeOf(p.Op) | boolBit(p.B.Const, 8) | boolBit(p.C.Const, 9) | boolBit(p.D.Const, 10)
}

// spine ROM flag bits, see builder.spine.
const (
	flagNew     = 1 << 1
	flagNpcA    = 1 << 2
	flagParB    = 1 << 3
	flagConstA  = 1 << 4
	flagConstB  = 1 << 5
	flagPresent = 1 << 6
)

// way is one way out of a block: a row of section S.
type way struct {
	a, b  ir.Ref
	npc   uint32
	flags uint64 // New, NpcA, ParB
}

// wayOut returns the row that a block's terminator runs.
func wayOut(blk *ir.Block, taken bool) way {
	t := &blk.Term
	z := ir.Zero()
	switch t.Kind {
	case ir.TermHalt:
		return way{a: z, b: z, npc: blk.PC}
	case ir.TermRet:
		return way{a: ir.Ref{Slot: ir.SlotRetPC}, b: ir.Ref{Slot: ir.SlotParent}, flags: flagNpcA | flagParB}
	case ir.TermBranch:
		e := &t.Edges[0]
		if taken {
			e = &t.Edges[1]
		}
		return way{a: t.A, b: t.B, npc: e.Target, flags: edgeFlags(e.Kind)}
	default: // one edge, below
	}
	e := &t.Edges[0]
	w := way{a: z, b: z, npc: e.Target, flags: edgeFlags(e.Kind)}
	if e.Kind == ir.EdgeExit {
		w.b = ir.Ref{Slot: ir.SlotParent}
	}
	return w
}

func edgeFlags(k ir.EdgeKind) uint64 {
	switch k {
	case ir.EdgeEnter, ir.EdgeBack, ir.EdgeCall:
		return flagNew
	case ir.EdgeExit:
		return flagParB
	default:
		return 0
	}
}

// edgeMoves lists the moves of an edge, the implied one included.
func edgeMoves(e *ir.Edge) []ir.Move {
	if e.Kind != ir.EdgeBack {
		return e.Moves
	}
	parent := ir.Move{Src: ir.Ref{Slot: ir.SlotParent}, Dst: ir.SlotParent}
	return append([]ir.Move{parent}, e.Moves...)
}

func flattenROM(p *ir.Program) (*romTables, error) {
	r := &romTables{}
	for i := range p.Blocks {
		blk := &p.Blocks[i]
		if blk.PC != uint32(i+1) {
			return nil, fmt.Errorf("circuit: block %d has pc %d", i, blk.PC)
		}
		r.body(blk)
		r.term(blk)
	}
	for _, c := range p.Consts {
		r.c = append(r.c, constRow[fr.Element]{Slot: split20(c.Slot), Val: split64(c.Value)})
	}
	for _, d := range p.Data {
		r.d = append(r.d, dataRow[fr.Element]{
			Addr: split32(uint64(d.Addr)), Val: split64(d.Value), Region: u(uint64(d.Region)), Live: u(1),
		})
	}
	return r, nil
}

func (r *romTables) body(blk *ir.Block) {
	pc, i := split24(uint64(blk.PC)), uint64(0)
	for _, in := range blk.Body {
		if op := in.Pure; op != nil {
			if op.Op == ir.OpSelect || op.Op == ir.OpFind || op.Op == ir.OpAged {
				r.q = append(r.q, romQRow[fr.Element]{
					S: split20(op.Dst), S1: split20(op.A.Slot), S2: split20(op.B.Slot), S3: split20(op.C.Slot), S4: split20(op.D.Slot),
					Op: u(opFlags(op)),
				})
				continue
			}
			r.p = append(r.p, romPRow[fr.Element]{S: split20(op.Dst), S1: split20(op.A.Slot), S2: split20(op.B.Slot), Op: u(opFlags(op))})
			continue
		}
		m := in.Mem
		if m.Store {
			r.st = append(r.st, romStRow[fr.Element]{
				PC: pc, I: u(i), Imm: split32(uint64(m.Imm)), S1: split20(m.Addr.Slot), S2: split20(m.Val.Slot),
				Code: u(storeCode(m)),
			})
		} else {
			r.l = append(r.l, romLRow[fr.Element]{
				PC: pc, I: u(i), Imm: split32(uint64(m.Imm)), S1: split20(m.Addr.Slot), Dst: split20(m.Dst),
				Code: u(boolBit(m.Addr.Const, 0) | MemCode(m)<<1),
			})
		}
		i++
	}
}

func events(blk *ir.Block) (n int) {
	for _, in := range blk.Body {
		if in.Mem != nil {
			n++
		}
	}
	return n
}

func (r *romTables) term(blk *ir.Block) {
	t := &blk.Term
	row := romSRow[fr.Element]{Nb: u(uint64(events(blk)))}
	ways := 1
	switch t.Kind {
	case ir.TermUnreachable:
		ways = 0
	case ir.TermBranch:
		ways = 2
	default:
	}
	for i := range ways {
		w := wayOut(blk, i == 1)
		flags := w.flags | boolBit(w.a.Const, 4) | boolBit(w.b.Const, 5) | flagPresent
		row.S1, row.S2, row.Npc[i], row.Flags[i] = split20(w.a.Slot), split20(w.b.Slot), split24(uint64(w.npc)), u(flags>>1)
		if t.Kind == ir.TermRet || t.Kind == ir.TermHalt {
			continue
		}
		e := &t.Edges[i]
		id := uint64(ir.EdgeID(blk.PC, i == 1))
		r.moves(id, edgeMoves(e))
		if e.Kind == ir.EdgeEnter || e.Kind == ir.EdgeCall {
			r.k = append(r.k, romKRow[fr.Element]{E: split24(id & (1<<24 - 1)), F: u(id >> 24), Cont: split24(uint64(t.Cont))})
		}
	}
	r.s = append(r.s, row)
	if t.Kind == ir.TermCall {
		r.moves(uint64(ir.ReturnEdgeID(t.Cont)), t.RetMoves)
	}
}

func (r *romTables) moves(id uint64, ms []ir.Move) {
	for _, m := range ms {
		r.e = append(r.e, romERow[fr.Element]{
			E: split24(id & (1<<24 - 1)), F: u(id>>24 | boolBit(m.Src.Const, 3)), Src: split20(m.Src.Slot), Dst: split20(m.Dst),
		})
	}
}

// size is the number of entries of a section.
func (r *romTables) size(s section) int {
	return [numSections]int{0, len(r.p), len(r.q), len(r.s), len(r.l), len(r.st), len(r.e), len(r.k), len(r.c), len(r.d)}[s]
}

// blocks is the number of sponge blocks that a section needs, at least one.
func (r *romTables) blocks(s section) int {
	per := perElement[s] * spongeRate
	return max(1, (r.size(s)+per-1)/per)
}

// entries returns the packed pieces of a section, padded with zero rows to n
// blocks. It runs the same row code as the circuit.
func (r *romTables) entries(b *builder, s section, n int) [][]piece {
	total := n * perElement[s] * spongeRate
	switch s {
	case secP:
		return romPieces(r.p, total, b.romP)
	case secQ:
		return romPieces(r.q, total, b.romQ)
	case secS:
		return romPieces(r.s, total, b.romS())
	case secL:
		return romPieces(r.l, total, b.romL)
	case secSt:
		return romPieces(r.st, total, b.romSt)
	case secE:
		return romPieces(r.e, total, b.romE)
	case secK:
		return romPieces(r.k, total, b.romK)
	case secConst:
		return romPieces(r.c, total, b.constant)
	case secData:
		return romPieces(r.d, total, b.data)
	default:
		return nil
	}
}

// romPieces runs the row code of a section on native rows, padded with zeros.
func romPieces[E, R any](rows []E, total int, f func(R) []piece) [][]piece {
	var w fr.Vector
	for i := range rows {
		put(&w, &rows[i])
	}
	for range total - len(rows) {
		var zero E
		put(&w, &zero)
	}
	c := nativeColumns(w)
	out := make([][]piece, total)
	for i := range out {
		out[i] = f(load[R](c))
	}
	return out
}

// nativeColumns wraps a vector as columns of the native backend.
func nativeColumns(w fr.Vector) *columns {
	cells := make([]cell, len(w))
	c := &columns{w: make([]V, len(w))}
	for i := range w {
		cells[i] = cell{e: w[i], col: i}
		c.w[i] = &cells[i]
	}
	return c
}
