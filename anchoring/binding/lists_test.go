package binding_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types/bal"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/holiman/uint256"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// listed is a Prover that serves access lists.
type listed struct {
	binding.Prover
	lists map[[32]byte][]byte // by block
	err   error               // for blocks without
	asked int
}

func (l *listed) AccessList(_ context.Context, block [32]byte) ([]byte, error) {
	l.asked++
	if raw, ok := l.lists[block]; ok {
		return raw, nil
	}
	return nil, l.err
}

// accessList is the list of a block between two worlds, made by go-ethereum's
// encoder. With rng it holds what leaves no trace too: accounts and slots that
// were only read, writes that were taken back.
func accessList(tb testing.TB, from, to *world, rng *rand.Rand) []byte {
	tb.Helper()
	b := bal.NewConstructionBlockAccessList()
	for i := range 1000 { // in order, so that a seed gives the same list again
		a := addr(i)
		if from.accounts[a] == nil && to.accounts[a] == nil {
			continue
		}
		was, now := from.accounts[a], to.accounts[a]
		if (was == nil) != (now == nil) {
			b.AccountRead(a) // an empty account comes or goes without a change
		}
		if was == nil {
			was = newAccount()
		}
		if now == nil {
			now = newAccount()
		}
		if rng != nil && rng.IntN(3) == 0 {
			b.AccountRead(a)
			b.StorageRead(a, word(rng.IntN(600)))
		}
		if !was.Balance.Eq(now.Balance) || rng != nil && rng.IntN(10) == 0 {
			b.BalanceChange(1, a, uint256.NewInt(12345))
			b.BalanceChange(9, a, now.Balance)
		}
		if was.Nonce != now.Nonce {
			b.NonceChange(a, 3, now.Nonce)
		}
		if len(was.slots)+len(now.slots) == 0 {
			continue
		}
		for i := range 6000 {
			s := word(i)
			if was.slots[s] != now.slots[s] || rng != nil && rng.IntN(100) == 0 {
				b.StorageWrite(2, a, s, word(77))
				b.StorageWrite(700, a, s, now.slots[s])
			}
		}
	}
	var out bytes.Buffer
	if err := b.EncodeRLP(&out); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// One binder that is given access lists, at times, through random blocks,
// reorganisations, growing and dropped collections, asks for less than one that
// is not, and tells the same.
func TestModelWithLists(t *testing.T) {
	steps := 80
	if os.Getenv("VMHOST_LONG") != "" {
		steps = 1500
	}
	var asked [2]binding.Stats
	for seed := range uint64(4) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			for lists := range 2 {
				m := newModel(t, seed)
				if lists == 1 {
					m.lists = &listed{Prover: m.node, lists: map[[32]byte][]byte{}, err: binding.ErrUnavailable}
					m.binder = binding.NewBinder(m.lists)
					m.noise = rand.New(rand.NewPCG(seed, 9))
					if seed%2 == 1 {
						m.noise = nil // every block has its list
					}
				}
				for range steps {
					m.step()
				}
				asked[lists].Add(m.stats)
			}
		})
	}
	without, with := asked[0], asked[1]
	t.Logf("without lists: %d accounts, %d slots, %d rounds, %d changes; with %d lists: %d, %d, %d, %d",
		without.Accounts, without.Slots, without.Rounds, without.Changes, with.Lists, with.Accounts, with.Slots, with.Rounds, with.Changes)
	if with.Lists < 120 || with.ListsRefused != 0 || with.Slots >= without.Slots || with.Rounds >= without.Rounds {
		t.Error("lists save nothing")
	}
}

// header7928 is a header with the hash of a list.
func header7928(raw []byte) *ethrpc.Header {
	return &ethrpc.Header{Ref: statecache.BlockRef{Number: 1}, AccessListHash: keccak(raw)}
}

// lst is an RLP list; a []byte in it is a string, an int an integer.
type lst []any

