package statefile_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/statefile"
	"vmhost/statecache"
)

// fixtures returns the folder of real data, which is not part of the product.
func fixtures(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("VMHOST_FIXTURES")
	if dir == "" {
		t.Skip("VMHOST_FIXTURES names no folder with real mainnet data")
	}
	return dir
}

func read(t *testing.T, path ...string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Mainnet block 21,925,176: the deposit contract with one slot, and the account
// of a block builder.
func TestMainnetState(t *testing.T) {
	dir := filepath.Join(fixtures(t), "helios", "tests", "testdata", "rpc")
	block, contract, builder := read(t, dir, "block.json"), read(t, dir, "proof.json"), read(t, dir, "block_miner_proof.json")
	address := func(raw []byte) (a [20]byte) {
		var j struct{ Address string }
		if err := json.Unmarshal(raw, &j); err != nil {
			t.Fatal(err)
		}
		b, err := hex.DecodeString(j.Address[2:])
		if err != nil {
			t.Fatal(err)
		}
		copy(a[:], b)
		return a
	}
	var slot struct {
		StorageProof []struct{ Key, Value string }
	}
	if err := json.Unmarshal(contract, &slot); err != nil || len(slot.StorageProof) != 1 {
		t.Fatalf("%v, %d slots", err, len(slot.StorageProof))
	}
	item := statecache.Item{Address: address(contract)}
	key, err := hex.DecodeString(padded(slot.StorageProof[0].Key))
	if err != nil {
		t.Fatal(err)
	}
	copy(item.Slot[:], key)
	cols := []statecache.Collection{
		{Name: "deposit", Items: []statecache.Item{item, {Kind: statecache.KindBalance, Address: item.Address}}},
		{Name: "builder", Items: []statecache.Item{
			{Kind: statecache.KindBalance, Address: address(builder)}, {Kind: statecache.KindNonce, Address: address(builder)},
		}},
	}
	f, err := statefile.FromProofs(1, block, [][]byte{contract, builder}, cols)
	if err != nil {
		t.Fatal(err)
	}
	if f.Block.Number != 21925176 {
		t.Errorf("block %v", f.Block)
	}
	want, err := hex.DecodeString(padded(slot.StorageProof[0].Value))
	if err != nil || !bytes.Equal(f.Collections[0].Values[0][:], want) {
		t.Errorf("slot is %x, node said %x", f.Collections[0].Values[0], want)
	}
	if f.Collections[0].Values[1][21] == 0 && f.Collections[0].Values[1][20] == 0 {
		t.Errorf("the deposit contract holds only %x wei", f.Collections[0].Values[1])
	}
	b, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	g, err := statefile.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	view, rung, err := g.View(false)
	if err != nil || rung != statefile.Checked {
		t.Fatalf("%v, %v", rung, err)
	}
	t.Logf("commitment 0x%x, %d bytes", view.CommitmentBytes(), len(b))

	// Every byte of every node of the real proofs.
	flips := 0
	for i := range g.Accounts {
		lists := [][][]byte{g.Accounts[i].Account}
		for _, s := range g.Accounts[i].Slots {
			lists = append(lists, s.Proof)
		}
		for _, list := range lists {
			for _, node := range list {
				for k := range node {
					node[k] ^= 1 << (k % 8)
					if _, err := g.Check(false); !errors.Is(err, binding.ErrBadNode) {
						t.Fatalf("account %d byte %d: %v", i, k, err)
					}
					node[k] ^= 1 << (k % 8)
					flips++
				}
			}
		}
	}
	if _, err := g.Check(false); err != nil {
		t.Errorf("after %d flips: %v", flips, err)
	}
}

// padded makes 64 hex digits of a quantity.
func padded(s string) string {
	digits := s[2:]
	for len(digits) < 64 {
		digits = "0" + digits
	}
	return digits
}

// Mainnet headers from before and after four forks: the hash of each is that of
// its bytes, and a changed byte is another hash or no header.
func TestMainnetHeaders(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(fixtures(t), "portal", "block_data", "*.yaml"))
	if err != nil || len(files) < 7 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	line := regexp.MustCompile(`(?m)^header: ['"]?0x([0-9a-f]+)`)
	for _, file := range files {
		m := line.FindSubmatch(read(t, file))
		if m == nil {
			t.Fatalf("%s has no header", file)
		}
		b, err := hex.DecodeString(string(m[1]))
		if err != nil {
			t.Fatal(err)
		}
		h, err := ethrpc.ParseRLP(b)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if name := filepath.Base(file); name != "block-data-"+itoa(h.Ref.Number)+".yaml" {
			t.Errorf("%s holds block %d", name, h.Ref.Number)
		}
		for i := range b {
			b[i] ^= 4
			if g, err := ethrpc.ParseRLP(b); err == nil && g.Ref.Hash == h.Ref.Hash {
				t.Fatalf("%s: byte %d does not matter", file, i)
			}
			b[i] ^= 4
		}
	}
}

func itoa(n uint64) string {
	b, _ := json.Marshal(n)
	return string(b)
}
