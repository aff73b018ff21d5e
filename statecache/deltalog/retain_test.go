package deltalog_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"syscall"
	"testing"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"

	"vmhost/statecache"
	"vmhost/statecache/deltalog"
)

// TestPrune runs the contract of pruning on both stores.
func TestPrune(t *testing.T) {
	pebbleLog := openPebble(t, t.TempDir(), nil)
	defer func() {
		if err := pebbleLog.Close(); err != nil {
			t.Error(err)
		}
	}()
	for name, log := range map[string]statecache.DeltaLog{"memory": &deltalog.Memory{}, "pebble": pebbleLog} {
		t.Run(name, func(t *testing.T) {
			for i := uint64(40); i < 60; i++ { // an empty log may begin anywhere
				if err := log.Append(i, record(i, 1)); err != nil {
					t.Fatal(err)
				}
			}
			for _, below := range []uint64{0, 40, 45, 45, 59} {
				if err := log.Prune(below); err != nil {
					t.Fatalf("prune %d: %v", below, err)
				}
			}
			if first, next := log.Bounds(); first != 59 || next != 60 {
				t.Errorf("records %d to %d", first, next)
			}
			if err := log.Prune(60); !errors.Is(err, deltalog.ErrGap) {
				t.Errorf("dropped the last record: %v", err)
			}
			count := 0
			if err := log.Replay(59, func(uint64, []byte) error { count++; return nil }); err != nil || count != 1 {
				t.Errorf("%d records, %v", count, err)
			}
			if err := log.Replay(58, func(uint64, []byte) error { return nil }); !errors.Is(err, deltalog.ErrPruned) {
				t.Errorf("replay of a pruned record: %v", err)
			}
		})
	}
}

// TestGapIsReported: a record that vanished is reported by replay, and by the
// pruner, which does its work all the same.
func TestGapIsReported(t *testing.T) {
	dir := t.TempDir()
	log := openPebble(t, dir, nil)
	for i := range uint64(30) {
		if err := log.Append(i, record(i, 1)); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := pebble.Open(dir, &pebble.Options{FormatMajorVersion: pebble.FormatNewest, Logger: quiet{}})
	if err != nil {
		t.Fatal(err)
	}
	key := []byte{'r', 0, 0, 0, 0, 0, 0, 0, 7}
	if err := errors.Join(db.Delete(key, pebble.Sync), db.Close()); err != nil {
		t.Fatal(err)
	}
	log = openPebble(t, dir, nil)
	if err := log.Replay(0, func(uint64, []byte) error { return nil }); !errors.Is(err, deltalog.ErrGap) {
		t.Errorf("replay: %v", err)
	}
	if err := log.Prune(20); !errors.Is(err, deltalog.ErrGap) {
		t.Errorf("prune: %v", err)
	}
	if first, _ := log.Bounds(); first != 20 {
		t.Errorf("the pruner stopped at %d", first)
	}
	if err := errors.Join(log.Prune(25), log.Close()); err != nil {
		t.Error(err)
	}
}

type quiet struct{ pebble.Logger }

func (quiet) Infof(string, ...any)  {}
func (quiet) Errorf(string, ...any) {}

// size is how much a folder holds.
func size(t *testing.T, fs vfs.FS, dir string) (total int64) {
	t.Helper()
	names, err := fs.List(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if info, err := fs.Stat(fs.PathJoin(dir, name)); err == nil {
			total += info.Size()
		}
	}
	return total
}

// TestLogIsBounded: with retention the folder holds about what is kept, however
// much went through it.
func TestLogIsBounded(t *testing.T) {
	fs := vfs.NewMem()
	log, err := deltalog.OpenPebble("log", deltalog.Options{FS: fs, MemTable: smallTables})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(5, 5))
	const keep, each = 32, 8000
	rounds, most := 2000, int64(0)
	if long() {
		rounds = 50_000
	}
	for i := range uint64(rounds) {
		rec := make([]byte, each)
		for k := range rec {
			rec[k] = byte(r.Uint32())
		}
		if err := log.Append(i, rec); err != nil {
			t.Fatal(err)
		}
		if i > keep && i%keep == 0 {
			if err := log.Prune(i - keep); err != nil {
				t.Fatal(err)
			}
			most = max(most, size(t, fs, "log"))
		}
	}
	if limit := int64(64 * keep * each); most > limit {
		t.Errorf("the folder grew to %d bytes, kept are %d", most, 2*keep*each)
	}
	t.Logf("%d bytes went through, the folder held at most %d", rounds*each, most)
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestEveryByteOnDisk flips bits in every file of a closed log: it opens to the
// same records or not at all.
func TestEveryByteOnDisk(t *testing.T) {
	build := func() *vfs.MemFS {
		fs := vfs.NewCrashableMem()
		log, err := deltalog.OpenPebble("log", deltalog.Options{FS: fs, MemTable: smallTables})
		if err != nil {
			t.Fatal(err)
		}
		j := &journal{}
		j.script(t, log, rand.New(rand.NewPCG(6, 6)), 36)
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
		return fs
	}
	var want [][]byte
	fs := build()
	read := func(fs vfs.FS) (out [][]byte, err error) {
		log, err := deltalog.OpenPebble("log", deltalog.Options{FS: fs, MemTable: smallTables})
		if err != nil {
			return nil, err
		}
		first, _ := log.Bounds()
		err = log.Replay(first, func(_ uint64, rec []byte) error { out = append(out, bytes.Clone(rec)); return nil })
		return out, errors.Join(err, log.Close())
	}
	want, err := read(fs.CrashClone(vfs.CrashCloneCfg{}))
	if err != nil || len(want) == 0 {
		t.Fatalf("%d records, %v", len(want), err)
	}
	names, err := fs.List("log")
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(7, 7))
	flips, same, refused := 0, 0, 0
	each := 25
	if long() {
		each = 1000
	}
	for _, name := range names {
		info, err := fs.Stat("log/" + name)
		if err != nil || info.Size() == 0 {
			continue
		}
		for range each {
			clone := fs.CrashClone(vfs.CrashCloneCfg{})
			flip(t, clone, "log/"+name, r.Int64N(info.Size()), 1<<r.IntN(8))
			got, err := read(clone)
			flips++
			switch {
			case err != nil:
				refused++
			case !equal(got, want):
				t.Fatalf("%s: another log: %d records instead of %d", name, len(got), len(want))
			default:
				same++
			}
		}
	}
	t.Logf("%d flips in %d files: %d refused, %d harmless", flips, len(names), refused, same)
}

