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

// ResultConsumerPolicy is an auto generated low-level Go binding around an user-defined struct.
type ResultConsumerPolicy struct {
	MinDepth uint64
	MaxAge   uint64
	Settled  bool
}

// ResultConsumerMetaData contains all meta data concerning the ResultConsumer contract.
var ResultConsumerMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"contractIVmVerifier\",\"name\":\"verifier_\",\"type\":\"address\"},{\"internalType\":\"contractAnchorRegistry\",\"name\":\"registry_\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"programId_\",\"type\":\"bytes32\"},{\"components\":[{\"internalType\":\"uint64\",\"name\":\"minDepth\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"maxAge\",\"type\":\"uint64\"},{\"internalType\":\"bool\",\"name\":\"settled\",\"type\":\"bool\"}],\"internalType\":\"structResultConsumer.Policy\",\"name\":\"policy\",\"type\":\"tuple\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"NotAnchored\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"uint256\",\"name\":\"required\",\"type\":\"uint256\"}],\"name\":\"NotDeepEnough\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"accepted\",\"type\":\"uint64\"}],\"name\":\"NotNewer\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"NotSettled\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"PolicyEmpty\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"uint256\",\"name\":\"last\",\"type\":\"uint256\"}],\"name\":\"TooOld\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ZeroProgram\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"journal\",\"type\":\"bytes\"}],\"name\":\"ResultAccepted\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"commitment\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"height\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"journal\",\"outputs\":[{\"internalType\":\"bytes\",\"name\":\"\",\"type\":\"bytes\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"maxAge\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"minDepth\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"programId\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"registry\",\"outputs\":[{\"internalType\":\"contractAnchorRegistry\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"settled\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height_\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment_\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"journal_\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"proof\",\"type\":\"bytes\"}],\"name\":\"submit\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"verifier\",\"outputs\":[{\"internalType\":\"contractIVmVerifier\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "ResultConsumer",
	Bin: "0x610140604052348015610010575f5ffd5b50604051610e8a380380610e8a83398101604081905261002f91610118565b5f8290036100505760405163ee41732b60e01b815260040160405180910390fd5b60208101516001600160401b0316158015906100845750805f01516001600160401b031681602001516001600160401b0316105b156100a257604051635fded1e160e11b815260040160405180910390fd5b6001600160a01b039384166080529190921660a05260c09190915280516001600160401b0390811660e05260208201511661010052604001511515610120526101d6565b6001600160a01b03811681146100fa575f5ffd5b50565b80516001600160401b0381168114610113575f5ffd5b919050565b5f5f5f5f84860360c081121561012c575f5ffd5b8551610137816100e6565b6020870151909550610148816100e6565b604087015190945092506060605f1982011215610163575f5ffd5b50604051606081016001600160401b038111828210171561019257634e487b7160e01b5f52604160045260245ffd5b6040526101a1606087016100fd565b81526101af608087016100fd565b602082015260a086015180151581146101c6575f5ffd5b6040820152939692955090935050565b60805160a05160c05160e0516101005161012051610c356102555f395f81816101ce01526104fd01525f8181610180015281816102e9015261031f01525f818161022c015261025d01525f8181610205015261069601525f81816101a701528181610434015261056201525f818161011f01526106690152610c355ff3fe608060405234801561000f575f5ffd5b50600436106100b9575f3560e01c8063687043c5116100725780638f775839116100585780638f775839146101c957806398812da814610200578063c957315514610227575f5ffd5b8063687043c51461017b5780637b103999146101a2575f5ffd5b80631303a484116100a25780631303a484146101035780632b7ac3f31461011a5780636147142514610166575f5ffd5b80630e9bf3d1146100bd5780630ef26743146100d2575b5f5ffd5b6100d06100cb36600461085a565b61024e565b005b5f546100e59067ffffffffffffffff1681565b60405167ffffffffffffffff90911681526020015b60405180910390f35b61010c60015481565b6040519081526020016100fa565b6101417f000000000000000000000000000000000000000000000000000000000000000081565b60405173ffffffffffffffffffffffffffffffffffffffff90911681526020016100fa565b61016e610789565b6040516100fa91906108f1565b6100e57f000000000000000000000000000000000000000000000000000000000000000081565b6101417f000000000000000000000000000000000000000000000000000000000000000081565b6101f07f000000000000000000000000000000000000000000000000000000000000000081565b60405190151581526020016100fa565b61010c7f000000000000000000000000000000000000000000000000000000000000000081565b6100e57f000000000000000000000000000000000000000000000000000000000000000081565b5f61028667ffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000008116908916610944565b9050804310156102da576040517f4a79ed8f00000000000000000000000000000000000000000000000000000000815267ffffffffffffffff88166004820152602481018290526044015b60405180910390fd5b5f61031267ffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000008116908a16610944565b905067ffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000161580159061034c57508043115b15610396576040517f0b7c8bd700000000000000000000000000000000000000000000000000000000815267ffffffffffffffff89166004820152602481018290526044016102d1565b5f5467ffffffffffffffff908116908916116103f5575f546040517fa30ddf4c00000000000000000000000000000000000000000000000000000000815267ffffffffffffffff808b16600483015290911660248201526044016102d1565b6040517f15c3216700000000000000000000000000000000000000000000000000000000815267ffffffffffffffff89166004820152602481018890527f000000000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff16906315c3216790604401602060405180830381865afa15801561048e573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906104b29190610982565b6104fb576040517f76dce6e700000000000000000000000000000000000000000000000000000000815267ffffffffffffffff89166004820152602481018890526044016102d1565b7f000000000000000000000000000000000000000000000000000000000000000080156105e257506040517f7acf812700000000000000000000000000000000000000000000000000000000815267ffffffffffffffff89166004820152602481018890527f000000000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff1690637acf812790604401602060405180830381865afa1580156105bc573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906105e09190610982565b155b1561062c576040517f2827525b00000000000000000000000000000000000000000000000000000000815267ffffffffffffffff89166004820152602481018890526044016102d1565b6040517ffc2b427100000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000169063fc2b4271906106c8907f0000000000000000000000000000000000000000000000000000000000000000908b908b908b908b908b906004016109ef565b5f6040518083038186803b1580156106de575f5ffd5b505afa1580156106f0573d5f5f3e3d5ffd5b50505f80547fffffffffffffffffffffffffffffffffffffffffffffffff00000000000000001667ffffffffffffffff8c16179055505060018790556002610739868883610b03565b50868867ffffffffffffffff167f25a864d784cad67b1796e5d713d2c5a1228b1f5054c08b53d0bac2617ecc86e28888604051610777929190610c1a565b60405180910390a35050505050505050565b6002805461079690610a5b565b80601f01602080910402602001604051908101604052809291908181526020018280546107c290610a5b565b801561080d5780601f106107e45761010080835404028352916020019161080d565b820191905f5260205f20905b8154815290600101906020018083116107f057829003601f168201915b505050505081565b5f5f83601f840112610825575f5ffd5b50813567ffffffffffffffff81111561083c575f5ffd5b602083019150836020828501011115610853575f5ffd5b9250929050565b5f5f5f5f5f5f6080878903121561086f575f5ffd5b863567ffffffffffffffff81168114610886575f5ffd5b955060208701359450604087013567ffffffffffffffff8111156108a8575f5ffd5b6108b489828a01610815565b909550935050606087013567ffffffffffffffff8111156108d3575f5ffd5b6108df89828a01610815565b979a9699509497509295939492505050565b602081525f82518060208401528060208501604085015e5f6040828501015260407fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f83011684010191505092915050565b8082018082111561097c577f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b92915050565b5f60208284031215610992575f5ffd5b815180151581146109a1575f5ffd5b9392505050565b81835281816020850137505f602082840101525f60207fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f840116840101905092915050565b868152856020820152608060408201525f610a0e6080830186886109a8565b8281036060840152610a218185876109a8565b9998505050505050505050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b600181811c90821680610a6f57607f821691505b602082108103610aa6577f4e487b71000000000000000000000000000000000000000000000000000000005f52602260045260245ffd5b50919050565b601f821115610afe5782821115610afe57805f5260205f20601f840160051c6020851015610ad757505f5b90810190601f840160051c035f5b81811015610afa575f83820155600101610ae5565b5050505b505050565b67ffffffffffffffff831115610b1b57610b1b610a2e565b610b2f83610b298354610a5b565b83610aac565b5f601f841160018114610b7f575f8515610b495750838201355b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff600387901b1c1916600186901b178355610c13565b5f838152602081207fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08716915b82811015610bcc5786850135825560209485019460019092019101610bac565b5086821015610c07577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff60f88860031b161c19848701351681555b505060018560011b0183555b5050505050565b602081525f610c2d6020830184866109a8565b94935050505056",
}

