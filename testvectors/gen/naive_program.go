package main

import (
	"math/big"

	"vmhost/proofs/zkwasm/ir"
	"vmhost/testvectors/schema"
)

// The program ID, from the sections of the soundness note and the layout of
// proofs/zkwasm/circuit/rom.go: entries of bit fields, packed into elements,
// each section absorbed by a sponge of rate 15.

// pieces is one entry: values and widths, least significant first.
type pieces [][2]uint64

// programSections lists the entries of sections 1 to 9.
type programSections [10][]pieces

// perElement entries make one element.
var perElement = [10]int{1, 3, 2, 2, 2, 2, 3, 4, 3, 2}

const (
	idVersion       = 2
	loweringVersion = 2
	abiVersion      = 1
)

type programHasher struct{ p *permutation }

func newProgramHasher() *programHasher { return &programHasher{newPermutation(16)} }

func (h *programHasher) id(p *ir.Program) schema.Hash {
	s := &programSections{}
	for i := range p.Blocks {
		s.body(&p.Blocks[i])
		s.ways(&p.Blocks[i])
	}
	for _, c := range p.Consts {
		s.add(8, pieces{{uint64(c.Slot), 20}, {c.Value, 64}})
	}
	for _, d := range p.Data {
		s.add(9, pieces{{uint64(d.Addr), 32}, {d.Value, 64}, {uint64(d.Region), 6}, {1, 1}})
	}
	header := []*big.Int{
		num(idVersion | loweringVersion<<16 | abiVersion<<32), num(uint64(p.Entry)), num(uint64(p.Halt)), num(uint64(p.Pages)), num(uint64(p.MaxPages)),
	}
	for k := 1; k < len(s); k++ {
		digest, blocks := h.section(k, s[k])
		header = append(header, digest, blocks)
	}
	digest, _ := h.sponge(0, header)
	return asHash(digest)
}

func (s *programSections) add(section int, e pieces) { s[section] = append(s[section], e) }

// section packs entries and absorbs them.
func (h *programHasher) section(k int, entries []pieces) (digest, blocks *big.Int) {
	var elements []*big.Int
	for i := 0; i < len(entries); i += perElement[k] {
		e, at := new(big.Int), uint(0)
		for _, entry := range entries[i:min(i+perElement[k], len(entries))] {
			for _, f := range entry {
				e.Add(e, new(big.Int).Lsh(num(f[0]), at))
				at += uint(f[1])
			}
		}
		elements = append(elements, e)
	}
	return h.sponge(k, elements)
}

// sponge has the tag PROGRAM + 256*section in the capacity, the last lane, and
// absorbs at least one block.
func (h *programHasher) sponge(k int, elements []*big.Int) (digest, blocks *big.Int) {
	for len(elements) == 0 || len(elements)%15 != 0 {
		elements = append(elements, new(big.Int))
	}
	state := make([]*big.Int, 16)
	for i := range state {
		state[i] = new(big.Int)
	}
	state[15] = tag(5, int64(k))
	for i, e := range elements {
		state[i%15] = new(big.Int).Mod(new(big.Int).Add(state[i%15], e), field)
		if i%15 == 14 {
			state = h.p.permute(state)
		}
	}
	return state[0], num(uint64(len(elements) / 15))
}

func bit(b bool, at uint) uint64 {
	if b {
		return 1 << at
	}
	return 0
}

// opcode of an operation: comparisons, bit operations and divisions of 64 bits
// share those of 32 bits.
func opcode(op ir.Op) uint64 {
	switch op {
	case ir.OpLtU64, ir.OpGtU64, ir.OpGeU64, ir.OpLeU64, ir.OpAnd64, ir.OpOr64, ir.OpXor64:
		return uint64(op) - 4
	case ir.OpDivU64, ir.OpRemU64:
		return uint64(op) - 2
	default:
		return uint64(op)
	}
}

