package binding

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/core/types/bal"
	"github.com/ethereum/go-ethereum/rlp"

	"vmhost/anchoring/ethrpc"
)

// AccessLister hands out a block's access list (EIP-7928) as RLP. It is not
// trusted. No node serves the lists yet.
type AccessLister interface {
	AccessList(ctx context.Context, block [32]byte) ([]byte, error)
}

// AccountWrites is what a block left of an account, after all its transactions.
type AccountWrites struct {
	// Slots that were written, with their last value; some may be as before.
	Slots map[[32]byte][32]byte
	// Balance and Nonce, nil if they were not changed.
	Balance *[32]byte
	Nonce   *uint64
	// Code says that the code was changed.
	Code bool
}

// CheckAccessList decodes a block's access list and compares it with the hash in
// the header: a list that has it names every account and slot that the block
// changed. Errors: ErrNoAccessList for a header without one, ErrClaim for
// another list, ErrMalformed.
func CheckAccessList(h *ethrpc.Header, raw []byte) (map[[20]byte]AccountWrites, error) {
	if h.AccessListHash == ([32]byte{}) {
		return nil, fmt.Errorf("block %v: %w", h.Ref, ErrNoAccessList)
	}
	if got := newHasher().sum(raw); got != h.AccessListHash {
		return nil, fmt.Errorf("block %v: access list has hash %x, header says %x: %w", h.Ref, got[:4], h.AccessListHash[:4], ErrClaim)
	}
	var list bal.BlockAccessList
	if err := rlp.DecodeBytes(raw, &list); err != nil {
		return nil, fmt.Errorf("block %v: access list: %w: %w", h.Ref, ErrMalformed, err)
	}
	out := make(map[[20]byte]AccountWrites, len(list))
	for i := range list {
		a := &list[i]
		w := AccountWrites{Code: len(a.CodeChanges) > 0}
		for _, s := range a.StorageChanges {
			if n := len(s.SlotChanges); n > 0 && s.Slot != nil && s.SlotChanges[n-1].PostValue != nil {
				if w.Slots == nil {
					w.Slots = map[[32]byte][32]byte{}
				}
				w.Slots[s.Slot.Bytes32()] = s.SlotChanges[n-1].PostValue.Bytes32()
			}
		}
		if n := len(a.BalanceChanges); n > 0 && a.BalanceChanges[n-1].PostBalance != nil {
			b := a.BalanceChanges[n-1].PostBalance.Bytes32()
			w.Balance = &b
		}
		if n := len(a.NonceChanges); n > 0 {
			nonce := a.NonceChanges[n-1].PostNonce
			w.Nonce = &nonce
		}
		out[a.Address] = w
	}
	return out, nil
}
