package contracts

import (
	"errors"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/crypto"

	"vmhost/statecache"
)

// falsehood is one way to commit to something false, and the claim against it.
type falsehood struct {
	name    string
	edit    func(cols []forgedCol)
	replace map[Place]fr.Element
	history func(w *world, h map[uint64][8]fr.Element)
	// claim is the challenge; the same against the honest commitment must be
	// refused with the error of this name.
	claim func(w *world, s *Suspect) (Challenge, error)
	kind  string
	true_ string
	// audit is false where no audit of the form can find it.
	audit bool
}

func elem(n uint64) fr.Element { return fr.NewElement(n) }

// big128 is 2^128: too large for a half.
func big128() (e fr.Element) {
	e.SetBigInt(new(big.Int).Lsh(big.NewInt(1), 128))
	return e
}

// value claims that a leaf's value is false, with a proof of what is true.
func claimValue(handle uint16, index uint64) func(*world, *Suspect) (Challenge, error) {
	return func(w *world, s *Suspect) (Challenge, error) {
		cols := w.collections(s.Height)
		for _, c := range cols {
			if c.handle == handle {
				it := c.items[index]
				p := w.proof(it.Address)
				if it.Kind == statecache.KindSlot {
					p = w.proof(it.Address, it.Slot)
				}
				return s.Value(handle, index, w.headerRLP(s.Height), p)
			}
		}
		return Challenge{}, errors.New("no such collection")
	}
}

func setValue(col, index int, v [32]byte) func([]forgedCol) {
	return func(cols []forgedCol) { cols[col].values[index] = v }
}

func editEntry(col int, f func(x *[8]fr.Element)) func([]forgedCol) {
	return func(cols []forgedCol) { cols[col].entry = f }
}

func editLeaf(col int, index uint64, f func(x *[8]fr.Element)) func([]forgedCol) {
	return func(cols []forgedCol) { cols[col].leaf = map[uint64]func(*[8]fr.Element){index: f} }
}

func editItem(col int, index uint64, f func(x *[8]fr.Element)) func([]forgedCol) {
	return func(cols []forgedCol) { cols[col].item = map[uint64]func(*[8]fr.Element){index: f} }
}

func valueFalsehoods() (out []falsehood) {
	for _, v := range []struct {
		name       string
		col, index int
		value      [32]byte
	}{
		{"slot, another value", 1, 0, slotWord(77)},
		{"slot, one bit", 1, 4, func() [32]byte { v := crypto.Keccak256Hash([]byte{4}); v[31] ^= 1; return v }()},
		{"slot, a short value", 1, 1, slotWord(6)},
		{"slot, 0 for a value", 1, 0, [32]byte{}},
		{"slot, a value for an absent slot", 1, 3, slotWord(1)},
		{"mapping entry", 2, 5, slotWord(9)},
		{"mapping entry that is absent", 2, 69, slotWord(9)},
		{"balance", 3, 0, slotWord(9)},
		{"balance of another", 3, 3, slotWord(9)},
		{"nonce", 3, 4, slotWord(9)},
		{"code hash", 3, 2, slotWord(9)},
		{"code hash of an account without code", 3, 5, [32]byte{}},
		{"balance of nobody", 3, 6, slotWord(1)},
		{"code hash of nobody", 3, 8, crypto.Keccak256Hash(nil)},
		{"slot of nobody", 3, 12, slotWord(1)},
		{"slot of an account without storage", 3, 13, slotWord(1)},
		{"slot as deep as on mainnet", 4, 0, slotWord(1)},
		{"slot, at depth 0, 0", 4, 0, [32]byte{}},
	} {
		out = append(out, falsehood{
			name: v.name, edit: setValue(v.col, v.index, v.value), kind: "refuteValue", true_: "ValueTrue",
			claim: claimValue(uint16(v.col), uint64(v.index)),
		})
	}
	for field, audit := range []bool{true, false, false, true, false, false} {
		out = append(out, falsehood{
			name: "header field", edit: setValue(0, field, slotWord(4)), kind: "refuteHeader", true_: "ValueTrue", audit: audit,
			claim: func(w *world, s *Suspect) (Challenge, error) { return s.Header(uint64(field), w.headerRLP(s.Height)) },
		})
	}
	return out
}

