package anchoring

import (
	"time"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/follower"
)

// Metrics are a source's figures at one moment, for a collector above.
type Metrics struct {
	// LagBlocks is how many blocks the cache is behind the followed head, and
	// Lag for how long the next block to apply has been known; both 0 if none is.
	LagBlocks uint64
	Lag       time.Duration
	// Applied blocks, and RolledBack ones.
	Applied, RolledBack uint64
	// Values that were proven and applied.
	Values uint64
	// Proven counts blocks whose values were all proven, ProofFailures those that
	// were refused since an answer of a node was wrong, Unproven those that no
	// node answered for. A block that is tried again counts again.
	Proven, ProofFailures, Unproven uint64
	// Proving is the time spent on all three.
	Proving time.Duration
	// Asked sums up what was asked for the proven blocks.
	Asked binding.Stats
	// Receipts counts blocks whose receipts were fetched and checked, Blooms those
	// whose bloom showed that this was not needed.
	Receipts, Blooms uint64
	// Added items of growing collections, and collections that became Full.
	Added, Full uint64
	// Follower counts heads, reorganisations (by depth and node) and faults.
	Follower follower.Metrics
	// Endpoints have health, and calls by outcome.
	Endpoints []ethrpc.EndpointStatus
}

// Metrics returns the figures now.
func (s *Source) Metrics() Metrics {
	head, _ := s.opts.Cache.Head()
	s.mu.Lock()
	m := s.metrics
	for _, a := range s.chain {
		if a.Ref.Number > head.Number {
			m.LagBlocks = s.chain[len(s.chain)-1].Ref.Number - head.Number
			m.Lag = time.Since(a.at)
			break
		}
	}
	s.mu.Unlock()
	m.Follower, m.Endpoints = s.follower.Metrics(), s.pool.Status()
	return m
}

// count changes the counters.
func (s *Source) count(change func(*Metrics)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.metrics)
}
