package anchoring_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/devchain"
	"vmhost/anchoring/devchain/demo"
	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// meter is a proxy in front of a node that counts requests, the calls in them and
// bytes.
type meter struct {
	requests, calls, sent, got atomic.Int64
}

func (m *meter) start(tb testing.TB, node string) string {
	tb.Helper()
	target, err := url.Parse(node)
	if err != nil {
		tb.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.ModifyResponse = func(r *http.Response) error {
		b, err := io.ReadAll(r.Body)
		m.got.Add(int64(len(b)))
		r.Body = io.NopCloser(bytes.NewReader(b))
		return err
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body) // a short body fails at the node
		m.requests.Add(1)
		m.calls.Add(int64(bytes.Count(b, []byte(`"method"`))))
		m.sent.Add(int64(len(b)))
		r.Body = io.NopCloser(bytes.NewReader(b))
		r.Header.Del("Accept-Encoding") // what is counted is not compressed
		proxy.ServeHTTP(w, r)
	}))
	tb.Cleanup(srv.Close)
	return srv.URL
}

// BenchmarkBlock binds block after block of a chain where two swaps and three
// transfers change about 8 of the watched slots, all of them balances of one
// mapping and slots of a pool: requests, calls and bytes for each block, and the
// time from knowing the header to having the values proven.
func BenchmarkBlock(b *testing.B) {
	for _, slots := range []int{10, 100, 1000, 10_000} {
		b.Run(fmt.Sprintf("slots=%d", slots), func(b *testing.B) {
			c, err := devchain.New(devchain.Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer c.Close() //nolint:errcheck // end of a benchmark
			d, err := demo.Deploy(b.Context(), c, demo.Options{Holders: max(slots-8, 2), Transfers: 3})
			if err != nil {
				b.Fatal(err)
			}
			if err := c.Mine(200); err != nil { // most of the trie's holders have something
				b.Fatal(err)
			}
			m := &meter{}
			node, err := ethrpc.Dial(b.Context(), m.start(b, c.HTTPURL()))
			if err != nil {
				b.Fatal(err)
			}
			defer node.Close()
			binder := binding.NewBinder(binding.NewRPC(node))
			cols := d.Collections()
			bind := func() (time.Duration, []statecache.Change) {
				_, hash := c.Head()
				h, err := node.HeaderByHash(b.Context(), hash)
				if err != nil {
					b.Fatal(err)
				}
				m.requests.Store(0)
				m.calls.Store(0)
				m.sent.Store(0)
				m.got.Store(0)
				start := time.Now()
				changes, err := binder.Changes(b.Context(), h, cols)
				if err != nil {
					b.Fatal(err)
				}
				return time.Since(start), changes
			}
			bind()
			b.ReportMetric(float64(m.sent.Load()+m.got.Load())/1024, "first-KiB")
			var took []time.Duration
			var requests, calls, size, changed, asked int64
			for b.Loop() {
				if err := c.Mine(1); err != nil {
					b.Fatal(err)
				}
				d, changes := bind()
				took = append(took, d)
				requests, calls, size = requests+m.requests.Load(), calls+m.calls.Load(), size+m.sent.Load()+m.got.Load()
				changed, asked = changed+int64(len(changes)), asked+int64(binder.Stats().Slots)
			}
			n := float64(len(took))
			slices.Sort(took)
			b.ReportMetric(float64(requests)/n, "requests/block")
			b.ReportMetric(float64(calls)/n, "calls/block")
			b.ReportMetric(float64(size)/n/1024, "KiB/block")
			b.ReportMetric(float64(changed)/n, "changes/block")
			b.ReportMetric(float64(asked)/n, "proofs/block")
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-p50")
		})
	}
}
