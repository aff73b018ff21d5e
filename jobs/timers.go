package jobs

import (
	"sync"
	"time"
)

// timers runs delayed functions and owns their goroutines: close stops those
// that have not begun and waits for the others.
type timers struct {
	mu     sync.Mutex
	wg     sync.WaitGroup
	live   map[*time.Timer]struct{}
	closed bool
}

func newTimers() *timers { return &timers{live: map[*time.Timer]struct{}{}} }

// after runs f in d, once, unless the timers are closed before.
func (t *timers) after(d time.Duration, f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return
	}
	t.wg.Add(1)
	var timer *time.Timer
	timer = time.AfterFunc(d, func() {
		defer t.wg.Done()
		t.mu.Lock()
		delete(t.live, timer)
		closed := t.closed
		t.mu.Unlock()
		if !closed {
			f()
		}
	})
	t.live[timer] = struct{}{}
}

func (t *timers) close() {
	t.mu.Lock()
	t.closed = true
	for timer := range t.live {
		if timer.Stop() {
			t.wg.Done()
		}
	}
	t.live = nil
	t.mu.Unlock()
	t.wg.Wait()
}
