package outbox_test

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"vmhost/anchoring/outbox"
	"vmhost/anchoring/outbox/fakenode"
)

type keySigner struct{ key *ecdsa.PrivateKey }

func (k keySigner) Address() common.Address { return crypto.PubkeyToAddress(k.key.PublicKey) }

func (k keySigner) Sign(_ context.Context, chainID *big.Int, tx *types.Transaction) (*types.Transaction, error) {
	return types.SignTx(tx, types.LatestSignerForChainID(chainID), k.key)
}

func testKey(i int64) keySigner {
	key, err := crypto.ToECDSA(common.BigToHash(big.NewInt(1000 + i)).Bytes())
	if err != nil {
		panic(err)
	}
	return keySigner{key}
}

// office is an outbox, its chain and a caller that wants letters delivered.
type office struct {
	t     *testing.T
	chain *fakenode.Chain
	store outbox.Store
	out   *outbox.Outbox
	opts  outbox.Options
	now   time.Time
	wants []string
	err   error // of the last turn
}

func newOffice(t *testing.T, wants ...string) *office {
	t.Helper()
	o := &office{t: t, chain: fakenode.New(), now: time.Unix(1_800_000_000, 0), wants: wants}
	o.store = &fakenode.Store{Faults: o.chain.Faults}
	o.opts = outbox.Options{
		Node: o.chain, Signer: testKey(0), Store: o.store, ChainID: big.NewInt(fakenode.ChainID), Confirmations: 2,
		StuckAfter: 30 * time.Second, Now: func() time.Time { return o.now },
	}
	o.open()
	return o
}

func (o *office) open() {
	o.t.Helper()
	var err error
	if o.out, err = outbox.Open(o.opts); err != nil {
		o.t.Fatal(err)
	}
}

var target = common.Address{0xaa}

func letter(ref string) outbox.Call {
	return outbox.Call{To: target, Data: []byte(ref), Gas: 100_000, Tag: "letter", Refs: []string{ref}}
}

// turn is one look at the chain, and one submission if there is room: what a
// letter needs is found out from the entries alone.
func (o *office) turn() (crashed bool) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(fakenode.Crash); !ok {
				panic(r)
			}
			crashed = true
		}
	}()
	o.err = o.out.Step(o.t.Context())
	if o.err != nil || !o.out.Free() {
		return false
	}
	for _, w := range o.wants {
		if !o.underway(w) {
			o.err = o.out.Submit(o.t.Context(), letter(w))
			return false
		}
	}
	return false
}

func (o *office) underway(ref string) bool {
	return slices.ContainsFunc(o.out.Entries(), func(e outbox.Entry) bool {
		return e.Carries(ref) && e.State != outbox.Lost && (e.State != outbox.Confirmed || e.Receipt.Success)
	})
}

// run takes turns and blocks until all letters are confirmed.
func (o *office) run(turns int) {
	o.t.Helper()
	for range turns {
		if o.turn() {
			o.open()
			continue
		}
		o.tick(1)
		if o.done() {
			return
		}
	}
	o.t.Fatalf("not done: %v, %+v, %+v", o.err, o.out.Status(), o.out.Entries())
}

func (o *office) tick(blocks int) {
	o.chain.Mine(blocks)
	o.now = o.now.Add(time.Duration(blocks) * 12 * time.Second)
}

func (o *office) done() bool {
	for _, w := range o.wants {
		if !slices.ContainsFunc(o.out.Entries(), func(e outbox.Entry) bool {
			return e.Carries(w) && e.State == outbox.Confirmed && e.Receipt.Success
		}) {
			return false
		}
	}
	return true
}

// delivered counts how often each letter was executed.
func (o *office) delivered() map[string]int {
	out := map[string]int{}
	for _, tx := range o.chain.Executed() {
		if *tx.To() == target {
			out[string(tx.Data())]++
		}
	}
	return out
}

func (o *office) once() {
	o.t.Helper()
	got := o.delivered()
	for _, w := range o.wants {
		if got[w] != 1 {
			o.t.Errorf("%s was delivered %d times", w, got[w])
		}
	}
}

