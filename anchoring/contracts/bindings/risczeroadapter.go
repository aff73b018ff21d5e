// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package bindings

import (
	"bytes"
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Reference imports to suppress errors if they are not otherwise used.
var (
	_ = bytes.Equal
	_ = errors.New
	_ = big.NewInt
	_ = common.Big1
	_ = types.BloomLookup
	_ = abi.ConvertType
)

// RiscZeroAdapterMetaData contains all meta data concerning the RiscZeroAdapter contract.
var RiscZeroAdapterMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"contractIVmVerifier\",\"name\":\"verifier_\",\"type\":\"address\"},{\"internalType\":\"contractAnchorRegistry\",\"name\":\"registry_\",\"type\":\"address\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"NotSettled\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"VerificationFailed\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"registry\",\"outputs\":[{\"internalType\":\"contractAnchorRegistry\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"verifier\",\"outputs\":[{\"internalType\":\"contractIVmVerifier\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"seal\",\"type\":\"bytes\"},{\"internalType\":\"bytes32\",\"name\":\"imageId\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"journalDigest\",\"type\":\"bytes32\"}],\"name\":\"verify\",\"outputs\":[],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "RiscZeroAdapter",
	Bin: "0x60c060405234801561000f575f5ffd5b5060405161080d38038061080d83398101604081905261002e9161005c565b6001600160a01b039182166080521660a052610094565b6001600160a01b0381168114610059575f5ffd5b50565b5f5f6040838503121561006d575f5ffd5b825161007881610045565b602084015190925061008981610045565b809150509250929050565b60805160a05161074c6100c15f395f81816098015261028101525f818160480152610389015261074c5ff3fe608060405234801561000f575f5ffd5b506004361061003f575f3560e01c80632b7ac3f3146100435780637b10399914610093578063ab750e75146100ba575b5f5ffd5b61006a7f000000000000000000000000000000000000000000000000000000000000000081565b60405173ffffffffffffffffffffffffffffffffffffffff909116815260200160405180910390f35b61006a7f000000000000000000000000000000000000000000000000000000000000000081565b6100cd6100c83660046103f7565b6100cf565b005b600483101561010a576040517f439cc0cd00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f80808061011b876004818b610471565b810190610128919061058d565b93509350935093508460024686868660405160200161014a9493929190610665565b604080517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe081840301815290829052610182916106b4565b602060405180830381855afa15801561019d573d5f5f3e3d5ffd5b5050506040513d601f19601f820116820180604052508101906101c091906106c6565b146101f7576040517f439cc0cd00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610238868585858c8c5f9060049261021193929190610471565b87604051602001610224939291906106dd565b604051602081830303815290604052610242565b5050505050505050565b6040517f7acf812700000000000000000000000000000000000000000000000000000000815267ffffffffffffffff85166004820152602481018490527f000000000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff1690637acf812790604401602060405180830381865afa1580156102db573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906102ff91906106f2565b61034c576040517f2827525b00000000000000000000000000000000000000000000000000000000815267ffffffffffffffff851660048201526024810184905260440160405180910390fd5b6040517ffc2b427100000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000169063fc2b4271906103c4908890879087908790600401610711565b5f6040518083038186803b1580156103da575f5ffd5b505afa1580156103ec573d5f5f3e3d5ffd5b505050505050505050565b5f5f5f5f6060858703121561040a575f5ffd5b843567ffffffffffffffff811115610420575f5ffd5b8501601f81018713610430575f5ffd5b803567ffffffffffffffff811115610446575f5ffd5b876020828401011115610457575f5ffd5b602091820198909750908601359560400135945092505050565b5f5f8585111561047f575f5ffd5b8386111561048b575f5ffd5b5050820193919092039150565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b5f82601f8301126104d4575f5ffd5b813567ffffffffffffffff8111156104ee576104ee610498565b6040517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0603f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f8501160116810181811067ffffffffffffffff8211171561055a5761055a610498565b604052818152838201602001851015610571575f5ffd5b816020850160208301375f918101602001919091529392505050565b5f5f5f5f608085870312156105a0575f5ffd5b843567ffffffffffffffff811681146105b7575f5ffd5b935060208501359250604085013567ffffffffffffffff8111156105d9575f5ffd5b6105e5878288016104c5565b925050606085013567ffffffffffffffff811115610601575f5ffd5b61060d878288016104c5565b91505092959194509250565b5f81518084528060208401602086015e5f6020828601015260207fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f83011685010191505092915050565b84815267ffffffffffffffff84166020820152826040820152608060608201525f6106936080830184610619565b9695505050505050565b5f81518060208401855e5f93019283525090919050565b5f6106bf828461069d565b9392505050565b5f602082840312156106d6575f5ffd5b5051919050565b828482375f8382015f8152610693818561069d565b5f60208284031215610702575f5ffd5b815180151581146106bf575f5ffd5b848152836020820152608060408201525f61072f6080830185610619565b82810360608401526107418185610619565b97965050505050505056",
}

