package binding_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"vmhost/anchoring/binding"
	"vmhost/statecache"
)

func slotItems(a [20]byte, slots ...int) (out []statecache.Item) {
	for _, s := range slots {
		out = append(out, statecache.Item{Kind: statecache.KindSlot, Address: a, Slot: word(s)})
	}
	return out
}

func seq(n int) (out []int) {
	for i := range n {
		out = append(out, i)
	}
	return out
}

func TestChangesAreTheState(t *testing.T) {
	w := city(t, 40)
	cols := []statecache.Collection{
		{Name: "many", Items: slotItems(addr(1), append(seq(40), 1000)...)}, // 1000 is absent
		{Name: "mixed", Items: []statecache.Item{
			{Kind: statecache.KindBalance, Address: addr(3)},
			{Kind: statecache.KindNonce, Address: addr(3)},
			{Kind: statecache.KindCodeHash, Address: addr(3)},
			{Kind: statecache.KindSlot, Address: addr(3), Slot: word(1)},   // account without storage
			{Kind: statecache.KindSlot, Address: addr(2), Slot: word(5)},   // single leaf
			{Kind: statecache.KindSlot, Address: addr(2), Slot: word(6)},   // absent beside it
			{Kind: statecache.KindSlot, Address: addr(999), Slot: word(1)}, // no such account
			{Kind: statecache.KindBalance, Address: addr(999)},             // no such account
			{Kind: statecache.KindCodeHash, Address: addr(999)},            // no such account
			{Kind: statecache.KindSlot, Address: addr(1), Slot: word(7)},   // also in the other collection
			{Kind: statecache.KindBalance, Address: addr(1)},               // whose slots are elsewhere too
		}},
	}
	h := w.header(1, [32]byte{})
	changes, err := binding.NewBinder(w).Changes(t.Context(), h, cols)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][32]byte{}
	for _, c := range changes {
		key := fmt.Sprint(c.Collection, c.Index)
		if _, twice := got[key]; twice {
			t.Errorf("%s twice", key)
		}
		got[key] = c.Value
	}
	if len(got) != 41+11 {
		t.Errorf("%d changes", len(got))
	}
	for i := range 40 {
		if got[fmt.Sprint("many", i)] != w.accounts[addr(1)].slots[word(i)] {
			t.Errorf("slot %d: %x", i, got[fmt.Sprint("many", i)])
		}
	}
	var big, codeHash [32]byte
	big[24] = 1 << 4
	copy(codeHash[:], w.accounts[addr(3)].CodeHash)
	for i, want := range [][32]byte{big, word(9), codeHash, {}, word(55), {}, {}, {}, {}, word(50), word(77)} {
		if v := got[fmt.Sprint("mixed", i)]; v != want {
			t.Errorf("mixed[%d]: %x, want %x", i, v, want)
		}
	}
	if len(w.calls) != 1 || len(w.calls[0]) != 4 {
		t.Errorf("%d requests, %d accounts in the first: want one request", len(w.calls), len(w.calls[0]))
	}
}

