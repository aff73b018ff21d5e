package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	examples "vmhost/examples/wasm"
	"vmhost/proofs"
	"vmhost/proofs/verifier"
	"vmhost/testvectors/schema"
)

const proofsPath = "proofs/tiny"

// newProofs makes two proofs of reserve-ratio in class tiny under the pinned
// development key.
func newProofs(ctx context.Context) (out []*verifier.File, err error) {
	proofs.RedirectGnarkLog(slog.New(slog.DiscardHandler))
	shapes, err := proofs.ZkwasmShapes()
	if err != nil {
		return nil, err
	}
	store, err := proofs.OpenStore(proofs.StoreOptions{Shapes: shapes})
	if err != nil {
		return nil, err
	}
	m := proofs.NewMachine(store, true)
	defer m.Close()
	e, ok := examples.Find("reserve-ratio", examples.C)
	if !ok {
		return nil, os.ErrNotExist
	}
	for _, j := range e.Jobs[:2] {
		s := jobState(j)
		v, err := view(s)
		if err != nil {
			return nil, err
		}
		f, err := m.Prove(ctx, proofs.Job{
			Module: e.Wasm, State: v, Class: "tiny", ExpectJournal: e.Reference(j).Journal, Rung: proofs.RungUnverified,
			Block: proofs.Block{ChainID: uint64(s.ChainID), Number: uint64(s.Block.Number), Hash: s.Block.Hash},
		})
		if err != nil {
			return nil, err
		}
		f.Stats.Seconds, f.Stats.PeakBytes = 1.5, 1<<30 // not this machine's business
		out = append(out, f)
	}
	return out, nil
}