func (s lst) enc(tb testing.TB) []byte {
	tb.Helper()
	var content []byte
	for _, x := range s {
		switch x := x.(type) {
		case lst:
			content = append(content, x.enc(tb)...)
		case rlp.RawValue:
			content = append(content, x...)
		case int:
			content = rlp.AppendUint64(content, uint64(x))
		case []byte:
			b, err := rlp.EncodeToBytes(x)
			if err != nil {
				tb.Fatal(err)
			}
			content = append(content, b...)
		default:
			tb.Fatalf("%T", x)
		}
	}
	b, err := rlp.EncodeToBytes(rlp.RawValue(content))
	if err != nil {
		tb.Fatal(err)
	}
	if len(content) < 56 {
		return append([]byte{0xc0 + byte(len(content))}, b...)
	}
	size := uint256.NewInt(uint64(len(content))).Bytes()
	return append(append([]byte{0xf7 + byte(len(size))}, size...), b...)
}

func address(i int) []byte { a := addr(i); return a[:] }

func TestCheckAccessList(t *testing.T) {
	raw := lst{
		lst{address(1), lst{}, lst{}, lst{}, lst{}, lst{}},
		lst{
			address(2),
			lst{lst{0, lst{lst{0, 5}}}, lst{7, lst{lst{1, 8}, lst{2, 0}}}, lst{bytes.Repeat([]byte{0xff}, 32), lst{lst{1<<32 - 1, bytes.Repeat([]byte{0xfe}, 32)}}}},
			lst{1, 300},
			lst{lst{1, 1000}, lst{3, 1001}},
			lst{lst{0, 1<<62 + 1}},
			lst{lst{1, []byte{}}, lst{2, []byte{0x60, 0}}},
		},
	}.enc(t)
	list, err := binding.CheckAccessList(header7928(raw), raw)
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := list[addr(1)]; len(list) != 2 || !ok || got.Slots != nil || got.Balance != nil || got.Nonce != nil || got.CodeHash != nil {
		t.Errorf("untouched account: %+v", got)
	}
	got := list[addr(2)]
	top, val := [32]byte(bytes.Repeat([]byte{0xff}, 32)), [32]byte(bytes.Repeat([]byte{0xfe}, 32))
	if len(got.Slots) != 3 || got.Slots[word(0)] != word(5) || got.Slots[word(7)] != word(0) || got.Slots[top] != val {
		t.Errorf("slots %x", got.Slots)
	}
	if *got.Balance != word(1001) || *got.Nonce != 1<<62+1 || *got.CodeHash != [32]byte(crypto.Keccak256([]byte{0x60, 0})) {
		t.Errorf("%+v", got)
	}
	empty := []byte{0xc0}
	if list, err := binding.CheckAccessList(header7928(empty), empty); err != nil || len(list) != 0 {
		t.Errorf("empty list: %v, %v", list, err)
	}
	if keccak(empty) != [32]byte(common.HexToHash("0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347")) {
		t.Error("the hash of the empty list is another in the EIP")
	}
}

