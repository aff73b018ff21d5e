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

// VmVerifierMetaData contains all meta data concerning the VmVerifier contract.
var VmVerifierMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"address\",\"name\":\"verifier\",\"type\":\"address\"}],\"name\":\"NoCode\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"}],\"name\":\"NotOwner\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"}],\"name\":\"NotPendingOwner\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"SelectorInUse\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"SelectorRemoved\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"SelectorUnknown\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"SelectorZero\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"VerificationFailed\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"from\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"to\",\"type\":\"address\"}],\"name\":\"OwnershipOffered\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"by\",\"type\":\"address\"}],\"name\":\"OwnershipTaken\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"verifier\",\"type\":\"address\"}],\"name\":\"VerifierAdded\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"by\",\"type\":\"address\"}],\"name\":\"VerifierRemoved\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"MAX_JOURNAL\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"},{\"internalType\":\"contractIShapeVerifier\",\"name\":\"verifier\",\"type\":\"address\"}],\"name\":\"addVerifier\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"getVerifier\",\"outputs\":[{\"internalType\":\"contractIShapeVerifier\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"isRemoved\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"to\",\"type\":\"address\"}],\"name\":\"offerOwnership\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"owner\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"pendingOwner\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"proof\",\"type\":\"bytes\"}],\"name\":\"stop\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"takeOwnership\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"tombstone\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"programId\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"journal\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"proof\",\"type\":\"bytes\"}],\"name\":\"verify\",\"outputs\":[],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "VmVerifier",
	Bin: "0x6080604052348015600e575f5ffd5b505f80546001600160a01b03191633908117825560405190917fdc3c82f4776932041f15a08f769aadd6ed44c2a975e64bbf0fde8cf812f8b6b891a2610dea806100575f395ff3fe608060405234801561000f575f5ffd5b50600436106100c4575f3560e01c80638ea56bdc1161007d578063d0a6af3011610058578063d0a6af30146101e9578063e30c3978146101fc578063fc2b42711461021c575f5ffd5b80638ea56bdc146101ad57806391dd1df2146101c0578063c1c31bdf146101d6575f5ffd5b806360536172116100ad57806360536172146101715780638da5cb5b1461017b5780638e3e92f21461019a575f5ffd5b806308458603146100c85780633cadf44914610139575b5f5ffd5b6101246100d6366004610b54565b7fffffffff00000000000000000000000000000000000000000000000000000000165f9081526002602052604090205474010000000000000000000000000000000000000000900460ff1690565b60405190151581526020015b60405180910390f35b61014c610147366004610b54565b61022f565b60405173ffffffffffffffffffffffffffffffffffffffff9091168152602001610130565b61017961023f565b005b5f5461014c9073ffffffffffffffffffffffffffffffffffffffff1681565b6101796101a8366004610b95565b6102f7565b6101796101bb366004610b54565b6103b9565b6101c860f881565b604051908152602001610130565b6101796101e4366004610bf5565b610421565b6101796101f7366004610c34565b61044f565b60015461014c9073ffffffffffffffffffffffffffffffffffffffff1681565b61017961022a366004610c69565b61071b565b5f61023982610731565b92915050565b60015473ffffffffffffffffffffffffffffffffffffffff163314610297576040517fa09b9a430000000000000000000000000000000000000000000000000000000081523360048201526024015b60405180910390fd5b5f8054337fffffffffffffffffffffffff0000000000000000000000000000000000000000918216811783556001805490921690915560405190917fdc3c82f4776932041f15a08f769aadd6ed44c2a975e64bbf0fde8cf812f8b6b891a2565b5f5473ffffffffffffffffffffffffffffffffffffffff163314610349576040517f245aecd300000000000000000000000000000000000000000000000000000000815233600482015260240161028e565b600180547fffffffffffffffffffffffff00000000000000000000000000000000000000001673ffffffffffffffffffffffffffffffffffffffff831690811790915560405133907f278a93ce3591db94ed65bf1107826228ec69e444fbe2006b25e1ba8f18955b7f905f90a350565b5f5473ffffffffffffffffffffffffffffffffffffffff16331461040b576040517f245aecd300000000000000000000000000000000000000000000000000000000815233600482015260240161028e565b61041481610731565b5061041e81610868565b50565b6104395f8061043281808688610ceb565b8686610900565b61044b6104468284610d12565b610868565b5050565b5f5473ffffffffffffffffffffffffffffffffffffffff1633146104a1576040517f245aecd300000000000000000000000000000000000000000000000000000000815233600482015260240161028e565b7fffffffff0000000000000000000000000000000000000000000000000000000082165f036104fc576040517fc5142b6800000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b7fffffffff0000000000000000000000000000000000000000000000000000000082165f908152600260205260409020805474010000000000000000000000000000000000000000900460ff16156105a4576040517fde03ac4c0000000000000000000000000000000000000000000000000000000081527fffffffff000000000000000000000000000000000000000000000000000000008416600482015260240161028e565b805473ffffffffffffffffffffffffffffffffffffffff1615610617576040517f50a41efb0000000000000000000000000000000000000000000000000000000081527fffffffff000000000000000000000000000000000000000000000000000000008416600482015260240161028e565b8173ffffffffffffffffffffffffffffffffffffffff163b5f0361067f576040517f674520b600000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff8316600482015260240161028e565b80547fffffffffffffffffffffffff00000000000000000000000000000000000000001673ffffffffffffffffffffffffffffffffffffffff831690811782556040519081527fffffffff000000000000000000000000000000000000000000000000000000008416907f11afed1d3116b38770e59411326a0373f5466dc10cd0d3baafa7dc72eac93f1d9060200160405180910390a2505050565b610729868686868686610900565b505050505050565b7fffffffff0000000000000000000000000000000000000000000000000000000081165f908152600260205260408120805474010000000000000000000000000000000000000000900460ff16156107d9576040517fde03ac4c0000000000000000000000000000000000000000000000000000000081527fffffffff000000000000000000000000000000000000000000000000000000008416600482015260240161028e565b805473ffffffffffffffffffffffffffffffffffffffff1661084b576040517fe4ea65420000000000000000000000000000000000000000000000000000000081527fffffffff000000000000000000000000000000000000000000000000000000008416600482015260240161028e565b5473ffffffffffffffffffffffffffffffffffffffff1692915050565b7fffffffff0000000000000000000000000000000000000000000000000000000081165f8181526002602052604080822080547fffffffffffffffffffffff00ffffffffffffffffffffffffffffffffffffffff1674010000000000000000000000000000000000000000179055513392917f2e6c0d08a13ec6e77a3157146e97518dd1097649a588b3701acb270074cbab7291a350565b600481101561093b576040517f439cc0cd00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f61094e6109498385610d12565b610731565b905060f884118061097f57507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000018710155b806109aa57507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000018610155b156109e1576040517f439cc0cd00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b73ffffffffffffffffffffffffffffffffffffffff811663d058d6fe610a0a8460048188610ceb565b610a168b8b8b8b610a9a565b6040518463ffffffff1660e01b8152600401610a3493929190610d78565b5f6040518083038186803b158015610a4a575f5ffd5b505afa925050508015610a5b575060015b610a91576040517f439cc0cd00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b50505050505050565b610aa2610b01565b848152602081018490526040810182905282820160608201845b82811015610af657803560081c818403601f811015610ae55780601f0360031b82811c811b9250505b508252602090910190601f01610abc565b505050949350505050565b604051806101600160405280600b906020820280368337509192915050565b80357fffffffff0000000000000000000000000000000000000000000000000000000081168114610b4f575f5ffd5b919050565b5f60208284031215610b64575f5ffd5b610b6d82610b20565b9392505050565b73ffffffffffffffffffffffffffffffffffffffff8116811461041e575f5ffd5b5f60208284031215610ba5575f5ffd5b8135610b6d81610b74565b5f5f83601f840112610bc0575f5ffd5b50813567ffffffffffffffff811115610bd7575f5ffd5b602083019150836020828501011115610bee575f5ffd5b9250929050565b5f5f60208385031215610c06575f5ffd5b823567ffffffffffffffff811115610c1c575f5ffd5b610c2885828601610bb0565b90969095509350505050565b5f5f60408385031215610c45575f5ffd5b610c4e83610b20565b91506020830135610c5e81610b74565b809150509250929050565b5f5f5f5f5f5f60808789031215610c7e575f5ffd5b8635955060208701359450604087013567ffffffffffffffff811115610ca2575f5ffd5b610cae89828a01610bb0565b909550935050606087013567ffffffffffffffff811115610ccd575f5ffd5b610cd989828a01610bb0565b979a9699509497509295939492505050565b5f5f85851115610cf9575f5ffd5b83861115610d05575f5ffd5b5050820193919092039150565b80357fffffffff000000000000000000000000000000000000000000000000000000008116906004841015610d71577fffffffff00000000000000000000000000000000000000000000000000000000808560040360031b1b82161691505b5092915050565b61018081528261018082015282846101a08301375f6101a084830101525f6101a07fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f860116830101905060208201835f5b600b811015610af6578151835260209283019290910190600101610dcb56",
}

