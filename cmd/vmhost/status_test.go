package main

import (
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vmhost/anchoring"
	"vmhost/anchoring/devchain"
	"vmhost/cmd/vmhost/internal/host"
	"vmhost/cmd/vmhost/internal/rpcclient"
	"vmhost/wsapi"
)

// vm_status and /metrics say which node is followed, why another one is not
// used, and how many have the head.
func TestStatusShowsTheNodes(t *testing.T) {
	c, err := devchain.New(devchain.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	const dead = "http://user:hunter2@127.0.0.1:1/5ecret"
	h, stop := run(t, host.Options{
		RPC: c.WSURL(), MoreRPC: []string{dead, c.HTTPURL()}, Keys: filepath.Join(t.TempDir(), "keys"), NoProve: true, Listen: "127.0.0.1:0",
		Follow: anchoring.SourceOptions{Agree: 2},
	})
	defer stop()
	cl, err := rpcclient.New(h.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer cl.Close()
	var status struct {
		Ready  bool
		Source wsapi.SourceStatus
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if err := cl.Call(t.Context(), &status, "vm_status"); err != nil {
			t.Fatal(err)
		}
		if s := status.Source; status.Ready && len(s.Nodes) == 3 && s.Nodes[1].State == "backoff" && s.Nodes[1].Seconds > 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%+v", status)
		}
		if err := c.Mine(1); err != nil {
			t.Fatal(err)
		}
	}
	s := status.Source
	if !strings.HasPrefix(s.Node, "ws://") || s.Node != s.Nodes[0].Name || s.Nodes[0].State != "healthy" || s.Nodes[0].Head == 0 || s.Fault != "" {
		t.Errorf("%+v", s)
	}
	if a := s.Agreement; a == nil || a.Want != 2 || a.Of != 3 || a.Same != 2 || a.Other != 0 || a.Block.Number == 0 {
		t.Errorf("%+v", a)
	}
	if n := s.Nodes[1]; n.Name != "http://127.0.0.1:1" || !strings.Contains(n.Why, "connection refused") || n.Seconds <= 0 {
		t.Errorf("%+v", n)
	}
	resp, err := http.Get(h.URL() + "/metrics") //nolint:noctx // of the test's own server
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close() //nolint:errcheck // read only
	page, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`vmhost_endpoint_followed{endpoint="` + s.Node + `"} 1`, `vmhost_endpoint_followed{endpoint="http://127.0.0.1:1"} 0`,
		`vmhost_endpoint_state{endpoint="` + s.Node + `",state="healthy"} 1`,
		`vmhost_endpoint_calls_total{endpoint="http://127.0.0.1:1",outcome="connection"} `,
		"vmhost_source_agreement_nodes{kind=\"must\"} 2\n", "vmhost_source_agreement_nodes{kind=\"have\"} ", "vmhost_source_returns_total 0\n",
		"# TYPE vmhost_endpoint_calls_total counter\n",
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("/metrics has no %s", want)
		}
	}
	if strings.Contains(string(page), "5ecret") || strings.Contains(string(page), "hunter2") {
		t.Error("/metrics shows a key")
	}
}
