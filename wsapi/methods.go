package wsapi

import (
	"context"
	"encoding/json"
	"log/slog"
	"strconv"
	"time"

	"vmhost/jobs"
)

// call is one request being answered.
type call struct {
	s     *Server
	conn  *conn // nil over HTTP
	local bool  // see Server.local
	args  []json.RawMessage
	// after runs once the response is queued.
	after []func()
}

type method func(ctx context.Context, c *call) (any, error)

// methods is the whole API.
func methods(name string) method {
	switch name {
	case "eth_chainId":
		return ethChainID
	case "net_version":
		return netVersion
	case "eth_blockNumber":
		return ethBlockNumber
	case "web3_clientVersion":
		return clientVersion
	case "eth_subscribe":
		return subscribeAs("eth")
	case "vm_subscribe":
		return subscribeAs("vm")
	case "eth_unsubscribe", "vm_unsubscribe":
		return unsubscribe
	case "vm_uploadModule":
		return uploadModule
	case "vm_getModule":
		return getModule
	case "vm_listModules":
		return listModules
	case "vm_submitJob":
		return submitJob
	case "vm_getJob":
		return getJob
	case "vm_listJobs":
		return listJobs
	case "vm_cancelJob":
		return cancelJob
	case "vm_createTrigger":
		return createTrigger
	case "vm_listTriggers":
		return listTriggers
	case "vm_deleteTrigger":
		return deleteTrigger
	case "vm_getProof":
		return getProof
	case "vm_verifyProof":
		return verifyProof
	case "vm_getState":
		return getState
	case "vm_collections":
		return collections
	case "vm_watch":
		return watch
	case "vm_unwatch":
		return unwatch
	case "vm_getAnchor":
		return getAnchor
	case "vm_status":
		return func(_ context.Context, c *call) (any, error) { return c.s.status(), nil }
	default:
		return nil
	}
}

// answer runs one message and returns what to send (nil: nothing) and what to
// do after that was queued.
func (s *Server) answer(ctx context.Context, b []byte, c *conn, local bool) (out []byte, after []func()) {
	m, bad := decodeMessage(b, s.opts.MaxBatch)
	if bad != nil {
		s.metrics.request("invalid", bad, 0)
		return mustJSON(response{Version: "2.0", ID: json.RawMessage("null"), Error: bad}), nil
	}
	var answers []response
	for _, r := range m.requests {
		resp, then := s.one(ctx, r, &call{s: s, conn: c, local: local})
		after = append(after, then...)
		if r.ID != nil || r.err != nil {
			answers = append(answers, resp)
		}
	}
	switch {
	case len(answers) == 0:
		return nil, after
	case m.batch:
		return mustJSON(answers), after
	default:
		return mustJSON(answers[0]), after
	}
}

func (s *Server) one(ctx context.Context, r decoded, cl *call) (response, []func()) {
	out := response{Version: "2.0", ID: r.ID}
	if r.err != nil {
		s.metrics.request("invalid", r.err, 0)
		out.Error = r.err
		return out, nil
	}
	f := methods(r.Method)
	if f == nil {
		out.Error = errorf(CodeMethod, "the method %s does not exist", clip(r.Method))
		s.metrics.request("unknown", out.Error, 0)
		return out, nil
	}
	cl.args = args(r.Params)
	started := time.Now()
	result, err := f(ctx, cl)
	if err != nil {
		out.Error = toError(err)
		if out.Error.Code == CodeInternal {
			s.opts.Logger.LogAttrs(ctx, slog.LevelError, "request", slog.String("method", r.Method), slog.Any("err", err))
		}
	} else if out.Result = result; result == nil {
		out.Result = json.RawMessage("null")
	}
	s.metrics.request(r.Method, out.Error, time.Since(started))
	return out, cl.after
}

// atMost refuses superfluous arguments.
func (c *call) atMost(n int) error {
	if len(c.args) > n {
		return errorf(CodeParams, "too many parameters")
	}
	return nil
}

func ethChainID(_ context.Context, c *call) (any, error) { return jobs.Quantity(c.s.opts.ChainID), nil }

func netVersion(_ context.Context, c *call) (any, error) {
	return strconv.FormatUint(c.s.opts.ChainID, 10), nil
}

func ethBlockNumber(_ context.Context, c *call) (any, error) { return c.s.opts.Jobs.Head().Number, nil }

func clientVersion(_ context.Context, c *call) (any, error) { return c.s.opts.Version, nil }

func subscribeAs(namespace string) method {
	return func(_ context.Context, c *call) (any, error) {
		if c.conn == nil {
			return nil, errorf(CodeMethod, "subscriptions need a WebSocket")
		}
		id, start, err := c.conn.subscribe(namespace, c.args)
		if err != nil {
			return nil, err
		}
		c.after = append(c.after, start)
		return id, nil
	}
}

