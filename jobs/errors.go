package jobs

import (
	"errors"
	"fmt"
)

// The caller's fault: fix the request.
var (
	// ErrNotFound: no such job, module or trigger (or it is past retention).
	ErrNotFound = errors.New("jobs: not found")
	// ErrInvalidModule: the bytes are not a module this host accepts.
	ErrInvalidModule = errors.New("jobs: invalid module")
	// ErrNotProvable: a proof was asked of a module that cannot be proven.
	ErrNotProvable = errors.New("jobs: module is not provable")
	// ErrInvalidInput: the input or another parameter is out of bounds.
	ErrInvalidInput = errors.New("jobs: invalid input")
	// ErrTriggerKind: a trigger of this kind is not supported by this version.
	ErrTriggerKind = errors.New("jobs: trigger kind not supported")
	// ErrFinished: the job is past the point where it can be cancelled.
	ErrFinished = errors.New("jobs: job is finished")
	// ErrUnknownBlock: the block is not on the canonical chain as known here.
	ErrUnknownBlock = errors.New("jobs: unknown block")
)

// Retryable: the same call may succeed later.
var (
	// ErrQueueFull: a bounded queue or store has no room.
	ErrQueueFull = errors.New("jobs: queue full")
	// ErrStateGone: the state of the block is no longer (or not yet) retained.
	// A [State] returns it from Pin.
	ErrStateGone = errors.New("jobs: state of the block is not retained")
	// ErrAppend: the log could not append, and certainly did not.
	ErrAppend = errors.New("jobs: append to the results log")
)

// The chain source's fault: pause and alarm.
var (
	// ErrBelowFinalized: a reorganisation would revert a finalized block. It is
	// a lagging or lying node until shown otherwise; nothing is rolled back.
	ErrBelowFinalized = errors.New("jobs: reorganisation below the finalized block")
	// ErrUnlinked: the block's parent is not a canonical block known here.
	ErrUnlinked = errors.New("jobs: block does not link to the known chain")
)

// Reading the log.
var (
	// ErrTooOld: the position is before the oldest retained record.
	ErrTooOld = errors.New("jobs: position is past retention")
	// ErrOtherLog: the position belongs to another log (another epoch, or a
	// history that this log does not have).
	ErrOtherLog = errors.New("jobs: position belongs to another log")
)

// Fatal: stop, reopen or repair.
var (
	// ErrClosed: the Manager or Log was closed.
	ErrClosed = errors.New("jobs: closed")
	// ErrLogBroken: an append failed and may or may not be persisted. Reopen.
	ErrLogBroken = errors.New("jobs: results log is in an unknown state")
	// ErrCorrupt: the log (or a stored module) is damaged before its tail.
	ErrCorrupt = errors.New("jobs: stored data is damaged")
	// ErrFormat: the stored data has a version this binary does not know.
	ErrFormat = errors.New("jobs: stored data has another format version")
	// ErrTransition: an illegal job state transition.
	ErrTransition = errors.New("jobs: illegal state transition")
)

// FailureClass says whose failure a failed job is.
type FailureClass string

// The classes of failure. Trap, limit and input are results of the guest (the
// same bytes fail the same way); proof and internal are the host's.
const (
	FailTrap     FailureClass = "trap"
	FailLimit    FailureClass = "limit"
	FailInput    FailureClass = "input"
	FailProof    FailureClass = "proof"
	FailInternal FailureClass = "internal"
)

// Failure is why a job failed.
type Failure struct {
	// Class says whose failure it is.
	Class FailureClass `json:"class"`
	// Reason is the trap's name or one sentence.
	Reason string `json:"reason"`
}

// ExecError is returned by an [Executor] (and a [Prover]) for a failure that
// is final: the same call would fail again. Any other error is retried.
type ExecError struct {
	Failure
	// Err is the cause; may be nil.
	Err error
}

// Error implements error.
func (e *ExecError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %s: %v", e.Class, e.Reason, e.Err)
	}
	return fmt.Sprintf("%s: %s", e.Class, e.Reason)
}

// Unwrap returns the cause.
func (e *ExecError) Unwrap() error { return e.Err }
