package main

import (
	"context"
	"errors"
	"fmt"

	examples "vmhost/examples/wasm"
	"vmhost/proofs"
	"vmhost/proofs/zkwasm/kernels"
)

// Estimates of the design note, in constraints for each executed WASM
// instruction: a machine that reads and writes every value, and a circuit with
// exactly the rows that a run needs.
const (
	readWriteBaseline = 35
	exactFit          = 10.3
)

// kernel is one line of the comparison.
type kernel struct {
	Name         string  `json:"name"`
	N            int     `json:"n"`
	Instructions uint64  `json:"wasmInstructions"`
	Used         int     `json:"usedConstraints"`
	PerStep      float64 `json:"perInstruction"`
	Baseline     float64 `json:"readWriteBaseline"`
	ExactFit     float64 `json:"exactFit"`
	Shape        string  `json:"shape"`
	Seconds      float64 `json:"seconds"`
	UsedSeconds  float64 `json:"floorSeconds"`      // Groth16 on as many random constraints as are used
	ShapeSeconds float64 `json:"floorShapeSeconds"` // and as the shape has
}

// kernels compares every kernel of the suite, at the most work that fits the
// class, with the estimates of the design and with the floor of Groth16.
func (b *bench) kernels(ctx context.Context, class string) error {
	all, err := kernels.All()
	if err != nil {
		return err
	}
	e, _ := examples.Find("reserve-ratio", examples.C)
	view, err := e.Jobs[0].View()
	if err != nil {
		return err
	}
	for _, k := range all {
		var best *proofs.Estimate
		n := 1
		for ; n < 1<<20; n *= 2 {
			est, err := b.machine.Estimate(ctx, proofs.Job{Module: k.Module, Input: kernels.Input(uint32(n), 1), State: view, Class: class})
			if errors.Is(err, proofs.ErrTooLarge) {
				break
			} else if err != nil {
				return fmt.Errorf("%s: %w", k.Name, err)
			}
			if best != nil && best.WasmInstructions == est.WasmInstructions {
				break
			}
			best = est
		}
		if best != nil {
			b.compare(k.Name, n/2, best)
		}
	}
	return nil
}

func (b *bench) compare(name string, n int, e *proofs.Estimate) {
	steps := float64(e.WasmInstructions)
	b.compared = append(b.compared, kernel{
		Name: name, N: n, Instructions: e.WasmInstructions, Used: e.UsedConstraints, PerStep: float64(e.UsedConstraints) / steps,
		Baseline: readWriteBaseline * steps, ExactFit: exactFit * steps, Shape: e.Shape, Seconds: e.Seconds,
		UsedSeconds: b.machine.Floor(e.UsedConstraints).Seconds(), ShapeSeconds: b.machine.Floor(e.Constraints).Seconds(),
	})
}

func (b *bench) printKernels() {
	rows := [][]string{{"kernel", "n", "instructions", "used", "/instr", "35/instr", "10.3/instr", "shape", "s", "floor used", "floor shape"}}
	for _, k := range b.compared {
		rows = append(rows, []string{
			k.Name, fmt.Sprint(k.N), fmt.Sprint(k.Instructions), fmt.Sprint(k.Used), fmt.Sprintf("%.1f", k.PerStep),
			fmt.Sprintf("%.0f", k.Baseline), fmt.Sprintf("%.0f", k.ExactFit), k.Shape, fmt.Sprintf("%.2f", k.Seconds),
			fmt.Sprintf("%.2f", k.UsedSeconds), fmt.Sprintf("%.2f", k.ShapeSeconds),
		})
	}
	b.a.table(rows)
}
