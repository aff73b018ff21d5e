package contracts

import (
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/core/vm/runtime"

	"vmhost/anchoring/contracts/bindings"
)

func (w *world) free(a common.Address) int64 {
	return ask(w, registryABI.PackAccountOf(a), registryABI.UnpackAccountOf).Free.Int64()
}

func (w *world) load(a common.Address) uint32 {
	return ask(w, registryABI.PackAccountOf(a), registryABI.UnpackAccountOf).Load
}

func (w *world) due(a common.Address) int64 {
	return ask(w, registryABI.PackPayable(a), registryABI.UnpackPayable).Int64()
}

func (w *world) status(f *forged) uint8 {
	return ask(w, registryABI.PackStatusAt(f.height, f.Commitment), registryABI.UnpackStatusAt)
}

func (w *world) isSettled(f *forged) bool {
	return ask(w, registryABI.PackIsSettled(f.height, f.Commitment), registryABI.UnpackIsSettled)
}

// Numbers of statusAt.
const (
	statusNone = iota
	statusPending
	statusSettled
	statusRevoked
)

const bond = 1_000_001

func TestBondIsLockedAndReleased(t *testing.T) {
	w := newWorld(t)
	f := w.honest(w.tip(), nil)
	if w.status(f) != statusNone || w.isSettled(f) {
		t.Error("anchored before it was")
	}
	w.must(operator, 0, registryABI.PackUnbond(big.NewInt(99*bond)))
	w.anchor(f)
	if w.free(operator) != 0 || w.status(f) != statusPending || w.isSettled(f) {
		t.Errorf("free %d, status %d", w.free(operator), w.status(f))
	}
	w.checkMoney()
	x := bindings.AnchorRegistryAnchor{Height: w.tip() - 1, BlockHash: w.headers[w.tip()-1].Hash(), DirectoryRoot: root(1)}
	w.refused("BondMissing", operator, 0, pack(1, x))
	w.must(watcher, bond-1, registryABI.PackDeposit(operator)) // anyone may pay
	w.refused("BondMissing", operator, 0, pack(1, x))
	w.must(watcher, 1, registryABI.PackDeposit(operator))
	w.must(operator, 0, pack(1, x))

	// The challenge window is 100 blocks.
	w.mine(100)
	if w.status(f) != statusPending {
		t.Error("settled in the last block of its window")
	}
	w.refused("NothingToRelease", watcher, 0, registryABI.PackRelease([]uint64{w.tip(), w.tip() - 1}))
	w.mine(1)
	if w.status(f) != statusSettled || !w.isSettled(f) {
		t.Error("not settled after its window")
	}
	w.refused("NothingToRelease", watcher, 0, registryABI.PackRelease(nil))
	w.refused("NothingToRelease", watcher, 0, registryABI.PackRelease([]uint64{w.tip() - 2}))
	saved := w.cfg.State.Copy()
	w.must(watcher, bond, registryABI.PackDeposit(operator))
	w.anchor(w.honest(w.tip()-3, nil))                                // pending
	w.must(second, 0, registryABI.PackRelease([]uint64{w.tip() - 1})) // first, to keep the rest from it
	w.must(watcher, 0, registryABI.PackRelease([]uint64{w.tip() - 3, w.tip() - 2, w.tip(), w.tip(), w.tip() - 1}))
	if w.free(operator) != 2*bond {
		t.Errorf("free %d", w.free(operator))
	}
	w.checkMoney()
	w.cfg.State = saved
	w.must(watcher, 0, registryABI.PackRelease([]uint64{w.tip(), w.tip() - 1}))
	if w.free(operator) != 2*bond || w.status(f) != statusSettled || !w.anchored(f) {
		t.Errorf("free %d, status %d", w.free(operator), w.status(f))
	}
	w.refused("NothingToRelease", watcher, 0, registryABI.PackRelease([]uint64{w.tip()}))
	w.checkMoney()
}

