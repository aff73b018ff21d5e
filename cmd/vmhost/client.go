package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"vmhost/cmd/vmhost/internal/host"
	"vmhost/cmd/vmhost/internal/rpcclient"
	"vmhost/jobs"
)

// clientCmd is what the client commands share.
type clientCmd struct {
	app    *app
	server string
}

func newClientCmd(a *app) *cobra.Command {
	c := &clientCmd{app: a}
	cmd := &cobra.Command{Use: "client", Short: "Talk to a running server", Args: args(cobra.NoArgs)}
	c.addServer(cmd)
	cmd.AddCommand(c.upload(), c.submit(), c.watch(), c.proof(), c.status())
	return cmd
}

func (c *clientCmd) addServer(cmd *cobra.Command) {
	cmd.PersistentFlags().StringVar(&c.server, "server", defaultServer(), serverUsage)
}

const serverUsage = "the server's address (environment: VMHOST_SERVER)"

// defaultServer is what the environment names, or the one that serve makes.
func defaultServer() string {
	return cmp.Or(os.Getenv(envName("server")), "http://"+host.DefaultListen)
}

func (c *clientCmd) dial() (*rpcclient.Client, error) {
	cl, err := rpcclient.New(c.server)
	if err != nil {
		return nil, usage(err)
	}
	return cl, nil
}

// answered makes the server's refusals the user's error: exit code 2, or 3
// where the same request may succeed later.
func answered(err error) error {
	if e, ok := errors.AsType[*rpcclient.Error](err); ok && !e.Data.Retryable {
		return usage(err)
	}
	return err
}

func (c *clientCmd) upload() *cobra.Command {
	var name string
	cmd := &cobra.Command{Use: "upload FILE.wasm", Short: "Upload a module", Args: args(cobra.ExactArgs(1))}
	cmd.Flags().StringVar(&name, "name", "", "label (default: the file's name)")
	cmd.RunE = func(cmd *cobra.Command, names []string) error {
		wasm, err := c.app.readFile(names[0])
		if err != nil {
			return err
		}
		if name == "" {
			name = strings.TrimSuffix(filepath.Base(names[0]), ".wasm")
		}
		cl, err := c.dial()
		if err != nil {
			return err
		}
		defer cl.Close()
		m, err := cl.Upload(cmd.Context(), wasm, name)
		if err != nil {
			return answered(fmt.Errorf("%s: %w", names[0], err))
		}
		if c.app.json {
			return c.app.emit(m)
		}
		rows := [][]string{{"module", m.Hash.String()}, {"name", m.Name}, {"provable", fmt.Sprint(m.Provable)}}
		if m.Program != nil {
			rows = append(rows, []string{"program", m.Program.String()})
		}
		for _, r := range m.Reasons {
			rows = append(rows, []string{"reason", r})
		}
		c.app.table(rows)
		return nil
	}
	return cmd
}

func (c *clientCmd) submit() *cobra.Command {
	var program, input, at string
	var prove, wait bool
	cmd := &cobra.Command{Use: "submit --program ID", Short: "Run a module once", Args: args(cobra.NoArgs)}
	cmd.Flags().StringVar(&program, "program", "", "program ID or module hash")
	cmd.Flags().StringVar(&input, "input", "", "private input: HEX or @FILE")
	cmd.Flags().StringVar(&at, "at", "latest", "block: latest, safe, finalized, a number or a hash")
	cmd.Flags().BoolVar(&prove, "prove", false, "ask for a proof")
	cmd.Flags().BoolVar(&wait, "wait", false, "wait for the result (and the proof), and print the job")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		id, err := parseHash("program", program)
		if err != nil {
			return err
		}
		in, err := c.app.readInput(input)
		if err != nil {
			return err
		}
		cl, err := c.dial()
		if err != nil {
			return err
		}
		defer cl.Close()
		job, duplicate, err := cl.Submit(cmd.Context(), rpcclient.Submission{Program: id, Input: in, At: at, Prove: prove})
		if err != nil {
			return answered(err)
		}
		if wait {
			return c.waitFor(cmd.Context(), cl, job)
		}
		if c.app.json {
			return c.app.emit(map[string]any{"jobId": job, "duplicate": duplicate})
		}
		c.app.printf("%s\n", job)
		return nil
	}
	return cmd
}

