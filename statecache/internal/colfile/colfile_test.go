package colfile_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"vmhost/statecache/internal/colfile"
)

type col struct {
	name  string
	width int
	data  []byte
}

func write(tb testing.TB, w io.Writer, meta []byte, cols []col) error {
	tb.Helper()
	f, err := colfile.NewWriter(w)
	if err != nil {
		return err
	}
	for _, c := range cols {
		if err := f.Column(c.name, c.width); err != nil {
			return err
		}
		if err := f.Write(c.data); err != nil {
			return err
		}
	}
	return f.Finish(meta)
}

// read returns everything a file says.
func read(b []byte, cols []col, workers int) (meta []byte, out []col, err error) {
	r, err := colfile.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, nil, err
	}
	for _, c := range cols {
		cells, err := r.Cells(c.name, c.width)
		if err != nil {
			return nil, nil, err
		}
		got := make([]byte, int(cells)*c.width)
		var mu sync.Mutex
		if err := r.Each(c.name, c.width, workers, func(first uint64, p []byte) error {
			mu.Lock()
			defer mu.Unlock()
			copy(got[int(first)*c.width:], p)
			return nil
		}); err != nil {
			return nil, nil, err
		}
		out = append(out, col{c.name, c.width, got})
	}
	return r.Meta(), out, nil
}

func random(r *rand.Rand, n int) []byte {
	b := make([]byte, n+8)
	for i := 0; i < n; i += 8 {
		binary.LittleEndian.PutUint64(b[i:], r.Uint64())
	}
	return b[:n]
}

func sample(r *rand.Rand) []col {
	return []col{
		{"values", 32, random(r, 32*300_000)}, // three chunks
		{"odd", 85, random(r, 85*50_000)},     // a chunk of whole cells, and a rest
		{"empty", 8, nil},
		{"one", 1, random(r, 1)},
		{"exact", colfile.ChunkSize, random(r, 2*colfile.ChunkSize)},
	}
}

func same(a, b []col) bool {
	return slices.EqualFunc(a, b, func(a, b col) bool { return a.name == b.name && a.width == b.width && bytes.Equal(a.data, b.data) })
}

func TestRoundTrip(t *testing.T) {
	want := sample(rand.New(rand.NewPCG(1, 1)))
	var b, again bytes.Buffer
	if err := errors.Join(write(t, &b, []byte("meta"), want), write(t, &again, []byte("meta"), want)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("two encodings of the same columns")
	}
	for _, workers := range []int{0, 1, 2, 50} {
		meta, got, err := read(b.Bytes(), want, workers)
		if err != nil || string(meta) != "meta" || !same(got, want) {
			t.Errorf("%d workers: %q, %v", workers, meta, err)
		}
	}
	r, err := colfile.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []col{{name: "nothing", width: 8}, {name: "values", width: 31}} {
		if err := r.Each(c.name, c.width, 1, nil); !errors.Is(err, colfile.ErrNoColumn) {
			t.Errorf("%q of %d: %v", c.name, c.width, err)
		}
	}
	stop := errors.New("stop")
	if err := r.Each("values", 32, 2, func(uint64, []byte) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("%v", err)
	}
}

func TestMisuse(t *testing.T) {
	for name, cols := range map[string][]col{
		"no name": {{"", 8, nil}}, "long name": {{string(make([]byte, 256)), 8, nil}}, "width 0": {{"a", 0, nil}},
		"wide": {{"a", colfile.ChunkSize + 1, nil}}, "twice": {{"a", 8, nil}, {"a", 8, nil}}, "part of a cell": {{"a", 8, make([]byte, 12)}},
	} {
		if err := write(t, io.Discard, nil, cols); !errors.Is(err, colfile.ErrMisuse) {
			t.Errorf("%s: %v", name, err)
		}
	}
	w, err := colfile.NewWriter(io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write([]byte{1}); !errors.Is(err, colfile.ErrMisuse) {
		t.Errorf("without a column: %v", err)
	}
}

// TestDamage: every byte of a small file, samples of a large one, and every cut.
func TestDamage(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	small := []col{{"a", 32, random(r, 32*5)}, {"b", 3, random(r, 9)}, {"c", 8, nil}}
	var b bytes.Buffer
	if err := write(t, &b, []byte("the meta"), small); err != nil {
		t.Fatal(err)
	}
	for at := range b.Len() {
		for bit := range 8 {
			bad := bytes.Clone(b.Bytes())
			bad[at] ^= 1 << bit
			if _, _, err := read(bad, small, 1); !errors.Is(err, colfile.ErrCorrupt) {
				t.Fatalf("byte %d bit %d: %v", at, bit, err)
			}
		}
		if _, _, err := read(b.Bytes()[:at], small, 1); !errors.Is(err, colfile.ErrCorrupt) {
			t.Fatalf("cut at %d: %v", at, err)
		}
	}
	if _, _, err := read(append(b.Bytes(), 0), small, 1); !errors.Is(err, colfile.ErrCorrupt) {
		t.Errorf("a byte too many: %v", err)
	}
	large := sample(r)
	var l bytes.Buffer
	if err := write(t, &l, nil, large); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		bad := l.Bytes()
		at, mask := r.IntN(len(bad)), byte(1<<r.IntN(8))
		bad[at] ^= mask
		if _, _, err := read(bad, large, 2); !errors.Is(err, colfile.ErrCorrupt) {
			t.Fatalf("byte %d: %v", at, err)
		}
		bad[at] ^= mask
	}
}

type failing struct{ left int }

var errFull = errors.New("full")

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestFailingWriter(t *testing.T) {
	cols := []col{{"a", 8, make([]byte, 800)}, {"b", 8, make([]byte, 80)}}
	var b bytes.Buffer
	if err := write(t, &b, nil, cols); err != nil {
		t.Fatal(err)
	}
	for n := range b.Len() {
		if err := write(t, &failing{n}, nil, cols); !errors.Is(err, errFull) {
			t.Fatalf("%d bytes of room: %v", n, err)
		}
	}
}

// FuzzReader: any file ends in an error or is the only encoding of what it says.
func FuzzReader(f *testing.F) {
	r := rand.New(rand.NewPCG(3, 3))
	var b bytes.Buffer
	if err := write(f, &b, []byte("m"), []col{{"a", 4, random(r, 40)}, {"b", 1, nil}}); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("vmhcol\x00\x01"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rd, err := colfile.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		_ = rd.Each("a", 4, 1, func(uint64, []byte) error { return nil })
	})
}

func BenchmarkWrite(b *testing.B) {
	cols := sample(rand.New(rand.NewPCG(4, 4)))
	n := 0
	for _, c := range cols {
		n += len(c.data)
	}
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		if err := write(b, io.Discard, nil, cols); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	cols := sample(rand.New(rand.NewPCG(4, 4)))
	var buf bytes.Buffer
	if err := write(b, &buf, nil, cols); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(buf.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := read(buf.Bytes(), cols, 2); err != nil {
			b.Fatal(err)
		}
	}
}