// damaged is every sort of list that is not one, though a header has its hash.
func damaged(tb testing.TB) map[string][]byte {
	tb.Helper()
	account := func(fields ...any) []byte { return lst{append(lst{address(5)}, fields...)}.enc(tb) }
	e, raw := lst{}, func(b ...byte) rlp.RawValue { return b }
	long := make([]byte, 33)
	long[0] = 1
	out := map[string][]byte{
		"nothing": {}, "a string": {0x80}, "a byte": {0}, "cut": {0xc1}, "not a list of lists": {0xc1, 0x80},
		"trailing bytes":          append(account(e, e, e, e, e), 0),
		"a second list":           append(account(e, e, e, e, e), 0xc0),
		"length not the shortest": {0xf8, 0x00},
		"accounts not in order":   lst{lst{address(6), e, e, e, e, e}, lst{address(5), e, e, e, e, e}}.enc(tb),
		"account twice":           lst{lst{address(6), e, e, e, e, e}, lst{address(6), e, e, e, e, e}}.enc(tb),
		"address of 19 bytes":     lst{lst{address(6)[1:], e, e, e, e, e}}.enc(tb),
		"address of 21 bytes":     lst{lst{append(address(6), 1), e, e, e, e, e}}.enc(tb),
		"address is a list":       lst{lst{lst{address(6)}, e, e, e, e, e}}.enc(tb),
		"four lists":              account(e, e, e, e),
		"six lists":               account(e, e, e, e, e, e),
		"only an address":         account(),
		"nothing of an account":   lst{lst{}}.enc(tb),
		"slots not in order":      account(lst{lst{2, lst{lst{0, 1}}}, lst{1, lst{lst{0, 1}}}}, e, e, e, e),
		"slot twice":              account(lst{lst{2, lst{lst{0, 1}}}, lst{2, lst{lst{0, 1}}}}, e, e, e, e),
		"slot of 33 bytes":        account(lst{lst{long, lst{lst{0, 1}}}}, e, e, e, e),
		"slot with leading zero":  account(lst{lst{[]byte{0, 2}, lst{lst{0, 1}}}}, e, e, e, e),
		"slot 0 as a byte":        account(lst{lst{raw(0), lst{lst{0, 1}}}}, e, e, e, e),
		"slot in two bytes":       account(lst{lst{raw(0x81, 0x02), lst{lst{0, 1}}}}, e, e, e, e),
		"slot is a list":          account(lst{lst{lst{1}, lst{lst{0, 1}}}}, e, e, e, e),
		"slot without writes":     account(lst{lst{2, e}}, e, e, e, e),
		"slot without a list":     account(lst{lst{2}}, e, e, e, e),
		"slot with two lists":     account(lst{lst{2, lst{lst{0, 1}}, e}}, e, e, e, e),
		"writes not in order":     account(lst{lst{2, lst{lst{3, 1}, lst{2, 1}}}}, e, e, e, e),
		"write twice":             account(lst{lst{2, lst{lst{3, 1}, lst{3, 1}}}}, e, e, e, e),
		"write of 33 bytes":       account(lst{lst{2, lst{lst{3, long}}}}, e, e, e, e),
		"write with zero":         account(lst{lst{2, lst{lst{3, []byte{0, 9}}}}}, e, e, e, e),
		"write without value":     account(lst{lst{2, lst{lst{3}}}}, e, e, e, e),
		"write with two values":   account(lst{lst{2, lst{lst{3, 1, 1}}}}, e, e, e, e),
		"index of 33 bits":        account(lst{lst{2, lst{lst{1 << 32, 1}}}}, e, e, e, e),
		"index with zero":         account(lst{lst{2, lst{lst{[]byte{0, 1}, 1}}}}, e, e, e, e),
		"reads not in order":      account(e, lst{4, 3}, e, e, e),
		"read twice":              account(e, lst{4, 4}, e, e, e),
		"read and written":        account(lst{lst{2, lst{lst{0, 1}}}}, lst{1, 2}, e, e, e),
		"read of 33 bytes":        account(e, lst{long}, e, e, e),
		"read is a list":          account(e, lst{e}, e, e, e),
		"reads are a string":      account(e, []byte{1}, e, e, e),
		"balances not in order":   account(e, e, lst{lst{2, 1}, lst{1, 1}}, e, e),
		"balance twice":           account(e, e, lst{lst{2, 1}, lst{2, 1}}, e, e),
		"balance of 33 bytes":     account(e, e, lst{lst{2, long}}, e, e),
		"balance with zero":       account(e, e, lst{lst{2, []byte{0}}}, e, e),
		"nonces not in order":     account(e, e, e, lst{lst{2, 1}, lst{1, 1}}, e),
		"nonce of 9 bytes":        account(e, e, e, lst{lst{2, long[:9]}}, e),
		"nonce with zero":         account(e, e, e, lst{lst{2, []byte{0, 1}}}, e),
		"codes not in order":      account(e, e, e, e, lst{lst{2, []byte{1}}, lst{1, []byte{1}}}),
		"code is a list":          account(e, e, e, e, lst{lst{2, e}}),
		"code and more":           account(e, e, e, e, lst{lst{2, []byte{1}, 1}}),
	}
	huge := make(lst, 1<<20+1)
	for i := range huge {
		huge[i] = i
	}
	out["huge"] = account(e, huge, e, e, e)
	return out
}

