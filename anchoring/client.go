package anchoring

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"strings"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"

	"vmhost/anchoring/contracts"
	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/signer"
	"vmhost/statecache"
)

// ClientOptions configure a Client. One of Pool and URL is required.
type ClientOptions struct {
	// Pool is shared with other users of the nodes, who close it; nil makes one of
	// URL and More. Timeout is then the pool's.
	Pool *ethrpc.Pool
	// URL of the node, http(s) or ws(s).
	URL string
	// More nodes, asked in this order when the one before does not answer.
	More []string
	// Signer signs transactions; nil for a client that only reads.
	Signer signer.Signer
	// Key is a private key, 32 bytes big-endian, in the place of Signer.
	Key []byte
	// Timeout of one request; 0 means 10 s.
	Timeout time.Duration
	// TxTimeout is how long a transaction may take to be included; 0 means 60 s.
	TxTimeout time.Duration
	// Sent, if not nil, is called after each transaction was sent: an embedded
	// chain that seals on demand makes its block there.
	Sent func() error
	// Logger: nil discards.
	Logger *slog.Logger
}

// Client calls contracts and sends transactions. It is safe for concurrent use.
type Client struct {
	opts    ClientOptions
	pool    *ethrpc.Pool
	floor   floor
	signer  signer.Signer
	from    common.Address
	chainID *big.Int
	sending sync.Mutex // from reading the nonce to sending
}

// Tx is an included transaction.
type Tx struct {
	Hash    [32]byte
	Block   statecache.BlockRef // block that includes it
	GasUsed uint64
	// Contract is the created contract, zero for a call.
	Contract [20]byte
}

// RevertError is a call or transaction that reverted. It wraps ErrReverted.
type RevertError struct {
	// Data is what the contract reverted with: selector and arguments.
	Data []byte
	// Reason is the node's text.
	Reason string
}

// Error implements error.
func (e *RevertError) Error() string {
	if len(e.Data) > 0 {
		reason := contracts.Reason(e.Data)
		return fmt.Sprintf("%v: %s%s", ErrReverted, reason, inWords(reason))
	}
	return fmt.Sprintf("%v: %s", ErrReverted, e.Reason)
}

// inWords says what to do about a revert that calls for somebody, "" for others.
func inWords(reason string) string {
	name, _, _ := strings.Cut(reason, "(")
	switch name {
	case "BondMissing":
		return ": the free deposit is smaller than what it has to cover: add to it (anchor deposit)"
	case "NotAnchorer":
		return ": the registry's owner has not allowed this account to anchor (anchor allow)"
	case "BlockNotAvailable":
		return ": the block is older than what the chain remembers (8,191 blocks, 256 before Prague)"
	}
	return ""
}

// Unwrap returns ErrReverted.
func (e *RevertError) Unwrap() error { return ErrReverted }

// Dial connects to the first node that answers and asks for its chain id.
// Errors: ErrKey, ethrpc.ErrURL, those of the connection.
func Dial(ctx context.Context, opts ClientOptions) (*Client, error) {
	if opts.TxTimeout == 0 {
		opts.TxTimeout = time.Minute
	}
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	c := &Client{opts: opts, signer: opts.Signer}
	if opts.Key != nil {
		s, err := signer.FromKey(opts.Key)
		if err != nil {
			return nil, ErrKey
		}
		c.signer = s
	}
	if c.signer != nil {
		c.from = c.signer.Address()
	}
	if c.pool = opts.Pool; c.pool == nil {
		var err error
		c.pool, err = ethrpc.NewPool(append([]string{opts.URL}, opts.More...), ethrpc.PoolOptions{Timeout: opts.Timeout, Logger: opts.Logger})
		if err != nil {
			return nil, err
		}
	}
	// The pool asks each node for its chain when it connects.
	if err := c.anyNode(ctx, func(context.Context, *ethclient.Client) error { return nil }); err != nil {
		c.Close()
		return nil, fmt.Errorf("chain id: %w", err)
	}
	c.chainID = new(big.Int).SetUint64(c.pool.ChainID())
	return c, nil
}

// Close ends the connections, if they are the client's own.
func (c *Client) Close() {
	if c.opts.Pool == nil {
		c.pool.Close()
	}
}

// ChainID is the chain's id.
func (c *Client) ChainID() uint64 { return c.chainID.Uint64() }

