package anchoring

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"vmhost/anchoring/outbox"
	"vmhost/statecache"
)

// tagAnchor marks the outbox's transactions that anchor.
const tagAnchor = "anchor"

// round looks at the chain once and does what can be done. Its error says what
// is late, and why.
func (a *Anchorer) round(ctx context.Context) error {
	err := a.tryRound(ctx)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.problem = err
	if ctx.Err() != nil {
		a.problem = nil
	}
	return err
}

func (a *Anchorer) tryRound(ctx context.Context) error {
	if err := a.flush(); err != nil {
		return err
	}
	err := a.out.Step(ctx)
	a.settle(ctx)
	if ferr := a.flush(); ferr != nil {
		return errors.Join(err, ferr)
	}
	// Whatever stands in the way: refresh must know what is asked.
	serr := a.scan(ctx)
	if err != nil || !a.out.Free() {
		return errors.Join(err, serr)
	}
	if err := a.forget(); err != nil {
		return errors.Join(err, serr)
	}
	answered, aerr := a.answer(ctx)
	aerr = errors.Join(serr, aerr)
	if answered {
		return aerr
	}
	if released, err := a.release(ctx); released || err != nil {
		return errors.Join(aerr, err)
	}
	batch, late := a.batch(ctx)
	late = errors.Join(aerr, late)
	if errors.Is(late, ErrFenced) || ctx.Err() != nil || len(batch) == 0 {
		return late
	}
	if err := a.flush(); err != nil { // what the batch found out
		return err
	}
	call := a.call(batch)
	gas, err := a.node.gas(ctx, call)
	if err != nil {
		return errors.Join(late, err)
	}
	call.Gas = hexUint(gas)
	err = a.out.Submit(ctx, call)
	a.settle(ctx)
	return errors.Join(late, err)
}

// call is the transaction that anchors a batch.
func (a *Anchorer) call(batch []Anchor) outbox.Call {
	c := outbox.Call{
		To: a.opts.Registry, Data: anchorCalldata(batch, a.opts.Fence), Gas: hexUint(anchorGas(len(batch))), Tag: tagAnchor,
	}
	for _, x := range batch {
		c.Refs = append(c.Refs, refKey(x.Block))
	}
	return c
}

// refresh is what a replacement of a waiting transaction does: answer what is
// asked, which is more urgent than all else; or those of its anchors that are
// still wanted. What it carried besides is queued again.
func (a *Anchorer) refresh(ctx context.Context, old outbox.Call) outbox.Call {
	answer, err := a.answers(ctx, a.answerLimit())
	switch {
	case answer != nil:
		return *answer
	case err == nil && old.Tag == tagAnswer: // nobody asks any more
		return outbox.Empty(a.out.Status().Address)
	case old.Tag != tagAnchor:
		return old
	}
	a.mu.Lock()
	var still []Anchor
	for _, key := range old.Refs {
		if e := a.book.byKey[key]; e != nil && e.State != AnchorUndone && e.State != AnchorFailed {
			still = append(still, e.Anchor)
		}
	}
	a.mu.Unlock()
	switch len(still) {
	case 0:
		return outbox.Empty(a.out.Status().Address)
	case len(old.Refs):
		return old
	}
	slices.SortFunc(still, byHeight)
	call := a.call(still)
	call.Gas = old.Gas // what sufficed for more
	return call
}

func byHeight(x, y Anchor) int { return cmp.Compare(x.Block.Number, y.Block.Number) }

// settle takes the anchors' states from the transactions that carry them. An
// anchor without one is queued.
func (a *Anchorer) settle(ctx context.Context) {
	txs := a.out.TakeChanged()
	reasons := a.reasons(ctx, txs)
	a.mu.Lock()
	defer a.mu.Unlock()
	for i := range txs {
		for _, attempt := range txs[i].Attempts {
			for _, key := range attempt.Call.Refs {
				if e := a.book.byKey[key]; e != nil {
					a.book.touched[e] = struct{}{}
				}
			}
		}
	}
	for e := range a.book.touched {
		if e.State != AnchorUndone && e.State != AnchorFailed {
			a.settleOne(e, a.out.Carrying(e.key), reasons)
		}
	}
	clear(a.book.touched)
}

