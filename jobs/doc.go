// Package jobs turns blocks into results: it keeps the life cycle of every
// job, fires triggers, schedules executions, feeds the prover, and withdraws
// what a reorganisation made untrue.
//
// # Model
//
// The package is event sourced. Every fact that must survive (a block, a job,
// a result, a proof, an undo, …) is one [Record] in an append-only [Log];
// the state is a fold over the records and nothing else. A [Manager] decides
// (pure function of the state), appends (the only I/O), applies, and only then
// acts on the outside (workers, prover, anchors, subscribers). What a
// subscriber sees is therefore always durable.
//
//	Advanced ─► advance{block, jobs} ─► workers ─► data{block, items} ─► prover ─► proof{…}
//	Reorged  ─► undo{to, from, undone} : running work cancelled, triggers fire again
//
// # States
//
//	queued ─► running ─► executed ─► proving ─► proven
//	   └────────┴── failed ──┴──────────┘ (trap, limit, input, proof, internal)
//	any but cancelled ─► undone, when the job's block is reverted
//
// The whole table is in state.go; a transition that is not in it is an error.
// "running" is not durable (after a restart such a job is queued again), nor
// is a proof that was being computed. anchored and finalized are facts of the
// job's block, not states.
//
// # Invariants
//
//   - A bare height never identifies a block: every job names a [BlockRef].
//   - Sequence numbers start at 1, have no gaps, and are never re-used within
//     an epoch. Each record carries a digest chained over all before it.
//   - A record is visible (to [Manager.Records], to streams) only after the
//     log made it durable.
//   - A reorganisation below the finalized block is a fault of the source and
//     is refused with [ErrBelowFinalized]; nothing is rolled back.
//
// # Locking
//
// commitMu serialises decide+append+apply; mu guards the state for readers and
// is never held over I/O. Order: commitMu, then mu. Executions and proofs run
// without either.
//
// # Crash behaviour
//
// An append that fails leaves the state as it was; the caller retries. If the
// log cannot tell whether the record is there ([ErrLogBroken]) the Manager
// stops: reopening the log decides, and both outcomes are consistent.
//
// # Errors
//
// Sentinels in errors.go, grouped by who can act on them.
package jobs
