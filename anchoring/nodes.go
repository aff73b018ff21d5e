package anchoring

import (
	"context"
	"errors"
	"fmt"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
)

// nodes is a binding.Prover over a pool: the followed node first, since it is
// known to have the block, then the others.
type nodes struct {
	pool   *ethrpc.Pool
	active func() *ethrpc.Endpoint
	last   *ethrpc.Endpoint // that answered last
}

// Prove implements binding.Prover. Its error is ErrUnavailable only if every
// node says so.
func (n *nodes) Prove(ctx context.Context, block [32]byte, queries []binding.Query) (answers []binding.Answer, err error) {
	asked, without := 0, 0
	n.last, err = n.pool.Any(ctx, n.active(), func(ctx context.Context, c *ethrpc.Client) (err error) {
		answers, err = binding.NewRPC(c).Prove(ctx, block, queries)
		asked++
		if errors.Is(err, binding.ErrUnavailable) {
			without++
		}
		return err
	}, func(err error) bool {
		return !binding.Faulty(err) // to blame it, rather than to hide it
	})
	if err != nil && without > 0 && (without < asked || asked < len(n.pool.Endpoints())) {
		return nil, fmt.Errorf("%w: %v", errSomeUnavailable, err) //nolint:errorlint // not all of them, so it is not ErrUnavailable
	}
	return answers, err
}

// blame leaves out the node whose answer did not prove what it claimed.
func (n *nodes) blame(err error) {
	if n.last != nil && binding.Faulty(err) {
		n.last.Quarantine(err)
	}
}