func equal(a, b [][]byte) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !bytes.Equal(a[i], b[i]) {
			return false
		}
	}
	return true
}

func flip(t *testing.T, fs vfs.FS, name string, at int64, mask byte) {
	t.Helper()
	data := readFile(t, fs, name)
	data[at] ^= mask
	f, err := fs.Create(name, "test")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		t.Fatal(err)
	}
}

func readFile(t *testing.T, fs vfs.FS, name string) []byte {
	t.Helper()
	f, err := fs.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(f)
	if err = errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	return data
}

// TestLastRecordDamaged: the case that only the mark can tell from a torn write.
func TestLastRecordDamaged(t *testing.T) {
	fs := vfs.NewCrashableMem()
	log := openPebble(t, "log", fs)
	last := bytes.Repeat([]byte("the last record "), 20)
	for i, rec := range [][]byte{[]byte("zero"), []byte("one"), last} {
		if err := log.Append(uint64(i), rec); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	names, err := fs.List("log")
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, name := range names {
		at := bytes.Index(readFile(t, fs, "log/"+name), last)
		if at < 0 {
			continue
		}
		found = true
		flip(t, fs, "log/"+name, int64(at+5), 1)
	}
	if _, err := deltalog.OpenPebble("log", deltalog.Options{FS: fs}); !found || err == nil {
		t.Errorf("a damaged last record passed for a torn one: %v", err)
	}
}

// TestCheckpointsAtEveryOperation: whatever change of the disk fails, and
// wherever the power is cut, each checkpoint is whole or not there, and the old
// one stays until the new one is whole.
func TestCheckpointsAtEveryOperation(t *testing.T) {
	fill := func(b byte) func(io.Writer) error {
		return func(w io.Writer) error {
			for range 20 {
				if _, err := w.Write(bytes.Repeat([]byte{b}, 300<<10)); err != nil {
					return err
				}
			}
			return nil
		}
	}
	contents := func(fs vfs.FS) (out []byte) {
		s, err := deltalog.OpenCheckpoints("points", deltalog.Options{FS: fs})
		if err != nil {
			t.Fatal(err)
		}
		list, err := s.List()
		if err != nil {
			t.Fatal(err)
		}
		for _, seq := range list {
			f, n, err := s.Open(seq)
			if err != nil || n != 20*300<<10 {
				t.Fatalf("checkpoint %d: %d bytes, %v", seq, n, err)
			}
			b := make([]byte, n)
			if _, err := f.ReadAt(b, 0); err != nil {
				t.Fatal(err)
			}
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(b, bytes.Repeat(b[:1], len(b))) {
				t.Fatalf("checkpoint %d is mixed", seq)
			}
			out = append(out, b[0])
		}
		if names, err := fs.List("points"); err != nil || len(names) != len(list) {
			t.Fatalf("left over: %v, %v", names, err)
		}
		return out
	}
	rng := rand.New(rand.NewPCG(8, 8))
	cuts, faults := 0, 0
	cut := func(mem *vfs.MemFS, n int64) {
		for _, percent := range []int{0, 100, rng.IntN(101)} {
			switch got := string(contents(mem.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: percent, RNG: rng}))); got {
			case "1", "21", "2": // the old one is removed after the new one is whole
			default:
				t.Fatalf("cut before change %d: checkpoints %s", n, got)
			}
			cuts++
		}
	}
	for at, total := int64(0), int64(1); at <= total; at++ { // the first run only cuts
		mem := vfs.NewCrashableMem()
		armed := false
		h := &hook{}
		h.on = func(_ errorfs.Op, n int64) error {
			if !armed {
				return nil
			}
			if at == 0 {
				cut(mem, n)
			}
			if n == at {
				faults++
				return syscall.ENOSPC
			}
			return nil
		}
		s, err := deltalog.OpenCheckpoints("points", deltalog.Options{FS: errorfs.Wrap(mem, h)})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Write(1, fill('1')); err != nil {
			t.Fatal(err)
		}
		h.n.Store(0)
		armed = true
		err = s.Write(2, fill('2'))
		if err == nil {
			err = s.Remove(1)
		}
		armed = false
		if at == 0 {
			total = h.n.Load()
		}
		if at > 0 && !errors.Is(err, syscall.ENOSPC) || at == 0 && err != nil {
			t.Fatalf("fault %d of %d: %v", at, total, err)
		}
		if got := string(contents(mem)); got != "1" && got != "21" && got != "2" {
			t.Fatalf("after fault %d: checkpoints %s", at, got)
		}
		if err := errors.Join(s.Write(2, fill('2')), s.Remove(1)); err != nil {
			t.Fatalf("after fault %d: %v", at, err)
		}
		if got := string(contents(mem)); got != "2" {
			t.Fatalf("after fault %d and again: checkpoints %s", at, got)
		}
	}
	t.Logf("%d cuts, %d faults", cuts, faults)
}
