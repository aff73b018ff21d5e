package main

import (
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vmhost/anchoring/devchain"
	"vmhost/anchoring/devchain/demo"
	"vmhost/anchoring/statefile"
)

// arena is a chain with a registry that takes bonds, and the files of somebody
// with a laptop.
type arena struct {
	t               *testing.T
	chain           *devchain.Chain
	dir             string
	watch           string
	at, owner, user []string // flags
}

func newArena(t *testing.T) *arena {
	t.Helper()
	c, err := devchain.New(devchain.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	d, err := demo.Deploy(t.Context(), c, demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	stop := mineUntil(func() { _ = c.Mine(1) })
	t.Cleanup(stop)
	p := &arena{t: t, chain: c, dir: t.TempDir()}
	p.at = []string{"--rpc", c.HTTPURL(), "--contracts", p.file("contracts.json", "")}
	p.owner = []string{"--anchor-key", p.file("owner", hex.EncodeToString(c.Accounts()[0].Key()))}
	p.user = []string{"--anchor-key", p.file("user", hex.EncodeToString(c.Accounts()[3].Key()))}
	w, err := (&statefile.Watch{Collections: d.Collections()}).Encode()
	if err != nil {
		t.Fatal(err)
	}
	p.watch = p.file("WATCH.json", string(w))
	return p
}

// file writes a file of the folder, if there is something to write.
func (p *arena) file(name, text string) string {
	p.t.Helper()
	path := filepath.Join(p.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		p.t.Fatal(err)
	}
	if text != "" {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			p.t.Fatal(err)
		}
	}
	return path
}

// run runs a subcommand of anchor; the exit code must be want.
func (p *arena) run(want int, flags ...any) string {
	p.t.Helper()
	args := []string{"anchor"}
	for _, f := range flags {
		switch f := f.(type) {
		case string:
			args = append(args, f)
		case []string:
			args = append(args, f...)
		}
	}
	code, out, stderr := cli(p.t, append(args, p.at...)...)
	if code != want {
		p.t.Fatalf("%v: exit code %d, want %d\n%s%s", args, code, want, out, stderr)
	}
	return out + stderr
}

// post fetches a state, lies about a value of the pool if told so, and anchors it.
func (p *arena) post(name string, lie bool) (height string) {
	p.t.Helper()
	path := p.file(name, "")
	if code, out, stderr := cli(p.t, "state", "fetch", p.at[0], p.at[1], "--watch", p.watch, "--out", path); code != 0 {
		p.t.Fatal(out, stderr)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		p.t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(b, &doc); err != nil {
		p.t.Fatal(err)
	}
	number, _ := doc["block"].(map[string]any)["number"].(string)
	if lie {
		delete(doc, "accounts")
		delete(doc, "commitment")
		items, _ := doc["collections"].([]any)[0].(map[string]any)["items"].([]any)
		items[3].(map[string]any)["value"] = "0x" + strings.Repeat("00", 31) + "07"
		if b, err = json.Marshal(doc); err != nil {
			p.t.Fatal(err)
		}
		p.file(name, string(b))
	}
	p.run(0, "post", path, "--unverified", "--data", p.file("post", ""), p.owner)
	return number
}

// mustSay fails unless a text has all parts.
func mustSay(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in\n%s", part, text)
		}
	}
}

// Somebody with a node, the definitions and a key finds false anchors and takes
// them down, with the operator's files and without them.
func TestAnchorWatch(t *testing.T) {
	p := newArena(t)
	mustSay(t, p.run(0, "deploy", "--bond", "0.3", "--challenge-window", "200", "--answer-window", "4", p.owner), "ether a demand")
	p.run(0, "deposit", "2", p.owner)
	p.post("T.json", false)
	watch := []string{"watch", "--once", "--watch", p.watch, "--poll", "100ms"}
	out := p.run(0, watch, "--data", p.file("reader", ""))
	mustSay(t, out, "true", "reporting only")
	lied := p.post("published/L.json", true)
	out = p.run(exitNo, watch, "--data", p.file("reader", ""))
	mustSay(t, out, "true", "differs", "demand directory/4/0")
	out = p.run(exitNo, watch, "--data", p.file("with files", ""), "--published", p.file("published", ""), "--json")
	mustSay(t, out, `"verdict":"false"`, `"claim":"refuteValue"`, `pool[3]`, `"height":"`+lied+`"`)
	mustSay(t, p.run(exitNo, watch, "--data", p.file("poor", ""), "--max-spend", "0.001", p.user), "limit of expenses")
	// Without the files: the operator is asked, and is silent.
	out = p.run(exitNo, watch, "--data", p.file("user data", ""), p.user)
	mustSay(t, out, "answer to directory/4/0", "acting as")
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(300 * time.Millisecond) {
		code, out, stderr := cli(t, append(append(append([]string{"anchor"}, watch...), append(p.user, "--data", p.file("user data", ""))...), p.at...)...)
		if strings.Contains(out, "revoked") {
			mustSay(t, out, "ether spent")
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d %s %s", code, out, stderr)
		}
	}
	// With the files: at once, and for good.
	p.post("published/M.json", true)
	p.run(exitNo, watch, "--data", p.file("user data", ""), "--published", p.file("published", ""), p.user)
	mustSay(t, p.run(0, watch, "--data", p.file("user data", ""), "--published", p.file("published", ""), p.user), "revoked", "true")
}

