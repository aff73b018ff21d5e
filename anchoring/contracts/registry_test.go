package contracts

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"

	"vmhost/anchoring/contracts/bindings"
	"vmhost/statecache/poseidon"
)

var registryABI = bindings.NewAnchorRegistry()

// root is a field element made of one byte.
func root(b byte) (out [32]byte) {
	out[0], out[31] = 0x10, b
	return out
}

// commitmentOf computes the commitment in Go, by statecache's hash.
func commitmentOf(tb testing.TB, a bindings.AnchorRegistryAnchor) [32]byte {
	tb.Helper()
	var x [8]fr.Element
	x[0].SetUint64(uint64(poseidon.TagCommit) + 256*1)
	x[1].SetUint64(1337)
	x[2].SetUint64(a.Height)
	x[3].SetBytes(a.BlockHash[:16])
	x[4].SetBytes(a.BlockHash[16:])
	for i, r := range [][32]byte{a.DirectoryRoot, a.HistoryRoot} {
		if err := x[5+i].SetBytesCanonical(r[:]); err != nil {
			tb.Fatal(err)
		}
	}
	h := poseidon.H8(&x)
	return h.Bytes()
}

func (c *chain) anchorOf(height uint64, directory, history byte) bindings.AnchorRegistryAnchor {
	c.t.Helper()
	a := bindings.AnchorRegistryAnchor{Height: height, BlockHash: c.header(height).Hash(), DirectoryRoot: root(directory)}
	if history != 0 {
		a.HistoryRoot = root(history)
	}
	return a
}

func (c *chain) commitmentAt(registry common.Address, height uint64) [32]byte {
	c.t.Helper()
	return read(c, registry, registryABI.PackCommitmentAt(height), registryABI.UnpackCommitmentAt)
}

func pack(fence uint64, anchors ...bindings.AnchorRegistryAnchor) []byte {
	return registryABI.PackAnchor(anchors, fence)
}

func TestAnchor(t *testing.T) {
	c := newChain(t, nil)
	registry := c.mustDeployRegistry()
	for range 5 {
		c.be.Commit()
	}
	a, b := c.anchorOf(2, 7, 0), c.anchorOf(4, 8, 9)
	receipt := c.mustSend(registry, pack(3, a, b))
	for _, x := range []bindings.AnchorRegistryAnchor{a, b} {
		want := commitmentOf(t, x)
		if got := c.commitmentAt(registry, x.Height); got != want {
			t.Errorf("height %d: commitment %x, want %x", x.Height, got, want)
		}
		if got := read(c, registry, registryABI.PackComputeCommitment(x), registryABI.UnpackComputeCommitment); got != want {
			t.Errorf("height %d: computed %x, want %x", x.Height, got, want)
		}
		for _, q := range []struct {
			height     uint64
			commitment [32]byte
			want       bool
		}{{x.Height, want, true}, {x.Height + 1, want, false}, {x.Height, root(1), false}, {3, [32]byte{}, false}} {
			got := read(c, registry, registryABI.PackIsAnchored(q.height, q.commitment), registryABI.UnpackIsAnchored)
			if got != q.want {
				t.Errorf("isAnchored(%d, %x) = %v", q.height, q.commitment, got)
			}
		}
	}
	if got := c.commitmentAt(registry, 3); got != ([32]byte{}) {
		t.Errorf("height 3: %x", got)
	}
	var events []*bindings.AnchorRegistryAnchored
	for _, l := range receipt.Logs {
		if e, err := registryABI.UnpackAnchoredEvent(l); err == nil {
			events = append(events, e)
		}
	}
	if len(events) != 2 || events[1].Height != 4 || events[1].Commitment != commitmentOf(t, b) ||
		events[1].BlockHash != b.BlockHash || events[1].DirectoryRoot != b.DirectoryRoot || events[1].HistoryRoot != b.HistoryRoot {
		t.Errorf("events %+v", events)
	}

	// Repeating is harmless and leaves no event of an anchor.
	if again := c.mustSend(registry, pack(3, a, b)); len(again.Logs) != 0 {
		t.Errorf("repeating logged %d events", len(again.Logs))
	}
	// An empty list raises the fence.
	c.mustSend(registry, pack(10))
	if got := read(c, registry, registryABI.PackFenceOf(c.owner.addr), registryABI.UnpackFenceOf); got != 10 {
		t.Errorf("fence %d", got)
	}
}

// The parent of the block that anchors is the youngest block there is.
func TestAnchorYoungestBlock(t *testing.T) {
	c := newChain(t, nil)
	registry := c.mustDeployRegistry()
	head := c.head()
	c.mustSendBlind(registry, pack(1, c.anchorOf(head, 1, 0)))
	if got := c.commitmentAt(registry, head); got == ([32]byte{}) {
		t.Error("not anchored")
	}
}

