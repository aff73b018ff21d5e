package contracts

import (
	"bytes"
	"encoding/json"
	"math/big"
	"os"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"

	"vmhost/anchoring/contracts/bindings"
)

var routerABI = bindings.NewVmVerifier()

// toyClaim is a claim of testdata/toy with its gnark proof.
type toyClaim struct {
	Name       string        `json:"name"`
	ProgramID  common.Hash   `json:"programId"`
	Commitment common.Hash   `json:"commitment"`
	Journal    hexutil.Bytes `json:"journal"`
	Proof      hexutil.Bytes `json:"proof"`
}

type toyFile struct {
	Key    hexutil.Bytes `json:"key"`
	Claims []toyClaim    `json:"claims"`
}

func loadToy(tb testing.TB) toyFile {
	tb.Helper()
	data, err := os.ReadFile("testdata/toy/claims.json")
	if err != nil {
		tb.Fatal(err)
	}
	var f toyFile
	if err := json.Unmarshal(data, &f); err != nil {
		tb.Fatal(err)
	}
	return f
}

func (f toyFile) selector() [4]byte { return Selector(crypto.Keccak256Hash(f.Key)) }

// sealed is the proof as the router takes it.
func (f toyFile) sealed(c toyClaim) []byte {
	s := f.selector()
	return append(s[:], c.Proof...)
}

func (f toyFile) calldata(c toyClaim) []byte {
	return routerABI.PackVerify(c.ProgramID, c.Commitment, c.Journal, f.sealed(c))
}

// claim returns the one with a journal of n bytes, or the impossible one for -1.
func (f toyFile) claim(tb testing.TB, n int) toyClaim {
	tb.Helper()
	for _, c := range f.Claims {
		impossible := c.ProgramID == common.Hash{}
		if impossible == (n < 0) && (impossible || len(c.Journal) == n) {
			c.Journal, c.Proof = bytes.Clone(c.Journal), bytes.Clone(c.Proof)
			return c
		}
	}
	tb.Fatalf("no claim with %d bytes", n)
	return toyClaim{}
}

// newRouter deploys the router with the toy key in it.
func newRouter(t *testing.T) (*chain, toyFile, common.Address) {
	t.Helper()
	c, f := newChain(t, nil), loadToy(t)
	router := c.mustDeploy("VmVerifier")
	c.mustAddKey(router, f.Key)
	return c, f, router
}

// mustAddKey deploys a key and adds it to the router.
func (c *chain) mustAddKey(router common.Address, blob []byte) common.Address {
	c.t.Helper()
	key, err := DeployKey(c.t.Context(), c.sender(c.owner), blob)
	if err != nil {
		c.t.Fatal(err)
	}
	if err := AddKey(c.t.Context(), c.sender(c.owner), router, key); err != nil {
		c.t.Fatal(err)
	}
	return key
}

func TestVerifyAccepts(t *testing.T) {
	c, f, router := newRouter(t)
	for _, claim := range f.Claims {
		if _, err := c.call(c.stranger, router, f.calldata(claim)); err != nil {
			t.Errorf("%s: %v", claim.Name, err)
		}
	}
}