func TestWithdrawalTakesTime(t *testing.T) {
	w := newWorld(t)
	w.refused("NothingToWithdraw", operator, 0, registryABI.PackWithdraw())
	w.refused("BondMissing", operator, 0, registryABI.PackUnbond(big.NewInt(100*bond+1)))
	w.refused("BondMissing", watcher, 0, registryABI.PackUnbond(big.NewInt(1)))
	w.must(operator, 0, registryABI.PackUnbond(big.NewInt(50*bond)))
	w.mine(60)
	w.must(operator, 0, registryABI.PackUnbond(big.NewInt(10*bond))) // begins anew
	w.mine(99)
	w.refused("NothingToWithdraw", operator, 0, registryABI.PackWithdraw())
	w.mine(1)
	before := w.cfg.State.GetBalance(operator).Uint64()
	w.must(operator, 0, registryABI.PackWithdraw())
	if got := w.cfg.State.GetBalance(operator).Uint64() - before; got != 60*bond {
		t.Errorf("paid %d", got)
	}
	w.refused("NothingToWithdraw", operator, 0, registryABI.PackWithdraw())
	w.checkMoney()
	// Money comes in by deposit and demand alone.
	if _, err := w.send(operator, 1, nil); err == nil {
		t.Error("a plain transfer was taken")
	}
	if _, err := w.send(operator, 1, registryABI.PackWithdraw()); err == nil {
		t.Error("a withdrawal with value was taken")
	}
}

// What a revoked anchor locked: half to the challenger, the rest to nobody.
func TestRevocationPays(t *testing.T) {
	w := newWorld(t)
	bad := w.honest(w.tip(), setValue(1, 0, slotWord(1)))
	s := w.anchor(bad)
	claim, err := claimValue(handlePool, 0)(w, s)
	if err != nil {
		t.Fatal(err)
	}
	saved := w.cfg.State.Copy()
	w.must(watcher, 0, claim.Calldata())
	burnt := ask(w, registryABI.PackBurnt(), registryABI.UnpackBurnt).Int64()
	if w.due(watcher) != bond/2 || burnt != bond-bond/2 || w.free(operator) != 99*bond || w.status(bad) != statusRevoked {
		t.Errorf("reward %d, burnt %d, free %d, status %d", w.due(watcher), burnt, w.free(operator), w.status(bad))
	}
	w.checkMoney()
	w.refused("NotAnchored", watcher, 0, claim.Calldata())
	x := bad.known[Place{}]
	again := bindings.AnchorRegistryAnchor{Height: bad.height, BlockHash: bad.hash, DirectoryRoot: x[5].Bytes()}
	w.refused("CommitmentRevoked", operator, 0, pack(1, again))
	w.anchor(w.honest(w.tip(), nil)) // the truth may follow
	before := w.cfg.State.GetBalance(watcher).Uint64()
	w.must(watcher, 0, registryABI.PackWithdraw())
	if got := w.cfg.State.GetBalance(watcher).Uint64() - before; got != bond/2 {
		t.Errorf("paid %d", got)
	}
	w.checkMoney()

	// The operator against himself: half is lost.
	w.cfg.State = saved.Copy()
	w.must(operator, 0, claim.Calldata())
	if w.due(operator)+w.free(operator) != 99*bond+bond/2 {
		t.Error("the operator lost nothing")
	}
	w.checkMoney()

	// A bond that is still locked pays after the window, a released one does not;
	// the false anchor falls all the same.
	w.cfg.State = saved.Copy()
	w.mine(101)
	w.must(watcher, 0, claim.Calldata())
	if w.due(watcher) != bond/2 {
		t.Errorf("reward %d", w.due(watcher))
	}
	w.checkMoney()
	w.cfg.State = saved
	w.must(watcher, 0, registryABI.PackRelease([]uint64{w.tip()}))
	w.must(watcher, 0, claim.Calldata())
	if w.due(watcher) != 0 || w.anchored(bad) || w.status(bad) != statusRevoked || w.free(operator) != 100*bond {
		t.Errorf("reward %d, status %d", w.due(watcher), w.status(bad))
	}
	w.checkMoney()
}

