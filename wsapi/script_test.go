package wsapi_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"go.uber.org/goleak"

	"vmhost/jobs"
	"vmhost/jobs/jobstest"
	"vmhost/wsapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fixture is a server on fakes.
type fixture struct {
	t     testing.TB
	world *jobstest.World
	srv   *wsapi.Server
	http  *httptest.Server
}

func start(tb testing.TB, o wsapi.Options, jo jobs.Options, log jobs.Log) *fixture {
	tb.Helper()
	w, err := jobstest.NewWorld(tb.Context(), log, jo)
	if err != nil {
		tb.Fatal(err)
	}
	f := &fixture{t: tb, world: w}
	o.Jobs, o.ChainID = w.Manager, 1337
	o.State, o.Verifier = fakeState{}, fakeVerifier{}
	if f.srv, err = wsapi.New(o); err != nil {
		tb.Fatal(err)
	}
	f.http = httptest.NewServer(f.srv.Handler())
	tb.Cleanup(func() {
		w.Exec.Gate.Open()
		w.Prover.Gate.Open()
		if err := f.srv.Shutdown(context.Background()); err != nil {
			tb.Error(err)
		}
		f.http.Close()
		w.Close()
	})
	return f
}

type fakeState struct{}

func (fakeState) Collections(context.Context, jobs.BlockRef) ([]wsapi.Collection, error) {
	return []wsapi.Collection{{Name: "header", Length: 6}, {Name: "pool", Handle: 1, Length: 2}}, nil
}

func (fakeState) Items(_ context.Context, at jobs.BlockRef, name string, index, n uint32) ([]wsapi.StateItem, error) {
	if name != "pool" || index+n > 2 {
		return nil, fmt.Errorf("collection %q: %w", name, wsapi.ErrNotFound)
	}
	var out []wsapi.StateItem
	for i := index; i < index+n; i++ {
		out = append(out, wsapi.StateItem{Index: i, Kind: "slot", Address: make([]byte, 20), Value: jobs.Hash{31: byte(at.Number)}})
	}
	return out, nil
}

type fakeVerifier struct{}

func (fakeVerifier) VerifyProof(_ context.Context, file json.RawMessage) (wsapi.Verdict, error) {
	var f struct{ Format string }
	if json.Unmarshal(file, &f) != nil || f.Format != "vmhost-proof/1" {
		return wsapi.Verdict{Reason: "format"}, nil //nolint:nilerr // an invalid proof is an answer
	}
	return wsapi.Verdict{Valid: true}, nil
}

func (f *fixture) dial(tb testing.TB) *websocket.Conn {
	tb.Helper()
	ws, resp, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(f.http.URL, "http"), nil)
	if err != nil {
		tb.Fatal(err)
	}
	_ = resp.Body.Close()
	tb.Cleanup(func() { _ = ws.Close() })
	return ws
}

// TestScripts plays testdata/rpc/*.txt. Lines:
//
//	--> MESSAGE   is sent as it is, after "$name" was replaced
//	<-- JSON      must be the next message: "$name" captures (or repeats) a
//	              value, "$_" is anything, and "…": true in an object allows
//	              further fields
//	<-- nothing   nothing comes for 50 ms
//	!! COMMAND    advance N [BRANCH] · back N · finalize N · anchor N ·
//	              hold executor|prover · release executor|prover ·
//	              reconnect · restart (the jobs, on the same log)
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/rpc/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			f := start(t, wsapi.Options{StatusEvery: time.Millisecond}, jobs.Options{Workers: 1}, nil)
			p := &player{fixture: f, t: t, ws: f.dial(t), vars: map[string]any{}}
			sc := bufio.NewScanner(strings.NewReader(string(b)))
			sc.Buffer(nil, 1<<20)
			for n := 1; sc.Scan(); n++ {
				p.line(fmt.Sprintf("%s:%d", filepath.Base(name), n), sc.Text())
			}
		})
	}
}

type player struct {
	*fixture
	t    testing.TB
	ws   *websocket.Conn
	vars map[string]any
}

func (p *player) line(at, text string) {
	p.t.Helper()
	kind, rest, _ := strings.Cut(text, " ")
	switch kind {
	case "-->":
		for name, v := range p.vars {
			if s, ok := v.(string); ok {
				rest = strings.ReplaceAll(rest, "$"+name+"$", s)
			}
		}
		if err := p.ws.WriteMessage(websocket.TextMessage, []byte(rest)); err != nil {
			p.t.Fatalf("%s: %v", at, err)
		}
	case "<--":
		p.expect(at, rest)
	case "!!":
		p.command(at, strings.Fields(rest))
	case "", "//":
	default:
		p.t.Fatalf("%s: unknown line %q", at, text)
	}
}

