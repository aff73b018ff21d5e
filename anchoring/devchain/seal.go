package devchain

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"log/slog"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/miner"
)

// Mine seals n blocks with the transactions of the pool and of the activity.
func (c *Chain) Mine(n int) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for range n {
		if c.closed {
			return ErrClosed
		}
		if err := c.mineOne(); err != nil {
			return err
		}
	}
	return nil
}

func (c *Chain) mineOne() error {
	bc := c.eth.BlockChain()
	head := bc.CurrentBlock()
	parent := bc.GetBlock(head.Hash(), head.Number.Uint64())
	if parent == nil {
		return fmt.Errorf("head %d: %w", head.Number, ErrClosed)
	}
	pool := c.eth.TxPool()
	// The pool resets in the background after each block.
	if err := pool.Sync(); err != nil {
		return fmt.Errorf("sync pool: %w", err)
	}
	if c.activity != nil {
		txs, err := c.activity.Transactions(parent.NumberU64()+1, c.branches, func(a [20]byte) uint64 { return pool.Nonce(a) })
		if err != nil {
			return fmt.Errorf("activity: %w", err)
		}
		if err := c.Submit(txs...); err != nil {
			return err
		}
		if err := pool.Sync(); err != nil {
			return fmt.Errorf("sync pool: %w", err)
		}
	}
	block, err := c.build(parent, nil, false, c.branches)
	if err != nil {
		return err
	}
	if err := c.insert(block); err != nil {
		return err
	}
	return c.adopt(block)
}

// build assembles a block: of the given transactions, of none, or (with nil and
// empty false) of the pool's.
func (c *Chain) build(parent *types.Block, txs []*types.Transaction, empty bool, branch uint64) (*types.Block, error) {
	seed := binary.BigEndian.AppendUint64(parent.Hash().Bytes(), branch)
	beaconRoot := common.Hash(sha256.Sum256(append(seed, 'b')))
	args := &miner.BuildPayloadArgs{
		Parent:    parent.Hash(),
		Timestamp: max(uint64(time.Now().Unix()), parent.Time()+1),
		Random:    sha256.Sum256(append(seed, 'r')),
		// Non-zero, so that EIP-4788 answers something to check.
		BeaconRoot: &beaconRoot,
	}
	block, _, err := c.eth.Miner().BuildTestingPayload(args, txs, empty, nil)
	if err != nil {
		return nil, fmt.Errorf("build block %d: %w", parent.NumberU64()+1, err)
	}
	return block, nil
}

// insert executes and stores a block without making it the head.
func (c *Chain) insert(block *types.Block) error {
	if _, err := c.eth.BlockChain().InsertBlockWithoutSetHead(context.Background(), block, false); err != nil {
		return fmt.Errorf("insert block %d: %w", block.NumberU64(), err)
	}
	return nil
}

// adopt makes a stored block the head and moves safe and finalized.
func (c *Chain) adopt(block *types.Block) error {
	bc := c.eth.BlockChain()
	number := block.NumberU64()
	finalized := uint64(0)
	if number > c.opts.FinalityDepth {
		finalized = number - c.opts.FinalityDepth
	}
	safe := max(finalized, number-min(number, c.opts.FinalityDepth/2))
	if _, err := bc.SetCanonical(block); err != nil {
		return fmt.Errorf("adopt block %d: %w", number, err)
	}
	if h := bc.GetHeaderByNumber(finalized); h != nil {
		bc.SetFinalized(h)
	}
	if h := bc.GetHeaderByNumber(safe); h != nil {
		bc.SetSafe(h)
	}
	return nil
}

// BlockID names a block.
type BlockID struct {
	Number uint64
	Hash   [32]byte
}

// ReorgOptions refine Reorg.
type ReorgOptions struct {
	// Extra is how much longer the sibling branch is; 0 means 1, -1 the same
	// length, -2 one shorter and so on.
	Extra int
	// Empty leaves the activity's transactions out of the siblings.
	Empty bool
	// Force allows to revert finalized blocks: a fault that no honest chain has.
	Force bool
}

// Reorged tells what Reorg did.
type Reorged struct {
	// Ancestor is the last common block.
	Ancestor BlockID
	// Old is the head before, New the head after.
	Old, New BlockID
}

// Reorg replaces the last depth blocks by a longer sibling branch at once:
// subscribers of newHeads get one header, the tip, whose parent they have never
// seen. Siblings hold the activity's transactions of another branch number;
// reverted transactions of others return to the pool.
func (c *Chain) Reorg(depth uint64, opts ReorgOptions) (Reorged, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return Reorged{}, ErrClosed
	}
	bc := c.eth.BlockChain()
	old := bc.CurrentBlock()
	if depth == 0 || depth >= old.Number.Uint64() {
		return Reorged{}, fmt.Errorf("depth %d at head %d: %w", depth, old.Number, ErrTooDeep)
	}
	ancestor := bc.GetBlockByNumber(old.Number.Uint64() - depth)
	if f := bc.CurrentFinalBlock(); f != nil && f.Number.Uint64() > ancestor.NumberU64() && !opts.Force {
		return Reorged{}, fmt.Errorf("ancestor %d, finalized %d: %w", ancestor.NumberU64(), f.Number, ErrFinalized)
	}
	c.branches++
	tip, err := c.siblings(ancestor, siblingCount(depth, opts.Extra), opts.Empty)
	if err != nil {
		return Reorged{}, err
	}
	if err := c.adopt(tip); err != nil {
		return Reorged{}, err
	}
	r := Reorged{
		Ancestor: BlockID{ancestor.NumberU64(), ancestor.Hash()},
		Old:      BlockID{old.Number.Uint64(), old.Hash()},
		New:      BlockID{tip.NumberU64(), tip.Hash()},
	}
	c.log.LogAttrs(context.Background(), slog.LevelInfo, "reorganised", slog.Uint64("ancestor", r.Ancestor.Number),
		slog.Uint64("depth", depth), slog.Uint64("head", r.New.Number))
	return r, nil
}

func siblingCount(depth uint64, extra int) uint64 {
	switch {
	case extra > 0:
		return depth + uint64(extra)
	case extra == 0:
		return depth + 1
	default:
		return max(1, depth-min(depth, uint64(-extra-1)))
	}
}

// siblings builds and stores n blocks on the ancestor and returns the last.
func (c *Chain) siblings(ancestor *types.Block, n uint64, empty bool) (*types.Block, error) {
	parent := ancestor
	for range n {
		var txs []*types.Transaction
		if c.activity != nil && !empty {
			state, err := c.eth.BlockChain().StateAt(parent.Root(), parent.Number(), parent.Time())
			if err != nil {
				return nil, fmt.Errorf("state of %d: %w", parent.NumberU64(), err)
			}
			txs, err = c.activity.Transactions(parent.NumberU64()+1, c.branches, func(a [20]byte) uint64 { return state.GetNonce(a) })
			if err != nil {
				return nil, fmt.Errorf("activity: %w", err)
			}
		}
		block, err := c.build(parent, txs, len(txs) == 0, c.branches)
		if err != nil {
			return nil, err
		}
		if err := c.insert(block); err != nil {
			return nil, err
		}
		parent = block
	}
	return parent, nil
}
