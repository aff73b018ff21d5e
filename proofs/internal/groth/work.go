package groth

import (
	"math/bits"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254"

	"vmhost/proofs/internal/affine"
)

// Work is in additions in G1. What is not an addition counts as many as take
// as long, roughly.
const (
	costG2      = 3 // an addition in G2
	costSolve   = 2 // solving a constraint
	perAddition = 8 // steps of a transform for one addition
)

// Fitted to the work of the examples and kernels on all shapes: points that are
// there whatever runs, and points of distinct values that a run adds, each by
// the windows that they are in.
const (
	workConstraint = 13 // for each constraint of the circuit
	workUsed       = 51 // for each constraint in use
)

// Predict returns the work of a proof of a run that uses so many of a
// circuit's constraints, and how much of it one processor has to do alone.
func Predict(constraints, used int) (work, serial int) {
	n := 1 << bits.Len(uint(constraints-1))
	c := window(n)
	work = windows(c)*(n+2<<(c-1)) + 6*transform(n) + workConstraint*constraints + workUsed*used
	return work, Serial(constraints)
}

// Floor returns the work of a proof with as many random constraints: every wire
// of full size, and no two equal.
func Floor(constraints int) int {
	n := 1 << bits.Len(uint(constraints-1))
	all := func(n int) int { c := window(n); return windows(c) * (n + 2<<(c-1)) }
	const groups = 3 + costG2 // A, B, K, and B in G2
	return all(n) + 6*transform(n) + costSolve*constraints + groups*(constraints+all(constraints))
}

// transform is the work of one transform.
func transform(n int) int { return n * bits.Len(uint(n)) / perAddition }

// Serial is the part of a circuit's work that one processor does alone.
func Serial(constraints int) int { return costSolve * constraints }

// measureRounds is how many batches Measure adds: some 50 ms.
const measureRounds = 200

// overhead is the time of a unit of work in a proof, in relation to one bare
// addition: sorting, and memory that is not in a cache.
const overhead = 1.25

// Measure returns the time of a unit of work on one idle processor.
func Measure() time.Duration {
	_, _, g, _ := bn254.Generators()
	points := make([]bn254.G1Affine, 2*affine.Batch)
	points[0] = g
	for i := 1; i < len(points); i++ {
		points[i].Add(&points[i-1], &g)
	}
	adder, acc := new(affine.G1), points[affine.Batch:]
	best := time.Duration(1 << 62)
	for range measureRounds {
		start := time.Now()
		adder.AddAll(acc, points[:affine.Batch])
		best = min(best, time.Since(start))
	}
	return time.Duration(overhead * float64(best) / affine.Batch)
}
