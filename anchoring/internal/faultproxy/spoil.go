package faultproxy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// answer is what the proxy reads of an answer.
type answer struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   json.RawMessage `json:"error,omitempty"`
}

// remembered is how many answers of each kind are kept.
const remembered = 64

// remember keeps honest answers, to give them again at the wrong time.
func (p *Proxy) remember(calls []request, raw []byte) {
	var a answer
	if list := []json.RawMessage(nil); batched(raw) && json.Unmarshal(raw, &list) == nil && len(list) == 1 {
		raw = list[0]
	}
	if len(calls) != 1 || json.Unmarshal(raw, &a) != nil || len(a.Result) == 0 || string(a.Result) == "null" {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, key := range []string{calls[0].Method, question(calls[0])} {
		list := p.seen[key]
		if n := len(list); n > 0 && bytes.Equal(list[n-1], a.Result) {
			continue
		}
		if len(list) == remembered {
			list = slices.Delete(list, 0, 1)
		}
		p.seen[key] = append(list, slices.Clone(a.Result))
	}
}

// question is a call without its id. Proofs of other blocks count as answers to
// the same one.
func question(r request) string {
	if r.Method == "eth_getProof" {
		var params []json.RawMessage
		if json.Unmarshal(r.Params, &params) == nil && len(params) == 3 {
			return fmt.Sprintf("proof %s %s", params[0], params[1])
		}
	}
	return r.Method + string(r.Params)
}

// spoil returns what is sent instead of an answer, and counts the fault. If the
// kind does not apply the answer is late instead.
func (p *Proxy) spoil(kind Kind, calls []request, raw []byte) []byte {
	switch kind {
	case Garbage:
		p.count(kind)
		return []byte("<html>502 Bad Gateway</html>")
	case Truncate: // of a websocket message, which has no length to miss
		p.count(kind)
		return raw[:p.intN(len(raw))]
	default:
	}
	spoil := p.spoilBatch
	if !batched(raw) {
		spoil = func(kind Kind, calls []request, raw []byte) ([]byte, bool) { return p.spoilOne(kind, calls[0], raw) }
	}
	if out, ok := spoil(kind, calls, raw); ok {
		p.count(kind)
		return out
	}
	p.count(Delay)
	p.pause()
	return raw
}

// batched reports whether a message is a list: of one call even.
func batched(raw []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(raw), []byte("[")) }

// spoilBatch spoils one answer of a batch.
func (p *Proxy) spoilBatch(kind Kind, calls []request, raw []byte) ([]byte, bool) {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil || len(list) != len(calls) || len(list) == 0 {
		return nil, false
	}
	i := p.intN(len(list))
	out, ok := p.spoilOne(kind, calls[i], list[i])
	if !ok {
		return nil, false
	}
	list[i] = out
	b, err := json.Marshal(list)
	return b, err == nil
}

func (p *Proxy) spoilOne(kind Kind, call request, raw []byte) ([]byte, bool) {
	var a answer
	if json.Unmarshal(raw, &a) != nil || len(a.Result) == 0 {
		return nil, false
	}
	honest := a.Result
	switch kind {
	case WrongShape:
		a.Result = json.RawMessage(`[{"number":17}]`)
	case Null:
		a.Result = json.RawMessage("null")
	case WrongChain:
		a.Result = json.RawMessage(`"0x2a"`)
	case WrongHash:
		a.Result = p.spoilHeader(a.Result)
	case WrongProof:
		a.Result = p.spoilDigit(a.Result)
	case WrongLogs:
		a.Result = p.spoilReceipts(a.Result)
	case Error32005:
		a.Result = nil
		a.Error = json.RawMessage(fmt.Sprintf(`{"code":-32005,"message":"limit exceeded","data":{"rate":{"backoff_seconds":%v}}}`, p.opts.RetryAfter))
	case Stale, WrongHeader, WrongFinal:
		key := question(call)
		if kind != Stale {
			key = call.Method
		}
		p.mu.Lock()
		if old := p.seen[key]; len(old) > 0 {
			a.Result = old[p.rng.IntN(len(old))]
		}
		p.mu.Unlock()
	default:
		return nil, false
	}
	if bytes.Equal(a.Result, honest) {
		return nil, false // nothing earlier, or the same
	}
	out, err := json.Marshal(a)
	return out, err == nil
}

// spoilHeader changes one digit of one field.
func (p *Proxy) spoilHeader(raw json.RawMessage) json.RawMessage {
	var h map[string]json.RawMessage
	if json.Unmarshal(raw, &h) != nil {
		return raw
	}
	fields := []string{"stateRoot", "parentHash", "hash", "timestamp", "number", "receiptsRoot", "mixHash", "gasUsed"}
	field := fields[p.intN(len(fields))]
	h[field] = p.flip(h[field])
	out, _ := json.Marshal(h) // was JSON
	return out
}

// spoilReceipts changes a digit of what logs say, or leaves the last receipt out.
func (p *Proxy) spoilReceipts(raw json.RawMessage) json.RawMessage {
	var list []map[string]json.RawMessage
	if json.Unmarshal(raw, &list) != nil || len(list) == 0 {
		return raw
	}
	i := p.intN(len(list))
	var logs []map[string]json.RawMessage
	if json.Unmarshal(list[i]["logs"], &logs) != nil || len(logs) == 0 || p.intN(4) == 0 {
		list = list[:len(list)-1]
	} else {
		j := p.intN(len(logs))
		field := []string{"address", "topics", "data"}[p.intN(3)]
		logs[j][field] = p.spoilDigit(logs[j][field])
		list[i]["logs"], _ = json.Marshal(logs) // was JSON
	}
	out, _ := json.Marshal(list) // was JSON
	return out
}

// spoilDigit changes one digit of one of the hex strings, such as a node of a
// proof or a value that it claims.
func (p *Proxy) spoilDigit(raw json.RawMessage) json.RawMessage {
	var places []int // digits of hex strings
	hex := false
	for i := 0; i+1 < len(raw); i++ {
		switch {
		case raw[i] == '"':
			hex = raw[i+1] == '0' && i+3 < len(raw) && raw[i+2] == 'x'
			if hex {
				i += 2
			}
		case hex && (raw[i] >= '0' && raw[i] <= '9' || raw[i] >= 'a' && raw[i] <= 'f'):
			places = append(places, i)
		default:
			hex = false
		}
	}
	if len(places) == 0 {
		return raw
	}
	out := slices.Clone(raw)
	i := places[p.intN(len(places))]
	out[i] = otherDigit(out[i])
	return out
}

// flip changes one digit of a hex string.
func (p *Proxy) flip(s json.RawMessage) json.RawMessage {
	if len(s) < 4 {
		return json.RawMessage(`"0x1"`)
	}
	out := slices.Clone(s)
	i := len(out) - 2 // the last digit, so that no leading zero comes about
	if len(out) > 40 {
		i -= p.intN(32)
	}
	out[i] = otherDigit(out[i])
	return out
}

func otherDigit(c byte) byte {
	if c == '7' {
		return '8'
	}
	return '7'
}
