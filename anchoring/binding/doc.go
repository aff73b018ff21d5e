// Package binding proves values of the state cache against a block's state
// root. Nothing that was not proven here enters the cache.
//
// # What is checked
//
//	header ── hashed by ethrpc ──► stateRoot
//	stateRoot ── account proof ──► nonce, balance, storageRoot, codeHash
//	storageRoot (the proven one) ── slot proof ──► value
//
// Each node of a Merkle-Patricia proof is hashed here and must be exactly the
// next one on the path: a missing, a foreign and an additional node are errors
// of their own. A proof that the key is absent is a value (0); a proof that
// ends early is an error. What the node says beside its proof (balance, nonce,
// hashes, values) is never used, and a node that says something else than it
// proves is refused all the same, because it lies.
//
// # Completeness
//
// The change set of a block holds every watched item. Only one shortcut is
// taken: an account whose proven storageRoot is that of the parent block has
// unchanged slots, so one account proof stands for all of them.
//
// An account that does not exist has balance 0, nonce 0, code hash 0 (as
// EXTCODEHASH says) and only zero slots.
//
// # What is not checked
//
// That the header is canonical: see package follower.
//
// # Locking
//
// A Binder is used by one goroutine. The functions are safe for concurrent use.
//
// # Errors
//
// See errors.go. [ItemError] names the item that a faulty answer concerns.
package binding
