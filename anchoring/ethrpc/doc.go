// Package ethrpc talks to one Ethereum node over HTTP or websocket and believes
// nothing it is told about a header: each is decoded, re-encoded and hashed
// here, and refused when the hash differs from the one the node gave or was
// asked for.
//
// A [Client] is a connection to one node. A [Pool] is several nodes of one chain,
// each an [Endpoint] with its health:
//
//	healthy ── a call failed ────────────▶ backoff      doubling pause, half of it random
//	healthy ── HTTP 429, error -32005 ──▶ limited      until Retry-After; nothing is sent
//	healthy ── wrong answer, lag ───────▶ quarantined  only if there are others
//
// and back when the time is over. Heads are followed at one endpoint ([Pool.Pick],
// [Pool.Others]); whatever else is asked goes to the same one, and to others when it
// does not answer ([Pool.Any]). Names of endpoints and errors show no
// more of an URL than scheme and host: providers put keys in the rest.
//
// Clients, pools and endpoints are safe for concurrent use. Every call takes a
// context; nothing is retried here.
//
// # Errors
//
// [ErrHeader] and its kin say that a node's answer is wrong: the node is faulty.
// [ErrNotFound] says that the node has no such block. Other errors are those of
// the connection and are worth a retry.
package ethrpc
