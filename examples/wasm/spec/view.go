package spec

import (
	"fmt"
	"maps"
	"slices"

	"vmhost/statecache"
)

// ChainID is the chain of the views that View returns.
const ChainID = 1337

// View returns the job's state as a committed view: collections in the order of
// their names, items made up. Hashes are made up too, but always the same.
// Errors: those of statecache.FromState.
func (j Job) View() (*statecache.View, error) {
	header := statecache.BlockHeader{
		Ref:       statecache.BlockRef{Number: j.Block, Hash: [32]byte{0: 0xb1, 31: byte(j.Block)}},
		Parent:    [32]byte{0: 0xb0, 31: byte(j.Block)},
		Timestamp: 1_700_000_000 + 12*j.Block,
		BaseFee:   U64(7),
		GasUsed:   21_000,
	}
	var cols []statecache.CollectionValues
	for c, name := range slices.Sorted(maps.Keys(j.Collections)) {
		values := j.Collections[name]
		col := statecache.CollectionValues{Collection: statecache.Collection{Name: name}, Values: values}
		for i := range values {
			item := statecache.Item{Address: [20]byte{19: byte(c + 1)}}
			item.Slot = U64(uint64(i))
			col.Items = append(col.Items, item)
		}
		cols = append(cols, col)
	}
	view, err := statecache.FromState(ChainID, header, cols)
	if err != nil {
		return nil, fmt.Errorf("spec: job %q: %w", j.Name, err)
	}
	return view, nil
}
