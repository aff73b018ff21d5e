package wsapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Server is the API server. Create it with [New], give its Handler to a
// listener or call Serve, and Shutdown when done.
type Server struct {
	opts     Options
	metrics  *metrics
	hub      *hub
	started  time.Time
	upgrader websocket.Upgrader
	mux      *http.ServeMux
	http     *http.Server
	ctx      context.Context // the life of the server
	cancel   context.CancelFunc
	wg       sync.WaitGroup

	watches chan struct{} // definitions that are being read

	mu     sync.Mutex
	conns  map[*conn]struct{}
	closed bool
}

// New returns a server; its hub runs until Shutdown.
func New(o Options) (*Server, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Server{opts: o, started: time.Now(), conns: map[*conn]struct{}{}, watches: make(chan struct{}, watchesAtOnce)}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	if s.metrics, err = newMetrics(o.Registry, s); err != nil {
		s.cancel()
		return nil, fmt.Errorf("wsapi: register metrics: %w", err)
	}
	s.upgrader = websocket.Upgrader{
		ReadBufferSize: 1024, WriteBufferSize: 4096, WriteBufferPool: &sync.Pool{},
		EnableCompression: o.Compression, CheckOrigin: s.originAllowed,
	}
	s.hub = &hub{s: s, ls: map[*listener]struct{}{}}
	s.wg.Go(func() { s.hub.run(s.ctx) })
	s.routes()
	s.http = &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
	}
	return s, nil
}

func (s *Server) routes() {
	s.mux = http.NewServeMux()
	s.mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") })
	s.mux.HandleFunc("GET /readyz", s.serveReady)
	s.mux.Handle("GET /metrics", promhttp.HandlerFor(s.opts.Registry, promhttp.HandlerOpts{}))
	s.mux.HandleFunc("POST /modules", s.serveUpload)
	s.mux.HandleFunc("POST /watch", s.serveWatch)
	s.mux.HandleFunc("POST /{$}", s.servePost)
	s.mux.HandleFunc("GET /ws", s.serveSocket)
	s.mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		if websocket.IsWebSocketUpgrade(r) {
			s.serveSocket(w, r)
			return
		}
		serveDashboard(w, r)
	})
	s.mux.HandleFunc("GET /dashboard/", serveDashboard)
}

// Handler is the whole HTTP surface: dashboard, WebSocket at / and /ws, JSON-RPC
// by POST /, uploads by POST /modules, definitions by POST /watch, /metrics,
// /healthz, /readyz.
func (s *Server) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.hostAllowed(r.Host) {
			http.Error(w, "this server answers to loopback names only", http.StatusMisdirectedRequest)
			return
		}
		if !s.originAllowed(r) {
			http.Error(w, "origin not allowed", http.StatusForbidden)
			return
		}
		if origin := r.Header.Get("Origin"); origin != "" {
			h := w.Header()
			h.Set("Access-Control-Allow-Origin", origin)
			h.Set("Access-Control-Allow-Headers", "Content-Type")
			h.Set("Access-Control-Allow-Methods", "GET, POST")
			h.Add("Vary", "Origin")
		}
		if r.Method == http.MethodOptions {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		w.Header().Set("X-Content-Type-Options", "nosniff")
		s.mux.ServeHTTP(w, r)
	})
}

// Listen opens addr (host:port; port 0 for any). An address that is not
// loopback is [ErrNotLoopback] unless Options.AllowRemote.
func (s *Server) Listen(addr string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", addr, err)
	}
	if !s.opts.AllowRemote && !isLoopback(host) {
		return nil, fmt.Errorf("%w: %q", ErrNotLoopback, addr)
	}
	return net.Listen("tcp", addr)
}

// Serve answers on l until Shutdown, and then returns nil.
func (s *Server) Serve(l net.Listener) error {
	if err := s.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	}
	return nil
}

// Shutdown closes every connection with code 1001, waits for what runs, and
// stops the hub. ctx bounds the wait for HTTP requests.
func (s *Server) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	s.closed = true
	conns := make([]*conn, 0, len(s.conns))
	for c := range s.conns {
		conns = append(conns, c)
	}
	s.mu.Unlock()
	for _, c := range conns {
		c.shutdown()
	}
	err := s.http.Shutdown(ctx)
	s.cancel()
	s.wg.Wait()
	return err
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") || strings.HasSuffix(strings.ToLower(host), ".localhost") {
		return true
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return ip != nil && ip.IsLoopback()
}

// hostAllowed keeps other names that resolve to loopback (DNS rebinding) out.
func (s *Server) hostAllowed(host string) bool {
	if s.opts.AllowRemote {
		return true
	}
	return isLoopback(hostname(host))
}