func TestDamagedAccessLists(t *testing.T) {
	for name, raw := range damaged(t) {
		if _, err := binding.CheckAccessList(header7928(raw), raw); !errors.Is(err, binding.ErrListForm) || binding.Faulty(err) {
			t.Errorf("%s: %v", name, err)
		}
		if name != "huge" && gethTakes(raw) {
			t.Errorf("%s: go-ethereum takes it", name)
		}
		h := header7928(raw)
		h.AccessListHash[7] ^= 1
		if _, err := binding.CheckAccessList(h, raw); !errors.Is(err, binding.ErrAccessList) || !binding.Faulty(err) {
			t.Errorf("%s, another hash: %v", name, err)
		}
	}
	if _, err := binding.CheckAccessList(&ethrpc.Header{}, []byte{0xc0}); !errors.Is(err, binding.ErrNoAccessList) || binding.Faulty(err) {
		t.Errorf("header without a hash: %v", err)
	}
	// Every byte of a good one.
	w, n := city(t, 20), city(t, 20)
	n.set(addr(1), 2, 78, map[[32]byte][32]byte{word(3): word(1), word(4): {}})
	good := accessList(t, w, n, rand.New(rand.NewPCG(1, 2)))
	h := header7928(good)
	for i := range good {
		for _, bit := range []byte{1, 0x80} {
			bad := bytes.Clone(good)
			bad[i] ^= bit
			if _, err := binding.CheckAccessList(h, bad); !errors.Is(err, binding.ErrAccessList) {
				t.Fatalf("byte %d: %v", i, err)
			}
		}
	}
}

// gethTakes reports whether go-ethereum takes a list too.
func gethTakes(raw []byte) bool {
	var list bal.BlockAccessList
	if err := rlp.DecodeBytes(raw, &list); err != nil {
		return false
	}
	return list.Validate(1<<60, 1<<32-2) == nil
}

// FuzzAccessList compares with go-ethereum's decoder.
func FuzzAccessList(f *testing.F) {
	w, n := city(f, 20), city(f, 20)
	n.set(addr(1), 2, 78, map[[32]byte][32]byte{word(3): word(1), word(4): {}})
	f.Add(accessList(f, w, n, rand.New(rand.NewPCG(1, 2))))
	f.Add(accessList(f, w, n, nil))
	f.Add([]byte{0xc0})
	for name, raw := range damaged(f) {
		if name != "huge" {
			f.Add(raw)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := binding.CheckAccessList(header7928(raw), raw)
		if err != nil && !errors.Is(err, binding.ErrListForm) {
			t.Fatal(err)
		}
		if takes := gethTakes(raw); takes != (err == nil) && len(raw) < 1<<16 { // long code is refused by the one
			t.Fatalf("%v, go-ethereum takes it: %v", err, takes)
		}
		if err != nil {
			return
		}
		var list bal.BlockAccessList
		if err := rlp.DecodeBytes(raw, &list); err != nil {
			t.Fatal(err)
		}
		if len(list) != len(got) {
			t.Fatalf("%d accounts of %d", len(got), len(list))
		}
		for i := range list {
			a, w := &list[i], got[list[i].Address]
			if len(w.Slots) != len(a.StorageChanges) {
				t.Fatalf("%d slots of %d", len(w.Slots), len(a.StorageChanges))
			}
			for _, s := range a.StorageChanges {
				if want := s.SlotChanges[len(s.SlotChanges)-1].PostValue.Bytes32(); w.Slots[s.Slot.Bytes32()] != want {
					t.Fatalf("slot %v is %x", s.Slot, want)
				}
			}
			if n := len(a.BalanceChanges); n > 0 && *w.Balance != a.BalanceChanges[n-1].PostBalance.Bytes32() ||
				(n > 0) != (w.Balance != nil) {
				t.Fatal("balance")
			}
			if n := len(a.NonceChanges); n > 0 && *w.Nonce != a.NonceChanges[n-1].PostNonce || (n > 0) != (w.Nonce != nil) {
				t.Fatal("nonce")
			}
			if n := len(a.CodeChanges); n > 0 && *w.CodeHash != keccak(a.CodeChanges[n-1].NewCode) || (n > 0) != (w.CodeHash != nil) {
				t.Fatal("code")
			}
		}
	})
}

