package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"vmhost/anchoring/statefile"
	examples "vmhost/examples/wasm"
	"vmhost/proofs"
	"vmhost/proofs/verifier"
	"vmhost/statecache"
)

// proveTiny proves a module in the tiny class and returns the proof's path.
func proveTiny(t *testing.T, wasm []byte, state string, flags ...string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "PROOF.json")
	args := append([]string{"prove", writeTemp(t, "m.wasm", wasm), "--state", state, "--out", out, "--class", "tiny", "--json"}, flags...)
	want(t, 0, nil, args...)
	return out
}

func TestProveAndVerify(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	e, _ := examples.Find("reserve-ratio", examples.C)
	j := e.Jobs[0]
	proof := proveTiny(t, e.Wasm, stateOf(t, j), "--unverified")

	var v struct {
		Valid              bool
		Journal, ProgramID string
		Rung, KeyStatus    string
	}
	want(t, 0, &v, "verify", proof, "--unsafe-dev", "--json")
	if !v.Valid || v.Journal != hex0x(e.Reference(j).Journal) || v.Rung != "unverified" || v.KeyStatus != "unsafe-dev" {
		t.Errorf("verify says %+v", v)
	}
	want(t, 0, nil, "verify", proof, "--unsafe-dev", "--program", v.ProgramID)
	if msg := want(t, 1, nil, "verify", proof); !strings.Contains(msg, "unsafe development key") {
		t.Errorf("without --unsafe-dev: %q", msg)
	}
	want(t, 1, nil, "verify", proof, "--unsafe-dev", "--program", "0x"+strings.Repeat("11", 32))
	want(t, 1, nil, "verify", proof, "--unsafe-dev", "--commitment", "0x"+strings.Repeat("11", 32))

	b, err := os.ReadFile(proof)
	if err != nil {
		t.Fatal(err)
	}
	for field, change := range proofChanges() {
		var doc map[string]any
		if err := json.Unmarshal(b, &doc); err != nil {
			t.Fatal(err)
		}
		change(doc)
		bad, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		code, out, errs := cli(t, "verify", writeTemp(t, "P.json", bad), "--unsafe-dev")
		if code != 1 && code != 2 {
			t.Errorf("%s changed: exit %d\n%s%s", field, code, out, errs)
		}
	}

	var list struct{ Class, VerifyingKeyID string }
	want(t, 0, &list, "keys", "list", "--json")
	if list.Class != "tiny" || len(list.VerifyingKeyID) != 66 {
		t.Errorf("keys list says %+v", list)
	}
	want(t, 0, nil, "keys", "verify", "--class", "tiny")
}

// flip changes the last hex digit of a field.
func flip(doc map[string]any, path ...string) {
	for len(path) > 1 {
		doc, path = doc[path[0]].(map[string]any), path[1:]
	}
	s := doc[path[0]].(string)
	last := "0"
	if strings.HasSuffix(s, "0") {
		last = "1"
	}
	doc[path[0]] = s[:len(s)-1] + last
}

func proofChanges() map[string]func(map[string]any) {
	return map[string]func(map[string]any){
		"program":      func(d map[string]any) { flip(d, "claim", "programId") },
		"commitment":   func(d map[string]any) { flip(d, "claim", "commitment") },
		"journal":      func(d map[string]any) { flip(d, "claim", "journal") },
		"proof":        func(d map[string]any) { flip(d, "proof") },
		"key":          func(d map[string]any) { flip(d, "verifyingKeyId") },
		"calldata":     func(d map[string]any) { flip(d, "calldata") },
		"class":        func(d map[string]any) { d["class"] = "s" },
		"system":       func(d map[string]any) { d["system"] = "plonk" },
		"format":       func(d map[string]any) { d["format"] = "vmhost-proof/9" },
		"public input": func(d map[string]any) { d["publicInputs"].([]any)[3] = "0x" + strings.Repeat("00", 32) },
		"unknown":      func(d map[string]any) { d["surprise"] = true },
		"type":         func(d map[string]any) { d["proof"] = 7 },
		"missing":      func(d map[string]any) { delete(d, "claim") },
	}
}

// What `keys export` writes is the pinned key, whose hash is its identity.
func TestExportedKeyIsThePinnedOne(t *testing.T) {
	pins, err := proofs.Pinned()
	if err != nil {
		t.Fatal(err)
	}
	for _, class := range []string{"tiny", "s", "m"} {
		pin, ok := pins.ByShape(class)
		if !ok {
			t.Fatalf("%s is not pinned", class)
		}
		export := func(more ...string) []byte {
			out := filepath.Join(t.TempDir(), "key.hex")
			want(t, 0, nil, append([]string{"keys", "export", "--class", class, "--out", out, "--keys", t.TempDir()}, more...)...)
			text, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			return decode(t, strings.TrimSpace(string(text)))
		}
		blob := export()
		key, err := verifier.ReadBlob(blob)
		if err != nil || key.ID() != pin.ID() || !key.UnsafeDev() {
			t.Errorf("%s: %v", class, err)
		}
		if code := export("--creation"); !bytes.HasSuffix(code, blob) || len(code) != len(blob)+10 {
			t.Errorf("%s: creation code of %d bytes", class, len(code))
		}
	}
}