// step takes one turn that must not crash.
func (o *office) step(want error) {
	o.t.Helper()
	o.turn()
	if !errors.Is(o.err, want) || (want == nil) != (o.err == nil) {
		o.t.Fatalf("step: %v, want %v", o.err, want)
	}
}

// first is the transaction with nonce 0.
func (o *office) first() outbox.Entry {
	o.t.Helper()
	list := o.out.Entries()
	if len(list) == 0 || list[0].Nonce != 0 {
		o.t.Fatal("no transaction 0")
	}
	return list[0]
}

func TestDeliversInOrder(t *testing.T) {
	o := newOffice(t, "a", "b", "c")
	o.run(30)
	o.once()
	if c := o.out.Status().Counters; c != (outbox.Counters{Sent: 3}) {
		t.Errorf("%+v", c)
	}
	for i, e := range o.out.Entries() {
		if string(e.Call().Data) != o.wants[i] || e.Receipt.GasUsed != 50_000 || len(e.Attempts) != 1 {
			t.Errorf("%+v", e)
		}
	}
	if err := o.out.Forget(o.chain.Number()); err != nil {
		t.Fatal(err)
	}
	if e := o.out.Entries(); len(e) != 1 || e[0].Nonce != 2 {
		t.Errorf("after Forget: %+v", e)
	}
}

// Every call of a delivery fails once, in each way; and the process ends at each
// of them: all letters arrive exactly once, and no nonce is wasted.
func TestEveryCallFails(t *testing.T) {
	plain := newOffice(t, "a", "b", "c")
	plain.run(30)
	calls := plain.chain.Faults.N
	survived := map[string]int{}
	for _, kind := range []fakenode.Fault{fakenode.Fail, fakenode.FailAfter, fakenode.CrashAt, fakenode.CrashAfter} {
		for at := 1; at <= calls; at++ {
			o := newOffice(t, "a", "b", "c")
			*o.chain.Faults = fakenode.Faults{At: at, Kind: kind}
			o.run(40)
			o.once()
			if n := o.chain.Included(); n != 3 {
				t.Errorf("call %d (%s) %s: %d transactions", at, o.chain.Faults.Hit, kind, n)
			}
			survived[fmt.Sprintf("%s %s", o.chain.Faults.Hit, kind)]++
		}
	}
	if len(survived) < 7*4 {
		t.Errorf("only %d kinds of faults: %v", len(survived), survived)
	}
	t.Logf("%d faults: %v", calls*4, survived)
}

// The same with reorganisations and dropped transactions between, two faults at
// a time.
func TestFaultsDuringReorgs(t *testing.T) {
	story := func(o *office) {
		o.t.Helper()
		for i := range 12 {
			if o.turn() {
				o.open()
			}
			o.tick(1)
			switch i {
			case 2:
				o.chain.Reorg(3, true, false)
			case 4:
				o.chain.Reorg(3, false, true) // their transactions are lost
			case 5:
				o.chain.DropPool()
			}
		}
		o.run(40)
		o.once()
	}
	plain := newOffice(t, "a", "b", "c")
	story(plain)
	if c := plain.out.Status().Counters; c.Reorged == 0 || c.Resent == 0 {
		t.Errorf("%+v", c)
	}
	calls := plain.chain.Faults.N
	for _, kind := range []fakenode.Fault{fakenode.Fail, fakenode.FailAfter, fakenode.CrashAt, fakenode.CrashAfter} {
		for at := 1; at <= calls; at++ {
			o := newOffice(t, "a", "b", "c")
			*o.chain.Faults = fakenode.Faults{At: at, Kind: kind}
			story(o)
			if n := o.chain.Included(); n != 3 {
				t.Errorf("call %d (%s) %s: %d transactions", at, o.chain.Faults.Hit, kind, n)
			}
		}
	}
	t.Logf("%d faults", calls*4)
}

