package faultproxy

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Options configure a Proxy. Target is required.
type Options struct {
	// Target is the node, host:port, serving HTTP and websocket both.
	Target string
	// Seed of the generator.
	Seed uint64
	// Rate is the chance of a fault per message, 0 to 1; see Set.
	Rate float64
	// Kinds that may be drawn; nil means all.
	Kinds []Kind
	// MaxDelay of Delay; 0 means 50 ms.
	MaxDelay time.Duration
	// RetryAfter of the rate limits, in seconds; 0 means 0.05.
	RetryAfter float64
}

// Proxy is a faulty way to a node.
type Proxy struct {
	opts     Options
	listener net.Listener
	server   *http.Server
	client   *http.Transport
	wg       sync.WaitGroup
	quit     chan struct{}

	mu     sync.Mutex
	rate   float64
	kinds  []Kind
	rng    *rand.Rand
	counts map[Kind]int
	seen   map[string][]json.RawMessage // answers, by method and by method with parameters
	conns  map[net.Conn]bool            // of websockets
}

// New listens on a free port of loopback.
func New(opts Options) (*Proxy, error) {
	if opts.MaxDelay == 0 {
		opts.MaxDelay = 50 * time.Millisecond
	}
	if opts.RetryAfter == 0 {
		opts.RetryAfter = 0.05
	}
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("faultproxy: %w", err)
	}
	p := &Proxy{
		opts: opts, listener: l, client: &http.Transport{}, quit: make(chan struct{}), rate: opts.Rate, kinds: opts.Kinds,
		rng:    rand.New(rand.NewPCG(opts.Seed, 1)), //nolint:gosec // repeatable faults, no secret
		counts: map[Kind]int{}, seen: map[string][]json.RawMessage{}, conns: map[net.Conn]bool{},
	}
	p.server = &http.Server{Handler: http.HandlerFunc(p.handle), ReadHeaderTimeout: 10 * time.Second}
	p.wg.Go(func() { _ = p.server.Serve(l) }) // it ends with Close
	return p, nil
}

// HTTPURL is the proxy's address for HTTP.
func (p *Proxy) HTTPURL() string { return "http://" + p.listener.Addr().String() }

// WSURL is the proxy's address for websocket.
func (p *Proxy) WSURL() string { return "ws://" + p.listener.Addr().String() }

// Set changes the chance of a fault per message, and the kinds (nil: all).
func (p *Proxy) Set(rate float64, kinds []Kind) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rate, p.kinds = rate, kinds
}

// Counts returns how many faults of each kind were carried out.
func (p *Proxy) Counts() map[Kind]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.counts)
}

// Close ends everything.
func (p *Proxy) Close() {
	close(p.quit)
	_ = p.server.Close() // hijacked connections are ours
	p.mu.Lock()
	for c := range p.conns {
		_ = c.Close()
	}
	p.mu.Unlock()
	p.client.CloseIdleConnections()
	p.wg.Wait()
}

// request is what the proxy reads of a call.
type request struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
}

// parse reads a call or a batch of calls.
func parse(b []byte) []request {
	var one request
	if json.Unmarshal(b, &one) == nil {
		return []request{one}
	}
	var many []request
	_ = json.Unmarshal(b, &many) // nothing of ours: passed through
	return many
}

func (p *Proxy) handle(w http.ResponseWriter, r *http.Request) {
	if strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
		p.websocket(w, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	calls := parse(body)
	if len(calls) == 0 {
		calls = []request{{}}
	}
	kind, faulty := p.draw(forMessage(calls[0], false, false))
	if faulty && kind == Status429 {
		p.count(kind)
		w.Header().Set("Retry-After", fmt.Sprint(p.opts.RetryAfter))
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	answer, err := p.forward(r, body)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	if !faulty {
		p.remember(calls, answer)
		send(w, answer)
		return
	}
	switch kind {
	case Drop, Truncate:
		p.count(kind)
		if kind == Truncate {
			w.Header().Set("Content-Length", fmt.Sprint(len(answer)))
			send(w, answer[:p.intN(len(answer))]) // the rest never comes
		}
		panic(http.ErrAbortHandler)
	default:
		send(w, p.spoil(kind, calls, answer))
	}
}

// send ignores a client that went away.
func send(w io.Writer, b []byte) { _, _ = w.Write(b) }

func (p *Proxy) forward(r *http.Request, body []byte) ([]byte, error) {
	out, err := http.NewRequestWithContext(r.Context(), r.Method, "http://"+p.opts.Target, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	out.Header.Set("Content-Type", r.Header.Get("Content-Type"))
	res, err := p.client.RoundTrip(out)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close() //nolint:errcheck // read to its end
	return io.ReadAll(res.Body)
}

// pause waits for a drawn delay.
func (p *Proxy) pause() {
	t := time.NewTimer(time.Duration(p.intN(int(p.opts.MaxDelay)) + 1))
	defer t.Stop()
	select {
	case <-t.C:
	case <-p.quit:
	}
}
