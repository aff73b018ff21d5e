package statecache_test

import (
	"errors"
	"math/rand/v2"
	"testing"

	"vmhost/statecache"
	"vmhost/statecache/deltalog"
)

// records reads a log out.
func records(t *testing.T, log statecache.DeltaLog) (out [][]byte) {
	t.Helper()
	if err := log.Replay(0, func(_ uint64, rec []byte) error {
		out = append(out, append([]byte(nil), rec...))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// logOf makes a log of given records.
func logOf(t *testing.T, recs [][]byte) *deltalog.Memory {
	t.Helper()
	m := &deltalog.Memory{}
	for i, rec := range recs {
		if err := m.Append(uint64(i), rec); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

// story runs a little of everything: definitions, growth, a reorg, finality, and
// a definition that is still pending at the end.
func story(t *testing.T, c *statecache.Cache) {
	t.Helper()
	define := func(name string, count uint64) {
		if err := c.Define(statecache.Collection{Name: name, Base: word(count), Items: entries(word(count), 0, count)}); err != nil {
			t.Fatal(err)
		}
	}
	define("a", 3)
	base := grow(t, c, 50, 2, 0)
	if err := c.Extend("a", entries(word(3), 3, 5)); err != nil {
		t.Fatal(err)
	}
	grow(t, c, 0, 2, 1)
	if err := c.Rollback(base); err != nil {
		t.Fatal(err)
	}
	define("b", 2)
	grow(t, c, 0, 2, 2)
	if err := c.Finalize(52); err != nil {
		t.Fatal(err)
	}
	define("pending", 4)
}

func TestRecovery(t *testing.T) {
	log := &deltalog.Memory{}
	c := newCache(t, statecache.Options{Log: log, Window: 8})
	story(t, c)
	for round := range 3 {
		again := newCache(t, statecache.Options{Log: log, Window: 8})
		if !equalDigests(c.Digests(), again.Digests()) || again.Finalized() != 52 || len(again.Pending()) != len(c.Pending()) {
			t.Fatalf("round %d: recovered state differs", round)
		}
		// both go on alike; the log belongs to the recovered one
		h := header(must(again.Head()), 9)
		changes := changesFor(again, 9)
		got, err := again.Apply(h, changes)
		if err != nil {
			t.Fatal(err)
		}
		plain := newCache(t, statecache.Options{Window: 8})
		story(t, plain)
		for range round {
			grow(t, plain, 0, 1, 9)
		}
		want, err := plain.Apply(h, changes)
		if err != nil || got != want {
			t.Fatalf("round %d: %x, want %x, %v", round, got, want, err)
		}
		c = again
	}
}

// TestRecoveryWithSmallerWindow keeps fewer blocks, with the same commitments.
func TestRecoveryWithSmallerWindow(t *testing.T) {
	log := &deltalog.Memory{}
	c := newCache(t, statecache.Options{Log: log, Window: 8})
	story(t, c)
	small := newCache(t, statecache.Options{Log: log, Window: 2, HardCap: 8})
	head := must(c.Head())
	want, _ := c.CommitmentAt(head)
	if got, err := small.CommitmentAt(head); err != nil || got != want {
		t.Errorf("%x, %v", got, err)
	}
	if old := must(small.Oldest()); old.Number != head.Number-1 {
		t.Errorf("oldest is %v", old)
	}
}

// TestEveryByteOfTheLog: a flipped byte anywhere, a missing, doubled or swapped
// record is refused; a log cut at a record's end is an earlier state.
func TestEveryByteOfTheLog(t *testing.T) {
	log := &deltalog.Memory{}
	story(t, newCache(t, statecache.Options{Log: log}))
	recs := records(t, log)
	open := func(recs [][]byte) (*statecache.Cache, error) {
		return statecache.New(statecache.Options{ChainID: chainID, Log: logOf(t, recs)})
	}
	r := rand.New(rand.NewPCG(2, 3))
	for i := range recs {
		for pos := 0; pos < len(recs[i]); pos += 1 + r.IntN(40) {
			bad := append([][]byte(nil), recs...)
			bad[i] = append([]byte(nil), recs[i]...)
			bad[i][pos] ^= 1 << r.IntN(8)
			if _, err := open(bad); !errors.Is(err, statecache.ErrLogCorrupt) {
				t.Fatalf("record %d byte %d flipped: %v", i, pos, err)
			}
		}
		short := append([][]byte(nil), recs...)
		short[i] = recs[i][:r.IntN(len(recs[i]))]
		if _, err := open(short); !errors.Is(err, statecache.ErrLogCorrupt) {
			t.Errorf("record %d cut: %v", i, err)
		}
		if i+1 < len(recs) {
			missing := append(append([][]byte(nil), recs[:i]...), recs[i+1:]...)
			if _, err := open(missing); !errors.Is(err, statecache.ErrLogCorrupt) {
				t.Errorf("record %d missing: %v", i, err)
			}
			swapped := append([][]byte(nil), recs...)
			swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
			if _, err := open(swapped); !errors.Is(err, statecache.ErrLogCorrupt) {
				t.Errorf("records %d and next swapped: %v", i, err)
			}
		}
		doubled := append(append(append([][]byte(nil), recs[:i+1]...), recs[i]), recs[i+1:]...)
		if _, err := open(doubled); !errors.Is(err, statecache.ErrLogCorrupt) {
			t.Errorf("record %d doubled: %v", i, err)
		}
		if _, err := open(recs[:i]); err != nil {
			t.Errorf("log of the first %d records: %v", i, err)
		}
	}
}

func TestLogOfAnotherChain(t *testing.T) {
	log := &deltalog.Memory{}
	story(t, newCache(t, statecache.Options{Log: log}))
	for _, o := range []statecache.Options{{ChainID: 1, Log: log}, {ChainID: chainID, NoHistory: true, Log: log}} {
		if _, err := statecache.New(o); !errors.Is(err, statecache.ErrOptions) {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

var errDisk = errors.New("disk full")

// faultyLog fails once at a given append, before or after storing the record.
type faultyLog struct {
	deltalog.Memory
	at        uint64
	persisted bool
	failed    bool
}

func (f *faultyLog) Append(seq uint64, rec []byte) error {
	if seq != f.at || f.failed {
		return f.Memory.Append(seq, rec)
	}
	f.failed = true
	if f.persisted {
		if err := f.Memory.Append(seq, rec); err != nil {
			return err
		}
	}
	return errDisk
}

// TestFailingLog: each append fails once, with the record lost or stored all the
// same. Nothing is published; after a crash here the log opens; without a crash
// the next call replaces the record.
func TestFailingLog(t *testing.T) {
	ops := []func(c *statecache.Cache) error{
		func(c *statecache.Cache) error {
			return c.Define(statecache.Collection{Name: "a", Items: slotItems(0, 3)})
		},
		func(c *statecache.Cache) error { return tryGrow(c, 0) },
		func(c *statecache.Cache) error { return c.Extend("a", slotItems(3, 4)) },
		func(c *statecache.Cache) error { return tryGrow(c, 0) },
		func(c *statecache.Cache) error {
			return c.Rollback(statecache.BlockRef{Number: 1, Hash: hash32(1, 0)})
		},
		func(c *statecache.Cache) error { return tryGrow(c, 1) },
		func(c *statecache.Cache) error { return c.Finalize(2) },
	}
	want := newCache(t, statecache.Options{})
	for _, op := range ops {
		if err := op(want); err != nil {
			t.Fatal(err)
		}
	}
	for at := range ops {
		for _, persisted := range []bool{false, true} {
			log := &faultyLog{at: uint64(at + 1), persisted: persisted}
			c := newCache(t, statecache.Options{Log: log})
			for i, op := range ops {
				before, pending, final := c.Digests(), len(c.Pending()), c.Finalized()
				err := op(c)
				if i != at {
					if err != nil {
						t.Fatal(err)
					}
					continue
				}
				if !errors.Is(err, statecache.ErrLog) || !errors.Is(err, errDisk) {
					t.Fatalf("op %d: %v", i, err)
				}
				if !equalDigests(before, c.Digests()) || pending != len(c.Pending()) || final != c.Finalized() {
					t.Fatalf("op %d was published although not durable", i)
				}
				if _, err := statecache.New(statecache.Options{ChainID: chainID, Log: logOf(t, records(t, log))}); err != nil {
					t.Fatalf("op %d: after a crash here: %v", i, err)
				}
				if err := op(c); err != nil {
					t.Fatalf("op %d again: %v", i, err)
				}
			}
			again := newCache(t, statecache.Options{Log: logOf(t, records(t, log))})
			if !equalDigests(c.Digests(), want.Digests()) || !equalDigests(again.Digests(), want.Digests()) {
				t.Fatalf("op %d persisted %v: another state at the end", at, persisted)
			}
		}
	}
}

// TestFailureThenAnotherOp: after a failed append the caller may do something
// else; the record left behind is replaced.
func TestFailureThenAnotherOp(t *testing.T) {
	log := &faultyLog{at: 2, persisted: true}
	c := newCache(t, statecache.Options{Log: log})
	if err := tryGrow(c, 0); err != nil {
		t.Fatal(err)
	}
	if err := tryGrow(c, 0); !errors.Is(err, errDisk) {
		t.Fatal(err)
	}
	if err := tryGrow(c, 5); err != nil { // another block 2
		t.Fatal(err)
	}
	again := newCache(t, statecache.Options{Log: log})
	if !equalDigests(c.Digests(), again.Digests()) || must(again.Head()).Hash != hash32(2, 5) {
		t.Error("the replaced record came back")
	}
}

func tryGrow(c *statecache.Cache, fork uint64) error {
	head, _ := c.Head()
	_, err := c.Apply(header(head, fork), changesFor(c, fork))
	return err
}

// TestLogThatCannotBeRead: the log's own error comes through.
func TestLogThatCannotBeRead(t *testing.T) {
	if _, err := statecache.New(statecache.Options{Log: &unreadable{}}); !errors.Is(err, errDisk) {
		t.Errorf("%v", err)
	}
}

type unreadable struct{ deltalog.Memory }

func (*unreadable) Replay(uint64, func(uint64, []byte) error) error { return errDisk }
