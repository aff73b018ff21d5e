// Package faultproxy stands between a client and an Ethereum node, over HTTP and
// websocket, and does to the conversation what networks, load balancers and bad
// nodes do: it drops, delays, truncates, garbles, lies, answers with old news,
// limits rates, closes streams, and repeats, loses and reorders notifications.
// It is for tests.
//
// What happens to a message is drawn from a seeded generator, and each fault is
// counted by [Kind], so that a test can say what it survived. Messages of several
// connections interleave as they come: one seed gives one distribution, not one
// sequence.
//
//	client ── HTTP, ws ──▶ Proxy ── HTTP, ws ──▶ node
//
// # Invariants
//
//   - Requests reach the node unchanged or not at all.
//   - Every fault that is drawn is carried out and counted once. One that needs
//     something earlier (an old answer, another header) is a delay before there is
//     any.
//
// # Locking
//
// A Proxy is safe for concurrent use. Close ends its connections and goroutines.
package faultproxy
