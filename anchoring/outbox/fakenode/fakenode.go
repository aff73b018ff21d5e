// Package fakenode is a chain without an EVM for tests of package outbox and of
// what stands on it: accounts with nonces, a pool with geth's rules, blocks,
// reorganisations, and faults at every call.
package fakenode

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"

	"vmhost/anchoring/outbox"
)

// ChainID of the chain.
const ChainID = 1337

// Error is an answer of the node.
type Error string

// Error implements error.
func (e Error) Error() string { return string(e) }

// ErrorCode implements rpc.Error.
func (e Error) ErrorCode() int { return -32000 }

// ErrFault is what a failing call returns.
var ErrFault = errors.New("connection reset")

// Crash is the value of the panic that stands for the end of the process.
type Crash struct{}

// Fault is what goes wrong at one call.
type Fault string

// Faults of a call.
const (
	None       Fault = ""
	Fail       Fault = "fails"
	FailAfter  Fault = "fails after its effect"
	CrashAt    Fault = "process ends before it"
	CrashAfter Fault = "process ends after its effect"
)

// Faults decides what goes wrong: one call, counted over all, or two.
type Faults struct {
	At   int // 1 is the first call; 0 never
	Kind Fault
	// Then is how many calls later the second goes wrong; 0 never.
	Then     int
	ThenKind Fault

	N    int            // calls so far
	Hit  string         // the call that went wrong
	Seen map[string]int // calls by name
}

// Around performs a call with its fault.
func (f *Faults) Around(name string, effect func() error) error {
	f.N++
	if f.Seen == nil {
		f.Seen = map[string]int{}
	}
	f.Seen[name]++
	kind := None
	if f.N == f.At {
		kind, f.Hit = f.Kind, name
	}
	if f.Then > 0 && f.N == f.At+f.Then {
		kind = f.ThenKind
	}
	if kind == Fail {
		return ErrFault
	}
	if kind == CrashAt {
		panic(Crash{})
	}
	err := effect()
	if kind == FailAfter {
		return errors.Join(err, ErrFault)
	}
	if kind == CrashAfter {
		panic(Crash{})
	}
	return err
}

// Block of the chain.
type Block struct {
	Head     outbox.Head
	Receipts map[common.Hash]*outbox.Receipt
	txs      []*types.Transaction
}

// Chain is the fake. Its fields may be set between calls.
type Chain struct {
	Faults  *Faults
	BaseFee *big.Int
	TipWei  *big.Int
	// MinTip is below what the pool finds underpriced.
	MinTip *big.Int
	// Execute decides whether a transaction succeeds in a block, given the hashes
	// of its chain; it is told again after a reorganisation. nil: all succeed.
	Execute func(tx *types.Transaction, block outbox.Head, canonical func(uint64) common.Hash) bool
	// Answer, if not nil, may refuse a sent transaction.
	Answer func(tx *types.Transaction) error
	// FirstNonce is what all accounts begin with.
	FirstNonce uint64
	// Ignore keeps pooled transactions out of blocks.
	Ignore bool

	mu       sync.Mutex
	blocks   []*Block
	pool     map[common.Hash]*types.Transaction
	balances map[common.Address]*big.Int
	branch   int
	sent     int
}

// New makes a chain of one block.
func New() *Chain {
	c := &Chain{
		Faults: &Faults{}, BaseFee: big.NewInt(1e9), TipWei: big.NewInt(1e8), MinTip: big.NewInt(0),
		pool: map[common.Hash]*types.Transaction{}, balances: map[common.Address]*big.Int{},
	}
	c.append(false)
	return c
}

// Fund sets an account's balance, in wei.
func (c *Chain) Fund(a common.Address, wei *big.Int) { c.balances[a] = wei }