// What challenge itself refuses, whatever the judge would say.
func TestChallengeRefuses(t *testing.T) {
	w := newWorld(t)
	bad := w.honest(w.tip(), setValue(1, 0, slotWord(1)))
	s := w.anchor(bad)
	good := w.honest(w.tip()-1, nil)
	w.anchor(good)
	claim, err := claimValue(handlePool, 0)(w, s)
	if err != nil {
		t.Fatal(err)
	}
	challenge := func(judge int64, data []byte) []byte { return registryABI.PackChallenge(big.NewInt(judge), data) }
	change := func(word int, f func(b []byte)) []byte {
		data := append([]byte(nil), claim.Claim...)
		f(data[4+32*word : 36+32*word])
		return data
	}
	w.refused("ClaimMalformed", watcher, 0, challenge(0, nil))
	w.refused("ClaimMalformed", watcher, 0, challenge(0, claim.Claim[:99]))
	w.refused("UnknownJudge", watcher, 0, challenge(2, claim.Claim))
	w.refused("ClaimMalformed", watcher, 0, challenge(0, change(0, func(b []byte) { b[23] = 1 })))
	w.refused("NotAnchored", watcher, 0, challenge(0, change(0, func(b []byte) { b[31] ^= 1 })))
	w.refused("NotAnchored", watcher, 0, challenge(0, change(2, func(b []byte) { b[31] ^= 1 })))
	w.refused("NotAnchored", watcher, 0, challenge(0, change(2, func(b []byte) { clear(b) })))
	w.refused("ClaimMalformed", watcher, 0, challenge(0, change(1, func(b []byte) { b[0] ^= 1 })))
	// A claim for another judge, and one that is no function of his: they revert.
	for _, data := range [][]byte{challenge(1, claim.Claim), challenge(0, change(0, func([]byte) {})[:100])} {
		if out, err := w.send(watcher, 0, data); err == nil {
			t.Errorf("accepted: %x", out)
		}
	}
	// The truth of another height under the false claim's proof.
	other := change(0, func(b []byte) { b[31]-- })
	copy(other[36:], good.hash[:])
	copy(other[68:], good.Commitment[:])
	w.refused("NotInCommitment", watcher, 0, challenge(0, other))
	if !w.anchored(bad) || !w.anchored(good) {
		t.Error("an anchor fell")
	}
	w.checkMoney()
}

// A judge that answers something else than REFUTED refutes nothing.
func TestOnlyTheAnswerRefutes(t *testing.T) {
	w := newWorld(t)
	f := w.honest(w.tip(), nil)
	w.anchor(f)
	claim, err := f.suspect().Entry(handlePool)
	if err != nil {
		t.Fatal(err)
	}
	for name, code := range map[string]string{
		"nothing":           "00",
		"32 zero bytes":     "60205ff3",
		"31 bytes":          "601f5ff3",
		"64 bytes":          "60405ff3",
		"what it was given": "365f5f37365ff3",
	} {
		w.cfg.State.SetCode(w.judges[1], common.FromHex(code), 0)
		w.refused("NotRefuted", watcher, 0, claim.Calldata())
		_ = name
	}
	w.cfg.State.SetCode(w.judges[1], nil, 0)
	w.refused("NotRefuted", watcher, 0, claim.Calldata())
}

