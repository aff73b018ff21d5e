// Package statecache keeps the watched state of an Ethereum chain in memory,
// one version per block in a sliding window, under a Poseidon2 commitment that
// a proof can open.
//
// # Model
//
// A [Collection] is a named, append-only list of watched items (storage slots,
// balances, …). [Cache.Apply] adds one block: its header and the values that
// changed. A [View] pins one block and reads it; [Cache.Rollback] drops the
// blocks above a common ancestor; old blocks leave the window by eviction.
//
//	oldest ── … ── finalized ── … ── head          retained, readable
//	                    └─ A1 ── A2 (rolled back)  readable only by views that
//	                                               held them: Orphaned()
//
// Values and Merkle nodes stand in place, as they are at the newest block, in
// pointer-free cells (cells.go, tree.go); each block keeps a chunk of undo records
// (undo.go): which cells it changed and what they were. A read at an earlier block
// follows a cell's records down. Rolling back writes the records back, without
// hashing; evicting forgets a chunk. The little that is kept for each block beside
// (header, lengths, roots) is an immutable row. The tables are listed in one
// registry (tables.go) which apply and [Cache.Digests] iterate over; a table may
// keep state in its fields of the row and in its trees and nowhere else, and a
// test checks that.
//
// # Reading
//
// [View.Get] and [View.GetBatch] take no lock and allocate nothing, at any height
// of the window; [View.Lookup] and [View.GetItem] find an item by what it watches;
// [View.All] iterates; [View.Diff] lists what two blocks do not share, also across
// a fork; [View.Logs] finds the events of a range of heights by address and topic;
// [View.Prove] proves a value, [View.ProveHistory] an ancestor and that the later
// commitment extends the earlier. The older methods that return a bool say false
// where these return an error.
//
// # Pins, memory, drops
//
// A view is a pin with an owner and maybe a deadline. Eviction stops at the lowest
// pin; near the hard cap [Options].OnPressure is told who holds the window and may
// give that pin up, else blocks are refused. A pin that expired or was cancelled
// frees its blocks, and every read of its views is an error. [Cache.Memory] is
// exact arithmetic with a level against a budget. [Cache.Drop] ends a collection,
// as does the end of its lease ([Cache.Renew], [Cache.ExpireLeases]): nothing stays
// committed that is no longer fetched.
//
// # Commitment
//
// Items and values are leaves of 8-ary Poseidon2 trees, one pair per
// collection; the collections' entries form the directory (depth 4); past
// directory roots form the history (depth 11, by height); the commitment binds
// chain id, height, block hash, directory root and history root. The formats
// are those of the project's formats note; every preimage can be opened from a
// View ([View.CommitPreimage], [View.DirNode], [View.Entry], [View.Node],
// [View.Leaf], [View.ItemPreimage]) and [View.Prove] packs one read into a
// self-contained [Proof] that [VerifyProof] checks against a commitment alone.
//
// Directory entry 0 is the collection "header": items of kind [KindHeader]
// whose slots are the Field… codes. A collection's handle is its directory
// index, the same at every height.
//
// # Invariants
//
//   - A View's answers never change while it is held, whatever the cache does.
//     A view whose pin expired gives errors, never an answer.
//   - An evicted, future, unknown or orphaned block is an error of its own,
//     never a value of another block.
//   - Nothing is visible before the [DeltaLog] holds it.
//   - apply then rollback is the identity on every table; applying A, then B,
//     then A again gives A's commitment bit for bit.
//   - What the package is told is what it commits to: checking values against
//     the chain's state root is the caller's duty.
//
// # Locking
//
// All methods of Cache and View are safe for concurrent use. Writers (Apply,
// Rollback, Finalize) are serialised by one mutex and publish under a second,
// short one, which Define, View and Release also take. Reads of a View take no
// lock: type store argues why they are right.
//
// # Crashes
//
// With [Options].Log every change (a block, a rollback, finality, a definition)
// is a record that is durable before it is visible. A record holds the sum of the
// one before it and, for a block, its commitment, from which every table follows
// but those whose input stands in the record. An error of the log is the caller's
// error: nothing was published, and the call can be made again.
//
// [Cache.Checkpoint] writes the raw cells of the oldest retained block, nodes
// included, beside the running cache, and drops the records below. [New] loads
// the newest checkpoint and replays the records above it, so that the window and
// the blocks that can be rolled back to are what they were:
//
//	      checkpoint                                      log
//	          │ ◄── records replayed at recovery ──► │
//	── dropped ── B (oldest then) ── … ── A1 ── rollback ── B1 ── head
//
// It refuses to serve, naming what is wrong and what to do, unless chunks match
// their sums, the checkpoint its commitment and the record it follows, each
// record the one before, and each block the commitment it was logged with. Inner
// nodes are not hashed again then; [Cache.Verify] does that beside the running
// cache.
//
// # Followers
//
// [Cache.Records] hands on the same records, and a [Replica] applies them with
// the same checks to a cache of its own, from the first record on or from a copy
// of a checkpoint ([InstallCheckpoint]).
//
// # Errors
//
// Sentinels in errors.go, each to be tested with errors.Is; [Code] gives their
// stable names. The package logs only what an operator must see (a rollback, a
// refused one, an expired pin).
package statecache