func TestStuckIsReplaced(t *testing.T) {
	o := newOffice(t, "a")
	o.step(nil)
	o.chain.Ignore = true
	o.tick(1)
	o.step(nil)
	if e := o.first(); len(e.Attempts) != 1 {
		t.Fatal("replaced at once")
	}
	o.tick(3)
	o.step(nil)
	e := o.first()
	if len(e.Attempts) != 2 || len(o.chain.Pooled()) != 1 || o.chain.Pooled()[0].Hash() != e.Attempts[1].Hash {
		t.Fatalf("%+v", e)
	}
	for i, pair := range [][2]*hexutil.Big{{e.Attempts[0].Tip, e.Attempts[1].Tip}, {e.Attempts[0].FeeCap, e.Attempts[1].FeeCap}} {
		old, now := pair[0].ToInt(), pair[1].ToInt()
		if least := new(big.Int).Div(new(big.Int).Mul(old, big.NewInt(1125)), big.NewInt(1000)); now.Cmp(least) < 0 {
			t.Errorf("fee %d: %s to %s", i, old, now)
		}
	}
	o.chain.Ignore = false
	o.run(5)
	o.once()
	if c := o.out.Status().Counters; c.Replaced != 1 || c.Sent != 1 {
		t.Errorf("%+v", c)
	}
}

// The first form is included although a replacement was sent.
func TestOldAttemptIsIncluded(t *testing.T) {
	o := newOffice(t, "a")
	o.opts.Refresh = func(context.Context, outbox.Call) outbox.Call { return letter("other") }
	o.open()
	o.step(nil)
	first := o.chain.Pooled()[0]
	o.chain.Ignore = true
	o.tick(4)
	o.step(nil)
	o.chain.DropPool()
	raw, err := first.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	if err := o.chain.Send(t.Context(), raw); err != nil {
		t.Fatal(err)
	}
	o.chain.Ignore = false
	o.wants = nil
	o.tick(1)
	o.step(nil)
	if e := o.first(); len(e.Attempts) != 2 || e.Carries("other") || !e.Carries("a") || e.Receipt.Hash != first.Hash() {
		t.Errorf("%+v", e)
	}
}

func TestRefresh(t *testing.T) {
	o := newOffice(t, "a")
	o.opts.Refresh = func(_ context.Context, c outbox.Call) outbox.Call {
		if string(c.Data) != "a" {
			t.Errorf("refresh of %s", c.Data)
		}
		return outbox.Empty(o.opts.Signer.Address())
	}
	o.open()
	o.step(nil)
	o.chain.Ignore = true
	o.tick(4)
	o.step(nil)
	if e := o.first(); !e.Carries("a") || e.Call().Tag != outbox.TagEmpty {
		t.Errorf("%+v", e)
	}
	o.chain.Ignore = false
	o.wants = nil
	o.tick(1)
	o.step(nil)
	if e := o.first(); e.State != outbox.Included || e.Carries("a") {
		t.Errorf("%+v", e)
	}
}

func TestFees(t *testing.T) {
	o := newOffice(t, "a")
	o.opts.MaxFee = big.NewInt(3e9)
	o.open()
	o.chain.BaseFee = big.NewInt(4e9)
	o.tick(1)
	o.step(outbox.ErrFeeCap)
	if o.chain.Sent() != 0 || len(o.out.Entries()) != 0 {
		t.Fatal("sent above the cap")
	}
	o.chain.BaseFee = big.NewInt(2e9)
	o.tick(1)
	o.step(nil)
	if e := o.first(); e.Attempts[0].FeeCap.ToInt().Cmp(o.opts.MaxFee) != 0 {
		t.Errorf("fee cap %s", e.Attempts[0].FeeCap)
	}
	// The base fee rises above what it pays: nothing may be done, and is shown.
	o.chain.BaseFee = big.NewInt(5e9)
	o.tick(4)
	o.step(outbox.ErrFeeCap)
	if s := o.out.Status(); !strings.Contains(s.Problem, "cap") {
		t.Errorf("status %+v", s)
	}
	o.chain.DropPool()
	o.step(outbox.ErrFeeCap)
	if len(o.chain.Pooled()) != 1 {
		t.Error("dropped at the cap and not sent again")
	}
	o.chain.BaseFee = big.NewInt(1e9)
	o.run(5)
	o.once()
}

