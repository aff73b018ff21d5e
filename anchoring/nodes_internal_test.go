package anchoring

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
)

// TestNodesLists: only the followed node is asked for an access list, and not
// again if it lied or has none; that it has none does not harm its health.
func TestNodesLists(t *testing.T) {
	var asked [2]int
	answers := [2]string{`"result":"0xc0"`, `"error":{"code":-32601,"message":"no such method"}`}
	var urls []string
	for i := range asked {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var req struct {
				ID     json.RawMessage
				Method string
			}
			if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
				t.Error(err)
			}
			w.Header().Set("Content-Type", "application/json")
			answer := `"result":"0x1"`
			if req.Method != "eth_chainId" {
				asked[i]++
				answer = answers[i]
			}
			_, _ = fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,%s}`, req.ID, answer) // the client sees it
		}))
		t.Cleanup(srv.Close)
		urls = append(urls, srv.URL)
	}
	pool, err := ethrpc.NewPool(urls, ethrpc.PoolOptions{ChainID: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	pool.Lead(pool.Endpoints()[0])
	n := &nodes{pool: pool}
	for range 2 {
		if raw, err := n.AccessList(t.Context(), [32]byte{1}); err != nil || string(raw) != "\xc0" {
			t.Fatalf("%x, %v", raw, err)
		}
	}
	n.blame(fmt.Errorf("block: %w", binding.ErrAccessList))
	if st := pool.Status(); st[0].State != ethrpc.Quarantined {
		t.Errorf("who lied is %v", st[0].State)
	}
	if _, err := n.lister.AccessList(t.Context(), [32]byte{1}); !errors.Is(err, binding.ErrNoAccessList) {
		t.Errorf("who lied is asked again: %v", err)
	}
	pool.Lead(pool.Endpoints()[1])
	for range 3 {
		if _, err := n.AccessList(t.Context(), [32]byte{1}); !errors.Is(err, binding.ErrUnavailable) || errors.Is(err, binding.ErrNoAccessList) {
			t.Error(err)
		}
	}
	if st := pool.Status(); st[1].State != ethrpc.Healthy {
		t.Errorf("who has no lists is %v", st[1].State)
	}
	if _, err := n.lister.AccessList(t.Context(), [32]byte{1}); !errors.Is(err, binding.ErrNoAccessList) {
		t.Error(err)
	}
	if asked != [2]int{2, 1} {
		t.Errorf("asked %v times", asked)
	}
}
