package statecache_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/cockroachdb/pebble/v2/vfs"

	"vmhost/statecache"
	"vmhost/statecache/deltalog"
)

func newReplica(tb testing.TB, opts statecache.Options) *statecache.Replica {
	tb.Helper()
	opts.ChainID = chainID
	r, err := statecache.NewReplica(opts)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// equalCaches compares everything that two caches hold.
func equalCaches(tb testing.TB, got, want *statecache.Cache) {
	tb.Helper()
	if !equalDigests(got.Digests(), want.Digests()) {
		tb.Fatal("another state")
	}
	if got.Finalized() != want.Finalized() || !slices.Equal(got.Pending(), want.Pending()) {
		tb.Fatal("other finality or pending items")
	}
}

// oldestOf returns the oldest height retained, 0 before the first block.
func oldestOf(c *statecache.Cache) uint64 {
	ref, _ := c.Oldest()
	return ref.Number
}

// drive makes one random change: a block, a definition, growth, a rollback not
// below low, or finality. It reports what it did.
func drive(tb testing.TB, c *statecache.Cache, r *rand.Rand, step, low uint64) string {
	tb.Helper()
	kind, err := tryDrive(tb, c, r, step, low)
	if err != nil {
		tb.Fatal(err)
	}
	return kind
}

// tryDrive is drive of a cache whose log may fail.
func tryDrive(tb testing.TB, c *statecache.Cache, r *rand.Rand, step, low uint64) (string, error) {
	tb.Helper()
	head, ok := c.Head()
	cols := c.Collections()
	switch n := r.IntN(12); {
	case n == 0 && len(cols) < 40 || len(cols) == 0:
		name := fmt.Sprintf("c%d", step)
		return "define", c.Define(statecache.Collection{Name: name, Base: word(step), Items: entries(word(step), 0, uint64(r.IntN(20)))})
	case n == 1:
		col := cols[r.IntN(len(cols))]
		if at := uint64(len(col.Items)); at < 60 && c.Extend(col.Name, nil) == nil {
			return "extend", c.Extend(col.Name, entries(col.Base, at, at+1+uint64(r.IntN(9))))
		}
	case n == 2 && ok:
		if low := max(low, c.Finalized()); low < head.Number {
			to, err := c.Canonical(low + r.Uint64N(head.Number-low))
			if err != nil {
				tb.Fatal(err)
			}
			return "rollback", c.Rollback(to)
		}
	case n == 4 && len(cols) > 3:
		return "drop", c.Drop(cols[r.IntN(len(cols))].Name)
	case n == 3 && ok && head.Number > c.Finalized()+3:
		return "finalize", c.Finalize(head.Number - 3)
	}
	changes := changesFor(c, step)
	if ok {
		v := view(tb, c, head)
		defer v.Release()
		for h := uint32(1); h < v.Count(); h++ {
			length, _ := v.Len(h)
			name, _ := v.Name(h)
			for i := range length {
				if r.IntN(4) == 0 {
					changes = append(changes, statecache.Change{Collection: name, Index: i, Value: randWord(r)})
				}
			}
		}
	}
	logs := make([]statecache.Log, r.IntN(4))
	for i := range logs {
		logs[i] = statecache.Log{Address: [20]byte{byte(r.IntN(3))}, Data: make([]byte, r.IntN(40)), LogIndex: uint32(i)}
		for range r.IntN(statecache.MaxTopics + 1) {
			logs[i].Topics = append(logs[i].Topics, randWord(r))
		}
	}
	_, err := c.ApplyLogs(header(head, step), changes, logs)
	return "apply", err
}

// TestReplica feeds the records of a cache to replicas while it changes: one from
// the start, one that is restarted in between, each equal to the leader after
// each record, byte for byte in their logs as well.
func TestReplica(t *testing.T) {
	steps := 150
	if long() {
		steps = 3000
	}
	opts := statecache.Options{Window: 16, HardCap: 32, Log: &deltalog.Memory{}}
	leader := newCache(t, opts)
	own := &deltalog.Memory{}
	follower := newReplica(t, statecache.Options{Window: 16, HardCap: 32, Log: own})
	r := rand.New(rand.NewPCG(21, 1))
	done := map[string]int{}
	next := uint64(0)
	for step := range uint64(steps) {
		done[drive(t, leader, r, step, oldestOf(leader))]++
		for next < leader.NextRecord() {
			for _, rec := range take(t, leader, next, 1) {
				if err := follower.Apply(rec); err != nil {
					t.Fatalf("step %d record %d: %v", step, rec.Seq, err)
				}
				next++
			}
		}
		if head, ok := leader.Head(); ok {
			want, _ := leader.CommitmentAt(head)
			if got, err := follower.Cache().CommitmentAt(head); err != nil || got != want {
				t.Fatalf("step %d: %x, %v", step, got, err)
			}
		}
		if step%50 == 49 { // restart the follower
			follower = newReplica(t, statecache.Options{Window: 16, HardCap: 32, Log: own})
			if follower.Next() != next {
				t.Fatalf("restarted at %d instead of %d", follower.Next(), next)
			}
		}
	}
	for _, kind := range []string{"define", "extend", "apply", "rollback", "finalize", "drop"} {
		if done[kind] == 0 {
			t.Errorf("no %s in the script", kind)
		}
	}
	restarted := newCache(t, opts) // the leader's window may be wider by what pins held
	equalCaches(t, newReplica(t, statecache.Options{Window: 16, HardCap: 32, Log: own}).Cache(), restarted)
	if !slices.EqualFunc(records(t, own), records(t, opts.Log), bytes.Equal) {
		t.Error("the logs differ")
	}
	t.Logf("%v", done)
}

// take reads some records.
func take(tb testing.TB, c *statecache.Cache, from uint64, count int) (out []statecache.Record) {
	tb.Helper()
	stop := errors.New("stop")
	err := c.Records(context.Background(), from, func(rec statecache.Record) error {
		if out = append(out, rec); len(out) == count {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) {
		tb.Fatal(err)
	}
	return out
}

// TestReplicaRefuses: whatever happens to the stream, a replica refuses it and
// stays what it was, and goes on with the right record.
func TestReplicaRefuses(t *testing.T) {
	leader := newCache(t, statecache.Options{Log: &deltalog.Memory{}})
	story(t, leader)
	recs := take(t, leader, 0, int(leader.NextRecord()))
	other := newCache(t, statecache.Options{Log: &deltalog.Memory{}}) // the same chain, another history
	if err := other.Define(statecache.Collection{Name: "a"}); err != nil {
		t.Fatal(err)
	}
	if err := other.Define(statecache.Collection{Name: "b"}); err != nil {
		t.Fatal(err)
	}
	story2 := take(t, other, 0, 3)
	r := rand.New(rand.NewPCG(22, 1))
	follower := newReplica(t, statecache.Options{})
	tried := 0
	for i, rec := range recs {
		bad := map[string]statecache.Record{}
		for k := range recs {
			if k != i {
				bad["out of order"] = recs[k]
				bad["out of order, renumbered"] = statecache.Record{Seq: rec.Seq, Raw: recs[k].Raw}
				bad["twice"] = statecache.Record{Seq: rec.Seq + uint64(k) + 1, Raw: rec.Raw}
			}
			tried += tryAll(t, follower, bad)
		}
		for range 20 {
			raw := bytes.Clone(rec.Raw)
			raw[r.IntN(len(raw))] ^= 1 << r.IntN(8)
			bad["flipped"] = statecache.Record{Seq: rec.Seq, Raw: raw}
			bad["cut"] = statecache.Record{Seq: rec.Seq, Raw: rec.Raw[:r.IntN(len(rec.Raw))]}
			tried += tryAll(t, follower, bad)
		}
		if i == 2 {
			bad["another chain of records"] = story2[2]
			tried += tryAll(t, follower, bad)
		}
		if err := follower.Apply(rec); err != nil {
			t.Fatalf("the right record %d: %v", i, err)
		}
	}
	equalCaches(t, follower.Cache(), leader)
	foreign, err := statecache.NewReplica(statecache.Options{ChainID: chainID + 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := foreign.Apply(recs[0]); !errors.Is(err, statecache.ErrOptions) {
		t.Errorf("record of another chain: %v", err)
	}
	t.Logf("%d damaged records", tried)
}

func tryAll(t *testing.T, f *statecache.Replica, bad map[string]statecache.Record) int {
	t.Helper()
	before, next := f.Cache().Digests(), f.Next()
	for what, rec := range bad {
		if err := f.Apply(rec); !errors.Is(err, statecache.ErrLogCorrupt) {
			t.Fatalf("%s at %d: %v", what, next, err)
		}
	}
	if f.Next() != next || !equalDigests(before, f.Cache().Digests()) {
		t.Fatal("a refused record changed the replica")
	}
	return len(bad)
}

// TestReplicaIsReadOnly: nobody else writes to a replica's cache.
func TestReplicaIsReadOnly(t *testing.T) {
	c := newReplica(t, statecache.Options{}).Cache()
	_, apply := c.Apply(header(statecache.BlockRef{}, 0), nil)
	for name, err := range map[string]error{
		"apply": apply, "define": c.Define(statecache.Collection{Name: "a"}), "extend": c.Extend("a", slotItems(0, 1)),
		"rollback": c.Rollback(statecache.BlockRef{}), "finalize": c.Finalize(1), "drop": c.Drop("a"),
	} {
		if !errors.Is(err, statecache.ErrFollower) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := c.Records(context.Background(), 0, nil); !errors.Is(err, statecache.ErrNoLog) {
		t.Errorf("records without a log: %v", err)
	}
}

// TestRecordsFollow: a reader gets what is there and then what comes, once each
// and in order, until its context ends.
func TestRecordsFollow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCache(t, statecache.Options{Log: &deltalog.Memory{}})
		grow(t, c, 1, 70, 0)
		ctx, cancel := context.WithCancel(t.Context())
		var got []uint64
		var err error
		var wg sync.WaitGroup
		wg.Go(func() {
			err = c.Records(ctx, 3, func(rec statecache.Record) error { got = append(got, rec.Seq); return nil })
		})
		for range 5 {
			synctest.Wait()
			grow(t, c, 0, 20, 0)
		}
		synctest.Wait()
		cancel()
		wg.Wait()
		if !errors.Is(err, context.Canceled) || len(got) != 168 || got[0] != 3 || !slices.IsSorted(got) {
			t.Errorf("%d records, %v", len(got), err)
		}
	})
}

// TestReplicaFromCheckpoint: a follower that joins late starts from a copy of the
// leader's checkpoint and follows from there, over restarts of its own.
func TestReplicaFromCheckpoint(t *testing.T) {
	d, leader := mustDurable(t, vfs.NewMem())
	r := rand.New(rand.NewPCG(23, 1))
	for step := range uint64(80) {
		drive(t, leader, r, step, oldestOf(leader))
	}
	seq, err := leader.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := leader.Records(t.Context(), 0, func(statecache.Record) error { return nil }); !errors.Is(err, statecache.ErrLog) || !errors.Is(err, deltalog.ErrPruned) {
		t.Errorf("pruned records: %v", err)
	}
	file := readCheckpoint(t, d.points, seq)
	own, err := openDurable(vfs.NewMem())
	if err != nil {
		t.Fatal(err)
	}
	install := func(file []byte) error {
		return statecache.InstallCheckpoint(t.Context(), own.log, own.points, bytes.NewReader(file), int64(len(file)))
	}
	bad := bytes.Clone(file)
	bad[len(bad)/2] ^= 1
	if err := install(bad); !errors.Is(err, statecache.ErrCheckpoint) {
		t.Errorf("a damaged copy: %v", err)
	}
	for range 2 { // again after an interruption
		if err := install(file); err != nil {
			t.Fatal(err)
		}
	}
	follower := newReplica(t, own.options())
	if follower.Next() != seq {
		t.Fatalf("starts at %d instead of %d", follower.Next(), seq)
	}
	for step := uint64(80); step < 160; step++ {
		drive(t, leader, r, step, oldestOf(leader))
		for _, rec := range take(t, leader, follower.Next(), int(leader.NextRecord()-follower.Next())) {
			if err := follower.Apply(rec); err != nil {
				t.Fatal(err)
			}
		}
		sameState(t, follower.Cache(), leader)
		switch step % 20 {
		case 7:
			if _, err := follower.Cache().Checkpoint(t.Context()); err != nil {
				t.Fatal(err)
			}
		case 19:
			follower = newReplica(t, own.options())
		}
	}
	if err := install(file); !errors.Is(err, statecache.ErrLog) {
		t.Errorf("over a state: %v", err)
	}
	if err := errors.Join(d.log.Close(), own.log.Close()); err != nil {
		t.Fatal(err)
	}
}
