package contracts

import (
	"errors"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rlp"
)

// A false hash of a block that is too far below every known one for a single
// transaction is refuted in several, by anyone, on a chain of go-ethereum's. It
// has no EIP-2935, so that only the last 256 blocks are known. Nobody can prove a
// hash that is not the chain's.
func TestAttackOldHistory(t *testing.T) {
	s := newChainWith(t, nil, func(c *params.ChainConfig) { c.PragueTime, c.OsakaTime = nil, nil })
	registry, judges, err := DeployRegistry(t.Context(), s.sender(s.owner), RegistryConfig{})
	if err != nil {
		t.Fatal(err)
	}
	judge := judges[formJudge]
	for range 600 {
		s.be.Commit()
	}
	tip, old := s.head()-2, s.head()-550
	header := func(n uint64) ([]byte, error) { return rlp.EncodeToBytes(s.header(n)) }
	remember := func(n uint64, hash common.Hash) *forged {
		return &forged{height: n, hash: hash, dirRoot: elem(7)}
	}
	lie := common.HexToHash("0x1e")
	history := map[uint64][8]fr.Element{
		old + 1: remember(old+1, s.header(old+1).Hash()).historyOf(),
		old:     remember(old, lie).historyOf(),
	}
	f := forge(tip, s.header(tip).Hash(), []forgedCol{headerCol()}, history, nil)
	s.mustSendBlind(registry, pack(1, f.arg()))

	walk, err := WalkDown(registry, tip, old, header)
	if err != nil {
		t.Fatal(err)
	}
	if len(walk.Calls) < 3 || walk.From <= old || len(walk.Headers) != int(walk.From-old) {
		t.Fatalf("%d transactions, then %d headers from %d to %d", len(walk.Calls), len(walk.Headers), walk.From, old)
	}
	claim, err := f.suspect().AuditHistory(func(height uint64, hash [32]byte) (*Challenge, error) {
		if s.header(height).Hash() == hash {
			return nil, nil
		}
		return claimed(f.suspect().HistoryHash(height, walk.From, walk.Headers))
	})
	if err != nil || claim == nil || claim.Kind != "refuteHistoryHash" {
		t.Fatalf("the audit finds %+v, %v", claim, err)
	}
	challenge := func() error {
		_, err := s.call(s.stranger, registry, claim.Calldata())
		return err
	}
	judgeABI := artifact(t, "FormJudge").ABI
	refused := func(name, want string, data []byte) {
		t.Helper()
		_, err := s.call(s.stranger, judge, data)
		if got := revertName(t, err); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	prove := func(from uint64, headers ...[]byte) []byte {
		data, err := judgeABI.Pack("prove", registry, from, headers)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	if challenge() == nil {
		t.Fatal("a block that nobody knows was taken as known")
	}
	h := func(n uint64) []byte {
		b, err := header(n)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	changed := h(tip)
	changed[40] ^= 1
	refused("the second part before the first", "HashUnknown", walk.Calls[2])
	refused("a block too old to be known", "HashUnknown", prove(old+5, h(old+5)))
	refused("the future", "HashUnknown", prove(tip+1000, h(tip)))
	refused("another header", "HeaderMismatch", prove(tip, h(tip-1)))
	refused("a changed header", "HeaderMismatch", prove(tip, changed))
	refused("out of order", "HeaderMismatch", prove(tip, h(tip), h(tip-2)))
	refused("below the genesis", "HashUnknown", prove(1, h(1), h(0)))
	// What another registry claims to know counts for that one alone: here it says
	// of every block that its hash is the lie.
	says := append(append(common.FromHex("60278060095f395ff37f"), lie[:]...), common.FromHex("5f5260205ff3")...)
	liar, err := s.sender(s.stranger)(t.Context(), nil, says)
	if err != nil {
		t.Fatal(err)
	}
	data, err := judgeABI.Pack("prove", liar.ContractAddress, walk.From, [][]byte{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.sender(s.stranger)(t.Context(), &judge, data); err != nil {
		t.Fatal(err)
	}
	if challenge() == nil {
		t.Fatal("another registry was believed")
	}

	var gas uint64
	for _, call := range walk.Calls {
		if len(call) > 128<<10 {
			t.Errorf("a transaction of %d bytes", len(call))
		}
		r, err := s.sender(s.stranger)(t.Context(), &judge, call)
		if err != nil {
			t.Fatal(err)
		}
		gas += r.GasUsed
		t.Logf("prove: %d bytes, %d gas", len(call), r.GasUsed)
	}
	if err := challenge(); err != nil {
		t.Fatal(err)
	}
	r, err := s.sender(s.stranger)(t.Context(), &registry, claim.Calldata())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d headers below the anchor: %d gas in %d transactions, the challenge %d", tip-old, gas, len(walk.Calls), r.GasUsed)
	if read(s, registry, registryABI.PackIsAnchored(tip, f.Commitment), registryABI.UnpackIsAnchored) {
		t.Error("still anchored")
	}
	// The truth at the same places cannot be refuted by what is proven now.
	history[old] = remember(old, s.header(old).Hash()).historyOf()
	f = forge(tip, s.header(tip).Hash(), []forgedCol{headerCol()}, history, nil)
	s.mustSendBlind(registry, pack(1, f.arg()))
	c, err := f.suspect().HistoryHash(old, walk.From, walk.Headers)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.call(s.stranger, registry, c.Calldata()); revertName(t, err) != "HashTrue" {
		t.Errorf("the truth: %v", err)
	}
}

// The audit of a history finds whatever is wrong with it that can be refuted, and
// nothing in a true one, however little of it is known.
func TestAuditHistory(t *testing.T) {
	w := newWorld(t)
	var s *Suspect
	visit := func(height uint64, hash [32]byte) (*Challenge, error) {
		if w.headers[height].Hash() == hash {
			return nil, nil
		}
		return claimed(s.HistoryHash(height, height, nil))
	}
	audit := func(f *forged) *Challenge {
		t.Helper()
		s = f.suspect()
		c, err := s.AuditHistory(visit)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	for _, f := range historyFalsehoods() {
		history := w.history()
		if f.history != nil {
			f.history(w, history)
		}
		found := audit(w.forge(w.tip(), history, f.replace, nil))
		if f.kind == "refuteValue" || f.kind == "refuteHeader" || f.kind == "refuteEntry" || f.kind == "refuteSlot" {
			if found != nil { // the directories of earlier blocks are another matter
				t.Errorf("%s: found %s", f.name, found.Kind)
			}
			continue
		}
		if found == nil || found.Kind != f.kind {
			t.Errorf("%s: found %+v", f.name, found)
			continue
		}
		if out, err := w.judge(*found); err != nil {
			t.Errorf("%s: %s", f.name, Reason(out))
		}
	}
	true_ := w.forge(w.tip(), w.history(), nil, nil)
	if found := audit(true_); found != nil {
		t.Errorf("%s in a true history", found.Kind)
	}
	for p := range true_.known {
		if p.Kind != PlaceHistory {
			continue
		}
		x := true_.known[p]
		delete(true_.known, p)
		if found := audit(true_); found != nil {
			t.Errorf("%s in a history without %v", found.Kind, p)
		}
		true_.known[p] = x
	}
	if _, err := (&Suspect{Tree: &Answers{}}).AuditHistory(nil); !errors.Is(err, ErrMissing) {
		t.Errorf("of nothing: %v", err)
	}
}

// A way down leads where it must, in parts that fit, or says why there is none.
func TestWalkDown(t *testing.T) {
	header := func(n uint64) ([]byte, error) {
		if n == 13 {
			return nil, ErrMissing
		}
		return make([]byte, 600), nil
	}
	if w, err := WalkDown([20]byte{1}, 500, 500, header); err != nil || len(w.Calls)+len(w.Headers) != 0 || w.From != 500 {
		t.Errorf("no way at all: %+v, %v", w, err)
	}
	if w, err := WalkDown([20]byte{1}, 500, 490, header); err != nil || len(w.Calls) != 0 || len(w.Headers) != 10 || w.From != 500 {
		t.Errorf("a short way: %+v, %v", w, err)
	}
	if _, err := WalkDown([20]byte{1}, 500, 501, header); !errors.Is(err, ErrBadClaim) {
		t.Errorf("a way up: %v", err)
	}
	if _, err := WalkDown([20]byte{1}, 500, 2, header); !errors.Is(err, ErrMissing) {
		t.Errorf("over a header that is not there: %v", err)
	}
}
