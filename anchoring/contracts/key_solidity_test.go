package contracts

import (
	"bytes"
	"encoding/hex"
	"errors"
	"regexp"
	"strings"
	"testing"

	"vmhost/proofs/verifier" //nolint:depguard // the contract must hold the pinned key
)

func TestKeySolidity(t *testing.T) {
	pins, err := verifier.Pinned()
	if err != nil {
		t.Fatal(err)
	}
	words := regexp.MustCompile(`hex"([0-9a-f]*)"`)
	for _, pin := range pins.All() {
		src, err := KeySolidity(pin.Shape, pin.Key.Blob())
		if err != nil {
			t.Fatal(err)
		}
		var code []byte
		for _, w := range words.FindAllSubmatch(src, -1) {
			b, err := hex.DecodeString(string(w[1]))
			if err != nil {
				t.Fatal(err)
			}
			code = append(code, b...)
		}
		if !bytes.Equal(code, pin.Key.Blob()) {
			t.Errorf("%s: the source has another key", pin.Shape)
		}
		guarded := strings.Contains(string(src), "block.chainid == 1337 || block.chainid == 31337") && strings.Contains(string(src), "contract UnsafeDevKey")
		if guarded != (pin.Status == verifier.UnsafeDev) {
			t.Errorf("%s is %s, guard %v", pin.Shape, pin.Status, guarded)
		}
	}
	if _, err := KeySolidity("s", make([]byte, KeySize-1)); !errors.Is(err, ErrBadKey) {
		t.Error("a short key:", err)
	}
}
