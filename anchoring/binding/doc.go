// Package binding proves values of the state cache against a block's state root,
// and logs against its receipts root. Nothing that was not proven here enters the
// cache.
//
// # What is checked
//
//	header ── hashed by ethrpc ──► stateRoot, receiptsRoot, bloom
//	stateRoot ── account proof ──► nonce, balance, storageRoot, codeHash
//	storageRoot (the proven one) ── slot proof ──► value
//	receiptsRoot ── all receipts of the block ──► logs, in order
//
// Each node of a Merkle-Patricia proof is hashed here, once for all paths that
// share it, and must be exactly the next one on the path: a missing, a foreign
// and an additional node are errors of their own. A proof that the key is absent
// is a value (0); a proof that ends early is an error. What the node says beside
// its proof (balance, nonce, hashes, values, positions of logs) is never used,
// and a node that says something else than it proves is refused all the same,
// because it lies.
//
// Receipts of all forks are known (forks_test.go lists where each is tested): with a state root (before Byzantium), with a
// status, of types 0 to 4. Blooms are computed again, for each receipt and for
// the block. A header whose bloom shows that no log is watched makes the receipts
// unnecessary, as far as the header itself is valid.
//
// # Completeness, and what it costs
//
// A [Binder] keeps the trie nodes between the roots and the watched values. A
// node of the new block with the hash that a kept one had is that node, with
// everything below it: no watched value there has changed, whatever the node
// answers. Where a hash differs, one key below is asked for; its proof shows
// which hashes on the next levels differ, and so on, until no node is missing:
//
//	old root ≠ new root       ask: one key
//	├─ same                   nothing below has changed
//	├─ differs ─► node        ask: one key below it
//	│             ├─ same
//	│             └─ differs ─► leaf: the new value
//	└─ same
//
// So the proofs fetched for a block grow with what changed, not with what is
// watched; guesses (slots that changed lately, or that logs name, see
// [Binder.Expect]) save rounds and decide nothing. A slot proof of a large
// contract is about 2 KiB, as JSON twice that. Memory, by arithmetic: about 300 bytes for each
// watched slot, and its share of the inner nodes (532 bytes each, fewer than one
// for two slots where slots are sparse in a large trie, up to five each).
//
// After a reorganisation of fewer than 16 blocks the changes since the common
// ancestor are told; after a deeper one, or after collections grew in between,
// all values are told, and only nodes that differ are fetched.
//
// A header from EIP-7928 on commits to the list of everything that its block
// touched. Where the Prover is an [AccessLister] too, and hands out the list with
// that hash, only what the list says was written is asked for, all of it in one
// round, and nothing if nothing of it is watched; lists.go says why that is sound,
// and what is proven all the same. A list of another hash is a lie. Without a
// list everything is as above. A list has the size of all that the block touched
// (some 100 KB on mainnet), which is more than the proofs of a few slots: it saves
// round trips, and bytes only where much is watched.
//
// An account that does not exist has balance 0, nonce 0, code hash 0 (as
// EXTCODEHASH says) and only zero slots.
//
// # Collections that grow
//
// A [Growth] says how a collection finds items by itself: entries of a mapping
// by keys that events name, elements of an array by its length. A [Grower] turns
// a block's checked logs and proven lengths into new items. Keys of followed
// blocks come from receipts that were checked, so that none is missed. Keys of
// older blocks ([RPC.OldLogs]) come from eth_getLogs, which nothing proves: a
// made-up key is harmless, since its value is proven; a key that is left out is
// missing. That such a collection holds every key is therefore only attested.
//
// # What is not checked
//
// That the header is canonical: see package follower.
//
// # Locking
//
// A Binder, a Verifier and a Grower are each used by one goroutine. The
// functions, and RPC, are safe for concurrent use.
//
// # Errors
//
// See errors.go. [ItemError] names the item that a faulty answer concerns.
package binding
