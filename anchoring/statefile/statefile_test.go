package statefile_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/devchain"
	"vmhost/anchoring/devchain/demo"
	"vmhost/anchoring/statefile"
	"vmhost/statecache"
)

// demoChain is a chain with some trading behind it.
func demoChain(tb testing.TB) (*devchain.Chain, *demo.Demo) {
	tb.Helper()
	c, err := devchain.New(devchain.Options{GenesisTime: 1_700_000_000})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := c.Close(); err != nil {
			tb.Error(err)
		}
	})
	d, err := demo.Deploy(context.Background(), c, demo.Options{Holders: 4})
	if err != nil {
		tb.Fatal(err)
	}
	if err := c.Mine(3); err != nil {
		tb.Fatal(err)
	}
	return c, d
}

// small watches a few items of every kind.
func small(d *demo.Demo) *statefile.Watch {
	cols := d.Collections()
	cols[0].Items = cols[0].Items[:2]
	cols[1].Items = cols[1].Items[:2]
	cols = append(cols, statecache.Collection{Name: "misc", Items: []statecache.Item{
		{Kind: statecache.KindBalance, Address: d.Pool},
		{Kind: statecache.KindNonce, Address: d.Pool},
		{Kind: statecache.KindCodeHash, Address: d.Pool},
		{Kind: statecache.KindSlot, Address: d.Pool, Slot: [32]byte{1}}, // absent
	}})
	return &statefile.Watch{ChainID: devchain.ChainID, Collections: cols}
}

func fetch(tb testing.TB) (*statefile.File, []byte) {
	tb.Helper()
	c, d := demoChain(tb)
	f, err := statefile.Fetch(context.Background(), c.HTTPURL(), "latest", small(d))
	if err != nil {
		tb.Fatal(err)
	}
	b, err := f.Encode()
	if err != nil {
		tb.Fatal(err)
	}
	return f, b
}

func TestRoundTrip(t *testing.T) {
	f, b := fetch(t)
	g, err := statefile.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(f, g) {
		t.Errorf("decoded %+v\nwritten %+v", g, f)
	}
	again, err := g.Encode()
	if err != nil || !bytes.Equal(b, again) {
		t.Errorf("encoding differs, %v", err)
	}
	view, rung, err := g.View(false)
	if err != nil || rung != statefile.Checked {
		t.Fatalf("%v, %v", rung, err)
	}
	if view.CommitmentBytes() != f.Commitment || view.Header().Timestamp < 1_700_000_000 || view.Header().GasUsed == 0 {
		t.Errorf("view %+v", view.Header())
	}
	h, _ := view.Find("pool")
	if v, _ := view.Value(h, 0); v == ([32]byte{}) {
		t.Error("reserve is 0")
	}
	// A view makes a file again: without proofs, so unverified.
	u, err := statefile.FromView(view)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(u.Collections, f.Collections) {
		t.Error("collections differ")
	}
	if _, err := u.Check(false); !errors.Is(err, statefile.ErrUnverified) {
		t.Errorf("without proofs: %v", err)
	}
	// Its header fields are 0 and so the commitment is another one: say so.
	if _, err := u.Check(true); !errors.Is(err, statefile.ErrCommitment) {
		t.Errorf("without a header: %v", err)
	}
	u.Header = f.Header
	if rung, err := u.Check(true); err != nil || rung != statefile.Unverified {
		t.Errorf("with its header: %v, %v", rung, err)
	}
}

