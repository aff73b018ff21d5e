package jobs

import "fmt"

// State is where a job stands.
type State string

// The job states of the architecture. anchored and finalized are facts of the
// job's block and not states.
const (
	Queued    State = "queued"
	Running   State = "running"
	Executed  State = "executed"
	Proving   State = "proving"
	Proven    State = "proven"
	Failed    State = "failed"
	Cancelled State = "cancelled"
	Undone    State = "undone"
)

// States lists every state in the order of a life.
func States() []State {
	return []State{Queued, Running, Executed, Proving, Proven, Failed, Cancelled, Undone}
}

// Transition is what happens to a job.
type Transition string

// The transitions. Lost is a restart: work in flight was lost with the process.
const (
	Start      Transition = "start"
	Finish     Transition = "finish"
	Fail       Transition = "fail"
	Prove      Transition = "prove"
	ProverDone Transition = "prover-done"
	Cancel     Transition = "cancel"
	Undo       Transition = "undo"
	Lost       Transition = "lost"
)

// step is a row of the transition table.
type step struct {
	from State
	t    Transition
}

// transitions is the whole machine; what is absent is illegal.
func transitions(s State, t Transition) (State, bool) {
	switch (step{s, t}) {
	case step{Queued, Start}:
		return Running, true
	case step{Running, Finish}:
		return Executed, true
	case step{Executed, Prove}:
		return Proving, true
	case step{Proving, ProverDone}:
		return Proven, true
	case step{Running, Fail}, step{Proving, Fail},
		step{Executed, Fail}: // the proof could not be queued; the result stands
		return Failed, true
	case step{Queued, Cancel}, step{Running, Cancel}, step{Executed, Cancel}, step{Proving, Cancel}:
		return Cancelled, true
	case step{Queued, Undo}, step{Running, Undo}, step{Executed, Undo}, step{Proving, Undo}, step{Proven, Undo}, step{Failed, Undo}:
		return Undone, true
	case step{Queued, Lost}, step{Running, Lost}:
		return Queued, true
	case step{Executed, Lost}, step{Proving, Lost}:
		return Executed, true
	default:
		return s, false
	}
}

// Next returns the state after t, or [ErrTransition].
func (s State) Next(t Transition) (State, error) {
	next, ok := transitions(s, t)
	if !ok {
		return s, fmt.Errorf("%w: %s in state %s", ErrTransition, t, s)
	}
	return next, nil
}

// Terminal reports whether nothing but an undo can still happen to a job that
// asked for a proof or did not.
func (s State) Terminal(prove bool) bool {
	switch s {
	case Proven, Failed, Cancelled, Undone:
		return true
	case Executed:
		return !prove
	default:
		return false
	}
}
