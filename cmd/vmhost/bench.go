package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	examples "vmhost/examples/wasm"
	"vmhost/examples/wasm/spec"
	"vmhost/proofs"
	"vmhost/proofs/zkwasm/circuit"
)

// figure is one line of `vmhost bench`.
type figure struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	Limit string  `json:"limit,omitempty"`
}

func newBenchCmd(a *app) *cobra.Command {
	var classes, keys string
	var noTour bool
	var suite string
	cmd := &cobra.Command{
		Use: "bench", Short: "Measure the headline figures on this machine", Args: args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			b := &bench{a: a, keys: keys, tour: !noTour, suite: suite}
			if err := b.run(cmd.Context(), strings.Split(classes, ",")); err != nil {
				return err
			}
			return b.print()
		},
	}
	cmd.Flags().StringVar(&classes, "class", "tiny,s", "classes to prove with, comma-separated; empty: none")
	cmd.Flags().StringVar(&suite, "kernels", "", "also compare the kernel suite in this class with the estimates of the design and the floor of Groth16")
	cmd.Flags().BoolVar(&noTour, "no-tour", false, "leave out what is measured on the embedded chain")
	cmd.Flags().StringVar(&keys, "keys", "", "key folder (default: under the XDG data home)")
	return cmd
}

type bench struct {
	a       *app
	keys    string
	tour    bool
	suite   string  // class of the kernel suite, or ""
	perRead float64 // constraints of one read of a whole collection
	machine *proofs.Machine
	figures []figure

	compared []kernel
}

func (b *bench) add(value float64, unit, limit, name string, args ...any) {
	b.figures = append(b.figures, figure{fmt.Sprintf(name, args...), value, unit, limit})
}

func (b *bench) print() error {
	if b.a.json {
		return b.a.emit(map[string]any{"figures": b.figures, "kernels": b.compared})
	}
	rows := [][]string{{"figure", "value", "unit", "limit"}}
	for _, f := range b.figures {
		rows = append(rows, []string{f.Name, fmt.Sprintf("%.4g", f.Value), f.Unit, f.Limit})
	}
	b.a.table(rows)
	if b.compared != nil {
		b.printKernels()
	}
	return nil
}

func (b *bench) run(ctx context.Context, classes []string) error {
	store, err := b.a.openStore(b.keys)
	if err != nil {
		return err
	}
	b.machine = proofs.NewMachine(store, true)
	defer b.machine.Close()
	if err := b.circuit(); err != nil {
		return err
	}
	if err := b.runs(ctx); err != nil {
		return err
	}
	for _, c := range classes {
		if c == "" {
			continue
		}
		if err := b.prove(ctx, c); err != nil {
			return err
		}
	}
	if b.suite != "" {
		if err := b.kernels(ctx, b.suite); err != nil {
			return err
		}
	}
	if err := b.binary(); err != nil || !b.tour {
		return err
	}
	return b.chain(ctx)
}

// binary reports the size of the running binary.
func (b *bench) binary() error {
	name, err := os.Executable()
	if err != nil {
		return err
	}
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	b.add(float64(info.Size())/(1<<20), "MB", "", "size of the binary")
	return nil
}

// chain runs the main job on the embedded chain and reports what it measured.
func (b *bench) chain(ctx context.Context) error {
	var out bytes.Buffer
	quiet := &app{in: b.a.in, out: &out, err: b.a.err, json: true, log: b.a.log}
	if err := quiet.dev(ctx, devFlags{blocks: 16, listen: "127.0.0.1:0", class: "tiny", period: 1500 * time.Millisecond}); err != nil {
		return fmt.Errorf("main job: %w", err)
	}
	lines := bytes.Split(bytes.TrimSpace(out.Bytes()), []byte("\n"))
	var last struct{ Summary devSummary }
	if err := json.Unmarshal(lines[len(lines)-1], &last); err != nil {
		return fmt.Errorf("main job: %w", err)
	}
	s := last.Summary
	b.add(s.StreamMillisP50, "ms", "<= 50", "head to streamed result, p50")
	b.add(s.StreamMillisP99, "ms", "", "head to streamed result, p99")
	b.add(s.UndoMillis, "ms", "", "reorganisation to undo message, p50")
	b.add(float64(s.Gas), "gas", "<= 330000", "execution gas of VmVerifier.verify")
	return nil
}

// circuit reports what reads and the fixed part cost.
func (b *bench) circuit() error {
	sh, _ := circuit.ShapeByName("s")
	costs, err := circuit.Costs(sh)
	if err != nil {
		return err
	}
	by := map[string]circuit.ChipCost{}
	for _, c := range costs {
		by[c.Name] = c
	}
	node := float64(by["Node"].PerRow)
	read := float64(by["Leaf"].PerRow + by["Read"].PerRow)
	b.add(read+8*node, "constraints", "<= 3600", "single state read in a tree of 2^24 items (without directory)")
	b.perRead = read + node/7
	b.add(b.perRead, "constraints", "<= 600", "state read of a whole collection, each item")
	b.add(float64(by["fixed"].Total+by["tables"].Total+by["header"].Total), "constraints", "<= 25000", "fixed overhead of class s, without program")
	return nil
}

