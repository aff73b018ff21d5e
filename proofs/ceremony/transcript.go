package ceremony

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
	"unicode"
	"unicode/utf8"
)

const (
	format         = "vmhost-ceremony/1"
	transcriptFile = "ceremony.json"
	// maxTranscript bounds ceremony.json: a thousand contributions fit.
	maxTranscript = 1 << 20
	maxName       = 64
)

// Circuit identifies what the keys are for.
type Circuit struct {
	Shape       string `json:"shape"`
	Class       string `json:"class"`
	Version     string `json:"version"`
	Constraints int    `json:"constraints"`
	Domain      uint64 `json:"domain"` // size of the FFT domain: constraints rounded up to a power of two
	SHA256      string `json:"sha256"` // of the compiled constraint system
}

// Contribution is one party's step. Name and Time are the party's own words.
type Contribution struct {
	Name   string    `json:"name"`
	Time   time.Time `json:"time"`
	SHA256 string    `json:"sha256"`
}

// Phase is one of the two halves.
type Phase struct {
	Contributions []Contribution `json:"contributions"`
	Beacon        string         `json:"beacon,omitempty"` // hex; set when the phase has ended
}

// Transcript is ceremony.json.
type Transcript struct {
	Format         string  `json:"format"`
	Circuit        Circuit `json:"circuit"`
	Phase1         Phase   `json:"phase1"`
	Start          string  `json:"phase2Start,omitempty"` // SHA-256 of phase2/0000.bin
	Phase2         Phase   `json:"phase2"`
	VerifyingKeyID string  `json:"verifyingKeyId,omitempty"`
}

// Open tells which phase takes contributions: 1, 2, or 0 when both have ended.
func (t *Transcript) Open() int {
	switch {
	case t.Phase1.Beacon == "":
		return 1
	case t.Phase2.Beacon == "":
		return 2
	}
	return 0
}

func (t *Transcript) phase(n int) *Phase {
	if n == 1 {
		return &t.Phase1
	}
	return &t.Phase2
}

func readTranscript(dir string) (*Transcript, error) {
	f, err := os.Open(filepath.Join(dir, transcriptFile)) //nolint:gosec // the user names the folder
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTranscript, err)
	}
	defer func() { _ = f.Close() }() // only read
	data, err := io.ReadAll(io.LimitReader(f, maxTranscript+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStorage, err)
	}
	return decodeTranscript(data)
}

func decodeTranscript(data []byte) (*Transcript, error) {
	if len(data) > maxTranscript {
		return nil, fmt.Errorf("%w: larger than %d bytes", ErrTranscript, maxTranscript)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	t := new(Transcript)
	if err := dec.Decode(t); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTranscript, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: bytes after the end", ErrTranscript)
	}
	if t.Format != format {
		return nil, fmt.Errorf("%w: format %q, not %q", ErrTranscript, t.Format, format)
	}
	return t, t.check()
}

// check refuses a transcript whose parts contradict each other.
func (t *Transcript) check() error {
	bad := func(what string) error { return fmt.Errorf("%w: %s", ErrTranscript, what) }
	if (t.Phase1.Beacon == "") != (t.Start == "") {
		return bad("phase 2 begins when phase 1 ends")
	}
	if t.Start == "" && (len(t.Phase2.Contributions) > 0 || t.Phase2.Beacon != "") {
		return bad("phase 2 before phase 1 has ended")
	}
	if (t.Phase2.Beacon == "") != (t.VerifyingKeyID == "") {
		return bad("the key comes with the second beacon")
	}
	for _, p := range []*Phase{&t.Phase1, &t.Phase2} {
		for i, c := range p.Contributions {
			if !validName(c.Name) || !isHash(c.SHA256) {
				return bad(fmt.Sprintf("contribution %d has a bad name or hash", i+1))
			}
		}
		if _, err := hex.DecodeString(p.Beacon); err != nil {
			return bad("beacon is not hex")
		}
		if p.Beacon != "" && len(p.Contributions) == 0 {
			return bad("a phase ended without a contribution")
		}
	}
	return nil
}

func isHash(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == sha256.Size
}

// validName accepts what a terminal shows as one short line.
func validName(s string) bool {
	if s == "" || len(s) > maxName || !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}

func (t *Transcript) write(dir string) error {
	data, err := json.MarshalIndent(t, "", "  ")
	if err != nil {
		return fmt.Errorf("%w: %w", ErrStorage, err)
	}
	return writeFile(filepath.Join(dir, transcriptFile), bytes.NewBuffer(append(data, '\n')))
}

// writeFile writes a whole file under a temporary name and renames it.
func writeFile(path string, from io.WriterTo) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".tmp-*")
	if err != nil {
		return fmt.Errorf("%w: %w", ErrStorage, err)
	}
	defer func() {
		if err != nil {
			_ = f.Close()           // the first error is the one to report
			_ = os.Remove(f.Name()) // likewise
		}
	}()
	if _, err = from.WriteTo(f); err == nil {
		err = errors.Join(f.Sync(), f.Close())
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrStorage, err)
	}
	return nil
}