func (a *Anchorer) settleOne(e *entry, txs []outbox.Entry, reasons map[uint64]error) {
	var newest *outbox.Entry
	if len(txs) > 0 {
		newest = &txs[len(txs)-1]
	}
	e.Attempts = max(e.Attempts, len(txs))
	switch {
	case newest == nil:
		if e.State == AnchorPosted || e.State == AnchorIncluded {
			a.set(e, AnchorQueued, nil)
		}
	case newest.State == outbox.Pending, newest.State == outbox.Included && !newest.Receipt.Success:
		a.set(e, AnchorPosted, nil)
	case newest.State == outbox.Lost, !newest.Receipt.Success:
		if e.State == AnchorPosted || e.State == AnchorIncluded || e.State == AnchorAnchored && e.Tx.Hash != ([32]byte{}) {
			a.set(e, AnchorQueued, reasons[uint64(newest.Nonce)])
			if newest.Receipt != nil { // what reverts again and again is tried more and more rarely
				e.notBefore = uint64(newest.Receipt.Number) + 1<<min(e.Attempts, 10)
			}
		}
	default:
		r := newest.Receipt
		e.Shared = max(len(newest.Call().Refs), 1)
		tx := Tx{Hash: r.Hash, Block: statecache.BlockRef{Number: uint64(r.Number), Hash: r.Block}, GasUsed: uint64(r.GasUsed)}
		if tx != e.Tx {
			e.Tx = tx
			a.book.dirty[e] = struct{}{}
		}
		if newest.State == outbox.Confirmed {
			a.set(e, AnchorAnchored, nil)
		} else {
			a.set(e, AnchorIncluded, nil)
		}
	}
}

// reasons finds out, once each, why transactions reverted.
func (a *Anchorer) reasons(ctx context.Context, txs []outbox.Entry) map[uint64]error {
	out := map[uint64]error{}
	for i := range txs {
		t, nonce := &txs[i], uint64(txs[i].Nonce)
		if t.State == outbox.Confirmed && t.Call().Tag == tagAnswer {
			a.demands.ended(t.Receipt)
		}
		if t.State != outbox.Confirmed || t.Receipt.Success || a.told[nonce] {
			continue
		}
		a.told[nonce] = true
		err := a.node.whyReverted(ctx, t.Call(), uint64(t.Receipt.Number))
		if t.Receipt.GasUsed >= t.Call().Gas-t.Call().Gas/64 {
			err = fmt.Errorf("%w: out of gas, %d were given", ErrReverted, uint64(t.Call().Gas))
		}
		out[nonce] = err
		a.log.LogAttrs(ctx, slog.LevelWarn, "anchoring transaction reverted", slog.Uint64("nonce", nonce),
			slog.String("why", string(ProblemOf(err))), slog.Any("err", err))
	}
	return out
}

// batch returns the due anchors that the registry would take now, together. The
// error says why others are late.
func (a *Anchorer) batch(ctx context.Context) (batch []Anchor, late error) {
	top, err := a.top(ctx)
	if err != nil {
		return nil, err
	}
	apart := false
	due := a.due(top)
	for len(due) > 0 && len(batch) < a.opts.MaxBatch {
		some := due[:min(len(due), a.opts.MaxBatch-len(batch))]
		due = due[len(some):]
		var absent []Anchor
		for _, anchor := range some {
			there, err := a.look(ctx, anchor)
			if err != nil {
				return nil, err
			}
			if !there {
				absent = append(absent, anchor)
			}
		}
		if len(absent) == 0 {
			continue
		}
		all := slices.Concat(batch, absent)
		if a.node.tryAnchor(ctx, all, a.opts.Fence) == nil {
			batch = all
			continue
		}
		apart = true
		good, stop, err := a.sort(ctx, absent)
		if errors.Is(err, ErrFenced) || ctx.Err() != nil {
			return nil, err
		}
		late = cmp.Or(err, late)
		if batch = append(batch, good...); stop {
			break
		}
	}
	// One by one they may pass and not together: a deposit for some of them.
	for apart && len(batch) > 1 {
		if err := a.node.tryAnchor(ctx, batch, a.opts.Fence); err == nil {
			break
		} else if late = err; !errors.Is(err, ErrReverted) {
			return nil, err
		}
		batch = batch[:len(batch)/2]
	}
	return batch, late
}

// sort finds out which anchors would be taken by themselves. The others do not
// delay anybody: they wait some blocks before they are tried again. stop says
// that what is refused is not the anchor but the account.
func (a *Anchorer) sort(ctx context.Context, list []Anchor) (good []Anchor, stop bool, late error) {
	for _, anchor := range list {
		ok, err := a.try(ctx, anchor)
		if errors.Is(err, ErrFenced) || ctx.Err() != nil {
			return nil, true, err
		}
		if ok {
			good = append(good, anchor)
		}
		if err == nil {
			continue
		}
		late = err
		p := ProblemOf(err)
		stop = p == ProblemBond || p == ProblemNotAnchorer
		a.update(anchor, func(e *entry) {
			e.Err = err
			if !stop && p != ProblemNone {
				e.notBefore = uint64(a.out.Status().Head) + 1<<min(e.refused, maxBackoff(p))
				e.refused++
			}
		})
		if stop {
			break
		}
	}
	return good, stop, late
}

// maxBackoff is the binary logarithm of how many blocks a refused anchor waits.
func maxBackoff(p AnchorProblem) int {
	if p == ProblemOther {
		return 6 // the other must fall first
	}
	return 3
}

