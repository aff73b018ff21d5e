// Package deltalog has the stores behind statecache.DeltaLog: records numbered
// from 0, each durable before Append returns. Memory is for tests and for nodes
// that refetch after a restart; Pebble keeps them on disk.
//
// The stores know nothing of what a record says: the state cache chains and
// checks them. Both are safe for concurrent use.
package deltalog
