package ethrpc

import (
	"errors"
	"testing"
	"time"
)

func TestBackoffDoublesWithJitter(t *testing.T) {
	now := time.Unix(1000, 0)
	low, high := 100*time.Millisecond, time.Second
	var h health
	if h.state(now) != Healthy {
		t.Fatal("not healthy at first")
	}
	want := low
	differ := false
	var before time.Duration
	for i := range 40 {
		h.failed(now, errors.New("x"), low, high)
		got := h.retryAt.Sub(now)
		if got < want/2 || got > want {
			t.Fatalf("failure %d: pause %v, want %v to %v", i, got, want/2, want)
		}
		if want == high && before != 0 && got != before {
			differ = true
		}
		if want == high {
			before = got
		}
		want = min(2*want, high)
	}
	if !differ {
		t.Error("all pauses are the same")
	}
	if h.state(now) != BackingOff || h.state(h.retryAt) != Healthy || !h.failing {
		t.Error("wrong state")
	}
	// The first call of a connection that fails again does not end the row, a
	// success after a good while does.
	h.succeeded(h.retryAt)
	if h.failures == 0 || h.failing {
		t.Error("forgotten at once, or not at all")
	}
	h.succeeded(now.Add(2 * high))
	if h.failures != 0 {
		t.Error("never forgotten")
	}
}

func TestStates(t *testing.T) {
	now := time.Unix(1000, 0)
	at := func(s int) time.Time { return now.Add(time.Duration(s) * time.Second) }
	var h health
	h.limit(now, 5*time.Second, ErrRateLimited)
	h.limit(now, 2*time.Second, ErrRateLimited) // a shorter one changes nothing
	h.quarantine(now, 3*time.Second, ErrHeaderHash)
	h.failed(now, errors.New("x"), 8*time.Second, 8*time.Second)
	for s, want := range map[int]State{0: Quarantined, 2: Quarantined, 3: Limited, 4: Limited, 8: Healthy} {
		if got := h.state(at(s)); got != want {
			t.Errorf("after %d s: %s, want %s", s, got, want)
		}
	}
	if got := h.usableAt(); !got.Equal(h.retryAt) && !got.Equal(at(5)) {
		t.Errorf("usable at %v", got)
	}
	h.sawHead(at(1), 7)
	h.sawHead(at(2), 6)
	if h.head != 7 || !h.headAt.Equal(at(1)) {
		t.Errorf("head %d at %v", h.head, h.headAt)
	}
}

func TestParseRetryAfter(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"":                              defaultRetryAfter,
		"nonsense":                      defaultRetryAfter,
		"-3":                            defaultRetryAfter,
		"NaN":                           defaultRetryAfter,
		"7":                             7 * time.Second,
		"0.5":                           500 * time.Millisecond,
		"0":                             20 * time.Millisecond,
		"1e300":                         maxRetryAfter,
		"99999999":                      maxRetryAfter,
		"Fri, 02 Jan 2026 03:04:35 GMT": 30 * time.Second,
		"Fri, 02 Jan 2026 03:04:00 GMT": 20 * time.Millisecond,
	} {
		if got := parseRetryAfter(text, now); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
