package trace

import (
	"encoding/binary"

	"vmhost/proofs/zkwasm/ir"
)

// space is one memory region: bytes, and for each cell of 8 the tick of its
// last access.
type space struct {
	data []byte
	last []uint64
	init []byte   // contents before the run, kept if recording
	born []uint64 // linear memory: ticks of the grow events, in order
}

func newSpace(size uint64, record bool) space {
	size = (size + 7) / 8 * 8
	s := space{data: make([]byte, size)}
	if record {
		s.last = make([]uint64, size/8)
	}
	return s
}

// word reads n bytes at a; the caller has checked the range.
func (s *space) word(a uint64, n uint8) uint64 {
	switch n {
	case 1:
		return uint64(s.data[a])
	case 2:
		return uint64(binary.LittleEndian.Uint16(s.data[a:]))
	case 4:
		return uint64(binary.LittleEndian.Uint32(s.data[a:]))
	}
	return binary.LittleEndian.Uint64(s.data[a:])
}

func (s *space) put(a uint64, n uint8, v uint64) {
	switch n {
	case 1:
		s.data[a] = byte(v)
	case 2:
		binary.LittleEndian.PutUint16(s.data[a:], uint16(v))
	case 4:
		binary.LittleEndian.PutUint32(s.data[a:], uint32(v))
	default:
		binary.LittleEndian.PutUint64(s.data[a:], v)
	}
}

// spaces lays out the memory regions of a run.
func (r *run) spaces(p *ir.Program, input []byte) {
	rec := r.rec
	r.mem[ir.RegionLinear] = newSpace(uint64(p.Pages)*ir.PageSize, rec)
	r.mem[ir.RegionGlobals] = newSpace(ir.GlobalsBase+8*uint64(p.Globals), rec)
	r.mem[ir.RegionInput] = newSpace(uint64(len(input))+16, rec)
	r.mem[ir.RegionJournal] = newSpace(ir.KeccakAddr+8*ir.KeccakLanes, rec)
	for _, d := range p.Data {
		r.mem[d.Region].put(uint64(d.Addr), 8, d.Value)
	}
	copy(r.mem[ir.RegionInput].data, input)
	r.mem[ir.RegionGlobals].put(ir.InputLenAddr, 8, uint64(len(input)))
	r.mem[ir.RegionGlobals].put(ir.MemSizeAddr, 8, uint64(p.Pages)*ir.PageSize)
	if rec {
		for i := range r.mem {
			r.mem[i].init = append([]byte(nil), r.mem[i].data...)
		}
	}
}

// event runs one load or store. ok is false if it is out of bounds.
func (r *run) event(c *code, f *frame) bool {
	m := c.mem
	if m.Keccak {
		r.keccak(c, f)
		return true
	}
	base := f.value(c.a)
	a := base + uint64(m.Imm)
	s := &r.mem[m.Region]
	n := uint64(m.Width)
	if a > uint64(len(s.data)) || n > uint64(len(s.data))-a {
		return false
	}
	var old [2]uint64
	first := a &^ 7
	two := a&7+n > 8
	if r.rec {
		old[0] = s.word(first, 8)
		if two {
			old[1] = s.word(first+8, 8)
		}
	}
	var v uint64
	switch {
	case m.Grow:
		if !r.grow() {
			return false
		}
		s.put(a, 8, uint64(len(r.mem[ir.RegionLinear].data)))
	case m.Store:
		v = f.value(c.b)
		s.put(a, m.Width, v)
	default:
		v = extend(m, s.word(a, m.Width))
		f.set(c.dst, v, -1)
	}
	if !r.rec {
		return true
	}
	r.use(f.def(c.a))
	if m.Store {
		r.use(f.def(c.b))
	}
	step := ir.MemStep{Op: m, PC: r.pc, Index: c.index, Frame: f.id, Tau: r.tau, Addr: base, Val: v, Two: two}
	step.Cells[0] = ir.CellAccess{Addr: first, Old: old[0], New: s.word(first, 8), PrevTau: s.last[first/8]}
	s.last[first/8] = r.tau
	if two {
		step.Cells[1] = ir.CellAccess{Addr: first + 8, Old: old[1], New: s.word(first+8, 8), PrevTau: s.last[first/8+1]}
		s.last[first/8+1] = r.tau
	}
	r.t.Mem = append(r.t.Mem, step)
	return true
}

// keccak permutes the state of keccak256.
func (r *run) keccak(c *code, f *frame) {
	s := &r.mem[ir.RegionJournal]
	var state [ir.KeccakLanes]uint64
	for i := range state {
		state[i] = s.word(ir.KeccakAddr+8*uint64(i), 8)
	}
	next := ir.KeccakF(state)
	for i := range next {
		s.put(ir.KeccakAddr+8*uint64(i), 8, next[i])
	}
	if !r.rec {
		return
	}
	step := ir.MemStep{Op: c.mem, PC: r.pc, Index: c.index, Frame: f.id, Tau: r.tau, Keccak: new([ir.KeccakLanes]ir.CellAccess)}
	for i := range state {
		a := ir.KeccakAddr + 8*uint64(i)
		step.Keccak[i] = ir.CellAccess{Addr: a, Old: state[i], New: next[i], PrevTau: s.last[a/8]}
		s.last[a/8] = r.tau
	}
	r.t.Mem = append(r.t.Mem, step)
}

// grow adds a page to the linear memory, if one is left.
func (r *run) grow() bool {
	s := &r.mem[ir.RegionLinear]
	if uint64(len(s.data)) >= uint64(r.c.p.MaxPages)*ir.PageSize {
		return false
	}
	s.data = append(s.data, make([]byte, ir.PageSize)...)
	s.born = append(s.born, r.tau)
	if r.rec {
		s.last = append(s.last, make([]uint64, ir.PageSize/8)...)
		s.init = append(s.init, make([]byte, ir.PageSize)...)
		for i := len(s.last) - ir.PageSize/8; i < len(s.last); i++ {
			s.last[i] = r.tau
		}
	}
	return true
}

// birth is the tick at which the page of address a came into being.
func (r *run) birth(reg int, a uint64) uint64 {
	s := &r.mem[reg]
	if old := len(s.data)/ir.PageSize - len(s.born); len(s.born) > 0 && a >= uint64(old)*ir.PageSize {
		return s.born[int(a/ir.PageSize)-old]
	}
	return 0
}

// extend applies a load's sign extension.
func extend(m *ir.Mem, v uint64) uint64 {
	if !m.Signed {
		return v
	}
	shift := 64 - 8*uint(m.Width)
	v = uint64(int64(v<<shift) >> shift)
	if !m.Wide {
		v = uint64(uint32(v))
	}
	return v
}

// cells lists touched cells and data, in order.
func (r *run) cells() []ir.Cell {
	var out []ir.Cell
	data := r.c.p.Data
	for reg := range r.mem {
		s := &r.mem[reg]
		for i, tau := range s.last {
			a := uint64(8 * i)
			isData := len(data) > 0 && int(data[0].Region) == reg && uint64(data[0].Addr) == a
			if isData {
				data = data[1:]
			}
			birth := r.birth(reg, a)
			if tau == birth && !isData {
				continue // never touched
			}
			out = append(out, ir.Cell{
				Region: ir.Region(reg), Addr: a, Init: binary.LittleEndian.Uint64(s.init[a:]),
				Final: s.word(a, 8), FinalTau: tau, IsData: isData, Birth: birth,
			})
		}
	}
	return out
}