func entryFalsehoods() (out []falsehood) {
	add := func(name string, col int, f func(x *[8]fr.Element)) {
		handles := []uint16{0, handlePool, handleHolders, handlePeople, handleSingle, handleEmpty, handleFirst}
		out = append(out, falsehood{
			name: "entry: " + name, edit: editEntry(col, f), kind: "refuteEntry", true_: "WellFormed", audit: true,
			claim: func(_ *world, s *Suspect) (Challenge, error) { return s.Entry(handles[col]) },
		})
	}
	setName := func(b ...byte) func(x *[8]fr.Element) {
		return func(x *[8]fr.Element) { x[1].SetBytes(b) }
	}
	full := func(size byte, tail string) []byte {
		return append(append([]byte{size}, make([]byte, 31-len(tail))...), tail...)
	}
	add("tag", 1, func(x *[8]fr.Element) { x[0] = elem(3) })
	add("version in the tag", 1, func(x *[8]fr.Element) { x[0] = elem(2 + 256) })
	add("name 0", 1, setName())
	add("name of length 0", 1, setName(full(0, "pool")...))
	add("name with a leading NUL", 1, setName(full(5, "\x00pool")...))
	add("name longer than it says", 1, setName(full(3, "pool")...))
	add("name in capitals", 1, setName(full(4, "Pool")...))
	add("name with a slash", 1, setName(full(4, "po/l")...))
	add("name with a brace", 1, setName(full(4, "po{l")...))
	add("name with a colon", 1, setName(full(4, "po:l")...))
	add("name with a back tick", 1, setName(full(4, "po`l")...))
	add("name of length 32", 1, setName(full(32, "abcdefghijabcdefghijabcdefghijk")...))
	add("header's name elsewhere", 1, setName(full(6, "header")...))
	add("another name for the header", 0, setName(full(4, "head")...))
	add("length over 8^d", 1, func(x *[8]fr.Element) { x[3] = elem(65) })
	add("length 8^d + 1", 1, func(x *[8]fr.Element) { x[2], x[3] = elem(1), elem(9) })
	add("depth too small", 1, func(x *[8]fr.Element) { x[2] = elem(1) })
	add("depth not the least", 1, func(x *[8]fr.Element) { x[2] = elem(3) })
	add("depth 2^64 more", 1, func(x *[8]fr.Element) {
		x[2].SetBigInt(new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), 64), big.NewInt(2)))
	})
	add("depth 1 for one item", 4, func(x *[8]fr.Element) { x[2] = elem(1) })
	add("depth 9", 1, func(x *[8]fr.Element) { x[2], x[3] = elem(9), elem(1<<24+1) })
	add("length 2^24 + 1", 1, func(x *[8]fr.Element) { x[2], x[3] = elem(8), elem(1<<24+1) })
	add("length 2^200", 1, func(x *[8]fr.Element) { x[3].SetBigInt(new(big.Int).Lsh(big.NewInt(1), 200)) })
	add("items without a root", 1, func(x *[8]fr.Element) { x[4] = elem(0) })
	add("leaves without a root", 1, func(x *[8]fr.Element) { x[5] = elem(0) })
	add("no items, a root of items", 5, func(x *[8]fr.Element) { x[4] = elem(5) })
	add("no items, a root of leaves", 5, func(x *[8]fr.Element) { x[5] = elem(5) })
	add("base's high half", 1, func(x *[8]fr.Element) { x[6] = big128() })
	add("base's low half", 2, func(x *[8]fr.Element) { x[7] = big128() })
	add("a header collection of 5", 0, func(x *[8]fr.Element) { x[3] = elem(5) })
	add("a header collection with a base", 0, func(x *[8]fr.Element) { x[7] = elem(1) })
	add("a header collection with a large base", 0, func(x *[8]fr.Element) { x[6] = elem(1) })
	return out
}

