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
	ABI: "[{\"inputs\":[{\"internalType\":\"address\",\"name\":\"key\",\"type\":\"address\"}],\"name\":\"KeyMalformed\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"key\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"offset\",\"type\":\"uint256\"}],\"name\":\"KeyPointInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"key\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"offset\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"other\",\"type\":\"uint256\"}],\"name\":\"KeyPointKnown\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"}],\"name\":\"NotOwner\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"}],\"name\":\"NotPendingOwner\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"SelectorInUse\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"SelectorRemoved\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"SelectorUnknown\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"SelectorZero\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"chainId\",\"type\":\"uint256\"}],\"name\":\"UnsafeDevKeyOnRealChain\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"VerificationFailed\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"key\",\"type\":\"address\"}],\"name\":\"KeyAdded\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"by\",\"type\":\"address\"}],\"name\":\"KeyRemoved\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"from\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"to\",\"type\":\"address\"}],\"name\":\"OwnershipOffered\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"by\",\"type\":\"address\"}],\"name\":\"OwnershipTaken\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"MAX_JOURNAL\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"key\",\"type\":\"address\"}],\"name\":\"addKey\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"getKey\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"isRemoved\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"to\",\"type\":\"address\"}],\"name\":\"offerOwnership\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"owner\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"pendingOwner\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"proof\",\"type\":\"bytes\"}],\"name\":\"stop\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"takeOwnership\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"tombstone\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"programId\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"journal\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"proof\",\"type\":\"bytes\"}],\"name\":\"verify\",\"outputs\":[],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "VmVerifier",
	Bin: "0x6080604052348015600e575f5ffd5b505f80546001600160a01b03191633908117825560405190917fdc3c82f4776932041f15a08f769aadd6ed44c2a975e64bbf0fde8cf812f8b6b891a2611700806100575f395ff3fe608060405234801561000f575f5ffd5b50600436106100c4575f3560e01c80638e3e92f21161007d578063c1c31bdf11610058578063c1c31bdf146101e9578063e30c3978146101fc578063fc2b42711461021c575f5ffd5b80638e3e92f2146101bb5780638ea56bdc146101ce57806391dd1df2146101e1575f5ffd5b80635f7b68be116100ad5780635f7b68be1461017157806360536172146101925780638da5cb5b1461019c575f5ffd5b806306de25f1146100c85780630845860314610105575b5f5ffd5b6100db6100d6366004611477565b61022f565b60405173ffffffffffffffffffffffffffffffffffffffff90911681526020015b60405180910390f35b610161610113366004611477565b7fffffffff00000000000000000000000000000000000000000000000000000000165f9081526002602052604090205474010000000000000000000000000000000000000000900460ff1690565b60405190151581526020016100fc565b61018461017f3660046114b6565b61023f565b6040519081526020016100fc565b61019a6104b9565b005b5f546100db9073ffffffffffffffffffffffffffffffffffffffff1681565b61019a6101c93660046114b6565b61056c565b61019a6101dc366004611477565b61062e565b61018460f881565b61019a6101f736600461152e565b610696565b6001546100db9073ffffffffffffffffffffffffffffffffffffffff1681565b61019a61022a36600461156d565b6106c4565b5f610239826106da565b92915050565b5f805473ffffffffffffffffffffffffffffffffffffffff163314610297576040517f245aecd30000000000000000000000000000000000000000000000000000000081523360048201526024015b60405180910390fd5b6102a082610811565b9050807fffffffff0000000000000000000000000000000000000000000000000000000081165f036102fe576040517fc5142b6800000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b7fffffffff0000000000000000000000000000000000000000000000000000000081165f908152600260205260409020805474010000000000000000000000000000000000000000900460ff16156103a6576040517fde03ac4c0000000000000000000000000000000000000000000000000000000081527fffffffff000000000000000000000000000000000000000000000000000000008316600482015260240161028e565b805473ffffffffffffffffffffffffffffffffffffffff1615610419576040517f50a41efb0000000000000000000000000000000000000000000000000000000081527fffffffff000000000000000000000000000000000000000000000000000000008316600482015260240161028e565b80547fffffffffffffffffffffffff00000000000000000000000000000000000000001673ffffffffffffffffffffffffffffffffffffffff8516908117825560405190815283907fffffffff000000000000000000000000000000000000000000000000000000008416907fcb659d5132a4322c663d7ec1e46a4a1c636a75b0a3e70f72c5a7c5b1884215829060200160405180910390a35050919050565b60015473ffffffffffffffffffffffffffffffffffffffff16331461050c576040517fa09b9a4300000000000000000000000000000000000000000000000000000000815233600482015260240161028e565b5f8054337fffffffffffffffffffffffff0000000000000000000000000000000000000000918216811783556001805490921690915560405190917fdc3c82f4776932041f15a08f769aadd6ed44c2a975e64bbf0fde8cf812f8b6b891a2565b5f5473ffffffffffffffffffffffffffffffffffffffff1633146105be576040517f245aecd300000000000000000000000000000000000000000000000000000000815233600482015260240161028e565b600180547fffffffffffffffffffffffff00000000000000000000000000000000000000001673ffffffffffffffffffffffffffffffffffffffff831690811790915560405133907f278a93ce3591db94ed65bf1107826228ec69e444fbe2006b25e1ba8f18955b7f905f90a350565b5f5473ffffffffffffffffffffffffffffffffffffffff163314610680576040517f245aecd300000000000000000000000000000000000000000000000000000000815233600482015260240161028e565b610689816106da565b5061069381610c23565b50565b6106ae5f806106a7818086886115ef565b8686610cbb565b6106c06106bb8284611616565b610c23565b5050565b6106d2868686868686610cbb565b505050505050565b7fffffffff0000000000000000000000000000000000000000000000000000000081165f908152600260205260408120805474010000000000000000000000000000000000000000900460ff1615610782576040517fde03ac4c0000000000000000000000000000000000000000000000000000000081527fffffffff000000000000000000000000000000000000000000000000000000008416600482015260240161028e565b805473ffffffffffffffffffffffffffffffffffffffff166107f4576040517fe4ea65420000000000000000000000000000000000000000000000000000000081527fffffffff000000000000000000000000000000000000000000000000000000008416600482015260240161028e565b5473ffffffffffffffffffffffffffffffffffffffff1692915050565b5f5f8273ffffffffffffffffffffffffffffffffffffffff16803b806020016040519081016040528181525f908060200190933c905061052081511461089b576040517fc40f555700000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff8416600482015260240161028e565b60208101517ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe81167e766d686f73742067726f746831362d62736232322d626e323534207631000014610932576040517fc40f555700000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff8516600482015260240161028e565b61093b81610d64565b61094784836020610dbf565b60408201516001036109aa576040517f4c432f1900000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff85166004820152602060248201525f604482015260640161028e565b6101e05b610520811015610a6c576109c3858483610dbf565b5f6109d16101e060406116a9565b90505b81811015610a5957602081850101516020838601015103610a47576040517f4c432f1900000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff87166004820152602481018390526044810182905260640161028e565b610a526040826116a9565b90506109d4565b50610a656040826116a9565b90506109ae565b5060605b6101608111610c1357610a84858483610f25565b7f198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2610ab28483016020015190565b148015610af457507f1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed610af284610aea8460206116a9565b016020015190565b145b15610b50576040517f4c432f1900000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff86166004820152602481018290525f604482015260640161028e565b60605b81811015610c00576020818501015160208386010151148015610b915750610b8084610aea8360206116a9565b610b8f85610aea8560206116a9565b145b15610bee576040517f4c432f1900000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff87166004820152602481018390526044810182905260640161028e565b610bf96080826116a9565b9050610b53565b50610c0c6080826116a9565b9050610a70565b5050805160209091012092915050565b7fffffffff0000000000000000000000000000000000000000000000000000000081165f8181526002602052604080822080547fffffffffffffffffffffff00ffffffffffffffffffffffffffffffffffffffff1674010000000000000000000000000000000000000000179055513392917f43eed3776542bd20495d72fea87f5b0262d01784ff3a86c7a63f2628dbfd3d5891a350565b6004811015610cf6576040517f439cc0cd00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f610d09610d048385611616565b6106da565b9050610d258188888888610d20886004818c6115ef565b61101d565b610d5b576040517f439cc0cd00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b50505050505050565b6001811615801590610d7857504661053914155b8015610d86575046617a6914155b15610693576040517f9aac504e00000000000000000000000000000000000000000000000000000000815246600482015260240161028e565b5f610dcd8383016020015190565b90505f610ddf84610aea8560206116a9565b90507f30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd4782101580610e3057507f30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd478110155b80610ec857507f30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd4760037f30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47847f30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd4786870909087f30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd4782830914155b15610f1e576040517f15dfb76b00000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff861660048201526024810184905260440161028e565b5050505050565b610f2d611459565b5f5f5b6004811015610fa157610f5285610f488360206116bc565b610aea90876116a9565b83610f5e8360026116a9565b60068110610f6e57610f6e6116d3565b602002015282610f7f8260026116a9565b60068110610f8f57610f8f6116d3565b60200201519190911790600101610f30565b505f60205f60c08560085afa5f516001143d602014909116169050801580610fc7575081155b156106d2576040517f15dfb76b00000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff871660048201526024810185905260440161028e565b5f6101808214158061102f575060f884115b8061105a57507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000018710155b8061108557507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000018610155b1561109157505f6110dd565b6040515f61052081838c3c508051610180856106808401376110b281610d64565b6110bf828a8a8a8a6110e8565b6110c882611160565b80156110d857506110d882611238565b925050505b979650505050505050565b61052085018481528360208201528160408201526060810190508282810161010083015b80841015611155575f828410156111415750823560081c838303601f81101561113f5780601f0360031b82811c811b9250505b505b8452602090930192601f929092019161110c565b505050505050505050565b5f6101e0820161117661080084018260406113e7565b61118a6108408401610780850160406113e7565b611193836113f0565b61119f57505f92915050565b61052083015b61068084018110156111f1576040820191505f6111c0825190565b905080158015906111d957506111d785848361140c565b155b156111e857505f949350505050565b506020016111a5565b50611231838260400161122c6107808701604090207f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001900690565b61140c565b9392505050565b5f5f6112698361080090207f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001900690565b905061127a836107c085018361140c565b61128657505f92915050565b61129583610780850183611430565b6112a157505f92915050565b6108a083016112b681610680860160c06113e7565b6112c88160c0016020860160c06113e7565b6112dc8161018001610800860160406113e7565b6112f08161024001610740860160406113e7565b611303816102800160e0860160806113e7565b6113178161030001610840860160406113e7565b61132b8161034001610160860160806113e7565b7f198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c26101c08201527f1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed6101e08201527f275dc4a288d1afb3cbb1ac09187524c7db36395df7be3b99e673b13a075a65ec6102008201527f1d9befcd05a5323e6da4d435f3b617cdb3af83285c2df711ef39c01571827f9d61022082015260205f6103c08360085afa5f516001143d60201490911616949350505050565b8082845e505050565b5f610800820160408160808360065afa3d604014169392505050565b5f611418848484611430565b80156114285750611428846113f0565b949350505050565b5f6108408401604084825e82604082015260408160608360075afa3d6040141695945050505050565b6040518060c001604052806006906020820280368337509192915050565b5f60208284031215611487575f5ffd5b81357fffffffff0000000000000000000000000000000000000000000000000000000081168114611231575f5ffd5b5f602082840312156114c6575f5ffd5b813573ffffffffffffffffffffffffffffffffffffffff81168114611231575f5ffd5b5f5f83601f8401126114f9575f5ffd5b50813567ffffffffffffffff811115611510575f5ffd5b602083019150836020828501011115611527575f5ffd5b9250929050565b5f5f6020838503121561153f575f5ffd5b823567ffffffffffffffff811115611555575f5ffd5b611561858286016114e9565b90969095509350505050565b5f5f5f5f5f5f60808789031215611582575f5ffd5b8635955060208701359450604087013567ffffffffffffffff8111156115a6575f5ffd5b6115b289828a016114e9565b909550935050606087013567ffffffffffffffff8111156115d1575f5ffd5b6115dd89828a016114e9565b979a9699509497509295939492505050565b5f5f858511156115fd575f5ffd5b83861115611609575f5ffd5b5050820193919092039150565b80357fffffffff000000000000000000000000000000000000000000000000000000008116906004841015611675577fffffffff00000000000000000000000000000000000000000000000000000000808560040360031b1b82161691505b5092915050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b808201808211156102395761023961167c565b80820281158282048414176102395761023961167c565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd",
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

