package host

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"vmhost/anchoring/devchain"
	"vmhost/anchoring/devchain/demo"
)

// forgetful is a node that proves nothing below a height: a proxy to a chain
// that proves everything.
func forgetful(t *testing.T, chain *devchain.Chain, below *atomic.Uint64) string {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		post := func(b []byte) []byte {
			req, err := http.NewRequestWithContext(r.Context(), http.MethodPost, chain.HTTPURL(), bytes.NewReader(b))
			if err != nil {
				t.Error(err)
				return nil
			}
			req.Header.Set("Content-Type", "application/json")
			res, err := http.DefaultClient.Do(req)
			if err != nil {
				return nil
			}
			defer res.Body.Close() //nolint:errcheck // read to its end
			out, _ := io.ReadAll(res.Body)
			return out
		}
		var calls []struct {
			ID     json.RawMessage   `json:"id"`
			Method string            `json:"method"`
			Params []json.RawMessage `json:"params"`
		}
		w.Header().Set("Content-Type", "application/json")
		if json.Unmarshal(body, &calls) != nil || len(calls) == 0 || calls[0].Method != "eth_getProof" {
			_, _ = w.Write(post(body)) // the client went away
			return
		}
		var at struct{ BlockHash string }
		_ = json.Unmarshal(calls[0].Params[2], &at) // then the hash is empty
		var block struct{ Result struct{ Number string } }
		_ = json.Unmarshal(post(fmt.Appendf(nil, `{"jsonrpc":"2.0","id":1,"method":"eth_getBlockByHash","params":[%q,false]}`, at.BlockHash)), &block)
		var n uint64
		if _, err := fmt.Sscanf(block.Result.Number, "0x%x", &n); err != nil || n < below.Load() {
			var answers []string
			for _, c := range calls {
				answers = append(answers, fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"error":{"code":-32000,"message":"missing trie node"}}`, c.ID))
			}
			_, _ = fmt.Fprintf(w, "[%s]", bytes.Join(bytesOf(answers), []byte(","))) // the client went away
			return
		}
		_, _ = w.Write(post(body)) // the client went away
	}))
	t.Cleanup(srv.Close)
	return srv.URL
}

func bytesOf(s []string) (out [][]byte) {
	for _, x := range s {
		out = append(out, []byte(x))
	}
	return out
}

// A host that was away for longer than its node keeps state sets the state aside
// and begins at a later block; jobs know of the gap.
func TestBeginsAgain(t *testing.T) {
	chain, err := devchain.New(devchain.Options{FinalityDepth: 8})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = chain.Close() })
	d, err := demo.Deploy(t.Context(), chain, demo.Options{Holders: 2})
	if err != nil {
		t.Fatal(err)
	}
	var below atomic.Uint64
	o := Options{
		RPC: forgetful(t, chain, &below), Data: t.TempDir(), Listen: "127.0.0.1:0", Watch: d.Collections(), Keys: t.TempDir(),
		NoProve: true, Window: 16, BeginAgainAfter: 100 * time.Millisecond,
	}
	hosts := make(chan *Host, 8)
	serve := func() (stop func()) {
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- Serve(ctx, o, func(h *Host) { hosts <- h }) }()
		return func() {
			cancel()
			if err := <-done; err != nil {
				t.Errorf("Serve: %v", err)
			}
		}
	}
	reaches := func(h *Host, n uint64) {
		t.Helper()
		for deadline := time.Now().Add(30 * time.Second); uint64(h.Status().Head.Number) < n; time.Sleep(5 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("jobs at %v, source %+v", h.Status().Head, h.Source())
			}
		}
	}
	stop := serve()
	n, _ := chain.Head()
	reaches(<-hosts, n)
	stop()

	if err := chain.Mine(60); err != nil {
		t.Fatal(err)
	}
	below.Store(n + 50)
	stop = serve()
	<-hosts // finds that it is lost
	h := <-hosts
	reaches(h, n+60)
	if oldest, ok := h.cache.Oldest(); !ok || oldest.Number < n+44 { // the cache's window may have moved on
		t.Errorf("begins at %v", oldest)
	}
	if aside, _ := filepath.Glob(filepath.Join(o.Data, "lost-*", "*")); len(aside) != 2 {
		t.Errorf("set aside: %v", aside)
	}
	if _, err := chain.Reorg(2, devchain.ReorgOptions{}); err != nil {
		t.Fatal(err)
	}
	reaches(h, n+61)
	for deadline := time.Now().Add(20 * time.Second); h.Status().Safe.Number+4 < uint64(h.Status().Head.Number); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("safe %v, head %v", h.Status().Safe, h.Status().Head)
		}
	}
	res, err := http.Get(h.URL() + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(res.Body)
	_ = res.Body.Close() // read to its end
	for _, want := range []string{
		`vmhost_source_lag_blocks 0`, `vmhost_source_reorg_depth_blocks_bucket{endpoint="http://`, `le="2"} 1`,
		`vmhost_source_proofs_total{outcome="proven"}`, `vmhost_endpoint_calls_total{endpoint=`, `state="healthy"} 1`,
	} {
		if err != nil || !bytes.Contains(text, []byte(want)) {
			t.Errorf("no %s in /metrics: %v", want, err)
		}
	}
	stop()
	// It continues like any other host.
	stop = serve()
	reaches(<-hosts, n+61)
	stop()
	if len(hosts) != 0 {
		t.Error("began again once more")
	}
}
