package verifier_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/internal/toy"
	"vmhost/proofs/verifier"
)

func testFile(tb testing.TB) *verifier.File {
	tb.Helper()
	k, proof := honest(tb)
	return &verifier.File{
		Claim: testClaim, Shape: "toy", VerifyingKeyID: k.Key.ID(), Proof: proof,
		Block: verifier.Block{ChainID: 1337, Number: 31, Hash: [32]byte{0xab}},
		Rung:  verifier.RungChecked,
		Stats: verifier.Stats{WasmInstructions: 1, IRSteps: 2, Reads: 3, Constraints: 4, UsedConstraints: 5, Seconds: 1.25, PeakBytes: 6},
	}
}

func encode(tb testing.TB, f *verifier.File) []byte {
	tb.Helper()
	data, err := f.Encode()
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

func toyPin(tb testing.TB) verifier.Pin {
	tb.Helper()
	k, _ := honest(tb)
	return verifier.Pin{Shape: "toy", Class: "toy", Status: verifier.UnsafeDev, Key: k.Key}
}

func TestFileRoundTrip(t *testing.T) {
	f := testFile(t)
	data := encode(t, f)
	back, err := verifier.DecodeFile(data)
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(*back) != fmt.Sprint(*f) {
		t.Fatalf("got %+v", back)
	}
	if !bytes.Equal(encode(t, back), data) {
		t.Fatal("second encoding differs")
	}
	pin, err := back.Verify(verifier.Policy{AllowUnsafe: true, Pins: pins(t, toyPin(t))})
	if err != nil || pin.Shape != "toy" {
		t.Fatalf("%+v %v", pin, err)
	}
}

// The layout by hand: no ABI library takes part.
func TestCalldata(t *testing.T) {
	f := testFile(t)
	got := f.Calldata()
	word := func(i int) []byte { return got[4+32*i : 4+32*(i+1)] }
	if h := hex.EncodeToString(got[:4]); h != "fc2b4271" { // of verify(bytes32,bytes32,bytes,bytes)
		t.Errorf("selector %s", h)
	}
	if !bytes.Equal(word(0), testClaim.ProgramID[:]) || !bytes.Equal(word(1), testClaim.Commitment[:]) {
		t.Error("heads")
	}
	if word(2)[31] != 0x80 || word(3)[31] != 0x80+32+64 {
		t.Errorf("offsets %x %x", word(2), word(3))
	}
	if int(word(4)[31]) != len(testClaim.Journal) || !bytes.HasPrefix(got[4+5*32:], testClaim.Journal) {
		t.Error("journal")
	}
	if n := len(testClaim.Journal); !bytes.Equal(got[4+5*32+n:4+7*32], make([]byte, 64-n)) {
		t.Error("journal padding")
	}
	if word(7)[30] != 388>>8 || word(7)[31] != 388&0xff {
		t.Errorf("proof length %x", word(7))
	}
	tail := got[4+8*32:]
	if !bytes.Equal(tail[:4], f.VerifyingKeyID[:4]) || !bytes.Equal(tail[4:388], f.Proof) || len(tail) != 416 {
		t.Errorf("tail of %d bytes", len(tail))
	}
}

// Every bound field changed, every way a file can be malformed.
func TestBadFiles(t *testing.T) {
	f := testFile(t)
	data := string(encode(t, f))
	journal := hex.EncodeToString(testClaim.Journal)
	program := hex.EncodeToString(testClaim.ProgramID[:])
	commitment := hex.EncodeToString(testClaim.Commitment[:])
	key := hex.EncodeToString(f.VerifyingKeyID[:])
	flip := func(s string) string {
		return s[:len(s)-1] + string("0123456789abcdef"[15-strings.IndexByte("0123456789abcdef", s[len(s)-1])])
	}
	r := hex.EncodeToString(fr.Modulus().FillBytes(make([]byte, 32)))
	for name, e := range map[string][2]string{
		"journal":                {`"journal": "0x` + journal, `"journal": "0x` + flip(journal)},
		"journal longer":         {`"journal": "0x` + journal, `"journal": "0x` + journal + "00"},
		"program":                {`"programId": "0x` + program, `"programId": "0x` + flip(program)},
		"commitment":             {`"commitment": "0x` + commitment, `"commitment": "0x` + flip(commitment)},
		"program is r":           {program, r},
		"key selector":           {`"verifyingKeyId": "0x` + key, `"verifyingKeyId": "0x00000000` + key[8:]},
		"proof byte":             {`"proof": "0x` + hex.EncodeToString(f.Proof[:4]), `"proof": "0x00000000`},
		"proof short":            {`"proof": "0x` + hex.EncodeToString(f.Proof[:4]), `"proof": "0x`},
		"system":                 {"groth16-bn254", "groth16-bls"},
		"format":                 {"vmhost-proof/1", "vmhost-proof/2"},
		"rung":                   {`"checked"`, `"final"`},
		"rung type":              {`"checked"`, `1`},
		"rung null":              {`"checked"`, `null`},
		"class empty":            {`"class": "toy"`, `"class": ""`},
		"class type":             {`"class": "toy"`, `"class": ["toy"]`},
		"unknown field":          {`"rung"`, `"extra": 1, "rung"`},
		"unknown claim field":    {`"programId"`, `"extra": 1, "programId"`},
		"unknown stats field":    {`"reads"`, `"writes": 0, "reads"`},
		"repeated field":         {`"rung": "checked"`, `"rung": "checked", "rung": "anchored"`},
		"field in capitals":      {`"rung"`, `"Rung"`},
		"missing field":          {`"rung": "checked",`, ``},
		"missing block hash":     {`"number": "0x1f",`, ``},
		"upper-case hex":         {`"hash": "0xab`, `"hash": "0xAB`},
		"no 0x":                  {`"hash": "0xab`, `"hash": "ab`},
		"odd hex":                {`"hash": "0xab`, `"hash": "0xa`},
		"short hash":             {`"hash": "0xab`, `"hash": "0x`},
		"number with zeros":      {`"0x1f"`, `"0x01f"`},
		"number decimal":         {`"0x1f"`, `31`},
		"number too large":       {`"0x1f"`, `"0x10000000000000000"`},
		"number negative":        {`"0x1f"`, `"-0x1f"`},
		"steps as string":        {`"irSteps": 2`, `"irSteps": "2"`},
		"steps negative":         {`"irSteps": 2`, `"irSteps": -2`},
		"steps fraction":         {`"irSteps": 2`, `"irSteps": 2.5`},
		"steps too many":         {`"irSteps": 2`, `"irSteps": 18446744073709551616`},
		"steps null":             {`"irSteps": 2`, `"irSteps": null`},
		"seconds negative":       {`"seconds": 1.25`, `"seconds": -1`},
		"seconds text":           {`"seconds": 1.25`, `"seconds": "1"`},
		"seconds huge":           {`"seconds": 1.25`, `"seconds": 1e999`},
		"public inputs a word":   {`"publicInputs": [`, `"publicInputs": ["0x00",`},
		"public inputs one more": {`"publicInputs": [`, `"publicInputs": ["0x` + program + `",`},
		"public inputs type":     {`"publicInputs": [`, `"publicInputs": [1,`},
		"calldata":               {`"calldata": "0x`, `"calldata": "0x00`},
		"trailing":               {"}\n}\n", "}\n}\n{}"},
		"truncated":              {"}\n}\n", "}\n"},
		"not an object":          {data, `[]`},
		"null":                   {data, `null`},
		"empty":                  {data, ``},
		"claim null":             {`"claim": {`, `"claim": null, "x": {`},
	} {
		bad := strings.Replace(data, e[0], e[1], 1)
		if bad == data {
			t.Fatalf("%s: nothing replaced", name)
		}
		if _, err := verifier.DecodeFile([]byte(bad)); !errors.Is(err, verifier.ErrBadFile) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i := range verifier.NbPublicInputs {
		var m map[string]json.RawMessage
		if err := json.Unmarshal([]byte(data), &m); err != nil {
			t.Fatal(err)
		}
		var in []string
		if err := json.Unmarshal(m["publicInputs"], &in); err != nil {
			t.Fatal(err)
		}
		in[i] = flip(in[i])
		m["publicInputs"], _ = json.Marshal(in)
		bad, _ := json.Marshal(m)
		if _, err := verifier.DecodeFile(bad); !errors.Is(err, verifier.ErrBadFile) {
			t.Errorf("public input %d: %v", i, err)
		}
	}
	if _, err := verifier.DecodeFile(bytes.Repeat([]byte(" "), verifier.MaxFile+1)); !errors.Is(err, verifier.ErrBadFile) {
		t.Errorf("too large: %v", err)
	}
}

func TestEncodeRefuses(t *testing.T) {
	for name, edit := range map[string]func(*verifier.File){
		"journal": func(f *verifier.File) { f.Claim.Journal = make([]byte, verifier.MaxJournal+1) },
		"proof":   func(f *verifier.File) { f.Proof = f.Proof[:5] },
		"rung":    func(f *verifier.File) { f.Rung = "" },
		"class":   func(f *verifier.File) { f.Shape = "" },
		"seconds": func(f *verifier.File) { f.Stats.Seconds = math.NaN() },
		"program": func(f *verifier.File) { f.Claim.ProgramID[0] = 0xff },
	} {
		f := testFile(t)
		edit(f)
		if _, err := f.Encode(); !errors.Is(err, verifier.ErrBadFile) && !errors.Is(err, verifier.ErrBadClaim) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestKeyPolicy(t *testing.T) {
	f := testFile(t)
	dev := toyPin(t)
	// The same points as a ceremony's key: another identity.
	k, _ := honest(t)
	realKey, err := verifier.ReadKey(k.Raw, verifier.Ceremony)
	if err != nil {
		t.Fatal(err)
	}
	ceremony := verifier.Pin{Shape: "toy", Class: "toy", Status: verifier.Ceremony, Key: realKey}
	dead, renamed := ceremony, dev
	dead.Tombstoned = true
	renamed.Shape = "toy-scan"
	otherKeys, err := toy.Make(40, "another")
	if err != nil {
		t.Fatal(err)
	}
	other := verifier.Pin{Shape: "toy", Class: "toy", Status: verifier.UnsafeDev, Key: otherKeys.Key}
	none := pins(t)
	for name, c := range map[string]struct {
		policy verifier.Policy
		want   error
	}{
		"ceremony":               {verifier.Policy{Pins: pins(t, ceremony)}, nil},
		"dev without flag":       {verifier.Policy{Pins: pins(t, dev)}, verifier.ErrUnsafeKey},
		"dev with flag":          {verifier.Policy{Pins: pins(t, dev), AllowUnsafe: true}, nil},
		"not pinned":             {verifier.Policy{Pins: none, AllowUnsafe: true}, verifier.ErrUnknownKey},
		"committed list":         {verifier.Policy{AllowUnsafe: true}, verifier.ErrUnknownKey},
		"given key, not pinned":  {verifier.Policy{Pins: none, AllowUnsafe: true, Key: dev.Key}, verifier.ErrUnknownKey},
		"given key of others":    {verifier.Policy{Pins: pins(t, dev, other), AllowUnsafe: true, Key: other.Key}, verifier.ErrUnknownKey},
		"given key":              {verifier.Policy{Pins: pins(t, dev, other), AllowUnsafe: true, Key: dev.Key}, nil},
		"tombstoned":             {verifier.Policy{Pins: pins(t, dead), AllowUnsafe: true}, verifier.ErrTombstonedKey},
		"class of another shape": {verifier.Policy{Pins: pins(t, renamed), AllowUnsafe: true}, verifier.ErrBadFile},
	} {
		g := *f
		if name == "ceremony" || name == "tombstoned" {
			g.VerifyingKeyID = realKey.ID()
		}
		if _, err := g.Verify(c.policy); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Decoding binds only the selector of the key; the list binds the rest.
	f.VerifyingKeyID[31] ^= 1
	back, err := verifier.DecodeFile(encode(t, f))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := back.Verify(verifier.Policy{Pins: pins(t, dev, other), AllowUnsafe: true}); !errors.Is(err, verifier.ErrUnknownKey) {
		t.Errorf("flipped key: %v", err)
	}
	// A file that names another pinned key of the same class: the key decides.
	f.VerifyingKeyID = other.Key.ID()
	if _, err := f.Verify(verifier.Policy{Pins: pins(t, dev, other), AllowUnsafe: true}); !errors.Is(err, verifier.ErrBadProof) {
		t.Errorf("other key named: %v", err)
	}
}

func TestPublicInputs(t *testing.T) {
	j := make([]byte, 0, verifier.MaxJournal)
	for i := range verifier.MaxJournal {
		j = append(j, byte(i+1))
	}
	for n := range verifier.MaxJournal + 1 {
		in, err := verifier.Claim{Journal: j[:n]}.PublicInputs()
		if err != nil {
			t.Fatal(err)
		}
		var back []byte
		for i := 3; i < verifier.NbPublicInputs; i++ {
			if in[i][0] != 0 {
				t.Fatalf("word of more than 31 bytes: %x", in[i])
			}
			back = append(back, in[i][1:]...)
		}
		if int(in[2][31]) != n || !bytes.Equal(back[:n], j[:n]) || !bytes.Equal(back[n:], make([]byte, len(back)-n)) {
			t.Fatalf("journal of %d bytes: %x", n, in)
		}
	}
	if err := (verifier.Claim{Journal: make([]byte, 249)}).Check(); !errors.Is(err, verifier.ErrBadClaim) {
		t.Errorf("249 bytes: %v", err)
	}
}

func FuzzFile(f *testing.F) {
	file := testFile(f)
	f.Add(encode(f, file))
	file.Claim.Journal = nil
	f.Add(encode(f, file))
	f.Add([]byte(`{"format":"vmhost-proof/1","claim":{}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := verifier.DecodeFile(data)
		if err != nil {
			if !errors.Is(err, verifier.ErrBadFile) {
				t.Fatal(err)
			}
			return
		}
		again := encode(t, file)
		back, err := verifier.DecodeFile(again)
		if err != nil || fmt.Sprint(*back) != fmt.Sprint(*file) {
			t.Fatalf("round trip: %v", err)
		}
	})
}
