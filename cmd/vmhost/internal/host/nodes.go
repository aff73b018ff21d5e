package host

import (
	"time"

	"vmhost/anchoring"
	"vmhost/anchoring/ethrpc"
	"vmhost/jobs"
	"vmhost/wsapi"
)

// sourceStatus is how the chain is followed, for vm_status.
func sourceStatus(s anchoring.SourceStatus, now time.Time) wsapi.SourceStatus {
	out := wsapi.SourceStatus{
		Connected: s.Connected, Node: s.Endpoint, NodeHead: jobs.Quantity(s.NodeHead.Number), Lag: s.Lag,
		Reconnects: s.Reconnects, Returns: s.Returns, Nodes: []wsapi.NodeStatus{},
	}
	if s.Fault != nil {
		out.Fault = s.Fault.Error()
	}
	if b := s.Backfill; b != nil {
		out.Backfill = &wsapi.Backfill{Head: jobs.Quantity(b.Head.Number), Fetched: b.Fetched, Missing: b.Missing}
	}
	if a := s.Agreement; a.Want > 0 {
		out.Agreement = &wsapi.Agreement{Want: a.Want, Of: a.Of, Block: jobs.BlockRef(a.Ref), Same: a.Same, Other: a.Other}
		if !a.Since.IsZero() {
			held := now.Sub(a.Since).Seconds()
			out.Agreement.HeldSeconds = &held
		}
	}
	for _, e := range s.Endpoints {
		n := wsapi.NodeStatus{Name: e.Name, State: string(e.State), Head: jobs.Quantity(e.Head)}
		if e.State == ethrpc.Healthy && e.Failing {
			n.State = "failing"
		}
		if e.State != ethrpc.Healthy || e.Failing {
			n.Seconds = max(0, e.Until.Sub(now).Seconds())
			if e.Reason != nil {
				n.Why = e.Reason.Error()
			}
		}
		out.Nodes = append(out.Nodes, n)
	}
	return out
}
