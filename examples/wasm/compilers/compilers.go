package compilers

import (
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"

	movingaverage "vmhost/examples/wasm/moving-average"
	"vmhost/examples/wasm/spec"
)

//go:embed wasm/*.wasm
var modules embed.FS

// Module is one program as one compiler made it.
type Module struct {
	Program  string // "median" or "moving-average"
	Compiler string // language and options, e.g. "rs-Os"
	Wasm     []byte
	Jobs     []spec.Job // the first one is ordinary

	// Reference says what a run must give.
	Reference func(spec.Job) spec.Outcome
}

// All returns every module, sorted by program and compiler.
func All() ([]Module, error) {
	files, err := fs.Glob(modules, "wasm/*.wasm") // sorted
	if err != nil {
		return nil, err
	}
	var out []Module
	for _, f := range files {
		m := Module{Jobs: jobs(), Reference: median}
		if m.Wasm, err = modules.ReadFile(f); err != nil {
			return nil, err
		}
		m.Program, m.Compiler, _ = strings.Cut(strings.TrimSuffix(path.Base(f), ".wasm"), ".")
		if m.Program == movingaverage.Name {
			m.Jobs, m.Reference = movingaverage.Jobs(), movingaverage.Reference
		}
		out = append(out, m)
	}
	return out, nil
}

// median computes what src/median.c says.
func median(j spec.Job) spec.Outcome {
	names := []string{"prices", "volumes", "pool", "fees", "balances"}
	switch {
	case len(j.Input) != 1:
		return spec.Failed(1)
	case int(j.Input[0]) >= len(names):
		return spec.Failed(2)
	}
	name := names[j.Input[0]]
	n, trap := j.Len(name)
	switch {
	case trap != "":
		return spec.Trapped(trap)
	case n == 0:
		return spec.Failed(3)
	}
	var values []uint64
	var sum uint64
	for i := range n {
		v, trap := j.U64(name, i)
		if trap != "" {
			return spec.Trapped(trap)
		}
		values = append(values, v)
		sum += v
	}
	slices.Sort(values)
	return spec.Done(uint64(n), values[0], values[(n-1)/2], values[n-1], sum)
}

func jobs() []spec.Job {
	job := func(name string, kind byte, collection string, values ...uint64) spec.Job {
		return spec.Job{
			Name: name, Block: 21_925_176, Input: []byte{kind},
			Collections: map[string][]spec.Value{collection: spec.U64s(values...)},
		}
	}
	many := make([]uint64, 200)
	for i := range many {
		many[i] = uint64(i) * 0x9e3779b97f4a7c15
	}
	wide := job("a value above 64 bits", 0, "prices", 1, 2)
	wide.Collections["prices"][1] = spec.Wide()
	none := job("no input", 0, "prices", 1)
	none.Input = nil
	return []spec.Job{
		job("3 prices", 0, "prices", 5, 9, 3),
		job("one balance", 4, "balances", 1<<64-1),
		job("8 volumes", 1, "volumes", 5, 3, 9, 1, 7, 2, 2, 8),
		job("sorted", 2, "pool", 1, 2, 3, 4, 5),
		job("all equal", 3, "fees", 7, 7, 7, 7),
		job("200 prices", 0, "prices", many...),
		job("empty", 0, "prices"),
		job("no such kind", 5, "prices", 1),
		job("another collection", 1, "prices", 1),
		none,
		wide,
	}
}
