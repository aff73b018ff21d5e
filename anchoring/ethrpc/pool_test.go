package ethrpc_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"vmhost/anchoring/ethrpc"
)

// node answers eth_chainId, and every other method by a function.
func node(t *testing.T, chain string, answer http.HandlerFunc) (url string) {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // else it is not JSON
		var call struct {
			ID     json.RawMessage `json:"id"`
			Method string          `json:"method"`
		}
		_ = json.Unmarshal(body, &call) // else no method
		w.Header().Set("Content-Type", "application/json")
		if call.Method == "eth_chainId" {
			_, _ = fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"result":%q}`, call.ID, chain)
			return
		}
		r.Header.Set("X-Id", string(call.ID))
		answer(w, r)
	}))
	t.Cleanup(srv.Close)
	return srv.URL
}

func reply(format string, args ...any) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,%s}`, r.Header.Get("X-Id"), fmt.Sprintf(format, args...))
	}
}

func header(t *testing.T) http.HandlerFunc {
	t.Helper()
	raw, err := json.Marshal(sample())
	if err != nil {
		t.Fatal(err)
	}
	return reply(`"result":%s`, raw)
}

func newPool(t *testing.T, opts ethrpc.PoolOptions, urls ...string) *ethrpc.Pool {
	t.Helper()
	p, err := ethrpc.NewPool(urls, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

func latest(ctx context.Context, c *ethrpc.Client) error {
	_, err := c.HeaderByTag(ctx, "latest")
	return err
}

func status(code int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if len(header) > 0 {
			w.Header().Set("Retry-After", header[0])
		}
		w.WriteHeader(code)
	}
}

// Each kind of outcome, what it is called and what it does to the health.
func TestOutcomes(t *testing.T) {
	raw, _ := json.Marshal(sample())                                             // a plain struct
	lie := strings.Replace(string(raw), `"gasUsed":"0x7"`, `"gasUsed":"0x8"`, 1) // another hash
	for name, tc := range map[string]struct {
		answer http.HandlerFunc
		kind   ethrpc.Kind
		state  ethrpc.State
		after  time.Duration
	}{
		"header":       {header(t), ethrpc.KindOK, ethrpc.Healthy, 0},
		"null":         {reply(`"result":null`), ethrpc.KindNotFound, ethrpc.Healthy, 0},
		"lie":          {reply(`"result":%s`, lie), ethrpc.KindFaulty, ethrpc.Healthy, 0},
		"wrong shape":  {reply(`"result":[17]`), ethrpc.KindFaulty, ethrpc.Healthy, 0},
		"error":        {reply(`"error":{"code":-32000,"message":"execution aborted"}`), ethrpc.KindAnswer, ethrpc.Healthy, 0},
		"429":          {status(429, "30"), ethrpc.KindRateLimit, ethrpc.Limited, 30 * time.Second},
		"429 bare":     {status(429), ethrpc.KindRateLimit, ethrpc.Limited, time.Second},
		"503 later":    {status(503, "3"), ethrpc.KindRateLimit, ethrpc.Limited, 3 * time.Second},
		"503":          {status(503), ethrpc.KindHTTP, ethrpc.BackingOff, 0},
		"-32005":       {reply(`"error":{"code":-32005,"message":"limit"}`), ethrpc.KindRateLimit, ethrpc.Limited, time.Second},
		"-32005 data":  {reply(`"error":{"code":-32005,"message":"limit","data":{"rate":{"backoff_seconds":4}}}`), ethrpc.KindRateLimit, ethrpc.Limited, 4 * time.Second},
		"-32005 text":  {reply(`"error":{"code":-32005,"message":"limit","data":"see docs"}`), ethrpc.KindRateLimit, ethrpc.Limited, time.Second},
		"429 in JSON":  {reply(`"error":{"code":429,"message":"compute units"}`), ethrpc.KindRateLimit, ethrpc.Limited, time.Second},
		"not JSON":     {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }, ethrpc.KindMalformed, ethrpc.BackingOff, 0},
		"empty object": {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("{}")) }, ethrpc.KindMalformed, ethrpc.BackingOff, 0},
		"short body": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte(`{"jsonrpc"`))
		}, ethrpc.KindConnection, ethrpc.BackingOff, 0},
		"dropped": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, ethrpc.KindConnection, ethrpc.BackingOff, 0},
		"late":    {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, ethrpc.KindTimeout, ethrpc.BackingOff, 0},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPool(t, ethrpc.PoolOptions{Timeout: 300 * time.Millisecond, BackoffMin: time.Minute, BackoffMax: time.Minute}, node(t, "0x1", tc.answer))
			e := p.Endpoints()[0]
			err := e.Do(t.Context(), latest)
			if got := ethrpc.KindOf(err); got != tc.kind {
				t.Errorf("kind %s, want %s: %v", got, tc.kind, err)
			}
			st := p.Status()[0]
			if st.State != tc.state || st.Calls[tc.kind] == 0 {
				t.Errorf("status %+v, want %s", st, tc.state)
			}
			if got, _ := ethrpc.RetryAfter(err); got != tc.after {
				t.Errorf("retry after %v, want %v", got, tc.after)
			}
			if left := time.Until(st.Until); tc.after > 0 && (left > tc.after || left < tc.after-time.Second) {
				t.Errorf("limited for %v, want %v", left, tc.after)
			}
		})
	}
}

