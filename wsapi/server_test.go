package wsapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"vmhost/jobs"
	"vmhost/jobs/jobstest"
	"vmhost/wsapi"
)

func TestCodesAreUnique(t *testing.T) {
	codes, names := map[wsapi.Code]bool{}, map[string]bool{}
	for _, c := range wsapi.Codes() {
		if codes[c.Code] || names[c.Name] || c.Text == "" {
			t.Errorf("%+v is there twice or says nothing", c)
		}
		codes[c.Code], names[c.Name] = true, true
	}
	for _, c := range []wsapi.Code{
		wsapi.CodeParse, wsapi.CodeRequest, wsapi.CodeMethod, wsapi.CodeParams, wsapi.CodeInternal, wsapi.CodeCursor,
		wsapi.CodeNotFound, wsapi.CodeNotProvable, wsapi.CodeUnsupported, wsapi.CodeLimit, wsapi.CodeFinished,
		wsapi.CodeModule, wsapi.CodeUnknownBlock, wsapi.CodeStateGone, wsapi.CodeStopped,
	} {
		if !codes[c] {
			t.Errorf("%d is not in the table", c)
		}
	}
	closes := map[int]bool{}
	for _, c := range wsapi.CloseCodes() {
		if closes[c.Code] || len(c.Text) > 123 {
			t.Errorf("close code %+v", c)
		}
		closes[c.Code] = true
	}
}

func (f *fixture) request(t *testing.T, method, path, body string, header map[string]string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, f.http.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range header {
		if k == "Host" {
			req.Host = v
		}
		req.Header.Set(k, v)
	}
	resp, err := f.http.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

func TestHTTP(t *testing.T) {
	f := start(t, wsapi.Options{MaxBody: 1000, MaxModule: 2000, Origins: []string{"https://app.example"}}, jobs.Options{}, nil)
	asJSON := map[string]string{"Content-Type": "application/json"}
	wasm := map[string]string{"Content-Type": "application/wasm"}
	chain := `{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}`
	for _, c := range []struct {
		name, method, path, body string
		header                   map[string]string
		status                   int
		want                     string
	}{
		{"call", "POST", "/", chain, asJSON, 200, `{"jsonrpc":"2.0","id":1,"result":"0x539"}`},
		{"batch", "POST", "/", "[" + chain + "]", asJSON, 200, `[{"jsonrpc":"2.0","id":1,"result":"0x539"}]`},
		{"charset", "POST", "/", chain, map[string]string{"Content-Type": "application/json; charset=utf-8"}, 200, "0x539"},
		{"notification", "POST", "/", `{"jsonrpc":"2.0","method":"eth_chainId"}`, asJSON, 204, ""},
		{"no subscription", "POST", "/", `{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["results"]}`, asJSON, 200, "-32601"},
		{"form post", "POST", "/", chain, map[string]string{"Content-Type": "text/plain"}, 415, ""},
		{"too large", "POST", "/", strings.Repeat(" ", 1001), asJSON, 413, ""},
		{"upload", "POST", "/modules?name=sum", string(jobstest.Wasm("sum")), wasm, 200, `"name":"sum"`},
		{"upload of no module", "POST", "/modules", "hello", wasm, 400, `"code":-32007`},
		{"upload too large", "POST", "/modules", strings.Repeat(" ", 2001), wasm, 413, ""},
		{"upload as text", "POST", "/modules", "x", map[string]string{"Content-Type": "text/plain"}, 415, ""},
		{"health", "GET", "/healthz", "", nil, 200, "ok"},
		{"not ready", "GET", "/readyz", "", nil, 503, "no block yet"},
		{"page", "GET", "/", "", nil, 200, "<!doctype html>"},
		{"no such file", "GET", "/dashboard/../server.go", "", nil, 404, ""},
		{"no such path", "GET", "/nope", "", nil, 404, ""},
		{"plain GET of the socket", "GET", "/ws", "", nil, 426, ""},
		{"own origin", "POST", "/", chain, map[string]string{"Content-Type": "application/json", "Origin": f.http.URL}, 200, "0x539"},
		{"listed origin", "POST", "/", chain, map[string]string{"Content-Type": "application/json", "Origin": "https://app.example"}, 200, "0x539"},
		{"other origin", "POST", "/", chain, map[string]string{"Content-Type": "application/json", "Origin": "https://evil.example"}, 403, ""},
		{"null origin", "POST", "/", chain, map[string]string{"Content-Type": "application/json", "Origin": "null"}, 403, ""},
		{"rebound name", "POST", "/", chain, map[string]string{"Content-Type": "application/json", "Host": "evil.example"}, 421, ""},
		{"rebound name, own origin", "POST", "/", chain, map[string]string{"Content-Type": "application/json", "Host": "evil.example", "Origin": "http://evil.example"}, 421, ""},
	} {
		status, body := f.request(t, c.method, c.path, c.body, c.header)
		if status != c.status || !strings.Contains(body, c.want) {
			t.Errorf("%s: %d %s; want %d %s", c.name, status, body, c.status, c.want)
		}
	}
	if _, err := f.world.Advance(t.Context(), 1, ""); err != nil {
		t.Fatal(err)
	}
	if status, body := f.request(t, "GET", "/readyz", "", nil); status != 200 || !strings.Contains(body, `"ready":true`) {
		t.Errorf("ready: %d %s", status, body)
	}
	status, body := f.request(t, "GET", "/metrics", "", nil)
	for _, want := range []string{
		`vmhost_rpc_requests_total{method="eth_chainId",outcome="ok"}`, `vmhost_head_height 1`,
		`vmhost_rpc_requests_total{method="eth_subscribe",outcome="method_not_found"} 1`, "vmhost_connections 0",
	} {
		if status != 200 || !strings.Contains(body, want) {
			t.Errorf("/metrics has no %s", want)
		}
	}
}

func TestListen(t *testing.T) {
	f := start(t, wsapi.Options{}, jobs.Options{}, nil)
	for _, addr := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0", "example.org:0"} {
		if l, err := f.srv.Listen(addr); !errors.Is(err, wsapi.ErrNotLoopback) {
			t.Errorf("%s: %v %v", addr, l, err)
		}
	}
	l, err := f.srv.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
}