// waitFor waits until the job ended and prints it; a job that failed is exit
// code 1. It asks after each message that may concern the job.
func (c *clientCmd) waitFor(ctx context.Context, cl *rpcclient.Client, id jobs.JobID) error {
	done := errors.New("done")
	var last jobs.Job
	look := func() error {
		j, err := cl.Job(ctx, id)
		if err != nil {
			return err
		}
		last = j
		if j.State.Terminal(j.Prove) {
			return done
		}
		return nil
	}
	// From the start of what is retained: nothing can happen in between.
	err := cl.Watch(ctx, rpcclient.Subscription{Job: string(id), From: "earliest"}, nil, func(rpcclient.Message) error { return look() })
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if !errors.Is(err, done) {
		return answered(err)
	}
	if c.app.json {
		err = c.app.emit(last)
	} else {
		c.printJob(last)
		err = nil
	}
	if last.State != jobs.Executed && last.State != jobs.Proven {
		return errNo
	}
	return err
}

func (c *clientCmd) printJob(j jobs.Job) {
	rows := [][]string{{"job", string(j.ID)}, {"state", string(j.State)}, {"block", j.Block.String()}}
	if j.Result != nil {
		rows = append(rows, []string{"journal", hex0x(j.Result.Journal)})
	}
	if j.Failure != nil {
		rows = append(rows, []string{"failure", string(j.Failure.Class) + ": " + j.Failure.Reason})
	}
	if j.Proof != nil {
		rows = append(rows, []string{"proof", fmt.Sprintf("class %s, %.1f s", j.Proof.Class, j.Proof.Seconds)})
	}
	c.app.table(rows)
}

func (c *clientCmd) watch() *cobra.Command {
	var s rpcclient.Subscription
	var count int
	cmd := &cobra.Command{
		Use: "watch", Short: "Stream results, proofs and undos; resumes by itself when the connection drops", Args: args(cobra.NoArgs),
	}
	fs := cmd.Flags()
	fs.StringVar(&s.Program, "program", "", "only of this program ID or module hash")
	fs.StringVar(&s.Trigger, "trigger", "", "only of this trigger")
	fs.StringVar(&s.Job, "job", "", "only of this job")
	fs.StringVar(&s.Cursor, "cursor", "", "resume after this cursor")
	fs.StringVar(&s.From, "from", "", "begin at: latest, earliest or a block number in hex (default latest)")
	fs.StringVar(&s.Finality, "finality", "", "latest, safe or finalized (default latest)")
	fs.StringVar(&s.Proofs, "proofs", "", "none, status or inline (default status)")
	fs.IntVar(&count, "count", 0, "end after N messages (0: never)")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		cl, err := c.dial()
		if err != nil {
			return err
		}
		defer cl.Close()
		enough := errors.New("enough")
		n := 0
		err = cl.Watch(cmd.Context(), s, nil, func(m rpcclient.Message) error {
			if err := c.printMessage(m); err != nil {
				return err
			}
			if n++; count > 0 && n >= count {
				return enough
			}
			return nil
		})
		if errors.Is(err, enough) {
			return nil
		}
		return answered(err)
	}
	return cmd
}

