package contracts

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/vm/runtime"

	"vmhost/anchoring/contracts/bindings"
)

// gasOf runs a transaction and returns its execution gas and all of it: with the
// base and the calldata, whose floor (EIP-7623) counts if it is higher.
func (w *world) gasOf(from common.Address, value int64, data []byte) (execution, total uint64) {
	w.t.Helper()
	cfg := *w.cfg
	cfg.Origin, cfg.Value = from, big.NewInt(value)
	before := cfg.GasLimit
	out, left, err := runtime.Call(w.registry, data, &cfg)
	if err != nil {
		w.t.Fatalf("%v: %s", err, Reason(out))
	}
	execution = before - left
	intrinsic, floor := uint64(21_000), uint64(21_000)
	for _, b := range data {
		intrinsic, floor = intrinsic+4, floor+10
		if b != 0 {
			intrinsic, floor = intrinsic+12, floor+30
		}
	}
	return execution, max(execution+intrinsic, floor)
}

// TestGasGame is the price list of the anchor game. The collection of 2^20 items
// has 7 levels; the account's and the slot's proofs have 9 nodes each, like
// those of mainnet's state.
func TestGasGame(t *testing.T) {
	w := newWorld(t)
	lines := []string{fmt.Sprintf("%-58s %9s %12s %9s", "", "calldata", "execution", "in all")}
	add := func(name string, from common.Address, value int64, data []byte) {
		execution, total := w.gasOf(from, value, data)
		lines = append(lines, fmt.Sprintf("%-58s %9d %12d %9d", name, len(data), execution, total))
	}
	fork := func(f func()) {
		saved, number := w.cfg.State.Copy(), w.cfg.BlockNumber
		f()
		w.cfg.State, w.cfg.BlockNumber = saved, number
	}
	add("deposit", operator, 1, registryABI.PackDeposit(operator))
	w.anchor(w.honest(w.tip()-30, nil)) // the fence and the like are written
	fork(func() { add("anchor 1, with a bond", operator, 0, pack(1, w.honest(w.tip(), nil).arg())) })
	var ten []bindings.AnchorRegistryAnchor
	for h := w.tip() - 9; h <= w.tip(); h++ {
		ten = append(ten, bindings.AnchorRegistryAnchor{Height: h, BlockHash: w.headers[h].Hash(), DirectoryRoot: root(1)})
	}
	fork(func() { add("anchor 10, with bonds", operator, 0, pack(1, ten...)) })
	fork(func() {
		w.mine(101)
		add("release 1", watcher, 0, registryABI.PackRelease([]uint64{w.tip() - 30}))
	})

	seen := map[string]bool{}
	challenge := func(name string, f *forged, claim func(*world, *Suspect) (Challenge, error)) {
		fork(func() {
			c, err := claim(w, w.anchor(f))
			if err != nil {
				t.Fatal(err)
			}
			add("challenge: "+name, watcher, 0, c.Calldata())
			seen[c.Kind] = true
		})
	}
	large := func(v [32]byte) *forged {
		return w.forge(w.tip(), w.history(), nil, func(cols []forgedCol) {
			cols[4].values[0] = v
			cols[4].first, cols[4].length = 777_777, 1<<20
		})
	}
	deep := func(w *world, s *Suspect) (Challenge, error) {
		return s.Value(handleSingle, 777_777, w.headerRLP(s.Height), w.proof(deepD, slotWord(8)))
	}
	challenge("a slot, 2^20 items, proofs of 9 + 9 nodes", large(slotWord(1)), deep)
	seen["refuteValue"] = false // also of a small state
	for _, f := range append(append(valueFalsehoods(), formFalsehoods()...), historyFalsehoods()...) {
		aged := f.history != nil && f.kind == "refuteValue"
		if seen[f.kind] && !aged {
			continue
		}
		history := w.history()
		if f.history != nil {
			f.history(w, history)
		}
		name := f.kind + ", " + f.name
		if aged {
			name = "refuteValue, of an earlier block in the history"
		}
		challenge(name, w.forge(w.tip(), history, f.replace, f.edit), f.claim)
	}

	f := large(w.slots[deepD][slotWord(8)])
	s := w.anchor(f)
	top, leaf := Place{Kind: PlaceDirectory, Level: 4}, Place{Kind: PlaceLeaves, Entry: handleSingle, Index: 777_777}
	demand := func(name string, p Place, known *Answers) bindings.DemandGamePlace {
		data, err := s.Demand(p, known)
		if err != nil {
			t.Fatal(err)
		}
		add(name, watcher, demandBond, data)
		asked, err := s.Asked(p)
		if err != nil {
			t.Fatal(err)
		}
		return asked
	}
	answer := func(name string, asked ...bindings.DemandGamePlace) {
		add(name, operator, 0, Answer(w.shows(f, asked...)...))
	}
	first := demand("demand the directory's root", top, nil)
	fork(func() { demand("demand a leaf of 2^20, from the commitment down", leaf, nil) })
	answer("answer 1, the first of an operator", first)
	known := &Answers{}
	known.Add(top, f.known[top])
	second := demand("demand below an answer", Place{Kind: PlaceDirectory, Level: 3}, known)
	fork(func() { answer("answer 1", second) })
	fork(func() {
		var asked []bindings.DemandGamePlace
		for _, p := range descend(t, f) {
			if n := len(asked); n < 200 && p != first && p != second && p.Level == 0 {
				asked = append(asked, w.demanded(s, PlaceOf(p), nil))
			}
		}
		for _, n := range []int{8, 64, 200} {
			fork(func() { answer(fmt.Sprintf("answer %d", n), asked[:n]...) })
		}
	})
	fork(func() {
		var shown []Shown
		for h := w.tip() - 29; h < w.tip(); h++ {
			f := w.honest(h, nil)
			shown = append(shown, w.shows(f, w.demanded(w.anchor(f), top, nil))...)
		}
		add(fmt.Sprintf("answer %d, each of another anchor", len(shown)), operator, 0, Answer(shown...))
	})
	fork(func() {
		for _, p := range wayTo(t, s, leaf) {
			if p == leaf {
				demand("demand a leaf of 2^20, all above it answered", leaf, nil)
				break
			}
			if p != top && p != (Place{Kind: PlaceDirectory, Level: 3}) {
				w.answered(f, w.demanded(s, p, nil))
			}
		}
	})
	third := w.demanded(s, leaf, nil)
	w.mine(11)
	add("expire", watcher, 0, registryABI.PackExpire(f.height, f.Commitment, second))
	add("refund", watcher, 0, registryABI.PackRefund(f.Commitment, third))
	add("withdraw", watcher, 0, registryABI.PackWithdraw())
	golden(t, "testdata/gas-anchors.golden", lines)
}