func TestNoMoney(t *testing.T) {
	o := newOffice(t, "a")
	poor := func() {
		t.Helper()
		o.chain.Fund(o.opts.Signer.Address(), big.NewInt(5))
		for range 8 {
			o.step(outbox.ErrFunds)
			o.tick(1)
		}
		if s := o.out.Status(); !strings.Contains(s.Problem, "cannot pay") || s.Balance.ToInt().Int64() != 5 {
			t.Errorf("%+v", s)
		}
		o.chain.Fund(o.opts.Signer.Address(), big.NewInt(1e18))
	}
	poor()
	if n := len(o.out.Entries()); n != 0 {
		t.Errorf("%d transactions were written down that cannot be paid", n)
	}
	o.step(nil)
	o.chain.DropPool()
	poor()
	if e := o.first(); len(e.Attempts) != 1 {
		t.Errorf("the fee of what cannot be paid was raised: %d attempts", len(e.Attempts))
	}
	o.run(5)
	o.once()
}

func TestUnderpriced(t *testing.T) {
	o := newOffice(t, "a")
	o.chain.MinTip = big.NewInt(2e8) // twice what the node suggests
	o.step(outbox.ErrUnderpriced)
	for range 6 { // 1.125^6 > 2
		o.turn()
	}
	if len(o.chain.Pooled()) != 1 || o.out.Status().Problem != "" {
		t.Fatalf("%+v", o.out.Status())
	}
	o.run(5)
	o.once()
}

// A node that lost our answer holds a dearer form than the store knows of? It
// cannot: the store is written first. But a node may want more than an eighth.
func TestReplacementUnderpriced(t *testing.T) {
	o := newOffice(t, "a")
	o.step(nil)
	first := o.chain.Pooled()[0].GasTipCap()
	o.chain.Ignore = true
	o.chain.Answer = func(tx *types.Transaction) error {
		if tx.GasTipCap().Cmp(new(big.Int).Mul(first, big.NewInt(2))) < 0 {
			return fakenode.Error("replacement transaction underpriced")
		}
		return nil
	}
	o.tick(4)
	o.step(outbox.ErrUnderpriced)
	for range 6 {
		o.turn()
	}
	if p := o.chain.Pooled(); len(p) != 1 || p[0].GasTipCap().Cmp(first) <= 0 {
		t.Fatalf("%+v", o.out.Status())
	}
	o.chain.Ignore = false
	o.run(5)
	o.once()
}

// foreign signs a transaction of the same key, as a wallet would.
func (o *office) foreign(nonce uint64, feeCap int64) {
	o.t.Helper()
	tx, err := o.opts.Signer.Sign(o.t.Context(), big.NewInt(fakenode.ChainID), types.NewTx(&types.DynamicFeeTx{
		ChainID: big.NewInt(fakenode.ChainID), Nonce: nonce, GasTipCap: big.NewInt(feeCap / 2), GasFeeCap: big.NewInt(feeCap), Gas: 21_000, To: &common.Address{0xbb},
	}))
	if err != nil {
		o.t.Fatal(err)
	}
	raw, err := tx.MarshalBinary()
	if err != nil {
		o.t.Fatal(err)
	}
	if err := o.chain.Send(o.t.Context(), raw); err != nil {
		o.t.Fatal(err)
	}
}

func TestOtherUseOfTheKey(t *testing.T) {
	t.Run("waits in the pool", func(t *testing.T) {
		o := newOffice(t, "a")
		o.foreign(0, 9e9)
		o.step(outbox.ErrForeign)
		if len(o.chain.Pooled()) != 1 || len(o.out.Entries()) != 0 {
			t.Error("it was replaced")
		}
		o.run(6)
		o.once()
		if o.chain.Included() != 2 {
			t.Error("the other transaction is gone")
		}
	})
	t.Run("comes between", func(t *testing.T) {
		o := newOffice(t, "a", "b")
		sent := false
		o.chain.Answer = func(tx *types.Transaction) error {
			if *tx.To() == target && !sent {
				sent = true
				return fakenode.Error("replacement transaction underpriced")
			}
			return nil
		}
		o.step(outbox.ErrForeign)
		o.foreign(0, 90e9)
		o.chain.Mine(1)
		o.step(outbox.ErrForeign)
		o.run(20)
		o.once()
		if c := o.out.Status().Counters; c.Foreign != 1 || o.first().State != outbox.Lost {
			t.Errorf("%+v", c)
		}
	})
	t.Run("replaces ours", func(t *testing.T) {
		o := newOffice(t, "a")
		o.step(nil)
		o.foreign(0, 90e9)
		o.run(20)
		o.once()
	})
}

