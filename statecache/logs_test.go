package statecache_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"vmhost/statecache"
	"vmhost/statecache/deltalog"
)

// randomLogs makes logs of a few addresses and topics.
func randomLogs(r *rand.Rand) (out []statecache.Log) {
	index := uint32(0)
	for range r.IntN(12) {
		index += 1 + r.Uint32N(3)
		l := statecache.Log{Address: [20]byte{byte(r.IntN(4))}, Topics: [][32]byte{}, Data: make([]byte, r.IntN(70)), TxIndex: index / 3, LogIndex: index}
		for range r.IntN(5) {
			l.Topics = append(l.Topics, word(uint64(r.IntN(4))))
		}
		for i := range l.Data {
			l.Data[i] = byte(r.Uint32())
		}
		out = append(out, l)
	}
	return out
}

// naiveLogs filters by looking at everything.
func naiveLogs(blocks []block, logs [][]statecache.Log, f statecache.LogFilter) (out []statecache.FoundLog) {
	for i, b := range blocks {
		if n := b.header.Ref.Number; n < f.From || n > f.To {
			continue
		}
		for _, l := range logs[i] {
			ok := len(f.Addresses) == 0 || slices.Contains(f.Addresses, l.Address)
			for place, want := range f.Topics {
				ok = ok && (len(want) == 0 || place < len(l.Topics) && slices.Contains(want, l.Topics[place]))
			}
			if ok && (f.Limit == 0 || len(out) < f.Limit) {
				out = append(out, statecache.FoundLog{Block: b.header.Ref, Log: l})
			}
		}
	}
	return out
}

// TestLogs compares random filters with the naive search: on the chain, on an
// orphaned branch, and after recovery.
func TestLogs(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	log := &deltalog.Memory{}
	c := newCache(t, statecache.Options{Window: 20, Log: log})
	var blocks []block
	var logs [][]statecache.Log
	add := func(fork uint64, count int) {
		for range count {
			parent := statecache.BlockRef{Number: 9}
			if head, ok := c.Head(); ok {
				parent = head
			}
			b, l := block{header: header(parent, fork)}, randomLogs(r)
			for range 2 { // again: idempotent
				if _, err := c.ApplyLogs(b.header, nil, l); err != nil {
					t.Fatal(err)
				}
			}
			if len(l) > 0 {
				_, err := c.Apply(b.header, nil)
				wantErr(t, "again without logs", err, statecache.ErrConflict)
			}
			blocks, logs = append(blocks, b), append(logs, l)
		}
	}
	check := func(v *statecache.View) {
		t.Helper()
		found := 0
		for range 100 {
			f := statecache.LogFilter{From: 10 + uint64(r.IntN(8)), Limit: r.IntN(2) * r.IntN(9)}
			f.To = f.From + uint64(r.IntN(int(v.Ref().Number-f.From+1)))
			for range r.IntN(3) {
				f.Addresses = append(f.Addresses, [20]byte{byte(r.IntN(5))})
			}
			for place := range f.Topics {
				for range max(0, r.IntN(5)-2) {
					f.Topics[place] = append(f.Topics[place], word(uint64(r.IntN(5))))
				}
			}
			got, err := v.Logs(f)
			if err != nil {
				t.Fatal(err)
			}
			if want := naiveLogs(blocks, logs, f); len(got) != len(want) || len(got) > 0 && !reflect.DeepEqual(got, want) {
				t.Fatalf("%+v: %d logs, naive %d", f, len(got), len(want))
			}
			found += len(got)
		}
		if found == 0 {
			t.Error("no filter found anything")
		}
	}
	add(0, 10)
	orphan := view(t, c, must(c.Head()))
	check(orphan)
	if err := c.Rollback(blocks[8].header.Ref); err != nil {
		t.Fatal(err)
	}
	check(orphan)
	blocks, logs = blocks[:9], logs[:9]
	add(1, 3)
	check(view(t, c, must(c.Head())))
	again := newCache(t, statecache.Options{Window: 20, Log: log})
	if !equalDigests(again.Digests(), c.Digests()) {
		t.Error("recovered logs differ")
	}
	v := view(t, again, must(again.Head()))
	check(v)
	for _, tc := range []struct {
		f    statecache.LogFilter
		want error
	}{
		{statecache.LogFilter{From: 10, To: 99}, statecache.ErrFuture},
		{statecache.LogFilter{From: 9, To: 10}, statecache.ErrUnknownBlock},
		{statecache.LogFilter{From: 11, To: 10}, statecache.ErrBadLog},
	} {
		_, err := v.Logs(tc.f)
		wantErr(t, "range", err, tc.want)
	}
	grow(t, again, 0, 15, 3)
	_, err := view(t, again, must(again.Head())).Logs(statecache.LogFilter{From: 10, To: 12})
	wantErr(t, "evicted", err, statecache.ErrEvicted)
	check(v) // taken before
	s, err := v.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.View()
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Logs(statecache.LogFilter{From: w.Ref().Number, To: w.Ref().Number})
	wantErr(t, "a snapshot", err, statecache.ErrNoLogs)
	v.Release()
	_, err = v.Logs(statecache.LogFilter{From: 10, To: 10})
	wantErr(t, "released", err, statecache.ErrReleased)
	for _, bad := range [][]statecache.Log{
		{{Topics: make([][32]byte, 5)}}, {{LogIndex: 1}, {LogIndex: 1}}, {{LogIndex: 2}, {LogIndex: 1}},
	} {
		before := c.Digests()
		_, err := c.ApplyLogs(header(must(c.Head()), 7), nil, bad)
		wantErr(t, "bad logs", err, statecache.ErrBadLog)
		if !equalDigests(before, c.Digests()) {
			t.Error("refused logs changed something")
		}
	}
}
