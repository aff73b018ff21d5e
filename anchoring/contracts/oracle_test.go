package contracts

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"math/big"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/core/vm/runtime"
	"github.com/holiman/uint256"

	"vmhost/proofs/verifier" //nolint:depguard // the contract is compared with it
	"vmhost/testvectors"     //nolint:depguard // proofs under the pinned keys
)

// three asks the router, gnark's contract and Go, requires that they agree, and
// returns the answer.
func (m *machine) three(name string, c toyClaim, key *verifier.Key) bool {
	m.t.Helper()
	router := m.verify(c)
	claim := verifier.Claim{ProgramID: c.ProgramID, Commitment: c.Commitment, Journal: c.Journal}
	if native := verifier.Verify(claim, c.Proof, key) == nil; native != router {
		m.t.Errorf("%s: the router says %t, Go %t", name, router, native)
	}
	if len(c.Journal) <= 248 { // gnark's contract knows no journals
		if gnark := m.gnark(c, inputsOf(c)); gnark != router {
			m.t.Errorf("%s: the router says %t, gnark %t", name, router, gnark)
		}
	}
	return router
}

// The proof files of the test vectors, valid and damaged, under every pinned
// key: the three verifiers agree on each.
func TestVectorsUnderPinnedKeys(t *testing.T) {
	pins, err := verifier.Pinned()
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Glob(testvectors.Files, "proofs/*.json")
	if err != nil {
		t.Fatal(err)
	}
	valid, refused := 0, 0
	for _, pin := range pins.All() {
		m := withKey(t, pin.Key.Blob())
		for _, name := range files {
			for i, f := range proofFiles(t, name) {
				c := toyClaim{ProgramID: f.Claim.ProgramID, Commitment: f.Claim.Commitment, Journal: f.Claim.Journal, Proof: f.Proof}
				if m.three(name, c, pin.Key) {
					valid++
				} else {
					refused++
				}
				if pin.Shape != "tiny" && i > 3 {
					break // all are of class tiny: refused anyway
				}
			}
		}
	}
	if valid < 5 || refused < 40 {
		t.Errorf("%d accepted, %d refused", valid, refused)
	}
}

// proofFiles are the files of the vectors that can be decoded.
func proofFiles(t *testing.T, name string) (out []*verifier.File) {
	t.Helper()
	data, err := testvectors.Files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var vectors struct {
		Tests []struct {
			File string `json:"file"`
		} `json:"tests"`
	}
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	for _, test := range vectors.Tests {
		if f, err := verifier.DecodeFile([]byte(test.File)); err == nil {
			out = append(out, f)
		}
	}
	return out
}

// Without a precompile a call to its address succeeds and answers nothing:
// nothing may be accepted then, whichever of them is missing.
func TestNoPrecompileNoProof(t *testing.T) {
	s := newTrapdoor(90)
	m := withKey(t, s.blob(true))
	good := s.proven(s.claimOf(64))
	// Proofs of the equation that is left when multiplications or additions do
	// nothing, as only the owner of the trapdoor can make them.
	noMultiply, noAdd := s.claimOf(64), s.claimOf(64)
	noMultiply.Proof = s.degenerate(statement(noMultiply), false).encode()
	noAdd.Proof = s.degenerate(statement(noAdd), true).encode()
	rules := m.cfg.ChainConfig.Rules(big.NewInt(1), true, 0)
	call := func(missing byte, data []byte) ([]byte, error) {
		all := vm.ActivePrecompiledContracts(rules)
		delete(all, common.BytesToAddress([]byte{missing}))
		env := runtime.NewEnv(m.cfg)
		env.SetPrecompiles(all)
		m.cfg.State.Prepare(rules, m.cfg.Origin, m.cfg.Coinbase, &m.router, nil, nil)
		out, _, err := env.Call(m.cfg.Origin, m.router, data, vm.NewGasBudget(m.cfg.GasLimit, 0), new(uint256.Int))
		return out, err
	}
	if _, err := call(1, m.calldata(good)); err != nil { // the signature's: not needed
		t.Fatal(err)
	}
	failed := artifact(t, "VmVerifier").ABI.Errors["VerificationFailed"].ID
	for missing := byte(6); missing <= 8; missing++ {
		for _, c := range []toyClaim{good, noMultiply, noAdd} {
			if out, err := call(missing, m.calldata(c)); err == nil || !bytes.Equal(out, failed[:4]) {
				t.Errorf("precompile %d: %v, %x", missing, err, out)
			}
		}
	}
	code, err := KeyCreationCode(newTrapdoor(91).blob(true))
	if err != nil {
		t.Fatal(err)
	}
	invalid := artifact(t, "VmVerifier").ABI.Errors["KeyPointInvalid"].ID
	if out, err := call(8, routerABI.PackAddKey(m.create(code))); err == nil || !bytes.HasPrefix(out, invalid[:4]) {
		t.Errorf("a key was added without the pairing precompile: %v %x", err, out)
	}
}

// degenerate solves the pairing equation with the points themselves in place of
// their multiples, or with K[0] in place of all sums (and D, Q infinity).
func (s *trapdoor) degenerate(x [11]fr.Element, noAdd bool) logs {
	p := logs{a: s.random(), b: s.random()}
	l := s.k[0]
	if !noAdd {
		p.d, p.q = s.random(), s.random()
		for i := range x {
			if !x[i].IsZero() {
				l.Add(&l, &s.k[1+i])
			}
		}
		l.Add(&l, &s.k[12]).Add(&l, &p.d).Add(&l, &p.q)
	}
	var t fr.Element
	p.c.Mul(&p.a, &p.b)
	p.c.Sub(&p.c, t.Mul(&s.alpha, &s.beta)).Sub(&p.c, &l).Add(&p.c, t.Mul(&p.d, &s.sigma))
	p.c.Mul(&p.c, t.Inverse(&s.delta))
	return p
}

// Any proof and claim under one key: the three verifiers agree.
func FuzzVerifyAgrees(f *testing.F) {
	toy := loadToy(f)
	key, err := verifier.ReadBlob(toy.Key)
	if err != nil {
		f.Fatal(err)
	}
	m := withKey(f, toy.Key)
	for _, c := range toy.Claims {
		if !strings.Contains(c.Name, "24") {
			f.Add(c.ProgramID[:], c.Commitment[:], []byte(c.Journal), []byte(c.Proof), uint16(0), byte(0))
			f.Add(c.ProgramID[:], c.Commitment[:], []byte(c.Journal), []byte(c.Proof), uint16(len(c.Journal)), byte(1))
		}
	}
	f.Fuzz(func(t *testing.T, program, commitment, journal, proof []byte, at uint16, mask byte) {
		m.t = t
		c := toyClaim{ProgramID: common.BytesToHash(program), Commitment: common.BytesToHash(commitment), Journal: journal, Proof: bytes.Clone(proof)}
		if len(journal) > 300 || len(proof) > 500 {
			return
		}
		if len(c.Proof) > 0 {
			c.Proof[int(at)%len(c.Proof)] ^= mask
		}
		m.three("fuzz", c, key)
	})
}
