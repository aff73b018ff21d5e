package replay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/websocket" //nolint:depguard // the client side of wsapi's conversations

	"vmhost/jobs"
	"vmhost/jobs/jobstest"
	"vmhost/testvectors/schema"
	"vmhost/wsapi"
)

// Waiting times of a script.
const (
	answerWait  = 5 * time.Second
	silenceWait = 50 * time.Millisecond
)

// script plays a conversation with a server whose jobs run on fakes.
func script(ctx context.Context, t *schema.Script) error {
	valid, err := t.IsValid()
	if err != nil {
		return err
	}
	if answers, refused := firstAnswer(t.Lines); !answers || valid == refused {
		return fmt.Errorf("%w: a script is invalid if its first answer is an error, and must expect an answer", schema.ErrFormat)
	}
	p, err := newPlayer(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	for i, line := range t.Lines {
		if err := p.line(ctx, line); err != nil {
			return fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return nil
}

// firstAnswer looks for an answer, and whether the first one is a refusal.
func firstAnswer(lines []string) (answers, refused bool) {
	for _, line := range lines {
		if want, ok := strings.CutPrefix(line, "<-- "); ok {
			var answer struct{ Error any }
			return true, want == "closed" || (json.Unmarshal([]byte(want), &answer) == nil && answer.Error != nil)
		}
	}
	return false, false
}

// player is a server on fakes and one connection to it.
type player struct {
	world *jobstest.World
	srv   *wsapi.Server
	http  *httptest.Server
	ws    *websocket.Conn
	vars  map[string]any
	held  map[string]bool // gates
}

func newPlayer(ctx context.Context) (*player, error) {
	w, err := jobstest.NewWorld(ctx, nil, jobs.Options{Workers: 1})
	if err != nil {
		return nil, err
	}
	srv, err := wsapi.New(wsapi.Options{
		Jobs: w.Manager, ChainID: 1337, State: fakeState{}, Verifier: fakeVerifier{}, StatusEvery: time.Millisecond,
	})
	if err != nil {
		w.Close()
		return nil, err
	}
	p := &player{world: w, srv: srv, http: httptest.NewServer(srv.Handler()), vars: map[string]any{}, held: map[string]bool{}}
	if err := p.dial(ctx); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

func (p *player) close() {
	p.world.Exec.Gate.Open()
	p.world.Prover.Gate.Open()
	if p.ws != nil {
		_ = p.ws.Close()
	}
	_ = p.srv.Shutdown(context.Background())
	p.http.Close()
	p.world.Close()
}

func (p *player) dial(ctx context.Context) error {
	if p.ws != nil {
		_ = p.ws.Close()
	}
	ws, resp, err := websocket.DefaultDialer.DialContext(ctx, "ws"+strings.TrimPrefix(p.http.URL, "http"), nil)
	if err != nil {
		return fmt.Errorf("dial: %w", err)
	}
	_ = resp.Body.Close()
	p.ws = ws
	return nil
}

func (p *player) line(ctx context.Context, text string) error {
	kind, rest, _ := strings.Cut(text, " ")
	switch kind {
	case "-->":
		for name, v := range p.vars {
			if s, ok := v.(string); ok {
				rest = strings.ReplaceAll(rest, "$"+name+"$", s)
			}
		}
		return p.ws.WriteMessage(websocket.TextMessage, []byte(rest))
	case "<--":
		return p.expect(ctx, rest)
	case "!!":
		return p.command(ctx, strings.Fields(rest))
	}
	return fmt.Errorf("%w: unknown line %.80q", schema.ErrFormat, text)
}

func (p *player) read(d time.Duration) ([]byte, error) {
	if err := p.ws.SetReadDeadline(time.Now().Add(d)); err != nil {
		return nil, err
	}
	_, b, err := p.ws.ReadMessage()
	return b, err
}

func (p *player) expect(ctx context.Context, want string) error {
	switch want {
	case "nothing":
		if b, err := p.read(silenceWait); err == nil {
			return fmt.Errorf("unexpected %.300s: %w", b, errWrong)
		}
		return p.dial(ctx) // a connection that timed out cannot be used again
	case "closed":
		b, err := p.read(answerWait)
		var c *websocket.CloseError
		if err == nil || !errors.As(err, &c) {
			return fmt.Errorf("not closed, but %.300s %w: %w", b, err, errWrong)
		}
		return p.dial(ctx)
	}
	b, err := p.read(answerWait)
	if err != nil {
		return fmt.Errorf("no answer: %w", err)
	}
	var w, g any
	if err := json.Unmarshal([]byte(want), &w); err != nil {
		return fmt.Errorf("%w: %w", schema.ErrFormat, err)
	}
	if err := json.Unmarshal(b, &g); err != nil {
		return fmt.Errorf("answer %.300s: %w", b, err)
	}
	if err := p.match("", w, g); err != nil {
		return fmt.Errorf("%w, got %.1000s", err, b)
	}
	return nil
}

func (p *player) command(ctx context.Context, a []string) error {
	if len(a) == 0 {
		return fmt.Errorf("%w: no command", schema.ErrFormat)
	}
	arg := append(a[1:], "", "")[:2]
	switch a[0] {
	case "settle":
		return p.settle(ctx)
	case "reconnect":
		return p.dial(ctx)
	case "hold", "release":
		gate := map[string]*jobstest.Gate{"prover": &p.world.Prover.Gate, "executor": &p.world.Exec.Gate}[arg[0]]
		switch {
		case gate == nil:
			return fmt.Errorf("%w: no gate %.40q", schema.ErrFormat, arg[0])
		case a[0] == "hold":
			p.held[arg[0]] = true
			gate.Close()
			return nil
		}
		delete(p.held, arg[0])
		gate.Open()
		return p.settle(ctx)
	}
	n, err := strconv.ParseUint(arg[0], 10, 24)
	if err != nil {
		return fmt.Errorf("%w: command %.80q: %w", schema.ErrFormat, a, err)
	}
	return p.move(ctx, a[0], n, arg[1])
}

// move moves the chain, or sends n bytes.
func (p *player) move(ctx context.Context, verb string, n uint64, branch string) error {
	switch verb {
	case "oversize":
		return p.ws.WriteMessage(websocket.TextMessage, make([]byte, n))
	case "advance":
		for range n {
			if _, err := p.world.Advance(ctx, 1, branch); err != nil {
				return err
			}
			if err := p.settle(ctx); err != nil {
				return err
			}
		}
		return nil
	case "back":
		return p.world.Back(ctx, int(n))
	}
	status := p.world.Status()
	if n == 0 || n > uint64(status.Head.Number) {
		return fmt.Errorf("%w: no block %d", schema.ErrFormat, n)
	}
	switch at := p.world.At(n).Ref(); verb {
	case "finalize":
		return p.world.Finalized(ctx, at)
	case "anchor":
		return p.world.Anchored(ctx, at, jobs.Anchor{Tx: jobs.Hash{31: 0xaa}, Included: 9})
	}
	return fmt.Errorf("%w: unknown command %.40q", schema.ErrFormat, verb)
}

// settle waits until nothing moves that is not held.
func (p *player) settle(ctx context.Context) error {
	for quiet, waited := 0, 0; quiet < 5; waited++ {
		if p.busy() {
			quiet = 0
		} else {
			quiet++
		}
		if waited > 5000 {
			return fmt.Errorf("jobs do not settle: %w", errWrong)
		}
		select {
		case <-time.After(time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// busy reports whether something moves. What is held has arrived when it runs.
func (p *player) busy() bool {
	st := p.world.Status()
	moves := func(held bool, waiting, running int) bool {
		if held {
			return waiting > 0 && running == 0
		}
		return waiting+running > 0
	}
	return moves(p.held["executor"], st.Queued, st.Running) || moves(p.held["prover"], st.ProofsQueued, st.Proving)
}