// body fills sections P 1, Q 2, L 4 and St 5.
func (s *programSections) body(b *ir.Block) {
	event := uint64(0)
	for _, in := range b.Body {
		if p := in.Pure; p != nil {
			op := opcode(p.Op) + bit(p.B.Const, 8) + bit(p.C.Const, 9) + bit(p.D.Const, 10)
			switch p.Op {
			case ir.OpSelect, ir.OpFind, ir.OpAged:
				s.add(2, pieces{{uint64(p.Dst), 20}, {uint64(p.A.Slot), 20}, {uint64(p.B.Slot), 20}, {uint64(p.C.Slot), 20}, {uint64(p.D.Slot), 20}, {op, 12}})
			default:
				s.add(1, pieces{{uint64(p.Dst), 20}, {uint64(p.A.Slot), 20}, {uint64(p.B.Slot), 20}, {op, 12}})
			}
			continue
		}
		m := in.Mem
		code := uint64(m.Width) + bit(m.Signed, 4) + bit(m.Wide, 5) + uint64(m.Region)*64 + bit(m.Grow, 8) + bit(m.Keccak, 9)
		place := pieces{{uint64(b.PC), 24}, {event, 6}, {uint64(m.Imm), 32}, {uint64(m.Addr.Slot), 20}}
		if m.Store {
			s.add(5, append(place, pieces{{uint64(m.Val.Slot), 20}, {bit(m.Addr.Const, 0) + bit(m.Val.Const, 1) + 4*code, 12}}...))
		} else {
			s.add(4, append(place, pieces{{uint64(m.Dst), 20}, {bit(m.Addr.Const, 0) + 2*code, 12}}...))
		}
		event++
	}
}

// Flags of a way out.
const (
	newFrame       = 1
	npcFromA       = 2
	parentFromB    = 4
	firstIsConst   = 8
	secondIsConst  = 16
	isThere        = 32
	takenEdge      = 1 << 24
	returnEdge     = 1 << 26
	parent         = uint64(ir.SlotParent)
	returnPC       = uint64(ir.SlotRetPC)
	zeroSlot       = uint64(ir.SlotZero)
	bothAreConst   = firstIsConst | secondIsConst
	returnWayFlags = npcFromA | parentFromB
)

// ways fills section S 3, and with the edges E 6 and K 7.
func (s *programSections) ways(b *ir.Block) {
	events := uint64(0)
	for _, in := range b.Body {
		if in.Mem != nil {
			events++
		}
	}
	// one entry a block, its ways out behind each other: not taken, taken
	var operands [2]uint64
	var ways [2][2]uint64
	k := 0
	way := func(a, c, npc, flags uint64) {
		operands = [2]uint64{a, c}
		ways[k] = [2]uint64{npc, flags | isThere}
		k++
	}
	t := &b.Term
	switch t.Kind {
	case ir.TermHalt:
		way(zeroSlot, zeroSlot, uint64(b.PC), bothAreConst)
	case ir.TermRet:
		way(returnPC, parent, 0, returnWayFlags)
	case ir.TermBranch:
		for taken := range uint64(2) {
			e := &t.Edges[taken]
			flags := bit(t.A.Const, 3) + bit(t.B.Const, 4)
			if e.Kind == ir.EdgeExit {
				flags += parentFromB
			} else if e.Kind != ir.EdgeForward {
				flags += newFrame
			}
			way(uint64(t.A.Slot), uint64(t.B.Slot), uint64(e.Target), flags)
			s.edge(uint64(b.PC)+taken*takenEdge, e, t.Cont)
		}
	case ir.TermJump, ir.TermCall:
		e := &t.Edges[0]
		switch e.Kind {
		case ir.EdgeExit:
			way(zeroSlot, parent, uint64(e.Target), parentFromB|firstIsConst)
		case ir.EdgeForward:
			way(zeroSlot, zeroSlot, uint64(e.Target), bothAreConst)
		case ir.EdgeEnter, ir.EdgeBack, ir.EdgeCall:
			way(zeroSlot, zeroSlot, uint64(e.Target), bothAreConst|newFrame)
		}
		s.edge(uint64(b.PC), e, t.Cont)
		if t.Kind == ir.TermCall {
			s.moves(uint64(t.Cont)+returnEdge, t.RetMoves)
		}
	case ir.TermUnreachable: // no way out
	}
	s.add(3, pieces{
		{operands[0], 20}, {operands[1], 20}, {events, 6}, {ways[0][0], 24}, {ways[0][1], 6}, {ways[1][0], 24}, {ways[1][1], 6},
	})
}

func (s *programSections) edge(id uint64, e *ir.Edge, cont uint32) {
	if e.Kind == ir.EdgeBack {
		s.add(6, pieces{{id, 30}, {parent, 20}, {parent, 20}})
	}
	s.moves(id, e.Moves)
	if e.Kind == ir.EdgeEnter || e.Kind == ir.EdgeCall {
		s.add(7, pieces{{id, 30}, {uint64(cont), 24}})
	}
}

func (s *programSections) moves(id uint64, moves []ir.Move) {
	for _, m := range moves {
		s.add(6, pieces{{id + bit(m.Src.Const, 27), 30}, {uint64(m.Src.Slot), 20}, {uint64(m.Dst), 20}})
	}
}
