package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"vmhost/testvectors/schema"
)

// world is a made-up chain state with its trie.
type world struct {
	state    trie
	storages map[schema.Address]trie
}

func newWorld() *world { return &world{trie{}, map[schema.Address]trie{}} }

func (w *world) account(a schema.Address, nonce uint64, balance []byte, code []byte, slots map[schema.Hash]schema.Hash) {
	storage := trie{}
	for k, v := range slots {
		storage.set(k[:], rlpNumber(v[:]))
	}
	w.storages[a] = storage
	w.state.set(a[:], rlpList(rlpUint(nonce), rlpNumber(balance), rlpString(storage.root()), rlpString(keccak(code))))
}

func mappingSlot(key, base schema.Hash) schema.Hash {
	return schema.Hash(keccak(slices.Concat(key[:], base[:])))
}

var (
	poolAddress   = schema.Address{0: 0xc0, 19: 1}
	personAddress = schema.Address{0: 0xab, 19: 2}
	nobodyAddress = schema.Address{0: 0xde, 19: 0xad}
)

// stateFile is a STATE.json with proofs, as a tree of JSON values.
func (g *generator) stateFile() (map[string]any, schema.Hash) {
	w := newWorld()
	for i := range 60 { // so that the tries have some depth
		w.account(schema.Address{0: byte(i), 7: 9}, uint64(i), []byte{byte(i + 1)}, nil, nil)
	}
	base := u256(2)
	holders := []schema.Hash{{12: 0xaa, 31: 1}, {12: 0xbb, 31: 2}, {12: 0xcc, 31: 3}}
	slots := map[schema.Hash]schema.Hash{u256(6): u256(1_000_000), u256(8): {0: 0x80, 31: 7}}
	for i, h := range holders[:2] {
		slots[mappingSlot(h, base)] = u256(uint64(100 * (i + 1)))
	}
	for i := range 40 {
		slots[u256(uint64(1000+i))] = u256(uint64(i + 1))
	}
	w.account(poolAddress, 1, nil, []byte{0x60, 0x00}, slots)
	w.account(personAddress, 77, new(big.Int).Exp(big.NewInt(10), big.NewInt(21), nil).Bytes(), nil, nil)

	item := func(kind string, a schema.Address, slot, key *schema.Hash, value schema.Hash) schema.Item {
		return schema.Item{Kind: kind, Address: a, Slot: slot, Key: key, Value: &value}
	}
	at := func(n uint64) *schema.Hash { h := u256(n); return &h }
	cols := []schema.Collection{{Name: "pool", Items: []schema.Item{
		item("slot", poolAddress, at(6), nil, slots[u256(6)]), item("slot", poolAddress, at(8), nil, slots[u256(8)]),
		item("slot", poolAddress, at(999), nil, schema.Hash{}),
	}}, {Name: "balances", Base: &base}, {Name: "accounts", Items: []schema.Item{
		item("balance", personAddress, nil, nil, schema.Hash(slices.Concat(make([]byte, 23), new(big.Int).Exp(big.NewInt(10), big.NewInt(21), nil).Bytes()))),
		item("nonce", personAddress, nil, nil, u256(77)), item("codehash", personAddress, nil, nil, schema.Hash(keccak(nil))),
		item("balance", nobodyAddress, nil, nil, schema.Hash{}),
	}}}
	var proven []schema.Hash
	for _, h := range holders {
		slot := mappingSlot(h, base)
		cols[1].Items = append(cols[1].Items, item("slot", poolAddress, &slot, &h, slots[slot]))
		proven = append(proven, slot)
	}
	proven = append(proven, u256(6), u256(8), u256(999))
	block, header := headerOf(w.state.root())
	commitment := g.state.state(&schema.State{ChainID: 1337, Block: block, Collections: cols})
	return map[string]any{
		"format": "vmhost-state/1", "chainId": schema.Quantity(1337), "commitment": commitment,
		"block":       map[string]any{"number": block.Number, "hash": block.Hash, "header": schema.Bytes(header)},
		"collections": cols,
		"accounts": []any{
			w.prove(poolAddress, proven), w.prove(personAddress, nil), w.prove(nobodyAddress, nil),
		},
	}, commitment
}

