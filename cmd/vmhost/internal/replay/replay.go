package replay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"

	"vmhost/testvectors/schema"
)

// Errors of a vector file.
var (
	ErrFormat    = schema.ErrFormat
	ErrUnclaimed = errors.New("replay: no runner for the schema")
	ErrNoVectors = errors.New("replay: no vector files")
)

// MaxFile bounds a vector file, in bytes.
const MaxFile = 32 << 20

// Runner replays one test of a schema. It returns nil if everything that the
// test expects happened.
type Runner func(ctx context.Context, test json.RawMessage) error

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
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	r.Files++
	fail := func(id int, err error) { r.Failures = append(r.Failures, Failure{name, id, err.Error()}) }
	f, run, err := open(b)
	if err != nil {
		fail(0, err)
		return nil
	}
	seen := map[int]bool{}
	for _, raw := range f.Tests {
		var head struct {
			ID int `json:"id"`
		}
		if err := json.Unmarshal(raw, &head); err != nil {
			fail(0, fmt.Errorf("%w: %w", ErrFormat, err))
			continue
		}
		if head.ID <= 0 || seen[head.ID] {
			fail(head.ID, fmt.Errorf("%w: id missing or used twice", ErrFormat))
			continue
		}
		seen[head.ID] = true
		if err := run(ctx, raw); err != nil {
			fail(head.ID, err)
		} else {
			r.Passed++
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

func open(b []byte) (*schema.File, Runner, error) {
	if len(b) > MaxFile {
		return nil, nil, fmt.Errorf("%w: larger than %d bytes", ErrFormat, MaxFile)
	}
	var f schema.File
	if err := schema.Strict(b, &f); err != nil {
		return nil, nil, err
	}
	run, ok := runners()[f.Schema]
	if !ok {
		return nil, nil, fmt.Errorf("%w: %q", ErrUnclaimed, f.Schema)
	}
	if len(f.Tests) == 0 || f.Suite == "" || f.Version < 1 {
		return nil, nil, fmt.Errorf("%w: no tests, suite or version", ErrFormat)
	}
	return &f, run, nil
}
