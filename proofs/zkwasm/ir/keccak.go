package ir

import "math/bits"

// The state of keccak256 is 25 cells of the journal's region, behind the
// journal, all zero at the start of a run.
const (
	KeccakAddr  = 256
	KeccakLanes = 25
)

// KeccakEvent is the event that applies keccak-f[1600] to the state.
func KeccakEvent() Mem {
	return Mem{Store: true, Keccak: true, Width: 8, Region: RegionJournal, Imm: KeccakAddr, Addr: zero, Val: zero}
}

// KeccakMachine computes with lanes of 64 bits of some representation.
type KeccakMachine[L any] interface {
	// Parity is the exclusive or of lanes, once for each rotation to the left asked for.
	Parity(rotations []int, lanes ...L) []L
	// Chi is a xor (not b and c).
	Chi(a, b, c L) L
	// Constant is a lane of known bits.
	Constant(bits uint64) L
}

// keccakRotations is by x + 5y, as the lanes are.
var keccakRotations = [KeccakLanes]int{
	0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14,
}

var keccakRounds = [24]uint64{
	0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
	0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
	0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
	0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
}

// KeccakRounds applies keccak-f[1600]: theta, rho and pi, chi, iota, 24 times.
func KeccakRounds[L any](m KeccakMachine[L], a [KeccakLanes]L) [KeccakLanes]L {
	for _, rc := range keccakRounds {
		var c [5][]L
		for x := range 5 {
			c[x] = m.Parity([]int{0, 1}, a[x], a[x+5], a[x+10], a[x+15], a[x+20])
		}
		var t [KeccakLanes]L
		for i := range a {
			x, y := i%5, i/5
			t[y+5*((2*x+3*y)%5)] = m.Parity([]int{keccakRotations[i]}, a[i], c[(x+4)%5][0], c[(x+1)%5][1])[0]
		}
		for i := range a {
			x, row := i%5, i-i%5
			a[i] = m.Chi(t[i], t[row+(x+1)%5], t[row+(x+2)%5])
		}
		a[0] = m.Parity([]int{0}, a[0], m.Constant(rc))[0]
	}
	return a
}

// KeccakF is the permutation on numbers.
func KeccakF(a [KeccakLanes]uint64) [KeccakLanes]uint64 { return KeccakRounds(plainKeccak{}, a) }

type plainKeccak struct{}

func (plainKeccak) Parity(rotations []int, lanes ...uint64) []uint64 {
	var s uint64
	for _, l := range lanes {
		s ^= l
	}
	out := make([]uint64, len(rotations))
	for i, r := range rotations {
		out[i] = bits.RotateLeft64(s, r)
	}
	return out
}

func (plainKeccak) Chi(a, b, c uint64) uint64 { return a ^ ^b&c }

func (plainKeccak) Constant(v uint64) uint64 { return v }
