package statefile

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// Fetch asks a node for the watched values of one block with their proofs, and
// checks them: the file's rung is Checked and it has its commitment. Block is a
// number (decimal or hex), a 32-byte hash, or latest, safe, finalized, earliest.
// Growing collections have the items that they have at that block, as far as the
// node tells (see Discover).
//
// Errors: ErrBlock, ErrChainID, *binding.ItemError, binding.ErrUnavailable when
// the node no longer has the block's state, those of ethrpc and the connection.
func Fetch(ctx context.Context, rpcURL, block string, w *Watch) (*File, error) {
	return FetchHistory(ctx, rpcURL, block, w, 0)
}

// FetchHistory is Fetch with the values of n earlier blocks, at most MaxHistory,
// of the items of the file's own block. The history holds these blocks alone.
func FetchHistory(ctx context.Context, rpcURL, block string, w *Watch, n int) (*File, error) {
	if n < 0 || n > MaxHistory {
		return nil, fmt.Errorf("%w: history of %d blocks, at most %d", ErrBlock, n, MaxHistory)
	}
	client, err := ethrpc.Dial(ctx, rpcURL)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	id, err := client.ChainID(ctx)
	if err != nil {
		return nil, err
	}
	if w.ChainID != 0 && w.ChainID != id {
		return nil, fmt.Errorf("%w: %d, the watch file is for %d", ErrChainID, id, w.ChainID)
	}
	h, err := header(ctx, client, block)
	if err != nil {
		return nil, err
	}
	node := binding.NewRPC(client)
	if w, err = w.at(ctx, node, h); err != nil {
		return nil, err
	}
	if n == 0 {
		return FetchAt(ctx, node, id, h, w.Collections)
	}
	list, err := headers(ctx, client, h, n)
	if err != nil {
		return nil, err
	}
	f, err := fetchHistory(ctx, node, id, list, w.Collections)
	if err != nil {
		return nil, err
	}
	return f, f.commit()
}

// at returns the watch file with the items that its growing collections have at
// a block.
func (w *Watch) at(ctx context.Context, node *binding.RPC, h *ethrpc.Header) (*Watch, error) {
	w, err := discover(ctx, node, w, h.Ref.Number)
	if err != nil {
		return nil, err
	}
	var arrays []statecache.Collection
	for _, g := range w.Growing {
		if g.Events == nil {
			arrays = append(arrays, statecache.Collection{Name: g.Collection, Items: []statecache.Item{{Address: g.Address, Slot: g.Base}}})
		}
	}
	if len(arrays) == 0 {
		return w, nil
	}
	lengths, _, err := binding.Fetch(ctx, node, h, arrays)
	if err != nil {
		return nil, err
	}
	return lengthen(w, lengths)
}

// FetchAt is Fetch with a prover and a header at hand.
func FetchAt(ctx context.Context, p binding.Prover, chainID uint64, h *ethrpc.Header, cols []statecache.Collection) (*File, error) {
	values, accounts, err := binding.Fetch(ctx, p, h, cols)
	if err != nil {
		return nil, err
	}
	f := &File{ChainID: chainID, Block: h.Ref, Header: h.RLP, Collections: values, Accounts: accounts}
	return f, f.commit()
}

// commit checks the file and notes its commitment.
func (f *File) commit() error {
	view, _, err := f.View(false)
	if err != nil {
		return err
	}
	f.Commitment = view.CommitmentBytes()
	return nil
}

// replay is a Prover that gives answers at hand.
type replay []binding.Answer

// Prove implements binding.Prover.
func (r replay) Prove(context.Context, [32]byte, []binding.Query) ([]binding.Answer, error) {
	return r, nil
}

// header finds the block that a user named.
func header(ctx context.Context, c *ethrpc.Client, block string) (*ethrpc.Header, error) {
	switch block {
	case "latest", "safe", "finalized", "earliest":
		return c.HeaderByTag(ctx, block)
	}
	if strings.HasPrefix(block, "0x") && len(block) == 66 {
		var hash [32]byte
		if err := exact(hash[:], block); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrBlock, err)
		}
		return c.HeaderByHash(ctx, hash)
	}
	digits, base := block, 10
	if rest, ok := strings.CutPrefix(block, "0x"); ok {
		digits, base = rest, 16
	}
	n, err := strconv.ParseUint(digits, base, 64)
	if err != nil {
		return nil, fmt.Errorf("%w: %.80q is no number, hash or tag", ErrBlock, block)
	}
	return c.HeaderByNumber(ctx, n)
}

// FromView makes the unverified file of a view and of the blocks the given ages
// earlier: values without proofs. Errors: those of statecache.View.Snapshot.
func FromView(v *statecache.View, ages ...uint64) (*File, error) {
	s, err := v.Snapshot(ages...)
	if err != nil {
		return nil, fmt.Errorf("state file: %w", err)
	}
	f := &File{
		ChainID: s.ChainID, Block: s.Header.Ref, Collections: s.Collections, HistoryRoot: s.HistoryRoot, Commitment: v.CommitmentBytes(),
	}
	for _, p := range s.Past {
		f.Past = append(f.Past, PastBlock{Block: p.Header.Ref, Collections: p.Collections, Path: p.Path})
	}
	return f, nil
}

// FromProofs makes a checked file of what a node answered: the JSON of the block
// (eth_getBlockBy…) and of one eth_getProof for each account of the collections,
// in the order of binding.Queries.
func FromProofs(chainID uint64, block []byte, proofs [][]byte, cols []statecache.Collection) (*File, error) {
	h, err := ethrpc.ParseJSON(block)
	if err != nil {
		return nil, err
	}
	queries, err := binding.Queries(cols)
	if err != nil {
		return nil, err
	}
	if len(proofs) != len(queries) {
		return nil, fmt.Errorf("%d proofs for %d accounts: %w", len(proofs), len(queries), binding.ErrAnswer)
	}
	answers := make(replay, len(queries))
	for i, q := range queries {
		if answers[i], err = binding.ParseProof(proofs[i], q); err != nil {
			return nil, err
		}
	}
	return FetchAt(context.Background(), answers, chainID, h, cols)
}
