package setup

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// scalarBits is the size of a scalar plus one bit for the carry out of the
// signed recoding.
const scalarBits = fr.Bits + 1

// fixedBase multiplies one base point by many scalars. rows[j][k-1] is
// k * 2^(window*j) * base for 1 <= k <= 2^(window-1); a scalar is cut into
// signed digits of window bits, so a product is one addition for each row.
// It is read-only once built.
type fixedBase[P any] struct {
	window int
	rows   [][]P
	newOps func() group[P]
}

// chooseWindow minimises table building plus additions for n scalars. Rows
// beyond 2^13 points no longer fit the cache and cost more than they save.
func chooseWindow(n int) int {
	best, bestCost := 2, 0
	for w := 2; w <= 14; w++ {
		cost := rowsFor(w) * (1<<(w-1) + n)
		if w == 2 || cost < bestCost {
			best, bestCost = w, cost
		}
	}
	return best
}

func rowsFor(window int) int { return (scalarBits + window - 1) / window }

// newFixedBase builds the tables for about n scalars.
func newFixedBase[P any](ctx context.Context, base P, n int, newOps func() group[P]) (*fixedBase[P], error) {
	w := chooseWindow(n)
	f := &fixedBase[P]{window: w, rows: make([][]P, rowsFor(w)), newOps: newOps}
	shifted := newOps().shift(&base, w, len(f.rows))
	err := parallel(ctx, len(f.rows), func() func(int) {
		ops := newOps()
		return func(j int) { f.rows[j] = buildRow(ops, shifted[j], 1<<(w-1)) }
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// buildRow returns base, 2 base, ... size base; size is a power of two. Each
// round doubles the row by adding its last point to all its points.
func buildRow[P any](ops group[P], base P, size int) []P {
	row := make([]P, size)
	row[0] = base
	same := make([]P, min(size, batch))
	for have := 1; have < size; have *= 2 {
		for i := range same {
			same[i] = row[have-1]
		}
		next := row[have : 2*have]
		copy(next, row[:have])
		for off := 0; off < have; off += batch {
			end := min(off+batch, have)
			ops.AddAll(next[off:end], same[:end-off])
		}
	}
	return row
}

// mulAll sets out[i] = scalars[i] * base, in parallel, and calls step with the
// number of points done after each batch. len(out) == len(scalars).
func (f *fixedBase[P]) mulAll(ctx context.Context, out []P, scalars []fr.Element, step func(int)) error {
	blocks := (len(scalars) + batch - 1) / batch
	return parallel(ctx, blocks, func() func(int) {
		ops := f.newOps()
		addend := make([]P, batch)
		digits := make([]int16, batch*len(f.rows))
		return func(b int) {
			start, end := b*batch, min((b+1)*batch, len(scalars))
			f.mulBlock(ops, out[start:end], scalars[start:end], addend, digits)
			step(end - start)
		}
	})
}

// mulBlock goes row by row, so that one row of the table is in cache at a time.
func (f *fixedBase[P]) mulBlock(ops group[P], out []P, scalars []fr.Element, addend []P, digits []int16) {
	var zero P // gnark-crypto encodes infinity as (0, 0)
	n := len(out)
	for i := range n {
		out[i] = zero
		recode(&scalars[i], f.window, len(f.rows), digits[i:], batch)
	}
	for j, row := range f.rows {
		for i := range n {
			switch d := int(digits[j*batch+i]); {
			case d == 0:
				addend[i] = zero
			case d > 0:
				addend[i] = row[d-1]
			default:
				ops.Neg(&addend[i], &row[-d-1])
			}
		}
		ops.AddAll(out, addend[:n])
	}
}

// recode writes the signed digits of s, lowest first, to digits[0],
// digits[stride], ...: each in (-2^(w-1), 2^(w-1)].
func recode(s *fr.Element, w, rows int, digits []int16, stride int) {
	var bits [6]uint64 // two more words than a scalar has, so that none is missing
	for i, v := range s.Bits() {
		bits[i] = v
	}
	carry := 0
	for j := range rows {
		at := j * w
		word, off := at/64, at%64
		v := bits[word]>>off | bits[word+1]<<(64-off) // a shift by 64 gives 0
		d := int(v&(1<<w-1)) + carry
		carry = 0
		if d > 1<<(w-1) {
			d -= 1 << w
			carry = 1
		}
		digits[j*stride] = int16(d)
	}
}

// parallel runs work(0) ... work(n-1) on all processors; newWork is called
// once for each goroutine. It returns when all goroutines have ended, with the
// context's error if that stopped them.
func parallel(ctx context.Context, n int, newWork func() func(int)) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			work := newWork()
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				work(i)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}
