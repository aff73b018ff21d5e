package contracts

import (
	"context"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
)

// KeySize is the length in bytes of a key contract's code (src/Bn254.sol).
const KeySize = 0x520

// Selector is the first four bytes of a verifying key id, which is the code
// hash of the key's contract: how a proof names its key.
func Selector(verifyingKeyID [32]byte) [4]byte {
	return [4]byte(verifyingKeyID[:4])
}

// KeyCreationCode is what a transaction that creates a key's contract carries:
// ten bytes of code that return what follows them. It refuses, with ErrBadKey,
// bytes that are not as long as a key or do not begin with STOP; the router
// looks at the rest when the key is added.
func KeyCreationCode(blob []byte) ([]byte, error) {
	if len(blob) != KeySize || blob[0] != 0 {
		return nil, fmt.Errorf("%w: %d bytes", ErrBadKey, len(blob))
	}
	code := []byte{
		0x61, KeySize >> 8, KeySize & 0xff, // PUSH2 size
		0x80,       // DUP1
		0x60, 0x0a, // PUSH1: where the key begins here
		0x5f, // PUSH0: where it goes in memory
		0x39, // CODECOPY
		0x5f, // PUSH0
		0xf3, // RETURN
	}
	return append(code, blob...), nil
}

// DeployKey creates the contract that holds a key and returns its address.
func DeployKey(ctx context.Context, send Sender, blob []byte) (common.Address, error) {
	code, err := KeyCreationCode(blob)
	if err != nil {
		return common.Address{}, err
	}
	receipt, err := send(ctx, nil, code)
	if err != nil {
		return common.Address{}, fmt.Errorf("deploy key: %w", err)
	}
	return receipt.ContractAddress, nil
}

// VerifyGas is about the execution gas of VmVerifier.verify: a multiplication
// for each public input that is not zero, and the rest (testdata/gas.golden).
func VerifyGas(journal []byte) uint64 {
	const (
		fixed = 259_200 // with program and commitment
		input = 6_680
	)
	gas := uint64(fixed)
	if len(journal) > 0 {
		gas += input // its length
	}
	for word := range slices.Chunk(journal, 31) {
		if slices.ContainsFunc(word, func(b byte) bool { return b != 0 }) {
			gas += input
		}
	}
	return gas
}
