package anchoring

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
)

// nodes is a binding.Prover over a pool.
type nodes struct {
	pool   *ethrpc.Pool
	last   *ethrpc.Endpoint // that answered last
	lister *binding.RPC     // that gave the last access list
}

// Prove implements binding.Prover. Its error is ErrUnavailable only if every
// node says so.
func (n *nodes) Prove(ctx context.Context, block [32]byte, queries []binding.Query) (answers []binding.Answer, err error) {
	err = n.any(ctx, func(ctx context.Context, r *binding.RPC) (err error) {
		answers, err = r.Prove(ctx, block, queries)
		return err
	})
	return answers, err
}

// Receipts implements binding.ReceiptSource.
func (n *nodes) Receipts(ctx context.Context, block [32]byte) (raw json.RawMessage, err error) {
	err = n.any(ctx, func(ctx context.Context, r *binding.RPC) (err error) {
		raw, err = r.Receipts(ctx, block)
		return err
	})
	return raw, err
}

// AccessList implements binding.AccessLister. One node is asked: lists spare
// proofs, and are not worth a search.
func (n *nodes) AccessList(ctx context.Context, block [32]byte) (raw []byte, err error) {
	var failed error
	n.last, failed = n.pool.Any(ctx, func(ctx context.Context, c *ethrpc.Client) error {
		n.lister = binding.NewRPC(c)
		raw, err = n.lister.AccessList(ctx, block)
		if _, limited := ethrpc.RetryAfter(err); limited {
			return err
		}
		return nil // no fault of the node: it may have proofs all the same
	}, func(error) bool { return false })
	if errors.Is(err, binding.ErrNoAccessList) { // but another node may have lists
		err = fmt.Errorf("%w: %v", binding.ErrUnavailable, err) //nolint:errorlint // as said
	}
	return raw, errors.Join(failed, err)
}

// any asks the nodes in turn.
func (n *nodes) any(ctx context.Context, ask func(context.Context, *binding.RPC) error) (err error) {
	asked, without := 0, 0
	n.last, err = n.pool.Any(ctx, func(ctx context.Context, c *ethrpc.Client) error {
		err := ask(ctx, binding.NewRPC(c))
		asked++
		if errors.Is(err, binding.ErrUnavailable) {
			without++
		}
		return err
	}, func(err error) bool {
		return !binding.Faulty(err) // to blame it, rather than to hide it
	})
	if err != nil && without > 0 && (without < asked || asked < len(n.pool.Endpoints())) {
		return fmt.Errorf("%w: %v", errSomeUnavailable, err) //nolint:errorlint // not all of them, so it is not ErrUnavailable
	}
	return err
}

// blame leaves out the node whose answer did not prove what it claimed.
func (n *nodes) blame(err error) {
	if n.last != nil && binding.Faulty(err) {
		if errors.Is(err, binding.ErrAccessList) && n.lister != nil {
			n.lister.NoLists() // an only node can still prove
		}
		n.last.Quarantine(err)
	}
}
