package main

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// number reads a field of the summary.
func number(t *testing.T, m map[string]any, name string) float64 {
	t.Helper()
	v, ok := m[name].(float64)
	if !ok {
		t.Fatalf("%s is %v", name, m[name])
	}
	return v
}

// The tour, with nothing but the binary: every step happens, in order.
func TestDevTour(t *testing.T) {
	if testing.Short() {
		t.Skip("proves")
	}
	p := start(t, "dev", "--json", "--blocks", "12", "--class", "tiny", "--listen", "127.0.0.1:0", "--period", "500ms", "--data", testKeys)
	lines := p.wait(8 * time.Minute)
	if p.err != nil {
		t.Fatalf("%v\n%s", p.err, p.errs.String())
	}
	sum, ok := lines[len(lines)-1]["summary"].(map[string]any)
	if !ok {
		t.Fatalf("last line %v", lines[len(lines)-1])
	}
	for name, least := range map[string]float64{
		"blocks": 12, "executed": 20, "proven": 2, "anchored": 2, "verifiedOnChain": 1, "reorgs": 1, "undone": 2, "rerun": 2,
		"accepted": 1, "refused": 1, "gas": 100_000, "streamMillisP50": 0.001,
	} {
		if got := number(t, sum, name); got < least {
			t.Errorf("%s is %v, want at least %v", name, got, least)
		}
	}
	if gas := number(t, sum, "gas"); gas > 330_000 {
		t.Errorf("verification costs %v gas", gas)
	}
	if number(t, sum, "failed") != 0 {
		t.Errorf("%v jobs failed", sum["failed"])
	}
	checkStory(t, lines)
	t.Logf("summary %v", sum)
}

// checkStory follows each job through the lines.
func checkStory(t *testing.T, lines []map[string]any) {
	t.Helper()
	story := map[string][]string{} // by job
	retryOf := map[string]string{}
	for _, l := range lines {
		event, _ := l["event"].(string)
		id, _ := l["jobId"].(string)
		if id == "" {
			continue
		}
		story[id] = append(story[id], event)
		if of, _ := l["retryOf"].(string); of != "" {
			retryOf[id] = of
		}
	}
	whole, interrupted, again := 0, "", false
	for id, s := range story {
		text := strings.Join(s, " ")
		if s[0] != "executed" {
			t.Errorf("job %s begins with %s", id, text)
		}
		if strings.HasPrefix(text, "executed proving proven anchored verified refused accepted") {
			whole++
		}
		if text == "executed proving undone" {
			interrupted = id
		}
		if i := slices.Index(s, "undone"); i >= 0 && i != len(s)-1 {
			t.Errorf("something happened to an undone job: %s", text)
		}
	}
	for id, of := range retryOf {
		if of == interrupted && strings.HasPrefix(strings.Join(story[id], " "), "executed proving proven anchored") {
			again = true
		}
	}
	if whole == 0 || interrupted == "" || !again {
		t.Errorf("whole %d, interrupted %q, run again and proven %v; stories: %v", whole, interrupted, again, story)
	}
}

func TestDevWithoutProofs(t *testing.T) {
	p := start(t, "dev", "--json", "--blocks", "6", "--no-prove", "--listen", "127.0.0.1:0", "--period", "100ms")
	lines := p.wait(2 * time.Minute)
	if p.err != nil {
		t.Fatalf("%v\n%s", p.err, p.errs.String())
	}
	sum, _ := lines[len(lines)-1]["summary"].(map[string]any)
	for _, name := range []string{"reorgs", "undone", "rerun", "executed"} {
		if number(t, sum, name) < 1 {
			t.Errorf("%s is %v", name, sum[name])
		}
	}
	if number(t, sum, "proven") != 0 {
		t.Errorf("proven without proofs: %v", sum["proven"])
	}
}

func TestDevStopsWhenAsked(t *testing.T) {
	p := start(t, "dev", "--json", "--no-prove", "--listen", "127.0.0.1:0", "--period", "100ms")
	p.line("executed")
	p.stop()
	if _, ok := p.lines[len(p.lines)-1]["summary"]; !ok {
		t.Errorf("last line %v", p.lines[len(p.lines)-1])
	}
}

func TestDevBadFlags(t *testing.T) {
	for _, args := range [][]string{{"--class", "huge"}, {"--blocks", "-1"}, {"--listen", "0.0.0.0:0", "--no-prove"}, {"--colour"}, {"x"}} {
		_, stderr, code := vmhost(t, append([]string{"dev"}, args...)...)
		if code != exitUsage || !strings.HasPrefix(stderr, "vmhost: ") {
			t.Errorf("%v: exit code %d: %s", args, code, stderr)
		}
	}
}

// Stock viem, stock ethers and the dashboard against the real thing.
func TestStockClients(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	goTool, err := exec.LookPath("go")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no go tool on the PATH")
		}
		t.Skip("no go tool on the PATH")
	}
	for _, tc := range []struct {
		run  string
		args []string
		wait string
	}{
		// viem gives up reconnecting after seconds, so these need quick blocks.
		{"TestViem|TestEthers", []string{"--no-prove", "--period", "300ms"}, "undone"},
		{"TestDashboard", []string{"--class", "tiny", "--period", "1s", "--data", testKeys}, "accepted"},
	} {
		t.Run(tc.run, func(t *testing.T) {
			p := start(t, append([]string{"dev", "--json", "--listen", "127.0.0.1:0"}, tc.args...)...)
			url, _ := p.line("listening")["url"].(string)
			chain, _ := p.line("chain")["url"].(string)
			p.line(tc.wait)
			cmd := exec.CommandContext(t.Context(), goTool, "test", "-count=1", "-v", "-timeout", "9m", "-run", tc.run, "vmhost/wsapi/clienttest")
			cmd.Env = append(os.Environ(), "VMHOST_URL="+url, "VMHOST_REORG_RPC="+strings.Replace(chain, "ws://", "http://", 1))
			out, err := cmd.CombinedOutput()
			if err != nil || !strings.Contains(string(out), "--- PASS") && !strings.Contains(string(out), "--- SKIP") {
				t.Fatalf("%v\n%s", err, out)
			}
			t.Logf("%s", out)
		})
	}
}
