package ir

// Trace is a complete run of a Program, ready to become a witness. Row order
// within Pure, Moves and Links is free; Spine and Mem are in run order.
type Trace struct {
	Spine  []SpineStep
	Pure   []PureStep
	Moves  []MoveStep
	Links  []LinkStep
	Mem    []MemStep
	Cells  []Cell // every touched cell, and every Datum, ascending (region, address)
	Input  []byte
	Output []byte // journal

	WasmInstructions uint64 // fuel used
}

// SpineStep is one executed block. Its row index r is its place in the list.
type SpineStep struct {
	PC    uint32
	Frame uint64
	Tau   uint64 // tick of its first event, if any; the first spine row has 1
	A, B  uint64 // values of the terminator's operands
	Taken bool
}

// PureStep is one proven definition.
type PureStep struct {
	Op         *Pure
	Frame      uint64
	A, B, C, D uint64
	R          [5]uint64
	More       *[ItemWords - 5]uint64 // further results, of ops that have more
	High       uint64                 // products: the other half; divisions: the remainder or the quotient, whichever R is not
}

// Result is the k-th result.
func (s *PureStep) Result(k int) uint64 {
	if k < len(s.R) {
		return s.R[k]
	}
	return s.More[k-len(s.R)]
}

// SetResult sets the k-th result.
func (s *PureStep) SetResult(k int, v uint64) {
	if k < len(s.R) {
		s.R[k] = v
		return
	}
	if s.More == nil {
		s.More = new([ItemWords - 5]uint64)
	}
	s.More[k-len(s.R)] = v
}

// MoveStep is one value moved along a taken edge.
type MoveStep struct {
	Edge     uint32 // edge id, see EdgeID and ReturnEdgeID
	Move     Move
	From, To uint64
	Value    uint64
}

// LinkStep is one Enter or Call edge taken.
type LinkStep struct {
	Edge     uint32
	Cont     uint32 // 0 for Enter
	From, To uint64
}

// CellAccess is what one event does to one cell.
type CellAccess struct {
	Addr     uint64 // multiple of 8
	Old, New uint64
	PrevTau  uint64 // tick of the access before, 0 if none
}

// MemStep is one executed event at tick Tau.
type MemStep struct {
	Op    *Mem
	PC    uint32
	Index uint32 // place among the block's events
	Frame uint64
	Tau   uint64
	Addr  uint64 // value of the address operand
	Val   uint64 // loaded result (extended) or stored operand
	Cells [2]CellAccess
	Two   bool // the access straddles two cells

	Keccak *[KeccakLanes]CellAccess // of a keccak event, instead of Cells
}

// Cell is one memory cell over the whole run.
type Cell struct {
	Region      Region
	Addr        uint64
	Init, Final uint64
	FinalTau    uint64 // 0 if never touched
	IsData      bool   // Init comes from a Datum
	Birth       uint64 // tick of the Grow that made its page, 0 for initial pages
}

// EdgeID is the id of the static edge that leaves block pc when taken.
func EdgeID(pc uint32, taken bool) uint32 {
	if taken {
		return pc + 1<<24
	}
	return pc
}

// ReturnEdgeID is the id of the edge from a callee to continuation cont.
func ReturnEdgeID(cont uint32) uint32 { return cont + 1<<26 }
