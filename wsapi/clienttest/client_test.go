package clienttest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"vmhost/jobs"
	"vmhost/jobs/jobstest"
	"vmhost/wsapi"
)

// need skips the test when a tool is missing, and fails it in CI.
func need(t *testing.T, browser bool) {
	t.Helper()
	var missing []string
	if _, err := exec.LookPath("node"); err != nil {
		missing = append(missing, "node")
	}
	if _, err := os.Stat("node_modules/viem/package.json"); err != nil {
		missing = append(missing, "npm packages (npm ci --ignore-scripts in wsapi/clienttest)")
	}
	if browser {
		if _, err := os.Stat(chromium()); err != nil {
			missing = append(missing, chromium())
		}
	}
	if len(missing) == 0 {
		return
	}
	text := "missing: " + strings.Join(missing, ", ")
	if os.Getenv("CI") == "true" {
		t.Fatal(text)
	}
	t.Skip(text)
}

func chromium() string {
	if c := os.Getenv("CHROMIUM"); c != "" {
		return c
	}
	return "/usr/bin/chromium"
}

// target is the server under test and the means to move its chain.
type target interface {
	addr() string
	info() map[string]any
	advance(n int) error
	reorg(depth int) error
	busy()
}

// fake is a server in this process.
type fake struct {
	world *jobstest.World
	http  *httptest.Server
	mu    sync.Mutex
	n     int
}

// work makes executions and proofs take a little, and journals differ.
type work struct {
	jobstest.Executor
	jobstest.Prover
}

// troubled is an anchor service with something of everything: the dashboard's words
// for it are compared.
func troubled() *wsapi.AnchorStatus {
	return &wsapi.AnchorStatus{
		Account: "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266", Balance: "0x0", Problem: "out of money: <b>0 wei</b>",
		States:  map[string]int{"anchored": 1, "queued": 1},
		Demands: &wsapi.AnchorDemands{Open: 2, Nearest: 71, Answered: 5, Cannot: 1, Why: []wsapi.AnchorDemand{{Height: 3, Deadline: 71, Why: "below the window"}}},
		Deposit: &wsapi.AnchorDeposit{Bond: "0xb1a2bc2ec50000", Free: "0x1", Locked: "0xb1a2bc2ec50000", Leaving: "0x0", Earned: "0x0"},
		Anchors: []wsapi.AnchorLine{{Height: 9, State: "queued", Why: "out of money"}, {Height: 3, Hash: jobs.Hash{1}, Commitment: jobs.Hash{2}, State: "anchored", Included: 5, Attempts: 2}},
	}
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *work) Execute(ctx context.Context, r jobs.ExecRequest) (jobs.Result, error) {
	res, err := w.Executor.Execute(ctx, r)
	if err == nil {
		res.Steps = 41_000 + 977*r.View.Block().Number%4000
	}
	return res, err
}

func (w *work) Prove(ctx context.Context, r jobs.ProveRequest, progress func(jobs.Progress)) (jobs.Proof, error) {
	progress(jobs.Progress{Stage: "solving the circuit", Done: 0.4})
	if err := pause(ctx, time.Duration(20+rand.IntN(40))*time.Millisecond); err != nil {
		return jobs.Proof{}, err
	}
	p, err := w.Prover.Prove(ctx, r, progress)
	p.Info.Seconds = 2 + float64(r.View.Block().Number%5)*0.37
	return p, err
}

func startFake(t *testing.T) *fake {
	t.Helper()
	wk := &work{}
	w, err := jobstest.NewWorld(t.Context(), nil, jobs.Options{Executor: wk, Prover: wk})
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"reserve-ratio", "top-holders", "moving-average"} {
		mod, err := w.Modules().Put(t.Context(), jobstest.Wasm(name), name)
		if err != nil {
			t.Fatal(err)
		}
		in := []byte("window=32")
		if i == 2 {
			in = []byte("trap:not cached")
		}
		if _, err := w.CreateTrigger(t.Context(), jobs.NewTrigger{
			Program: mod.Hash, Input: in, On: jobs.TriggerOn{EveryBlock: true}, Prove: i == 0,
		}); err != nil {
			t.Fatal(err)
		}
	}
	srv, err := wsapi.New(wsapi.Options{Jobs: w.Manager, ChainID: 1337, Anchors: troubled})
	if err != nil {
		t.Fatal(err)
	}
	f := &fake{world: w, http: httptest.NewServer(srv.Handler())}
	t.Cleanup(func() {
		wk.Prover.Gate.Open()
		_ = srv.Shutdown(context.Background())
		f.http.Close()
		w.Close()
	})
	w.Prover = &wk.Prover
	if err := f.advance(2); err != nil {
		t.Fatal(err)
	}
	return f
}

