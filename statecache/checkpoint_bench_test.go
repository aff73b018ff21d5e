package statecache_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"vmhost/statecache"
	"vmhost/statecache/deltalog"
)

// filled makes a durable cache of some keys in collections of at most 2^20 and
// applies blocks that change 2,000 of them.
func filled(tb testing.TB, dir string, keys, blocks uint64) (durable, *statecache.Cache) {
	tb.Helper()
	d := durableIn(tb, dir)
	c, err := statecache.New(d.options())
	if err != nil {
		tb.Fatal(err)
	}
	const most = 1 << 20
	for from := uint64(0); from < keys; from += most {
		if err := c.Define(statecache.Collection{Name: fmt.Sprintf("c%d", from/most), Items: slotItems(from, min(from+most, keys))}); err != nil {
			tb.Fatal(err)
		}
		grow(tb, c, 1, 1, 0)
	}
	for n := range blocks {
		head := must(c.Head())
		changes := make([]statecache.Change, 0, 2000)
		for i := range min(2000, keys) {
			at := (i*7919 + n*104729) % keys // distinct: 7919 is a prime
			changes = append(changes, statecache.Change{Collection: fmt.Sprintf("c%d", at/most), Index: uint32(at % most), Value: hash32(i, n)})
		}
		if _, err := c.Apply(header(head, 0), changes); err != nil {
			tb.Fatal(err)
		}
	}
	return d, c
}

func durableIn(tb testing.TB, dir string) (d durable) {
	tb.Helper()
	var err error
	if d.log, err = deltalog.OpenPebble(dir+"/log", deltalog.Options{}); err != nil {
		tb.Fatal(err)
	}
	if d.points, err = deltalog.OpenCheckpoints(dir+"/points", deltalog.Options{}); err != nil {
		tb.Fatal(err)
	}
	return d
}

// BenchmarkCheckpoint collects garbage, writes a checkpoint to the disk and recovers from it, with
// a window of records to replay. VMHOST_LONG=1 takes 10 million keys.
func BenchmarkCheckpoint(b *testing.B) {
	keys := uint64(100_000)
	if long() {
		keys = 10_000_000
	}
	dir := b.TempDir()
	d, c := filled(b, dir, keys, durableWindow)
	const blocks = durableWindow
	b.Run(fmt.Sprintf("op=collect/keys=%d", keys), collect)
	b.Run(fmt.Sprintf("op=write/keys=%d", keys), func(b *testing.B) {
		var size, n int64
		for b.Loop() {
			b.StopTimer()
			grow(b, c, 0, 1, 0) // so that the oldest block is another
			b.StartTimer()
			seq, err := c.Checkpoint(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			f, bytes, err := d.points.Open(seq)
			if err != nil {
				b.Fatal(err)
			}
			if err := f.Close(); err != nil {
				b.Fatal(err)
			}
			size, n = size+bytes, n+1
		}
		b.ReportMetric(float64(size)/1e6/b.Elapsed().Seconds(), "MB/s")
		b.ReportMetric(float64(size)/float64(n)/float64(keys), "B/key")
	})
	if _, err := c.Checkpoint(b.Context()); err != nil { // also if only recovery is measured
		b.Fatal(err)
	}
	if err := d.log.Close(); err != nil {
		b.Fatal(err)
	}
	c = nil
	runtime.GC()
	b.Run(fmt.Sprintf("op=recover/keys=%d/blocks=%d", keys, blocks), func(b *testing.B) {
		var load time.Duration
		for b.Loop() {
			d := durableIn(b, dir)
			opts := d.options()
			start := time.Now()
			opts.Progress = func(p statecache.Progress) {
				if p.Stage == "checkpoint" && p.Done == p.Total {
					load += time.Since(start)
				}
			}
			if _, err := statecache.New(opts); err != nil {
				b.Fatal(err)
			}
			b.StopTimer()
			if err := d.log.Close(); err != nil {
				b.Fatal(err)
			}
			runtime.GC()
			b.StartTimer()
		}
		b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/float64(keys)*1e6, "s/Mkeys")
		b.ReportMetric(load.Seconds()/float64(b.N)/float64(keys)*1e6, "load-s/Mkeys")
	})
}
