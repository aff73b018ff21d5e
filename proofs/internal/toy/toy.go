// Package toy is a small circuit with the public inputs of a claim and one
// commitment, for tests of keys and proofs that need no zkWASM circuit.
package toy

import (
	"bytes"
	"context"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16"
	bn254 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/std/rangecheck"

	"vmhost/proofs/setup"
	"vmhost/proofs/verifier"
)

// Circuit proves knowledge of a value of 32 bits whose products with 1 ... 11,
// plus one free value each, are the public inputs: a claim's inputs always
// have a solution, and each is constrained.
type Circuit struct {
	Public [verifier.NbPublicInputs]frontend.Variable `gnark:",public"`
	Secret frontend.Variable
	Free   [verifier.NbPublicInputs]frontend.Variable
	Size   int `gnark:"-"` // extra constraints
}

// Define implements frontend.Circuit.
func (c *Circuit) Define(api frontend.API) error {
	rangecheck.New(api).Check(c.Secret, 32)
	x := c.Secret
	for i := range c.Size {
		x = api.Add(api.Mul(x, x), i)
	}
	api.AssertIsDifferent(x, 0)
	for i := range c.Public {
		api.AssertIsEqual(c.Public[i], api.Add(api.Mul(c.Secret, c.Secret, i+1), c.Free[i]))
	}
	return nil
}

// Assign solves the circuit for a claim.
func Assign(claim verifier.Claim, secret uint32) (*Circuit, error) {
	in, err := claim.PublicInputs()
	if err != nil {
		return nil, err
	}
	c := &Circuit{Secret: secret}
	for i := range in {
		v := new(big.Int).SetBytes(in[i][:])
		sq := new(big.Int).SetUint64(uint64(secret) * uint64(secret))
		c.Public[i] = v
		c.Free[i] = new(big.Int).Sub(v, sq.Mul(sq, big.NewInt(int64(i+1))))
	}
	return c, nil
}

// Keys of a compiled circuit.
type Keys struct {
	CCS constraint.ConstraintSystem
	PK  *bn254.ProvingKey
	VK  *bn254.VerifyingKey
	Raw []byte // VK by WriteRawTo
	Key *verifier.Key
}

// Make compiles a circuit of the given size and sets it up for the seed name.
func Make(size int, name string) (*Keys, error) {
	return MakeFor(&Circuit{Size: size}, name)
}

// MakeFor is Make for any circuit with one commitment.
func MakeFor(c frontend.Circuit, name string) (*Keys, error) {
	ccs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, c)
	if err != nil {
		return nil, fmt.Errorf("compile: %w", err)
	}
	pk, vk, err := setup.Setup(context.Background(), ccs, setup.DevSource(name), nil)
	if err != nil {
		return nil, err
	}
	var raw bytes.Buffer
	if _, err := vk.WriteRawTo(&raw); err != nil {
		return nil, fmt.Errorf("encode key: %w", err)
	}
	key, err := verifier.ReadKey(raw.Bytes(), verifier.UnsafeDev)
	if err != nil {
		return nil, err
	}
	return &Keys{ccs, pk, vk, raw.Bytes(), key}, nil
}

// Prove proves a claim by gnark alone.
func (k *Keys) Prove(claim verifier.Claim) ([]byte, error) {
	a, err := Assign(claim, 77777)
	if err != nil {
		return nil, err
	}
	return k.ProveAssignment(a)
}

// ProveAssignment proves any assignment of the circuit.
func (k *Keys) ProveAssignment(a frontend.Circuit) ([]byte, error) {
	w, err := frontend.NewWitness(a, ecc.BN254.ScalarField())
	if err != nil {
		return nil, fmt.Errorf("witness: %w", err)
	}
	p, err := groth16.Prove(k.CCS, k.PK, w, solidity.WithProverTargetSolidityVerifier(backend.GROTH16))
	if err != nil {
		return nil, fmt.Errorf("prove: %w", err)
	}
	return p.(*bn254.Proof).MarshalSolidity(), nil
}