func (p *player) expect(at, want string) {
	p.t.Helper()
	if want == "nothing" {
		b, err := readFor(p.ws, 50*time.Millisecond)
		if err == nil {
			p.t.Fatalf("%s: unexpected %s", at, b)
		}
		p.ws = p.dial(p.t) // a timed out gorilla connection is unusable
		return
	}
	b, err := readFor(p.ws, 5*time.Second)
	if err != nil {
		p.t.Fatalf("%s: %v", at, err)
	}
	var w, g any
	if err := json.Unmarshal([]byte(want), &w); err != nil {
		p.t.Fatalf("%s: the script: %v", at, err)
	}
	if err := json.Unmarshal(b, &g); err != nil {
		p.t.Fatalf("%s: %v", at, err)
	}
	if err := p.match("", w, g); err != nil {
		p.t.Fatalf("%s: %v\n got %s\nwant %s", at, err, b, want)
	}
}

func readFor(ws *websocket.Conn, d time.Duration) ([]byte, error) {
	_ = ws.SetReadDeadline(time.Now().Add(d))
	defer func() { _ = ws.SetReadDeadline(time.Time{}) }()
	_, b, err := ws.ReadMessage()
	return b, err
}

func (p *player) match(path string, want, got any) error {
	switch w := want.(type) {
	case string:
		if w == "$_" {
			return nil
		}
		if name, ok := strings.CutPrefix(w, "$"); ok {
			name = strings.TrimSuffix(name, "$")
			if old, ok := p.vars[name]; ok && !reflect.DeepEqual(old, got) {
				return fmt.Errorf("%s: %v, but %s was %v", path, got, w, old)
			}
			p.vars[name] = got
			return nil
		}
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return fmt.Errorf("%s: %v is not an object", path, got)
		}
		for k, v := range w {
			if k == "…" {
				continue
			}
			gv, ok := g[k]
			if !ok {
				return fmt.Errorf("%s.%s is missing", path, k)
			}
			if err := p.match(path+"."+k, v, gv); err != nil {
				return err
			}
		}
		if _, open := w["…"]; open {
			return nil
		}
		for k := range g {
			if _, ok := w[k]; !ok {
				return fmt.Errorf("%s.%s is unexpected", path, k)
			}
		}
		return nil
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return fmt.Errorf("%s: %v, want %d elements", path, got, len(w))
		}
		for i := range w {
			if err := p.match(fmt.Sprintf("%s[%d]", path, i), w[i], g[i]); err != nil {
				return err
			}
		}
		return nil
	}
	if !reflect.DeepEqual(want, got) {
		return fmt.Errorf("%s: %v, want %v", path, got, want)
	}
	return nil
}

func (p *player) command(at string, a []string) {
	p.t.Helper()
	ctx := context.Background()
	n := uint64(0)
	if len(a) > 1 {
		n, _ = strconv.ParseUint(a[1], 10, 64)
	}
	gate := func() *jobstest.Gate {
		if a[1] == "prover" {
			return &p.world.Prover.Gate
		}
		return &p.world.Exec.Gate
	}
	var err error
	switch a[0] {
	case "advance":
		branch := ""
		if len(a) > 2 {
			branch = a[2]
		}
		for range n {
			if _, err = p.world.Advance(ctx, 1, branch); err != nil {
				break
			}
			p.settle()
		}
	case "back":
		err = p.world.Back(ctx, int(n))
	case "finalize":
		err = p.world.Finalized(ctx, p.world.At(n).Ref())
	case "anchor":
		err = p.world.Anchored(ctx, p.world.At(n).Ref(), jobs.Anchor{Tx: jobs.Hash{31: 0xaa}, Included: 9})
	case "hold":
		gate().Close()
	case "release":
		gate().Open()
		p.settle()
	case "settle":
		p.settle()
	case "reconnect":
		_ = p.ws.Close()
		p.ws = p.dial(p.t)
	default:
		p.t.Fatalf("%s: unknown command %q", at, a[0])
	}
	if err != nil {
		p.t.Fatalf("%s: %v", at, err)
	}
}

// settle waits until nothing runs that is not held.
func (p *player) settle() {
	deadline := time.Now().Add(5 * time.Second)
	for quiet := 0; quiet < 3 && time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		st := p.world.Status()
		if st.Queued+st.Running+st.ProofsQueued+st.Proving == 0 {
			quiet++
		} else if quiet = 0; time.Until(deadline) < 4950*time.Millisecond {
			return // held
		}
	}
}
