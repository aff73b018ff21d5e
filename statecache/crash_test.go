package statecache_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"

	"vmhost/statecache"
	"vmhost/statecache/deltalog"
)

// hook sees each change of the disk before it is made.
type hook struct {
	on func(op errorfs.Op, n int64) error
	n  atomic.Int64
}

func (*hook) String() string { return "hook" }

func (h *hook) MaybeError(op errorfs.Op) error {
	if op.Kind.ReadOrWrite() == errorfs.OpIsRead || op.Kind == errorfs.OpLock || op.Kind == errorfs.OpFileClose {
		return nil
	}
	return h.on(op, h.n.Add(1))
}

// picture is what a cache must hold after some step.
type picture struct {
	low     uint64
	digests map[string][32]byte
	final   uint64
	pending []statecache.Watch
}

func pictureOf(c *statecache.Cache) picture {
	low := oldestOf(c)
	return picture{low, c.DigestsFrom(low), c.Finalized(), c.Pending()}
}

// in reports whether a recovered cache holds it.
func (p *picture) in(c *statecache.Cache) bool {
	return oldestOf(c) <= p.low && c.Finalized() == p.final && slices.Equal(c.Pending(), p.pending) && equalDigests(c.DigestsFrom(p.low), p.digests)
}

// campaign drives a durable cache step by step beside a reference that only
// knows what was acknowledged.
type campaign struct {
	seed  uint64
	c     *statecache.Cache
	ref   *statecache.Cache
	mu    sync.Mutex
	done  []picture // after each step; done[0] is empty
	doing string
	count map[string]int
}

func newCampaign(tb testing.TB, seed uint64, c *statecache.Cache) *campaign {
	tb.Helper()
	ref := newCache(tb, statecache.Options{Window: durableWindow, HardCap: 4 * durableWindow})
	return &campaign{seed: seed, c: c, ref: ref, done: []picture{pictureOf(ref)}, count: map[string]int{}}
}

// step makes the next change; one that fails must leave the cache as it was, and
// is made again.
func (g *campaign) step(tb testing.TB, checkpoint bool) {
	tb.Helper()
	n := uint64(len(g.done))
	low := oldestOf(g.ref)
	change := func(c *statecache.Cache) (string, error) {
		return tryDrive(tb, c, rand.New(rand.NewPCG(g.seed, n)), n, low)
	}
	kind, err := change(g.ref)
	if err != nil {
		tb.Fatal(err)
	}
	next := pictureOf(g.ref)
	g.mu.Lock()
	g.done, g.doing = append(g.done, next), kind // from now on the change may be found
	g.count[kind]++
	g.mu.Unlock()
	for tries := 0; ; tries++ {
		if _, err := change(g.c); err == nil {
			break
		} else if !errors.Is(err, statecache.ErrLog) || tries > 1000 {
			tb.Fatalf("step %d: %s: %v", n, kind, err)
		}
		g.count["failed"]++
		if before := &g.done[n-1]; !before.in(g.c) {
			tb.Fatalf("step %d: a failed %s was published", n, kind)
		}
	}
	g.mu.Lock()
	g.doing = ""
	g.mu.Unlock()
	for tries := 0; checkpoint; tries++ {
		if _, err := g.c.Checkpoint(tb.Context()); err == nil || errors.Is(err, statecache.ErrEmpty) {
			break
		} else if tries > 1000 {
			tb.Fatalf("step %d: %v", n, err)
		}
		g.count["checkpoint failed"]++
	}
	if !next.in(g.c) {
		tb.Fatalf("step %d: %s: another state", n, kind)
	}
}

// must reports whether a recovered cache holds everything acknowledged up to
// step acked, and nothing but perhaps the step that was under way.
func (g *campaign) holds(c *statecache.Cache, acked int, underWay bool) bool {
	return g.done[acked].in(c) || underWay && g.done[acked+1].in(c)
}

// cut is the disk at one moment.
type cut struct {
	fs       *vfs.MemFS
	acked    int
	underWay bool
	kind     string
}

// cuts collects the disk before each change of it, for a sample of them.
type cuts struct {
	mem   *vfs.MemFS
	g     *campaign
	rng   *rand.Rand
	every int64
	mu    sync.Mutex
	list  []cut
}

func (s *cuts) take(_ errorfs.Op, n int64) error {
	if s.g == nil || n%s.every != 0 {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	percent := []int{0, 100, s.rng.IntN(101)}[s.rng.IntN(3)]
	s.g.mu.Lock()
	c := cut{acked: len(s.g.done) - 1, kind: s.g.doing}
	if c.kind != "" {
		c.acked, c.underWay = c.acked-1, true
	}
	s.g.mu.Unlock()
	c.fs = s.mem.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: percent, RNG: s.rng})
	s.list = append(s.list, c)
	return nil
}