// top is the height up to which blocks are anchored now.
func (a *Anchorer) top(ctx context.Context) (uint64, error) {
	top := uint64(a.out.Status().Head)
	if a.opts.At != AtLatest {
		h, err := a.node.tag(ctx, string(a.opts.At))
		if err != nil {
			return 0, fmt.Errorf("%s block: %w", a.opts.At, err)
		}
		top = min(h+1, top) // the block itself is due: the registry sees it below the head
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.head > 0 {
		top = min(top, a.head)
	}
	return top, nil
}

// due returns the queued anchors up to a height, lowest first.
func (a *Anchorer) due(top uint64) []Anchor {
	depth := uint64(1)
	if a.opts.At == AtLatest {
		depth = a.opts.Depth
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	var out []Anchor
	for e := range a.book.open {
		if e.State == AnchorQueued && e.Anchor.Block.Number+depth <= top && e.notBefore <= top {
			out = append(out, e.Anchor)
		}
	}
	slices.SortFunc(out, byHeight)
	return out
}

// update changes an anchor that is queued still.
func (a *Anchorer) update(anchor Anchor, change func(*entry)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if e := a.book.all[anchor.Block]; e != nil && e.State == AnchorQueued {
		change(e)
	}
}

// tooOld is how many blocks back a block hash can be read on chain (EIP-2935).
const tooOld = 8191

// look reports whether the registry has an anchor already.
func (a *Anchorer) look(ctx context.Context, anchor Anchor) (bool, error) {
	head := uint64(a.out.Status().Head)
	there, err := a.node.isAnchored(ctx, anchor, head)
	if err != nil || !there {
		return false, err
	}
	return true, a.found(ctx, anchor, head)
}

// try finds out what the registry would say to one anchor: it would be taken
// (true), it is refused for good, or not yet (an error).
func (a *Anchorer) try(ctx context.Context, anchor Anchor) (bool, error) {
	head := uint64(a.out.Status().Head)
	err := a.node.tryAnchor(ctx, []Anchor{anchor}, a.opts.Fence)
	late := fmt.Errorf("anchor %v: %w", anchor.Block, err)
	switch ProblemOf(err) {
	case ProblemNone:
		if err != nil {
			return false, late
		}
		return true, nil
	case ProblemFence:
		// This ends the service, and with it the answers: no node decides that alone.
		if fence, ferr := a.node.fenceOf(ctx); ferr != nil || fence <= a.opts.Fence {
			return false, errors.Join(late, ferr)
		}
		return false, fmt.Errorf("%w: %w", ErrFenced, err)
	case ProblemBond, ProblemNotAnchorer:
		return false, late // the owner can change it
	case ProblemOther:
		return false, late // it may be false, and fall
	case ProblemWrongBlock:
		// A reorganisation that was not told yet, or a node that lags: wait for it.
		final, ferr := a.node.tag(ctx, string(AtFinalized))
		if ferr != nil || final < anchor.Block.Number {
			return false, late
		}
		a.update(anchor, func(e *entry) { a.set(e, AnchorUndone, err) })
		return false, nil
	case ProblemNoBlock:
		// A block that is too old stays refused.
		if anchor.Block.Number+tooOld >= head {
			return false, late
		}
	default:
	}
	a.update(anchor, func(e *entry) { a.set(e, AnchorFailed, err) })
	a.log.LogAttrs(ctx, slog.LevelError, "anchor refused", slog.Uint64("height", anchor.Block.Number), slog.Any("err", err))
	return false, nil
}

// found marks an anchor that the registry has by another transaction, once it
// was there Confirmations blocks ago.
func (a *Anchorer) found(ctx context.Context, anchor Anchor, head uint64) error {
	if c := a.opts.Confirmations; c > 1 {
		if head+1 < c {
			return nil
		}
		deep, err := a.node.isAnchored(ctx, anchor, head+1-c)
		if err != nil || !deep {
			return err
		}
	}
	a.update(anchor, func(e *entry) {
		// In which block is not known: any rollback below the head looks again.
		e.Tx = Tx{Block: statecache.BlockRef{Number: head}}
		a.set(e, AnchorAnchored, nil)
	})
	return nil
}

// forget drops what is old, now and then.
func (a *Anchorer) forget() error {
	head := uint64(a.out.Status().Head)
	keep := a.keep()
	if head <= a.opts.Keep || head < a.forgotten+keep/16 {
		return nil
	}
	a.mu.Lock()
	head = max(a.head, head)
	batch := map[string][]byte{}
	var old []*entry
	for ref, e := range a.book.all {
		if _, open := a.book.open[e]; !open && ref.Number+keep < head {
			old = append(old, e)
			batch[anchorKey(ref)] = nil
		}
	}
	a.mu.Unlock()
	if len(batch) > 0 {
		if err := a.opts.Store.Write(batch); err != nil {
			return err
		}
		a.mu.Lock()
		for _, e := range old {
			if a.book.all[e.Anchor.Block] == e {
				a.book.remove(e)
			}
		}
		a.mu.Unlock()
	}
	if err := a.out.Forget(head - a.opts.Keep); err != nil {
		return err
	}
	a.forgotten = head
	return nil
}
