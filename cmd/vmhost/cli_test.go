package main

import (
	"bytes"
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vmhost/anchoring/statefile"
	examples "vmhost/examples/wasm"
	"vmhost/examples/wasm/spec"
	"vmhost/statecache"
)

// cli runs a command line in this process and returns exit code, stdout and stderr.
func cli(t *testing.T, args ...string) (code int, out, err string) {
	t.Helper()
	var o, e bytes.Buffer
	a := &app{in: strings.NewReader(""), out: &o, err: &e}
	code = a.run(t.Context(), args)
	return code, o.String(), e.String()
}

// want runs a command line that must exit with a code, and decodes its first
// line of JSON if v is given.
func want(t *testing.T, code int, v any, args ...string) string {
	t.Helper()
	got, out, errs := cli(t, args...)
	if got != code {
		t.Fatalf("vmhost %s: exit %d, want %d\n%s%s", strings.Join(args, " "), got, code, out, errs)
	}
	if v != nil {
		if err := json.NewDecoder(strings.NewReader(out)).Decode(v); err != nil {
			t.Fatalf("vmhost %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	return out + errs
}

func writeTemp(t *testing.T, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// stateOf exports a job's state as an unverified STATE.json.
func stateOf(t *testing.T, j spec.Job) string {
	t.Helper()
	view, err := j.View()
	if err != nil {
		t.Fatal(err)
	}
	f, err := statefile.FromView(view)
	if err != nil {
		t.Fatal(err)
	}
	f.Commitment = statecache.Commitment{} // without a header, the header collection is not the view's
	b, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return writeTemp(t, "STATE.json", b)
}

func TestVersionAndUsage(t *testing.T) {
	var v struct {
		ABI  int               `json:"abi"`
		Keys map[string]string `json:"keys"`
	}
	want(t, 0, &v, "version", "--json")
	if v.ABI != 1 || len(v.Keys["tiny"]) != 66 {
		t.Errorf("version says %+v", v)
	}
	for _, line := range []string{"nonsense", "run", "run a b", "program id", "run x.wasm --engine quantum --state s", "keys setup", "keys setup --class tiny", "prove x.wasm", "--nonsense"} {
		if msg := want(t, 2, nil, strings.Fields(line)...); !strings.HasPrefix(msg, "vmhost: ") {
			t.Errorf("%s: %q", line, msg)
		}
	}
	var e struct {
		Error struct{ Code, Message string }
	}
	msg := want(t, 2, nil, "--json", "run", "no-such.wasm", "--state", "x")
	if err := json.Unmarshal([]byte(msg), &e); err != nil || e.Error.Code != "no-such-file" || e.Error.Message == "" {
		t.Errorf("JSON error is %q (%v)", msg, err)
	}
}

// A word that is no command is refused at every level: help and exit code 0 would
// hide a typing error from a script.
func TestUnknownCommands(t *testing.T) {
	for _, group := range [][]string{nil, {"anchor"}, {"state"}, {"watch"}, {"keys"}, {"keys", "ceremony"}, {"client"}, {"program"}} {
		if out := want(t, exitUsage, nil, append(group, "nonsense")...); !strings.Contains(out, "nonsense") || strings.Contains(out, "Usage:") {
			t.Errorf("%v nonsense: %s", group, out)
		}
		if out := want(t, exitOK, nil, group...); !strings.Contains(out, "Available Commands:") {
			t.Errorf("%v: %s", group, out)
		}
	}
}

// What was mixed up is named.
func TestMixedUp(t *testing.T) {
	watch := writeTemp(t, "WATCH.json", []byte(`{"format":"vmhost-watch/1","collections":[{"name":"a","balances":["0x6926ff7ed868e6b23d58597cc059d048884641e9"]}]}`))
	state := stateOf(t, spec.Job{Collections: map[string][]spec.Value{"a": {spec.U64(7)}}})
	for text, line := range map[string][]string{
		`format "vmhost-watch/1", expected "vmhost-state/1"`: {"state", "commit", watch},
		`format "vmhost-state/1", expected "vmhost-watch/1"`: {"watch", "define", state},
		"want one address of a node":                         {"state", "fetch", "--rpc", "127.0.0.1:8545", "--watch", watch, "--out", "x"},
		"http:// or https://":                                {"serve", "--rpc", "127.0.0.1:8545", "--watch", watch, "--data", t.TempDir()},
	} {
		if out := want(t, exitUsage, nil, line...); !strings.Contains(out, text) {
			t.Errorf("%v: %s", line, out)
		}
	}
}

// Only nothing is 0 ether.
func TestEther(t *testing.T) {
	for wei, text := range map[int64]string{0: "0", 7_700_000: "0.0000000000077", 1: "0.000000000000000001", 50_000_000_000_000_000: "0.05", 123_456_789_000_000_123: "0.123456789"} {
		if got := ether(big.NewInt(wei)); got != text {
			t.Errorf("%d wei: %s, want %s", wei, got, text)
		}
	}
}

func TestProgramCommands(t *testing.T) {
	for _, e := range examples.All() {
		file := writeTemp(t, "m.wasm", e.Wasm)
		var id, check struct {
			ProgramID string
			Provable  bool
			Reasons   []string
		}
		want(t, 0, &id, "program", "id", "--json", file)
		want(t, 0, &check, "program", "check", "--json", file)
		if !check.Provable || check.ProgramID != id.ProgramID || len(check.Reasons) != 0 {
			t.Errorf("%s/%s: id %+v, check %+v", e.Name, e.Lang, id, check)
		}
		if out := want(t, 0, nil, "program", "inspect", file); !strings.Contains(out, "blocks") {
			t.Errorf("%s/%s: inspect prints %q", e.Name, e.Lang, out)
		}
	}
}

func TestBadModules(t *testing.T) {
	bad, err := examples.BadModules()
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range bad {
		file := writeTemp(t, b.Name+".wasm", b.Wasm)
		code, out, errs := cli(t, "program", "check", file)
		switch b.Verdict {
		case examples.Refused:
			if code != 2 || !strings.HasPrefix(errs, "vmhost: ") {
				t.Errorf("%s: exit %d, %s%s", b.Name, code, out, errs)
			}
		case examples.Unprovable:
			if code != 1 || !strings.Contains(out, "at byte 0x") {
				t.Errorf("%s: exit %d, %s%s", b.Name, code, out, errs)
			}
		case examples.Traps:
			code, out, errs = cli(t, "run", file, "--state", stateOf(t, b.Job), "--unverified", "--engine", "all", "--fuel", "100000", "--json")
			if code != 1 || !strings.Contains(out, `"trap":"`+string(b.Trap)+`"`) {
				t.Errorf("%s: exit %d, want trap %q\n%s%s", b.Name, code, b.Trap, out, errs)
			}
		case examples.ProofTraps:
		}
	}
}

func TestRunAllEngines(t *testing.T) {
	for _, e := range examples.All() {
		file := writeTemp(t, "m.wasm", e.Wasm)
		j := e.Jobs[0]
		state := stateOf(t, j)
		if msg := want(t, 2, nil, "run", file, "--state", state); !strings.Contains(msg, "unverified") {
			t.Errorf("a state file without proofs: %q", msg)
		}
		var line runLine
		want(t, 0, &line, "run", file, "--state", state, "--unverified", "--input", hex0x(j.Input), "--engine", "all", "--json")
		if line.Journal != hex0x(e.Reference(j).Journal) || line.Rung != "unverified" {
			t.Errorf("%s/%s: %+v", e.Name, e.Lang, line)
		}
	}
}
