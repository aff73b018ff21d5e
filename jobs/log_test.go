package jobs_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"testing"

	"vmhost/jobs"
)

func openLog(tb testing.TB, dir string, o jobs.FileLogOptions) *jobs.FileLog {
	tb.Helper()
	l, err := jobs.OpenFileLog(dir, o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = l.Close() })
	return l
}

func rec(i int) []byte { return fmt.Appendf(nil, "record %d %s", i, bytes.Repeat([]byte{'x'}, i%7)) }

func appendN(tb testing.TB, l jobs.Log, from, n int) {
	tb.Helper()
	for i := from; i < from+n; i++ {
		seq, err := l.Append([][]byte{rec(i)})
		if err != nil || seq != uint64(i) {
			tb.Fatalf("append %d: seq %d, %v", i, seq, err)
		}
	}
}

func readAll(tb testing.TB, l jobs.Log) []jobs.Entry {
	tb.Helper()
	from, _ := l.Bounds()
	out, err := l.Read(from, 1<<20)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// Both logs behave the same.
func TestLogContract(t *testing.T) {
	logs := map[string]func(t *testing.T) jobs.Log{
		"memory": func(*testing.T) jobs.Log { return jobs.NewMemLog(4, 2) },
		"file": func(t *testing.T) jobs.Log {
			t.Helper()
			return openLog(t, t.TempDir(), jobs.FileLogOptions{SegmentBytes: 200, RetainBytes: 500})
		},
	}
	for name, open := range logs {
		t.Run(name, func(t *testing.T) {
			l := open(t)
			if o, n := l.Bounds(); o != 1 || n != 1 {
				t.Fatalf("empty bounds %d %d", o, n)
			}
			seq, err := l.Append([][]byte{rec(1), rec(2), rec(3)})
			if err != nil || seq != 1 {
				t.Fatal(seq, err)
			}
			appendN(t, l, 4, 2)
			got := readAll(t, l)
			if len(got) != 5 {
				t.Fatalf("%d entries", len(got))
			}
			seen := map[jobs.Check]bool{}
			for i, e := range got {
				if e.Seq != uint64(i+1) || !bytes.Equal(e.Data, rec(i+1)) || seen[e.Check] {
					t.Fatalf("entry %d: %+v", i, e)
				}
				seen[e.Check] = true
			}
			if es, err := l.Read(2, 2); err != nil || len(es) != 2 || !bytes.Equal(es[0].Data, got[1].Data) {
				t.Fatal(es, err)
			}
			if es, err := l.Read(6, 9); err != nil || len(es) != 0 {
				t.Fatal("reading at the end", es, err)
			}
			for i := 6; ; i++ {
				if l.Full() {
					if err := l.Roll([]byte("snapshot")); err != nil {
						t.Fatal(err)
					}
				}
				if o, _ := l.Bounds(); o > 1 {
					break
				}
				if i > 200 {
					t.Fatal("retention never drops anything")
				}
				appendN(t, l, i, 1)
			}
			if _, err := l.Read(1, 1); !errors.Is(err, jobs.ErrTooOld) {
				t.Fatal("read past retention:", err)
			}
			if s, err := l.Snapshot(); err != nil || string(s) != "snapshot" {
				t.Fatal(s, err)
			}
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
			if _, err := l.Append([][]byte{rec(0)}); !errors.Is(err, jobs.ErrClosed) {
				t.Fatal("append after close:", err)
			}
		})
	}
}

func segments(tb testing.TB, dir string) []string {
	tb.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.log"))
	if err != nil || len(names) == 0 {
		tb.Fatal(names, err)
	}
	sort.Strings(names)
	return names
}

func TestFileLogReopens(t *testing.T) {
	dir := t.TempDir()
	o := jobs.FileLogOptions{SegmentBytes: 150, RetainBytes: 1 << 20}
	l := openLog(t, dir, o)
	for i := 1; i < 30; i++ {
		appendN(t, l, i, 1)
		if l.Full() {
			if err := l.Roll(nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	want, epoch := readAll(t, l), l.Epoch()
	_ = l.Close()
	l = openLog(t, dir, o)
	got := readAll(t, l)
	if l.Epoch() != epoch || len(got) != len(want) || len(segments(t, dir)) < 3 {
		t.Fatalf("%d of %d entries in %d segments", len(got), len(want), len(segments(t, dir)))
	}
	for i := range got {
		if got[i].Seq != want[i].Seq || got[i].Check != want[i].Check || !bytes.Equal(got[i].Data, want[i].Data) {
			t.Fatalf("entry %d differs", i)
		}
	}
	appendN(t, l, 30, 1)
}

// A crash can leave any prefix of the last frame. Opening cuts it off and loses
// nothing before it.
func TestFileLogTornTail(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, dir, jobs.FileLogOptions{})
	appendN(t, l, 1, 3)
	_ = l.Close()
	name := segments(t, dir)[0]
	before, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	l = openLog(t, dir, jobs.FileLogOptions{})
	appendN(t, l, 4, 1)
	_ = l.Close()
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for cut := len(before); cut <= len(whole); cut++ {
		for _, tail := range []string{"", "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"} {
			data := append(append([]byte(nil), whole[:cut]...), tail...)
			if err := os.WriteFile(name, data, 0o600); err != nil {
				t.Fatal(err)
			}
			l, err := jobs.OpenFileLog(dir, jobs.FileLogOptions{})
			if err != nil {
				t.Fatalf("cut at %d of %d (+%d zeros): %v", cut, len(whole), len(tail), err)
			}
			want := 3
			if cut == len(whole) {
				want = 4
			}
			if got := readAll(t, l); len(got) != want {
				t.Fatalf("cut at %d: %d entries, want %d", cut, len(got), want)
			}
			appendN(t, l, want+1, 1)
			_ = l.Close()
		}
	}
}

// A flipped bit before the tail is damage, never silently cut.
func TestFileLogDamage(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, dir, jobs.FileLogOptions{})
	appendN(t, l, 1, 2)
	_ = l.Close()
	name := segments(t, dir)[0]
	guarded, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	l = openLog(t, dir, jobs.FileLogOptions{})
	appendN(t, l, 3, 1)
	_ = l.Close()
	whole, _ := os.ReadFile(name)
	for i := range guarded {
		bad := append([]byte(nil), whole...)
		bad[i] ^= 0x10
		if err := os.WriteFile(name, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := jobs.OpenFileLog(dir, jobs.FileLogOptions{})
		if !errors.Is(err, jobs.ErrCorrupt) {
			t.Fatalf("flip at %d of %d: %v", i, len(whole), err)
		}
		if l != nil {
			t.Fatal("log returned with an error")
		}
	}
}

func TestFileLogRefusesOtherFormat(t *testing.T) {
	dir := t.TempDir()
	openLog(t, dir, jobs.FileLogOptions{})
	name := segments(t, dir)[0]
	if err := os.WriteFile(name, jobs.AppendFrame(nil, []byte(`{"format":"vmhost-results/9"}`)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := jobs.OpenFileLog(dir, jobs.FileLogOptions{}); !errors.Is(err, jobs.ErrFormat) {
		t.Fatal(err)
	}
}

func TestFileLogMissingSegment(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, dir, jobs.FileLogOptions{SegmentBytes: 1})
	for i := 1; i < 5; i++ {
		appendN(t, l, i, 1)
		if err := l.Roll(nil); err != nil {
			t.Fatal(err)
		}
	}
	_ = l.Close()
	if err := os.Remove(segments(t, dir)[2]); err != nil {
		t.Fatal(err)
	}
	if _, err := jobs.OpenFileLog(dir, jobs.FileLogOptions{}); !errors.Is(err, jobs.ErrCorrupt) {
		t.Fatal(err)
	}
}

func FuzzDecodeBatch(f *testing.F) {
	f.Add(jobs.EncodeBatch([][]byte{rec(1), rec(2)}))
	f.Add([]byte("\x00\x00\x00\x01\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		recs, err := jobs.DecodeBatch(data)
		if err != nil {
			if !errors.Is(err, jobs.ErrCorrupt) {
				t.Fatal(err)
			}
			return
		}
		if !bytes.Equal(jobs.EncodeBatch(recs), data) {
			t.Fatal("another encoding of the same batch was accepted")
		}
	})
}

func FuzzDecodeRecord(f *testing.F) {
	f.Add([]byte(`{"type":"final","time":1,"head":{"number":"0x1","hash":"0x` + fmt.Sprintf("%064d", 1) + `"},"to":{"number":"0x1","hash":"0x` + fmt.Sprintf("%064d", 1) + `"}}`))
	f.Add([]byte(`{"type":"data"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := jobs.DecodeRecord(jobs.Entry{Seq: 1, Data: data})
		if err != nil {
			if !errors.Is(err, jobs.ErrCorrupt) {
				t.Fatal(err)
			}
			return
		}
		jobs.ApplyRecord(r) // must not panic, whatever it says
	})
}

func BenchmarkFileLogAppend(b *testing.B) {
	l := openLog(b, b.TempDir(), jobs.FileLogOptions{})
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		i++
		if _, err := l.Append([][]byte{rec(i), rec(i + 1)}); err != nil {
			b.Fatal(err)
		}
	}
}
