package circuit

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/ir"
)

// One row of the keccak chip is one keccak-f[1600] on the 25 cells of the state.
//
// A lane is held sparse: bit z at 8^z. Then sums of lanes are linear, and each
// digit counts: theta sums 5 and 3 bits a digit, iota 2, chi is a function of
// 2a + (1 - b) + c. Tables take a run of digits to their parity (or chi), bit by
// bit. A lane is cut into runs whose digits are each below the table's bound, of
// exactly the table's length except for the topmost; as 8^70 < r, the sum of the
// runs determines each of them. The runs are free columns but for the topmost,
// which is the rest. A rotation puts the runs elsewhere: one ends where the lane
// wraps around.
type keccakRow[T any] struct {
	Act, MP, F, Tau T
	Age             [ir.KeccakLanes]u26[T]
}

// runs names a table of runs of digits; the number is its part of the tuple.
type runs int

const (
	runsParity3 runs = 16 * (1 + iota) // digits below 4, up to 6 of them
	runsParity5                        // digits below 6, up to 4
	runsChi                            // digits below 5, 5 of them
	runsBytes                          // 8 bits to 8 digits
)

// step is the full length of a table's runs.
func (k runs) step() int {
	return map[runs]int{runsParity3: 6, runsParity5: 4, runsChi: 5}[k]
}

// sparseTable lists the entries of the tables: in, out, kind + length.
func sparseTable() (out [][3]int64) {
	list := func(k runs, digits, n int, f func(int) int64) {
		ins := [][2]int64{{}}
		for range n {
			var next [][2]int64
			for _, e := range ins {
				for d := range digits {
					next = append(next, [2]int64{e[0]<<3 | int64(d), e[1]<<3 | f(d)})
				}
			}
			ins = next
		}
		for _, e := range ins {
			out = append(out, [3]int64{e[0], e[1], int64(k) + int64(n)})
		}
	}
	parity := func(d int) int64 { return int64(d & 1) }
	for n := 1; n <= 6; n++ {
		list(runsParity3, 4, n, parity)
	}
	list(runsParity5, 6, 3, parity)
	list(runsParity5, 6, 4, parity)
	list(runsChi, 5, 5, func(d int) int64 { return int64(d>>1&1) & ^int64(d>>2) })
	for v := range int64(256) {
		out = append(out, [3]int64{v, spread(uint64(v)), int64(runsBytes) + 8})
	}
	return out
}

// spread is a byte with bit z at 8^z.
func spread(v uint64) (out int64) {
	for z := range 8 {
		out |= int64(v>>z&1) << (3 * z)
	}
	return out
}

func (b *builder) sparseTables(c *columns) {
	for _, e := range sparseTable() {
		b.produce("table.sparse", busSparse, c.take(), b.at(0, fixed, int(e[0])), b.at(1, fixed, int(e[1])), b.at(2, fixed, int(e[2])))
	}
}

// cuts are the lengths of the runs of a lane that is rotated by up to r.
func (k runs) cuts(r int) (out []int) {
	step := k.step()
	for left := 64 - r; r > 0 && left > 0; left -= step {
		out = append(out, min(step, left))
	}
	if r == 0 {
		r = 64
	}
	for ; r > 0; r -= step {
		out = append(out, step)
	}
	return out
}

// sparse is the keccak machine of the circuit.
type sparse struct {
	b    *builder
	next func() V
}

func (s sparse) lookup(label string, in, out V, kind int) {
	s.b.read("keccak."+label, busSparse, 1, s.b.at(0, own, in), s.b.at(1, own, out), s.b.at(2, fixed, kind))
}

// convert looks up the runs of a lane, and composes the answers for each rotation.
func (s sparse) convert(label string, k runs, lane V, rotations []int) []V {
	cuts := k.cuts(rotations[len(rotations)-1])
	outs := make([]V, len(cuts))
	rest, at := []V{lane}, uint(0)
	for i, n := range cuts {
		var in V
		if i+1 < len(cuts) {
			in = s.next()
			rest = append(rest, s.b.scale(in, new(big.Int).Neg(pow2(3*at))))
		} else {
			in = s.b.scale(s.b.add(rest[0], rest[1:]...), inversePow2(3*at))
		}
		outs[i] = s.next()
		s.lookup(label, in, outs[i], int(k)+n)
		at += uint(n)
	}
	lanes := make([]V, len(rotations))
	for j, r := range rotations {
		parts, at := make([]V, len(cuts)), r
		for i, n := range cuts {
			parts[i] = s.b.scale(outs[i], pow2(uint(3*(at%64))))
			at += n
		}
		lanes[j] = s.b.add(parts[0], parts[1:]...)
	}
	return lanes
}

