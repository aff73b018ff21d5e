package replay_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vmhost/cmd/vmhost/internal/replay"
	"vmhost/testvectors"
	"vmhost/testvectors/schema"
)

const root = "../../../../testvectors"

// Everything recorded goes as recorded.
func TestVectors(t *testing.T) {
	rep, err := replay.Paths(t.Context(), []string{root})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range rep.Failures {
		t.Errorf("%s test %d: %s", f.File, f.ID, f.Err)
	}
	files, err := fs.Glob(testvectors.Files, "*/*.json")
	if err != nil || len(files) != rep.Files {
		t.Errorf("%d files embedded, %d replayed (%v)", len(files), rep.Files, err)
	}
	areas := map[string]bool{}
	for _, f := range files {
		areas[filepath.Dir(f)] = true
	}
	for _, a := range []string{"program", "runtime", "statecache", "proofs", "wsapi", "anchoring", "jobs"} {
		if !areas[a] {
			t.Errorf("no vectors of area %s", a)
		}
	}
	t.Logf("%d files, %d tests", rep.Files, rep.Passed)
}

// first returns the first test of an embedded file.
func first(tb testing.TB, name string) (schema.File, map[string]any) {
	tb.Helper()
	b, err := testvectors.Files.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	var f schema.File
	if err := schema.Strict(b, &f); err != nil {
		tb.Fatal(err)
	}
	test := map[string]any{}
	if err := json.Unmarshal(f.Tests[0], &test); err != nil {
		tb.Fatal(err)
	}
	return f, test
}

func play(tb testing.TB, head map[string]any) *replay.Report {
	tb.Helper()
	b, err := json.Marshal(head)
	if err != nil {
		tb.Fatal(err)
	}
	return playBytes(tb, b)
}

func playBytes(tb testing.TB, b []byte) *replay.Report {
	tb.Helper()
	name := filepath.Join(tb.TempDir(), "x.json")
	if err := os.WriteFile(name, b, 0o600); err != nil {
		tb.Fatal(err)
	}
	rep, err := replay.Paths(tb.Context(), []string{name})
	if err != nil {
		tb.Fatal(err)
	}
	return rep
}

// samples are one file of each schema.
var samples = []string{
	"program/ids.json", "program/refused.json", "runtime/reserve-ratio-c.json", "statecache/reorgs.json", "proofs/tiny.json", "wsapi/scripts.json", "anchoring/statefile.json", "jobs/lifecycles.json",
}

// Each field of each schema counts: without it, with another value, with one
// more beside it, the test fails.
func TestDamagedTestsFail(t *testing.T) {
	for _, name := range samples {
		f, test := first(t, name)
		head := func(tests ...any) map[string]any {
			return map[string]any{"schema": f.Schema, "suite": f.Suite, "version": 1, "tests": tests}
		}
		if rep := play(t, head(test)); rep.Failed() != 0 || rep.Passed != 1 {
			t.Fatalf("%s: %+v", name, rep)
		}
		if rep := play(t, head(test, test)); rep.Failed() != 1 || rep.Passed != 1 {
			t.Errorf("%s: an id used twice: %+v", name, rep)
		}
		for field := range test {
			if field == "comment" || field == "flags" || (field == "wasm" && test["error"] != nil) {
				continue // says nothing, or any bytes are refused
			}
			for what, v := range map[string]any{"another type": []int{1}, "another value": "0x00ff"} {
				bad := clone(test)
				bad[field] = v
				if rep := play(t, head(bad)); rep.Failed() != 1 {
					t.Errorf("%s: %s of %s passes", name, what, field)
				}
			}
		}
		bad := clone(test)
		bad["extra"] = 1
		if rep := play(t, head(bad)); rep.Failed() != 1 || !strings.Contains(rep.Failures[0].Err, "unknown field") {
			t.Errorf("%s: unknown field: %+v", name, rep)
		}
		bad = clone(test)
		bad["result"] = map[any]string{"valid": "invalid", "invalid": "valid"}[test["result"]]
		if rep := play(t, head(bad)); rep.Failed() != 1 {
			t.Errorf("%s: the opposite result passes", name)
		}
		for _, id := range []any{0, -1, "1", nil} {
			bad = clone(test)
			bad["id"] = id
			if rep := play(t, head(bad)); rep.Failed() != 1 {
				t.Errorf("%s: id %v passes", name, id)
			}
		}
	}
}

