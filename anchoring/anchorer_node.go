package anchoring

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"sync"

	"github.com/ethereum/go-ethereum/ethclient"

	"vmhost/anchoring/contracts/bindings"
	"vmhost/anchoring/outbox"
)

// registryNode is a client with a registry.
type registryNode struct {
	clientNode
	registry [20]byte
}

func (n registryNode) isAnchored(ctx context.Context, a Anchor, at uint64) (bool, error) {
	return n.c.isAnchoredAt(ctx, n.registry, a.Block.Number, a.Commitment, new(big.Int).SetUint64(at))
}

func (n registryNode) fenceOf(ctx context.Context) (uint64, error) {
	b := bindings.NewAnchorRegistry()
	var mu sync.Mutex
	lowest := ^uint64(0)
	err := n.c.everyNode(ctx, func(ctx context.Context, eth *ethclient.Client) error {
		out, err := eth.CallContract(ctx, n.c.message(&n.registry, b.PackFenceOf(n.c.from)), nil)
		if err != nil {
			return err
		}
		fence, err := b.UnpackFenceOf(out)
		mu.Lock()
		defer mu.Unlock()
		if err == nil {
			lowest = min(lowest, fence)
		}
		return err
	})
	return lowest, err
}

func (n registryNode) tryAnchor(ctx context.Context, list []Anchor, fence uint64) error {
	_, err := n.c.Call(ctx, n.registry, anchorCalldata(list, fence))
	return err
}

// gasMargin is added to an estimate, besides a quarter of it: for the clock and
// for what others do in between.
const gasMargin = 30_000

func (n registryNode) gas(ctx context.Context, call outbox.Call) (uint64, error) {
	to := [20]byte(call.To)
	gas, err := n.c.Estimate(ctx, &to, call.Data)
	if err == nil && gas > maxTxGas {
		err = fmt.Errorf("%w: %d gas for a call", errOdd, gas)
	}
	if err != nil {
		return 0, err
	}
	return min(max(withMargin(gas), leastGas(call.Data)), maxTxGas), nil
}

// leastGas is below what every node refuses a transaction (EIP-7623).
func leastGas(data []byte) uint64 {
	gas := uint64(21_000)
	for _, b := range data {
		if b == 0 {
			gas += 10
		} else {
			gas += 40
		}
	}
	return gas
}

func withMargin(gas uint64) uint64 { return gas + gas/4 + gasMargin }

func (n registryNode) whyReverted(ctx context.Context, call outbox.Call, at uint64) error {
	_, err := n.c.callAt(ctx, call.To, call.Data, new(big.Int).SetUint64(at))
	if err == nil || !errors.Is(err, ErrReverted) {
		return ErrReverted // it would succeed now, or nobody can tell
	}
	return err
}
