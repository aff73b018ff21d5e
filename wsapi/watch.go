package wsapi

import (
	"context"
	"encoding/json"
	"errors"
	"mime"
	"net"
	"net/http"
	"time"
)

// Defined is a collection that vm_watch defined or made longer. Its items have
// values from the next block on.
type Defined struct {
	Name string `json:"name"`
	// Items defined so far, and whether the collection finds more by itself.
	Items   int  `json:"items"`
	Growing bool `json:"growing"`
}

// Watcher defines and drops collections for vm_watch and vm_unwatch.
type Watcher interface {
	// Watch defines the collections of a WATCH.json. What is there already stays,
	// and may become longer. ErrWatch if the file or a collection is refused.
	Watch(ctx context.Context, file json.RawMessage) ([]Defined, error)
	// Drop ends a collection. ErrNotFound if there is none of the name.
	Drop(ctx context.Context, name string) error
}

// ErrWatch is what a [Watcher] returns for a definition that it refuses.
var ErrWatch = errors.New("wsapi: collection refused")

// ErrTooManyItems is what a [Watcher] returns when more would be watched than it
// allows.
var ErrTooManyItems = errors.New("wsapi: too many items")

// WatchFrom says from where collections may be defined and dropped.
type WatchFrom string

// The places. WatchLocal is a process on this machine, or a page of this server
// opened there: a connection from a loopback address, to a loopback name, not
// passed on by a proxy that says so, and not by a page of another origin.
const (
	WatchLocal    WatchFrom = "loopback"
	WatchAnywhere WatchFrom = "anywhere" // whoever reaches the API
	WatchNowhere  WatchFrom = "nowhere"
)

// local reports whether a request comes from this machine; see WatchLocal.
func (s *Server) local(r *http.Request) bool {
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if len(r.Header.Values(name)) > 0 {
			return false
		}
	}
	ip, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil || !isLoopback(ip) || !isLoopback(hostname(r.Host)) {
		return false
	}
	return ownOrigin(r)
}

// mayWatch is nil if the caller may define and drop collections.
func (s *Server) mayWatch(local bool) error {
	switch from := s.opts.WatchFrom; {
	case s.opts.Watcher == nil:
		return errorf(CodeUnsupported, "this server defines and drops no collections")
	case from == WatchAnywhere, from == WatchLocal && local:
		return nil
	default:
		return errorf(CodeForbidden, "collections are defined and dropped from %s", from)
	}
}

func watch(ctx context.Context, c *call) (any, error) {
	if err := c.s.mayWatch(c.local); err != nil {
		return nil, err
	}
	var file json.RawMessage
	if err := decodeArg(c.args, 0, "definition", &file); err != nil {
		return nil, err
	}
	return c.s.opts.Watcher.Watch(ctx, file)
}

func unwatch(ctx context.Context, c *call) (any, error) {
	if err := c.s.mayWatch(c.local); err != nil {
		return nil, err
	}
	var name string
	if err := decodeArg(c.args, 0, "name", &name); err != nil {
		return nil, err
	}
	return true, c.s.opts.Watcher.Drop(ctx, name)
}

// watchesAtOnce bounds the memory of definitions that are being read.
const watchesAtOnce = 4

// serveWatch is POST /watch, body application/json: a WATCH.json that is too
// long for a JSON-RPC message.
func (s *Server) serveWatch(w http.ResponseWriter, r *http.Request) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		http.Error(w, "Content-Type must be application/json", http.StatusUnsupportedMediaType)
		return
	}
	if err := s.mayWatch(s.local(r)); err != nil {
		refuse(w, err)
		return
	}
	select {
	case s.watches <- struct{}{}:
		defer func() { <-s.watches }()
	default:
		refuse(w, errorf(CodeLimit, "other definitions are being read"))
		return
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(time.Minute)) // else the client's own pace
	b, ok := readBody(w, r, s.opts.MaxWatch)
	if !ok {
		return
	}
	out, err := s.opts.Watcher.Watch(r.Context(), b)
	if err != nil {
		refuse(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(out)
}
