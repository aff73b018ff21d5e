package statecache

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// version is one row: the state of every table after one block. It is
// immutable once derived; rows share what did not change. Each field belongs to
// exactly one table of the registry.
type version struct {
	header BlockHeader // blocks

	defs  int               // definitions: how many operations are in effect
	names map[string]uint32 // definitions: handle by name

	cols []*column // collections, by handle

	dir tree // directory

	hist tree // history, of the heights below

	preimage   [8]fr.Element // commitment
	commitment fr.Element    // commitment
}

// input is what a row is derived from, beside the row before it.
type input struct {
	chainID     uint64
	noHistory   bool
	historyRoot fr.Element // with noHistory: taken as it is
	header      BlockHeader
	ops         []defOp // definitions that take effect with this block
	changes     []Change
}

// derive builds the row after prev (nil for the first block). It changes
// nothing that is published.
func derive(prev *version, in *input) (*version, error) {
	next := &version{}
	if prev == nil {
		prev = &version{hist: tree{depth: historyDepth}}
	}
	for _, t := range tables() {
		if err := t.derive(prev, next, in); err != nil {
			return nil, fmt.Errorf("block %v: %w", in.header.Ref, err)
		}
	}
	return next, nil
}

// column returns the collection of a handle, nil if there is none.
func (v *version) column(handle uint32) *column {
	if uint64(handle) >= uint64(len(v.cols)) {
		return nil
	}
	return v.cols[handle]
}

// conflict reports the first thing in which a block applied before differs from
// the header and changes given now.
func (v *version) conflict(h *BlockHeader, changes []Change) error {
	if v.header != *h {
		return fmt.Errorf("%w: header of block %v differs", ErrConflict, h.Ref)
	}
	for i := range changes {
		ch := &changes[i]
		handle, ok := v.names[ch.Collection]
		if !ok {
			return fmt.Errorf("%w: %q was not there", ErrConflict, ch.Collection)
		}
		col := v.cols[handle]
		if ch.Index >= col.len() || col.values.get(ch.Index) != ch.Value {
			return fmt.Errorf("%w: %q item %d", ErrConflict, ch.Collection, ch.Index)
		}
	}
	return nil
}