func unsubscribe(_ context.Context, c *call) (any, error) {
	if c.conn == nil {
		return nil, errorf(CodeMethod, "subscriptions need a WebSocket")
	}
	var id string
	if err := decodeArg(c.args, 0, "subscription", &id); err != nil {
		return nil, err
	}
	return c.conn.drop(id), nil
}

// moduleResult describes a module; programId is null if it is not provable.
type moduleResult struct {
	jobs.Module
	Program *jobs.Hash `json:"programId"`
}

func describe(m jobs.Module) moduleResult {
	out := moduleResult{Module: m}
	if !m.Program.IsZero() {
		out.Program = &m.Program
	}
	return out
}

func uploadModule(ctx context.Context, c *call) (any, error) {
	var wasm jobs.Bytes
	var o struct {
		Name string `json:"name"`
	}
	if err := decodeArg(c.args, 0, "bytes", &wasm); err != nil {
		return nil, err
	}
	if len(c.args) > 1 {
		if err := decodeArg(c.args, 1, "options", &o); err != nil {
			return nil, err
		}
	}
	if err := c.atMost(2); err != nil {
		return nil, err
	}
	m, err := c.s.opts.Jobs.Modules().Put(ctx, wasm, o.Name)
	if err != nil {
		return nil, err
	}
	return describe(m), nil
}

func getModule(_ context.Context, c *call) (any, error) {
	var id jobs.Hash
	if err := decodeArg(c.args, 0, "program", &id); err != nil {
		return nil, err
	}
	m, ok := c.s.opts.Jobs.Modules().Get(id)
	if !ok {
		return nil, errorf(CodeNotFound, "no module %s", id)
	}
	return describe(m), nil
}

func listModules(_ context.Context, c *call) (any, error) {
	out := []moduleResult{}
	for _, m := range c.s.opts.Jobs.Modules().List() {
		out = append(out, describe(m))
	}
	return out, c.atMost(0)
}

// atParam reads "latest", "safe", "finalized", a quantity, or a block hash.
type atParam struct{ jobs.At }

// UnmarshalJSON implements json.Unmarshaler.
func (a *atParam) UnmarshalJSON(b []byte) error {
	var text string
	if err := json.Unmarshal(b, &text); err != nil {
		return err
	}
	switch k := jobs.AtKind(text); k {
	case jobs.AtLatest, jobs.AtSafe, jobs.AtFinalized:
		a.Kind = k
		return nil
	default:
	}
	if len(text) == 66 {
		a.Kind = jobs.AtHash
		return a.Hash.UnmarshalText([]byte(text))
	}
	a.Kind = jobs.AtNumber
	return a.Number.UnmarshalText([]byte(text))
}

func submitJob(ctx context.Context, c *call) (any, error) {
	var p struct {
		Program *jobs.Hash `json:"program"`
		Input   jobs.Bytes `json:"input"`
		At      atParam    `json:"at"`
		Prove   bool       `json:"prove"`
	}
	if err := decodeArg(c.args, 0, "job", &p); err != nil {
		return nil, err
	}
	if p.Program == nil {
		return nil, errorf(CodeParams, "missing parameter program")
	}
	id, duplicate, err := c.s.opts.Jobs.Submit(ctx, jobs.Submission{Program: *p.Program, Input: p.Input, At: p.At.At, Prove: p.Prove})
	if err != nil {
		return nil, err
	}
	return map[string]any{"jobId": id, "duplicate": duplicate}, nil
}

func (c *call) jobID() (jobs.JobID, error) {
	var id jobs.JobID
	if err := decodeArg(c.args, 0, "jobId", &id); err != nil {
		return "", err
	}
	return id, c.atMost(1)
}

func getJob(_ context.Context, c *call) (any, error) {
	id, err := c.jobID()
	if err != nil {
		return nil, err
	}
	return c.s.opts.Jobs.Job(id)
}

func listJobs(_ context.Context, c *call) (any, error) {
	p := struct {
		Limit int `json:"limit"`
	}{100}
	if len(c.args) > 0 {
		if err := decodeArg(c.args, 0, "options", &p); err != nil {
			return nil, err
		}
	}
	if p.Limit < 1 || p.Limit > 1000 {
		return nil, errorf(CodeParams, "limit must be 1 to 1000")
	}
	return c.s.opts.Jobs.Jobs(p.Limit), nil
}

func cancelJob(ctx context.Context, c *call) (any, error) {
	id, err := c.jobID()
	if err != nil {
		return nil, err
	}
	return true, c.s.opts.Jobs.Cancel(ctx, id)
}

