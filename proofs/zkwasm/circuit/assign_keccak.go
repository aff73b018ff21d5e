package circuit

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/ir"
)

// digits is a lane as numbers: digit z stands for 8^z.
type digits [64]uint8

func digitsOf(v uint64) (d digits) {
	for z := range d {
		d[z] = uint8(v >> z & 1)
	}
	return d
}

// run is n digits from at on, as one number; digits beyond the lane are 0.
func (d *digits) run(at, n int) (v uint64) {
	for z := n - 1; z >= 0; z-- {
		v <<= 3
		if at+z < len(d) {
			v |= uint64(d[at+z])
		}
	}
	return v
}

// recorder is the keccak machine that lists the columns of a row, in the order
// in which the machine of the circuit takes them.
type recorder struct{ w []uint64 }

func (m *recorder) convert(k runs, sum *digits, out digits, rotations []int) []digits {
	cuts, at := k.cuts(rotations[len(rotations)-1]), 0
	for i, n := range cuts {
		if i+1 < len(cuts) {
			m.w = append(m.w, sum.run(at, n))
		}
		m.w = append(m.w, out.run(at, n))
		at += n
	}
	lanes := make([]digits, len(rotations))
	for j, r := range rotations {
		for z := range out {
			lanes[j][(z+r)%64] = out[z]
		}
	}
	return lanes
}

func (m *recorder) Parity(rotations []int, lanes ...digits) []digits {
	k := runsParity3
	if len(lanes) > 3 {
		k = runsParity5
	}
	var sum, out digits
	for z := range sum {
		for i := range lanes {
			sum[z] += lanes[i][z]
		}
		out[z] = sum[z] & 1
	}
	return m.convert(k, &sum, out, rotations)
}

func (m *recorder) Chi(a, b, c digits) digits {
	var sum, out digits
	for z := range sum {
		sum[z] = 2*a[z] + 1 - b[z] + c[z]
		out[z] = a[z] ^ (1-b[z])&c[z]
	}
	return m.convert(runsChi, &sum, out, []int{0})[0]
}

func (m *recorder) Constant(v uint64) digits { return digitsOf(v) }

// keccakColumns are the further columns of a row, by the state before.
func keccakColumns(state *[ir.KeccakLanes]uint64) []uint64 {
	m := &recorder{}
	return keccakColumnsBy(m, m, state)
}

// keccakColumnsBy is keccakColumns by another machine, which records in m.
func keccakColumnsBy(machine ir.KeccakMachine[digits], m *recorder, state *[ir.KeccakLanes]uint64) []uint64 {
	var lanes [ir.KeccakLanes]digits
	for i, v := range state {
		lanes[i] = digitsOf(v)
		for k := range 8 {
			m.w = append(m.w, v>>(8*k)&255, lanes[i].run(8*k, 8))
		}
	}
	lanes = ir.KeccakRounds(machine, lanes)
	for i := range lanes {
		for k := range 8 {
			v := lanes[i].run(8*k, 8)
			if k < 7 {
				m.w = append(m.w, v)
			}
			byteOf := uint64(0)
			for z := range 8 {
				byteOf |= v >> (3 * z) & 1 << z
			}
			m.w = append(m.w, byteOf)
		}
	}
	return m.w
}

// keccakWidth is the number of columns of a row.
func keccakWidth() int {
	var zero [ir.KeccakLanes]uint64
	return width[keccakRow[fr.Element]]() + len(keccakColumns(&zero))
}

// keccak puts the rows of the permutations, and idle ones that permute zeros.
func (a *assigner) keccak(steps []ir.MemStep) {
	if a.sh.Keccak == 0 {
		return
	}
	var final [ir.KeccakLanes]laneRow[fr.Element]
	for _, c := range a.t.Cells {
		if i := (int(c.Addr) - ir.KeccakAddr) / 8; c.Region == ir.RegionJournal && c.Addr >= ir.KeccakAddr && i < len(final) {
			final[i] = laneRow[fr.Element]{Vf: u(c.Final), Tf: u(c.FinalTau)}
		}
	}
	for i := range final {
		put(&a.w, &final[i])
	}
	var idle []uint64
	for i := range a.sh.Keccak {
		var r keccakRow[fr.Element]
		var state [ir.KeccakLanes]uint64
		if i >= len(steps) {
			if idle == nil {
				idle = keccakColumns(&state)
			}
			put(&a.w, &r)
			a.numbers(idle)
			continue
		}
		m := &steps[i]
		r = keccakRow[fr.Element]{Act: u(1), MP: u(uint64(m.PC)<<6 + uint64(m.Index)), F: u(m.Frame), Tau: u(m.Tau)}
		for k := range state {
			state[k] = m.Keccak[k].Old
			r.Age[k] = split26(m.Tau - m.Keccak[k].PrevTau - 1)
		}
		put(&a.w, &r)
		a.numbers(keccakColumns(&state))
	}
}

func (a *assigner) numbers(list []uint64) {
	for _, v := range list {
		a.w = append(a.w, u(v))
	}
}
