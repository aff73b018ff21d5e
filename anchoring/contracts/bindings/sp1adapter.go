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

// SP1AdapterMetaData contains all meta data concerning the SP1Adapter contract.
var SP1AdapterMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"contractIVmVerifier\",\"name\":\"verifier_\",\"type\":\"address\"},{\"internalType\":\"contractAnchorRegistry\",\"name\":\"registry_\",\"type\":\"address\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"NotSettled\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"chainId\",\"type\":\"uint256\"}],\"name\":\"OtherChain\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"PublicValuesMalformed\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"registry\",\"outputs\":[{\"internalType\":\"contractAnchorRegistry\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"verifier\",\"outputs\":[{\"internalType\":\"contractIVmVerifier\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"programVKey\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"publicValues\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"proofBytes\",\"type\":\"bytes\"}],\"name\":\"verifyProof\",\"outputs\":[],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "SP1Adapter",
	Bin: "0x60c060405234801561000f575f5ffd5b5060405161075838038061075883398101604081905261002e9161005c565b6001600160a01b039182166080521660a052610094565b6001600160a01b0381168114610059575f5ffd5b50565b5f5f6040838503121561006d575f5ffd5b825161007881610045565b602084015190925061008981610045565b809150509250929050565b60805160a0516106976100c15f395f818160ad015261023001525f81816048015261033401526106975ff3fe608060405234801561000f575f5ffd5b506004361061003f575f3560e01c80632b7ac3f31461004357806341493c60146100935780637b103999146100a8575b5f5ffd5b61006a7f000000000000000000000000000000000000000000000000000000000000000081565b60405173ffffffffffffffffffffffffffffffffffffffff909116815260200160405180910390f35b6100a66100a13660046103dc565b6100cf565b005b61006a7f000000000000000000000000000000000000000000000000000000000000000081565b5f8080806100df87890189610482565b935093509350935087876040516100f79291906105a3565b60405180910390208484848460405160200161011694939291906105fe565b6040516020818303038152906040528051906020012014610163576040517fc66a4b9b00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b4684146101a4576040517f75dcd955000000000000000000000000000000000000000000000000000000008152600481018590526024015b60405180910390fd5b6101e6898484848a8a8080601f0160208091040260200160405190810160405280939291908181526020018383808284375f920191909152506101f192505050565b505050505050505050565b6040517f7acf812700000000000000000000000000000000000000000000000000000000815267ffffffffffffffff85166004820152602481018490527f000000000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff1690637acf812790604401602060405180830381865afa15801561028a573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906102ae9190610636565b6102f7576040517f2827525b00000000000000000000000000000000000000000000000000000000815267ffffffffffffffff851660048201526024810184905260440161019b565b6040517ffc2b427100000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000169063fc2b42719061036f90889087908790879060040161065c565b5f6040518083038186803b158015610385575f5ffd5b505afa1580156101e6573d5f5f3e3d5ffd5b5f5f83601f8401126103a7575f5ffd5b50813567ffffffffffffffff8111156103be575f5ffd5b6020830191508360208285010111156103d5575f5ffd5b9250929050565b5f5f5f5f5f606086880312156103f0575f5ffd5b85359450602086013567ffffffffffffffff81111561040d575f5ffd5b61041988828901610397565b909550935050604086013567ffffffffffffffff811115610438575f5ffd5b61044488828901610397565b969995985093965092949392505050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b5f5f5f5f60808587031215610495575f5ffd5b84359350602085013567ffffffffffffffff811681146104b3575f5ffd5b925060408501359150606085013567ffffffffffffffff8111156104d5575f5ffd5b8501601f810187136104e5575f5ffd5b803567ffffffffffffffff8111156104ff576104ff610455565b6040517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0603f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f8501160116810181811067ffffffffffffffff8211171561056b5761056b610455565b604052818152828201602001891015610582575f5ffd5b816020840160208301375f6020838301015280935050505092959194509250565b818382375f9101908152919050565b5f81518084528060208401602086015e5f6020828601015260207fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f83011685010191505092915050565b84815267ffffffffffffffff84166020820152826040820152608060608201525f61062c60808301846105b2565b9695505050505050565b5f60208284031215610646575f5ffd5b81518015158114610655575f5ffd5b9392505050565b848152836020820152608060408201525f61067a60808301856105b2565b828103606084015261068c81856105b2565b97965050505050505056",
}

// SP1Adapter is an auto generated Go binding around an Ethereum contract.
type SP1Adapter struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *SP1Adapter) GetABI() abi.ABI {
	return c.abi
}

// NewSP1Adapter creates a new instance of SP1Adapter.
func NewSP1Adapter() *SP1Adapter {
	parsed, err := SP1AdapterMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &SP1Adapter{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *SP1Adapter) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address verifier_, address registry_) returns()