func (f *fake) addr() string { return strings.TrimPrefix(f.http.URL, "http://") }

func (f *fake) info() map[string]any {
	return map[string]any{"chainId": 1337, "moving": false, "head": f.world.Head().Number}
}

func (f *fake) advance(n int) error {
	for range n {
		if err := f.step(); err != nil {
			return err
		}
	}
	return nil
}

func (f *fake) step() error {
	b, err := f.world.Advance(context.Background(), 1, fmt.Sprintf("/%d", f.branch()))
	if err != nil {
		return err
	}
	time.Sleep(30 * time.Millisecond)
	if b.Number > 4 {
		_ = f.world.Finalized(context.Background(), f.world.At(uint64(b.Number)-4).Ref())
		for _, ref := range f.world.Anchors.Wanted() {
			if ref.Number == uint64(b.Number)-3 {
				_ = f.world.Anchored(context.Background(), ref, jobs.Anchor{Tx: jobs.Hash{1, byte(ref.Number)}, Included: b.Number})
			}
		}
	}
	return nil
}

func (f *fake) branch() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.n
}

func (f *fake) reorg(depth int) error {
	f.mu.Lock()
	f.n++
	f.mu.Unlock()
	if err := f.world.Back(context.Background(), depth); err != nil {
		return err
	}
	return f.advance(depth + 1)
}

func (f *fake) busy() {
	time.Sleep(200 * time.Millisecond)
	f.world.Prover.Gate.Close()
	_ = f.advance(2)
}

// remote is a server of another process, whose chain moves by itself.
type remote struct{ url, reorgRPC string }

func (r remote) addr() string { return strings.TrimPrefix(r.url, "http://") }

func rpcCall(endpoint, method string, params, result any) error {
	body, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
	if err != nil {
		return err
	}
	resp, err := http.Post(endpoint, "application/json", bytes.NewReader(body)) // a test against loopback
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	var out struct {
		Result json.RawMessage
		Error  *struct{ Message string }
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return err
	}
	if out.Error != nil {
		return fmt.Errorf("%s: %s", method, out.Error.Message)
	}
	return json.Unmarshal(out.Result, result)
}

type remoteStatus struct {
	ChainID jobs.Quantity
	Head    struct{ Number jobs.Quantity }
}

func (r remote) status() (s remoteStatus) {
	_ = rpcCall(r.url, "vm_status", []any{}, &s)
	return s
}

func (r remote) info() map[string]any {
	s := r.status()
	return map[string]any{"chainId": uint64(s.ChainID), "moving": true, "head": uint64(s.Head.Number)}
}

func (r remote) advance(n int) error {
	want := uint64(r.status().Head.Number) + uint64(n)
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if uint64(r.status().Head.Number) >= want {
			return nil
		}
	}
	return fmt.Errorf("the chain of %s does not move", r.url)
}

func (r remote) reorg(depth int) error {
	if r.reorgRPC == "" {
		return fmt.Errorf("VMHOST_REORG_RPC is not set")
	}
	var ignore any
	return rpcCall(r.reorgRPC, "devnet_reorg", []any{depth, map[string]any{}}, &ignore)
}

func (remote) busy() {}

// proxy stands between client and server so that connections can be cut.
type proxy struct {
	l    net.Listener
	to   string
	mu   sync.Mutex
	down bool
	live map[net.Conn]struct{}
	wg   sync.WaitGroup
}

func startProxy(t *testing.T, to string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{l: l, to: to, live: map[net.Conn]struct{}{}}
	p.wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			p.wg.Go(func() { p.pipe(c) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		p.cut(true)
		p.wg.Wait()
	})
	return p
}

func (p *proxy) pipe(c net.Conn) {
	defer func() { _ = c.Close() }()
	up, err := net.Dial("tcp", p.to)
	if err != nil {
		return
	}
	defer func() { _ = up.Close() }()
	p.mu.Lock()
	down := p.down
	p.live[c], p.live[up] = struct{}{}, struct{}{}
	p.mu.Unlock()
	if down {
		return
	}
	var wg sync.WaitGroup
	for _, d := range [][2]net.Conn{{c, up}, {up, c}} {
		wg.Go(func() {
			_, _ = io.Copy(d[0], d[1])
			_ = d[0].Close()
			_ = d[1].Close()
		})
	}
	wg.Wait()
	p.mu.Lock()
	delete(p.live, c)
	delete(p.live, up)
	p.mu.Unlock()
}

