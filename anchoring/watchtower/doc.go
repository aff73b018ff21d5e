// Package watchtower finds false anchors of a registry and takes them down,
// with nothing but a node, the definitions of the collections, and a key with
// some ether. It trusts no operator: what it compares anchors with, it fetches
// itself ([Source]), with proofs.
//
// # What happens to an anchor
//
//	Anchored ──► the directory root is that of the honest tree: true
//	    └──────► it differs: the honest values and their proofs are fetched and
//	             kept at once, because nodes prove their last 128 blocks only
//	                └─► Decide: go down where the operator's tree differs
//	                      ├─ a statement is false: challenge
//	                      ├─ a part is not known: demand it, wait for the answer
//	                      ├─ no answer in time: expire
//	                      └─ nothing that can be judged differs: not judged
//
// The way down is known from the operator's published state file, from what
// anybody asked and was answered (Answered events), and from the honest tree
// wherever the hashes are the same.
//
// # What cannot be judged
//
// A collection of the operator's that the watcher has no definition of, or
// another of, is not false by being there. It is named, and looked into at
// random with as many demands as [Options.Explore] allows. The history is
// compared by its root alone.
//
// # Money
//
// All transactions go through a durable outbox (package outbox): a crash neither
// loses nor doubles one. Each is simulated before it is sent. Nothing is sent
// that could bring the expenses of the whole store above [Options.MaxSpend].
//
// # Locking
//
// A Tower is used by one goroutine, but for Report.
//
// # Errors
//
// See errors.go.
package watchtower
