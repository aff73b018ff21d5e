package anchoring

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"sync"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"

	"vmhost/anchoring/outbox"
)

// node is one of a client's nodes, connected when it is first needed.
type node struct {
	url  string
	name string            // without what providers hide in URLs
	hide func(error) error // leaves only the name in errors

	mu      sync.Mutex
	eth     *ethclient.Client
	checked bool // its chain id
}

func (n *node) close() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.eth != nil {
		n.eth.Close()
	}
}

// connect returns the connection; the first time it asks for the chain id.
func (n *node) connect(ctx context.Context, want *big.Int) (*ethclient.Client, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.eth == nil {
		eth, err := ethclient.DialContext(ctx, n.url)
		if err != nil {
			return nil, fmt.Errorf("dial %s: %w", n.name, err)
		}
		n.eth = eth
	}
	if want != nil && !n.checked {
		id, err := n.eth.ChainID(ctx)
		if err != nil {
			return nil, fmt.Errorf("chain id of %s: %w", n.name, err)
		}
		if id.Cmp(want) != 0 {
			return nil, fmt.Errorf("%w: %s has chain %s, not %s", ErrOtherChain, n.name, id, want)
		}
		n.checked = true
	}
	return n.eth, nil
}

// ask puts a question to the node that answered last, and to the others while
// there is no answer. A refusal is an answer.
func (c *Client) ask(ctx context.Context, what string, f func(context.Context, *ethclient.Client) error) error {
	first := int(c.active.Load())
	var errs []error
	for i := range c.nodes {
		at := (first + i) % len(c.nodes)
		err := c.askOne(ctx, c.nodes[at], f)
		if err == nil || answered(err) {
			if i > 0 {
				c.active.Store(int32(at))
			}
			if err != nil {
				return fmt.Errorf("%s: %w", what, err)
			}
			return nil
		}
		errs = append(errs, err)
		if ctx.Err() != nil {
			break
		}
	}
	return fmt.Errorf("%s: %w", what, errors.Join(errs...))
}

func (c *Client) askOne(ctx context.Context, n *node, f func(context.Context, *ethclient.Client) error) error {
	ctx, cancel := context.WithTimeout(ctx, c.opts.Timeout)
	defer cancel()
	eth, err := n.connect(ctx, c.chainID)
	if err == nil {
		err = f(ctx, eth)
	}
	return n.hide(err)
}

// answered reports whether a node said so, rather than nothing.
func answered(err error) bool {
	if errors.Is(err, ethereum.NotFound) || errors.Is(err, ErrReverted) {
		return true
	}
	_, ok := errors.AsType[rpc.Error](err)
	return ok
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
	var r *types.Receipt
	err := n.c.ask(ctx, "receipt", func(ctx context.Context, eth *ethclient.Client) (err error) {
		r, err = eth.TransactionReceipt(ctx, hash)
		return err
	})
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

// Send implements outbox.Node.
func (n clientNode) Send(ctx context.Context, raw []byte) error {
	return n.c.ask(ctx, "send", func(ctx context.Context, eth *ethclient.Client) error {
		return eth.Client().CallContext(ctx, nil, "eth_sendRawTransaction", hexutil.Encode(raw))
	})
}