// A node forgets: the nonce of an open transaction is above the chain's.
func TestGap(t *testing.T) {
	o := newOffice(t, "a")
	o.foreign(0, 9e9)
	o.foreign(1, 9e9)
	o.tick(1)
	o.step(nil) // "a" has nonce 2
	o.chain.Reorg(1, false, false)
	o.chain.DropPool()
	o.step(outbox.ErrGap)
	o.run(20)
	o.once()
	if c := o.out.Status().Counters; c.Filled != 2 || c.Foreign != 0 {
		t.Errorf("%+v", c)
	}
}

// The transaction is included, reorged out, and included again in another block.
func TestReorgMovesInclusion(t *testing.T) {
	o := newOffice(t, "a")
	o.run(6)
	before := o.first().Receipt
	o.chain.Reorg(4, true, true)
	o.step(nil)
	e := o.first()
	if e.State == outbox.Pending || e.Receipt.Block == before.Block || o.out.Status().Counters.Reorged != 1 {
		t.Errorf("%+v", e)
	}
	o.once()
}

func TestReverted(t *testing.T) {
	o := newOffice(t, "a")
	fail := true
	o.chain.Execute = func(*types.Transaction, outbox.Head, func(uint64) common.Hash) bool { return !fail }
	o.step(nil)
	o.tick(3)
	o.out.Step(t.Context()) //nolint:errcheck // checked by what follows
	if e := o.first(); e.State != outbox.Confirmed || e.Receipt.Success || o.out.Status().Counters.Reverted != 1 {
		t.Fatalf("%+v", e)
	}
	fail = false
	o.run(6)
	if o.chain.Included() != 2 {
		t.Errorf("%d transactions", o.chain.Included())
	}
}

// A node that contradicts itself changes nothing.
func TestLaggingNode(t *testing.T) {
	o := newOffice(t, "a", "b")
	o.run(20)
	before := o.out.Entries()
	// Another node of a cluster answers, two blocks behind.
	behind := fakenode.New()
	behind.Mine(1)
	o.opts.Node = behind
	o.open()
	if err := o.out.Step(t.Context()); !errors.Is(err, outbox.ErrNode) {
		t.Errorf("step: %v", err)
	}
	if got := o.out.Entries(); fmt.Sprint(got[1].State) != fmt.Sprint(before[1].State) || behind.Sent() != 0 {
		t.Errorf("%+v", got)
	}
}

func TestSubmitRefuses(t *testing.T) {
	o := newOffice(t, "a")
	o.step(nil)
	if err := o.out.Submit(t.Context(), letter("b")); !errors.Is(err, outbox.ErrBusy) {
		t.Errorf("busy: %v", err)
	}
	for name, s := range map[string]outbox.Signer{
		"another key":         swapped{testKey(0), testKey(1)},
		"another transaction": liar{testKey(0)},
	} {
		o := newOffice(t, "a")
		o.opts.Signer = s
		o.open()
		o.step(outbox.ErrSigner)
		if o.chain.Sent() != 0 || len(o.out.Entries()) != 0 {
			t.Errorf("%s: sent", name)
		}
	}
}

// swapped signs with another key than it says.
type swapped struct{ says, signs keySigner }

func (s swapped) Address() common.Address { return s.says.Address() }
func (s swapped) Sign(ctx context.Context, id *big.Int, tx *types.Transaction) (*types.Transaction, error) {
	return s.signs.Sign(ctx, id, tx)
}

// liar signs a transaction with another recipient.
type liar struct{ keySigner }

func (l liar) Sign(ctx context.Context, id *big.Int, tx *types.Transaction) (*types.Transaction, error) {
	return l.keySigner.Sign(ctx, id, types.NewTx(&types.DynamicFeeTx{
		ChainID: id, Nonce: tx.Nonce(), GasTipCap: tx.GasTipCap(), GasFeeCap: tx.GasFeeCap(), Gas: tx.Gas(), To: &common.Address{0xee}, Data: tx.Data(),
	}))
}
