package wsapi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"vmhost/jobs"
	"vmhost/jobs/jobstest"
	"vmhost/wsapi"
)

// benchServer has one trigger, a log on disk, and n results subscribers.
func benchServer(b *testing.B, n int) (*fixture, []*websocket.Conn) {
	b.Helper()
	log, err := jobs.OpenFileLog(b.TempDir(), jobs.FileLogOptions{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = log.Close() })
	f := start(b, wsapi.Options{}, jobs.Options{}, log)
	mod, err := f.world.Modules().Put(b.Context(), jobstest.Wasm("sum"), "")
	if err != nil {
		b.Fatal(err)
	}
	if _, err := f.world.CreateTrigger(b.Context(), jobs.NewTrigger{
		Program: mod.Hash, Input: []byte("in"), On: jobs.TriggerOn{EveryBlock: true},
	}); err != nil {
		b.Fatal(err)
	}
	conns := make([]*websocket.Conn, n)
	for i := range conns {
		conns[i] = f.dial(b)
		send(b, conns[i], `{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["results"]}`)
		recv(b, conns[i])
	}
	return f, conns
}

// report gives percentiles, in milliseconds.
func report(b *testing.B, took []time.Duration) {
	b.Helper()
	slices.Sort(took)
	for _, p := range []int{50, 99} {
		b.ReportMetric(float64(took[len(took)*p/100].Microseconds())/1000, fmt.Sprintf("p%d-ms", p))
	}
}

// BenchmarkBlockToResult is the time from Advanced to the last subscriber's
// data message: two fsyncs, one (fake) execution, the WebSocket.
func BenchmarkBlockToResult(b *testing.B) {
	for _, n := range []int{1, 100} {
		b.Run(fmt.Sprintf("subs=%d", n), func(b *testing.B) {
			f, conns := benchServer(b, n)
			var took []time.Duration
			b.ReportAllocs()
			for b.Loop() {
				began := time.Now()
				if _, err := f.world.Advance(b.Context(), 1, ""); err != nil {
					b.Fatal(err)
				}
				for _, ws := range conns {
					if got := recv(b, ws); !strings.Contains(got, `"type":"data"`) {
						b.Fatal(got)
					}
				}
				took = append(took, time.Since(began))
			}
			report(b, took)
		})
	}
}

// BenchmarkUndo is the time from Reorged to the undo message.
func BenchmarkUndo(b *testing.B) {
	f, conns := benchServer(b, 1)
	var took []time.Duration
	step := func(branch string) {
		if _, err := f.world.Advance(b.Context(), 1, branch); err != nil {
			b.Fatal(err)
		}
		recv(b, conns[0])
	}
	step("")
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		i++
		step(fmt.Sprint("/", i))
		began := time.Now()
		if err := f.world.Back(b.Context(), 1); err != nil {
			b.Fatal(err)
		}
		if got := recv(b, conns[0]); !strings.Contains(got, `"type":"undo"`) {
			b.Fatal(got)
		}
		took = append(took, time.Since(began))
	}
	report(b, took)
}
