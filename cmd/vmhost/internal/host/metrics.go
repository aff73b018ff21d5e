package host

import (
	"maps"
	"slices"

	"vmhost/anchoring"
	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/follower"
	"vmhost/wsapi"
)

// samples are the host's figures for /metrics.
func (h *Host) samples() []wsapi.Sample {
	out := slices.Concat(memorySamples(h.cache.Memory()), h.stateSamples(), sourceSamples(h.source.Metrics(), h.source.Status()))
	if h.anchorer != nil {
		out = append(out, anchorSamples(h.anchorer.Metrics())...)
	}
	if h.tower != nil {
		out = append(out, watchtowerSamples(h.tower.Stats())...)
	}
	return out
}

// sourceSamples are the figures of following the chain, for /metrics.
func sourceSamples(m anchoring.Metrics, s anchoring.SourceStatus) []wsapi.Sample {
	gauge := func(name, help string, v float64) wsapi.Sample { return wsapi.Sample{Name: name, Help: help, Value: v} }
	count := func(name, help string, v uint64, labels map[string]string) wsapi.Sample {
		return wsapi.Sample{Name: name, Help: help, Counter: true, Value: float64(v), Labels: labels}
	}
	const proofs = "Attempts to prove a block's values, by outcome."
	out := []wsapi.Sample{
		gauge("vmhost_source_lag_blocks", "Blocks that the cache is behind the followed head.", float64(m.LagBlocks)),
		gauge("vmhost_source_lag_seconds", "For how long the next block to apply has been known.", m.Lag.Seconds()),
		count("vmhost_source_applied_total", "Blocks applied to the cache.", m.Applied, nil),
		count("vmhost_source_rolled_back_total", "Blocks rolled back.", m.RolledBack, nil),
		count("vmhost_source_values_total", "Values proven and applied.", m.Values, nil),
		count("vmhost_source_proofs_total", proofs, m.Proven, map[string]string{"outcome": "proven"}),
		count("vmhost_source_proofs_total", proofs, m.ProofFailures, map[string]string{"outcome": "refused"}),
		count("vmhost_source_proofs_total", proofs, m.Unproven, map[string]string{"outcome": "unavailable"}),
		{Name: "vmhost_source_proving_seconds_total", Help: "Time spent on fetching and checking proofs.", Counter: true, Value: m.Proving.Seconds()},
		count("vmhost_source_heads_total", "Heads followed.", m.Follower.Heads, nil),
		count("vmhost_source_reconnects_total", "Connections to nodes after the first.", uint64(s.Reconnects), nil),
		count("vmhost_source_returns_total", "Returns to a preferred node that was well again.", uint64(s.Returns), nil),
	}
	if a := s.Agreement; a.Want > 0 {
		for kind, n := range map[string]int{"must": a.Want, "have": a.Same, "differ": a.Other} {
			out = append(out, wsapi.Sample{
				Name: "vmhost_source_agreement_nodes", Help: "Nodes that must have a head, have the last one, and have another one in common.",
				Labels: map[string]string{"kind": kind}, Value: float64(n),
			})
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(m.Follower.Faults)) {
		out = append(out, count("vmhost_source_faults_total", "Faults of nodes, by kind.", m.Follower.Faults[kind], map[string]string{"kind": kind}))
	}
	for _, name := range slices.Sorted(maps.Keys(m.Follower.Reorgs)) {
		out = append(out, wsapi.Sample{
			Name: "vmhost_source_reorg_depth_blocks", Help: "Depth of reorganisations, by the node that told.",
			Labels: map[string]string{"endpoint": name}, Histogram: histogram(m.Follower.Reorgs[name]),
		})
	}
	for _, e := range m.Endpoints {
		out = append(out, endpointSamples(e, e.Name == s.Endpoint)...)
	}
	return out
}

func endpointSamples(e ethrpc.EndpointStatus, followed bool) (out []wsapi.Sample) {
	truth := map[bool]float64{true: 1}
	label := func(more ...string) map[string]string {
		l := map[string]string{"endpoint": e.Name}
		for i := 0; i < len(more); i += 2 {
			l[more[i]] = more[i+1]
		}
		return l
	}
	out = append(out,
		wsapi.Sample{Name: "vmhost_endpoint_followed", Help: "1 for the node that is followed.", Labels: label(), Value: truth[followed]},
		wsapi.Sample{Name: "vmhost_endpoint_head_height", Help: "Highest block that the node showed.", Labels: label(), Value: float64(e.Head)})
	for _, s := range []ethrpc.State{ethrpc.Healthy, ethrpc.BackingOff, ethrpc.Limited, ethrpc.Quarantined} {
		out = append(out, wsapi.Sample{
			Name: "vmhost_endpoint_state", Help: "1 for the node's present state.", Labels: label("state", string(s)), Value: truth[e.State == s],
		})
	}
	for _, kind := range slices.Sorted(maps.Keys(e.Calls)) {
		out = append(out, wsapi.Sample{
			Name: "vmhost_endpoint_calls_total", Help: "Calls to the node, by outcome.", Counter: true,
			Labels: label("outcome", string(kind)), Value: float64(e.Calls[kind]),
		})
	}
	return out
}

func histogram(h follower.Histogram) *wsapi.Histogram {
	out := &wsapi.Histogram{Count: h.Count, Sum: float64(h.Sum), Buckets: map[float64]uint64{}}
	var below uint64
	for i, bound := range h.Bounds {
		below += h.Counts[i]
		out.Buckets[float64(bound)] = below
	}
	return out
}