func TestWatchdog(t *testing.T) {
	f := start(t, wsapi.Options{MaxLag: 10 * time.Millisecond, Ready: func() error { return errors.New("binding not checked") }}, jobs.Options{}, nil)
	if _, err := f.world.Advance(t.Context(), 1, ""); err != nil {
		t.Fatal(err)
	}
	time.Sleep(20 * time.Millisecond)
	status, body := f.request(t, "GET", "/readyz", "", nil)
	if status != 503 || !strings.Contains(body, "no block for") || !strings.Contains(body, "binding not checked") {
		t.Errorf("%d %s", status, body)
	}
}

func send(tb testing.TB, ws *websocket.Conn, text string) {
	tb.Helper()
	if err := ws.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		tb.Fatal(err)
	}
}

func recv(tb testing.TB, ws *websocket.Conn) string {
	tb.Helper()
	b, err := readFor(ws, 5*time.Second)
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}

func TestFrameLimit(t *testing.T) {
	for _, compressed := range []bool{false, true} {
		f := start(t, wsapi.Options{MaxFrame: 4096, Compression: compressed}, jobs.Options{}, nil)
		d := websocket.Dialer{EnableCompression: compressed}
		ws, resp, err := d.Dial("ws"+strings.TrimPrefix(f.http.URL, "http")+"/ws", nil)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		pad := func(n int) string {
			return `{"jsonrpc":"2.0","id":1,"method":"eth_chainId","x":"` + strings.Repeat("a", n) + `"}`
		}
		send(t, ws, pad(4000))
		if got := recv(t, ws); !strings.Contains(got, "0x539") {
			t.Fatal(got)
		}
		send(t, ws, pad(1<<20)) // compressed it is about 1 KiB: the bomb
		_, err = readFor(ws, 5*time.Second)
		if !websocket.IsCloseError(err, websocket.CloseMessageTooBig) {
			t.Errorf("compressed=%v: %v, want close 1009", compressed, err)
		}
		_ = ws.Close()
	}
}

