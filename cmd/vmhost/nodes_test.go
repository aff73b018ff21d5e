package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vmhost/anchoring"
	"vmhost/cmd/vmhost/internal/rpcclient"
	"vmhost/jobs"
	"vmhost/proofs"
	"vmhost/wsapi"
)

// The public test keys of the nodes' first accounts.
const (
	anvilDevKey = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"
	walkerKey   = "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d"
	gethDevKey  = "b71c71a67e1177ad4e901695e1b4b9ee17ae16c6668d313eac2f96dbcda3f291"
)

// anvilKeystore holds anvilDevKey; its password is "correct horse".
const anvilKeystore = `{"address":"f39fd6e51aad88f6f4ce6ab8827279cfffb92266","crypto":{"cipher":"aes-128-ctr","ciphertext":"72a89aef10668bd051c4563bdf059c6ff8d0fb47e0670dea282b8f1446e52848","cipherparams":{"iv":"4dbd55bbc455c603fab2cf7ab236b226"},"kdf":"scrypt","kdfparams":{"dklen":32,"n":2,"p":1,"r":8,"salt":"bc28b5804afe9e6e8ad541ded3303421e9cfee36eca5ef1321d73e994628f7d1"},"mac":"6803c65f85e35d1a53f6fb8e8679525b4a657da094b5bd4e1c78c1647e737139"},"id":"00000000-0000-0000-0000-000000000000","version":3}`

// startGeth runs go-ethereum's own node, a block a transaction. Its binary is named
// by VMHOST_GETH (.ci/run builds it): absent, the test is skipped, but not in CI.
func startGeth(t *testing.T) (host string) {
	t.Helper()
	bin := os.Getenv("VMHOST_GETH")
	if bin == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("no geth: VMHOST_GETH must name it (make geth)")
		}
		t.Skip("no geth: make geth, and set VMHOST_GETH=build/geth")
	}
	ports := freePorts(t, 3)
	cmd := exec.Command(bin, "--dev", "--http", "--http.addr", "127.0.0.1", "--http.port", ports[0], "--http.api", "eth,net,web3,debug",
		"--ws", "--ws.addr", "127.0.0.1", "--ws.port", ports[0], "--ws.api", "eth,net,web3,debug", "--nodiscover", "--maxpeers", "0", "--port", "0",
		"--authrpc.port", ports[1], "--ipcdisable", "--verbosity", "1")
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir())
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // ours, and it may be dead already
		_ = cmd.Wait()         // killed
	})
	host = "127.0.0.1:" + ports[0]
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		conn, err := net.Dial("tcp", host)
		if err == nil {
			_ = conn.Close()
			return host
		}
		if time.Now().After(deadline) {
			t.Fatalf("geth does not listen: %v", err)
		}
	}
}

func freePorts(t *testing.T, n int) (out []string) {
	t.Helper()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = l.Close() }()
		_, port, _ := net.SplitHostPort(l.Addr().String())
		out = append(out, port)
	}
	return out
}

// place is a real node with our contracts on it.
type place struct {
	t                        *testing.T
	host                     string
	dir                      string
	contracts, watch         string
	owner                    string            // key file
	ownerKey                 string            // what is in it
	signWith                 [4]string         // the server's flags for it
	client                   *anchoring.Client // signs with the owner's key
	walker                   *anchoring.Client // signs with another
	registry, router, holder [20]byte
}

// holderCode creates an account whose slots 0 and 1 are 1,000,000 and 2,500,000:
// the reserves of a pool.
const holderCode = "620f42405f55622625a060015500"

