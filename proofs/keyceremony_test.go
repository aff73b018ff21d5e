package proofs

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vmhost/proofs/ceremony"
	"vmhost/proofs/verifier"
)

var (
	beacon1 = bytes.Repeat([]byte{1}, 32)
	beacon2 = bytes.Repeat([]byte{2}, 32)
)

// held runs a ceremony of two parties a phase and stops before the end.
func held(t *testing.T, dir string, s Shape) *KeyCeremony {
	t.Helper()
	c, err := StartCeremony(dir, s, nil)
	must(t, err)
	must(t, c.Contribute(t.Context(), "ada", nil))
	must(t, c.Contribute(t.Context(), "grace", nil))
	must(t, c.Seal(t.Context(), beacon1, nil))
	must(t, c.Contribute(t.Context(), "ada", nil))
	must(t, c.Contribute(t.Context(), "grace", nil))
	return c
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func reopened(t *testing.T, dir string, s Shape) *KeyCeremony {
	t.Helper()
	c, err := OpenCeremony(dir, s, nil)
	must(t, err)
	return c
}

func TestCeremonyMakesAKey(t *testing.T) {
	dir, shape := t.TempDir(), toyShape(10)
	c := held(t, dir, shape)
	key, err := c.Finalize(t.Context(), beacon2, nil)
	must(t, err)

	again, err := reopened(t, dir, shape).Verify(t.Context(), nil)
	must(t, err)
	if again.Verifying.ID() != key.Verifying.ID() {
		t.Fatal("the transcript gives another key")
	}
	keys := t.TempDir()
	s := store(t, keys, noPins(t), shape)
	must(t, s.Put(t.Context(), key))
	loaded, err := s.Load(t.Context(), "toy", KeyOptions{}) // without AllowUnsafe
	must(t, err)
	r, err := NewProver(loaded, ProverOptions{}).Prove(t.Context(), aClaim, witnessOf(t, aClaim), nil)
	must(t, err)
	must(t, Verify(aClaim, r.Proof, again.Verifying))
	other := aClaim
	other.Journal = []byte("resulu")
	if err := Verify(other, r.Proof, again.Verifying); !errors.Is(err, ErrBadProof) {
		t.Fatal("another claim:", err)
	}
	list, err := verifier.NewPins(key.Pin())
	must(t, err)
	if _, err := store(t, keys, list, shape).Load(t.Context(), "toy", KeyOptions{}); err != nil {
		t.Fatal("pinned:", err)
	}
	dev, err := MakeUnsafeDevKey(t.Context(), shape, nil)
	must(t, err)
	if err := s.Put(t.Context(), dev); !errors.Is(err, ErrUnsafeKey) {
		t.Fatal("a development key was put:", err)
	}
}

func TestCeremonyOrder(t *testing.T) {
	dir, shape := t.TempDir(), toyShape(3)
	c, err := StartCeremony(dir, shape, nil)
	must(t, err)
	_, again := StartCeremony(dir, shape, nil)
	_, early := c.Finalize(t.Context(), beacon1, nil)
	for name, err := range map[string]error{
		"start over":              again,
		"seal without anybody":    c.Seal(t.Context(), beacon1, nil),
		"finalize in phase 1":     early,
		"finalize in phase 1 (2)": func() error { _, err := c.Finalize(t.Context(), beacon2, nil); return err }(),
	} {
		if !errors.Is(err, ErrCeremonyPhase) {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, c.Contribute(t.Context(), "ada", nil))
	if err := c.Seal(t.Context(), []byte("short"), nil); !errors.Is(err, ErrCeremonyBeacon) {
		t.Error("short beacon:", err)
	}
	must(t, c.Seal(t.Context(), beacon1, nil))
	if _, err := c.Finalize(t.Context(), beacon2, nil); !errors.Is(err, ErrCeremonyPhase) {
		t.Error("delta nobody contributed to:", err)
	}
	must(t, c.Contribute(t.Context(), "ada", nil))
	_, err = c.Finalize(t.Context(), beacon2, nil)
	must(t, err)
	if err := c.Contribute(t.Context(), "late", nil); !errors.Is(err, ErrCeremonyPhase) {
		t.Error("contribution after the end:", err)
	}
	if _, err := OpenCeremony(dir, toyShape(4), nil); !errors.Is(err, ceremony.ErrCircuit) {
		t.Error("other circuit:", err)
	}
	for _, name := range []string{"", "a\nb", "\x1b[31m", strings.Repeat("x", 65), "\xff"} {
		if err := c.Contribute(t.Context(), name, nil); !errors.Is(err, ErrCeremonyContribution) {
			t.Errorf("name %q: %v", name, err)
		}
	}
}

// TestCeremonyTampering changes each file of a held ceremony in turn; with
// and without its new hash in the transcript, verification must fail.
func TestCeremonyTampering(t *testing.T) {
	dir, shape := t.TempDir(), toyShape(3)
	c := held(t, dir, shape)
	_, err := c.Finalize(t.Context(), beacon2, nil)
	must(t, err)
	files, err := filepath.Glob(filepath.Join(dir, "phase*", "*.bin"))
	must(t, err)
	if len(files) != 5 {
		t.Fatal("files:", files)
	}
	check := func(what, file string, change func([]byte) []byte) {
		t.Helper()
		old, err := os.ReadFile(file)
		must(t, err)
		must(t, os.WriteFile(file, change(bytes.Clone(old)), 0o600))
		if _, err := reopened(t, dir, shape).Verify(t.Context(), nil); err == nil {
			t.Errorf("%s of %s is accepted", what, filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file))
		}
		must(t, os.WriteFile(file, old, 0o600))
	}
	for _, f := range files {
		check("a flipped bit", f, func(b []byte) []byte { b[len(b)/2] ^= 1; return b })
		check("the end", f, func(b []byte) []byte { return b[:len(b)-1] })
		check("a longer file", f, func(b []byte) []byte { return append(b, 0) })
		check("an empty file", f, func([]byte) []byte { return nil })
	}
	for i, pair := range [][2]string{{files[0], files[1]}, {files[3], files[4]}} {
		other, err := os.ReadFile(pair[1])
		must(t, err)
		check([]string{"phase 1 swapped", "phase 2 swapped"}[i], pair[0], func([]byte) []byte { return other })
	}
	check("a point that is none", files[0], func(b []byte) []byte { binary.BigEndian.PutUint64(b, 0); return b })

	// lengths are refused before gnark allocates them
	for what, l := range map[string]struct {
		file  string
		at    int
		value []byte
	}{
		"domain":      {files[0], 288, []byte{0x40, 0, 0, 0, 0, 0, 0, 0}},
		"commitments": {files[3], 0, []byte{0xff, 0xff}},
		"vector":      {files[3], 34, []byte{0x80, 0, 0, 0}},
	} {
		old, err := os.ReadFile(l.file)
		must(t, err)
		changed := bytes.Clone(old)
		copy(changed[l.at:], l.value)
		must(t, os.WriteFile(l.file, changed, 0o600))
		if _, err := reopened(t, dir, shape).Verify(t.Context(), nil); !errors.Is(err, ErrCeremonyContribution) || !strings.Contains(err.Error(), "of another circuit") {
			t.Errorf("%s: %v", what, err)
		}
		must(t, os.WriteFile(l.file, old, 0o600))
	}

	transcript := filepath.Join(dir, "ceremony.json")
	text, err := os.ReadFile(transcript)
	must(t, err)
	for what, edit := range map[string][2]string{
		"another first beacon":  {strings.Repeat("01", 32), strings.Repeat("03", 32)},
		"another second beacon": {strings.Repeat("02", 32), strings.Repeat("03", 32)},
		"another key":           {`"verifyingKeyId": "0x`, `"verifyingKeyId": "0x00`},
	} {
		changed := strings.Replace(string(text), edit[0], edit[1], 1)
		if changed == string(text) {
			t.Fatal("nothing changed:", what)
		}
		must(t, os.WriteFile(transcript, []byte(changed), 0o600))
		if _, err := reopened(t, dir, shape).Verify(t.Context(), nil); err == nil {
			t.Error(what, "is accepted")
		}
	}
}

// TestCeremonyForgedLink: a party who replaces the whole state by powers of a
// secret of its own, with right hashes, is found.
func TestCeremonyForgedLink(t *testing.T) {
	shape := toyShape(3)
	dir, foreign := t.TempDir(), t.TempDir()
	c, err := StartCeremony(dir, shape, nil)
	must(t, err)
	must(t, c.Contribute(t.Context(), "ada", nil))
	must(t, c.Contribute(t.Context(), "grace", nil))
	f, err := StartCeremony(foreign, shape, nil)
	must(t, err)
	must(t, f.Contribute(t.Context(), "mallory", nil))
	must(t, f.Contribute(t.Context(), "mallory", nil))
	forged, err := os.ReadFile(filepath.Join(foreign, "phase1", "0002.bin"))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, "phase1", "0002.bin"), forged, 0o600))
	name := filepath.Join(dir, "ceremony.json")
	text, err := os.ReadFile(name)
	must(t, err)
	text = bytes.ReplaceAll(text, []byte(c.Transcript().Phase1.Contributions[1].SHA256), []byte(f.Transcript().Phase1.Contributions[1].SHA256))
	must(t, os.WriteFile(name, text, 0o600))
	if _, err := reopened(t, dir, shape).Verify(t.Context(), nil); !errors.Is(err, ErrCeremonyContribution) {
		t.Fatal("forged contribution:", err)
	}
	if err := reopened(t, dir, shape).Contribute(t.Context(), "next", nil); !errors.Is(err, ErrCeremonyContribution) {
		t.Fatal("a contributor did not notice:", err)
	}
}

func TestCeremonyCancelled(t *testing.T) {
	c := held(t, t.TempDir(), toyShape(3))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Finalize(ctx, beacon2, nil); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	_, err := c.Finalize(t.Context(), beacon2, nil)
	must(t, err)
}
