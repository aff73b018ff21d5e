package proofs

import (
	"bytes"
	"context"
	"errors"
	"os"
	"testing"

	examples "vmhost/examples/wasm"
	"vmhost/examples/wasm/compilers"
	"vmhost/examples/wasm/spec"
	"vmhost/internal/difftest"
	"vmhost/internal/vmabi"
	"vmhost/internal/wasm/wasmtest"
	"vmhost/proofs/verifier"
	"vmhost/statecache"
)

var _ View = (*statecache.View)(nil)

// machine has one key folder for all tests of a process.
func machine(t *testing.T) *Machine {
	t.Helper()
	reg, err := ZkwasmShapes()
	if err != nil {
		t.Fatal(err)
	}
	s, err := OpenStore(StoreOptions{Dir: keyDir, Shapes: reg, Pins: noPins(t)})
	if err != nil {
		t.Fatal(err)
	}
	m := NewMachine(s, true)
	t.Cleanup(m.Close)
	return m
}

func exampleJob(t *testing.T, e examples.Example, j spec.Job) Job {
	t.Helper()
	v, err := j.View()
	if err != nil {
		t.Fatal(err)
	}
	return Job{Module: e.Wasm, Input: j.Input, State: v, Block: Block{ChainID: spec.ChainID, Number: j.Block}}
}

// All examples on all their jobs: the engine gives what the reference gives.
func TestExamplesExecute(t *testing.T) {
	m := machine(t)
	for _, e := range examples.All() {
		id, err := m.ProgramID(e.Wasm)
		if err != nil {
			t.Errorf("%s.%s: %v", e.Name, e.Lang, err)
			continue
		}
		for _, j := range e.Jobs {
			want := e.Reference(j)
			r, err := m.Execute(t.Context(), exampleJob(t, e, j))
			if err != nil {
				t.Errorf("%s.%s %s: %v", e.Name, e.Lang, j.Name, err)
				continue
			}
			if r.Trap != want.Trap || (r.Trap == "" && !bytes.Equal(r.Journal, want.Journal)) || r.ProgramID != id {
				t.Errorf("%s.%s %s: %x %q, want %x %q", e.Name, e.Lang, j.Name, r.Journal, r.Trap, want.Journal, want.Trap)
			}
		}
	}
}

// The first job of each example, laid out for the circuit. Two are proven, all
// with VMHOST_ALL_KEYS=1.
func TestExamplesProve(t *testing.T) {
	m := machine(t)
	for _, e := range examples.All() {
		t.Run(e.Name+"."+string(e.Lang), func(t *testing.T) {
			job := exampleJob(t, e, e.Jobs[0])
			est, err := m.Estimate(t.Context(), job)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s: %d instructions, %d steps, %d reads, %d constraints used", est.Shape, est.WasmInstructions, est.IRSteps, est.Reads, est.UsedConstraints)
			if e.Name+"."+string(e.Lang) != "reserve-ratio.c" && e.Name+"."+string(e.Lang) != "wide-sum.as" && os.Getenv("VMHOST_ALL_KEYS") == "" {
				return
			}
			want := e.Reference(e.Jobs[0])
			job.ExpectJournal = want.Journal
			f, err := m.Prove(t.Context(), job)
			if err != nil {
				t.Fatal(err)
			}
			checkFile(t, m, f, want.Journal)
		})
	}
}

// What compilers emit by default, proven: AssemblyScript in tiny, Rust and
// unoptimised C in s with VMHOST_ALL_KEYS=1.
func TestCompilersProve(t *testing.T) {
	m := machine(t)
	all, err := compilers.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		switch c.Program + "." + c.Compiler {
		case "moving-average.as-default":
		case "moving-average.c-O0", "moving-average.rs-O2":
			if os.Getenv("VMHOST_ALL_KEYS") == "" {
				continue
			}
		default:
			continue
		}
		t.Run(c.Program+"."+c.Compiler, func(t *testing.T) {
			want := c.Reference(c.Jobs[0])
			job := exampleJob(t, examples.Example{Wasm: c.Wasm}, c.Jobs[0])
			job.ExpectJournal = want.Journal
			f, err := m.Prove(t.Context(), job)
			if err != nil {
				t.Fatal(err)
			}
			checkFile(t, m, f, want.Journal)
		})
	}
}

// A guest whose memory grows, and which uses the new page.
func TestGrowthProve(t *testing.T) {
	if testing.Short() {
		t.Skip("a proof")
	}
	m := machine(t)
	module := wasmtest.New().Import("vm", "journal_write", "i32 i32 ->").Memory(1, 3).Define("run", "->", "",
		"i32.const 65540 i32.const 1 memory.grow i32.store 0 "+ // 1: the size before
			"i32.const 65544 i32.const 5 memory.grow i32.store 0 "+ // -1: too much
			"i32.const 65548 memory.size i32.store 0 "+ // 2
			"i32.const 65540 i32.const 12 call $journal_write").Bytes()
	view, err := spec.Job{}.View()
	if err != nil {
		t.Fatal(err)
	}
	f, err := m.Prove(t.Context(), Job{Module: module, State: view, Block: Block{ChainID: spec.ChainID}})
	if err != nil {
		t.Fatal(err)
	}
	checkFile(t, m, f, []byte("\x01\x00\x00\x00\xff\xff\xff\xff\x02\x00\x00\x00"))
}

