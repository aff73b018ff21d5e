package wasm_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"vmhost/internal/wasm"
)

// FuzzDecode feeds any bytes to the decoder. What it accepts must survive
// validation without a panic and an encode/decode round trip unchanged.
func FuzzDecode(f *testing.F) {
	f.Add([]byte("\x00asm\x01\x00\x00\x00"))
	f.Add(sample())
	files, _ := filepath.Glob("testdata/*.wasm")
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := wasm.Decode(b)
		if err != nil {
			var e *wasm.Error
			if !errors.As(err, &e) || e.Offset < 0 || e.Offset > len(b) {
				t.Fatalf("error without a place: %v", err)
			}
			return
		}
		verr := wasm.Validate(m)
		one := wasm.Encode(m)
		m2, err := wasm.Decode(one)
		if err != nil {
			t.Fatalf("own encoding refused: %v", err)
		}
		if !bytes.Equal(one, wasm.Encode(m2)) {
			t.Fatal("encoding is not a fixed point")
		}
		if verr2 := wasm.Validate(m2); (verr == nil) != (verr2 == nil) {
			t.Fatalf("validity changed: %v, %v", verr, verr2)
		}
		if _, err := wasm.Scan(b, "vm"); err != nil {
			t.Fatalf("scan of a decodable module: %v", err)
		}
	})
}
