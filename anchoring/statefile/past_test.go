package statefile_test

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/statefile"
	"vmhost/statecache"
)

// pastFile is an unverified file of a chain of four blocks with the first and
// the third in its history.
func pastFile(t *testing.T) (*statecache.View, *statefile.File) {
	t.Helper()
	c, err := statecache.New(statecache.Options{ChainID: 1337})
	if err != nil {
		t.Fatal(err)
	}
	items := []statecache.Item{{Address: [20]byte{1}, Slot: [32]byte{31: 9}}, {Kind: statecache.KindBalance, Address: [20]byte{2}}}
	if err := c.Define(statecache.Collection{Name: "pool", Items: items}); err != nil {
		t.Fatal(err)
	}
	var head statecache.BlockRef
	for n := range uint64(4) {
		h := statecache.BlockHeader{Ref: statecache.BlockRef{Number: 62 + n, Hash: [32]byte{1, byte(n)}}, Parent: head.Hash}
		changes := []statecache.Change{{Collection: "pool", Value: [32]byte{31: byte(n)}}, {Collection: "pool", Index: 1, Value: [32]byte{30: byte(n)}}}
		if _, err := c.Apply(h, changes); err != nil {
			t.Fatal(err)
		}
		head = h.Ref
	}
	v, err := c.View(head, "test", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := statefile.FromView(v, 1, 3)
	if err != nil {
		t.Fatal(err)
	}
	return v, f
}

func TestPast(t *testing.T) {
	v, f := pastFile(t)
	b, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	g, err := statefile.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(f, g) {
		t.Errorf("decoded %+v, written %+v", g, f)
	}
	if again, err := g.Encode(); err != nil || !bytes.Equal(b, again) {
		t.Errorf("encoding differs, %v", err)
	}
	if _, err := g.Check(false); !errors.Is(err, statefile.ErrUnverified) {
		t.Errorf("checked: %v", err)
	}
	w, rung, err := g.View(true)
	if err != nil || rung != statefile.Unverified || w.CommitmentBytes() != v.CommitmentBytes() {
		t.Fatal(rung, err)
	}
	for _, age := range []uint64{0, 1, 3} {
		want, _ := v.ValueAt(age, 1, 1)
		if got, err := w.ValueAt(age, 1, 1); err != nil || got != want {
			t.Errorf("age %d: %x %v, want %x", age, got, err, want)
		}
	}
	for _, age := range []uint64{2, 4, 66} {
		if _, err := w.ValueAt(age, 1, 1); !errors.Is(err, statecache.ErrAgeRange) {
			t.Errorf("age %d: %v", age, err)
		}
	}
	for name, c := range map[string]struct {
		change func(*statefile.File)
		want   error
	}{
		"value":       {func(f *statefile.File) { f.Past[1].Collections[0].Values[0][31] ^= 1 }, statefile.ErrHistory},
		"hash":        {func(f *statefile.File) { f.Past[1].Block.Hash[5] ^= 1 }, statefile.ErrHistory},
		"number":      {func(f *statefile.File) { f.Past[1].Block.Number++ }, statefile.ErrHistory},
		"sibling":     {func(f *statefile.File) { f.Past[0].Path[10][6][31] ^= 1 }, statefile.ErrHistory},
		"twice":       {func(f *statefile.File) { f.Past[0] = f.Past[1] }, statefile.ErrHistory},
		"root":        {func(f *statefile.File) { f.HistoryRoot[31] ^= 1 }, statefile.ErrHistory},
		"header":      {func(f *statefile.File) { f.Past[0].Header = []byte{1} }, statefile.ErrHeader},
		"slot of key": {func(f *statefile.File) { f.Past[0].Collections[0].Base[0] = 1 }, statefile.ErrSlot},
		"commitment":  {func(f *statefile.File) { f.Commitment[31] ^= 1 }, statefile.ErrCommitment},
	} {
		g, err := statefile.Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		c.change(g)
		if _, _, err := g.View(true); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	f.Past[0].Path = f.Past[0].Path[1:]
	if _, err := f.Encode(); !errors.Is(err, statefile.ErrFormat) {
		t.Errorf("short path: %v", err)
	}
}

// A file that holds its whole history proves it: aged reads from it are checked.
func TestFetchHistory(t *testing.T) {
	c, d := demoChain(t)
	if err := c.Mine(6); err != nil {
		t.Fatal(err)
	}
	w := small(d)
	f, err := statefile.FetchHistory(t.Context(), c.HTTPURL(), "latest", w, 4)
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	g, err := statefile.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	view, rung, err := g.View(false)
	if err != nil || rung != statefile.Checked || view.CommitmentBytes() != f.Commitment {
		t.Fatal(rung, err)
	}
	for age := range uint64(5) {
		n := f.Block.Number - age
		alone, err := statefile.Fetch(t.Context(), c.HTTPURL(), itoa(n), w)
		if err != nil {
			t.Fatal(err)
		}
		got, err := view.ValueAt(age, 1, 0)
		if err != nil || got != alone.Collections[0].Values[0] {
			t.Errorf("age %d: %x, %v; alone %x", age, got, err, alone.Collections[0].Values[0])
		}
	}
	if _, err := view.ValueAt(5, 1, 0); !errors.Is(err, statecache.ErrAgeRange) {
		t.Errorf("beyond: %v", err)
	}
	for name, tc := range map[string]struct {
		change func(*statefile.File)
		want   error
	}{
		"a block left out":     {func(f *statefile.File) { f.Past = f.Past[1:] }, statefile.ErrUnverified},
		"all left out":         {func(f *statefile.File) { f.Past = nil }, statefile.ErrUnverified},
		"the newest left out":  {func(f *statefile.File) { f.Past = f.Past[:3] }, statefile.ErrUnverified},
		"proofs left out":      {func(f *statefile.File) { f.Past[2].Accounts = nil }, statefile.ErrUnverified},
		"header left out":      {func(f *statefile.File) { f.Past[2].Header, f.Past[2].Accounts = nil, nil }, statefile.ErrUnverified},
		"a value":              {func(f *statefile.File) { f.Past[2].Collections[0].Values[0][31] ^= 1 }, binding.ErrClaim},
		"a path":               {func(f *statefile.File) { f.Past[2].Path[0][0][31] ^= 1 }, statefile.ErrHistory},
		"root and commitment":  {func(f *statefile.File) { f.HistoryRoot[31] ^= 1; f.Commitment = [32]byte{} }, statefile.ErrUnverified},
		"root, nothing else":   {func(f *statefile.File) { f.Past, f.HistoryRoot[31], f.Commitment = nil, 1, [32]byte{} }, statefile.ErrUnverified},
		"a header of another":  {func(f *statefile.File) { f.Past[2].Header = f.Past[1].Header }, statefile.ErrHeader},
		"an item left out":     {func(f *statefile.File) { dropItem(&f.Past[2]) }, statefile.ErrUnused},
		"history without root": {func(f *statefile.File) { f.HistoryRoot, f.Commitment = [32]byte{}, [32]byte{} }, statefile.ErrHistory},
	} {
		g, err := statefile.Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		tc.change(g)
		if _, _, err := g.View(false); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", name, err, tc.want)
		}
	}
	if _, err := statefile.FetchHistory(t.Context(), c.HTTPURL(), "latest", w, 128); !errors.Is(err, statefile.ErrBlock) {
		t.Errorf("too long a history: %v", err)
	}
}

func dropItem(p *statefile.PastBlock) {
	c := &p.Collections[0]
	c.Items, c.Values = c.Items[:len(c.Items)-1], c.Values[:len(c.Values)-1]
}

// Arrays and mappings have the items of the block they are fetched for.
func TestFetchGrowing(t *testing.T) {
	c, d := demoChain(t)
	if err := c.Mine(12); err != nil {
		t.Fatal(err)
	}
	w, err := statefile.DecodeWatch(fmt.Appendf(nil, `{"format":"vmhost-watch/1","collections":[
		{"name":"holders","mapping":{"address":"0x%x","base":"0x1","keys":[],
			"events":{"event":"Transfer(address,address,uint256)","keys":["topic2"],"from":"0x0"}}},
		{"name":"allowance","mapping":{"address":"0x%x","base":"0x2","outer":["0x%x"],"keys":["0x%x"]}},
		{"name":"rich","balances":["0x%x"]},
		{"name":"empty","array":{"address":"0x%x","base":"0x64"}}]}`, d.Token0, d.Token0, d.Pool, d.Pool, c.Accounts()[0].Address, d.Token0))
	if err != nil {
		t.Fatal(err)
	}
	f, err := statefile.Fetch(t.Context(), c.HTTPURL(), "latest", w)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(f.Collections[0].Items); n < 5 || len(f.Collections[1].Items) != 1 || len(f.Collections[3].Items) != 1 {
		t.Errorf("%d holders, %d, %d", n, len(f.Collections[1].Items), len(f.Collections[3].Items))
	}
	for i, v := range f.Collections[0].Values {
		if v == ([32]byte{}) {
			t.Errorf("holder %d has nothing", i)
		}
	}
	if f.Collections[2].Values[0] == ([32]byte{}) {
		t.Error("no balance")
	}
	again, err := statefile.Fetch(t.Context(), c.HTTPURL(), "latest", w)
	if err != nil || again.Commitment != f.Commitment {
		t.Errorf("another commitment: %v", err)
	}
}

// TestDropped: a dropped collection keeps its place, so that the file has the
// commitment of the cache it came from, and earlier blocks still have it.
func TestDropped(t *testing.T) {
	c, err := statecache.New(statecache.Options{ChainID: 1337})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"old", "pool"} {
		item := statecache.Item{Address: [20]byte{1}, Slot: [32]byte{31: byte(len(name))}}
		if err := c.Define(statecache.Collection{Name: name, Items: []statecache.Item{item}}); err != nil {
			t.Fatal(err)
		}
	}
	ref := func(n uint64) statecache.BlockRef { return statecache.BlockRef{Number: n, Hash: [32]byte{byte(n)}} }
	changes := []statecache.Change{{Collection: "old", Value: [32]byte{1}}, {Collection: "pool", Value: [32]byte{2}}}
	if _, err := c.Apply(statecache.BlockHeader{Ref: ref(1)}, changes); err != nil {
		t.Fatal(err)
	}
	if err := c.Drop("old"); err != nil {
		t.Fatal(err)
	}
	want, err := c.Apply(statecache.BlockHeader{Ref: ref(2), Parent: ref(1).Hash}, nil)
	if err != nil {
		t.Fatal(err)
	}
	v, err := c.View(ref(2), "test", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := statefile.FromView(v, 1)
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if f, err = statefile.Decode(b); err != nil {
		t.Fatal(err)
	}
	got, _, err := f.View(true)
	if err != nil {
		t.Fatal(err)
	}
	if got.CommitmentBytes() != want {
		t.Errorf("commitment %x, want %x", got.CommitmentBytes(), want)
	}
	if _, ok := got.Find("old"); ok {
		t.Error("the dropped collection is there")
	}
	h, _ := v.Find("pool")
	if same, _ := got.Find("pool"); same != h {
		t.Errorf("handle %d, want %d", same, h)
	}
	past, err := got.Aged(1)
	if err != nil {
		t.Fatal(err)
	}
	if h, ok := past.Find("old"); !ok {
		t.Error("the block before the drop has no such collection")
	} else if value, _ := past.Value(h, 0); value != [32]byte{1} {
		t.Errorf("value %x before the drop", value)
	}
	with := bytes.Replace(b, []byte(`"items": []`), []byte(`"items": [{"address":"0x0100000000000000000000000000000000000000","slot":"0x`+strings.Repeat("00", 32)+`","value":"0x`+strings.Repeat("00", 32)+`"}]`), 1)
	if _, err := statefile.Decode(with); bytes.Equal(with, b) || !errors.Is(err, statefile.ErrFormat) {
		t.Errorf("items of a dropped collection: %v", err)
	}
}