// TestCrashCampaign cuts the power before changes of the disk that a random
// script makes, in appends, checkpoints, prunes and rollbacks, and recovers.
func TestCrashCampaign(t *testing.T) {
	steps, every := 60, int64(2)
	if long() {
		steps, every = 200, 1
	}
	mem := vfs.NewCrashableMem()
	s := &cuts{mem: mem, rng: rand.New(rand.NewPCG(41, 1)), every: every}
	d, c := mustDurable(t, errorfs.Wrap(mem, &hook{on: s.take}))
	g := newCampaign(t, 41, c)
	s.g = g
	kinds, total := map[string]int{}, 0
	for i := range steps {
		g.step(t, i%9 == 8)
		s.mu.Lock()
		list := s.list
		s.list = nil
		s.mu.Unlock()
		for _, x := range list {
			again, err := openDurable(x.fs)
			if err != nil {
				t.Fatalf("step %d: cut in %q: %v", i, x.kind, err)
			}
			got, err := statecache.New(again.options())
			if err != nil {
				t.Fatalf("step %d: cut in %q: %v", i, x.kind, err)
			}
			if !g.holds(got, x.acked, x.underWay) {
				t.Fatalf("step %d: cut in %q: another state", i, x.kind)
			}
			if err := again.log.Close(); err != nil {
				t.Fatal(err)
			}
			kinds[x.kind]++
			total++
		}
	}
	if err := d.log.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d changes %v, %d cuts: in %v", steps, g.count, total, kinds)
}

// TestFaultCampaign lets changes of the disk fail, once each, as full and as
// broken: the caller gets the error, nothing is published, the change is made
// again and a crash afterwards finds it.
func TestFaultCampaign(t *testing.T) {
	steps, stride := 26, int64(9)
	if long() {
		steps, stride = 40, 4
	}
	faults, count := 0, map[string]int{}
	for at, total := int64(5), int64(5); at <= total; at += stride {
		mem := vfs.NewCrashableMem()
		cause := []error{syscall.ENOSPC, syscall.EIO}[at/stride%2]
		armed := false
		h := &hook{}
		h.on = func(op errorfs.Op, n int64) error {
			if armed && n == at {
				faults++
				return &os.PathError{Op: "write", Path: op.Path, Err: cause}
			}
			return nil
		}
		d, c := mustDurable(t, errorfs.Wrap(mem, h))
		h.n.Store(0)
		armed = true
		g := newCampaign(t, 42, c)
		for i := range steps {
			g.step(t, i%7 == 6)
		}
		total = h.n.Load()
		armed = false
		again, got := mustDurable(t, mem.CrashClone(vfs.CrashCloneCfg{}))
		if !g.holds(got, steps, false) {
			t.Fatalf("fault %d: another state after the crash", at)
		}
		if err := errors.Join(again.log.Close(), d.log.Close()); err != nil {
			t.Fatal(err)
		}
		for k, n := range g.count {
			count[k] += n
		}
	}
	t.Logf("%d faults, %v", faults, count)
}

