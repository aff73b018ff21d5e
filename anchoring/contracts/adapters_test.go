package contracts

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"math/big"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/core/vm/runtime"

	"vmhost/anchoring/contracts/bindings"
	"vmhost/proofs/verifier" //nolint:depguard // the pinned keys
)

// adapted is a router with the pinned key of class tiny, a registry whose
// records the test plants, and both adapters.
type adapted struct {
	*machine
	registry, risc, sp1 common.Address
}

func newAdapted(t *testing.T) (a *adapted, claim Claim, programID [32]byte, proof []byte) {
	t.Helper()
	pins, err := verifier.Pinned()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(pins.All(), func(p verifier.Pin) bool { return p.Shape == "tiny" })
	m := withKey(t, pins.All()[i].Key.Blob())
	a = &adapted{machine: m, registry: common.HexToAddress("0x4e9")}
	m.cfg.State.SetCode(a.registry, artifact(t, "AnchorRegistry").Runtime, 0)
	m.cfg.BlockNumber = big.NewInt(1000)
	for _, x := range []struct {
		name string
		at   *common.Address
	}{{"RiscZeroAdapter", &a.risc}, {"SP1Adapter", &a.sp1}} {
		code, err := artifact(t, x.name).CreationCode(m.router, a.registry)
		if err != nil {
			t.Fatal(err)
		}
		*x.at = m.create(code)
	}
	f := proofFiles(t, "proofs/tiny.json")[0] // a real proof of a real program
	claim = Claim{ChainID: 1337, Height: 7, Commitment: f.Claim.Commitment, Journal: f.Claim.Journal}
	return a, claim, f.Claim.ProgramID, append(m.selector[:4:4], f.Proof...)
}

// plant records a commitment; it settles after the given block.
func (a *adapted) plant(height uint64, commitment [32]byte, settleAt int64) {
	slot := recordSlot(height).Big()
	word := func(i int64) common.Hash { return common.BigToHash(new(big.Int).Add(slot, big.NewInt(i))) }
	a.cfg.State.SetState(a.registry, word(0), commitment)
	packed := new(big.Int).Lsh(big.NewInt(settleAt), 160) // windowEnd, above the operator
	packed.Or(packed, big.NewInt(0x123))
	a.cfg.State.SetState(a.registry, word(2), common.BigToHash(packed))
}

// run calls and returns the name of the error, "" if there is none.
func (a *adapted) run(to common.Address, data []byte) string {
	a.t.Helper()
	out, _, err := runtime.Call(to, data, a.cfg)
	if err == nil {
		return ""
	}
	if !errors.Is(err, vm.ErrExecutionReverted) {
		a.t.Fatal(err)
	}
	name, _, ok := DecodeError(out)
	if !ok {
		return "malformed"
	}
	return name
}

// both verifies through both adapters.
func (a *adapted) both(program [32]byte, c Claim, proof []byte) (risc, sp1 string) {
	a.t.Helper()
	journal, err := AdapterJournal(c)
	if err != nil {
		a.t.Fatal(err)
	}
	seal, err := RiscZeroSeal(c, proof)
	if err != nil {
		a.t.Fatal(err)
	}
	risc = a.run(a.risc, bindings.NewRiscZeroAdapter().PackVerify(seal, program, sha256.Sum256(journal)))
	sp1 = a.run(a.sp1, bindings.NewSP1Adapter().PackVerifyProof(program, journal, proof))
	return risc, sp1
}

