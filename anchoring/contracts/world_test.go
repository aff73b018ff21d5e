package contracts

import (
	"encoding/binary"
	"errors"
	"maps"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/core/vm/runtime"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"
	"github.com/holiman/uint256"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/contracts/bindings"
	"vmhost/statecache"
)

// The accounts of a world.
var (
	contractA = common.HexToAddress("0xa000000000000000000000000000000000000001") // has storage
	personB   = common.HexToAddress("0xb000000000000000000000000000000000000002") // has money
	nobodyC   = common.HexToAddress("0xc000000000000000000000000000000000000003") // does not exist
	deepD     = common.HexToAddress("0xd000000000000000000000000000000000000004") // paths as deep as mainnet's
)

// world is a registry in a bare EVM on a chain of made headers, whose state has
// some accounts. Everybody is rich. The block is the tip's child.
type world struct {
	t        testing.TB
	cfg      *runtime.Config
	registry common.Address
	judges   []common.Address
	headers  map[uint64]*types.Header
	state    *trie.Trie
	storage  map[common.Address]*trie.Trie
	accounts map[common.Address]*types.StateAccount
	slots    map[common.Address]map[[32]byte][32]byte
	config   RegistryConfig
	// remembered are forgeries of earlier blocks that tests have put in a history.
	remembered []*forged
	past       map[uint64][8]fr.Element
}

func (w *world) remember(f *forged) *forged {
	w.remembered = append(w.remembered, f)
	return f
}

const (
	worldStart = 100_000 // first height
	worldTip   = worldStart + 40
)

var (
	operator = common.HexToAddress("0x0123")
	watcher  = common.HexToAddress("0x0456")
	second   = common.HexToAddress("0x0789")
)

// newWorld has bonds of 1,000,001 and 1,000 wei and windows of 100 and 10 blocks.
func newWorld(tb testing.TB) *world {
	tb.Helper()
	return newWorldWith(tb, RegistryConfig{
		Bond: big.NewInt(1_000_001), DemandBond: big.NewInt(1000), ChallengeWindow: 100, AnswerWindow: 10,
	})
}

func newWorldWith(tb testing.TB, config RegistryConfig) *world {
	tb.Helper()
	w := &world{t: tb, cfg: bareEVM(tb, worldTip+1, 1337), headers: map[uint64]*types.Header{}, config: config}
	w.makeState()
	w.makeHeaders()
	for _, a := range []common.Address{operator, watcher, second} {
		w.cfg.State.SetBalance(a, uint256.NewInt(1e18), 0)
	}
	w.cfg.Origin, w.cfg.GasLimit = operator, 100_000_000
	send := func(name string, args ...any) common.Address {
		code, err := artifact(tb, name).CreationCode(args...)
		if err != nil {
			tb.Fatal(err)
		}
		_, at, _, err := runtime.Create(code, w.cfg)
		if err != nil {
			tb.Fatal(err)
		}
		return at
	}
	for _, name := range Judges() {
		w.judges = append(w.judges, send(name))
	}
	w.registry = send("AnchorRegistry", config.tuple(), w.judges)
	if config.Bond != nil {
		w.must(operator, 100*config.Bond.Int64(), registryABI.PackDeposit(operator))
	}
	return w
}

func (w *world) tip() uint64 { return worldTip }

func slotWord(n uint64) (s [32]byte) {
	binary.BigEndian.PutUint64(s[24:], n)
	return s
}

func word256(n *big.Int) []byte { return common.BigToHash(n).Bytes() }