// VmVerifier is an auto generated Go binding around an Ethereum contract.
type VmVerifier struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *VmVerifier) GetABI() abi.ABI {
	return c.abi
}

// NewVmVerifier creates a new instance of VmVerifier.
func NewVmVerifier() *VmVerifier {
	parsed, err := VmVerifierMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &VmVerifier{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *VmVerifier) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackMAXJOURNAL is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x91dd1df2.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_JOURNAL() view returns(uint256)
func (vmVerifier *VmVerifier) PackMAXJOURNAL() []byte {
	enc, err := vmVerifier.abi.Pack("MAX_JOURNAL")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXJOURNAL is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x91dd1df2.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_JOURNAL() view returns(uint256)
func (vmVerifier *VmVerifier) TryPackMAXJOURNAL() ([]byte, error) {
	return vmVerifier.abi.Pack("MAX_JOURNAL")
}

// UnpackMAXJOURNAL is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x91dd1df2.
//
// Solidity: function MAX_JOURNAL() view returns(uint256)
func (vmVerifier *VmVerifier) UnpackMAXJOURNAL(data []byte) (*big.Int, error) {
	out, err := vmVerifier.abi.Unpack("MAX_JOURNAL", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackAddVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd0a6af30.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function addVerifier(bytes4 selector, address verifier) returns()
func (vmVerifier *VmVerifier) PackAddVerifier(selector [4]byte, verifier common.Address) []byte {
	enc, err := vmVerifier.abi.Pack("addVerifier", selector, verifier)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAddVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd0a6af30.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function addVerifier(bytes4 selector, address verifier) returns()
func (vmVerifier *VmVerifier) TryPackAddVerifier(selector [4]byte, verifier common.Address) ([]byte, error) {
	return vmVerifier.abi.Pack("addVerifier", selector, verifier)
}

// PackGetVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3cadf449.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function getVerifier(bytes4 selector) view returns(address)
func (vmVerifier *VmVerifier) PackGetVerifier(selector [4]byte) []byte {
	enc, err := vmVerifier.abi.Pack("getVerifier", selector)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3cadf449.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function getVerifier(bytes4 selector) view returns(address)
func (vmVerifier *VmVerifier) TryPackGetVerifier(selector [4]byte) ([]byte, error) {
	return vmVerifier.abi.Pack("getVerifier", selector)
}

// UnpackGetVerifier is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3cadf449.
//
// Solidity: function getVerifier(bytes4 selector) view returns(address)
func (vmVerifier *VmVerifier) UnpackGetVerifier(data []byte) (common.Address, error) {
	out, err := vmVerifier.abi.Unpack("getVerifier", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackIsRemoved is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x08458603.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function isRemoved(bytes4 selector) view returns(bool)
func (vmVerifier *VmVerifier) PackIsRemoved(selector [4]byte) []byte {
	enc, err := vmVerifier.abi.Pack("isRemoved", selector)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackIsRemoved is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x08458603.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function isRemoved(bytes4 selector) view returns(bool)
func (vmVerifier *VmVerifier) TryPackIsRemoved(selector [4]byte) ([]byte, error) {
	return vmVerifier.abi.Pack("isRemoved", selector)
}

// UnpackIsRemoved is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x08458603.
//
// Solidity: function isRemoved(bytes4 selector) view returns(bool)
func (vmVerifier *VmVerifier) UnpackIsRemoved(data []byte) (bool, error) {
	out, err := vmVerifier.abi.Unpack("isRemoved", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackOfferOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8e3e92f2.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function offerOwnership(address to) returns()
func (vmVerifier *VmVerifier) PackOfferOwnership(to common.Address) []byte {
	enc, err := vmVerifier.abi.Pack("offerOwnership", to)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOfferOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8e3e92f2.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function offerOwnership(address to) returns()
func (vmVerifier *VmVerifier) TryPackOfferOwnership(to common.Address) ([]byte, error) {
	return vmVerifier.abi.Pack("offerOwnership", to)
}

// PackOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8da5cb5b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function owner() view returns(address)
func (vmVerifier *VmVerifier) PackOwner() []byte {
	enc, err := vmVerifier.abi.Pack("owner")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8da5cb5b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function owner() view returns(address)
func (vmVerifier *VmVerifier) TryPackOwner() ([]byte, error) {
	return vmVerifier.abi.Pack("owner")
}

// UnpackOwner is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8da5cb5b.
//
// Solidity: function owner() view returns(address)
func (vmVerifier *VmVerifier) UnpackOwner(data []byte) (common.Address, error) {
	out, err := vmVerifier.abi.Unpack("owner", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackPendingOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe30c3978.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function pendingOwner() view returns(address)
func (vmVerifier *VmVerifier) PackPendingOwner() []byte {
	enc, err := vmVerifier.abi.Pack("pendingOwner")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPendingOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe30c3978.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function pendingOwner() view returns(address)
func (vmVerifier *VmVerifier) TryPackPendingOwner() ([]byte, error) {
	return vmVerifier.abi.Pack("pendingOwner")
}

// UnpackPendingOwner is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe30c3978.
//
// Solidity: function pendingOwner() view returns(address)
func (vmVerifier *VmVerifier) UnpackPendingOwner(data []byte) (common.Address, error) {
	out, err := vmVerifier.abi.Unpack("pendingOwner", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackStop is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc1c31bdf.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function stop(bytes proof) returns()
func (vmVerifier *VmVerifier) PackStop(proof []byte) []byte {
	enc, err := vmVerifier.abi.Pack("stop", proof)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackStop is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc1c31bdf.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function stop(bytes proof) returns()
func (vmVerifier *VmVerifier) TryPackStop(proof []byte) ([]byte, error) {
	return vmVerifier.abi.Pack("stop", proof)
}

// PackTakeOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x60536172.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function takeOwnership() returns()
func (vmVerifier *VmVerifier) PackTakeOwnership() []byte {
	enc, err := vmVerifier.abi.Pack("takeOwnership")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTakeOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x60536172.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function takeOwnership() returns()
func (vmVerifier *VmVerifier) TryPackTakeOwnership() ([]byte, error) {
	return vmVerifier.abi.Pack("takeOwnership")
}

// PackTombstone is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8ea56bdc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function tombstone(bytes4 selector) returns()
func (vmVerifier *VmVerifier) PackTombstone(selector [4]byte) []byte {
	enc, err := vmVerifier.abi.Pack("tombstone", selector)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTombstone is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8ea56bdc.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function tombstone(bytes4 selector) returns()
func (vmVerifier *VmVerifier) TryPackTombstone(selector [4]byte) ([]byte, error) {
	return vmVerifier.abi.Pack("tombstone", selector)
}

// PackVerify is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfc2b4271.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verify(bytes32 programId, bytes32 commitment, bytes journal, bytes proof) view returns()
func (vmVerifier *VmVerifier) PackVerify(programId [32]byte, commitment [32]byte, journal []byte, proof []byte) []byte {
	enc, err := vmVerifier.abi.Pack("verify", programId, commitment, journal, proof)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerify is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfc2b4271.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verify(bytes32 programId, bytes32 commitment, bytes journal, bytes proof) view returns()
func (vmVerifier *VmVerifier) TryPackVerify(programId [32]byte, commitment [32]byte, journal []byte, proof []byte) ([]byte, error) {
	return vmVerifier.abi.Pack("verify", programId, commitment, journal, proof)
}

// VmVerifierOwnershipOffered represents a OwnershipOffered event raised by the VmVerifier contract.
type VmVerifierOwnershipOffered struct {
	From common.Address
	To   common.Address
	Raw  *types.Log // Blockchain specific contextual infos
}

const VmVerifierOwnershipOfferedEventName = "OwnershipOffered"

// ContractEventName returns the user-defined event name.
func (VmVerifierOwnershipOffered) ContractEventName() string {
	return VmVerifierOwnershipOfferedEventName
}

// UnpackOwnershipOfferedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event OwnershipOffered(address indexed from, address indexed to)
func (vmVerifier *VmVerifier) UnpackOwnershipOfferedEvent(log *types.Log) (*VmVerifierOwnershipOffered, error) {
	event := "OwnershipOffered"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != vmVerifier.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(VmVerifierOwnershipOffered)
	if len(log.Data) > 0 {
		if err := vmVerifier.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range vmVerifier.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// VmVerifierOwnershipTaken represents a OwnershipTaken event raised by the VmVerifier contract.
type VmVerifierOwnershipTaken struct {
	By  common.Address
	Raw *types.Log // Blockchain specific contextual infos
}

const VmVerifierOwnershipTakenEventName = "OwnershipTaken"

// ContractEventName returns the user-defined event name.
func (VmVerifierOwnershipTaken) ContractEventName() string {
	return VmVerifierOwnershipTakenEventName
}

// UnpackOwnershipTakenEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event OwnershipTaken(address indexed by)
func (vmVerifier *VmVerifier) UnpackOwnershipTakenEvent(log *types.Log) (*VmVerifierOwnershipTaken, error) {
	event := "OwnershipTaken"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != vmVerifier.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(VmVerifierOwnershipTaken)
	if len(log.Data) > 0 {
		if err := vmVerifier.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range vmVerifier.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// VmVerifierVerifierAdded represents a VerifierAdded event raised by the VmVerifier contract.
type VmVerifierVerifierAdded struct {
	Selector [4]byte
	Verifier common.Address
	Raw      *types.Log // Blockchain specific contextual infos
}

const VmVerifierVerifierAddedEventName = "VerifierAdded"

// ContractEventName returns the user-defined event name.
func (VmVerifierVerifierAdded) ContractEventName() string {
	return VmVerifierVerifierAddedEventName
}

// UnpackVerifierAddedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event VerifierAdded(bytes4 indexed selector, address verifier)
func (vmVerifier *VmVerifier) UnpackVerifierAddedEvent(log *types.Log) (*VmVerifierVerifierAdded, error) {
	event := "VerifierAdded"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != vmVerifier.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(VmVerifierVerifierAdded)
	if len(log.Data) > 0 {
		if err := vmVerifier.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range vmVerifier.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// VmVerifierVerifierRemoved represents a VerifierRemoved event raised by the VmVerifier contract.
type VmVerifierVerifierRemoved struct {
	Selector [4]byte
	By       common.Address
	Raw      *types.Log // Blockchain specific contextual infos
}

const VmVerifierVerifierRemovedEventName = "VerifierRemoved"

// ContractEventName returns the user-defined event name.
func (VmVerifierVerifierRemoved) ContractEventName() string {
	return VmVerifierVerifierRemovedEventName
}

// UnpackVerifierRemovedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event VerifierRemoved(bytes4 indexed selector, address indexed by)
func (vmVerifier *VmVerifier) UnpackVerifierRemovedEvent(log *types.Log) (*VmVerifierVerifierRemoved, error) {
	event := "VerifierRemoved"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != vmVerifier.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(VmVerifierVerifierRemoved)
	if len(log.Data) > 0 {
		if err := vmVerifier.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range vmVerifier.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (vmVerifier *VmVerifier) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], vmVerifier.abi.Errors["NoCode"].ID.Bytes()[:4]) {
		return vmVerifier.UnpackNoCodeError(raw[4:])
	}
	if bytes.Equal(raw[:4], vmVerifier.abi.Errors["NotOwner"].ID.Bytes()[:4]) {
		return vmVerifier.UnpackNotOwnerError(raw[4:])
	}
	if bytes.Equal(raw[:4], vmVerifier.abi.Errors["NotPendingOwner"].ID.Bytes()[:4]) {
		return vmVerifier.UnpackNotPendingOwnerError(raw[4:])
	}
	if bytes.Equal(raw[:4], vmVerifier.abi.Errors["SelectorInUse"].ID.Bytes()[:4]) {
		return vmVerifier.UnpackSelectorInUseError(raw[4:])
	}
	if bytes.Equal(raw[:4], vmVerifier.abi.Errors["SelectorRemoved"].ID.Bytes()[:4]) {
		return vmVerifier.UnpackSelectorRemovedError(raw[4:])
	}
	if bytes.Equal(raw[:4], vmVerifier.abi.Errors["SelectorUnknown"].ID.Bytes()[:4]) {
		return vmVerifier.UnpackSelectorUnknownError(raw[4:])
	}
	if bytes.Equal(raw[:4], vmVerifier.abi.Errors["SelectorZero"].ID.Bytes()[:4]) {
		return vmVerifier.UnpackSelectorZeroError(raw[4:])
	}
	if bytes.Equal(raw[:4], vmVerifier.abi.Errors["VerificationFailed"].ID.Bytes()[:4]) {
		return vmVerifier.UnpackVerificationFailedError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// VmVerifierNoCode represents a NoCode error raised by the VmVerifier contract.
type VmVerifierNoCode struct {
	Verifier common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoCode(address verifier)
func VmVerifierNoCodeErrorID() common.Hash {
	return common.HexToHash("0x674520b6bb5a7851149439c2748026005a69a70a0b4e6c410abbfac42015a2a9")
}

// UnpackNoCodeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoCode(address verifier)
func (vmVerifier *VmVerifier) UnpackNoCodeError(raw []byte) (*VmVerifierNoCode, error) {
	out := new(VmVerifierNoCode)
	if err := vmVerifier.abi.UnpackIntoInterface(out, "NoCode", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VmVerifierNotOwner represents a NotOwner error raised by the VmVerifier contract.
type VmVerifierNotOwner struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotOwner(address caller)
func VmVerifierNotOwnerErrorID() common.Hash {
	return common.HexToHash("0x245aecd3fabbd17d6c3c92dc7f0ab916ea8cbf6fc1862c8b56893090ac3fff4c")
}

// UnpackNotOwnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotOwner(address caller)
func (vmVerifier *VmVerifier) UnpackNotOwnerError(raw []byte) (*VmVerifierNotOwner, error) {
	out := new(VmVerifierNotOwner)
	if err := vmVerifier.abi.UnpackIntoInterface(out, "NotOwner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VmVerifierNotPendingOwner represents a NotPendingOwner error raised by the VmVerifier contract.
type VmVerifierNotPendingOwner struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotPendingOwner(address caller)
func VmVerifierNotPendingOwnerErrorID() common.Hash {
	return common.HexToHash("0xa09b9a43f5079ab76282436418880308d29eac5d371578b36d8ee3ff8e88597d")
}

// UnpackNotPendingOwnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotPendingOwner(address caller)
func (vmVerifier *VmVerifier) UnpackNotPendingOwnerError(raw []byte) (*VmVerifierNotPendingOwner, error) {
	out := new(VmVerifierNotPendingOwner)
	if err := vmVerifier.abi.UnpackIntoInterface(out, "NotPendingOwner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VmVerifierSelectorInUse represents a SelectorInUse error raised by the VmVerifier contract.
type VmVerifierSelectorInUse struct {
	Selector [4]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SelectorInUse(bytes4 selector)
func VmVerifierSelectorInUseErrorID() common.Hash {
	return common.HexToHash("0x50a41efb2f2ba2f1397a5ba260205434d0d54eec4901651d92a5091b4ecc224f")
}

// UnpackSelectorInUseError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SelectorInUse(bytes4 selector)
func (vmVerifier *VmVerifier) UnpackSelectorInUseError(raw []byte) (*VmVerifierSelectorInUse, error) {
	out := new(VmVerifierSelectorInUse)
	if err := vmVerifier.abi.UnpackIntoInterface(out, "SelectorInUse", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VmVerifierSelectorRemoved represents a SelectorRemoved error raised by the VmVerifier contract.
type VmVerifierSelectorRemoved struct {
	Selector [4]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SelectorRemoved(bytes4 selector)
func VmVerifierSelectorRemovedErrorID() common.Hash {
	return common.HexToHash("0xde03ac4c41f6f2e1f1f274aac0ec03d9c5907cf5a447c59c2254718a880055a9")
}

// UnpackSelectorRemovedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SelectorRemoved(bytes4 selector)
func (vmVerifier *VmVerifier) UnpackSelectorRemovedError(raw []byte) (*VmVerifierSelectorRemoved, error) {
	out := new(VmVerifierSelectorRemoved)
	if err := vmVerifier.abi.UnpackIntoInterface(out, "SelectorRemoved", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VmVerifierSelectorUnknown represents a SelectorUnknown error raised by the VmVerifier contract.
type VmVerifierSelectorUnknown struct {
	Selector [4]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SelectorUnknown(bytes4 selector)
func VmVerifierSelectorUnknownErrorID() common.Hash {
	return common.HexToHash("0xe4ea6542c368c543bdec892b2cb44b9ec87d032867461d034ea388dcbcb529dc")
}

// UnpackSelectorUnknownError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SelectorUnknown(bytes4 selector)
func (vmVerifier *VmVerifier) UnpackSelectorUnknownError(raw []byte) (*VmVerifierSelectorUnknown, error) {
	out := new(VmVerifierSelectorUnknown)
	if err := vmVerifier.abi.UnpackIntoInterface(out, "SelectorUnknown", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VmVerifierSelectorZero represents a SelectorZero error raised by the VmVerifier contract.
type VmVerifierSelectorZero struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SelectorZero()
func VmVerifierSelectorZeroErrorID() common.Hash {
	return common.HexToHash("0xc5142b682fdd67525f7c3ef623db448ab8f8dec11171c9bd4bba37b53792f6ff")
}

// UnpackSelectorZeroError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SelectorZero()
func (vmVerifier *VmVerifier) UnpackSelectorZeroError(raw []byte) (*VmVerifierSelectorZero, error) {
	out := new(VmVerifierSelectorZero)
	if err := vmVerifier.abi.UnpackIntoInterface(out, "SelectorZero", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VmVerifierVerificationFailed represents a VerificationFailed error raised by the VmVerifier contract.
type VmVerifierVerificationFailed struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error VerificationFailed()
func VmVerifierVerificationFailedErrorID() common.Hash {
	return common.HexToHash("0x439cc0cdcf5111cc6eb1408a02ed260489a5b67e33c63cb120740798d258a949")
}

// UnpackVerificationFailedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error VerificationFailed()
func (vmVerifier *VmVerifier) UnpackVerificationFailedError(raw []byte) (*VmVerifierVerificationFailed, error) {
	out := new(VmVerifierVerificationFailed)
	if err := vmVerifier.abi.UnpackIntoInterface(out, "VerificationFailed", raw); err != nil {
		return nil, err
	}
	return out, nil
}
