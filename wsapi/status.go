package wsapi

import (
	"fmt"
	"time"

	"vmhost/jobs"
)

// queueStatus counts work.
type queueStatus struct {
	Queued       int `json:"queued"`
	Running      int `json:"running"`
	ProofsQueued int `json:"proofsQueued"`
	Proving      int `json:"proving"`
}

// statusResult answers vm_status and is the body of status messages.
type statusResult struct {
	Version   string        `json:"version"`
	ChainID   jobs.Quantity `json:"chainId"`
	Head      *jobs.Block   `json:"head"`
	Safe      jobs.BlockRef `json:"safe"`
	Finalized jobs.BlockRef `json:"finalized"`
	// LagSeconds since the head last moved; null if it has not yet.
	LagSeconds   *float64      `json:"lagSeconds"`
	Ready        bool          `json:"ready"`
	Reasons      []string      `json:"reasons"`
	Queues       queueStatus   `json:"queues"`
	Triggers     int           `json:"triggers"`
	Modules      int           `json:"modules"`
	Jobs         int           `json:"jobs"`
	Epoch        string        `json:"epoch"`
	OldestCursor string        `json:"oldestCursor"`
	Connections  int           `json:"connections"`
	Totals       jobs.Counters `json:"totals"`
	Source       *SourceStatus `json:"source"`
	Cache        *CacheStatus  `json:"cache"`
	Keys         []KeyStatus   `json:"keys"`
	Anchors      *AnchorStatus `json:"anchors"`
}

// statusMessage is sent to ["status"] subscriptions: the status, and what
// changed since the message before.
type statusMessage struct {
	Type string `json:"type"` // status
	statusResult
	// Changed jobs as they are now; may be incomplete if Lost.
	Changed  []jobs.Job        `json:"changed"`
	Progress []progressMessage `json:"progress"`
	Lost     bool              `json:"lost"`
}

func (s *Server) status() statusResult {
	st := s.opts.Jobs.Status()
	out := statusResult{
		Version: s.opts.Version, ChainID: jobs.Quantity(s.opts.ChainID), Safe: st.Safe, Finalized: st.Finalized,
		Queues:   queueStatus{st.Queued, st.Running, st.ProofsQueued, st.Proving},
		Triggers: st.Triggers, Modules: st.Modules, Jobs: st.Jobs, Epoch: st.Epoch.String(),
		OldestCursor: encodeCursor(s.opts.Jobs.Oldest()), Connections: s.connections(), Totals: st.Count,
		Reasons: s.unready(st),
	}
	out.Ready = len(out.Reasons) == 0
	if !st.Head.Hash.IsZero() {
		out.Head = &st.Head
	}
	if !st.HeadAt.IsZero() {
		lag := max(time.Since(st.HeadAt), 0).Round(time.Millisecond).Seconds()
		out.LagSeconds = &lag
	}
	if s.opts.Source != nil {
		src := s.opts.Source()
		out.Source = &src
	}
	if s.opts.Cache != nil {
		c := s.opts.Cache()
		out.Cache = &c
	}
	if s.opts.Keys != nil {
		out.Keys = s.opts.Keys()
	}
	if s.opts.Anchors != nil {
		out.Anchors = s.opts.Anchors()
	}
	return out
}

func (s *Server) statusMessage(ch jobs.Changes, lost bool) statusMessage {
	m := statusMessage{Type: "status", statusResult: s.status(), Changed: ch.Jobs, Progress: []progressMessage{}, Lost: lost}
	if m.Changed == nil {
		m.Changed = []jobs.Job{}
	}
	for id, p := range ch.Progress {
		m.Progress = append(m.Progress, progressMessage{"progress", id, p})
	}
	return m
}

// unready lists why the server is not ready; empty if it is. An old head is the
// watchdog against a silent stall.
func (s *Server) unready(st jobs.Status) []string {
	reasons := []string{}
	if st.Err != nil {
		reasons = append(reasons, "jobs stopped: "+st.Err.Error())
	}
	switch {
	case st.Head.Hash.IsZero():
		reasons = append(reasons, "no block yet")
	case s.opts.MaxLag > 0 && time.Since(s.headAt(st)) > s.opts.MaxLag:
		reasons = append(reasons, fmt.Sprintf("no block for %s", time.Since(s.headAt(st)).Round(time.Second)))
	}
	if s.opts.Ready != nil {
		if err := s.opts.Ready(); err != nil {
			reasons = append(reasons, err.Error())
		}
	}
	return reasons
}

// headAt is when the head last moved, or the start of the server.
func (s *Server) headAt(st jobs.Status) time.Time {
	if st.HeadAt.IsZero() {
		return s.started
	}
	return st.HeadAt
}

func (s *Server) finalized() uint64 { return s.opts.Jobs.FinalizedRef().Number }
