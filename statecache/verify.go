package statecache

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/statecache/internal/colfile"
)

// IntegrityError says where memory is not what was committed to. It is an
// ErrIntegrity.
type IntegrityError struct {
	Ref    BlockRef // block at which it was read
	What   string   // "item", "leaf", "items node", "values node", "entry", "directory node", "history leaf", "history node", "commitment"
	Handle uint32   // of the collection, if What is of one
	Level  int      // of a node, 0 at the bottom
	Index  uint64
}

// Error implements error.
func (e *IntegrityError) Error() string {
	return fmt.Sprintf("%v: %s %d of collection %d, level %d, read at block %v", ErrIntegrity, e.What, e.Index, e.Handle, e.Level, e.Ref)
}

// Unwrap returns ErrIntegrity.
func (e *IntegrityError) Unwrap() error { return ErrIntegrity }

// VerifyOptions configures Verify.
type VerifyOptions struct {
	// Pause is called after each slice of the work with the number of hashes in it
	// (bytes/64 for a checkpoint). It bounds the rate by sleeping; its error ends
	// the check. No view is pinned meanwhile. Default none.
	Pause func(ctx context.Context, hashes int) error
}

// VerifyReport says what a check went through.
type VerifyReport struct {
	Hashes      uint64 // computed and compared
	Checkpoints int    // files read and compared
}

// verifySlice is how many leaves are checked under one pin: a whole subtree.
const (
	verifyLevels = 4
	verifySlice  = 1 << (3 * verifyLevels)
)

// verifyOwner is the owner of the check's pins.
const verifyOwner = "integrity check"

// Verify hashes everything again, from items and values up, and compares it with
// what is stored: item and leaf hashes, the nodes of every tree, the directory's
// entries, the commitment; then it compares the checkpoints with their sums, and
// removes one that is damaged. It
// goes by slices, each at the newest block, so that it holds no block for long
// and works while others are applied: each node is compared with its children at
// one block, hence a cell that does not change meanwhile is compared with all
// that hangs on it.
//
// Errors: *IntegrityError (ErrIntegrity) for memory, ErrCheckpoint for a file;
// ErrBackpressure, Pause's and ctx's.
func (c *Cache) Verify(ctx context.Context, opts VerifyOptions) (report VerifyReport, err error) {
	slice := func(f func(v *verifier) error) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := c.verifySlice(f)
		report.Hashes += uint64(n)
		if err == nil && opts.Pause != nil {
			err = opts.Pause(ctx, n)
		}
		return err
	}
	if _, ok := c.Head(); !ok {
		return report, fmt.Errorf("verify: %w", ErrEmpty)
	}
	for handle, more := uint32(0), true; more && err == nil; handle++ {
		for lo, inside := uint64(0), true; inside && err == nil; lo += verifySlice {
			err = slice(func(v *verifier) error {
				more = uint64(handle) < uint64(len(v.v.v.cols))
				s := v.v.v.spanOf(treeLeaves, handle)
				inside = lo+verifySlice < s.hi
				return v.collection(handle, lo, !inside)
			})
		}
	}
	for lo, inside := uint64(0), true; inside && err == nil; lo += verifySlice {
		err = slice(func(v *verifier) error {
			s := v.v.v.past
			lo = max(lo, s.lo&^(verifySlice-1))
			inside = lo+verifySlice < s.hi
			return v.history(lo, !inside)
		})
	}
	if err == nil {
		err = slice((*verifier).directory)
	}
	if err == nil && c.opts.Checkpoints != nil {
		report.Checkpoints, err = c.verifyCheckpoints(ctx, opts.Pause)
	}
	if err != nil {
		return report, fmt.Errorf("verify: %w", err)
	}
	return report, nil
}

// verifySlice runs one slice at the newest block and returns how much it hashed.
func (c *Cache) verifySlice(f func(v *verifier) error) (int, error) {
	for {
		ref, ok := c.Head()
		if !ok {
			return 0, ErrEmpty
		}
		view, err := c.View(ref, verifyOwner, time.Time{})
		if errors.Is(err, ErrOrphaned) || errors.Is(err, ErrEvicted) {
			continue // between Head and View
		}
		if err != nil {
			return 0, err
		}
		v := &verifier{v: view}
		err = f(v)
		view.Release()
		return v.hashes, err
	}
}

