package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vmhost/anchoring"
	"vmhost/cmd/vmhost/internal/rpcclient"
	examples "vmhost/examples/wasm"
	"vmhost/jobs"
	"vmhost/proofs"
	"vmhost/wsapi"
)

// serveOn starts `vmhost serve` on a node of another process.
func serveOn(t *testing.T, n *node, data string, more ...string) (*process, string) {
	t.Helper()
	watch, key := n.files()
	p := start(t, append([]string{
		"serve", "--json", "--rpc", n.info.WS, "--data", data, "--keys", filepath.Join(testKeys, "keys"), "--listen", "127.0.0.1:0",
		"--watch", watch, "--registry", n.info.Registry, "--router", n.info.Router, "--anchor-key", key, "--unsafe-dev", "--class", "tiny", "--back", "4",
	}, more...)...)
	url, _ := p.line("listening")["url"].(string)
	return p, url
}

// uploadExample uses the command line client, as a script would.
func uploadExample(t *testing.T, url, name string) jobs.Hash {
	t.Helper()
	e, ok := examples.Find(name, examples.C)
	if !ok {
		t.Fatal("no example", name)
	}
	file := filepath.Join(t.TempDir(), name+".wasm")
	if err := os.WriteFile(file, e.Wasm, 0o600); err != nil {
		t.Fatal(err)
	}
	out, stderr, code := vmhost(t, "client", "upload", file, "--server", url, "--json")
	var m rpcclient.Module
	if code != 0 || json.Unmarshal([]byte(out), &m) != nil || !m.Provable || m.Name != name {
		t.Fatalf("exit code %d: %s%s", code, out, stderr)
	}
	return *m.Program
}

// stream collects the messages of a results subscription.
type stream struct {
	t        *testing.T
	messages chan rpcclient.Message
	cursor   string
}

func watchResults(t *testing.T, url, cursor string) *stream {
	t.Helper()
	c, err := rpcclient.New(url)
	if err != nil {
		t.Fatal(err)
	}
	s := &stream{t: t, messages: make(chan rpcclient.Message, 1000)}
	ctx, cancel := context.WithCancel(context.Background())
	subscribed, ended := make(chan struct{}, 100), make(chan error, 1)
	go func() {
		ended <- c.Watch(ctx, rpcclient.Subscription{Cursor: cursor}, func() { subscribed <- struct{}{} }, func(m rpcclient.Message) error {
			s.messages <- m
			return nil
		})
	}()
	t.Cleanup(func() {
		cancel()
		<-ended //nolint:errcheck // cancelled
		c.Close()
	})
	select {
	case <-subscribed:
	case err := <-ended:
		ended <- err
		t.Fatalf("not subscribed: %v", err)
	case <-time.After(time.Minute):
		t.Fatal("not subscribed in a minute")
	}
	return s
}

// until reads messages up to the first that pred takes; each seen one is given
// to check before.
func (s *stream) until(what string, limit time.Duration, pred func(rpcclient.Message) bool) rpcclient.Message {
	s.t.Helper()
	timeout := time.After(limit)
	for {
		select {
		case m := <-s.messages:
			if m.Cursor != "" {
				s.cursor = m.Cursor
			}
			if pred(m) {
				return m
			}
		case <-timeout:
			s.t.Fatalf("no %s in %s", what, limit)
		}
	}
}

func proofOf(id *jobs.JobID, status string) func(rpcclient.Message) bool {
	return func(m rpcclient.Message) bool {
		if m.Type != "proof" || m.Status != status || *id != "" && m.JobID != *id {
			return false
		}
		*id = m.JobID
		return true
	}
}

