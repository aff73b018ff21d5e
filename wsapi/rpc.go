package wsapi

import (
	"bytes"
	"encoding/json"
)

// request is one JSON-RPC 2.0 request. A nil id is a notification (no answer);
// "id":null is answered with a null id, as viem's keep-alive expects.
type request struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Method  string          `json:"method"`
	Params  json.RawMessage `json:"params"`
}

// response keeps the id's bytes, and so its JSON type.
type response struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Result  any             `json:"result,omitempty"`
	Error   *Error          `json:"error,omitempty"`
}

// message is a decoded frame or body: one request, or a batch.
type message struct {
	batch    bool
	requests []decoded
}

// decoded is a request, or the reason why it is none.
type decoded struct {
	request
	err *Error
}

// decodeMessage reads a frame. Only what is not JSON at all, or a batch that is
// empty or too long, fails as a whole.
func decodeMessage(b []byte, maxBatch int) (message, *Error) {
	if !json.Valid(b) {
		return message{}, errorf(CodeParse, "the message is not JSON")
	}
	b = bytes.TrimLeft(b, " \t\r\n")
	if b[0] != '[' {
		return message{requests: []decoded{decodeRequest(b)}}, nil
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		return message{}, errorf(CodeParse, "the message is not JSON")
	}
	if len(raw) == 0 {
		return message{}, errorf(CodeRequest, "the batch is empty")
	}
	if len(raw) > maxBatch {
		return message{}, errorf(CodeLimit, "batch of %d requests, the limit is %d", len(raw), maxBatch)
	}
	m := message{batch: true, requests: make([]decoded, len(raw))}
	for i, r := range raw {
		m.requests[i] = decodeRequest(r)
	}
	return m, nil
}

func decodeRequest(b []byte) decoded {
	null := json.RawMessage("null")
	fail := func(id json.RawMessage, text string) decoded {
		return decoded{request: request{ID: id}, err: errorf(CodeRequest, "%s", text)}
	}
	if len(b) == 0 || b[0] != '{' {
		return fail(null, "the request is not an object")
	}
	// Raw fields first: a wrong type must not lose the id.
	var f struct {
		Version, ID, Method, Params json.RawMessage
	}
	var names map[string]json.RawMessage
	if err := json.Unmarshal(b, &names); err != nil {
		return fail(null, "the request is not an object")
	}
	f.Version, f.ID, f.Method, f.Params = names["jsonrpc"], names["id"], names["method"], names["params"]
	if !validID(f.ID) {
		return fail(null, "id must be a string, a number or null")
	}
	id := f.ID
	if id == nil {
		id = null // an invalid request without an id is answered with null
	}
	var r request
	if json.Unmarshal(f.Version, &r.Version) != nil || r.Version != "2.0" {
		return fail(id, `jsonrpc must be "2.0"`)
	}
	if json.Unmarshal(f.Method, &r.Method) != nil || r.Method == "" {
		return fail(id, "method must be a string")
	}
	if len(f.Params) > 0 && f.Params[0] != '[' && f.Params[0] != '{' && !bytes.Equal(f.Params, null) {
		return fail(id, "params must be an array or an object")
	}
	r.ID, r.Params = f.ID, f.Params
	return decoded{request: r}
}

func validID(id json.RawMessage) bool {
	if len(id) == 0 {
		return true
	}
	switch id[0] {
	case '{', '[', 't', 'f':
		return false
	}
	return len(id) <= 256
}

// args splits params into positional arguments: an array is taken as it is, an
// object is the one argument, absent and null are none.
func args(params json.RawMessage) []json.RawMessage {
	if len(params) == 0 || params[0] == 'n' {
		return nil
	}
	if params[0] == '{' {
		return []json.RawMessage{params}
	}
	var out []json.RawMessage
	_ = json.Unmarshal(params, &out) // the whole message was valid JSON
	return out
}

// decodeArg reads argument i into v; unknown fields are refused.
func decodeArg(a []json.RawMessage, i int, name string, v any) error {
	if i >= len(a) {
		return errorf(CodeParams, "missing parameter %s", name)
	}
	d := json.NewDecoder(bytes.NewReader(a[i]))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return errorf(CodeParams, "parameter %s: %s", name, clip(err.Error()))
	}
	return nil
}

// clip bounds text that came from outside.
func clip(s string) string {
	const n = 160
	if len(s) > n {
		return s[:n] + "…"
	}
	return s
}

func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil { // only our own types get here
		b, _ = json.Marshal(response{Version: "2.0", ID: json.RawMessage("null"), Error: errorf(CodeInternal, "encode the answer")})
	}
	return b
}
