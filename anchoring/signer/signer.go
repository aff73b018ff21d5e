package signer

import (
	"context"
	"crypto/ecdsa"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"math/big"
	"os"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
)

// Signer signs transactions of one account. It is safe for concurrent use.
type Signer interface {
	// Address is the account.
	Address() common.Address
	// Sign returns the transaction with a signature for the chain.
	Sign(ctx context.Context, chainID *big.Int, tx *types.Transaction) (*types.Transaction, error)
	// String names the signer without secrets.
	String() string
}

// local holds a key in memory.
type local struct {
	key  *ecdsa.PrivateKey
	from common.Address
}

// FromKey returns the signer of a private key, 32 bytes big-endian. ErrKey.
func FromKey(key []byte) (Signer, error) {
	k, err := crypto.ToECDSA(key)
	if err != nil {
		return nil, ErrKey // the cause would print key material
	}
	return local{k, crypto.PubkeyToAddress(k.PublicKey)}, nil
}

// Address implements Signer.
func (l local) Address() common.Address { return l.from }

// String implements Signer.
func (l local) String() string { return "key of " + l.from.Hex() }

// GoString keeps the key out of %#v.
func (l local) GoString() string { return l.String() }

// Format keeps the key out of every other verb.
func (l local) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, l.String()) }

// Sign implements Signer.
func (l local) Sign(_ context.Context, chainID *big.Int, tx *types.Transaction) (*types.Transaction, error) {
	signed, err := types.SignTx(tx, types.LatestSignerForChainID(chainID), l.key)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", ErrKey)
	}
	return signed, nil
}

// maxSecret bounds a file with a secret, in bytes.
const maxSecret = 64 << 10

// ReadSecret reads a file that nobody but its owner may read or write.
// Errors: ErrPermissions, and those of the file system.
func ReadSecret(path string) ([]byte, error) {
	f, err := os.Open(path) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: %w", path, fs.ErrInvalid)
	}
	if perm := info.Mode().Perm(); perm&0o077 != 0 {
		return nil, fmt.Errorf("%w: %s has mode %#o, wanted 0600 (chmod 600 %s)", ErrPermissions, path, perm, path)
	}
	return io.ReadAll(io.LimitReader(f, maxSecret))
}

// FromKeyFile reads a private key as 32 bytes of hex. Errors: ErrPermissions,
// ErrKey, and those of the file system.
func FromKeyFile(path string) (Signer, error) {
	b, err := ReadSecret(path)
	if err != nil {
		return nil, fmt.Errorf("anchor key: %w", err)
	}
	key, err := hex.DecodeString(strings.TrimPrefix(strings.TrimSpace(string(b)), "0x"))
	if err != nil || len(key) != 32 {
		return nil, fmt.Errorf("%w: %s does not hold 32 bytes of hex", ErrKey, path)
	}
	s, err := FromKey(key)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

// FromKeystore opens an encrypted keystore file (version 3, as geth and clef
// write them) with the password that ask returns. Errors: ErrPassword, ErrKey,
// ask's, and those of the file system.
func FromKeystore(path string, ask func() (string, error)) (Signer, error) {
	f, err := os.Open(path) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, fmt.Errorf("keystore: %w", err)
	}
	defer func() { _ = f.Close() }()
	b, err := io.ReadAll(io.LimitReader(f, maxSecret))
	if err != nil {
		return nil, fmt.Errorf("keystore: %w", err)
	}
	password, err := ask()
	if err != nil {
		return nil, fmt.Errorf("keystore: password: %w", err)
	}
	key, err := keystore.DecryptKey(b, password)
	if err != nil {
		return nil, fmt.Errorf("keystore: %s: %w", path, ErrPassword)
	}
	// The address in the file is not covered by the password: only the key counts.
	return local{key.PrivateKey, crypto.PubkeyToAddress(key.PrivateKey.PublicKey)}, nil
}

// PasswordFile returns the first line of a file that only its owner may read.
func PasswordFile(path string) func() (string, error) {
	return func() (string, error) {
		b, err := ReadSecret(path)
		if err != nil {
			return "", err
		}
		line, _, _ := strings.Cut(string(b), "\n")
		return strings.TrimSuffix(line, "\r"), nil
	}
}