// The reorganisation story of the issue: node, host and client in processes of
// their own; one head with an unknown parent arrives while a proof is running.
// Then the host restarts and everything is still there.
func TestServeReorgDuringProof(t *testing.T) {
	if testing.Short() {
		t.Skip("proves")
	}
	n := startNode(t)
	data := t.TempDir()
	p, url := serveOn(t, n, data)
	p.line("synced")
	program := uploadExample(t, url, "reserve-ratio")
	c, err := rpcclient.New(url)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	s := watchResults(t, url, "")
	if _, err := c.Trigger(t.Context(), program, nil, true); err != nil {
		t.Fatal(err)
	}
	n.mine(1)

	// Proofs are quick and gnark's key is loaded by the first: the second block's
	// proof is the one that is interrupted.
	var first, victim jobs.JobID
	s.until("first proof", 5*time.Minute, proofOf(&first, "proven"))
	before := n.mine(0)
	n.mine(2)
	running := s.until("running proof", 2*time.Minute, func(m rpcclient.Message) bool {
		return uint64(m.Block.Number) > before && proofOf(&victim, "proving")(m)
	})
	t.Logf("the proof of block %d is running", running.Block.Number)
	switched := time.Now()
	call(t, n.info.HTTP, "devnet_reorg", 2, map[string]any{})
	undo := s.until("undo", time.Minute, func(m rpcclient.Message) bool {
		if m.Type == "proof" && m.Status == "proven" && m.JobID == victim {
			t.Error("the proof was quicker than the reorganisation")
		}
		return m.Type == "undo"
	})
	t.Logf("undo %s after the chain was asked to switch", undo.Received.Sub(switched))
	if undo.Source != "reorg" || len(undo.Undone) != 2 || undo.From.Number != undo.To.Number+2 || !containsJob(undo.Undone, victim) {
		t.Errorf("undo %s", undo.Raw)
	}

	// The same job again on the new branch, proven, anchored, and accepted by the
	// contract of the node.
	var again jobs.JobID
	s.until("second run", time.Minute, func(m rpcclient.Message) bool {
		for _, it := range m.Items {
			if it.RetryOf == victim {
				again = it.ID
			}
		}
		return again != ""
	})
	s.until("second proof", 5*time.Minute, func(m rpcclient.Message) bool {
		if m.JobID == victim && m.Type != "progress" { // progress is not ordered with the rest
			t.Errorf("a message about the undone job: %s", m.Raw)
		}
		return proofOf(&again, "proven")(m)
	})
	// Anchoring needs blocks: the transaction is included by one.
	stop := keepMining(n)
	s.until("anchor", 2*time.Minute, proofOf(&again, "anchored"))
	stop()
	last := n.mine(1)
	s.until("newest block", time.Minute, func(m rpcclient.Message) bool {
		return m.Type == "data" && uint64(m.Block.Number) == last
	})
	checkOnChain(t, n, c, url, again)
	checkUndone(t, c, victim)
	checkFigures(t, c, url)
	checkRestart(t, n, p, s, data, again)
}

func containsJob(list []jobs.JobID, id jobs.JobID) bool {
	for _, x := range list {
		if x == id {
			return true
		}
	}
	return false
}

// keepMining seals blocks until stop is called.
func keepMining(n *node) (stop func()) {
	quit, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-quit:
				return
			case <-time.After(200 * time.Millisecond):
				n.mine(1)
			}
		}
	}()
	return func() { close(quit); <-ended }
}

// checkOnChain takes the proof file to the contract, whole and tampered.
func checkOnChain(t *testing.T, n *node, c *rpcclient.Client, url string, id jobs.JobID) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "PROOF.json")
	if out, stderr, code := vmhost(t, "client", "proof", string(id), "--server", url, "--out", file); code != 0 {
		t.Fatalf("client proof: %d %s%s", code, out, stderr)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	f, err := proofs.DecodeProofFile(raw)
	if err != nil {
		t.Fatal(err)
	}
	var verdict struct{ Valid bool }
	if err := c.Call(t.Context(), &verdict, "vm_verifyProof", json.RawMessage(raw)); err != nil || !verdict.Valid {
		t.Errorf("vm_verifyProof: %v, %v", verdict, err)
	}
	reader, err := anchoring.Dial(t.Context(), anchoring.ClientOptions{URL: n.info.HTTP})
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	router, err := parseAddress("router", n.info.Router)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := reader.Verify(t.Context(), router, f.Calldata()); err != nil {
		t.Errorf("the contract refuses the proof: %v", err)
	}
	data := f.Calldata()
	for _, i := range []int{4 + 31, 4 + 63, len(data) - 64, len(data) - 384} { // program, commitment, proof
		bad := append([]byte(nil), data...)
		bad[i] ^= 1
		if _, err := reader.Verify(t.Context(), router, bad); !errors.Is(err, anchoring.ErrRejected) {
			t.Errorf("byte %d changed: %v", i, err)
		}
	}
}

