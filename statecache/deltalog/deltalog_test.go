package deltalog_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"

	"vmhost/statecache"
	"vmhost/statecache/deltalog"
)

var (
	_ statecache.DeltaLog = (*deltalog.Memory)(nil)
	_ statecache.DeltaLog = (*deltalog.Pebble)(nil)
)

func openPebble(tb testing.TB, dir string, fs vfs.FS) *deltalog.Pebble {
	tb.Helper()
	p, err := deltalog.OpenPebble(dir, deltalog.Options{FS: fs})
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func record(i uint64, salt byte) []byte {
	return bytes.Repeat([]byte{byte(i), salt}, int(i%7)*50)
}

func expect(t *testing.T, log statecache.DeltaLog, want [][]byte) {
	t.Helper()
	var got [][]byte
	if err := log.Replay(0, func(seq uint64, rec []byte) error {
		if seq != uint64(len(got)) {
			t.Fatalf("record %d after %d records", seq, len(got))
		}
		got = append(got, bytes.Clone(rec))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) {
		t.Fatalf("%d records, want %d", len(got), len(want))
	}
	for i := range want {
		if !bytes.Equal(got[i], want[i]) {
			t.Fatalf("record %d differs", i)
		}
	}
}

// TestLogs runs the contract of statecache.DeltaLog on both stores.
func TestLogs(t *testing.T) {
	pebbleLog := openPebble(t, t.TempDir(), nil)
	defer func() {
		if err := pebbleLog.Close(); err != nil {
			t.Error(err)
		}
	}()
	for name, log := range map[string]statecache.DeltaLog{"memory": &deltalog.Memory{}, "pebble": pebbleLog} {
		t.Run(name, func(t *testing.T) {
			var want [][]byte
			expect(t, log, want)
			for i := range uint64(300) {
				if i%5 == 0 { // a record that its caller thinks has failed
					if err := log.Append(i, record(i, 0xee)); err != nil {
						t.Fatal(err)
					}
				}
				rec := record(i, 1)
				if err := log.Append(i, rec); err != nil {
					t.Fatal(err)
				}
				want = append(want, bytes.Clone(rec))
				if len(rec) > 0 {
					rec[0]++ // the log has its own copy
				}
			}
			expect(t, log, want)
			for _, seq := range []uint64{301, 298, 0, 1 << 63} {
				if err := log.Append(seq, nil); !errors.Is(err, deltalog.ErrGap) {
					t.Errorf("append %d after 300: %v", seq, err)
				}
			}
			stop := errors.New("stop")
			count := 0
			if err := log.Replay(0, func(uint64, []byte) error { count++; return stop }); !errors.Is(err, stop) || count != 1 {
				t.Errorf("replay went on: %v after %d", err, count)
			}
		})
	}
}

func TestPebbleRefuses(t *testing.T) {
	dir := t.TempDir()
	p := openPebble(t, dir, nil)
	if _, err := deltalog.OpenPebble(dir, deltalog.Options{}); err == nil {
		t.Error("opened twice")
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	foreign := t.TempDir()
	db, err := pebble.Open(foreign, &pebble.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Set([]byte("other"), nil, pebble.Sync), db.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := deltalog.OpenPebble(foreign, deltalog.Options{}); !errors.Is(err, deltalog.ErrForeign) {
		t.Errorf("foreign database: %v", err)
	}
}

// TestCrash cuts the power after every operation, keeping a random part of what
// was not synced, and recovers: the cache has at least every change it reported
// done, at the same commitment.
func TestCrash(t *testing.T) {
	fs := vfs.NewCrashableMem()
	p := openPebble(t, "log", fs)
	c, err := statecache.New(statecache.Options{ChainID: 1, Log: p, Window: 64})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	check := func() {
		clone := fs.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: r.IntN(101), RNG: r})
		q := openPebble(t, "log", clone)
		again, err := statecache.New(statecache.Options{ChainID: 1, Log: q, Window: 64})
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range c.Digests() {
			if again.Digests()[name] != want {
				t.Fatalf("table %s differs after the crash", name)
			}
		}
		if len(again.Pending()) != len(c.Pending()) || again.Finalized() != c.Finalized() {
			t.Fatal("definitions or finality lost in the crash")
		}
		if err := q.Close(); err != nil {
			t.Fatal(err)
		}
	}
	apply := func(fork byte) {
		h := statecache.BlockHeader{Ref: statecache.BlockRef{Number: 1, Hash: [32]byte{fork, 1}}}
		if head, ok := c.Head(); ok {
			h.Parent, h.Ref = head.Hash, statecache.BlockRef{Number: head.Number + 1, Hash: [32]byte{fork, byte(head.Number + 1)}}
		}
		var changes []statecache.Change
		for _, w := range c.Pending() {
			changes = append(changes, statecache.Change{Collection: w.Collection, Index: w.Index, Value: [32]byte{fork}})
		}
		if _, err := c.Apply(h, changes); err != nil {
			t.Fatal(err)
		}
		check()
	}
	check()
	for i := range byte(6) {
		items := []statecache.Item{{Kind: statecache.KindBalance, Address: [20]byte{i}}}
		if err := c.Define(statecache.Collection{Name: fmt.Sprintf("c%d", i), Items: items}); err != nil {
			t.Fatal(err)
		}
		check()
		apply(1)
		apply(1)
	}
	head, _ := c.Head()
	to, err := c.Canonical(head.Number - 3)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Rollback(to); err != nil {
		t.Fatal(err)
	}
	check()
	apply(2)
	if err := c.Finalize(to.Number); err != nil {
		t.Fatal(err)
	}
	check()
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
}
