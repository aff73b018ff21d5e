package faultproxy

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
)

// stream is one websocket through the proxy. Frames of the client are passed on
// as they are; those of the node are read, spoiled and written again.
type stream struct {
	p            *Proxy
	client, node net.Conn

	mu    sync.Mutex
	calls map[string][]request // by the id of the (first) call
	held  []byte               // notification that waits for the next
}

func (p *Proxy) websocket(w http.ResponseWriter, r *http.Request) {
	node, err := new(net.Dialer).DialContext(r.Context(), "tcp", p.opts.Target)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer node.Close() //nolint:errcheck // both ends close it
	client, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer client.Close() //nolint:errcheck // both ends close it
	p.mu.Lock()
	p.conns[client], p.conns[node] = true, true
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.conns, client)
		delete(p.conns, node)
	}()
	r.Header.Del("Sec-WebSocket-Extensions") // no compression: frames are read here
	if err := r.Write(node); err != nil {
		return
	}
	fromNode := bufio.NewReader(node)
	res, err := http.ReadResponse(fromNode, r)
	if err != nil || res.StatusCode != http.StatusSwitchingProtocols {
		return
	}
	if err := res.Write(client); err != nil {
		return
	}
	s := &stream{p: p, client: client, node: node, calls: map[string][]request{}}
	p.wg.Go(func() {
		s.fromClient(buffered.Reader)
		_ = node.Close()
		_ = client.Close()
	})
	s.fromNode(fromNode)
}

// fromClient passes requests on and notes what they ask.
func (s *stream) fromClient(r io.Reader) {
	for {
		f, err := readFrame(r)
		if err != nil {
			return
		}
		if calls := parse(f.text()); len(calls) > 0 {
			s.mu.Lock()
			s.calls[string(calls[0].ID)] = calls
			s.mu.Unlock()
		}
		if _, err := s.node.Write(f.raw); err != nil {
			return
		}
	}
}

// fromNode passes answers and notifications on, faulty.
func (s *stream) fromNode(r io.Reader) {
	var message []byte
	for {
		f, err := readFrame(r)
		if err != nil {
			return
		}
		if f.opcode > 2 { // control
			if _, err := s.client.Write(f.raw); err != nil {
				return
			}
			continue
		}
		if message = append(message, f.payload...); !f.fin {
			continue
		}
		for _, m := range s.answer(message) {
			if m == nil {
				return // the stream ends here
			}
			if _, err := s.client.Write(textFrame(m)); err != nil {
				return
			}
		}
		message = nil
	}
}

// answer is what the client gets for a message of the node; nil in the list
// ends the stream.
func (s *stream) answer(m []byte) [][]byte {
	var head struct {
		Method string          `json:"method"`
		ID     json.RawMessage `json:"id"`
	}
	if json.Unmarshal(m, &head) == nil && strings.HasSuffix(head.Method, "_subscription") {
		return s.notification(m)
	}
	calls := s.asked(m, head.ID)
	if len(calls) == 0 {
		calls = []request{{}}
	}
	kind, faulty := s.p.draw(forMessage(calls[0], false, true))
	switch {
	case !faulty:
		s.p.remember(calls, m)
		return [][]byte{m}
	case kind == Drop:
		s.p.count(kind)
		return [][]byte{nil}
	}
	return [][]byte{s.p.spoil(kind, calls, m)}
}

// asked returns the calls that a message answers.
func (s *stream) asked(m []byte, id json.RawMessage) []request {
	if id == nil {
		var list []answer
		_ = json.Unmarshal(m, &list) // else there is none
		for _, a := range list {
			if c := s.take(a.ID); c != nil {
				return c
			}
		}
	}
	return s.take(id)
}

func (s *stream) take(id json.RawMessage) []request {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.calls[string(id)]
	delete(s.calls, string(id))
	return c
}

func (s *stream) notification(m []byte) [][]byte {
	out := [][]byte{m}
	if s.held != nil {
		out, s.held = append(out, s.held), nil
	}
	kind, faulty := s.p.draw(forMessage(request{}, true, true))
	if !faulty {
		return out
	}
	s.p.count(kind)
	switch kind {
	case CloseStream:
		out = append(out, nil)
	case Duplicate:
		out = append(out, m)
	case Reorder:
		out, s.held = out[1:], m
	case Lose:
		out = out[1:]
	case Delay:
		s.p.pause()
	case WrongHash:
		var n struct {
			Version string `json:"jsonrpc"`
			Method  string `json:"method"`
			Params  struct {
				Subscription json.RawMessage `json:"subscription"`
				Result       json.RawMessage `json:"result"`
			} `json:"params"`
		}
		if json.Unmarshal(m, &n) == nil {
			n.Params.Result = s.p.spoilHeader(n.Params.Result)
			out[0], _ = json.Marshal(n) // was JSON
		}
	default:
	}
	return out
}

// frame is one websocket frame (RFC 6455, section 5.2).
type frame struct {
	fin     bool
	opcode  byte
	payload []byte // unmasked
	raw     []byte // as it was read
}

// text is the payload of a data frame.
func (f *frame) text() []byte {
	if f.opcode > 2 {
		return nil
	}
	return f.payload
}

func readFrame(r io.Reader) (*frame, error) {
	head := make([]byte, 2, 14)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, err
	}
	length := uint64(head[1] & 0x7f)
	extra := map[uint64]int{126: 2, 127: 8}[length]
	masked := head[1]&0x80 != 0
	if masked {
		extra += 4
	}
	head = head[:2+extra]
	if _, err := io.ReadFull(r, head[2:]); err != nil {
		return nil, err
	}
	switch length {
	case 126:
		length = uint64(binary.BigEndian.Uint16(head[2:]))
	case 127:
		length = binary.BigEndian.Uint64(head[2:])
	}
	if length > 1<<27 {
		return nil, io.ErrUnexpectedEOF
	}
	raw := make([]byte, uint64(len(head))+length)
	copy(raw, head)
	if _, err := io.ReadFull(r, raw[len(head):]); err != nil {
		return nil, err
	}
	f := &frame{fin: head[0]&0x80 != 0, opcode: head[0] & 0x0f, raw: raw, payload: raw[len(head):]}
	if masked {
		f.payload = append([]byte(nil), f.payload...)
		for i, key := 0, head[len(head)-4:]; i < len(f.payload); i++ {
			f.payload[i] ^= key[i%4]
		}
	}
	return f, nil
}

// textFrame is an unmasked text frame.
func textFrame(b []byte) []byte {
	out := []byte{0x81}
	switch n := len(b); {
	case n < 126:
		out = append(out, byte(n))
	case n < 1<<16:
		out = binary.BigEndian.AppendUint16(append(out, 126), uint16(n))
	default:
		out = binary.BigEndian.AppendUint64(append(out, 127), uint64(n))
	}
	return append(out, b...)
}
