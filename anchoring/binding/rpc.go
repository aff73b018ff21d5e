package binding

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"

	"vmhost/anchoring/ethrpc"
)

// Prover answers queries at a block. Its answers are not trusted.
type Prover interface {
	Prove(ctx context.Context, block [32]byte, queries []Query) ([]Answer, error)
}

// Limits of the requests. go-ethereum refuses more than 1,024 slots a call, and
// answers of more than 25 MB: 1,024 proofs of a large trie are about 5 MB.
const (
	slotsPerCall  = 1024
	slotsPerBatch = 1024
	callsPerBatch = 32
	parallel      = 4 // batches at a time
)

// RPC is a Prover that asks a node by eth_getProof, many accounts a request.
type RPC struct{ client *ethrpc.Client }

// NewRPC returns a Prover over a connection.
func NewRPC(client *ethrpc.Client) *RPC { return &RPC{client} }

// proofResult is the answer of eth_getProof.
type proofResult struct {
	Address      common.Address  `json:"address"`
	AccountProof []hexutil.Bytes `json:"accountProof"`
	Balance      *hexutil.Big    `json:"balance"`
	CodeHash     common.Hash     `json:"codeHash"`
	Nonce        hexutil.Uint64  `json:"nonce"`
	StorageHash  common.Hash     `json:"storageHash"`
	StorageProof []struct {
		Key   string          `json:"key"`
		Value *hexutil.Big    `json:"value"`
		Proof []hexutil.Bytes `json:"proof"`
	} `json:"storageProof"`
}

// part is one call of a batch: some slots of one query.
type part struct {
	query, from int
	slots       [][32]byte
	result      *proofResult
}

// Prove implements Prover. The block is named by hash, so that a node on
// another branch cannot answer for it.
func (r *RPC) Prove(ctx context.Context, block [32]byte, queries []Query) ([]Answer, error) {
	var parts []part
	for q, query := range queries {
		for from := 0; from == 0 || from < len(query.Slots); from += slotsPerCall {
			parts = append(parts, part{query: q, from: from, slots: query.Slots[from:min(from+slotsPerCall, len(query.Slots))]})
		}
	}
	if err := r.batches(ctx, block, queries, parts); err != nil {
		return nil, err
	}
	answers := make([]Answer, len(queries))
	for _, p := range parts {
		if err := answers[p.query].add(&p, queries[p.query].Address); err != nil {
			return nil, fmt.Errorf("account 0x%x: %w", queries[p.query].Address, err)
		}
	}
	return answers, nil
}

