package deltalog_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"

	"vmhost/statecache/deltalog"
)

// long runs the campaigns at full size.
func long() bool { return os.Getenv("VMHOST_LONG") != "" }

// hook is an injector that sees each change of the disk before it is made.
type hook struct {
	on func(op errorfs.Op, n int64) error
	n  atomic.Int64
}

func (*hook) String() string { return "hook" }

func (h *hook) MaybeError(op errorfs.Op) error {
	if op.Kind.ReadOrWrite() == errorfs.OpIsRead || op.Kind == errorfs.OpLock {
		return nil
	}
	if op.Kind == errorfs.OpFileClose {
		return nil // a file that is not closed would leak
	}
	return h.on(op, h.n.Add(1))
}

// journal is what a caller knows of a log: the records it was promised, and the
// one whose fate it does not know.
type journal struct {
	mu    sync.Mutex
	first uint64
	acked [][]byte // from record 0 on
	maybe []byte   // record len(acked), perhaps
}

func (j *journal) snapshot() *journal {
	j.mu.Lock()
	defer j.mu.Unlock()
	return &journal{first: j.first, acked: append([][]byte(nil), j.acked...), maybe: j.maybe}
}

// append appends a record; on error the journal knows that it is uncertain.
func (j *journal) append(log *deltalog.Pebble, rec []byte) error {
	j.mu.Lock()
	seq := uint64(len(j.acked))
	j.maybe = rec
	j.mu.Unlock()
	err := log.Append(seq, rec)
	if err == nil {
		j.mu.Lock()
		j.acked, j.maybe = append(j.acked, rec), nil
		j.mu.Unlock()
	}
	return err
}

func (j *journal) prune(log *deltalog.Pebble, below uint64) error {
	err := log.Prune(below)
	if err == nil {
		j.mu.Lock()
		j.first = below
		j.mu.Unlock()
	}
	return err
}