// verifier compares at one block.
type verifier struct {
	v      *View
	hashes int
}

// compare hashes n inputs and compares them with what is stored.
func (f *verifier) compare(what string, handle uint32, level int, first, n uint64, in func(i uint64, x *[8]fr.Element) error, stored func(i uint64) (fr.Element, error)) error {
	var err error
	empty := map[int]bool{} // an empty subtree, or a dropped collection, is the literal 0
	keep := func(e error) {
		if err == nil {
			err = e
		}
	}
	hashRange(0, int(n), func(k int, x *[8]fr.Element) {
		*x = [8]fr.Element{}
		keep(in(first+uint64(k), x))
		if *x == ([8]fr.Element{}) {
			empty[k] = true
		}
	}, func(k int, h *fr.Element) {
		if empty[k] {
			*h = fr.Element{}
		}
		got, e := stored(first + uint64(k))
		keep(e)
		if err == nil && got != *h {
			keep(&IntegrityError{f.v.Ref(), what, handle, level, first + uint64(k)})
		}
	})
	f.hashes += int(n)
	return err
}

// nodes compares the nodes of a tree above the leaves from lo to hi, up to a level.
func (f *verifier) nodes(what string, handle uint32, t *tree, s span, lo, hi uint64, from, to int) error {
	for l := from; l <= min(to, s.depth); l++ {
		first, end := max(lo, s.lo)>>(3*l), min((hi-1)>>(3*l)+1, s.end(l))
		if first >= end {
			continue
		}
		err := f.compare(what, handle, l, first, end-first, func(i uint64, x *[8]fr.Element) error {
			for k := range x {
				child := 8*i + uint64(k)
				if !s.has(l-1, child) {
					continue
				}
				e, err := f.v.node(t, l-1, child)
				if err != nil {
					return err
				}
				x[k] = e
			}
			return nil
		}, func(i uint64) (fr.Element, error) { return f.v.node(t, l, i) })
		if err != nil {
			return err
		}
	}
	return nil
}

// collection compares one slice of a collection, and with the last one the nodes
// above the slices.
func (f *verifier) collection(handle uint32, lo uint64, last bool) error {
	s := f.v.v.spanOf(treeLeaves, handle)
	if hi := min(lo+verifySlice, s.hi); lo < hi {
		col := f.v.v.cols[handle]
		if err := f.leaves(handle, col, lo, hi); err != nil {
			return err
		}
		if err := f.nodes("items node", handle, col.list, s, lo, hi, 1, verifyLevels); err != nil {
			return err
		}
		if err := f.nodes("values node", handle, col.values, s, lo, hi, 1, verifyLevels); err != nil {
			return err
		}
	}
	if !last || s.hi == 0 {
		return nil
	}
	col := f.v.v.cols[handle]
	if err := f.nodes("items node", handle, col.list, s, 0, s.hi, verifyLevels+1, s.depth); err != nil {
		return err
	}
	return f.nodes("values node", handle, col.values, s, 0, s.hi, verifyLevels+1, s.depth)
}

// leaves compares item and leaf hashes.
func (f *verifier) leaves(handle uint32, col column, lo, hi uint64) error {
	err := f.compare("item", handle, 0, lo, hi-lo, func(i uint64, x *[8]fr.Element) error {
		it := col.items.get(i)
		*x = itemPreimage(&it)
		return nil
	}, func(i uint64) (fr.Element, error) { return col.items.hash(i), nil })
	if err != nil {
		return err
	}
	return f.compare("leaf", handle, 0, lo, hi-lo, func(i uint64, x *[8]fr.Element) error {
		var w [4]uint64
		if err := f.v.load(col.values, 0, i, valueWord, w[:]); err != nil {
			return err
		}
		value, item := getWord(w[:]), col.items.hash(i)
		*x = leafPreimage(&item, &value)
		return nil
	}, func(i uint64) (fr.Element, error) { return f.v.node(col.values, 0, i) })
}