func clone(m map[string]any) map[string]any {
	out := map[string]any{}
	for k, v := range m {
		out[k] = v
	}
	return out
}

func TestDamagedFilesFail(t *testing.T) {
	f, test := first(t, "program/ids.json")
	good := map[string]any{"schema": f.Schema, "suite": f.Suite, "version": 1, "tests": []any{test}}
	for name, change := range map[string]func(map[string]any){
		"unclaimed schema": func(m map[string]any) { m["schema"] = "vmhost-program/2" },
		"no schema":        func(m map[string]any) { delete(m, "schema") },
		"no suite":         func(m map[string]any) { delete(m, "suite") },
		"no version":       func(m map[string]any) { delete(m, "version") },
		"no tests":         func(m map[string]any) { m["tests"] = []any{} },
		"tests null":       func(m map[string]any) { m["tests"] = nil },
		"unknown field":    func(m map[string]any) { m["numberOfTests"] = 1 },
		"test is a number": func(m map[string]any) { m["tests"] = []any{7} },
	} {
		bad := clone(good)
		change(bad)
		if rep := play(t, bad); rep.Failed() != 1 || rep.Passed != 0 {
			t.Errorf("%s: %+v", name, rep)
		}
	}
	b, err := json.Marshal(good)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"empty": nil, "truncated": b[:len(b)-1], "trailing": append(bytes.Clone(b), "{}"...), "array": []byte("[]"),
	} {
		if rep := playBytes(t, data); rep.Failed() != 1 || rep.Passed != 0 {
			t.Errorf("%s: %+v", name, rep)
		}
	}
}

// Steps: an unknown op, an unknown field, and each changed expectation.
func TestDamagedStepsFail(t *testing.T) {
	f, test := first(t, "statecache/reorgs.json")
	steps := test["steps"].([]any)
	changed := 0
	for i, s := range steps {
		for field, v := range s.(map[string]any) {
			if field == "at" && s.(map[string]any)["error"] == "ErrUnknownBlock" {
				continue // another block is unknown too
			}
			for _, value := range []any{flip(v), nil} {
				step := clone(s.(map[string]any))
				if step[field] = value; value == nil {
					delete(step, field)
					step[field+"s"] = v // misspelt
				}
				bad := clone(test)
				bad["steps"] = append(append(append([]any{}, steps[:i]...), step), steps[i+1:]...)
				rep := play(t, map[string]any{"schema": f.Schema, "suite": "x", "version": 1, "tests": []any{bad}})
				if changed++; rep.Failed() != 1 {
					t.Errorf("step %d passes with %s %v", i+1, field, value)
				}
			}
		}
	}
	if changed < 50 {
		t.Errorf("%d changes", changed)
	}
}

// flip changes a value but keeps its type, where that is easy.
func flip(v any) any {
	switch v := v.(type) {
	case string:
		if strings.HasSuffix(v, "0") {
			return v[:len(v)-1] + "1"
		}
		return v[:len(v)-1] + "0"
	case map[string]any:
		out := clone(v)
		for k := range out {
			out[k] = flip(out[k])
		}
		return out
	case []any:
		return []any{}
	}
	return "x"
}

func TestPaths(t *testing.T) {
	if _, err := replay.Paths(t.Context(), []string{t.TempDir()}); !errors.Is(err, replay.ErrNoVectors) {
		t.Error(err)
	}
	if _, err := replay.Paths(t.Context(), []string{filepath.Join(t.TempDir(), "no.json")}); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := replay.Paths(ctx, []string{root}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// FuzzDecode: no file makes the decoder or a cheap runner panic.
func FuzzDecode(f *testing.F) {
	for _, name := range samples {
		b, err := testvectors.Files.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		file, test := first(f, name)
		small, err := json.Marshal(map[string]any{"schema": file.Schema, "suite": "x", "version": 1, "tests": []any{test}})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(small)
		if len(b) < 10_000 {
			f.Add(b)
		}
	}
	f.Fuzz(func(_ *testing.T, b []byte) {
		for _, err := range replay.Decode(b) {
			if err == nil {
				panic("nil error")
			}
		}
	})
}
