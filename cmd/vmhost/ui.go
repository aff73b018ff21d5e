package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"

	"vmhost/proofs"
)

// maxFileBytes bounds what a command reads of one file.
const maxFileBytes = 64 << 20

// emit prints v as one line of JSON.
func (a *app) emit(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode output: %w", err)
	}
	_, err = fmt.Fprintf(a.out, "%s\n", b)
	return err
}

// printf prints for people.
func (a *app) printf(format string, args ...any) { _, _ = fmt.Fprintf(a.out, format, args...) }

// table prints aligned columns; the first row is the heading.
func (a *app) table(rows [][]string) {
	w := tabwriter.NewWriter(a.out, 0, 4, 2, ' ', 0)
	for i, r := range rows {
		line := strings.Join(r, "\t")
		if i == 0 {
			line = a.paint(bold, line)
		}
		_, _ = fmt.Fprintln(w, line)
	}
	_ = w.Flush() // a.out reports its own write errors
}

// Colours of a terminal.
const (
	bold   = "1"
	red    = "31"
	green  = "32"
	yellow = "33"
	cyan   = "36"
	dim    = "2"
)

// paint colours text if the output is a terminal that wants it.
func (a *app) paint(code, s string) string {
	if !isTerminal(a.out) || os.Getenv("NO_COLOR") != "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// progress returns a reporter that draws a bar on stderr for the long stages,
// or nothing when stderr is no terminal or output is JSON.
func (a *app) progress(what string) proofs.Progress {
	if a.json {
		return nil
	}
	return newBars(a.err, what).report
}

// bars shows one stage after the other.
type bars struct {
	mu    chan struct{} // holds one token
	w     io.Writer
	what  string
	tty   bool
	stage proofs.Stage
	bar   *progressbar.ProgressBar
	since time.Time
}

func newBars(w io.Writer, what string) *bars {
	b := &bars{mu: make(chan struct{}, 1), w: w, what: what, tty: isTerminal(w)}
	b.mu <- struct{}{}
	return b
}

func (b *bars) report(stage proofs.Stage, done, total int) {
	<-b.mu
	defer func() { b.mu <- struct{}{} }()
	if stage != b.stage {
		b.stage, b.since = stage, time.Now()
		if b.tty {
			b.bar = progressbar.NewOptions(max(total, 1),
				progressbar.OptionSetWriter(b.w), progressbar.OptionSetWidth(30), progressbar.OptionClearOnFinish(),
				progressbar.OptionSetDescription(fmt.Sprintf("%s: %s", b.what, stage)), progressbar.OptionThrottle(100*time.Millisecond))
		}
	}
	if b.bar != nil {
		_ = b.bar.Set(done) // drawing only
	}
	if done >= total && !b.tty && (stage == proofs.StageSetup || stage == proofs.StageProve) {
		_, _ = fmt.Fprintf(b.w, "%s: %s done in %.1f s\n", b.what, stage, time.Since(b.since).Seconds())
	}
}

// readFile reads a whole file of bounded size; "-" is standard input.
func (a *app) readFile(name string) ([]byte, error) {
	var r io.Reader = a.in
	if name != "-" {
		f, err := os.Open(name) //nolint:gosec // the user names the file
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }()
		r = f
	}
	b, err := io.ReadAll(io.LimitReader(r, maxFileBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(b) > maxFileBytes {
		return nil, usagef("%s: larger than %d bytes", name, maxFileBytes)
	}
	return b, nil
}

// readInput takes HEX, 0xHEX or @FILE.
func (a *app) readInput(s string) ([]byte, error) {
	if name, ok := strings.CutPrefix(s, "@"); ok {
		return a.readFile(name)
	}
	b, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	if err != nil {
		return nil, usagef("input: not hex and not @FILE: %w", err)
	}
	return b, nil
}

func hex0x(b []byte) string { return "0x" + hex.EncodeToString(b) }

// parseHash reads 32 bytes of hex.
func parseHash(what, s string) (h [32]byte, err error) {
	b, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	if err != nil || len(b) != 32 {
		return h, usagef("%s: want 32 bytes of hex, have %q", what, s)
	}
	return [32]byte(b), nil
}
