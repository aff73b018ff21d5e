package binding_test

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
)

// fixtures returns the folder of real data, which is not part of the product.
func fixtures(t *testing.T, path ...string) string {
	t.Helper()
	dir := os.Getenv("VMHOST_FIXTURES")
	if dir == "" {
		t.Skip("VMHOST_FIXTURES names no folder with real mainnet data")
	}
	return filepath.Join(append([]string{dir}, path...)...)
}

func readFile(t *testing.T, path ...string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Mainnet block 21,925,176: 202 receipts with 463 logs as a node serves them.
func TestMainnetReceipts(t *testing.T) {
	dir := fixtures(t, "helios", "tests", "testdata", "rpc")
	h, err := ethrpc.ParseJSON(readFile(t, dir, "block.json"))
	if err != nil {
		t.Fatal(err)
	}
	raw := readFile(t, dir, "receipts.json")
	got, err := binding.VerifyReceipts(h, raw)
	if err != nil {
		t.Fatal(err)
	}
	logs := 0
	for _, r := range got {
		logs += len(r.Logs)
	}
	if len(got) != 202 || logs != 463 {
		t.Errorf("%d receipts, %d logs", len(got), logs)
	}
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	// The whole set of forgeries is for smaller blocks: see TestForgedReceipts.
	refused := 0
	for _, i := range []int{0, 57, 201} {
		forged := slices.Delete(slices.Clone(list), i, i+1)
		for _, f := range append(forgeries(t, list[i]), forgery{"left out", nil}) {
			if f.raw != nil {
				forged = slices.Clone(list)
				forged[i] = f.raw
			}
			if _, err := binding.VerifyReceipts(h, join(forged)); err == nil {
				t.Errorf("receipt %d: %s", i, f.name)
			}
			refused++
		}
	}
	t.Logf("%d forged blocks refused", refused)
}

// Mainnet blocks from before and after the Merge, Shanghai, Cancun and Prague.
// Their receipts come without blooms: [type, status, gas, logs].
func TestMainnetForks(t *testing.T) {
	files, err := filepath.Glob(fixtures(t, "portal", "block_data", "*.yaml"))
	if err != nil || len(files) < 7 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	field := func(file, name string) []byte {
		m := regexp.MustCompile(`(?m)^` + name + `: ['"]?0x([0-9a-f]+)`).FindSubmatch(readFile(t, file))
		if m == nil {
			t.Fatalf("%s has no %s", file, name)
		}
		return unhex(t, string(m[1]))
	}
	kinds := map[byte]int{}
	for _, file := range files {
		h, err := ethrpc.ParseRLP(field(file, "header"))
		if err != nil {
			t.Fatal(err)
		}
		var slim []struct {
			Type   uint8
			Status []byte
			Gas    uint64
			Logs   []*types.Log
		}
		if err := rlp.DecodeBytes(field(file, "receipts"), &slim); err != nil {
			t.Fatal(err)
		}
		var full types.Header
		if err := rlp.DecodeBytes(h.RLP, &full); err != nil {
			t.Fatal(err)
		}
		for _, f := range []struct {
			name   string
			from   uint64
			fields bool
		}{
			{"base fee", 12_965_000, full.BaseFee != nil},
			{"withdrawals", 17_034_870, full.WithdrawalsHash != nil},
			{"blob gas and beacon root", 19_426_587, full.BlobGasUsed != nil && full.ParentBeaconRoot != nil},
			{"requests", 22_431_084, full.RequestsHash != nil},
		} {
			if f.fields != (h.Ref.Number >= f.from) {
				t.Errorf("block %d: %s: %v", h.Ref.Number, f.name, f.fields)
			}
		}
		byType := map[byte]int{}
		var list []*types.Receipt
		for _, s := range slim {
			r := &types.Receipt{Type: s.Type, CumulativeGasUsed: s.Gas, Logs: s.Logs}
			switch len(s.Status) {
			case 32:
				r.PostState = s.Status
			case 1:
				r.Status = uint64(s.Status[0])
			}
			list = append(list, r)
			kinds[s.Type]++
			byType[s.Type]++
		}
		t.Logf("block %d %-8s receipts by type %v", h.Ref.Number, mainnetFork(h.Ref.Number), byType)
		if _, err := binding.CheckReceipts(h, list); err != nil {
			t.Errorf("block %d: %v", h.Ref.Number, err)
		}
		if _, err := binding.CheckReceipts(h, list[1:]); !errors.Is(err, binding.ErrReceipts) {
			t.Errorf("block %d without its first receipt: %v", h.Ref.Number, err)
		}
	}
	t.Logf("receipts by type: %v", kinds)
	for _, typ := range []byte{0, 1, 2, 3} {
		if kinds[typ] == 0 {
			t.Errorf("no receipt of type %d", typ)
		}
	}
}

// mainnetFork names the rules of a block of mainnet, as far as they are in fixtures.
func mainnetFork(number uint64) string {
	name := "old"
	for _, f := range []struct {
		from uint64
		name string
	}{{12_965_000, "London"}, {15_537_394, "Paris"}, {17_034_870, "Shanghai"}, {19_426_587, "Cancun"}, {22_431_084, "Prague"}} {
		if number >= f.from {
			name = f.name
		}
	}
	return name
}

// Account and storage proofs of mainnet, block 0 included, from the portal
// network's containers.
func TestMainnetProofs(t *testing.T) {
	dir := fixtures(t, "portal", "state_validation")
	item := regexp.MustCompile(`block_header: '0x([0-9a-f]+)'\s+content_key: '0x[0-9a-f]+'\s+content_value_offer: '0x([0-9a-f]+)'`)
	weth := [20]byte(unhex(t, "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"))
	proofs := func(name string) (out [][2][]byte) {
		for _, m := range item.FindAllSubmatch(readFile(t, dir, name), -1) {
			out = append(out, [2][]byte{unhex(t, string(m[1])), unhex(t, string(m[2]))})
		}
		return out
	}
	checked := 0
	for i, p := range proofs("account_trie_node.yaml") {
		h, err := ethrpc.ParseRLP(p[0])
		if err != nil {
			t.Fatal(err)
		}
		address := weth
		if h.Ref.Number == 0 {
			address = [20]byte(unhex(t, "0x1584a2c066b7a455dbd6ae2807a7334e83c35fa5"))
		}
		offset := binary.LittleEndian.Uint32(p[1])
		nodes := sszList(p[1][offset:])
		a, err := binding.VerifyAccount(h.StateRoot, address, nodes)
		// The others of the list are of inner nodes: their proofs end early.
		if leaf := len(nodes) >= 9 || h.Ref.Number == 0 && i == 3; !leaf {
			if !errors.Is(err, binding.ErrMissingNode) {
				t.Errorf("proof %d of an inner node: %v", i, err)
			}
			continue
		}
		if err != nil || !a.Exists {
			t.Errorf("account proof %d, %d nodes: %v", i, len(nodes), err)
		}
		checked++
	}
	for i, p := range proofs("contract_storage_trie_node.yaml") {
		h, err := ethrpc.ParseRLP(p[0])
		if err != nil {
			t.Fatal(err)
		}
		storage := sszList(p[1][binary.LittleEndian.Uint32(p[1]):binary.LittleEndian.Uint32(p[1][4:])])
		account := sszList(p[1][binary.LittleEndian.Uint32(p[1][4:]):])
		got, err := binding.Verify(h.StateRoot, &binding.Answer{AccountProof: binding.AccountProof{
			Address: weth, Account: account, Slots: []binding.SlotProof{{Slot: word(2), Proof: storage}},
		}})
		if i > 0 {
			if !errors.Is(err, binding.ErrMissingNode) {
				t.Errorf("proof %d of an inner node: %v", i, err)
			}
			continue
		}
		if err != nil || got.Values[0] != word(18) {
			t.Errorf("WETH slot 2 with %d nodes: %v, %v", len(storage), got.Values, err)
		}
		checked++
	}
	if checked < 3 {
		t.Errorf("only %d whole proofs", checked)
	}
}

// sszList splits a list of byte lists.
func sszList(b []byte) (out [][]byte) {
	n := int(binary.LittleEndian.Uint32(b)) / 4
	for i := range n {
		from, to := binary.LittleEndian.Uint32(b[4*i:]), uint32(len(b))
		if i+1 < n {
			to = binary.LittleEndian.Uint32(b[4*i+4:])
		}
		out = append(out, b[from:to])
	}
	return out
}

// The era1 files that come with go-ethereum: headers and receipts of Sepolia.
func TestEra1(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/ethereum/go-ethereum").Output()
	if err != nil {
		t.Skipf("no module cache: %v", err)
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(dir)), "core", "rawdb", "eradb", "testdata", "*.era1"))
	if err != nil || len(files) == 0 {
		t.Skip("go-ethereum without era1 files")
	}
	headers, receipts, logs, misses := 0, 0, 0, 0
	for _, file := range files {
		b := readFile(t, file)
		var h *ethrpc.Header
		for len(b) >= 8 {
			kind, size := binary.LittleEndian.Uint16(b), binary.LittleEndian.Uint32(b[2:])
			data := b[8 : 8+size]
			b = b[8+size:]
			switch kind {
			case 3:
				parent := h
				if h, err = ethrpc.ParseRLP(unframe(t, data)); err != nil {
					t.Fatal(err)
				}
				if parent != nil && h.Parent() != parent.Ref {
					t.Fatalf("block %v does not follow %v", h.Ref, parent.Ref)
				}
				headers++
			case 5:
				var list []*types.Receipt
				if err := rlp.DecodeBytes(unframe(t, data), &list); err != nil {
					t.Fatal(err)
				}
				got, err := binding.CheckReceipts(h, list)
				if err != nil {
					t.Fatalf("block %v: %v", h.Ref, err)
				}
				receipts += len(got)
				for _, r := range got {
					for _, l := range r.Logs {
						f := binding.Filter{Addresses: [][20]byte{l.Address}}
						if !f.In(&h.Bloom) || !f.Match(&l) {
							t.Fatalf("block %v: its own log is missed", h.Ref)
						}
						logs++
					}
				}
				if f := (binding.Filter{Addresses: [][20]byte{addr(1)}}); !f.In(&h.Bloom) {
					misses++
				}
			}
		}
	}
	t.Logf("%d headers, %d receipts, %d logs; %d blocks without the address by their bloom", headers, receipts, logs, misses)
	if headers < 16000 || receipts < 90 || misses == 0 {
		t.Error("too few")
	}
}

