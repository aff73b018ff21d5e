package statecache_test

import (
	"context"
	"errors"
	"io"
	"sync"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"vmhost/statecache"
	"vmhost/statecache/deltalog"
)

// verified is a cache with collections that need several slices and levels.
func verified(tb testing.TB, items uint64) *statecache.Cache {
	tb.Helper()
	c := newCache(tb, statecache.Options{Window: 8, HardCap: 10_000})
	for i, n := range []uint64{items, 9, 1, 0} {
		if err := c.Define(statecache.Collection{Name: string(rune('a' + i)), Items: slotItems(0, n)}); err != nil {
			tb.Fatal(err)
		}
	}
	grow(tb, c, 100, 20, 0)
	return c
}

// TestVerifyFindsCorruption flips a bit of each kind of cell: the check names it,
// and finds nothing once it is put right.
func TestVerifyFindsCorruption(t *testing.T) {
	c := verified(t, 600)
	sound := func() {
		t.Helper()
		if report, err := c.Verify(t.Context(), statecache.VerifyOptions{}); err != nil || report.Hashes < 2*600*8/7 {
			t.Fatalf("%+v, %v", report, err)
		}
	}
	sound()
	const leaves, items, directory, history = 0, 1, 2, 3
	for _, test := range []struct {
		what         string
		kind, handle int
		level        int
		index        uint64
		word         int
	}{
		{"leaf", leaves, 1, 0, 432, 7},
		{"leaf", leaves, 1, 0, 17, 0},
		{"leaf", leaves, 2, 0, 8, 4},
		{"values node", leaves, 1, 1, 70, 0},
		{"values node", leaves, 1, 2, 7, 1},
		{"values node", leaves, 1, 4, 0, 0},
		{"items node", items, 1, 1, 3, 0},
		{"items node", items, 1, 3, 1, 2},
		{"item", items, 3, 0, 0, 0},
		{"items node", items, 2, 2, 0, 0},
		{"entry", directory, 0, 0, 4, 0},
		{"directory node", directory, 0, 1, 0, 3},
		{"directory node", directory, 0, 4, 0, 3},
		{"history leaf", history, 0, 0, 117, 1},
		{"history node", history, 0, 1, 12, 1},
		{"history node", history, 0, 6, 0, 1},
		{"history node", history, 0, 11, 0, 2},
	} {
		c.Corrupt(test.kind, uint32(test.handle), test.level, test.index, test.word)
		_, err := c.Verify(t.Context(), statecache.VerifyOptions{})
		var found *statecache.IntegrityError
		if !errors.Is(err, statecache.ErrIntegrity) || !errors.As(err, &found) {
			t.Fatalf("%+v: %v", test, err)
		}
		// the flipped node itself, or the one above it
		if near := found.Level == test.level || found.Level == test.level+1; !near {
			t.Errorf("%+v: found as %v", test, found)
		}
		c.Corrupt(test.kind, uint32(test.handle), test.level, test.index, test.word)
	}
	c.CorruptItem(1, 77)
	if _, err := c.Verify(t.Context(), statecache.VerifyOptions{}); !errors.Is(err, statecache.ErrIntegrity) {
		t.Errorf("item: %v", err)
	}
	c.CorruptItem(1, 77)
	sound()
}

// TestVerifyWhileApplying: a check beside blocks and rollbacks finds nothing and
// pins nothing between its slices.
func TestVerifyWhileApplying(t *testing.T) {
	c := verified(t, 4200)
	var wg sync.WaitGroup
	stop := make(chan struct{})
	wg.Go(func() {
		for fork := uint64(1); ; fork++ {
			select {
			case <-stop:
				return
			default:
			}
			head := grow(t, c, 0, 5, fork)
			to, err := c.Canonical(head.Number - 3)
			if err == nil {
				err = c.Rollback(to)
			}
			if err != nil {
				t.Error(err)
				return
			}
		}
	})
	slices := 0
	for range 3 {
		if _, err := c.Verify(t.Context(), statecache.VerifyOptions{Pause: func(context.Context, int) error {
			slices++
			if pins := c.Pins(); len(pins) > 0 {
				t.Errorf("pinned while it pauses: %v", pins)
			}
			return nil
		}}); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	wg.Wait()
	if slices < 10 {
		t.Errorf("%d slices", slices)
	}
	enough := errors.New("enough")
	if _, err := c.Verify(t.Context(), statecache.VerifyOptions{Pause: func(context.Context, int) error { return enough }}); !errors.Is(err, enough) {
		t.Errorf("%v", err)
	}
	if _, err := newCache(t, statecache.Options{}).Verify(t.Context(), statecache.VerifyOptions{}); !errors.Is(err, statecache.ErrEmpty) {
		t.Errorf("empty: %v", err)
	}
}

// TestVerifyReadsCheckpoints: damage to a file is found before it is needed.
func TestVerifyReadsCheckpoints(t *testing.T) {
	fs := vfs.NewMem()
	d, c := mustDurable(t, fs)
	story(t, c)
	seq, err := c.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if report, err := c.Verify(t.Context(), statecache.VerifyOptions{}); err != nil || report.Checkpoints != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	flipCheckpoint(t, d.points, seq, 200)
	if _, err := c.Verify(t.Context(), statecache.VerifyOptions{}); !errors.Is(err, statecache.ErrCheckpoint) {
		t.Errorf("%v", err)
	}
	if again, err := c.Checkpoint(t.Context()); err != nil || again != seq {
		t.Errorf("not replaced: %d, %v", again, err)
	}
	if report, err := c.Verify(t.Context(), statecache.VerifyOptions{}); err != nil || report.Checkpoints != 1 {
		t.Errorf("%+v, %v", report, err)
	}
	if err := d.log.Close(); err != nil {
		t.Fatal(err)
	}
}

// readCheckpoint returns the bytes of a checkpoint.
func readCheckpoint(tb testing.TB, s *deltalog.Checkpoints, seq uint64) []byte {
	tb.Helper()
	f, size, err := s.Open(seq)
	if err != nil {
		tb.Fatal(err)
	}
	b := make([]byte, size)
	if _, err := f.ReadAt(b, 0); err != nil && !errors.Is(err, io.EOF) {
		tb.Fatal(err)
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	return b
}

func flipCheckpoint(tb testing.TB, s *deltalog.Checkpoints, seq uint64, at int) {
	tb.Helper()
	b := readCheckpoint(tb, s, seq)
	b[at] ^= 4
	if err := s.Write(seq, func(w io.Writer) error { _, err := w.Write(b); return err }); err != nil {
		tb.Fatal(err)
	}
}
