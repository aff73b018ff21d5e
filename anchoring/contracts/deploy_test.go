package contracts

import (
	"bytes"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"vmhost/anchoring/contracts/bindings"
)

// The artifacts and the bindings are of the same compilation.
func TestBindingsMatchArtifacts(t *testing.T) {
	bound := map[string]*bind.MetaData{
		"AnchorRegistry":  &bindings.AnchorRegistryMetaData,
		"Pool":            &bindings.PoolMetaData,
		"ResultConsumer":  &bindings.ResultConsumerMetaData,
		"RiscZeroAdapter": &bindings.RiscZeroAdapterMetaData,
		"SP1Adapter":      &bindings.SP1AdapterMetaData,
		"Token":           &bindings.TokenMetaData,
		"VmVerifier":      &bindings.VmVerifierMetaData,
	}
	names := Names()
	for name, meta := range bound {
		if !slices.Contains(names, name) {
			t.Errorf("%s is not embedded", name)
			continue
		}
		a := artifact(t, name)
		if a.Name != name || !bytes.Equal(common.FromHex(meta.Bin), a.Bytecode) {
			t.Errorf("%s: the binding has other bytecode", name)
		}
		parsed, err := abi.JSON(bytes.NewReader([]byte(meta.ABI)))
		if err != nil {
			t.Fatal(err)
		}
		if len(parsed.Methods) == 0 || len(parsed.Methods) != len(a.ABI.Methods) {
			t.Errorf("%s: %d methods bound, %d in the artifact", name, len(parsed.Methods), len(a.ABI.Methods))
		}
		for m, method := range parsed.Methods {
			if !bytes.Equal(method.ID, a.ABI.Methods[m].ID) {
				t.Errorf("%s.%s has another selector", name, m)
			}
		}
		if n := len(a.Runtime); n == 0 || n > 24576 {
			t.Errorf("%s: %d bytes of code", name, n)
		}
		if !strings.HasPrefix(a.Compiler, "0.8.37+") {
			t.Errorf("%s: compiled by %s", name, a.Compiler)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	for _, name := range []string{"", "Nothing", "../out/Pool", "Pool.json", "pool"} {
		if _, err := Load(name); !errors.Is(err, ErrNoArtifact) {
			t.Errorf("%q: %v", name, err)
		}
	}
	for name, data := range map[string]string{
		"no JSON": "x", "unknown field": `{"contract":"A","more":1}`, "bad ABI": `{"contract":"A","abi":{}}`,
		"bad hex": `{"contract":"A","abi":[],"bytecode":"zz"}`,
	} {
		if _, err := parseArtifact([]byte(data)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := artifact(t, "Pool").CreationCode(big.NewInt(1)); err == nil {
		t.Error("wrong constructor arguments accepted")
	}
}

func TestDeploySystem(t *testing.T) {
	c := newChain(t, nil)
	s, err := DeploySystem(t.Context(), c.sender(c.owner), nil, RegistryConfig{})
	if err != nil {
		t.Fatal(err)
	}
	client := c.be.Client()
	for name, at := range map[string]common.Address{"AnchorRegistry": s.Registry, "VmVerifier": s.Router} {
		if err := CheckCode(t.Context(), client, at, name); err != nil {
			t.Error(err)
		}
	}
	if err := CheckCode(t.Context(), client, s.Router, "AnchorRegistry"); !errors.Is(err, ErrCodeMismatch) {
		t.Errorf("%v", err)
	}
	if err := CheckCode(t.Context(), client, c.stranger.addr, "VmVerifier"); !errors.Is(err, ErrCodeMismatch) {
		t.Errorf("%v", err)
	}
	if !read(c, s.Registry, registryABI.PackIsAnchorer(c.owner.addr), registryABI.UnpackIsAnchorer) {
		t.Error("the deployer may not anchor")
	}
	if len(s.Keys) != 0 {
		t.Errorf("keys %v", s.Keys)
	}
}

// Keys are deployed as they are, and enter the router under the selector that
// their hash gives.
func TestDeployKeys(t *testing.T) {
	c := newChain(t, nil)
	blobs := map[string][]byte{"toy": loadToy(t).Key, "s": newTrapdoor(1).blob(true), "real": newTrapdoor(2).blob(false)}
	var keys []Key
	for class, blob := range blobs {
		keys = append(keys, Key{class, blob})
	}
	s, err := DeploySystem(t.Context(), c.sender(c.owner), keys, RegistryConfig{})
	if err != nil {
		t.Fatal(err)
	}
	for class, blob := range blobs {
		code, err := c.be.Client().CodeAt(t.Context(), s.Keys[class], nil)
		if err != nil || !bytes.Equal(code, blob) {
			t.Errorf("%s: %v, %d bytes of code", class, err, len(code))
		}
		id := crypto.Keccak256Hash(blob)
		if at := read(c, s.Router, routerABI.PackGetKey(Selector(id)), routerABI.UnpackGetKey); at != s.Keys[class] {
			t.Errorf("%s: the router has %s", class, at)
		}
	}
	if err := s.Check(t.Context(), c.be.Client(), keys); err != nil {
		t.Error(err)
	}
	swapped := System{Registry: s.Registry, Judges: s.Judges, Router: s.Router, Keys: map[string]common.Address{
		"toy": s.Keys["s"], "s": s.Keys["toy"], "real": s.Keys["real"],
	}}
	if err := swapped.Check(t.Context(), c.be.Client(), keys); !errors.Is(err, ErrCodeMismatch) {
		t.Errorf("keys of one another: %v", err)
	}
	for _, blob := range [][]byte{nil, blobs["toy"][1:], append(bytes.Clone(blobs["toy"]), 0), bytes.Repeat([]byte{1}, KeySize)} {
		if _, err := DeployKey(t.Context(), c.sender(c.owner), blob); !errors.Is(err, ErrBadKey) {
			t.Errorf("%d bytes: %v", len(blob), err)
		}
	}
	bad := bytes.Clone(blobs["toy"])
	bad[40] ^= 1
	if _, err := DeploySystem(t.Context(), c.sender(c.owner), []Key{{"bad", bad}}, RegistryConfig{}); err == nil {
		t.Error("a damaged key was added")
	}
}

// A failed transaction comes back with its receipt and ErrReverted.
func TestSenderReportsRevert(t *testing.T) {
	c := newChain(t, nil)
	token := c.mustDeploy("Token", "Test", "T")
	opts := bind.NewKeyedTransactor(c.stranger.key, big.NewInt(1337))
	opts.GasLimit = 200_000 // no estimate that would refuse it first
	send := NewSender(opts, c.be.Client(), func() { c.be.Commit() })
	receipt, err := send(t.Context(), &token, tokenABI.PackMint(c.stranger.addr, big.NewInt(1)))
	if !errors.Is(err, ErrReverted) || receipt == nil || receipt.Status != 0 {
		t.Errorf("%v, %+v", err, receipt)
	}
}