func (c *clientCmd) printMessage(m rpcclient.Message) error {
	if c.app.json {
		return c.app.emit(m.Raw)
	}
	line := func(e devEvent) { printEvent(c.app, e) }
	switch m.Type {
	case "data":
		if len(m.Items) == 0 {
			line(devEvent{Event: "block", Block: uint64(m.Block.Number), Text: "no results"})
		}
		for _, it := range m.Items {
			e := devEvent{Event: string(it.State), Block: uint64(m.Block.Number), Program: string(it.ID)[:10], Text: hex0x(it.Journal)}
			if it.Failure != nil {
				e.Text = string(it.Failure.Class) + ": " + it.Failure.Reason
			}
			line(e)
		}
	case "undo":
		line(devEvent{Event: "undo", Block: m.To.Number, Text: fmt.Sprintf("back from block %d, %d results withdrawn (%s)", m.From.Number, len(m.Undone), m.Source)})
	case "proof":
		e := devEvent{Event: m.Status, Block: uint64(m.Block.Number), Program: string(m.JobID)[:10], Class: m.Class, Seconds: m.Seconds, Tx: m.Tx}
		if m.Failure != nil {
			e.Text = m.Failure.Reason
		}
		line(e)
	case "final":
		line(devEvent{Event: "final", Block: m.To.Number})
	}
	return nil
}

func (c *clientCmd) proof() *cobra.Command {
	var out string
	cmd := &cobra.Command{Use: "proof JOB", Short: "Fetch a job's PROOF.json", Args: args(cobra.ExactArgs(1))}
	cmd.Flags().StringVar(&out, "out", "", "file to write (default: standard output)")
	cmd.RunE = func(cmd *cobra.Command, names []string) error {
		cl, err := c.dial()
		if err != nil {
			return err
		}
		defer cl.Close()
		raw, err := cl.Proof(cmd.Context(), jobs.JobID(names[0]))
		if err != nil {
			return answered(err)
		}
		if out == "" {
			c.app.printf("%s\n", raw)
			return nil
		}
		if err := os.WriteFile(out, append(raw, '\n'), 0o600); err != nil {
			return err
		}
		if c.app.json {
			return c.app.emit(map[string]string{"file": out})
		}
		c.app.printf("%s\n", out)
		return nil
	}
	return cmd
}

func (c *clientCmd) status() *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Print how the server stands", Args: args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			cl, err := c.dial()
			if err != nil {
				return err
			}
			defer cl.Close()
			var raw json.RawMessage
			if err := cl.Call(cmd.Context(), &raw, "vm_status"); err != nil {
				return answered(err)
			}
			if c.app.json {
				return c.app.emit(raw)
			}
			return c.printStatus(raw)
		},
	}
}

func (c *clientCmd) printStatus(raw json.RawMessage) error {
	var s struct {
		Version string        `json:"version"`
		ChainID jobs.Quantity `json:"chainId"`
		Head    *jobs.Block   `json:"head"`
		Ready   bool          `json:"ready"`
		Reasons []string      `json:"reasons"`
		Final   jobs.BlockRef `json:"finalized"`
		Queues  struct{ Queued, Running, ProofsQueued, Proving int }
		Totals  jobs.Counters `json:"totals"`
	}
	if err := json.Unmarshal(raw, &s); err != nil {
		return fmt.Errorf("status: %w", err)
	}
	head := "none yet"
	if s.Head != nil {
		head = s.Head.Ref().String()
	}
	ready := "yes"
	if !s.Ready {
		ready = "no: " + strings.Join(s.Reasons, "; ")
	}
	c.app.table([][]string{
		{"server", s.Version},
		{"chain", fmt.Sprint(uint64(s.ChainID))},
		{"ready", ready},
		{"head", head},
		{"finalized", fmt.Sprint(s.Final.Number)},
		{"queues", fmt.Sprintf("%d queued, %d running, %d proofs waiting, %d proving", s.Queues.Queued, s.Queues.Running, s.Queues.ProofsQueued, s.Queues.Proving)},
		{"totals", fmt.Sprintf("%d blocks, %d executed, %d failed, %d proven, %d anchored, %d undone", s.Totals.Blocks, s.Totals.Executed, s.Totals.Failed, s.Totals.Proven, s.Totals.Anchored, s.Totals.Undone)},
	})
	return nil
}
