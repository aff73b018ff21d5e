package anchoring

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/big"
	"slices"
	"strings"

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
	upTo uint64
	open map[string]Demand
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
		s.open = map[string]Demand{}
		// Many open demands lengthen each other's time: the answer window is not
		// how old one can be.
		s.upTo = head - min(head, a.keep()+rescan)
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
	if err := a.learn(ctx); err != nil {
		return false, err
	}
	if err := a.scan(ctx); err != nil {
		return false, fmt.Errorf("demands: %w", err)
	}
	var failed error
	for skip := map[[32]byte]bool{}; ; {
		batch, err := a.urgent(ctx, skip)
		if err != nil || len(batch) == 0 {
			return false, errors.Join(failed, err)
		}
		call, err := a.answerCall(ctx, batch)
		if err == nil {
			return true, a.out.Submit(ctx, call)
		}
		a.log.LogAttrs(ctx, slog.LevelError, "a demand cannot be answered: the anchor will be lost", slog.Uint64("height", batch[0].Height),
			slog.Uint64("deadline", batch[0].Deadline), slog.Any("err", err))
		failed = errors.Join(failed, fmt.Errorf("answer for block %d until %d: %w", batch[0].Height, batch[0].Deadline, err))
		skip[batch[0].Commitment] = true // the others must not wait for it
	}
}

// urgent lists open demands of the anchor whose time ends first, but for those
// of some anchors.
func (a *Anchorer) urgent(ctx context.Context, skip map[[32]byte]bool) (batch []Demand, err error) {
	list := slices.SortedFunc(maps.Values(a.demands.open), func(x, y Demand) int {
		return cmp.Or(cmp.Compare(x.Deadline, y.Deadline), strings.Compare(x.key(), y.key()))
	})
	for _, d := range list {
		if skip[d.Commitment] || len(batch) > 0 && batch[0].Commitment != d.Commitment {
			continue
		}
		open, err := a.node.demanded(ctx, d)
		if err != nil {
			return nil, fmt.Errorf("demands: %w", err)
		}
		if !open {
			delete(a.demands.open, d.key())
			continue
		}
		if batch = append(batch, d); len(batch) == answerBatch {
			break
		}
	}
	return batch, nil
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
	var shown []contracts.Shown
	for _, d := range batch {
		part, err := contracts.Show(contracts.ViewTree(view), d.Height, d.Commitment, d.place)
		if err != nil {
			return outbox.Call{}, err
		}
		shown = append(shown, part)
		call.Refs = append(call.Refs, d.key())
	}
	call.Data = contracts.Answer(shown...)
	gas, err := a.node.gas(ctx, call)
	call.Gas = hexUint(gas)
	return call, err
}

// learn reads the registry's terms, once.
func (a *Anchorer) learn(ctx context.Context) error {
	if a.terms != nil {
		return nil
	}
	t, err := a.node.terms(ctx)
	if err != nil {
		return fmt.Errorf("terms of the registry: %w", err)
	}
	a.terms = &t
	return nil
}

// keep is how many blocks an anchor is remembered: at least while it can be
// challenged, because demands about it must be answered.
func (a *Anchorer) keep() uint64 {
	if a.terms == nil || a.terms.Bond.Sign() == 0 {
		return a.opts.Keep
	}
	return max(a.opts.Keep, a.terms.ChallengeWindow+2*a.terms.AnswerWindow)
}

// tagRelease marks the outbox's transactions that free bonds.
const tagRelease = "release"

// releaseBatch is how many settled anchors are freed together.
const releaseBatch = 16

// release frees the bonds of settled anchors, so that the deposit goes on; false
// if there are too few of them to be worth a transaction.
func (a *Anchorer) release(ctx context.Context) (bool, error) {
	if a.terms == nil || a.terms.Bond.Sign() == 0 {
		return false, nil
	}
	head := uint64(a.out.Status().Head)
	var heights []uint64
	a.mu.Lock()
	for ref, e := range a.entries {
		if e.State == AnchorAnchored && !e.released && e.Tx.Block.Number+a.terms.ChallengeWindow < head {
			heights = append(heights, ref.Number)
		}
	}
	a.mu.Unlock()
	if len(heights) < releaseBatch {
		return false, nil
	}
	slices.Sort(heights)
	var free []uint64
	for _, h := range heights {
		state, err := a.node.bond(ctx, h)
		if err != nil {
			return false, fmt.Errorf("bond of block %d: %w", h, err)
		}
		if state == bondLocked && len(free) < releaseBatch {
			free = append(free, h)
		}
		if state == bondFree {
			a.markReleased(h)
		}
	}
	if len(free) == 0 {
		return false, nil
	}
	call := outbox.Call{To: a.opts.Registry, Tag: tagRelease, Data: bindings.NewAnchorRegistry().PackRelease(free)}
	gas, err := a.node.gas(ctx, call)
	if err != nil {
		return false, err
	}
	call.Gas = hexUint(gas)
	return true, a.out.Submit(ctx, call)
}

func (a *Anchorer) markReleased(height uint64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for ref, e := range a.entries {
		if ref.Number == height {
			e.released = true
		}
	}
}

// bondState is what became of an anchor's bond.
type bondState int

const (
	bondFree   bondState = iota // released, revoked or somebody else's
	bondLocked                  // settled, and can be released
	bondHeld                    // not settled
)

// Terms are what a registry was deployed with.
type Terms struct {
	Bond, DemandBond              *big.Int // wei
	ChallengeWindow, AnswerWindow uint64   // blocks
}

// Terms reads a registry's.
func (c *Client) Terms(ctx context.Context, registry [20]byte) (Terms, error) {
	b := bindings.NewAnchorRegistry()
	out, err := c.Call(ctx, registry, b.PackConfig())
	if err != nil {
		return Terms{}, err
	}
	t, err := b.UnpackConfig(out)
	return Terms{t.Bond, t.DemandBond, uint64(t.ChallengeWindow), uint64(t.AnswerWindow)}, err
}

func (n registryNode) terms(ctx context.Context) (Terms, error) { return n.c.Terms(ctx, n.registry) }

func (n registryNode) bond(ctx context.Context, height uint64) (bondState, error) {
	r, err := n.c.recordAt(ctx, n.registry, height)
	switch {
	case err != nil:
		return bondHeld, err
	case r.Operator != n.c.from:
		return bondFree, nil
	}
	_, err = n.c.Call(ctx, n.registry, bindings.NewAnchorRegistry().PackRelease([]uint64{height}))
	if errors.Is(err, ErrReverted) {
		return bondHeld, nil
	}
	return bondLocked, err
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
