package main

import "testing"

// The files are what the naive implementations say today.
func TestUpToDate(t *testing.T) {
	t.Chdir("../..")
	if err := run(t.Context(), "testvectors", true, false); err != nil {
		t.Error(err)
	}
}

// A file that differs in one byte is noticed.
func TestCheckNotices(t *testing.T) {
	s := newSuite("x/1", "a/b")
	s.add(map[string]int{"id": 1})
	dir := t.TempDir()
	if err := put(dir, []*suite{s}, false); err != nil {
		t.Fatal(err)
	}
	same, other := newSuite("x/1", "a/b"), newSuite("x/1", "a/b")
	same.add(map[string]int{"id": 1})
	other.add(map[string]int{"id": 2})
	if err := put(dir, []*suite{same}, true); err != nil {
		t.Error(err)
	}
	if err := put(dir, []*suite{other}, true); err == nil {
		t.Error("another content passes")
	}
}
