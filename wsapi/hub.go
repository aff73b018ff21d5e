package wsapi

import (
	"context"
	"sync"
	"time"

	"vmhost/jobs"
)

// hub turns the Manager's changes into one update for all who listen, at most
// every Options.StatusEvery. A listener that is behind loses updates (they are
// snapshots) and is told so in the next one.
type hub struct {
	s  *Server
	mu sync.Mutex
	ls map[*listener]struct{}
}

type listener struct {
	c    chan *update
	lost bool // guarded by hub.mu
}

// update is shared by all listeners.
type update struct {
	plain, lost []byte // the status message, and the same with "lost":true
	progress    []progressItem
	hub         *hub
}

type progressItem struct {
	progressMessage
	program, module jobs.Hash
	trigger         jobs.TriggerID
}

func (h *hub) listen() *listener {
	l := &listener{c: make(chan *update, 16)}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ls[l] = struct{}{}
	return l
}

func (h *hub) leave(l *listener) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.ls, l)
}

// status is the message for a listener.
func (u *update) status(l *listener) []byte {
	u.hub.mu.Lock()
	defer u.hub.mu.Unlock()
	if l.lost {
		l.lost = false
		return u.lost
	}
	return u.plain
}

// run distributes until ctx ends. Without changes there is a beat every ten
// seconds, so that the age of the head is seen to grow.
func (h *hub) run(ctx context.Context) {
	w := h.s.opts.Jobs.Watch()
	defer w.Close()
	beat := time.NewTicker(10 * time.Second)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.C:
		case <-beat.C:
		}
		h.send(w.Drain())
		select {
		case <-ctx.Done():
			return
		case <-time.After(h.s.opts.StatusEvery):
		}
	}
}

func (h *hub) send(ch jobs.Changes) {
	h.mu.Lock()
	n := len(h.ls)
	h.mu.Unlock()
	if n == 0 {
		return
	}
	u := &update{hub: h, plain: mustJSON(h.s.statusMessage(ch, ch.Lost)), lost: mustJSON(h.s.statusMessage(ch, true))}
	for id, p := range ch.Progress {
		item := progressItem{progressMessage: progressMessage{"progress", id, p}}
		if j, err := h.s.opts.Jobs.Job(id); err == nil {
			item.program, item.module, item.trigger = j.Program, j.Module, j.Trigger
		}
		u.progress = append(u.progress, item)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for l := range h.ls {
		select {
		case l.c <- u:
		default:
			l.lost = true
		}
	}
}