// TestListsSave counts: of a contract with 1,000 watched slots among 5,000, and
// 40 balances, a block that wrote two costs two proofs and one round; one that
// wrote others none.
func TestListsSave(t *testing.T) {
	w := city(t, 5000)
	cols := []statecache.Collection{{Name: "slots"}, {Name: "balances"}}
	for i := range 1000 {
		cols[0].Items = append(cols[0].Items, statecache.Item{Address: addr(1), Slot: word(5 * i)})
	}
	for i := range 40 {
		cols[1].Items = append(cols[1].Items, statecache.Item{Kind: statecache.KindBalance, Address: addr(10 + i)})
	}
	node := &listed{Prover: w, lists: map[[32]byte][]byte{}}
	b := binding.NewBinder(node)
	parent := w.header(1, [32]byte{})
	if _, err := b.Changes(t.Context(), parent, cols); err != nil {
		t.Fatal(err)
	}
	if node.asked != 0 {
		t.Error("a list was asked for though no value is known")
	}
	number := 1
	next := func(change func(w *world), want int) binding.Stats {
		t.Helper()
		before := w.copyOf()
		change(w)
		number++
		h := w.header(number, parent.Ref.Hash)
		raw := accessList(t, before, w, nil)
		h.AccessListHash, node.lists[h.Ref.Hash] = keccak(raw), raw
		changes, err := b.Changes(t.Context(), h, cols)
		if err != nil {
			t.Fatal(err)
		}
		if len(changes) != want {
			t.Errorf("block %d: %d changes, want %d", number, len(changes), want)
		}
		parent = h
		return b.Stats()
	}
	st := next(func(w *world) {
		w.set(addr(1), 1, 77, map[[32]byte][32]byte{word(50): word(9), word(51): word(9), word(4995): {}})
	}, 2)
	if st.Rounds != 1 || st.Accounts != 1 || st.Slots != 2 || st.Lists != 1 || st.ListBytes == 0 {
		t.Errorf("two watched slots: %+v", st)
	}
	st = next(func(w *world) {
		for i := range 300 {
			w.set(addr(1), 1, uint64(100+i), map[[32]byte][32]byte{word(5*i + 1): word(number)})
		}
		w.set(addr(3), 10, 11, nil)
		w.set(addr(99), 10, 11, nil)
	}, 0)
	if st.Rounds != 0 || st.Accounts != 0 || st.Lists != 1 {
		t.Errorf("nothing watched: %+v", st)
	}
	st = next(func(w *world) { w.set(addr(12), 12, 5, nil) }, 1)
	if st.Rounds != 1 || st.Accounts != 1 || st.Slots != 0 {
		t.Errorf("one balance: %+v", st)
	}
	// New items need the storage of the very block.
	cols[0].Items = append(cols[0].Items, statecache.Item{Address: addr(1), Slot: word(51)}, statecache.Item{Address: addr(1), Slot: word(6)})
	changes, err := b.Added(t.Context(), parent, cols)
	if err != nil || len(changes) != 2 || changes[0].Value != w.accounts[addr(1)].slots[word(51)] && changes[1].Value != w.accounts[addr(1)].slots[word(51)] {
		t.Errorf("added: %v, %v", changes, err)
	}
}

