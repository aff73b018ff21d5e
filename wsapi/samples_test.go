package wsapi

import (
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
)

func TestSamples(t *testing.T) {
	var now []Sample
	r := prometheus.NewRegistry()
	r.MustRegister(sampler(func() []Sample { return now }))
	if n, err := testutil.GatherAndCount(r); n != 0 || err != nil {
		t.Fatalf("%d metrics of none: %v", n, err)
	}
	now = []Sample{
		{Name: "vmhost_x_bytes", Help: "X.", Labels: map[string]string{"table": "b", "part": "a"}, Value: 3},
		{Name: "vmhost_x_bytes", Help: "X.", Labels: map[string]string{"table": "c", "part": "a"}, Value: 4},
		{Name: "vmhost_y_total", Help: "Y.", Counter: true, Value: 2},
		{Name: "vmhost_z_blocks", Help: "Z.", Histogram: &Histogram{Count: 3, Sum: 9, Buckets: map[float64]uint64{1: 1, 4: 2}}},
	}
	want := `# HELP vmhost_x_bytes X.
# TYPE vmhost_x_bytes gauge
vmhost_x_bytes{part="a",table="b"} 3
vmhost_x_bytes{part="a",table="c"} 4
# HELP vmhost_y_total Y.
# TYPE vmhost_y_total counter
vmhost_y_total 2
# HELP vmhost_z_blocks Z.
# TYPE vmhost_z_blocks histogram
vmhost_z_blocks_bucket{le="1"} 1
vmhost_z_blocks_bucket{le="4"} 2
vmhost_z_blocks_bucket{le="+Inf"} 3
vmhost_z_blocks_sum 9
vmhost_z_blocks_count 3
`
	if err := testutil.GatherAndCompare(r, strings.NewReader(want)); err != nil {
		t.Error(err)
	}
	now = []Sample{{Name: "vmhost_x", Help: "X.", Labels: map[string]string{"table": "\xff"}}}
	if _, err := r.Gather(); err == nil {
		t.Error("a malformed sample was swallowed")
	}
}