// batches sends the calls, several batches at a time. The first error ends all.
func (r *RPC) batches(ctx context.Context, block [32]byte, queries []Query, parts []part) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wg sync.WaitGroup
	free := make(chan struct{}, parallel)
	for len(parts) > 0 && ctx.Err() == nil {
		n, slots := 1, len(parts[0].slots)
		for n < len(parts) && n < callsPerBatch && slots+len(parts[n].slots) <= slotsPerBatch {
			slots += len(parts[n].slots)
			n++
		}
		batch := parts[:n]
		parts = parts[n:]
		free <- struct{}{}
		wg.Go(func() {
			defer func() { <-free }()
			if err := r.batch(ctx, block, queries, batch); err != nil {
				cancel(err)
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}

func (r *RPC) batch(ctx context.Context, block [32]byte, queries []Query, parts []part) error {
	batch := make([]rpc.BatchElem, len(parts))
	for i := range parts {
		keys := make([]string, len(parts[i].slots))
		for j, s := range parts[i].slots {
			keys[j] = "0x" + hex.EncodeToString(s[:])
		}
		at := map[string]any{"blockHash": common.Hash(block)}
		batch[i] = rpc.BatchElem{
			Method: "eth_getProof",
			Args:   []any{common.Address(queries[parts[i].query].Address), keys, at},
			Result: &parts[i].result,
		}
	}
	if err := r.client.RPC().BatchCallContext(ctx, batch); err != nil {
		return fmt.Errorf("eth_getProof: %w", err)
	}
	for i := range batch {
		if err := batch[i].Error; err != nil {
			return fmt.Errorf("eth_getProof of 0x%x: %w", queries[parts[i].query].Address, classify(err))
		}
		if parts[i].result == nil {
			return fmt.Errorf("eth_getProof of 0x%x: %w", queries[parts[i].query].Address, ErrUnavailable)
		}
	}
	return nil
}

// classify tells a node without the block or its state from other errors, by
// the words that clients use.
func classify(err error) error {
	if _, ok := errors.AsType[rpc.Error](err); !ok {
		return err // not an answer of the node
	}
	text := strings.ToLower(err.Error())
	for _, words := range []string{
		"not found", "unknown block", "missing trie node", "not available", "unavailable", "state histor",
		"pruned", "too old", "max proof window", "header for hash", "blockoutofrange", "out of range",
	} {
		if strings.Contains(text, words) {
			return fmt.Errorf("%w: %w", ErrUnavailable, err)
		}
	}
	return err
}

// add takes one call's result over. Every part proves the account again; only
// the first proof is kept, so the others must be the same.
func (a *Answer) add(p *part, address [20]byte) error {
	res := p.result
	if [20]byte(res.Address) != address || len(res.StorageProof) != len(p.slots) {
		return fmt.Errorf("address 0x%x with %d slots, asked for %d: %w", res.Address, len(res.StorageProof), len(p.slots), ErrAnswer)
	}
	account := nodes(res.AccountProof)
	if p.from == 0 {
		a.AccountProof = AccountProof{Address: address, Account: account}
		a.Claims = &Claims{Nonce: uint64(res.Nonce), CodeHash: res.CodeHash, StorageHash: res.StorageHash}
		if !word(res.Balance, &a.Claims.Balance) {
			return fmt.Errorf("balance: %w", ErrMalformed)
		}
	} else if !equal(a.Account, account) {
		return fmt.Errorf("account proof differs between calls: %w", ErrAnswer)
	}
	for i, s := range res.StorageProof {
		key, ok := parseKey(s.Key)
		if !ok || key != p.slots[i] {
			return fmt.Errorf("slot %q, asked for 0x%x: %w", s.Key, p.slots[i], ErrAnswer)
		}
		var value [32]byte
		if !word(s.Value, &value) {
			return fmt.Errorf("slot 0x%x: value: %w", key, ErrMalformed)
		}
		a.Slots = append(a.Slots, SlotProof{Slot: key, Proof: nodes(s.Proof)})
		a.Claims.Values = append(a.Claims.Values, value)
	}
	return nil
}

// parseKey reads a slot as clients echo it: as it was given, or without leading
// zeros.
func parseKey(s string) (key [32]byte, ok bool) {
	digits, ok := strings.CutPrefix(s, "0x")
	if !ok || len(digits) > 64 {
		return key, false
	}
	b, err := hex.DecodeString(strings.Repeat("0", 64-len(digits)) + digits)
	if err != nil {
		return key, false
	}
	return [32]byte(b), true
}

func word(v *hexutil.Big, out *[32]byte) bool {
	if v == nil || v.ToInt().Sign() < 0 || v.ToInt().BitLen() > 256 {
		return false
	}
	v.ToInt().FillBytes(out[:])
	return true
}

func nodes(list []hexutil.Bytes) [][]byte {
	out := make([][]byte, len(list))
	for i, n := range list {
		out[i] = n
	}
	return out
}

func equal(a, b [][]byte) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if string(a[i]) != string(b[i]) {
			return false
		}
	}
	return true
}

// listMethod hands out a block's access list as RLP. Its relative in the eth
// namespace has it as JSON, which clients write in different ways.
const listMethod = "debug_getRawBlockAccessList"

// AccessList implements AccessLister. A node that does not know the method is
// not asked again over the connection.
func (r *RPC) AccessList(ctx context.Context, block [32]byte) ([]byte, error) {
	if r.client.Lacks(listMethod) {
		return nil, ErrNoAccessList
	}
	var raw json.RawMessage
	err := r.client.RPC().CallContext(ctx, &raw, listMethod, common.Hash(block))
	if err == nil {
		var list hexutil.Bytes
		if err := json.Unmarshal(raw, &list); err == nil && len(list) > 0 {
			return list, nil
		}
		if len(raw) == 0 || string(raw) == "null" {
			return nil, fmt.Errorf("%s: %w", listMethod, ErrUnavailable)
		}
	}
	if err == nil || unknownMethod(err) {
		r.client.SetLacks(listMethod)
		return nil, fmt.Errorf("%s: %w", listMethod, ErrNoAccessList)
	}
	if _, limited := ethrpc.RetryAfter(err); !limited {
		if _, answered := errors.AsType[rpc.Error](err); answered {
			err = fmt.Errorf("%w: %w", ErrUnavailable, err) // of this block: it is unknown, pruned, or before the fork
		}
	}
	return nil, fmt.Errorf("%s: %w", listMethod, err)
}

// NoLists makes AccessList answer ErrNoAccessList over this connection: of a node
// that gave a wrong one.
func (r *RPC) NoLists() { r.client.SetLacks(listMethod) }

// unknownMethod tells a method that a node does not have, or does not hand to
// us, by the code of the standard and by words that clients and providers use.
func unknownMethod(err error) bool {
	e, ok := errors.AsType[rpc.Error](err)
	if !ok {
		return false
	}
	text := strings.ToLower(err.Error())
	return e.ErrorCode() == -32601 || strings.Contains(text, "method") &&
		slices.ContainsFunc([]string{"not exist", "not found", "not supported", "not allowed", "disabled", "whitelist", "not enabled"},
			func(words string) bool { return strings.Contains(text, words) })
}

// ParseProof decodes the result of eth_getProof for a query, as a node sent it.
func ParseProof(raw []byte, q Query) (Answer, error) {
	var res proofResult
	if err := json.Unmarshal(raw, &res); err != nil {
		return Answer{}, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	var a Answer
	if err := a.add(&part{slots: q.Slots, result: &res}, q.Address); err != nil {
		return Answer{}, fmt.Errorf("account 0x%x: %w", q.Address, err)
	}
	return a, nil
}
