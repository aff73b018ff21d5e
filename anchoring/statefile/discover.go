package statefile

import (
	"context"
	"fmt"
	"slices"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// Latest is the node's head, for Discover.
const Latest = ^uint64(0)

// Discover looks up, in the logs of blocks up to and with to, the keys of those
// mappings whose definition says from which block on, and returns the watch file
// with their entries. The logs are not proven: keys can be missing, and made-up
// ones have proven values all the same. Errors: see binding.RPC.OldLogs.
func Discover(ctx context.Context, rpcURL string, w *Watch, to uint64) (*Watch, error) {
	if !slices.ContainsFunc(w.Growing, func(g binding.Growth) bool { return g.Backfill }) {
		return w, nil
	}
	client, err := ethrpc.Dial(ctx, rpcURL)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	if to == Latest {
		h, err := client.HeaderByTag(ctx, "latest")
		if err != nil {
			return nil, err
		}
		to = h.Ref.Number
	}
	return discover(ctx, binding.NewRPC(client), w, to)
}

func discover(ctx context.Context, node *binding.RPC, w *Watch, to uint64) (*Watch, error) {
	var growths []binding.Growth
	for _, g := range w.Growing {
		if g.Backfill && g.Events != nil {
			growths = append(growths, g)
		}
	}
	grower, err := binding.NewGrower(growths, w.Collections)
	if err != nil {
		return nil, err
	}
	var logs []binding.Log
	for _, g := range growths {
		found, err := node.OldLogs(ctx, &g.Events.Filter, g.From, to)
		if err != nil {
			return nil, fmt.Errorf("keys of %s: %w", g.Collection, err)
		}
		logs = append(logs, found...)
	}
	return w.with(grower.Keys(logs)), nil
}

// with returns the watch file with longer collections.
func (w *Watch) with(grown []binding.Grown) *Watch {
	out := *w
	out.Collections = slices.Clone(w.Collections)
	for _, g := range grown {
		for i := range out.Collections {
			if c := &out.Collections[i]; c.Name == g.Collection {
				c.Items = append(c.Items[:len(c.Items):len(c.Items)], g.Items...)
			}
		}
	}
	return &out
}

// lengthen adds the elements that arrays have at a block.
func lengthen(w *Watch, values []statecache.CollectionValues) (*Watch, error) {
	grower, err := binding.NewGrower(w.Growing, w.Collections)
	if err != nil {
		return nil, err
	}
	var lengths []statecache.Change
	for i := range values {
		if len(values[i].Values) > 0 {
			lengths = append(lengths, statecache.Change{Collection: values[i].Name, Value: values[i].Values[0]})
		}
	}
	return w.with(grower.Lengths(lengths)), nil
}
