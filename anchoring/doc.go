// Package anchoring connects the host to an Ethereum chain, in plain Go types:
// nobody above it imports go-ethereum.
//
//   - [Source] follows the chain (package follower), proves the watched values of
//     each block (package binding) and feeds a state cache.
//   - [Client] sends transactions and calls: verifying a proof on chain, reading
//     and writing the anchor registry.
//   - [Anchorer] records commitments in the registry and keeps them there when
//     the chain reorganises.
//
// Sub-packages: ethrpc (checked headers), follower, binding, statefile
// (STATE.json), devchain (an embedded chain), contracts (Solidity), outbox
// (transactions that are neither lost nor doubled), signer (whose key signs).
//
// # Invariants of Source
//
//   - Nothing enters the cache that was not proven against the header's state root.
//   - The cache's blocks are those of the followed chain; when the chain switches
//     branch, the cache is rolled back to the common ancestor and the new blocks
//     are applied. A block that was reverted before it was applied is never shown.
//   - A faulty or silent node changes nothing: another one takes over, or the
//     source pauses, and says why.
//   - A source that was away for longer than the nodes keep state cannot go on:
//     it says so (ErrBehind, follower.ErrGap) and waits, or ends with ErrLost so
//     that its owner begins again with an empty cache.
//
// # Invariants of Anchorer
//
//   - What was posted is in the registry once it can be, on the branch that stays,
//     whatever call failed, with or without its effect, and wherever the process
//     ended: the store knows every transaction before a node does.
//   - A transaction is made only for what the registry would take now and does not
//     hold, and only when no older one is open.
//   - Anchored means: in a block that is Confirmations deep, on the chain.
//   - Demands are answered, and bonds of settled anchors released, before anything
//     new is anchored.
//
// internal/faultproxy injects the faults that tests survive; FOLLOWER.md lists what
// must be survived when following, and by which test.
//
// # Locking
//
// Source.Run and Anchorer.Run own their goroutines and end them before they
// return. Handlers are called by one goroutine, in order. Status methods may be
// called at any time.
//
// # Errors
//
// See errors.go, and the errors of follower and binding which are passed on.
package anchoring
