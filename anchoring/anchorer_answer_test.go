package anchoring

import (
	"context"
	"errors"
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"vmhost/anchoring/contracts/bindings"
	"vmhost/anchoring/outbox"
	"vmhost/anchoring/outbox/fakenode"
	"vmhost/statecache"
)

// quay is a harbour whose anchors can be asked about: the state of every block.
type quay struct {
	*harbour
	views map[statecache.BlockRef]*statecache.View
	lost  map[uint64]bool // heights whose states cannot be opened
}

func newQuay(t *testing.T) *quay {
	t.Helper()
	q := &quay{harbour: newHarbour(t), views: map[statecache.BlockRef]*statecache.View{}, lost: map[uint64]bool{}}
	q.reg.bond, q.reg.commitments = 3_000_000, map[uint64][32]byte{}
	q.opts.Open = func(_ context.Context, ref statecache.BlockRef) (*statecache.View, func(), error) {
		if q.lost[ref.Number] {
			return nil, nil, statecache.ErrEvicted
		}
		return q.view(ref), func() {}, nil
	}
	q.harbour.open()
	return q
}

func (q *quay) view(ref statecache.BlockRef) *statecache.View {
	q.t.Helper()
	if q.views[ref] == nil {
		v, err := statecache.FromState(fakenode.ChainID, statecache.BlockHeader{Ref: ref}, nil)
		if err != nil {
			q.t.Fatal(err)
		}
		q.views[ref] = v
	}
	return q.views[ref]
}

// anchor is the anchor of a block with its true commitment.
func (q *quay) anchor(number uint64) Anchor {
	a := q.at(number)
	a.Commitment = q.view(a.Block).CommitmentBytes()
	q.reg.commitments[number] = a.Commitment
	return a
}

// ask makes a demand in the present block, for the directory of an anchor.
func (q *quay) ask(a Anchor, deadline uint64) Demand {
	p := q.view(a.Block).CommitPreimage()
	d := Demand{Height: a.Block.Number, Commitment: a.Commitment, Deadline: deadline, place: bindings.DemandGamePlace{Kind: 1, Level: 4, Node: p[5].Bytes()}}
	if q.reg.asked == nil {
		q.reg.asked = map[uint64][]Demand{}
	}
	q.reg.asked[q.reg.Number()] = append(q.reg.asked[q.reg.Number()], d)
	return d
}

// go takes rounds and blocks; jobs.Open asks again for what a crash lost.
func (q *quay) rounds(n int, anchors ...Anchor) {
	for range n {
		for _, a := range anchors {
			q.a.Post(a)
		}
		q.turn()
		q.block()
	}
}

// inTime reports whether a demand was answered in time.
func (q *quay) inTime(d Demand) bool {
	n := q.reg.answeredIn(d.key())
	return n > 0 && n <= d.Deadline
}

// everyFault runs a story with each call failing in each way, and the process
// ending at each; check looks at what came of it.
func everyFault(t *testing.T, story func(*quay), check func(*quay)) {
	t.Helper()
	plain := newQuay(t)
	views := plain.views // of all: the chains are the same
	story(plain)
	check(plain)
	calls := plain.reg.Faults.N
	hit := map[string]int{}
	step := 3 // each kind at another third of the calls
	if os.Getenv("VMHOST_LONG") != "" {
		step = 1
	}
	faults := 0
	for i, kind := range []fakenode.Fault{fakenode.Fail, fakenode.FailAfter, fakenode.CrashAt, fakenode.CrashAfter} {
		for at := 1 + i%step; at <= calls; at += step {
			faults++
			q := newQuay(t)
			q.views = views
			*q.reg.Faults = fakenode.Faults{At: at, Kind: kind}
			story(q)
			check(q)
			hit[q.reg.Faults.Hit]++
			if t.Failed() {
				t.Fatalf("call %d (%s) %s: %v", at, q.reg.Faults.Hit, kind, q.err)
			}
		}
	}
	t.Logf("%d faults: %v", faults, hit)
}

// Demands of several anchors are answered by one transaction, before the first
// deadline, whatever fails in between.
func TestAnswerFaults(t *testing.T) {
	var asked []Demand
	everyFault(t, func(q *quay) {
		q.block()
		q.block()
		q.block()
		one, two := q.anchor(1), q.anchor(2)
		q.until(one, two)
		asked = []Demand{q.ask(two, q.reg.Number()+12), q.ask(one, q.reg.Number()+10)}
		q.rounds(9, one, two)
		q.once(one, two)
	}, func(q *quay) {
		if q.reg.answers() != 1 || q.reg.Included() != 2 || !q.inTime(asked[0]) || !q.inTime(asked[1]) {
			t.Errorf("%d answers, %d transactions", q.reg.answers(), q.reg.Included())
		}
	})
}