// ResultConsumer is an auto generated Go binding around an Ethereum contract.
type ResultConsumer struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *ResultConsumer) GetABI() abi.ABI {
	return c.abi
}

// NewResultConsumer creates a new instance of ResultConsumer.
func NewResultConsumer() *ResultConsumer {
	parsed, err := ResultConsumerMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &ResultConsumer{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *ResultConsumer) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address verifier_, address registry_, bytes32 programId_, (uint64,uint64,bool) policy) returns()
func (resultConsumer *ResultConsumer) PackConstructor(verifier_ common.Address, registry_ common.Address, programId_ [32]byte, policy ResultConsumerPolicy) []byte {
	enc, err := resultConsumer.abi.Pack("", verifier_, registry_, programId_, policy)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackCommitment is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1303a484.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function commitment() view returns(bytes32)
func (resultConsumer *ResultConsumer) PackCommitment() []byte {
	enc, err := resultConsumer.abi.Pack("commitment")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCommitment is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1303a484.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function commitment() view returns(bytes32)
func (resultConsumer *ResultConsumer) TryPackCommitment() ([]byte, error) {
	return resultConsumer.abi.Pack("commitment")
}

// UnpackCommitment is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x1303a484.
//
// Solidity: function commitment() view returns(bytes32)
func (resultConsumer *ResultConsumer) UnpackCommitment(data []byte) ([32]byte, error) {
	out, err := resultConsumer.abi.Unpack("commitment", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackHeight is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0ef26743.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function height() view returns(uint64)
func (resultConsumer *ResultConsumer) PackHeight() []byte {
	enc, err := resultConsumer.abi.Pack("height")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackHeight is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0ef26743.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function height() view returns(uint64)
func (resultConsumer *ResultConsumer) TryPackHeight() ([]byte, error) {
	return resultConsumer.abi.Pack("height")
}

// UnpackHeight is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x0ef26743.
//
// Solidity: function height() view returns(uint64)
func (resultConsumer *ResultConsumer) UnpackHeight(data []byte) (uint64, error) {
	out, err := resultConsumer.abi.Unpack("height", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackJournal is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x61471425.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function journal() view returns(bytes)
func (resultConsumer *ResultConsumer) PackJournal() []byte {
	enc, err := resultConsumer.abi.Pack("journal")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackJournal is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x61471425.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function journal() view returns(bytes)
func (resultConsumer *ResultConsumer) TryPackJournal() ([]byte, error) {
	return resultConsumer.abi.Pack("journal")
}

// UnpackJournal is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x61471425.
//
// Solidity: function journal() view returns(bytes)
func (resultConsumer *ResultConsumer) UnpackJournal(data []byte) ([]byte, error) {
	out, err := resultConsumer.abi.Unpack("journal", data)
	if err != nil {
		return *new([]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([]byte)).(*[]byte)
	return out0, nil
}

// PackMaxAge is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x687043c5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function maxAge() view returns(uint64)
func (resultConsumer *ResultConsumer) PackMaxAge() []byte {
	enc, err := resultConsumer.abi.Pack("maxAge")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMaxAge is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x687043c5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function maxAge() view returns(uint64)
func (resultConsumer *ResultConsumer) TryPackMaxAge() ([]byte, error) {
	return resultConsumer.abi.Pack("maxAge")
}

// UnpackMaxAge is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x687043c5.
//
// Solidity: function maxAge() view returns(uint64)
func (resultConsumer *ResultConsumer) UnpackMaxAge(data []byte) (uint64, error) {
	out, err := resultConsumer.abi.Unpack("maxAge", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackMinDepth is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc9573155.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function minDepth() view returns(uint64)
func (resultConsumer *ResultConsumer) PackMinDepth() []byte {
	enc, err := resultConsumer.abi.Pack("minDepth")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMinDepth is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc9573155.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function minDepth() view returns(uint64)
func (resultConsumer *ResultConsumer) TryPackMinDepth() ([]byte, error) {
	return resultConsumer.abi.Pack("minDepth")
}

// UnpackMinDepth is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc9573155.
//
// Solidity: function minDepth() view returns(uint64)
func (resultConsumer *ResultConsumer) UnpackMinDepth(data []byte) (uint64, error) {
	out, err := resultConsumer.abi.Unpack("minDepth", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackProgramId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x98812da8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function programId() view returns(bytes32)
func (resultConsumer *ResultConsumer) PackProgramId() []byte {
	enc, err := resultConsumer.abi.Pack("programId")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProgramId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x98812da8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function programId() view returns(bytes32)
func (resultConsumer *ResultConsumer) TryPackProgramId() ([]byte, error) {
	return resultConsumer.abi.Pack("programId")
}

// UnpackProgramId is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x98812da8.
//
// Solidity: function programId() view returns(bytes32)
func (resultConsumer *ResultConsumer) UnpackProgramId(data []byte) ([32]byte, error) {
	out, err := resultConsumer.abi.Unpack("programId", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackRegistry is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7b103999.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function registry() view returns(address)
func (resultConsumer *ResultConsumer) PackRegistry() []byte {
	enc, err := resultConsumer.abi.Pack("registry")
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
func (resultConsumer *ResultConsumer) TryPackRegistry() ([]byte, error) {
	return resultConsumer.abi.Pack("registry")
}

// UnpackRegistry is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7b103999.
//
// Solidity: function registry() view returns(address)
func (resultConsumer *ResultConsumer) UnpackRegistry(data []byte) (common.Address, error) {
	out, err := resultConsumer.abi.Unpack("registry", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackSettled is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8f775839.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function settled() view returns(bool)
func (resultConsumer *ResultConsumer) PackSettled() []byte {
	enc, err := resultConsumer.abi.Pack("settled")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSettled is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8f775839.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function settled() view returns(bool)
func (resultConsumer *ResultConsumer) TryPackSettled() ([]byte, error) {
	return resultConsumer.abi.Pack("settled")
}

// UnpackSettled is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8f775839.
//
// Solidity: function settled() view returns(bool)
func (resultConsumer *ResultConsumer) UnpackSettled(data []byte) (bool, error) {
	out, err := resultConsumer.abi.Unpack("settled", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackSubmit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0e9bf3d1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function submit(uint64 height_, bytes32 commitment_, bytes journal_, bytes proof) returns()
func (resultConsumer *ResultConsumer) PackSubmit(height uint64, commitment [32]byte, journal []byte, proof []byte) []byte {
	enc, err := resultConsumer.abi.Pack("submit", height, commitment, journal, proof)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSubmit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0e9bf3d1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function submit(uint64 height_, bytes32 commitment_, bytes journal_, bytes proof) returns()
func (resultConsumer *ResultConsumer) TryPackSubmit(height uint64, commitment [32]byte, journal []byte, proof []byte) ([]byte, error) {
	return resultConsumer.abi.Pack("submit", height, commitment, journal, proof)
}

// PackVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2b7ac3f3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifier() view returns(address)
func (resultConsumer *ResultConsumer) PackVerifier() []byte {
	enc, err := resultConsumer.abi.Pack("verifier")
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
func (resultConsumer *ResultConsumer) TryPackVerifier() ([]byte, error) {
	return resultConsumer.abi.Pack("verifier")
}

// UnpackVerifier is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2b7ac3f3.
//
// Solidity: function verifier() view returns(address)
func (resultConsumer *ResultConsumer) UnpackVerifier(data []byte) (common.Address, error) {
	out, err := resultConsumer.abi.Unpack("verifier", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// ResultConsumerResultAccepted represents a ResultAccepted event raised by the ResultConsumer contract.
type ResultConsumerResultAccepted struct {
	Height     uint64
	Commitment [32]byte
	Journal    []byte
	Raw        *types.Log // Blockchain specific contextual infos
}

const ResultConsumerResultAcceptedEventName = "ResultAccepted"

// ContractEventName returns the user-defined event name.
func (ResultConsumerResultAccepted) ContractEventName() string {
	return ResultConsumerResultAcceptedEventName
}

// UnpackResultAcceptedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ResultAccepted(uint64 indexed height, bytes32 indexed commitment, bytes journal)
func (resultConsumer *ResultConsumer) UnpackResultAcceptedEvent(log *types.Log) (*ResultConsumerResultAccepted, error) {
	event := "ResultAccepted"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != resultConsumer.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(ResultConsumerResultAccepted)
	if len(log.Data) > 0 {
		if err := resultConsumer.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range resultConsumer.abi.Events[event].Inputs {
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
func (resultConsumer *ResultConsumer) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], resultConsumer.abi.Errors["NotAnchored"].ID.Bytes()[:4]) {
		return resultConsumer.UnpackNotAnchoredError(raw[4:])
	}
	if bytes.Equal(raw[:4], resultConsumer.abi.Errors["NotDeepEnough"].ID.Bytes()[:4]) {
		return resultConsumer.UnpackNotDeepEnoughError(raw[4:])
	}
	if bytes.Equal(raw[:4], resultConsumer.abi.Errors["NotNewer"].ID.Bytes()[:4]) {
		return resultConsumer.UnpackNotNewerError(raw[4:])
	}
	if bytes.Equal(raw[:4], resultConsumer.abi.Errors["NotSettled"].ID.Bytes()[:4]) {
		return resultConsumer.UnpackNotSettledError(raw[4:])
	}
	if bytes.Equal(raw[:4], resultConsumer.abi.Errors["PolicyEmpty"].ID.Bytes()[:4]) {
		return resultConsumer.UnpackPolicyEmptyError(raw[4:])
	}
	if bytes.Equal(raw[:4], resultConsumer.abi.Errors["TooOld"].ID.Bytes()[:4]) {
		return resultConsumer.UnpackTooOldError(raw[4:])
	}
	if bytes.Equal(raw[:4], resultConsumer.abi.Errors["ZeroProgram"].ID.Bytes()[:4]) {
		return resultConsumer.UnpackZeroProgramError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// ResultConsumerNotAnchored represents a NotAnchored error raised by the ResultConsumer contract.
type ResultConsumerNotAnchored struct {
	Height     uint64
	Commitment [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotAnchored(uint64 height, bytes32 commitment)
func ResultConsumerNotAnchoredErrorID() common.Hash {
	return common.HexToHash("0x76dce6e7555297b45acb33c14fa28c8180308f86073327ccdf296abab2cdfc6c")
}

// UnpackNotAnchoredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotAnchored(uint64 height, bytes32 commitment)
func (resultConsumer *ResultConsumer) UnpackNotAnchoredError(raw []byte) (*ResultConsumerNotAnchored, error) {
	out := new(ResultConsumerNotAnchored)
	if err := resultConsumer.abi.UnpackIntoInterface(out, "NotAnchored", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ResultConsumerNotDeepEnough represents a NotDeepEnough error raised by the ResultConsumer contract.
type ResultConsumerNotDeepEnough struct {
	Height   uint64
	Required *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotDeepEnough(uint64 height, uint256 required)
func ResultConsumerNotDeepEnoughErrorID() common.Hash {
	return common.HexToHash("0x4a79ed8f08487101c1f7faa0e16fe67c2f75bb9a9fd716a25c384bf4bf8efa22")
}

// UnpackNotDeepEnoughError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotDeepEnough(uint64 height, uint256 required)
func (resultConsumer *ResultConsumer) UnpackNotDeepEnoughError(raw []byte) (*ResultConsumerNotDeepEnough, error) {
	out := new(ResultConsumerNotDeepEnough)
	if err := resultConsumer.abi.UnpackIntoInterface(out, "NotDeepEnough", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ResultConsumerNotNewer represents a NotNewer error raised by the ResultConsumer contract.
type ResultConsumerNotNewer struct {
	Height   uint64
	Accepted uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotNewer(uint64 height, uint64 accepted)
func ResultConsumerNotNewerErrorID() common.Hash {
	return common.HexToHash("0xa30ddf4cadc349bbfd849f3d8117cb8556ed2835488aed89b3dc4fcf98ea70ea")
}

// UnpackNotNewerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotNewer(uint64 height, uint64 accepted)
func (resultConsumer *ResultConsumer) UnpackNotNewerError(raw []byte) (*ResultConsumerNotNewer, error) {
	out := new(ResultConsumerNotNewer)
	if err := resultConsumer.abi.UnpackIntoInterface(out, "NotNewer", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ResultConsumerNotSettled represents a NotSettled error raised by the ResultConsumer contract.
type ResultConsumerNotSettled struct {
	Height     uint64
	Commitment [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotSettled(uint64 height, bytes32 commitment)
func ResultConsumerNotSettledErrorID() common.Hash {
	return common.HexToHash("0x2827525b1dabf67a4554280d6728c9f265ff1867ec5e993ce982d57e7b253181")
}

// UnpackNotSettledError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotSettled(uint64 height, bytes32 commitment)
func (resultConsumer *ResultConsumer) UnpackNotSettledError(raw []byte) (*ResultConsumerNotSettled, error) {
	out := new(ResultConsumerNotSettled)
	if err := resultConsumer.abi.UnpackIntoInterface(out, "NotSettled", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ResultConsumerPolicyEmpty represents a PolicyEmpty error raised by the ResultConsumer contract.
type ResultConsumerPolicyEmpty struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PolicyEmpty()
func ResultConsumerPolicyEmptyErrorID() common.Hash {
	return common.HexToHash("0xbfbda3c23b4802afa8697f2df0c4e112204fd6e7a31c03190f90a72cb5fd8e01")
}

// UnpackPolicyEmptyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PolicyEmpty()
func (resultConsumer *ResultConsumer) UnpackPolicyEmptyError(raw []byte) (*ResultConsumerPolicyEmpty, error) {
	out := new(ResultConsumerPolicyEmpty)
	if err := resultConsumer.abi.UnpackIntoInterface(out, "PolicyEmpty", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ResultConsumerTooOld represents a TooOld error raised by the ResultConsumer contract.
type ResultConsumerTooOld struct {
	Height uint64
	Last   *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooOld(uint64 height, uint256 last)
func ResultConsumerTooOldErrorID() common.Hash {
	return common.HexToHash("0x0b7c8bd715e876a6970936f1c0354e312291a5e56b484343082c5b56e2702906")
}

// UnpackTooOldError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooOld(uint64 height, uint256 last)
func (resultConsumer *ResultConsumer) UnpackTooOldError(raw []byte) (*ResultConsumerTooOld, error) {
	out := new(ResultConsumerTooOld)
	if err := resultConsumer.abi.UnpackIntoInterface(out, "TooOld", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ResultConsumerZeroProgram represents a ZeroProgram error raised by the ResultConsumer contract.
type ResultConsumerZeroProgram struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ZeroProgram()
func ResultConsumerZeroProgramErrorID() common.Hash {
	return common.HexToHash("0xee41732b8d576db12d225ead51883e1a1c76eae0f70ee99046cd08c7b7005c2c")
}

// UnpackZeroProgramError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ZeroProgram()
func (resultConsumer *ResultConsumer) UnpackZeroProgramError(raw []byte) (*ResultConsumerZeroProgram, error) {
	out := new(ResultConsumerZeroProgram)
	if err := resultConsumer.abi.UnpackIntoInterface(out, "ZeroProgram", raw); err != nil {
		return nil, err
	}
	return out, nil
}
