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

// ResultConsumerMetaData contains all meta data concerning the ResultConsumer contract.
var ResultConsumerMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"contractIVmVerifier\",\"name\":\"verifier_\",\"type\":\"address\"},{\"internalType\":\"contractAnchorRegistry\",\"name\":\"registry_\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"programId_\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"minDepth_\",\"type\":\"uint64\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"NotAnchored\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"uint256\",\"name\":\"required\",\"type\":\"uint256\"}],\"name\":\"NotDeepEnough\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"accepted\",\"type\":\"uint64\"}],\"name\":\"NotNewer\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ZeroProgram\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"journal\",\"type\":\"bytes\"}],\"name\":\"ResultAccepted\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"commitment\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"height\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"journal\",\"outputs\":[{\"internalType\":\"bytes\",\"name\":\"\",\"type\":\"bytes\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"minDepth\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"programId\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"registry\",\"outputs\":[{\"internalType\":\"contractAnchorRegistry\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height_\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment_\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"journal_\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"proof\",\"type\":\"bytes\"}],\"name\":\"submit\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"verifier\",\"outputs\":[{\"internalType\":\"contractIVmVerifier\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "ResultConsumer",
	Bin: "0x610100604052348015610010575f5ffd5b50604051610af3380380610af383398101604081905261002f91610093565b5f8290036100505760405163ee41732b60e01b815260040160405180910390fd5b6001600160a01b039384166080529190921660a05260c0919091526001600160401b031660e0526100f0565b6001600160a01b0381168114610090575f5ffd5b50565b5f5f5f5f608085870312156100a6575f5ffd5b84516100b18161007c565b60208601519094506100c28161007c565b6040860151606087015191945092506001600160401b03811681146100e5575f5ffd5b939692955090935050565b60805160a05160c05160e0516109b561013e5f395f818161019a01526101cb01525f8181610173015261041701525f818161014c01526102e601525f818160eb01526103ea01526109b55ff3fe608060405234801561000f575f5ffd5b5060043610610085575f3560e01c8063614714251161005857806361471425146101325780637b1039991461014757806398812da81461016e578063c957315514610195575f5ffd5b80630e9bf3d1146100895780630ef267431461009e5780631303a484146100cf5780632b7ac3f3146100e6575b5f5ffd5b61009c6100973660046105da565b6101bc565b005b5f546100b19067ffffffffffffffff1681565b60405167ffffffffffffffff90911681526020015b60405180910390f35b6100d860015481565b6040519081526020016100c6565b61010d7f000000000000000000000000000000000000000000000000000000000000000081565b60405173ffffffffffffffffffffffffffffffffffffffff90911681526020016100c6565b61013a610509565b6040516100c69190610671565b61010d7f000000000000000000000000000000000000000000000000000000000000000081565b6100d87f000000000000000000000000000000000000000000000000000000000000000081565b6100b17f000000000000000000000000000000000000000000000000000000000000000081565b5f6101f467ffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000081169089166106c4565b905080431015610248576040517f4a79ed8f00000000000000000000000000000000000000000000000000000000815267ffffffffffffffff88166004820152602481018290526044015b60405180910390fd5b5f5467ffffffffffffffff908116908816116102a7575f546040517fa30ddf4c00000000000000000000000000000000000000000000000000000000815267ffffffffffffffff808a166004830152909116602482015260440161023f565b6040517f15c3216700000000000000000000000000000000000000000000000000000000815267ffffffffffffffff88166004820152602481018790527f000000000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff16906315c3216790604401602060405180830381865afa158015610340573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906103649190610702565b6103ad576040517f76dce6e700000000000000000000000000000000000000000000000000000000815267ffffffffffffffff881660048201526024810187905260440161023f565b6040517ffc2b427100000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000169063fc2b427190610449907f0000000000000000000000000000000000000000000000000000000000000000908a908a908a908a908a9060040161076f565b5f6040518083038186803b15801561045f575f5ffd5b505afa158015610471573d5f5f3e3d5ffd5b50505f80547fffffffffffffffffffffffffffffffffffffffffffffffff00000000000000001667ffffffffffffffff8b161790555050600186905560026104ba858783610883565b50858767ffffffffffffffff167f25a864d784cad67b1796e5d713d2c5a1228b1f5054c08b53d0bac2617ecc86e287876040516104f892919061099a565b60405180910390a350505050505050565b60028054610516906107db565b80601f0160208091040260200160405190810160405280929190818152602001828054610542906107db565b801561058d5780601f106105645761010080835404028352916020019161058d565b820191905f5260205f20905b81548152906001019060200180831161057057829003601f168201915b505050505081565b5f5f83601f8401126105a5575f5ffd5b50813567ffffffffffffffff8111156105bc575f5ffd5b6020830191508360208285010111156105d3575f5ffd5b9250929050565b5f5f5f5f5f5f608087890312156105ef575f5ffd5b863567ffffffffffffffff81168114610606575f5ffd5b955060208701359450604087013567ffffffffffffffff811115610628575f5ffd5b61063489828a01610595565b909550935050606087013567ffffffffffffffff811115610653575f5ffd5b61065f89828a01610595565b979a9699509497509295939492505050565b602081525f82518060208401528060208501604085015e5f6040828501015260407fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f83011684010191505092915050565b808201808211156106fc577f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b92915050565b5f60208284031215610712575f5ffd5b81518015158114610721575f5ffd5b9392505050565b81835281816020850137505f602082840101525f60207fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f840116840101905092915050565b868152856020820152608060408201525f61078e608083018688610728565b82810360608401526107a1818587610728565b9998505050505050505050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b600181811c908216806107ef57607f821691505b602082108103610826577f4e487b71000000000000000000000000000000000000000000000000000000005f52602260045260245ffd5b50919050565b601f82111561087e578282111561087e57805f5260205f20601f840160051c602085101561085757505f5b90810190601f840160051c035f5b8181101561087a575f83820155600101610865565b5050505b505050565b67ffffffffffffffff83111561089b5761089b6107ae565b6108af836108a983546107db565b8361082c565b5f601f8411600181146108ff575f85156108c95750838201355b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff600387901b1c1916600186901b178355610993565b5f838152602081207fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08716915b8281101561094c578685013582556020948501946001909201910161092c565b5086821015610987577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff60f88860031b161c19848701351681555b505060018560011b0183555b5050505050565b602081525f6109ad602083018486610728565b94935050505056",
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
// Solidity: constructor(address verifier_, address registry_, bytes32 programId_, uint64 minDepth_) returns()
func (resultConsumer *ResultConsumer) PackConstructor(verifier_ common.Address, registry_ common.Address, programId_ [32]byte, minDepth_ uint64) []byte {
	enc, err := resultConsumer.abi.Pack("", verifier_, registry_, programId_, minDepth_)
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