func TestAnchorRefuses(t *testing.T) {
	c := newChain(t, nil)
	registry := c.mustDeployRegistry()
	for range 5 {
		c.be.Commit()
	}
	good := c.anchorOf(3, 7, 9)
	c.mustSend(registry, pack(5, good))
	other := c.anchorOf(2, 7, 9)
	modulus := fr.Modulus()
	change := func(f func(*bindings.AnchorRegistryAnchor)) bindings.AnchorRegistryAnchor {
		a := other
		f(&a)
		return a
	}
	unpack := registryABI.UnpackError

	try := func(from account, data []byte) error {
		_, err := c.call(from, registry, data)
		return err
	}
	t.Run("stranger", func(t *testing.T) {
		e := wantRevert[bindings.AnchorRegistryNotAnchorer](t, try(c.stranger, pack(5, other)), unpack)
		if e.Caller != c.stranger.addr {
			t.Errorf("%+v", e)
		}
	})
	t.Run("stranger with an empty list", func(t *testing.T) {
		wantRevert[bindings.AnchorRegistryNotAnchorer](t, try(c.stranger, pack(99)), unpack)
	})
	t.Run("lower fence", func(t *testing.T) {
		e := wantRevert[bindings.AnchorRegistryFenceTooLow](t, try(c.owner, pack(4, other)), unpack)
		if e.Given != 4 || e.Current != 5 {
			t.Errorf("%+v", e)
		}
	})
	for name, v := range map[string]*big.Int{
		"r": modulus, "r+1": new(big.Int).Add(modulus, big.NewInt(1)),
		"2^256-1": new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1)),
		// The same element as the good root, in its second encoding.
		"root+r": new(big.Int).Add(new(big.Int).SetBytes(other.DirectoryRoot[:]), modulus),
	} {
		var word [32]byte
		v.FillBytes(word[:])
		t.Run("directory root "+name, func(t *testing.T) {
			bad := change(func(a *bindings.AnchorRegistryAnchor) { a.DirectoryRoot = word })
			e := wantRevert[bindings.AnchorRegistryNotFieldElement](t, try(c.owner, pack(5, bad)), unpack)
			if e.Value != word {
				t.Errorf("%x", e.Value)
			}
		})
		t.Run("history root "+name, func(t *testing.T) {
			bad := change(func(a *bindings.AnchorRegistryAnchor) { a.HistoryRoot = word })
			wantRevert[bindings.AnchorRegistryNotFieldElement](t, try(c.owner, pack(5, bad)), unpack)
		})
	}
	t.Run("r-1 is an element", func(t *testing.T) {
		var word [32]byte
		new(big.Int).Sub(modulus, big.NewInt(1)).FillBytes(word[:])
		fine := change(func(a *bindings.AnchorRegistryAnchor) { a.DirectoryRoot, a.HistoryRoot = word, word })
		if err := try(c.owner, pack(5, fine)); err != nil {
			t.Error(err)
		}
	})
	t.Run("empty directory", func(t *testing.T) {
		bad := change(func(a *bindings.AnchorRegistryAnchor) { a.DirectoryRoot = [32]byte{} })
		wantRevert[bindings.AnchorRegistryEmptyDirectory](t, try(c.owner, pack(5, bad)), unpack)
	})
	t.Run("one bit of the hash", func(t *testing.T) {
		bad := change(func(a *bindings.AnchorRegistryAnchor) { a.BlockHash[31] ^= 1 })
		e := wantRevert[bindings.AnchorRegistryBlockHashMismatch](t, try(c.owner, pack(5, bad)), unpack)
		if e.Canonical != other.BlockHash || e.Given != bad.BlockHash || e.Height != 2 {
			t.Errorf("%+v", e)
		}
	})
	t.Run("hash of another height", func(t *testing.T) {
		bad := change(func(a *bindings.AnchorRegistryAnchor) { a.Height = 4 })
		wantRevert[bindings.AnchorRegistryBlockHashMismatch](t, try(c.owner, pack(5, bad)), unpack)
	})
	t.Run("future heights", func(t *testing.T) {
		for _, h := range []uint64{c.head() + 1, c.head() + 2, 1 << 40, 1<<64 - 1} {
			bad := change(func(a *bindings.AnchorRegistryAnchor) { a.Height = h })
			wantRevert[bindings.AnchorRegistryBlockNotAvailable](t, try(c.owner, pack(5, bad)), unpack)
		}
	})
	t.Run("zero hash of a future height", func(t *testing.T) {
		bad := change(func(a *bindings.AnchorRegistryAnchor) { a.Height, a.BlockHash = c.head()+5, [32]byte{} })
		wantRevert[bindings.AnchorRegistryBlockNotAvailable](t, try(c.owner, pack(5, bad)), unpack)
	})
	t.Run("second commitment of a canonical block", func(t *testing.T) {
		bad := good
		bad.DirectoryRoot = root(200)
		e := wantRevert[bindings.AnchorRegistryAlreadyAnchored](t, try(c.owner, pack(5, bad)), unpack)
		if e.Height != 3 || e.Commitment != commitmentOf(t, good) {
			t.Errorf("%+v", e)
		}
	})
	t.Run("one bad anchor undoes the batch", func(t *testing.T) {
		bad := change(func(a *bindings.AnchorRegistryAnchor) { a.BlockHash[0] ^= 0x80 })
		fine := c.anchorOf(4, 1, 0)
		if _, err := c.sender(c.owner)(t.Context(), &registry, pack(6, fine, bad)); err == nil {
			t.Fatal("accepted")
		}
		if c.commitmentAt(registry, 4) != ([32]byte{}) {
			t.Error("the good half was stored")
		}
		if got := read(c, registry, registryABI.PackFenceOf(c.owner.addr), registryABI.UnpackFenceOf); got != 5 {
			t.Errorf("fence %d", got)
		}
	})
}