func TestListsThatLie(t *testing.T) {
	item := func(slot int) statecache.Item { return statecache.Item{Address: addr(1), Slot: word(slot)} }
	cols := []statecache.Collection{{Name: "a", Items: []statecache.Item{
		item(1), item(2), item(3), {Kind: statecache.KindBalance, Address: addr(1)}, {Kind: statecache.KindNonce, Address: addr(10)}, {Kind: statecache.KindCodeHash, Address: addr(2)},
	}}}
	for i := 100; i < 140; i++ {
		cols[0].Items = append(cols[0].Items, item(i))
	}
	setup := func() (*world, *listed, *binding.Binder, *ethrpc.Header) {
		w := city(t, 300)
		node := &listed{Prover: w, lists: map[[32]byte][]byte{}, err: binding.ErrUnavailable}
		b := binding.NewBinder(node)
		h := w.header(1, [32]byte{})
		if _, err := b.Changes(t.Context(), h, cols); err != nil {
			t.Fatal(err)
		}
		return w, node, b, h
	}
	values := map[string][32]byte{}
	truth := func(w *world, changes []statecache.Change, all bool) {
		t.Helper()
		clear(values)
		for _, c := range changes {
			values[fmt.Sprint(c.Collection, c.Index)] = c.Value
		}
		for i, it := range cols[0].Items {
			if v, ok := values[fmt.Sprint("a", i)]; ok && v != w.truth(it) || !ok && all {
				t.Errorf("item %d: told %v, %x", i, ok, v)
			}
		}
	}

	t.Run("not the header's", func(t *testing.T) {
		w, node, b, parent := setup()
		before := w.copyOf()
		w.set(addr(1), 1, 5, map[[32]byte][32]byte{word(2): word(905)})
		h := w.header(2, parent.Ref.Hash)
		h.AccessListHash = keccak(accessList(t, before, w, nil))
		node.lists[h.Ref.Hash] = accessList(t, before, before, nil)
		_, err := b.Changes(t.Context(), h, cols)
		if !errors.Is(err, binding.ErrAccessList) || !binding.Faulty(err) {
			t.Fatalf("%v", err)
		}
		delete(node.lists, h.Ref.Hash) // another node, which has none
		changes, err := b.Changes(t.Context(), h, cols)
		if err != nil || len(changes) != 2 {
			t.Fatalf("%v, %v", changes, err)
		}
		truth(w, changes, false)
		if node.asked != 2 {
			t.Errorf("asked %d times", node.asked)
		}
	})

	t.Run("no lists at all", func(t *testing.T) {
		w, node, b, parent := setup()
		node.err = binding.ErrNoAccessList
		for n := 2; n < 6; n++ {
			w.set(addr(1), 1, uint64(n), nil)
			h := w.header(n, parent.Ref.Hash)
			h.AccessListHash = [32]byte{1}
			if changes, err := b.Changes(t.Context(), h, cols); err != nil || len(changes) != 1 {
				t.Fatalf("%v, %v", changes, err)
			}
			parent = h
		}
		if node.asked != 1 {
			t.Errorf("asked %d times", node.asked)
		}
	})

	t.Run("unknown form", func(t *testing.T) {
		w, node, b, parent := setup()
		for n := 2; n < 6; n++ {
			w.set(addr(1), 1, uint64(n), nil)
			h := w.header(n, parent.Ref.Hash)
			raw := []byte{0xc1, 0xc0}
			h.AccessListHash, node.lists[h.Ref.Hash] = keccak(raw), raw
			if changes, err := b.Changes(t.Context(), h, cols); err != nil || len(changes) != 1 {
				t.Fatalf("%v, %v", changes, err)
			}
			if st := b.Stats(); st.Lists != 0 || st.ListsRefused != max(0, 3-n) {
				t.Errorf("%+v", st)
			}
			parent = h
		}
		if node.asked != 1 {
			t.Errorf("asked %d times", node.asked)
		}
	})

	// The header commits to a list that is not what the state says: of an invalid
	// block, or by rules that this version does not know.
	for name, lie := range map[string]func(l, from, to *world){
		"another value":    func(l, _, _ *world) { l.set(addr(1), 1, 5, map[[32]byte][32]byte{word(2): word(906)}) },
		"another balance":  func(l, _, _ *world) { l.set(addr(1), 1, 6, nil) },
		"balance left out": func(l, _, _ *world) { l.set(addr(1), 1, 77, nil) },
		"nonce left out":   func(l, from, _ *world) { l.set(addr(10), 10, 3, nil) },
		"another nonce":    func(l, _, _ *world) { l.set(addr(10), 12, 3, nil) },
		// The proof of another value need not show what is left out: such a block is
		// no more than one with a false state root.
		"may pass: slot": func(l, from, _ *world) {
			l.set(addr(1), 1, 5, map[[32]byte][32]byte{word(3): from.accounts[addr(1)].slots[word(3)]})
		},
		"may pass: many slots": func(l, from, _ *world) {
			for i := 100; i < 140; i += 2 {
				l.set(addr(1), 1, 5, map[[32]byte][32]byte{word(i): from.accounts[addr(1)].slots[word(i)]})
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, node, b, parent := setup()
			before := w.copyOf()
			slots := map[[32]byte][32]byte{word(2): word(905), word(3): word(906)}
			for i := 100; i < 140; i++ {
				slots[word(i)] = word(7)
			}
			w.set(addr(1), 1, 5, slots)
			w.set(addr(10), 11, 3, nil)
			said := w.copyOf()
			lie(said, before, w)
			raw := accessList(t, before, said, nil)
			h := w.header(2, parent.Ref.Hash)
			h.AccessListHash, node.lists[h.Ref.Hash] = keccak(raw), raw
			changes, err := b.Changes(t.Context(), h, cols)
			if err != nil {
				t.Fatal(err)
			}
			if b.Stats().ListsRefused == 1 {
				truth(w, changes, true) // all of them again
			} else if !strings.HasPrefix(name, "may pass") {
				t.Errorf("not noticed: %+v", b.Stats())
			}
			asked := node.asked
			w.set(addr(1), 1, 99, nil)
			next := w.header(3, h.Ref.Hash)
			next.AccessListHash = keccak(raw)
			if _, err := b.Changes(t.Context(), next, cols); err != nil || node.asked != asked && !strings.HasPrefix(name, "may pass") {
				t.Errorf("after a contradiction: asked %d times, %v", node.asked, err)
			}
		})
	}
}

