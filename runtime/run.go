package runtime

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"vmhost/internal/vmabi"
)

// RunInput is what one run works on.
type RunInput struct {
	State  State  // nil: nothing is watched
	Input  []byte // private bytes, at most vmabi.MaxInput
	Limits Limits
	Prove  bool // apply the limits of provable runs (journal); the module must be provable

	// Log gets what the guest logs, while it runs. The slice is the callee's. A
	// guest whose frames are too large for the compiler is run again on the
	// interpreter, from the start; Log and Inspect then see both runs.
	Log func(message []byte)
	// Inspect sees the guest's memory after the run, nil if it has none. For
	// tests that compare engines. The slice is valid during the call only.
	Inspect func(memory []byte)
}

// Result is what a run yields. It is the same on every engine.
type Result struct {
	Journal []byte     // nil if the run trapped
	Trap    vmabi.Trap // "" if the run completed
	Detail  string     // of the trap, for people
	Fuel    uint64     // charged, i.e. wasmInstructions, also if the run trapped; the limit if out of fuel
	Reads   uint64     // state values read; 0 if out of fuel
}

// Run executes the module's run on one state. A trap is a result; the errors
// are ErrNotProvable, ErrInputTooLarge, ErrStateReleased, ErrState, ErrEngine,
// ErrClosed, and ctx's error if the caller cancelled. Nothing of the guest
// survives the run.
func (r *Runtime) Run(ctx context.Context, m *Module, in RunInput) (*Result, error) {
	if err := r.begin(); err != nil {
		return nil, err
	}
	defer r.users.Done()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	switch {
	case m.r != r:
		return nil, fmt.Errorf("%w: module of another Runtime", ErrEngine)
	case in.Prove && !m.report.Provable:
		return nil, fmt.Errorf("%w: %v", ErrNotProvable, m.report.Reasons[0])
	case len(in.Input) > vmabi.MaxInput:
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrInputTooLarge, len(in.Input), vmabi.MaxInput)
	}
	code := m.code()
	res, err := r.runOn(ctx, m, code, in)
	if errors.Is(err, errFrames) && m.spare != nil && code != m.spare {
		m.large.Store(true)
		return r.runOn(ctx, m, m.spare, in)
	}
	return res, err
}

func (r *Runtime) runOn(ctx context.Context, m *Module, code *code, in RunInput) (*Result, error) {
	compiled, err := code.acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer code.release()

	c := newCall(m, in)
	wall, cancel := context.WithTimeout(ctx, c.limits.WallTime)
	defer cancel()
	defer context.AfterFunc(wall, c.stop)()
	defer context.AfterFunc(r.life, c.stop)()
	runErr := c.execute(context.WithValue(wall, callKey{}, c), m, code.engine, compiled, in.Inspect)
	return c.result(ctx, r, runErr)
}

func newCall(m *Module, in RunInput) *call {
	c := &call{
		state:   in.State,
		input:   in.Input,
		limits:  in.Limits.withDefaults(in.Prove),
		abiMax:  journalLimit(in.Prove),
		quantum: m.r.opts.Quantum,
		memory:  m.report.HasMemory,
		logTo:   in.Log,
	}
	if c.state == nil {
		c.state = noState{}
	}
	_, c.hadState = c.state.Len(vmabi.HeaderHandle)
	return c
}

func (c *call) stop() { c.stopped.Store(true) }

// execute makes an instance and calls start and run. It sets c.left.
func (c *call) execute(ctx context.Context, m *Module, engine wazero.Runtime, compiled wazero.CompiledModule, inspect func([]byte)) error {
	mod, err := instantiate(ctx, engine, compiled)
	if err != nil {
		return err
	}
	defer func() { _ = mod.Close(ctx) }() // frees memory, cannot fail
	err = invoke(ctx, mod, m)
	c.left = int64(mod.ExportedGlobal(m.fuel).Get())
	if inspect != nil {
		var mem []byte
		if m.report.HasMemory {
			mem, _ = mod.Memory().Read(0, mod.Memory().Size())
		}
		inspect(mem)
	}
	return err
}

// instantiate makes an instance. Nothing of the guest runs in it, so a panic is
// the engine's; it must not take the host with it.
func instantiate(ctx context.Context, engine wazero.Runtime, compiled wazero.CompiledModule) (mod api.Module, err error) {
	defer func() {
		if p := recover(); p != nil {
			mod, err = nil, fmt.Errorf("instantiate: panic: %v", p)
		}
	}()
	mod, err = engine.InstantiateModule(ctx, compiled, wazero.NewModuleConfig().WithName("").WithStartFunctions())
	if err != nil {
		return nil, fmt.Errorf("instantiate: %w", err)
	}
	return mod, nil
}

func invoke(ctx context.Context, mod api.Module, m *Module) error {
	if m.start != "" {
		if _, err := mod.ExportedFunction(m.start).Call(ctx); err != nil {
			return err
		}
	}
	results, err := mod.ExportedFunction(vmabi.Entry).Call(ctx)
	if err == nil && m.report.RunResult && uint32(results[0]) != 0 {
		err = &vmabi.TrapError{Trap: vmabi.TrapRunNonZero, Detail: fmt.Sprintf("%d", int32(results[0]))}
	}
	return err
}

// result sorts the outcome: a completed run, a trap, or an error.
func (c *call) result(ctx context.Context, r *Runtime, runErr error) (*Result, error) {
	res := &Result{Fuel: uint64(int64(c.granted) - c.left), Reads: c.reads}
	if _, has := c.state.Len(vmabi.HeaderHandle); c.hadState && !has {
		return nil, ErrStateReleased
	}
	if te, ok := asTrap(runErr); res.Fuel > c.limits.Fuel || (ok && te.Trap == vmabi.TrapOutOfFuel) {
		// Whatever happened after the fuel was used up did not happen.
		res.Fuel, res.Reads = c.limits.Fuel, 0
		res.Trap, res.Detail = vmabi.TrapOutOfFuel, fmt.Sprintf("limit %d", c.limits.Fuel)
		return res, nil
	}
	if runErr == nil {
		if res.Journal = c.journal; res.Journal == nil {
			res.Journal = []byte{}
		}
		return res, nil
	}
	if engineText(runErr) == "stack overflow" {
		return nil, fmt.Errorf("%w: %w", ErrEngine, errFrames)
	}
	if te, ok := asTrap(runErr); ok {
		res.Trap, res.Detail = te.Trap, te.Detail
		return res, nil
	}
	if errors.Is(runErr, errStopped) {
		switch {
		case ctx.Err() != nil:
			return nil, fmt.Errorf("run: %w", context.Cause(ctx))
		case r.life.Err() != nil:
			return nil, ErrClosed
		}
		res.Trap, res.Detail = vmabi.TrapWallTime, c.limits.WallTime.String()
		return res, nil
	}
	if f, ok := errors.AsType[*fault](runErr); ok {
		return nil, fmt.Errorf("run: %w", f.err)
	}
	r.opts.Logger.LogAttrs(ctx, slog.LevelError, "engine failed", slog.String("err", runErr.Error()))
	return nil, fmt.Errorf("%w: %w", ErrEngine, runErr)
}
