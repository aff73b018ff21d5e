package main

import (
	"bytes"
	"os"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
)

// The committed constants are those that gnark-crypto has now.
func TestCommittedConstants(t *testing.T) {
	var want bytes.Buffer
	if err := generate(&want); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../src/Poseidon2Constants.sol")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want.Bytes()) {
		t.Fatal("src/Poseidon2Constants.sol is stale: go generate ./anchoring/contracts")
	}
}

func TestFlattenRefuses(t *testing.T) {
	fresh := func() *poseidon2.Parameters {
		p := poseidon2.NewParameters(width, fullRounds, partialRounds)
		c := *p
		c.RoundKeys = append([][]fr.Element(nil), p.RoundKeys...)
		return &c
	}
	t.Run("short diagonal", func(t *testing.T) {
		p := fresh()
		p.DiagM1 = p.DiagM1[:7]
		if _, err := flatten(p); err == nil {
			t.Fatal("accepted")
		}
	})
	t.Run("full round with one key", func(t *testing.T) {
		p := fresh()
		p.RoundKeys[0] = p.RoundKeys[0][:1]
		if _, err := flatten(p); err == nil {
			t.Fatal("accepted")
		}
	})
	t.Run("key in a quiet lane of a partial round", func(t *testing.T) {
		p := fresh()
		k := make([]fr.Element, width)
		k[5].SetOne()
		p.RoundKeys[10] = k
		if _, err := flatten(p); err == nil {
			t.Fatal("accepted")
		}
	})
}
