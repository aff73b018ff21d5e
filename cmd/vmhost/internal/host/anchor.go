package host

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
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
	if err := h.checkTerms(); err != nil {
		return err
	}
	o := h.opts.Anchor
	o.Client, o.Registry, o.Logger, o.Reach = h.client, h.opts.Registry, h.log, uint64(h.opts.Window)
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
	return h.checkDeposit(ctx)
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

// readTerms reads the registry's, if something is anchored: they say how long
// states are needed.
func (h *Host) readTerms(ctx context.Context) error {
	if h.opts.Registry == ([20]byte{}) || h.opts.AnchorSigner == nil {
		return nil
	}
	t, err := h.client.Terms(ctx, h.opts.Registry)
	h.terms = &t
	return err
}

// hardCap is how many blocks the cache may hold for views: under a bond those of
// anchors that are being asked about must not be cut off. 0 is the cache's default.
func (h *Host) hardCap() int {
	if h.terms == nil || h.terms.Bond.Sign() == 0 {
		return 0
	}
	return max(2*h.opts.Window, int(h.terms.LongestGame(h.terms.AnswerWindow)))
}

// answeringBlocks is how many blocks an answer takes when nothing stands in the way.
const answeringBlocks = 8

// checkTerms compares how long anchors can be asked about with how long this host
// can answer. Who anchors under a bond must be able to; without one he is told.
func (h *Host) checkTerms() error {
	have, need, longest := uint64(h.opts.Window), h.terms.Askable(), h.terms.LongestGame(answeringBlocks)
	log := func(level slog.Level, what string) {
		h.log.LogAttrs(h.ctx, level, what, slog.Uint64("window", have), slog.Uint64("asked", need), slog.Uint64("longest", longest))
	}
	switch {
	case have >= longest:
		log(slog.LevelInfo, "anchors can be answered for as long as they can be asked about")
	case have >= need:
		log(slog.LevelInfo, "anchors can be answered for; after a restart not those whose game goes on beyond the window")
	case h.terms.Bond.Sign() > 0:
		return fmt.Errorf("%w: anchors can be challenged for %d blocks, the window is %d: at least %d are needed", ErrWindow, h.terms.ChallengeWindow, have, need)
	default:
		log(slog.LevelWarn, "older anchors than the window cannot be answered for: who asks takes them down; they have no bond")
	}
	return nil
}

// checkDeposit says what deposit the cadence needs, and warns when it is not there.
func (h *Host) checkDeposit(ctx context.Context) error {
	if h.terms.Bond.Sign() == 0 {
		return nil
	}
	d, err := h.client.DepositOf(ctx, h.opts.Registry, h.client.Address())
	if err != nil {
		return err
	}
	every := h.opts.AnchorEvery
	if p := uint64(h.opts.AnchorPeriod / blockTime); every == 0 || p > 0 && p < every {
		every = p
	}
	need := h.terms.DepositFor(every)
	locked := new(big.Int).Mul(h.terms.Bond, big.NewInt(int64(h.anchorer.Report().Locked)))
	level, what := slog.LevelInfo, "deposit for bonds"
	if new(big.Int).Add(d.Free, locked).Cmp(need) < 0 {
		level, what = slog.LevelWarn, "the deposit does not last for the challenge window: anchors will wait for bonds to come free"
	}
	h.log.LogAttrs(ctx, level, what, slog.String("free", d.Free.String()), slog.String("locked", locked.String()),
		slog.String("needed", need.String()), slog.String("bond", h.terms.Bond.String()), slog.Uint64("anchor every blocks", max(every, 1)))
	return nil
}

// blockTime of mainnet, for estimates.
const blockTime = 12 * time.Second

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
	out.Demands, out.Deposit = anchorDemands(r), anchorDeposit(r)
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

func anchorDemands(r anchoring.AnchorReport) *wsapi.AnchorDemands {
	if r.Terms == nil {
		return nil
	}
	d := r.Demands
	out := &wsapi.AnchorDemands{
		Open: d.Open, Nearest: jobs.Quantity(d.Nearest), Answered: d.Answered, Cannot: d.Cannot, Why: []wsapi.AnchorDemand{},
		Reach: r.Reach, Asked: r.Terms.Askable(), Longest: r.Terms.LongestGame(answeringBlocks),
	}
	for _, x := range d.Why {
		out.Why = append(out.Why, wsapi.AnchorDemand{Height: jobs.Quantity(x.Height), Deadline: jobs.Quantity(x.Deadline), Why: x.Why.Error()})
	}
	return out
}

func anchorDeposit(r anchoring.AnchorReport) *wsapi.AnchorDeposit {
	if r.Terms == nil || r.Deposit == nil {
		return nil
	}
	hex := func(x *big.Int) string { return "0x" + x.Text(16) }
	return &wsapi.AnchorDeposit{
		Bond: hex(r.Terms.Bond), Free: hex(r.Deposit.Free), Leaving: hex(r.Deposit.Leaving), Earned: hex(r.Deposit.Earned),
		Locked: hex(new(big.Int).Mul(r.Terms.Bond, big.NewInt(int64(r.Locked)))),
	}
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
