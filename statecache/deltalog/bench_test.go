package deltalog_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkAppend compares a record's way to the disk with the least there is:
// the same bytes written to a file and synced.
func BenchmarkAppend(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, size := range []int{10 << 10, 100 << 10} {
		rec := make([]byte, size)
		for i := range rec {
			rec[i] = byte(r.Uint32())
		}
		name := map[int]string{10 << 10: "10KB", 100 << 10: "100KB"}[size]
		b.Run("store=file/size="+name, func(b *testing.B) {
			f, err := os.Create(filepath.Join(b.TempDir(), "raw"))
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				rec[r.IntN(size)]++
				if _, err := f.Write(rec); err != nil {
					b.Fatal(err)
				}
				if err := f.Sync(); err != nil {
					b.Fatal(err)
				}
			}
			if err := f.Close(); err != nil {
				b.Fatal(err)
			}
		})
		b.Run("store=pebble/size="+name, func(b *testing.B) {
			p := openPebble(b, b.TempDir(), nil)
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for seq := uint64(0); b.Loop(); seq++ {
				rec[r.IntN(size)]++
				if err := p.Append(seq, rec); err != nil {
					b.Fatal(err)
				}
				if seq%512 == 511 { // as a node does
					if err := p.Prune(seq - 256); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.StopTimer()
			if err := p.Close(); err != nil {
				b.Fatal(err)
			}
		})
	}
}
