package ir

// Slot names an SSA value, program-wide unique and below 2^20. Reserved slots
// are shared by all regions; what they mean is fixed by the circuit.
type Slot uint32

// Reserved slots.
const (
	SlotNone   Slot = 0  // never valid
	SlotParent Slot = 1  // frame id of the parent frame (type frame)
	SlotRetPC  Slot = 2  // continuation of the caller (type code)
	SlotZero   Slot = 3  // constant 0 in frame 0, hard-wired in every circuit
	SlotOne    Slot = 4  // constant 1 in frame 0, hard-wired in every circuit
	SlotArg0   Slot = 16 // arguments of the function whose frame it is
	MaxArgs         = 64
	SlotRet0   Slot = 80 // results, parameters of the function's return block
	MaxRets         = 16
	SlotPad0   Slot = 96 // results of pad rows, never read
	SlotFirst  Slot = 128
	SlotLimit  Slot = 1 << 20
)

// Limits of the encoding.
const (
	PCLimit   = 1 << 24 // block ids are 1 … PCLimit-1
	MaxEvents = 63      // events per block
)

// Frame ids: FrameConst holds the constants, FrameStart is the start region's,
// every other frame is FrameFirst + index of the spine row that entered it.
const (
	FrameConst = 0
	FrameStart = 1
	FrameFirst = 2
)

// Ref is an operand: a slot of the own frame, or a constant (frame 0).
type Ref struct {
	Slot  Slot
	Const bool
}

// Zero is the operand that reads the constant 0.
var zero = Ref{Slot: SlotZero, Const: true}

// Zero returns the operand that reads the constant 0.
func Zero() Ref { return zero }

// Op is a pure operation: total and functional on canonical operands. i32
// values are kept zero-extended.
type Op uint8

// Pure operations. A is always a slot of the own frame (never a constant);
// B and C may be constants.
const (
	OpAdd32 Op = 0x10 // A + B mod 2^32
	OpSub32 Op = 0x11 // A - B mod 2^32
	OpAdd64 Op = 0x12
	OpSub64 Op = 0x13

	OpLtU32 Op = 0x20 // A < B
	OpGtU32 Op = 0x21 // A > B
	OpGeU32 Op = 0x22 // A >= B
	OpLeU32 Op = 0x23 // A <= B
	OpLtU64 Op = 0x24
	OpGtU64 Op = 0x25
	OpGeU64 Op = 0x26
	OpLeU64 Op = 0x27
	OpEq    Op = 0x28 // A == B, any width
	OpNe    Op = 0x29

	OpAnd32 Op = 0x30
	OpOr32  Op = 0x31
	OpXor32 Op = 0x32
	OpAnd64 Op = 0x34
	OpOr64  Op = 0x35
	OpXor64 Op = 0x36

	// OpMulLo32 to OpMulSum64 are products A*B = hi*2^w + lo. B may be of type pow2 (up to 2^w), so that
	// shifts and rotations are products: shl = lo(a*2^k), shr_u = hi(a*2^(w-k)),
	// rotl = lo+hi of a*2^k.
	OpMulLo32  Op = 0x40
	OpMulHi32  Op = 0x41
	OpMulSum32 Op = 0x42 // lo + hi; B must be of type pow2
	OpMulLo64  Op = 0x44
	OpMulHi64  Op = 0x45
	OpMulSum64 Op = 0x46

	OpDivU32 Op = 0x48 // B != 0 has been checked by a branch before
	OpRemU32 Op = 0x49
	OpDivU64 Op = 0x4a
	OpRemU64 Op = 0x4b

	OpSelect Op = 0x50 // A != 0 ? B : C

	// OpPowShl32 to OpPowShr64 are the only producers of type pow2. The exponent is
	// A mod w for Shl, w - (A mod w) for Shr, so Shr yields up to 2^w.
	OpPowShl32 Op = 0x58
	OpPowShr32 Op = 0x59
	OpPowShl64 Op = 0x5a
	OpPowShr64 Op = 0x5b // a value of 2^64 is written as 0 in traces (no power is 0)

	OpLo32 Op = 0x60 // A mod 2^32 (wrap)
	OpHi32 Op = 0x61 // A >> 32

	// OpLeaf, OpLen and OpFind read the state at the job's block. Out-of-range operands have no row at
	// all: the host library branches on a result, which forces it.
	OpLeaf Op = 0x70 // A handle, B index -> Dst+0..3 limbs (least first), Dst+4 = 1 if any of limbs 1..3 is not 0
	OpLen  Op = 0x71 // A handle -> length
	OpFind Op = 0x72 // A, B, C, D: limbs (least first) of the name element -> handle

	// OpManifest and OpItem answer in words: 8 bytes each, little-endian, of what the host function writes.
	OpManifest Op = 0x73 // A handle -> Dst+0..3 words of the items root
	OpItem     Op = 0x74 // A handle, B index -> Dst+0..10 words of the item's 85 bytes, the last of 5 bytes

	OpAged Op = 0x75 // A age, B handle, C index -> Dst+0..3 limbs of the value A blocks earlier
)

// ItemWords is the number of results of OpItem.
const ItemWords = 11

// Results is the number of consecutive slots that an op defines.
func (o Op) Results() int {
	switch o {
	case OpLeaf:
		return 5
	case OpManifest, OpAged:
		return 4
	case OpItem:
		return ItemWords
	default:
		return 1
	}
}

// Pure is one definitional instruction: Dst (and following slots) = Op(A, B, C, D).
// Unused operands are the zero Ref{} (slot 0).
type Pure struct {
	Op         Op
	Dst        Slot
	A, B, C, D Ref
}

