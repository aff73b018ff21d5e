package host

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	balancedist "vmhost/examples/wasm/balance-dist"
	reserveratio "vmhost/examples/wasm/reserve-ratio"
	"vmhost/jobs"
	"vmhost/proofs"
)

// newWorker starts this test binary in one of the roles of TestMain.
func newWorker(t *testing.T, role string) *worker {
	t.Helper()
	t.Setenv(asWorker, role)
	w := &worker{command: []string{os.Args[0]}, class: "tiny"}
	t.Cleanup(func() {
		if err := w.close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func proveRequest(t *testing.T) jobs.ProveRequest {
	t.Helper()
	v, err := states{cacheWith(t, 4)}.Pin(t.Context(), jobs.BlockRef{Number: 4, Hash: [32]byte{4, 1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(v.Release)
	journal := make([]byte, 32)
	journal[0], journal[8], journal[16] = 4, 100, 104
	journal[24], journal[25], journal[26] = 0x80, 0xde, 0x0f // 1.04 in millionths
	return jobs.ProveRequest{Module: jobs.Module{Wasm: reserveratio.C()}, View: v, Journal: journal, Limits: jobs.Limits{Fuel: 1e6}}
}

// A proof of the worker process is one of the state that the parent holds.
func TestWorkerProves(t *testing.T) {
	if testing.Short() {
		t.Skip("proves")
	}
	t.Setenv("VMHOST_TEST_KEYS", t.TempDir())
	w := newWorker(t, "prove")
	r := proveRequest(t)
	stages := map[string]bool{}
	p, err := w.Prove(t.Context(), r, func(u jobs.Progress) { stages[u.Stage] = true })
	if err != nil {
		t.Fatal(err)
	}
	f, err := proofs.DecodeProofFile(p.File)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Verify(proofs.Policy{AllowUnsafe: true}); err != nil {
		t.Error(err)
	}
	if jobs.Hash(f.Claim.Commitment) != r.View.Commitment() || !bytes.Equal(p.Journal, r.Journal) || f.Block.Number != 4 || p.Info.Class != "tiny" {
		t.Errorf("claim %+v of block %+v", f.Claim, f.Block)
	}
	if !stages["setup"] || !stages["trace"] || !stages["prove"] {
		t.Errorf("stages %v", stages)
	}
	// Failures that come again are final, and leave the worker alive.
	before := w.running.Pid
	bad := r
	bad.Journal = append([]byte{1}, r.Journal[1:]...)
	other := r
	other.Module.Wasm = balancedist.C()
	for name, q := range map[string]jobs.ProveRequest{"journal": bad, "trap": other} {
		_, err := w.Prove(t.Context(), q, func(jobs.Progress) {})
		if e, ok := errors.AsType[*jobs.ExecError](err); !ok || e.Class != jobs.FailProof {
			t.Errorf("%s: %v", name, err)
		}
	}
	if w.running.Pid != before {
		t.Error("the worker was replaced")
	}
	// A withdrawn proof ends with its process, and the next one has a new process.
	ctx, cancel := context.WithCancel(t.Context())
	start := time.Now()
	_, err = w.Prove(ctx, r, func(u jobs.Progress) {
		if u.Stage == "prove" {
			start = time.Now()
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || time.Since(start) > 2*time.Second || w.running != nil {
		t.Errorf("cancelled: %v after %s", err, time.Since(start))
	}
	if _, err := w.Prove(t.Context(), r, func(jobs.Progress) {}); err != nil {
		t.Errorf("after a cancelled one: %v", err)
	}
}

// A worker that fails is an error of the host, which is tried again.
func TestWorkerFails(t *testing.T) {
	r := proveRequest(t)
	for role, want := range map[string]string{"crash": "no memory left", "babble": "invalid character"} {
		w := newWorker(t, role)
		for range 2 {
			_, err := w.Prove(t.Context(), r, func(jobs.Progress) {})
			if !errors.Is(err, errWorker) || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v", role, err)
			}
		}
	}
	w := &worker{command: []string{"/nonexistent"}}
	if _, err := w.Prove(t.Context(), r, nil); !errors.Is(err, errWorker) {
		t.Errorf("no such binary: %v", err)
	}
}

// Close ends a worker in the middle of a proof.
func TestWorkerClose(t *testing.T) {
	r := proveRequest(t)
	w := newWorker(t, "hang")
	ended := make(chan error, 1)
	go func() {
		_, err := w.Prove(context.Background(), r, func(jobs.Progress) {})
		ended <- err
	}()
	for {
		w.closing.Lock()
		running := w.running != nil
		w.closing.Unlock()
		if running {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if err := w.close(); err != nil {
		t.Error(err)
	}
	select {
	case err := <-ended:
		if !errors.Is(err, errWorker) {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the proof goes on")
	}
	if _, err := w.Prove(t.Context(), r, nil); !errors.Is(err, proofs.ErrClosed) {
		t.Errorf("after close: %v", err)
	}
}
