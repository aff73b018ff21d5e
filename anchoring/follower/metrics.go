package follower

import "maps"

// Bounds of the reorganisation depths that are counted apart: one bucket holds
// the depths up to each bound, and one the deeper ones.
var depthBounds = [...]uint64{1, 2, 3, 5, 8, 16, 32, 64, 128, 256}

// Histogram counts depths of reorganisations, in blocks.
type Histogram struct {
	// Bounds are the buckets' inclusive upper bounds, ascending; Counts has one
	// more bucket, for what is above all of them. Counts are not cumulative.
	Bounds, Counts []uint64
	// Count and Sum of all depths.
	Count, Sum uint64
}

func (h *Histogram) add(depth uint64) {
	if h.Counts == nil {
		h.Bounds = depthBounds[:]
		h.Counts = make([]uint64, len(depthBounds)+1)
	}
	i := 0
	for i < len(depthBounds) && depth > depthBounds[i] {
		i++
	}
	h.Counts[i]++
	h.Count++
	h.Sum += depth
}

// Metrics are counters since the start.
type Metrics struct {
	// Heads that became the tip, and Backfilled blocks that came with them.
	Heads, Backfilled uint64
	// Reorgs by the endpoint that told.
	Reorgs map[string]Histogram
	// Faults by Kind.
	Faults map[string]uint64
}

func (m *Metrics) moved(e Event, endpoint string) {
	m.Heads++
	if e, ok := e.(*Reorged); ok {
		if m.Reorgs == nil {
			m.Reorgs = map[string]Histogram{}
		}
		h := m.Reorgs[endpoint]
		h.add(uint64(len(e.Reverted)))
		m.Reorgs[endpoint] = h
		m.Backfilled += uint64(len(e.Applied) - 1)
	}
}

func (m *Metrics) fault(err error) {
	if m.Faults == nil {
		m.Faults = map[string]uint64{}
	}
	m.Faults[Kind(err)]++
}

// Metrics returns the counters now.
func (f *Follower) Metrics() Metrics {
	f.mu.Lock()
	defer f.mu.Unlock()
	m := f.metrics
	m.Faults = maps.Clone(m.Faults)
	m.Reorgs = maps.Clone(m.Reorgs)
	for k, h := range m.Reorgs {
		h.Counts = append([]uint64(nil), h.Counts...)
		m.Reorgs[k] = h
	}
	return m
}