// checkFigures looks at what the host counted: the one reorganisation of two
// blocks, and memory that is the sum of its parts.
func checkFigures(t *testing.T, c *rpcclient.Client, url string) {
	t.Helper()
	var status struct{ Cache wsapi.CacheStatus }
	if err := c.Call(t.Context(), &status, "vm_status"); err != nil {
		t.Fatal(err)
	}
	m, p := status.Cache, status.Cache.Parts
	if sum := p.Values + p.Nodes + p.Items + p.History + p.Undo + p.Redo + p.Rows; m.Bytes != sum || p.Values == 0 || p.Undo == 0 || m.Level != "ok" {
		t.Errorf("memory %+v", m)
	}
	resp, err := http.Get(url + "/metrics") //nolint:noctx // of the test's own server
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close() //nolint:errcheck // read only
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"# TYPE vmhost_source_reorg_depth_blocks histogram", `vmhost_source_reorg_depth_blocks_sum{endpoint="`, `le="2"} 1`, "vmhost_source_rolled_back_total 2",
		"vmhost_source_lag_blocks 0", `vmhost_state_bytes{part="values"} `, `vmhost_endpoint_calls_total{endpoint="`,
	} {
		if !strings.Contains(string(body), want) {
			t.Errorf("/metrics has no %s", want)
		}
	}
}

func checkUndone(t *testing.T, c *rpcclient.Client, id jobs.JobID) {
	t.Helper()
	j, err := c.Job(t.Context(), id)
	if err != nil || j.State != jobs.Undone || j.Proof != nil {
		t.Errorf("undone job: %+v, %v", j, err)
	}
	if _, err := c.Proof(t.Context(), id); err == nil {
		t.Error("an undone job has a proof")
	}
}

// checkRestart stops the host, moves the chain by a reorganisation, and starts
// it again on the same folder: a subscriber resumes by its cursor.
func checkRestart(t *testing.T, n *node, p *process, s *stream, data string, proven jobs.JobID) {
	t.Helper()
	p.stop()
	call(t, n.info.HTTP, "devnet_reorg", 1, map[string]any{})
	p2, url := serveOn(t, n, data)
	p2.line("synced")
	c, err := rpcclient.New(url)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if j, err := c.Job(t.Context(), proven); err != nil || j.State != jobs.Proven {
		t.Errorf("after the restart: %+v, %v", j, err)
	}
	if _, err := c.Proof(t.Context(), proven); err != nil {
		t.Errorf("after the restart: %v", err)
	}
	resumed := watchResults(t, url, s.cursor)
	n.mine(1)
	undo := resumed.until("undo of what happened meanwhile", time.Minute, func(m rpcclient.Message) bool { return m.Type == "undo" })
	if len(undo.Undone) == 0 {
		t.Errorf("undo %s", undo.Raw)
	}
	resumed.until("results of the trigger that was made before", time.Minute, func(m rpcclient.Message) bool {
		return m.Type == "data" && len(m.Items) > 0 && m.Items[0].Program != jobs.Hash{}
	})
	if out, stderr, code := vmhost(t, "client", "status", "--server", url); code != 0 || !strings.Contains(out, "1337") {
		t.Errorf("client status: %d %s%s", code, out, stderr)
	}
	p2.stop()
	checkFormat(t, n, data)
}

// checkFormat makes the folder look newer and another chain's.
func checkFormat(t *testing.T, n *node, data string) {
	t.Helper()
	for _, tc := range []struct{ format, want string }{
		{`{"format":"vmhost-data","version":3,"chainId":"0x539"}`, "version 3"},
		{`{"format":"vmhost-data","version":1,"chainId":"0x1"}`, "another chain"},
		{`{"format":"something"}`, "not vmhost's"},
		{`{`, "not vmhost's"},
	} {
		if err := os.WriteFile(filepath.Join(data, "format.json"), []byte(tc.format), 0o600); err != nil {
			t.Fatal(err)
		}
		_, stderr, code := vmhost(t, "serve", "--rpc", n.info.WS, "--data", data, "--listen", "127.0.0.1:0")
		if code == 0 || !strings.Contains(stderr, tc.want) {
			t.Errorf("%s: exit code %d: %s", tc.format, code, stderr)
		}
	}
}

