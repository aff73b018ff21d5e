package outbox_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"vmhost/anchoring/outbox"
)

func openFile(t *testing.T, path string) *outbox.File {
	t.Helper()
	f, err := outbox.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func load(t *testing.T, s outbox.Store) map[string]string {
	t.Helper()
	values, err := s.Load()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for k, v := range values {
		out[k] = string(v)
	}
	return out
}

func write(t *testing.T, s outbox.Store, pairs ...string) {
	t.Helper()
	batch := map[string][]byte{}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			batch[pairs[i]] = nil
		} else {
			batch[pairs[i]] = []byte(pairs[i+1])
		}
	}
	if err := s.Write(batch); err != nil {
		t.Fatal(err)
	}
}

func TestFileKeeps(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sub", "outbox.log")
	f := openFile(t, path)
	write(t, f, "a", "1", "b", `{"x":[2]}`)
	write(t, f, "a", "3")
	write(t, f, "b", "", "c", `"4"`)
	want := fmt.Sprint(map[string]string{"a": "3", "c": `"4"`})
	if got := fmt.Sprint(load(t, f)); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if _, err := outbox.OpenFile(path); !errors.Is(err, outbox.ErrInUse) {
		t.Errorf("opened twice: %v", err)
	}
	if read, err := outbox.ReadFile(path); err != nil || len(read) != 2 {
		t.Errorf("read beside: %v, %v", read, err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	f = openFile(t, path)
	if got := fmt.Sprint(load(t, f)); got != want {
		t.Errorf("after closing: %s, want %s", got, want)
	}
	_ = f.Close()
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}

// Every prefix of the file is a state that was written; every changed byte is
// either noticed or in the last line, which is dropped.
func TestFileTornAndDamaged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "outbox.log")
	f := openFile(t, path)
	states := map[string]bool{fmt.Sprint(load(t, f)): true}
	for i := range 5 {
		write(t, f, "k", fmt.Sprint(i), fmt.Sprint("n", i), "true")
		states[fmt.Sprint(load(t, f))] = true
	}
	_ = f.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := filepath.Join(t.TempDir(), "torn.log")
	check := func(what string, b []byte, may func(error) bool) {
		t.Helper()
		if err := os.WriteFile(at, b, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := outbox.OpenFile(at)
		if err != nil {
			if !may(err) {
				t.Errorf("%s: %v", what, err)
			}
			return
		}
		defer func() { _ = f.Close() }()
		if got := fmt.Sprint(load(t, f)); !states[got] {
			t.Errorf("%s: %s", what, got)
		}
		write(t, f, "more", "1")
	}
	for n := range whole {
		check(fmt.Sprint("cut at ", n), whole[:n], func(error) bool { return false })
	}
	damaged := 0
	for i := range whole {
		b := bytes.Clone(whole)
		b[i] ^= 0x20
		check(fmt.Sprint("changed at ", i), b, func(err error) bool { damaged++; return errors.Is(err, outbox.ErrDamaged) })
	}
	if damaged < len(whole)*3/4 {
		t.Errorf("%d of %d changes noticed", damaged, len(whole))
	}
}

// A write that fails leaves a store that can be written again.
func TestFileAfterFailure(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "outbox.log")
	f := openFile(t, path)
	write(t, f, "a", "1")
	f.Break()
	if err := f.Write(map[string][]byte{"a": []byte("2")}); !errors.Is(err, outbox.ErrStore) {
		t.Fatalf("wrote to a closed file: %v", err)
	}
	if got := load(t, f)["a"]; got != "1" {
		t.Errorf("a is %s", got)
	}
	if err := os.Mkdir(path+".tmp", 0o700); err != nil { // no new file either
		t.Fatal(err)
	}
	if err := f.Write(map[string][]byte{"a": []byte("3")}); !errors.Is(err, outbox.ErrStore) {
		t.Fatalf("wrote: %v", err)
	}
	_ = os.Remove(path + ".tmp")
	write(t, f, "b", "4")
	_ = f.Close()
	f = openFile(t, path)
	defer func() { _ = f.Close() }()
	if got := fmt.Sprint(load(t, f)); got != "map[a:1 b:4]" {
		t.Errorf("%s", got)
	}
}

func TestFileCompacts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "outbox.log")
	f := openFile(t, path)
	defer func() { _ = f.Close() }()
	f.SetCompact(50)
	for i := range 500 {
		write(t, f, "k", fmt.Sprint(i))
	}
	info, err := os.Stat(path)
	if err != nil || info.Size() > 60*30 {
		t.Errorf("%d bytes, %v", info.Size(), err)
	}
	if got := load(t, f)["k"]; got != "499" {
		t.Error(got)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("vmhost-outbox/1\n"))
	f.Add([]byte("vmhost-outbox/1\n00000000 {}\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		path := filepath.Join(t.TempDir(), "f")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		values, err := outbox.ReadFile(path)
		if err != nil {
			if !errors.Is(err, outbox.ErrDamaged) {
				t.Errorf("%v", err)
			}
			return
		}
		if _, err := outbox.Decode(values); err != nil && !errors.Is(err, outbox.ErrDamaged) {
			t.Errorf("%v", err)
		}
	})
}