// While a limit holds nothing is sent.
func TestRateLimitIsKept(t *testing.T) {
	var calls atomic.Int32
	p := newPool(t, ethrpc.PoolOptions{}, node(t, "0x1", func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		status(429, "60")(w, r)
	}))
	for range 5 {
		if err := p.Endpoints()[0].Do(t.Context(), latest); !errors.Is(err, ethrpc.ErrRateLimited) && ethrpc.KindOf(err) != ethrpc.KindRateLimit {
			t.Fatal(err)
		}
	}
	if calls.Load() != 1 {
		t.Errorf("%d calls", calls.Load())
	}
	_, err := p.Any(t.Context(), latest, nil)
	if after, ok := ethrpc.RetryAfter(err); !ok || after < 50*time.Second || calls.Load() != 1 {
		t.Errorf("%v after %v", err, after)
	}
}

// A websocket's handshake tells the limit only as text.
func TestRateLimitOfAHandshake(t *testing.T) {
	url := node(t, "0x1", nil)
	srv := httptest.NewServer(status(429, "60"))
	t.Cleanup(srv.Close)
	p := newPool(t, ethrpc.PoolOptions{}, "ws"+strings.TrimPrefix(srv.URL, "http"), url)
	err := p.Endpoints()[0].Do(t.Context(), latest)
	if after, ok := ethrpc.RetryAfter(err); !ok || after != time.Second || p.Status()[0].State != ethrpc.Limited {
		t.Errorf("%v: %+v", err, p.Status()[0])
	}
}

// Any goes on to the next endpoint, unless it is told not to.
func TestAny(t *testing.T) {
	bad := node(t, "0x1", status(500))
	slow := node(t, "0x1", status(429, "60"))
	other := node(t, "0x2", header(t))
	good := node(t, "0x1", header(t))
	p := newPool(t, ethrpc.PoolOptions{ChainID: 1}, bad, slow, other, good)
	e, err := p.Any(t.Context(), latest, nil)
	if err != nil || e != p.Endpoints()[3] {
		t.Fatalf("%v, %v", e, err)
	}
	for i, want := range []ethrpc.Kind{ethrpc.KindHTTP, ethrpc.KindRateLimit, ethrpc.KindFaulty, ethrpc.KindOK} {
		if st := p.Status()[i]; st.Calls[want] == 0 {
			t.Errorf("%d: %+v", i, st)
		}
	}
	// Now the good one comes before those that wait.
	if e, _ = p.Pick(time.Now()); e != p.Endpoints()[2] {
		t.Errorf("picked %v", e.Name())
	}
	boom := errors.New("boom")
	asked := 0
	_, err = p.Any(t.Context(), func(context.Context, *ethrpc.Client) error {
		asked++
		return boom
	}, func(err error) bool { return !errors.Is(err, boom) })
	if !errors.Is(err, boom) || asked != 1 {
		t.Errorf("%v after %d", err, asked)
	}
	_, err = newPool(t, ethrpc.PoolOptions{ChainID: 1}, other, bad).Any(t.Context(), latest, nil)
	if !errors.Is(err, ethrpc.ErrChainID) || !strings.Contains(err.Error(), "500") {
		t.Errorf("not all errors: %v", err)
	}
}