// Random modules, the first three that fit tiny.
func TestGeneratedProve(t *testing.T) {
	if testing.Short() {
		t.Skip("three proofs")
	}
	m := machine(t)
	proven := 0
	for seed := uint64(1); proven < 3 && seed < 400; seed += 2 {
		module := difftest.Generate(seed)
		view, err := spec.Job{}.View()
		if err != nil {
			t.Fatal(err)
		}
		job := Job{Module: module, State: view, Block: Block{ChainID: spec.ChainID}}
		r, err := m.Execute(t.Context(), job)
		if err != nil || r.Trap != "" || len(r.Journal) == 0 {
			continue
		}
		if est, err := m.Estimate(t.Context(), job); err != nil || est.Shape != "tiny" {
			continue
		}
		f, err := m.Prove(t.Context(), job)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		t.Logf("seed %d: journal of %d bytes", seed, len(r.Journal))
		checkFile(t, m, f, r.Journal)
		proven++
	}
	if proven == 0 {
		t.Error("no module fits tiny")
	}
}

func checkFile(t *testing.T, m *Machine, f *ProofFile, journal []byte) {
	t.Helper()
	data, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	back, err := DecodeProofFile(data)
	if err != nil {
		t.Fatal(err)
	}
	p, err := m.Prover(t.Context(), f.Shape, nil)
	if err != nil {
		t.Fatal(err)
	}
	pins, err := verifier.NewPins(p.Key().Pin())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := back.Verify(Policy{AllowUnsafe: true, Pins: pins}); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(back.Claim.Journal, journal) {
		t.Fatalf("journal %x, want %x", back.Claim.Journal, journal)
	}
	t.Logf("%.2f s, %d MB, %d of %d constraints", back.Stats.Seconds, back.Stats.PeakBytes>>20, back.Stats.UsedConstraints, back.Stats.Constraints)
	back.Claim.Journal[0] ^= 1
	if _, err := back.Verify(Policy{AllowUnsafe: true, Pins: pins}); !errors.Is(err, ErrBadProof) {
		t.Fatalf("flipped journal byte: %v", err)
	}
}

func TestJobsRefused(t *testing.T) {
	m := machine(t)
	e, ok := examples.Find("reserve-ratio", examples.C)
	if !ok {
		t.Fatal("no example")
	}
	good := exampleJob(t, e, e.Jobs[0])
	edit := func(f func(*Job)) Job {
		j := good
		f(&j)
		return j
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx  context.Context
		job  Job
		want error
	}{
		"not WASM":         {t.Context(), edit(func(j *Job) { j.Module = []byte("hello") }), ErrBadModule},
		"empty module":     {t.Context(), edit(func(j *Job) { j.Module = nil }), ErrBadModule},
		"no state":         {t.Context(), edit(func(j *Job) { j.State = nil }), ErrNoState},
		"unknown class":    {t.Context(), edit(func(j *Job) { j.Class = "xxl" }), ErrUnknownShape},
		"other journal":    {t.Context(), edit(func(j *Job) { j.ExpectJournal = []byte{1} }), ErrJournalDiffers},
		"empty journal":    {t.Context(), edit(func(j *Job) { j.ExpectJournal = []byte{} }), ErrJournalDiffers},
		"no fuel":          {t.Context(), edit(func(j *Job) { j.Fuel = 1 }), ErrTrapped},
		"no fuel, by name": {t.Context(), edit(func(j *Job) { j.Fuel = 1 }), &vmabi.TrapError{Trap: vmabi.TrapOutOfFuel}},
		"cancelled":        {cancelled, good, context.Canceled},
	} {
		if _, err := m.Prove(c.ctx, c.job); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	safe := NewMachine(m.store, false)
	defer safe.Close()
	if _, err := safe.Prove(t.Context(), good); !errors.Is(err, ErrUnsafeKey) && !errors.Is(err, ErrKeyMissing) {
		t.Errorf("without unsafe keys: %v", err)
	}
	m.Close()
	if _, err := m.Prove(t.Context(), good); !errors.Is(err, ErrClosed) {
		t.Errorf("closed: %v", err)
	}
}

// No module of the collection of bad ones gets a proof, each for its reason.
func TestBadModules(t *testing.T) {
	m := machine(t)
	bad, err := examples.BadModules()
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range bad {
		view, err := b.Job.View()
		if err != nil {
			t.Fatal(err)
		}
		_, err = m.Prove(t.Context(), Job{Module: b.Wasm, Input: b.Job.Input, State: view, Fuel: 1_000_000})
		switch b.Verdict {
		case examples.Refused, examples.Unprovable:
			if !errors.Is(err, ErrBadModule) && !errors.Is(err, ErrNotProvable) {
				t.Errorf("%s: %v", b.Name, err)
			}
		case examples.Traps, examples.ProofTraps:
			if !errors.Is(err, ErrTrapped) || !errors.Is(err, &vmabi.TrapError{Trap: b.Trap}) {
				t.Errorf("%s: %v, want trap %q", b.Name, err, b.Trap)
			}
		default:
			t.Errorf("%s: unknown verdict %d", b.Name, b.Verdict)
		}
	}
}
