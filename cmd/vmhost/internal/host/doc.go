// Package host puts the rooms of vmhost together: a [Host] follows a chain into
// a state cache, runs and proves jobs on it, anchors what is proven, and serves
// the API. `vmhost dev` and `vmhost serve` are the same Host on different chains.
//
//	node ─► anchoring.Source ─► statecache ─► jobs ─┬─► runtime
//	            │                                   ├─► proofs
//	            └──────────► anchoring.Anchorer ◄───┘   wsapi ◄─ clients
//
// Proofs run in a child process, see worker.go.
//
// The adapters between jobs' ports and the siblings are in states.go (views,
// chain), execute.go (runtime), prove.go (proofs), anchor.go (registry) and
// api.go (what the API reads).
//
// # Data folder
//
//	format.json   version of the layout and the chain it is of (see data.go)
//	modules/      uploaded modules
//	results/      the results log of package jobs
//	state/        the delta log of the state cache
//	anchor/       anchors and their transactions, a file an account
//
// Without a folder everything is in memory. Keys have a folder of their own:
// they are the same for every chain.
//
// # Order and crashes
//
// A block enters the cache first (durably), then the results log. A crash
// between the two is repaired at the next start: jobs.Sync replays what the
// cache has and the log has not.
//
// # Goroutines
//
// Run owns source, anchorer and HTTP server, and ends them all before it
// returns. Close releases what Open opened, in reverse.
//
// # Errors
//
// See errors.go; those of the rooms are passed on, wrapped once.
package host