// PackAddKey is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5f7b68be.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function addKey(address key) returns(bytes32 id)
func (vmVerifier *VmVerifier) PackAddKey(key common.Address) []byte {
	enc, err := vmVerifier.abi.Pack("addKey", key)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAddKey is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5f7b68be.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function addKey(address key) returns(bytes32 id)
func (vmVerifier *VmVerifier) TryPackAddKey(key common.Address) ([]byte, error) {
	return vmVerifier.abi.Pack("addKey", key)
}

// UnpackAddKey is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5f7b68be.
//
// Solidity: function addKey(address key) returns(bytes32 id)
func (vmVerifier *VmVerifier) UnpackAddKey(data []byte) ([32]byte, error) {
	out, err := vmVerifier.abi.Unpack("addKey", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackGetKey is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06de25f1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function getKey(bytes4 selector) view returns(address)
func (vmVerifier *VmVerifier) PackGetKey(selector [4]byte) []byte {
	enc, err := vmVerifier.abi.Pack("getKey", selector)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetKey is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06de25f1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function getKey(bytes4 selector) view returns(address)
func (vmVerifier *VmVerifier) TryPackGetKey(selector [4]byte) ([]byte, error) {
	return vmVerifier.abi.Pack("getKey", selector)
}

// UnpackGetKey is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x06de25f1.
//
// Solidity: function getKey(bytes4 selector) view returns(address)
func (vmVerifier *VmVerifier) UnpackGetKey(data []byte) (common.Address, error) {
	out, err := vmVerifier.abi.Unpack("getKey", data)
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

// VmVerifierKeyAdded represents a KeyAdded event raised by the VmVerifier contract.
type VmVerifierKeyAdded struct {
	Selector [4]byte
	Id       [32]byte
	Key      common.Address
	Raw      *types.Log // Blockchain specific contextual infos
}

const VmVerifierKeyAddedEventName = "KeyAdded"

// ContractEventName returns the user-defined event name.
func (VmVerifierKeyAdded) ContractEventName() string {
	return VmVerifierKeyAddedEventName
}

// UnpackKeyAddedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event KeyAdded(bytes4 indexed selector, bytes32 indexed id, address key)
func (vmVerifier *VmVerifier) UnpackKeyAddedEvent(log *types.Log) (*VmVerifierKeyAdded, error) {
	event := "KeyAdded"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != vmVerifier.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(VmVerifierKeyAdded)
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

// VmVerifierKeyRemoved represents a KeyRemoved event raised by the VmVerifier contract.
type VmVerifierKeyRemoved struct {
	Selector [4]byte
	By       common.Address
	Raw      *types.Log // Blockchain specific contextual infos
}

const VmVerifierKeyRemovedEventName = "KeyRemoved"

// ContractEventName returns the user-defined event name.
func (VmVerifierKeyRemoved) ContractEventName() string {
	return VmVerifierKeyRemovedEventName
}

// UnpackKeyRemovedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event KeyRemoved(bytes4 indexed selector, address indexed by)
func (vmVerifier *VmVerifier) UnpackKeyRemovedEvent(log *types.Log) (*VmVerifierKeyRemoved, error) {
	event := "KeyRemoved"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != vmVerifier.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(VmVerifierKeyRemoved)
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

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (vmVerifier *VmVerifier) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], vmVerifier.abi.Errors["KeyMalformed"].ID.Bytes()[:4]) {
		return vmVerifier.UnpackKeyMalformedError(raw[4:])
	}
	if bytes.Equal(raw[:4], vmVerifier.abi.Errors["KeyPointInvalid"].ID.Bytes()[:4]) {
		return vmVerifier.UnpackKeyPointInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], vmVerifier.abi.Errors["KeyPointKnown"].ID.Bytes()[:4]) {
		return vmVerifier.UnpackKeyPointKnownError(raw[4:])
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
	if bytes.Equal(raw[:4], vmVerifier.abi.Errors["UnsafeDevKeyOnRealChain"].ID.Bytes()[:4]) {
		return vmVerifier.UnpackUnsafeDevKeyOnRealChainError(raw[4:])
	}
	if bytes.Equal(raw[:4], vmVerifier.abi.Errors["VerificationFailed"].ID.Bytes()[:4]) {
		return vmVerifier.UnpackVerificationFailedError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// VmVerifierKeyMalformed represents a KeyMalformed error raised by the VmVerifier contract.
type VmVerifierKeyMalformed struct {
	Key common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error KeyMalformed(address key)
func VmVerifierKeyMalformedErrorID() common.Hash {
	return common.HexToHash("0xc40f5557677312d324579aaf35f0f6329e48f393110f258950b41c95f7eb6d19")
}

// UnpackKeyMalformedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error KeyMalformed(address key)
func (vmVerifier *VmVerifier) UnpackKeyMalformedError(raw []byte) (*VmVerifierKeyMalformed, error) {
	out := new(VmVerifierKeyMalformed)
	if err := vmVerifier.abi.UnpackIntoInterface(out, "KeyMalformed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VmVerifierKeyPointInvalid represents a KeyPointInvalid error raised by the VmVerifier contract.
type VmVerifierKeyPointInvalid struct {
	Key    common.Address
	Offset *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error KeyPointInvalid(address key, uint256 offset)
func VmVerifierKeyPointInvalidErrorID() common.Hash {
	return common.HexToHash("0x15dfb76b88a05aad2df004c7f22e3b994e3634496517a9bc810dcf88c8aa8c6a")
}

// UnpackKeyPointInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error KeyPointInvalid(address key, uint256 offset)
func (vmVerifier *VmVerifier) UnpackKeyPointInvalidError(raw []byte) (*VmVerifierKeyPointInvalid, error) {
	out := new(VmVerifierKeyPointInvalid)
	if err := vmVerifier.abi.UnpackIntoInterface(out, "KeyPointInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VmVerifierKeyPointKnown represents a KeyPointKnown error raised by the VmVerifier contract.
type VmVerifierKeyPointKnown struct {
	Key    common.Address
	Offset *big.Int
	Other  *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error KeyPointKnown(address key, uint256 offset, uint256 other)
func VmVerifierKeyPointKnownErrorID() common.Hash {
	return common.HexToHash("0x4c432f19e912bc07028c1951297a2c498d7cd360229cdf7481a5b2f93e6ffc00")
}

// UnpackKeyPointKnownError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error KeyPointKnown(address key, uint256 offset, uint256 other)
func (vmVerifier *VmVerifier) UnpackKeyPointKnownError(raw []byte) (*VmVerifierKeyPointKnown, error) {
	out := new(VmVerifierKeyPointKnown)
	if err := vmVerifier.abi.UnpackIntoInterface(out, "KeyPointKnown", raw); err != nil {
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

// VmVerifierUnsafeDevKeyOnRealChain represents a UnsafeDevKeyOnRealChain error raised by the VmVerifier contract.
type VmVerifierUnsafeDevKeyOnRealChain struct {
	ChainId *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error UnsafeDevKeyOnRealChain(uint256 chainId)
func VmVerifierUnsafeDevKeyOnRealChainErrorID() common.Hash {
	return common.HexToHash("0x9aac504e43b69abe329b303aef142e807c35c7a37130025838be1e67be66d253")
}

// UnpackUnsafeDevKeyOnRealChainError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error UnsafeDevKeyOnRealChain(uint256 chainId)
func (vmVerifier *VmVerifier) UnpackUnsafeDevKeyOnRealChainError(raw []byte) (*VmVerifierUnsafeDevKeyOnRealChain, error) {
	out := new(VmVerifierUnsafeDevKeyOnRealChain)
	if err := vmVerifier.abi.UnpackIntoInterface(out, "UnsafeDevKeyOnRealChain", raw); err != nil {
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
