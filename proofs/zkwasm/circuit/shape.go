package circuit

// Shape fixes how many rows of each chip a circuit has. Each shape has its own
// proving and verifying key; program IDs do not depend on it.
type Shape struct {
	Name string

	// Rows of ordered and definitional chips.
	Spine, Move, Link                                   int
	Add32, Add64, Cmp, Eq, Bit, Mul32, Mul64            int
	Div, Sel, Pow, Split                                int
	Load64, Store64, Load32, Store32, LoadAny, StoreAny int
	Linear, Globals, Input                              int // memory cells
	Node, Entry, Leaf, Read, Len, Find                  int // state

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
			Spine: 128, Move: 160, Link: 24,
			Add32: 64, Add64: 48, Cmp: 32, Eq: 24, Bit: 48, Mul32: 24, Mul64: 48,
			Div: 4, Sel: 16, Pow: 16, Split: 16,
			Load64: 32, Store64: 32, Load32: 16, Store32: 16, LoadAny: 24, StoreAny: 8,
			Linear: 24, Globals: 4, Input: 4,
			Node: 8, Entry: 3, Leaf: 8, Read: 8, Len: 4, Find: 2,
			RomP: 4, RomQ: 2, RomS: 5, RomL: 3, RomSt: 3, RomE: 4, RomK: 1, Consts: 2, Data: 1,
		},
		{
			Name:  "s",
			Spine: 900, Move: 1400, Link: 160,
			Add32: 500, Add64: 600, Cmp: 400, Eq: 200, Bit: 300, Mul32: 200, Mul64: 300,
			Div: 48, Sel: 200, Pow: 100, Split: 100,
			Load64: 300, Store64: 200, Load32: 100, Store32: 100, LoadAny: 80, StoreAny: 40,
			Linear: 200, Globals: 8, Input: 16,
			Node: 16, Entry: 4, Leaf: 64, Read: 160, Len: 64, Find: 4,
			RomP: 16, RomQ: 4, RomS: 16, RomL: 8, RomSt: 6, RomE: 12, RomK: 2, Consts: 4, Data: 4,
		},
		{
			Name:  "m",
			Spine: 4000, Move: 6400, Link: 640,
			Add32: 2400, Add64: 3200, Cmp: 2000, Eq: 800, Bit: 1600, Mul32: 800, Mul64: 1600,
			Div: 200, Sel: 800, Pow: 400, Split: 400,
			Load64: 1600, Store64: 1000, Load32: 600, Store32: 600, LoadAny: 400, StoreAny: 200,
			Linear: 1200, Globals: 16, Input: 64,
			Node: 80, Entry: 8, Leaf: 400, Read: 800, Len: 200, Find: 8,
			RomP: 60, RomQ: 8, RomS: 50, RomL: 20, RomSt: 16, RomE: 40, RomK: 6, Consts: 12, Data: 12,
		},
	}
}

// romBlocks is the capacity of a section in blocks.
func (s Shape) romBlocks(sec section) int {
	return [numSections]int{1, s.RomP, s.RomQ, s.RomS, s.RomL, s.RomSt, s.RomE, s.RomK, s.Consts, s.Data}[sec]
}

// ShortError says which resource of a shape a run needs more of.
type ShortError struct {
	Shape, Resource string
	Need, Have      int
}

func (e *ShortError) Error() string {
	return "circuit: shape " + e.Shape + " has " + itoa(e.Have) + " " + e.Resource + ", the run needs " + itoa(e.Need)
}
