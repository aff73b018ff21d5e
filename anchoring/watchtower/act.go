package watchtower

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"

	"github.com/ethereum/go-ethereum/common/hexutil"

	"vmhost/anchoring"
	"vmhost/anchoring/contracts"
	"vmhost/anchoring/contracts/bindings"
	"vmhost/anchoring/outbox"
)

// Tags of the tower's transactions.
const (
	tagChallenge = "challenge"
	tagDemand    = "demand"
	tagExplore   = "explore" // a demand where no definition leads
	tagExpire    = "expire"
	tagRefund    = "refund"
	tagWithdraw  = "withdraw"
)

// maxTries is how often a transaction that reverted is made again.
const maxTries = 3

// errDone says that a transaction is there already.
var errDone = errors.New("done")

// act makes the most urgent transaction: what takes an anchor down, then what
// asks, then what brings money back.
func (t *Tower) act(ctx context.Context, games map[string]*game, moves []judged) error {
	var problems []error
	for _, kind := range []MoveKind{Challenge, Expire, Demand} {
		for _, j := range moves {
			if j.move.Kind != kind {
				continue
			}
			sent, err := t.play(ctx, j)
			if err != nil {
				j.rec.Problem = err.Error()
				problems = append(problems, fmt.Errorf("anchor of block %d: %w", j.rec.Height, err))
			}
			if sent || ctx.Err() != nil {
				return errors.Join(problems...)
			}
		}
	}
	return errors.Join(append(problems, t.collect(ctx, games))...)
}

// play sends the transaction of a move; false if there was none to send.
func (t *Tower) play(ctx context.Context, j judged) (sent bool, err error) {
	m, call := &j.move, outbox.Call{To: t.opts.Registry}
	abi := bindings.NewAnchorRegistry()
	switch m.Kind {
	case Challenge:
		call.Tag, call.Data = tagChallenge, m.Claim.Calldata()
		call.Refs = []string{tagChallenge + "/" + j.key, j.key}
	case Expire:
		call.Tag, call.Data = tagExpire, abi.PackExpire(j.rec.Height, j.game.anchor.Commitment, j.game.open[m.Place].Place)
		call.Refs = []string{tagExpire + "/" + j.key, j.key}
	case Demand:
		call.Tag, call.Value = tagDemand, (*hexutil.Big)(t.terms.DemandBond)
		if m.Exploring {
			call.Tag = tagExplore
		}
		call.Refs = []string{tagDemand + "/" + j.key + "/" + m.Place.Short(), j.key}
		answers := j.game.answers
		if uint64(t.out.Status().Head)+t.terms.AnswerWindow > j.game.at+t.terms.ChallengeWindow {
			answers = nil // it may be included after the challenge window
		}
		if call.Data, err = m.Suspect.Demand(m.Place, answers); err != nil {
			return false, err
		}
	case Rest, Wait, Prove:
		return false, nil
	}
	err = t.send(ctx, call)
	switch {
	case errors.Is(err, errDone):
		return false, nil
	case m.Kind == Demand && tooLate(err):
		j.rec.last = Move{Kind: Rest, Unjudged: append(m.Unjudged, "it is too late to ask for "+m.Place.Short())}
		return false, nil
	case err == nil:
		t.owed = true
		t.log.LogAttrs(ctx, slog.LevelInfo, "watchtower: "+call.Tag, slog.Uint64("height", j.rec.Height), slog.String("what", j.rec.Next))
	}
	return err == nil, err
}

// tooLate reports whether the registry takes no demand for the place any more.
func tooLate(err error) bool {
	r, ok := errors.AsType[*anchoring.RevertError](err)
	if !ok {
		return false
	}
	name, _, _ := contracts.DecodeError(r.Data)
	return name == "TooLate"
}

// send simulates a call, checks what it may cost, and submits it. errDone if its
// first ref is under way or was done.
func (t *Tower) send(ctx context.Context, call outbox.Call) error {
	if err := t.before(call.Refs[0]); err != nil {
		return err
	}
	value := new(big.Int)
	if call.Value != nil {
		value = call.Value.ToInt()
	}
	if value.Sign() == 0 {
		if _, err := t.opts.Client.Call(ctx, t.opts.Registry, call.Data); err != nil {
			return fmt.Errorf("%s would fail: %w", call.Tag, err)
		}
	}
	gas, err := t.opts.Client.EstimateValue(ctx, t.opts.Registry, call.Data, value)
	if err != nil {
		return fmt.Errorf("%s would fail: %w", call.Tag, err)
	}
	call.Gas = hexutil.Uint64(gas + gas/4)
	spent, err := t.spent()
	if err != nil {
		return err
	}
	worst := t.worst(call)
	if new(big.Int).Add(spent, worst).Cmp(t.opts.MaxSpend) > 0 {
		return fmt.Errorf("%w: %s wei are spent or under way, a %s may cost %s wei (%d gas at the highest fee, and %s wei), the limit is %s",
			ErrSpend, spent, call.Tag, worst, uint64(call.Gas), value, t.opts.MaxSpend)
	}
	return t.out.Submit(ctx, call)
}