// makeState fills the state trie.
func (w *world) makeState() {
	w.state, w.storage = newTrie(), map[common.Address]*trie.Trie{}
	w.slots = map[common.Address]map[[32]byte][32]byte{contractA: {}, deepD: {}}
	for i := range uint64(20) {
		if i%4 != 3 { // slots 3, 7, … are absent
			w.slots[contractA][slotWord(i)] = crypto.Keccak256Hash([]byte{byte(i)})
		}
	}
	w.slots[contractA][slotWord(1)] = slotWord(5) // short values
	w.slots[contractA][slotWord(2)] = slotWord(0x80)
	for i := range uint64(12) { // a mapping at slot 3, one at slot 0
		w.slots[contractA][binding.MappingSlot(slotWord(i), slotWord(3))] = slotWord(1000 + i)
		w.slots[contractA][binding.MappingSlot(slotWord(i+1), [32]byte{})] = slotWord(2000 + i)
	}
	w.slots[deepD][slotWord(8)] = crypto.Keccak256Hash([]byte("deep"))
	w.accounts = map[common.Address]*types.StateAccount{}
	for i, a := range []common.Address{contractA, personB, deepD} {
		acc := types.NewEmptyStateAccount()
		acc.Nonce, acc.Balance = uint64(i*300), uint256.NewInt(uint64(1e15)*uint64(i+1))
		if slots := w.slots[a]; slots != nil {
			tr := newTrie()
			for s, v := range slots {
				enc, _ := rlp.EncodeToBytes(common.TrimLeftZeroes(v[:]))
				tr.MustUpdate(crypto.Keccak256(s[:]), enc)
				if a == deepD {
					deepen(tr, crypto.Keccak256(s[:]), enc, 8)
				}
			}
			w.storage[a], acc.Root, acc.CodeHash = tr, tr.Hash(), crypto.Keccak256(a[:])
		}
		enc, _ := rlp.EncodeToBytes(acc)
		w.state.MustUpdate(crypto.Keccak256(a[:]), enc)
		if a == deepD {
			deepen(w.state, crypto.Keccak256(a[:]), enc, 8)
		}
		w.accounts[a] = acc
	}
}

// makeHeaders links headers over the one state.
func (w *world) makeHeaders() {
	parent := common.Hash{1}
	for n := uint64(worldStart); n <= worldTip; n++ {
		h := &types.Header{
			ParentHash: parent, UncleHash: types.EmptyUncleHash, Root: w.state.Hash(), TxHash: types.EmptyTxsHash,
			ReceiptHash: types.EmptyReceiptsHash, Difficulty: new(big.Int), Number: new(big.Int).SetUint64(n),
			GasLimit: 30_000_000, GasUsed: n % 7 * 1000, Time: 1_700_000_000 + 12*n, MixDigest: crypto.Keccak256Hash([]byte{byte(n)}),
			BaseFee: big.NewInt(7 + int64(n%5)*1e9), WithdrawalsHash: &types.EmptyWithdrawalsHash,
		}
		w.headers[n] = h
		parent = h.Hash()
	}
	w.cfg.GetHashFn = func(n uint64) common.Hash {
		if h := w.headers[n]; h != nil {
			return h.Hash()
		}
		return blockHash(n)
	}
}

// headerRLP is a header as a challenger brings it.
func (w *world) headerRLP(n uint64) []byte {
	b, err := rlp.EncodeToBytes(w.headers[n])
	if err != nil {
		w.t.Fatal(err)
	}
	return b
}

// proof is what a node would prove of an account and its slots.
func (w *world) proof(a common.Address, slots ...[32]byte) *binding.AccountProof {
	p := &binding.AccountProof{Address: a, Account: proveKey(w.t, w.state, crypto.Keccak256(a[:]))}
	for _, s := range slots {
		sp := binding.SlotProof{Slot: s}
		if tr := w.storage[a]; tr != nil {
			sp.Proof = proveKey(w.t, tr, crypto.Keccak256(s[:]))
		}
		p.Slots = append(p.Slots, sp)
	}
	return p
}

// value is what the state has for an item.
func (w *world) value(it statecache.Item) (v [32]byte) {
	acc := w.accounts[it.Address]
	switch {
	case it.Kind == statecache.KindSlot:
		return w.slots[it.Address][it.Slot]
	case acc == nil:
	case it.Kind == statecache.KindBalance:
		return acc.Balance.Bytes32()
	case it.Kind == statecache.KindNonce:
		return slotWord(acc.Nonce)
	case it.Kind == statecache.KindCodeHash:
		return [32]byte(acc.CodeHash)
	}
	return v
}