func TestAnchorerRights(t *testing.T) {
	c := newChain(t, nil)
	registry := c.mustDeployRegistry()
	a := c.anchorOf(0, 1, 0)
	unpack := registryABI.UnpackError
	_, err := c.call(c.stranger, registry, registryABI.PackSetAnchorer(c.stranger.addr, true))
	wantRevert[bindings.AnchorRegistryNotOwner](t, err, unpack)
	_, err = c.call(c.stranger, registry, registryABI.PackOfferOwnership(c.stranger.addr))
	wantRevert[bindings.AnchorRegistryNotOwner](t, err, unpack)
	_, err = c.call(c.stranger, registry, registryABI.PackTakeOwnership())
	wantRevert[bindings.AnchorRegistryNotPendingOwner](t, err, unpack)

	c.mustSend(registry, registryABI.PackSetAnchorer(c.stranger.addr, true))
	if _, err = c.sender(c.stranger)(t.Context(), &registry, pack(1, a)); err != nil {
		t.Fatal(err)
	}
	c.mustSend(registry, registryABI.PackSetAnchorer(c.stranger.addr, false))
	_, err = c.call(c.stranger, registry, pack(1, a))
	wantRevert[bindings.AnchorRegistryNotAnchorer](t, err, unpack)

	// Ownership moves only when taken.
	c.mustSend(registry, registryABI.PackOfferOwnership(c.stranger.addr))
	if got := read(c, registry, registryABI.PackOwner(), registryABI.UnpackOwner); got != c.owner.addr {
		t.Fatalf("owner %s before it was taken", got)
	}
	if _, err = c.sender(c.stranger)(t.Context(), &registry, registryABI.PackTakeOwnership()); err != nil {
		t.Fatal(err)
	}
	_, err = c.call(c.owner, registry, registryABI.PackSetAnchorer(c.owner.addr, true))
	wantRevert[bindings.AnchorRegistryNotOwner](t, err, unpack)
}

// A reorg takes the anchor away with its block; the old anchor is refused on
// the new branch and the new one is accepted.
func TestAnchorAfterReorg(t *testing.T) {
	c := newChain(t, nil)
	registry := c.mustDeployRegistry()
	ancestor := c.header(c.head())
	c.be.Commit()
	height := c.head()
	old := c.anchorOf(height, 1, 0)
	c.mustSendBlind(registry, pack(1, old))
	if c.commitmentAt(registry, height) != commitmentOf(t, old) {
		t.Fatal("not anchored on the old branch")
	}

	if err := c.be.Fork(ancestor.Hash()); err != nil {
		t.Fatal(err)
	}
	c.be.Rollback() // drops the orphaned transaction
	// Another time makes another block.
	if err := c.be.AdjustTime(3600e9); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		c.be.Commit()
	}
	if c.header(height).Hash() == old.BlockHash {
		t.Fatal("the chain did not reorganise")
	}
	if c.commitmentAt(registry, height) != ([32]byte{}) {
		t.Fatal("the anchor survived its block")
	}
	_, err := c.call(c.owner, registry, pack(1, old))
	wantRevert[bindings.AnchorRegistryBlockHashMismatch](t, err, registryABI.UnpackError)
	fresh := c.anchorOf(height, 2, 0)
	c.mustSend(registry, pack(1, fresh))
	if c.commitmentAt(registry, height) != commitmentOf(t, fresh) {
		t.Error("not anchored on the new branch")
	}
}
