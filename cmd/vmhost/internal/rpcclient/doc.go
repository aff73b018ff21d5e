// Package rpcclient is a small client of vmhost's API, for `vmhost client` and
// the tour of `vmhost dev`: JSON-RPC by HTTP POST, uploads, and the results
// stream over a WebSocket that reconnects and resumes after the last cursor.
//
// # Goroutines
//
// Watch runs in its caller's goroutine and starts one more that closes the
// connection when the context ends; both have ended when it returns. A Client
// may be used from several goroutines.
//
// # Errors
//
// *Error is the server's own answer; everything else is the transport's.
package rpcclient