// An anchoring transaction that is stuck is replaced by the answer; what it
// carried is anchored afterwards.
func TestAnswerReplacesFaults(t *testing.T) {
	var d Demand
	everyFault(t, func(q *quay) {
		q.block()
		q.block()
		one := q.anchor(1)
		q.until(one)
		two := q.anchor(2)
		q.a.Post(two)
		q.reg.Ignore = true // too dear for the miners
		q.turn()
		q.turn() // after a fault
		d = q.ask(one, q.reg.Number()+15)
		q.rounds(3, one, two)
		q.reg.Ignore = false
		for range 9 {
			q.rounds(1, one, two)
		}
		q.until(one, two)
		q.once(one, two)
	}, func(q *quay) {
		if q.reg.answers() != 1 || !q.inTime(d) {
			t.Errorf("%d answers, in block %d until %d", q.reg.answers(), q.reg.answeredIn(d.key()), d.Deadline)
		}
	})
}

// The bonds of settled anchors are released, each once, whatever fails.
func TestReleaseFaults(t *testing.T) {
	const n = releaseLeast
	everyFault(t, func(q *quay) {
		for range n + 1 {
			q.block()
		}
		var list []Anchor
		for i := range uint64(n) {
			list = append(list, q.anchor(i+1))
		}
		q.until(list...)
		q.reg.Mine(21)
		q.rounds(9, list...)
		q.once(list...)
	}, func(q *quay) {
		for h := range uint64(n) {
			if got := q.reg.releases(h + 1); got != 1 {
				t.Errorf("bond of block %d released %d times", h+1, got)
			}
		}
		if r := q.a.Report(); r.Locked != 0 || q.reg.Included() != 2 {
			t.Errorf("%d bonds locked, %d transactions", r.Locked, q.reg.Included())
		}
		q.harbour.open() // known after a restart, without asking
		q.turn()
		if r := q.a.Report(); r.Locked != 0 {
			t.Errorf("%d bonds locked after a restart", r.Locked)
		}
	})
}

// A release that a reorganisation takes out is made again.
func TestReleaseAfterAReorg(t *testing.T) {
	q := newQuay(t)
	for range releaseLeast + 1 {
		q.block()
	}
	var list []Anchor
	for i := range uint64(releaseLeast) {
		list = append(list, q.anchor(i+1))
	}
	q.until(list...)
	q.reg.Mine(21)
	q.rounds(4)
	if q.a.Report().Locked != 0 {
		t.Fatalf("%+v", q.err)
	}
	q.reg.Reorg(4, false, false)
	q.reg.DropPool()
	q.a.RolledBack(statecache.BlockRef{Number: q.reg.Number() - 5, Hash: q.reg.BlockHash(q.reg.Number() - 5)})
	if q.a.Report().Locked != releaseLeast {
		t.Errorf("%d bonds locked after the reorganisation", q.a.Report().Locked)
	}
	q.rounds(5)
	if q.reg.releases(3) != 1 || q.a.Report().Locked != 0 {
		t.Errorf("released %d times, %d locked", q.reg.releases(3), q.a.Report().Locked)
	}
}

// A demand that a reorganisation takes out is forgotten, an answer that it takes
// out is given again.
func TestDemandsThroughReorgs(t *testing.T) {
	q := newQuay(t)
	q.block()
	q.block()
	one := q.anchor(1)
	q.until(one)
	q.block()
	d := q.ask(one, q.reg.Number()+40)
	q.rounds(4)
	if q.reg.answers() != 1 || q.a.Report().Demands.Open != 0 {
		t.Fatalf("%d answers: %+v", q.reg.answers(), q.a.Report().Demands)
	}
	made := q.reg.Number() - 4
	q.reg.Reorg(4, false, false) // the answer leaves, the demand stays
	q.reg.DropPool()
	q.turn()
	if got := q.a.Report().Demands.Open; got != 1 {
		t.Errorf("%d open after the answer left", got)
	}
	q.rounds(4)
	if q.reg.answers() != 1 || !q.inTime(d) || q.a.Report().Demands.Open != 0 {
		t.Errorf("%d answers: %+v", q.reg.answers(), q.a.Report().Demands)
	}
	delete(q.reg.asked, made) // with its block
	q.reg.Reorg(int(q.reg.Number()-made)+1, false, false)
	q.reg.DropPool()
	q.turn()
	if len(q.a.demands.all) != 0 {
		t.Errorf("%d demands known", len(q.a.demands.all))
	}
}

