package vmabi_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"vmhost/internal/vmabi"
)

func TestFunctionsAreTheABI(t *testing.T) {
	want := []string{
		"input_len() -> i32",
		"input_read(dst: i32, off: i32, len: i32) -> i32",
		"journal_write(ptr: i32, len: i32)",
		"collection(name_ptr: i32, name_len: i32) -> i32",
		"collection_len(handle: i32) -> i32",
		"state_u64(handle: i32, index: i32) -> i64",
		"state_read(handle: i32, index: i32, dst: i32)",
		"state_read_n(handle: i32, index: i32, n: i32, dst: i32)",
		"state_read_at(age: i32, handle: i32, index: i32, dst: i32)",
		"item(handle: i32, index: i32, dst: i32)",
		"manifest(handle: i32, dst: i32)",
		"block(field: i32, dst: i32)",
		"keccak256(ptr: i32, len: i32, dst: i32)",
		"log(ptr: i32, len: i32)",
	}
	fs := vmabi.Functions()
	if len(fs) != len(want) || len(fs) != vmabi.NumFuncs {
		t.Fatalf("%d functions, want %d", len(fs), len(want))
	}
	for i, f := range fs {
		if f.Signature() != want[i] {
			t.Errorf("row %d: %s, want %s", i, f.Signature(), want[i])
		}
		if int(f.ID) != i {
			t.Errorf("%s: id %d in row %d", f.Name, f.ID, i)
		}
		if got, ok := vmabi.Lookup(f.Name); !ok || got.ID != f.ID {
			t.Errorf("lookup %s: %v %v", f.Name, got.ID, ok)
		}
	}
	if _, ok := vmabi.Lookup("clock"); ok {
		t.Error("lookup found a function that is not in the table")
	}
}

func TestValidName(t *testing.T) {
	for name, want := range map[string]bool{
		"pool": true, "a": true, "a.b_c-9": true, strings.Repeat("x", 31): true,
		"": false, strings.Repeat("x", 32): false, "Pool": false, "a b": false, "ü": false, "a\x00": false, "a/b": false,
	} {
		if vmabi.ValidName([]byte(name)) != want {
			t.Errorf("ValidName(%q) = %v", name, !want)
		}
	}
}

func TestTrapError(t *testing.T) {
	err := fmt.Errorf("run: %w", &vmabi.TrapError{Trap: vmabi.TrapOutOfFuel, Detail: "limit 5"})
	if !errors.Is(err, &vmabi.TrapError{Trap: vmabi.TrapOutOfFuel}) {
		t.Error("errors.Is does not match the same trap")
	}
	if errors.Is(err, &vmabi.TrapError{Trap: vmabi.TrapUnreachable}) {
		t.Error("errors.Is matches another trap")
	}
	if got := err.Error(); got != "run: out of fuel: limit 5" {
		t.Error(got)
	}
	seen := map[vmabi.Trap]bool{}
	for _, tr := range vmabi.Traps() {
		if seen[tr] || tr == "" {
			t.Errorf("trap %q is empty or listed twice", tr)
		}
		seen[tr] = true
	}
	if len(seen) != 20 {
		t.Errorf("%d traps", len(seen))
	}
}
