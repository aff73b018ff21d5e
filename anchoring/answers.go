package anchoring

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"

	"vmhost/anchoring/contracts"
	"vmhost/anchoring/contracts/bindings"
	"vmhost/anchoring/outbox"
	"vmhost/statecache"
)

// tagAnswer marks the outbox's transactions that answer demands.
const tagAnswer = "answer"

// Demand is what somebody wants to be shown of an anchor, before Deadline.
type Demand struct {
	Height     uint64
	Commitment [32]byte
	Deadline   uint64 // last block
	place      bindings.DemandGamePlace
}

// key names a demand for the outbox.
func (d Demand) key() string {
	p := d.place
	return fmt.Sprintf("%d-%x-%d.%d.%d.%d", d.Height, d.Commitment, p.Kind, p.Level, p.Entry, p.Index)
}

// answerBatch bounds the places that one transaction shows.
const answerBatch = 8

// scanned is how far the registry's demands are known. Run's goroutine uses it.
type scanned struct {
	window uint64 // blocks that a demand is open
	upTo   uint64
	open   map[string]Demand
}

// rescan is how many blocks are read again: a reorganisation may have changed them.
const rescan = 64

// scan reads the demands of the blocks since the last look.
func (a *Anchorer) scan(ctx context.Context) error {
	if a.opts.Open == nil {
		return nil
	}
	head := uint64(a.out.Status().Head)
	s := &a.demands
	if s.open == nil {
		w, err := a.node.answerWindow(ctx)
		if err != nil {
			return err
		}
		s.window, s.open = w, map[string]Demand{}
		s.upTo = head - min(head, w+rescan)
	}
	if head == s.upTo {
		return nil
	}
	list, err := a.node.demands(ctx, s.upTo-min(s.upTo, rescan), head)
	if err != nil {
		return err
	}
	for _, d := range list {
		if _, ours := a.anchored(d); ours {
			s.open[d.key()] = d
		}
	}
	s.upTo = head
	return nil
}

// anchored returns the block of an anchor that a demand is about.
func (a *Anchorer) anchored(d Demand) (statecache.BlockRef, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for ref, e := range a.entries {
		if ref.Number == d.Height && e.Anchor.Commitment == d.Commitment && e.State != AnchorFailed {
			return ref, true
		}
	}
	return statecache.BlockRef{}, false
}

// answer submits an answer to open demands of one anchor; false if there is
// nothing to answer.
func (a *Anchorer) answer(ctx context.Context) (bool, error) {
	if err := a.scan(ctx); err != nil {
		return false, fmt.Errorf("demands: %w", err)
	}
	var batch []Demand
	for key, d := range a.demands.open {
		if len(batch) > 0 && (batch[0].Commitment != d.Commitment || len(batch) == answerBatch) {
			continue
		}
		open, err := a.node.demanded(ctx, d)
		if err != nil {
			return false, fmt.Errorf("demands: %w", err)
		}
		if !open {
			delete(a.demands.open, key)
			continue
		}
		batch = append(batch, d)
	}
	if len(batch) == 0 {
		return false, nil
	}
	call, err := a.answerCall(ctx, batch)
	if err != nil {
		a.log.LogAttrs(ctx, slog.LevelError, "a demand cannot be answered: the anchor will be lost", slog.Uint64("height", batch[0].Height),
			slog.Uint64("deadline", batch[0].Deadline), slog.Any("err", err))
		return false, fmt.Errorf("answer for block %d until %d: %w", batch[0].Height, batch[0].Deadline, err)
	}
	return true, a.out.Submit(ctx, call)
}

// answerCall opens the anchored block and shows what is asked for.
func (a *Anchorer) answerCall(ctx context.Context, batch []Demand) (outbox.Call, error) {
	ref, ok := a.anchored(batch[0])
	if !ok {
		return outbox.Call{}, errors.New("the anchor is forgotten")
	}
	view, release, err := a.opts.Open(ctx, ref)
	if err != nil {
		return outbox.Call{}, err
	}
	defer release()
	call := outbox.Call{To: a.opts.Registry, Tag: tagAnswer}
	var places []bindings.DemandGamePlace
	for _, d := range batch {
		places = append(places, d.place)
		call.Refs = append(call.Refs, d.key())
	}
	if call.Data, err = contracts.Answer(contracts.ViewTree(view), batch[0].Height, batch[0].Commitment, places...); err != nil {
		return outbox.Call{}, err
	}
	gas, err := a.node.gas(ctx, call)
	call.Gas = hexUint(gas)
	return call, err
}

// answerWindow is how many blocks a demand is open at most, but for crowds.
func (n registryNode) answerWindow(ctx context.Context) (uint64, error) {
	b := bindings.NewAnchorRegistry()
	out, err := n.c.Call(ctx, n.registry, b.PackConfig())
	if err != nil {
		return 0, err
	}
	config, err := b.UnpackConfig(out)
	return uint64(config.AnswerWindow), err
}

// logBlocks is how many blocks are asked for in one request.
const logBlocks = 2000

// demands reads the Demanded events of a range of blocks.
func (n registryNode) demands(ctx context.Context, from, to uint64) (out []Demand, err error) {
	b := bindings.NewAnchorRegistry()
	for ; from <= to; from += logBlocks {
		var logs []types.Log
		err = n.c.ask(ctx, "logs", func(ctx context.Context, eth *ethclient.Client) (err error) {
			logs, err = eth.FilterLogs(ctx, ethereum.FilterQuery{
				FromBlock: new(big.Int).SetUint64(from), ToBlock: new(big.Int).SetUint64(min(from+logBlocks-1, to)),
				Addresses: []common.Address{n.registry}, Topics: [][]common.Hash{{demandedTopic()}},
			})
			return err
		})
		if err != nil {
			return nil, err
		}
		for i := range logs {
			e, err := b.UnpackDemandedEvent(&logs[i])
			if err != nil {
				return nil, fmt.Errorf("demand in block %d: %w", logs[i].BlockNumber, err)
			}
			out = append(out, Demand{Height: e.Height, Commitment: e.Commitment, Deadline: e.Deadline, place: e.Place})
		}
	}
	return out, nil
}

// demandedTopic is the first topic of a Demanded event.
func demandedTopic() common.Hash {
	return crypto.Keccak256Hash([]byte("Demanded(uint64,bytes32,address,(uint8,uint8,uint16,uint64,bytes32),uint64)"))
}

// phaseOpen is DemandGame.Phase.Open.
const phaseOpen = 1

// demanded reports whether a demand is open still.
func (n registryNode) demanded(ctx context.Context, d Demand) (bool, error) {
	b := bindings.NewAnchorRegistry()
	out, err := n.c.Call(ctx, n.registry, b.PackDemandOf(d.Commitment, d.place))
	if err != nil {
		return false, err
	}
	state, err := b.UnpackDemandOf(out)
	return state.Phase == phaseOpen, err
}
