// Package ethrpc talks to one Ethereum node over HTTP or websocket and believes
// nothing it is told about a header: each is decoded, re-encoded and hashed
// here, and refused when the hash differs from the one the node gave or was
// asked for.
//
// A [Client] is safe for concurrent use. Every call takes a context; there are
// no retries here (the follower reconnects with backoff).
//
// # Errors
//
// [ErrHeader] and its kin say that a node's answer is wrong: the node is faulty.
// [ErrNotFound] says that the node has no such block. Other errors are those of
// the connection and are worth a retry.
package ethrpc