// The last journal word must not take bytes of what follows the journal in the
// calldata: here the journal's padding is not zero, which the ABI allows.
func TestVerifyIgnoresDirtyPadding(t *testing.T) {
	c, f, router := newRouter(t)
	for _, n := range []int{1, 30, 31, 62, 217, 247} {
		data := f.calldata(f.claim(t, n))
		// selector, four head words, journal length, journal
		pad := data[4+32*5+n : 4+32*5+(n+31)/32*32]
		if len(pad) == 0 || len(bytes.Trim(pad, "\x00")) != 0 {
			t.Fatalf("%d bytes: padding %x is not where it should be", n, pad)
		}
		for i := range pad {
			pad[i] = 0xee
		}
		if _, err := c.call(c.stranger, router, data); err != nil {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}

func TestVerifyRefuses(t *testing.T) {
	c, f, router := newRouter(t)
	good := f.claim(t, 62)
	if _, err := c.call(c.stranger, router, f.calldata(good)); err != nil {
		t.Fatal(err)
	}
	// refused requires VerificationFailed for a changed claim.
	refused := func(name string, change func(*toyClaim)) {
		t.Run(name, func(t *testing.T) {
			bad := f.claim(t, 62)
			change(&bad)
			_, err := c.call(c.stranger, router, f.calldata(bad))
			wantRevert[bindings.VmVerifierVerificationFailed](t, err, routerABI.UnpackError)
		})
	}
	for i := range good.Journal {
		refused("journal byte "+big.NewInt(int64(i)).String(), func(b *toyClaim) { b.Journal[i] ^= 1 << (i % 8) })
	}
	refused("journal with a zero more", func(b *toyClaim) { b.Journal = append(b.Journal, 0) })
	refused("journal without its last byte", func(b *toyClaim) { b.Journal = b.Journal[:61] })
	refused("no journal", func(b *toyClaim) { b.Journal = nil })
	refused("another program", func(b *toyClaim) { b.ProgramID[31] ^= 1 })
	refused("another commitment", func(b *toyClaim) { b.Commitment[31] ^= 1 })
	refused("program and commitment swapped", func(b *toyClaim) { b.ProgramID, b.Commitment = b.Commitment, b.ProgramID })
	// The same elements in their second encoding.
	plusR := func(h common.Hash) common.Hash {
		return common.BigToHash(new(big.Int).Add(h.Big(), fr.Modulus()))
	}
	refused("program + r", func(b *toyClaim) { b.ProgramID = plusR(b.ProgramID) })
	refused("commitment + r", func(b *toyClaim) { b.Commitment = plusR(b.Commitment) })
	refused("program 2^256-1", func(b *toyClaim) { b.ProgramID = common.MaxHash })
	refused("empty proof", func(b *toyClaim) { b.Proof = nil })
	refused("short proof", func(b *toyClaim) { b.Proof = b.Proof[:len(b.Proof)-1] })
	refused("long proof", func(b *toyClaim) { b.Proof = append(b.Proof, 0) })
	refused("proof of zeros", func(b *toyClaim) { b.Proof = make([]byte, len(b.Proof)) })
	refused("proof of another claim", func(b *toyClaim) { b.Proof = f.claim(t, 31).Proof })
	for word := range len(good.Proof) / 32 {
		refused("proof word "+big.NewInt(int64(word)).String(), func(b *toyClaim) { b.Proof[32*word+31] ^= 1 })
	}
	t.Run("journal of 249 bytes", func(t *testing.T) {
		long := f.claim(t, 248)
		long.Journal = append(long.Journal, 0)
		_, err := c.call(c.stranger, router, f.calldata(long))
		wantRevert[bindings.VmVerifierVerificationFailed](t, err, routerABI.UnpackError)
	})
	t.Run("journal of 64 KiB", func(t *testing.T) {
		long := f.claim(t, 248)
		long.Journal = make([]byte, 1<<16)
		_, err := c.call(c.stranger, router, f.calldata(long))
		wantRevert[bindings.VmVerifierVerificationFailed](t, err, routerABI.UnpackError)
	})
}

func TestVerifySelectors(t *testing.T) {
	c, f, router := newRouter(t)
	good := f.claim(t, 31)
	verify := func(proof []byte) error {
		_, err := c.call(c.stranger, router, routerABI.PackVerify(good.ProgramID, good.Commitment, good.Journal, proof))
		return err
	}
	sealed := f.sealed(good)
	for _, n := range []int{0, 1, 3} {
		wantRevert[bindings.VmVerifierVerificationFailed](t, verify(sealed[:n]), routerABI.UnpackError)
	}
	wantRevert[bindings.VmVerifierVerificationFailed](t, verify(sealed[:4]), routerABI.UnpackError)
	unknown := bytes.Clone(sealed)
	unknown[0] ^= 1
	e := wantRevert[bindings.VmVerifierSelectorUnknown](t, verify(unknown), routerABI.UnpackError)
	if e.Selector != [4]byte(unknown[:4]) {
		t.Errorf("%x", e.Selector)
	}
	zero := append(make([]byte, 4), good.Proof...)
	wantRevert[bindings.VmVerifierSelectorUnknown](t, verify(zero), routerABI.UnpackError)

	c.mustSend(router, routerABI.PackTombstone(f.selector()))
	wantRevert[bindings.VmVerifierSelectorRemoved](t, verify(sealed), routerABI.UnpackError)
	if !read(c, router, routerABI.PackIsRemoved(f.selector()), routerABI.UnpackIsRemoved) {
		t.Error("not marked as removed")
	}
}

func TestRouterAdministration(t *testing.T) {
	c, f, router := newRouter(t)
	key := read(c, router, routerABI.PackGetKey(f.selector()), routerABI.UnpackGetKey)
	fresh := [4]byte{1, 2, 3, 4}
	try := func(from account, data []byte) error {
		_, err := c.call(from, router, data)
		return err
	}
	unpack := routerABI.UnpackError
	wantRevert[bindings.VmVerifierNotOwner](t, try(c.stranger, routerABI.PackAddKey(key)), unpack)
	wantRevert[bindings.VmVerifierNotOwner](t, try(c.stranger, routerABI.PackTombstone(f.selector())), unpack)
	wantRevert[bindings.VmVerifierSelectorInUse](t, try(c.owner, routerABI.PackAddKey(key)), unpack)
	for _, noKey := range []common.Address{c.stranger.addr, {}, router} {
		wantRevert[bindings.VmVerifierKeyMalformed](t, try(c.owner, routerABI.PackAddKey(noKey)), unpack)
	}
	wantRevert[bindings.VmVerifierSelectorUnknown](t, try(c.owner, routerABI.PackTombstone(fresh)), unpack)
	wantRevert[bindings.VmVerifierSelectorUnknown](t, try(c.stranger, routerABI.PackGetKey(fresh)), unpack)

	// For ever: a removed selector is not added, not removed again, not found,
	// whichever contract holds the same key.
	c.mustSend(router, routerABI.PackTombstone(f.selector()))
	again, err := DeployKey(t.Context(), c.sender(c.owner), f.Key)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []common.Address{key, again} {
		wantRevert[bindings.VmVerifierSelectorRemoved](t, try(c.owner, routerABI.PackAddKey(at)), unpack)
	}
	wantRevert[bindings.VmVerifierSelectorRemoved](t, try(c.owner, routerABI.PackTombstone(f.selector())), unpack)
	wantRevert[bindings.VmVerifierSelectorRemoved](t, try(c.stranger, routerABI.PackGetKey(f.selector())), unpack)
	// Another key has another selector.
	c.mustAddKey(router, newTrapdoor(3).blob(false))
}

func TestStop(t *testing.T) {
	c, f, router := newRouter(t)
	stop := func(proof []byte) error {
		_, err := c.call(c.stranger, router, routerABI.PackStop(proof))
		return err
	}
	unpack := routerABI.UnpackError
	impossible := f.claim(t, -1)
	// A proof of an ordinary claim stops nothing, the one of an empty journal included.
	for _, n := range []int{0, 31} {
		wantRevert[bindings.VmVerifierVerificationFailed](t, stop(f.sealed(f.claim(t, n))), unpack)
	}
	bad := f.sealed(impossible)
	bad[len(bad)-1] ^= 1
	wantRevert[bindings.VmVerifierVerificationFailed](t, stop(bad), unpack)
	wantRevert[bindings.VmVerifierVerificationFailed](t, stop(nil), unpack)
	unknown := f.sealed(impossible)
	unknown[3] ^= 1
	wantRevert[bindings.VmVerifierSelectorUnknown](t, stop(unknown), unpack)

	// A stranger with the proof stops it.
	receipt, err := c.sender(c.stranger)(t.Context(), &router, routerABI.PackStop(f.sealed(impossible)))
	if err != nil {
		t.Fatal(err)
	}
	e, err := routerABI.UnpackKeyRemovedEvent(receipt.Logs[0])
	if err != nil {
		t.Fatal(err)
	}
	if e.Selector != f.selector() || e.By != c.stranger.addr {
		t.Errorf("event %+v", e)
	}
	_, err = c.call(c.stranger, router, f.calldata(f.claim(t, 31)))
	wantRevert[bindings.VmVerifierSelectorRemoved](t, err, unpack)
	wantRevert[bindings.VmVerifierSelectorRemoved](t, stop(f.sealed(impossible)), unpack)
}