// cut closes all connections, and refuses new ones while down.
func (p *proxy) cut(down bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.down = down
	for c := range p.live {
		_ = c.Close()
	}
}

type liveJob struct {
	JobID  string `json:"jobId"`
	Number uint64 `json:"number"`
	Hash   string `json:"hash"`
}

// control is what the scripts call.
func control(t *testing.T, tg target, p *proxy) string {
	t.Helper()
	arg := func(q url.Values, name string) int {
		n, _ := strconv.Atoi(q.Get(name))
		return n
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		var err error
		var out any = tg.info()
		switch r.URL.Path {
		case "/info":
		case "/advance":
			err = tg.advance(arg(q, "n"))
		case "/reorg":
			err = tg.reorg(arg(q, "depth"))
		case "/busy":
			tg.busy()
		case "/away":
			seen := head(tg)
			p.cut(true)
			if n := arg(q, "advance"); n > 0 {
				err = tg.advance(n)
			}
			if n := arg(q, "reorg"); n > 0 && err == nil {
				if tg.info()["moving"] == true {
					// deep enough to reach what the client saw, however far the chain has moved on
					n += int(head(tg)-seen) + 3
				}
				err = tg.reorg(n)
			}
			p.cut(false)
		case "/live":
			out, err = live(tg)
		default:
			err = fmt.Errorf("no such command")
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_ = json.NewEncoder(w).Encode(out)
	}))
	t.Cleanup(srv.Close)
	return srv.URL
}

// head is the target's newest block number.
func head(tg target) uint64 {
	n, _ := tg.info()["head"].(uint64)
	return n
}

// live is what the server says its live results are.
func live(tg target) ([]liveJob, error) {
	var list []struct {
		JobID  string
		State  string
		Result *struct{}
		Block  struct {
			Number jobs.Quantity
			Hash   string
		}
	}
	err := rpcCall("http://"+tg.addr()+"/", "vm_listJobs", []any{map[string]int{"limit": 1000}}, &list)
	out := []liveJob{}
	for _, j := range list {
		if j.Result != nil && j.State != "undone" {
			out = append(out, liveJob{j.JobID, uint64(j.Block.Number), j.Block.Hash})
		}
	}
	return out, err
}

func pick(t *testing.T) target {
	t.Helper()
	if u := os.Getenv("VMHOST_URL"); u != "" {
		return remote{strings.TrimSuffix(u, "/"), os.Getenv("VMHOST_REORG_RPC")}
	}
	return startFake(t)
}

func runScript(t *testing.T, script string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node", append([]string{script}, args...)...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s%s", script, err, out.String(), errs.String())
	}
	var last struct {
		OK      bool
		Results int
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil || !last.OK {
		t.Fatalf("%s said %s%s", script, out.String(), errs.String())
	}
	return lines[len(lines)-1]
}

func TestViem(t *testing.T) {
	need(t, false)
	tg := pick(t)
	p := startProxy(t, tg.addr())
	t.Log(runScript(t, "viem.mjs", "ws://"+p.l.Addr().String(), control(t, tg, p)))
}

func TestEthers(t *testing.T) {
	need(t, false)
	tg := pick(t)
	p := startProxy(t, tg.addr())
	t.Log(runScript(t, "ethers.mjs", "ws://"+p.l.Addr().String(), control(t, tg, p)))
}

// TestDashboard leaves screenshots in VMHOST_SCREENSHOTS if it is set.
func TestDashboard(t *testing.T) {
	need(t, true)
	shots := os.Getenv("VMHOST_SCREENSHOTS")
	if shots == "" {
		shots = t.TempDir()
	}
	tg := pick(t)
	p := startProxy(t, tg.addr())
	t.Log(runScript(t, "browser.mjs", "http://"+p.l.Addr().String()+"/", control(t, tg, p), shots))
	for _, name := range []string{"dashboard-light.png", "dashboard-dark.png", "dashboard-job.png", "dashboard-narrow.png"} {
		if st, err := os.Stat(shots + "/" + name); err != nil || st.Size() < 10_000 {
			t.Errorf("screenshot %s: %v", name, err)
		}
	}
}
