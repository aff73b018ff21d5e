package demo

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/big"
	"math/rand/v2"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/contracts"
	"vmhost/anchoring/contracts/bindings"
	"vmhost/anchoring/devchain"
	"vmhost/statecache"
)

// Storage layout of the contracts, see anchoring/contracts/src.
const (
	// PoolSlots is how many slots the pool has, from slot 0: reserve0, reserve1,
	// last price, cumulative price, last timestamp, swap count, volume0, volume1.
	PoolSlots = 8
	// BalanceSlot is the slot of a token's balance mapping.
	BalanceSlot = 1
)

// Names of the collections that Collections returns.
const (
	PoolCollection     = "pool"
	BalancesCollection = "balances"
)

// Options configure a Demo; the zero value is useful.
type Options struct {
	// Holders of token 0 that are watched; 0 means 32.
	Holders int
	// Swaps and Transfers in each block; 0 means 2 and 3.
	Swaps, Transfers int
	// Seed of the trading.
	Seed uint64
}

// Demo trades on a chain. It is the chain's Activity.
type Demo struct {
	// Pool, Token0 and Token1 are the contracts' addresses.
	Pool, Token0, Token1 [20]byte
	// Holders receive transfers of token 0; nobody has their keys.
	Holders [][20]byte

	opts  Options
	owner devchain.Account
	pool  *bindings.Pool
	token *bindings.Token
}

// liquidity is a million tokens of 6 decimals at a price of 2.5.
var liquidity0, liquidity1 = big.NewInt(1_000_000_000_000), big.NewInt(2_500_000_000_000)

// Deploy creates the contracts from the chain's second account, in blocks of
// their own, and lets every following block trade.
func Deploy(ctx context.Context, chain *devchain.Chain, opts Options) (*Demo, error) {
	if opts.Holders == 0 {
		opts.Holders = 32
	}
	if opts.Swaps == 0 {
		opts.Swaps = 2
	}
	if opts.Transfers == 0 {
		opts.Transfers = 3
	}
	d := &Demo{opts: opts, owner: chain.Accounts()[min(1, len(chain.Accounts())-1)], pool: bindings.NewPool(), token: bindings.NewToken()}
	for i := range opts.Holders {
		h := crypto.Keccak256(binary.BigEndian.AppendUint64([]byte("vmhost demo holder "), uint64(i)))
		d.Holders = append(d.Holders, [20]byte(h[:20]))
	}
	send := func(ctx context.Context, to *common.Address, data []byte) (*types.Receipt, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return chain.Send(d.owner, devchain.Call{To: (*[20]byte)(to), Data: data})
	}
	deployed, err := contracts.DeployDemo(ctx, send, d.owner.Address, liquidity0, liquidity1)
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	d.Pool, d.Token0, d.Token1 = deployed.Pool, deployed.Token0, deployed.Token1
	chain.SetActivity(d)
	return d, nil
}

// Collections defines what there is to watch: the pool's slots and the holders'
// balances of token 0.
func (d *Demo) Collections() []statecache.Collection {
	pool := statecache.Collection{Name: PoolCollection}
	for i := range PoolSlots {
		pool.Items = append(pool.Items, statecache.Item{Kind: statecache.KindSlot, Address: d.Pool, Slot: [32]byte{31: byte(i)}})
	}
	balances := statecache.Collection{Name: BalancesCollection, Base: [32]byte{31: BalanceSlot}}
	for _, h := range d.Holders {
		var key [32]byte
		copy(key[12:], h[:])
		balances.Items = append(balances.Items, statecache.Item{
			Kind: statecache.KindSlot, Address: d.Token0, Slot: binding.MappingSlot(key, balances.Base), Key: key,
		})
	}
	return []statecache.Collection{pool, balances}
}

// Transactions implements devchain.Activity.
func (d *Demo) Transactions(number, branch uint64, nonce func([20]byte) uint64) ([]*types.Transaction, error) {
	rng := rand.New(rand.NewPCG(d.opts.Seed^branch<<32, number)) //nolint:gosec // trading, not secrets
	next := nonce(d.owner.Address)
	var out []*types.Transaction
	sign := func(to [20]byte, data []byte) error {
		tx, err := d.owner.Sign(next, devchain.Call{To: &to, Data: data, Gas: 300_000})
		out, next = append(out, tx), next+1
		return err
	}
	for range d.opts.Swaps {
		// Up to 0.5 % of the pool, in either direction.
		zeroForOne := rng.IntN(2) == 0
		amount := big.NewInt(1 + rng.Int64N(5_000_000_000))
		if err := sign(d.Pool, d.pool.PackSwap(zeroForOne, amount, big.NewInt(0))); err != nil {
			return nil, err
		}
	}
	for range d.opts.Transfers {
		// The first holders receive more often, so that shares are unequal.
		i := min(rng.IntN(len(d.Holders)), rng.IntN(len(d.Holders)))
		amount := big.NewInt(1 + rng.Int64N(10_000_000))
		if err := sign(d.Token0, d.token.PackTransfer(d.Holders[i], amount)); err != nil {
			return nil, err
		}
	}
	return out, nil
}
