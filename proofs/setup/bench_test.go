package setup

import (
	"os"
	"strconv"
	"testing"
	"time"

	gnark "github.com/consensys/gnark/backend/groth16"
)

// benchBits is log2 of the number of constraints; VMHOST_SETUP_BITS overrides.
func benchBits(b *testing.B) int {
	b.Helper()
	if s := os.Getenv("VMHOST_SETUP_BITS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 5 || n > 24 {
			b.Fatalf("VMHOST_SETUP_BITS=%q", s)
		}
		return n
	}
	return 14
}

// BenchmarkSetup reports µs per constraint for this package and for gnark, and
// their ratio, in the same run: on a shared machine only the ratio is stable.
func BenchmarkSetup(b *testing.B) {
	bits := benchBits(b)
	ccs := compile(b, &toy{Size: 1<<bits - 400})
	n := float64(ccs.GetNbConstraints())
	var ours, theirs time.Duration
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		i++
		start := time.Now()
		if _, _, err := Setup(b.Context(), ccs, DevSource(strconv.Itoa(i)), nil); err != nil {
			b.Fatal(err)
		}
		ours += time.Since(start)
		if os.Getenv("VMHOST_SETUP_ALONE") != "" {
			continue
		}
		start = time.Now()
		if _, _, err := gnark.Setup(ccs); err != nil {
			b.Fatal(err)
		}
		theirs += time.Since(start)
	}
	per := func(d time.Duration) float64 { return float64(d.Microseconds()) / float64(i) / n }
	b.ReportMetric(per(ours), "µs/constraint")
	b.ReportMetric(per(theirs), "gnark-µs/constraint")
	b.ReportMetric(per(theirs)/per(ours), "ratio")
}
