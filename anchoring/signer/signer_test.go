package signer

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rpc"
)

const secret = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318"

func testTx() *types.Transaction {
	return types.NewTx(&types.DynamicFeeTx{
		ChainID: big.NewInt(1337), Nonce: 7, GasTipCap: big.NewInt(2), GasFeeCap: big.NewInt(9), Gas: 50_000, To: &common.Address{0xaa}, Value: big.NewInt(3), Data: []byte("call"),
	})
}

// signs checks that a signer signs for its account.
func signs(t *testing.T, s Signer) {
	t.Helper()
	tx := testTx()
	signed, err := s.Sign(t.Context(), big.NewInt(1337), tx)
	if err != nil {
		t.Fatal(err)
	}
	if err := check(s.Address(), big.NewInt(1337), tx, signed); err != nil {
		t.Error(err)
	}
	if want := crypto.PubkeyToAddress(testKey(t).PublicKey); s.Address() != want {
		t.Errorf("account %s, want %s", s.Address(), want)
	}
}

func writeFile(t *testing.T, mode os.FileMode, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestKeyFile(t *testing.T) {
	for _, text := range []string{secret, "0x" + secret + "\n", "  " + strings.ToUpper(secret) + "\r\n"} {
		s, err := FromKeyFile(writeFile(t, 0o600, text))
		if err != nil {
			t.Fatal(err)
		}
		signs(t, s)
	}
	for _, tc := range []struct {
		mode os.FileMode
		text string
		want error
	}{
		{0o644, secret, ErrPermissions},
		{0o640, secret, ErrPermissions},
		{0o602, secret, ErrPermissions},
		{0o600, "", ErrKey},
		{0o600, secret[:62], ErrKey},
		{0o600, secret + "00", ErrKey},
		{0o600, "zz" + secret[2:], ErrKey},
		{0o600, strings.Repeat("00", 32), ErrKey},
		{0o600, strings.Repeat("ff", 32), ErrKey},
	} {
		_, err := FromKeyFile(writeFile(t, tc.mode, tc.text))
		if !errors.Is(err, tc.want) {
			t.Errorf("%o %.8s…: %v", tc.mode, tc.text, err)
		}
		silent(t, err)
	}
	if _, err := FromKeyFile(t.TempDir()); err == nil {
		t.Error("a folder is a key")
	}
}

// silent checks that an error tells nothing of the key.
func silent(t *testing.T, err error) {
	t.Helper()
	if text := strings.ToLower(fmt.Sprintf("%v %+v", err, err)); strings.Contains(text, secret[:16]) || strings.Contains(text, "ffffffff") {
		t.Errorf("the error tells the key: %s", text)
	}
}

func keystoreFile(t *testing.T, password string) string {
	t.Helper()
	key := testKey(t)
	b, err := keystore.EncryptKey(&keystore.Key{Address: crypto.PubkeyToAddress(key.PublicKey), PrivateKey: key}, password, 2, 1)
	if err != nil {
		t.Fatal(err)
	}
	return writeFile(t, 0o644, string(b))
}

func TestKeystore(t *testing.T) {
	path := keystoreFile(t, "correct horse")
	s, err := FromKeystore(path, PasswordFile(writeFile(t, 0o600, "correct horse\n")))
	if err != nil {
		t.Fatal(err)
	}
	signs(t, s)
	_, err = FromKeystore(path, PasswordFile(writeFile(t, 0o600, "hunter2")))
	if !errors.Is(err, ErrPassword) || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("wrong password: %v", err)
	}
	if _, err = FromKeystore(path, PasswordFile(writeFile(t, 0o644, "correct horse"))); !errors.Is(err, ErrPermissions) {
		t.Errorf("a password that all may read: %v", err)
	}
	for _, text := range []string{"", "{}", `{"version":3}`, `{"version":3,"crypto":{"kdf":"scrypt"}}`, secret} {
		if _, err := FromKeystore(writeFile(t, 0o600, text), PasswordFile(writeFile(t, 0o600, "x"))); !errors.Is(err, ErrPassword) {
			t.Errorf("%.20s: %v", text, err)
		}
	}
	asked := errors.New("no terminal")
	if _, err := FromKeystore(path, func() (string, error) { return "", asked }); !errors.Is(err, asked) {
		t.Errorf("%v", err)
	}
}

