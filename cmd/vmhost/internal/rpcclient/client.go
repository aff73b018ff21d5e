package rpcclient

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"vmhost/jobs"
)

// maxAnswer bounds what is read of one answer, in bytes.
const maxAnswer = 16 << 20

// ErrURL says that the server's address is not an http, https, ws or wss URL.
var ErrURL = errors.New("not an http(s) or ws(s) address")

// Error is an error that the server answered.
type Error struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Data    struct {
		Name         string `json:"name"`
		Retryable    bool   `json:"retryable"`
		OldestCursor string `json:"oldestCursor"`
	} `json:"data"`
}

// Error implements error.
func (e *Error) Error() string { return fmt.Sprintf("%s (%d %s)", e.Message, e.Code, e.Data.Name) }

// Client talks to one server.
type Client struct {
	http   *http.Client
	server string // http(s)://host:port
}

// New takes the server's address: host:port, or a URL of scheme http, https, ws
// or wss.
func New(server string) (*Client, error) {
	if !strings.Contains(server, "://") {
		server = "http://" + server
	}
	u, err := url.Parse(server)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("%q: %w", server, ErrURL)
	}
	switch u.Scheme {
	case "http", "https":
	case "ws":
		u.Scheme = "http"
	case "wss":
		u.Scheme = "https"
	default:
		return nil, fmt.Errorf("%q: %w", server, ErrURL)
	}
	return &Client{
		http:   &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 4}},
		server: u.Scheme + "://" + u.Host,
	}, nil
}

// Close ends idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Call calls a method and decodes its result into out (nil: ignored).
func (c *Client) Call(ctx context.Context, out any, method string, params ...any) error {
	if params == nil {
		params = []any{}
	}
	body, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	b, _, err := c.post(ctx, "/", "application/json", body)
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	var answer struct {
		Result json.RawMessage `json:"result"`
		Error  *Error          `json:"error"`
	}
	if err := json.Unmarshal(b, &answer); err != nil {
		return fmt.Errorf("%s: decode answer: %w", method, err)
	}
	if answer.Error != nil {
		return fmt.Errorf("%s: %w", method, answer.Error)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(answer.Result, out); err != nil {
		return fmt.Errorf("%s: decode result: %w", method, err)
	}
	return nil
}

// post returns the body of a 200 answer, or of another one that is JSON.
func (c *Client) post(ctx context.Context, path, kind string, body []byte) ([]byte, int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.server+path, bytes.NewReader(body))
	if err != nil {
		return nil, 0, err
	}
	req.Header.Set("Content-Type", kind)
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, 0, err
	}
	defer resp.Body.Close() //nolint:errcheck // read only
	b, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return nil, 0, err
	}
	if resp.StatusCode != http.StatusOK && !json.Valid(b) {
		return nil, resp.StatusCode, fmt.Errorf("server answered %s: %s", resp.Status, strings.TrimSpace(string(b[:min(len(b), 200)])))
	}
	return b, resp.StatusCode, nil
}

// Module is an uploaded module.
type Module struct {
	Hash     jobs.Hash  `json:"moduleHash"`
	Program  *jobs.Hash `json:"programId"` // nil if there is no proof of it
	Name     string     `json:"name"`
	Size     int        `json:"size"`
	Provable bool       `json:"provable"`
	Reasons  []string   `json:"reasons"`
}

// ID names the module in other calls: its ProgramID, or its hash without one.
func (m Module) ID() jobs.Hash {
	if m.Program != nil {
		return *m.Program
	}
	return m.Hash
}

// Upload stores a module.
func (c *Client) Upload(ctx context.Context, wasm []byte, name string) (Module, error) {
	b, status, err := c.post(ctx, "/modules?name="+url.QueryEscape(name), "application/wasm", wasm)
	if err != nil {
		return Module{}, fmt.Errorf("upload: %w", err)
	}
	var answer struct {
		Module
		Error *Error `json:"error"`
	}
	if err := json.Unmarshal(b, &answer); err != nil {
		return Module{}, fmt.Errorf("upload: decode answer: %w", err)
	}
	if answer.Error != nil {
		return Module{}, fmt.Errorf("upload: %w", answer.Error)
	}
	if status != http.StatusOK {
		return Module{}, fmt.Errorf("upload: server answered %d", status)
	}
	return answer.Module, nil
}

// Define sends a WATCH.json, of any length that the server takes, and decodes
// what was defined into out.
func (c *Client) Define(ctx context.Context, file []byte, out any) error {
	b, status, err := c.post(ctx, "/watch", "application/json", file)
	if err != nil {
		return fmt.Errorf("watch: %w", err)
	}
	if status != http.StatusOK {
		var refused struct {
			Error *Error `json:"error"`
		}
		if err := json.Unmarshal(b, &refused); err == nil && refused.Error != nil {
			return refused.Error
		}
		return fmt.Errorf("watch: server answered %d", status)
	}
	if err := json.Unmarshal(b, out); err != nil {
		return fmt.Errorf("watch: decode answer: %w", err)
	}
	return nil
}

// Submission is an on-demand job.
type Submission struct {
	Program jobs.Hash  `json:"program"`
	Input   jobs.Bytes `json:"input"`
	At      string     `json:"at,omitempty"` // latest, safe, finalized, a number or a hash
	Prove   bool       `json:"prove"`
}

// Submit starts a job. Duplicate says that the same one was there already.
func (c *Client) Submit(ctx context.Context, s Submission) (id jobs.JobID, duplicate bool, err error) {
	var out struct {
		ID        jobs.JobID `json:"jobId"`
		Duplicate bool       `json:"duplicate"`
	}
	err = c.Call(ctx, &out, "vm_submitJob", s)
	return out.ID, out.Duplicate, err
}

// Trigger makes a job of each block.
func (c *Client) Trigger(ctx context.Context, program jobs.Hash, input []byte, prove bool) (jobs.TriggerID, error) {
	var out struct {
		ID jobs.TriggerID `json:"triggerId"`
	}
	err := c.Call(ctx, &out, "vm_createTrigger", map[string]any{
		"program": program, "input": jobs.Bytes(input), "on": map[string]bool{"everyBlock": true}, "prove": prove,
	})
	return out.ID, err
}

// Job asks for a job's state.
func (c *Client) Job(ctx context.Context, id jobs.JobID) (jobs.Job, error) {
	var out jobs.Job
	err := c.Call(ctx, &out, "vm_getJob", id)
	return out, err
}

// Proof is a job's PROOF.json.
func (c *Client) Proof(ctx context.Context, id jobs.JobID) (json.RawMessage, error) {
	var out json.RawMessage
	err := c.Call(ctx, &out, "vm_getProof", id)
	return out, err
}