// What has the hash that it had is neither asked for nor told; what is asked for
// grows with what changed, not with what is watched.
func TestOnlyWhatChanged(t *testing.T) {
	w := city(t, 4000)
	cols := []statecache.Collection{{Name: "c", Items: append(slotItems(addr(1), seq(4000)...), statecache.Item{Kind: statecache.KindBalance, Address: addr(1)})}}
	b := binding.NewBinder(w)
	var parent [32]byte
	number := 0
	step := func(name string, wantChanges, maxRounds, maxSlots int) {
		t.Helper()
		number++
		h := w.header(number, parent)
		changes, err := b.Changes(t.Context(), h, cols)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		parent = h.Ref.Hash
		if st := b.Stats(); len(changes) != wantChanges || st.Changes != wantChanges || st.Rounds > maxRounds || st.Slots > maxSlots {
			t.Errorf("%s: %d changes, %+v; want %d, at most %d rounds and %d slots", name, len(changes), st, wantChanges, maxRounds, maxSlots)
		}
	}
	step("first block", 4001, 1, 4000)
	step("nothing changed", 0, 0, 0)
	w.set(addr(1), 1, 78, nil)
	step("balance changed", 1, 1, 0)
	w.set(addr(2), 8, 78, nil)
	step("another account changed", 0, 1, 0)
	w.set(addr(1), 1, 78, map[[32]byte][32]byte{word(3): word(1)})
	step("slot changed", 1, 6, 16)
	w.set(addr(1), 1, 78, map[[32]byte][32]byte{word(3): word(2)})
	step("slot changed again", 1, 1, 1)
	step("cooling", 0, 0, 0)
	w.set(addr(1), 1, 78, map[[32]byte][32]byte{word(3): {}, word(40): {}})
	step("slots cleared", 2, 6, 32)
	many := map[[32]byte][32]byte{}
	for i := range 100 {
		many[word(i*39+1)] = word(5_000_000 + i)
	}
	w.set(addr(1), 1, 78, many)
	step("100 slots changed", 100, 6, 700)
	w.set(addr(1), 1, 78, map[[32]byte][32]byte{word(1_000_000): word(1)})
	step("a slot that is not watched", 0, 6, 120)
	cols[0].Items = append(cols[0].Items, slotItems(addr(1), 5000, 1_000_000)...)
	step("grown", 2, 3, 8)
	parent = [32]byte{1}
	step("another branch, same state", 4003, 0, 0)
	cols = append(cols, statecache.Collection{Name: "d", Items: []statecache.Item{{Kind: statecache.KindNonce, Address: addr(20)}}})
	step("another account is watched", 1, 1, 0)
	cols[1].Items = append(cols[1].Items, slotItems(addr(21), seq(30)...)...)
	step("and slots of one", 30, 1, 30)
	cols = cols[1:]
	step("a collection is dropped", 31, 1, 30)
}

// What the logs of a block make expect is asked for at once; what they do not
// tell is found all the same.
func TestExpected(t *testing.T) {
	w := city(t, 2000)
	cols := []statecache.Collection{{Name: "c", Items: slotItems(addr(1), seq(2000)...)}}
	b := binding.NewBinder(w)
	first := w.header(1, [32]byte{})
	if _, err := b.Changes(t.Context(), first, cols); err != nil {
		t.Fatal(err)
	}
	w.set(addr(1), 1, 1, map[[32]byte][32]byte{word(700): word(1), word(800): word(1), word(1500): word(9)})
	b.Expect(addr(1), word(700), word(800), word(3))
	b.Expect(addr(99), word(1)) // not watched
	changes, err := b.Changes(t.Context(), w.header(2, first.Ref.Hash), cols)
	if err != nil || len(changes) != 3 {
		t.Fatalf("%v, %v", changes, err)
	}
	if st := b.Stats(); st.Rounds > 5 || st.Slots > 16 {
		t.Errorf("%+v", st)
	}
}

// Every byte of every node of every proof, flipped.
func TestFlippedBytes(t *testing.T) {
	w := city(t, 40)
	root := w.root()
	honest := w.answer(binding.Query{Address: addr(1), Slots: [][32]byte{word(3), word(1003)}})
	honest.Claims = nil // the proof alone must hold
	if _, err := binding.Verify(root, &honest); err != nil {
		t.Fatal(err)
	}
	lists := map[string][][]byte{"account": honest.Account, "present": honest.Slots[0].Proof, "absent": honest.Slots[1].Proof}
	flips := 0
	for name, list := range lists {
		if len(list) < 1 {
			t.Fatalf("%s proof has %d nodes", name, len(list))
		}
		for i := range list {
			for j := range list[i] {
				for _, bit := range []byte{1, 0x80} {
					list[i][j] ^= bit
					_, err := binding.Verify(root, &honest)
					list[i][j] ^= bit
					flips++
					if !errors.Is(err, binding.ErrBadNode) {
						t.Fatalf("%s node %d byte %d: %v", name, i, j, err)
					}
				}
			}
		}
	}
	if _, err := binding.Verify(root, &honest); err != nil || flips < 2000 {
		t.Fatalf("%d flips, then %v", flips, err)
	}
}

