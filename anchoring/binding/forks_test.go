package binding_test

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/consensus/ethash"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/triedb"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// Where the forks come from that go through this package:
//
//	fork                          headers, receipts              proofs
//	Frontier to London            TestOldForks, made here:       TestOldForks
//	                              receipts with state roots
//	Frontier (block 0)            TestMainnetProofs              TestMainnetProofs
//	Byzantium to London           TestEra1: 16,384 of Sepolia
//	London, last before the Merge TestMainnetForks
//	Paris, Shanghai, Cancun       TestMainnetForks,              TestMainnetProofs (19,000,000,
//	                              TestMainnetReceipts            Shanghai), package statefile
//	                                                             (21,925,176, Cancun)
//	Prague, first block           TestMainnetForks
//	Shanghai to Amsterdam         TestHiveChain                  TestHiveChain
//
// Mainnet before London, Osaka on mainnet and real receipts of type 4 are in no
// fixture: the chains made here and by hive stand in for them.

// oldForks are the forks before the Merge that change headers, receipts or
// state, by their first block here.
var oldForks = []string{2: "Homestead", 4: "Tangerine Whistle", 6: "Spurious Dragon", 8: "Byzantium", 10: "Petersburg", 12: "Istanbul", 14: "Berlin", 16: "London", 18: ""}

func oldConfig() *params.ChainConfig {
	at := func(name string) *big.Int {
		for i, n := range oldForks {
			if n == name {
				return big.NewInt(int64(i))
			}
		}
		return nil
	}
	return &params.ChainConfig{
		ChainID: big.NewInt(1337), HomesteadBlock: at("Homestead"), EIP150Block: at("Tangerine Whistle"),
		EIP155Block: at("Spurious Dragon"), EIP158Block: at("Spurious Dragon"), ByzantiumBlock: at("Byzantium"),
		ConstantinopleBlock: at("Petersburg"), PetersburgBlock: at("Petersburg"), IstanbulBlock: at("Istanbul"),
		BerlinBlock: at("Berlin"), LondonBlock: at("London"), Ethash: new(params.EthashConfig),
	}
}

