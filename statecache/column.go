package statecache

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/statecache/poseidon"
)

// valueUpdate sets one value.
type valueUpdate struct {
	index uint32
	value [32]byte
}

func hash8(x *[8]fr.Element) fr.Element { return poseidon.H8(x) }

// headerValues returns the header collection's values, by field code.
func headerValues(h *BlockHeader) []valueUpdate {
	values := [headerFields][32]byte{
		FieldNumber:     u256(h.Ref.Number),
		FieldTimestamp:  u256(h.Timestamp),
		FieldBaseFee:    h.BaseFee,
		FieldBlockHash:  h.Ref.Hash,
		FieldGasUsed:    u256(h.GasUsed),
		FieldPrevRandao: h.PrevRandao,
	}
	ups := make([]valueUpdate, headerFields)
	for i := range ups {
		ups[i] = valueUpdate{uint32(i), values[i]}
	}
	return ups
}

// hashItems hashes items that are to be appended.
func hashItems(items []Item) []fr.Element {
	out := make([]fr.Element, len(items))
	hashAll(len(items), func(i int, x *[8]fr.Element) { *x = itemPreimage(&items[i]) },
		func(i int, h *fr.Element) { out[i] = *h })
	return out
}