func inversePow2(k uint) *big.Int { return new(big.Int).ModInverse(pow2(k), fr.Modulus()) }

func (s sparse) Parity(rotations []int, lanes ...V) []V {
	k := runsParity3
	if len(lanes) > 3 {
		k = runsParity5
	}
	return s.convert("parity", k, s.b.add(lanes[0], lanes[1:]...), rotations)
}

func (s sparse) Chi(x, y, z V) V {
	sum := s.b.add(s.b.scale(x, big.NewInt(2)), s.Constant(^uint64(0)), s.b.scale(y, big.NewInt(-1)), z)
	return s.convert("chi", runsChi, sum, []int{0})[0]
}

func (s sparse) Constant(v uint64) V {
	out := new(big.Int)
	for i := range uint(8) {
		out.Add(out, new(big.Int).Lsh(big.NewInt(spread(v>>(8*i)&255)), 24*i))
	}
	return out
}

// load takes the bytes of a cell and gives their lane.
func (s sparse) load() (cell, lane V) {
	var dense, wide [8]V
	for i := range dense {
		dense[i], wide[i] = s.next(), s.next()
		s.lookup("in", dense[i], wide[i], int(runsBytes)+8)
	}
	return s.b.compose(8, dense[:]...), s.b.compose(24, wide[:]...)
}

// store takes the bytes of a lane, whose runs of 8 digits are free but the last.
func (s sparse) store(lane V) (cell V) {
	var dense [8]V
	rest := []V{lane}
	for i := range dense {
		var in V
		if i < 7 {
			in = s.next()
			rest = append(rest, s.b.scale(in, new(big.Int).Neg(pow2(uint(24*i)))))
		} else {
			in = s.b.scale(s.b.add(rest[0], rest[1:]...), inversePow2(24*7))
		}
		dense[i] = s.next()
		s.lookup("out", dense[i], in, int(runsBytes)+8)
	}
	return s.b.compose(8, dense[:]...)
}

// keccak constrains one permutation; next gives its further columns.
func (b *builder) keccak(r keccakRow[V], next func() V) {
	const l = "keccak"
	b.boolean(l+".bool", r.Act)
	g2, g3 := b.at(2, own, r.F), b.at(3, own, r.Tau)
	b.read(l+".token-in", busToken, r.Act, b.at(0, own, r.MP), g2, g3)
	b.write(l+".token-out", busToken, r.Act, b.at(0, own, b.add(r.MP, 1)), g2, b.shift(g3, 1))
	b.fixedEvent(l, r.Act, r.MP, ir.KeccakEvent(), ir.KeccakAddr)

	s := sparse{b, next}
	var old, lanes [ir.KeccakLanes]V
	for i := range lanes {
		old[i], lanes[i] = s.load()
	}
	lanes = ir.KeccakRounds(s, lanes)
	rg := b.at(2, fixed, int(ir.RegionJournal))
	for i := range lanes {
		now := s.store(lanes[i])
		a := b.at(1, fixed, ir.KeccakAddr+8*i)
		prev := b.sub(b.sub(r.Tau, 1), b.u26(l+".age", r.Age[i]))
		b.read(l+".cell-in", busMem, r.Act, b.at(0, own, old[i]), a, rg, b.at(3, own, prev))
		b.write(l+".cell-out", busMem, r.Act, b.at(0, own, now), a, rg, g3)
	}
}

// laneRow is a cell of the state over the run: zero before.
type laneRow[T any] struct{ Vf, Tf T }

func (b *builder) lanes(rows []laneRow[V]) {
	for i, r := range rows {
		b.cell("keccak-state", ir.RegionJournal, 1, ir.KeccakAddr/8+i, 0, r.Vf, r.Tf)
	}
}

// keccakRows lays out the chip with its state.
func (b *builder) keccakRows(c *columns, n int) {
	if n == 0 {
		return
	}
	b.part(c, "keccak-state", ir.KeccakLanes, func(c *columns) { b.lanes(loadN[laneRow[V]](c, ir.KeccakLanes)) })
	before := b.cost
	for range n {
		b.unit(c, "Keccak", func(c *columns) { b.keccak(load[keccakRow[V]](c), c.take) })
	}
	b.book("Keccak", n, before)
}