// Address is the account that sends, zero for a client that only reads.
func (c *Client) Address() [20]byte { return c.from }

// BlockNumber returns the node's head.
func (c *Client) BlockNumber(ctx context.Context) (n uint64, err error) {
	err = c.ask(ctx, "block number", func(ctx context.Context, eth *ethclient.Client) (err error) {
		n, err = eth.BlockNumber(ctx)
		c.floor.raise(eth.Client(), n)
		return err
	})
	return n, err
}

// Balance returns an account's balance at the head, in wei.
func (c *Client) Balance(ctx context.Context, account [20]byte) (b *big.Int, err error) {
	err = c.ask(ctx, "balance", func(ctx context.Context, eth *ethclient.Client) (err error) {
		b, err = eth.BalanceAt(ctx, account, nil)
		return err
	})
	return b, err
}

// CodeAt returns a contract's code at the head; it satisfies contracts.CodeReader.
func (c *Client) CodeAt(ctx context.Context, contract common.Address, _ *big.Int) (code []byte, err error) {
	err = c.ask(ctx, "code", func(ctx context.Context, eth *ethclient.Client) (err error) {
		code, err = eth.CodeAt(ctx, contract, nil)
		return err
	})
	return code, err
}

// Call executes a call at the head without a transaction. A revert is a *RevertError.
func (c *Client) Call(ctx context.Context, to [20]byte, data []byte) ([]byte, error) {
	return c.callAt(ctx, to, data, nil)
}

// callAt is Call at the end of a block, nil for the head.
func (c *Client) callAt(ctx context.Context, to [20]byte, data []byte, at *big.Int) (out []byte, err error) {
	err = c.ask(ctx, fmt.Sprintf("call 0x%x", to), func(ctx context.Context, eth *ethclient.Client) (err error) {
		out, err = eth.CallContract(ctx, c.message(&to, data), at)
		return err
	})
	return out, err
}

// Estimate returns the gas of a transaction that would be sent now, the base
// and the call data included. A revert is a *RevertError.
func (c *Client) Estimate(ctx context.Context, to *[20]byte, data []byte) (gas uint64, err error) {
	return c.estimate(ctx, to, data, nil)
}

func (c *Client) estimate(ctx context.Context, to *[20]byte, data []byte, value *big.Int) (gas uint64, err error) {
	msg := c.message(to, data)
	msg.Value = value
	err = c.ask(ctx, "estimate", func(ctx context.Context, eth *ethclient.Client) (err error) {
		gas, err = eth.EstimateGas(ctx, msg)
		return err
	})
	return gas, err
}

func (c *Client) message(to *[20]byte, data []byte) ethereum.CallMsg {
	return ethereum.CallMsg{From: c.from, To: (*common.Address)(to), Data: data}
}

// IntrinsicGas is what a transaction costs before its first instruction: base
// and call data.
func IntrinsicGas(data []byte) uint64 {
	gas := uint64(21_000)
	for _, b := range data {
		if b == 0 {
			gas += 4
		} else {
			gas += 16
		}
	}
	return gas
}

// Send signs and sends a transaction (a creation when to is nil) and waits until
// it is included. Gas 0 is estimated. Errors: *RevertError, ErrTimeout, ErrKey
// for a client without a key.
func (c *Client) Send(ctx context.Context, to *[20]byte, data []byte, gas uint64) (Tx, error) {
	return c.SendValue(ctx, to, data, nil, gas)
}

// SendValue is Send with an amount of wei.
func (c *Client) SendValue(ctx context.Context, to *[20]byte, data []byte, value *big.Int, gas uint64) (Tx, error) {
	receipt, err := c.transact(ctx, to, data, value, gas)
	if err != nil {
		return Tx{}, err
	}
	return Tx{
		Hash: receipt.TxHash, GasUsed: receipt.GasUsed, Contract: receipt.ContractAddress,
		Block: statecache.BlockRef{Number: receipt.BlockNumber.Uint64(), Hash: receipt.BlockHash},
	}, nil
}

