package proofs

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"vmhost/internal/vmabi"
	"vmhost/proofs/zkwasm/circuit"
	"vmhost/proofs/zkwasm/ir"
	"vmhost/proofs/zkwasm/lower"
	"vmhost/proofs/zkwasm/trace"
	"vmhost/statecache/poseidon"
)

func (m *Machine) lower(module []byte) (*loweredModule, error) {
	key := sha256.Sum256(module)
	if l, ok := m.programs.Get(key); ok {
		return l, nil
	}
	l, err := lowerModule(module)
	if err == nil {
		m.programs.Add(key, l)
	}
	return l, err
}

func lowerModule(module []byte) (*loweredModule, error) {
	p, err := lower.Lower(module)
	if unsupported := (*lower.UnsupportedError)(nil); errors.As(err, &unsupported) {
		return nil, fmt.Errorf("%w: %w", ErrNotProvable, err)
	} else if errors.Is(err, lower.ErrInvalidModule) {
		return nil, fmt.Errorf("%w: %w", ErrBadModule, err)
	} else if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotProvable, err)
	}
	id, err := circuit.ProgramID(p)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotProvable, err)
	}
	return &loweredModule{p, id.Bytes()}, nil
}

func execute(ctx context.Context, l *loweredModule, j Job, noTrace bool) (*ir.Trace, *Run, error) {
	in := trace.Input{Input: j.Input, Limits: trace.Limits{Fuel: j.Fuel}, NoTrace: noTrace}
	run := &Run{ProgramID: l.id}
	if j.State != nil {
		in.State = j.State
		run.Commitment = commitment(j.State)
	}
	t, r, err := trace.Run(ctx, l.program, in)
	if errors.Is(err, trace.ErrTooLong) {
		return nil, nil, fmt.Errorf("%w: %w", ErrTooLarge, err)
	} else if err != nil {
		return nil, nil, err
	}
	run.Journal, run.Trap = r.Journal, r.Trap
	run.WasmInstructions, run.IRSteps, run.Reads = r.Fuel, r.IRSteps, r.Reads
	return t, run, nil
}

func commitment(v View) [32]byte {
	x := v.CommitPreimage()
	h := poseidon.H8(&x)
	return h.Bytes()
}

// plan is a run laid out for the circuit.
type plan struct {
	run        *Run
	shape      Shape
	assignment *circuit.Assignment
	used       int
}

// plan runs a job, checks its journal, and finds the shape.
func (m *Machine) plan(ctx context.Context, j Job) (*plan, error) {
	if j.State == nil {
		return nil, ErrNoState
	}
	l, err := m.lower(j.Module)
	if err != nil {
		return nil, err
	}
	shapes, err := m.candidates(j.Class)
	if err != nil {
		return nil, err
	}
	j.Progress.report(StageTrace, 0, 1)
	t, run, err := execute(ctx, l, j, false)
	if err != nil {
		return nil, err
	}
	if run.Trap != "" {
		return nil, fmt.Errorf("%w: %w", ErrTrapped, &vmabi.TrapError{Trap: run.Trap})
	}
	if j.ExpectJournal != nil && !bytes.Equal(run.Journal, j.ExpectJournal) {
		return nil, fmt.Errorf("%w: %x, expected %x", ErrJournalDiffers, run.Journal, j.ExpectJournal)
	}
	j.Progress.report(StageTrace, 1, 1)
	j.Progress.report(StageAssign, 0, 1)
	p, err := m.assign(ctx, shapes, l.program, t, j.State)
	if err != nil {
		return nil, err
	}
	p.run = run
	j.Progress.report(StageAssign, 1, 1)
	return p, nil
}

// candidates are the shapes of a job's class, or the one with that name,
// cheapest first.
func (m *Machine) candidates(class string) ([]Shape, error) {
	all := m.store.Shapes().All()
	if class == "" || class == "auto" {
		return all, nil
	}
	for _, match := range []func(Shape) bool{
		func(s Shape) bool { return s.Class == class },
		func(s Shape) bool { return s.Name == class },
	} {
		var out []Shape
		for _, s := range all {
			if match(s) {
				out = append(out, s)
			}
		}
		if out != nil {
			return out, nil
		}
	}
	return nil, fmt.Errorf("%w: %q", ErrUnknownShape, class)
}

func (m *Machine) assign(ctx context.Context, shapes []Shape, p *ir.Program, t *ir.Trace, state View) (*plan, error) {
	var short []error // of the largest class
	for i, s := range shapes {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		sh, ok := circuit.ShapeByName(s.Name)
		if !ok {
			continue
		}
		a, err := circuit.Assign(sh, p, t, state)
		if errors.As(err, new(*circuit.ShortError)) {
			if i > 0 && s.Class != shapes[i-1].Class {
				short = nil
			}
			short = append(short, err)
			continue
		} else if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrUnsatisfied, err)
		}
		costs, err := m.shapeCosts(sh)
		if err != nil {
			return nil, err
		}
		return &plan{shape: s, assignment: a, used: circuit.Used(costs, a.Used)}, nil
	}
	if short == nil {
		return nil, fmt.Errorf("%w: there are no shapes", ErrTooLarge)
	}
	return nil, fmt.Errorf("%w: %w", ErrTooLarge, errors.Join(short...))
}

// Shortages finds in an error what a run that does not fit would need: one
// value for each shape of the largest class that was tried.
func Shortages(err error) []*circuit.ShortError {
	if s, ok := err.(*circuit.ShortError); ok { //nolint:errorlint // it walks the tree itself
		return []*circuit.ShortError{s}
	}
	var out []*circuit.ShortError
	switch e := err.(type) { //nolint:errorlint // as above
	case interface{ Unwrap() error }:
		out = Shortages(e.Unwrap())
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			out = append(out, Shortages(inner)...)
		}
	}
	return out
}

// shapeCosts counts a shape's constraints, once.
func (m *Machine) shapeCosts(sh circuit.Shape) ([]circuit.ChipCost, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if c := m.costs[sh.Name]; c != nil {
		return c, nil
	}
	c, err := circuit.Costs(sh)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCircuit, err)
	}
	m.costs[sh.Name] = c
	return c, nil
}