// Handles of the collections below.
const (
	handlePool    = 1
	handleHolders = 2
	handlePeople  = 3
	handleSingle  = 4
	handleEmpty   = 5
	handleFirst   = 9 // with a gap before it, as after a dropped collection
)

// collections are the honest ones at a height, the header's first.
func (w *world) collections(height uint64) []forgedCol {
	h := w.headers[height]
	header := forgedCol{name: statecache.HeaderName, values: [][32]byte{
		slotWord(height), slotWord(h.Time), [32]byte(word256(h.BaseFee)), h.Hash(), slotWord(h.GasUsed), h.MixDigest,
	}}
	for i := range uint64(6) {
		header.items = append(header.items, statecache.Item{Kind: statecache.KindHeader, Slot: slotWord(i)})
	}
	cols := []forgedCol{
		header,
		{handle: handlePool, name: "pool"},
		{handle: handleHolders, name: "holders", base: slotWord(3)},
		{handle: handlePeople, name: "people_1.x-y"},
		{handle: handleSingle, name: "single"},
		{handle: handleEmpty, name: "empty"},
		{handle: handleFirst, name: "first-mapping"},
	}
	for i := range uint64(10) {
		cols[1].items = append(cols[1].items, statecache.Item{Address: contractA, Slot: slotWord(i)})
	}
	for i := range uint64(70) { // three levels; most are absent
		cols[2].items = append(cols[2].items, statecache.Item{Address: contractA, Slot: binding.MappingSlot(slotWord(i), slotWord(3)), Key: slotWord(i)})
	}
	for _, a := range []common.Address{contractA, personB, nobodyC, deepD} {
		for _, k := range []statecache.Kind{statecache.KindBalance, statecache.KindNonce, statecache.KindCodeHash} {
			cols[3].items = append(cols[3].items, statecache.Item{Kind: k, Address: a})
		}
	}
	cols[3].items = append(cols[3].items, statecache.Item{Address: nobodyC, Slot: slotWord(1)}, statecache.Item{Address: personB, Slot: slotWord(1)})
	cols[4].items = []statecache.Item{{Address: deepD, Slot: slotWord(8)}}
	for i := range uint64(5) { // the mapping at slot 0: a key, and no base
		cols[6].items = append(cols[6].items, statecache.Item{Address: contractA, Slot: binding.MappingSlot(slotWord(i+1), [32]byte{}), Key: slotWord(i + 1)})
	}
	for i := range cols[1:] {
		c := &cols[1+i]
		for _, it := range c.items {
			c.values = append(c.values, w.value(it))
		}
	}
	return cols
}

// honest is the commitment of the true state; edit may make it another.
func (w *world) honest(height uint64, edit func(cols []forgedCol)) *forged {
	return w.forge(height, nil, nil, edit)
}

func (w *world) forge(height uint64, history map[uint64][8]fr.Element, replace map[Place]fr.Element, edit func(cols []forgedCol)) *forged {
	cols := w.collections(height)
	if edit != nil {
		edit(cols)
	}
	if cols[0].name == "none" { // a directory without a header collection
		cols = cols[1:]
	}
	return forge(height, w.headers[height].Hash(), cols, history, replace)
}

// history is the honest history of the 6 blocks below the tip.
func (w *world) history() map[uint64][8]fr.Element {
	if w.past == nil {
		w.past = map[uint64][8]fr.Element{}
		for h := w.tip() - 6; h < w.tip(); h++ {
			w.past[h] = w.remember(w.honest(h, nil)).historyOf()
		}
	}
	return maps.Clone(w.past)
}

// send runs a transaction; an error is a revert, whose data it returns.
func (w *world) send(from common.Address, value int64, data []byte) ([]byte, error) {
	w.t.Helper()
	cfg := *w.cfg
	cfg.Origin, cfg.Value = from, big.NewInt(value)
	out, _, err := runtime.Call(w.registry, data, &cfg)
	if err != nil && !errors.Is(err, vm.ErrExecutionReverted) {
		w.t.Fatalf("%v", err)
	}
	return out, err
}

