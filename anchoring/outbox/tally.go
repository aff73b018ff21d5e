package outbox

import (
	"maps"
	"math/big"
)

// Outcome is what became of a transaction, for counters.
type Outcome string

// Outcomes. A transaction that a reorganisation took out ends again.
const (
	OutcomeSent      Outcome = "sent"      // a nonce was used for it
	OutcomeReplacing Outcome = "replacing" // it was sent in the place of another form
	OutcomeDone      Outcome = "done"      // confirmed
	OutcomeReverted  Outcome = "reverted"  // confirmed without success
	OutcomeLost      Outcome = "lost"      // somebody else took the nonce
)

// TagOutcome is the key of Tally.
type TagOutcome struct {
	Tag     string // of the call
	Outcome Outcome
}

// Tally counts transactions by tag and outcome, and the wei paid for confirmed
// ones, since the outbox was opened.
func (o *Outbox) Tally() (map[TagOutcome]uint64, *big.Int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return maps.Clone(o.tally), new(big.Int).Set(o.paidWei)
}

func (o *Outbox) tallied(tag string, what Outcome) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.tally[TagOutcome{tag, what}]++
}

// pay adds what a receipt's transaction cost.
func (o *Outbox) pay(r *Receipt) {
	if r.GasPrice == nil {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.paidWei.Add(o.paidWei, new(big.Int).Mul(r.GasPrice.ToInt(), new(big.Int).SetUint64(uint64(r.GasUsed))))
}