func leafFalsehoods() (out []falsehood) {
	add := func(name string, handle uint16, index uint64, edit func([]forgedCol)) {
		out = append(out, falsehood{
			name: "leaf: " + name, edit: edit, kind: "refuteLeaf", true_: "WellFormed", audit: true,
			claim: func(_ *world, s *Suspect) (Challenge, error) { return s.Leaf(handle, index) },
		})
	}
	for i, e := range []fr.Element{elem(2), {}, big128(), big128(), elem(1), elem(1), elem(1), elem(1)} {
		if i != 1 {
			add("word "+string(rune('0'+i)), handlePool, 6, editLeaf(1, 6, func(x *[8]fr.Element) { x[i] = e }))
		}
	}
	add("version in the tag", handlePool, 6, editLeaf(1, 6, func(x *[8]fr.Element) { x[0] = elem(1 + 256) }))
	var address fr.Element
	address.SetBigInt(new(big.Int).Lsh(big.NewInt(1), 160))
	for i, e := range []fr.Element{elem(5), address, big128(), big128(), big128(), big128(), elem(1), elem(1)} {
		add("item, word "+string(rune('0'+i)), handlePool, 6, editItem(1, 6, func(x *[8]fr.Element) { x[i] = e }))
	}
	for _, tag := range []uint64{6 + 256*5, 6 + 256*255, 6 + 256<<8, 6 + 256*4, 7} {
		add("item, tag", handlePool, 6, editItem(1, 6, func(x *[8]fr.Element) { x[0] = elem(tag) }))
	}
	for word := 2; word < 6; word++ {
		add("balance with a slot or key", handlePeople, 0, editItem(3, 0, func(x *[8]fr.Element) { x[word] = elem(1) }))
	}
	add("header, a slot", 0, 2, editItem(0, 2, func(x *[8]fr.Element) { x[0] = elem(6) }))
	add("header, another field", 0, 2, editItem(0, 2, func(x *[8]fr.Element) { x[3] = elem(1) }))
	add("header, an address", 0, 2, editItem(0, 2, func(x *[8]fr.Element) { x[1] = elem(1) }))
	add("header, a key", 0, 2, editItem(0, 2, func(x *[8]fr.Element) { x[5] = elem(1) }))
	return out
}

func formFalsehoods() (out []falsehood) {
	out = append(entryFalsehoods(), leafFalsehoods()...)
	slot := func(name string, col int, handle uint16, index uint64, f func(*statecache.Item)) {
		out = append(out, falsehood{
			name: "slot: " + name, edit: func(cols []forgedCol) { f(&cols[col].items[index]) },
			kind: "refuteSlot", true_: "WellFormed", audit: true,
			claim: func(_ *world, s *Suspect) (Challenge, error) { return s.Slot(handle, index) },
		})
	}
	slot("of another key", 2, handleHolders, 3, func(it *statecache.Item) { it.Key = slotWord(4) })
	slot("no key under a base", 2, handleHolders, 3, func(it *statecache.Item) { it.Key = [32]byte{} })
	slot("plain, under a base", 2, handleHolders, 3, func(it *statecache.Item) { it.Slot, it.Key = slotWord(1), [32]byte{} })
	slot("a key without a base", 1, handlePool, 2, func(it *statecache.Item) { it.Key = slotWord(1) })
	slot("of another key of the mapping at 0", 6, handleFirst, 2, func(it *statecache.Item) { it.Key = slotWord(1) })
	for _, m := range []struct {
		handle uint16
		col    int
		index  uint64
	}{{handlePool, 1, 7}, {handleSingle, 4, 0}, {0, 0, 5}} {
		for _, e := range []fr.Element{elem(5), {}} {
			if e.IsZero() && m.handle == handleSingle {
				continue // a root of nothing: an entry's matter
			}
			out = append(out, falsehood{
				name: "manifest of another item", kind: "refuteManifest", true_: "WellFormed", audit: !e.IsZero(),
				edit:  func(cols []forgedCol) { cols[m.col].manifest = map[uint64]fr.Element{m.index: e} },
				claim: func(_ *world, s *Suspect) (Challenge, error) { return s.Manifest(m.handle, m.index) },
			})
		}
	}
	out = append(out, falsehood{
		name: "one name twice", edit: func(cols []forgedCol) { cols[6].name = cols[1].name }, kind: "refuteNames",
		true_: "WellFormed", audit: true,
		claim: func(_ *world, s *Suspect) (Challenge, error) { return s.Names(handleFirst, handlePool) },
	})
	for _, p := range []struct {
		place Place
		e     fr.Element
	}{
		{Place{PlaceLeaves, 0, handlePool, 3}, fr.Element{}},
		{Place{PlaceItems, 0, handlePool, 0}, fr.Element{}},
		{Place{PlaceLeaves, 1, handlePool, 1}, fr.Element{}},
		{Place{PlaceItems, 1, handleHolders, 0}, fr.Element{}},
		{Place{PlaceLeaves, 2, handleHolders, 1}, fr.Element{}},
		{Place{PlaceLeaves, 0, handlePool, 10}, elem(9)},
		{Place{PlaceItems, 0, handlePool, 63}, elem(9)},
		{Place{PlaceItems, 1, handlePool, 2}, elem(9)},
		{Place{PlaceLeaves, 2, handleHolders, 7}, elem(9)},
		{Place{PlaceLeaves, 0, 0, 6}, elem(9)},
	} {
		out = append(out, falsehood{
			name: "shape: " + p.place.String(), replace: map[Place]fr.Element{p.place: p.e}, kind: "refuteShape",
			true_: "WellFormed", audit: true,
			claim: func(_ *world, s *Suspect) (Challenge, error) { return s.Shape(p.place) },
		})
	}
	for level := range uint8(4) {
		out = append(out, falsehood{
			name: "no header collection", kind: "refuteNoHeader", true_: "NotInCommitment", audit: true,
			edit: func(cols []forgedCol) {
				cols[0].name = "none"
				for i := range cols {
					cols[i].handle += []uint16{0, 8, 64, 512}[level] // nothing at that node, something beside it
				}
			},
			replace: map[Place]fr.Element{{Kind: PlaceDirectory, Level: level}: {}},
			claim:   func(_ *world, s *Suspect) (Challenge, error) { return s.NoHeader(level) },
		})
	}
	return out
}

