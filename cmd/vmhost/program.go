package main

import (
	"errors"
	"fmt"
	"sort"

	"github.com/spf13/cobra"

	"vmhost/proofs"
	"vmhost/proofs/zkwasm/lower"
	vmruntime "vmhost/runtime"
)

func newProgramCmd(a *app) *cobra.Command {
	cmd := &cobra.Command{Use: "program", Short: "Identify, inspect and check WASM modules", Args: args(cobra.NoArgs)}
	sub := func(use, short string, run func(string) error) *cobra.Command {
		return &cobra.Command{
			Use: use + " FILE.wasm", Short: short, Args: args(cobra.ExactArgs(1)),
			RunE: func(_ *cobra.Command, names []string) error {
				if err := run(names[0]); err != nil {
					return fmt.Errorf("%s: %w", names[0], err)
				}
				return nil
			},
		}
	}
	cmd.AddCommand(
		sub("id", "Print the program ID, which contracts pin", a.programID),
		sub("inspect", "Print the lowered program and its sizes", a.programInspect),
		sub("check", "Say whether the module runs and can be proven, and why not", a.programCheck),
	)
	return cmd
}

func (a *app) programID(name string) error {
	wasm, err := a.readFile(name)
	if err != nil {
		return err
	}
	rep, err := vmruntime.Check(wasm, vmruntime.Options{})
	if err != nil {
		return err
	}
	id, err := proofs.ProgramID(wasm)
	if err != nil {
		return err
	}
	if a.json {
		return a.emit(map[string]string{"programId": hex0x(id[:]), "moduleHash": hex0x(rep.Hash[:])})
	}
	a.printf("%s\n", hex0x(id[:]))
	return nil
}

func (a *app) programInspect(name string) error {
	wasm, err := a.readFile(name)
	if err != nil {
		return err
	}
	rep, err := vmruntime.Check(wasm, vmruntime.Options{})
	if err != nil {
		return err
	}
	p, err := lower.Lower(wasm)
	if err != nil {
		return err
	}
	c := lower.Count(p)
	if a.json {
		return a.emit(map[string]any{
			"moduleHash": hex0x(rep.Hash[:]), "imports": rep.Imports, "memoryPages": rep.MemoryPages,
			"functions": c.Functions, "loops": c.Loops, "blocks": c.Blocks, "pure": c.Pure, "loads": c.Loads,
			"stores": c.Stores, "moves": c.Moves, "constants": c.Consts, "data": c.Data, "ops": c.Ops,
		})
	}
	if err := lower.Dump(a.out, p); err != nil {
		return err
	}
	rows := [][]string{{"part", "count"}}
	for _, r := range []struct {
		what string
		n    int
	}{
		{"functions", c.Functions},
		{"loops", c.Loops},
		{"blocks", c.Blocks},
		{"pure", c.Pure},
		{"loads", c.Loads},
		{"stores", c.Stores},
		{"moves", c.Moves},
		{"constants", c.Consts},
		{"data words", c.Data},
		{"trap blocks", c.Traps},
	} {
		rows = append(rows, []string{r.what, fmt.Sprint(r.n)})
	}
	names := make([]string, 0, len(c.Ops))
	for op := range c.Ops {
		names = append(names, op)
	}
	sort.Strings(names)
	for _, op := range names {
		rows = append(rows, []string{"  " + op, fmt.Sprint(c.Ops[op])})
	}
	a.table(rows)
	return nil
}

// checkResult is what `program check` says.
type checkResult struct {
	ModuleHash string   `json:"moduleHash"`
	Runs       bool     `json:"runs"`
	Provable   bool     `json:"provable"`
	ProgramID  string   `json:"programId,omitempty"`
	Reasons    []string `json:"reasons"`
}

func (a *app) programCheck(name string) error {
	wasm, err := a.readFile(name)
	if err != nil {
		return err
	}
	res, err := checkModule(wasm)
	if err != nil {
		return err
	}
	if err := a.printCheck(res); err != nil {
		return err
	}
	if !res.Provable {
		return errNo
	}
	return nil
}

// maxReasons are listed; a module may have a float in every line.
const maxReasons = 50

// checkModule judges any bytes. The error says why they do not run at all.
func checkModule(wasm []byte) (*checkResult, error) {
	rep, err := vmruntime.Check(wasm, vmruntime.Options{})
	if err != nil {
		return nil, err
	}
	res := &checkResult{ModuleHash: hex0x(rep.Hash[:]), Runs: true, Provable: rep.Provable, Reasons: []string{}}
	for i, r := range rep.Reasons {
		if i == maxReasons {
			res.Reasons = append(res.Reasons, fmt.Sprintf("and %d more", len(rep.Reasons)-i))
			break
		}
		res.Reasons = append(res.Reasons, r.String())
	}
	if !rep.Provable {
		return res, nil
	}
	id, err := proofs.ProgramID(wasm)
	switch {
	case err == nil:
		res.ProgramID = hex0x(id[:])
	case errors.Is(err, proofs.ErrNotProvable):
		res.Provable = false
		res.Reasons = append(res.Reasons, err.Error())
	default:
		return nil, err
	}
	return res, nil
}

func (a *app) printCheck(res *checkResult) error {
	if a.json {
		return a.emit(res)
	}
	a.printf("module    %s\nruns      %s\n", res.ModuleHash, a.paint(green, "yes"))
	if res.Provable {
		a.printf("provable  %s\nprogram   %s\n", a.paint(green, "yes"), res.ProgramID)
		return nil
	}
	a.printf("provable  %s\n", a.paint(red, "no"))
	for _, r := range res.Reasons {
		a.printf("  %s\n", r)
	}
	return nil
}
