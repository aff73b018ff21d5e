package wsapi

import (
	"context"
	"sync"
)

// outbox holds what waits to be written to one connection, bounded in bytes.
// Whoever puts more than fits waits; so a slow client holds up only its own
// subscriptions, which then simply read the log later.
type outbox struct {
	mu    sync.Mutex
	queue [][]byte
	size  int
	max   int
	some  chan struct{} // capacity 1: the queue is not empty
	space chan struct{} // closed and replaced when something was taken
}

func newOutbox(limit int) *outbox {
	return &outbox{max: limit, some: make(chan struct{}, 1), space: make(chan struct{})}
}

// put queues a message, waiting for room. One message always fits into an empty
// queue, whatever its size.
func (o *outbox) put(ctx context.Context, b []byte) error {
	for {
		o.mu.Lock()
		if o.size == 0 || o.size+len(b) <= o.max {
			o.queue = append(o.queue, b)
			o.size += len(b)
			o.mu.Unlock()
			select {
			case o.some <- struct{}{}:
			default:
			}
			return nil
		}
		space := o.space
		o.mu.Unlock()
		select {
		case <-space:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// take returns the oldest message; ok is false when there is none.
func (o *outbox) take() (b []byte, ok bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.queue) == 0 {
		return nil, false
	}
	b, o.queue = o.queue[0], o.queue[1:]
	o.size -= len(b)
	close(o.space)
	o.space = make(chan struct{})
	return b, true
}
