package contracts

import (
	"bytes"
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/core/vm/runtime"
	"github.com/ethereum/go-ethereum/crypto"
)

// machine is a bare EVM with the router and, perhaps, gnark's verifier of the
// same key: much faster than a chain.
type machine struct {
	t        testing.TB
	cfg      *runtime.Config
	router   common.Address
	oracle   common.Address
	selector [4]byte
}

func newMachine(tb testing.TB, chainID uint64) *machine {
	tb.Helper()
	m := &machine{t: tb, cfg: bareEVM(tb, 1, chainID)}
	m.router = m.create(artifact(tb, "VmVerifier").Bytecode)
	return m
}

func (m *machine) create(code []byte) common.Address {
	m.t.Helper()
	_, at, _, err := runtime.Create(code, m.cfg)
	if err != nil {
		m.t.Fatal(err)
	}
	return at
}

// addKey deploys a key and adds it.
func (m *machine) addKey(blob []byte) ([]byte, error) {
	m.t.Helper()
	code, err := KeyCreationCode(blob)
	if err != nil {
		m.t.Fatal(err)
	}
	out, _, err := runtime.Call(m.router, routerABI.PackAddKey(m.create(code)), m.cfg)
	m.selector = Selector(crypto.Keccak256Hash(blob))
	return out, err
}

// withKey is a development machine with the key in the router, and its oracle.
func withKey(tb testing.TB, blob []byte) *machine {
	tb.Helper()
	m := newMachine(tb, 1337)
	if out, err := m.addKey(blob); err != nil {
		tb.Fatalf("%v %x", err, out)
	}
	m.oracle = common.HexToAddress("0x09ac1e")
	m.cfg.State.SetCode(m.oracle, oracleFor(tb, blob), 0)
	return m
}

// oracleFor is the code of gnark's verifier for any key: that of the toy key
// with the key's coordinates replaced. Each is a constant of 32 bytes there.
func oracleFor(tb testing.TB, blob []byte) []byte {
	tb.Helper()
	toy, code := bytes.Clone(loadToy(tb).Key), testArtifact(tb, "GnarkVerifierToy").Runtime
	out, blob := bytes.Clone(code), bytes.Clone(blob)
	negate(toy[0x160:0x1e0]) // gnark holds minus sigma
	negate(blob[0x160:0x1e0])
	for at := 32; at < KeySize; at += 32 {
		n := 0
		for from := 0; ; n++ {
			i := bytes.Index(code[from:], toy[at:at+32])
			if i < 0 {
				break
			}
			copy(out[from+i:], blob[at:at+32])
			from += i + 32
		}
		if n == 0 {
			tb.Fatalf("the oracle does not hold the toy key's word at %#x: choose another seed in gentoy", at)
		}
	}
	return out
}

func (m *machine) calldata(c toyClaim) []byte {
	return routerABI.PackVerify(c.ProgramID, c.Commitment, c.Journal, append(m.selector[:len(m.selector):len(m.selector)], c.Proof...))
}

// verify says whether the router accepts. Its only other answer is a revert
// with VerificationFailed().
func (m *machine) verify(c toyClaim) bool {
	m.t.Helper()
	out, _, err := runtime.Call(m.router, m.calldata(c), m.cfg)
	if err == nil {
		if len(out) != 0 {
			m.t.Errorf("answer %x", out)
		}
		return true
	}
	failed := artifact(m.t, "VmVerifier").ABI.Errors["VerificationFailed"].ID
	if !errors.Is(err, vm.ErrExecutionReverted) || !bytes.Equal(out, failed[:4]) {
		m.t.Errorf("%v, %x", err, out)
	}
	return false
}

// gnark says whether gnark's contract accepts the public inputs that the claim has.
func (m *machine) gnark(c toyClaim, inputs [11]*big.Int) bool {
	m.t.Helper()
	toy := testArtifact(m.t, "GnarkVerifierToy")
	data, err := toy.ABI.Pack("verifyProof", []byte(c.Proof), inputs)
	if err != nil {
		m.t.Fatal(err)
	}
	_, _, err = runtime.Call(m.oracle, data, m.cfg)
	return err == nil
}

// agree requires that the router, gnark's contract and the answer say the same.
func (m *machine) agree(name string, c toyClaim, want bool) {
	m.t.Helper()
	if got := m.verify(c); got != want {
		m.t.Errorf("%s: the router says %t", name, got)
	}
	if got := m.gnark(c, inputsOf(c)); got != want {
		m.t.Errorf("%s: gnark says %t", name, got)
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
