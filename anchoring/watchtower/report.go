package watchtower

import (
	"math/big"

	"github.com/ethereum/go-ethereum/common"
)

// Report is how a tower stands.
type Report struct {
	Head    uint64
	From    uint64         // first block whose anchors are looked at
	Account common.Address // that acts, zero if none does
	Balance *big.Int       // its, wei; nil if not known
	Spent   *big.Int       // wei, bonds included, also what is under way
	Problem string         // of the last round
	Anchors []Line         // by height
	Stats   Stats
}

// Stats count anchors by verdict, and what was done.
type Stats struct {
	Verdicts     map[Verdict]int
	Transactions map[string]int // by what they are for
	Head         uint64
	Spent        *big.Int // wei
}

// Line is an anchor in a report.
type Line struct {
	Height     uint64
	BlockHash  string // hex
	Commitment string // hex
	At         uint64 // block in which it was anchored
	Verdict    Verdict
	What       string   // what is false
	Claim      string   // the judge's function that takes it down
	Next       string   // what is to be done, or is waited for
	Until      uint64   // last block to answer
	By         string   // who took it down
	Unjudged   []string // what was not judged
	Problem    string
}

// Suspicious reports whether an anchor is false, or differs and is not explained.
func (l *Line) Suspicious() bool {
	return l.Verdict == False || l.Verdict == Differs || l.Verdict == NotJudged
}

// Report returns how things stood after the last round.
func (t *Tower) Report() Report {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.report
}

// Stats returns the figures of the last round.
func (t *Tower) Stats() Stats { return t.Report().Stats }

func (t *Tower) setHead(head uint64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.report.Head = head
}

// publish makes the report of a round.
func (t *Tower) publish(problem error) {
	r := Report{Account: t.opts.Client.Address(), Spent: new(big.Int)}
	r.Stats = Stats{Verdicts: map[Verdict]int{}, Transactions: map[string]int{}, Spent: r.Spent}
	for _, rec := range t.sorted() {
		l := Line{
			Height: rec.Height, BlockHash: rec.BlockHash, Commitment: rec.Commitment, At: rec.At, Verdict: rec.Verdict, What: rec.What,
			Next: rec.Next, Until: rec.Until, By: rec.By, Unjudged: rec.Unjudged, Problem: rec.Problem,
		}
		if rec.Claim != nil {
			l.Claim = rec.Claim.Kind
		}
		r.Anchors = append(r.Anchors, l)
		r.Stats.Verdicts[rec.Verdict]++
	}
	if t.out != nil {
		s := t.out.Status()
		if s.Balance != nil {
			r.Balance = s.Balance.ToInt()
		}
		r.Spent, _ = t.spent()
		r.Stats.Spent = r.Spent
		for _, e := range t.out.Entries() {
			r.Stats.Transactions[e.Call().Tag]++
		}
	}
	if problem != nil {
		r.Problem = problem.Error()
	}
	if t.book != nil {
		r.From = t.book.from
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	r.Head, r.Stats.Head = t.report.Head, t.report.Head
	t.report = r
}