func (sP1Adapter *SP1Adapter) PackConstructor(verifier_ common.Address, registry_ common.Address) []byte {
	enc, err := sP1Adapter.abi.Pack("", verifier_, registry_)
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
func (sP1Adapter *SP1Adapter) PackRegistry() []byte {
	enc, err := sP1Adapter.abi.Pack("registry")
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
func (sP1Adapter *SP1Adapter) TryPackRegistry() ([]byte, error) {
	return sP1Adapter.abi.Pack("registry")
}

// UnpackRegistry is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7b103999.
//
// Solidity: function registry() view returns(address)
func (sP1Adapter *SP1Adapter) UnpackRegistry(data []byte) (common.Address, error) {
	out, err := sP1Adapter.abi.Unpack("registry", data)
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
func (sP1Adapter *SP1Adapter) PackVerifier() []byte {
	enc, err := sP1Adapter.abi.Pack("verifier")
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
func (sP1Adapter *SP1Adapter) TryPackVerifier() ([]byte, error) {
	return sP1Adapter.abi.Pack("verifier")
}

// UnpackVerifier is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2b7ac3f3.
//
// Solidity: function verifier() view returns(address)
func (sP1Adapter *SP1Adapter) UnpackVerifier(data []byte) (common.Address, error) {
	out, err := sP1Adapter.abi.Unpack("verifier", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackVerifyProof is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x41493c60.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifyProof(bytes32 programVKey, bytes publicValues, bytes proofBytes) view returns()
func (sP1Adapter *SP1Adapter) PackVerifyProof(programVKey [32]byte, publicValues []byte, proofBytes []byte) []byte {
	enc, err := sP1Adapter.abi.Pack("verifyProof", programVKey, publicValues, proofBytes)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerifyProof is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x41493c60.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verifyProof(bytes32 programVKey, bytes publicValues, bytes proofBytes) view returns()
func (sP1Adapter *SP1Adapter) TryPackVerifyProof(programVKey [32]byte, publicValues []byte, proofBytes []byte) ([]byte, error) {
	return sP1Adapter.abi.Pack("verifyProof", programVKey, publicValues, proofBytes)
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (sP1Adapter *SP1Adapter) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], sP1Adapter.abi.Errors["NotSettled"].ID.Bytes()[:4]) {
		return sP1Adapter.UnpackNotSettledError(raw[4:])
	}
	if bytes.Equal(raw[:4], sP1Adapter.abi.Errors["OtherChain"].ID.Bytes()[:4]) {
		return sP1Adapter.UnpackOtherChainError(raw[4:])
	}
	if bytes.Equal(raw[:4], sP1Adapter.abi.Errors["PublicValuesMalformed"].ID.Bytes()[:4]) {
		return sP1Adapter.UnpackPublicValuesMalformedError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// SP1AdapterNotSettled represents a NotSettled error raised by the SP1Adapter contract.
type SP1AdapterNotSettled struct {
	Height     uint64
	Commitment [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotSettled(uint64 height, bytes32 commitment)
func SP1AdapterNotSettledErrorID() common.Hash {
	return common.HexToHash("0x2827525b1dabf67a4554280d6728c9f265ff1867ec5e993ce982d57e7b253181")
}

// UnpackNotSettledError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotSettled(uint64 height, bytes32 commitment)
func (sP1Adapter *SP1Adapter) UnpackNotSettledError(raw []byte) (*SP1AdapterNotSettled, error) {
	out := new(SP1AdapterNotSettled)
	if err := sP1Adapter.abi.UnpackIntoInterface(out, "NotSettled", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SP1AdapterOtherChain represents a OtherChain error raised by the SP1Adapter contract.
type SP1AdapterOtherChain struct {
	ChainId *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OtherChain(uint256 chainId)
func SP1AdapterOtherChainErrorID() common.Hash {
	return common.HexToHash("0x75dcd9554d5e7f91f4bda903e20d0fedb54b620a181a3e869b4a3001636cde70")
}

// UnpackOtherChainError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OtherChain(uint256 chainId)
func (sP1Adapter *SP1Adapter) UnpackOtherChainError(raw []byte) (*SP1AdapterOtherChain, error) {
	out := new(SP1AdapterOtherChain)
	if err := sP1Adapter.abi.UnpackIntoInterface(out, "OtherChain", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SP1AdapterPublicValuesMalformed represents a PublicValuesMalformed error raised by the SP1Adapter contract.
type SP1AdapterPublicValuesMalformed struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PublicValuesMalformed()
func SP1AdapterPublicValuesMalformedErrorID() common.Hash {
	return common.HexToHash("0xc66a4b9bd1c3988702d10cf814074151ecc773550ad12fbbeb62ebcf6378153d")
}

// UnpackPublicValuesMalformedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PublicValuesMalformed()
func (sP1Adapter *SP1Adapter) UnpackPublicValuesMalformedError(raw []byte) (*SP1AdapterPublicValuesMalformed, error) {
	out := new(SP1AdapterPublicValuesMalformed)
	if err := sP1Adapter.abi.UnpackIntoInterface(out, "PublicValuesMalformed", raw); err != nil {
		return nil, err
	}
	return out, nil
}