// check compares a log with what was promised when the power went. prunedTo is
// how far a prune that was under way may have come.
func (j *journal) check(t *testing.T, log *deltalog.Pebble, prunedTo uint64) {
	t.Helper()
	first, next := log.Bounds()
	acked := uint64(len(j.acked))
	if next < acked || next > acked+1 || (next > 0 && first != j.first && first != prunedTo) {
		t.Fatalf("records %d to %d, promised %d to %d", first, next, j.first, acked)
	}
	at := first
	if err := log.Replay(first, func(seq uint64, rec []byte) error {
		want := j.maybe
		if seq < acked {
			want = j.acked[seq]
		}
		if seq != at || !bytes.Equal(rec, want) {
			t.Fatalf("record %d is not what was written", seq)
		}
		at++
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if at != next {
		t.Fatalf("replay ended at %d of %d", at, next)
	}
}

// script appends records of random sizes and prunes now and then. Failures are
// tried again.
func (j *journal) script(t *testing.T, log *deltalog.Pebble, r *rand.Rand, steps int) {
	t.Helper()
	failures := 0
	retry := func(f func() error) {
		for f() != nil {
			if failures++; failures > 100_000 {
				t.Fatal("the log does not recover")
			}
		}
	}
	for i := range steps {
		rec := make([]byte, r.IntN(6000))
		for k := range rec {
			rec[k] = byte(r.Uint32())
		}
		retry(func() error { return j.append(log, rec) })
		if i%16 == 15 {
			retry(func() error { return j.prune(log, uint64(len(j.acked)-4)) })
		}
	}
}

const smallTables = 64 << 10 // so that a short script writes tables and manifests

// TestCutAtEveryOperation takes the disk as a power cut would leave it before
// every single change that a script makes, with all, some and none of what was
// not synced, and opens the log there.
func TestCutAtEveryOperation(t *testing.T) {
	steps := 40
	if long() {
		steps = 1500
	}
	mem := vfs.NewCrashableMem()
	type cut struct {
		fs   *vfs.MemFS
		know *journal
	}
	var mu sync.Mutex
	var cuts []cut
	checked, opened := 0, 0
	j := &journal{}
	r, rng := rand.New(rand.NewPCG(1, 7)), rand.New(rand.NewPCG(2, 7))
	h := &hook{on: func(errorfs.Op, int64) error {
		mu.Lock()
		defer mu.Unlock()
		for _, percent := range []int{0, 100, rng.IntN(101)} {
			// what is promised before the clone is in it
			know := j.snapshot()
			cuts = append(cuts, cut{mem.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: percent, RNG: rng}), know})
		}
		return nil
	}}
	log, err := deltalog.OpenPebble("log", deltalog.Options{FS: errorfs.Wrap(mem, h), MemTable: smallTables})
	if err != nil {
		t.Fatal(err)
	}
	verify := func() {
		mu.Lock()
		batch := cuts
		cuts = nil
		mu.Unlock()
		for i := range batch {
			again, err := deltalog.OpenPebble("log", deltalog.Options{FS: batch[i].fs, MemTable: smallTables})
			if err != nil {
				t.Fatalf("cut %d: %v", checked, err)
			}
			checked++
			batch[i].know.checkCut(t, again)
			if again.Append(nextOf(again), []byte("goes on")) == nil {
				opened++
			}
			if err := again.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	for range steps / 20 {
		j.script(t, log, r, 20)
		verify()
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	verify()
	if checked < 300 || opened != checked {
		t.Errorf("%d cuts, %d went on", checked, opened)
	}
	t.Logf("%d cuts", checked)
}

// checkCut is check at a moment when the script was anywhere: between the
// journal's copy and the cut nothing was acknowledged that it does not know.
func (j *journal) checkCut(t *testing.T, log *deltalog.Pebble) {
	t.Helper()
	first, _ := log.Bounds()
	prunedTo := j.first
	if first > j.first && first == uint64(len(j.acked))-4 {
		prunedTo = first
	}
	j.check(t, log, prunedTo)
}

func nextOf(log *deltalog.Pebble) uint64 {
	_, next := log.Bounds()
	return next
}

// TestFaultAtEveryOperation lets each change of a script fail once, as a full
// disk and as a broken one: the call fails, nothing that was promised is lost,
// and the log works again without being reopened by its owner.
func TestFaultAtEveryOperation(t *testing.T) {
	steps, stride := 24, int64(3)
	if long() {
		steps, stride = 48, 1
	}
	faults := 0
	for _, cause := range []error{syscall.ENOSPC, syscall.EIO} {
		for at, total := int64(1), int64(1); at <= total; at += stride {
			mem := vfs.NewCrashableMem()
			var armed, hit atomic.Bool
			h := &hook{}
			h.on = func(op errorfs.Op, n int64) error {
				if armed.Load() && n == at {
					hit.Store(true)
					return &os.PathError{Op: "write", Path: op.Path, Err: cause}
				}
				return nil
			}
			log, err := deltalog.OpenPebble("log", deltalog.Options{FS: errorfs.Wrap(mem, h), MemTable: smallTables})
			if err != nil {
				t.Fatal(err)
			}
			h.n.Store(0)
			armed.Store(true)
			j := &journal{}
			r := rand.New(rand.NewPCG(3, 3))
			j.script(t, log, r, steps)
			total = h.n.Load()
			// A flush behind the last call may have met the fault: one more change
			// finds the log shut and opens it again.
			armed.Store(false)
			j.script(t, log, r, 1)
			if hit.Load() {
				faults++
			}
			j.check(t, log, j.first)
			clone := mem.CrashClone(vfs.CrashCloneCfg{})
			if err := log.Close(); err != nil && !errors.Is(err, cause) {
				t.Fatalf("fault %d: close: %v", at, err)
			}
			again := openPebble(t, "log", clone)
			j.check(t, again, j.first)
			if err := again.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if faults < 20 {
		t.Errorf("only %d faults", faults)
	}
	t.Logf("%d faults", faults)
}

// TestFullDisk: while there is no room every call fails and says so; then work
// goes on, with nothing lost, also under readers and with a slow disk.
func TestFullDisk(t *testing.T) {
	mem := vfs.NewCrashableMem()
	var full, slow atomic.Bool
	h := &hook{on: func(op errorfs.Op, n int64) error {
		if slow.Load() && n%5 == 0 {
			time.Sleep(time.Millisecond)
		}
		if full.Load() && op.Kind != errorfs.OpRemove {
			return &os.PathError{Op: "write", Path: op.Path, Err: syscall.ENOSPC}
		}
		return nil
	}}
	log, err := deltalog.OpenPebble("log", deltalog.Options{FS: errorfs.Wrap(mem, h), MemTable: smallTables})
	if err != nil {
		t.Fatal(err)
	}
	j := &journal{}
	r := rand.New(rand.NewPCG(4, 4))
	slow.Store(true)
	rounds := 4
	if long() {
		rounds = 60
	}
	for range rounds {
		var wg sync.WaitGroup
		stop := make(chan struct{})
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				first, _ := log.Bounds()
				_ = log.Replay(first, func(uint64, []byte) error { return nil }) // may meet the full disk
			}
		})
		j.script(t, log, r, 30)
		full.Store(true)
		for range 3 {
			if err := j.append(log, []byte("no room")); !errors.Is(err, syscall.ENOSPC) {
				t.Fatalf("append on a full disk: %v", err)
			}
			if err := log.Prune(uint64(len(j.acked) - 1)); !errors.Is(err, syscall.ENOSPC) {
				t.Fatalf("prune on a full disk: %v", err)
			}
		}
		full.Store(false)
		close(stop)
		wg.Wait()
		if err := j.append(log, []byte("room again")); err != nil {
			t.Fatal(err)
		}
		first, _ := log.Bounds()
		j.check(t, log, first)
		j.first = first
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
}
