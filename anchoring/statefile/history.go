package statefile

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// MaxHistory is how many earlier blocks a file is fetched with at most: nodes
// prove the state of their last 128 blocks.
const MaxHistory = 127

// fetchHistory makes the file of a block and of the blocks before it, headers
// oldest first: the history holds them all and nothing else, so that the file
// proves it.
func fetchHistory(ctx context.Context, p binding.Prover, chainID uint64, headers []*ethrpc.Header, cols []statecache.Collection) (*File, error) {
	var blocks []PastBlock
	for _, h := range headers {
		values, accounts, err := binding.Fetch(ctx, p, h, cols)
		if err != nil {
			return nil, err
		}
		blocks = append(blocks, PastBlock{Block: h.Ref, Header: h.RLP, Collections: values, Accounts: accounts})
	}
	last := len(blocks) - 1
	f := &File{ChainID: chainID, Block: blocks[last].Block, Header: blocks[last].Header, Collections: blocks[last].Collections, Accounts: blocks[last].Accounts}
	view, err := chainOf(chainID, blocks)
	if err != nil {
		return nil, err
	}
	defer view.Release()
	ages := make([]uint64, last)
	for i := range ages {
		ages[i] = uint64(last - i)
	}
	s, err := view.Snapshot(ages...)
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	f.HistoryRoot = s.HistoryRoot
	for i := range s.Past {
		blocks[i].Path = s.Past[i].Path
	}
	f.Past = blocks[:last]
	return f, nil
}

// chainOf applies blocks, oldest first, to an empty cache and views the last.
func chainOf(chainID uint64, blocks []PastBlock) (*statecache.View, error) {
	cache, err := statecache.New(statecache.Options{ChainID: chainID, Window: len(blocks) + 1})
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	for i := range blocks {
		h, err := ethrpc.ParseRLP(blocks[i].Header)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrHeader, err)
		}
		changes, err := define(cache, blocks[i].Collections)
		if err != nil {
			return nil, err
		}
		if _, err := cache.Apply(h.Block(), changes); err != nil {
			return nil, fmt.Errorf("history: block %v: %w", h.Ref, err)
		}
	}
	return cache.View(blocks[len(blocks)-1].Block, "state file", time.Time{})
}

// define brings the cache's collections to those of a block, and lists the
// values. Collections must only grow.
func define(cache *statecache.Cache, cols []statecache.CollectionValues) (changes []statecache.Change, err error) {
	have := cache.Collections()
	if len(cols) < len(have) {
		return nil, fmt.Errorf("history: %w: a collection is missing", ErrHistory)
	}
	for i := range cols {
		c := &cols[i]
		switch {
		case i >= len(have):
			err = cache.Define(c.Collection)
		case c.Name != have[i].Name || c.Base != have[i].Base || len(c.Items) < len(have[i].Items) || !slices.Equal(c.Items[:len(have[i].Items)], have[i].Items):
			err = fmt.Errorf("%w: collection %s differs", ErrHistory, c.Name)
		case len(c.Items) > len(have[i].Items):
			err = cache.Extend(c.Name, c.Items[len(have[i].Items):])
		}
		if err != nil {
			return nil, fmt.Errorf("history: %w", err)
		}
		for j, v := range c.Values {
			changes = append(changes, statecache.Change{Collection: c.Name, Index: uint32(j), Value: v})
		}
	}
	return changes, nil
}

// provesHistory reports whether the file holds every block of its history: each
// is checked, each follows the one before by its hash, and together they have
// the history root.
func (f *File) provesHistory() bool {
	blocks := slices.Clone(f.Past)
	slices.SortFunc(blocks, func(a, b PastBlock) int { return cmp.Compare(a.Block.Number, b.Block.Number) })
	blocks = append(blocks, PastBlock{Block: f.Block, Header: f.Header, Collections: f.Collections})
	if len(blocks) > MaxHistory+1 {
		return false
	}
	view, err := chainOf(f.ChainID, blocks)
	if err != nil {
		return false
	}
	defer view.Release()
	s, err := view.Snapshot()
	return err == nil && s.HistoryRoot == f.HistoryRoot
}

// headers walks from a block to its n ancestors by their hashes; oldest first.
func headers(ctx context.Context, c *ethrpc.Client, h *ethrpc.Header, n int) ([]*ethrpc.Header, error) {
	out := []*ethrpc.Header{h}
	for range n {
		if h.Ref.Number == 0 {
			break
		}
		parent, err := c.HeaderByHash(ctx, h.ParentHash)
		if err != nil {
			return nil, err
		}
		if parent.Ref != h.Parent() {
			return nil, fmt.Errorf("%w: %v is no parent of %v", ErrHeader, parent.Ref, h.Ref)
		}
		h = parent
		out = append(out, h)
	}
	slices.Reverse(out)
	return out, nil
}