// hostname is a Host header without the port.
func hostname(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		return h
	}
	return host
}

// originAllowed: no Origin (not a browser), the server's own, or a listed one.
func (s *Server) originAllowed(r *http.Request) bool {
	return slices.Contains(s.opts.Origins, "*") || slices.Contains(s.opts.Origins, r.Header.Get("Origin")) || ownOrigin(r)
}

func ownOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	u, err := url.Parse(origin)
	return origin == "" || err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host)
}

func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	if !websocket.IsWebSocketUpgrade(r) {
		http.Error(w, "a WebSocket endpoint", http.StatusUpgradeRequired)
		return
	}
	if !s.admit() {
		w.Header().Set("Retry-After", "5")
		http.Error(w, "too many connections", http.StatusServiceUnavailable)
		return
	}
	defer s.wg.Done()
	ws, err := s.upgrader.Upgrade(w, r, nil)
	if err != nil {
		s.opts.Logger.LogAttrs(r.Context(), slog.LevelDebug, "upgrade", slog.Any("err", err))
		return // Upgrade has answered
	}
	c := &conn{s: s, ws: ws, local: s.local(r), out: newOutbox(s.opts.MaxQueue), subs: map[string]*subscription{}}
	c.ctx, c.cancel = context.WithCancel(s.ctx)
	defer c.cancel()
	s.mu.Lock()
	s.conns[c] = struct{}{}
	late := s.closed
	s.mu.Unlock()
	if late {
		c.shutdown()
	}
	s.metrics.opened.Inc()
	c.serve()
	s.mu.Lock()
	delete(s.conns, c)
	s.mu.Unlock()
}

// admit counts a connection in (wg.Add) unless the server is full or closing.
func (s *Server) admit() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || len(s.conns) >= s.opts.MaxConnections {
		return false
	}
	s.wg.Add(1)
	return true
}

func (s *Server) connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.conns)
}

// servePost answers JSON-RPC over HTTP.
func (s *Server) servePost(w http.ResponseWriter, r *http.Request) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		// Requiring it keeps cross-site forms out: browsers ask first.
		http.Error(w, "Content-Type must be application/json", http.StatusUnsupportedMediaType)
		return
	}
	b, ok := readBody(w, r, s.opts.MaxBody)
	if !ok {
		return
	}
	answer, _ := s.answer(r.Context(), b, nil, s.local(r))
	if answer == nil {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(answer)
}

func readBody(w http.ResponseWriter, r *http.Request, limit int) ([]byte, bool) {
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, int64(limit)))
	if _, big := errors.AsType[*http.MaxBytesError](err); big {
		http.Error(w, fmt.Sprintf("body over %d bytes", limit), http.StatusRequestEntityTooLarge)
		return nil, false
	}
	if err != nil {
		http.Error(w, "reading the body", http.StatusBadRequest)
		return nil, false
	}
	return b, true
}

// serveUpload is POST /modules?name=…, body application/wasm.
func (s *Server) serveUpload(w http.ResponseWriter, r *http.Request) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/wasm" {
		http.Error(w, "Content-Type must be application/wasm", http.StatusUnsupportedMediaType)
		return
	}
	b, ok := readBody(w, r, s.opts.MaxModule)
	if !ok {
		return
	}
	w.Header().Set("Content-Type", "application/json")
	mod, err := s.opts.Jobs.Modules().Put(r.Context(), b, r.URL.Query().Get("name"))
	if err != nil {
		refuse(w, err)
		return
	}
	_ = json.NewEncoder(w).Encode(describe(mod))
}

// refuse answers a plain HTTP request with an error.
func refuse(w http.ResponseWriter, err error) {
	e := toError(err)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(httpStatus(e.Code))
	_ = json.NewEncoder(w).Encode(map[string]*Error{"error": e})
}

func httpStatus(c Code) int {
	switch c { // what an upload or a definition can meet
	case CodeModule, CodeParams:
		return http.StatusBadRequest
	case CodeForbidden:
		return http.StatusForbidden
	case CodeUnsupported:
		return http.StatusNotImplemented
	case CodeLimit:
		return http.StatusTooManyRequests
	default:
		return http.StatusInternalServerError
	}
}

func (s *Server) serveReady(w http.ResponseWriter, _ *http.Request) {
	reasons := s.unready(s.opts.Jobs.Status())
	w.Header().Set("Content-Type", "application/json")
	if len(reasons) > 0 {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"ready": len(reasons) == 0, "reasons": reasons})
}
