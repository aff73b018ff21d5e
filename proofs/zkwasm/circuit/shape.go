package circuit

import (
	"fmt"
	"strings"
)

// Shape fixes how many rows of each chip a circuit has. Each shape has its own
// proving and verifying key; program IDs do not depend on it.
type Shape struct {
	Name string

	// Rows of ordered and definitional chips.
	Spine, Move, Link                                   int
	Add32, Add64, Cmp, Eq, Bit, Mul32, Mul64            int
	Div, Sel, Pow, Split                                int
	Load64, Store64, Load32, Store32, LoadAny, StoreAny int
	LoadPart, StorePart                                 int // aligned parts of a cell
	Grow, Keccak                                        int // pages added, permutations of keccak256
	Linear, Grown, Globals, Input                       int // memory cells; Grown: of added pages
	Node, Entry, Leaf, Read, Len, Find, Manifest, Item  int // state
	Past, Aged                                          int // earlier blocks, reads of them

	// ROM sections, in sponge blocks of 15 elements.
	RomP, RomQ, RomS, RomL, RomSt, RomE, RomK, Consts, Data int
}

// ShapeByName returns a built-in shape: tiny, s, m.
func ShapeByName(name string) (Shape, bool) {
	for _, s := range Shapes() {
		if s.Name == name {
			return s, true
		}
	}
	return Shape{}, false
}

// Shapes lists the built-in shapes, cheapest first.
func Shapes() []Shape {
	return []Shape{
		{
			Name:  "tiny",
			Spine: 96, Move: 200, Link: 16,
			Add32: 72, Add64: 44, Cmp: 56, Eq: 12, Bit: 40, Mul32: 8, Mul64: 24,
			Div: 6, Sel: 40, Pow: 6, Split: 6,
			Load64: 36, Store64: 36, Load32: 12, Store32: 8, LoadAny: 4, StoreAny: 4, LoadPart: 12, StorePart: 6,
			Grow: 4, Linear: 32, Grown: 16, Globals: 4, Input: 4,
			Node: 12, Entry: 3, Leaf: 17, Read: 20, Len: 4, Find: 2,
			RomP: 2, RomQ: 1, RomS: 2, RomL: 1, RomSt: 1, RomE: 3, RomK: 1, Consts: 1, Data: 1,
		},
		{
			Name:  "s",
			Spine: 720, Move: 1700, Link: 96,
			Add32: 480, Add64: 640, Cmp: 640, Eq: 100, Bit: 256, Mul32: 120, Mul64: 240,
			Div: 36, Sel: 360, Pow: 60, Split: 60,
			Load64: 440, Store64: 320, Load32: 80, Store32: 80, LoadAny: 8, StoreAny: 8, LoadPart: 64, StorePart: 32,
			Grow: 16, Linear: 160, Grown: 96, Globals: 8, Input: 16,
			Node: 32, Entry: 4, Leaf: 112, Read: 160, Len: 16, Find: 4, Manifest: 1, Item: 1, Past: 2, Aged: 4,
			RomP: 6, RomQ: 2, RomS: 4, RomL: 3, RomSt: 2, RomE: 6, RomK: 1, Consts: 2, Data: 2,
		},
		{
			Name:  "m",
			Spine: 3200, Move: 7600, Link: 400,
			Add32: 2000, Add64: 2800, Cmp: 2800, Eq: 500, Bit: 1100, Mul32: 500, Mul64: 1000,
			Div: 160, Sel: 1500, Pow: 240, Split: 240,
			Load64: 2000, Store64: 1500, Load32: 400, Store32: 400, LoadAny: 40, StoreAny: 40, LoadPart: 300, StorePart: 160,
			Grow: 63, Linear: 1000, Grown: 512, Globals: 16, Input: 64,
			Node: 110, Entry: 8, Leaf: 536, Read: 700, Len: 64, Find: 8, Manifest: 2, Item: 8, Past: 16, Aged: 64,
			RomP: 22, RomQ: 4, RomS: 12, RomL: 7, RomSt: 6, RomE: 16, RomK: 4, Consts: 6, Data: 6,
		},
	}
}

// romBlocks is the capacity of a section in blocks.
func (s Shape) romBlocks(sec section) int {
	return [numSections]int{1, s.RomP, s.RomQ, s.RomS, s.RomL, s.RomSt, s.RomE, s.RomK, s.Consts, s.Data}[sec]
}

// ShortError says which resources of a shape a run needs more of.
type ShortError struct {
	Shape string
	Short []Shortage // at least one, the worst first
}

// Shortage is a resource that a run needs more rows (or blocks) of.
type Shortage struct {
	Resource   string // field of Shape
	Need, Have int
}

func (s Shortage) factor() float64 { return float64(s.Need) / float64(max(s.Have, 1)) }

func (e *ShortError) Error() string {
	parts := make([]string, len(e.Short))
	for i, s := range e.Short {
		parts[i] = fmt.Sprintf("%d of %d %s", s.Need, s.Have, s.Resource)
	}
	return "circuit: shape " + e.Shape + " is too small, the run needs " + strings.Join(parts, ", ")
}
