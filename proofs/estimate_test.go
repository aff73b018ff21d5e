package proofs

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"vmhost/proofs/internal/groth"
)

// What is predicted before the keys are even loaded is the work that it was.
func TestPredictedWork(t *testing.T) {
	k, claim, w := work(t)
	p := NewProver(k, ProverOptions{})
	defer p.Close()
	r, err := p.Prove(t.Context(), claim, w, nil)
	if err != nil {
		t.Fatal(err)
	}
	m := machine(t)
	e, err := m.Estimate(t.Context(), tinyJob(t))
	if err != nil {
		t.Fatal(err)
	}
	if d := e.Constraints - k.Info.Constraints; d < -100 || d > 100 {
		t.Errorf("%d constraints estimated, the circuit has %d", e.Constraints, k.Info.Constraints)
	}
	predicted, serial := groth.Predict(e.Constraints, e.UsedConstraints)
	t.Logf("work %d, predicted %d; peak %d MB, predicted %d MB", r.Work, predicted, r.PeakBytes>>20, e.PeakBytes>>20)
	if predicted < r.Work*85/100 || predicted > r.Work*115/100 {
		t.Errorf("work was %d, predicted %d", r.Work, predicted)
	}
	if serial <= 0 || serial > predicted/10 {
		t.Errorf("serial part %d of %d", serial, predicted)
	}
}

// The floor is what a chain of squares costs: every wire has its own value.
func TestFloor(t *testing.T) {
	p := prover(t, 1<<13-400)
	r, err := p.Prove(t.Context(), aClaim, witnessOf(t, aClaim), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := groth.Floor(p.Key().Info.Constraints)
	t.Logf("%d constraints, work %d, floor %d", p.Key().Info.Constraints, r.Work, want)
	if r.Work < want*85/100 || r.Work > want*115/100 {
		t.Errorf("random constraints take %d, the floor is %d", r.Work, want)
	}
}

func TestSpeed(t *testing.T) {
	s := store(t, t.TempDir(), noPins(t), toyShape(2))
	name := filepath.Join(s.Dir(), speedFile)
	first := s.unit()
	if first < 20*time.Nanosecond || first > 100*time.Microsecond {
		t.Errorf("a unit takes %v by the benchmark", first)
	}
	if s.unit() != first {
		t.Error("measured again")
	}
	s.learn(1000, 0, elapsed(1000, 0, 4*first))
	if got := s.unit(); got < 4*first-8 || got > 4*first+8 {
		t.Errorf("a proof says %v, the store %v", 4*first, got)
	}
	s.learn(1000, 0, elapsed(1000, 0, 2*first))
	if got := s.unit(); got < 3*first-8 || got > 3*first+8 {
		t.Errorf("two proofs say %v on average, the store %v", 3*first, got)
	}
	for _, bad := range []string{"", "{", `{"format":"other","nanosecondsPerUnit":5}`, `{"format":"vmhost-speed/1","nanosecondsPerUnit":-5}`} {
		if err := os.WriteFile(name, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		if v := s.readSpeed(); v.Unit != 0 {
			t.Errorf("%q gives %v", bad, v)
		}
	}
	if got := s.unit(); got <= 0 {
		t.Error("no unit after a damaged file")
	}
}