func TestConfig(t *testing.T) {
	w := newWorld(t)
	largest := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 96), big.NewInt(1))
	for _, c := range []bindings.BondsConfig{
		{ChallengeWindow: 0, AnswerWindow: 0},
		{ChallengeWindow: 5, AnswerWindow: 0},
		{ChallengeWindow: 5, AnswerWindow: 6},
		{ChallengeWindow: 1<<24 + 1, AnswerWindow: 5},
		{ChallengeWindow: 5, AnswerWindow: 5, Bond: big.NewInt(1)},
		{ChallengeWindow: 5, AnswerWindow: 5, Bond: big.NewInt(29), DemandBond: big.NewInt(1)},
		{ChallengeWindow: 5, AnswerWindow: 5, Bond: big.NewInt(2_999), DemandBond: big.NewInt(100)},
		{ChallengeWindow: 5, AnswerWindow: 5, Bond: largest, DemandBond: largest}, // 30 times of it is over 2^96
	} {
		if c.Bond == nil {
			c.Bond = new(big.Int)
		}
		if c.DemandBond == nil {
			c.DemandBond = new(big.Int)
		}
		code, err := artifact(t, "AnchorRegistry").CreationCode(c, w.judges)
		if err != nil {
			t.Fatal(err)
		}
		out, _, _, err := runtime.Create(code, w.cfg)
		if name, _, _ := DecodeError(out); !errors.Is(err, vm.ErrExecutionReverted) || name != "BadConfig" {
			t.Errorf("%+v: %v %s", c, err, name)
		}
		if c.AnswerWindow == 0 {
			continue // a default in Go
		}
		config := RegistryConfig{c.Bond, c.DemandBond, c.ChallengeWindow, c.AnswerWindow}
		if _, _, err := DeployRegistry(t.Context(), nil, config); !errors.Is(err, ErrBadConfig) {
			t.Errorf("%+v: %v", config, err)
		}
	}
	for _, c := range []RegistryConfig{
		{}, {DemandBond: big.NewInt(5)}, {Bond: big.NewInt(3000), DemandBond: big.NewInt(100)}, {ChallengeWindow: 1, AnswerWindow: 1},
	} {
		if err := c.Check(); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
		newWorldWith(t, c)
	}
	got := ask(w, registryABI.PackConfig(), registryABI.UnpackConfig)
	if got.Bond.Int64() != bond || got.DemandBond.Int64() != 1000 || got.ChallengeWindow != 100 || got.AnswerWindow != 10 {
		t.Errorf("%+v", got)
	}
	if def := (RegistryConfig{}).tuple(); def.Bond.Sign() != 0 || def.ChallengeWindow != 7200 || def.AnswerWindow != 600 {
		t.Errorf("defaults %+v", def)
	}
	if def := (RegistryConfig{ChallengeWindow: 5}).tuple(); def.AnswerWindow != 5 {
		t.Errorf("defaults %+v", def)
	}
	for i, j := range w.judges {
		if got := ask(w, registryABI.PackJudgeAt(big.NewInt(int64(i))), registryABI.UnpackJudgeAt); got != j {
			t.Errorf("judge %d at %v", i, got)
		}
	}
}

// Whoever is paid cannot be paid twice, nor hold others up.
func TestWithdrawReentered(t *testing.T) {
	w := newWorld(t)
	a := testArtifact(t, "Recipient")
	_, thief, _, err := runtime.Create(a.Bytecode, w.cfg)
	if err != nil {
		t.Fatal(err)
	}
	run := func(value int64, data []byte) error {
		t.Helper()
		call, err := a.ABI.Pack("run", w.registry, data)
		if err != nil {
			t.Fatal(err)
		}
		cfg := *w.cfg
		cfg.Value = big.NewInt(value)
		out, _, err := runtime.Call(thief, call, &cfg)
		if err != nil {
			name, _, _ := DecodeError(out)
			return errors.New(name)
		}
		return nil
	}
	if err := run(500, registryABI.PackDeposit(thief)); err != nil {
		t.Fatal(err)
	}
	if err := run(0, registryABI.PackUnbond(big.NewInt(500))); err != nil {
		t.Fatal(err)
	}
	w.mine(100)
	refuse, _ := a.ABI.Pack("set", true)
	if _, _, err := runtime.Call(thief, refuse, w.cfg); err != nil {
		t.Fatal(err)
	}
	if err := run(0, registryABI.PackWithdraw()); err == nil || err.Error() != "TransferFailed" {
		t.Errorf("paid who refuses to be paid: %v", err)
	}
	accept, _ := a.ABI.Pack("set", false)
	if _, _, err := runtime.Call(thief, accept, w.cfg); err != nil {
		t.Fatal(err)
	}
	before := w.cfg.State.GetBalance(w.registry).Uint64()
	if err := run(0, registryABI.PackWithdraw()); err != nil {
		t.Fatal(err)
	}
	if paid := before - w.cfg.State.GetBalance(w.registry).Uint64(); paid != 500 {
		t.Errorf("paid %d", paid)
	}
	for method, want := range map[string]int64{"again": 1, "through": 0} {
		data, _ := a.ABI.Pack(method)
		out, _, err := runtime.Call(thief, data, w.cfg)
		if err != nil || new(big.Int).SetBytes(out).Int64() != want {
			t.Errorf("%s: %x %v", method, out, err)
		}
	}
}
