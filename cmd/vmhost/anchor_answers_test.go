package main

import (
	"io"
	"math/big"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vmhost/anchoring"
	"vmhost/anchoring/contracts"
	"vmhost/anchoring/contracts/bindings"
	"vmhost/anchoring/devchain"
	"vmhost/anchoring/signer"
	"vmhost/cmd/vmhost/internal/host"
)

// A server under a bond is asked for a part of an anchor: /metrics, vm_status and
// `anchor status` show anchors, transactions, deposit, and the demand that it
// answered. Without the deposit it says what is missing.
func TestAnswersAreShown(t *testing.T) {
	c, err := devchain.New(devchain.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	dial := func(account int) *anchoring.Client {
		client, err := anchoring.Dial(t.Context(), anchoring.ClientOptions{
			URL: c.HTTPURL(), Key: c.Accounts()[account].Key(), Sent: func() error { return c.Mine(1) },
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(client.Close)
		return client
	}
	operator, stranger := dial(3), dial(4)
	config := contracts.RegistryConfig{Bond: big.NewInt(3e15), DemandBond: big.NewInt(1e14), ChallengeWindow: 60, AnswerWindow: 20}
	system, err := operator.DeploySystemWith(t.Context(), nil, config)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := operator.Deposit(t.Context(), system.Registry, big.NewInt(1e17)); err != nil {
		t.Fatal(err)
	}
	key, err := signer.FromKey(c.Accounts()[3].Key())
	if err != nil {
		t.Fatal(err)
	}
	h, stop := run(t, host.Options{
		RPC: c.WSURL(), Keys: filepath.Join(t.TempDir(), "keys"), NoProve: true, Listen: "127.0.0.1:0", Window: 128,
		Registry: system.Registry, AnchorSigner: key, AnchorEvery: 4, Anchor: anchoring.AnchorerOptions{Retry: 10 * time.Millisecond},
	})
	defer stop()
	page := func() string {
		resp, err := http.Get(h.URL() + "/metrics") //nolint:noctx // of the test's own server
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close() //nolint:errcheck // read only
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	until := func(want ...string) {
		t.Helper()
		for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
			missing := ""
			for body, i := page(), 0; i < len(want); i++ {
				if !strings.Contains(body, want[i]) {
					missing = want[i]
				}
			}
			if missing == "" {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("no %s in %s", missing, page())
			}
			if err := c.Mine(1); err != nil {
				t.Fatal(err)
			}
		}
	}
	until("vmhost_anchor_anchors{state=\"anchored\"} 2\n")
	askForDirectory(t, stranger, system.Registry, config.DemandBond)
	until("vmhost_anchor_demands_answered_total 1\n", `vmhost_anchor_transactions_total{for="answer",outcome="done"} 1`,
		`vmhost_anchor_transactions_total{for="release",outcome="reverted"} 0`, `vmhost_anchor_deposit_wei{kind="earned"} 1e+14`,
		`vmhost_anchor_demands{state="open"} 0`, `vmhost_anchor_demands{state="cannot"} 0`, "vmhost_anchor_late 0\n", "# TYPE vmhost_anchor_fees_wei_total counter\n")
	body := page()
	for _, not := range []string{"vmhost_anchor_fees_wei_total 0\n", `vmhost_anchor_deposit_wei{kind="locked"} 0`, "vmhost_anchor_balance_wei 0\n", "vmhost_anchor_demand_blocks_left"} {
		if strings.Contains(body, not) {
			t.Errorf("/metrics has %s", not)
		}
	}
	code, out, errs := cli(t, "anchor", "status", "--server", h.URL())
	for _, want := range []string{"demands  0 open, 1 answered since the start; an anchor can be asked about for 100 blocks, answered for 128", "locked by anchors of 0.003 each, 0.0001 earned", "answer "} {
		if code != exitOK || !strings.Contains(out, want) {
			t.Errorf("exit %d: no %q in %s%s", code, want, out, errs)
		}
	}
}

// askForDirectory demands the root of the directory of the newest anchor.
func askForDirectory(t *testing.T, c *anchoring.Client, registry [20]byte, bond *big.Int) {
	t.Helper()
	head, err := c.BlockNumber(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	logs, err := c.Logs(t.Context(), registry, 0, head)
	if err != nil {
		t.Fatal(err)
	}
	b := bindings.NewAnchorRegistry()
	var a *bindings.AnchorRegistryAnchored
	for i := range logs {
		if e, err := b.UnpackAnchoredEvent(&logs[i]); err == nil {
			a = e
		}
	}
	if a == nil {
		t.Fatal("nothing is anchored")
	}
	out, err := c.Call(t.Context(), registry, b.PackCOMMITTAG())
	if err != nil {
		t.Fatal(err)
	}
	tag, err := b.UnpackCOMMITTAG(out)
	if err != nil {
		t.Fatal(err)
	}
	word := func(x []byte) *big.Int { return new(big.Int).SetBytes(x) }
	preimage := [8]*big.Int{
		tag, big.NewInt(devchain.ChainID), new(big.Int).SetUint64(a.Height), word(a.BlockHash[:16]), word(a.BlockHash[16:]),
		word(a.DirectoryRoot[:]), word(a.HistoryRoot[:]), new(big.Int),
	}
	call := b.PackDemand(a.Height, a.Commitment, bindings.DemandGamePlace{Node: a.Commitment}, [][8]*big.Int{preimage}, []uint8{5})
	if _, err := c.SendValue(t.Context(), &registry, call, bond, 0); err != nil {
		t.Fatal(err)
	}
}
