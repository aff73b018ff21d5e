package groth

import (
	"context"
	"fmt"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/internal/affine"
)

// Shares of the whole work, in thousandths: solving, each of six transforms,
// adding up points of equal scalars, and the rest for the windows.
const (
	shareAll     = 1000
	shareSolve   = 120
	shareFFT     = 25
	shareMerge   = 80
	shareWindows = shareAll - shareSolve - 6*shareFFT - shareMerge
)

// meter tells the progress. Several workers add to it.
type meter struct {
	tell func(done, total int)
	mu   sync.Mutex
	done float64
}

func (m *meter) add(share float64) {
	if m.tell == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.done += share
	m.tell(min(int(m.done+.5), shareAll), shareAll)
}

// task is a piece of work, at most some hundred milliseconds long.
type task struct {
	do   func(ctx context.Context, w *worker) error
	cost int // additions in G1
}

// worker is what a goroutine keeps from task to task.
type worker struct {
	g1 *summer[bn254.G1Affine]
	g2 *summer[bn254.G2Affine]
}

// run works the tasks off, in order.
func (p *prover) run(ctx context.Context, tasks []task) error { return p.share(ctx, tasks, 0) }

// share is run, and adds the share to the progress, task by task.
func (p *prover) share(ctx context.Context, tasks []task, share float64) error {
	inner, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	queue := make(chan task, len(tasks))
	total := 0
	for _, t := range tasks {
		queue <- t
		total += t.cost
	}
	close(queue)
	var wg sync.WaitGroup
	for range min(p.workers, len(tasks)) {
		wg.Go(func() {
			w := &worker{&summer[bn254.G1Affine]{add: new(affine.G1)}, &summer[bn254.G2Affine]{add: new(affine.G2)}}
			for t := range queue {
				if inner.Err() != nil {
					return
				}
				if err := w.do(inner, t); err != nil {
					fail(err)
					return
				}
				if share > 0 {
					p.meter.add(share * float64(t.cost) / float64(max(total, 1)))
				}
			}
		})
	}
	wg.Wait()
	p.work += total
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return context.Cause(inner)
}

// do turns a panic into an error: nobody else can, in this goroutine.
func (w *worker) do(ctx context.Context, t task) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: panic: %v", ErrKey, r)
		}
	}()
	return t.do(ctx, w)
}

func mergeG1(m *msm[bn254.G1Affine], values []fr.Element) task {
	return task{func(ctx context.Context, w *worker) error { return m.merge(ctx, w.g1, values) }, len(m.points)}
}

func mergeG2(m *msm[bn254.G2Affine], values []fr.Element) task {
	return task{func(ctx context.Context, w *worker) error { return m.merge(ctx, w.g2, values) }, costG2 * len(m.points)}
}

// tasksG1 are the windows of a multiplication.
func tasksG1(m *msm[bn254.G1Affine]) []task {
	out := make([]task, len(m.parts))
	for i := range out {
		out[i] = task{func(ctx context.Context, w *worker) error { return m.run(ctx, w.g1, i) }, len(m.points) + 2<<(m.c-1)}
	}
	return out
}

func tasksG2(m *msm[bn254.G2Affine]) []task {
	out := make([]task, len(m.parts))
	for i := range out {
		out[i] = task{func(ctx context.Context, w *worker) error { return m.run(ctx, w.g2, i) }, costG2 * (len(m.points) + 2<<(m.c-1))}
	}
	return out
}
