package replay

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"

	"vmhost/testvectors/schema"
)

// MaxFile bounds a vector file, in bytes.
const MaxFile = 32 << 20

// Failure is one test that did not go as recorded.
type Failure struct {
	File string `json:"file"`
	ID   int    `json:"id"`
	Err  string `json:"error"`
}

// Report sums up a replay.
type Report struct {
	Files    int       `json:"files"`
	Passed   int       `json:"passed"`
	Failures []Failure `json:"failures"`
}

// Failed is the number of failures.
func (r *Report) Failed() int { return len(r.Failures) }

// Paths replays files, and all .json files below folders.
func Paths(ctx context.Context, paths []string) (*Report, error) {
	var names []string
	for _, p := range paths {
		found, err := list(p)
		if err != nil {
			return nil, err
		}
		names = append(names, found...)
	}
	if len(names) == 0 {
		return nil, ErrNoVectors
	}
	sort.Strings(names)
	rep := &Report{Failures: []Failure{}}
	for _, name := range names {
		if err := rep.file(ctx, name); err != nil {
			return nil, err
		}
	}
	return rep, nil
}

func list(path string) (names []string, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	err = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(p) == ".json" {
			names = append(names, p)
		}
		return err
	})
	return names, err
}

func (r *Report) file(ctx context.Context, name string) error {
	b, err := os.ReadFile(name) //nolint:gosec // the user names the file
	if err != nil {
		return err
	}
	r.Files++
	fail := func(id int, err error) { r.Failures = append(r.Failures, Failure{name, id, err.Error()}) }
	run, tests, err := decode(b)
	if err != nil {
		fail(0, err)
		return nil
	}
	for _, t := range tests {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if t.err == nil {
			t.err = run.run(ctx, t.test)
		}
		if t.err != nil {
			fail(t.id, t.err)
		} else {
			r.Passed++
		}
	}
	return ctx.Err()
}

// test is a decoded test, or why it is none.
type test struct {
	id   int
	test any
	err  error
}

// Decode reads a file without running it and returns what is wrong with it.
func Decode(b []byte) (errs []error) {
	_, tests, err := decode(b)
	if err != nil {
		return []error{err}
	}
	for _, t := range tests {
		if t.err != nil {
			errs = append(errs, t.err)
		}
	}
	return errs
}

func decode(b []byte) (runner, []test, error) {
	if len(b) > MaxFile {
		return runner{}, nil, fmt.Errorf("%w: larger than %d bytes", ErrFormat, MaxFile)
	}
	var f schema.File
	if err := schema.Strict(b, &f); err != nil {
		return runner{}, nil, err
	}
	run, ok := runners()[f.Schema]
	if !ok {
		return runner{}, nil, fmt.Errorf("%w: %.80q", ErrUnclaimed, f.Schema)
	}
	if len(f.Tests) == 0 || f.Suite == "" || f.Version < 1 {
		return runner{}, nil, fmt.Errorf("%w: no tests, suite or version", ErrFormat)
	}
	var tests []test
	seen := map[int]bool{}
	for _, raw := range f.Tests {
		var head struct {
			ID int `json:"id"`
		}
		t := test{}
		if err := json.Unmarshal(raw, &head); err != nil {
			t.err = fmt.Errorf("%w: %w", ErrFormat, err)
		} else if t.id = head.ID; t.id <= 0 || seen[t.id] {
			t.err = fmt.Errorf("%w: id missing or used twice", ErrFormat)
		} else {
			t.test, t.err = run.decode(raw)
		}
		seen[t.id] = true
		tests = append(tests, t)
	}
	return run, tests, nil
}