// TestFullDiskCampaign: while the disk is full and slow every change fails and
// changes nothing; then work goes on.
func TestFullDiskCampaign(t *testing.T) {
	rounds := 4
	if long() {
		rounds = 100
	}
	mem := vfs.NewCrashableMem()
	var full atomic.Bool
	d, c := mustDurable(t, errorfs.Wrap(mem, &hook{on: func(op errorfs.Op, n int64) error {
		if n%40 == 0 {
			time.Sleep(time.Millisecond)
		}
		if full.Load() && op.Kind != errorfs.OpRemove {
			return &os.PathError{Op: "write", Path: op.Path, Err: syscall.ENOSPC}
		}
		return nil
	}}))
	g := newCampaign(t, 43, c)
	for range rounds {
		for i := range 8 {
			g.step(t, i == 7)
		}
		full.Store(true)
		before := &g.done[len(g.done)-1]
		for range 3 {
			if err := tryGrow(c, 99); !errors.Is(err, syscall.ENOSPC) || !errors.Is(err, statecache.ErrLog) {
				t.Fatalf("apply on a full disk: %v", err)
			}
			if head := must(c.Head()); head.Number > max(c.Finalized(), oldestOf(c)) {
				to, err := c.Canonical(head.Number - 1)
				if err != nil {
					t.Fatal(err)
				}
				if err := c.Rollback(to); !errors.Is(err, syscall.ENOSPC) {
					t.Fatalf("rollback on a full disk: %v", err)
				}
			}
			if !before.in(c) {
				t.Fatal("published on a full disk")
			}
		}
		full.Store(false)
	}
	g.step(t, true)
	again, got := mustDurable(t, mem.CrashClone(vfs.CrashCloneCfg{}))
	if !g.holds(got, len(g.done)-1, false) {
		t.Error("another state after the crash")
	}
	if err := errors.Join(again.log.Close(), d.log.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestDamage flips bytes of every file of log and checkpoints: recovery comes to
// the same state or refuses and says what to do.
func TestDamage(t *testing.T) {
	each := 6
	if long() {
		each = 100
	}
	fs := vfs.NewCrashableMem()
	d, c := mustDurable(t, fs)
	g := newCampaign(t, 44, c)
	for i := range 70 {
		g.step(t, i%12 == 11)
	}
	list, err := d.points.List()
	if err != nil || len(list) != 2 {
		t.Fatalf("checkpoints %v, %v", list, err)
	}
	if err := d.log.Close(); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(45, 1))
	same, refused := 0, 0
	for _, dir := range []string{"log", "points"} {
		names, err := fs.List(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			info, err := fs.Stat(dir + "/" + name)
			if err != nil || info.Size() == 0 {
				continue
			}
			for range each {
				clone := fs.CrashClone(vfs.CrashCloneCfg{})
				flipByte(t, clone, dir+"/"+name, r.Int64N(info.Size()), 1<<r.IntN(8))
				switch ok, err := g.recovers(clone); {
				case err != nil:
					refused++
				case !ok:
					t.Fatalf("%s/%s: another state", dir, name)
				default:
					same++
				}
			}
		}
	}
	t.Logf("%d flips: %d recovered, %d refused", same+refused, same, refused)
}

// recovers reports whether a disk holds the state of the last step.
func (g *campaign) recovers(fs vfs.FS) (same bool, err error) {
	d, err := openDurable(fs)
	if err != nil {
		return false, err
	}
	c, err := statecache.New(d.options())
	if err == nil {
		same = g.holds(c, len(g.done)-1, false)
	}
	return same, errors.Join(err, d.log.Close())
}

func flipByte(t *testing.T, fs vfs.FS, name string, at int64, mask byte) {
	t.Helper()
	f, err := fs.OpenReadWrite(name, "test")
	if err != nil {
		t.Fatal(err)
	}
	var b [1]byte
	if _, err := f.ReadAt(b[:], at); err != nil {
		t.Fatal(err)
	}
	b[0] ^= mask
	if _, err := f.WriteAt(b[:], at); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestRecoverRefuses: what does not fit together is refused, with advice.
func TestRecoverRefuses(t *testing.T) {
	fs := vfs.NewCrashableMem()
	d, c := mustDurable(t, fs)
	g := newCampaign(t, 46, c)
	for i := range 70 {
		g.step(t, i%12 == 11)
	}
	if err := d.log.Close(); err != nil {
		t.Fatal(err)
	}
	other := &deltalog.Memory{}
	story(t, newCache(t, statecache.Options{Log: other}))
	for name, test := range map[string]struct {
		spoil func(fs *vfs.MemFS, d *durable)
		log   statecache.DeltaLog
	}{
		"the log is gone":             {log: &deltalog.Memory{}},
		"the log is of another cache": {log: other},
		"the checkpoints are gone": {spoil: func(fs *vfs.MemFS, d *durable) {
			for _, seq := range mustList(t, d.points) {
				if err := d.points.Remove(seq); err != nil {
					t.Fatal(err)
				}
			}
		}},
		"all checkpoints are damaged": {spoil: func(fs *vfs.MemFS, d *durable) {
			for _, seq := range mustList(t, d.points) {
				flipCheckpoint(t, d.points, seq, 100)
			}
		}},
	} {
		clone := fs.CrashClone(vfs.CrashCloneCfg{})
		again, err := openDurable(clone)
		if err != nil {
			t.Fatal(err)
		}
		if test.spoil != nil {
			test.spoil(clone, &again)
		}
		opts := again.options()
		if test.log != nil {
			opts.Log = test.log
		}
		_, err = statecache.New(opts)
		if !errors.Is(err, statecache.ErrLogCorrupt) && !errors.Is(err, statecache.ErrCheckpoint) {
			t.Errorf("%s: %v", name, err)
		}
		t.Logf("%s: %v", name, err)
		if err := again.log.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func mustList(t *testing.T, s *deltalog.Checkpoints) []uint64 {
	t.Helper()
	list, err := s.List()
	if err != nil {
		t.Fatal(err)
	}
	return list
}
