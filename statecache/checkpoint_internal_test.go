package statecache

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"

	"vmhost/statecache/internal/colfile"
)

// memPoints is the least checkpoint store.
type memPoints map[uint64][]byte

type memFile struct{ *bytes.Reader }

func (memFile) Close() error { return nil }

func (m memPoints) Write(seq uint64, fill func(io.Writer) error) error {
	var b bytes.Buffer
	if err := fill(&b); err != nil {
		return err
	}
	m[seq] = b.Bytes()
	return nil
}

func (m memPoints) List() (out []uint64, _ error) {
	for seq := range m {
		out = append(out, seq)
	}
	slices.Sort(out)
	slices.Reverse(out)
	return out, nil
}

func (m memPoints) Open(seq uint64) (interface {
	io.ReaderAt
	io.Closer
}, int64, error,
) {
	return memFile{bytes.NewReader(m[seq])}, int64(len(m[seq])), nil
}

func (m memPoints) Remove(seq uint64) error {
	delete(m, seq)
	return nil
}

func samplePoint(tb testing.TB) (Options, memPoints, uint64) {
	tb.Helper()
	points := memPoints{}
	opts := Options{ChainID: 7, Log: sampleLog(tb), Checkpoints: points}
	c, err := New(opts)
	if err != nil {
		tb.Fatal(err)
	}
	seq, err := c.Checkpoint(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	return opts, points, seq
}

// reseal writes a checkpoint again, with sound sums, after changing what it says.
func reseal(tb testing.TB, file []byte, edit func(m *checkpointMeta), cell func(column string, i uint64, b []byte)) []byte {
	tb.Helper()
	r, m, err := openCheckpoint(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		tb.Fatal(err)
	}
	var b bytes.Buffer
	w, err := colfile.NewWriter(&b)
	if err != nil {
		tb.Fatal(err)
	}
	for _, col := range (&version{}).cellColumns(newStore(), 0, nil) {
		if err := w.Column(col.name, col.width()); err != nil {
			tb.Fatal(err)
		}
		if err := r.Each(col.name, col.width(), 1, func(first uint64, data []byte) error {
			data = bytes.Clone(data)
			for i := 0; cell != nil && i < len(data); i += col.width() {
				cell(col.name, first+uint64(i/col.width()), data[i:i+col.width()])
			}
			return w.Write(data)
		}); err != nil {
			tb.Fatal(err)
		}
	}
	if edit != nil {
		edit(m)
	}
	if err := w.Finish(m.encode()); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// TestForgedCheckpoint: the file's sums alone prove nothing: what it says must end
// in the commitment of the block whose record the log holds. What only hashing all
// of it can find is found by Verify.
func TestForgedCheckpoint(t *testing.T) {
	opts, points, seq := samplePoint(t)
	file := points[seq]
	open := func(file []byte) (*Cache, error) {
		points[seq] = file
		log := memLog(append([][]byte(nil), *opts.Log.(*memLog)...))
		bad := opts
		bad.Log = &pruned{memLog: log, first: seq - 1}
		return New(bad)
	}
	if _, err := open(reseal(t, file, nil, nil)); err != nil {
		t.Fatalf("resealed as it was: %v", err)
	}
	for name, edit := range map[string]func(m *checkpointMeta){
		"header":      func(m *checkpointMeta) { m.header.Timestamp++ },
		"commitment":  func(m *checkpointMeta) { m.commitment[31] ^= 1 },
		"position":    func(m *checkpointMeta) { m.mark.seq++ },
		"sum":         func(m *checkpointMeta) { m.mark.sum[0] ^= 1 },
		"definitions": func(m *checkpointMeta) { m.defs++ },
		"name":        func(m *checkpointMeta) { m.cols[0].name = "b" },
		"bad name":    func(m *checkpointMeta) { m.cols[0].name = "B" },
		"length":      func(m *checkpointMeta) { m.cols[0].n-- },
		"base":        func(m *checkpointMeta) { m.cols[0].base[0]++ },
		"twice":       func(m *checkpointMeta) { m.cols = append(m.cols, m.cols[0]) },
		"none":        func(m *checkpointMeta) { m.cols = nil },
		"history":     func(m *checkpointMeta) { m.past = 0 },
		"first block": func(m *checkpointMeta) { m.first = 1 << 40 },
		"anchor":      func(m *checkpointMeta) { m.anchor = m.anchor[:50] },
		"other anchor": func(m *checkpointMeta) {
			m.anchor = (*opts.Log.(*memLog))[1]
			m.mark.sum = recordSum(m.anchor)
		},
	} {
		if _, err := open(reseal(t, file, edit, nil)); err == nil {
			t.Errorf("%s: accepted", name)
		} else if !errors.Is(err, ErrCheckpoint) && !errors.Is(err, ErrDiverged) && !errors.Is(err, ErrLogCorrupt) {
			t.Errorf("%s: %v", name, err)
		}
	}
	late := 0
	for _, column := range []string{"leaves", "nodes"} {
		cells := uint64(0)
		reseal(t, file, nil, func(name string, i uint64, _ []byte) {
			if name == column {
				cells = i + 1
			}
		})
		for i := range cells {
			c, err := open(reseal(t, file, nil, func(name string, k uint64, b []byte) {
				if name == column && k == i {
					b[len(b)-1] ^= 1
				}
			}))
			if err == nil {
				late++
				_, err = c.Verify(t.Context(), VerifyOptions{})
			}
			if err == nil {
				t.Errorf("%s %d: accepted and verified", column, i)
			}
		}
	}
	t.Logf("%d changed cells were left to Verify", late)
}

// pruned is a log without its first records.
type pruned struct {
	memLog
	first uint64
}

func (p *pruned) Bounds() (uint64, uint64) { return p.first, uint64(len(p.memLog)) }

// FuzzCheckpointMeta: any description is refused or has one encoding.
func FuzzCheckpointMeta(f *testing.F) {
	_, points, seq := samplePoint(f)
	_, m, err := openCheckpoint(bytes.NewReader(points[seq]), int64(len(points[seq])))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(m.encode())
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := parseCheckpointMeta(b)
		if err == nil && !bytes.Equal(m.encode(), b) {
			t.Error("two encodings")
		}
	})
}