// TestOldForks binds a chain from Frontier to London: receipts with the state
// root of each transaction and with a status, of types 0 to 2, as RLP and as
// nodes send them; headers with and without base fee; states with empty accounts.
func TestOldForks(t *testing.T) {
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte("old forks")))
	if err != nil {
		t.Fatal(err)
	}
	sender, contract, miner, empty := crypto.PubkeyToAddress(key.PublicKey), common.Address{0xc0}, common.Address{0xaa}, common.Address{0xee}
	config := oldConfig()
	genesis := &core.Genesis{Config: config, GasLimit: 8_000_000, Difficulty: big.NewInt(1), BaseFee: big.NewInt(1), Alloc: types.GenesisAlloc{
		sender: {Balance: big.NewInt(1e18)},
		// log(topic 1), sstore(number, number), sstore(number-1, 0)
		contract: {Balance: new(big.Int), Code: common.FromHex("600160006000a1" + "434355" + "6000" + "600143" + "0355")},
		empty:    {Balance: new(big.Int)},
	}}
	engine := ethash.NewFaker()
	db, blocks, receipts := core.GenerateChainWithGenesis(genesis, engine, len(oldForks), func(i int, b *core.BlockGen) {
		b.SetCoinbase(miner)
		to := []common.Address{contract, empty}
		for k := range 2 {
			var tx types.TxData = &types.LegacyTx{Nonce: b.TxNonce(sender), To: &to[k], Gas: 100_000, GasPrice: big.NewInt(2e9)}
			switch n := b.Number(); {
			case k == 0 && config.IsLondon(n):
				tx = &types.DynamicFeeTx{ChainID: config.ChainID, Nonce: b.TxNonce(sender), To: &to[k], Gas: 100_000, GasFeeCap: big.NewInt(2e9), GasTipCap: big.NewInt(1)}
			case k == 0 && config.IsBerlin(n):
				tx = &types.AccessListTx{ChainID: config.ChainID, Nonce: b.TxNonce(sender), To: &to[k], Gas: 100_000, GasPrice: big.NewInt(2e9)}
			}
			b.AddTx(types.MustSignNewTx(key, b.Signer(), tx))
		}
	})
	tries := triedb.NewDatabase(db, triedb.HashDefaults)
	prover := newChainProver(t, db, tries, genesis.ToBlock(), blocks)
	cols := []statecache.Collection{{Name: "a"}}
	for _, a := range []common.Address{sender, contract, miner, empty} {
		for k := statecache.KindBalance; k <= statecache.KindCodeHash; k++ {
			cols[0].Items = append(cols[0].Items, statecache.Item{Kind: k, Address: a})
		}
	}
	for i := range len(oldForks) + 2 {
		cols[0].Items = append(cols[0].Items, statecache.Item{Address: contract, Slot: word(i)})
	}
	binder, told := binding.NewBinder(prover), map[uint32][32]byte{}
	fork, roots := "Frontier", 0
	for i, b := range blocks {
		if n := b.NumberU64(); n < uint64(len(oldForks)) && oldForks[n] != "" {
			fork = oldForks[n]
		}
		raw, err := rlp.EncodeToBytes(b.Header())
		if err != nil {
			t.Fatal(err)
		}
		h, err := ethrpc.ParseRLP(raw)
		if err != nil || h.Ref.Hash != b.Hash() || (h.BaseFee != [32]byte{}) != config.IsLondon(b.Number()) {
			t.Fatalf("%s, block %d: %+v, %v", fork, b.Number(), h, err)
		}
		var list []json.RawMessage
		for _, r := range receipts[i] {
			if r.Logs == nil {
				r.Logs = []*types.Log{} // as nodes send it
			}
			raw, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, raw)
		}
		if _, err := binding.CheckReceipts(h, receipts[i]); err != nil {
			t.Fatal(err)
		}
		got, err := binding.VerifyReceipts(h, join(list))
		if err != nil || len(got) != 2 || len(got[0].Logs) != 1 || got[0].Logs[0].Address != contract {
			t.Fatalf("%s: %+v, %v", fork, got, err)
		}
		types := ""
		for k, r := range got {
			byRoot := !config.IsByzantium(b.Number())
			if (r.PostState != nil) != byRoot || r.Succeeded == byRoot {
				t.Errorf("%s: receipt %d: %+v", fork, k, r)
			}
			if byRoot {
				roots++
			}
			types += " " + string('0'+rune(receipts[i][k].Type))
			for _, f := range forgeries(t, list[k]) {
				forged := append([]json.RawMessage{}, list...)
				if forged[k] = f.raw; f.raw == nil {
					continue
				}
				if _, err := binding.VerifyReceipts(h, join(forged)); err == nil {
					t.Errorf("%s: receipt %d: %s", fork, k, f.name)
				}
			}
		}
		changes, err := binder.Changes(t.Context(), h, cols)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range changes {
			told[c.Index] = c.Value
		}
		st := prover.state(b.Hash())
		for k, it := range cols[0].Items {
			want := [32]byte(st.GetState(it.Address, it.Slot))
			switch it.Kind {
			case statecache.KindBalance:
				want = st.GetBalance(it.Address).Bytes32()
			case statecache.KindNonce:
				want = word(int(st.GetNonce(it.Address)))
			case statecache.KindCodeHash:
				want = st.GetCodeHash(it.Address)
			default:
			}
			if told[uint32(k)] != want {
				t.Errorf("%s, block %d: %v of %x is %x, state says %x", fork, b.Number(), it.Kind, it.Address, told[uint32(k)], want)
			}
		}
		t.Logf("block %2d %-18s receipts of type%s, %d changes", b.NumberU64(), fork, types, len(changes))
	}
	if roots != 14 || !strings.Contains(fork, "London") {
		t.Errorf("%d receipts with roots, the last fork is %s", roots, fork)
	}
}
