package anchoring

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"

	"github.com/ethereum/go-ethereum/common/hexutil"

	"vmhost/anchoring/contracts"
	"vmhost/anchoring/outbox"
)

// tagAnswer marks the outbox's transactions that answer demands.
const tagAnswer = "answer"

const (
	// firstPlaceGas is what an answer is thought to cost until one was estimated.
	firstPlaceGas = 70_000
	// maxTxGas is what EIP-7825 leaves to a transaction.
	maxTxGas = 16_777_216
	// againAfter is how many blocks later an answer that failed is tried again.
	againAfter = 4
)

// errUnread says that it is not known yet what is asked.
var errUnread = errors.New("anchoring: demands are not read yet")

// answer submits answers to what is asked; false if none can be given.
func (a *Anchorer) answer(ctx context.Context) (bool, error) {
	for limit := a.answerLimit(); ; {
		call, err := a.answers(ctx, limit)
		if call == nil {
			if errors.Is(err, errUnread) { // scan said why, or nothing is answered here
				err = nil
			}
			return false, err
		}
		sent := a.out.Submit(ctx, *call)
		if !errors.Is(sent, outbox.ErrFunds) || len(call.Refs) == 1 {
			return true, errors.Join(err, sent)
		}
		limit = uint64(call.Gas) / 2 // the most urgent first, as the money goes
	}
}

// answers is a transaction that answers as many demands as fit into a limit of gas,
// those first whose time ends first; nil if there is none. The error says which
// cannot be answered.
func (a *Anchorer) answers(ctx context.Context, limit uint64) (*outbox.Call, error) {
	d := &a.demands
	if !d.known {
		return nil, errUnread
	}
	head := uint64(a.out.Status().Head)
	waiting := d.waiting()
	if len(waiting) == 0 || head < d.notBefore {
		return nil, nil //nolint:nilnil // as documented
	}
	defer a.showAsked()
	parts, failed := a.show(ctx, a.worthwhile(waiting), head, limit)
	parts, gas, err := a.fit(ctx, parts, head, limit)
	if err != nil || len(parts) == 0 {
		return nil, errors.Join(failed, err)
	}
	call := a.answerCall(parts)
	call.Gas = hexUint(gas)
	call.MaxFee = (*hexutil.Big)(a.answerFee(parts, gas, head))
	return &call, failed
}

// part is a demand with what is shown.
type part struct {
	*request
	shown contracts.Shown
}

func (a *Anchorer) answerCall(parts []part) outbox.Call {
	call := outbox.Call{To: a.opts.Registry, Tag: tagAnswer}
	shown := make([]contracts.Shown, len(parts))
	for i, p := range parts {
		shown[i] = p.shown
		call.Refs = append(call.Refs, p.ref())
	}
	call.Data = contracts.Answer(shown...)
	return call
}

// answerLimit is the most gas that a transaction of answers is given: what the
// account can pay at about the price that the outbox will offer, but for one place.
func (a *Anchorer) answerLimit() uint64 {
	limit := min(withMargin(a.opts.MaxAnswerGas), maxTxGas)
	st := a.out.Status()
	if block := uint64(st.GasLimit); block > 0 {
		limit = min(limit, block)
	}
	if st.Balance != nil && st.BaseFee != nil {
		price := new(big.Int).Lsh(st.BaseFee.ToInt(), 1)
		price.Add(price, big.NewInt(usualTip))
		if gas := price.Div(st.Balance.ToInt(), price); gas.IsUint64() {
			limit = min(limit, max(gas.Uint64(), withMargin(firstPlaceGas)))
		}
	}
	return limit
}

// usualTip is what is reckoned with, in wei a gas.
const usualTip = 1_000_000_000

