package host

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"

	"vmhost/jobs"
	"vmhost/proofs"
	"vmhost/statecache"
)

// A proof keeps every processor busy for seconds. In this process it would
// delay each block's results by hundreds of milliseconds (measured: goroutines
// that became ready wait behind the prover's). So proofs run in a child process
// at a lower priority, which is killed when its proof is no longer wanted.
//
// Parent and child speak lines of JSON over the child's standard input and
// output: one workRequest, then workReplies, the last of which has a proof or a
// failure. The child ends when its input does.

// workRequest is one proof, with the whole state that it may read.
type workRequest struct {
	Module     []byte                `json:"module"`
	Input      []byte                `json:"input"`
	Journal    []byte                `json:"journal"`
	Fuel       uint64                `json:"fuel"`
	Class      string                `json:"class"`
	State      *statecache.Snapshot  `json:"state"`
	Commitment statecache.Commitment `json:"commitment"`
}

// workReply is progress, a proof, or a failure.
type workReply struct {
	Stage string          `json:"stage,omitempty"`
	Done  int             `json:"done,omitempty"`
	Total int             `json:"total,omitempty"`
	Proof json.RawMessage `json:"proof,omitempty"`
	// Failure that would come again (Final), or one of the host.
	Failure string `json:"failure,omitempty"`
	Final   bool   `json:"final,omitempty"`
}

// maxWork bounds a line between parent and child, in bytes.
const maxWork = 1 << 30

// WorkerOptions configure ServeProofs.
type WorkerOptions struct {
	// Keys is the folder of proving keys; "" means proofs.DefaultDir.
	Keys string
	// UnsafeDev permits keys whose trapdoor is public.
	UnsafeDev bool
}

// ServeProofs is the child: it proves what it reads from in and ends with it.
func ServeProofs(ctx context.Context, in io.Reader, out io.Writer, o WorkerOptions) error {
	lowerPriority()
	shapes, err := proofs.ZkwasmShapes()
	if err != nil {
		return err
	}
	store, err := proofs.OpenStore(proofs.StoreOptions{Dir: o.Keys, Shapes: shapes})
	if err != nil {
		return err
	}
	w := &workServer{machine: proofs.NewMachine(store, o.UnsafeDev), out: json.NewEncoder(out)}
	sc := bufio.NewScanner(in)
	sc.Buffer(make([]byte, 1<<16), maxWork)
	for sc.Scan() {
		var r workRequest
		if err := json.Unmarshal(sc.Bytes(), &r); err != nil {
			return fmt.Errorf("read request: %w", err)
		}
		if err := w.serve(ctx, r); err != nil {
			return err
		}
	}
	return sc.Err() // what still proves ends with the process
}

type workServer struct {
	machine *proofs.Machine
	mu      sync.Mutex // of out
	out     *json.Encoder
}

func (w *workServer) reply(r workReply) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.out.Encode(r)
}

func (w *workServer) serve(ctx context.Context, r workRequest) error {
	f, err := w.prove(ctx, r)
	if err != nil {
		var final *jobs.ExecError
		if errors.As(proofError(ctx, err), &final) {
			return w.reply(workReply{Failure: final.Reason, Final: true})
		}
		return w.reply(workReply{Failure: err.Error()})
	}
	file, err := f.Encode()
	if err != nil {
		return w.reply(workReply{Failure: err.Error()})
	}
	return w.reply(workReply{Proof: file})
}

func (w *workServer) prove(ctx context.Context, r workRequest) (*proofs.ProofFile, error) {
	if r.State == nil {
		return nil, proofs.ErrNoState
	}
	v, err := r.State.View()
	if err != nil {
		return nil, err
	}
	ref := v.Ref()
	if v.CommitmentBytes() != r.Commitment {
		return nil, fmt.Errorf("%w: the state given to the worker has another commitment", proofs.ErrUnsatisfied)
	}
	return w.machine.Prove(ctx, proofs.Job{
		Module: r.Module, Input: r.Input, State: v, Fuel: r.Fuel, Class: r.Class, ExpectJournal: append([]byte{}, r.Journal...),
		Block: proofs.Block{ChainID: v.ChainID(), Number: ref.Number, Hash: ref.Hash}, Rung: proofs.RungChecked,
		Progress: func(stage proofs.Stage, done, total int) {
			_ = w.reply(workReply{Stage: string(stage), Done: done, Total: total}) // a parent that went away shows at the end
		},
	})
}

// worker is the parent's side: it starts the child when it is needed, gives it
// one proof at a time, and kills it when a proof is withdrawn.
type worker struct {
	command []string
	class   string
	keys    proofs.Progress

	mu    sync.Mutex // held during a proof
	child *child

	closing sync.Mutex // guards what follows
	closed  bool
	running *os.Process
}

// child is a running worker process.
type child struct {
	cmd   *exec.Cmd
	stdin io.WriteCloser
	lines *bufio.Scanner
	errs  *tail
}

