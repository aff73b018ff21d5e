package proofs

import (
	"os"
	"testing"
)

// The pinned keys are those that the circuit gives: whoever changes the circuit
// runs genpins. VMHOST_ALL_KEYS=1 makes the keys of all shapes, not only tiny.
func TestPinnedKeysReproduce(t *testing.T) {
	reg, err := ZkwasmShapes()
	if err != nil {
		t.Fatal(err)
	}
	m := machine(t) // its store knows no pins
	pins, err := Pinned()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range reg.All() {
		pin, ok := pins.ByShape(s.Name)
		if !ok {
			t.Errorf("shape %s is not pinned: run go generate ./proofs/verifier", s.Name)
			continue
		}
		// One constraint beyond a power of two doubles the prover's transforms.
		if limit := map[string]int{"tiny": 1 << 16, "s": 1 << 18, "m": 1 << 20}[s.Class]; pin.Constraints > limit {
			t.Errorf("shape %s: %d constraints, class %s has %d", s.Name, pin.Constraints, s.Class, limit)
		}
		if s.Name != "tiny" && os.Getenv("VMHOST_ALL_KEYS") == "" {
			continue
		}
		key, err := m.store.Ensure(t.Context(), s.Name, unsafeDev)
		if err != nil {
			t.Fatal(err)
		}
		if pin.Status == UnsafeDev && (key.Verifying.ID() != pin.ID() || key.Info.Constraints != pin.Constraints) {
			t.Errorf("shape %s: key %s of %d constraints, pinned %s of %d: run go generate ./proofs/verifier",
				s.Name, short(key.Verifying.ID()), key.Info.Constraints, short(pin.ID()), pin.Constraints)
		}
	}
}