func (c *Chain) append(take bool) {
	n := uint64(len(c.blocks))
	sum := sha256.Sum256(fmt.Appendf(nil, "block %d of branch %d", n, c.branch))
	b := &Block{Head: outbox.Head{Number: n, Hash: sum, BaseFee: new(big.Int).Set(c.BaseFee)}, Receipts: map[common.Hash]*outbox.Receipt{}}
	c.blocks = append(c.blocks, b)
	for again := take; again; {
		again = false
		for _, hash := range slices.SortedFunc(maps.Keys(c.pool), func(x, y common.Hash) int { return x.Cmp(y) }) {
			tx := c.pool[hash]
			from := sender(tx)
			if c.nonce(from) != tx.Nonce() || tx.GasFeeCap().Cmp(c.BaseFee) < 0 {
				continue
			}
			delete(c.pool, hash)
			ok := c.Execute == nil || c.Execute(tx, b.Head, c.hash)
			b.txs = append(b.txs, tx)
			b.Receipts[hash] = &outbox.Receipt{
				Hash: hash, Number: hexutil.Uint64(n), Block: b.Head.Hash, Success: ok, GasUsed: 50_000, GasPrice: (*hexutil.Big)(tx.GasFeeCap()),
			}
			again = true
		}
	}
	for hash, tx := range c.pool { // what can never be included any more
		if tx.Nonce() < c.nonce(sender(tx)) {
			delete(c.pool, hash)
		}
	}
}

func sender(tx *types.Transaction) common.Address {
	from, err := types.Sender(types.LatestSignerForChainID(big.NewInt(ChainID)), tx)
	if err != nil {
		panic(err)
	}
	return from
}

// nonce counts an account's transactions in the chain.
func (c *Chain) nonce(a common.Address) uint64 {
	n := c.FirstNonce
	for _, b := range c.blocks {
		for _, tx := range b.txs {
			if sender(tx) == a {
				n++
			}
		}
	}
	return n
}

// Mine makes blocks of what the pool holds.
func (c *Chain) Mine(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for range n {
		c.append(!c.Ignore)
	}
}

// Reorg replaces the last depth blocks by one more. Their transactions go back
// to the pool, if keep, and into the first new block if take.
func (c *Chain) Reorg(depth int, keep, take bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.branch++
	old := c.blocks[len(c.blocks)-depth:]
	c.blocks = c.blocks[:len(c.blocks)-depth]
	for _, b := range old {
		for _, tx := range b.txs {
			if keep {
				c.pool[tx.Hash()] = tx
			}
		}
	}
	for range depth + 1 {
		c.append(take)
	}
}

// DropPool forgets what waits.
func (c *Chain) DropPool() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.pool)
}

// Executed lists the successful transactions of the chain.
func (c *Chain) Executed() []*types.Transaction { return c.ExecutedUpTo(c.Number()) }

// ExecutedUpTo lists the successful transactions up to a height.
func (c *Chain) ExecutedUpTo(number uint64) (out []*types.Transaction) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, b := range c.blocks[:min(number+1, uint64(len(c.blocks)))] {
		for _, tx := range b.txs {
			if b.Receipts[tx.Hash()].Success {
				out = append(out, tx)
			}
		}
	}
	return out
}

// ExecutedIn lists the successful transactions of a block.
func (c *Chain) ExecutedIn(number uint64) (out []*types.Transaction) {
	c.mu.Lock()
	defer c.mu.Unlock()
	b := c.blocks[number]
	for _, tx := range b.txs {
		if b.Receipts[tx.Hash()].Success {
			out = append(out, tx)
		}
	}
	return out
}

// Included counts all transactions of the chain.
func (c *Chain) Included() (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, b := range c.blocks {
		n += len(b.txs)
	}
	return n
}

// Pooled lists what waits.
func (c *Chain) Pooled() []*types.Transaction {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Collect(maps.Values(c.pool))
}

// Number is the height of the head.
func (c *Chain) Number() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return uint64(len(c.blocks)) - 1
}

// BlockHash is the canonical hash at a height, zero above the head.
func (c *Chain) BlockHash(n uint64) common.Hash {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.hash(n)
}

func (c *Chain) hash(n uint64) common.Hash {
	if n >= uint64(len(c.blocks)) {
		return common.Hash{}
	}
	return c.blocks[n].Head.Hash
}

func (c *Chain) do(name string, effect func() error) error {
	return c.Faults.Around(name, func() error {
		c.mu.Lock()
		defer c.mu.Unlock()
		return effect()
	})
}

// Head implements outbox.Node.
func (c *Chain) Head(context.Context) (h outbox.Head, err error) {
	err = c.do("head", func() error { h = c.blocks[len(c.blocks)-1].Head; return nil })
	return h, err
}

// HashAt implements outbox.Node.
func (c *Chain) HashAt(_ context.Context, number uint64) (h common.Hash, err error) {
	err = c.do("hashAt", func() error {
		if number >= uint64(len(c.blocks)) {
			return Error("no such block")
		}
		h = c.blocks[number].Head.Hash
		return nil
	})
	return h, err
}