func TestBinaryFrame(t *testing.T) {
	f := start(t, wsapi.Options{}, jobs.Options{}, nil)
	ws := f.dial(t)
	if err := ws.WriteMessage(websocket.BinaryMessage, []byte(`{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}`)); err != nil {
		t.Fatal(err)
	}
	if got := recv(t, ws); !strings.Contains(got, "-32700") {
		t.Fatal(got)
	}
	send(t, ws, `{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}`)
	if got := recv(t, ws); !strings.Contains(got, "0x539") {
		t.Fatal("closed after a binary frame:", got)
	}
}

func TestSocketOrigins(t *testing.T) {
	f := start(t, wsapi.Options{Origins: []string{"https://app.example"}}, jobs.Options{}, nil)
	url := "ws" + strings.TrimPrefix(f.http.URL, "http")
	for origin, ok := range map[string]bool{
		"": true, f.http.URL: true, "https://app.example": true, "https://evil.example": false, "https://app.example.evil": false, "null": false,
	} {
		h := http.Header{}
		if origin != "" {
			h.Set("Origin", origin)
		}
		ws, resp, err := websocket.DefaultDialer.Dial(url, h)
		if resp != nil {
			_ = resp.Body.Close()
		}
		if (err == nil) != ok {
			t.Errorf("origin %q: %v", origin, err)
		}
		if ws != nil {
			_ = ws.Close()
		}
	}
}

