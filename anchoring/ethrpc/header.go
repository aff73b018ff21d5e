package ethrpc

import (
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"

	"vmhost/statecache"
)

// MaxHeaderBytes bounds the RLP of a header; real ones are below 1 KiB.
const MaxHeaderBytes = 4096

// Header is a block header whose fields and hash belong together: it can only
// be made by ParseRLP and ParseJSON, which recompute the hash. That the block
// is canonical is not said by it.
type Header struct {
	Ref          statecache.BlockRef
	ParentHash   [32]byte
	StateRoot    [32]byte
	ReceiptsRoot [32]byte
	Timestamp    uint64   // Unix seconds
	BaseFee      [32]byte // wei, big-endian; 0 before London
	GasUsed      uint64
	PrevRandao   [32]byte
	// Bloom of the addresses and topics of all logs in the block.
	Bloom [256]byte
	// AccessListHash of the block's access list (EIP-7928); 0 before its fork.
	AccessListHash [32]byte
	// RLP is the encoding that hashes to Ref.Hash.
	RLP []byte
}

// Parent names the parent block.
func (h *Header) Parent() statecache.BlockRef {
	return statecache.BlockRef{Number: h.Ref.Number - 1, Hash: h.ParentHash}
}

// Block returns what the state cache keeps of the header.
func (h *Header) Block() statecache.BlockHeader {
	return statecache.BlockHeader{
		Ref: h.Ref, Parent: h.ParentHash, Timestamp: h.Timestamp,
		BaseFee: h.BaseFee, GasUsed: h.GasUsed, PrevRandao: h.PrevRandao,
	}
}

// ParseRLP decodes a header from its RLP. The encoding must be the canonical
// one: what hashes is what was read.
func ParseRLP(b []byte) (*Header, error) {
	if len(b) > MaxHeaderBytes {
		return nil, fmt.Errorf("%w: %d bytes", ErrHeader, len(b))
	}
	var h types.Header
	if err := rlp.DecodeBytes(b, &h); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrHeader, err)
	}
	out, err := fromGeth(&h)
	if err != nil {
		return nil, err
	}
	if string(out.RLP) != string(b) {
		return nil, fmt.Errorf("%w: not the canonical encoding", ErrHeader)
	}
	return out, nil
}

// ParseJSON decodes a header as nodes send it (eth_getBlockBy…, newHeads) and
// checks that its fields hash to its "hash".
func ParseJSON(raw []byte) (*Header, error) {
	var h types.Header
	if err := json.Unmarshal(raw, &h); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrHeader, err)
	}
	var given struct {
		Hash *common.Hash `json:"hash"`
	}
	if err := json.Unmarshal(raw, &given); err != nil || given.Hash == nil {
		return nil, fmt.Errorf("%w: no hash", ErrHeader)
	}
	out, err := fromGeth(&h)
	if err != nil {
		return nil, err
	}
	if out.Ref.Hash != *given.Hash {
		return nil, fmt.Errorf("block %d: %w: fields hash to %x, node says %x", out.Ref.Number, ErrHeaderHash, out.Ref.Hash, *given.Hash)
	}
	return out, nil
}

// fromGeth checks ranges and takes the fields over.
func fromGeth(h *types.Header) (*Header, error) {
	if h.Number == nil || !h.Number.IsUint64() || h.Number.Uint64() > statecache.MaxHeight {
		return nil, fmt.Errorf("%w: number out of range", ErrHeader)
	}
	if h.Difficulty == nil {
		h.Difficulty = new(big.Int)
	}
	if h.Difficulty.Sign() < 0 || h.Difficulty.BitLen() > 256 || len(h.Extra) > 2048 {
		return nil, fmt.Errorf("block %d: %w: field out of range", h.Number, ErrHeader)
	}
	out := &Header{
		ParentHash: h.ParentHash, StateRoot: h.Root, ReceiptsRoot: h.ReceiptHash,
		Timestamp: h.Time, GasUsed: h.GasUsed, PrevRandao: h.MixDigest, Bloom: h.Bloom,
	}
	if h.BlockAccessListHash != nil {
		out.AccessListHash = *h.BlockAccessListHash
	}
	if h.BaseFee != nil {
		if h.BaseFee.Sign() < 0 || h.BaseFee.BitLen() > 256 {
			return nil, fmt.Errorf("block %d: %w: base fee out of range", h.Number, ErrHeader)
		}
		h.BaseFee.FillBytes(out.BaseFee[:])
	}
	encoded, err := rlp.EncodeToBytes(h)
	if err != nil {
		return nil, fmt.Errorf("block %d: %w: %w", h.Number, ErrHeader, err)
	}
	if len(encoded) > MaxHeaderBytes {
		return nil, fmt.Errorf("block %d: %w: %d bytes", h.Number, ErrHeader, len(encoded))
	}
	out.RLP = encoded
	out.Ref = statecache.BlockRef{Number: h.Number.Uint64(), Hash: h.Hash()}
	return out, nil
}