// history compares the leaves of one slice of the history and the nodes above
// them, and with the last one those above the slices.
func (f *verifier) history(lo uint64, last bool) error {
	t, s := f.v.c.st.hist, f.v.v.past
	if s.lo >= s.hi {
		return nil
	}
	first := max(lo, s.lo)
	err := f.compare("history leaf", 0, 0, first, max(min(lo+verifySlice, s.hi), first)-first, func(i uint64, x *[8]fr.Element) error {
		var w [pastWords]uint64
		err := f.v.load(t, 0, i, 1, w[:])
		dir := fr.Element(w[4:8])
		*x = historyPreimage(&BlockRef{i, getWord(w[8:])}, &dir)
		return err
	}, func(i uint64) (fr.Element, error) { return f.v.node(t, 0, i) })
	if err != nil {
		return err
	}
	if err := f.nodes("history node", 0, t, s, lo, min(lo+verifySlice, s.hi), 1, verifyLevels); err != nil || !last {
		return err
	}
	return f.nodes("history node", 0, t, s, s.lo, s.hi, verifyLevels+1, s.depth)
}

// directory compares the entries with the collections' roots, the directory's
// nodes, and the commitment.
func (f *verifier) directory() error {
	row, t := f.v.v, f.v.c.st.dir
	s := row.dirSpan()
	err := f.compare("entry", 0, 0, 0, s.hi, func(i uint64, x *[8]fr.Element) error {
		col := row.cols[i]
		if col.gone {
			return nil
		}
		items, err := f.v.root(col.list, col.span())
		if err != nil {
			return err
		}
		values, err := f.v.root(col.values, col.span())
		*x = entryPreimage(&col.elem, col.n, &items, &values, &col.base)
		return err
	}, func(i uint64) (fr.Element, error) { return f.v.node(t, 0, i) })
	if err == nil {
		err = f.nodes("directory node", 0, t, s, 0, s.hi, 1, dirDepth)
	}
	if err != nil {
		return err
	}
	dir, err := f.v.root(t, s)
	if err != nil {
		return err
	}
	hist := row.hist
	if f.v.keepsHistory() {
		if hist, err = f.v.root(f.v.c.st.hist, row.past); err != nil {
			return err
		}
	}
	return f.compare("commitment", 0, 0, 0, 1, func(_ uint64, x *[8]fr.Element) error {
		*x = commitPreimage(f.v.c.opts.ChainID, &row.header.Ref, &dir, &hist)
		return nil
	}, func(uint64) (fr.Element, error) { return row.commitment, nil })
}

// verifyCheckpoints reads every checkpoint, compares it with its sums, and removes
// it if it is damaged.
func (c *Cache) verifyCheckpoints(ctx context.Context, pause func(context.Context, int) error) (count int, err error) {
	list, err := c.opts.Checkpoints.List()
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	var errs []error
	for _, seq := range list {
		there, err := c.verifyCheckpoint(ctx, seq, pause)
		switch {
		case errors.Is(err, ErrCheckpoint): // worse than none: the next Checkpoint makes another
			errs = append(errs, fmt.Errorf("checkpoint %d: %w", seq, err), c.opts.Checkpoints.Remove(seq))
		case err != nil:
			return count, fmt.Errorf("checkpoint %d: %w", seq, err)
		case there:
			count++
		}
	}
	return count, errors.Join(errs...)
}

// verifyCheckpoint returns false if the checkpoint was removed meanwhile.
func (c *Cache) verifyCheckpoint(ctx context.Context, seq uint64, pause func(context.Context, int) error) (bool, error) {
	f, size, err := c.opts.Checkpoints.Open(seq)
	if err != nil {
		list, lerr := c.opts.Checkpoints.List()
		if lerr == nil && !slices.Contains(list, seq) {
			return false, nil
		}
		return false, fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	r, m, err := openCheckpoint(f, size)
	if err != nil {
		return false, err
	}
	if m.mark.seq != seq {
		return false, fmt.Errorf("%w: it is number %d", ErrCheckpoint, m.mark.seq)
	}
	return true, checkCheckpoint(ctx, r, pause)
}

// checkCheckpoint compares all chunks with their sums.
func checkCheckpoint(ctx context.Context, r *colfile.Reader, pause func(context.Context, int) error) error {
	err := r.All(func(bytes int) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if pause == nil {
			return nil
		}
		return pause(ctx, bytes/64)
	})
	if errors.Is(err, colfile.ErrCorrupt) {
		err = fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	return err
}
