package host

import (
	"cmp"
	"math/big"
	"slices"

	"vmhost/anchoring"
	"vmhost/anchoring/outbox"
	"vmhost/wsapi"
)

// anchorSamples are the figures of anchoring, for /metrics.
func anchorSamples(m anchoring.AnchorMetrics) []wsapi.Sample {
	var out []wsapi.Sample
	gauge := func(name, help string, v float64, labels ...string) {
		out = append(out, wsapi.Sample{Name: name, Help: help, Value: v, Labels: labelled(labels)})
	}
	count := func(name, help string, v float64, labels ...string) {
		out = append(out, wsapi.Sample{Name: name, Help: help, Value: v, Labels: labelled(labels), Counter: true})
	}
	for _, s := range []anchoring.AnchorState{
		anchoring.AnchorQueued, anchoring.AnchorPosted, anchoring.AnchorIncluded, anchoring.AnchorAnchored, anchoring.AnchorUndone, anchoring.AnchorFailed,
	} {
		gauge("vmhost_anchor_anchors", "Remembered anchors, by state.", float64(m.States[s]), "state", string(s))
	}
	gauge("vmhost_anchor_behind_blocks", "Blocks from the oldest anchor that is not in the registry to the head; 0: none waits.", float64(m.Behind))
	gauge("vmhost_anchor_late", "1 if something stands in the way of anchoring or answering; vm_status says what.", float64(m.Late))
	const sent = "Transactions, by what they are for and what became of them."
	for _, k := range slices.SortedFunc(tallied(m), func(x, y outbox.TagOutcome) int {
		return cmp.Or(cmp.Compare(x.Tag, y.Tag), cmp.Compare(x.Outcome, y.Outcome))
	}) {
		count("vmhost_anchor_transactions_total", sent, float64(m.Transactions[k]), "for", k.Tag, "outcome", string(k.Outcome))
	}
	count("vmhost_anchor_fees_wei_total", "Paid for confirmed transactions.", wei(m.Paid))
	if m.Account.Balance != nil {
		gauge("vmhost_anchor_balance_wei", "Balance of the account that anchors.", wei(m.Account.Balance.ToInt()))
	}
	const demands = "Demands of this account's anchors that are open, and those of them that cannot be answered."
	gauge("vmhost_anchor_demands", demands, float64(m.Demands.Open), "state", "open")
	gauge("vmhost_anchor_demands", demands, float64(m.Demands.Cannot), "state", "cannot")
	count("vmhost_anchor_demands_answered_total", "Demands seen answered.", float64(m.Demands.Answered))
	if m.Demands.Open > 0 {
		gauge("vmhost_anchor_demand_blocks_left", "Blocks left to answer the most urgent demand.", float64(m.Left))
	}
	return append(out, depositSamples(m)...)
}

// tallied are the kinds of transactions that are shown: the usual ones also
// before there are any, so that rates begin at 0.
func tallied(m anchoring.AnchorMetrics) func(func(outbox.TagOutcome) bool) {
	all := map[outbox.TagOutcome]bool{}
	for _, tag := range []string{"anchor", "answer", "release"} {
		for _, o := range []outbox.Outcome{outbox.OutcomeSent, outbox.OutcomeReplacing, outbox.OutcomeDone, outbox.OutcomeReverted, outbox.OutcomeLost} {
			all[outbox.TagOutcome{Tag: tag, Outcome: o}] = true
		}
	}
	for k := range m.Transactions {
		all[k] = true
	}
	return func(yield func(outbox.TagOutcome) bool) {
		for k := range all {
			if !yield(k) {
				return
			}
		}
	}
}

func depositSamples(m anchoring.AnchorMetrics) []wsapi.Sample {
	if m.Terms == nil || m.Deposit == nil {
		return nil
	}
	const help = "Money of the account in the registry: free for anchors, locked by them, leaving, earned."
	var out []wsapi.Sample
	locked := new(big.Int).Mul(m.Terms.Bond, big.NewInt(int64(m.Locked)))
	for _, x := range []struct {
		kind string
		v    *big.Int
	}{{"free", m.Deposit.Free}, {"locked", locked}, {"leaving", m.Deposit.Leaving}, {"earned", m.Deposit.Earned}} {
		out = append(out, wsapi.Sample{Name: "vmhost_anchor_deposit_wei", Help: help, Labels: labelled([]string{"kind", x.kind}), Value: wei(x.v)})
	}
	return out
}

// wei as a float: exact enough for a graph.
func wei(x *big.Int) float64 {
	f, _ := new(big.Float).SetInt(x).Float64()
	return f
}

func labelled(pairs []string) map[string]string {
	if len(pairs) == 0 {
		return nil
	}
	l := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		l[pairs[i]] = pairs[i+1]
	}
	return l
}