// listJob is an example's ordinary job on n items.
func listJob(e examples.Example, n int) spec.Job {
	j := e.Jobs[0]
	values := make([]uint64, n)
	for i := range values {
		values[i] = uint64(i*i*7919+13) % 100_003
	}
	j.Collections = map[string][]spec.Value{}
	for _, c := range e.Collections {
		j.Collections[c] = spec.U64s(values...)
	}
	return j
}

// runs reports the cost of every example, and its growth with the items.
func (b *bench) runs(ctx context.Context) error {
	for _, e := range examples.All() {
		var est [2]*proofs.Estimate
		for i, n := range []int{8, 32} {
			j := listJob(e, n)
			view, err := j.View()
			if err != nil {
				return err
			}
			est[i], err = b.machine.Estimate(ctx, proofs.Job{Module: e.Wasm, Input: j.Input, State: view})
			if err != nil {
				return fmt.Errorf("%s/%s: %w", e.Name, e.Lang, err)
			}
		}
		small, large := est[0], est[1]
		name := e.Name + "/" + string(e.Lang)
		b.add(float64(large.UsedConstraints), "constraints", "<= 2^18", "%s over 32 items, used", name)
		b.add(float64(large.WasmInstructions), "instructions", "", "%s over 32 items, executed WASM", name)
		if d := float64(large.WasmInstructions) - float64(small.WasmInstructions); d > 0 {
			used := float64(large.UsedConstraints - small.UsedConstraints)
			reads := float64(large.Reads) - float64(small.Reads)
			b.add(used/d, "constraints", "", "%s, each further WASM instruction, reads included", name)
			b.add((used-b.perRead*reads)/d, "constraints", "<= 12", "%s, each further WASM instruction, without reads", name)
			b.add((used-b.perRead*reads)/(float64(large.IRSteps)-float64(small.IRSteps)), "constraints", "", "%s, each further IR step, without reads", name)
		}
	}
	return nil
}

// prove reports time, memory and verification of one class.
func (b *bench) prove(ctx context.Context, class string) error {
	e, ok := examples.Find("balance-dist", examples.C)
	if !ok {
		return fmt.Errorf("no example balance-dist")
	}
	j := listJob(e, 8)
	view, err := j.View()
	if err != nil {
		return err
	}
	start := time.Now()
	if _, err := b.machine.Prover(ctx, class, b.a.progress("keys "+class)); err != nil {
		return err
	}
	b.add(time.Since(start).Seconds(), "s", "", "%s: key ready (setup or load)", class)
	job := proofs.Job{Module: e.Wasm, Input: j.Input, State: view, Class: class}
	est, err := b.machine.Estimate(ctx, job)
	if err != nil {
		return err
	}
	show, clock := b.a.progress("prove "+class), &stages{start: time.Now()}
	job.Progress = func(stage proofs.Stage, done, total int) {
		clock.note(stage, done)
		if show != nil {
			show(stage, done, total)
		}
	}
	pf, err := b.machine.Prove(ctx, job)
	if err != nil {
		return err
	}
	s := pf.Stats
	b.add(float64(s.Constraints), "constraints", "", "%s: circuit", class)
	b.add(s.Seconds, "s", proveLimit[class].seconds, "%s: prove balance-dist over 8 items", class)
	b.add(est.Seconds, "s", "", "%s: estimated", class)
	b.add(clock.witness.Seconds()/s.Seconds*100, "%", "<= 10", "%s: tracing and witness, of the time", class)
	b.add(float64(s.PeakBytes)/(1<<20), "MB", proveLimit[class].megabytes, "%s: peak memory of the process while proving", class)
	b.add(float64(est.PeakBytes)/(1<<20), "MB", "", "%s: estimated", class)
	const verifications = 20
	start = time.Now()
	for range verifications {
		if _, err := pf.Verify(proofs.Policy{AllowUnsafe: true}); err != nil {
			return err
		}
	}
	b.add(time.Since(start).Seconds()*1000/verifications, "ms", "", "%s: verify in Go", class)
	return nil
}

// proveLimit are the goals for two idle cores.
var proveLimit = map[string]struct{ seconds, megabytes string }{"s": {"<= 4", "<= 700"}, "m": {"<= 14", "<= 2000"}}

// stages measures how long a proof takes until its witness is there.
type stages struct {
	mu      sync.Mutex
	start   time.Time
	witness time.Duration
}

func (s *stages) note(stage proofs.Stage, done int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if stage == proofs.StageProve && done == 0 && s.witness == 0 {
		s.witness = time.Since(s.start)
	}
}
