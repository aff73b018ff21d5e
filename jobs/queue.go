package jobs

import (
	"context"
	"slices"
	"sync"
)

// queue is a FIFO of job ids with many producers and consumers. Its bound is
// checked by who decides to admit (len), so that put never fails.
type queue struct {
	mu     sync.Mutex
	ids    []JobID
	signal chan struct{} // capacity 1: something may be there
}

func newQueue() *queue { return &queue{signal: make(chan struct{}, 1)} }

func (q *queue) put(ids ...JobID) {
	if len(ids) == 0 {
		return
	}
	q.mu.Lock()
	q.ids = append(q.ids, ids...)
	q.mu.Unlock()
	q.wake()
}

func (q *queue) wake() {
	select {
	case q.signal <- struct{}{}:
	default:
	}
}

// take waits for an id; ok is false when ctx is done.
func (q *queue) take(ctx context.Context) (id JobID, ok bool) {
	for ctx.Err() == nil {
		q.mu.Lock()
		if n := len(q.ids); n > 0 {
			id, q.ids = q.ids[0], q.ids[1:]
			q.mu.Unlock()
			if n > 1 {
				q.wake()
			}
			return id, true
		}
		q.mu.Unlock()
		select {
		case <-q.signal:
		case <-ctx.Done():
		}
	}
	return "", false
}

func (q *queue) remove(id JobID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ids = slices.DeleteFunc(q.ids, func(x JobID) bool { return x == id })
}

func (q *queue) len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.ids)
}