func TestServeRefuses(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	down := "http://" + l.Addr().String()
	_ = l.Close()
	open := write("open", strings.Repeat("01", 32))
	if err := os.Chmod(open, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		args []string
		code int
		want string
	}{
		{nil, exitUsage, "--rpc is required"},
		{[]string{"--rpc", down, "--data", dir + "/d"}, exitEnvironment, "refused"},
		{[]string{"--rpc", down, "--watch", write("w", "{}")}, exitUsage, "format"},
		{[]string{"--rpc", down, "--watch", dir + "/none"}, exitUsage, "no such file"},
		{[]string{"--rpc", down, "--registry", "0x12"}, exitUsage, "want an address"},
		{[]string{"--rpc", down, "--anchor-key", write("k", "12")}, exitUsage, "--registry"},
		{[]string{"--rpc", down, "--anchor-key", dir + "/k", "--registry", "0x" + strings.Repeat("01", 20)}, exitUsage, "32 bytes"},
		{[]string{"--rpc", down, "--anchor-key", open, "--registry", "0x" + strings.Repeat("01", 20)}, exitUsage, "chmod 600"},
		{[]string{"--rpc", down, "--anchor-key", dir + "/k", "--keystore", dir + "/k", "--registry", "0x" + strings.Repeat("01", 20)}, exitUsage, "only one"},
		{[]string{"--rpc", down, "--keystore", dir + "/k", "--registry", "0x" + strings.Repeat("01", 20)}, exitUsage, "--password"},
		{[]string{"--rpc", down, "--keystore", dir + "/k", "--password", dir + "/k", "--registry", "0x" + strings.Repeat("01", 20)}, exitUsage, "password"},
		{[]string{"--rpc", down, "--signer", down, "--registry", "0x" + strings.Repeat("01", 20)}, exitEnvironment, "external signer"},
		{[]string{"--rpc", down, "--anchor-every", "often"}, exitUsage, "anchor-every"},
		{[]string{"--rpc", down, "--anchor-every", "10ms"}, exitUsage, "anchor-every"},
		{[]string{"--rpc", down, "--contracts", dir + "/k"}, exitUsage, "contracts"},
		{[]string{"--rpc", down, "--contracts", write("k2", `{"format":"vmhost-contracts/1","chains":{}}`)}, exitUsage, "--chain-id"},
		{[]string{"--rpc", down, "--contracts", dir + "/k2", "--chain-id", "5"}, exitUsage, "no contracts of chain 5"},
		{[]string{"--config", write("c1", "rpcc: x\n")}, exitUsage, `unknown setting "rpcc"`},
		{[]string{"--config", write("c2", "rpc: [")}, exitUsage, "config"},
		{[]string{"--config", write("c3", "window: many\n")}, exitUsage, "window"},
		{[]string{"--config", write("c4", "rpc: {a: b}\n")}, exitUsage, "want a value or a list"},
	} {
		_, stderr, code := vmhost(t, append([]string{"serve"}, tc.args...)...)
		if code != tc.code || !strings.Contains(stderr, tc.want) {
			t.Errorf("%v: exit code %d: %s", tc.args, code, stderr)
		}
	}
}

// Flags win over the environment, the environment over the file.
func TestServeConfig(t *testing.T) {
	file := filepath.Join(t.TempDir(), "vmhost.yaml")
	if err := os.WriteFile(file, []byte("rpc: ws://file\ndata: /file\nwindow: 7\nunsafe-dev: true\norigin: [a, b]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("VMHOST_CONFIG", file)
	t.Setenv("VMHOST_RPC", "ws://environment")
	t.Setenv("VMHOST_DATA", "/environment")
	t.Setenv("VMHOST_ANCHOR_EVERY", "9")
	t.Setenv("VMHOST_NOTHING_OF_OURS", "x")
	a := &app{}
	cmd := newServeCmd(a)
	if err := cmd.ParseFlags([]string{"--data", "/flag"}); err != nil {
		t.Fatal(err)
	}
	if err := fillFlags(cmd, ""); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"rpc": "ws://environment", "data": "/flag", "window": "7", "unsafe-dev": "true", "origin": "[a,b]", "anchor-every": "9", "back": "0",
	} {
		if got := fmt.Sprint(cmd.Flags().Lookup(name).Value); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}