// What cannot be answered, and what the contract refuses, is shown and holds
// nobody up.
func TestAnswerDespiteOthers(t *testing.T) {
	q := newQuay(t)
	for range 6 {
		q.block()
	}
	var list []Anchor
	for i := range uint64(5) {
		list = append(list, q.anchor(i+1))
	}
	q.until(list...)
	q.lost[1] = true
	refused := "nobody knows why"
	q.reg.refuses = func(c outbox.Call) error {
		for _, k := range shownBy(c.Data) {
			if k.commitment == list[1].Commitment {
				return revert("PreimageMismatch(bytes32)", common.Hash{})
			}
		}
		return nil
	}
	var asked []Demand
	for i, a := range list {
		asked = append(asked, q.ask(a, q.reg.Number()+20+uint64(i)))
	}
	q.rounds(9)
	for i, d := range asked {
		if q.inTime(d) != (i > 1) {
			t.Errorf("demand %d answered in block %d until %d", i, q.reg.answeredIn(d.key()), d.Deadline)
		}
	}
	r := q.a.Report()
	if r.Demands.Open != 2 || r.Demands.Cannot != 2 || r.Demands.Nearest != asked[0].Deadline || r.Demands.Answered != 3 {
		t.Errorf("%+v", r.Demands)
	}
	if len(r.Demands.Why) != 2 || !errors.Is(r.Demands.Why[0].Why, statecache.ErrEvicted) || !errors.Is(r.Demands.Why[1].Why, ErrReverted) || !strings.Contains(r.Problem, "block 1") {
		t.Errorf("%+v, %q, %s", r.Demands.Why, r.Problem, refused)
	}
	q.lost[1], q.reg.refuses = false, nil
	q.rounds(6)
	if !q.inTime(asked[0]) || !q.inTime(asked[1]) || q.a.Report().Demands.Cannot != 0 {
		t.Errorf("%+v", q.a.Report().Demands)
	}
}

// A node that holds events back is noticed by the registry's count, and what it
// held back is found although it is older than what is usually read again.
func TestHiddenDemands(t *testing.T) {
	q := newQuay(t)
	q.block()
	q.block()
	one := q.anchor(1)
	q.until(one)
	q.reg.hides = true
	d := q.ask(one, q.reg.Number()+40)
	q.rounds(overlap + 4)
	if q.reg.answers() != 0 {
		t.Fatal("answered what is not known")
	}
	told := false
	for range shortMost {
		q.rounds(1)
		told = told || strings.Contains(q.a.Report().Problem, "1 demands are open, the events show 0")
	}
	if !told {
		t.Error("not noticed")
	}
	q.reg.hides = false
	q.rounds(6)
	if !q.inTime(d) {
		t.Errorf("not answered: %v", q.err)
	}
}

// Batches stay within the gas of a transaction, whatever an answer turns out to
// need, and go in order of deadlines.
func TestAnswersByGas(t *testing.T) {
	q := newQuay(t)
	q.opts.MaxAnswerGas = 700_000
	q.harbour.open()
	for range 10 {
		q.block()
	}
	var list []Anchor
	for i := range uint64(9) {
		list = append(list, q.anchor(i+1))
	}
	q.until(list...)
	q.reg.placeGas = 200_000 // 3 of them in 905,000 with the margin
	for i, a := range list {
		q.ask(a, q.reg.Number()+uint64(10+(i*5)%9))
	}
	q.rounds(8)
	var deadlines []uint64
	for _, tx := range q.reg.Executed() {
		places := shownBy(tx.Data())
		if len(places) > 4 || tx.Gas() > 905_000 {
			t.Errorf("%d places, %d gas", len(places), tx.Gas())
		}
		for _, k := range places {
			for _, l := range q.reg.asked {
				for _, d := range l {
					if d.key() == k {
						deadlines = append(deadlines, d.Deadline)
					}
				}
			}
		}
	}
	if len(deadlines) != 9 || !slices.IsSorted(deadlines) {
		t.Errorf("answered with deadlines %v", deadlines)
	}
	q.reg.placeGas = 2_000_000
	d := q.ask(list[0], 99)
	d.place.Index, d.place.Level = 0, 3
	if _, err := q.a.answers(t.Context(), q.a.answerLimit()); err != nil {
		t.Error(err)
	}
}

// An account that cannot pay for all answers at once gives as many as it can, the
// most urgent first; also in the place of a transaction that is stuck.
func TestAnswersByMoney(t *testing.T) {
	q := newQuay(t)
	for range 10 {
		q.block()
	}
	var list []Anchor
	for i := range uint64(8) {
		list = append(list, q.anchor(i+1))
	}
	q.until(list...)
	q.reg.placeGas = 200_000
	q.reg.Fund(q.key.Address(), big.NewInt(1_000_000*2_100_000_000)) // a million gas at 2 base + tip
	q.reg.TipWei = big.NewInt(9e8)                                   // more than 0.1 gwei: the guess is short
	for i, a := range list {
		q.ask(a, q.reg.Number()+uint64(10+i))
	}
	q.rounds(9)
	if n := q.reg.answers(); q.a.Report().Demands.Open != 0 || n < 3 || n > 5 {
		t.Errorf("%d answers: %+v, %v", n, q.a.Report().Demands, q.err)
	}
	q.ask(q.anchor(9), q.reg.Number()+14) // not anchored: nobody's
	more := q.anchor(10)
	q.until(more)
	q.reg.Ignore = true
	q.a.Post(q.anchor(11))
	q.rounds(1)
	d := q.ask(more, q.reg.Number()+15)
	q.rounds(4)
	q.reg.Ignore = false
	q.rounds(4)
	if !q.inTime(d) || q.a.Report().Demands.Open != 0 {
		t.Errorf("%+v, %v", q.a.Report().Demands, q.err)
	}
}

