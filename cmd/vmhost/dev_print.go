package main

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"time"

	"vmhost/jobs"
)

// devEvent is one line of `vmhost dev`.
type devEvent struct {
	Event   string     `json:"event"`
	Block   uint64     `json:"block"`
	JobID   jobs.JobID `json:"jobId,omitempty"`
	Program string     `json:"program,omitempty"`
	Journal jobs.Bytes `json:"journal,omitempty"`
	Steps   uint64     `json:"steps,omitempty"`
	Attempt int        `json:"attempt,omitempty"`
	RetryOf jobs.JobID `json:"retryOf,omitempty"`
	Class   string     `json:"class,omitempty"`
	Seconds float64    `json:"seconds,omitempty"`
	Millis  float64    `json:"millis,omitempty"`
	Gas     uint64     `json:"gas,omitempty"`
	Tx      *jobs.Hash `json:"tx,omitempty"`
	URL     string     `json:"url,omitempty"`
	Text    string     `json:"text,omitempty"`
}

// say prints an event. Lines of several goroutines do not mix.
func (t *tour) say(e devEvent) {
	t.print.Lock()
	defer t.print.Unlock()
	if t.app.json {
		_ = t.app.emit(e) // a reader that went away
		return
	}
	printEvent(t.app, e)
}

// printEvent prints one aligned, coloured line.
func printEvent(a *app, e devEvent) {
	colour, text := describe(e)
	block := ""
	if e.Block > 0 {
		block = fmt.Sprint(e.Block)
	}
	a.printf("%6s  %s  %-15s %s\n", block, a.paint(colour, fmt.Sprintf("%-9s", e.Event)), e.Program, text)
}

// note prints a sentence for people.
func (t *tour) note(s string) {
	if t.app.json {
		return
	}
	t.print.Lock()
	defer t.print.Unlock()
	t.app.printf("%s\n", t.app.paint(dim, s))
}

// describe is an event in words, and its colour.
func describe(e devEvent) (colour, text string) {
	switch e.Event {
	case "chain", "listening":
		return bold, e.URL + "  " + e.Text
	case "key":
		return cyan, fmt.Sprintf("class %s, %.1f s, %s", e.Class, e.Seconds, e.Text)
	case "executed":
		s := e.Text
		if s == "" {
			s = journalText(e.Program, e.Journal)
		}
		if e.RetryOf != "" {
			s += fmt.Sprintf("  (attempt %d, on the new branch)", e.Attempt)
		}
		if e.Millis > 0 {
			s += fmt.Sprintf("  %.1f ms after the head", e.Millis)
		}
		return green, s
	case "proving":
		return dim, "in the background"
	case "uploaded", "deployed":
		return "", e.Text
	case "synced", "resumed":
		return green, e.Text
	case "proven":
		return cyan, fmt.Sprintf("class %s, %.1f s", e.Class, e.Seconds)
	case "anchored":
		return cyan, "commitment in the registry, transaction " + shortHash(e.Tx)
	case "verified":
		return bold, fmt.Sprintf("%s, %d gas, transaction %s", e.Text, e.Gas, shortHash(e.Tx))
	case "accepted":
		return bold, fmt.Sprintf("%s, transaction %s", e.Text, shortHash(e.Tx))
	case "reorg", "undo":
		return yellow, e.Text
	case "undone":
		return yellow, fmt.Sprintf("result withdrawn, %.0f ms after the chain switched", e.Millis)
	case "failed", "refused", "fault":
		return red, e.Text
	default:
		return dim, e.Text
	}
}

func shortHash(h *jobs.Hash) string {
	if h == nil {
		return "-"
	}
	return h.String()[:10] + "…"
}

// journalText reads the journals of the examples: rows of little-endian u64.
func journalText(program string, journal []byte) string {
	var w []uint64
	for b := journal; len(b) >= 8; b = b[8:] {
		w = append(w, binary.LittleEndian.Uint64(b))
	}
	switch {
	case program == "reserve-ratio" && len(w) == 4:
		return fmt.Sprintf("price %d.%06d", w[3]/1e6, w[3]%1e6)
	case program == "balance-dist" && len(w) == 6:
		return fmt.Sprintf("%d holders, top share %d.%02d %%", w[1], w[5]/100, w[5]%100)
	default:
		return hex0x(journal)
	}
}

// summarize prints the last line.
func (t *tour) summarize() error {
	t.mu.Lock()
	s := t.sum
	slices.Sort(t.latency)
	s.StreamMillisP50, s.StreamMillisP99 = quantile(t.latency, 0.5), quantile(t.latency, 0.99)
	slices.Sort(t.undoTime)
	s.UndoMillis = quantile(t.undoTime, 0.5)
	s.KeySeconds = t.keySeconds
	t.mu.Unlock()
	if t.app.json {
		return t.app.emit(map[string]any{"summary": s})
	}
	times := make([]string, len(s.ProveSeconds))
	for i, v := range s.ProveSeconds {
		times[i] = fmt.Sprintf("%.1f", v)
	}
	t.app.printf("\n")
	rows := [][]string{
		{"summary", ""},
		{"blocks", fmt.Sprint(s.Blocks)},
		{"results streamed", fmt.Sprintf("%d, %.1f ms after the head (p50), %.1f ms (p99)", s.Executed, s.StreamMillisP50, s.StreamMillisP99)},
		{"proofs", fmt.Sprintf("%d of class %s, seconds: %s", s.Proven, s.Class, strings.Join(times, " "))},
		{"anchored", fmt.Sprint(s.Anchored)},
		{"verified on chain", fmt.Sprintf("%d, %d gas each (%d as a transaction); %d accepted, %d tampered one refused", s.VerifiedOnChain, s.Gas, s.TransactionGas, s.Accepted, s.Refused)},
		{"reorganisations", fmt.Sprintf("%d: %d results undone within %.0f ms, %d run again", s.Reorgs, s.Undone, s.UndoMillis, s.Rerun)},
	}
	if s.Failed > 0 {
		rows = append(rows, []string{"failed", fmt.Sprint(s.Failed)})
	}
	t.app.table(rows)
	return nil
}

// quantile of sorted durations in milliseconds, 0 if there are none.
func quantile(sorted []time.Duration, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return millis(sorted[min(int(q*float64(len(sorted))), len(sorted)-1)])
}