func TestForgedAnswers(t *testing.T) {
	w := city(t, 40)
	other := city(t, 41)
	other.root()
	items := append(slotItems(addr(1), seq(12)...), statecache.Item{Kind: statecache.KindNonce, Address: addr(3)})
	cols := []statecache.Collection{{Name: "pool", Items: items}}
	h := w.header(1, [32]byte{})
	first := func(change func(a *binding.Answer)) func([]binding.Answer) []binding.Answer {
		return func(as []binding.Answer) []binding.Answer { change(&as[0]); return as }
	}
	for _, tc := range []struct {
		name string
		lie  func([]binding.Answer) []binding.Answer
		want error
		item string // named in the error
	}{
		{"value changed", first(func(a *binding.Answer) { a.Claims.Values[4] = word(1) }), binding.ErrClaim, "pool[4]"},
		{"value zeroed", first(func(a *binding.Answer) { a.Claims.Values[4] = [32]byte{} }), binding.ErrClaim, "pool[4]"},
		{"value and proof of another slot", first(func(a *binding.Answer) {
			a.Claims.Values[4], a.Slots[4].Proof = a.Claims.Values[5], a.Slots[5].Proof
		}), nil, "pool[4]"},
		{"slots swapped", first(func(a *binding.Answer) { a.Slots[4], a.Slots[5] = a.Slots[5], a.Slots[4] }), binding.ErrAnswer, "pool[4]"},
		{"slot missing", first(func(a *binding.Answer) { a.Slots = a.Slots[:11] }), binding.ErrAnswer, "pool[0]"},
		{"value missing", first(func(a *binding.Answer) { a.Claims.Values = a.Claims.Values[:11] }), binding.ErrAnswer, "pool[0]"},
		{"last node left out", first(func(a *binding.Answer) { p := &a.Slots[2].Proof; *p = (*p)[:len(*p)-1] }), binding.ErrMissingNode, "pool[2]"},
		{"no nodes: looks like an absence", first(func(a *binding.Answer) { a.Slots[2].Proof, a.Claims.Values[2] = nil, [32]byte{} }), binding.ErrMissingNode, "pool[2]"},
		{"empty node: looks like an absence", first(func(a *binding.Answer) {
			a.Slots[2].Proof, a.Claims.Values[2] = [][]byte{{0x80}}, [32]byte{}
		}), binding.ErrBadNode, "pool[2]"},
		{"first node left out", first(func(a *binding.Answer) { a.Slots[2].Proof = a.Slots[2].Proof[1:] }), binding.ErrBadNode, "pool[2]"},
		{"nodes swapped", first(func(a *binding.Answer) { p := a.Slots[2].Proof; p[0], p[1] = p[1], p[0] }), binding.ErrBadNode, "pool[2]"},
		{"node appended", first(func(a *binding.Answer) { a.Slots[2].Proof = append(a.Slots[2].Proof, a.Account[0]) }), binding.ErrExtraNode, "pool[2]"},
		{"node doubled", first(func(a *binding.Answer) { p := a.Slots[2].Proof; a.Slots[2].Proof = append(p, p[len(p)-1]) }), binding.ErrExtraNode, "pool[2]"},
		{"empty node in the middle", first(func(a *binding.Answer) { a.Slots[2].Proof = slices.Insert(a.Slots[2].Proof, 1, []byte{}) }), binding.ErrBadNode, "pool[2]"},
		{"huge node", first(func(a *binding.Answer) { a.Slots[2].Proof[0] = make([]byte, 1<<20) }), binding.ErrMalformed, "pool[2]"},
		{"endless path", first(func(a *binding.Answer) { a.Slots[2].Proof = make([][]byte, 1000) }), binding.ErrMalformed, "pool[2]"},
		{"account node appended", first(func(a *binding.Answer) { a.Account = append(a.Account, a.Slots[0].Proof[0]) }), binding.ErrExtraNode, "pool[0]"},
		{"account node left out", first(func(a *binding.Answer) { a.Account = a.Account[:len(a.Account)-1] }), binding.ErrMissingNode, "pool[0]"},
		{"no account nodes", first(func(a *binding.Answer) { a.Account = nil }), binding.ErrMissingNode, "pool[0]"},
		{"nonce", first(func(a *binding.Answer) { a.Claims.Nonce++ }), binding.ErrClaim, "pool[0]"},
		{"balance", first(func(a *binding.Answer) { a.Claims.Balance[31] ^= 1 }), binding.ErrClaim, "pool[0]"},
		{"code hash", first(func(a *binding.Answer) { a.Claims.CodeHash[0] ^= 1 }), binding.ErrClaim, "pool[0]"},
		{"storage hash", first(func(a *binding.Answer) { a.Claims.StorageHash[0] ^= 1 }), binding.ErrClaim, "pool[0]"},
		{"storage of another state, with its hash", first(func(a *binding.Answer) {
			o := other.answer(binding.Query{Address: addr(1), Slots: [][32]byte{word(40)}})
			a.Claims.StorageHash, a.Claims.Values[2], a.Slots[2].Proof = o.Claims.StorageHash, o.Claims.Values[0], o.Slots[0].Proof
		}), binding.ErrClaim, "pool[0]"},
		{"slots of another state", first(func(a *binding.Answer) {
			a.Slots[2].Proof = other.answer(binding.Query{Address: addr(1), Slots: [][32]byte{word(2)}}).Slots[0].Proof
		}), binding.ErrBadNode, "pool[2]"},
		{"everything of another state", func([]binding.Answer) []binding.Answer {
			return []binding.Answer{other.answer(query(addr(1), 12)), other.answer(query(addr(3), 0))}
		}, binding.ErrBadNode, "pool[0]"},
		{"another account", first(func(a *binding.Answer) { *a = w.answer(query(addr(2), 12)) }), binding.ErrAnswer, "pool[0]"},
		{"another account under the name", first(func(a *binding.Answer) { *a = w.answer(query(addr(2), 12)); a.Address = addr(1) }), nil, "pool[0]"},
		{"answers swapped", func(as []binding.Answer) []binding.Answer { as[0], as[1] = as[1], as[0]; return as }, binding.ErrAnswer, "pool[0]"},
		{"answer missing", func(as []binding.Answer) []binding.Answer { return as[:1] }, binding.ErrAnswer, ""},
		{"no answers", func([]binding.Answer) []binding.Answer { return nil }, binding.ErrAnswer, ""},
		{"second account lies", func(as []binding.Answer) []binding.Answer { as[1].Claims.Nonce = 0; return as }, binding.ErrClaim, "pool[12]"},
	} {
		_, err := binding.NewBinder(liar{w, tc.lie}).Changes(t.Context(), h, cols)
		if err == nil || tc.want != nil && !errors.Is(err, tc.want) || !binding.Faulty(err) {
			t.Errorf("%s: got %v, want %v", tc.name, err, tc.want)
			continue
		}
		if !strings.Contains(err.Error(), tc.item) {
			t.Errorf("%s: %q does not name %s", tc.name, err, tc.item)
		}
		if _, named := errors.AsType[*binding.ItemError](err); named != (tc.item != "") {
			t.Errorf("%s: %q", tc.name, err)
		}
	}
	if _, err := binding.NewBinder(w).Changes(t.Context(), h, cols); err != nil {
		t.Errorf("the honest answer: %v", err)
	}
}