// Every byte of a file, flipped in several ways, is refused with a reason, or
// (in white space, and the letters of numbers in JSON) says the same thing.
func TestEveryFlippedByteIsRefused(t *testing.T) {
	f, b := fetch(t)
	proofs := bytes.Index(b, []byte(`"accounts"`))
	same := 0
	reasons := map[string]int{}
	for i := range b {
		flips := []byte{1, 2, 4, 8, 16, 32, 64, 128}
		if i > proofs {
			flips = []byte{1 << (i % 8)}
		}
		for _, flip := range flips {
			b[i] ^= flip
			g, err := statefile.Decode(b)
			if err == nil {
				_, err = g.Check(false)
			}
			if err == nil {
				if !reflect.DeepEqual(f, g) {
					t.Errorf("byte %d %q: accepted with other content", i, around(b, i))
				}
				same++
			} else {
				if len(err.Error()) < 20 {
					t.Errorf("byte %d %q: unclear error %q", i, around(b, i), err)
				}
				reasons[reason(err)]++
			}
			b[i] ^= flip
		}
	}
	t.Logf("%d bytes; %d flips say the same; refused: %v", len(b), same, reasons)
	if reasons["other"] > 0 || same > len(b)/10 {
		t.Errorf("%d refused for an unknown reason, %d accepted", reasons["other"], same)
	}
	for _, r := range []string{"ErrFormat", "ErrHeader", "ErrClaim", "ErrBadNode", "ErrNoProof", "ErrSlot", "ErrCommitment"} {
		if reasons[r] == 0 {
			t.Errorf("nothing was refused with %s", r)
		}
	}
}

func around(b []byte, i int) []byte { return b[max(0, i-10):min(len(b), i+10)] }

func reason(err error) string {
	for name, e := range map[string]error{
		"ErrHeader": statefile.ErrHeader, "ErrClaim": binding.ErrClaim, "ErrBadNode": binding.ErrBadNode,
		"ErrNoProof": statefile.ErrNoProof, "ErrSlot": statefile.ErrSlot, "ErrCommitment": statefile.ErrCommitment,
		"ErrUnverified": statefile.ErrUnverified, "ErrUnused": statefile.ErrUnused, "ErrMissingNode": binding.ErrMissingNode,
		"ErrBadName": statecache.ErrBadName, "ErrReserved": statecache.ErrReserved, "ErrMalformed": binding.ErrMalformed,
	} {
		if errors.Is(err, e) {
			return name
		}
	}
	if errors.Is(err, statefile.ErrFormat) {
		return "ErrFormat"
	}
	return "other"
}

