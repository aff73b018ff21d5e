package contracts

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"
)

// parts are the arguments of a claim about a leaf that its judge agrees with.
type parts struct {
	t targetArg
	r rootsArg
	e entryArg
	l leafArg
	v evidenceArg
}

// plusR is an element in its second encoding.
func plusR(e [32]byte) (out [32]byte) {
	new(big.Int).Add(new(big.Int).SetBytes(e[:]), fr.Modulus()).FillBytes(out[:])
	return out
}

// A true claim about a false anchor is refused as soon as anything in it is not
// the one way to say it (T3).
func TestJudgesRefuse(t *testing.T) {
	w := newWorld(t)
	bad := w.forge(w.tip(), w.history(), nil, func(cols []forgedCol) {
		setValue(1, 0, slotWord(1))(cols)
		setValue(3, 0, slotWord(1))(cols)
	})
	s := w.anchor(bad)
	fresh := func(handle uint16, index uint64) (p parts) {
		t.Helper()
		var err error
		if p.r, p.e, p.l, err = s.opened(handle, index); err != nil {
			t.Fatal(err)
		}
		proof := w.proof(contractA, slotWord(0))
		p.t, p.v = s.target(), evidenceArg{Header: w.headerRLP(s.Height), Account: proof.Account, Slot: proof.Slots[0].Proof}
		if handle == handlePeople {
			p.v.Slot = [][]byte{}
		}
		return p
	}
	check := func(name, want, kind string, args ...any) {
		t.Helper()
		judge := uint64(formJudge)
		if kind == "refuteValue" || kind == "refuteHeader" {
			judge = stateJudge
		}
		c, err := newChallenge(judge, kind, args...)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out, err := w.judge(c)
		got, _, _ := DecodeError(out)
		if err == nil && want != "" || err != nil && (got != want || want == "") {
			t.Errorf("%s: %v %s, want %q", name, err, Reason(out), want)
		}
	}
	value := func(name, want string, handle uint16, index uint64, edit func(p *parts)) {
		t.Helper()
		p := fresh(handle, index)
		edit(&p)
		check(name, want, "refuteValue", p.t, p.r, p.e, p.l, p.v)
	}
	value("the claim itself", "", handlePool, 0, func(*parts) {})
	value("a balance", "", handlePeople, 0, func(*parts) {})
	for name, x := range map[string]struct {
		want string
		edit func(p *parts)
	}{
		"directory root + r":     {"NotFieldElement", func(p *parts) { p.r.DirectoryRoot = plusR(p.r.DirectoryRoot) }},
		"history root + r":       {"NotFieldElement", func(p *parts) { p.r.HistoryRoot = plusR(p.r.HistoryRoot) }},
		"another directory root": {"NotInCommitment", func(p *parts) { p.r.DirectoryRoot = root(1) }},
		"another height":         {"NotInCommitment", func(p *parts) { p.t.Height++ }},
		"another block":          {"NotInCommitment", func(p *parts) { p.t.BlockHash[0] ^= 1 }},
		"another commitment":     {"NotInCommitment", func(p *parts) { p.t.Commitment = root(1) }},
		"two earlier blocks":     {"PastCount", func(p *parts) { p.r.Past = make([]pastArg, 2) }},
		"an earlier block that is not there": {"NotInCommitment", func(p *parts) {
			p.r.Past = []pastArg{{Height: 5, Path: make([][32]byte, 77)}}
		}},
		"an earlier block's short path": {"PathLength", func(p *parts) { p.r.Past = []pastArg{{Path: make([][32]byte, 70)}} }},
		"an earlier block too high":     {"IndexOutOfRange", func(p *parts) { p.r.Past = []pastArg{{Height: 1 << 33, Path: make([][32]byte, 77)}} }},
		"entry's word + r": {"NotFieldElement", func(p *parts) {
			p.e.Words[5] = new(big.Int).Add(p.e.Words[5], fr.Modulus())
		}},
		"entry's path + r":          {"NotFieldElement", func(p *parts) { p.e.Path[3] = plusR(p.e.Path[3]) }},
		"entry's path too short":    {"PathLength", func(p *parts) { p.e.Path = p.e.Path[7:] }},
		"entry's path too long":     {"PathLength", func(p *parts) { p.e.Path = append(p.e.Path, p.e.Path[0]) }},
		"entry's index too large":   {"IndexOutOfRange", func(p *parts) { p.e.Index = big.NewInt(4096) }},
		"another entry's index":     {"NotInCommitment", func(p *parts) { p.e.Index = big.NewInt(2) }},
		"header's entry":            {"HeaderField", func(p *parts) { p.e.Index = new(big.Int) }},
		"a header field":            {"UnknownKind", func(p *parts) { p.l.Item.Kind = 4 }},
		"an unknown kind":           {"UnknownKind", func(p *parts) { p.l.Item.Kind = 5 }},
		"another kind":              {"NotInCommitment", func(p *parts) { p.l.Item.Kind = 1; p.v.Slot = [][]byte{} }},
		"another account":           {"NotInCommitment", func(p *parts) { p.l.Item.Account[0]++ }},
		"another slot":              {"NotInCommitment", func(p *parts) { p.l.Item.Slot[31] ^= 1 }},
		"another key":               {"NotInCommitment", func(p *parts) { p.l.Item.Key[31] ^= 1 }},
		"another value":             {"NotInCommitment", func(p *parts) { p.l.Value[31] ^= 2 }},
		"value + r":                 {"NotInCommitment", func(p *parts) { p.l.Value = plusR(p.l.Value) }},
		"leaf's index over length":  {"IndexOutOfRange", func(p *parts) { p.l.Index = big.NewInt(10) }},
		"leaf's index over 8^d":     {"IndexOutOfRange", func(p *parts) { p.l.Index = big.NewInt(64) }},
		"leaf's path + r":           {"NotFieldElement", func(p *parts) { p.l.Path[0] = plusR(p.l.Path[0]) }},
		"leaf's path too short":     {"PathLength", func(p *parts) { p.l.Path = p.l.Path[7:] }},
		"leaf's path too long":      {"PathLength", func(p *parts) { p.l.Path = append(p.l.Path, make([][32]byte, 7)...) }},
		"another header":            {"HeaderMismatch", func(p *parts) { p.v.Header = w.headerRLP(w.tip() - 1) }},
		"header with a byte more":   {"HeaderMismatch", func(p *parts) { p.v.Header = append(p.v.Header, 0) }},
		"no account proof":          {"NodeCount", func(p *parts) { p.v.Account = [][]byte{} }},
		"an account node too few":   {"NodeCount", func(p *parts) { p.v.Account = p.v.Account[:len(p.v.Account)-1] }},
		"an account node too many":  {"NodeCount", func(p *parts) { p.v.Account = append(p.v.Account, p.v.Account[0]) }},
		"a slot node too few":       {"NodeCount", func(p *parts) { p.v.Slot = p.v.Slot[:len(p.v.Slot)-1] }},
		"account nodes for a slot":  {"NodeHashMismatch", func(p *parts) { p.v.Slot = p.v.Account }},
		"the proof of another slot": {"NodeHashMismatch", func(p *parts) { p.v.Slot = w.proof(contractA, slotWord(1)).Slots[0].Proof }},
	} {
		value(name, x.want, handlePool, 0, x.edit)
	}
	value("a slot's proof for a balance", "ProofUnused", handlePeople, 0, func(p *parts) { p.v.Slot = fresh(handlePool, 0).v.Slot })

	header := func(name, want string, edit func(p *parts)) {
		t.Helper()
		p := fresh(0, 2)
		edit(&p)
		check(name, want, "refuteHeader", p.t, p.r, p.e, p.l, w.headerRLP(s.Height))
	}
	header("a true field", "ValueTrue", func(*parts) {})
	header("another collection", "NotHeaderField", func(p *parts) { p.e.Index = big.NewInt(1) })
	header("another kind", "NotHeaderField", func(p *parts) { p.l.Item.Kind = 0 })
	header("an account", "NotHeaderField", func(p *parts) { p.l.Item.Account[19] = 1 })
	header("a key", "NotHeaderField", func(p *parts) { p.l.Item.Key[0] = 1 })
	header("another field", "NotHeaderField", func(p *parts) { p.l.Item.Slot[31]++ })
	header("field 6", "NotHeaderField", func(p *parts) { p.l.Item.Slot[31], p.l.Index = 6, big.NewInt(6) })

	// The history.
	r := fresh(0, 0).r
	part, err := s.part(Place{Kind: PlaceHistory, Index: w.tip() - 1}, historyDepth)
	if err != nil {
		t.Fatal(err)
	}
	check("what is below the height", "WellFormed", "refuteFuture", s.target(), r, part)
	aged := r
	aged.Past = make([]pastArg, 1)
	check("an earlier block's future", "PastGiven", "refuteFuture", s.target(), aged, part)
	high := part
	high.Level = big.NewInt(12)
	check("above the history", "IndexOutOfRange", "refuteFuture", s.target(), r, high)
	high.Level = big.NewInt(1)
	check("a leaf above the leaves", "IndexOutOfRange", "refuteHistoryLeaf", s.target(), r, words(mustOpen(bad, Place{Kind: PlaceHistory, Index: w.tip() - 1})), high)
	at := w.tip() - 3
	hash := func(name, want string, from uint64, headers ...[]byte) {
		t.Helper()
		c, err := s.HistoryHash(at, from, headers)
		if err != nil {
			t.Fatal(err)
		}
		out, err := w.judge(c)
		if got, _, _ := DecodeError(out); err == nil || got != want {
			t.Errorf("%s: %v %s, want %s", name, err, Reason(out), want)
		}
	}
	hash("the true hash", "HashTrue", at)
	hash("by its child", "HashTrue", at+1, w.headerRLP(at+1))
	hash("from a block too far", "HashUnknown", at+2, w.headerRLP(at+2))
	hash("from the block with a header", "HashUnknown", at, w.headerRLP(at))
	hash("by another header", "HeaderMismatch", at+1, w.headerRLP(at+2))
	hash("from below", "HashUnknown", at-1, w.headerRLP(at-1))
	// From a block that nobody knows: the caller is no registry.
	c, err := s.HistoryHash(at, 1<<40, nil)
	if err != nil {
		t.Fatal(err)
	}
	if out, err := w.judge(c); err == nil {
		t.Errorf("from the future: %x", out)
	}
	w.refused("HashUnknown", watcher, 0, c.Calldata()) // the registry does not know it either

	// The shapes and entries.
	e, entry, err := s.entry(handlePool)
	if err != nil {
		t.Fatal(err)
	}
	leafPart, err := s.part(Place{Kind: PlaceLeaves, Entry: handlePool, Level: 1, Index: 1}, depthOf(entry))
	if err != nil {
		t.Fatal(err)
	}
	check("what is there and must be", "WellFormed", "refuteShape", s.target(), r, e, false, leafPart)
	check("of the other tree", "NotInCommitment", "refuteShape", s.target(), r, e, true, leafPart)
	leafPart.Level = big.NewInt(2)
	check("the root", "IndexOutOfRange", "refuteShape", s.target(), r, e, false, leafPart)
	check("entry 0 at level 5", "IndexOutOfRange", "refuteNoHeader", s.target(), r, big.NewInt(5), [][32]byte{})
	check("one entry as two", "WellFormed", "refuteNames", s.target(), r, e, e)

	// A malformed entry is refuted as such; nothing is judged by it.
	malformed := w.forge(w.tip()-1, nil, nil, editEntry(1, func(x *[8]fr.Element) { x[2] = elem(3) }))
	s = w.anchor(malformed)
	p := parts{t: s.target()}
	if p.r, err = s.roots(); err != nil {
		t.Fatal(err)
	}
	if p.e, _, err = s.entry(handlePool); err != nil {
		t.Fatal(err)
	}
	p.l = leafArg{Index: new(big.Int), Path: make([][32]byte, 21)}
	check("a leaf of a malformed entry", "EntryMalformed", "refuteSlot", p.t, p.r, p.e, p.l)
}

// What the chain's older blocks are, the registry knows from its anchors: also
// beyond the 8,191 blocks that the chain itself remembers.
func TestHistoryHashFromAnAnchor(t *testing.T) {
	w := newWorld(t)
	at := w.tip() - 3
	history := w.history()
	x := history[at]
	x[3] = elem(5)
	history[at] = x
	bad := w.forge(w.tip(), history, nil, nil)
	s := w.anchor(bad)
	w.anchor(w.honest(at+1, nil))
	c, err := s.HistoryHash(at, at+1, [][]byte{w.headerRLP(at + 1)})
	if err != nil {
		t.Fatal(err)
	}
	w.cfg.GetHashFn = func(uint64) common.Hash { return common.Hash{} }
	w.mine(100_000)
	if _, err := w.judge(c); err == nil {
		t.Error("the judge knows a block by himself that is gone")
	}
	w.must(watcher, 0, c.Calldata())
	if w.anchored(bad) {
		t.Error("still anchored")
	}
}
