package ethrpc

import (
	"math/rand/v2"
	"time"
)

// State is the health of an endpoint.
type State string

// The states, best first.
const (
	Healthy     State = "healthy"
	BackingOff  State = "backoff"     // failed; tried again soon
	Limited     State = "limited"     // asked to be left alone
	Quarantined State = "quarantined" // gave wrong answers, or lags
)

// health is what is known of an endpoint. It has no clock: each method is given
// the time.
type health struct {
	failures    int  // without a good while between
	failing     bool // the last call failed
	retryAt     time.Time
	stableAt    time.Time // success from here on ends the row of failures
	limitedTo   time.Time
	quarantined time.Time // until when
	reason      error     // of the last failure, limit or quarantine
	failedAt    time.Time // when that was
	head        uint64    // highest head shown
	headAt      time.Time
}

// succeeded ends a row of failures, if the success is not just the first call
// of a connection that fails again.
func (h *health) succeeded(now time.Time) {
	h.failing = false
	if !now.Before(h.stableAt) {
		h.failures = 0
	}
}

// failed counts a failure of the connection. The pause doubles, and half of it
// is random, so that many followers do not return at once.
func (h *health) failed(now time.Time, err error, low, high time.Duration) {
	pause := high
	if h.failures < 30 {
		pause = min(low<<h.failures, high)
	}
	h.failures++
	h.failing = true
	h.retryAt = now.Add(pause/2 + rand.N(pause/2+1)) //nolint:gosec // spreads reconnections, no secret
	h.stableAt = now.Add(2 * pause)
	h.reason, h.failedAt = err, now
}

func (h *health) limit(now time.Time, after time.Duration, err error) {
	if until := now.Add(after); until.After(h.limitedTo) {
		h.limitedTo, h.reason, h.failedAt = until, err, now
	}
}

func (h *health) quarantine(now time.Time, d time.Duration, err error) {
	h.quarantined, h.reason, h.failedAt = now.Add(d), err, now
}

func (h *health) sawHead(now time.Time, number uint64) {
	if number > h.head {
		h.head, h.headAt = number, now
	}
}

// state is the worst that holds.
func (h *health) state(now time.Time) State {
	switch {
	case now.Before(h.quarantined):
		return Quarantined
	case now.Before(h.limitedTo):
		return Limited
	case now.Before(h.retryAt):
		return BackingOff
	}
	return Healthy
}

// usableAt is when the state becomes healthy again.
func (h *health) usableAt() time.Time {
	at := h.quarantined
	for _, t := range []time.Time{h.limitedTo, h.retryAt} {
		if t.After(at) {
			at = t
		}
	}
	return at
}
