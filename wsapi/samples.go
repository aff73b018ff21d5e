package wsapi

import (
	"maps"
	"slices"

	"github.com/prometheus/client_golang/prometheus"
)

// Sample is a figure that another part of the process counts and /metrics
// shows, so that only this package knows the metrics library.
type Sample struct {
	// Name and Help as in Prometheus: snake case with the unit last. Samples of
	// one name have the same Help and label names.
	Name, Help string
	// Labels tell samples of one name apart; values come from fixed sets, never
	// from a client.
	Labels map[string]string
	// Counter says that Value only grows; else it is a gauge.
	Counter bool
	Value   float64
	// Histogram, if not nil, stands instead of Value.
	Histogram *Histogram
}

// Histogram counts observations by their size.
type Histogram struct {
	Count uint64
	Sum   float64
	// Buckets are cumulative counts by upper bound, without +Inf.
	Buckets map[float64]uint64
}

// sampler collects what a function says at each scrape.
type sampler func() []Sample

// Describe says nothing: names may come and go.
func (sampler) Describe(chan<- *prometheus.Desc) {}

// Collect sends the samples of now. A malformed one fails the scrape, loudly.
func (f sampler) Collect(out chan<- prometheus.Metric) {
	for _, s := range f() {
		names := slices.Sorted(maps.Keys(s.Labels))
		values := make([]string, len(names))
		for i, name := range names {
			values[i] = s.Labels[name]
		}
		desc := prometheus.NewDesc(s.Name, s.Help, names, nil)
		m, err := s.metric(desc, values)
		if err != nil {
			m = prometheus.NewInvalidMetric(desc, err)
		}
		out <- m
	}
}

func (s *Sample) metric(desc *prometheus.Desc, labels []string) (prometheus.Metric, error) {
	if h := s.Histogram; h != nil {
		return prometheus.NewConstHistogram(desc, h.Count, h.Sum, h.Buckets, labels...)
	}
	kind := prometheus.GaugeValue
	if s.Counter {
		kind = prometheus.CounterValue
	}
	return prometheus.NewConstMetric(desc, kind, s.Value, labels...)
}
