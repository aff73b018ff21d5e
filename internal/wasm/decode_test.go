package wasm_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"reflect"
	"strings"
	"testing"

	"vmhost/internal/wasm"
)

const header = "\x00asm\x01\x00\x00\x00"

func TestRoundTrip(t *testing.T) {
	b := sample()
	m, err := wasm.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	if err := wasm.Validate(m); err != nil {
		t.Fatal(err)
	}
	if again := wasm.Encode(m); !bytes.Equal(again, b) {
		t.Fatalf("encoding changed:\n%x\n%x", b, again)
	}
	want := sampleModule()
	for i, c := range want.Code {
		for j, in := range c.Instrs {
			got := m.Code[i].Instrs[j]
			if got.Op != in.Op || got.Imm != in.Imm || got.Imm2 != in.Imm2 {
				t.Errorf("function %d instruction %d: %v %d %d, want %v %d %d", i, j, got.Op, got.Imm, got.Imm2, in.Op, in.Imm, in.Imm2)
			}
			if op := wasm.Opcode(b[got.Offset]); op != 0xfc && op != in.Op {
				t.Errorf("function %d instruction %d: offset 0x%x holds %v, want %v", i, j, got.Offset, op, in.Op)
			}
		}
		if !reflect.DeepEqual(m.Code[i].BrTables, c.BrTables) || !reflect.DeepEqual(m.Code[i].Locals, c.Locals) {
			t.Errorf("function %d: br_tables or locals differ", i)
		}
	}
	if !reflect.DeepEqual(m.Names, want.Names) || !reflect.DeepEqual(m.Types, want.Types) {
		t.Error("names or types differ")
	}
}

func TestNesting(t *testing.T) {
	m, err := wasm.Decode(sample())
	if err != nil {
		t.Fatal(err)
	}
	// 0 local.get, 1 if, 2 loop, 3 const, 4 br_table, 5 end(loop), 6 else, 7 nop, 8 end(if) … 20 end
	in := m.Code[0].Instrs
	type links struct{ start, els, end int32 }
	for i, want := range map[int]links{
		1: {-1, 6, 8}, 2: {-1, -1, 5}, 5: {2, -1, -1}, 6: {1, -1, 8}, 8: {1, -1, -1}, 14: {-1, -1, 19}, 19: {14, -1, -1}, 20: {-1, -1, -1},
	} {
		if got := (links{in[i].Start, in[i].Else, in[i].End}); got != want {
			t.Errorf("instruction %d %v: %+v, want %+v", i, in[i].Op, got, want)
		}
	}
}

// TestTruncatedAndFlipped cuts a valid module everywhere and flips every bit: no cut may
// decode to the same module, nothing may panic, every error has a place.
func TestTruncatedAndFlipped(t *testing.T) {
	b := sample()
	for n := range b {
		if m, err := wasm.Decode(b[:n]); err == nil && reflect.DeepEqual(m.Code, must(t, b).Code) && len(m.Data) == 2 && m.Names != nil {
			t.Errorf("first %d of %d bytes decode to the whole", n, len(b))
		}
	}
	for i := range b {
		for bit := range 8 {
			c := bytes.Clone(b)
			c[i] ^= 1 << bit
			m, err := wasm.Decode(c)
			var e *wasm.Error
			if err != nil && !errors.As(err, &e) {
				t.Fatalf("byte %d bit %d: %T", i, bit, err)
			}
			if err == nil {
				_ = wasm.Validate(m)
				_ = wasm.Encode(m)
			}
		}
	}
}

