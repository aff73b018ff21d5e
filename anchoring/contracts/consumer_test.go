package contracts

import (
	"bytes"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"vmhost/anchoring/contracts/bindings"
)

var consumerABI = bindings.NewResultConsumer()

// recordSlot is where _records[height] of the registry begins.
func recordSlot(height uint64) common.Hash {
	return crypto.Keccak256Hash(common.BigToHash(new(big.Int).SetUint64(height)).Bytes(), common.BigToHash(big.NewInt(3)).Bytes())
}

// plantedRegistry is registry code with the toy claims' commitment anchored at
// heights 5 and 9: the toy's proofs are committed files, so they cannot be of a
// commitment that depends on a block hash of this run.
func plantedRegistry(t *testing.T, commitment common.Hash) types.Account {
	t.Helper()
	return types.Account{
		Balance: new(big.Int),
		Code:    artifact(t, "AnchorRegistry").Runtime,
		Storage: map[common.Hash]common.Hash{recordSlot(5): commitment, recordSlot(9): commitment},
	}
}

func TestConsumer(t *testing.T) {
	f, registry := loadToy(t), common.HexToAddress("0x1000")
	claim := f.claim(t, 62)
	c := newChain(t, types.GenesisAlloc{registry: plantedRegistry(t, claim.Commitment)})
	router := c.mustDeploy("VmVerifier")
	c.mustAddKey(router, f.Key)
	s := System{Registry: registry, Router: router}
	consumer, err := DeployConsumer(t.Context(), c.sender(c.owner), s, claim.ProgramID, ConsumerPolicy{MinDepth: 8})
	if err != nil {
		t.Fatal(err)
	}
	unpack := consumerABI.UnpackError
	// submit runs a submission as a call: the answer without the change.
	submit := func(height uint64, commitment common.Hash, journal, proof []byte) error {
		_, err := c.call(c.stranger, consumer, consumerABI.PackSubmit(height, commitment, journal, proof))
		return err
	}
	sealed := f.sealed(claim)

	if head := c.head(); head >= 13 {
		t.Fatalf("head %d is too far for this test", head)
	}
	e := wantRevert[bindings.ResultConsumerNotDeepEnough](t, submit(5, claim.Commitment, claim.Journal, sealed), unpack)
	if e.Height != 5 || e.Required.Uint64() != 13 {
		t.Errorf("%+v", e)
	}
	for c.head() < 13 {
		c.be.Commit()
	}
	wantRevert[bindings.ResultConsumerNotDeepEnough](t, submit(9, claim.Commitment, claim.Journal, sealed), unpack)
	// 2^64 - 1 + depth must not wrap.
	wantRevert[bindings.ResultConsumerNotDeepEnough](t, submit(1<<64-1, claim.Commitment, claim.Journal, sealed), unpack)
	// Deep enough, proven, and not anchored: somebody's own state tree.
	wantRevert[bindings.ResultConsumerNotAnchored](t, submit(4, claim.Commitment, claim.Journal, sealed), unpack)
	wantRevert[bindings.ResultConsumerNotAnchored](t, submit(5, common.Hash(root(1)), claim.Journal, sealed), unpack)
	wantRevert[bindings.ResultConsumerNotAnchored](t, submit(4, common.Hash{}, claim.Journal, sealed), unpack)
	// Anchored and not proven.
	for i := range claim.Journal {
		bad := bytes.Clone(claim.Journal)
		bad[i] ^= 0x40
		wantRevert[bindings.VmVerifierVerificationFailed](t, submit(5, claim.Commitment, bad, sealed), routerABI.UnpackError)
	}
	wantRevert[bindings.VmVerifierVerificationFailed](t, submit(5, claim.Commitment, claim.Journal, f.sealed(f.claim(t, 31))), routerABI.UnpackError)

	// All three: anybody may bring it.
	receipt, err := c.sender(c.stranger)(t.Context(), &consumer, consumerABI.PackSubmit(5, claim.Commitment, claim.Journal, sealed))
	if err != nil {
		t.Fatal(err)
	}
	event, err := consumerABI.UnpackResultAcceptedEvent(receipt.Logs[0])
	if err != nil {
		t.Fatal(err)
	}
	if event.Height != 5 || event.Commitment != claim.Commitment || !bytes.Equal(event.Journal, claim.Journal) {
		t.Errorf("event %+v", event)
	}
	if got := read(c, consumer, consumerABI.PackJournal(), consumerABI.UnpackJournal); !bytes.Equal(got, claim.Journal) {
		t.Errorf("journal %x", got)
	}
	// Not twice.
	n := wantRevert[bindings.ResultConsumerNotNewer](t, submit(5, claim.Commitment, claim.Journal, sealed), unpack)
	if n.Height != 5 || n.Accepted != 5 {
		t.Errorf("%+v", n)
	}
	// A newer one with another journal of the same program.
	for c.head() < 17 {
		c.be.Commit()
	}
	next := f.claim(t, 248)
	if err := submit(9, next.Commitment, next.Journal, f.sealed(next)); err != nil {
		t.Error(err)
	}
	// A stopped verifier stops the consumer.
	c.mustSend(router, routerABI.PackTombstone(f.selector()))
	wantRevert[bindings.VmVerifierSelectorRemoved](t, submit(9, next.Commitment, next.Journal, f.sealed(next)), routerABI.UnpackError)
}