func (w *world) must(from common.Address, value int64, data []byte) {
	w.t.Helper()
	if out, err := w.send(from, value, data); err != nil {
		w.t.Fatalf("%v: %s", err, Reason(out))
	}
}

// refused requires a revert with an error of this name.
func (w *world) refused(name string, from common.Address, value int64, data []byte) {
	w.t.Helper()
	out, err := w.send(from, value, data)
	if err == nil {
		w.t.Fatalf("accepted, want %s", name)
	}
	if got, _, _ := DecodeError(out); got != name {
		w.t.Fatalf("reverted with %s, want %s", Reason(out), name)
	}
}

// mine moves the chain on by n blocks.
func (w *world) mine(n int64) { w.cfg.BlockNumber = new(big.Int).Add(w.cfg.BlockNumber, big.NewInt(n)) }

func (w *world) number() uint64 { return w.cfg.BlockNumber.Uint64() }

// anchor anchors a commitment, as the operator.
func (w *world) anchor(f *forged) *Suspect {
	w.t.Helper()
	w.must(operator, 0, pack(1, f.arg()))
	if !w.anchored(f) {
		w.t.Fatal("not anchored under the commitment that Go computes")
	}
	return f.suspect()
}

// arg is what AnchorRegistry.anchor takes.
func (f *forged) arg() bindings.AnchorRegistryAnchor {
	x := f.known[Place{}]
	return bindings.AnchorRegistryAnchor{Height: f.height, BlockHash: f.hash, DirectoryRoot: x[5].Bytes(), HistoryRoot: x[6].Bytes()}
}

func (w *world) anchored(f *forged) bool {
	w.t.Helper()
	return ask(w, registryABI.PackIsAnchored(f.height, f.Commitment), registryABI.UnpackIsAnchored)
}

// ask calls a view.
func ask[T any](w *world, data []byte, unpack func([]byte) (T, error)) T {
	w.t.Helper()
	out, err := w.send(second, 0, data)
	if err != nil {
		w.t.Fatal(err)
	}
	v, err := unpack(out)
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

// judge asks a judge directly: nil if the claim holds.
func (w *world) judge(c Challenge) ([]byte, error) {
	w.t.Helper()
	out, _, err := runtime.Call(w.judges[c.Judge], c.Claim, w.cfg)
	if err != nil && !errors.Is(err, vm.ErrExecutionReverted) {
		w.t.Fatalf("%s: %v", c.Kind, err)
	}
	if err == nil && common.Hash(out) != crypto.Keccak256Hash([]byte("vmhost.anchor.refuted")) {
		w.t.Fatalf("%s: answered %x", c.Kind, out)
	}
	return out, err
}

// checkMoney requires that every wei is in its place, and every open demand in
// its operator's load.
func (w *world) checkMoney(places ...*big.Int) {
	w.t.Helper()
	sum, load := ask(w, registryABI.PackBurnt(), registryABI.UnpackBurnt), map[common.Address]uint32{}
	for _, a := range []common.Address{operator, watcher, second} {
		acc := ask(w, registryABI.PackAccountOf(a), registryABI.UnpackAccountOf)
		sum.Add(sum, acc.Free).Add(sum, acc.Leaving).Add(sum, ask(w, registryABI.PackPayable(a), registryABI.UnpackPayable))
	}
	for _, h := range slices.Sorted(maps.Keys(w.headers)) {
		r := ask(w, registryABI.PackRecordAt(h), registryABI.UnpackRecordAt)
		if r.Operator != (common.Address{}) {
			sum.Add(sum, w.config.Bond)
		}
		load[r.Operator] += r.Open
	}
	for _, a := range []common.Address{operator, watcher, second, {}} {
		if got := w.load(a); got != load[a] {
			w.t.Errorf("load of %v is %d, his anchors have %d open demands", a, got, load[a])
		}
	}
	for _, p := range places {
		sum.Add(sum, p)
	}
	if balance := w.cfg.State.GetBalance(w.registry).ToBig(); balance.Cmp(sum) != 0 {
		w.t.Errorf("balance %v, accounted for %v", balance, sum)
	}
}