func (w *world) prove(a schema.Address, slots []schema.Hash) map[string]any {
	storage := []any{}
	for _, s := range slots {
		storage = append(storage, map[string]any{"slot": s, "proof": asBytes(w.storages[a].proof(s[:]))})
	}
	return map[string]any{"address": a, "accountProof": asBytes(w.state.proof(a[:])), "storageProof": storage}
}

func asBytes(nodes [][]byte) []schema.Bytes {
	out := []schema.Bytes{}
	for _, n := range nodes {
		out = append(out, n)
	}
	return out
}

// headerOf makes a header of the Prague fork over a state root.
func headerOf(root []byte) (schema.Block, []byte) {
	b := schema.Block{Ref: schema.Ref{Number: 4242}, Parent: schema.Hash{0: 0x99}, Timestamp: 1_763_700_000, BaseFee: u256(7), GasUsed: 21_000, PrevRandao: schema.Hash{3: 4}}
	zero := make([]byte, 32)
	raw := rlpList(
		rlpString(b.Parent[:]), rlpString(zero), rlpString(make([]byte, 20)), rlpString(root), rlpString(zero), rlpString(zero),
		rlpString(make([]byte, 256)), rlpUint(0), rlpUint(4242), rlpUint(30_000_000), rlpUint(21_000), rlpUint(1_763_700_000),
		rlpString([]byte("vmhost")), rlpString(b.PrevRandao[:]), rlpString(make([]byte, 8)), rlpUint(7),
		rlpString(zero), rlpUint(0), rlpUint(0), rlpString(zero), rlpString(keccak(nil)),
	)
	b.Hash = schema.Hash(keccak(raw))
	return b, raw
}

// stateFiles are a checked state file and each digit of each field changed.
func (g *generator) stateFiles(context.Context) ([]*suite, error) {
	s := newSuite(schema.SchemaAnchoring, "anchoring/statefile", "A made-up state: tries, proofs, header and commitment by second implementations.")
	tree, commitment := g.stateFile()
	var err error
	add := func(comment, errName string, v any, unverified bool) {
		b, e := json.Marshal(v)
		if e != nil {
			err = e
		}
		t := schema.Statefile{Common: s.next(errName == "", comment), File: string(b), Unverified: unverified, Error: errName}
		if errName == "" {
			t.Commitment, t.Rung = &commitment, "checked"
		}
		s.add(&t)
	}
	add("every value proven", "", tree, false)
	for _, m := range flips(tree) {
		add(m.name, m.err, m.tree, true)
	}
	for _, m := range g.cuts(tree) {
		add(m.name, m.err, m.tree, m.unverified)
	}
	without, e := copyOf(tree)
	if e != nil {
		return nil, e
	}
	delete(without, "accounts")
	add("no proofs, allowed", "", without, true)
	s.tests[len(s.tests)-1].(*schema.Statefile).Rung = "unverified"
	add("no proofs, not allowed", "ErrUnverified", without, false)
	return []*suite{s}, err
}

type damaged struct {
	name, err  string
	tree       any
	unverified bool
}

// flips changes the last digit of each text, one at a time.
func flips(tree map[string]any) (out []damaged) {
	var paths []string
	good, err := copyOf(tree)
	if err != nil {
		panic(err)
	}
	walk("", good, func(path string, set func(any), v string) { paths = append(paths, path) })
	for _, target := range paths {
		bad, err := copyOf(tree)
		if err != nil {
			panic(err)
		}
		walk("", bad, func(path string, set func(any), v string) {
			if path == target {
				set(flip(v))
			}
		})
		out = append(out, damaged{"last digit of " + target[1:], flipError(target), bad, false})
	}
	return out
}

// walk visits all texts.
func walk(path string, v any, f func(path string, set func(any), v string)) {
	visit := func(p string, v any, set func(any)) {
		if s, ok := v.(string); ok {
			f(p, set, s)
		} else {
			walk(p, v, f)
		}
	}
	switch v := v.(type) {
	case map[string]any:
		for _, k := range sortedKeys(v) {
			visit(path+"."+k, v[k], func(n any) { v[k] = n })
		}
	case []any:
		for i := range v {
			visit(fmt.Sprintf("%s.%d", path, i), v[i], func(n any) { v[i] = n })
		}
	}
}