// Nothing that prints a signer prints its key.
func TestNoKeyInPrints(t *testing.T) {
	s, err := FromKey(common.FromHex(secret))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	log := slog.New(slog.NewJSONHandler(&b, nil))
	log.LogAttrs(t.Context(), slog.LevelInfo, "signer", slog.Any("s", s), slog.Any("p", &s))
	slog.New(slog.NewTextHandler(&b, nil)).LogAttrs(t.Context(), slog.LevelInfo, "signer", slog.Any("s", s))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x", "%q"} {
		fmt.Fprintf(&b, verb, s)
		fmt.Fprintf(&b, verb, []any{s, struct{ S Signer }{s}})
	}
	key := common.FromHex(secret)
	for _, form := range []string{secret, new(big.Int).SetBytes(key).String(), fmt.Sprint(key)} {
		if strings.Contains(strings.ToLower(b.String()), form) {
			t.Errorf("printed: %s", form)
		}
	}
}

// clef is a signer in another process's place.
type clef struct {
	change func(*types.DynamicFeeTx)
	key    string
	raw    []byte
	err    error
	list   []common.Address
	asked  json.RawMessage
}

// List implements account_list.
func (c *clef) List() []common.Address { return c.list }

// SignTransaction implements account_signTransaction.
func (c *clef) SignTransaction(_ context.Context, args map[string]any) (map[string]any, error) {
	c.asked, _ = json.Marshal(args)
	if c.err != nil {
		return nil, c.err
	}
	if c.raw != nil {
		return map[string]any{"raw": hexutil.Bytes(c.raw)}, nil
	}
	n := func(name string) uint64 { return hexutil.MustDecodeUint64(args[name].(string)) }
	big := func(name string) *big.Int { return hexutil.MustDecodeBig(args[name].(string)) }
	to := common.HexToAddress(args["to"].(string))
	inner := &types.DynamicFeeTx{
		ChainID: big("chainId"), Nonce: n("nonce"), GasTipCap: big("maxPriorityFeePerGas"), GasFeeCap: big("maxFeePerGas"), Gas: n("gas"),
		To: &to, Value: big("value"), Data: hexutil.MustDecode(args["input"].(string)),
	}
	if c.change != nil {
		c.change(inner)
	}
	key, err := crypto.HexToECDSA(c.key)
	if err != nil {
		return nil, err
	}
	tx, err := types.SignNewTx(key, types.LatestSignerForChainID(inner.ChainID), inner)
	if err != nil {
		return nil, err
	}
	raw, err := tx.MarshalBinary()
	return map[string]any{"raw": hexutil.Bytes(raw), "tx": tx}, err
}

// serve offers a clef over HTTP and a unix socket.
func (c *clef) serve(t *testing.T) (http, ipc string) {
	t.Helper()
	srv := rpc.NewServer()
	if err := srv.RegisterName("account", c); err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(srv)
	l, err := net.Listen("unix", filepath.Join(t.TempDir(), "clef.ipc"))
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = srv.ServeListener(l) }()
	t.Cleanup(func() { _ = l.Close(); h.Close(); srv.Stop() })
	return h.URL, l.Addr().String()
}