// Prove implements jobs.Prover.
func (w *worker) Prove(ctx context.Context, r jobs.ProveRequest, progress func(jobs.Progress)) (jobs.Proof, error) {
	state, err := stateOf(r.View)
	if err != nil {
		return jobs.Proof{}, err
	}
	q, err := requestOf(ctx, state, r, w.class)
	if err != nil {
		return jobs.Proof{}, proofError(ctx, err)
	}
	request, err := json.Marshal(q)
	if err != nil {
		return jobs.Proof{}, fmt.Errorf("worker: %w", err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if ctx.Err() != nil {
		return jobs.Proof{}, ctx.Err()
	}
	if err := w.start(); err != nil {
		return jobs.Proof{}, err
	}
	kill := context.AfterFunc(ctx, func() { _ = w.child.cmd.Process.Kill() }) // it may have ended
	proof, err := w.child.prove(request, func(u workReply) {
		if w.keys != nil && setupStage(proofs.Stage(u.Stage)) {
			w.keys(proofs.Stage(u.Stage), u.Done, u.Total)
		}
		p := jobs.Progress{Stage: u.Stage, Done: -1}
		if u.Total > 0 {
			p.Done = float64(u.Done) / float64(u.Total)
		}
		progress(p)
	})
	alive := kill()
	if errors.Is(err, errWorker) || !alive {
		said := w.child.errs
		w.drop() // and has said all it will
		err = fmt.Errorf("%w: %s", err, said)
	}
	if !alive {
		return jobs.Proof{}, ctx.Err()
	}
	return proof, err
}

func requestOf(ctx context.Context, v *statecache.View, r jobs.ProveRequest, class string) (*workRequest, error) {
	q := &workRequest{
		Module: r.Module.Wasm, Input: r.Input, Journal: r.Journal, Fuel: r.Limits.Fuel, Class: class, Commitment: v.CommitmentBytes(),
	}
	ages, err := proofs.AgesRead(ctx, proofs.Job{Module: q.Module, Input: q.Input, State: v, Fuel: q.Fuel})
	if err != nil {
		return nil, err
	}
	if q.State, err = v.Snapshot(ages...); err != nil {
		return nil, fmt.Errorf("worker: %w", err)
	}
	return q, nil
}

// errWorker says that the child failed rather than the proof; it is started
// again for the next.
var errWorker = errors.New("prove worker failed")

// start makes sure that there is a child. Requires mu.
func (w *worker) start() error {
	if w.child != nil {
		return nil
	}
	w.closing.Lock()
	defer w.closing.Unlock()
	if w.closed {
		return proofs.ErrClosed
	}
	c := &child{cmd: exec.Command(w.command[0], w.command[1:]...), errs: &tail{}} //nolint:gosec // our own binary
	c.cmd.Stderr = c.errs
	ownGroup(c.cmd) // Ctrl-C is for the parent, which then ends the child
	var err error
	if c.stdin, err = c.cmd.StdinPipe(); err != nil {
		return fmt.Errorf("%w: %w", errWorker, err)
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("%w: %w", errWorker, err)
	}
	if err := c.cmd.Start(); err != nil {
		return fmt.Errorf("%w: %w", errWorker, err)
	}
	c.lines = bufio.NewScanner(out)
	c.lines.Buffer(make([]byte, 1<<16), maxWork)
	w.child, w.running = c, c.cmd.Process
	return nil
}

// drop ends the child and forgets it. Requires mu.
func (w *worker) drop() {
	_ = w.child.stdin.Close()      // it ends in any case
	_ = w.child.cmd.Process.Kill() // it may have ended
	_ = w.child.cmd.Wait()         // killed
	w.closing.Lock()
	defer w.closing.Unlock()
	w.child, w.running = nil, nil
}

// close ends the child, whatever it does, and waits for it.
func (w *worker) close() error {
	w.closing.Lock()
	w.closed = true
	if w.running != nil {
		_ = w.running.Kill() // it may have ended
	}
	w.closing.Unlock()
	w.mu.Lock() // a proof that was running returns now
	defer w.mu.Unlock()
	if w.child != nil {
		w.drop()
	}
	return nil
}

// prove gives one request to the child and reads until its end.
func (c *child) prove(request []byte, progress func(workReply)) (jobs.Proof, error) {
	if _, err := c.stdin.Write(append(request, '\n')); err != nil {
		return jobs.Proof{}, fmt.Errorf("%w: %w", errWorker, err)
	}
	for c.lines.Scan() {
		var r workReply
		if err := json.Unmarshal(c.lines.Bytes(), &r); err != nil {
			return jobs.Proof{}, fmt.Errorf("%w: %w", errWorker, err)
		}
		switch {
		case r.Proof != nil:
			f, err := proofs.DecodeProofFile(r.Proof)
			if err != nil {
				return jobs.Proof{}, fmt.Errorf("%w: %w", errWorker, err)
			}
			return proofOf(f)
		case r.Failure != "" && r.Final:
			return jobs.Proof{}, &jobs.ExecError{Failure: jobs.Failure{Class: jobs.FailProof, Reason: r.Failure}}
		case r.Failure != "":
			return jobs.Proof{}, errors.New(r.Failure)
		default:
			progress(r)
		}
	}
	err := c.lines.Err()
	if err == nil {
		err = io.ErrUnexpectedEOF
	}
	return jobs.Proof{}, fmt.Errorf("%w: %w", errWorker, err)
}

// tail keeps the end of what the child says, for error messages.
type tail struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

const tailBytes = 4096

// Write implements io.Writer.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf.Write(p)
	if over := t.buf.Len() - tailBytes; over > 0 {
		t.buf.Next(over)
	}
	return len(p), nil
}

// String returns the end of what was said.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(bytes.TrimSpace(t.buf.Bytes()))
}
