package host

import (
	"vmhost/jobs"
	"vmhost/statecache"
	"vmhost/wsapi"
)

// cacheStatus is the state cache's part of vm_status.
func (h *Host) cacheStatus() wsapi.CacheStatus {
	m := h.cache.Memory()
	s := wsapi.CacheStatus{
		Bytes: m.Total, Budget: m.Budget, Level: m.Level.String(), Blocks: m.Blocks, Views: m.Pins,
		Parts: wsapi.CacheParts{
			Values: m.Values, Nodes: m.Nodes, Items: m.Items, History: m.History, Undo: m.Undo, Redo: m.Redo, Rows: m.Rows,
		},
	}
	if ref, ok := h.cache.Oldest(); ok {
		s.Oldest = jobs.Quantity(ref.Number)
	}
	for _, c := range h.cache.Collections() {
		s.Watched += uint64(len(c.Items))
	}
	return s
}

// memorySamples are the figures of the state cache's memory, for /metrics.
func memorySamples(m statecache.Memory) []wsapi.Sample {
	part := func(name string, v uint64) wsapi.Sample {
		return wsapi.Sample{
			Name: "vmhost_state_bytes", Help: "Memory of the state cache by part.",
			Labels: map[string]string{"part": name}, Value: float64(v),
		}
	}
	return []wsapi.Sample{
		part("values", m.Values), part("nodes", m.Nodes), part("items", m.Items), part("history", m.History),
		part("undo", m.Undo), part("redo", m.Redo), part("rows", m.Rows),
		{Name: "vmhost_state_budget_bytes", Help: "What the state cache should stay below; 0: no limit.", Value: float64(m.Budget)},
		{Name: "vmhost_state_level", Help: "0 ok, 1 window shrinks, 2 no new watches, 3 no new views.", Value: float64(m.Level)},
		{Name: "vmhost_state_blocks", Help: "Blocks of state retained.", Value: float64(m.Blocks)},
		{Name: "vmhost_state_views", Help: "Views that hold a block.", Value: float64(m.Pins)},
	}
}