func query(a [20]byte, slots int) binding.Query {
	q := binding.Query{Address: a}
	for i := range slots {
		q.Slots = append(q.Slots, word(i))
	}
	return q
}

// After a refused answer the next honest one is taken in full.
func TestRecoversFromALie(t *testing.T) {
	w := city(t, 40)
	cols := []statecache.Collection{{Name: "c", Items: slotItems(addr(1), seq(40)...)}}
	lying := false
	b := binding.NewBinder(liar{w, func(as []binding.Answer) []binding.Answer {
		if lying {
			as[0].Account[0] = bytes.Clone(as[0].Account[0])
			as[0].Account[0][5] ^= 1
		}
		return as
	}})
	first := w.header(1, [32]byte{})
	if _, err := b.Changes(t.Context(), first, cols); err != nil {
		t.Fatal(err)
	}
	w.set(addr(1), 1, 1, map[[32]byte][32]byte{word(9): word(1)})
	second := w.header(2, first.Ref.Hash)
	lying = true
	if _, err := b.Changes(t.Context(), second, cols); !errors.Is(err, binding.ErrBadNode) {
		t.Fatal(err)
	}
	lying = false
	changes, err := b.Changes(t.Context(), second, cols)
	if err != nil || len(changes) != 1 || changes[0].Index != 9 || changes[0].Value != word(1) {
		t.Fatalf("%v, %v", changes, err)
	}
}

