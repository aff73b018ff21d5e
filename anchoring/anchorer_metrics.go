package anchoring

import (
	"math/big"

	"vmhost/anchoring/outbox"
)

// AnchorMetrics are an anchorer's figures at one moment, for a collector above.
type AnchorMetrics struct {
	// States counts the remembered anchors.
	States map[AnchorState]int
	// Behind is how many blocks the oldest anchor that is not in the registry yet is
	// below the head, 0 if none waits.
	Behind uint64
	// Transactions by tag and outcome, and Paid wei for the confirmed, since the start.
	Transactions map[outbox.TagOutcome]uint64
	Paid         *big.Int
	// Account as last seen.
	Account outbox.Status
	// Demands as in AnchorReport.
	Demands DemandsReport
	// Left is how many blocks the most urgent demand leaves; below 0 it is late. It
	// has no meaning when none is open.
	Left int64
	// Terms, Deposit and Locked as in AnchorReport.
	Terms   *Terms
	Deposit *Deposit
	Locked  int
	// Late is 1 if something stands in the way, else 0.
	Late int
}

// Metrics returns the figures now. It costs what is under way, not what is
// remembered.
func (a *Anchorer) Metrics() AnchorMetrics {
	m := AnchorMetrics{Account: a.out.Status()}
	m.Transactions, m.Paid = a.out.Tally()
	head := uint64(m.Account.Head)
	a.mu.Lock()
	defer a.mu.Unlock()
	m.States = a.book.states()
	for e := range a.book.open {
		if n := e.Anchor.Block.Number; n < head {
			m.Behind = max(m.Behind, head-n)
		}
	}
	m.Demands = a.asked
	m.Left = int64(a.asked.Nearest) - int64(head)
	m.Terms, m.Deposit = a.terms, a.money
	if a.terms != nil && a.terms.Bond.Sign() > 0 {
		m.Locked = len(a.book.locked)
	}
	if a.problem != nil || a.waitsFor() != nil {
		m.Late = 1
	}
	return m
}
