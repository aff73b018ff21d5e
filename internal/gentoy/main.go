// Command gentoy makes the test data of the contracts: a Groth16 key of a toy
// circuit with the statement of the real ones (eleven public inputs, one
// commitment), proofs of some claims, and gnark's Solidity verifier of that key:
// the oracle that the tests compare the verifier with. The toy circuit proves
// any claim, the impossible one included.
//
//	go run ./internal/gentoy -out anchoring/contracts/testdata/toy \
//		-contract anchoring/contracts/src/test/GnarkVerifierToy.sol
//
// The key comes from a public seed, the proofs are random. Run build.sh
// afterwards.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/backend"                     //nolint:depguard // test data needs a real proof; nothing imports this command
	"github.com/consensys/gnark/backend/groth16"             //nolint:depguard // as above
	bn254 "github.com/consensys/gnark/backend/groth16/bn254" //nolint:depguard // as above
	"github.com/consensys/gnark/backend/solidity"            //nolint:depguard // as above
	"github.com/consensys/gnark/constraint"                  //nolint:depguard // as above
	"github.com/consensys/gnark/frontend"                    //nolint:depguard // as above
	"github.com/consensys/gnark/frontend/cs/r1cs"            //nolint:depguard // as above
	"github.com/ethereum/go-ethereum/common/hexutil"         //nolint:depguard // as above

	toysetup "vmhost/proofs/setup"
	"vmhost/proofs/verifier"
)

func main() {
	out := flag.String("out", "", "folder of claims.json")
	contract := flag.String("contract", "", "the exported contract to write")
	flag.Parse()
	if err := run(*out, *contract); err != nil {
		fmt.Fprintln(os.Stderr, "gentoy:", err)
		os.Exit(1)
	}
}

func run(out, contract string) error {
	if out == "" || contract == "" {
		return errors.New("-out and -contract are needed")
	}
	key, err := setup()
	if err != nil {
		return err
	}
	oracle, err := key.oracle()
	if err != nil {
		return err
	}
	file, err := key.claims()
	if err != nil {
		return err
	}
	if err := write(contract, oracle); err != nil {
		return err
	}
	return write(filepath.Join(out, "claims.json"), append(file, '\n'))
}

func write(path string, data []byte) error {
	return os.WriteFile(path, data, 0o644) //nolint:gosec // test data, read by everybody
}

// toy copies every public input into a committed wire, as the real circuits do.
type toy struct {
	Public [11]frontend.Variable `gnark:",public"`
	Copy   [11]frontend.Variable
}

// Define implements frontend.Circuit.
func (c *toy) Define(api frontend.API) error {
	for i := range c.Public {
		api.AssertIsEqual(c.Public[i], c.Copy[i])
	}
	committer, ok := api.(frontend.Committer)
	if !ok {
		return errors.New("the builder has no commitments")
	}
	cmt, err := committer.Commit(c.Copy[:]...)
	if err != nil {
		return err
	}
	api.AssertIsDifferent(cmt, 0)
	return nil
}

type toyKey struct {
	ccs constraint.ConstraintSystem
	pk  *bn254.ProvingKey
	vk  *bn254.VerifyingKey
}

func setup() (*toyKey, error) {
	ccs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &toy{})
	if err != nil {
		return nil, fmt.Errorf("compile: %w", err)
	}
	for n := 0; ; n++ {
		pk, vk, err := toysetup.Setup(context.Background(), ccs, toysetup.DevSource(fmt.Sprintf("contracts-toy-%d", n)), nil)
		if err != nil {
			return nil, err
		}
		k := &toyKey{ccs, pk, vk}
		if key, err := k.key(); err != nil || fullWords(key.Blob()) {
			return k, err
		}
	}
}

// fullWords says whether every word of a key fills its 32 bytes: the tests then
// find each as a constant of that length in the oracle's code, and replace it.
func fullWords(blob []byte) bool {
	for at := 32; at < len(blob); at += 32 {
		if blob[at] == 0 {
			return false
		}
	}
	return true
}

