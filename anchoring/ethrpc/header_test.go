package ethrpc_test

import (
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/core/types"

	"vmhost/anchoring/ethrpc"
)

func sample() *types.Header {
	zero := uint64(0)
	hash := types.EmptyRootHash
	return &types.Header{
		Number: big.NewInt(300), Difficulty: new(big.Int), BaseFee: big.NewInt(1 << 40), Time: 99, GasUsed: 7, GasLimit: 9,
		Extra: []byte("x"), WithdrawalsHash: &hash, BlobGasUsed: &zero, ExcessBlobGas: &zero, ParentBeaconRoot: &hash, RequestsHash: &hash,
	}
}

func TestFields(t *testing.T) {
	raw, err := json.Marshal(sample())
	if err != nil {
		t.Fatal(err)
	}
	h, err := ethrpc.ParseJSON(raw)
	if err != nil {
		t.Fatal(err)
	}
	b := h.Block()
	if b.Ref.Number != 300 || b.Ref.Hash != sample().Hash() || b.Timestamp != 99 || b.GasUsed != 7 || b.BaseFee[26] != 1 || h.Parent().Number != 299 {
		t.Errorf("%+v", b)
	}
	again, err := ethrpc.ParseRLP(h.RLP)
	if err != nil || again.Ref != h.Ref || again.Block() != b {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestRefused(t *testing.T) {
	raw, _ := json.Marshal(sample()) // a plain struct
	edit := func(old, new string) string {
		if !strings.Contains(string(raw), old) {
			t.Fatalf("no %s", old)
		}
		return strings.Replace(string(raw), old, new, 1)
	}
	for name, tc := range map[string]struct {
		text string
		want error
	}{
		"not JSON":        {"x", ethrpc.ErrHeader},
		"null":            {"null", ethrpc.ErrHeader},
		"empty":           {"{}", ethrpc.ErrHeader},
		"no hash":         {edit(`"hash"`, `"hush"`), ethrpc.ErrHeader},
		"changed field":   {edit(`"gasUsed":"0x7"`, `"gasUsed":"0x8"`), ethrpc.ErrHeaderHash},
		"changed number":  {edit(`"number":"0x12c"`, `"number":"0x12d"`), ethrpc.ErrHeaderHash},
		"field left out":  {edit(`"withdrawalsRoot"`, `"unknown"`), ethrpc.ErrHeaderHash},
		"number too high": {edit(`"number":"0x12c"`, `"number":"0xffffffffffff"`), ethrpc.ErrHeader},
		"number huge":     {edit(`"number":"0x12c"`, `"number":"0x1`+strings.Repeat("0", 60)+`"`), ethrpc.ErrHeader},
		"long extra data": {edit(`"extraData":"0x78"`, `"extraData":"0x`+strings.Repeat("78", 3000)+`"`), ethrpc.ErrHeader},
	} {
		if _, err := ethrpc.ParseJSON([]byte(tc.text)); !errors.Is(err, tc.want) || !ethrpc.Faulty(err) {
			t.Errorf("%s: got %v, want %v", name, err, tc.want)
		}
	}
	if _, err := ethrpc.ParseRLP(make([]byte, ethrpc.MaxHeaderBytes+1)); !errors.Is(err, ethrpc.ErrHeader) {
		t.Errorf("too long: %v", err)
	}
	h, err := ethrpc.ParseJSON(raw)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ethrpc.ParseRLP(append(h.RLP, 0)); !errors.Is(err, ethrpc.ErrHeader) {
		t.Errorf("trailing byte: %v", err)
	}
}

func FuzzParseHeader(f *testing.F) {
	raw, _ := json.Marshal(sample()) // a plain struct
	f.Add(raw)
	f.Add([]byte(`{"number":"0xffffffffffffffffffff"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := ethrpc.ParseJSON(b)
		if err != nil {
			if _, err := ethrpc.ParseRLP(b); err != nil {
				return
			}
			return
		}
		again, err := ethrpc.ParseRLP(h.RLP)
		if err != nil || again.Ref != h.Ref || again.StateRoot != h.StateRoot {
			t.Fatalf("RLP of an accepted header: %v", err)
		}
	})
}