// show opens as many places as a transaction has room for. What cannot be opened
// does not keep the others: it is tried again some blocks later.
func (a *Anchorer) show(ctx context.Context, list []*request, head, limit uint64) (parts []part, failed error) {
	d := &a.demands
	if d.placeGas == 0 {
		d.placeGas = firstPlaceGas
	}
	for _, r := range list {
		if len(parts) > 0 && uint64(len(parts)+1)*d.placeGas+gasMargin > limit {
			break
		}
		if r.Why != nil && head < r.retry {
			failed = errors.Join(failed, r.failure())
			continue
		}
		shown, err := a.open(ctx, r)
		if err != nil {
			a.cannot(ctx, r, head, err)
			failed = errors.Join(failed, r.failure())
			continue
		}
		r.Why = nil
		parts = append(parts, part{r, shown})
	}
	return parts, failed
}

func (r *request) failure() error {
	return fmt.Errorf("answer for block %d until %d: %w", r.Height, r.Deadline, r.Why)
}

// cannot notes why a demand is not answered.
func (a *Anchorer) cannot(ctx context.Context, r *request, head uint64, why error) {
	if r.Why == nil {
		a.log.LogAttrs(ctx, slog.LevelError, "a demand cannot be answered: the anchor will be lost", slog.Uint64("height", r.Height),
			slog.Uint64("deadline", r.Deadline), slog.Any("err", why))
	}
	r.Why, r.retry = why, head+againAfter
}

// open shows what is asked for.
func (a *Anchorer) open(ctx context.Context, r *request) (contracts.Shown, error) {
	if h, ok := a.demands.held[r.block]; ok {
		if shown, err := contracts.Show(contracts.ViewTree(h.view), r.Height, r.Commitment, r.place); err == nil {
			return shown, nil
		}
	}
	view, release, err := a.opts.Open(ctx, r.block)
	if err != nil {
		return contracts.Shown{}, err
	}
	defer release()
	if have := view.CommitmentBytes(); have != r.Commitment {
		return contracts.Shown{}, fmt.Errorf("%w: the state is of commitment 0x%x, not 0x%x", ErrOtherState, have, r.Commitment)
	}
	return contracts.Show(contracts.ViewTree(view), r.Height, r.Commitment, r.place)
}

// fit takes as many parts from the front as a transaction can carry, and tries
// them. The contract passes over what is closed meanwhile; only when it refuses
// all is it asked what is open still.
func (a *Anchorer) fit(ctx context.Context, parts []part, head, limit uint64) ([]part, uint64, error) {
	d := &a.demands
	for len(parts) > 0 {
		gas, err := a.node.gas(ctx, a.answerCall(parts))
		switch {
		case err == nil && gas <= limit:
			d.placeGas = max(gas/uint64(len(parts)), 1)
			return parts, gas, nil
		case err == nil && len(parts) > 1:
			d.placeGas = gas / uint64(len(parts))
			parts = parts[:min(len(parts)-1, max(1, int(limit/d.placeGas)))]
		case err == nil:
			a.cannot(ctx, parts[0].request, head, fmt.Errorf("%w: %d gas, at most %d", ErrAnswerGas, gas, limit))
			return nil, 0, parts[0].failure()
		case !answered(err):
			return nil, 0, err
		default:
			open, oerr := a.sift(ctx, parts, head)
			if oerr != nil {
				return nil, 0, errors.Join(err, oerr)
			}
			if len(open) == len(parts) {
				if len(parts) == 1 {
					a.cannot(ctx, parts[0].request, head, err)
					return nil, 0, parts[0].failure()
				}
				open = open[:len(open)/2] // the one that is refused is found by halves
			}
			parts = open
		}
	}
	return nil, 0, nil
}

// sift leaves out what is not open any more.
func (a *Anchorer) sift(ctx context.Context, parts []part, head uint64) (open []part, err error) {
	list := make([]Demand, len(parts))
	for i, p := range parts {
		list[i] = p.Demand
	}
	is, err := a.node.stillOpen(ctx, list)
	if err != nil {
		return nil, err
	}
	for i, p := range parts {
		if is[i] {
			open = append(open, p)
		} else {
			p.closed = head
		}
	}
	return open, nil
}

