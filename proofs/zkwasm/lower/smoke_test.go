package lower_test

import (
	"context"
	"os"
	"testing"

	"vmhost/proofs/zkwasm/lower"
	"vmhost/proofs/zkwasm/trace"
)

type fakeState struct {
	names []string
	vals  [][][32]byte
}

func (s *fakeState) Find(name string) (uint32, bool) {
	for i, n := range s.names {
		if n == name {
			return uint32(i), true
		}
	}
	return 0, false
}

func (s *fakeState) Len(h uint32) (uint32, bool) {
	if int(h) >= len(s.vals) {
		return 0, false
	}
	return uint32(len(s.vals[h])), true
}

func (s *fakeState) Value(h, i uint32) ([32]byte, bool) {
	if n, ok := s.Len(h); !ok || i >= n {
		return [32]byte{}, false
	}
	return s.vals[h][i], true
}

func TestSmoke(t *testing.T) {
	st := &fakeState{names: []string{"header", "pool", "balances"}, vals: make([][][32]byte, 3)}
	for h := range st.vals {
		for i := range 10 {
			var v [32]byte
			v[31], v[30] = byte(i+1), byte(h)
			st.vals[h] = append(st.vals[h], v)
		}
	}
	for _, f := range os.Args[1:] {
		_ = f
	}
	files := []string{os.Getenv("SMOKE")}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Skip()
		}
		p, err := lower.Lower(b)
		if err != nil {
			t.Fatal(err)
		}
		if os.Getenv("DUMP") != "" {
			lower.Dump(os.Stdout, p)
		}
		tr, res, err := trace.Run(context.Background(), p, trace.Input{State: st})
		if err != nil {
			t.Fatal(err)
		}
		res.Memory = nil
		t.Logf("%+v", res)
		if tr != nil {
			t.Logf("spine %d pure %d moves %d links %d mem %d cells %d", len(tr.Spine), len(tr.Pure), len(tr.Moves), len(tr.Links), len(tr.Mem), len(tr.Cells))
		}
	}
}
