package statecache_test

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vmhost/statecache"
	"vmhost/statecache/deltalog"
)

// killDir tells the child of TestKill where to work.
const killDir = "VMHOST_KILL_DIR"

func openKill(dir string) (durable, *statecache.Cache, error) {
	var d durable
	var err error
	opts := deltalog.Options{MemTable: 64 << 10}
	if d.log, err = deltalog.OpenPebble(filepath.Join(dir, "log"), opts); err != nil {
		return d, nil, err
	}
	if d.points, err = deltalog.OpenCheckpoints(filepath.Join(dir, "points"), opts); err != nil {
		return d, nil, err
	}
	c, err := statecache.New(d.options())
	return d, c, err
}

// killStep is the change number n, which depends on nothing but the state.
func killStep(tb testing.TB, c *statecache.Cache, n, low uint64) error {
	tb.Helper()
	_, err := tryDrive(tb, c, rand.New(rand.NewPCG(51, n)), n, low)
	return err
}

// TestKillChild is the process that TestKill kills: it changes the cache, says
// before each change what it will do and after it that it is done, and writes
// checkpoints beside.
func TestKillChild(t *testing.T) {
	dir := os.Getenv(killDir)
	if dir == "" {
		t.Skip("runs in a process of its own")
	}
	_, c, err := openKill(dir)
	if err != nil {
		fmt.Println("refused:", err)
		return
	}
	fmt.Println("open", c.NextRecord())
	go func() {
		for {
			if _, err := c.Checkpoint(t.Context()); err != nil && !errors.Is(err, statecache.ErrEmpty) {
				fmt.Println("checkpoint:", err)
			}
			time.Sleep(3 * time.Millisecond)
		}
	}()
	for {
		n, low := c.NextRecord(), oldestOf(c)
		fmt.Println("try", n, low)
		if err := killStep(t, c, n, low); err != nil {
			fmt.Println("failed:", err)
			return
		}
		fmt.Println("done", n)
	}
}

// TestKill kills a process at random moments while it applies, rolls back and
// writes checkpoints on the real disk, and recovers what it left behind: all that
// it said it had done is there, and nothing else but perhaps what it was doing.
func TestKill(t *testing.T) {
	kills := 5
	if long() {
		kills = 300
	}
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(52, uint64(kills)))
	ref := newCache(t, statecache.Options{Window: 4 * durableWindow, HardCap: 1 << 16})
	next := uint64(1) // record 0 opens the log
	done, halves := 0, 0
	for range kills {
		tries, acked := runAndKill(t, dir, time.Duration(60+r.IntN(250))*time.Millisecond)
		for _, try := range tries {
			if try.n > next {
				t.Fatalf("the process went on at record %d, the reference is at %d", try.n, next)
			}
			if try.n < next || try.n > acked {
				continue
			}
			if err := killStep(t, ref, try.n, try.low); err != nil {
				t.Fatal(err)
			}
			next++
			done++
		}
		d, c, err := openKill(dir)
		if err != nil {
			t.Fatal(err)
		}
		switch c.NextRecord() {
		case next:
		case next + 1: // stored, not said
			last := tries[len(tries)-1]
			if last.n != next {
				t.Fatalf("record %d was never tried", next)
			}
			if err := killStep(t, ref, last.n, last.low); err != nil {
				t.Fatal(err)
			}
			next++
			halves++
		default:
			if c.NextRecord() > 1 {
				t.Fatalf("%d records, said were %d", c.NextRecord(), next)
			}
		}
		low := max(oldestOf(c), oldestOf(ref))
		if !equalDigests(c.DigestsFrom(low), ref.DigestsFrom(low)) || c.Finalized() != ref.Finalized() || len(c.Pending()) != len(ref.Pending()) {
			t.Fatal("another state after the kill")
		}
		if err := d.log.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if done < kills {
		t.Errorf("only %d changes", done)
	}
	t.Logf("%d kills, %d changes, %d stored but not said", kills, done, halves)
}

type killTry struct{ n, low uint64 }

// runAndKill runs the child for a while, kills it and returns what it said.
func runAndKill(t *testing.T, dir string, after time.Duration) (tries []killTry, acked uint64) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestKillChild$", "-test.v=false")
	cmd.Env = append(os.Environ(), killDir+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	opened := false
	for lines.Scan() {
		line := lines.Text()
		var x killTry
		var n uint64
		switch {
		case parse(line, "try %d %d", &x.n, &x.low):
			tries = append(tries, x)
		case parse(line, "done %d", &n):
			acked = n
		case parse(line, "open %d", &n):
			opened = true
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		case strings.Contains(line, ":"):
			t.Errorf("the process said %q", line)
		}
	}
	_ = cmd.Wait() // it was killed
	if !opened {
		t.Fatal("the process did not start")
	}
	return tries, acked
}

// parse reads a whole line: one that the kill has cut does not count.
func parse(line, format string, args ...any) bool {
	n, err := fmt.Sscanf(line+"\n", format+"\n", args...)
	return err == nil && n == len(args)
}
