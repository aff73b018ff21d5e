package proofs

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/backend/witness"

	"vmhost/proofs/internal/toy"
)

func prover(tb testing.TB, size int) *Prover {
	tb.Helper()
	k, err := MakeUnsafeDevKey(tb.Context(), toyShape(size), nil)
	if err != nil {
		tb.Fatal(err)
	}
	p := NewProver(k, ProverOptions{})
	tb.Cleanup(p.Close)
	return p
}

func TestProveRefuses(t *testing.T) {
	p := prover(t, 4)
	good := witnessOf(t, aClaim)
	tooLong := Claim{Journal: make([]byte, MaxJournal+1)}
	if _, err := p.Prove(t.Context(), tooLong, good, nil); !errors.Is(err, ErrBadClaim) {
		t.Errorf("journal too long: %v", err)
	}
	other := aClaim
	other.Commitment[31]++
	if _, err := p.Prove(t.Context(), other, good, nil); !errors.Is(err, ErrUnsatisfied) {
		t.Errorf("witness of another claim: %v", err)
	}
	bad, err := toy.Assign(aClaim, 5)
	if err != nil {
		t.Fatal(err)
	}
	bad.Free[3] = 12345
	w, err := NewWitness(bad)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Prove(t.Context(), aClaim, w, nil); !errors.Is(err, ErrUnsatisfied) {
		t.Errorf("unsatisfied: %v", err)
	}
	small, err := NewWitness(&few{A: 3})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Prove(t.Context(), aClaim, small, nil); !errors.Is(err, ErrUnsatisfied) {
		t.Errorf("too few values: %v", err)
	}
	foreign, err := witness.New(ecc.BLS12_381.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Prove(t.Context(), aClaim, foreign, nil); !errors.Is(err, ErrUnsatisfied) {
		t.Errorf("other field: %v", err)
	}
	if _, err := NewWitness(&few{}); !errors.Is(err, ErrUnsatisfied) {
		t.Errorf("unassigned: %v", err)
	}
	if _, err := p.Prove(t.Context(), aClaim, good, nil); err != nil {
		t.Errorf("after the failures: %v", err)
	}
}

func TestProveCancelAndClose(t *testing.T) {
	p := prover(t, 3000)
	ctx, cancel := context.WithCancel(t.Context())
	start := make(chan struct{})
	_, err := p.Prove(ctx, aClaim, witnessOf(t, aClaim), func(st Stage, done, _ int) {
		if st == StageProve && done == 0 {
			cancel()
			close(start)
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	<-start
	// The abandoned computation still holds the prover: the next caller waits.
	impatient, cancel2 := context.WithTimeout(t.Context(), time.Microsecond)
	defer cancel2()
	if _, err := p.Prove(impatient, aClaim, witnessOf(t, aClaim), nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("got %v", err)
	}
	if _, err := p.Prove(t.Context(), aClaim, witnessOf(t, aClaim), nil); err != nil {
		t.Fatal(err)
	}
	p.Close()
	if _, err := p.Prove(t.Context(), aClaim, witnessOf(t, aClaim), nil); !errors.Is(err, ErrClosed) {
		t.Fatalf("got %v", err)
	}
}

func TestConcurrentProvers(t *testing.T) {
	p := prover(t, 10)
	var wg sync.WaitGroup
	for i := range 4 {
		c := aClaim
		c.Journal = []byte{byte(i)}
		w := witnessOf(t, c)
		wg.Go(func() {
			r, err := p.Prove(t.Context(), c, w, nil)
			if err != nil {
				t.Error(err)
			} else if err := Verify(c, r.Proof, p.Key().Verifying); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestGnarkLog(t *testing.T) {
	var out bytes.Buffer
	g := gnarkLog{slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	for _, line := range []string{`{"level":"warn","message":"odd input","n":3}`, `{"level":"debug","message":"took"}`, "not json"} {
		if n, err := io.WriteString(g, line); err != nil || n != len(line) {
			t.Fatal(n, err)
		}
	}
	for _, want := range []string{`level=WARN msg="odd input" source=gnark n=3`, "level=DEBUG msg=took", `msg="not json"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in %s", want, out.String())
		}
	}
}

func BenchmarkProve(b *testing.B) {
	p := prover(b, 1<<14-400)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		i++
		c := aClaim
		c.Commitment[0] = byte(i % 48)
		if _, err := p.Prove(b.Context(), c, witnessOf(b, c), nil); err != nil {
			b.Fatal(err)
		}
	}
}
