package host

import (
	"context"
	"errors"
	"fmt"

	"vmhost/internal/vmabi"
	"vmhost/jobs"
	"vmhost/proofs"
	vmruntime "vmhost/runtime"
)

// executor runs jobs on wazero.
type executor struct{ rt *vmruntime.Runtime }

// Execute implements jobs.Executor.
func (e executor) Execute(ctx context.Context, r jobs.ExecRequest) (jobs.Result, error) {
	state, err := stateOf(r.View)
	if err != nil {
		return jobs.Result{}, err
	}
	m, err := e.rt.Compile(ctx, r.Module.Wasm)
	if err != nil {
		return jobs.Result{}, runError(ctx, err)
	}
	out, err := e.rt.Run(ctx, m, vmruntime.RunInput{
		State: state, Input: r.Input, Prove: r.Prove,
		Limits: vmruntime.Limits{Fuel: r.Limits.Fuel, WallTime: r.Wall, Journal: int(r.Limits.JournalBytes)},
	})
	if (err != nil || out.Trap != "") && state.Err() != nil {
		return jobs.Result{}, stateGone(state)
	}
	if err != nil {
		return jobs.Result{}, runError(ctx, err)
	}
	res := jobs.Result{Journal: out.Journal, Steps: out.Fuel, Reads: out.Reads}
	if out.Trap != "" {
		res.Journal = nil
		return res, &jobs.ExecError{Failure: failureOf(out.Trap, out.Detail)}
	}
	return res, nil
}

// failureOf says whose failure a trap is.
func failureOf(t vmabi.Trap, detail string) jobs.Failure {
	f := jobs.Failure{Class: jobs.FailTrap, Reason: string(t)}
	switch t { //nolint:exhaustive // the limits; every other trap is the guest's own
	case vmabi.TrapOutOfFuel, vmabi.TrapWallTime, vmabi.TrapOutputLimit, vmabi.TrapJournalOverflow, vmabi.TrapCallStack:
		f.Class = jobs.FailLimit
	}
	if detail != "" {
		f.Reason += ": " + detail
	}
	return f
}

// runError tells what would fail again from what is the host's fault.
func runError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for _, host := range []error{vmruntime.ErrClosed, vmruntime.ErrStateReleased, vmruntime.ErrState, vmruntime.ErrEngine} {
		if errors.Is(err, host) {
			return err
		}
	}
	return &jobs.ExecError{Failure: jobs.Failure{Class: jobs.FailInput, Reason: err.Error()}, Err: err}
}

// inspector says what an uploaded module is.
type inspector struct {
	rt      *vmruntime.Runtime
	program func([]byte) ([32]byte, error)
}

// Inspect implements jobs.Inspector. The runtime says whether a module may be
// uploaded; the lowering has the last word on proofs.
func (i inspector) Inspect(_ context.Context, wasm []byte) (jobs.Inspection, error) {
	rep, err := i.rt.Check(wasm)
	if err != nil {
		return jobs.Inspection{}, err
	}
	out := jobs.Inspection{Provable: rep.Provable}
	for _, r := range rep.Reasons {
		out.Reasons = append(out.Reasons, r.String())
	}
	id, err := i.program(wasm)
	switch {
	case err == nil && rep.Provable:
		out.Program = id
	case err == nil:
	case errors.Is(err, proofs.ErrNotProvable) || errors.Is(err, proofs.ErrBadModule):
		out.Provable = false
		if len(out.Reasons) == 0 {
			out.Reasons = append(out.Reasons, err.Error())
		}
	default:
		return jobs.Inspection{}, fmt.Errorf("program id: %w", err)
	}
	return out, nil
}
