package main

import (
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vmhost/anchoring/devchain"
	"vmhost/cmd/vmhost/internal/host"
	"vmhost/cmd/vmhost/internal/rpcclient"
	"vmhost/wsapi"
)

// A node whose branch leaves the chain below the finalized block: the server is
// not ready, says why everywhere, counts it, and rolls nothing back.
func TestSourceFaultIsShown(t *testing.T) {
	c, err := devchain.New(devchain.Options{FinalityDepth: 5})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close() //nolint:errcheck // end of a test
	if err := c.Mine(20); err != nil {
		t.Fatal(err)
	}
	h, stop := run(t, host.Options{RPC: c.WSURL(), Keys: filepath.Join(t.TempDir(), "keys"), NoProve: true, Listen: "127.0.0.1:0"})
	defer stop()
	cl, err := rpcclient.New(h.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer cl.Close()
	get := func(path string) (int, string) {
		resp, err := http.Get(h.URL() + path) //nolint:noctx // of the test's own server
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close() //nolint:errcheck // read only
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(b)
	}
	type state struct {
		Head, Finalized struct{ Number, Hash string }
		Source          wsapi.SourceStatus
	}
	await := func(ok func(state) bool) state {
		t.Helper()
		for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
			var s state
			if err := cl.Call(t.Context(), &s, "vm_status"); err != nil {
				t.Fatal(err)
			}
			if ok(s) {
				return s
			}
			if time.Now().After(deadline) {
				t.Fatalf("%+v", s)
			}
		}
	}
	before := await(func(s state) bool {
		return s.Head.Number == "0x14" && s.Finalized.Number == "0xf" && s.Source.Lag == 0 && s.Source.Fault == ""
	})
	if code, body := get("/readyz"); code != http.StatusOK {
		t.Errorf("%d %s", code, body)
	}
	if _, err := c.Reorg(10, devchain.ReorgOptions{Force: true}); err != nil {
		t.Fatal(err)
	}
	after := await(func(s state) bool { return s.Source.Fault != "" })
	if after.Head != before.Head || !strings.Contains(after.Source.Fault, "finalized") {
		t.Errorf("from %+v to %+v", before.Head, after)
	}
	if code, body := get("/readyz"); code != http.StatusServiceUnavailable || !strings.Contains(body, "finalized") {
		t.Errorf("%d %s", code, body)
	}
	_, page := get("/metrics")
	if !strings.Contains(page, `vmhost_source_faults_total{kind="below_finalized"}`) && !strings.Contains(page, `vmhost_source_faults_total{kind="finalized_mismatch"}`) {
		t.Error("/metrics does not count the fault")
	}
	for _, want := range []string{
		"# TYPE vmhost_source_faults_total counter", "# TYPE vmhost_source_lag_blocks gauge", "# TYPE vmhost_source_lag_seconds gauge",
		"# TYPE vmhost_source_proofs_total counter", `vmhost_source_proofs_total{outcome="proven"} `, `vmhost_source_proofs_total{outcome="refused"} 0`,
		"vmhost_source_rolled_back_total 0",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("/metrics has no %s", want)
		}
	}
}