func TestExternal(t *testing.T) {
	account := crypto.PubkeyToAddress(testKey(t).PublicKey)
	c := &clef{key: secret, list: []common.Address{account}}
	http, ipc := c.serve(t)
	for _, url := range []string{http, ipc} {
		s, closeIt, err := External(t.Context(), ExternalOptions{URL: url})
		if err != nil {
			t.Fatal(err)
		}
		signs(t, s)
		closeIt()
	}
	if want := account.Hex(); !strings.Contains(strings.ToLower(string(c.asked)), strings.ToLower(want)) {
		t.Errorf("asked for %s", c.asked)
	}
	s, closeIt, err := External(t.Context(), ExternalOptions{URL: http, Account: account})
	if err != nil {
		t.Fatal(err)
	}
	defer closeIt()
	other := hex.EncodeToString(crypto.Keccak256([]byte("other")))
	for name, bad := range map[string]clef{
		"another key":         {key: other},
		"another recipient":   {key: secret, change: func(tx *types.DynamicFeeTx) { tx.To = &common.Address{0xee} }},
		"no recipient":        {key: secret, change: func(tx *types.DynamicFeeTx) { tx.To = nil }},
		"other data":          {key: secret, change: func(tx *types.DynamicFeeTx) { tx.Data = []byte("cald") }},
		"other nonce":         {key: secret, change: func(tx *types.DynamicFeeTx) { tx.Nonce++ }},
		"higher tip":          {key: secret, change: func(tx *types.DynamicFeeTx) { tx.GasTipCap = big.NewInt(8) }},
		"higher fee":          {key: secret, change: func(tx *types.DynamicFeeTx) { tx.GasFeeCap = big.NewInt(1e9) }},
		"more gas":            {key: secret, change: func(tx *types.DynamicFeeTx) { tx.Gas *= 2 }},
		"more value":          {key: secret, change: func(tx *types.DynamicFeeTx) { tx.Value = big.NewInt(4) }},
		"another chain":       {key: secret, change: func(tx *types.DynamicFeeTx) { tx.ChainID = big.NewInt(1) }},
		"an access list":      {key: secret, change: func(tx *types.DynamicFeeTx) { tx.AccessList = types.AccessList{{Address: account}} }},
		"nothing":             {raw: []byte{}},
		"no transaction":      {raw: []byte("rubbish")},
		"an unsigned one":     {raw: unsigned(t)},
		"an old kind of one":  {raw: legacy(t)},
		"signature of zeroes": {raw: zeroes(t)},
	} {
		c.key, c.change, c.raw = bad.key, bad.change, bad.raw
		if _, err := s.Sign(t.Context(), big.NewInt(1337), testTx()); !errors.Is(err, ErrForged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	c.err = errors.New("request denied")
	if _, err := s.Sign(t.Context(), big.NewInt(1337), testTx()); !errors.Is(err, ErrExternal) || !strings.Contains(err.Error(), "denied") {
		t.Errorf("denied: %v", err)
	}
}

func unsigned(t *testing.T) []byte {
	t.Helper()
	return marshal(t, testTx())
}

func marshal(t *testing.T, tx *types.Transaction) []byte {
	t.Helper()
	raw, err := tx.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func legacy(t *testing.T) []byte {
	t.Helper()
	tx := testTx()
	signed, err := types.SignNewTx(testKey(t), types.LatestSignerForChainID(big.NewInt(1337)), &types.LegacyTx{
		Nonce: tx.Nonce(), GasPrice: tx.GasFeeCap(), Gas: tx.Gas(), To: tx.To(), Value: tx.Value(), Data: tx.Data(),
	})
	if err != nil {
		t.Fatal(err)
	}
	return marshal(t, signed)
}

func zeroes(t *testing.T) []byte {
	t.Helper()
	signed, err := testTx().WithSignature(types.LatestSignerForChainID(big.NewInt(1337)), make([]byte, 65))
	if err != nil {
		t.Fatal(err)
	}
	return marshal(t, signed)
}

func TestExternalAccounts(t *testing.T) {
	for _, list := range [][]common.Address{nil, {{1}, {2}}} {
		http, _ := (&clef{list: list}).serve(t)
		if _, _, err := External(t.Context(), ExternalOptions{URL: http}); !errors.Is(err, ErrExternal) {
			t.Errorf("%d accounts: %v", len(list), err)
		}
	}
	stop := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-stop }))
	defer slow.Close()
	defer close(stop)
	for _, url := range []string{slow.URL, filepath.Join(t.TempDir(), "none.ipc")} {
		if _, _, err := External(t.Context(), ExternalOptions{URL: url, Timeout: 100 * time.Millisecond}); !errors.Is(err, ErrExternal) {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func testKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := crypto.HexToECDSA(secret)
	if err != nil {
		t.Fatal(err)
	}
	return key
}
