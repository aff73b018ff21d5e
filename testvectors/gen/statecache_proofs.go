package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"

	"vmhost/testvectors/schema"
)

// cacheProofs are inclusion proofs, good ones and each way to change one.
func (g *generator) cacheProofs(context.Context) ([]*suite, error) {
	s := newSuite(schema.SchemaStatecache, "statecache/proofs", "Proofs and commitments by a second implementation; each change must be refused.")
	c := g.script(s, 1337, "setup", "")
	c.define(schema.Collection{Name: "p", Base: &schema.Hash{31: 4}, Items: slots(0, 9)})
	c.define(schema.Collection{Name: "one", Items: slots(0, 1)})
	c1 := c.apply(block(1, 0, schema.Ref{}), append(sets("p", 0, 9, 1), sets("one", 0, 1, 1)...)...)
	c2 := c.apply(after(c1, 0), set("p", 8, u256(77)))
	good := func(comment string, handle, index int) (map[string]any, schema.Hash) {
		p, commitment := c.proof(c2, handle, index)
		g.verify(s, comment, commitment, p, "")
		return p, commitment
	}
	p, commitment := good("item 8 of 9", 1, 8)
	good("item 0 of 9", 1, 0)
	good("the only item", 2, 0)
	header, _ := good("the base fee", 0, 2)
	older, before := c.proof(c1, 1, 8)
	g.verify(s, "the block before, under its commitment", before, older, "")
	g.verify(s, "the block before, under this commitment", commitment, older, "ErrInvalidProof")
	g.verify(s, "this block, under the commitment before", before, p, "ErrInvalidProof")
	for _, m := range changes() {
		q, err := copyOf(p)
		if err != nil {
			return nil, err
		}
		m.change(q)
		g.verify(s, m.name, commitment, q, m.err)
	}
	q, err := copyOf(header)
	if err != nil {
		return nil, err
	}
	q["handle"], q["name"] = 1, "p"
	g.verify(s, "a header field as an item of another collection", commitment, q, "ErrInvalidProof")
	g.verify(s, "commitment 0", schema.Hash{}, p, "ErrInvalidProof")
	g.verify(s, "commitment + r", asHash(new(big.Int).Add(new(big.Int).SetBytes(commitment[:]), field)), p, "ErrInvalidProof")
	return []*suite{s}, c.err
}

func (g *generator) verify(s *suite, comment string, commitment schema.Hash, p any, err string) {
	c := g.script(s, 1337, comment)
	c.verify(commitment, p, err)
	s.add(c.t)
}

func copyOf(p map[string]any) (q map[string]any, err error) {
	b, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	return q, json.Unmarshal(b, &q)
}

type change struct {
	name   string
	err    string
	change func(map[string]any)
}

// flip changes the last digit.
func flip(v any) string {
	s := v.(string)
	last := byte('0')
	if s[len(s)-1] == '0' {
		last = '1'
	}
	return s[:len(s)-1] + string(last)
}

func changes() (out []change) {
	add := func(name string, f func(map[string]any)) { out = append(out, change{name, "ErrInvalidProof", f}) }
	for _, f := range []string{"chainId", "historyRoot", "itemsRoot", "base", "value"} {
		add(f+" changed", func(p map[string]any) { p[f] = flip(p[f]) })
	}
	for _, f := range []string{"address", "slot", "key"} {
		add("item "+f+" changed", func(p map[string]any) { it := p["item"].(map[string]any); it[f] = flip(it[f]) })
	}
	for _, f := range []string{"number", "hash"} {
		add("block "+f+" changed", func(p map[string]any) { b := p["block"].(map[string]any); b[f] = flip(b[f]) })
	}
	add("item kind balance", func(p map[string]any) { p["item"].(map[string]any)["kind"] = "balance" })
	add("item kind header", func(p map[string]any) { p["item"].(map[string]any)["kind"] = "header" })
	add("item kind unknown", func(p map[string]any) { p["item"].(map[string]any)["kind"] = "log" })
	add("handle 2", func(p map[string]any) { p["handle"] = 2 })
	add("handle 0", func(p map[string]any) { p["handle"] = 0 })
	add("handle 4097", func(p map[string]any) { p["handle"] = 4097 })
	add("name changed", func(p map[string]any) { p["name"] = "q" })
	out = append(out, change{"name bad", "ErrBadName", func(p map[string]any) { p["name"] = "P" }})
	add("index 7", func(p map[string]any) { p["index"] = 7 })
	add("index 0 with the same path", func(p map[string]any) { p["index"] = 0 })
	add("index = length", func(p map[string]any) { p["index"] = 9 })
	add("index 8 + 64, the same digits below", func(p map[string]any) { p["index"] = 72; p["length"] = 73 })
	add("length 10", func(p map[string]any) { p["length"] = 10 })
	add("length 8, path shorter", func(p map[string]any) { p["length"] = 8; p["index"] = 0; p["path"] = p["path"].([]any)[1:] })
	for _, f := range []string{"path", "dirPath"} {
		add(f+" shorter", func(p map[string]any) { p[f] = p[f].([]any)[1:] })
		add(f+" longer", func(p map[string]any) { a := p[f].([]any); p[f] = append(a, a[0]) })
		add(f+" empty", func(p map[string]any) { p[f] = []any{} })
	}
	for _, level := range []struct {
		f string
		n int
	}{{"path", 2}, {"dirPath", 4}} {
		for i := range level.n {
			for _, k := range []int{0, 6} {
				add(fmt.Sprintf("%s level %d sibling %d changed", level.f, i, k), func(p map[string]any) {
					s := p[level.f].([]any)[i].([]any)
					s[k] = flip(s[k])
				})
			}
		}
		add(level.f+" sibling + r", func(p map[string]any) {
			s := p[level.f].([]any)[0].([]any)
			x, _ := new(big.Int).SetString(s[0].(string)[2:], 16)
			h := asHash(x.Add(x, field))
			s[0] = h
		})
		add(level.f+" of six siblings", func(p map[string]any) { a := p[level.f].([]any); a[0] = a[0].([]any)[1:] })
		add(level.f+" of eight siblings", func(p map[string]any) { a := p[level.f].([]any); s := a[0].([]any); a[0] = append(s, s[0]) })
	}
	add("unknown field", func(p map[string]any) { p["root"] = "0x00" })
	add("missing base", func(p map[string]any) { delete(p, "base") })
	add("missing item key", func(p map[string]any) { delete(p["item"].(map[string]any), "key") })
	add("number as decimal", func(p map[string]any) { p["block"].(map[string]any)["number"] = 2 })
	add("value too short", func(p map[string]any) { p["value"] = "0x4d" })
	add("value null", func(p map[string]any) { p["value"] = nil })
	return out
}
