package host

import (
	"path/filepath"
	"testing"
	"time"

	"vmhost/statecache"
	"vmhost/statecache/deltalog"
)

// TestCare: checkpoints follow the log's growth, and a restart uses them.
func TestCare(t *testing.T) {
	dir := t.TempDir()
	open := func() (*Host, *deltalog.Pebble, *deltalog.Checkpoints) {
		h := &Host{opts: Options{Data: dir, CheckpointEvery: 10, VerifyEvery: time.Millisecond}.withDefaults()}
		h.log = h.opts.Logger
		l, err := deltalog.OpenPebble(filepath.Join(dir, "state"), deltalog.Options{})
		if err != nil {
			t.Fatal(err)
		}
		points, err := deltalog.OpenCheckpoints(filepath.Join(dir, "checkpoints"), deltalog.Options{})
		if err != nil {
			t.Fatal(err)
		}
		h.cache, err = statecache.New(statecache.Options{ChainID: 1, Window: 4, Log: l, Checkpoints: points})
		if err != nil {
			t.Fatal(err)
		}
		return h, l, points
	}
	h, l, points := open()
	apply := func(n uint64) {
		head, _ := h.cache.Head()
		for i := head.Number + 1; i <= head.Number+n; i++ {
			b := statecache.BlockHeader{Ref: statecache.BlockRef{Number: i, Hash: [32]byte{0: byte(i), 1: 1}}}
			if i > 1 {
				b.Parent = [32]byte{0: byte(i - 1), 1: 1}
			}
			if _, err := h.cache.Apply(b, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, step := range []struct {
		blocks uint64
		files  int
	}{{3, 0}, {8, 1}, {5, 1}, {6, 2}, {40, 2}} {
		apply(step.blocks)
		h.checkpoint(t.Context())
		list, err := points.List()
		if err != nil || len(list) != step.files {
			t.Fatalf("after %d more blocks: checkpoints %v, %v", step.blocks, list, err)
		}
	}
	want, _ := h.cache.Head()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	h, l, _ = open()
	if got, _ := h.cache.Head(); got != want {
		t.Errorf("head %v after the restart, want %v", got, want)
	}
	if first, _ := l.Bounds(); first == 0 {
		t.Error("the log still reaches back to its start")
	}
	if err := h.verify(t.Context()); err != nil {
		t.Error(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}
