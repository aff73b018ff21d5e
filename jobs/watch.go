package jobs

import "slices"

// watchedJobs bounds what a Watcher holds between two Drains.
const watchedJobs = 1024

// Watcher collects what changed since it was last drained. It never blocks the
// Manager: when it holds too much it drops and says so.
type Watcher struct {
	// C has a value when something changed.
	C <-chan struct{}

	m        *Manager
	c        chan struct{}
	jobs     []JobID
	inJobs   map[JobID]struct{}
	progress map[JobID]Progress
	lost     bool
}

// Changes is what a Watcher saw.
type Changes struct {
	// Jobs whose state changed, as they are now, in the order of change.
	Jobs []Job
	// Progress of running proofs, the last of each.
	Progress map[JobID]Progress
	// Lost: some changes were dropped; ask for what matters.
	Lost bool
}

// Watch starts watching job states and proof progress. Close it after use.
func (m *Manager) Watch() *Watcher {
	c := make(chan struct{}, 1)
	w := &Watcher{C: c, c: c, m: m, inJobs: map[JobID]struct{}{}, progress: map[JobID]Progress{}}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.watchers[w] = struct{}{}
	return w
}

// Close ends the watching.
func (w *Watcher) Close() {
	w.m.mu.Lock()
	defer w.m.mu.Unlock()
	delete(w.m.watchers, w)
}

// Drain returns and forgets what changed.
func (w *Watcher) Drain() Changes {
	w.m.mu.Lock()
	defer w.m.mu.Unlock()
	out := Changes{Progress: w.progress, Lost: w.lost}
	for _, id := range w.jobs {
		if j := w.m.core.jobs[id]; j != nil {
			out.Jobs = append(out.Jobs, w.m.core.export(j))
		}
	}
	w.jobs, w.inJobs, w.progress, w.lost = nil, map[JobID]struct{}{}, map[JobID]Progress{}, false
	return out
}

// noteLocked tells watchers about a record (mu held).
func (m *Manager) noteLocked(r *Record) {
	if len(m.watchers) == 0 {
		return
	}
	for _, d := range r.Jobs {
		m.noteJobLocked(d.ID)
	}
	for _, it := range r.Items {
		m.noteJobLocked(it.ID)
	}
	for _, u := range r.Undone {
		m.noteJobLocked(u.ID)
	}
	if r.Job != "" {
		m.noteJobLocked(r.Job)
	}
	for w := range m.watchers {
		w.poke()
	}
}

func (m *Manager) noteJobLocked(id JobID) {
	for w := range m.watchers {
		if _, ok := w.inJobs[id]; ok { // move it to the end
			w.jobs = slices.DeleteFunc(w.jobs, func(x JobID) bool { return x == id })
		} else if len(w.jobs) >= watchedJobs {
			w.lost = true
			w.poke()
			continue
		}
		w.inJobs[id] = struct{}{}
		w.jobs = append(w.jobs, id)
		w.poke()
	}
}

func (m *Manager) noteProgress(id JobID, p Progress) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for w := range m.watchers {
		w.progress[id] = p
		w.poke()
	}
}

func (w *Watcher) poke() {
	select {
	case w.c <- struct{}{}:
	default:
	}
}
