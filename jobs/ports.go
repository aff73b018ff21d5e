package jobs

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"
)

// View is one block's state, pinned. It keeps answering the same after its
// block was reverted. jobs only holds and releases it; the [Executor] and
// [Prover] that share the wiring know the real type.
type View interface {
	// Block is the block the view is of.
	Block() BlockRef
	// Commitment of the state at that block.
	Commitment() Hash
	// Release unpins. It is called exactly once.
	Release()
}

// StateCache pins views.
type StateCache interface {
	// Pin returns the state at exactly this block, or [ErrStateGone] (wrapped)
	// if it is not retained. Any other error is retried.
	Pin(ctx context.Context, at BlockRef) (View, error)
}

// ExecRequest is one execution.
type ExecRequest struct {
	Module Module
	Input  []byte
	View   View
	// Prove: the limits are those of a provable job.
	Prove  bool
	Limits Limits
	// Wall is the wall-time limit.
	Wall time.Duration
}

// Executor runs a module on a view. Safe for concurrent use. It returns
// *[ExecError] for what the guest did (trap, limit, input), ctx's error when it
// is cancelled (promptly), and any other error for a fault of the host, which
// is retried.
type Executor interface {
	Execute(ctx context.Context, r ExecRequest) (Result, error)
}

// ProveRequest is one proof.
type ProveRequest struct {
	Job    JobID
	Module Module
	Input  []byte
	View   View
	Limits Limits
	// Journal is what the execution wrote; the prover must get the same.
	Journal []byte
}

// Progress of a proof.
type Progress struct {
	// Stage is one word: trace, solve, prove, …
	Stage string `json:"stage"`
	// Done is 0 to 1; negative if unknown.
	Done float64 `json:"done"`
}

// Proof is a finished proof.
type Proof struct {
	// Journal as proven; [Manager] fails the job if it is not the executed one.
	Journal []byte
	// Class used, wall seconds, and the file's stats object.
	Info ProofInfo
	// File is the PROOF.json document.
	File json.RawMessage
}

// Prover proves one job at a time per worker. Errors as for [Executor].
// progress may be called at any rate and from one goroutine.
type Prover interface {
	Prove(ctx context.Context, r ProveRequest, progress func(Progress)) (Proof, error)
}

// Anchors is told which blocks have a proven result. Want must not block and
// may be called more than once for a block; the outcome comes back through
// [Manager.Anchored].
type Anchors interface {
	Want(at BlockRef)
}

// Chain is the canonical chain as the state cache has it, for [Manager.Sync].
type Chain interface {
	// Head returns the newest applied block; ok is false if there is none.
	Head() (Block, bool)
	// Canonical returns the applied block of a height if it is retained.
	Canonical(number uint64) (Block, bool)
}

// Options configures [Open]. Log, Modules, States and Executor are required.
type Options struct {
	Log      Log
	Modules  *Modules
	States   StateCache
	Executor Executor
	// Prover; nil means that jobs asking for a proof are refused.
	Prover Prover
	// Anchors may be nil.
	Anchors Anchors

	// ChainID and ABI are part of the content key.
	ChainID uint64
	ABI     uint32
	Limits  Limits

	// Workers run executions; default 2.
	Workers int
	// Provers run proofs; default 1.
	Provers int
	// MaxQueued executions; default 4,096.
	MaxQueued int
	// MaxProofs waiting; default 64.
	MaxProofs int
	// MaxTriggers; default 256.
	MaxTriggers int
	// MaxInput bytes; default 32 KiB.
	MaxInput int
	// Wall bounds one execution's wall time; default 2 s.
	Wall time.Duration
	// BatchWait is how long the first result of a block waits for the others
	// before a partial data record is written; default 25 ms.
	BatchWait time.Duration
	// Retry is the first delay before a failed host operation is tried again
	// (doubled each time, at most 30 s); default 250 ms.
	Retry time.Duration
	// MaxTries of an execution or proof that fails for the host's fault; default 5.
	MaxTries int
	// CatchUp is how many missed blocks [Manager.Sync] runs triggers for;
	// default 64. Older ones are recorded without jobs.
	CatchUp int
	// Rand gives job ids; nil means crypto/rand.
	Rand interface{ Read([]byte) (int, error) }
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Log lines; nil discards.
	Logger *slog.Logger
}

func (o Options) withDefaults() Options {
	def := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	dur := func(v *time.Duration, d time.Duration) {
		if *v <= 0 {
			*v = d
		}
	}
	def(&o.Workers, 2)
	def(&o.Provers, 1)
	def(&o.MaxQueued, 4096)
	def(&o.MaxProofs, 64)
	def(&o.MaxTriggers, 256)
	def(&o.MaxInput, 32<<10)
	def(&o.MaxTries, 5)
	def(&o.CatchUp, 64)
	dur(&o.Wall, 2*time.Second)
	dur(&o.BatchWait, 25*time.Millisecond)
	dur(&o.Retry, 250*time.Millisecond)
	o.Limits = o.Limits.withDefaults()
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}
