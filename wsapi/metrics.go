package wsapi

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics of the API and, as gauges read when scraped, of the jobs behind it.
type metrics struct {
	requests  *prometheus.CounterVec
	seconds   *prometheus.HistogramVec
	subs      *prometheus.GaugeVec
	dropped   *prometheus.CounterVec
	opened    prometheus.Counter
	closed    *prometheus.CounterVec
	sent      prometheus.Counter
	sentBytes prometheus.Counter
}

func newMetrics(r *prometheus.Registry, s *Server) (*metrics, error) {
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "vmhost_rpc_requests_total", Help: "JSON-RPC requests by method and outcome (an error's name, or ok).",
		}, []string{"method", "outcome"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "vmhost_rpc_request_seconds", Help: "Time to answer a JSON-RPC request.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1, 5},
		}, []string{"method"}),
		subs: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "vmhost_subscriptions", Help: "Open subscriptions by kind.",
		}, []string{"kind"}),
		dropped: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "vmhost_subscriptions_dropped_total", Help: "Subscriptions ended by the server, by reason.",
		}, []string{"reason"}),
		opened: prometheus.NewCounter(prometheus.CounterOpts{Name: "vmhost_connections_total", Help: "WebSocket connections accepted."}),
		closed: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "vmhost_connections_closed_total", Help: "WebSocket connections ended, by reason.",
		}, []string{"reason"}),
		sent:      prometheus.NewCounter(prometheus.CounterOpts{Name: "vmhost_messages_sent_total", Help: "WebSocket messages written."}),
		sentBytes: prometheus.NewCounter(prometheus.CounterOpts{Name: "vmhost_message_bytes_sent_total", Help: "Bytes of WebSocket messages written."}),
	}
	all := []prometheus.Collector{m.requests, m.seconds, m.subs, m.dropped, m.opened, m.closed, m.sent, m.sentBytes}
	gauge := func(name, help string, f func() float64) {
		all = append(all, prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, f))
	}
	st := s.opts.Jobs.Status
	gauge("vmhost_connections", "Open WebSocket connections.", func() float64 { return float64(s.connections()) })
	gauge("vmhost_head_height", "Height of the head.", func() float64 { return float64(st().Head.Number) })
	gauge("vmhost_finalized_height", "Height of the finalized block.", func() float64 { return float64(st().Finalized.Number) })
	gauge("vmhost_head_age_seconds", "Seconds since the head last moved.", func() float64 { return time.Since(s.headAt(st())).Seconds() })
	gauge("vmhost_jobs_queued", "Executions waiting.", func() float64 { return float64(st().Queued) })
	gauge("vmhost_proofs_queued", "Proofs waiting.", func() float64 { return float64(st().ProofsQueued) })
	gauge("vmhost_results_oldest", "Oldest retained record of the results log.", func() float64 { return float64(st().Oldest) })
	gauge("vmhost_results_next", "Next record of the results log.", func() float64 { return float64(st().Next) })
	counter := func(name, help string, f func() uint64) {
		all = append(all, prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, func() float64 { return float64(f()) }))
	}
	counter("vmhost_blocks_total", "Blocks applied.", func() uint64 { return st().Count.Blocks })
	counter("vmhost_jobs_executed_total", "Jobs executed.", func() uint64 { return st().Count.Executed })
	counter("vmhost_jobs_failed_total", "Jobs failed.", func() uint64 { return st().Count.Failed })
	counter("vmhost_jobs_proven_total", "Jobs proven.", func() uint64 { return st().Count.Proven })
	counter("vmhost_reorgs_total", "Reorganisations.", func() uint64 { return st().Count.Reorgs })
	counter("vmhost_jobs_undone_total", "Jobs undone.", func() uint64 { return st().Count.Undone })
	if s.opts.Samples != nil {
		all = append(all, sampler(s.opts.Samples))
	}
	for _, c := range all {
		if err := r.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// request counts one; the method is one of the table, "unknown" or "invalid", so
// that a client cannot make up labels.
func (m *metrics) request(method string, e *Error, d time.Duration) {
	outcome := "ok"
	if e != nil {
		outcome = e.Code.info().Name
	}
	m.requests.WithLabelValues(method, outcome).Inc()
	if d > 0 {
		m.seconds.WithLabelValues(method).Observe(d.Seconds())
	}
}
