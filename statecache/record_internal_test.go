package statecache

import (
	"bytes"
	"errors"
	"testing"
)

// memLog is the least log.
type memLog [][]byte

func (m *memLog) Append(seq uint64, rec []byte) error {
	*m = append((*m)[:seq], bytes.Clone(rec))
	return nil
}

func (m *memLog) Bounds() (first, next uint64) { return 0, uint64(len(*m)) }

func (m *memLog) Prune(uint64) error { return nil }

func (m *memLog) Replay(from uint64, fn func(uint64, []byte) error) error {
	for i, rec := range (*m)[from:] {
		if err := fn(from+uint64(i), rec); err != nil {
			return err
		}
	}
	return nil
}

func sampleLog(tb testing.TB) *memLog {
	tb.Helper()
	log := &memLog{}
	c, err := New(Options{ChainID: 7, Log: log})
	if err != nil {
		tb.Fatal(err)
	}
	if err := c.Define(Collection{Name: "a", Items: []Item{{}, {Kind: KindNonce}}}); err != nil {
		tb.Fatal(err)
	}
	h := BlockHeader{Ref: BlockRef{4, [32]byte{4}}}
	if _, err := c.Apply(h, []Change{{"a", 0, [32]byte{1}}, {"a", 1, [32]byte{2}}}); err != nil {
		tb.Fatal(err)
	}
	h = BlockHeader{Ref: BlockRef{5, [32]byte{5}}, Parent: h.Ref.Hash}
	if _, err := c.Apply(h, nil); err != nil {
		tb.Fatal(err)
	}
	if err := c.Rollback(BlockRef{4, [32]byte{4}}); err != nil {
		tb.Fatal(err)
	}
	if err := c.Finalize(4); err != nil {
		tb.Fatal(err)
	}
	return log
}

// TestForgedCommitment: a record whose checksum is right but whose commitment is
// not the replayed one is refused: the chain of sums alone proves nothing.
func TestForgedCommitment(t *testing.T) {
	log := sampleLog(t)
	for i, kind := range []byte{recOpen, recDefine, recApply, recApply, recRollback, recFinalize} {
		rec := (*log)[i]
		if rec[1] != kind {
			t.Fatalf("record %d has kind %d", i, rec[1])
		}
		if kind != recApply && kind != recRollback {
			continue
		}
		forged := memLog(append([][]byte(nil), *log...))[:i]
		payload := bytes.Clone(rec[recordHead : len(rec)-sumSize])
		payload[len(payload)-1] ^= 1
		forged = append(forged, sealRecord(kind, uint64(i), [32]byte(rec[10:]), payload))
		if _, err := New(Options{ChainID: 7, Log: &forged}); !errors.Is(err, ErrDiverged) {
			t.Errorf("record %d: %v", i, err)
		}
	}
}

// TestForgedPayloads: well sealed records with nonsense inside.
func TestForgedPayloads(t *testing.T) {
	log := *sampleLog(t)
	at := func(i int) (prev [32]byte, payload []byte) {
		return [32]byte(log[i][10:]), bytes.Clone(log[i][recordHead : len(log[i])-sumSize])
	}
	prev, apply := at(2)
	edit := func(f func(p []byte) []byte) []byte { return f(bytes.Clone(apply)) }
	for name, rec := range map[string][]byte{
		"unknown kind":   sealRecord(99, 2, prev, nil),
		"second open":    sealRecord(recOpen, 2, prev, nil),
		"empty":          sealRecord(recApply, 2, prev, nil),
		"bytes too many": sealRecord(recApply, 2, prev, append(bytes.Clone(apply), 0)),
		"count too big":  sealRecord(recApply, 2, prev, edit(func(p []byte) []byte { p[156] = 0xff; return p })),
		"logs too long":  sealRecord(recApply, 2, prev, edit(func(p []byte) []byte { p[len(p)-33] = 9; return p })),
		"definitions":    sealRecord(recApply, 2, prev, edit(func(p []byte) []byte { p[155] = 9; return p })),
		"handle":         sealRecord(recApply, 2, prev, edit(func(p []byte) []byte { p[163] = 9; return p })),
		"handle zero":    sealRecord(recApply, 2, prev, edit(func(p []byte) []byte { p[163] = 0; return p })),
		"record number":  sealRecord(recApply, 3, prev, apply),
	} {
		bad := memLog(append(append([][]byte(nil), log[:2]...), rec))
		if _, err := New(Options{ChainID: 7, Log: &bad}); !errors.Is(err, ErrLogCorrupt) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestRecordWithoutChange: what changes nothing is never logged.
func TestRecordWithoutChange(t *testing.T) {
	log := *sampleLog(t)
	last := log[len(log)-1]
	again := sealRecord(recFinalize, uint64(len(log)), [32]byte(last[len(last)-sumSize:]), appendFinalize(nil, 4))
	bad := append(log, again)
	if _, err := New(Options{ChainID: 7, Log: &bad}); !errors.Is(err, ErrLogCorrupt) {
		t.Errorf("%v", err)
	}
}

// FuzzRecord: replaying any payload of any kind ends in an error or in a state,
// never in a panic, and never allocates for a count that the bytes cannot hold.
func FuzzRecord(f *testing.F) {
	for _, rec := range *sampleLog(f) {
		f.Add(rec[1], rec[recordHead:len(rec)-sumSize])
	}
	f.Fuzz(func(t *testing.T, kind byte, payload []byte) {
		c, err := New(Options{ChainID: 7})
		if err != nil {
			t.Fatal(err)
		}
		before := len(c.rows)
		if err := c.redo(record{kind: kind, payload: &reader{b: payload, version: recordVersion}}); err != nil && len(c.rows) != before {
			t.Fatal("a refused record changed the cache")
		}
		if _, err := openRecord(payload, 0, [32]byte{}); err == nil {
			t.Log("payload is itself a record")
		}
	})
}
