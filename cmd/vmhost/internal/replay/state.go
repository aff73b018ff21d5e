package replay

import (
	"fmt"

	"vmhost/statecache"
	"vmhost/testvectors/schema"
)

func ref(r schema.Ref) statecache.BlockRef {
	return statecache.BlockRef{Number: uint64(r.Number), Hash: r.Hash}
}

func header(b schema.Block) statecache.BlockHeader {
	return statecache.BlockHeader{
		Ref: ref(b.Ref), Parent: b.Parent, Timestamp: uint64(b.Timestamp), BaseFee: b.BaseFee,
		GasUsed: uint64(b.GasUsed), PrevRandao: b.PrevRandao,
	}
}

func deref(h *schema.Hash) (out [32]byte) {
	if h != nil {
		out = *h
	}
	return out
}

func collection(c schema.Collection) (statecache.Collection, error) {
	out := statecache.Collection{Name: c.Name, Base: deref(c.Base)}
	for _, it := range c.Items {
		kind := statecache.KindSlot
		if it.Kind != "" {
			var ok bool
			if kind, ok = statecache.ParseKind(it.Kind); !ok {
				return out, fmt.Errorf("%w: item kind %.40q", schema.ErrFormat, it.Kind)
			}
		}
		out.Items = append(out.Items, statecache.Item{Kind: kind, Address: it.Address, Slot: deref(it.Slot), Key: deref(it.Key)})
	}
	return out, nil
}

// stateView makes the view of a test's state, nil if it has none.
func stateView(s *schema.State) (*statecache.View, error) {
	if s == nil {
		return nil, nil //nolint:nilnil // no state is a case of its own
	}
	var cols []statecache.CollectionValues
	for _, c := range s.Collections {
		col, err := collection(c)
		if err != nil {
			return nil, err
		}
		values := make([][32]byte, len(c.Items))
		for i, it := range c.Items {
			if it.Value == nil {
				return nil, fmt.Errorf("%w: item without a value", schema.ErrFormat)
			}
			values[i] = *it.Value
		}
		cols = append(cols, statecache.CollectionValues{Collection: col, Values: values})
	}
	return statecache.FromState(uint64(s.ChainID), header(s.Block), cols)
}
