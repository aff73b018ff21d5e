package contracts

import (
	"bytes"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// headerShapes are headers of every fork, with the oddest fields that each may
// have, as RLP.
func headerShapes(t *testing.T) map[string][]byte {
	t.Helper()
	u := func(n uint64) *uint64 { return &n }
	hash := func(b byte) *common.Hash { h := common.Hash(bytes.Repeat([]byte{b}, 32)); return &h }
	frontier := types.Header{
		ParentHash: *hash(1), UncleHash: types.EmptyUncleHash, Root: *hash(2), TxHash: types.EmptyTxsHash, ReceiptHash: types.EmptyReceiptsHash,
		Difficulty: new(big.Int).Lsh(big.NewInt(3), 250), Number: new(big.Int).SetUint64(worldTip), GasLimit: 1<<64 - 1, GasUsed: 0x80, Time: 0x7f,
		Extra: bytes.Repeat([]byte{9}, 32), MixDigest: *hash(3), Nonce: types.BlockNonce{1},
	}
	frontier.Bloom[7] = 0xff
	london := frontier
	london.BaseFee = new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1))
	free := london
	free.BaseFee, free.GasUsed, free.Time, free.Extra = new(big.Int), 0, 0, nil
	clique := london
	clique.Extra, clique.MixDigest = bytes.Repeat([]byte{0xf9}, 32+20*40+65), common.Hash{}
	shanghai := london
	shanghai.Difficulty, shanghai.WithdrawalsHash, shanghai.BaseFee = new(big.Int), hash(4), big.NewInt(7)
	cancun := shanghai
	cancun.BlobGasUsed, cancun.ExcessBlobGas, cancun.ParentBeaconRoot = u(0), u(1<<63), hash(5)
	prague := cancun
	prague.RequestsHash = hash(6)
	out := map[string][]byte{}
	for name, h := range map[string]types.Header{
		"frontier": frontier, "london": london, "free": free, "clique": clique, "shanghai": shanghai, "cancun": cancun, "prague": prague,
	} {
		b, err := rlp.EncodeToBytes(&h)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = b
	}
	// What no fork has yet: more fields, of any kind.
	content, _, err := rlp.SplitList(out["prague"])
	if err != nil {
		t.Fatal(err)
	}
	var fields []rlp.RawValue
	for len(content) > 0 {
		_, _, rest, err := rlp.Split(content)
		if err != nil {
			t.Fatal(err)
		}
		fields = append(fields, rlp.RawValue(content[:len(content)-len(rest)]))
		content = rest
	}
	for _, more := range []any{*hash(7), uint64(1 << 40), []byte{}, []uint64{1, 2}, bytes.Repeat([]byte{1}, 300)} {
		b, err := rlp.EncodeToBytes(more)
		if err != nil {
			t.Fatal(err)
		}
		fields = append(fields, b)
	}
	if out["future"], err = rlp.EncodeToBytes(fields); err != nil {
		t.Fatal(err)
	}
	return out
}

// A header of any fork takes down each false field and none that the cache would
// have; so does its state root.
func TestAttackHeadersOfEveryFork(t *testing.T) {
	w := newWorld(t)
	for name, raw := range headerShapes(t) {
		want := [6][32]byte{slotWord(worldTip)}
		if name != "future" { // what the cache is given
			h, err := ethrpc.ParseRLP(raw)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			b := h.Block()
			want = [6][32]byte{slotWord(b.Ref.Number), slotWord(b.Timestamp), b.BaseFee, b.Ref.Hash, slotWord(b.GasUsed), b.PrevRandao}
		} else {
			want = [6][32]byte{slotWord(worldTip), slotWord(0x7f), slotWord(7), crypto.Keccak256Hash(raw), slotWord(0x80), [32]byte(bytes.Repeat([]byte{3}, 32))}
		}
		for field := range want {
			for _, lie := range []byte{0, 1, 0x80} {
				cols := w.collections(worldTip)[:1]
				cols[0].values = append([][32]byte(nil), want[:]...)
				cols[0].values[field][31] ^= lie
				s := forge(worldTip, crypto.Keccak256Hash(raw), cols, nil, nil).suspect()
				claim, err := s.Header(uint64(field), raw)
				if err != nil {
					t.Fatal(err)
				}
				out, err := w.judge(claim)
				if reason, _, _ := DecodeError(out); (lie == 0) != (err != nil && reason == "ValueTrue") {
					t.Errorf("%s: field %d, lie %x: %v %s", name, field, lie, err, Reason(out))
				}
			}
		}
	}
}

// The forms that binding proves values in, and what it then has them say, are
// those of the judge: for accounts that are there, are empty, or are not there.
func TestAttackAbsentAndEmptyAccounts(t *testing.T) {
	w := newWorld(t)
	cols := w.collections(w.tip())
	people := cols[3]
	s := w.honest(w.tip(), nil).suspect()
	for i, it := range people.items {
		var asked [][32]byte
		if it.Kind == statecache.KindSlot {
			asked = append(asked, it.Slot)
		}
		proof := w.proof(it.Address, asked...)
		proven, err := bindingValue(w.headers[w.tip()].Root, it, proof)
		if err != nil || proven != people.values[i] {
			t.Fatalf("binding says %x, %v of %+v", proven, err, it)
		}
		claim, err := s.Value(handlePeople, uint64(i), w.headerRLP(w.tip()), proof)
		if err != nil {
			t.Fatal(err)
		}
		out, err := w.judge(claim)
		if reason, _, _ := DecodeError(out); err == nil || reason != "ValueTrue" {
			t.Errorf("%+v: %v %s", it, err, Reason(out))
		}
	}
}

// bindingValue is what the cache would be given for an item.
func bindingValue(root [32]byte, it statecache.Item, p *binding.AccountProof) (v [32]byte, err error) {
	proven, err := binding.Verify(root, &binding.Answer{AccountProof: *p})
	if err != nil {
		return v, err
	}
	if it.Kind == statecache.KindSlot {
		return proven.Values[0], nil
	}
	return proven.Field(it.Kind), nil
}