// The game by hand.
func TestAnchorGameByHand(t *testing.T) {
	p := newArena(t)
	mustSay(t, p.run(exitUsage, "deploy", "--bond", "0.001", p.owner), "too small", "at least")
	mustSay(t, p.run(exitUsage, "deploy", "--bond", "0.3", "--demand-bond", "0.1", p.owner), "more than a 30th")
	mustSay(t, p.run(exitUsage, "deploy", "--bond", "0.3", "--demand-bond", "0.0000001", p.owner), "does not pay for an answer")
	mustSay(t, p.run(exitUsage, "deploy", "--demand-bond", "0.1", p.owner), "without --bond")
	p.run(0, "deploy", "--bond", "0.3", "--challenge-window", "200", "--answer-window", "4", p.owner)
	p.run(0, "deposit", "2", p.owner)
	h := p.post("L.json", true)
	state := p.file("L.json", "")

	mustSay(t, p.run(exitNo, "demand", h, "--place", "leaves:1/3", p.user), "demand directory/4/0 first")
	mustSay(t, p.run(exitUsage, "demand", h, "--place", "leaves/3", p.user), "is no place")
	mustSay(t, p.run(exitUsage, "demand", h, p.user), "--place is required")
	mustSay(t, p.run(exitNo, "demand", "1", "--place", "directory/4/0", p.user), "nothing is anchored")
	mustSay(t, p.run(0, "demand", h, "--place", "leaves:1/3", "--state", state, "--dry-run", "--json", p.user), `"sent":false`, `"place":"leaves:1/3"`)
	mustSay(t, p.run(0, "demand", h, "--place", "leaves:1/3", "--place", "directory/4/0", "--state", state, p.user), "costs about", "done in block")
	mustSay(t, p.run(exitNo, "demand", h, "--place", "leaves:1/3", "--state", state, p.user), "AlreadyDemanded")
	mustSay(t, p.run(0, "demands", h), "leaves:1/3", "directory/4/0")
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(300 * time.Millisecond) {
		code, out, stderr := cli(t, append(append([]string{"anchor", "expire", h}, p.user...), p.at...)...)
		if code == exitOK {
			mustSay(t, out, "expire of leaves:1/3", "done in block")
			break
		}
		mustSay(t, stderr, "no demand is late")
		if t.Failed() || time.Now().After(deadline) {
			t.Fatalf("%d %s %s", code, out, stderr)
		}
	}
	mustSay(t, p.run(exitNo, "expire", h, p.user), "nothing is anchored")
	mustSay(t, p.run(0, "refund", p.user), "refund of directory/4/0")
	mustSay(t, p.run(exitNo, "refund", p.user), "nothing is due")
	mustSay(t, p.run(0, "withdraw", "--json", p.user), `"due":"0x`, `"tx":"0x`)
	mustSay(t, p.run(exitNo, "withdraw", p.user), "nothing is due")
	mustSay(t, p.run(exitNo, "unbond", "1", p.user), "0 ether of the deposit are free")
	mustSay(t, p.run(0, "unbond", "all", p.owner), "1.7 of 1.7 ether leave")
	mustSay(t, p.run(exitNo, "withdraw", p.owner), "can be had from block")

	someone := hexAddress(p.chain.Accounts()[3].Address)
	mustSay(t, p.run(exitNo, "allow", someone, p.user), "NotOwner")
	mustSay(t, p.run(exitUsage, "allow", "0x1234", p.owner), "account")
	mustSay(t, p.run(exitEnvironment, "post", state, "--unverified", "--data", p.file("other", ""), "--wait", "1s", p.user), "NotAnchorer")
	mustSay(t, p.run(0, "allow", someone, "--json", p.owner), `"allowed":true`, `"tx":"0x`)
	mustSay(t, p.run(exitNo, "post", state, "--unverified", "--data", p.file("other", ""), "--wait", "1s", p.user), "CommitmentRevoked")
	mustSay(t, p.run(0, "allow", someone, "--revoke", p.owner), "done in block")
}

// A server compares the anchors of somebody else with its own state, and takes
// down what is false.
func TestServeWatchtower(t *testing.T) {
	p := newArena(t)
	p.run(0, "deploy", "--bond", "0.3", "--challenge-window", "200", "--answer-window", "50", p.owner)
	p.run(0, "deposit", "2", p.owner)
	flags := append([]string{
		"serve", "--json", "--data", p.file("server", ""), "--listen", "127.0.0.1:0", "--watch", p.watch, "--no-prove", "--no-history",
		"--watchtower-key", p.user[1], "--published", p.file("published", ""), "--watchtower-spend", "0.3",
	}, p.at...)
	s := start(t, flags...)
	url, _ := s.line("listening")["url"].(string)
	s.line("synced")
	p.post("T.json", false)
	p.post("published/L.json", true)
	want := []string{`vmhost_watchtower_anchors{verdict="true"} 1`, `vmhost_watchtower_anchors{verdict="revoked"} 1`, `vmhost_watchtower_transactions_total{for="challenge"} 1`}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(200 * time.Millisecond) {
		text := get(t, url+"/metrics")
		if !slices.ContainsFunc(want, func(line string) bool { return !strings.Contains(text, line) }) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal(text)
		}
	}
	if code, out, stderr := cli(t, append([]string{"serve", "--watchtower", "--rpc", "http://127.0.0.1:1"}, "--data", t.TempDir())...); code != exitUsage || !strings.Contains(stderr, "--registry") {
		t.Errorf("%d %s%s", code, out, stderr)
	}
}

// get reads a page of the test's own server.
func get(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url) //nolint:noctx // of the test's own server
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close() //nolint:errcheck // only read
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