func TestHeaderItemsAreNotFetched(t *testing.T) {
	w := city(t, 1)
	cols := []statecache.Collection{{Name: "h", Items: []statecache.Item{{Kind: statecache.KindHeader}}}}
	if _, err := binding.NewBinder(w).Changes(context.Background(), w.header(1, [32]byte{}), cols); !errors.Is(err, binding.ErrKind) {
		t.Errorf("got %v", err)
	}
}

func FuzzVerify(f *testing.F) {
	w := city(f, 40)
	root := w.root()
	a := w.answer(query(addr(1), 3))
	f.Add(uint8(0), uint8(0), a.Account[0])
	f.Add(uint8(1), uint8(0), a.Slots[0].Proof[0])
	f.Add(uint8(1), uint8(1), []byte{0xc2, 0x20, 0x80})
	f.Fuzz(func(t *testing.T, where, index uint8, node []byte) {
		a := w.answer(query(addr(1), 3))
		a.Claims = nil
		list := a.Account
		if where%2 == 1 {
			list = a.Slots[2].Proof
		}
		i := int(index) % len(list)
		same := bytes.Equal(list[i], node)
		list[i] = node
		if _, err := binding.Verify(root, &a); (err == nil) != same {
			t.Fatalf("same=%v: %v", same, err)
		}
	})
}

// FuzzDecode lets the attacker choose the root too, as in a file: no panic, and
// no endless path.
func FuzzDecode(f *testing.F) {
	w := city(f, 40)
	w.root()
	a := w.answer(query(addr(1), 1))
	f.Add(a.Account[0], a.Account[1])
	f.Add([]byte{0xc2, 0x20, 0x80}, []byte{0xc1, 0x80})
	f.Add([]byte{0xc2, 0x00, 0xc0}, []byte{})
	f.Fuzz(func(_ *testing.T, first, second []byte) {
		_, _ = binding.VerifyAccount(keccak(first), addr(1), [][]byte{first, second})
		_, _ = binding.VerifyAccount(keccak(first), addr(1), [][]byte{first})
		_, _ = binding.VerifySlot(keccak(first), word(1), [][]byte{first})
	})
}

func BenchmarkVerify(b *testing.B) {
	for _, n := range []int{1, 32, 1024} {
		b.Run(fmt.Sprintf("slots=%d", n), func(b *testing.B) {
			w := city(b, 2000)
			root := w.root()
			a := w.answer(query(addr(1), n))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := binding.Verify(root, &a); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "slots/s")
		})
	}
}
