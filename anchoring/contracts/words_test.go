package contracts

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"vmhost/anchoring/contracts/bindings"
)

// The public inputs for a journal of every length, random and of all ones, with
// padding of ones behind it and at odd places of the calldata.
func TestRouterBuildsInputs(t *testing.T) {
	c := newChain(t, nil)
	router := c.mustDeploy("VmVerifier")
	selector := [4]byte{9, 9, 9, 9}
	c.mustSend(router, routerABI.PackAddVerifier(selector, c.deployTest("InputEcho")))
	rng := rand.New(rand.NewPCG(5, 6))
	for n := range 249 {
		claim := toyClaim{ProgramID: root(byte(n)), Commitment: root(byte(n + 1)), Journal: make([]byte, n)}
		for i := range claim.Journal {
			claim.Journal[i] = 0xff
			if n%3 != 0 {
				claim.Journal[i] = byte(rng.Uint32())
			}
		}
		words := make([]byte, 0, 11*32)
		for _, v := range inputsOf(claim) {
			words = append(words, common.BigToHash(v).Bytes()...)
		}
		hash := crypto.Keccak256(words)
		data := routerABI.PackVerify(claim.ProgramID, claim.Commitment, claim.Journal, append(selector[:], hash...))
		for i := 4 + 32*5 + n; i < 4+32*5+(n+31)/32*32; i++ {
			data[i] = 0xff
		}
		if _, err := c.call(c.stranger, router, data); err != nil {
			t.Fatalf("journal of %d bytes: %v", n, err)
		}
		if _, err := c.call(c.stranger, router, shifted(data)); err != nil {
			t.Fatalf("journal of %d bytes, shifted: %v", n, err)
		}
		hash[0] ^= 1 // the echo does look
		data = routerABI.PackVerify(claim.ProgramID, claim.Commitment, claim.Journal, append(selector[:], hash...))
		_, err := c.call(c.stranger, router, data)
		wantRevert[bindings.VmVerifierVerificationFailed](t, err, routerABI.UnpackError)
	}
}

// The router itself refuses elements that are not below r, whatever the shape
// verifier would say.
func TestRouterRefusesNonCanonical(t *testing.T) {
	c := newChain(t, nil)
	router := c.mustDeploy("VmVerifier")
	selector := [4]byte{9, 9, 9, 9}
	c.mustSend(router, routerABI.PackAddVerifier(selector, c.deployTest("InputEcho")))
	last := new(big.Int).Sub(fr.Modulus(), big.NewInt(1))
	verify := func(program, commitment *big.Int) error {
		claim := toyClaim{ProgramID: common.BigToHash(program), Commitment: common.BigToHash(commitment)}
		words := make([]byte, 0, 11*32)
		for _, v := range inputsOf(claim) {
			words = append(words, common.BigToHash(v).Bytes()...)
		}
		proof := append(selector[:], crypto.Keccak256(words)...)
		_, err := c.call(c.stranger, router, routerABI.PackVerify(claim.ProgramID, claim.Commitment, nil, proof))
		return err
	}
	if err := verify(last, last); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []*big.Int{fr.Modulus(), new(big.Int).Add(last, last), common.MaxHash.Big()} {
		wantRevert[bindings.VmVerifierVerificationFailed](t, verify(bad, last), routerABI.UnpackError)
		wantRevert[bindings.VmVerifierVerificationFailed](t, verify(last, bad), routerABI.UnpackError)
	}
}

// shifted moves both byte strings of a verify call seven bytes back, filling
// the hole with ones: offsets need not be multiples of 32.
func shifted(data []byte) []byte {
	const hole = 7
	out := append([]byte(nil), data[:4+32*4]...)
	for _, head := range []int{4 + 32*2, 4 + 32*3} {
		offset := new(big.Int).SetBytes(out[head : head+32])
		offset.Add(offset, big.NewInt(hole)).FillBytes(out[head : head+32])
	}
	for range hole {
		out = append(out, 0xff)
	}
	return append(out, data[4+32*4:]...)
}