func (c *Client) transact(ctx context.Context, to *[20]byte, data []byte, value *big.Int, gas uint64) (*types.Receipt, error) {
	if c.signer == nil {
		return nil, fmt.Errorf("send: no key: %w", ErrKey)
	}
	if gas == 0 {
		estimate, err := c.estimate(ctx, to, data, value)
		if err != nil {
			return nil, err
		}
		gas = estimate + estimate/5
	}
	hash, err := c.submit(ctx, to, data, value, gas)
	if err != nil {
		return nil, err
	}
	if c.opts.Sent != nil {
		if err := c.opts.Sent(); err != nil {
			return nil, fmt.Errorf("after sending: %w", err)
		}
	}
	receipt, err := c.receipt(ctx, hash)
	if err != nil {
		return nil, err
	}
	if receipt.Status != types.ReceiptStatusSuccessful {
		return nil, fmt.Errorf("transaction 0x%x: %w", hash, c.whyReverted(ctx, to, data))
	}
	return receipt, nil
}

// submit signs with the next nonce and sends.
func (c *Client) submit(ctx context.Context, to *[20]byte, data []byte, value *big.Int, gas uint64) (common.Hash, error) {
	c.sending.Lock()
	defer c.sending.Unlock()
	n := c.node()
	head, err := n.Head(ctx)
	if err != nil {
		return common.Hash{}, err
	}
	_, nonce, err := n.Nonces(ctx, c.from)
	if err != nil {
		return common.Hash{}, err
	}
	tip, err := n.Tip(ctx)
	if err != nil {
		return common.Hash{}, err
	}
	feeCap := new(big.Int).Set(tip)
	if head.BaseFee != nil {
		feeCap.Add(feeCap, new(big.Int).Lsh(head.BaseFee, 1))
	}
	tx, err := c.signer.Sign(ctx, c.chainID, types.NewTx(&types.DynamicFeeTx{
		ChainID: c.chainID, Nonce: nonce, GasTipCap: tip, GasFeeCap: feeCap, Gas: gas, To: (*common.Address)(to), Value: value, Data: data,
	}))
	if err != nil {
		return common.Hash{}, fmt.Errorf("sign: %w", err)
	}
	raw, err := tx.MarshalBinary()
	if err != nil {
		return common.Hash{}, fmt.Errorf("sign: %w", err)
	}
	if err := n.Send(ctx, raw); err != nil {
		// One node may have taken it without a word, and another refused what it
		// then had from the first.
		if known, _ := n.Knows(ctx, tx.Hash()); !known {
			return common.Hash{}, err
		}
	}
	return tx.Hash(), nil
}

// receipt waits for a transaction's inclusion.
func (c *Client) receipt(ctx context.Context, hash common.Hash) (*types.Receipt, error) {
	deadline := time.Now().Add(c.opts.TxTimeout)
	for pause := 10 * time.Millisecond; ; pause = min(2*pause, 500*time.Millisecond) {
		receipt, err := c.receiptOf(ctx, hash)
		switch {
		case err == nil:
			return receipt, nil
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case !errors.Is(err, ethereum.NotFound) && !indexing(err):
			return nil, fmt.Errorf("receipt of 0x%x: %w", hash, err)
		case time.Now().After(deadline):
			return nil, fmt.Errorf("0x%x for %v: %w", hash, c.opts.TxTimeout, ErrTimeout)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
	}
}

// indexing reports whether go-ethereum still indexes transactions.
func indexing(err error) bool {
	e, ok := errors.AsType[rpc.Error](err)
	return ok && e.ErrorCode() == -32000 && e.Error() == "transaction indexing is in progress"
}

// whyReverted repeats a reverted transaction as a call, for its reason.
func (c *Client) whyReverted(ctx context.Context, to *[20]byte, data []byte) error {
	if to == nil {
		return ErrReverted
	}
	if _, err := c.Call(ctx, *to, data); errors.Is(err, ErrReverted) {
		return err
	}
	return ErrReverted // it would succeed now
}

// revertOf makes a *RevertError of a node's answer that a call reverted.
func revertOf(err error) error {
	if e, ok := errors.AsType[rpc.DataError](err); ok {
		r := &RevertError{Reason: e.Error()}
		if s, ok := e.ErrorData().(string); ok {
			if b, err := hexutil.Decode(s); err == nil {
				r.Data = b
			}
		}
		if code, ok := errors.AsType[rpc.Error](err); ok && (code.ErrorCode() == 3 || len(r.Data) > 0) {
			return r
		}
	}
	return err
}
