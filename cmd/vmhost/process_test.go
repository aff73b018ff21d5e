package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"vmhost/jobs"
)

// asMain makes the test binary behave as vmhost: tests that need a second
// process start themselves.
const asMain = "VMHOST_TEST_AS_MAIN"

// testKeys is one key folder for all tests: the key of class tiny is made once.
var testKeys string

func TestMain(m *testing.M) {
	if os.Getenv(asMain) == "1" {
		main()
		return
	}
	dir, err := os.MkdirTemp("", "vmhost-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	testKeys = dir
	code := m.Run()
	_ = os.RemoveAll(dir) // a temporary folder
	os.Exit(code)
}

// process is vmhost in a process of its own, printing JSON lines.
type process struct {
	t    *testing.T
	cmd  *exec.Cmd
	errs bytes.Buffer
	done chan struct{}
	err  error // of Wait, after done

	mu    sync.Mutex
	lines []map[string]any
	wake  chan struct{}
}

// start runs vmhost with nothing but the binary on the PATH.
func start(t *testing.T, arguments ...string) *process {
	t.Helper()
	p := &process{t: t, cmd: exec.Command(os.Args[0], arguments...), done: make(chan struct{}), wake: make(chan struct{})}
	p.cmd.Env = []string{asMain + "=1", "HOME=" + t.TempDir(), "PATH="}
	p.cmd.Stderr = &p.errs
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(p.done)
		sc := bufio.NewScanner(out)
		sc.Buffer(nil, 16<<20)
		for sc.Scan() {
			line := map[string]any{}
			if err := json.Unmarshal(sc.Bytes(), &line); err != nil {
				line["bad"] = sc.Text()
			}
			p.mu.Lock()
			p.lines = append(p.lines, line)
			close(p.wake)
			p.wake = make(chan struct{})
			p.mu.Unlock()
		}
		p.err = p.cmd.Wait()
	}()
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill() // ours; it may have ended
		<-p.done
		if t.Failed() {
			t.Logf("stderr of %v:\n%s", arguments, p.errs.String())
		}
	})
	return p
}

// line waits for a line with this event.
func (p *process) line(event string) map[string]any {
	p.t.Helper()
	deadline := time.After(2 * time.Minute)
	for {
		p.mu.Lock()
		wake := p.wake
		for _, l := range p.lines {
			if l["event"] == event {
				p.mu.Unlock()
				return l
			}
		}
		p.mu.Unlock()
		select {
		case <-wake:
		case <-p.done:
			p.t.Fatalf("the process ended without %q: %v\n%s", event, p.err, p.errs.String())
		case <-deadline:
			p.t.Fatalf("no %q in two minutes\n%s", event, p.errs.String())
		}
	}
}

// wait waits for the end and returns all lines.
func (p *process) wait(limit time.Duration) []map[string]any {
	p.t.Helper()
	select {
	case <-p.done:
	case <-time.After(limit):
		p.t.Fatalf("still running after %s\n%s", limit, p.errs.String())
	}
	return p.lines
}

// stop ends the process as a service manager does and expects a clean exit.
func (p *process) stop() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	p.wait(30 * time.Second)
	if p.err != nil {
		p.t.Fatalf("after SIGTERM: %v\n%s", p.err, p.errs.String())
	}
}

// node is a development chain in a process of its own.
type node struct {
	*process
	info devChainInfo
}

func startNode(t *testing.T, arguments ...string) *node {
	t.Helper()
	n := &node{process: start(t, append([]string{"dev", "--chain-only", "--json", "--period", "0"}, arguments...)...)}
	b, err := json.Marshal(n.line("chain"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &n.info); err != nil {
		t.Fatal(err)
	}
	return n
}

// call calls a JSON-RPC method of a node.
func call(t *testing.T, url, method string, params ...any) json.RawMessage {
	t.Helper()
	body, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": 1, "method": method, "params": append([]any{}, params...)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var out struct {
		Result json.RawMessage
		Error  *struct{ Message string }
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		t.Fatal(err)
	}
	if out.Error != nil {
		t.Fatalf("%s: %s", method, out.Error.Message)
	}
	return out.Result
}

// mine seals blocks and returns the head's number.
func (n *node) mine(count int) uint64 {
	n.t.Helper()
	var head struct{ Number jobs.Quantity }
	if err := json.Unmarshal(call(n.t, n.info.HTTP, "devnet_mine", count), &head); err != nil {
		n.t.Fatal(err)
	}
	return uint64(head.Number)
}

// files writes what serve needs to know of the chain.
func (n *node) files() (watch, key string) {
	n.t.Helper()
	dir := n.t.TempDir()
	watch, key = filepath.Join(dir, "WATCH.json"), filepath.Join(dir, "anchor.key")
	for name, text := range map[string]string{watch: string(n.info.Watch), key: n.info.AnchorKey + "\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			n.t.Fatal(err)
		}
	}
	return watch, key
}

// vmhost runs a command in this process and returns its output and exit code.
func vmhost(t *testing.T, arguments ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	a := &app{in: strings.NewReader(""), out: &out, err: &errs}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	code = a.run(ctx, arguments)
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		t.Fatalf("vmhost %v did not end", arguments)
	}
	return out.String(), errs.String(), code
}