// Region of memory that an event touches; cells are 8 bytes, little-endian.
type Region uint8

// Memory regions.
const (
	RegionLinear  Region = 0 // linear memory
	RegionGlobals Region = 1 // host cells, then WASM globals at GlobalsBase + 8*i
	RegionInput   Region = 2 // private input bytes, read only
	RegionJournal Region = 3 // journal bytes, MaxJournal of them
	NumRegions           = 4
)

// Addresses in RegionGlobals, and sizes.
const (
	JournalLenAddr = 0  // journal length so far, starts at 0
	InputLenAddr   = 8  // input length, set by the prover, never stored to
	MemSizeAddr    = 16 // bytes of linear memory, starts at Pages, changed by Grow only
	GlobalsBase    = 64 // first WASM global
	MaxJournal     = 248
	PageSize       = 65536
	MaxPages       = 64
)

// Mem is an event: one load or store of Width bytes at Addr+Imm (computed
// without wrap-around), any alignment. Loads define Dst.
//
// Grow adds one page to the linear memory, or traps if there are MaxPages: a
// store to MemSizeAddr whose value is what is there plus PageSize. Its other
// fields are those of GrowEvent. Keccak permutes the state of keccak256; its
// other fields are those of KeccakEvent.
type Mem struct {
	Store  bool
	Grow   bool
	Keccak bool
	Width  uint8 // 1, 2, 4 or 8 bytes
	Signed bool  // loads: sign-extend
	Wide   bool  // loads: sign-extend to 64 bits rather than 32 (only if Signed)
	Region Region
	Addr   Ref
	Val    Ref // stores: low Width bytes are written
	Imm    uint32
	Dst    Slot
}

// GrowEvent is the event that adds one page.
func GrowEvent() Mem {
	return Mem{Store: true, Grow: true, Width: 8, Region: RegionGlobals, Imm: MemSizeAddr, Addr: zero, Val: zero}
}

// Instr is one instruction of a block's body: exactly one field is set.
type Instr struct {
	Pure *Pure
	Mem  *Mem
}

// EdgeKind says how control and frames move along an edge.
type EdgeKind uint8

// Edge kinds.
const (
	EdgeForward EdgeKind = iota // same region, same frame, to a later block
	EdgeEnter                   // from the parent region into a loop: new frame
	EdgeBack                    // from a loop's region to its own header: new frame
	EdgeCall                    // to a function's entry: new frame
	EdgeExit                    // from a loop's region to a block of the parent region, in the parent frame
)

// Move copies a value along a taken edge: Src is read in the source frame (or
// is a constant), Dst is defined in the target frame.
type Move struct {
	Src Ref
	Dst Slot
}

// Edge is one transition site. Link rows (PARENT, RETPC) are implied by Enter
// and Call; back edges carry PARENT by an implied move.
type Edge struct {
	Kind   EdgeKind
	Target uint32 // pc of the target block
	Moves  []Move
}

// TermKind is the kind of a block's last act.
type TermKind uint8

// Terminators.
const (
	TermJump        TermKind = iota // follow Edges[0] (any kind but call)
	TermBranch                      // A != B ? Edges[1] : Edges[0]; kinds forward, enter, back
	TermCall                        // follow Edges[0] (call); Cont is the continuation, RetMoves run when it returns
	TermRet                         // return: to RETPC in frame PARENT
	TermHalt                        // end of the run
	TermUnreachable                 // trap: has no row, so no proof passes here
)

// Term ends a block.
type Term struct {
	Kind     TermKind
	A, B     Ref
	Edges    [2]Edge
	Cont     uint32 // TermCall: pc of the continuation, targeted by this call only
	RetMoves []Move // TermCall: Src are SlotRet0+i of the callee's frame
	Trap     string // TermUnreachable: name of the trap
}

// Block is a straight line. Its pc is its id. Body order is program order;
// values are defined before use along every path (see Check).
type Block struct {
	PC     uint32
	Region uint32
	Params []Slot // defined by every incoming edge (or reserved: args, rets)
	Body   []Instr
	Term   Term
	Fuel   uint64 // WASM instructions charged when the block starts
}

// RegionKind of code.
type RegionKind uint8

// Region kinds.
const (
	KindStart RegionKind = iota
	KindFunc
	KindLoop
)

// CodeRegion is a function body, a loop body or the start region. Blocks are
// in topological order: forward edges go to later ones. Blocks[0] is the entry
// (loop header); of a function the last block is the only one that returns.
type CodeRegion struct {
	Kind   RegionKind
	Parent uint32 // loops: index of the enclosing region
	Func   string // debugging: function name or index
	Blocks []uint32
}

// Const defines Slot in frame 0.
type Const struct {
	Slot  Slot
	Value uint64
}

// Datum is one initial memory cell. Globals' initial values are data too.
type Datum struct {
	Region Region
	Addr   uint32 // multiple of 8
	Value  uint64
}

// Program is a lowered module. It is a pure function of the WASM bytes.
type Program struct {
	Entry    uint32 // pc of the first block of the start region
	Halt     uint32 // pc of the only block that ends with TermHalt
	Pages    uint32 // initial linear memory, in pages
	MaxPages uint32 // most pages that Grow makes; Pages if there is no Grow
	Regions  []CodeRegion
	Blocks   []Block // Blocks[i].PC == i+1
	Consts   []Const // ascending slots; values distinct
	Data     []Datum // ascending (region, address); zero words left out
	Globals  uint32  // number of WASM globals (cells from GlobalsBase)
}

// LoweringVersion is part of every program ID: it changes when the lowering,
// the host library or the meaning of the IR does.
const LoweringVersion = 2
