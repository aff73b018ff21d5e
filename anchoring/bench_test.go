package anchoring_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"vmhost/anchoring"
	"vmhost/anchoring/devchain"
	"vmhost/anchoring/devchain/demo"
	"vmhost/statecache"
)

// BenchmarkHeadToApplied measures from a head reaching the follower to its block
// being in the cache: proofs of a trading pool and 32 balances over websocket.
func BenchmarkHeadToApplied(b *testing.B) {
	c, err := devchain.New(devchain.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close() //nolint:errcheck // end of a benchmark
	d, err := demo.Deploy(b.Context(), c, demo.Options{})
	if err != nil {
		b.Fatal(err)
	}
	cache, err := statecache.New(statecache.Options{ChainID: devchain.ChainID})
	if err != nil {
		b.Fatal(err)
	}
	for _, col := range d.Collections() {
		if err := cache.Define(col); err != nil {
			b.Fatal(err)
		}
	}
	s, err := anchoring.NewSource(anchoring.SourceOptions{URL: c.WSURL(), Cache: cache})
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(b.Context())
	applied := make(chan *anchoring.Applied, 100)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = s.Run(ctx, func(_ context.Context, e anchoring.Event) error { // cancelled
			if a, ok := e.(*anchoring.Applied); ok {
				applied <- a
			}
			return nil
		})
	}()
	defer func() { cancel(); <-done }()
	wait := func() time.Duration {
		number, _ := c.Head()
		for a := range applied {
			if a.Header.Ref.Number == number {
				return time.Since(a.Received)
			}
		}
		return 0
	}
	wait()
	var took []time.Duration
	for b.Loop() {
		if err := c.Mine(1); err != nil {
			b.Fatal(err)
		}
		took = append(took, wait())
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-p50")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
}
