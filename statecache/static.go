package statecache

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// FromState returns a view of one block's whole state, as in a state file
// without history: the history root is 0. The collections get the handles 1, 2, …
// in their order. The view belongs to no cache and is never orphaned.
//
// Errors: those of Define and Apply, naming the collection.
func FromState(chainID uint64, header BlockHeader, cols []CollectionValues) (*View, error) {
	return FromStateHistory(chainID, header, cols, [32]byte{})
}

// FromStateHistory is FromState with a given history root (a field element,
// big-endian), as in a state file exported from a node that keeps history. The
// view cannot answer for earlier blocks; that of a Snapshot can.
func FromStateHistory(chainID uint64, header BlockHeader, cols []CollectionValues, historyRoot [32]byte) (*View, error) {
	s := Snapshot{ChainID: chainID, Header: header, Collections: cols, HistoryRoot: historyRoot}
	return s.View()
}

// static adds a collection with all its values.
func (d *definitions) static(col *CollectionValues) (defOp, []Change, error) {
	switch {
	case !ValidName(col.Name):
		return defOp{}, nil, ErrBadName
	case col.Name == HeaderName:
		return defOp{}, nil, ErrReserved
	case len(col.Values) < len(col.Items):
		return defOp{}, nil, fmt.Errorf("%w: item %d", ErrMissingValue, len(col.Values))
	case len(col.Values) > len(col.Items):
		return defOp{}, nil, fmt.Errorf("%w: value %d of %d items", ErrIndexRange, len(col.Items), len(col.Items))
	}
	if err := d.canDefine(col.Name); err != nil {
		return defOp{}, nil, err
	}
	hashes, err := checkItems(col.Items)
	if err != nil {
		return defOp{}, nil, err
	}
	def := &definition{name: col.Name, base: col.Base, seen: map[fr.Element]struct{}{}}
	if err := def.canExtend(hashes); err != nil {
		return defOp{}, nil, err
	}
	d.add(def)
	d.extend(def, col.Items, hashes)
	changes := make([]Change, len(col.Values))
	for i := range changes {
		changes[i] = Change{col.Name, uint32(i), col.Values[i]}
	}
	return d.ops[len(d.ops)-1], changes, nil
}