// unframe decompresses framed Snappy.
func unframe(t *testing.T, b []byte) (out []byte) {
	t.Helper()
	for len(b) >= 4 {
		kind, size := b[0], int(b[1])|int(b[2])<<8|int(b[3])<<16
		data := b[4 : 4+size]
		b = b[4+size:]
		switch kind {
		case 0:
			out = append(out, unsnappy(data[4:])...)
		case 1:
			out = append(out, data[4:]...)
		}
	}
	return out
}

// unsnappy decompresses a block: literals and copies.
func unsnappy(b []byte) (out []byte) {
	_, n := binary.Uvarint(b)
	for b = b[n:]; len(b) > 0; {
		tag := b[0]
		size, offset := int(tag>>2)+1, 0
		switch tag & 3 {
		case 0:
			extra := max(0, size-60)
			if extra > 0 {
				size = 1
				for i := range extra {
					size += int(b[1+i]) << (8 * i)
				}
			}
			out = append(out, b[1+extra:1+extra+size]...)
			b = b[1+extra+size:]
			continue
		case 1:
			size, offset = int(tag>>2&7)+4, int(tag>>5)<<8|int(b[1])
			b = b[2:]
		case 2:
			offset = int(binary.LittleEndian.Uint16(b[1:]))
			b = b[3:]
		case 3:
			offset = int(binary.LittleEndian.Uint32(b[1:]))
			b = b[5:]
		}
		for range size {
			out = append(out, out[len(out)-offset])
		}
	}
	return out
}