func decode(t *testing.T, s string) []byte {
	t.Helper()
	s = strings.TrimPrefix(s, "0x")
	b, err := hex.DecodeString(strings.Repeat("0", len(s)%2) + s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestMainnet proves a program on values of mainnet block 21925176, checked
// against that header's state root.
func TestMainnet(t *testing.T) {
	dir := os.Getenv("VMHOST_FIXTURES")
	if dir == "" {
		t.Skip("VMHOST_FIXTURES names no folder with real mainnet data")
	}
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	read := func(name string) []byte {
		b, err := os.ReadFile(filepath.Join(dir, "helios", "tests", "testdata", "rpc", name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	proof := read("proof.json")
	var p struct {
		Address      string
		StorageProof []struct{ Key string }
	}
	if err := json.Unmarshal(proof, &p); err != nil {
		t.Fatal(err)
	}
	slot := statecache.Item{Kind: statecache.KindSlot}
	copy(slot.Address[:], decode(t, p.Address))
	key := decode(t, p.StorageProof[0].Key)
	copy(slot.Slot[32-len(key):], key)
	cols := []statecache.Collection{{Name: "values", Items: []statecache.Item{slot, {Kind: statecache.KindBalance, Address: slot.Address}}}}
	f, err := statefile.FromProofs(1, read("block.json"), [][]byte{proof}, cols)
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	state := writeTemp(t, "STATE.json", b)
	var c struct{ Commitment, Rung string }
	want(t, 0, &c, "state", "commit", state, "--json")
	if c.Rung != "checked" {
		t.Errorf("rung %q", c.Rung)
	}
	e, _ := examples.Find("wide-sum", examples.C)
	want(t, 0, nil, "run", writeTemp(t, "m.wasm", e.Wasm), "--state", state, "--engine", "all")
	var v struct{ Commitment, Journal, Rung string }
	want(t, 0, &v, "verify", proveTiny(t, e.Wasm, state), "--unsafe-dev", "--json")
	if v.Commitment != c.Commitment || v.Rung != "checked" || len(v.Journal) != 2+2*80 {
		t.Errorf("verified %+v, committed %+v", v, c)
	}
	// one flipped digit of a value is refused
	value := regexp.MustCompile(`"value": ?"0x[0-9a-f]{63}`).FindIndex(b)
	if value == nil {
		t.Fatal("no value in the file")
	}
	bad := bytes.Clone(b)
	bad[value[1]] ^= 1
	if msg := want(t, 2, nil, "state", "commit", writeTemp(t, "BAD.json", bad)); !strings.HasPrefix(msg, "vmhost: ") {
		t.Errorf("changed value: %q", msg)
	}
}

// TestEstimate checks what a run that fits would cost, and what a run that does
// not fit is short of.
func TestEstimate(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	e, _ := examples.Find("balance-dist", examples.C)
	module := writeTemp(t, "m.wasm", e.Wasm)
	var fits struct {
		Fits                    bool
		Class                   string
		Constraints, Reads      int
		UsedConstraints         int
		Seconds                 float64
		PeakBytes, Gas, IRSteps uint64
	}
	want(t, 0, &fits, "estimate", module, "--state", stateOf(t, e.Jobs[0]), "--unverified", "--json")
	if !fits.Fits || fits.Class != "tiny" || fits.Constraints < fits.UsedConstraints || fits.UsedConstraints < 10_000 ||
		fits.Seconds < .1 || fits.Seconds > 100 || fits.PeakBytes < 50<<20 || fits.Gas < 200_000 || fits.IRSteps == 0 || fits.Reads == 0 {
		t.Errorf("%+v", fits)
	}
	var short struct {
		Fits  bool
		Short []struct {
			Shape, Resource string
			Need, Have      int
			Factor          float64
		}
	}
	big := stateOf(t, listJob(e, 400))
	want(t, 2, &short, "estimate", module, "--state", big, "--class", "tiny", "--unverified", "--json")
	if short.Fits || len(short.Short) < 3 {
		t.Fatalf("%+v", short)
	}
	for _, s := range short.Short {
		if s.Shape != "tiny" || s.Resource == "" || s.Need <= s.Have || s.Factor <= 1 {
			t.Errorf("%+v", s)
		}
	}
}
