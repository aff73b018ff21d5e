package difftest

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"vmhost/internal/vmabi"
	"vmhost/proofs/zkwasm/lower"
	"vmhost/proofs/zkwasm/trace"
	vmruntime "vmhost/runtime"
)

// ErrDisagree means that two engines gave different results; the message says
// which and where.
var ErrDisagree = errors.New("difftest: engines disagree")

const tracer = "tracer"

// Outcome is what all engines agree on.
type Outcome struct {
	Result      vmruntime.Result
	Memory      []byte // at the end; nil if out of fuel
	Traced      bool   // the tracer ran too
	NotProvable error  // why it did not
}

// Comparer holds the engines. Close it.
type Comparer struct {
	compiler, interpreter *vmruntime.Runtime
}

// New returns a Comparer.
func New() (*Comparer, error) {
	// Auto: the compiler, except for functions with too many branches for it.
	c, err := vmruntime.New(vmruntime.Options{Engine: vmruntime.EngineAuto, CacheModules: 1, MaxMemoryPages: 1024})
	if err != nil {
		return nil, err
	}
	i, err := vmruntime.New(vmruntime.Options{Engine: vmruntime.EngineInterpreter, CacheModules: 1, MaxMemoryPages: 1024})
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return &Comparer{compiler: c, interpreter: i}, nil
}

// Close frees the engines.
func (c *Comparer) Close() error { return errors.Join(c.compiler.Close(), c.interpreter.Close()) }

// Compare runs a module on every engine. It runs as for a proof if the module
// can be lowered, else on wazero only. The error is ErrDisagree, or why the
// runtime refuses the module.
func (c *Comparer) Compare(ctx context.Context, module []byte, in vmruntime.RunInput) (*Outcome, error) {
	program, lowerErr := lower.Lower(module)
	in.Prove = lowerErr == nil
	if u := (*lower.UnsupportedError)(nil); lowerErr != nil && !errors.As(lowerErr, &u) {
		if _, err := c.compiler.Check(module); err == nil {
			return nil, fmt.Errorf("%w: runtime accepts what lowering calls broken: %w", ErrDisagree, lowerErr)
		}
	}
	out, err := runOn(ctx, c.compiler, module, in)
	if err != nil {
		return nil, err
	}
	second, err := runOn(ctx, c.interpreter, module, in)
	if err != nil {
		return nil, fmt.Errorf("%w: interpreter: %w", ErrDisagree, err)
	}
	if err := agree("compiler", out, "interpreter", second); err != nil {
		return nil, err
	}
	if out.NotProvable = lowerErr; lowerErr != nil {
		return out, nil //nolint:nilerr // that a module is not provable is an outcome
	}
	_, res, err := trace.Run(ctx, program, trace.Input{State: in.State, Input: in.Input, Limits: trace.Limits{Fuel: in.Limits.Fuel}, NoTrace: true})
	if err != nil {
		return nil, fmt.Errorf("tracer: %w", err)
	}
	third := &Outcome{Memory: res.Memory, Result: vmruntime.Result{Journal: res.Journal, Trap: res.Trap, Fuel: res.Fuel, Reads: res.Reads}}
	out.Traced = true
	return out, agree("compiler", out, tracer, third)
}

func runOn(ctx context.Context, r *vmruntime.Runtime, module []byte, in vmruntime.RunInput) (*Outcome, error) {
	m, err := r.Compile(ctx, module)
	if err != nil {
		return nil, err
	}
	out := &Outcome{}
	in.Inspect = func(mem []byte) { out.Memory = bytes.Clone(mem) }
	res, err := r.Run(ctx, m, in)
	if err != nil {
		return nil, err
	}
	out.Result = *res
	return out, nil
}

// agree compares two outcomes. What a guest did after its fuel was used up is
// nobody's business, so then only the trap counts. Reads of trapped runs are
// not part of the ABI; the tracer may share one read of the same value.
func agree(nameA string, a *Outcome, nameB string, b *Outcome) error {
	x, y := a.Result, b.Result
	if x.Trap != y.Trap {
		return fmt.Errorf("%w: %s trap %q, %s trap %q", ErrDisagree, nameA, x.Trap, nameB, y.Trap)
	}
	if x.Trap == vmabi.TrapOutOfFuel {
		return nil
	}
	if x.Fuel != y.Fuel {
		return fmt.Errorf("%w: %s fuel %d, %s fuel %d (trap %q)", ErrDisagree, nameA, x.Fuel, nameB, y.Fuel, x.Trap)
	}
	if !bytes.Equal(a.Memory, b.Memory) {
		return fmt.Errorf("%w: %s and %s memory differs from byte 0x%x on (%d and %d bytes, trap %q)", ErrDisagree, nameA, nameB, firstDifference(a.Memory, b.Memory), len(a.Memory), len(b.Memory), x.Trap)
	}
	if x.Trap != "" {
		return nil
	}
	if y.Reads > x.Reads || (y.Reads < x.Reads && nameB != tracer) {
		return fmt.Errorf("%w: %s %d reads, %s %d", ErrDisagree, nameA, x.Reads, nameB, y.Reads)
	}
	if !bytes.Equal(x.Journal, y.Journal) {
		return fmt.Errorf("%w: %s journal %x, %s journal %x", ErrDisagree, nameA, x.Journal, nameB, y.Journal)
	}
	return nil
}

func firstDifference(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}
