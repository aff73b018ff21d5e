// Package statebench has no code of its own: its benchmarks put the state cache
// beside other ways to keep many versions of many words, in one run, on the same
// keys and changes. See compare_test.go.
//
//	go test ./internal/statebench -bench . -run '^$'           a tenth of the keys
//	VMHOST_LONG=1 go test ./internal/statebench -run Table -v  1M keys, as a table
//
// What stands beside it:
//
//   - pathdb: go-ethereum's layered state store over a database in memory, given
//     ready hashes of accounts and slots, and no trie nodes;
//   - HAMT: one persistent hash map a height (github.com/benbjohnson/immutable);
//   - layers: one plain map of changes a height, searched downwards.
//
// Only the state cache computes a commitment (a Poseidon2 tree) in apply; the
// column "apply" is therefore not like for like, and says what the root costs.
package statebench