// key is the verifying key as the contract has it.
func (k *toyKey) key() (*verifier.Key, error) {
	var raw bytes.Buffer
	if _, err := k.vk.WriteRawTo(&raw); err != nil {
		return nil, err
	}
	return verifier.ReadKey(raw.Bytes(), verifier.UnsafeDev)
}

// oracle is gnark's contract under another name, otherwise as it is. Only tests
// deploy it: it verifies on any chain.
func (k *toyKey) oracle() ([]byte, error) {
	var sol bytes.Buffer
	if err := k.vk.ExportSolidity(&sol, solidity.WithPragmaVersion("^0.8.28")); err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	const name = "\ncontract Verifier {\n"
	if bytes.Count(sol.Bytes(), []byte(name)) != 1 {
		return nil, errors.New("the export has another form")
	}
	return bytes.Replace(bytes.TrimLeft(sol.Bytes(), "\n"), []byte(name), []byte("\ncontract GnarkVerifierToy {\n"), 1), nil
}

// prove returns the proof in gnark's Solidity encoding.
func (k *toyKey) prove(inputs [11]frontend.Variable) ([]byte, error) {
	w, err := frontend.NewWitness(&toy{Public: inputs, Copy: inputs}, ecc.BN254.ScalarField())
	if err != nil {
		return nil, fmt.Errorf("witness: %w", err)
	}
	proof, err := groth16.Prove(k.ccs, k.pk, w, solidity.WithProverTargetSolidityVerifier(backend.GROTH16))
	if err != nil {
		return nil, fmt.Errorf("prove: %w", err)
	}
	public, err := w.Public()
	if err != nil {
		return nil, err
	}
	if err := groth16.Verify(proof, k.vk, public, solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16)); err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	m, ok := proof.(interface{ MarshalSolidity() []byte })
	if !ok {
		return nil, errors.New("the proof has no Solidity encoding")
	}
	return m.MarshalSolidity(), nil
}

type claim struct {
	Name       string        `json:"name"`
	ProgramID  hexutil.Bytes `json:"programId"`
	Commitment hexutil.Bytes `json:"commitment"`
	Journal    hexutil.Bytes `json:"journal"`
	Proof      hexutil.Bytes `json:"proof"`
}

type claimFile struct {
	Key    hexutil.Bytes `json:"key"` // as the contract reads it
	Claims []claim       `json:"claims"`
}

// claims proves claims with journals around every word boundary, and the
// impossible claim.
func (k *toyKey) claims() ([]byte, error) {
	key, err := k.key()
	if err != nil {
		return nil, err
	}
	file := claimFile{Key: key.Blob()}
	for _, n := range []int{0, 1, 30, 31, 32, 62, 217, 247, 248} {
		c := claim{Name: fmt.Sprintf("journal of %d bytes", n), ProgramID: element(0x11), Commitment: element(0x22)}
		c.Journal = make([]byte, n)
		for i := range c.Journal {
			c.Journal[i] = byte(0xff - i)
		}
		file.Claims = append(file.Claims, c)
	}
	file.Claims = append(file.Claims, claim{
		Name: "impossible", ProgramID: make([]byte, 32), Commitment: make([]byte, 32), Journal: []byte{},
	})
	for i := range file.Claims {
		c := &file.Claims[i]
		proof, err := k.prove(inputs(c))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Name, err)
		}
		c.Proof = proof
	}
	return json.MarshalIndent(file, "", " ")
}

// element is 32 bytes below r.
func element(b byte) []byte {
	return append([]byte{0x0f}, bytes.Repeat([]byte{b}, 31)...)
}

func inputs(c *claim) [11]frontend.Variable {
	in := [11]frontend.Variable{[]byte(c.ProgramID), []byte(c.Commitment), len(c.Journal)}
	padded := append(bytes.Clone(c.Journal), make([]byte, 248-len(c.Journal))...)
	for i := range 8 {
		in[3+i] = padded[31*i : 31*i+31]
	}
	return in
}
