// Package outbox sends the transactions of one account so that none is lost and
// none is sent twice, whatever fails.
//
// A transaction is written down, signed and with its nonce, before it is sent
// (see [Store]); what happens to it is written down after. A crash or a lost
// answer between the two leaves a transaction that may or may not be known to
// the network: the same bytes are then sent again, and a nonce admits only one
// of them. A new nonce is taken only when no older transaction is open.
//
// # Life of a transaction
//
//	pending ──► included ──► confirmed (Options.Confirmations blocks)
//	   ▲  │         │            │
//	   │  └► lost   └────────────┴─► a reorganisation: pending again
//	   └ sent again when the pool dropped it, replaced when it is stuck
//
// A transaction is lost when another transaction of the same key took its nonce:
// somebody else uses the key. Its content is the caller's to submit again.
//
// # What is done about it
//
//	dropped from the pool      the same bytes are sent again
//	stuck, or fee too low      a replacement with both fees raised by an eighth
//	                           or to the present price, up to the call's limit;
//	                           Options.Refresh says what it does instead
//	account without money      not written down; what is open is sent again until
//	                           there is some
//	refused for its form       replaced by an empty transaction when it is stuck
//	nonce gap                  filled with empty transactions; above a large one
//	                           transactions are given up: a node made the nonce up
//	key used elsewhere         seen (counted); nothing of others is replaced
//	included, then reorged out noticed by the block's hash; sent again
//	included, says a node, but its nonce stays unused: pending again
//	included and reverted      told as confirmed without success
//
// # Locking
//
// Step and Submit are called by one goroutine; the rest may be called at any time.
//
// # Errors
//
// See errors.go. An error means that something is not done yet, never that
// something was given up.
//
// # What one lying node can do
//
// Delay everything while it is believed; make us pay Options.MaxFee where less
// would do; after it made up a nonce, have a transaction included twice, with two
// nonces: what is submitted must bear that.
package outbox
