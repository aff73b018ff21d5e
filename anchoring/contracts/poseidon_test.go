package contracts

import (
	"bytes"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"

	"vmhost/statecache/poseidon"
)

// gnarkH8 is H8 by gnark-crypto alone.
func gnarkH8(tb testing.TB, x [8]fr.Element) fr.Element {
	tb.Helper()
	s := x
	if err := poseidon2.NewPermutation(8, 8, 57).Permutation(s[:]); err != nil {
		tb.Fatal(err)
	}
	s[0].Add(&s[0], &x[0])
	return s[0]
}

// extremes are the elements where lazy reduction would go wrong.
func extremes() []fr.Element {
	r := fr.Modulus()
	half := new(big.Int).Rsh(r, 1)
	one := big.NewInt(1)
	var out []fr.Element
	for _, b := range []*big.Int{
		new(big.Int), one, big.NewInt(2), new(big.Int).Sub(r, one), new(big.Int).Sub(r, big.NewInt(2)),
		half, new(big.Int).Add(half, one), new(big.Int).Sub(new(big.Int).Lsh(one, 128), one), new(big.Int).Lsh(one, 253),
	} {
		var e fr.Element
		e.SetBigInt(b)
		out = append(out, e)
	}
	return out
}

// poseidonVectors are all extremes in all lanes, each alone, against a
// background of each, and then random ones and random mixtures of extremes.
func poseidonVectors() [][8]fr.Element {
	var out [][8]fr.Element
	ext := extremes()
	for _, background := range ext {
		for lane := range 8 {
			for _, e := range ext {
				var x [8]fr.Element
				for i := range x {
					x[i] = background
				}
				x[lane] = e
				out = append(out, x)
			}
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for n := range 2048 {
		var x [8]fr.Element
		for i := range x {
			if n%4 == 0 {
				x[i] = ext[rng.IntN(len(ext))]
				continue
			}
			var b [48]byte // wider than the field: an even spread
			for j := range b {
				b[j] = byte(rng.Uint32())
			}
			x[i].SetBytes(b[:])
		}
		out = append(out, x)
	}
	return out
}

func TestPoseidon2EqualsGnark(t *testing.T) {
	c := newChain(t, nil)
	harness := testArtifact(t, "Poseidon2Harness")
	addr := c.deployTest("Poseidon2Harness")
	vectors := poseidonVectors()
	if len(vectors) < 2600 {
		t.Fatalf("only %d vectors", len(vectors))
	}
	const batch = 256
	for start := 0; start < len(vectors); start += batch {
		part := vectors[start:min(start+batch, len(vectors))]
		args := make([][8]*big.Int, len(part))
		for i := range part {
			for j := range part[i] {
				args[i][j] = part[i][j].BigInt(new(big.Int))
			}
		}
		data, err := harness.ABI.Pack("h8", args)
		if err != nil {
			t.Fatal(err)
		}
		out, err := c.call(c.stranger, addr, data)
		if err != nil {
			t.Fatal(err)
		}
		// A dynamic array of words: offset, length, elements.
		if len(out) != 32*(2+len(part)) {
			t.Fatalf("%d bytes for %d vectors", len(out), len(part))
		}
		for i := range part {
			want := gnarkH8(t, part[i])
			if own := poseidon.H8(&part[i]); !own.Equal(&want) {
				t.Fatalf("vector %d: statecache/poseidon %s, gnark-crypto %s", start+i, own.String(), want.String())
			}
			wantBytes := want.Bytes()
			if got := out[32*(2+i) : 32*(3+i)]; !bytes.Equal(got, wantBytes[:]) {
				t.Fatalf("vector %d %v: contract %x, gnark-crypto %x", start+i, part[i], got, wantBytes)
			}
		}
	}
	t.Logf("%d vectors equal", len(vectors))
}
