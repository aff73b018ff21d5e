package clienttest_test

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestExampleDapp runs examples/dapp twice with one cursor file: a reorganisation
// happens while its connection is cut, and blocks come while it is not running.
func TestExampleDapp(t *testing.T) {
	need(t, false)
	if os.Getenv("VMHOST_URL") != "" {
		t.Skip("needs a chain that stands still")
	}
	source, err := os.ReadFile("../../examples/dapp/watch.mjs")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join("node_modules", ".vmhost-dapp") // so that it finds viem
	if err := os.MkdirAll(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(dir, "watch.mjs")
	if err := os.WriteFile(script, source, 0o600); err != nil {
		t.Fatal(err)
	}
	f := startFake(t)
	p := startProxy(t, f.addr())
	cursor := filepath.Join(t.TempDir(), "cursor.txt")
	url := "ws://" + p.l.Addr().String()

	first := watchDapp(t, script, url, cursor)
	first.until(t, "watching")
	must(t, f.advance(2)) // 3, 4
	first.until(t, "+ block 4")
	p.cut(true)
	must(t, f.reorg(1)) // 4', 5'
	p.cut(false)
	first.until(t, "undone (cursor)")
	first.until(t, "+ block 5")
	first.stop()
	must(t, f.advance(2)) // 6', 7' while it is not running
	second := watchDapp(t, script, url, cursor)
	second.until(t, "+ block 7")
	second.stop()
	// Each result exactly once over both runs.
	told := map[string]int{}
	for _, line := range append(first.all, second.all...) {
		if strings.HasPrefix(line, "+ ") {
			told[line]++
		}
	}
	blocks := map[string]int{}
	for line, n := range told {
		if n != 1 {
			t.Errorf("told %d times: %s", n, line)
		}
		blocks[strings.Fields(line)[2]]++
	}
	for _, block := range []string{"3", "5", "6"} {
		if blocks[block] != 2 {
			t.Errorf("%d results of block %s, want 2", blocks[block], block)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

type dapp struct {
	lines  chan string
	all    []string
	cmd    *exec.Cmd
	cancel context.CancelFunc
	done   chan struct{}
	once   sync.Once
}

func watchDapp(t *testing.T, args ...string) *dapp {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cmd := exec.CommandContext(ctx, "node", args...)
	out, err := cmd.StdoutPipe()
	must(t, err)
	cmd.Stderr = os.Stderr
	must(t, cmd.Start())
	d := &dapp{lines: make(chan string, 1000), cmd: cmd, cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(d.done)
		sc := bufio.NewScanner(out)
		for sc.Scan() {
			d.lines <- sc.Text()
		}
		_, _ = io.Copy(io.Discard, out)
		_ = cmd.Wait()
	}()
	t.Cleanup(d.stop)
	return d
}

func (d *dapp) until(t *testing.T, text string) {
	t.Helper()
	timeout := time.After(20 * time.Second)
	for {
		select {
		case line := <-d.lines:
			d.all = append(d.all, line)
			if strings.Contains(line, text) {
				return
			}
		case <-timeout:
			t.Fatalf("the dapp never said %q, but\n%s", text, strings.Join(d.all, "\n"))
		}
	}
}

// stop ends the program as Ctrl-C does and takes what it said last.
func (d *dapp) stop() {
	d.once.Do(func() {
		_ = d.cmd.Process.Signal(os.Interrupt)
		<-d.done
		d.cancel()
		for {
			select {
			case line := <-d.lines:
				d.all = append(d.all, line)
			default:
				return
			}
		}
	})
}