func TestAdapters(t *testing.T) {
	a, claim, program, proof := newAdapted(t)
	want := func(name string, program [32]byte, c Claim, proof []byte, risc, sp1 string) {
		t.Helper()
		if r, s := a.both(program, c, proof); r != risc || s != sp1 {
			t.Errorf("%s: RISC Zero %q, SP1 %q; want %q, %q", name, r, s, risc, sp1)
		}
	}
	// U1: an honest proof over somebody's own state tree.
	want("not anchored", program, claim, proof, "NotSettled", "NotSettled")
	a.plant(7, root(1), 0)
	want("another commitment is anchored", program, claim, proof, "NotSettled", "NotSettled")
	a.plant(7, claim.Commitment, 1000)
	want("in its challenge window", program, claim, proof, "NotSettled", "NotSettled")
	a.plant(7, claim.Commitment, 999)
	want("anchored and settled", program, claim, proof, "", "")

	higher := claim
	higher.Height = 8
	want("at another height", program, higher, proof, "NotSettled", "NotSettled")
	own := claim
	own.Commitment = root(9)
	a.plant(8, own.Commitment, 0)
	own.Height = 8
	want("a settled commitment that is not the proof's", program, own, proof, "VerificationFailed", "VerificationFailed")
	want("another program", root(3), claim, proof, "VerificationFailed", "VerificationFailed")
	other := claim
	other.Journal = bytes.Clone(claim.Journal)
	other.Journal[0] ^= 1
	want("another journal", program, other, proof, "VerificationFailed", "VerificationFailed")
	chain := claim
	chain.ChainID = 1
	want("another chain", program, chain, proof, "VerificationFailed", "OtherChain")
	for _, i := range []int{0, 3} {
		bad := bytes.Clone(proof)
		bad[i] ^= 1
		want("another selector", program, claim, bad, "SelectorUnknown", "SelectorUnknown")
	}
	for i := 4; i < len(proof); i += 29 {
		bad := bytes.Clone(proof)
		bad[i] ^= 1
		want("a changed proof", program, claim, bad, "VerificationFailed", "VerificationFailed")
	}
}

func TestAdaptersMalformed(t *testing.T) {
	a, claim, program, proof := newAdapted(t)
	a.plant(7, claim.Commitment, 0)
	journal, err := AdapterJournal(claim)
	if err != nil {
		t.Fatal(err)
	}
	seal, err := RiscZeroSeal(claim, proof)
	if err != nil {
		t.Fatal(err)
	}
	risc := func(seal []byte, digest [32]byte) string {
		return a.run(a.risc, bindings.NewRiscZeroAdapter().PackVerify(seal, program, digest))
	}
	digest := sha256.Sum256(journal)
	if got := risc(seal, digest); got != "" {
		t.Fatal(got)
	}
	// The bare journal's digest is what a caller would check who knows no anchors.
	for name, d := range map[string][32]byte{"bare journal": sha256.Sum256(claim.Journal), "0": {}} {
		if got := risc(seal, d); got != "VerificationFailed" {
			t.Errorf("digest of %s: %q", name, got)
		}
	}
	for _, n := range []int{0, 3, 4, 36, 100, len(seal) / 2} {
		if got := risc(seal[:n], digest); got == "" {
			t.Errorf("a seal of %d bytes: accepted", n)
		}
	}
	sp1 := func(values []byte) string {
		return a.run(a.sp1, bindings.NewSP1Adapter().PackVerifyProof(program, values, proof))
	}
	// Any other encoding of the same four would let a caller see a claim as new.
	for i := range journal {
		bad := bytes.Clone(journal)
		bad[i] ^= 1
		if got := sp1(bad); got == "" {
			t.Errorf("byte %d of the public values changed: accepted", i)
		}
	}
	if got := sp1(append(bytes.Clone(journal), make([]byte, 32)...)); got != "PublicValuesMalformed" {
		t.Errorf("a longer encoding: %q", got)
	}
	for _, n := range []int{0, 31, 128, len(journal) - 32} {
		if got := sp1(journal[:n]); got == "" {
			t.Errorf("%d bytes of public values: accepted", n)
		}
	}
	if _, err := RiscZeroSeal(claim, proof[:3]); !errors.Is(err, ErrBadClaim) {
		t.Errorf("a seal of no proof: %v", err)
	}
}
