package devchain

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/eth"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/eth/filters"
	"github.com/ethereum/go-ethereum/eth/tracers"
	_ "github.com/ethereum/go-ethereum/eth/tracers/native" // prestateTracer and callTracer
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rpc"
)

// Activity makes the transactions that a block gets beside those of the pool,
// so that state changes in every block. It is called with the chain's lock
// held: it must not call Mine or Reorg.
type Activity interface {
	// Transactions returns signed transactions for block number. Branch is 0 on
	// the first branch and differs in every sibling, so that siblings can differ.
	// Nonce is an account's next nonce on that branch, without the transactions
	// returned by this call.
	Transactions(number, branch uint64, nonce func([20]byte) uint64) ([]*types.Transaction, error)
}

// Chain is a running development chain.
type Chain struct {
	opts     Options
	log      *slog.Logger
	stack    *node.Node
	eth      *eth.Ethereum
	accounts []Account

	mu       sync.Mutex // serialises sealing and reorganising
	activity Activity
	branches uint64 // siblings made so far
	closed   bool

	stop context.CancelFunc
	done chan struct{} // closed when the sealing loop has ended
}

// New starts a chain. The caller must Close it.
func New(opts Options) (*Chain, error) {
	c := &Chain{opts: opts.withDefaults(), done: make(chan struct{})}
	c.log = c.opts.Logger
	for i := range c.opts.Accounts {
		a, err := accountAt(i)
		if err != nil {
			return nil, err
		}
		c.accounts = append(c.accounts, a)
	}
	if err := c.startNode(); err != nil {
		return nil, errors.Join(err, c.closeNode())
	}
	ctx, stop := context.WithCancel(context.Background())
	c.stop = stop
	go c.loop(ctx)
	c.log.LogAttrs(ctx, slog.LevelInfo, "development chain started", slog.String("url", c.WSURL()))
	return c, nil
}

// startNode assembles and starts the go-ethereum node.
func (c *Chain) startNode() error {
	modules := []string{"eth", "net", "web3", "debug", "txpool", "devnet"}
	nodeConf := node.DefaultConfig
	nodeConf.Name = "vmhost-dev"
	nodeConf.DataDir = ""
	nodeConf.P2P = p2p.Config{NoDiscovery: true, NoDial: true}
	// The same host and port for both: go-ethereum serves them on one listener.
	nodeConf.HTTPHost, nodeConf.HTTPPort, nodeConf.HTTPModules = c.opts.Host, c.opts.Port, modules
	nodeConf.WSHost, nodeConf.WSPort, nodeConf.WSModules = c.opts.Host, c.opts.Port, modules

	ethConf := ethconfig.Defaults
	ethConf.Genesis = c.genesis()
	ethConf.NetworkId = ChainID
	ethConf.SyncMode = ethconfig.FullSync
	ethConf.StateScheme = rawdb.HashScheme // with NoPruning: proofs of every block
	ethConf.NoPruning = true
	ethConf.TxPool.NoLocals = true
	ethConf.LogNoHistory = true
	ethConf.Miner.GasCeil = c.opts.GasLimit
	// A small machine runs the chain beside the prover.
	ethConf.DatabaseCache, ethConf.TrieCleanCache, ethConf.TrieDirtyCache, ethConf.SnapshotCache = 16, 16, 16, 0

	stack, err := node.New(&nodeConf)
	if err != nil {
		return fmt.Errorf("new node: %w", err)
	}
	c.stack = stack
	if c.eth, err = eth.New(stack, &ethConf); err != nil {
		return fmt.Errorf("new chain: %w", err)
	}
	filterSystem := filters.NewFilterSystem(c.eth.APIBackend, filters.Config{})
	stack.RegisterAPIs([]rpc.API{
		{Namespace: "eth", Service: filters.NewFilterAPI(filterSystem)},
		{Namespace: "devnet", Service: &devnetAPI{chain: c}},
	})
	stack.RegisterAPIs(tracers.APIs(c.eth.APIBackend))
	if err := stack.Start(); err != nil {
		return fmt.Errorf("start node: %w", err)
	}
	c.eth.SetSynced() // accept transactions
	return nil
}

