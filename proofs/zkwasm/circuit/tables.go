package circuit

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/ir"
	"vmhost/statecache/poseidon"
)

const (
	andDigits  = 64
	powEntries = 32 + 32 + 64 + 64
)

// tableColumns is the number of multiplicity columns of the lookup tables.
func (s Shape) tableColumns() int {
	n := andDigits*andDigits + powEntries
	for _, bits := range rangeWidths {
		n += 1 << bits
	}
	if s.Keccak > 0 {
		n += len(sparseTable())
	}
	return n
}

// tables lays out the constant lookup tables.
func (b *builder) tables(c *columns) {
	for _, bits := range rangeWidths {
		w := b.at(1, fixed, int(bits))
		for v := range 1 << bits {
			b.produce("table.range", busRange, c.take(), b.at(0, fixed, v), w)
		}
	}
	for x := range uint64(andDigits) {
		for y := range uint64(andDigits) {
			b.produce("table.and", busAnd, c.take(), b.at(0, fixed, andTuple(x, y, x&y)))
		}
	}
	for mode := range 4 {
		w := 32 << (mode >> 1)
		for k := range w {
			e := k
			if mode&1 == 1 {
				e = w - k
			}
			b.produce("table.pow", busPow, c.take(), b.at(0, fixed, pow2(uint(e))), b.at(1, fixed, k), b.at(2, fixed, mode))
		}
	}
}

// andTuple packs a digit of the AND table.
func andTuple(x, y, n uint64) *big.Int {
	t := new(big.Int).SetUint64(n)
	t.Lsh(t, 80).Add(t, new(big.Int).SetUint64(y))
	return t.Lsh(t, 80).Add(t, new(big.Int).SetUint64(x))
}

// padHashes are the hashes of the all-zero inner node and of the all-zero leaf.
func padHashes() (node, leaf fr.Element) {
	var x [8]fr.Element
	node = poseidon.H8(&x)
	x[0].SetUint64(poseidon.TagLeaf)
	return node, poseidon.H8(&x)
}

// padState offers what unused node and leaf rows open: index 0 of tree 0.
func (b *builder) padState(f fixedRow[V]) {
	node, leaf := padHashes()
	for i, h := range []fr.Element{node, leaf} {
		b.produce("pad.state", busNode, []V{f.PadNode, f.PadLeaf}[i],
			b.at(0, fixed, h.BigInt(new(big.Int))), b.at(1, fixed, 0), b.at(2, fixed, treePad))
	}
}

// Columns is the number of committed columns of a shape.
func (s Shape) Columns() int {
	n := width[fixedRow[fr.Element]]() + s.tableColumns()
	if s.Keccak > 0 {
		n += s.Keccak*keccakWidth() + ir.KeccakLanes*width[laneRow[fr.Element]]()
	}
	n += s.Spine*width[spineRow[fr.Element]]() + s.Move*width[moveRow[fr.Element]]() + s.Link*width[linkRow[fr.Element]]()
	n += s.Add32*width[addRow32[fr.Element]]() + s.Add64*width[addRow64[fr.Element]]() + s.Cmp*width[cmpRow[fr.Element]]()
	n += s.Eq*width[eqRow[fr.Element]]() + s.Bit*width[bitRow[fr.Element]]() + s.Mul32*width[mulRow32[fr.Element]]()
	n += s.Mul64*width[mulRow64[fr.Element]]() + s.Div*width[divRow[fr.Element]]() + s.Sel*width[selRow[fr.Element]]()
	n += s.Pow*width[powRow[fr.Element]]() + s.Split*width[splitRow[fr.Element]]()
	n += s.Load64*width[load64Row[fr.Element]]() + s.Store64*width[store64Row[fr.Element]]()
	n += s.Load32*width[load32Row[fr.Element]]() + s.Store32*width[store32Row[fr.Element]]()
	n += s.LoadPart*width[loadPartRow[fr.Element]]() + s.StorePart*width[storePartRow[fr.Element]]()
	n += s.LoadAny*width[loadAnyRow[fr.Element]]() + s.StoreAny*width[storeAnyRow[fr.Element]]()
	n += s.Grow*width[growRow[fr.Element]]() + s.Grown*width[grownRow[fr.Element]]()
	n += (s.Linear+s.Globals)*width[cellRow[fr.Element]]() + s.Input*width[inputRow[fr.Element]]()
	n += s.Node*width[nodeRow[fr.Element]]() + s.Entry*width[entryRow[fr.Element]]() + s.Leaf*width[leafRow[fr.Element]]()
	n += s.Read*width[readRow[fr.Element]]() + s.Len*width[lenRow[fr.Element]]() + s.Find*width[findRow[fr.Element]]()
	n += s.Manifest*width[manifestRow[fr.Element]]() + s.Item*width[itemRow[fr.Element]]()
	n += s.Past*width[pastRow[fr.Element]]() + s.Aged*width[agedRow[fr.Element]]()
	rom := [numSections]int{
		secP: width[romPRow[fr.Element]](), secQ: width[romQRow[fr.Element]](), secS: width[romSRow[fr.Element]](),
		secL: width[romLRow[fr.Element]](), secSt: width[romStRow[fr.Element]](), secE: width[romERow[fr.Element]](),
		secK: width[romKRow[fr.Element]](), secConst: width[constRow[fr.Element]](), secData: width[dataRow[fr.Element]](),
	}
	for sec := secP; sec < numSections; sec++ {
		n += s.romBlocks(sec) * (perElement[sec]*spongeRate*rom[sec] + 1)
	}
	return n
}