// triggerResult is a trigger without its input, which is its submitter's.
type triggerResult struct {
	ID      jobs.TriggerID `json:"triggerId"`
	Program jobs.Hash      `json:"programId"`
	Module  jobs.Hash      `json:"moduleHash"`
	On      jobs.TriggerOn `json:"on"`
	Prove   bool           `json:"prove"`
	Created int64          `json:"created"`
}

func describeTrigger(t jobs.Trigger) triggerResult {
	return triggerResult{t.ID, t.Program, t.Module, t.On, t.Prove, t.Created}
}

func createTrigger(ctx context.Context, c *call) (any, error) {
	var p struct {
		Program *jobs.Hash `json:"program"`
		Input   jobs.Bytes `json:"input"`
		On      struct {
			EveryBlock bool            `json:"everyBlock"`
			Logs       json.RawMessage `json:"logs"`
			Interval   json.RawMessage `json:"interval"`
		} `json:"on"`
		Prove bool `json:"prove"`
	}
	if err := decodeArg(c.args, 0, "trigger", &p); err != nil {
		return nil, err
	}
	if p.Program == nil {
		return nil, errorf(CodeParams, "missing parameter program")
	}
	if p.On.Logs != nil || p.On.Interval != nil {
		return nil, errorf(CodeUnsupported, "this version has only everyBlock triggers")
	}
	t, err := c.s.opts.Jobs.CreateTrigger(ctx, jobs.NewTrigger{
		Program: *p.Program, Input: p.Input, On: jobs.TriggerOn{EveryBlock: p.On.EveryBlock}, Prove: p.Prove,
	})
	if err != nil {
		return nil, err
	}
	return describeTrigger(t), nil
}

func listTriggers(_ context.Context, c *call) (any, error) {
	out := []triggerResult{}
	for _, t := range c.s.opts.Jobs.Triggers() {
		out = append(out, describeTrigger(t))
	}
	return out, c.atMost(0)
}

func deleteTrigger(ctx context.Context, c *call) (any, error) {
	var id jobs.TriggerID
	if err := decodeArg(c.args, 0, "triggerId", &id); err != nil {
		return nil, err
	}
	return true, c.s.opts.Jobs.DeleteTrigger(ctx, id)
}

func getProof(_ context.Context, c *call) (any, error) {
	id, err := c.jobID()
	if err != nil {
		return nil, err
	}
	return c.s.opts.Jobs.ProofFile(id)
}

func verifyProof(ctx context.Context, c *call) (any, error) {
	if c.s.opts.Verifier == nil {
		return nil, errorf(CodeUnsupported, "this server has no verifier")
	}
	if len(c.args) != 1 || len(c.args[0]) == 0 || c.args[0][0] != '{' {
		return nil, errorf(CodeParams, "the parameter is a proof document")
	}
	return c.s.opts.Verifier.VerifyProof(ctx, c.args[0])
}

func getState(ctx context.Context, c *call) (any, error) {
	if c.s.opts.State == nil {
		return nil, errorf(CodeUnsupported, "this server has no state reader")
	}
	p := struct {
		Collection string  `json:"collection"`
		Index      uint32  `json:"index"`
		N          uint32  `json:"n"`
		At         atParam `json:"at"`
	}{N: 1}
	if err := decodeArg(c.args, 0, "read", &p); err != nil {
		return nil, err
	}
	if p.N < 1 || p.N > 1024 {
		return nil, errorf(CodeParams, "n must be 1 to 1024")
	}
	b, err := c.s.opts.Jobs.Resolve(p.At.At)
	if err != nil {
		return nil, err
	}
	items, err := c.s.opts.State.Items(ctx, b.Ref(), p.Collection, p.Index, p.N)
	if err != nil {
		return nil, err
	}
	return map[string]any{"block": b, "collection": p.Collection, "items": items}, nil
}

func collections(ctx context.Context, c *call) (any, error) {
	if c.s.opts.State == nil {
		return nil, errorf(CodeUnsupported, "this server has no state reader")
	}
	b, err := c.s.opts.Jobs.Resolve(jobs.At{})
	if err != nil {
		return nil, err
	}
	return c.s.opts.State.Collections(ctx, b.Ref())
}

func getAnchor(_ context.Context, c *call) (any, error) {
	var n jobs.Quantity
	if err := decodeArg(c.args, 0, "height", &n); err != nil {
		return nil, err
	}
	b, a, err := c.s.opts.Jobs.BlockAt(uint64(n))
	if err != nil {
		return nil, err
	}
	return map[string]any{"block": b, "anchored": a != nil, "anchor": a}, nil
}
