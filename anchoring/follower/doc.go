// Package follower follows the head of an Ethereum chain through one or several
// nodes.
//
// # Two halves
//
// [Core] decides and does nothing else: it is given headers, one at a time, and
// answers with events. It has no clock, no network and no goroutine, so a story
// of headers has one outcome. [Follower] is the shell that speaks to nodes:
// websocket subscription or HTTP polling, backfill, agreement, failover, watchdog.
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
// A long backfill tells its progress; it is fetched in batches, goes on where it
// broke off, and is bounded by [Limits]. A fresh follower begins some blocks below
// the head and backfills from the head down, so that no block of its chain is
// taken on other grounds than that the head names it.
//
// # Nodes
//
// One node of a pool is followed, the others stand by. Another takes over when it
// fails (with a pause that grows), asks to be left alone, gives a wrong answer,
// goes silent or falls far behind. With [Options].Agree a head is accepted only when so
// many nodes have it as their block of its height, and a block is final when so
// many say so of it or of a later one. A node that is preferred to the followed one
// is returned to when it has been well and at the head for [Options.ReturnAfter];
// one that fails soon after must wait twice as long, up to 32 times.
//
//	announced by subscription ─┐
//	                           ├▶ enough nodes have it? ─▶ Core.Step ─▶ events
//	answer to "latest" ────────┘      else held, asked again
//
// An announcement that does not extend the chain is a hint only: the node is
// asked for its head. So announcements may be lost, late, repeated or out of order.
//
// # Faults of the source
//
// A node that lags, was restored from an old backup or sits behind a load
// balancer may show another past. The core never believes it: a branch that
// leaves the chain below the finalized block or deeper than the window, a head
// that is an ancestor of ours, a finalized block that we do not have: each is a
// [Fault]. The follower is paused (see [Status]) until a node shows a head that
// fits; nothing is rolled back. An ancestor of our head is no fault when it comes
// from a node that has just taken over and is a little behind.
//
// What agreement cannot be had for, is believed: a node that alone calls a block
// final can so make the honest branch a fault. It can not have anything rolled
// back below what was final.
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
