package anchoring

import (
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"vmhost/anchoring/outbox"
)

// oddNode answers every method; one value of one answer is replaced.
type oddNode struct {
	answers map[string]any
	method  string
	at      int // which value of the answer, 0 is all of it
	put     any
	missing bool // rather than replaced
	beyond  atomic.Bool
}

// mangle replaces the n-th value of v, counted in depth.
func (o *oddNode) mangle(v any, n *int) any {
	*n--
	if *n < 0 {
		return o.put
	}
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, x := range v {
			out[k] = x
		}
		for _, k := range sortedKeys(v) {
			before := *n
			x := o.mangle(v[k], n)
			if before >= 0 && *n < 0 {
				if out[k] = x; o.missing && before == 0 {
					delete(out, k)
				}
				return out
			}
		}
		return out
	case []any:
		out := append([]any(nil), v...)
		for i := range v {
			if out[i] = o.mangle(v[i], n); *n < 0 {
				return out
			}
		}
		return out
	}
	return v
}

func sortedKeys(m map[string]any) (out []string) {
	for k := range m {
		out = append(out, k)
		for i := len(out) - 1; i > 0 && out[i] < out[i-1]; i-- {
			out[i], out[i-1] = out[i-1], out[i]
		}
	}
	return out
}

type question struct {
	ID     json.RawMessage
	Method string
}

func (o *oddNode) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	w.Header().Set("Content-Type", "application/json")
	var one question
	if json.Unmarshal(body, &one) == nil {
		_ = json.NewEncoder(w).Encode(o.answer(one))
		return
	}
	var list []question
	var out []any
	_ = json.Unmarshal(body, &list)
	for _, q := range list {
		out = append(out, o.answer(q))
	}
	_ = json.NewEncoder(w).Encode(out)
}

func (o *oddNode) answer(q question) any {
	v := o.answers[q.Method]
	if q.Method == o.method {
		n := o.at
		v = o.mangle(v, &n)
		o.beyond.Store(n >= 0)
	}
	return map[string]any{"jsonrpc": "2.0", "id": q.ID, "result": v}
}

func word(n int) string { return fmt.Sprintf("0x%064x", n) }

func oddAnswers() map[string]any {
	bloom := "0x" + strings.Repeat("00", 256)
	log := map[string]any{
		"address": "0x" + strings.Repeat("22", 20), "topics": []any{eventTopics()[eventDemanded].Hex(), word(5), word(6), word(7)}, "data": "0x" + strings.Repeat("00", 32*6),
		"blockHash": word(1), "blockNumber": "0x5", "transactionHash": word(2), "transactionIndex": "0x0", "logIndex": "0x0", "removed": false,
	}
	return map[string]any{
		"eth_chainId":              "0x539",
		"eth_getBlockByNumber":     map[string]any{"number": "0x9", "hash": word(9), "baseFeePerGas": "0x7"},
		"eth_getTransactionCount":  "0x3",
		"eth_getBalance":           "0xffffffffffffff",
		"eth_maxPriorityFeePerGas": "0x1",
		"eth_estimateGas":          "0x9000",
		"eth_getCode":              "0x00",
		"eth_blockNumber":          "0x9",
		"eth_call":                 "0x" + strings.Repeat("00", 32*12),
		"eth_getLogs":              []any{log},
		"eth_sendRawTransaction":   word(3),
		"eth_getTransactionReceipt": map[string]any{
			"type": "0x2", "status": "0x1", "cumulativeGasUsed": "0x5208", "logsBloom": bloom, "logs": []any{log}, "transactionHash": word(2),
			"contractAddress": nil, "gasUsed": "0x5208", "effectiveGasPrice": "0x7", "blockHash": word(1), "blockNumber": "0x5", "transactionIndex": "0x0",
		},
		"eth_getTransactionByHash": map[string]any{
			"type": "0x0", "nonce": "0x0", "gasPrice": "0x1", "gas": "0x5208", "to": "0x" + strings.Repeat("22", 20), "value": "0x0", "input": "0x",
			"v": "0x1b", "r": "0x1", "s": "0x1", "hash": word(2), "blockNumber": "0x5", "blockHash": word(1), "from": "0x" + strings.Repeat("22", 20),
		},
	}
}

// Whatever value of whatever answer of a node is missing or of another shape,
// nothing ends the process, and no amount wraps around.
func TestAttackOddAnswers(t *testing.T) {
	odd := &oddNode{answers: oddAnswers()}
	server := httptest.NewServer(odd)
	defer server.Close()
	ctx := t.Context()
	huge := "0x" + strings.Repeat("f", 16)
	puts := []any{nil, "", "0x", "0x1", huge, "0x1" + huge[2:], 7, true, []any{}, []any{nil}, map[string]any{}, "missing"}
	tries := 0
	for method := range odd.answers {
		for _, put := range puts {
			for at := range 64 {
				odd.method, odd.at, odd.put, odd.missing = method, at, put, put == "missing"
				odd.beyond.Store(true)
				c, err := Dial(ctx, ClientOptions{URL: server.URL, Key: common.BigToHash(big.NewInt(7)).Bytes(), Timeout: 5 * time.Second, TxTimeout: time.Nanosecond})
				if err != nil {
					if method != "eth_chainId" {
						t.Fatal(err)
					}
					break
				}
				n := registryNode{c.node(), [20]byte{1}}
				_, _ = n.Head(ctx)
				_, _ = n.HashAt(ctx, 4)
				_, _ = n.tag(ctx, "safe")
				_, _, _ = n.Nonces(ctx, c.from)
				_, _ = n.Balance(ctx, c.from)
				_, _ = n.Tip(ctx)
				_, _ = n.Knows(ctx, common.Hash{2})
				_, _ = n.Receipt(ctx, common.Hash{2})
				_ = n.Send(ctx, []byte{1})
				_, _ = n.terms(ctx)
				_, _ = n.fenceOf(ctx)
				_, _ = n.deposit(ctx)
				_, _ = n.records(ctx, []uint64{5, 6})
				_, _ = n.events(ctx, 0, 5)
				_, _ = n.stillOpen(ctx, []Demand{{}})
				_ = n.whyReverted(ctx, outbox.Call{}, 5)
				_, _ = n.isAnchored(ctx, Anchor{}, 4)
				_ = n.tryAnchor(ctx, nil, 0)
				_, _ = c.CodeAt(ctx, common.Address{1}, nil)
				_, _ = c.BlockNumber(ctx)
				if gas, err := n.gas(ctx, outbox.Call{}); err == nil && (gas < 21_000 || gas > 1<<24) {
					t.Fatalf("%s[%d] = %v: gas %d", method, at, put, gas)
				}
				_, _ = c.SendValue(ctx, &[20]byte{1}, nil, nil, 21_000)
				c.Close()
				tries++
				if odd.beyond.Load() {
					break
				}
			}
		}
	}
	t.Logf("%d odd answers", tries)
}