// RiscZeroAdapter is an auto generated Go binding around an Ethereum contract.
type RiscZeroAdapter struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *RiscZeroAdapter) GetABI() abi.ABI {
	return c.abi
}

// NewRiscZeroAdapter creates a new instance of RiscZeroAdapter.
func NewRiscZeroAdapter() *RiscZeroAdapter {
	parsed, err := RiscZeroAdapterMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &RiscZeroAdapter{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *RiscZeroAdapter) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address verifier_, address registry_) returns()
func (riscZeroAdapter *RiscZeroAdapter) PackConstructor(verifier_ common.Address, registry_ common.Address) []byte {
	enc, err := riscZeroAdapter.abi.Pack("", verifier_, registry_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackRegistry is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7b103999.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function registry() view returns(address)
func (riscZeroAdapter *RiscZeroAdapter) PackRegistry() []byte {
	enc, err := riscZeroAdapter.abi.Pack("registry")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRegistry is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7b103999.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function registry() view returns(address)
func (riscZeroAdapter *RiscZeroAdapter) TryPackRegistry() ([]byte, error) {
	return riscZeroAdapter.abi.Pack("registry")
}

// UnpackRegistry is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7b103999.
//
// Solidity: function registry() view returns(address)
func (riscZeroAdapter *RiscZeroAdapter) UnpackRegistry(data []byte) (common.Address, error) {
	out, err := riscZeroAdapter.abi.Unpack("registry", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2b7ac3f3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifier() view returns(address)
func (riscZeroAdapter *RiscZeroAdapter) PackVerifier() []byte {
	enc, err := riscZeroAdapter.abi.Pack("verifier")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2b7ac3f3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verifier() view returns(address)
func (riscZeroAdapter *RiscZeroAdapter) TryPackVerifier() ([]byte, error) {
	return riscZeroAdapter.abi.Pack("verifier")
}

// UnpackVerifier is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2b7ac3f3.
//
// Solidity: function verifier() view returns(address)
func (riscZeroAdapter *RiscZeroAdapter) UnpackVerifier(data []byte) (common.Address, error) {
	out, err := riscZeroAdapter.abi.Unpack("verifier", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackVerify is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xab750e75.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verify(bytes seal, bytes32 imageId, bytes32 journalDigest) view returns()
func (riscZeroAdapter *RiscZeroAdapter) PackVerify(seal []byte, imageId [32]byte, journalDigest [32]byte) []byte {
	enc, err := riscZeroAdapter.abi.Pack("verify", seal, imageId, journalDigest)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerify is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xab750e75.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verify(bytes seal, bytes32 imageId, bytes32 journalDigest) view returns()
func (riscZeroAdapter *RiscZeroAdapter) TryPackVerify(seal []byte, imageId [32]byte, journalDigest [32]byte) ([]byte, error) {
	return riscZeroAdapter.abi.Pack("verify", seal, imageId, journalDigest)
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (riscZeroAdapter *RiscZeroAdapter) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], riscZeroAdapter.abi.Errors["NotSettled"].ID.Bytes()[:4]) {
		return riscZeroAdapter.UnpackNotSettledError(raw[4:])
	}
	if bytes.Equal(raw[:4], riscZeroAdapter.abi.Errors["VerificationFailed"].ID.Bytes()[:4]) {
		return riscZeroAdapter.UnpackVerificationFailedError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// RiscZeroAdapterNotSettled represents a NotSettled error raised by the RiscZeroAdapter contract.
type RiscZeroAdapterNotSettled struct {
	Height     uint64
	Commitment [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotSettled(uint64 height, bytes32 commitment)
func RiscZeroAdapterNotSettledErrorID() common.Hash {
	return common.HexToHash("0x2827525b1dabf67a4554280d6728c9f265ff1867ec5e993ce982d57e7b253181")
}

// UnpackNotSettledError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotSettled(uint64 height, bytes32 commitment)
func (riscZeroAdapter *RiscZeroAdapter) UnpackNotSettledError(raw []byte) (*RiscZeroAdapterNotSettled, error) {
	out := new(RiscZeroAdapterNotSettled)
	if err := riscZeroAdapter.abi.UnpackIntoInterface(out, "NotSettled", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RiscZeroAdapterVerificationFailed represents a VerificationFailed error raised by the RiscZeroAdapter contract.
type RiscZeroAdapterVerificationFailed struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error VerificationFailed()
func RiscZeroAdapterVerificationFailedErrorID() common.Hash {
	return common.HexToHash("0x439cc0cdcf5111cc6eb1408a02ed260489a5b67e33c63cb120740798d258a949")
}

// UnpackVerificationFailedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error VerificationFailed()
func (riscZeroAdapter *RiscZeroAdapter) UnpackVerificationFailedError(raw []byte) (*RiscZeroAdapterVerificationFailed, error) {
	out := new(RiscZeroAdapterVerificationFailed)
	if err := riscZeroAdapter.abi.UnpackIntoInterface(out, "VerificationFailed", raw); err != nil {
		return nil, err
	}
	return out, nil
}
