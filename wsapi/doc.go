// Package wsapi serves JSON-RPC 2.0 over WebSocket and HTTP POST, result
// streams with cursors, the dashboard, metrics and health.
//
// # Convention
//
// Stock viem and ethers work unmodified: eth_subscribe / eth_unsubscribe in,
// eth_subscription out, ids echoed with their JSON type, the response written
// before the first notification, everything inside params.result, -32601 for
// what is not known and never a close for it. vm_subscribe → vm_subscription is
// the same for Go clients.
//
// # Streams
//
// A results subscription is a reader of the durable log (jobs.Stream): it holds
// a position, not a queue. A client that reads slowly is simply further back
// in the log; nobody waits for it, and it is told (-32001) if it falls behind
// retention. Every message carries a cursor; subscribing with it again resumes
// after that message, on any connection, also after a restart of the server.
//
// # Trust
//
// There is no authentication in this version. The server therefore listens on
// loopback only unless Options.AllowRemote is set, refuses requests whose Host
// is not a loopback name (DNS rebinding), and refuses browsers of any origin
// but its own and Options.Origins. What changes the commitments (vm_watch,
// vm_unwatch, POST /watch) is taken from this machine only, see WatchFrom. Everything from outside is bounded: frames,
// bodies, batches, subscriptions, connections, and what waits to be written.
//
// # Goroutines
//
// One hub; per connection a reader and a writer; per subscription one (results
// with progress: two). All end with their connection, and Shutdown waits for
// them.
//
// # Errors
//
// All error codes are in the one table of errors.go, close codes in close.go.
package wsapi
