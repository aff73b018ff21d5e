package examples

import (
	"embed"
	"fmt"
	"io/fs"

	"vmhost/examples/wasm/spec"
	"vmhost/internal/vmabi"
)

//go:embed testdata/*.wasm
var badFiles embed.FS

// Verdict says where a bad module meets its end.
type Verdict uint8

// Verdicts.
const (
	Refused    Verdict = iota // not accepted: loading it is an error
	Traps                     // loads; its run ends with Trap
	Unprovable                // loads and runs to the end; asking for its proof is an error
	ProofTraps                // loads and runs to the end; with the limits of a proof it ends with Trap
)

// BadModule is a module that is wrong in one way.
type BadModule struct {
	Name    string // of the file in testdata, without .wasm
	Wasm    []byte
	Verdict Verdict
	Trap    vmabi.Trap // if Traps or ProofTraps
	Job     spec.Job   // what it runs on
}

// BadModules returns every bad module of testdata. Its error is a fault of the
// build: the table below and the folder differ.
func BadModules() ([]BadModule, error) {
	bad := badTable()
	for i := range bad {
		wasm, err := badFiles.ReadFile("testdata/" + bad[i].Name + ".wasm")
		if err != nil {
			return nil, fmt.Errorf("examples: bad module: %w", err)
		}
		bad[i].Wasm = wasm
		bad[i].Job = spec.Job{
			Name:        bad[i].Name,
			Block:       7,
			Collections: map[string][]spec.Value{"pool": {spec.U64(5), spec.U64(10), spec.Wide()}},
		}
	}
	files, err := fs.Glob(badFiles, "testdata/*.wasm")
	if err != nil {
		return nil, fmt.Errorf("examples: bad module: %w", err)
	}
	if len(files) != len(bad) {
		return nil, fmt.Errorf("examples: %d bad modules in testdata, %d in the table", len(files), len(bad))
	}
	return bad, nil
}

func badTable() []BadModule {
	refused := func(name string) BadModule { return BadModule{Name: name, Verdict: Refused} }
	traps := func(name string, trap vmabi.Trap) BadModule { return BadModule{Name: name, Verdict: Traps, Trap: trap} }
	return []BadModule{
		refused("not-wasm"),
		refused("truncated"),
		refused("unknown-import"),
		refused("foreign-import"),
		refused("import-signature"),
		refused("no-run"),
		refused("run-signature"),
		refused("run-is-memory"),
		refused("pages-10000"),
		refused("simd"),
		{Name: "floats", Verdict: Unprovable},
		{Name: "journal-249", Verdict: ProofTraps, Trap: vmabi.TrapJournalOverflow},
		traps("start-traps", vmabi.TrapUnreachable),
		traps("unreachable", vmabi.TrapUnreachable),
		traps("endless-loop", vmabi.TrapOutOfFuel),
		traps("endless-recursion", vmabi.TrapCallStack),
		traps("journal-overflow", vmabi.TrapJournalOverflow),
		traps("index-out-of-range", vmabi.TrapIndexOutOfRange),
		traps("index-of-2-32", vmabi.TrapIndexOutOfRange),
		traps("value-too-wide", vmabi.TrapValueTooWide),
		traps("unknown-collection", vmabi.TrapUnknownCollection),
		traps("collection-name", vmabi.TrapUnknownCollection),
		traps("invalid-handle", vmabi.TrapInvalidHandle),
		traps("unknown-block-field", vmabi.TrapUnknownBlockField),
		traps("run-returns-3", vmabi.TrapRunNonZero),
		traps("divide-by-zero", vmabi.TrapDivideByZero),
		traps("remainder-by-zero", vmabi.TrapDivideByZero),
		traps("out-of-bounds", vmabi.TrapOutOfBounds),
		traps("out-of-bounds-offset", vmabi.TrapOutOfBounds),
		traps("host-pointer", vmabi.TrapOutOfBounds),
		traps("host-pointer-wraps", vmabi.TrapOutOfBounds),
	}
}