// flipError is what a flipped digit must be refused with.
func flipError(path string) string {
	has := func(s string) bool { return strings.Contains(path, s) }
	switch {
	case has(".format"), has(".kind"):
		return "ErrFormat"
	case has(".block."):
		return "ErrHeader"
	case has(".chainId"), has(".commitment"), has(".name"):
		return "ErrCommitment"
	case has(".base"), has(".key"), has("collections.1.") && has(".slot"):
		return "ErrSlot"
	case has(".value"):
		return "ErrClaim"
	case has("accounts.2.address"): // absence of the neighbour is proven as well
		return "ErrNoProof"
	case has("collections.") && (has(".slot") || has(".address")):
		return "ErrNoProof"
	}
	return "ErrBadNode" // a node, or a proof of something else
}

// cuts are files with parts left out, doubled or moved.
func (g *generator) cuts(tree map[string]any) (out []damaged) {
	add := func(name, errName string, change func(t map[string]any)) {
		t, err := copyOf(tree)
		if err != nil {
			panic(err)
		}
		change(t)
		out = append(out, damaged{name, errName, t, true})
	}
	account := func(t map[string]any) map[string]any { return t["accounts"].([]any)[0].(map[string]any) }
	storage := func(t map[string]any, i int) map[string]any {
		return account(t)["storageProof"].([]any)[i].(map[string]any)
	}
	for _, f := range []string{"format", "chainId", "block"} {
		add("no "+f, "ErrFormat", func(t map[string]any) { delete(t, f) })
	}
	add("unknown field", "ErrFormat", func(t map[string]any) { t["note"] = "" })
	add("chain id as number", "ErrFormat", func(t map[string]any) { t["chainId"] = 1337 })
	add("proofs without a header", "ErrHeader", func(t map[string]any) { delete(t["block"].(map[string]any), "header") })
	add("an account's last node missing", "ErrMissingNode", func(t map[string]any) {
		p := account(t)["accountProof"].([]any)
		account(t)["accountProof"] = p[:len(p)-1]
	})
	add("an account's first node missing", "ErrBadNode", func(t map[string]any) { account(t)["accountProof"] = account(t)["accountProof"].([]any)[1:] })
	add("a node twice", "ErrExtraNode", func(t map[string]any) {
		p := account(t)["accountProof"].([]any)
		account(t)["accountProof"] = append(p, p[len(p)-1])
	})
	add("a slot's last node missing", "ErrMissingNode", func(t map[string]any) { p := storage(t, 3)["proof"].([]any); storage(t, 3)["proof"] = p[:len(p)-1] })
	add("a slot's proof empty", "ErrMissingNode", func(t map[string]any) { storage(t, 3)["proof"] = []any{} })
	add("a slot's proof left out", "ErrNoProof", func(t map[string]any) { account(t)["storageProof"] = account(t)["storageProof"].([]any)[1:] })
	add("a slot proven twice", "ErrUnused", func(t map[string]any) {
		p := account(t)["storageProof"].([]any)
		account(t)["storageProof"] = append(p, p[0])
	})
	add("an account left out", "ErrNoProof", func(t map[string]any) { t["accounts"] = t["accounts"].([]any)[:2] })
	add("an account twice", "ErrUnused", func(t map[string]any) { a := t["accounts"].([]any); t["accounts"] = append(a, a[2]) })
	add("proofs of two slots swapped", "ErrBadNode", func(t map[string]any) {
		a, b := storage(t, 3), storage(t, 4)
		a["proof"], b["proof"] = b["proof"], a["proof"]
	})
	add("values of two items swapped", "ErrClaim", func(t map[string]any) {
		items := t["collections"].([]any)[0].(map[string]any)["items"].([]any)
		a, b := items[0].(map[string]any), items[1].(map[string]any)
		a["value"], b["value"] = b["value"], a["value"]
	})
	add("two items swapped", "ErrCommitment", func(t map[string]any) {
		items := t["collections"].([]any)[0].(map[string]any)["items"].([]any)
		items[0], items[1] = items[1], items[0]
	})
	add("two collections swapped", "ErrCommitment", func(t map[string]any) { c := t["collections"].([]any); c[0], c[2] = c[2], c[0] })
	add("an item left out, its proof not", "ErrUnused", func(t map[string]any) {
		c := t["collections"].([]any)[0].(map[string]any)
		c["items"] = c["items"].([]any)[1:]
	})
	return out
}
