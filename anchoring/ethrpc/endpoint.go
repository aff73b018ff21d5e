package ethrpc

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"sync"
	"time"
)

// chainID is the chain of a pool; the first answer decides if none was demanded.
type chainID struct {
	mu sync.Mutex
	id uint64
}

func (c *chainID) get() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.id
}

// check compares an endpoint's id with the pool's.
func (c *chainID) check(id uint64) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.id == 0 {
		c.id = id
	}
	if c.id != id || id == 0 { // 0 is no chain's
		return fmt.Errorf("chain id %d, expected %d: %w", id, c.id, ErrChainID)
	}
	return nil
}

// Endpoint is one node of a pool.
type Endpoint struct {
	pool      *Pool
	url, name string
	redact    *strings.Replacer

	mu     sync.Mutex
	client *Client // shared connection of Do, nil before the first
	health health
	calls  map[Kind]uint64
}

// EndpointStatus is an endpoint's condition at one moment.
type EndpointStatus struct {
	// Name is scheme and host: no path, no user, where providers put keys.
	Name  string
	State State
	// Failing says that the last call failed, also when the pause is over.
	Failing bool
	// Reason of the last failure, limit or quarantine, nil if there was none, and
	// FailedAt when that was.
	Reason   error
	FailedAt time.Time
	// Until is when it becomes healthy again, if it is not.
	Until time.Time
	// Head is the highest block number that it showed, and HeadAt when.
	Head   uint64
	HeadAt time.Time
	// Calls by outcome since the start.
	Calls map[Kind]uint64
}

// Name is scheme and host.
func (e *Endpoint) Name() string { return e.name }

// Subscribes reports whether the endpoint can push heads.
func (e *Endpoint) Subscribes() bool { return subscribes(e.url) }

// Status is the condition now.
func (e *Endpoint) Status() EndpointStatus { return e.status(time.Now()) }

func (e *Endpoint) status(now time.Time) EndpointStatus {
	e.mu.Lock()
	defer e.mu.Unlock()
	s := EndpointStatus{
		Name: e.name, State: e.health.state(now), Failing: e.health.failing, Reason: e.health.reason, FailedAt: e.health.failedAt,
		Head: e.health.head, HeadAt: e.health.headAt, Calls: maps.Clone(e.calls),
	}
	if s.State != Healthy {
		s.Until = e.health.usableAt()
	}
	return s
}

func (e *Endpoint) usable(now time.Time) (State, time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.health.state(now), e.health.usableAt()
}

// Head is the highest block number that the endpoint showed.
func (e *Endpoint) Head() uint64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.health.head
}

// SawHead records a head that the endpoint showed.
func (e *Endpoint) SawHead(number uint64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.health.sawHead(time.Now(), number)
}

// Quarantine leaves the endpoint out for a while and reports whether it did: an
// only endpoint stays.
func (e *Endpoint) Quarantine(err error) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.pool.endpoints) == 1 {
		e.health.reason, e.health.failedAt = err, time.Now()
		return false
	}
	e.health.quarantine(time.Now(), e.pool.opts.Quarantine, err)
	e.pool.opts.Logger.LogAttrs(context.Background(), slog.LevelError, "endpoint is left out",
		slog.String("endpoint", e.name), slog.Duration("for", e.pool.opts.Quarantine), slog.Any("err", err))
	return true
}

// Fail backs off from the endpoint, as after a failed call.
func (e *Endpoint) Fail(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.health.failed(time.Now(), err, e.pool.opts.BackoffMin, e.pool.opts.BackoffMax)
}

// Dial makes a connection of its own, to be closed by the caller, and checks the
// chain.
func (e *Endpoint) Dial(ctx context.Context) (*Client, error) {
	var c *Client
	err := e.Call(ctx, func(ctx context.Context) (err error) {
		if c, err = Dial(ctx, e.url); err != nil {
			return err
		}
		var id uint64
		if id, err = c.ChainID(ctx); err == nil {
			err = e.pool.chain.check(id)
		}
		return err
	})
	if err != nil {
		if c != nil {
			c.Close()
		}
		return nil, err
	}
	return c, nil
}

// Hide puts the endpoint's name in the place of its URL in an error.
func (e *Endpoint) Hide(err error) error {
	if err == nil {
		return nil
	}
	return &redacted{err, e}
}

// Call runs a request on a connection of Dial: with the timeout, not while a
// rate limit holds, and counted.
func (e *Endpoint) Call(ctx context.Context, f func(context.Context) error) error {
	if after := e.limited(); after > 0 {
		return &RateLimitError{After: after, Reason: "earlier answer"}
	}
	timed, cancel := context.WithTimeout(ctx, e.pool.opts.Timeout)
	defer cancel()
	err := f(timed)
	if err == nil {
		e.observe(nil)
		return nil
	}
	if ctx.Err() == nil { // else it is ours
		e.observe(err)
	}
	return &redacted{err, e}
}

// Do runs a request on the shared connection.
func (e *Endpoint) Do(ctx context.Context, f func(context.Context, *Client) error) error {
	e.mu.Lock()
	c := e.client
	e.mu.Unlock()
	if c == nil {
		var err error
		if c, err = e.Dial(ctx); err != nil {
			return err
		}
		c = e.share(c)
	}
	err := e.Call(ctx, func(ctx context.Context) error { return f(ctx, c) })
	switch KindOf(err) {
	case KindTimeout, KindConnection, KindMalformed:
		e.disconnect(c) // it may be broken: dial anew next time
	default:
	}
	return err
}

// share makes c the shared connection, unless there is one meanwhile.
func (e *Endpoint) share(c *Client) *Client {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.client == nil {
		e.client = c
	} else {
		c.Close()
	}
	return e.client
}

// disconnect closes the shared connection, if it is c (nil: whichever).
func (e *Endpoint) disconnect(c *Client) {
	e.mu.Lock()
	old := e.client
	if old == nil || c != nil && old != c {
		e.mu.Unlock()
		return
	}
	e.client = nil
	e.mu.Unlock()
	old.Close()
}

// limited is how long a rate limit still holds.
func (e *Endpoint) limited() time.Duration {
	e.mu.Lock()
	defer e.mu.Unlock()
	return time.Until(e.health.limitedTo)
}

// observe counts an outcome and draws its consequence.
func (e *Endpoint) observe(err error) {
	kind, now := KindOf(err), time.Now()
	e.mu.Lock()
	defer e.mu.Unlock()
	e.calls[kind]++
	switch kind {
	case KindRateLimit:
		after, _ := RetryAfter(err)
		e.health.limit(now, after, &redacted{err, e})
	case KindTimeout, KindConnection, KindHTTP, KindMalformed:
		e.health.failed(now, &redacted{err, e}, e.pool.opts.BackoffMin, e.pool.opts.BackoffMax)
	case KindOK, KindNotFound, KindAnswer:
		e.health.succeeded(now)
	default: // a wrong answer is for the caller to judge
	}
}