// Changes of whole fields, each with its own error.
func TestForgedFiles(t *testing.T) {
	f, _ := fetch(t)
	_, other := demoChain(t)
	for _, tc := range []struct {
		name   string
		change func(f *statefile.File)
		want   error
		text   string
	}{
		{"value", func(f *statefile.File) { f.Collections[0].Values[1][31] ^= 1 }, binding.ErrClaim, "pool[1]"},
		{"value of an absent slot", func(f *statefile.File) { f.Collections[2].Values[3][31] = 1 }, binding.ErrClaim, "misc[3]"},
		{"balance", func(f *statefile.File) { f.Collections[2].Values[0][0] = 1 }, binding.ErrClaim, "misc[0] (balance"},
		{"values swapped", func(f *statefile.File) { v := f.Collections[0].Values; v[0], v[1] = v[1], v[0] }, binding.ErrClaim, "pool[0]"},
		{"items and values swapped", func(f *statefile.File) {
			v, it := f.Collections[0].Values, f.Collections[0].Items
			v[0], v[1], it[0], it[1] = v[1], v[0], it[1], it[0]
		}, statefile.ErrCommitment, ""},
		{"item dropped", func(f *statefile.File) {
			c := &f.Collections[0]
			c.Items, c.Values = c.Items[:1], c.Values[:1]
		}, statefile.ErrUnused, "slot 0x"},
		{"account dropped", func(f *statefile.File) { f.Collections = f.Collections[:1] }, statefile.ErrUnused, ""},
		{"item of another contract", func(f *statefile.File) { f.Collections[0].Items[0].Address = other.Token1 }, statefile.ErrNoProof, "pool[0]"},
		{"item of another slot", func(f *statefile.File) { f.Collections[0].Items[0].Slot[31] = 77 }, statefile.ErrNoProof, "pool[0]"},
		{"kind", func(f *statefile.File) { f.Collections[2].Items[0].Kind = statecache.KindNonce }, binding.ErrClaim, "misc[0]"},
		{"item twice", func(f *statefile.File) {
			c := &f.Collections[0]
			c.Items, c.Values = append(c.Items, c.Items[0]), append(c.Values, c.Values[0])
		}, statecache.ErrDuplicateItem, "pool"},
		{"key", func(f *statefile.File) { f.Collections[1].Items[1].Key[31] ^= 1 }, statefile.ErrSlot, "balances[1]"},
		{"no key under a base", func(f *statefile.File) { f.Collections[1].Items[1].Key = [32]byte{} }, statefile.ErrSlot, "balances[1]"},
		{"base", func(f *statefile.File) { f.Collections[1].Base[31] ^= 1 }, statefile.ErrSlot, "balances[0]"},
		{"base where none is", func(f *statefile.File) { f.Collections[0].Base[31] = 1 }, statefile.ErrSlot, "pool[0]"},
		{"name", func(f *statefile.File) { f.Collections[0].Name = "pond" }, statefile.ErrCommitment, ""},
		{"name twice", func(f *statefile.File) { f.Collections[0].Name = "balances" }, statecache.ErrNameTaken, "balances"},
		{"name reserved", func(f *statefile.File) { f.Collections[0].Name = "header" }, statecache.ErrReserved, "header"},
		{"bad name", func(f *statefile.File) { f.Collections[0].Name = "Pool!" }, statecache.ErrBadName, "Pool!"},
		{"collections swapped", func(f *statefile.File) {
			c := f.Collections
			c[0], c[1] = c[1], c[0]
		}, statefile.ErrCommitment, ""},
		{"chain id", func(f *statefile.File) { f.ChainID = 1 }, statefile.ErrCommitment, ""},
		{"block number", func(f *statefile.File) { f.Block.Number++ }, statefile.ErrHeader, "number"},
		{"block hash", func(f *statefile.File) { f.Block.Hash[0] ^= 1 }, statefile.ErrHeader, "hash"},
		{"header", func(f *statefile.File) { f.Header[40] ^= 1 }, statefile.ErrHeader, ""},
		{"header cut", func(f *statefile.File) { f.Header = f.Header[:100] }, statefile.ErrHeader, ""},
		{"header of 5,000 bytes", func(f *statefile.File) { f.Header = make([]byte, 5000) }, statefile.ErrHeader, ""},
		{"no header", func(f *statefile.File) { f.Header = nil }, statefile.ErrHeader, "without a header"},
		{"no proofs", func(f *statefile.File) { f.Accounts = nil }, statefile.ErrUnverified, "accounts"},
		{"nothing to check with", func(f *statefile.File) { f.Accounts, f.Header = nil, nil }, statefile.ErrUnverified, "header"},
		{"proof node dropped", func(f *statefile.File) { p := &f.Accounts[0].Slots[0].Proof; *p = (*p)[:len(*p)-1] }, binding.ErrMissingNode, "pool[0]"},
		{"proof node added", func(f *statefile.File) { p := &f.Accounts[0].Slots[0].Proof; *p = append(*p, (*p)[0]) }, binding.ErrExtraNode, "pool[0]"},
		{"account twice", func(f *statefile.File) { f.Accounts = append(f.Accounts, f.Accounts[0]) }, statefile.ErrUnused, "twice"},
		{"slot twice", func(f *statefile.File) { a := &f.Accounts[0]; a.Slots = append(a.Slots, a.Slots[0]) }, statefile.ErrUnused, "twice"},
		{"proof of nothing", func(f *statefile.File) { f.Accounts[0].Address[0] ^= 1 }, nil, ""},
		{"commitment", func(f *statefile.File) { f.Commitment[31] ^= 1 }, statefile.ErrCommitment, ""},
		{"history", func(f *statefile.File) { f.HistoryRoot[31] = 1 }, statefile.ErrUnverified, "history"},
		{"history root no field element", func(f *statefile.File) { f.HistoryRoot[0] = 0xff }, statefile.ErrUnverified, "history"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b, err := f.Encode()
			if err != nil {
				t.Fatal(err)
			}
			g, err := statefile.Decode(b)
			if err != nil {
				t.Fatal(err)
			}
			tc.change(g)
			rung, err := g.Check(false)
			if err == nil || tc.want != nil && !errors.Is(err, tc.want) || !strings.Contains(err.Error(), tc.text) || rung == statefile.Checked {
				t.Errorf("got %v, want %v with %q", err, tc.want, tc.text)
			}
			// Forged proofs are refused even when proofs need not be there.
			if _, err := g.Check(true); err == nil && !errors.Is(tc.want, statefile.ErrUnverified) {
				t.Error("accepted as unverified")
			}
		})
	}
}

