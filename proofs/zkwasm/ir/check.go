package ir

import (
	"errors"
	"fmt"
)

// Errors of Check, one for each registration rule (SOUNDNESS.md, N1 to N14).
// They are wrapped with the place. A program that breaks one must not get a
// ProgramID that anybody vouches for: the circuit relies on all of them.
var (
	// ErrOrder (N1): an operand is not defined before its use on every path of
	// its region.
	ErrOrder = errors.New("ir: N1: use before definition")
	// ErrBackward (N2): a forward edge, continuation or exit leads to an earlier
	// block.
	ErrBackward = errors.New("ir: N2: edge to an earlier block")
	// ErrDefinition (N3): a slot has no or several definitions, or an edge does
	// not define exactly its target's parameters.
	ErrDefinition = errors.New("ir: N3: slot not defined exactly once")
	// ErrLink (N4): something else than a terminator touches PARENT or RETPC, or
	// a return stands in the wrong place.
	ErrLink = errors.New("ir: N4: frame link misused")
	// ErrCycle (N5): the regions are no tree.
	ErrCycle = errors.New("ir: N5: cyclic regions")
	// ErrRange (N6): a number, key or count is out of range or not unique.
	ErrRange = errors.New("ir: N6: out of range")
	// ErrType (N7): an operand has the wrong type, or a flag the wrong value.
	ErrType = errors.New("ir: N7: wrong type")
	// ErrOperand (N8): a pure op has no first operand in its frame, or uses a pad slot.
	ErrOperand = errors.New("ir: N8: first operand not in the frame")
	// ErrForce (N9): an operation that can trap is not forced by a branch or event.
	ErrForce = errors.New("ir: N9: trapping operation not forced")
	// ErrData (N10): constants, data or host cells are not canonical.
	ErrData = errors.New("ir: N10: data not canonical")
	// ErrEntry (N11): entry, halt or start region are wrong.
	ErrEntry = errors.New("ir: N11: wrong entry or halt")
	// ErrContinuation (N12): a continuation is not targeted by its call alone.
	ErrContinuation = errors.New("ir: N12: continuation shared")
	// ErrUnused (N13): a field that must be unused is not.
	ErrUnused = errors.New("ir: N13: meaningless field set")
	// ErrEdge (N14): an edge kind does not fit its source and target.
	ErrEdge = errors.New("ir: N14: wrong edge kind")
)

// where defines a slot.
type where struct {
	block uint32 // pc; 0: not defined
	pos   int32  // -1 for parameters, else index in the body
	node  int32  // type node
}

// checker holds what Check derives of a program.
type checker struct {
	p      *Program
	defs   []where         // by slot
	consts map[Slot]uint64 // frame 0
	order  []int32         // by pc: place in the region's list
	calls  []uint32        // by pc: number of calls that continue there
	idom   []uint32        // by pc: immediate dominator, 0 for none
	depth  []int32
	first  []uint32   // by pc: number in preorder of the dominator trees
	after  []uint32   // first number behind those that pc dominates
	preds  [][]uint32 // by pc, within the region; loops are stepped over
	enters [][]uint32 // by region: blocks that enter a loop
	nodes  []node     // types
	byArg  []int32    // first type node of a function's ARG and RET slots, by region
	callee []uint32   // by pc of a continuation: region of the function that returns there
}

// Check verifies the registration rules. It accepts any Program, however
// damaged, and takes time linear in its size times its nesting. A nil error
// means that a proof of a run is a statement about the deterministic execution
// of the program (the theorem of SOUNDNESS.md).
func Check(p *Program) error {
	c := &checker{p: p}
	for _, step := range []func() error{
		c.regions, c.blocks, c.constants, c.data, c.entry, c.definitions, c.edges,
		c.dominators, c.uses, c.types, c.forced,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func at(err error, pc uint32, format string, args ...any) error {
	return fmt.Errorf("%w: block %d: %s", err, pc, fmt.Sprintf(format, args...))
}

// block returns the block with a valid pc.
func (c *checker) block(pc uint32) *Block { return &c.p.Blocks[pc-1] }

func (c *checker) isPC(pc uint32) bool { return pc >= 1 && int64(pc) <= int64(len(c.p.Blocks)) }

func (c *checker) region(pc uint32) *CodeRegion { return &c.p.Regions[c.block(pc).Region] }

// isEntry reports whether pc is the first block of its region.
func (c *checker) isEntry(pc uint32) bool { return c.order[pc] == 0 }

func (c *checker) isLast(pc uint32) bool {
	return int(c.order[pc]) == len(c.region(pc).Blocks)-1
}
