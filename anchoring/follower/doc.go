// Package follower follows the head of an Ethereum chain through one node.
//
// # Two halves
//
// [Core] decides and does nothing else: it is given headers, one at a time, and
// answers with events. It has no clock, no network and no goroutine, so a story
// of headers has one outcome. [Follower] is the shell that speaks to a node:
// websocket subscription or HTTP polling, backfill, reconnection, watchdog.
//
// # Reorganisations
//
// A real client that switches to a longer sibling branch announces one head,
// the tip. The core then asks for its ancestors by hash until it meets a block
// that it knows:
//
//	known:      … ─ 14 ─ 15 ─ 16 ─ 17
//	announced:                          18'   ⇒ Need 17', Need 16', Need 15'
//	met:            14 ─ 15'─ 16'─ 17'─ 18'   ⇒ Reorged{14, [15 16 17], [15' 16' 17' 18']}
//
// # Faults of the source
//
// A node that lags, was restored from an old backup or sits behind a load
// balancer may show another past. The core never believes it: a branch that
// leaves the chain below the finalized block or deeper than the window, a head
// that is an ancestor of ours, a finalized block that we do not have: each is a
// [Fault]. The follower is paused (see [Status]) until the node shows a head
// that fits; nothing is rolled back.
//
// # Invariants
//
//   - Every header was hashed here (package ethrpc) and is the child of the one
//     before: parent hash, number + 1, no earlier timestamp.
//   - Events come in order: Applied and Advanced headers extend the chain that
//     the receiver already has; Reverted lists exactly the blocks it must drop,
//     highest first.
//   - A finalized block is never reverted.
//
// # Locking
//
// Core is not safe for concurrent use. Follower.Run calls its handler from one
// goroutine; Status may be called from any.
//
// # Errors
//
// See errors.go. Faults carry one of these sentinels.
package follower