func newPlace(t *testing.T, host, owner string) *place {
	t.Helper()
	p := &place{t: t, host: host, dir: t.TempDir()}
	p.contracts = filepath.Join(p.dir, "contracts.json")
	p.owner, p.ownerKey = p.write("owner.key", owner), owner
	p.signWith = [4]string{"--anchor-key", p.owner, "--class", "tiny"}
	out, stderr, code := vmhost(t, "anchor", "deploy", "--rpc", "http://"+host, "--anchor-key", p.owner, "--contracts", p.contracts,
		"--unsafe-dev", "--class", "tiny", "--bond", "0.03", "--demand-bond", "0.001", "--challenge-window", "50", "--answer-window", "20", "--json")
	if code != exitOK {
		t.Fatalf("deploy: %d %s%s", code, out, stderr)
	}
	b, err := os.ReadFile(p.contracts)
	if err != nil {
		t.Fatal(err)
	}
	list, err := anchoring.DecodeDeployments(b)
	if err != nil {
		t.Fatal(err)
	}
	p.client, err = anchoring.Dial(t.Context(), anchoring.ClientOptions{URL: "http://" + host, Key: unhex(t, owner)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.client.Close)
	p.walker, err = anchoring.Dial(t.Context(), anchoring.ClientOptions{URL: "http://" + host, Key: unhex(t, walkerKey)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.walker.Close)
	to := p.walker.Address()
	if _, err := p.client.SendValue(t.Context(), &to, nil, big.NewInt(1e18), 21_000); err != nil {
		t.Fatal(err)
	}
	d := list[p.client.ChainID()]
	p.registry, p.router = d.Registry.Address, d.Router.Address
	tx, err := p.client.Send(t.Context(), nil, unhex(t, holderCode), 0)
	if err != nil {
		t.Fatal(err)
	}
	p.holder = tx.Contract
	p.watch = p.write("WATCH.json", fmt.Sprintf(`{"format":"vmhost-watch/1","chainId":"%#x","collections":[{"name":"pool","slots":{"address":"0x%x","count":2}}]}`,
		p.client.ChainID(), p.holder))
	p.must("anchor", "deposit", "1", "--rpc", "http://"+host, "--anchor-key", p.owner, "--contracts", p.contracts)
	return p
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// step makes a block, on any node: by a transaction.
func (p *place) step() {
	p.t.Helper()
	to := p.walker.Address()
	if _, err := p.walker.Send(p.t.Context(), &to, nil, 21_000); err != nil {
		p.t.Error(err)
	}
}

func (p *place) write(name, text string) string {
	p.t.Helper()
	path := filepath.Join(p.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
	return path
}

func (p *place) must(arguments ...string) string {
	p.t.Helper()
	out, stderr, code := vmhost(p.t, arguments...)
	if code != exitOK {
		p.t.Fatalf("%v: exit code %d: %s%s", arguments, code, out, stderr)
	}
	return out
}

// serve follows the node and anchors what is proven and every third block.
func (p *place) serve(rpc string) (*process, string) {
	p.t.Helper()
	s := start(p.t, "serve", "--json", "--rpc", rpc, "--data", filepath.Join(p.dir, "data"),
		"--keys", filepath.Join(testKeys, "keys"), "--listen", "127.0.0.1:0", "--watch", p.watch, "--contracts", p.contracts, "--verbose",
		"--unsafe-dev", "--class", "tiny", "--back", "1", "--anchor-every", "3", "--anchor-confirmations", "2",
		p.signWith[0], p.signWith[1], p.signWith[2], p.signWith[3])
	url, _ := s.line("listening")["url"].(string)
	s.line("synced")
	return s, url
}

// proven runs a job with a proof and waits until its block is anchored.
func (p *place) proven(url string, mine func()) {
	p.t.Helper()
	program := uploadExample(p.t, url, "reserve-ratio")
	c, err := rpcclient.New(url)
	if err != nil {
		p.t.Fatal(err)
	}
	defer c.Close()
	s := watchResults(p.t, url, "")
	out := p.must("client", "submit", "--server", url, "--program", program.String(), "--prove", "--json")
	var submitted struct {
		JobID jobs.JobID `json:"jobId"`
	}
	if err := json.Unmarshal([]byte(strings.SplitN(out, "\n", 2)[0]), &submitted); err != nil || submitted.JobID == "" {
		p.t.Fatalf("submit printed %s", out)
	}
	id := submitted.JobID
	s.until("proof", 5*time.Minute, proofOf(&id, "proven"))
	stop := mineUntil(mine)
	s.until("anchor", time.Minute, proofOf(&id, "anchored"))
	stop()
	raw, err := c.Proof(p.t.Context(), id)
	if err != nil {
		p.t.Fatal(err)
	}
	f, err := proofs.DecodeProofFile(raw)
	if err != nil {
		p.t.Fatal(err)
	}
	gas, err := p.client.Verify(p.t.Context(), p.router, f.Calldata())
	if err != nil {
		p.t.Fatalf("the contract refuses the proof: %v", err)
	}
	ok, err := p.client.IsAnchored(p.t.Context(), p.registry, f.Block.Number, f.Claim.Commitment)
	if err != nil || !ok {
		p.t.Errorf("the commitment of the proof is not anchored: %v", err)
	}
	p.t.Logf("verify %d gas", gas.Transaction)
}

// mineUntil calls mine, if there is one, until stop is called.
func mineUntil(mine func()) (stop func()) {
	quit, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for mine != nil {
			select {
			case <-quit:
				return
			case <-time.After(300 * time.Millisecond):
				mine()
			}
		}
	}()
	return func() { close(quit); <-ended }
}

// status is what the server says of its anchors.
func (p *place) status(url string) wsapi.AnchorStatus {
	p.t.Helper()
	out, _, _ := vmhost(p.t, "anchor", "status", "--server", url, "--json")
	var s wsapi.AnchorStatus
	if err := json.Unmarshal([]byte(out), &s); err != nil {
		p.t.Fatalf("status: %v: %s", err, out)
	}
	return s
}

// silent stops the server and looks for its key in what it printed and kept.
func (p *place) silent(s *process) {
	p.t.Helper()
	s.stop()
	said := s.errs.String()
	for _, line := range s.seen() {
		said += fmt.Sprint(line)
	}
	if !strings.Contains(said, "transaction sent") {
		p.t.Error("the log says nothing of transactions")
	}
	err := filepath.WalkDir(filepath.Join(p.dir, "data"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		said += string(b)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	for _, secret := range []string{p.ownerKey, string(unhex(p.t, p.ownerKey)), "correct horse"} {
		if strings.Contains(strings.ToLower(said), secret) || strings.Contains(said, secret) {
			p.t.Errorf("the server tells its key or password: %.4q…", secret)
		}
	}
}

// untilAnchored waits for n anchored heights and returns them.
func (p *place) untilAnchored(url string, n int, mine func()) []wsapi.AnchorLine {
	p.t.Helper()
	stop := mineUntil(mine)
	defer stop()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(200 * time.Millisecond) {
		s := p.status(url)
		var done []wsapi.AnchorLine
		for _, l := range s.Anchors {
			if l.State == "anchored" {
				done = append(done, l)
			}
		}
		if len(done) >= n {
			return done
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("%d anchored: %+v", len(done), s)
		}
	}
}

// challenge anchors a lie with the owner's key and takes it down with another.
func (p *place) challenge(mine func()) {
	p.t.Helper()
	honest := filepath.Join(p.dir, "STATE.json")
	p.must("state", "fetch", "--rpc", "http://"+p.host, "--watch", p.watch, "--out", honest)
	b, err := os.ReadFile(honest)
	if err != nil {
		p.t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(b, &doc); err != nil {
		p.t.Fatal(err)
	}
	delete(doc, "accounts")
	delete(doc, "commitment")
	items, _ := doc["collections"].([]any)[0].(map[string]any)["items"].([]any)
	items[1].(map[string]any)["value"] = "0x" + strings.Repeat("00", 31) + "01"
	b, err = json.Marshal(doc)
	if err != nil {
		p.t.Fatal(err)
	}
	lie := p.write("FALSE.json", string(b))
	at := []string{"--rpc", "http://" + p.host, "--contracts", p.contracts}
	if out, stderr, code := vmhost(p.t, append([]string{"anchor", "check", lie}, at...)...); code != exitNo || !strings.Contains(stderr, "nothing is anchored") {
		p.t.Errorf("check before: %d %s%s", code, out, stderr)
	}
	stop := mineUntil(mine)
	defer stop()
	p.must(append([]string{"anchor", "post", lie, "--unverified", "--anchor-key", p.owner, "--data", filepath.Join(p.dir, "post")}, at...)...)
	if _, stderr, code := vmhost(p.t, append([]string{"anchor", "check", honest}, at...)...); code != exitNo || !strings.Contains(stderr, "not what is anchored") {
		p.t.Errorf("check of the true state: %d %s", code, stderr)
	}
	if out, _, code := vmhost(p.t, append([]string{"anchor", "check", lie}, at...)...); code != exitNo || !strings.Contains(out, "pool[1]") {
		p.t.Errorf("check: %d %s", code, out)
	}
	// A watchtower, with the definitions alone and with the published file.
	tower := append([]string{"anchor", "watch", "--once", "--json", "--watch", p.watch, "--data", filepath.Join(p.dir, "tower")}, at...)
	if out, stderr, code := vmhost(p.t, tower...); code != exitNo || !strings.Contains(out, `"next":"demand directory/4/0"`) {
		p.t.Errorf("watch: %d %s%s", code, out, stderr)
	}
	published := filepath.Join(p.dir, "published")
	if err := os.Mkdir(published, 0o700); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(published, "FALSE.json"), b, 0o600); err != nil {
		p.t.Fatal(err)
	}
	tower = append(tower, "--published", published, "--data", filepath.Join(p.dir, "tower with files"))
	if out, stderr, code := vmhost(p.t, tower...); code != exitNo || !strings.Contains(out, `"claim":"refuteValue"`) {
		p.t.Errorf("watch with the file: %d %s%s", code, out, stderr)
	}
	out := p.must(append([]string{"anchor", "challenge", lie, "--json", "--anchor-key", p.owner}, at...)...)
	var done struct {
		Claim, Reward string
		Gas           uint64
	}
	if err := json.Unmarshal([]byte(out), &done); err != nil || done.Claim != "refuteValue" || done.Reward != "0x354a6ba7a18000" { // half of 0.03 ether
		p.t.Errorf("challenge: %s", out)
	}
	p.t.Logf("challenge %d gas", done.Gas)
	if _, stderr, code := vmhost(p.t, append([]string{"anchor", "check", lie}, at...)...); code != exitNo || !strings.Contains(stderr, "nothing is anchored") {
		p.t.Errorf("after the challenge: %d %s", code, stderr)
	}
}

// go-ethereum's own node, from deployment to a challenge that pays. When it is
// set back, that is a fault of the source, and nothing is rolled back.
func TestServeGeth(t *testing.T) {
	if testing.Short() {
		t.Skip("proves")
	}
	p := newPlace(t, startGeth(t), gethDevKey)
	p.step()
	s, url := p.serve("http://" + p.host + ",ws://" + p.host)
	p.proven(url, p.step)
	t.Logf("anchor %d gas", p.untilAnchored(url, 2, p.step)[0].Gas)
	p.silent(s)
	p.challenge(p.step)
	s, url = p.serve("http://" + p.host + ",ws://" + p.host)
	if p.status(url).States["anchored"] < 2 {
		t.Errorf("after the restart: %+v", p.status(url))
	}
	head, err := p.client.BlockNumber(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	call(t, "http://"+p.host, "debug_setHead", fmt.Sprintf("%#x", head-6))
	s.line("fault")
	for _, l := range s.seen() {
		if l["event"] == "reorg" {
			t.Errorf("rolled back although the node only went back: %v", l)
		}
	}
	s.stop()
}

// A node of another make; its reorganisations take anchors out, which are posted
// again for the same blocks.
func TestServeAnvilAnchors(t *testing.T) {
	if testing.Short() {
		t.Skip("proves")
	}
	p := newPlace(t, startAnvil(t), anvilDevKey)
	p.signWith = [4]string{"--keystore", p.write("keystore.json", anvilKeystore), "--password", p.write("password", "correct horse\n")}
	mine := func() { call(t, "http://"+p.host, "anvil_mine", "0x1") }
	mine()
	s, url := p.serve("ws://" + p.host + ",http://" + p.host)
	p.proven(url, mine)
	before := p.untilAnchored(url, 3, mine)
	// The newest anchor's transaction leaves the chain with the blocks above it.
	head, err := p.client.BlockNumber(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	depth := head - uint64(before[0].Included) + 1
	call(t, "http://"+p.host, "anvil_reorg", depth, []any{})
	if ok, err := p.client.IsAnchored(t.Context(), p.registry, uint64(before[0].Height), before[0].Commitment); err != nil || ok {
		t.Fatalf("the reorganisation did not take the anchor out: %v, %v", ok, err)
	}
	s.line("reorg")
	stop := mineUntil(mine)
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(200 * time.Millisecond) {
		ok, err := p.client.IsAnchored(t.Context(), p.registry, uint64(before[0].Height), before[0].Commitment)
		if err == nil && ok {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("not anchored again: %+v", p.status(url))
		}
	}
	stop()
	p.silent(s)
	p.challenge(mine)
}

// seen returns the lines so far.
func (p *process) seen() []map[string]any {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]map[string]any(nil), p.lines...)
}
