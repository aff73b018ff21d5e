package statecache_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"vmhost/statecache"
	"vmhost/statecache/deltalog"
)

// durable is a log and checkpoints on a file system.
type durable struct {
	log    *deltalog.Pebble
	points *deltalog.Checkpoints
}

func openDurable(fs vfs.FS) (d durable, err error) {
	opts := deltalog.Options{FS: fs, MemTable: 64 << 10}
	if d.log, err = deltalog.OpenPebble("log", opts); err != nil {
		return d, err
	}
	if d.points, err = deltalog.OpenCheckpoints("points", opts); err != nil {
		return d, errors.Join(err, d.log.Close())
	}
	return d, nil
}

const durableWindow = 12

func (d durable) options() statecache.Options {
	return statecache.Options{ChainID: chainID, Window: durableWindow, HardCap: 4 * durableWindow, Log: d.log, Checkpoints: d.points}
}

func mustDurable(tb testing.TB, fs vfs.FS) (durable, *statecache.Cache) {
	tb.Helper()
	d, err := openDurable(fs)
	if err != nil {
		tb.Fatal(err)
	}
	c, err := statecache.New(d.options())
	if err != nil {
		tb.Fatal(err)
	}
	return d, c
}

// sameState compares everything that two caches hold of the blocks that both
// retain: which are all of those that either can roll back to, if want has never
// been restarted.
func sameState(tb testing.TB, got, want *statecache.Cache) {
	tb.Helper()
	head, ok := want.Head()
	if h, o := got.Head(); h != head || o != ok {
		tb.Fatalf("head %v, want %v", h, head)
	}
	if got.Finalized() != want.Finalized() || !slices.Equal(got.Pending(), want.Pending()) {
		tb.Fatal("other finality or pending items")
	}
	if !ok {
		return
	}
	oldest := must(want.Oldest()).Number
	if own := must(got.Oldest()).Number; own > oldest {
		tb.Fatalf("the window begins at %d instead of %d", own, oldest)
	}
	if !equalDigests(got.DigestsFrom(oldest), want.DigestsFrom(oldest)) {
		tb.Fatal("another state")
	}
}

// TestCheckpoint: after any number of restarts from checkpoints a cache is, table
// by table, what one is that never stopped, and its window is as deep: rollbacks
// go across a restart.
func TestCheckpoint(t *testing.T) {
	steps := uint64(160)
	if long() {
		steps = 4000
	}
	ref := newCache(t, statecache.Options{Window: durableWindow, HardCap: 4 * durableWindow})
	fs := vfs.NewMem()
	d, c := mustDurable(t, fs)
	r, r2 := rand.New(rand.NewPCG(31, 1)), rand.New(rand.NewPCG(31, 1))
	points, restarts := 0, 0
	for step := range steps {
		low := oldestOf(ref)
		if a, b := drive(t, c, r, step, low), drive(t, ref, r2, step, low); a != b {
			t.Fatalf("step %d: %s and %s", step, a, b)
		}
		if step%13 == 12 {
			if _, err := c.Checkpoint(t.Context()); err != nil {
				t.Fatal(err)
			}
			points++
		}
		if step%29 == 28 {
			if err := d.log.Close(); err != nil {
				t.Fatal(err)
			}
			d, c = mustDurable(t, fs)
			sameState(t, c, ref)
			if report, err := c.Verify(t.Context(), statecache.VerifyOptions{}); err != nil || report.Hashes == 0 {
				t.Fatalf("%+v, %v", report, err)
			}
			restarts++
		}
	}
	if first, next := d.log.Bounds(); first == 0 || next-first > 8*durableWindow {
		t.Errorf("the log holds records %d to %d", first, next)
	}
	if list, err := d.points.List(); err != nil || len(list) > 2 {
		t.Errorf("checkpoints %v, %v", list, err)
	}
	if err := d.log.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d checkpoints, %d restarts", points, restarts)
}

// TestCheckpointWithoutNews writes nothing, and needs a log.
func TestCheckpointErrors(t *testing.T) {
	if _, err := newCache(t, statecache.Options{}).Checkpoint(t.Context()); !errors.Is(err, statecache.ErrNoLog) {
		t.Errorf("without a log: %v", err)
	}
	if _, err := statecache.New(statecache.Options{Checkpoints: &deltalog.Checkpoints{}}); !errors.Is(err, statecache.ErrOptions) {
		t.Errorf("checkpoints without a log: %v", err)
	}
	d, c := mustDurable(t, vfs.NewMem())
	if _, err := c.Checkpoint(t.Context()); !errors.Is(err, statecache.ErrEmpty) {
		t.Errorf("before the first block: %v", err)
	}
	story(t, c)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Checkpoint(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if list, err := d.points.List(); err != nil || len(list) != 0 {
		t.Errorf("%v, %v", list, err)
	}
	a, err := c.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if b, err := c.Checkpoint(t.Context()); err != nil || a != b {
		t.Errorf("%d, %d, %v", a, b, err)
	}
	if pins := c.Pins(); len(pins) != 0 {
		t.Errorf("pins %v", pins)
	}
	if err := d.log.Close(); err != nil {
		t.Fatal(err)
	}
}
