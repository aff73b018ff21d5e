package ethrpc

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/rpc"
)

// MaxResponseBytes bounds one answer of a node.
const MaxResponseBytes = 64 << 20

// Bounds of what a node may ask for with a rate limit.
const (
	defaultRetryAfter = time.Second
	maxRetryAfter     = 10 * time.Minute
)

// RateLimitError says that a node does not answer for a while. It wraps
// ErrRateLimited.
type RateLimitError struct {
	// After is how long to leave the node alone, from when the error was made.
	After time.Duration
	// Reason is what the node answered.
	Reason string
}

// Error implements error.
func (e *RateLimitError) Error() string {
	return fmt.Sprintf("%v: %s: again in %v", ErrRateLimited, e.Reason, e.After.Round(time.Millisecond))
}

// Unwrap returns ErrRateLimited.
func (e *RateLimitError) Unwrap() error { return ErrRateLimited }

// limits is a transport that reads the header Retry-After, which the RPC library
// drops, and bounds bodies.
type limits struct{ next http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (l limits) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := l.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	after := res.Header.Get("Retry-After")
	if res.StatusCode == http.StatusTooManyRequests || res.StatusCode == http.StatusServiceUnavailable && after != "" {
		_ = res.Body.Close() // nothing of it is used
		return nil, &RateLimitError{After: parseRetryAfter(after, time.Now()), Reason: res.Status}
	}
	res.Body = bounded{io.LimitReader(res.Body, MaxResponseBytes), res.Body}
	return res, nil
}

type bounded struct {
	io.Reader
	io.Closer
}

// parseRetryAfter reads seconds or a date.
func parseRetryAfter(s string, now time.Time) time.Duration {
	if n, err := strconv.ParseFloat(strings.TrimSpace(s), 64); err == nil && n >= 0 {
		return clampRetry(time.Duration(min(n, maxRetryAfter.Seconds()) * float64(time.Second)))
	}
	if t, err := http.ParseTime(s); err == nil {
		return clampRetry(t.Sub(now))
	}
	return defaultRetryAfter
}

// clampRetry keeps a node from stopping us for ever, or from being hammered.
func clampRetry(d time.Duration) time.Duration {
	return max(20*time.Millisecond, min(d, maxRetryAfter))
}

// RetryAfter reports whether err is a rate limit (HTTP 429, HTTP 503 with
// Retry-After, JSON-RPC -32005 and its relatives) and how long to wait.
func RetryAfter(err error) (time.Duration, bool) {
	if e, ok := errors.AsType[*RateLimitError](err); ok {
		return e.After, true
	}
	if e, ok := errors.AsType[rpc.Error](err); ok {
		switch e.ErrorCode() {
		case -32005, -32029, http.StatusTooManyRequests:
			return backoffData(err), true
		}
		return 0, false
	}
	// The websocket handshake tells its status only as text.
	if err != nil && strings.Contains(err.Error(), "429 Too Many Requests") {
		return defaultRetryAfter, true
	}
	return 0, false
}

// backoffData reads what some providers put in the error's data.
func backoffData(err error) time.Duration {
	e, ok := errors.AsType[rpc.DataError](err)
	if !ok {
		return defaultRetryAfter
	}
	raw, _ := json.Marshal(e.ErrorData()) // came from JSON
	var data struct {
		Rate struct {
			BackoffSeconds float64 `json:"backoff_seconds"`
		} `json:"rate"`
		RetryAfter float64 `json:"retry_after"`
	}
	if json.Unmarshal(raw, &data) != nil {
		return defaultRetryAfter
	}
	if s := max(data.Rate.BackoffSeconds, data.RetryAfter); s > 0 {
		return clampRetry(time.Duration(min(s, maxRetryAfter.Seconds()) * float64(time.Second)))
	}
	return defaultRetryAfter
}

// Kind sorts the outcomes of calls, for metrics.
type Kind string

// The kinds.
const (
	KindOK         Kind = "ok"
	KindTimeout    Kind = "timeout"
	KindConnection Kind = "connection" // refused, reset, closed, a truncated body
	KindHTTP       Kind = "http"       // an HTTP status
	KindRateLimit  Kind = "rate_limit"
	KindMalformed  Kind = "malformed" // not JSON, or JSON of another shape
	KindFaulty     Kind = "faulty"    // wrong in itself: see Faulty
	KindNotFound   Kind = "not_found"
	KindAnswer     Kind = "rpc_error" // the node's JSON-RPC error
	KindOther      Kind = "other"
)

// KindOf sorts the outcome of a call.
func KindOf(err error) Kind {
	if err == nil {
		return KindOK
	}
	if _, ok := RetryAfter(err); ok {
		return KindRateLimit
	}
	if Faulty(err) || errors.Is(err, ErrChainID) {
		return KindFaulty
	}
	if errors.Is(err, ErrNotFound) || errors.Is(err, ethereum.NotFound) {
		return KindNotFound
	}
	if _, ok := errors.AsType[rpc.HTTPError](err); ok {
		return KindHTTP
	}
	if _, ok := errors.AsType[rpc.Error](err); ok {
		return KindAnswer
	}
	if e, ok := errors.AsType[net.Error](err); ok && e.Timeout() || errors.Is(err, context.DeadlineExceeded) {
		return KindTimeout
	}
	if malformed(err) {
		return KindMalformed
	}
	if broken(err) {
		return KindConnection
	}
	return KindOther
}

func malformed(err error) bool {
	if _, ok := errors.AsType[*json.SyntaxError](err); ok {
		return true
	}
	if _, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return true
	}
	return strings.Contains(err.Error(), "json: ") || errors.Is(err, rpc.ErrNoResult)
}

func broken(err error) bool {
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	for _, e := range []error{io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, rpc.ErrClientQuit, rpc.ErrSubscriptionQueueOverflow} {
		if errors.Is(err, e) {
			return true
		}
	}
	text := err.Error() // errors of the websocket library and of the RPC client
	return strings.Contains(text, "websocket:") || strings.Contains(text, "connection") || strings.Contains(text, "client")
}