// historyFalsehoods are about the history; its honest part is 6 blocks.
func historyFalsehoods() (out []falsehood) {
	at := uint64(worldTip - 3)
	add := func(name, kind, true_ string, edit func(w *world, h map[uint64][8]fr.Element), claim func(*world, *Suspect) (Challenge, error)) {
		out = append(out, falsehood{name: "history: " + name, history: edit, claim: claim, kind: kind, true_: true_})
	}
	leaf := func(f func(x *[8]fr.Element)) func(*world, map[uint64][8]fr.Element) {
		return func(_ *world, h map[uint64][8]fr.Element) {
			x := h[at]
			f(&x)
			h[at] = x
		}
	}
	for i, e := range []fr.Element{elem(4), elem(5), big128(), big128(), {}, elem(1), elem(1), elem(1)} {
		add("word "+string(rune('0'+i)), "refuteHistoryLeaf", "WellFormed", leaf(func(x *[8]fr.Element) { x[i] = e }),
			func(_ *world, s *Suspect) (Challenge, error) { return s.HistoryLeaf(at) })
	}
	for _, headers := range []int{0, 1, 3} {
		add("another hash", "refuteHistoryHash", "HashTrue", leaf(func(x *[8]fr.Element) { x[3] = elem(5) }),
			func(w *world, s *Suspect) (Challenge, error) {
				var chain [][]byte
				for i := range headers {
					chain = append(chain, w.headerRLP(at+uint64(headers-i)))
				}
				return s.HistoryHash(at, at+uint64(headers), chain)
			})
	}
	for _, p := range []Place{{Kind: PlaceHistory, Index: worldTip}, {Kind: PlaceHistory, Index: worldTip + 9}, {Kind: PlaceHistory, Level: 7, Index: (worldTip >> 21) + 1}} {
		out = append(out, falsehood{
			name: "history: " + p.String(), kind: "refuteFuture", true_: "WellFormed",
			replace: map[Place]fr.Element{p: elem(8)},
			claim:   func(_ *world, s *Suspect) (Challenge, error) { return s.Future(p) },
		})
	}
	// The same claims as about the anchor's own block, about an earlier one.
	past := func(s *Suspect, w *world) *Suspect {
		height, aged := at, *s
		aged.Past = &height
		for _, f := range w.remembered {
			if x := f.historyOf(); x == mustOpen(s.Tree, Place{Kind: PlaceHistory, Index: at}) {
				aged.PastTree = f
			}
		}
		return &aged
	}
	aged := func(name, kind, true_ string, edit func(cols []forgedCol), claim func(*world, *Suspect) (Challenge, error)) {
		add("earlier block, "+name, kind, true_, func(w *world, h map[uint64][8]fr.Element) {
			h[at] = w.remember(w.honest(at, edit)).historyOf()
		}, func(w *world, s *Suspect) (Challenge, error) { return claim(w, past(s, w)) })
	}
	aged("a slot", "refuteValue", "ValueTrue", setValue(1, 0, slotWord(5)), func(w *world, s *Suspect) (Challenge, error) {
		return s.Value(handlePool, 0, w.headerRLP(at), w.proof(contractA, slotWord(0)))
	})
	aged("number", "refuteHeader", "ValueTrue", setValue(0, 0, slotWord(worldTip)), func(_ *world, s *Suspect) (Challenge, error) { return s.Header(0, nil) })
	aged("time", "refuteHeader", "ValueTrue", setValue(0, 1, slotWord(5)), func(w *world, s *Suspect) (Challenge, error) {
		return s.Header(1, w.headerRLP(at))
	})
	aged("entry", "refuteEntry", "WellFormed", editEntry(1, func(x *[8]fr.Element) { x[2] = elem(3) }), func(_ *world, s *Suspect) (Challenge, error) { return s.Entry(handlePool) })
	aged("slot and key", "refuteSlot", "WellFormed", func(cols []forgedCol) { cols[2].items[3].Key = slotWord(4) }, func(_ *world, s *Suspect) (Challenge, error) { return s.Slot(handleHolders, 3) })
	return out
}