func TestBadForms(t *testing.T) {
	_, b := fetch(t)
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(b, &fields); err != nil {
		t.Fatal(err)
	}
	replace := func(old, new string) string {
		if !bytes.Contains(b, []byte(old)) {
			t.Fatalf("file has no %s", old)
		}
		return strings.Replace(string(b), old, new, 1)
	}
	for name, text := range map[string]string{
		"empty": "", "not JSON": "hello", "null": "null", "array": "[]", "number": "7", "two values": string(b) + "{}",
		"cut": string(b[:len(b)/2]), "another format": replace("vmhost-state/1", "vmhost-state/2"),
		"unknown field":          replace(`"format"`, `"extra": 1, "format"`),
		"field of elsewhere":     replace(`"format"`, `"slot": "0x00", "format"`),
		"field twice":            replace(`"format"`, `"chainId": "0x1", "format"`),
		"field in other case":    replace(`"chainId"`, `"chainID"`),
		"null field":             replace(`"chainId": "0x539"`, `"chainId": null`),
		"number for quantity":    replace(`"chainId": "0x539"`, `"chainId": 1337`),
		"leading zero":           replace(`"chainId": "0x539"`, `"chainId": "0x0539"`),
		"upper-case":             replace(`"chainId": "0x539"`, `"chainId": "0X539"`),
		"too large a quantity":   replace(`"chainId": "0x539"`, `"chainId": "0x10000000000000000"`),
		"unknown kind":           replace(`"kind": "slot"`, `"kind": "slut"`),
		"header kind":            replace(`"kind": "slot"`, `"kind": "header"`),
		"short word":             replace(`"hash": "0x`, `"hash": "0x00`),
		"array for object":       replace(`"block": {`, `"block": [{}], "accounts": {`),
		"object for array":       replace(`"collections": [`, `"collections": {}, "accounts": [`),
		"deep":                   strings.Repeat(`{"block":`, 100) + "1" + strings.Repeat("}", 100),
		"history with blocks":    replace(`"format"`, `"history": {"root": "0x`+strings.Repeat("00", 32)+`", "blocks": [{}]}, "format"`),
		"history block, no path": replace(`"format"`, `"history": {"root": "0x`+strings.Repeat("00", 32)+`", "blocks": [{"number": "0x1", "hash": "0x`+strings.Repeat("00", 32)+`"}]}, "format"`),
		"history without root":   replace(`"format"`, `"history": {}, "format"`),
		"slot with balance":      replace(`"kind": "slot"`, `"kind": "balance"`),
		"bad UTF-8 in a name":    replace(`"name": "pool"`, "\"name\": \"po\xffol\""),
		"escaped field name":     replace(`"chainId"`, `"chain\u0049D"`),
		"commitment of 0":        replace(`"commitment": "0x`, `"commitment": "0x`+strings.Repeat("00", 32)+`", "x": "`),
		"odd hex":                replace(`"header": "0x`, `"header": "0x0`),
		"missing block":          `{"format":"vmhost-state/1","chainId":"0x1","collections":[]}`,
		"missing value":          `{"format":"vmhost-state/1","chainId":"0x1","block":{"number":"0x1","hash":"0x` + strings.Repeat("11", 32) + `"},"collections":[{"name":"a","items":[{"address":"0x` + strings.Repeat("11", 20) + `","slot":"0x` + strings.Repeat("11", 32) + `"}]}]}`,
		"item is not an object":  `{"format":"vmhost-state/1","chainId":"0x1","block":{"number":"0x1","hash":"0x` + strings.Repeat("11", 32) + `"},"collections":[{"name":"a","items":[3]}]}`,
	} {
		f, err := statefile.Decode([]byte(text))
		if err == nil {
			_, err = f.Check(true)
		}
		if err == nil {
			t.Errorf("%s: accepted", name)
		} else if !errors.Is(err, statefile.ErrFormat) && !errors.Is(err, statecache.ErrBadName) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := statefile.Decode(make([]byte, statefile.MaxBytes+1)); !errors.Is(err, statefile.ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
	if _, err := statefile.Read(strings.NewReader("{")); !errors.Is(err, statefile.ErrFormat) {
		t.Errorf("Read: %v", err)
	}
}

// Minimal files, as people write them for tests.
func TestMinimalUnverified(t *testing.T) {
	text := `{"format":"vmhost-state/1","chainId":"0x1","block":{"number":"0x5","hash":"0x` + strings.Repeat("22", 32) + `"},
	 "collections":[{"name":"a","items":[{"address":"0x` + strings.Repeat("11", 20) + `","slot":"0x` + strings.Repeat("00", 32) + `","value":"0x` + strings.Repeat("00", 31) + `2a"}]}]}`
	f, err := statefile.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Check(false); !errors.Is(err, statefile.ErrUnverified) {
		t.Errorf("without the flag: %v", err)
	}
	view, rung, err := f.View(true)
	if err != nil || rung != statefile.Unverified {
		t.Fatalf("%v, %v", rung, err)
	}
	h, _ := view.Find("a")
	if v, ok := view.Value(h, 0); !ok || v[31] != 42 {
		t.Errorf("value %x", v)
	}
}

func TestFetchBlocks(t *testing.T) {
	c, d := demoChain(t)
	w := small(d)
	number, hash := c.Head()
	seen := map[string]bool{}
	for _, block := range []string{"latest", fmt.Sprint(number), fmt.Sprintf("0x%x", number), fmt.Sprintf("0x%x", hash)} {
		f, err := statefile.Fetch(t.Context(), c.WSURL(), block, w)
		if err != nil {
			t.Fatalf("%s: %v", block, err)
		}
		b, _ := f.Encode()
		seen[string(b)] = true
	}
	if len(seen) != 1 {
		t.Errorf("one block gave %d files", len(seen))
	}
	old, err := statefile.Fetch(t.Context(), c.WSURL(), "0x2", w)
	if err != nil || old.Block.Number != 2 {
		t.Errorf("block 2: %v", err)
	}
	if _, err := statefile.Fetch(t.Context(), c.WSURL(), "finalized", w); err != nil {
		t.Errorf("finalized: %v", err)
	}
	for _, block := range []string{"", "newest", "-1", "0xzz", "18446744073709551616", "0x" + strings.Repeat("g", 64)} {
		if _, err := statefile.Fetch(t.Context(), c.WSURL(), block, w); !errors.Is(err, statefile.ErrBlock) {
			t.Errorf("%q: %v", block, err)
		}
	}
	if _, err := statefile.Fetch(t.Context(), c.WSURL(), "999999", w); err == nil {
		t.Error("a future block was fetched")
	}
	w.ChainID = 1
	if _, err := statefile.Fetch(t.Context(), c.WSURL(), "latest", w); !errors.Is(err, statefile.ErrChainID) {
		t.Errorf("chain id: %v", err)
	}
	empty, err := statefile.Fetch(t.Context(), c.WSURL(), "latest", &statefile.Watch{})
	if err != nil {
		t.Fatalf("nothing to watch: %v", err)
	}
	if rung, err := empty.Check(false); err != nil || rung != statefile.Checked {
		t.Errorf("nothing watched: %v, %v", rung, err)
	}
}

func TestWatch(t *testing.T) {
	a := "0x" + strings.Repeat("aB", 20)
	text := `{"format":"vmhost-watch/1","chainId":"0x539","collections":[
	  {"name":"one","items":[{"address":"` + a + `","slot":"0x8"},{"kind":"balance","address":"` + a + `"}]},
	  {"name":"range","slots":{"address":"` + a + `","from":"0xfe","count":4}},
	  {"name":"map","mapping":{"address":"` + a + `","base":"0x1","keys":["` + a + `","0x7"]}}]}`
	w, err := statefile.DecodeWatch([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if w.ChainID != 1337 || len(w.Collections) != 3 {
		t.Fatalf("%+v", w)
	}
	r := w.Collections[1].Items
	if len(r) != 4 || r[0].Slot[31] != 0xfe || r[2].Slot[31] != 0 || r[2].Slot[30] != 1 || r[3].Slot[31] != 1 {
		t.Errorf("range %x", r)
	}
	m := w.Collections[2]
	if m.Items[0].Key[12] != 0xab || m.Items[0].Slot != binding.MappingSlot(m.Items[0].Key, m.Base) || m.Items[1].Key[31] != 7 {
		t.Errorf("mapping %+v", m)
	}
	b, err := w.Encode()
	if err != nil {
		t.Fatal(err)
	}
	again, err := statefile.DecodeWatch(b)
	if err != nil || !reflect.DeepEqual(w, again) {
		t.Errorf("round trip: %v\n%s", err, b)
	}
	item := `{"name":"one","items":[{"address":"` + a + `","slot":"0x8"}]}`
	for name, col := range map[string]string{
		"no form":        `{"name":"x"}`,
		"two forms":      `{"name":"x","items":[],"slots":{"address":"` + a + `","count":1}}`,
		"bad name":       `{"name":"X","items":[]}`,
		"reserved":       `{"name":"header","items":[]}`,
		"twice":          item + "," + item,
		"no address":     `{"name":"x","items":[{"slot":"0x8"}]}`,
		"no slot":        `{"name":"x","items":[{"address":"` + a + `"}]}`,
		"balance slot":   `{"name":"x","items":[{"kind":"balance","address":"` + a + `","slot":"0x1"}]}`,
		"count 0":        `{"name":"x","slots":{"address":"` + a + `","count":0}}`,
		"count huge":     `{"name":"x","slots":{"address":"` + a + `","count":99999999}}`,
		"slot too long":  `{"name":"x","items":[{"address":"` + a + `","slot":"0x` + strings.Repeat("1", 65) + `"}]}`,
		"wrong key":      `{"name":"x","base":"0x1","items":[{"address":"` + a + `","slot":"0x8","key":"0x7"}]}`,
		"base elsewhere": `{"name":"x","base":"0x1","slots":{"address":"` + a + `","count":1}}`,
		"unknown field":  `{"name":"x","items":[],"y":1}`,
	} {
		_, err := statefile.DecodeWatch([]byte(`{"format":"vmhost-watch/1","collections":[` + col + `]}`))
		if !errors.Is(err, statefile.ErrFormat) && !errors.Is(err, statefile.ErrSlot) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	_, b := fetch(f)
	f.Add(b)
	f.Add([]byte(`{"format":"vmhost-state/1"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := statefile.Decode(b)
		if err != nil {
			return
		}
		out, err := s.Encode()
		if err != nil {
			t.Fatalf("decoded, but not encoded: %v", err)
		}
		again, err := statefile.Decode(out)
		if err != nil {
			t.Fatalf("decode what was encoded: %v\n%s", err, out)
		}
		if out2, _ := again.Encode(); !slices.Equal(out, out2) {
			t.Fatal("encoding is not stable")
		}
		_, _ = s.Check(false)
		_, _ = s.Check(true)
	})
}

func FuzzWatch(f *testing.F) {
	f.Add([]byte(`{"format":"vmhost-watch/1","collections":[{"name":"x","slots":{"address":"0x1111111111111111111111111111111111111111","count":3}}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		w, err := statefile.DecodeWatch(b)
		if err != nil {
			return
		}
		out, err := w.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if again, err := statefile.DecodeWatch(out); err != nil || !reflect.DeepEqual(w, again) {
			t.Fatalf("round trip: %v", err)
		}
	})
}
