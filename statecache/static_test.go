package statecache_test

import (
	"errors"
	"testing"

	"vmhost/statecache"
)

// TestGolden freezes commitments. The values were computed by the naive
// implementation of this package's tests, and it is asked again here.
func TestGolden(t *testing.T) {
	balance := statecache.Item{Kind: statecache.KindBalance, Address: [20]byte{0xaa, 19: 0xbb}}
	nine := slotItems(0, 9)
	for i := range nine {
		nine[i].Slot = hash32(uint64(i), 77) // a commitment can say anything
	}
	for _, tc := range []struct {
		name string
		cols []statecache.CollectionValues
		hist [32]byte
		want string
	}{
		{"empty", nil, [32]byte{}, "096d8c5bf71660da775933ee1d883222a8c131bffd878eb777ce5738b7122edd"},
		{"one item", []statecache.CollectionValues{
			{Collection: statecache.Collection{Name: "pool", Items: []statecache.Item{balance}}, Values: [][32]byte{word(1)}},
		}, [32]byte{}, "0f4c6b6d266b423b1bbc1b1f4f1c143798d5c4f002c0932cf7fb6df00966972b"},
		{"nine items and an empty list", []statecache.CollectionValues{
			{Collection: statecache.Collection{Name: "abcdefghijklmnopqrstuvwxyz.-_09", Base: hash32(3, 3), Items: nine}, Values: make([][32]byte, 9)},
			{Collection: statecache.Collection{Name: "0"}},
		}, [32]byte{}, "2d2f45a2b8d4e305e6505896105857bced1cf59ff4b092f3b792140b98fb0afb"},
		{"history root", nil, word(77), "022c08aaec731d1e3dfa8ebd5aad8cf3120d0be220e1241499ab18d3a4f8c4b6"},
	} {
		h := header(statecache.BlockRef{Number: 21_925_175}, 1)
		b := naiveBlock{header: h}
		for _, col := range tc.cols {
			b.columns = append(b.columns, naiveColumn{col.Name, col.Base, col.Items, col.Values, false})
		}
		naive := b.commitment(1, n(0).SetBytes(tc.hist[:]))
		v, err := statecache.FromStateHistory(1, h, tc.cols, tc.hist)
		if err != nil {
			t.Fatal(err)
		}
		if got := v.CommitmentBytes(); got != naive || hexOf(got) != tc.want {
			t.Errorf("%s: commitment %x, naive %x, golden %s", tc.name, got, naive, tc.want)
		}
	}
}

// TestStaticIsACacheWithoutHistory: a state file and a live cache with NoHistory
// give the same commitment; with history, the root is what the file must carry.
func TestStaticIsACacheWithoutHistory(t *testing.T) {
	for _, noHistory := range []bool{true, false} {
		c := newCache(t, statecache.Options{NoHistory: noHistory})
		if err := c.Define(statecache.Collection{Name: "a", Base: word(2), Items: entries(word(2), 0, 12)}); err != nil {
			t.Fatal(err)
		}
		grow(t, c, 70, 3, 0)
		live := view(t, c, must(c.Head()))
		col := statecache.CollectionValues{Collection: statecache.Collection{Name: "a", Base: word(2), Items: entries(word(2), 0, 12)}, Values: make([][32]byte, 12)}
		if !live.Values(1, 0, col.Values) {
			t.Fatal("read")
		}
		pre := live.CommitPreimage()
		static, err := statecache.FromStateHistory(chainID, live.Header(), []statecache.CollectionValues{col}, pre[6].Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if pre[6].IsZero() != noHistory || static.CommitmentBytes() != live.CommitmentBytes() || static.ChainID() != chainID {
			t.Errorf("no history %v: static %x, live %x", noHistory, static.CommitmentBytes(), live.CommitmentBytes())
		}
		p, err := static.Prove(1, 7)
		if err != nil {
			t.Fatal(err)
		}
		if err := statecache.VerifyProof(live.CommitmentBytes(), p); err != nil {
			t.Error(err)
		}
		if _, err := static.ValueAt(1, 1, 0); !errors.Is(err, statecache.ErrNoHistory) {
			t.Errorf("aged read of a static view: %v", err)
		}
		if _, ok := static.HistoryNode(0, 0); ok {
			t.Error("a static view opens a history node")
		}
		static.Release()
		if _, ok := static.Value(1, 0); ok {
			t.Error("a released static view answers")
		}
	}
}

func TestStaticRefuses(t *testing.T) {
	h := header(statecache.BlockRef{}, 0)
	col := func(items, values int) []statecache.CollectionValues {
		return []statecache.CollectionValues{{
			Collection: statecache.Collection{Name: "a", Items: slotItems(0, uint64(items))}, Values: make([][32]byte, values),
		}}
	}
	_, err := statecache.FromState(1, h, col(3, 2))
	wantErr(t, "value missing", err, statecache.ErrMissingValue)
	_, err = statecache.FromState(1, h, col(3, 4))
	wantErr(t, "value too many", err, statecache.ErrIndexRange)
	_, err = statecache.FromState(1, statecache.BlockHeader{Ref: statecache.BlockRef{Number: 3}}, nil)
	wantErr(t, "no hash", err, statecache.ErrBadBlock)
	_, err = statecache.FromStateHistory(1, h, nil, addModulus(word(1)))
	wantErr(t, "history root not canonical", err, statecache.ErrBadBlock)
}
