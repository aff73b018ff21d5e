package faultproxy

import (
	"slices"
	"strings"
)

// Kind is a fault.
type Kind string

// The kinds of faults.
const (
	Drop        Kind = "drop"         // the connection ends without an answer
	Delay       Kind = "delay"        // the answer comes late
	Truncate    Kind = "truncate"     // the answer ends early
	Garbage     Kind = "garbage"      // the answer is not JSON
	WrongShape  Kind = "wrong shape"  // the answer is JSON of another type
	WrongHeader Kind = "wrong header" // another block than the one asked for
	WrongFinal  Kind = "wrong final"  // another block for the tags safe and finalized
	WrongHash   Kind = "wrong hash"   // a header with one digit changed
	WrongChain  Kind = "wrong chain"  // another chain id
	WrongProof  Kind = "wrong proof"  // a state proof with one digit changed
	WrongLogs   Kind = "wrong logs"   // receipts with one digit changed, or one receipt too few
	Stale       Kind = "stale"        // an earlier answer to the same question
	Null        Kind = "null"         // "no such block"
	Status429   Kind = "HTTP 429"     // with Retry-After
	Error32005  Kind = "error -32005" // the rate limit of JSON-RPC
	CloseStream Kind = "close stream" // the websocket ends after a notification
	Duplicate   Kind = "duplicate"    // a notification comes twice
	Reorder     Kind = "reorder"      // a notification comes after the next one
	Lose        Kind = "lose"         // a notification does not come
)

// Kinds are all of them.
func Kinds() []Kind {
	return []Kind{
		Drop, Delay, Truncate, Garbage, WrongShape, WrongHeader, WrongFinal, WrongHash, WrongChain, WrongProof, WrongLogs, Stale, Null,
		Status429, Error32005, CloseStream, Duplicate, Reorder, Lose,
	}
}

// forMessage returns what can happen to a notification, or to the answer of a
// method, on this transport.
func forMessage(call request, notification, websocket bool) []Kind {
	if notification {
		return []Kind{CloseStream, Duplicate, Reorder, Lose, WrongHash, Delay}
	}
	out := []Kind{Drop, Delay, Truncate, Garbage, WrongShape, Error32005}
	if !websocket {
		out = append(out, Status429)
	}
	switch call.Method {
	case "eth_getBlockByNumber", "eth_getBlockByHash":
		other := WrongHeader
		if tag := string(call.Params); strings.HasPrefix(tag, `["finalized"`) || strings.HasPrefix(tag, `["safe"`) {
			other = WrongFinal
		}
		out = append(out, other, WrongHash, Stale, Null)
	case "eth_getProof":
		out = append(out, WrongProof, WrongProof, WrongProof, Stale) // the lie that matters most
	case "eth_getBlockReceipts":
		out = append(out, WrongLogs, WrongLogs, WrongLogs, Null)
	case "eth_chainId":
		out = append(out, WrongChain)
	}
	return out
}

// draw decides what happens to a message; ok is false for nothing.
func (p *Proxy) draw(kinds []Kind) (k Kind, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.rng.Float64() >= p.rate {
		return "", false
	}
	if p.kinds != nil {
		kinds = slices.DeleteFunc(slices.Clone(kinds), func(k Kind) bool { return !slices.Contains(p.kinds, k) })
	}
	if len(kinds) == 0 {
		return "", false
	}
	return kinds[p.rng.IntN(len(kinds))], true
}

func (p *Proxy) count(k Kind) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.counts[k]++
}

func (p *Proxy) intN(n int) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.rng.IntN(n)
}
