package trace

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"vmhost/internal/vmabi"
	"vmhost/proofs/zkwasm/ir"
	"vmhost/statecache"
)

// state runs a state operation. Operands for which the circuit has no row trap
// with the name that the host function gives.
func (r *run) state(c *code, f *frame, a, b uint64) vmabi.Trap {
	s := ir.PureStep{Op: c.pure, Frame: f.id, A: a, B: b}
	var t vmabi.Trap
	switch c.pure.Op {
	case ir.OpLeaf:
		t = r.leaf(&s)
	case ir.OpLen:
		n, ok := r.length(a)
		if s.R[0] = uint64(n); !ok {
			t = vmabi.TrapInvalidHandle
		}
	case ir.OpFind:
		s.C, s.D = f.value(c.c), f.value(c.d)
		h, ok := r.find([4]uint64{a, b, s.C, s.D})
		if s.R[0] = uint64(h); !ok {
			t = vmabi.TrapUnknownCollection
		}
	case ir.OpManifest:
		t = r.manifest(&s)
	case ir.OpItem:
		t = r.item(&s)
	case ir.OpAged:
		s.C = f.value(c.c)
		t = r.aged(&s)
	default: // not a state read
	}
	if t != "" {
		return t
	}
	def := int32(-1)
	if r.rec {
		def = r.define(c, f, s)
	}
	for i := range c.pure.Op.Results() {
		f.set(c.dst+int32(i), s.Result(i), def)
	}
	return ""
}

func (r *run) length(handle uint64) (uint32, bool) {
	if r.in.State == nil || handle >= 1<<32 {
		return 0, false
	}
	return r.in.State.Len(uint32(handle))
}

// index checks a handle and an index.
func (r *run) index(handle, index uint64) vmabi.Trap {
	n, ok := r.length(handle)
	switch {
	case !ok:
		return vmabi.TrapInvalidHandle
	case index >= uint64(n):
		return vmabi.TrapIndexOutOfRange
	}
	return ""
}

func (r *run) manifest(s *ir.PureStep) vmabi.Trap {
	if _, ok := r.length(s.A); !ok {
		return vmabi.TrapInvalidHandle
	}
	root, ok := r.in.State.ItemsRoot(uint32(s.A))
	if !ok {
		return vmabi.TrapInvalidHandle
	}
	setWords(s, root[:])
	return ""
}

func (r *run) item(s *ir.PureStep) vmabi.Trap {
	if t := r.index(s.A, s.B); t != "" {
		return t
	}
	it, ok := r.in.State.Item(uint32(s.A), uint32(s.B))
	if !ok {
		return vmabi.TrapNotCached
	}
	setWords(s, slices.Concat([]byte{byte(it.Kind)}, it.Address[:], it.Slot[:], it.Key[:]))
	return ""
}

// aged reads item C of collection B as it was A blocks earlier.
func (r *run) aged(s *ir.PureStep) vmabi.Trap {
	if t := r.index(s.B, s.C); t != "" {
		return t
	}
	v, err := r.in.State.ValueAt(s.A, uint32(s.B), uint32(s.C))
	switch {
	case errors.Is(err, statecache.ErrAgeRange), errors.Is(err, statecache.ErrNoHistory):
		return vmabi.TrapAgeOutOfRange
	case errors.Is(err, statecache.ErrNotThen):
		return vmabi.TrapNotCached
	case err != nil:
		r.err = fmt.Errorf("trace: state: %w", err)
		return vmabi.TrapNotCached
	}
	r.limbs(s, v)
	return ""
}

// limbs makes a value the results, least limb first.
func (r *run) limbs(s *ir.PureStep, v [32]byte) {
	r.res.Reads++
	for i := range 4 {
		s.R[i] = binary.BigEndian.Uint64(v[24-8*i:])
	}
}

// setWords makes bytes the results, 8 little-endian ones to a word.
func setWords(s *ir.PureStep, b []byte) {
	for k := range s.Op.Op.Results() {
		var w [8]byte
		copy(w[:], b[8*k:])
		s.SetResult(k, binary.LittleEndian.Uint64(w[:]))
	}
}

func (r *run) leaf(s *ir.PureStep) vmabi.Trap {
	if t := r.index(s.A, s.B); t != "" {
		return t
	}
	v, ok := r.in.State.Value(uint32(s.A), uint32(s.B))
	if !ok {
		return vmabi.TrapNotCached
	}
	r.limbs(s, v)
	if s.R[1]|s.R[2]|s.R[3] != 0 {
		s.R[4] = 1
	}
	return ""
}

// find looks up the collection whose name element has these limbs.
func (r *run) find(limbs [4]uint64) (uint32, bool) {
	var e [32]byte
	for i, l := range limbs {
		binary.BigEndian.PutUint64(e[24-8*i:], l)
	}
	n := int(e[0])
	if n > vmabi.MaxNameLen || r.in.State == nil {
		return 0, false
	}
	for _, b := range e[1 : 32-n] {
		if b != 0 {
			return 0, false
		}
	}
	if name := e[32-n:]; vmabi.ValidName(name) {
		return r.in.State.Find(string(name))
	}
	return 0, false
}
