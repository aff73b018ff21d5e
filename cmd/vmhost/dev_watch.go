package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"vmhost/anchoring"
	"vmhost/cmd/vmhost/internal/rpcclient"
	"vmhost/jobs"
)

// update changes what the tour has seen and wakes who waits for it.
func (t *tour) update(f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f()
	close(t.changed)
	t.changed = make(chan struct{})
}

// wait returns when pred (called with the lock held) is true, or a stepError
// after the timeout.
func (t *tour) wait(ctx context.Context, step string, timeout time.Duration, pred func() bool) error {
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	for {
		t.mu.Lock()
		ok, changed := pred(), t.changed
		t.mu.Unlock()
		if ok {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		case <-timer.C:
			return &stepError{step, fmt.Sprintf("not within %s", timeout)}
		}
	}
}

// poll is wait for what nobody tells the tour.
func (t *tour) poll(ctx context.Context, step string, pred func() bool) error {
	for start := time.Now(); !pred(); {
		if time.Since(start) > stepTime {
			return &stepError{step, fmt.Sprintf("not within %s", stepTime)}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
	return nil
}

// any reports whether a job of the program is in one of the states (mu held).
func (t *tour) any(p *devProgram, states ...string) bool {
	for _, j := range t.seen {
		if j.module == p.module.Hash && contains(states, j.state) {
			return true
		}
	}
	return false
}

func contains(list []string, s string) bool { return slices.Contains(list, s) }

// observe notes when heads reach the follower.
func (t *tour) observe(e anchoring.Event) {
	if e, ok := e.(*anchoring.Applied); ok {
		t.mu.Lock()
		t.arrived[e.Header.Ref.Hash] = e.Received
		t.mu.Unlock()
	}
}

// subscribe watches all results over the API's websocket, as any dApp would.
func (t *tour) subscribe(ctx context.Context) error {
	first := true
	return t.api.Watch(ctx, rpcclient.Subscription{Proofs: "status"}, func() {
		if first {
			close(t.ready)
			first = false
		}
	}, func(m rpcclient.Message) error { t.message(m); return nil })
}

func (t *tour) message(m rpcclient.Message) {
	switch m.Type {
	case "data":
		t.onData(m)
	case "proof":
		t.onProof(m)
	case "undo":
		t.onUndo(m)
	case "final":
		t.say(devEvent{Event: "final", Block: m.To.Number})
	}
}

func (t *tour) name(module jobs.Hash) string {
	for _, p := range append(t.every[:len(t.every):len(t.every)], t.demand) {
		if p.module.Hash == module {
			return p.example.Name
		}
	}
	return module.String()[:10]
}

func (t *tour) onData(m rpcclient.Message) {
	var latency time.Duration
	t.update(func() {
		if m.Complete {
			t.blocks[m.Block.Hash] = struct{}{}
			t.sum.Blocks = len(t.blocks)
		}
		if at, ok := t.arrived[m.Block.Hash]; ok && len(m.Items) > 0 {
			latency = m.Received.Sub(at)
			t.latency = append(t.latency, latency)
			delete(t.arrived, m.Block.Hash) // only the first message of a block counts
		}
		for _, it := range m.Items {
			j := &seenJob{id: it.ID, program: t.name(it.Module), module: it.Module, block: m.Block.Ref(), state: string(it.State), retryOf: it.RetryOf}
			t.seen[it.ID], t.order = j, append(t.order, it.ID)
			if it.State == jobs.Failed {
				t.sum.Failed++
				continue
			}
			t.sum.Executed++
			if it.RetryOf != "" {
				t.sum.Rerun++
			}
		}
	})
	for _, it := range m.Items {
		e := devEvent{
			Event: string(it.State), Block: uint64(m.Block.Number), JobID: it.ID, Program: t.name(it.Module), Journal: it.Journal,
			Steps: it.Steps, Millis: millis(latency), RetryOf: it.RetryOf, Attempt: it.Attempt,
		}
		if it.Trigger == "" {
			e.Text = "on demand, from AssemblyScript: " + journalText(e.Program, e.Journal)
		}
		if it.Failure != nil {
			e.Text = string(it.Failure.Class) + ": " + it.Failure.Reason
		}
		t.say(e)
	}
}

func (t *tour) onProof(m rpcclient.Message) {
	program := ""
	t.update(func() {
		j := t.seen[m.JobID]
		if j == nil {
			return
		}
		program, j.state = j.program, m.Status
		switch m.Status {
		case "proven":
			j.proof = true
			t.sum.Proven++
			t.sum.ProveSeconds = append(t.sum.ProveSeconds, m.Seconds)
			t.sum.Class = m.Class
		case "anchored":
			t.sum.Anchored++
		case "failed":
			t.sum.Failed++
		}
	})
	e := devEvent{Event: m.Status, Block: uint64(m.Block.Number), JobID: m.JobID, Program: program, Class: m.Class, Seconds: m.Seconds, Tx: m.Tx}
	if m.Failure != nil {
		e.Text = string(m.Failure.Class) + ": " + m.Failure.Reason
	}
	t.say(e)
	if m.Status == "anchored" {
		select {
		case t.anchored <- m.JobID:
		default: // the verifier is far behind: leave this one out
		}
	}
}

func (t *tour) onUndo(m rpcclient.Message) {
	var latency time.Duration
	programs := make([]string, len(m.Undone))
	t.update(func() {
		t.sum.Reorgs++
		t.sum.Undone += len(m.Undone)
		if !t.reorged.IsZero() {
			latency = max(m.Received.Sub(t.reorged), 0)
			t.undoTime = append(t.undoTime, latency)
			t.reorged = time.Time{}
		}
		for i, id := range m.Undone {
			if j := t.seen[id]; j != nil {
				j.state, programs[i] = "undone", j.program
			}
		}
	})
	for i, id := range m.Undone {
		t.say(devEvent{Event: "undone", Block: t.blockOf(id), JobID: id, Program: programs[i], Millis: millis(latency)})
	}
}

func (t *tour) blockOf(id jobs.JobID) uint64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	if j := t.seen[id]; j != nil {
		return j.block.Number
	}
	return 0
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