// oldProofs are the two that the vectors begin with.
func oldProofs(dir string) (out []*verifier.File, err error) {
	b, err := os.ReadFile(filepath.Join(dir, proofsPath+".json")) //nolint:gosec // the developer names the folder
	if err != nil {
		return nil, err
	}
	var f schema.File
	if err := schema.Strict(b, &f); err != nil {
		return nil, err
	}
	for _, raw := range f.Tests[:2] {
		var t schema.Proof
		if err := json.Unmarshal(raw, &t); err != nil {
			return nil, err
		}
		p, err := verifier.DecodeFile([]byte(t.File))
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// proofs are two valid proof files and each way to damage one.
func (g *generator) proofs(ctx context.Context) ([]*suite, error) {
	make := newProofs
	if !g.prove {
		make = func(context.Context) ([]*verifier.File, error) { return oldProofs(g.dir) }
	}
	files, err := make(ctx)
	if err != nil {
		return nil, err
	}
	w := &proofWriter{good: files[0], other: files[1], s: newSuite(schema.SchemaProofs, proofsPath,
		"Made by one prover under the pinned development key of class tiny; what must be refused is by hand.",
		"After a change of circuit or keys: go run ./testvectors/gen -proofs")}
	w.policies()
	w.again()
	w.claims()
	w.points()
	w.keys()
	w.texts()
	return []*suite{w.s}, w.err
}

type proofWriter struct {
	s           *suite
	good, other *verifier.File
	err         error
}

func (w *proofWriter) encode(f *verifier.File) string {
	b, err := f.Encode()
	if err != nil && w.err == nil {
		w.err = err
	}
	return string(b)
}

func (w *proofWriter) add(comment, errName, reason string, t schema.Proof) {
	t.Common, t.Error, t.Reason = w.s.next(errName == "", comment), errName, reason
	w.s.add(t)
}

// changed adds a file that is consistent in itself, so that only the proof
// itself can tell.
func (w *proofWriter) changed(comment, errName string, change func(*verifier.File)) {
	f := *w.good
	f.Proof, f.Claim.Journal = slices.Clone(f.Proof), slices.Clone(f.Claim.Journal)
	change(&f)
	w.add(comment, errName, "", schema.Proof{File: w.encode(&f), UnsafeDev: true})
}

func (w *proofWriter) policies() {
	good, other := w.encode(w.good), w.encode(w.other)
	program, commitment, journal := schema.Hash(w.good.Claim.ProgramID), schema.Hash(w.good.Claim.Commitment), schema.Bytes(w.good.Claim.Journal)
	w.add("a proof", "", "", schema.Proof{File: good, UnsafeDev: true})
	w.add("a proof of another run", "", "", schema.Proof{File: other, UnsafeDev: true})
	w.add("development keys not allowed", "ErrUnsafeKey", "trapdoor", schema.Proof{File: good})
	w.add("the key as expected", "", "", schema.Proof{File: good, UnsafeDev: true, Key: "tiny"})
	w.add("another key expected", "ErrUnknownKey", "the given key", schema.Proof{File: good, UnsafeDev: true, Key: "s"})
	w.add("the claim as expected", "", "", schema.Proof{File: good, UnsafeDev: true, Program: &program, Commitment: &commitment, Journal: &journal})
	zero, short := schema.Hash{}, journal[1:]
	w.add("another program expected", "ErrOtherClaim", "program", schema.Proof{File: good, UnsafeDev: true, Program: &zero})
	w.add("another commitment expected", "ErrOtherClaim", "commitment", schema.Proof{File: good, UnsafeDev: true, Commitment: &zero})
	w.add("another journal expected", "ErrOtherClaim", "journal", schema.Proof{File: good, UnsafeDev: true, Journal: &short})
	for _, c := range []struct {
		name   string
		change func(*verifier.File)
	}{
		{"block", func(f *verifier.File) { f.Block = verifier.Block{ChainID: 1} }},
		{"rung", func(f *verifier.File) { f.Rung = verifier.RungAnchored }},
		{"stats", func(f *verifier.File) { f.Stats = verifier.Stats{} }},
	} {
		w.changed("not bound, so still valid: "+c.name, "", c.change)
	}
}

// again is the same proof with A and B negated, which pairs to the same: Groth16
// proofs are malleable, so that a proof identifies nothing.
func (w *proofWriter) again() {
	w.changed("A and B negated: valid, proofs are malleable", "", func(f *verifier.File) {
		for _, word := range []int{1, 4, 5} {
			negate(f.Proof[32*word : 32*word+32])
		}
	})
}

func negate(word []byte) {
	x := new(big.Int).SetBytes(word)
	x.Sub(fp.Modulus(), x).FillBytes(word)
}

func (w *proofWriter) claims() {
	bad := func(comment string, change func(*verifier.File)) { w.changed(comment, "ErrBadProof", change) }
	for _, i := range []int{0, len(w.good.Claim.Journal) - 1} {
		bad(fmt.Sprintf("journal byte %d flipped", i), func(f *verifier.File) { f.Claim.Journal[i] ^= 1 })
	}
	bad("journal with a zero byte more", func(f *verifier.File) { f.Claim.Journal = append(f.Claim.Journal, 0) })
	bad("journal without its last byte", func(f *verifier.File) { f.Claim.Journal = f.Claim.Journal[:len(f.Claim.Journal)-1] })
	bad("empty journal", func(f *verifier.File) { f.Claim.Journal = []byte{} })
	bad("longest journal", func(f *verifier.File) {
		f.Claim.Journal = append(f.Claim.Journal, make([]byte, 248-len(f.Claim.Journal))...)
	})
	bad("another program", func(f *verifier.File) { f.Claim.ProgramID[31] ^= 1 })
	bad("another commitment", func(f *verifier.File) { f.Claim.Commitment[31] ^= 1 })
	bad("program and commitment swapped", func(f *verifier.File) {
		f.Claim.ProgramID, f.Claim.Commitment = f.Claim.Commitment, f.Claim.ProgramID
	})
	bad("the impossible claim", func(f *verifier.File) { f.Claim = verifier.ImpossibleClaim() })
	bad("the claim of the other run", func(f *verifier.File) { f.Claim = w.other.Claim })
	bad("the proof of the other run", func(f *verifier.File) { f.Proof = w.other.Proof })
}

// points are the words of a proof: A, B, C, commitment, proof of knowledge.
func (w *proofWriter) points() {
	bad := func(comment string, change func(p []byte)) {
		w.changed(comment, "ErrBadProof", func(f *verifier.File) { change(f.Proof) })
	}
	p := fp.Modulus()
	add := func(word []byte, n *big.Int) {
		x := new(big.Int).SetBytes(word)
		x.Add(x, n).FillBytes(word)
	}
	names := []string{"A.x", "A.y", "B.x1", "B.x0", "B.y1", "B.y0", "C.x", "C.y", "commitment.x", "commitment.y", "knowledge.x", "knowledge.y"}
	for i, n := range names {
		bad(n+" flipped", func(b []byte) { b[32*i+31] ^= 1 })
		bad(n+" + p: the same element, not canonical", func(b []byte) { add(b[32*i:32*i+32], p) })
	}
	for i, n := range []string{"A", "C", "commitment", "knowledge"} {
		at := 32 * []int{1, 7, 9, 11}[i]
		bad(n+" negated", func(b []byte) { negate(b[at : at+32]) })
		bad(n+" at infinity", func(b []byte) { clear(b[at-32 : at+32]) })
	}
	bad("all zero", func(b []byte) { clear(b) })
	bad("A and C swapped", func(b []byte) {
		a := slices.Clone(b[:64])
		copy(b[:64], b[192:256])
		copy(b[192:256], a)
	})
}

func (w *proofWriter) keys() {
	pins, err := verifier.Pinned()
	if err != nil {
		w.err = err
		return
	}
	s, ok := pins.ByShape("s")
	if !ok {
		w.err = fmt.Errorf("no pinned key of class s: %w", os.ErrNotExist)
		return
	}
	w.changed("key and class of another class", "ErrBadProof", func(f *verifier.File) { f.VerifyingKeyID, f.Shape = s.ID(), s.Shape })
	w.changed("key of another class", "ErrBadFile", func(f *verifier.File) { f.VerifyingKeyID = s.ID() })
	w.changed("name of another class", "ErrBadFile", func(f *verifier.File) { f.Shape = s.Shape })
	w.changed("a class that does not exist", "ErrBadFile", func(f *verifier.File) { f.Shape = "huge" })
	w.changed("unknown key", "ErrUnknownKey", func(f *verifier.File) { f.VerifyingKeyID[31] ^= 1 })
	w.changed("unknown key with the same selector", "ErrUnknownKey", func(f *verifier.File) { clear(f.VerifyingKeyID[4:]) })
}

// texts are damaged files, each changed in one place only.
func (w *proofWriter) texts() {
	good := w.encode(w.good)
	bad := func(comment, old, repl string) {
		if strings.Count(good, old) < 1 && w.err == nil {
			w.err = fmt.Errorf("proofs: %s: %.40q is not in the file", comment, old)
		}
		w.add(comment, "ErrBadFile", "", schema.Proof{File: strings.Replace(good, old, repl, 1), UnsafeDev: true})
	}
	flipped := func(comment, prefix string, value []byte) { // its last digit
		h := fmt.Sprintf("%s0x%x", prefix, value)
		bad(comment, h, flip(h))
	}
	c := w.good.Claim
	flipped("claim.programId alone", `"programId": "`, c.ProgramID[:])
	flipped("claim.commitment alone", `"commitment": "`, c.Commitment[:])
	flipped("claim.journal alone", `"journal": "`, c.Journal)
	flipped("verifyingKeyId alone, in the selector", `"verifyingKeyId": "`, w.good.VerifyingKeyID[:4])
	flipped("proof alone", `"proof": "`, w.good.Proof)
	flipped("calldata: selector", `"calldata": "`, w.good.Calldata()[:4])
	flipped("calldata: last byte", `"calldata": "`, w.good.Calldata())
	inputs, err := c.PublicInputs()
	if err != nil {
		w.err = err
		return
	}
	before := `"publicInputs": [`
	for i, v := range inputs {
		h := fmt.Sprintf("%s\n    \"0x%x", before, v)
		bad(fmt.Sprintf("public input %d alone", i), h, flip(h))
		before = h + "\","
	}
	program := fmt.Sprintf(`"programId": "0x%x"`, c.ProgramID)
	plusR := asHash(new(big.Int).Add(new(big.Int).SetBytes(c.ProgramID[:]), field))
	bad("program ID + r: the same element, not canonical", program, fmt.Sprintf(`"programId": "0x%x"`, plusR))
	bad("program ID = r", program, fmt.Sprintf(`"programId": "0x%x"`, asHash(field)))
	for _, f := range []string{"format", "claim", "system", "class", "verifyingKeyId", "proof", "publicInputs", "calldata", "block", "rung", "stats", "programId", "journal", "chainId", "reads"} {
		bad("no field "+f+", an unknown one instead", `"`+f+`":`, `"`+f+`2":`)
		bad("field "+f+" twice", `"`+f+`":`, `"`+f+`": null, "`+f+`":`)
	}
	bad("unknown field", `"rung":`, `"note": "", "rung":`)
	bad("wrong format version", "vmhost-proof/1", "vmhost-proof/2")
	bad("another system", "groth16-bn254", "plonk-bn254")
	bad("rung unknown", `"unverified"`, `"final"`)
	bad("rung as number", `"unverified"`, `1`)
	bad("class null", `"class": "tiny"`, `"class": null`)
	bad("journal as number", fmt.Sprintf(`"journal": "0x%x"`, c.Journal), `"journal": 1`)
	bad("journal without 0x", `"journal": "0x`, `"journal": "`)
	bad("program ID short", `"programId": "0x`+fmt.Sprintf("%02x", c.ProgramID[0]), `"programId": "0x`)
	bad("proof short", fmt.Sprintf(`"proof": "0x%x`, w.good.Proof[:1]), `"proof": "0x`)
	bad("block number decimal", fmt.Sprintf(`"number": "0x%x"`, w.good.Block.Number), fmt.Sprintf(`"number": %d`, w.good.Block.Number))
	bad("steps as text", fmt.Sprintf(`"irSteps": %d`, w.good.Stats.IRSteps), fmt.Sprintf(`"irSteps": "%d"`, w.good.Stats.IRSteps))
	bad("one public input more", `"publicInputs": [`, `"publicInputs": ["0x`+strings.Repeat("0", 64)+`",`)
	bad("trailing data", good, good+"{}")
	bad("truncated", good, good[:len(good)-3])
	bad("empty", good, "")
	bad("not an object", good, "[]")
}
