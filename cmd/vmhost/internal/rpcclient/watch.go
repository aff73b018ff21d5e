package rpcclient

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gorilla/websocket" //nolint:depguard // wsapi serves; this is its Go client

	"vmhost/jobs"
)

// Subscription says what to watch: the object of eth_subscribe ["results", …].
type Subscription struct {
	Program string `json:"program,omitempty"`
	Trigger string `json:"trigger,omitempty"`
	Job     string `json:"job,omitempty"`
	Cursor  string `json:"cursor,omitempty"`
	From    string `json:"from,omitempty"`
	// Finality: latest (default), safe or finalized.
	Finality string `json:"finality,omitempty"`
	// Proofs: none, status (default) or inline.
	Proofs string `json:"proofs,omitempty"`
}

// Message is one message of the results stream; Type says which fields are set.
type Message struct {
	Type   string `json:"type"` // data, undo, proof, final, progress, error
	Cursor string `json:"cursor"`

	Block    jobs.Block  `json:"block"` // data; proof: number and hash only
	Items    []jobs.Item `json:"items"` // data
	Complete bool        `json:"complete"`

	To     jobs.BlockRef `json:"to"` // undo, final
	From   jobs.BlockRef `json:"from"`
	Source string        `json:"source"` // undo: reorg or cursor
	Undone []jobs.JobID  `json:"undone"`

	JobID   jobs.JobID      `json:"jobId"` // proof, progress
	Status  string          `json:"status"`
	Class   string          `json:"class"`
	Seconds float64         `json:"seconds"`
	Proof   json.RawMessage `json:"proof"`
	Tx      *jobs.Hash      `json:"tx"`
	Failure *jobs.Failure   `json:"failure"`

	Stage string  `json:"stage"` // progress
	Done  float64 `json:"done"`

	Code    int    `json:"code"` // error
	Message string `json:"message"`
	Oldest  string `json:"oldestCursor"`

	// Raw is the message as it came, Received when.
	Raw      json.RawMessage `json:"-"`
	Received time.Time       `json:"-"`
}

// handlerError marks an error of the caller's own handler.
type handlerError struct{ err error }

func (e *handlerError) Error() string { return e.err.Error() }

// Timing of a connection: the server pings every 20 s.
const (
	silence    = 90 * time.Second
	writeWait  = 10 * time.Second
	maxMessage = 64 << 20
)

// Watch subscribes to results and calls handle for each message, in order,
// until ctx ends (nil), handle fails (its error), or the server refuses or ends
// the subscription (*Error). When the connection drops it reconnects and resumes
// after the last message: nothing is missed and nothing comes twice (before the
// first message there is no cursor to resume after).
// Subscribed, if not nil, is called after each acknowledgement.
func (c *Client) Watch(ctx context.Context, s Subscription, subscribed func(), handle func(Message) error) error {
	for pause := 100 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		err := c.watchOnce(ctx, &s, func() {
			pause = 100 * time.Millisecond
			if subscribed != nil {
				subscribed()
			}
		}, handle)
		if ctx.Err() != nil {
			return nil //nolint:nilerr // the caller asked to stop
		}
		if h, ok := errors.AsType[*handlerError](err); ok {
			return h.err
		}
		if e, ok := errors.AsType[*Error](err); ok {
			return e
		}
		if s.Cursor == "" && pause > 2*time.Second { // never got through: say why
			return fmt.Errorf("watch: %w", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}

func (c *Client) watchOnce(ctx context.Context, s *Subscription, subscribed func(), handle func(Message) error) error {
	dialer := websocket.Dialer{HandshakeTimeout: 10 * time.Second}
	ws, resp, err := dialer.DialContext(ctx, strings.Replace(c.server, "http", "ws", 1)+"/ws", nil)
	if resp != nil && resp.Body != nil {
		_ = resp.Body.Close() // read only
	}
	if err != nil {
		return err
	}
	defer ws.Close() //nolint:errcheck // the server is told by the close frame, if at all
	stop := context.AfterFunc(ctx, func() {
		_ = ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), time.Now().Add(time.Second)) // leaving anyway
		_ = ws.Close()                                                                                                                           // leaving anyway
	})
	defer stop()
	ws.SetReadLimit(maxMessage)
	ping := ws.PingHandler()
	ws.SetPingHandler(func(data string) error {
		_ = ws.SetReadDeadline(time.Now().Add(silence)) // then the next read fails
		return ping(data)
	})
	_ = ws.SetWriteDeadline(time.Now().Add(writeWait)) // then the write fails
	if err := ws.WriteJSON(map[string]any{"jsonrpc": "2.0", "id": 1, "method": "eth_subscribe", "params": []any{"results", s}}); err != nil {
		return err
	}
	for {
		_ = ws.SetReadDeadline(time.Now().Add(silence)) // then the read fails
		_, b, err := ws.ReadMessage()
		if err != nil {
			return err
		}
		if err := c.take(b, time.Now(), s, subscribed, handle); err != nil {
			return err
		}
	}
}

// take handles one frame.
func (c *Client) take(b []byte, now time.Time, s *Subscription, subscribed func(), handle func(Message) error) error {
	var frame struct {
		ID     json.RawMessage `json:"id"`
		Error  *Error          `json:"error"`
		Params struct {
			Result json.RawMessage `json:"result"`
		} `json:"params"`
	}
	if err := json.Unmarshal(b, &frame); err != nil {
		return fmt.Errorf("decode message: %w", err)
	}
	if frame.ID != nil {
		if frame.Error != nil {
			return frame.Error
		}
		subscribed()
		return nil
	}
	m := Message{Raw: frame.Params.Result, Received: now}
	if err := json.Unmarshal(frame.Params.Result, &m); err != nil {
		return fmt.Errorf("decode message: %w", err)
	}
	if m.Type == "error" {
		e := &Error{Code: m.Code, Message: m.Message}
		e.Data.OldestCursor = m.Oldest
		return e
	}
	if err := handle(m); err != nil {
		return &handlerError{err}
	}
	if m.Cursor != "" {
		s.Cursor, s.From = m.Cursor, ""
	}
	return nil
}
