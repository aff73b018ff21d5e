package proofs

import (
	"context"
	"encoding/json"
	"log/slog"
	"math/bits"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"vmhost/proofs/internal/groth"
	"vmhost/proofs/zkwasm/circuit"
)

// Estimate is what a proof of a job would cost.
type Estimate struct {
	Run
	Shape           string
	Constraints     int // of the circuit
	UsedConstraints int
	Seconds         float64 // on this machine, all its processors idle, with the key loaded
	PeakBytes       uint64  // of a process that only proves
}

// Estimate runs a job and says what its proof would cost.
func (m *Machine) Estimate(ctx context.Context, j Job) (*Estimate, error) {
	start := time.Now()
	p, err := m.plan(ctx, j)
	if err != nil {
		return nil, err
	}
	planned := time.Since(start)
	sh, _ := circuit.ShapeByName(p.shape.Name)
	costs, err := m.shapeCosts(sh)
	if err != nil {
		return nil, err
	}
	e := &Estimate{Run: *p.run, Shape: p.shape.Name, UsedConstraints: p.used}
	for _, c := range costs {
		e.Constraints += c.Total
	}
	if pin, ok := m.store.pins.ByShape(p.shape.Name); ok {
		e.Constraints = pin.Constraints
	}
	work, serial := groth.Predict(e.Constraints, p.used)
	e.Seconds = (planned + elapsed(work, serial, m.store.unit())).Seconds()
	e.PeakBytes = predictPeak(e.Constraints)
	return e, nil
}

// Floor is the time on this machine that Groth16 takes for a circuit of so many
// random constraints, as a measure of what a proof system of this kind can do.
func (m *Machine) Floor(constraints int) time.Duration {
	return elapsed(groth.Floor(constraints), groth.Serial(constraints), m.store.unit())
}

// elapsed is the time of a proof: a part of the work is for one processor, the
// rest for all.
func elapsed(work, serial int, unit time.Duration) time.Duration {
	units := float64(serial) + float64(work-serial)/float64(runtime.GOMAXPROCS(0))
	return time.Duration(units * float64(unit))
}

// Memory of a proof in bytes, measured: what a process has without a key, then
// key, circuit and values for each constraint, and the polynomials and sorted
// points for each element of the domain.
const (
	peakBase       = 35 << 20
	peakConstraint = 900
	peakDomain     = 410
)

func predictPeak(constraints int) uint64 {
	return uint64(peakBase + peakConstraint*constraints + peakDomain<<bits.Len(uint(constraints-1)))
}

// speedFile keeps how fast this machine proves, beside the keys.
const (
	speedFile   = "speed.json"
	speedFormat = "vmhost-speed/1"
)

type speed struct {
	Format string  `json:"format"`
	Unit   float64 `json:"nanosecondsPerUnit"` // see groth.Predict
	Proofs int     `json:"proofs"`             // that it was measured with; 0: a benchmark
}

// unit is the time of a unit of work: of the last proofs, or of a benchmark.
func (s *Store) unit() time.Duration {
	v := s.readSpeed()
	if v.Unit == 0 {
		v = speed{Unit: float64(groth.Measure())}
		s.writeSpeed(v)
	}
	return time.Duration(v.Unit)
}

// learn takes a proof's time into account.
func (s *Store) learn(work, serial int, took time.Duration) {
	v := s.readSpeed()
	now := float64(took) / float64(elapsed(work, serial, 1))
	if v.Proofs == 0 {
		v.Unit = now
	}
	v.Unit = (v.Unit + now) / 2
	v.Proofs++
	s.writeSpeed(v)
}

// readSpeed returns zero for a file that is missing or of no use: it is only a
// cache.
func (s *Store) readSpeed() (v speed) {
	data, err := os.ReadFile(filepath.Join(s.dir, speedFile))
	if err != nil || json.Unmarshal(data, &v) != nil || v.Format != speedFormat || v.Unit < 1 || v.Unit > 1e6 {
		return speed{}
	}
	return v
}

func (s *Store) writeSpeed(v speed) {
	v.Format = speedFormat
	data, err := json.Marshal(v)
	if err == nil {
		err = writeAtomic(filepath.Join(s.dir, speedFile), func(f *os.File) error {
			_, err := f.Write(append(data, '\n'))
			return err
		})
	}
	if err != nil {
		s.log.LogAttrs(context.Background(), slog.LevelWarn, "speed not kept", slog.String("error", err.Error()))
	}
}