// before looks for earlier transactions of a ref. A successful one is seen in
// the events; where it is not, the chain has moved, and the outbox sends it again.
func (t *Tower) before(ref string) error {
	tries := 0
	for _, e := range t.out.Entries() {
		if !e.Carries(ref) || e.State == outbox.Lost {
			continue
		}
		if e.Receipt == nil || e.Receipt.Success {
			if ref != tagWithdraw || e.Receipt == nil {
				return errDone
			}
			continue
		}
		tries++
	}
	if tries >= maxTries {
		return fmt.Errorf("%w: %d transactions of it reverted", anchoring.ErrReverted, tries)
	}
	return nil
}

// worst is the most that a call may cost.
func (t *Tower) worst(call outbox.Call) *big.Int {
	w := new(big.Int).Mul(new(big.Int).SetUint64(uint64(call.Gas)), t.opts.MaxFee)
	if call.Value != nil {
		w.Add(w, call.Value.ToInt())
	}
	return w
}

// spent is what all transactions have cost; for those under way, the most that
// they may.
func (t *Tower) spent() (*big.Int, error) {
	sum := new(big.Int)
	for _, e := range t.out.Entries() {
		switch {
		case e.State == outbox.Lost:
		case e.Receipt == nil:
			sum.Add(sum, t.worst(e.Call()))
		case e.Receipt.GasPrice == nil:
			return nil, fmt.Errorf("%w: transaction %d without its price", ErrDamaged, e.Nonce)
		default:
			paid := new(big.Int).Mul(new(big.Int).SetUint64(uint64(e.Receipt.GasUsed)), e.Receipt.GasPrice.ToInt())
			if v := e.Call().Value; v != nil && e.Receipt.Success {
				paid.Add(paid, v.ToInt())
			}
			sum.Add(sum, paid)
		}
	}
	return sum, nil
}

// explored is how many demands beyond the definitions were made for an anchor.
func (t *Tower) explored(k string) (n int) {
	if t.out == nil {
		return 0
	}
	for _, e := range t.out.Entries() {
		if e.State != outbox.Lost && e.Call().Tag == tagExplore && e.Carries(k) && (e.Receipt == nil || e.Receipt.Success) {
			n++
		}
	}
	return n
}

// refresh gives up a waiting transaction whose anchor has fallen.
func (t *Tower) refresh(_ context.Context, call outbox.Call) outbox.Call {
	for _, ref := range call.Refs {
		if r := t.records[ref]; r != nil && r.Verdict == Revoked && call.Tag != tagRefund {
			return outbox.Empty(t.opts.Client.Address())
		}
	}
	return call
}

// collect brings back what is ours: bonds of demands about anchors that fell
// otherwise, then all that the registry owes, if it is worth the transaction.
func (t *Tower) collect(ctx context.Context, games map[string]*game) error {
	abi := bindings.NewAnchorRegistry()
	for _, k := range sortedKeys(games) {
		g := games[k]
		if g.revoked == nil {
			continue
		}
		for p, a := range g.open {
			if a.By != t.opts.Client.Address() {
				continue
			}
			call := outbox.Call{
				To: t.opts.Registry, Tag: tagRefund, Data: abi.PackRefund(g.anchor.Commitment, a.Place),
				Refs: []string{tagRefund + "/" + k + "/" + p.Short(), k},
			}
			if sent, err := t.ifWorth(ctx, call, t.terms.DemandBond); sent || err != nil {
				return err
			}
		}
	}
	if !t.owed {
		return nil
	}
	owed, err := t.opts.Client.Payable(ctx, t.opts.Registry, t.opts.Client.Address())
	if err != nil {
		return err
	}
	if owed.Sign() == 0 {
		t.owed = t.unsettled(games)
		return nil
	}
	_, err = t.ifWorth(ctx, outbox.Call{To: t.opts.Registry, Tag: tagWithdraw, Data: abi.PackWithdraw(), Refs: []string{tagWithdraw}}, owed)
	return err
}

// unsettled reports whether something may become ours.
func (t *Tower) unsettled(games map[string]*game) bool {
	for _, g := range games {
		for _, a := range g.open {
			if a.By == t.opts.Client.Address() {
				return true
			}
		}
	}
	return false
}

// ifWorth sends a call that brings an amount, if that is more than its gas.
func (t *Tower) ifWorth(ctx context.Context, call outbox.Call, gain *big.Int) (bool, error) {
	if err := t.before(call.Refs[0]); err != nil {
		return false, nil //nolint:nilerr // under way, or not to be had
	}
	price, err := t.opts.Client.GasPrice(ctx)
	if err != nil {
		return false, err
	}
	const about = 80_000 // gas
	if gain.Cmp(price.Mul(price, big.NewInt(about))) <= 0 {
		return false, nil
	}
	err = t.send(ctx, call)
	if errors.Is(err, errDone) {
		return false, nil
	}
	return err == nil, err
}
