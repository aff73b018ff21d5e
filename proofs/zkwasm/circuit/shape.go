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

// ShapeByName returns a built-in shape, such as s or s-sort.
func ShapeByName(name string) (Shape, bool) {
	for _, s := range Shapes() {
		if s.Name == name {
			return s, true
		}
	}
	return Shape{}, false
}

// What the shapes of a class share: room for the state, for memory that is not
// linear, and for programs.
var (
	tinyBase = Shape{
		Grow: 4, Grown: 16, Globals: 4, Input: 4, LoadAny: 4, StoreAny: 4,
		Node: 12, Entry: 3, Leaf: 17, Read: 20, Len: 4, Find: 2,
		RomP: 2, RomQ: 1, RomS: 2, RomL: 1, RomSt: 1, RomE: 3, RomK: 1, Consts: 1, Data: 1,
	}
	sBase = Shape{
		Linear: 272, Grow: 4, Grown: 32, Globals: 8, Input: 16, LoadAny: 6, StoreAny: 6,
		Node: 10, Entry: 3, Leaf: 8, Read: 12, Len: 4, Find: 2,
		RomP: 6, RomQ: 1, RomS: 4, RomL: 3, RomSt: 2, RomE: 7, RomK: 1, Consts: 2, Data: 2,
	}
	mBase = Shape{
		Linear: 700, Grow: 24, Grown: 100, Globals: 16, Input: 64, LoadAny: 24, StoreAny: 24,
		Node: 24, Entry: 6, Leaf: 40, Read: 48, Len: 8, Find: 4,
		RomP: 16, RomQ: 2, RomS: 10, RomL: 6, RomSt: 5, RomE: 16, RomK: 2, Consts: 4, Data: 4,
	}
)

// Shapes lists the built-in shapes: classes by size, in each class the one for
// reads of the state first, which is named like the class; then those for
// computation, with control flow or arithmetic and keccak256 in front. The capacities of the
// classes s and m are those that TestPropose of package kernels proposes.
func Shapes() []Shape {
	tiny, s, m := tinyBase, sBase, mBase
	tiny.Name = "tiny"
	tiny.Spine, tiny.Move, tiny.Link = 96, 200, 16
	tiny.Add32, tiny.Add64, tiny.Cmp, tiny.Eq, tiny.Bit, tiny.Mul32, tiny.Mul64 = 72, 44, 56, 12, 40, 8, 24
	tiny.Div, tiny.Sel, tiny.Pow, tiny.Split = 6, 40, 6, 6
	tiny.Load64, tiny.Store64, tiny.Load32, tiny.Store32, tiny.LoadPart, tiny.StorePart = 36, 36, 12, 8, 12, 6
	tiny.Linear = 32

	s.Name = "s"
	s.Node, s.Entry, s.Leaf, s.Read, s.Len, s.Find, s.Manifest, s.Item, s.Past, s.Aged = 32, 4, 112, 160, 16, 4, 1, 1, 2, 4
	m.Name = "m"
	m.Node, m.Entry, m.Leaf, m.Read, m.Len, m.Find, m.Manifest, m.Item, m.Past, m.Aged = 152, 8, 1032, 1040, 32, 8, 2, 4, 4, 16
	m.RomP, m.RomS, m.RomL, m.RomSt, m.RomE, m.RomK, m.Consts, m.Data = 8, 4, 3, 2, 8, 1, 2, 2 // programs that read are short
	sHash, mHash := sBase.named("s-hash"), mBase.named("m-hash")
	sHash.Keccak, sHash.Manifest, sHash.Item, sHash.LoadAny = 1, 1, 2, 10 // a program may hash the slot of an item
	mHash.Keccak, mHash.Manifest, mHash.Item, mHash.Past, mHash.Aged, mHash.Node = 4, 2, 8, 2, 8, 48
	mSort := mBase.named("m-sort") // with room for the runtime of AssemblyScript: TestCompilersFit
	mSort.RomP, mSort.RomS, mSort.RomL, mSort.RomSt = 24, 22, 14, 10
	return []Shape{
		tiny,
		s.with(sRows), sBase.named("s-sort").with(sSortRows), sHash.with(sHashRows),
		m.with(mRows), mSort.with(mSortRows), mHash.with(mHashRows),
	}
}

// Class is the size class of a shape: its name up to the first '-'.
func (s Shape) Class() string {
	class, _, _ := strings.Cut(s.Name, "-")
	return class
}

func (s Shape) named(name string) Shape { s.Name = name; return s }

// runRows are capacities of the chips of a run, in the order of Shape:
// Spine, Move, Link; Add32, Add64, Cmp, Eq, Bit, Mul32, Mul64; Div, Sel, Pow,
// Split; Load64, Store64, Load32, Store32, LoadPart, StorePart.
type runRows [20]int

func (s Shape) with(r runRows) Shape {
	s.Spine, s.Move, s.Link = r[0], r[1], r[2]
	s.Add32, s.Add64, s.Cmp, s.Eq, s.Bit, s.Mul32, s.Mul64 = r[3], r[4], r[5], r[6], r[7], r[8], r[9]
	s.Div, s.Sel, s.Pow, s.Split = r[10], r[11], r[12], r[13]
	s.Load64, s.Store64, s.Load32, s.Store32, s.LoadPart, s.StorePart = r[14], r[15], r[16], r[17], r[18], r[19]
	return s
}

var (
	sRows     = runRows{504, 1328, 40, 389, 944, 600, 40, 367, 183, 706, 59, 595, 40, 184, 339, 340, 40, 40, 233, 40}
	sSortRows = runRows{1135, 1997, 187, 1308, 582, 518, 270, 134, 651, 656, 50, 70, 40, 330, 670, 580, 442, 446, 40, 40}
	sHashRows = runRows{507, 1181, 40, 647, 716, 251, 40, 496, 345, 788, 40, 40, 85, 404, 213, 267, 282, 40, 407, 81}
	mRows     = runRows{2130, 9362, 240, 2151, 3152, 1610, 136, 1084, 101, 3134, 82, 118, 118, 129, 1104, 1110, 82, 75, 59, 55}
	mSortRows = runRows{4740, 8191, 764, 5300, 3493, 2300, 925, 1521, 2312, 2777, 218, 2271, 120, 1389, 2308, 2350, 1844, 1613, 120, 120}
	mHashRows = runRows{2379, 5544, 120, 2470, 5375, 1189, 120, 2315, 1613, 4056, 120, 120, 442, 3003, 1090, 1372, 876, 120, 1892, 254}
)

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