// A price above the limit is paid for an answer when its time runs out, as far as
// the bond goes; anchors wait.
func TestAnswerFees(t *testing.T) {
	q := newQuay(t)
	q.reg.bond = 1e18
	q.opts.MaxFee = big.NewInt(50e9)
	q.harbour.open()
	for range 3 {
		q.block()
	}
	one := q.anchor(1)
	q.until(one)
	d := q.ask(one, q.reg.Number()+16)
	q.reg.BaseFee = big.NewInt(400e9) // 100,000 gas at that price: 0.04 ether
	q.rounds(6)
	if q.reg.answers() != 0 || !strings.Contains(q.a.Report().Problem, "fees are above the cap") {
		t.Fatalf("%d answers, %q", q.reg.answers(), q.a.Report().Problem)
	}
	q.rounds(8)
	if !q.inTime(d) {
		t.Errorf("lost the bond to save the fee: %v", q.err)
	}
	if got := q.reg.Executed()[1].GasFeeCap(); got.Cmp(big.NewInt(1e13+1e13/20)) > 0 || got.Cmp(q.reg.BaseFee) < 0 {
		t.Errorf("fee limit %s", got)
	}
	// What the bond is not worth is not paid.
	two := q.anchor(2)
	q.reg.BaseFee = big.NewInt(1e9)
	q.until(two)
	q.ask(two, q.reg.Number()+16)
	q.reg.BaseFee = big.NewInt(2e13)
	q.rounds(14)
	if q.reg.answers() != 1 {
		t.Error("paid more than the bond")
	}
	if why := q.a.Report().Demands.Why; len(why) != 1 || !errors.Is(why[0].Why, ErrNotWorth) {
		t.Errorf("%+v", why)
	}
}

func TestRampedFee(t *testing.T) {
	low, high := big.NewInt(100), big.NewInt(1100)
	for _, c := range []struct{ left, window, want uint64 }{
		{600, 600, 100}, {300, 600, 100}, {225, 600, 600}, {150, 600, 1100}, {0, 600, 1100}, {9, 600, 1100}, {1, 1, 100}, {0, 1, 1100}, {1, 3, 600},
	} {
		if got := rampedFee(low, high, c.left, c.window); got.Uint64() != c.want {
			t.Errorf("%d of %d left: %s, want %d", c.left, c.window, got, c.want)
		}
	}
	if got := rampedFee(high, low, 0, 600); got != high {
		t.Errorf("a small bond: %s", got)
	}
}

// Heights that somebody else holds and anchors that are refused delay the others
// by no round, however many they are; the height is taken when the other falls.
func TestRefusedDelayNobody(t *testing.T) {
	q := newQuay(t)
	for range 60 {
		q.block()
	}
	q.reg.squatted = map[uint64]bool{}
	var list []Anchor
	for n := uint64(1); n <= 50; n++ {
		a := q.anchor(n)
		switch {
		case n <= 20:
			q.reg.squatted[n] = true
		case n <= 30:
			a.DirectoryRoot = [32]byte{}
		case n <= 40:
			a.Block.Hash[0] ^= 1
		default:
			list = append(list, a)
		}
		q.a.Post(a)
	}
	q.turn()
	for _, a := range list {
		q.state(a, AnchorPosted)
	}
	if tries := q.reg.Faults.Seen["tryAnchor"]; tries > 64 {
		t.Errorf("%d calls", tries)
	}
	q.reg.Faults.Seen["tryAnchor"] = 0
	for range 100 {
		q.turn()
		q.block()
	}
	if tries := q.reg.Faults.Seen["tryAnchor"]; tries > 400 {
		t.Errorf("%d calls in 100 blocks for what is refused", tries)
	}
	if s := q.state(q.at(3), AnchorQueued); ProblemOf(s.Err) != ProblemOther {
		t.Errorf("%v", s.Err)
	}
	clear(q.reg.squatted) // revoked
	for range 70 {
		q.turn()
		q.block()
	}
	q.state(q.at(3), AnchorAnchored)
}
