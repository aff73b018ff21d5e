package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common/hexutil"
)

// look asks the node where the chain and the account stand.
func (o *Outbox) look(ctx context.Context) (Head, error) {
	head, err := o.opts.Node.Head(ctx)
	if err != nil {
		return Head{}, fmt.Errorf("%w: head: %w", ErrNode, err)
	}
	o.latest, o.pooled, err = o.opts.Node.Nonces(ctx, o.address)
	if err != nil {
		return Head{}, fmt.Errorf("%w: nonce: %w", ErrNode, err)
	}
	balance, err := o.opts.Node.Balance(ctx, o.address)
	if err != nil {
		return Head{}, fmt.Errorf("%w: balance: %w", ErrNode, err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	s := &o.status
	s.Balance, s.Nonce, s.Head, s.BaseFee = (*hexutil.Big)(balance), hexutil.Uint64(o.latest), hexutil.Uint64(head.Number), (*hexutil.Big)(head.BaseFee)
	s.Hash, s.GasLimit = head.Hash, hexutil.Uint64(head.GasLimit)
	return head, nil
}

// Step looks at the chain once and does for every open transaction what is to
// be done. Its error says what stands in the way of one of them.
func (o *Outbox) Step(ctx context.Context) error {
	err := o.step(ctx)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.status.Problem = ""
	if err != nil {
		o.status.Problem = err.Error()
	}
	return err
}

func (o *Outbox) step(ctx context.Context) error {
	head, err := o.look(ctx)
	if err != nil {
		return err
	}
	if head.Hash != o.checked {
		if err := o.checkIncluded(ctx, head); err != nil {
			return err
		}
		o.checked = head.Hash
	}
	if err := o.doubt(ctx, head); err != nil {
		return err
	}
	var errs []error
	for _, e := range o.list(openOnes) {
		if err := o.advance(ctx, e, head); err != nil {
			errs = append(errs, err)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	if err := o.fillGap(ctx, head); err != nil {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// checkIncluded compares the blocks of included transactions with the chain,
// highest first: below a block that is still there nothing has changed.
func (o *Outbox) checkIncluded(ctx context.Context, head Head) error {
	var err error
	o.fromNewest(func(e *Entry) bool {
		if e.Receipt == nil {
			return true
		}
		var same bool
		same, err = o.recheck(ctx, e, head)
		return err == nil && !same
	})
	if err != nil {
		return err
	}
	for _, e := range o.list(shallowOnes) {
		if err := o.confirm(e, head); err != nil {
			return err
		}
	}
	return nil
}

// recheck reports whether an entry's block is still in the chain; otherwise the
// entry gets its new block, or is pending again.
func (o *Outbox) recheck(ctx context.Context, e *Entry, head Head) (bool, error) {
	if uint64(e.Receipt.Number) > head.Number {
		// A shorter branch, or a node that lags: a lagging one would have us send
		// again what is included, which the nonce forbids. Wait.
		return false, fmt.Errorf("%w: head %d is below the block %d of transaction %d", ErrNode, head.Number, e.Receipt.Number, e.Nonce)
	}
	hash, err := o.opts.Node.HashAt(ctx, uint64(e.Receipt.Number))
	if err != nil {
		return false, fmt.Errorf("%w: block %d: %w", ErrNode, e.Receipt.Number, err)
	}
	if hash == e.Receipt.Block {
		return true, nil
	}
	o.count(func(c *Counters) { c.Reorged++ })
	o.log.LogAttrs(ctx, slog.LevelInfo, "transaction left the chain", slog.Uint64("nonce", uint64(e.Nonce)), slog.String("hash", e.Receipt.Hash.Hex()))
	back := *e
	back.State, back.Receipt = Pending, nil
	return false, o.save(&back)
}

// doubt makes included transactions pending again whose nonces the chain still
// calls unused after a while: whoever told their receipts lied. To send the same
// bytes again does no harm if it is this node that is wrong.
func (o *Outbox) doubt(ctx context.Context, head Head) error {
	var in []*Entry // newest first
	o.fromNewest(func(e *Entry) bool {
		if e.Receipt != nil && uint64(e.Nonce) >= o.latest {
			in = append(in, e)
		}
		return uint64(e.Nonce) > o.latest
	})
	if len(in) == 0 {
		o.doubts = nil
		return nil
	}
	if o.doubts == nil {
		o.doubts = &moment{o.opts.Now(), head.Number}
	}
	if !o.passed(*o.doubts, head, max(o.opts.Confirmations, 2)) {
		return nil
	}
	o.doubts = nil
	for _, e := range in {
		o.log.LogAttrs(ctx, slog.LevelError, "a node told of an inclusion that the chain does not know", slog.Uint64("nonce", uint64(e.Nonce)))
		back := *e
		back.State, back.Receipt = Pending, nil
		if err := o.save(&back); err != nil {
			return err
		}
	}
	return nil
}

// moment is when something began.
type moment struct {
	at   time.Time
	head uint64
}

// passed reports whether StuckAfter and a number of blocks have passed.
func (o *Outbox) passed(m moment, head Head, blocks uint64) bool {
	return o.opts.Now().Sub(m.at) >= o.opts.StuckAfter && head.Number >= m.head+blocks
}

// confirm marks an included entry that is deep enough.
func (o *Outbox) confirm(e *Entry, head Head) error {
	if head.Number+1 < uint64(e.Receipt.Number)+o.opts.Confirmations {
		return nil
	}
	next := *e
	next.State = Confirmed
	if err := o.save(&next); err != nil {
		return err
	}
	outcome := OutcomeDone
	if !e.Receipt.Success {
		o.count(func(c *Counters) { c.Reverted++ })
		outcome = OutcomeReverted
	}
	o.tallied(e.Call().Tag, outcome)
	o.pay(e.Receipt)
	return nil
}

// advance does what a pending entry needs.
func (o *Outbox) advance(ctx context.Context, e *Entry, head Head) error {
	nonce := uint64(e.Nonce)
	if o.latest > nonce {
		return o.used(ctx, e, head)
	}
	delete(o.waiting, nonce)
	if (o.raiseNow[nonce] || o.stuck(e, head)) && o.paid(e) {
		return o.replace(ctx, e, head)
	}
	known, err := o.opts.Node.Knows(ctx, e.newest().Hash)
	if err != nil {
		return fmt.Errorf("%w: transaction %d: %w", ErrNode, nonce, err)
	}
	if known {
		return nil
	}
	if err := o.send(ctx, e); err != nil {
		return err
	}
	o.count(func(c *Counters) { c.Resent++ })
	return nil
}

// paid reports whether the account could pay the newest attempt: otherwise a
// higher fee does not help it.
func (o *Outbox) paid(e *Entry) bool { return o.canPay(e.newest()) }

func (o *Outbox) canPay(a *Attempt) bool {
	cost := new(big.Int).Mul(a.FeeCap.ToInt(), new(big.Int).SetUint64(uint64(a.Call.Gas)))
	if a.Call.Value != nil {
		cost.Add(cost, a.Call.Value.ToInt())
	}
	return o.Status().Balance.ToInt().Cmp(cost) >= 0
}

// stuck reports whether the newest attempt has waited too long: at least two
// blocks without it, or one whose base fee it cannot pay.
func (o *Outbox) stuck(e *Entry, head Head) bool {
	a := e.newest()
	if o.opts.Now().Sub(a.At) < o.opts.StuckAfter {
		return false
	}
	tooDear := head.BaseFee != nil && head.BaseFee.Cmp(a.FeeCap.ToInt()) > 0
	return head.Number >= uint64(a.Head)+2 || tooDear && head.Number > uint64(a.Head)
}

// replace signs the entry again with higher fees. When it must not, what was
// sent before is kept alive.
func (o *Outbox) replace(ctx context.Context, e *Entry, head Head) error {
	tip, err := o.opts.Node.Tip(ctx)
	if err != nil {
		return fmt.Errorf("%w: tip: %w", ErrNode, err)
	}
	call := o.opts.Refresh(ctx, e.newest().Call)
	if o.refused[uint64(e.Nonce)] {
		call = Empty(o.address) // what no node takes is the caller's to submit otherwise
	}
	now, err := price(head.BaseFee, tip, o.limit(call))
	if err == nil {
		now, err = raise(e.newest(), now, o.limit(call))
	}
	if err != nil {
		err = fmt.Errorf("transaction %d: %w", e.Nonce, err)
		if !o.knowsAny(ctx, e) {
			err = errors.Join(err, o.send(ctx, e))
		}
		return err
	}
	a, err := o.sign(ctx, head, uint64(e.Nonce), call, now)
	if err != nil {
		return err
	}
	if !o.canPay(&a) { // what was sent before can be paid
		return fmt.Errorf("transaction %d: %w: %d gas at %s wei", e.Nonce, ErrFunds, uint64(call.Gas), now.feeCap)
	}
	next := *e
	next.Attempts = append(slices.Clone(e.Attempts), a)
	if err := o.save(&next); err != nil {
		return err
	}
	delete(o.raiseNow, uint64(e.Nonce))
	o.count(func(c *Counters) { c.Replaced++ })
	o.tallied(call.Tag, OutcomeReplacing)
	o.log.LogAttrs(ctx, slog.LevelInfo, "transaction replaced", slog.Uint64("nonce", uint64(e.Nonce)), slog.Int("attempt", len(next.Attempts)))
	return o.send(ctx, &next)
}

// used finds out who used the nonce of a pending entry.
func (o *Outbox) used(ctx context.Context, e *Entry, head Head) error {
	nonce := uint64(e.Nonce)
	for i := range slices.Backward(e.Attempts) {
		r, err := o.opts.Node.Receipt(ctx, e.Attempts[i].Hash)
		if err != nil {
			return fmt.Errorf("%w: receipt of transaction %d: %w", ErrNode, nonce, err)
		}
		if r == nil {
			continue
		}
		if uint64(r.Number) > head.Number { // the chain moved meanwhile: next time
			return nil
		}
		next := *e
		next.State, next.Receipt = Included, r
		if err := o.save(&next); err != nil {
			return err
		}
		delete(o.waiting, nonce)
		return o.confirm(&next, head)
	}
	// A node may know the nonce before the receipt: only depth decides.
	if _, seen := o.waiting[nonce]; !seen {
		o.waiting[nonce], o.waitHead[nonce] = o.opts.Now(), head.Number
	}
	if head.Number < o.waitHead[nonce]+max(o.opts.Confirmations, 2) {
		return fmt.Errorf("%w: its nonce %d was used by another transaction, it seems", ErrForeign, nonce)
	}
	next := *e
	next.State = Lost
	if err := o.save(&next); err != nil {
		return err
	}
	delete(o.waiting, nonce)
	o.count(func(c *Counters) { c.Foreign++ })
	o.tallied(e.Call().Tag, OutcomeLost)
	o.log.LogAttrs(ctx, slog.LevelError, "another transaction of this key took a nonce: is the key used elsewhere?", slog.Uint64("nonce", nonce))
	return nil
}

// fillGap uses up nonces below the lowest open entry that nobody else fills:
// nothing behind them can be included.
func (o *Outbox) fillGap(ctx context.Context, head Head) error {
	open := o.list(openOnes)
	if len(open) == 0 || uint64(open[0].Nonce) <= o.latest || o.pooled > o.latest {
		return nil
	}
	// Included entries between the two: the node lags behind what it told before.
	low := o.latest
	lags := false
	o.fromNewest(func(e *Entry) bool {
		lags = lags || e.Receipt != nil && uint64(e.Nonce) >= low
		return !lags && uint64(e.Nonce) > low
	})
	if lags {
		return nil
	}
	if _, seen := o.waiting[low]; !seen {
		o.waiting[low], o.waitHead[low] = o.opts.Now(), head.Number
	}
	if !o.passed(moment{o.waiting[low], o.waitHead[low]}, head, 2) {
		return fmt.Errorf("%w: from %d to %d", ErrGap, low, open[0].Nonce)
	}
	delete(o.waiting, low)
	if uint64(open[0].Nonce)-low > maxFill {
		return o.giveUp(ctx, open)
	}
	o.count(func(c *Counters) { c.Filled++ })
	return o.submit(ctx, head, low, Empty(o.address))
}

// maxFill is the largest gap that is filled. A larger one is no accident but a
// nonce that some node made up: a transaction for each would cost without end.
const maxFill = 8

// giveUp calls transactions lost that nothing can include.
func (o *Outbox) giveUp(ctx context.Context, list []*Entry) error {
	for _, e := range list {
		next := *e
		next.State = Lost
		if err := o.save(&next); err != nil {
			return err
		}
		o.tallied(e.Call().Tag, OutcomeLost)
		o.log.LogAttrs(ctx, slog.LevelError, "a node made up the account's nonce: transaction given up", slog.Uint64("nonce", uint64(e.Nonce)))
	}
	return nil
}