func must(t *testing.T, b []byte) *wasm.Module {
	t.Helper()
	m, err := wasm.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func section(id byte, body string) string {
	return string(binary.AppendUvarint([]byte{id}, uint64(len(body)))) + body
}

// body wraps instructions as the only function, of type () -> ().
func body(instrs string) string {
	fn := "\x00" + instrs
	return header + section(1, "\x01\x60\x00\x00") + section(3, "\x01\x00") +
		section(10, "\x01"+string(binary.AppendUvarint(nil, uint64(len(fn))))+fn)
}

func TestDecodeErrors(t *testing.T) {
	deep := strings.Repeat("\x02\x40", wasm.MaxNesting+1)
	for _, c := range []struct {
		name, in string
		want     error
		offset   int
	}{
		{"empty", "", wasm.ErrNotWASM, 0},
		{"text", "(module)", wasm.ErrNotWASM, 0},
		{"elf", "\x7fELF\x01\x00\x00\x00", wasm.ErrNotWASM, 0},
		{"magic only", "\x00asm", wasm.ErrVersion, 4},
		{"component", "\x00asm\x0d\x00\x01\x00", wasm.ErrVersion, 4},
		{"section past the end", header + "\x01\x7f", wasm.ErrMalformed, 8},
		{"unknown section", header + section(14, ""), wasm.ErrMalformed, 8},
		{"tag section", header + section(13, ""), wasm.ErrExceptions, 8},
		{"section twice", header + section(1, "\x00") + section(1, "\x00"), wasm.ErrMalformed, 11},
		{"section order", header + section(3, "\x00") + section(1, "\x00"), wasm.ErrMalformed, 11},
		{"section too long", header + section(1, "\x00\x00"), wasm.ErrMalformed, 11},
		{"huge vector", header + section(1, "\xff\xff\xff\xff\x0f"), wasm.ErrMalformed, 10},
		{"leb too long", header + section(1, "\x80\x80\x80\x80\x80\x00"), wasm.ErrMalformed, 10},
		{"leb too large", header + section(1, "\xff\xff\xff\xff\x1f"), wasm.ErrMalformed, 10},
		{"bodies without functions", header + section(10, "\x01\x02\x00\x0b"), wasm.ErrMalformed, 14},
		{"function without body", header + section(1, "\x01\x60\x00\x00") + section(3, "\x01\x00"), wasm.ErrMalformed, 18},
		{"bad utf-8", header + section(7, "\x01\x01\xff\x00\x00"), wasm.ErrMalformed, 11},
		{"shared memory", header + section(5, "\x01\x03\x01\x01"), wasm.ErrThreads, 11},
		{"memory64", header + section(5, "\x01\x04\x01"), wasm.ErrMemory64, 11},
		{"v128", header + section(1, "\x01\x60\x01\x7b\x00"), wasm.ErrSIMD, 13},
		{"simd", body("\xfd\x0c\x0b"), wasm.ErrSIMD, 23},
		{"atomic", body("\x01\xfe\x00\x02\x00\x0b"), wasm.ErrThreads, 24},
		{"ref.null", body("\xd0\x70\x1a\x0b"), wasm.ErrReferenceTypes, 23},
		{"return_call", body("\x12\x00\x0b"), wasm.ErrTailCalls, 23},
		{"try", body("\x06\x40\x0b\x0b"), wasm.ErrExceptions, 23},
		{"unknown opcode", body("\x27\x0b"), wasm.ErrMalformed, 23},
		{"unknown prefixed", body("\xfc\x20\x0b"), wasm.ErrMalformed, 23},
		{"no end", body("\x01"), wasm.ErrMalformed, 24},
		{"code after end", body("\x0b\x01"), wasm.ErrMalformed, 24},
		{"else without if", body("\x02\x40\x05\x0b\x0b"), wasm.ErrMalformed, 25},
		{"two else", body("\x41\x00\x04\x40\x05\x05\x0b\x0b"), wasm.ErrMalformed, 28},
		{"memory.init without data count", body("\x41\x00\x41\x00\x41\x00\xfc\x08\x00\x00\x0b"), wasm.ErrMalformed, 29},
		{"nesting", body(deep + strings.Repeat("\x0b", wasm.MaxNesting+2)), wasm.ErrTooLarge, 27 + 2*wasm.MaxNesting},
	} {
		m, err := wasm.Decode([]byte(c.in))
		var e *wasm.Error
		if !errors.As(err, &e) || !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v (module %v)", c.name, err, c.want, m != nil)
		} else if e.Offset != c.offset {
			t.Errorf("%s: offset %d, want %d (%v)", c.name, e.Offset, c.offset, err)
		}
	}
	if _, err := wasm.Decode(make([]byte, wasm.MaxModuleBytes+1)); !errors.Is(err, wasm.ErrTooLarge) {
		t.Errorf("too many bytes: %v", err)
	}
	locals := header + section(1, "\x01\x60\x00\x00") + section(3, "\x01\x00") + section(10, "\x01\x08\x01\xff\xff\xff\xff\x0f\x7f\x0b")
	if _, err := wasm.Decode([]byte(locals)); !errors.Is(err, wasm.ErrTooLarge) {
		t.Errorf("locals: %v", err)
	}
}

func TestScan(t *testing.T) {
	found, err := wasm.Scan(sample(), "vm")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range found {
		got = append(got, string(f.Feature)+": "+f.What)
		if f.Count < 1 {
			t.Errorf("%+v: count", f)
		}
	}
	for _, want := range []string{
		"float: global", "float: f32.const", "float: i64.trunc_sat_f64_s", "bulk memory: memory.fill", "multi-value: function type",
		"sign extension: i32.extend8_s", "call_indirect: call_indirect", "memory.grow: memory.grow", "start function: start",
	} {
		if !contains(got, want) {
			t.Errorf("missing %q in %q", want, got)
		}
	}
	if f, err := wasm.Scan(sample(), "other"); err != nil || f[0].Feature != wasm.FeatureForeignImport || f[0].What != "func vm.input_len" {
		t.Errorf("foreign import: %+v %v", f, err)
	}
	if f, err := wasm.Scan([]byte(body("\xfd\x0c\x0b")), "vm"); err != nil || len(f) != 1 || f[0].Feature != wasm.FeatureSIMD || f[0].Offset != 23 {
		t.Errorf("simd: %+v %v", f, err)
	}
	if f, err := wasm.Scan([]byte("nothing"), "vm"); !errors.Is(err, wasm.ErrNotWASM) {
		t.Errorf("not wasm: %+v %v", f, err)
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func BenchmarkDecode(b *testing.B) {
	in := sample()
	b.ReportAllocs()
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		m, err := wasm.Decode(in)
		if err != nil {
			b.Fatal(err)
		}
		if err := wasm.Validate(m); err != nil {
			b.Fatal(err)
		}
	}
}
