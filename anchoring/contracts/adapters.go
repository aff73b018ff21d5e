package contracts

import (
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
)

// Claim is what a proof shows, with the place of its state commitment.
type Claim struct {
	ChainID    uint64
	Height     uint64
	Commitment [32]byte
	Journal    []byte
}

// Types of what the adapters' callers see.
var (
	uint256Type = abi.Type{T: abi.UintTy, Size: 256}
	uint64Type  = abi.Type{T: abi.UintTy, Size: 64}
	bytes32Type = abi.Type{T: abi.FixedBytesTy, Size: 32}
	bytesType   = abi.Type{T: abi.BytesTy}
)

// AdapterJournal is the journal that callers of the adapters see:
// abi.encode(chainId, height, commitment, journal). It is SP1's publicValues;
// RISC Zero's journalDigest is its sha256.
func AdapterJournal(c Claim) ([]byte, error) {
	args := abi.Arguments{{Type: uint256Type}, {Type: uint64Type}, {Type: bytes32Type}, {Type: bytesType}}
	out, err := args.Pack(new(big.Int).SetUint64(c.ChainID), c.Height, c.Commitment, c.Journal)
	if err != nil {
		return nil, fmt.Errorf("adapter journal: %w", err)
	}
	return out, nil
}

// RiscZeroSeal is the seal that RiscZeroAdapter takes for a claim. Proof begins
// with the selector of its key, as VmVerifier takes it. Errors: ErrBadClaim.
func RiscZeroSeal(c Claim, proof []byte) ([]byte, error) {
	if len(proof) < 4 {
		return nil, fmt.Errorf("%w: a proof of %d bytes", ErrBadClaim, len(proof))
	}
	args := abi.Arguments{{Type: uint64Type}, {Type: bytes32Type}, {Type: bytesType}, {Type: bytesType}}
	out, err := args.Pack(c.Height, c.Commitment, c.Journal, proof[4:])
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return append(proof[:4:4], out...), nil
}