// A consumer of program 0 would accept the impossible claim; one of another
// program does not accept this one's proofs.
func TestConsumerProgram(t *testing.T) {
	f, registry := loadToy(t), common.HexToAddress("0x1000")
	claim := f.claim(t, 31)
	c := newChain(t, types.GenesisAlloc{registry: plantedRegistry(t, claim.Commitment)})
	router := c.mustDeploy("VmVerifier")
	c.mustAddKey(router, f.Key)
	s := System{Registry: registry, Router: router}
	_, err := DeployConsumer(t.Context(), c.sender(c.owner), s, [32]byte{}, ConsumerPolicy{})
	wantRevert[bindings.ResultConsumerZeroProgram](t, err, consumerABI.UnpackError)
	other, err := DeployConsumer(t.Context(), c.sender(c.owner), s, root(3), ConsumerPolicy{})
	if err != nil {
		t.Fatal(err)
	}
	for c.head() < 6 {
		c.be.Commit()
	}
	_, err = c.call(c.stranger, other, consumerABI.PackSubmit(5, claim.Commitment, claim.Journal, f.sealed(claim)))
	wantRevert[bindings.VmVerifierVerificationFailed](t, err, routerABI.UnpackError)
}

// The policy: no older than asked, and settled if asked.
func TestConsumerPolicy(t *testing.T) {
	f, registry := loadToy(t), common.HexToAddress("0x1000")
	claim := f.claim(t, 31)
	planted := plantedRegistry(t, claim.Commitment)
	record := recordSlot(9).Big() // its third word: settles after block 20
	planted.Storage[common.BigToHash(record.Add(record, big.NewInt(2)))] = common.BigToHash(new(big.Int).Lsh(big.NewInt(20), 160))
	c := newChain(t, types.GenesisAlloc{registry: planted})
	router := c.mustDeploy("VmVerifier")
	c.mustAddKey(router, f.Key)
	s := System{Registry: registry, Router: router}
	_, err := DeployConsumer(t.Context(), c.sender(c.owner), s, claim.ProgramID, ConsumerPolicy{MinDepth: 5, MaxAge: 4})
	wantRevert[bindings.ResultConsumerPolicyEmpty](t, err, consumerABI.UnpackError)
	var consumers [2]common.Address
	for i, settled := range []bool{false, true} {
		policy := ConsumerPolicy{MinDepth: 2, MaxAge: 14, Settled: settled}
		if consumers[i], err = DeployConsumer(t.Context(), c.sender(c.owner), s, claim.ProgramID, policy); err != nil {
			t.Fatal(err)
		}
	}
	submit := func(consumer common.Address, height uint64) error {
		_, err := c.call(c.stranger, consumer, consumerABI.PackSubmit(height, claim.Commitment, claim.Journal, f.sealed(claim)))
		return err
	}
	for c.head() < 19 {
		c.be.Commit()
	}
	// A call at the head runs as its block.
	if err := submit(consumers[0], 5); err != nil {
		t.Error(err)
	}
	c.be.Commit()
	e := wantRevert[bindings.ResultConsumerTooOld](t, submit(consumers[0], 5), consumerABI.UnpackError)
	if e.Height != 5 || e.Last.Uint64() != 19 {
		t.Errorf("%+v", e)
	}
	if err := submit(consumers[0], 9); err != nil {
		t.Error(err)
	}
	wantRevert[bindings.ResultConsumerNotSettled](t, submit(consumers[1], 9), consumerABI.UnpackError)
	c.be.Commit()
	if err := submit(consumers[1], 9); err != nil {
		t.Error(err)
	}
}
