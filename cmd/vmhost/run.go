package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"vmhost/anchoring/statefile"
	"vmhost/internal/vmabi"
	"vmhost/proofs"
	vmruntime "vmhost/runtime"
	"vmhost/statecache"
)

// jobFlags are the flags of commands that run a module on a state file.
type jobFlags struct {
	state, input string
	unverified   bool
	fuel         uint64
}

func (f *jobFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.state, "state", "", "STATE.json: the block's watched state")
	cmd.Flags().StringVar(&f.input, "input", "", "private input: HEX or @FILE")
	cmd.Flags().BoolVar(&f.unverified, "unverified", false, "accept a state file without proofs")
	cmd.Flags().Uint64Var(&f.fuel, "fuel", vmabi.DefaultFuel, "limit of executed WASM instructions")
}

// job is a module with what it runs on.
type job struct {
	wasm, input []byte
	view        *statecache.View
	file        *statefile.File
	rung        statefile.Rung
	fuel        uint64
}

func (a *app) loadJob(name string, f jobFlags) (*job, error) {
	j := &job{fuel: f.fuel}
	var err error
	if j.wasm, err = a.readFile(name); err != nil {
		return nil, err
	}
	if j.input, err = a.readInput(f.input); err != nil {
		return nil, err
	}
	if f.state == "" {
		return nil, usagef("--state is required")
	}
	if j.file, j.view, j.rung, err = a.loadState(f.state, f.unverified); err != nil {
		return nil, err
	}
	return j, nil
}

func (a *app) loadState(name string, unverified bool) (*statefile.File, *statecache.View, statefile.Rung, error) {
	b, err := a.readFile(name)
	if err != nil {
		return nil, nil, "", err
	}
	file, err := statefile.Decode(b)
	if err != nil {
		return nil, nil, "", fmt.Errorf("%s: %w", name, err)
	}
	view, rung, err := file.View(unverified)
	if err != nil {
		return nil, nil, "", fmt.Errorf("%s: %w", name, err)
	}
	return file, view, rung, nil
}

// runLine is what `vmhost run --json` prints for each engine.
type runLine struct {
	Engine           string  `json:"engine"`
	Journal          string  `json:"journal"`
	Trap             *string `json:"trap"`
	WasmInstructions uint64  `json:"wasmInstructions"`
	IRSteps          uint64  `json:"irSteps"`
	Reads            uint64  `json:"reads"`
	Rung             string  `json:"rung"`
}

func newRunCmd(a *app) *cobra.Command {
	var f jobFlags
	var engine string
	cmd := &cobra.Command{
		Use: "run FILE.wasm", Short: "Run a module on a state file", Args: args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, names []string) error { return a.runModule(cmd.Context(), names[0], f, engine) },
	}
	f.add(cmd)
	cmd.Flags().StringVar(&engine, "engine", "wazero", "wazero, interpreter, zkwasm or all")
	return cmd
}

func (a *app) runModule(ctx context.Context, name string, f jobFlags, engine string) error {
	engines := []string{engine}
	switch engine {
	case "all":
		engines = []string{"wazero", "interpreter", "zkwasm"}
	case "wazero", "interpreter", "zkwasm":
	default:
		return usagef("unknown engine %q: want wazero, interpreter, zkwasm or all", engine)
	}
	j, err := a.loadJob(name, f)
	if err != nil {
		return err
	}
	lines := make([]runLine, 0, len(engines))
	for _, e := range engines {
		line, err := a.runEngine(ctx, e, j)
		if err != nil {
			return fmt.Errorf("%s: %s: %w", name, e, err)
		}
		line.Rung = string(j.rung)
		lines = append(lines, line)
	}
	if err := a.printRuns(lines); err != nil {
		return err
	}
	for _, l := range lines[1:] {
		if !agree(l, lines[0]) {
			if !a.json {
				a.printf("%s\n", a.paint(red, "engines disagree"))
			}
			return errNo
		}
	}
	if lines[0].Trap != nil {
		return errNo
	}
	return nil
}

func agree(a, b runLine) bool {
	trap := func(l runLine) string {
		if l.Trap == nil {
			return ""
		}
		return *l.Trap
	}
	return a.Journal == b.Journal && trap(a) == trap(b) && a.WasmInstructions == b.WasmInstructions
}

func (a *app) runEngine(ctx context.Context, engine string, j *job) (runLine, error) {
	if engine == "zkwasm" {
		m := proofs.NewMachine(nil, false)
		defer m.Close()
		r, err := m.Execute(ctx, proofs.Job{Module: j.wasm, Input: j.input, State: j.view, Fuel: j.fuel})
		if err != nil {
			return runLine{}, err
		}
		return newRunLine(engine, r.Journal, r.Trap, r.WasmInstructions, r.IRSteps, r.Reads), nil
	}
	opts := vmruntime.Options{Logger: a.log}
	if engine == "interpreter" {
		opts.Engine = vmruntime.EngineInterpreter
	}
	rt, err := vmruntime.New(opts)
	if err != nil {
		return runLine{}, err
	}
	defer func() { _ = rt.Close() }()
	m, err := rt.Compile(ctx, j.wasm)
	if err != nil {
		return runLine{}, err
	}
	r, err := rt.Run(ctx, m, vmruntime.RunInput{
		State: j.view, Input: j.input, Prove: m.Report().Provable, Limits: vmruntime.Limits{Fuel: j.fuel},
		Log: func(msg []byte) { _, _ = fmt.Fprintf(a.err, "log: %q\n", msg) },
	})
	if err != nil {
		return runLine{}, err
	}
	return newRunLine(engine, r.Journal, r.Trap, r.Fuel, 0, r.Reads), nil
}

func newRunLine(engine string, journal []byte, trap vmabi.Trap, wasm, steps, reads uint64) runLine {
	l := runLine{Engine: engine, Journal: hex0x(journal), WasmInstructions: wasm, IRSteps: steps, Reads: reads}
	if trap != "" {
		s := string(trap)
		l.Trap, l.Journal = &s, "0x"
	}
	return l
}

func (a *app) printRuns(lines []runLine) error {
	if a.json {
		for _, l := range lines {
			if err := a.emit(l); err != nil {
				return err
			}
		}
		return nil
	}
	rows := [][]string{{"engine", "result", "wasm instructions", "IR steps", "reads", "state"}}
	for _, l := range lines {
		result := l.Journal
		if l.Trap != nil {
			result = a.paint(red, "trap: "+*l.Trap)
		}
		steps := "-"
		if l.Engine == "zkwasm" {
			steps = fmt.Sprint(l.IRSteps)
		}
		rows = append(rows, []string{l.Engine, result, fmt.Sprint(l.WasmInstructions), steps, fmt.Sprint(l.Reads), l.Rung})
	}
	a.table(rows)
	return nil
}