// A node of another chain than the first that answered.
func TestChainOfThePool(t *testing.T) {
	p := newPool(t, ethrpc.PoolOptions{}, node(t, "0x5", header(t)), node(t, "0x6", header(t)))
	if err := p.Endpoints()[0].Do(t.Context(), latest); err != nil || p.ChainID() != 5 {
		t.Fatalf("%v, chain %d", err, p.ChainID())
	}
	if err := p.Endpoints()[1].Do(t.Context(), latest); !errors.Is(err, ethrpc.ErrChainID) {
		t.Errorf("%v", err)
	}
}

func TestQuarantine(t *testing.T) {
	only := newPool(t, ethrpc.PoolOptions{}, node(t, "0x1", header(t)))
	if only.Endpoints()[0].Quarantine(ethrpc.ErrHeaderHash) || only.Status()[0].State != ethrpc.Healthy {
		t.Error("the only endpoint was left out")
	}
	p := newPool(t, ethrpc.PoolOptions{Quarantine: time.Hour}, node(t, "0x1", header(t)), node(t, "0x1", header(t)))
	first, second := p.Endpoints()[0], p.Endpoints()[1]
	if !first.Quarantine(ethrpc.ErrHeaderHash) {
		t.Error("stays")
	}
	if e, _ := p.Pick(time.Now()); e != second || len(p.Others(second)) != 0 {
		t.Errorf("picked %v", e.Name())
	}
	if e, err := p.Any(t.Context(), latest, nil); err != nil || e != second {
		t.Errorf("answered by %v: %v", e, err)
	}
	second.Quarantine(ethrpc.ErrHeaderHash)
	if e, at := p.Pick(time.Now()); e != nil || time.Until(at) < 50*time.Minute {
		t.Errorf("%v at %v", e, at)
	}
}

// Providers put keys into URLs: no error, name or status shows them.
func TestKeysAreNotShown(t *testing.T) {
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	dead := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	for _, scheme := range []string{"http", "ws"} {
		u := fmt.Sprintf("%s://user:hunter2@%s/v3/5ec4e7?key=5ec4e7", scheme, dead)
		p := newPool(t, ethrpc.PoolOptions{Timeout: time.Second}, u, u, strings.Replace(u, "v3", "v4", 1))
		if len(p.Endpoints()) != 2 {
			t.Fatalf("%d endpoints", len(p.Endpoints()))
		}
		err := p.Endpoints()[0].Do(t.Context(), latest)
		st := p.Status()
		text := fmt.Sprint(err, st[0].Reason, st[0].Name, st[1].Name)
		if err == nil || strings.Contains(text, "5ec4e7") || strings.Contains(text, "hunter2") || st[0].Name == st[1].Name {
			t.Errorf("%s", text)
		}
	}
	for _, bad := range []string{"", "5ec4e7", "ftp://5ec4e7", "http://", "http://%5ec4e7"} {
		if _, err := ethrpc.NewPool([]string{bad}, ethrpc.PoolOptions{}); !errors.Is(err, ethrpc.ErrURL) || strings.Contains(err.Error(), "5ec4e7") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := ethrpc.NewPool(nil, ethrpc.PoolOptions{}); !errors.Is(err, ethrpc.ErrURL) {
		t.Errorf("no URLs: %v", err)
	}
}