// Nonces implements outbox.Node.
func (c *Chain) Nonces(_ context.Context, account common.Address) (latest, pending uint64, err error) {
	err = c.do("nonces", func() error {
		latest = c.nonce(account)
		pending = latest
		for again := true; again; {
			again = false
			for _, tx := range c.pool {
				if sender(tx) == account && tx.Nonce() == pending {
					pending++
					again = true
				}
			}
		}
		return nil
	})
	return latest, pending, err
}

// Balance implements outbox.Node.
func (c *Chain) Balance(_ context.Context, account common.Address) (b *big.Int, err error) {
	err = c.do("balance", func() error { b = c.balance(account); return nil })
	return b, err
}

func (c *Chain) balance(account common.Address) *big.Int {
	if b, ok := c.balances[account]; ok {
		return new(big.Int).Set(b)
	}
	return new(big.Int).Lsh(big.NewInt(1), 100)
}

// Tip implements outbox.Node.
func (c *Chain) Tip(context.Context) (t *big.Int, err error) {
	err = c.do("tip", func() error { t = new(big.Int).Set(c.TipWei); return nil })
	return t, err
}

// Knows implements outbox.Node.
func (c *Chain) Knows(_ context.Context, hash common.Hash) (known bool, err error) {
	err = c.do("knows", func() error {
		_, known = c.pool[hash]
		for _, b := range c.blocks {
			known = known || b.Receipts[hash] != nil
		}
		return nil
	})
	return known, err
}

// Receipt implements outbox.Node.
func (c *Chain) Receipt(_ context.Context, hash common.Hash) (r *outbox.Receipt, err error) {
	err = c.do("receipt", func() error {
		for _, b := range c.blocks {
			if b.Receipts[hash] != nil {
				r = b.Receipts[hash]
			}
		}
		return nil
	})
	return r, err
}

// Sent counts the transactions that the pool took.
func (c *Chain) Sent() int { return c.sent }

// Send implements outbox.Node.
func (c *Chain) Send(_ context.Context, raw []byte) error {
	return c.do("send", func() error { return c.take(raw) })
}

func (c *Chain) take(raw []byte) error {
	tx := new(types.Transaction)
	if err := tx.UnmarshalBinary(raw); err != nil {
		return Error("rlp: " + err.Error())
	}
	if c.Answer != nil {
		if err := c.Answer(tx); err != nil {
			return err
		}
	}
	from := sender(tx)
	switch cost := new(big.Int).Add(new(big.Int).Mul(tx.GasFeeCap(), new(big.Int).SetUint64(tx.Gas())), tx.Value()); {
	case c.pool[tx.Hash()] != nil:
		return Error("already known")
	case tx.Nonce() < c.nonce(from):
		return Error("nonce too low: next nonce 1, tx nonce 0")
	case cost.Cmp(c.balance(from)) > 0:
		return Error("insufficient funds for gas * price + value: balance 0, tx cost 1, overshot 1")
	case tx.GasTipCap().Cmp(c.MinTip) < 0:
		return Error("transaction underpriced: gas tip cap 1, minimum needed 2")
	}
	for hash, old := range c.pool {
		if sender(old) != from || old.Nonce() != tx.Nonce() {
			continue
		}
		if tx.GasFeeCap().Cmp(tenthMore(old.GasFeeCap())) < 0 || tx.GasTipCap().Cmp(tenthMore(old.GasTipCap())) < 0 {
			return Error("replacement transaction underpriced")
		}
		delete(c.pool, hash)
	}
	c.pool[tx.Hash()] = tx
	c.sent++
	return nil
}

func tenthMore(x *big.Int) *big.Int {
	v := new(big.Int).Mul(x, big.NewInt(110))
	return v.Div(v, big.NewInt(100))
}

// Store is a store whose writes can fail. What is written survives crashes.
type Store struct {
	outbox.Mem
	Faults *Faults
}

// Write implements outbox.Store.
func (s *Store) Write(batch map[string][]byte) error {
	err := s.Faults.Around("store", func() error { return s.Mem.Write(batch) })
	if err != nil {
		return fmt.Errorf("%w: %w", outbox.ErrStore, err)
	}
	return nil
}