func mustOpen(t Tree, p Place) [8]fr.Element {
	x, _ := t.Open(p)
	return x
}

// Every kind of false statement takes its anchor down, by the claim that the
// builders make; the same claim against the truth is refused.
func TestEveryFalsehoodIsRefuted(t *testing.T) {
	all := append(append(valueFalsehoods(), formFalsehoods()...), historyFalsehoods()...)
	w := newWorld(t)
	honest := w.forge(w.tip(), w.history(), nil, nil)
	kinds := map[string]int{}
	for _, f := range all {
		saved := w.cfg.State.Copy()
		history := w.history()
		if f.history != nil {
			f.history(w, history)
		}
		bad := w.forge(w.tip(), history, f.replace, f.edit)
		if bad.Commitment == honest.Commitment {
			t.Fatalf("%s: nothing is false", f.name)
		}
		s := w.anchor(bad)
		claim, err := f.claim(w, s)
		if err != nil {
			t.Fatalf("%s: %v", f.name, err)
		}
		kinds[claim.Kind]++
		if claim.Kind != f.kind {
			t.Errorf("%s: claim of kind %s", f.name, claim.Kind)
		}
		if out, err := w.judge(claim); err != nil {
			t.Errorf("%s: the judge refuses with %s", f.name, Reason(out))
			continue
		}
		if f.audit {
			found, err := s.Audit(nil)
			if err != nil || found == nil {
				t.Errorf("%s: the audit finds %v, %v", f.name, found, err)
			} else if out, err := w.judge(*found); err != nil {
				t.Errorf("%s: the audit's %s is refused: %s", f.name, found.Kind, Reason(out))
			} else if found.Kind != f.kind && f.kind != "refuteManifest" {
				t.Errorf("%s: the audit claims %s", f.name, found.Kind)
			}
		}
		w.must(watcher, 0, claim.Calldata())
		if w.anchored(bad) || ask(w, registryABI.PackStatusAt(w.tip(), bad.Commitment), registryABI.UnpackStatusAt) != 3 {
			t.Errorf("%s: still anchored", f.name)
		}
		w.checkMoney()
		w.cfg.State = saved.Copy()

		// The truth.
		s = w.anchor(honest)
		claim, err = f.claim(w, s)
		if err == nil {
			out, err := w.send(watcher, 0, claim.Calldata())
			if name, _, _ := DecodeError(out); err == nil || name != f.true_ {
				t.Errorf("%s: against the truth: %v %s, want %s", f.name, err, Reason(out), f.true_)
			}
		} else if !errors.Is(err, ErrMissing) { // there is nothing to show
			t.Errorf("%s: against the truth: %v", f.name, err)
		}
		w.cfg.State = saved
	}
	for _, c := range []string{
		"refuteValue", "refuteHeader", "refuteManifest", "refuteSlot", "refuteNames", "refuteEntry", "refuteLeaf",
		"refuteShape", "refuteNoHeader", "refuteFuture", "refuteHistoryLeaf", "refuteHistoryHash",
	} {
		if kinds[c] == 0 {
			t.Errorf("no test makes %s", c)
		}
	}
	t.Logf("%d falsehoods: %v", len(all), kinds)
}
