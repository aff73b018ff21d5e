package anchoring

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"

	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/signer"
)

// fake is a node that answers each method as it is told.
type fake struct {
	url string

	mu    sync.Mutex
	says  map[string]string // method to result or, beginning with {, error
	dies  map[string]bool   // it acts, and ends the connection
	calls []string
	sent  []byte // the last transaction
}

func newFake(t *testing.T) *fake {
	t.Helper()
	f := &fake{says: map[string]string{"eth_chainId": `"0x5"`, "eth_blockNumber": `"0xa"`}, dies: map[string]bool{}}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // else it is not JSON
		var call struct {
			ID     json.RawMessage   `json:"id"`
			Method string            `json:"method"`
			Params []json.RawMessage `json:"params"`
		}
		_ = json.Unmarshal(body, &call) // else no method
		f.mu.Lock()
		defer f.mu.Unlock()
		f.calls = append(f.calls, call.Method)
		if call.Method == "eth_sendRawTransaction" {
			var raw hexutil.Bytes
			_ = json.Unmarshal(call.Params[0], &raw) // else it has nothing
			f.sent = raw
		}
		answer, ok := f.says[call.Method]
		if f.dies[call.Method] || !ok {
			panic(http.ErrAbortHandler)
		}
		what := "result"
		if strings.HasPrefix(answer, `{"code"`) {
			what = "error"
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,%q:%s}`, call.ID, what, answer)
	}))
	t.Cleanup(srv.Close)
	f.url = srv.URL
	return f
}

func (f *fake) set(method, answer string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.says[method] = answer
}

func (f *fake) die(methods ...string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, m := range methods {
		f.dies[m] = true
	}
}

func (f *fake) asked(method string) (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, m := range f.calls {
		if m == method {
			n++
		}
	}
	return n
}

// fakes are a client's nodes; one that failed is left alone for the whole test.
func fakes(t *testing.T, n int) (*Client, []*fake) {
	t.Helper()
	var nodes []*fake
	var urls []string
	for range n {
		f := newFake(t)
		nodes, urls = append(nodes, f), append(urls, f.url)
	}
	pool, err := ethrpc.NewPool(urls, ethrpc.PoolOptions{BackoffMin: time.Hour, BackoffMax: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	c, err := Dial(t.Context(), ClientOptions{Pool: pool})
	if err != nil || c.ChainID() != 5 {
		t.Fatalf("%v, %v", c, err)
	}
	return c, nodes
}

var account = common.Address{1}

// A nonce, and whether there is a receipt, is not asked of a node that is behind
// the head that an earlier answer was based on.
func TestLaggingNodesAreNotAsked(t *testing.T) {
	c, nodes := fakes(t, 2)
	n := c.node()
	for i, f := range nodes {
		f.set("eth_getTransactionCount", fmt.Sprintf(`"0x%x"`, 7-i))
		f.set("eth_getTransactionReceipt", "null")
	}
	nodes[1].set("eth_blockNumber", `"0x9"`)
	if number, err := c.BlockNumber(t.Context()); err != nil || number != 10 {
		t.Fatalf("%d, %v", number, err)
	}
	if latest, _, err := n.Nonces(t.Context(), account); err != nil || latest != 7 {
		t.Fatalf("nonce %d, %v", latest, err)
	}
	if nodes[0].asked("eth_blockNumber") != 1 {
		t.Error("the node itself is asked for its head each time")
	}
	nodes[0].die("eth_getTransactionCount", "eth_getTransactionReceipt")
	if latest, _, err := n.Nonces(t.Context(), account); !errors.Is(err, errLags) {
		t.Errorf("nonce %d of a lagging node, %v", latest, err)
	}
	if r, err := n.Receipt(t.Context(), common.Hash{1}); err == nil {
		t.Errorf("a lagging node's word that there is no receipt: %v", r)
	}
	if _, ok := errors.AsType[rpc.Error](errLags); ok {
		t.Error("it leaves nothing open")
	}
	nodes[1].set("eth_blockNumber", `"0xa"`)
	for range 2 {
		if latest, _, err := n.Nonces(t.Context(), account); err != nil || latest != 6 {
			t.Errorf("nonce %d of a node that caught up, %v", latest, err)
		}
	}
	if got := nodes[1].asked("eth_blockNumber"); got != 3 {
		t.Errorf("asked for its head %d times", got)
	}
}

// A head that a node made up does not bar the others for long.
func TestFloorEnds(t *testing.T) {
	c, nodes := fakes(t, 2)
	nodes[0].set("eth_blockNumber", `"0xffffffffffff"`)
	nodes[1].set("eth_getTransactionCount", `"0x6"`)
	if _, err := c.BlockNumber(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.node().Nonces(t.Context(), account); !errors.Is(err, errLags) {
		t.Errorf("%v", err)
	}
	c.floor.at = c.floor.at.Add(-floorFor - time.Second)
	if latest, _, err := c.node().Nonces(t.Context(), account); err != nil || latest != 6 {
		t.Errorf("nonce %d, %v", latest, err)
	}
}

// The same signed bytes go to a second node when the first said nothing, even to
// one that lags; a refusal is final, unless it is of the rate.
func TestSendingFailsOver(t *testing.T) {
	const method = "eth_sendRawTransaction"
	for name, tc := range map[string]struct {
		dies          bool
		first, second string
		asked         int // of the second
		code          bool
	}{
		"taken":                  {first: `"0x01"`},
		"refused":                {first: `{"code":-32000,"message":"nonce too low"}`, code: true},
		"taken without a word":   {dies: true, second: `{"code":-32000,"message":"already known"}`, asked: 1, code: true},
		"limited":                {first: `{"code":-32005,"message":"limit exceeded"}`, second: `"0x01"`, asked: 1},
		"the second refuses":     {dies: true, second: `{"code":-32000,"message":"underpriced"}`, asked: 1, code: true},
		"nobody says anything":   {dies: true, asked: 1},
		"the second takes it":    {dies: true, second: `"0x01"`, asked: 1},
		"limited, then nothing":  {first: `{"code":429,"message":"slow down"}`, asked: 1},
		"the second lags, takes": {dies: true, second: `"0x01"`, asked: 1},
	} {
		t.Run(name, func(t *testing.T) {
			c, nodes := fakes(t, 2)
			if _, err := c.BlockNumber(t.Context()); err != nil {
				t.Fatal(err)
			}
			nodes[1].set("eth_blockNumber", `"0x1"`)
			if tc.first != "" {
				nodes[0].set(method, tc.first)
			}
			if tc.second != "" {
				nodes[1].set(method, tc.second)
			}
			if tc.dies {
				nodes[0].die(method)
			}
			err := c.node().Send(t.Context(), []byte{1})
			if got := nodes[1].asked(method); got != tc.asked {
				t.Errorf("the second was asked %d times: %v", got, err)
			}
			_, code := errors.AsType[rpc.Error](err)
			taken := slices.Contains([]string{tc.first, tc.second}, `"0x01"`)
			if (err == nil) != taken || tc.code && !code {
				t.Errorf("%v", err)
			}
		})
	}
}

// The first node took a transaction without a word; the second, which has it
// from the first, refuses it: it is sent.
func TestSentWithoutAWord(t *testing.T) {
	c, nodes := fakes(t, 2)
	key, err := signer.FromKey(common.FromHex("0x01" + strings.Repeat("00", 31)))
	if err != nil {
		t.Fatal(err)
	}
	c.signer, c.from = key, key.Address()
	for _, f := range nodes {
		f.set("eth_getBlockByNumber", `{"number":"0xa","hash":"0x`+strings.Repeat("11", 32)+`","baseFeePerGas":"0x7"}`)
		f.set("eth_getTransactionCount", `"0x6"`)
		f.set("eth_maxPriorityFeePerGas", `"0x1"`)
	}
	nodes[0].die("eth_sendRawTransaction")
	nodes[1].set("eth_sendRawTransaction", `{"code":-32000,"message":"already known"}`)
	nodes[1].set("eth_getTransactionByHash", "null")
	if _, err := c.submit(t.Context(), (*[20]byte)(&account), nil, nil, 21_000); err == nil {
		t.Error("nobody has it, and it is sent")
	}
	var tx types.Transaction
	if err := tx.UnmarshalBinary(nodes[1].sent); err != nil || !bytes.Equal(nodes[0].sent, nodes[1].sent) {
		t.Fatalf("%x and %x were sent: %v", nodes[0].sent, nodes[1].sent, err)
	}
	raw, err := tx.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	nodes[1].set("eth_getTransactionByHash", string(raw[:len(raw)-1])+`,"blockNumber":null}`)
	if hash, err := c.submit(t.Context(), (*[20]byte)(&account), nil, nil, 21_000); err != nil || hash != tx.Hash() {
		t.Errorf("0x%x, %v", hash, err)
	}
}

// What a contract reverts with says nothing about the node.
func TestRevertsAreNoFaultOfTheNode(t *testing.T) {
	c, nodes := fakes(t, 2)
	nodes[0].set("eth_call", `{"code":3,"message":"execution reverted: websocket: client connection json: 429 Too Many Requests","data":"0x1234"}`)
	_, err := c.Call(t.Context(), account, nil)
	if r, ok := errors.AsType[*RevertError](err); !ok || len(r.Data) != 2 {
		t.Errorf("%v", err)
	}
	if st := c.pool.Status()[0]; st.State != ethrpc.Healthy || nodes[1].asked("eth_call") > 0 {
		t.Errorf("%+v", st)
	}
}

// Questions go where the head is followed; without a follower, on where the last
// answer came from.
func TestQuestionsFollowTheLeader(t *testing.T) {
	c, nodes := fakes(t, 3)
	for i, f := range nodes {
		f.set("eth_getBalance", fmt.Sprintf(`"0x%x"`, i))
	}
	of := func() uint64 {
		t.Helper()
		b, err := c.Balance(t.Context(), account)
		if err != nil {
			t.Fatal(err)
		}
		return b.Uint64()
	}
	if of() != 0 {
		t.Error("not the first")
	}
	nodes[0].die("eth_getBalance")
	for range 2 {
		if of() != 1 || nodes[0].asked("eth_getBalance") != 2 {
			t.Error("not the second, or the first is asked again")
		}
	}
	c.pool.Lead(c.pool.Endpoints()[2])
	if of() != 2 {
		t.Error("not the leader")
	}
	nodes[2].die("eth_getBalance")
	if of() != 1 {
		t.Error("not the one that is left")
	}
	c.pool.Endpoints()[1].Quarantine(context.Canceled)
	if _, err := c.Balance(t.Context(), account); err == nil {
		t.Error("a node that is left out was asked")
	}
}
