package wsapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/gorilla/websocket"

	"vmhost/jobs"
	"vmhost/wsapi"
)

// watcher remembers what it was asked to define.
type watcher struct {
	mu      sync.Mutex
	defined []int // lengths of files
	dropped []string
	err     error
	hold    chan struct{} // if not nil, definitions wait for it
}

func (w *watcher) Watch(_ context.Context, file json.RawMessage) ([]wsapi.Defined, error) {
	if w.hold != nil {
		<-w.hold
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.defined = append(w.defined, len(file))
	return []wsapi.Defined{{Name: "pool", Items: 8}}, w.err
}

func (w *watcher) Drop(_ context.Context, name string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dropped = append(w.dropped, name)
	return w.err
}

// post sends a body with these headers; from, if not "", is the client's address.
func post(t *testing.T, h http.Handler, path, body, from string, header map[string]string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://127.0.0.1:8547"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.RemoteAddr = net.JoinHostPort(from, "4000")
	r.Header.Set("Content-Type", "application/json")
	for k, v := range header {
		if k == "Host" {
			r.Host = v
		} else {
			r.Header.Set(k, v)
		}
	}
	w := &recorder{header: http.Header{}}
	h.ServeHTTP(w, r)
	return w.code, w.body.String()
}

type recorder struct {
	header http.Header
	code   int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header { return r.header }
func (r *recorder) WriteHeader(c int)   { r.code = c }
func (r *recorder) Write(b []byte) (int, error) {
	if r.code == 0 {
		r.code = http.StatusOK
	}
	return r.body.Write(b)
}

const (
	rpcWatch   = `{"jsonrpc":"2.0","id":1,"method":"vm_watch","params":[{}]}`
	rpcUnwatch = `{"jsonrpc":"2.0","id":1,"method":"vm_unwatch","params":["pool"]}`
)

// Who may define collections: by default a process of this machine.
func TestWatchFrom(t *testing.T) {
	for _, tc := range []struct {
		name   string
		from   string // address
		header map[string]string
		local  bool
	}{
		{"this machine", "127.0.0.1", nil, true},
		{"this machine, IPv6", "::1", map[string]string{"Host": "[::1]:8547"}, true},
		{"a page of the server", "127.0.0.1", map[string]string{"Origin": "http://127.0.0.1:8547"}, true},
		{"another machine", "10.1.2.3", nil, false},
		{"another name", "127.0.0.1", map[string]string{"Host": "vmhost.example"}, false},
		{"an allowed page", "127.0.0.1", map[string]string{"Origin": "https://app.example"}, false},
		{"a proxy", "127.0.0.1", map[string]string{"X-Forwarded-For": "10.1.2.3"}, false},
		{"a proxy with a standard", "127.0.0.1", map[string]string{"Forwarded": "for=10.1.2.3"}, false},
		{"a proxy without an address", "127.0.0.1", map[string]string{"Via": "1.1 proxy"}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for _, from := range []wsapi.WatchFrom{"", wsapi.WatchLocal, wsapi.WatchAnywhere, wsapi.WatchNowhere} {
				w := &watcher{}
				f := start(t, wsapi.Options{Watcher: w, WatchFrom: from, AllowRemote: true, Origins: []string{"https://app.example"}}, jobs.Options{}, nil)
				may := from == wsapi.WatchAnywhere || tc.local && from != wsapi.WatchNowhere
				for path, body := range map[string]string{"/watch": "{}", "/": rpcWatch, "/?": rpcUnwatch} {
					code, answer := post(t, f.srv.Handler(), path, body, tc.from, tc.header)
					if refused := strings.Contains(answer, `"forbidden"`); refused == may {
						t.Errorf("%q %s: %d %s", from, path, code, answer)
					}
					if want := map[bool]int{true: http.StatusOK, false: http.StatusForbidden}[may]; path == "/watch" && code != want {
						t.Errorf("%q: %d, want %d", from, code, want)
					}
				}
				if n := len(w.defined) + len(w.dropped); may && n != 3 || !may && n != 0 {
					t.Errorf("%q: %d got through", from, n)
				}
			}
		})
	}
	if _, err := wsapi.New(wsapi.Options{Jobs: start(t, wsapi.Options{}, jobs.Options{}, nil).world.Manager, WatchFrom: "everywhere"}); err == nil {
		t.Error("an unknown place")
	}
}

// Over a websocket the connection decides.
func TestWatchFromASocket(t *testing.T) {
	w := &watcher{}
	f := start(t, wsapi.Options{Watcher: w}, jobs.Options{}, nil)
	for via, ok := range map[string]bool{"": true, "10.1.2.3": false} {
		header := http.Header{}
		if via != "" {
			header.Set("X-Forwarded-For", via)
		}
		ws, resp, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(f.http.URL, "http")+"/ws", header)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		send(t, ws, rpcWatch)
		if got := recv(t, ws); strings.Contains(got, "-32011") == ok {
			t.Errorf("via %q: %s", via, got)
		}
		_ = ws.Close()
	}
	if len(w.defined) != 1 {
		t.Errorf("%d got through", len(w.defined))
	}
}

