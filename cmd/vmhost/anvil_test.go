package main

import (
	"encoding/binary"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"vmhost/cmd/vmhost/internal/rpcclient"
	"vmhost/jobs"
)

// startAnvil runs a node of another make, from npm (anchoring/testdata/npm).
func startAnvil(t *testing.T) (host string) {
	t.Helper()
	arch := map[string]string{"amd64": "amd64", "arm64": "arm64"}[runtime.GOARCH]
	bin := filepath.Join("..", "..", "anchoring", "testdata", "npm", "node_modules", "@foundry-rs", "anvil-"+runtime.GOOS+"-"+arch, "bin", "anvil")
	if _, err := os.Stat(bin); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("no anvil: run `npm ci` in anchoring/testdata/npm: %v", err)
		}
		t.Skip("no anvil: run `npm ci` in anchoring/testdata/npm")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host = l.Addr().String()
	_, port, _ := net.SplitHostPort(host)
	_ = l.Close()
	cmd := exec.Command(bin, "--host", "127.0.0.1", "-p", port, "--silent", "--hardfork", "osaka")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // ours, and it may be dead already
		_ = cmd.Wait()         // killed
	})
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		conn, err := net.Dial("tcp", host)
		if err == nil {
			_ = conn.Close()
			return host
		}
		if time.Now().After(deadline) {
			t.Fatalf("anvil does not listen: %v", err)
		}
	}
}

// The same Host follows a node of another make: results of its state, and an
// undo when it reorganises.
func TestServeAnvil(t *testing.T) {
	host := startAnvil(t)
	pool := "0x00000000000000000000000000000000000000aa"
	set := func(slot, value uint64) {
		call(t, "http://"+host, "anvil_setStorageAt", pool, fmt.Sprintf("0x%x", slot), fmt.Sprintf("0x%064x", value))
	}
	set(0, 1_000_000)
	set(1, 2_500_000)
	call(t, "http://"+host, "anvil_mine", "0x3")
	watch := filepath.Join(t.TempDir(), "WATCH.json")
	text := fmt.Sprintf(`{"format":"vmhost-watch/1","chainId":"0x7a69","collections":[{"name":"pool","slots":{"address":%q,"count":2}}]}`, pool)
	if err := os.WriteFile(watch, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, "serve", "--json", "--rpc", "ws://"+host, "--data", t.TempDir(), "--listen", "127.0.0.1:0", "--watch", watch, "--no-prove", "--back", "1")
	url, _ := p.line("listening")["url"].(string)
	p.line("synced")
	program := uploadExample(t, url, "reserve-ratio")
	c, err := rpcclient.New(url)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	s := watchResults(t, url, "")
	if _, err := c.Trigger(t.Context(), program, nil, false); err != nil {
		t.Fatal(err)
	}
	price := func(want uint64) rpcclient.Message {
		return s.until(fmt.Sprintf("price %d", want), time.Minute, func(m rpcclient.Message) bool {
			return m.Type == "data" && len(m.Items) == 1 && len(m.Items[0].Journal) == 32 && binary.LittleEndian.Uint64(m.Items[0].Journal[24:]) == want
		})
	}
	call(t, "http://"+host, "anvil_mine", "0x1")
	price(2_500_000)
	set(1, 4_000_000)
	call(t, "http://"+host, "anvil_mine", "0x1")
	m := price(4_000_000)
	var job jobs.Job
	if job, err = c.Job(t.Context(), m.Items[0].ID); err != nil || job.State != jobs.Executed {
		t.Fatalf("%+v, %v", job, err)
	}
	call(t, "http://"+host, "anvil_reorg", 1, []any{})
	call(t, "http://"+host, "anvil_mine", "0x1")
	undo := s.until("undo", time.Minute, func(m rpcclient.Message) bool { return m.Type == "undo" })
	if !containsJob(undo.Undone, job.ID) {
		t.Errorf("undo %s", undo.Raw)
	}
	if out, stderr, code := vmhost(t, "client", "submit", "--server", url, "--program", program.String(), "--prove"); code != exitUsage {
		t.Errorf("a proof of a server without prover: %d %s%s", code, out, stderr)
	}
	if out, stderr, code := vmhost(t, "client", "submit", "--server", url, "--program", program.String(), "--wait"); code != exitOK {
		t.Errorf("submit: %d %s%s", code, out, stderr)
	}
	p.stop()
}
