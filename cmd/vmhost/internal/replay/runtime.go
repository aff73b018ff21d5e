package replay

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"vmhost/internal/vmabi"
	"vmhost/proofs"
	vmruntime "vmhost/runtime"
	"vmhost/statecache"
	"vmhost/testvectors/schema"
)

// moduleErrors are package runtime's reasons to refuse.
var moduleErrors = map[string]error{
	"ErrNotWASM": vmruntime.ErrNotWASM, "ErrMalformed": vmruntime.ErrMalformed, "ErrInvalid": vmruntime.ErrInvalid,
	"ErrSIMD": vmruntime.ErrSIMD, "ErrThreads": vmruntime.ErrThreads, "ErrUnsupported": vmruntime.ErrUnsupported,
	"ErrForeignImport": vmruntime.ErrForeignImport, "ErrUnknownImport": vmruntime.ErrUnknownImport,
	"ErrImportType": vmruntime.ErrImportType, "ErrNoRun": vmruntime.ErrNoRun, "ErrRunType": vmruntime.ErrRunType,
	"ErrMemory": vmruntime.ErrMemory, "ErrTable": vmruntime.ErrTable, "ErrTooLarge": vmruntime.ErrTooLarge,
	"ErrSegment": vmruntime.ErrSegment, "ErrNotProvable": vmruntime.ErrNotProvable, "ErrInputTooLarge": vmruntime.ErrInputTooLarge,
}

// runModule runs a module on wazero's compiler and interpreter and, if it is
// provable, on the tracer; all must do what the test says.
func runModule(ctx context.Context, t *schema.Runtime) error {
	valid, err := t.IsValid()
	if err != nil {
		return err
	}
	outcomes := 0
	for _, has := range []bool{t.Journal != nil, t.Trap != "", t.Refused != ""} {
		if has {
			outcomes++
		}
	}
	if outcomes != 1 || valid != (t.Journal != nil) {
		return fmt.Errorf("%w: needs one of journal, trap, refused, as the result says", schema.ErrFormat)
	}
	view, err := stateView(t.State)
	if err != nil {
		return err
	}
	if err := commitmentOf(view, t.Commitment); err != nil {
		return err
	}
	for _, engine := range []vmruntime.Engine{vmruntime.EngineCompiler, vmruntime.EngineInterpreter} {
		if err := onWazero(ctx, t, engine, view); err != nil {
			return fmt.Errorf("%s: %w", engine, err)
		}
	}
	if t.Provable {
		if err := onTracer(ctx, t, view); err != nil {
			return fmt.Errorf("tracer: %w", err)
		}
	} else if _, err := proofs.ProgramID(t.Wasm); err == nil && t.Prove {
		return errors.New("has a program ID, though it is said not to be provable")
	}
	return nil
}

func commitmentOf(v *statecache.View, want *schema.Hash) error {
	switch {
	case v == nil && want == nil:
		return nil
	case v == nil:
		return fmt.Errorf("%w: commitment without a state", schema.ErrFormat)
	case want == nil:
		return nil
	}
	if got := v.CommitmentBytes(); got != statecache.Commitment(*want) {
		return fmt.Errorf("commitment 0x%x, want 0x%x", got, *want)
	}
	return nil
}

func onWazero(ctx context.Context, t *schema.Runtime, engine vmruntime.Engine, view *statecache.View) (err error) {
	r, err := vmruntime.New(vmruntime.Options{Engine: engine, CacheModules: 1})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	m, err := r.Compile(ctx, t.Wasm)
	if err == nil {
		in := vmruntime.RunInput{Input: t.Input, Prove: t.Prove, Limits: vmruntime.Limits{Fuel: uint64(t.Fuel)}}
		if view != nil {
			in.State = view
		}
		var res *vmruntime.Result
		if res, err = r.Run(ctx, m, in); err == nil {
			return same(t, res.Trap, res.Journal, res.Fuel)
		}
	}
	if t.Refused != "" {
		return wantError(err, t.Refused, "", moduleErrors)
	}
	return err
}

func onTracer(ctx context.Context, t *schema.Runtime, view *statecache.View) error {
	m := proofs.NewMachine(nil, false)
	defer m.Close()
	job := proofs.Job{Module: t.Wasm, Input: t.Input, Fuel: uint64(t.Fuel)}
	if view != nil {
		job.State = view
	}
	run, err := m.Execute(ctx, job)
	if err != nil {
		return err
	}
	if t.Commitment != nil && run.Commitment != *t.Commitment {
		return fmt.Errorf("commitment 0x%x, want 0x%x", run.Commitment, *t.Commitment)
	}
	return same(t, run.Trap, run.Journal, run.WasmInstructions)
}

func same(t *schema.Runtime, trap vmabi.Trap, journal []byte, fuel uint64) error {
	switch {
	case t.Refused != "":
		return fmt.Errorf("runs, want %s", t.Refused)
	case string(trap) != t.Trap:
		return fmt.Errorf("trap %q, want %q", trap, t.Trap)
	case t.Journal != nil && !bytes.Equal(journal, *t.Journal):
		return fmt.Errorf("journal 0x%x, want 0x%x", journal, []byte(*t.Journal))
	case t.Used != nil && fuel != *t.Used:
		return fmt.Errorf("fuel %d, want %d", fuel, *t.Used)
	}
	return nil
}