// genesis holds the system contracts (EIP-2935, EIP-4788 and others) and the
// funded accounts, under the rules of the last released fork.
func (c *Chain) genesis() *core.Genesis {
	config := *params.AllDevChainProtocolChanges
	config.BogotaTime = nil
	alloc := core.SystemContractAllocs()
	funds := new(big.Int).Lsh(big.NewInt(1), 100)
	for _, a := range c.accounts {
		alloc[a.Address] = types.Account{Balance: funds}
	}
	return &core.Genesis{
		Config: &config, GasLimit: c.opts.GasLimit, Timestamp: c.opts.GenesisTime,
		BaseFee: big.NewInt(params.InitialBaseFee), Difficulty: big.NewInt(0), Alloc: alloc,
	}
}

// loop seals a block each period until Close.
func (c *Chain) loop(ctx context.Context) {
	defer close(c.done)
	if c.opts.Period <= 0 {
		return
	}
	ticker := time.NewTicker(c.opts.Period)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := c.Mine(1); err != nil {
				c.log.LogAttrs(ctx, slog.LevelError, "sealing failed", slog.Any("err", err))
			}
		}
	}
}

// Close stops sealing and the node; it returns when both have ended.
func (c *Chain) Close() error {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return nil
	}
	c.closed = true
	c.mu.Unlock()
	c.stop()
	<-c.done
	return c.closeNode()
}

func (c *Chain) closeNode() error {
	if c.stack == nil {
		return nil
	}
	if err := c.stack.Close(); err != nil {
		return fmt.Errorf("close node: %w", err)
	}
	return nil
}

// HTTPURL is the address of the JSON-RPC server over HTTP.
func (c *Chain) HTTPURL() string { return c.stack.HTTPEndpoint() }

// WSURL is the address of the JSON-RPC server over websocket.
func (c *Chain) WSURL() string { return c.stack.WSEndpoint() }

// Accounts returns the funded accounts; the first deploys by convention.
func (c *Chain) Accounts() []Account { return c.accounts }

// Head returns number and hash of the head.
func (c *Chain) Head() (number uint64, hash [32]byte) {
	h := c.eth.BlockChain().CurrentBlock()
	return h.Number.Uint64(), h.Hash()
}

// SetActivity gives every following block, siblings included, the transactions
// of a; nil stops that.
func (c *Chain) SetActivity(a Activity) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.activity = a
}

// SetFinalityDepth changes Options.FinalityDepth from the next block on.
func (c *Chain) SetFinalityDepth(depth uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.opts.FinalityDepth = max(depth, 1)
}

// Execute signs the call with the account's next nonce, seals a block and
// returns the address of a created contract (zero for a call). A transaction
// that reverts is an error wrapping ErrReverted.
func (c *Chain) Execute(from Account, call Call) ([20]byte, error) {
	receipt, err := c.Send(from, call)
	if err != nil {
		return [20]byte{}, err
	}
	return receipt.ContractAddress, nil
}

// Send is Execute with the receipt, for the packages of this folder.
func (c *Chain) Send(from Account, call Call) (*types.Receipt, error) {
	nonce, err := c.eth.APIBackend.GetPoolNonce(context.Background(), from.Address)
	if err != nil {
		return nil, fmt.Errorf("nonce: %w", err)
	}
	tx, err := from.Sign(nonce, call)
	if err != nil {
		return nil, err
	}
	if err := c.Submit(tx); err != nil {
		return nil, err
	}
	if err := c.Mine(1); err != nil {
		return nil, err
	}
	return c.receipt(tx.Hash())
}

// Submit puts transactions in the pool.
func (c *Chain) Submit(txs ...*types.Transaction) error {
	errs := c.eth.TxPool().Add(txs, true)
	for i, tx := range txs {
		if err := errs[i]; err != nil {
			return fmt.Errorf("submit %x: %w", tx.Hash(), err)
		}
	}
	return nil
}

// receipt returns the receipt of an included transaction that succeeded.
func (c *Chain) receipt(hash common.Hash) (*types.Receipt, error) {
	ok, tx, blockHash, _, index := c.eth.APIBackend.GetCanonicalTransaction(hash)
	if !ok {
		return nil, fmt.Errorf("transaction %x: %w", hash, ErrNotIncluded)
	}
	receipts := c.eth.BlockChain().GetReceiptsByHash(blockHash)
	if index >= uint64(len(receipts)) || receipts[index].Status != types.ReceiptStatusSuccessful {
		return nil, fmt.Errorf("transaction %x to %v: %w", hash, tx.To(), ErrReverted)
	}
	return receipts[index], nil
}
