package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"vmhost/anchoring/contracts"
	"vmhost/proofs"
)

// openStore opens the key store with the shapes of the zkWASM circuit.
func (a *app) openStore(dir string) (*proofs.Store, error) {
	shapes, err := proofs.ZkwasmShapes()
	if err != nil {
		return nil, err
	}
	proofs.RedirectGnarkLog(a.log)
	return proofs.OpenStore(proofs.StoreOptions{Dir: dir, Shapes: shapes, Logger: a.log})
}

func newProveCmd(a *app) *cobra.Command {
	var f jobFlags
	var out, class, keys string
	cmd := &cobra.Command{
		Use: "prove FILE.wasm", Short: "Prove a run of a module on a state file", Args: args(cobra.ExactArgs(1)),
		Long: "Runs the module on the state, proves the run and writes PROOF.json.\n" +
			"Without a key from a ceremony in the key folder it makes and uses the unsafe development key: such proofs are\n" +
			"worth nothing outside tests.",
		RunE: func(cmd *cobra.Command, names []string) error {
			return a.prove(cmd.Context(), names[0], f, out, class, keys)
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&out, "out", "", "PROOF.json to write (required)")
	cmd.Flags().StringVar(&class, "class", "auto", "size class or shape: auto, tiny, s, m")
	cmd.Flags().StringVar(&keys, "keys", "", "key folder (default: under the XDG data home)")
	return cmd
}

func (a *app) prove(ctx context.Context, name string, f jobFlags, out, class, keys string) error {
	if out == "" {
		return usagef("--out is required")
	}
	j, err := a.loadJob(name, f)
	if err != nil {
		return err
	}
	store, err := a.openStore(keys)
	if err != nil {
		return err
	}
	m := proofs.NewMachine(store, true)
	defer m.Close()
	pf, err := m.Prove(ctx, j.proofJob(class, a.progress("prove")))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	b, err := pf.Encode()
	if err != nil {
		return err
	}
	if err := writeFile(out, b); err != nil {
		return err
	}
	return a.printProof(pf, out)
}

func (j *job) proofJob(class string, p proofs.Progress) proofs.Job {
	return proofs.Job{
		Module: j.wasm, Input: j.input, State: j.view, Fuel: j.fuel, Class: class, Progress: p,
		Block: proofs.Block{ChainID: j.file.ChainID, Number: j.file.Block.Number, Hash: j.file.Block.Hash},
		Rung:  proofs.Rung(j.rung),
	}
}

// writeFile replaces a file atomically.
func writeFile(name string, b []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(name), ".vmhost-*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(b)
	err = errors.Join(err, tmp.Chmod(0o644), tmp.Close()) // a proof is public
	if err == nil {
		err = os.Rename(tmp.Name(), name)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(tmp.Name()))
	}
	return err
}

func (a *app) printProof(pf *proofs.ProofFile, out string) error {
	s := pf.Stats
	if a.json {
		return a.emit(map[string]any{
			"out": out, "class": pf.Shape, "programId": hex0x(pf.Claim.ProgramID[:]), "commitment": hex0x(pf.Claim.Commitment[:]),
			"journal": hex0x(pf.Claim.Journal), "rung": pf.Rung, "verifyingKeyId": hex0x(pf.VerifyingKeyID[:]),
			"wasmInstructions": s.WasmInstructions, "irSteps": s.IRSteps, "reads": s.Reads, "constraints": s.Constraints,
			"usedConstraints": s.UsedConstraints, "seconds": s.Seconds, "peakBytes": s.PeakBytes,
		})
	}
	a.table([][]string{
		{"proof", out},
		{"program", hex0x(pf.Claim.ProgramID[:])},
		{"commitment", hex0x(pf.Claim.Commitment[:])},
		{"journal", hex0x(pf.Claim.Journal)},
		{"rung", string(pf.Rung)},
		{"class", fmt.Sprintf("%s, %d constraints, %d used", pf.Shape, s.Constraints, s.UsedConstraints)},
		{"run", fmt.Sprintf("%d WASM instructions, %d IR steps, %d reads", s.WasmInstructions, s.IRSteps, s.Reads)},
		{"time", fmt.Sprintf("%.2f s, peak memory %d MB", s.Seconds, s.PeakBytes>>20)},
	})
	return nil
}

func newEstimateCmd(a *app) *cobra.Command {
	var f jobFlags
	var class string
	cmd := &cobra.Command{
		Use: "estimate FILE.wasm", Short: "Say what a proof would cost, before paying for it", Args: args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, names []string) error {
			j, err := a.loadJob(names[0], f)
			if err != nil {
				return err
			}
			store, err := a.openStore("")
			if err != nil {
				return err
			}
			m := proofs.NewMachine(store, false)
			defer m.Close()
			e, err := m.Estimate(cmd.Context(), j.proofJob(class, nil))
			if err != nil {
				return errors.Join(fmt.Errorf("%s: %w", names[0], err), a.printShort(err))
			}
			return a.printEstimate(e)
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&class, "class", "auto", "size class or shape")
	return cmd
}

// printShort lists every resource that a run needs more of than a shape has.
func (a *app) printShort(err error) error {
	type line struct {
		Shape    string  `json:"shape"`
		Resource string  `json:"resource"`
		Need     int     `json:"need"`
		Have     int     `json:"have"`
		Factor   float64 `json:"factor"`
	}
	var lines []line
	rows := [][]string{{"shape", "resource", "needed", "there", "factor"}}
	for _, s := range proofs.Shortages(err) {
		for _, r := range s.Short {
			l := line{s.Shape, r.Resource, r.Need, r.Have, float64(r.Need) / float64(max(r.Have, 1))}
			lines = append(lines, l)
			rows = append(rows, []string{l.Shape, l.Resource, strconv.Itoa(l.Need), strconv.Itoa(l.Have), fmt.Sprintf("%.2f", l.Factor)})
		}
	}
	switch {
	case lines == nil:
		return nil
	case a.json:
		return a.emit(map[string]any{"fits": false, "short": lines})
	}
	a.table(rows)
	return nil
}

func (a *app) printEstimate(e *proofs.Estimate) error {
	gas := contracts.VerifyGas(e.Journal)
	if a.json {
		return a.emit(map[string]any{
			"fits": true, "wasmInstructions": e.WasmInstructions, "irSteps": e.IRSteps, "reads": e.Reads, "class": e.Shape,
			"constraints": e.Constraints, "usedConstraints": e.UsedConstraints, "seconds": e.Seconds,
			"peakBytes": e.PeakBytes, "gas": gas, "journal": hex0x(e.Journal),
		})
	}
	a.table([][]string{
		{"class", e.Shape},
		{"run", fmt.Sprintf("%d WASM instructions, %d IR steps, %d reads", e.WasmInstructions, e.IRSteps, e.Reads)},
		{"constraints", fmt.Sprintf("%d, %d used", e.Constraints, e.UsedConstraints)},
		{"time", fmt.Sprintf("about %.1f s on this machine, idle", e.Seconds)},
		{"memory", fmt.Sprintf("about %d MB", e.PeakBytes>>20)},
		{"gas", fmt.Sprintf("about %d to verify", gas)},
	})
	return nil
}
