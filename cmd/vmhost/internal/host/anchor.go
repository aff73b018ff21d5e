package host

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"vmhost/anchoring"
	"vmhost/anchoring/outbox"
	"vmhost/jobs"
	"vmhost/statecache"
	"vmhost/wsapi"
)

// openAnchorer continues what the data folder says was under way.
func (h *Host) openAnchorer(ctx context.Context) error {
	if h.opts.Registry == ([20]byte{}) || h.opts.AnchorSigner == nil {
		return nil
	}
	// Who anchors under a bond must be able to show what he anchored for as long
	// as it can be asked for.
	terms, err := h.client.Terms(ctx, h.opts.Registry)
	if err != nil {
		return err
	}
	need := terms.ChallengeWindow + 2*terms.AnswerWindow
	if terms.Bond.Sign() > 0 && uint64(h.opts.Window) < need {
		return fmt.Errorf("%w: anchors can be challenged for %d blocks, the window is %d: at least %d are needed", ErrWindow, terms.ChallengeWindow, h.opts.Window, need)
	}
	o := h.opts.Anchor
	o.Client, o.Registry, o.Logger = h.client, h.opts.Registry, h.log
	o.Open = func(_ context.Context, ref statecache.BlockRef) (*statecache.View, func(), error) {
		v, err := h.cache.View(ref, "answer", time.Time{})
		if err != nil {
			return nil, nil, err
		}
		return v, v.Release, nil
	}
	if h.opts.Data != "" {
		store, err := outbox.OpenFile(AnchorFile(h.opts.Data, h.chainID, h.client.Address()))
		if err != nil {
			return fmt.Errorf("anchors: %w", err)
		}
		h.onClose(store.Close)
		o.Store = store
	}
	a, err := anchoring.NewAnchorer(o)
	if err != nil {
		return err
	}
	h.anchorer = a
	a.Reconcile(func(n uint64) (statecache.BlockRef, bool) {
		ref, err := h.cache.Canonical(n)
		return ref, err == nil
	})
	h.wantCadence()
	return nil
}

// AnchorFile is where a data folder keeps the anchors and transactions of an account.
func AnchorFile(data string, chainID uint64, account [20]byte) string {
	return filepath.Join(data, "anchor", fmt.Sprintf("%d-%x.log", chainID, account))
}

// wantCadence asks again for the blocks of the cadence that the cache holds: a
// crash may have come between a block and its anchor. Known ones are ignored.
func (h *Host) wantCadence() {
	head, ok := h.cache.Head()
	oldest, ok2 := h.cache.Oldest()
	if !ok || !ok2 {
		return
	}
	for n := oldest.Number; n <= head.Number; n++ {
		ref, err := h.cache.Canonical(n)
		if err != nil {
			continue
		}
		v, err := h.cache.View(ref, "anchor", time.Time{})
		if err != nil {
			continue
		}
		now := v.Header().Timestamp
		if n > oldest.Number && h.inCadence(n, now, h.lastTime) {
			h.anchorer.Post(anchoring.AnchorOf(v))
		}
		h.lastTime = now
		v.Release()
	}
	h.anchorer.Head(head.Number)
}

// inCadence reports whether a block is anchored even without proofs: each n-th
// height, or the first block of a span of time.
func (h *Host) inCadence(number, timestamp, before uint64) bool {
	if every := h.opts.AnchorEvery; every > 0 && number%every == 0 {
		return true
	}
	span := uint64(h.opts.AnchorPeriod / time.Second)
	return span > 0 && before > 0 && timestamp/span != before/span
}

// AnchorStatus is how anchoring stands, for vm_status and `vmhost anchor status`.
func AnchorStatus(r anchoring.AnchorReport) *wsapi.AnchorStatus {
	out := &wsapi.AnchorStatus{
		Registry: hexOf(r.Registry[:]), Account: r.Account.Address.Hex(), At: string(r.At), Confirmations: r.Confirmations,
		Problem: r.Problem, States: map[string]int{}, Counters: r.Account.Counters, Gas: r.Gas, Paid: "0x" + r.Paid.Text(16),
		Anchors: []wsapi.AnchorLine{}, Transactions: []wsapi.AnchorTx{},
	}
	if r.Account.Balance != nil {
		out.Balance = r.Account.Balance.String()
	}
	if r.Account.BaseFee != nil {
		out.BaseFee = r.Account.BaseFee.String()
	}
	for _, a := range r.Anchors {
		out.States[string(a.State)]++
		if len(out.Anchors) < maxLines {
			out.Anchors = append(out.Anchors, anchorLine(a))
		}
	}
	for _, t := range r.Transactions[:min(len(r.Transactions), maxLines)] {
		line := wsapi.AnchorTx{
			Nonce: jobs.Quantity(t.Nonce), State: string(t.State), For: t.Tag, Anchors: t.Carries, Attempts: t.Attempts,
			Tx: t.Hash, FeeCap: "0x" + t.FeeCap.Text(16), Since: t.Since, Block: jobs.Quantity(t.Block.Number), Gas: t.GasUsed,
		}
		if t.Block.Number > 0 {
			line.Success = &t.Success
		}
		out.Transactions = append(out.Transactions, line)
	}
	return out
}

// maxLines of anchors and of transactions are shown.
const maxLines = 32

func anchorLine(a anchoring.AnchorStatus) wsapi.AnchorLine {
	line := wsapi.AnchorLine{
		Height: jobs.Quantity(a.Anchor.Block.Number), Hash: a.Anchor.Block.Hash, Commitment: jobs.Hash(a.Anchor.Commitment),
		State: string(a.State), Tx: a.Tx.Hash, Included: jobs.Quantity(a.Tx.Block.Number), Attempts: a.Attempts,
		Gas: a.Tx.GasUsed / uint64(max(a.Shared, 1)),
	}
	if a.Err != nil {
		line.Why = a.Err.Error()
	}
	return line
}

func hexOf(b []byte) string { return "0x" + hex.EncodeToString(b) }

// Want implements jobs.Anchors: it queues the block's commitment for the registry.
func (h *Host) Want(at jobs.BlockRef) {
	if h.anchorer == nil {
		return
	}
	v, err := pin(h.cache, at, "anchor")
	if err != nil {
		// The block left the chain or the window: nothing to anchor any more.
		h.log.LogAttrs(h.ctx, slog.LevelWarn, "block not anchored", slog.Uint64("height", at.Number), slog.Any("err", err))
		return
	}
	defer v.Release()
	h.anchorer.Post(anchoring.AnchorOf(v))
}

// anchored passes on that a commitment is in the registry.
func (h *Host) anchored(ctx context.Context, s anchoring.AnchorStatus) error {
	if s.State != anchoring.AnchorAnchored {
		level := slog.LevelDebug
		if s.State == anchoring.AnchorFailed {
			level = slog.LevelError
		}
		h.log.LogAttrs(ctx, level, "anchor", slog.Uint64("height", s.Anchor.Block.Number), slog.String("state", string(s.State)), slog.Any("err", s.Err))
		return nil
	}
	fact := jobs.Anchor{Tx: s.Tx.Hash, Included: jobs.Quantity(s.Tx.Block.Number)}
	err := retry(ctx, func() error { return h.jobs.Anchored(ctx, jobs.BlockRef(s.Anchor.Block), fact) }, func(err error) bool {
		return errors.Is(err, jobs.ErrUnknownBlock) || h.jobs.Err() != nil || errors.Is(err, jobs.ErrClosed)
	})
	if errors.Is(err, jobs.ErrUnknownBlock) { // undone meanwhile
		return nil
	}
	return err
}