// TestAccessListOverRPC: what nodes answer, and how often they are asked.
func TestAccessListOverRPC(t *testing.T) {
	raw := []byte{0xc0}
	for _, tc := range []struct {
		name, answer string
		err          error
		asked        int // of two
	}{
		{"list", `"result":"0xc0"`, nil, 2},
		{"unknown block", `"result":null`, binding.ErrUnavailable, 2},
		{"before the fork", `"error":{"code":-32001,"message":"Resource not found"}`, binding.ErrUnavailable, 2},
		{"pruned", `"error":{"code":4444,"message":"Pruned history unavailable"}`, binding.ErrUnavailable, 2},
		{"unknown method", `"error":{"code":-32601,"message":"the method debug_getRawBlockAccessList does not exist/is not available"}`, binding.ErrNoAccessList, 1},
		{"forbidden method", `"error":{"code":-32000,"message":"Method debug_getRawBlockAccessList is not whitelisted"}`, binding.ErrNoAccessList, 1},
		{"JSON", `"result":[{"address":"0x00"}]`, binding.ErrNoAccessList, 1},
		{"not hex", `"result":"c0"`, binding.ErrNoAccessList, 1},
		{"empty", `"result":"0x"`, binding.ErrNoAccessList, 1},
		{"limited", `"error":{"code":-32005,"message":"limit exceeded"}`, nil, 2},
	} {
		asked := 0
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var req struct {
				ID     json.RawMessage
				Method string
				Params []string
			}
			if err := json.NewDecoder(r.Body).Decode(&req); err != nil || req.Method != "debug_getRawBlockAccessList" || len(req.Params) != 1 || len(req.Params[0]) != 66 {
				t.Errorf("%+v, %v", req, err)
			}
			asked++
			w.Header().Set("Content-Type", "application/json")
			_, _ = fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,%s}`, req.ID, tc.answer) // the client sees it
		}))
		client, err := ethrpc.Dial(t.Context(), srv.URL)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			got, err := binding.NewRPC(client).AccessList(t.Context(), [32]byte{1})
			switch {
			case tc.err != nil:
				if !errors.Is(err, tc.err) || binding.Faulty(err) {
					t.Errorf("%s: %v", tc.name, err)
				}
			case tc.name == "limited":
				if _, limited := ethrpc.RetryAfter(err); !limited {
					t.Errorf("%s: %v", tc.name, err)
				}
			case err != nil || !bytes.Equal(got, raw):
				t.Errorf("%s: %x, %v", tc.name, got, err)
			}
		}
		if asked != tc.asked {
			t.Errorf("%s: asked %d times", tc.name, asked)
		}
		client.Close()
		srv.Close()
	}
}
