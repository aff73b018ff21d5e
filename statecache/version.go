package statecache

import (
	"bytes"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// version is one row: what of every table is kept for one block, beside the
// cells, which hold the rest at the tip and are read as of seq. It is immutable
// once published; rows share what did not change. Each field belongs to exactly
// one table of the registry.
type version struct {
	header BlockHeader // blocks
	seq    uint64      // blocks: number of the block's undo chunk

	defs  int               // definitions: how many operations are in effect
	names map[string]uint32 // definitions: handle by name

	cols []column // collections, by handle

	dir fr.Element // directory: root

	hist fr.Element // history: root
	past span       // history: the heights in it

	logs *logColumns // logs

	preimage   [8]fr.Element // commitment
	commitment fr.Element    // commitment
}

// column is a collection at one height.
type column struct {
	*collection
	n    uint32 // items in effect
	gone bool   // dropped: the collection is empty, its entry the literal 0
}

func (c column) span() span { return columnSpan(c.n) }

// dirSpan is the reach of the directory.
func (v *version) dirSpan() span { return span{hi: uint64(len(v.cols)), depth: dirDepth} }

// spanOf is the reach of any tree.
func (v *version) spanOf(kind int, handle uint32) span {
	switch kind {
	case treeLeaves, treeItems:
		if uint64(handle) < uint64(len(v.cols)) {
			return v.cols[handle].span()
		}
		return span{}
	case treeDirectory:
		return v.dirSpan()
	}
	return v.past
}

// conflict reports the first thing in which a block applied before differs from
// the header and changes given now.
func (v *View) conflict(h *BlockHeader, changes []Change, logs []Log) error {
	if v.v.header != *h {
		return fmt.Errorf("%w: header of block %v differs", ErrConflict, h.Ref)
	}
	cols, err := newLogColumns(logs)
	if err != nil || !bytes.Equal(cols.encode(), v.v.logs.encode()) {
		return fmt.Errorf("%w: logs of block %v differ", ErrConflict, h.Ref)
	}
	for i := range changes {
		ch := &changes[i]
		handle, ok := v.v.names[ch.Collection]
		if !ok {
			return fmt.Errorf("%w: %q was not there", ErrConflict, ch.Collection)
		}
		if v.v.cols[handle].gone {
			continue
		}
		if value, ok := v.Value(handle, ch.Index); !ok || value != ch.Value {
			return fmt.Errorf("%w: %q item %d", ErrConflict, ch.Collection, ch.Index)
		}
	}
	return nil
}
