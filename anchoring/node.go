package anchoring

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"

	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/outbox"
	"vmhost/statecache"
)

// ask puts a question to the node that is followed or that answered last, and
// to others while there is no answer. A refusal is an answer, but not the answer
// of a node that lags behind what an earlier answer was based on: what it does
// not know yet (a nonce that was used, a receipt) may be there.
func (c *Client) ask(ctx context.Context, what string, f func(context.Context, *ethclient.Client) error) error {
	err := c.anyNode(ctx, func(ctx context.Context, eth *ethclient.Client) error {
		if err := c.floor.check(ctx, eth); err != nil {
			return err
		}
		return f(ctx, eth)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", what, revertOf(err))
	}
	return nil
}

// anyNode is ask of nodes that may lag.
func (c *Client) anyNode(ctx context.Context, f func(context.Context, *ethclient.Client) error) error {
	_, err := c.pool.Any(ctx, func(ctx context.Context, node *ethrpc.Client) error {
		return f(ctx, ethclient.NewClient(node.RPC()))
	}, func(err error) bool { return !answered(err) })
	return err
}

// everyNode puts a question to all healthy nodes at once, or else to those that
// back off. It fails if none answers.
func (c *Client) everyNode(ctx context.Context, f func(context.Context, *ethclient.Client) error) error {
	nodes := c.pool.Others(nil)
	if len(nodes) == 0 {
		return c.anyNode(ctx, f)
	}
	errs := make([]error, len(nodes))
	var wg sync.WaitGroup
	for i, e := range nodes {
		wg.Go(func() {
			errs[i] = e.Do(ctx, func(ctx context.Context, node *ethrpc.Client) error {
				return f(ctx, ethclient.NewClient(node.RPC()))
			})
		})
	}
	wg.Wait()
	if slices.Contains(errs, nil) {
		return nil
	}
	return revertOf(errors.Join(errs...))
}

// answered reports whether a node said so, rather than nothing, or that it is
// asked too often.
func answered(err error) bool {
	if errors.Is(err, ethereum.NotFound) || errors.Is(err, ErrReverted) {
		return true
	}
	if _, limited := ethrpc.RetryAfter(err); limited {
		return false
	}
	_, ok := errors.AsType[rpc.Error](err)
	return ok
}

// floor is the highest head that a client was told lately.
type floor struct {
	mu     sync.Mutex
	number uint64
	from   *rpc.Client
	at     time.Time
}

// floorFor is how long a head counts: a node that made one up, and went away,
// must not keep the others from being asked for ever.
const floorFor = time.Minute

func (f *floor) raise(from *rpc.Client, number uint64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.number, f.from, f.at = number, from, time.Now()
}

// check refuses a node below the floor, unless the floor is its own.
func (f *floor) check(ctx context.Context, eth *ethclient.Client) error {
	f.mu.Lock()
	number, from, old := f.number, f.from, time.Since(f.at) > floorFor
	f.mu.Unlock()
	if from == nil || from == eth.Client() || old {
		return nil
	}
	n, err := eth.BlockNumber(ctx)
	if err != nil {
		return err
	}
	if n < number {
		return fmt.Errorf("%w: at block %d, another was at %d", errLags, n, number)
	}
	f.raise(eth.Client(), n)
	return nil
}

// clientNode is the client as the outbox and the anchorer see it.
type clientNode struct{ c *Client }

func (c *Client) node() clientNode { return clientNode{c} }

// block is what is read of a block: its hash is taken from the node, because
// the header may have fields that this version does not know.
type block struct {
	Number  hexutil.Uint64 `json:"number"`
	Hash    common.Hash    `json:"hash"`
	BaseFee *hexutil.Big   `json:"baseFeePerGas"`
	Gas     hexutil.Uint64 `json:"gasLimit"`
}

func (n clientNode) block(ctx context.Context, tag string) (b block, err error) {
	err = n.c.ask(ctx, "block "+tag, func(ctx context.Context, eth *ethclient.Client) error {
		var got *block
		if err := eth.Client().CallContext(ctx, &got, "eth_getBlockByNumber", tag, false); err != nil {
			return err
		}
		if got == nil {
			return ethereum.NotFound
		}
		b = *got
		if tag == "latest" {
			n.c.floor.raise(eth.Client(), uint64(b.Number))
		}
		return nil
	})
	return b, err
}

// Head implements outbox.Node.
func (n clientNode) Head(ctx context.Context) (outbox.Head, error) {
	b, err := n.block(ctx, "latest")
	h := outbox.Head{Number: uint64(b.Number), Hash: b.Hash, GasLimit: uint64(b.Gas)}
	if b.BaseFee != nil {
		h.BaseFee = b.BaseFee.ToInt()
	}
	return h, err
}

// HashAt implements outbox.Node.
func (n clientNode) HashAt(ctx context.Context, number uint64) (common.Hash, error) {
	b, err := n.block(ctx, "0x"+strconv.FormatUint(number, 16))
	return b.Hash, err
}

// tag returns the height of "safe" or "finalized", 0 if there is none yet.
func (n clientNode) tag(ctx context.Context, name string) (uint64, error) {
	b, err := n.block(ctx, name)
	// geth says so with an error of its own before the first finalized block.
	if err != nil && answered(err) {
		return 0, nil
	}
	return uint64(b.Number), err
}

// Nonces implements outbox.Node.
func (n clientNode) Nonces(ctx context.Context, account common.Address) (latest, pending uint64, err error) {
	err = n.c.ask(ctx, "nonce", func(ctx context.Context, eth *ethclient.Client) (err error) {
		if latest, err = eth.NonceAt(ctx, account, nil); err != nil {
			return err
		}
		pending, err = eth.PendingNonceAt(ctx, account)
		return err
	})
	return latest, pending, err
}

// Balance implements outbox.Node.
func (n clientNode) Balance(ctx context.Context, account common.Address) (*big.Int, error) {
	return n.c.Balance(ctx, account)
}

// Tip implements outbox.Node.
func (n clientNode) Tip(ctx context.Context) (tip *big.Int, err error) {
	err = n.c.ask(ctx, "tip", func(ctx context.Context, eth *ethclient.Client) (err error) {
		tip, err = eth.SuggestGasTipCap(ctx)
		return err
	})
	return tip, err
}

// Knows implements outbox.Node.
func (n clientNode) Knows(ctx context.Context, hash common.Hash) (bool, error) {
	err := n.c.ask(ctx, "transaction", func(ctx context.Context, eth *ethclient.Client) error {
		_, _, err := eth.TransactionByHash(ctx, hash)
		return err
	})
	if errors.Is(err, ethereum.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// Receipt implements outbox.Node.
func (n clientNode) Receipt(ctx context.Context, hash common.Hash) (*outbox.Receipt, error) {
	r, err := n.c.receiptOf(ctx, hash)
	if errors.Is(err, ethereum.NotFound) || indexing(err) {
		return nil, nil //nolint:nilnil // as documented
	}
	if err != nil {
		return nil, err
	}
	return &outbox.Receipt{
		Hash: r.TxHash, Number: hexutil.Uint64(r.BlockNumber.Uint64()), Block: r.BlockHash,
		Success: r.Status == types.ReceiptStatusSuccessful, GasUsed: hexutil.Uint64(r.GasUsed), GasPrice: (*hexutil.Big)(r.EffectiveGasPrice),
	}, nil
}

// receiptOf asks for a receipt; it is of that transaction and names a block.
func (c *Client) receiptOf(ctx context.Context, hash common.Hash) (r *types.Receipt, err error) {
	err = c.ask(ctx, "receipt", func(ctx context.Context, eth *ethclient.Client) (err error) {
		if r, err = eth.TransactionReceipt(ctx, hash); err != nil {
			return err
		}
		if r.TxHash != hash || r.BlockNumber == nil || !r.BlockNumber.IsUint64() || r.BlockNumber.Uint64() > statecache.MaxHeight {
			return fmt.Errorf("%w: receipt of 0x%x", errOdd, hash)
		}
		return nil
	})
	return r, err
}

// Send implements outbox.Node. Another node gets the same bytes: of a nonce only
// one transaction is included.
func (n clientNode) Send(ctx context.Context, raw []byte) error {
	err := n.c.anyNode(ctx, func(ctx context.Context, eth *ethclient.Client) error {
		return eth.Client().CallContext(ctx, nil, "eth_sendRawTransaction", hexutil.Encode(raw))
	})
	if err != nil {
		return fmt.Errorf("send: %w", err)
	}
	return nil
}
