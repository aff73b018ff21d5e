package anchoring

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math/big"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"

	"vmhost/anchoring/contracts/bindings"
	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/outbox"
)

// What package watchtower, and whoever else plays the anchor game, needs of a node.

// OpenOutbox opens the store of the client's transactions. Node, signer, chain
// and store of the options are set here. Errors: ErrKey, those of outbox.Open.
func (c *Client) OpenOutbox(store outbox.Store, opts outbox.Options) (*outbox.Outbox, error) {
	if c.signer == nil {
		return nil, fmt.Errorf("outbox: no key: %w", ErrKey)
	}
	opts.Node, opts.Signer, opts.Store, opts.ChainID, opts.Sent = c.node(), c.signer, store, c.chainID, c.opts.Sent
	return outbox.Open(opts)
}

// Head returns the node's head.
func (c *Client) Head(ctx context.Context) (outbox.Head, error) { return c.node().Head(ctx) }

// HashAt returns the hash of the canonical block at a height.
func (c *Client) HashAt(ctx context.Context, number uint64) (common.Hash, error) {
	return c.node().HashAt(ctx, number)
}

// EstimateValue is Estimate of a transaction with an amount of wei. A revert is
// a *RevertError.
func (c *Client) EstimateValue(ctx context.Context, to [20]byte, data []byte, value *big.Int) (uint64, error) {
	return c.estimate(ctx, &to, data, value)
}

// GasPrice is what a transaction costs now, in wei a gas: base fee and tip.
func (c *Client) GasPrice(ctx context.Context) (*big.Int, error) {
	head, err := c.Head(ctx)
	if err != nil {
		return nil, err
	}
	tip, err := c.node().Tip(ctx)
	if err != nil || head.BaseFee == nil {
		return tip, err
	}
	return tip.Add(tip, head.BaseFee), nil
}

// WithNode runs f with a checked connection to the first node that can be reached.
func (c *Client) WithNode(ctx context.Context, f func(*ethrpc.Client) error) error {
	return c.withEthrpc(ctx, f)
}

// RecordAt reads the registry's record of a height, zeros if there is none.
func (c *Client) RecordAt(ctx context.Context, registry [20]byte, height uint64) (bindings.BondsRecord, error) {
	return c.recordAt(ctx, registry, height)
}

// Logs reads the registry's logs of a range of blocks, in order. All nodes are
// asked, since one may hide what it wants: what any tells is there, but for an
// anchor's fall and a bond's return, which all must tell that are not behind.
func (c *Client) Logs(ctx context.Context, registry [20]byte, from, to uint64) (out []types.Log, err error) {
	var mu sync.Mutex
	told, abreast := map[string]types.Log{}, 0
	count := map[string]int{}
	err = c.everyNode(ctx, func(ctx context.Context, eth *ethclient.Client) error {
		head, err := eth.BlockNumber(ctx)
		if err != nil {
			return err
		}
		list, err := logsOf(ctx, eth, registry, from, to)
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		if head >= to {
			abreast++
		}
		said := map[string]bool{} // a node counts once, however often it says so
		for _, l := range list {
			key := fmt.Sprintf("%x %d %x %x", l.BlockHash, l.Index, l.Topics, l.Data)
			if told[key] = l; head >= to && !said[key] {
				said[key] = true
				count[key]++
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("logs: %w", err)
	}
	if abreast == 0 {
		return nil, fmt.Errorf("logs: %w: none is at block %d", errLags, to)
	}
	ends := []common.Hash{eventTopics()[eventRevoked], crypto.Keccak256Hash([]byte("Refunded(bytes32,address,(uint8,uint8,uint16,uint64,bytes32))"))}
	for key, l := range told {
		if count[key] == abreast || len(l.Topics) > 0 && !slices.Contains(ends, l.Topics[0]) {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, func(x, y types.Log) int {
		return cmp.Or(cmp.Compare(x.BlockNumber, y.BlockNumber), cmp.Compare(x.Index, y.Index), bytes.Compare(x.Data, y.Data))
	})
	return out, nil
}

// logsOf asks one node.
func logsOf(ctx context.Context, eth *ethclient.Client, registry [20]byte, from, to uint64) (out []types.Log, err error) {
	for ; from <= to; from += logBlocks {
		logs, err := eth.FilterLogs(ctx, ethereum.FilterQuery{
			FromBlock: new(big.Int).SetUint64(from), ToBlock: new(big.Int).SetUint64(min(from+logBlocks-1, to)),
			Addresses: []common.Address{registry},
		})
		if err != nil {
			return nil, err
		}
		for i := range logs {
			if logs[i].Address != registry { // anyone can make such events
				return nil, fmt.Errorf("%w: event of 0x%x", errOdd, logs[i].Address)
			}
		}
		out = append(out, logs...)
	}
	return out, nil
}

// RegistryAccount is what a registry holds for an account, in wei.
type RegistryAccount struct {
	Free      *big.Int // for anchors
	Leaving   *big.Int // to be had from block LeavingAt on
	LeavingAt uint64
	Payable   *big.Int // rewards, refunds, earned bonds: to be had at once
}

// RegistryAccount reads an account of a registry.
func (c *Client) RegistryAccount(ctx context.Context, registry, account [20]byte) (RegistryAccount, error) {
	b := bindings.NewAnchorRegistry()
	out, err := c.Call(ctx, registry, b.PackAccountOf(account))
	if err != nil {
		return RegistryAccount{}, err
	}
	a, err := b.UnpackAccountOf(out)
	if err != nil {
		return RegistryAccount{}, fmt.Errorf("accountOf: %w", err)
	}
	payable, err := c.Payable(ctx, registry, account)
	return RegistryAccount{Free: a.Free, Leaving: a.Leaving, LeavingAt: uint64(a.LeavingAt), Payable: payable}, err
}
