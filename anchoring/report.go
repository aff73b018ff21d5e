package anchoring

import (
	"math/big"
	"slices"
	"time"

	"vmhost/anchoring/outbox"
	"vmhost/statecache"
)

// AnchorReport is how anchoring stands: for status commands.
type AnchorReport struct {
	Registry [20]byte
	At       AnchorAt
	// Confirmations that an anchor needs.
	Confirmations uint64
	// Account that anchors, as last seen.
	Account outbox.Status
	// Problem is why something is late, "" if nothing is.
	Problem string
	// Demands of this account's anchors, as last read.
	Demands DemandsReport
	// Terms of the registry, and the account's Deposit in it; nil until they are
	// read. Locked is how many bonds of remembered anchors are not seen free.
	Terms   *Terms
	Deposit *Deposit
	Locked  int
	// Reach is how many blocks back demands can be answered, 0 if nobody said.
	Reach uint64
	// Anchors that are remembered, highest first.
	Anchors []AnchorStatus
	// Transactions that are remembered, newest first.
	Transactions []TxReport
	// Gas used and wei paid by the remembered transactions.
	Gas  uint64
	Paid *big.Int
}

// DemandsReport says what is asked.
type DemandsReport struct {
	Open     int      // without an answer
	Nearest  uint64   // last block to answer the most urgent, 0 if none is open
	Answered uint64   // seen since the start
	Cannot   int      // of the open ones, cannot be answered
	Why      []Demand // the most urgent of those
}

// TxReport is a transaction of the anchorer.
type TxReport struct {
	Nonce    uint64
	State    outbox.State
	Tag      string // "anchor", "answer", …
	Carries  int    // anchors in it
	Attempts int
	Hash     [32]byte // of the included or the newest attempt
	FeeCap   *big.Int // of the newest attempt, wei a gas
	Since    time.Time
	Block    statecache.BlockRef // zero if not included
	Success  bool
	GasUsed  uint64
}

// Report returns how anchoring stands.
func (a *Anchorer) Report() AnchorReport {
	r := AnchorReport{Registry: a.opts.Registry, At: a.opts.At, Confirmations: a.opts.Confirmations, Account: a.out.Status()}
	a.mu.Lock()
	if a.problem != nil {
		r.Problem = a.problem.Error()
	}
	r.Demands = a.asked
	r.Terms, r.Deposit, r.Reach = a.terms, a.money, a.opts.Reach
	if a.terms != nil && a.terms.Bond.Sign() > 0 {
		r.Locked = len(a.book.locked)
	}
	if r.Problem == "" {
		if e := a.waitsFor(); e != nil {
			r.Problem = e.Err.Error()
		}
	}
	for _, e := range a.book.all {
		r.Anchors = append(r.Anchors, e.AnchorStatus)
	}
	a.mu.Unlock()
	r.add(a.out.Entries())
	return r
}

// waitsFor is the lowest anchor that was refused and is tried again later, nil if
// there is none. Requires mu.
func (a *Anchorer) waitsFor() (lowest *entry) {
	for e := range a.book.open {
		if e.State == AnchorQueued && e.Err != nil && (lowest == nil || e.Anchor.Block.Number < lowest.Anchor.Block.Number) {
			lowest = e
		}
	}
	return lowest
}

func (r *AnchorReport) add(txs []outbox.Entry) {
	slices.SortFunc(r.Anchors, func(x, y AnchorStatus) int { return byHeight(y.Anchor, x.Anchor) })
	r.Paid = new(big.Int)
	for i := range slices.Backward(txs) {
		e := &txs[i]
		newest := &e.Attempts[len(e.Attempts)-1]
		t := TxReport{
			Nonce: uint64(e.Nonce), State: e.State, Tag: e.Call().Tag, Carries: len(e.Call().Refs), Attempts: len(e.Attempts),
			Hash: newest.Hash, FeeCap: newest.FeeCap.ToInt(), Since: e.Attempts[0].At,
		}
		if in := e.Receipt; in != nil {
			t.Hash, t.Block = in.Hash, statecache.BlockRef{Number: uint64(in.Number), Hash: in.Block}
			t.Success, t.GasUsed = in.Success, uint64(in.GasUsed)
			r.Gas += t.GasUsed
			if in.GasPrice != nil {
				r.Paid.Add(r.Paid, new(big.Int).Mul(in.GasPrice.ToInt(), new(big.Int).SetUint64(t.GasUsed)))
			}
		}
		r.Transactions = append(r.Transactions, t)
	}
}

// ReadAnchorReport reads what a store's file holds, also while a server uses it.
// What only a node can tell is missing.
func ReadAnchorReport(path string) (AnchorReport, error) {
	values, err := outbox.ReadFile(path)
	if err != nil {
		return AnchorReport{}, err
	}
	anchors, err := decodeAnchors(values)
	if err != nil {
		return AnchorReport{}, err
	}
	txs, err := outbox.Decode(values)
	if err != nil {
		return AnchorReport{}, err
	}
	var r AnchorReport
	for _, e := range anchors {
		r.Anchors = append(r.Anchors, e.AnchorStatus)
	}
	r.add(outbox.Sorted(txs))
	return r, nil
}
