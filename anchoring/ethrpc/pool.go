package ethrpc

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// PoolOptions configure a Pool; the zero value is useful.
type PoolOptions struct {
	// ChainID that every endpoint must serve; 0 takes that of the first that answers.
	ChainID uint64
	// Timeout of one request; 0 means 10 s.
	Timeout time.Duration
	// BackoffMin and BackoffMax bound the pause after a failure; 0 means 200 ms and 15 s.
	BackoffMin, BackoffMax time.Duration
	// Quarantine is how long an endpoint that gave a wrong answer or lags is left
	// out; 0 means 1 min. An only endpoint is never left out.
	Quarantine time.Duration
	// Logger: nil discards.
	Logger *slog.Logger
}

func (o PoolOptions) withDefaults() PoolOptions {
	def := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	def(&o.Timeout, 10*time.Second)
	def(&o.BackoffMin, 200*time.Millisecond)
	def(&o.BackoffMax, 15*time.Second)
	def(&o.Quarantine, time.Minute)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// Pool is several nodes of one chain, in order of preference, with the health
// of each. It is safe for concurrent use.
type Pool struct {
	opts      PoolOptions
	endpoints []*Endpoint
	chain     chainID

	mu    sync.Mutex
	first *Endpoint // of Any; nil: the most preferred
	led   bool      // by Lead
}

// NewPool returns a pool of these URLs (ws, wss, http or https); it connects to
// none yet. An URL given twice counts once: the same node cannot agree with itself.
func NewPool(urls []string, opts PoolOptions) (*Pool, error) {
	p := &Pool{opts: opts.withDefaults()}
	p.chain.id = opts.ChainID
	names := map[string]int{}
	for _, raw := range urls {
		if slices.ContainsFunc(p.endpoints, func(e *Endpoint) bool { return e.url == raw }) {
			continue
		}
		u, err := url.Parse(raw)
		if err != nil || u.Host == "" || !slices.Contains([]string{"ws", "wss", "http", "https"}, u.Scheme) {
			return nil, fmt.Errorf("%w: want ws://, wss://, http:// or https://", ErrURL) // the URL may hold a key
		}
		name := u.Scheme + "://" + u.Host
		if names[name]++; names[name] > 1 {
			name = fmt.Sprintf("%s#%d", name, names[name])
		}
		p.endpoints = append(p.endpoints, &Endpoint{pool: p, url: raw, name: name, redact: redactor(u, raw, name), calls: map[Kind]uint64{}})
	}
	if len(p.endpoints) == 0 {
		return nil, fmt.Errorf("%w: none given", ErrURL)
	}
	return p, nil
}

// Endpoints in order of preference.
func (p *Pool) Endpoints() []*Endpoint { return p.endpoints }

// ChainID is the chain that the pool serves, 0 until the first answer.
func (p *Pool) ChainID() uint64 { return p.chain.get() }

// Close ends all shared connections.
func (p *Pool) Close() {
	for _, e := range p.endpoints {
		e.disconnect(nil)
	}
}

// Status returns the condition of each endpoint, in order of preference.
func (p *Pool) Status() []EndpointStatus {
	now := time.Now()
	out := make([]EndpointStatus, len(p.endpoints))
	for i, e := range p.endpoints {
		out[i] = e.status(now)
	}
	return out
}

// Pick returns the first healthy endpoint or, if there is none, nil and when
// one becomes so.
func (p *Pool) Pick(now time.Time) (*Endpoint, time.Time) {
	var soonest time.Time
	for _, e := range p.endpoints {
		state, at := e.usable(now)
		if state == Healthy {
			return e, now
		}
		if soonest.IsZero() || at.Before(soonest) {
			soonest = at
		}
	}
	return nil, soonest
}

// Others returns the healthy endpoints but one, in order of preference.
func (p *Pool) Others(not *Endpoint) (out []*Endpoint) {
	now := time.Now()
	for _, e := range p.endpoints {
		if state, _ := e.usable(now); e != not && state == Healthy {
			out = append(out, e)
		}
	}
	return out
}

// Lead makes an endpoint the first that Any asks: the one whose head is followed,
// which knows what is asked about. Without a leader Any stays with the endpoint
// that answered last.
func (p *Pool) Lead(e *Endpoint) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.first, p.led = e, true
}

func (p *Pool) answered(e *Endpoint) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.led {
		p.first = e
	}
}

// Any runs a request on one endpoint after the other until one succeeds: the
// healthy ones (see Lead), then those that back off. It returns the one that
// answered last, and all the errors if none succeeded. An error that next (if not
// nil) refuses is final.
func (p *Pool) Any(ctx context.Context, f func(context.Context, *Client) error, next func(error) bool) (*Endpoint, error) {
	var errs []error
	for _, e := range p.order() {
		err := e.Do(ctx, f)
		if err == nil || next != nil && !next(err) {
			p.answered(e)
			return e, err
		}
		if ctx.Err() != nil {
			return e, err
		}
		errs = append(errs, fmt.Errorf("%s: %w", e.name, err))
	}
	if len(errs) == 0 {
		_, at := p.Pick(time.Now())
		return nil, &RateLimitError{After: max(clampRetry(time.Until(at)), 0), Reason: "no endpoint is usable"}
	}
	if len(errs) == 1 {
		return nil, errors.Unwrap(errs[0])
	}
	return nil, errors.Join(errs...)
}

// order of Any: the quarantined and limited ones are left out.
func (p *Pool) order() (out []*Endpoint) {
	p.mu.Lock()
	first := p.first
	p.mu.Unlock()
	now := time.Now()
	var late []*Endpoint
	for _, e := range p.endpoints {
		switch state, _ := e.usable(now); {
		case state == Healthy && e == first:
			out = append([]*Endpoint{e}, out...)
		case state == Healthy:
			out = append(out, e)
		case state == BackingOff:
			late = append(late, e)
		}
	}
	return append(out, late...)
}

// redacted is an error that shows of the endpoint's URL only its name: providers
// put keys in the rest.
type redacted struct {
	err error
	e   *Endpoint
}

func (r *redacted) Error() string { return r.e.redact.Replace(r.err.Error()) }
func (r *redacted) Unwrap() error { return r.err }

// redactor replaces an URL, as it was given and as libraries print it.
func redactor(u *url.URL, raw, name string) *strings.Replacer {
	pairs := []string{raw, name, u.String(), name, u.Redacted(), name}
	if u.User != nil {
		pairs = append(pairs, u.User.String()+"@", "")
		if _, ok := u.User.Password(); ok {
			pairs = append(pairs, u.User.Username()+":***@", "")
		}
	}
	for _, s := range []string{u.RequestURI(), u.Path, u.RawQuery} {
		if len(s) > 1 {
			pairs = append(pairs, s, "")
		}
	}
	return strings.NewReplacer(pairs...)
}

// Redact returns what an URL is called in messages, and a function that puts
// that name into errors in its place: providers put keys in the rest.
func Redact(raw string) (name string, hide func(error) error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" { // a path
		return raw, func(err error) error { return err }
	}
	name = u.Scheme + "://" + u.Host
	e := &Endpoint{redact: redactor(u, raw, name)}
	return name, func(err error) error {
		if err == nil {
			return nil
		}
		return &redacted{err, e}
	}
}