func TestConnectionAndSubscriptionLimits(t *testing.T) {
	f := start(t, wsapi.Options{MaxConnections: 1, MaxSubscriptions: 2, MaxBatch: 3}, jobs.Options{}, nil)
	ws := f.dial(t)
	for i := range 3 {
		send(t, ws, fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"eth_subscribe","params":["results"]}`, i))
		if got := recv(t, ws); strings.Contains(got, "-32005") != (i == 2) {
			t.Fatalf("subscription %d: %s", i, got)
		}
	}
	one := `{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}`
	send(t, ws, "["+strings.Join([]string{one, one, one, one}, ",")+"]")
	if got := recv(t, ws); !strings.Contains(got, "-32005") {
		t.Fatal(got)
	}
	second, resp, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(f.http.URL, "http"), nil)
	if err == nil {
		_ = second.Close()
		t.Fatal("a second connection")
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusServiceUnavailable {
		t.Error(resp.Status)
	}
}

func TestPings(t *testing.T) {
	f := start(t, wsapi.Options{PingEvery: 5 * time.Millisecond, PongWait: 60 * time.Millisecond}, jobs.Options{}, nil)
	// A client that answers pings stays, however long it says nothing.
	quiet := f.dial(t)
	pings := make(chan struct{}, 1000)
	answer := quiet.PingHandler()
	quiet.SetPingHandler(func(s string) error { pings <- struct{}{}; return answer(s) })
	_, err := readFor(quiet, 200*time.Millisecond)
	if websocket.IsCloseError(err, 3012) || len(pings) < 5 {
		t.Fatalf("%v after %d pings", err, len(pings))
	}
	// One that does not is closed with a reason.
	mute := f.dial(t)
	mute.SetPingHandler(func(string) error { return nil })
	if _, err := readFor(mute, 5*time.Second); !websocket.IsCloseError(err, 3012) {
		t.Fatal(err)
	}
}

func TestShutdownCloses1001(t *testing.T) {
	f := start(t, wsapi.Options{}, jobs.Options{}, nil)
	ws := f.dial(t)
	send(t, ws, `{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["results"]}`)
	recv(t, ws)
	if err := f.srv.Shutdown(context.Background()); err != nil {
		t.Fatal(err)
	}
	if _, err := readFor(ws, 5*time.Second); !websocket.IsCloseError(err, websocket.CloseGoingAway) {
		t.Fatal(err)
	}
}

type note struct {
	Params struct {
		Result struct {
			Type, Cursor, OldestCursor string
			Code                       int
			Block                      struct{ Number jobs.Quantity }
			Items                      []struct{ JobID string }
		}
	}
}

func parse(tb testing.TB, text string) note {
	tb.Helper()
	var n note
	if err := json.Unmarshal([]byte(text), &n); err != nil {
		tb.Fatal(err, text)
	}
	return n
}

// A subscriber that does not read for a long time blocks nobody, and gets every
// block afterwards, in order, from the log.
func TestSlowSubscriber(t *testing.T) {
	f := start(t, wsapi.Options{MaxQueue: 2000}, jobs.Options{}, nil)
	mod, err := f.world.Modules().Put(t.Context(), jobstest.Wasm("sum"), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.world.CreateTrigger(t.Context(), jobs.NewTrigger{
		Program: mod.Hash, Input: bytes.Repeat([]byte("x"), 20_000), On: jobs.TriggerOn{EveryBlock: true},
	}); err != nil {
		t.Fatal(err)
	}
	slow, quick := f.dial(t), f.dial(t)
	for _, ws := range []*websocket.Conn{slow, quick} {
		send(t, ws, `{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["results"]}`)
		recv(t, ws)
	}
	const blocks = 300 // 12 MB of messages: more than any socket buffer holds
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range blocks {
			if n := parse(t, recv(t, quick)); uint64(n.Params.Result.Block.Number) != uint64(i+1) {
				t.Errorf("quick: block %d at %d", n.Params.Result.Block.Number, i)
			}
		}
	}()
	if _, err := f.world.Advance(t.Context(), blocks, ""); err != nil {
		t.Fatal(err)
	}
	<-done
	for i := range blocks {
		if n := parse(t, recv(t, slow)); uint64(n.Params.Result.Block.Number) != uint64(i+1) {
			t.Fatalf("slow: block %d at %d", n.Params.Result.Block.Number, i)
		}
	}
}

// One that falls behind retention is told, with a cursor that works.
func TestSubscriberPastRetention(t *testing.T) {
	f := start(t, wsapi.Options{MaxQueue: 1000, WriteWait: time.Minute}, jobs.Options{}, jobs.NewMemLog(20, 2))
	mod, err := f.world.Modules().Put(t.Context(), jobstest.Wasm("sum"), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.world.CreateTrigger(t.Context(), jobs.NewTrigger{
		Program: mod.Hash, Input: bytes.Repeat([]byte("x"), 30_000), On: jobs.TriggerOn{EveryBlock: true},
	}); err != nil {
		t.Fatal(err)
	}
	ws := f.dial(t)
	send(t, ws, `{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["results"]}`)
	recv(t, ws)
	for range 400 { // 24 MB of messages: more than the sockets hold
		b, err := f.world.Advance(t.Context(), 1, "")
		if err != nil {
			t.Fatal(err)
		}
		if err := f.world.Finalized(t.Context(), b.Ref()); err != nil {
			t.Fatal(err)
		}
	}
	for range 500 {
		n := parse(t, recv(t, ws)).Params.Result
		if n.Type != "error" {
			continue
		}
		if n.Code != -32001 || n.OldestCursor == "" {
			t.Fatalf("%+v", n)
		}
		// The error waited behind what was unread, and jobs still run: by now the
		// oldest record may be another, and then the answer says which.
		oldest := n.OldestCursor
		for oldest != "" {
			send(t, ws, `{"jsonrpc":"2.0","id":2,"method":"eth_subscribe","params":["results",{"cursor":"`+oldest+`"}]}`)
			var answer struct {
				Result string
				Error  struct {
					Code int
					Data struct{ OldestCursor string }
				}
			}
			if err := json.Unmarshal([]byte(recv(t, ws)), &answer); err != nil {
				t.Fatal(err)
			}
			if oldest = answer.Error.Data.OldestCursor; answer.Result == "" {
				if answer.Error.Code != -32001 || oldest == "" {
					t.Fatalf("%+v", answer)
				}
				continue
			}
			n := parse(t, recv(t, ws)).Params.Result
			if oldest = n.OldestCursor; n.Cursor == "" && oldest == "" {
				t.Fatalf("%+v", n)
			}
		}
		return
	}
	t.Fatal("never told")
}

// A cursor works on another server process with the same log, and not on one
// with another.
func TestCursorAcrossRestart(t *testing.T) {
	dir := t.TempDir()
	open := func() (*fixture, *jobs.FileLog) {
		l, err := jobs.OpenFileLog(dir, jobs.FileLogOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return start(t, wsapi.Options{}, jobs.Options{}, l), l
	}
	f, l := open()
	ws := f.dial(t)
	send(t, ws, `{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["results"]}`)
	recv(t, ws)
	if _, err := f.world.Advance(t.Context(), 3, ""); err != nil {
		t.Fatal(err)
	}
	cursor := parse(t, recv(t, ws)).Params.Result.Cursor
	_ = f.srv.Shutdown(context.Background())
	f.world.Close()
	_ = l.Close()

	f, l = open()
	defer func() { _ = l.Close() }()
	ws = f.dial(t)
	resume := `{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["results",{"cursor":"` + cursor + `"}]}`
	send(t, ws, resume)
	if got := recv(t, ws); strings.Contains(got, "error") {
		t.Fatal(got)
	}
	for want := uint64(2); want <= 3; want++ {
		if n := parse(t, recv(t, ws)); uint64(n.Params.Result.Block.Number) != want {
			t.Fatalf("block %d, want %d", n.Params.Result.Block.Number, want)
		}
	}
	other := start(t, wsapi.Options{}, jobs.Options{}, nil)
	ws = other.dial(t)
	send(t, ws, resume)
	if got := recv(t, ws); !strings.Contains(got, "-32001") || !strings.Contains(got, "oldestCursor") {
		t.Fatal(got)
	}
}

func TestStatusSubscription(t *testing.T) {
	f := start(t, wsapi.Options{StatusEvery: time.Millisecond}, jobs.Options{}, nil)
	f.world.Prover.Steps = 3
	ws := f.dial(t)
	send(t, ws, `{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["status"]}`)
	recv(t, ws)
	if got := recv(t, ws); !strings.Contains(got, `"type":"status"`) || !strings.Contains(got, `"head":null`) {
		t.Fatal(got)
	}
	mod, err := f.world.Modules().Put(t.Context(), jobstest.Wasm("sum"), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.world.Advance(t.Context(), 1, ""); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.world.Submit(t.Context(), jobs.Submission{Program: mod.Hash, Prove: true}); err != nil {
		t.Fatal(err)
	}
	var states []string
	progress := false
	for !strings.Contains(strings.Join(states, " "), "proven") {
		var n struct {
			Params struct {
				Result struct {
					Type     string
					Changed  []struct{ State string }
					Progress []struct{ Stage string }
				}
			}
		}
		text := recv(t, ws)
		if err := json.Unmarshal([]byte(text), &n); err != nil || n.Params.Result.Type != "status" {
			t.Fatal(err, text)
		}
		for _, j := range n.Params.Result.Changed {
			states = append(states, j.State)
		}
		progress = progress || len(n.Params.Result.Progress) > 0
	}
	if !progress {
		t.Error("no progress")
	}
}

func TestProgressMessages(t *testing.T) {
	f := start(t, wsapi.Options{StatusEvery: time.Millisecond}, jobs.Options{}, nil)
	f.world.Prover.Steps = 1
	f.world.Prover.Gate.Close()
	mod, err := f.world.Modules().Put(t.Context(), jobstest.Wasm("sum"), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.world.Advance(t.Context(), 1, ""); err != nil {
		t.Fatal(err)
	}
	ws := f.dial(t)
	send(t, ws, `{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["results"]}`)
	recv(t, ws)
	id, _, err := f.world.Submit(t.Context(), jobs.Submission{Program: mod.Hash, Prove: true})
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if got := recv(t, ws); strings.Contains(got, `"type":"progress"`) {
			if !strings.Contains(got, string(id)) || !strings.Contains(got, `"stage":"prove"`) {
				t.Fatal(got)
			}
			return
		}
	}
	t.Fatal("no progress")
}
