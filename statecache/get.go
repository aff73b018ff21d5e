package statecache

import (
	"iter"
	"sync/atomic"
)

// Get returns an item's value, big-endian. It takes no lock and allocates
// nothing. Errors: ErrReleased, ErrExpired, ErrCancelled, ErrBadHandle, ErrDropped,
// ErrIndexRange.
func (v *View) Get(handle, index uint32) (value [32]byte, err error) {
	col := v.column(handle)
	if index >= col.n {
		return value, v.missing(handle)
	}
	var w [4]uint64
	if err = v.load(col.values, 0, uint64(index), valueWord, w[:]); err != nil {
		return value, err
	}
	return getWord(w[:]), nil
}

// Lookup returns an item's index in a collection; false if it is not watched
// there at the view's block, or the view has ended.
func (v *View) Lookup(handle uint32, item Item) (index uint32, ok bool) {
	col := v.column(handle)
	if col.collection == nil {
		return 0, false
	}
	index, ok = col.items.find(&item)
	return index, ok && index < col.n
}

// GetItem is Get by item. Errors: those of Get, ErrNotWatched.
func (v *View) GetItem(handle uint32, item Item) (value [32]byte, err error) {
	index, ok := v.Lookup(handle, item)
	if !ok {
		if col := v.column(handle); col.collection == nil {
			return value, v.missing(handle)
		}
		return value, ErrNotWatched
	}
	return v.Get(handle, index)
}

// missing says why a collection has no item of an index that is not below its
// length.
func (v *View) missing(handle uint32) error {
	switch {
	case v.Err() != nil:
		return v.Err()
	case uint64(handle) >= uint64(len(v.v.cols)):
		return ErrBadHandle
	case v.v.cols[handle].gone:
		return ErrDropped
	}
	return ErrIndexRange
}

// getStage is how many cells GetBatch fetches at a time: enough for the memory
// to work on many at once.
const getStage = 32

// GetBatch reads many items of a collection: dst[i] becomes the value of
// indexes[i]. It is faster than Get for each, because the memory is asked for many
// cells at once. Errors: those of Get; dst is undefined then. Requires len(dst) >=
// len(indexes).
func (v *View) GetBatch(handle uint32, indexes []uint32, dst [][32]byte) error {
	col := v.column(handle)
	if col.collection == nil {
		return v.missing(handle)
	}
	st, leaves := v.c.st, col.values.levels[0]
	dst = dst[:len(indexes)]
	for len(indexes) > 0 {
		n := min(len(indexes), getStage)
		var cells [getStage][]uint64
		var heads [getStage]uint64
		turns := st.turns.Load()
		orphaned := v.pin.orphan.Load() != nil
		last := uint64(0) // a cell may lie in two lines of the memory: ask for both
		for k, index := range indexes[:n] {
			if index >= col.n {
				return v.missing(handle)
			}
			cells[k] = leaves.at(uint64(index))
			heads[k] = atomic.LoadUint64(&cells[k][0])
			last ^= atomic.LoadUint64(&cells[k][valueWord+3])
		}
		_ = last
		torn := uint64(0) // those to be read again, one by one
		for k := range n {
			cell := cells[k]
			var w [4]uint64
			loadWords(w[:], cell[valueWord:])
			dst[k] = getWord(w[:])
			if versionID(heads[k]).seq() > v.v.seq || atomic.LoadUint64(&cell[0]) != heads[k] {
				torn |= 1 << k
			}
		}
		if orphaned || st.turns.Load() != turns {
			torn = 1<<n - 1
		}
		for k := range n {
			if torn&(1<<k) == 0 {
				continue
			}
			var w [4]uint64
			if err := v.load(col.values, 0, uint64(indexes[k]), valueWord, w[:]); err != nil {
				return err
			}
			dst[k] = getWord(w[:])
		}
		indexes, dst = indexes[n:], dst[n:]
	}
	return v.Err()
}

// All iterates over a collection by index. It stops early if the view ends: look
// at Err afterwards.
func (v *View) All(handle uint32) iter.Seq2[Item, [32]byte] {
	return func(yield func(Item, [32]byte) bool) {
		n, _ := v.Len(handle)
		var index [getStage]uint32
		var values [getStage][32]byte
		for i := uint32(0); i < n; {
			k := min(n-i, getStage)
			for j := range k {
				index[j] = i + j
			}
			if v.GetBatch(handle, index[:k], values[:]) != nil {
				return
			}
			for j := range k {
				item, ok := v.Item(handle, i+j)
				if !ok || !yield(item, values[j]) {
					return
				}
			}
			i += k
		}
	}
}