// A definition that is too long for a message goes to POST /watch, up to a limit.
func TestLongDefinitions(t *testing.T) {
	w := &watcher{}
	f := start(t, wsapi.Options{Watcher: w, MaxWatch: 1 << 20}, jobs.Options{}, nil)
	file := func(n int) string { return `"` + strings.Repeat("x", n-2) + `"` }
	put := func(kind, body string) (int, string) {
		return post(t, f.srv.Handler(), "/watch", body, "127.0.0.1", map[string]string{"Content-Type": kind})
	}
	if code, answer := put("application/json", file(1<<20)); code != http.StatusOK || !strings.Contains(answer, `"items":8`) || w.defined[0] != 1<<20 {
		t.Errorf("%d %s", code, answer)
	}
	if code, _ := put("application/json", file(1<<20+1)); code != http.StatusRequestEntityTooLarge {
		t.Errorf("one byte more: %d", code)
	}
	if code, _ := put("text/plain", "{}"); code != http.StatusUnsupportedMediaType {
		t.Errorf("a form's type: %d", code)
	}
	if code, answer := post(t, f.srv.Handler(), "/", fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":"vm_watch","params":[%s]}`, file(1<<17)), "127.0.0.1", nil); code != http.StatusRequestEntityTooLarge {
		t.Errorf("as a message: %d %s", code, answer)
	}
	for err, want := range map[error]int{
		fmt.Errorf("%w: two pools", wsapi.ErrWatch): http.StatusBadRequest, fmt.Errorf("%w: 9 of 8", wsapi.ErrTooManyItems): http.StatusTooManyRequests,
	} {
		w.err = err
		if code, answer := put("application/json", "{}"); code != want || !strings.Contains(answer, err.Error()) {
			t.Errorf("%v: %d %s", err, code, answer)
		}
	}
	none := start(t, wsapi.Options{}, jobs.Options{}, nil)
	if code, answer := post(t, none.srv.Handler(), "/watch", "{}", "127.0.0.1", nil); code != http.StatusNotImplemented {
		t.Errorf("without a watcher: %d %s", code, answer)
	}
}

// Few definitions are read at a time.
func TestDefinitionsAtOnce(t *testing.T) {
	w := &watcher{hold: make(chan struct{})}
	f := start(t, wsapi.Options{Watcher: w}, jobs.Options{}, nil)
	codes := make(chan int, 20)
	var wg sync.WaitGroup
	for range cap(codes) {
		wg.Go(func() {
			code, _ := post(t, f.srv.Handler(), "/watch", "{}", "127.0.0.1", nil)
			codes <- code
		})
	}
	counts := map[int]int{}
	for range cap(codes) - 4 { // four wait
		counts[<-codes]++
	}
	close(w.hold)
	wg.Wait()
	for range 4 {
		counts[<-codes]++
	}
	if counts[http.StatusTooManyRequests] != 16 || counts[http.StatusOK] != 4 {
		t.Errorf("%v", counts)
	}
}