// worthwhile leaves out demands of anchors whose bonds are worth less than the
// answers cost at the present price, if that is above what is paid in any case.
func (a *Anchorer) worthwhile(list []*request) []*request {
	base := a.out.Status().BaseFee
	if base == nil || base.ToInt().Cmp(a.opts.MaxFee) <= 0 || a.terms.Bond.Sign() == 0 {
		return list
	}
	count := map[[32]byte]int64{}
	for _, r := range list {
		count[r.Commitment]++
	}
	gas := new(big.Int).SetUint64(max(a.demands.placeGas, firstPlaceGas))
	var out []*request
	for _, r := range list {
		n := big.NewInt(count[r.Commitment])
		cost := new(big.Int).Mul(new(big.Int).Mul(gas, n), base.ToInt())
		if cost.Cmp(a.stake(1, count[r.Commitment])) <= 0 {
			out = append(out, r)
		} else if r.Why == nil {
			r.Why = ErrNotWorth
		}
	}
	return out
}

// stake is what answering saves and earns, in wei.
func (a *Anchorer) stake(anchors, demands int64) *big.Int {
	saved := new(big.Int).Mul(a.terms.Bond, big.NewInt(anchors))
	return saved.Add(saved, new(big.Int).Mul(a.terms.DemandBond, big.NewInt(demands)))
}

// answerFee is the most that a transaction of answers pays, wei a gas. While there
// is time it is MaxFee: most spikes pass. From half of the answer window on it
// grows, until at a quarter it is what is at stake: to pay more would lose more
// than the bonds.
func (a *Anchorer) answerFee(parts []part, gas, head uint64) *big.Int {
	anchors := map[[32]byte]bool{}
	for _, p := range parts {
		anchors[p.Commitment] = true
	}
	most := a.stake(int64(len(anchors)), int64(len(parts)))
	most.Div(most, new(big.Int).SetUint64(max(gas, 1)))
	return rampedFee(a.opts.MaxFee, most, parts[0].Deadline-min(parts[0].Deadline, head), a.terms.AnswerWindow)
}

// rampedFee goes from low, with half of a window left, to high, with a quarter left.
func rampedFee(low, high *big.Int, left, window uint64) *big.Int {
	half, quarter := (window+1)/2, window/4
	switch {
	case high.Cmp(low) <= 0 || left >= half:
		return low
	case left <= quarter:
		return high
	}
	fee := new(big.Int).Sub(high, low)
	fee.Mul(fee, new(big.Int).SetUint64(half-left))
	fee.Div(fee, new(big.Int).SetUint64(half-quarter))
	return fee.Add(fee, low)
}

// ended takes note of a confirmed transaction of answers: those that revert are
// sent ever more rarely.
func (d *demands) ended(r *outbox.Receipt) {
	if r.Success {
		d.reverts, d.notBefore = 0, 0
		return
	}
	d.notBefore = uint64(r.Number) + 1<<min(d.reverts, 4)
	d.reverts++
}

// whyShown is how many demands that cannot be answered are reported.
const whyShown = 16

// showAsked brings what reports say up to date.
func (a *Anchorer) showAsked() {
	s := DemandsReport{Answered: a.demands.answered}
	for _, r := range a.demands.waiting() {
		if s.Open++; s.Open == 1 {
			s.Nearest = r.Deadline
		}
		if r.Why == nil {
			continue
		}
		if s.Cannot++; s.Cannot <= whyShown {
			s.Why = append(s.Why, r.Demand)
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked = s
}

// keep is how many blocks an anchor is remembered: at least while it can be asked
// about.
func (a *Anchorer) keep() uint64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.terms == nil {
		return a.opts.Keep
	}
	return max(a.opts.Keep, a.terms.Askable())
}
