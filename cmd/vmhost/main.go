// Command vmhost is the whole system in one static binary: run `vmhost dev` to
// see it work on an embedded chain.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// app is what every command shares: where to print, and how.
type app struct {
	in       io.Reader
	out, err io.Writer
	json     bool
	verbose  bool
	log      *slog.Logger
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	a := &app{in: os.Stdin, out: os.Stdout, err: os.Stderr}
	code := a.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// run executes the command line and returns the exit code: 0 ok, 1 the answer
// is no, 2 usage or bad input, 3 environment.
func (a *app) run(ctx context.Context, args []string) int {
	root := a.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	return a.report(err)
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "vmhost",
		Short:         "Run WASM analytics on an Ethereum chain's state, stream the results, prove and anchor them",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			a.setup()
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetIn(a.in)
	root.PersistentFlags().BoolVar(&a.json, "json", false, "print JSON, one value a line")
	root.PersistentFlags().BoolVarP(&a.verbose, "verbose", "v", false, "log what happens to stderr")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	root.AddCommand(
		newDevCmd(a), newServeCmd(a), newClientCmd(a),
		newProgramCmd(a), newRunCmd(a), newProveCmd(a), newVerifyCmd(a), newEstimateCmd(a),
		newStateCmd(a), newWatchCmd(a), newAnchorCmd(a), newKeysCmd(a), newReplayCmd(a), newBenchCmd(a), newVersionCmd(a),
	)
	refuseUnknown(root)
	return root
}

// refuseUnknown lets groups of commands refuse a word that is none of them: left
// alone they print their help and succeed.
func refuseUnknown(cmd *cobra.Command) {
	for _, c := range cmd.Commands() {
		refuseUnknown(c)
		if c.Runnable() {
			continue
		}
		c.Args = args(cobra.NoArgs)
		c.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
	}
}

func (a *app) setup() {
	level := slog.LevelWarn
	if a.verbose {
		level = slog.LevelDebug
	}
	opts := &slog.HandlerOptions{Level: level}
	if a.json {
		a.log = slog.New(slog.NewJSONHandler(a.err, opts))
	} else {
		a.log = slog.New(slog.NewTextHandler(a.err, opts))
	}
}

// usageError marks errors of the command line itself.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usage(err error) error { return usageError{err} }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// args wraps cobra's argument checks so that they exit with 2.
func args(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, given []string) error {
		if err := check(cmd, given); err != nil {
			return usage(err)
		}
		return nil
	}
}

// errNo is the answer "no" (exit code 1) that was already printed.
var errNo = errors.New("no")
