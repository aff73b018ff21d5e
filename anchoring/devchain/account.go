package devchain

import (
	"crypto/ecdsa"
	"encoding/binary"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
)

// Account is a funded account of the development chain. Its key is derived from
// its index and therefore public: never use it elsewhere.
type Account struct {
	// Address of the account.
	Address [20]byte
	key     *ecdsa.PrivateKey
}

// Key returns the private key, 32 bytes big-endian.
func (a Account) Key() []byte { return crypto.FromECDSA(a.key) }

// accountAt derives account i.
func accountAt(i int) (Account, error) {
	seed := binary.BigEndian.AppendUint64([]byte("vmhost unsafe dev account "), uint64(i))
	key, err := crypto.ToECDSA(crypto.Keccak256(seed))
	if err != nil {
		return Account{}, fmt.Errorf("derive account %d: %w", i, err)
	}
	return Account{Address: crypto.PubkeyToAddress(key.PublicKey), key: key}, nil
}

// Call is a transaction to be signed: a call, or a creation when To is nil.
type Call struct {
	// To is the called contract, nil creates one from Data.
	To *[20]byte
	// Data is the call data or the init code.
	Data []byte
	// Value in wei, nil is 0.
	Value *big.Int
	// Gas limit; 0 means 5,000,000.
	Gas uint64
}

// feeCap is far above any base fee that a development chain reaches.
var feeCap = big.NewInt(1_000_000_000_000)

// Sign makes a signed transaction of the call with the given nonce.
func (a Account) Sign(nonce uint64, call Call) (*types.Transaction, error) {
	gas := call.Gas
	if gas == 0 {
		gas = 5_000_000
	}
	var to *common.Address
	if call.To != nil {
		to = (*common.Address)(call.To)
	}
	tx, err := types.SignNewTx(a.key, types.LatestSignerForChainID(big.NewInt(ChainID)), &types.DynamicFeeTx{
		ChainID: big.NewInt(ChainID), Nonce: nonce, GasTipCap: big.NewInt(1_000_000_000), GasFeeCap: feeCap,
		Gas: gas, To: to, Value: call.Value, Data: call.Data,
	})
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	return tx, nil
}
