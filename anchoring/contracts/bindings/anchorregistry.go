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

// AnchorRegistryAnchor is an auto generated low-level Go binding around an user-defined struct.
type AnchorRegistryAnchor struct {
	Height        uint64
	BlockHash     [32]byte
	DirectoryRoot [32]byte
	HistoryRoot   [32]byte
}

// BondsConfig is an auto generated low-level Go binding around an user-defined struct.
type BondsConfig struct {
	Bond            *big.Int
	DemandBond      *big.Int
	ChallengeWindow uint32
	AnswerWindow    uint32
}

// BondsRecord is an auto generated low-level Go binding around an user-defined struct.
type BondsRecord struct {
	Commitment [32]byte
	BlockHash  [32]byte
	Operator   common.Address
	WindowEnd  uint32
	Grace      uint32
	Open       uint32
}

// DemandGamePlace is an auto generated low-level Go binding around an user-defined struct.
type DemandGamePlace struct {
	Kind  uint8
	Level uint8
	Entry uint16
	Index uint64
	Node  [32]byte
}

// DemandGameShown is an auto generated low-level Go binding around an user-defined struct.
type DemandGameShown struct {
	Height     uint64
	Commitment [32]byte
	Place      DemandGamePlace
	Preimage   [8]*big.Int
}

// AnchorRegistryMetaData contains all meta data concerning the AnchorRegistry contract.
var AnchorRegistryMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"components\":[{\"internalType\":\"uint96\",\"name\":\"bond\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"demandBond\",\"type\":\"uint96\"},{\"internalType\":\"uint32\",\"name\":\"challengeWindow\",\"type\":\"uint32\"},{\"internalType\":\"uint32\",\"name\":\"answerWindow\",\"type\":\"uint32\"}],\"internalType\":\"structBonds.Config\",\"name\":\"config_\",\"type\":\"tuple\"},{\"internalType\":\"address[]\",\"name\":\"judges_\",\"type\":\"address[]\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"AlreadyAnchored\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"name\":\"AlreadyDemanded\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadConfig\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadPath\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"given\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"canonical\",\"type\":\"bytes32\"}],\"name\":\"BlockHashMismatch\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"BlockNotAvailable\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"free\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"required\",\"type\":\"uint256\"}],\"name\":\"BondMissing\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ClaimMalformed\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"CommitmentRevoked\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"given\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"required\",\"type\":\"uint256\"}],\"name\":\"DemandBond\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"EmptyDirectory\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"given\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"current\",\"type\":\"uint64\"}],\"name\":\"FenceTooLow\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"word\",\"type\":\"uint256\"}],\"name\":\"NoHash\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"NotAnchored\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"}],\"name\":\"NotAnchorer\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"name\":\"NotDemanded\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"value\",\"type\":\"bytes32\"}],\"name\":\"NotFieldElement\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"}],\"name\":\"NotOwner\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"}],\"name\":\"NotPendingOwner\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotRefuted\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NothingAnswered\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NothingThere\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NothingToRelease\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"NothingToWithdraw\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"name\":\"PreimageMismatch\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"deadline\",\"type\":\"uint64\"}],\"name\":\"StillTime\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"TooLate\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"TransferFailed\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"judge\",\"type\":\"uint256\"}],\"name\":\"UnknownJudge\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"UnknownPlace\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"directoryRoot\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"historyRoot\",\"type\":\"bytes32\"}],\"name\":\"Anchored\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bool\",\"name\":\"allowed\",\"type\":\"bool\"}],\"name\":\"AnchorerSet\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"components\":[{\"internalType\":\"enumDemandGame.Kind\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"level\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"entry\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"indexed\":false,\"internalType\":\"structDemandGame.Place\",\"name\":\"place\",\"type\":\"tuple\"},{\"indexed\":false,\"internalType\":\"uint256[8]\",\"name\":\"preimage\",\"type\":\"uint256[8]\"}],\"name\":\"Answered\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"by\",\"type\":\"address\"},{\"components\":[{\"internalType\":\"enumDemandGame.Kind\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"level\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"entry\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"indexed\":false,\"internalType\":\"structDemandGame.Place\",\"name\":\"place\",\"type\":\"tuple\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"deadline\",\"type\":\"uint64\"}],\"name\":\"Demanded\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"Deposited\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"fence\",\"type\":\"uint64\"}],\"name\":\"FenceRaised\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"from\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"to\",\"type\":\"address\"}],\"name\":\"OwnershipOffered\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"by\",\"type\":\"address\"}],\"name\":\"OwnershipTaken\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"components\":[{\"internalType\":\"enumDemandGame.Kind\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"level\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"entry\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"indexed\":false,\"internalType\":\"structDemandGame.Place\",\"name\":\"place\",\"type\":\"tuple\"}],\"name\":\"Refunded\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"operator\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"Released\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"by\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"operator\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"reward\",\"type\":\"uint256\"}],\"name\":\"Revoked\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"due\",\"type\":\"uint64\"}],\"name\":\"Unbonding\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"Withdrawn\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"COMMIT_TAG\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"DEMANDS_A_BLOCK\",\"outputs\":[{\"internalType\":\"uint32\",\"name\":\"\",\"type\":\"uint32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"accountOf\",\"outputs\":[{\"internalType\":\"uint96\",\"name\":\"free\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"leaving\",\"type\":\"uint96\"},{\"internalType\":\"uint32\",\"name\":\"leavingAt\",\"type\":\"uint32\"},{\"internalType\":\"uint32\",\"name\":\"load\",\"type\":\"uint32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"directoryRoot\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"historyRoot\",\"type\":\"bytes32\"}],\"internalType\":\"structAnchorRegistry.Anchor[]\",\"name\":\"anchors\",\"type\":\"tuple[]\"},{\"internalType\":\"uint64\",\"name\":\"fence_\",\"type\":\"uint64\"}],\"name\":\"anchor\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"components\":[{\"internalType\":\"enumDemandGame.Kind\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"level\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"entry\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"internalType\":\"structDemandGame.Place\",\"name\":\"place\",\"type\":\"tuple\"},{\"internalType\":\"uint256[8]\",\"name\":\"preimage\",\"type\":\"uint256[8]\"}],\"internalType\":\"structDemandGame.Shown[]\",\"name\":\"shown\",\"type\":\"tuple[]\"}],\"name\":\"answer\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"blockHashAt\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"burnt\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"canonicalHash\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"judge\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"claim\",\"type\":\"bytes\"}],\"name\":\"challenge\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"commitmentAt\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"directoryRoot\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"historyRoot\",\"type\":\"bytes32\"}],\"internalType\":\"structAnchorRegistry.Anchor\",\"name\":\"a\",\"type\":\"tuple\"}],\"name\":\"computeCommitment\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"config\",\"outputs\":[{\"internalType\":\"uint96\",\"name\":\"bond\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"demandBond\",\"type\":\"uint96\"},{\"internalType\":\"uint32\",\"name\":\"challengeWindow\",\"type\":\"uint32\"},{\"internalType\":\"uint32\",\"name\":\"answerWindow\",\"type\":\"uint32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"components\":[{\"internalType\":\"enumDemandGame.Kind\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"level\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"entry\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"internalType\":\"structDemandGame.Place\",\"name\":\"from\",\"type\":\"tuple\"},{\"internalType\":\"uint256[8][]\",\"name\":\"preimages\",\"type\":\"uint256[8][]\"},{\"internalType\":\"uint8[]\",\"name\":\"words\",\"type\":\"uint8[]\"}],\"name\":\"demand\",\"outputs\":[],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"components\":[{\"internalType\":\"enumDemandGame.Kind\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"level\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"entry\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"internalType\":\"structDemandGame.Place\",\"name\":\"place\",\"type\":\"tuple\"}],\"name\":\"demandOf\",\"outputs\":[{\"internalType\":\"enumDemandGame.Phase\",\"name\":\"phase\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"address\",\"name\":\"by\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"deposit\",\"outputs\":[],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"components\":[{\"internalType\":\"enumDemandGame.Kind\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"level\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"entry\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"internalType\":\"structDemandGame.Place\",\"name\":\"place\",\"type\":\"tuple\"}],\"name\":\"expire\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"fenceOf\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"isAnchored\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"isAnchorer\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"isRevoked\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"isSettled\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"i\",\"type\":\"uint256\"}],\"name\":\"judgeAt\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"to\",\"type\":\"address\"}],\"name\":\"offerOwnership\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"owner\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"payable_\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"pendingOwner\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"recordAt\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"operator\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"windowEnd\",\"type\":\"uint32\"},{\"internalType\":\"uint32\",\"name\":\"grace\",\"type\":\"uint32\"},{\"internalType\":\"uint32\",\"name\":\"open\",\"type\":\"uint32\"}],\"internalType\":\"structBonds.Record\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"components\":[{\"internalType\":\"enumDemandGame.Kind\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"level\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"entry\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"internalType\":\"structDemandGame.Place\",\"name\":\"place\",\"type\":\"tuple\"}],\"name\":\"refund\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64[]\",\"name\":\"heights\",\"type\":\"uint64[]\"}],\"name\":\"release\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bool\",\"name\":\"allowed\",\"type\":\"bool\"}],\"name\":\"setAnchorer\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"statusAt\",\"outputs\":[{\"internalType\":\"enumBonds.Status\",\"name\":\"\",\"type\":\"uint8\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"takeOwnership\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"}],\"name\":\"unbond\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"withdraw\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"}]",
	ID:  "AnchorRegistry",
	Bin: "0x608060405234801561000f575f5ffd5b5060405161627938038061627983398101604081905261002e916102be565b5f80546001600160a01b03191633908117825560405184928492849290917fdc3c82f4776932041f15a08f769aadd6ed44c2a975e64bbf0fde8cf812f8b6b891a2606081015163ffffffff1615806100995750806040015163ffffffff16816060015163ffffffff16115b806100ba575063010000006001600160401b0316816040015163ffffffff16115b156100d8576040516301f30c8760e21b815260040160405180910390fd5b80516001600160601b031615801590610122575060208101516001600160601b031615806101225750805160208201516001600160601b03918216916101209116601e6103db565b115b15610140576040516301f30c8760e21b815260040160405180910390fd5b805160048054602084015160408501516060909501516001600160601b039485166001600160c01b0319909316929092176c010000000000000000000000009490911693909302929092176001600160c01b0316600160c01b63ffffffff948516026001600160e01b031617600160e01b939092169290920217905560096101c88282610404565b5050335f81815260026020908152604091829020805460ff1916600190811790915591519182529192507f58194d465adc081c8ca38a8a3c3d6bb6fca0bad31216f20c504878408f1ef6c9910160405180910390a250506104ad565b634e487b7160e01b5f52604160045260245ffd5b604051608081016001600160401b038111828210171561025a5761025a610224565b60405290565b604051601f8201601f191681016001600160401b038111828210171561028857610288610224565b604052919050565b80516001600160601b03811681146102a6575f5ffd5b919050565b805163ffffffff811681146102a6575f5ffd5b5f5f82840360a08112156102d0575f5ffd5b60808112156102dd575f5ffd5b506102e6610238565b6102ef84610290565b81526102fd60208501610290565b602082015261030e604085016102ab565b604082015261031f606085016102ab565b606082015260808401519092506001600160401b0381111561033f575f5ffd5b8301601f8101851361034f575f5ffd5b80516001600160401b0381111561036857610368610224565b8060051b61037860208201610260565b91825260208184018101929081019088841115610393575f5ffd5b6020850194505b838510156103cc57845192506001600160a01b03831683146103ba575f5ffd5b8282526020948501949091019061039a565b80955050505050509250929050565b80820281158282048414176103fe57634e487b7160e01b5f52601160045260245ffd5b92915050565b81516001600160401b0381111561041d5761041d610224565b6801000000000000000081111561043657610436610224565b81548183558082101561046a57825f528160205f20018282035f5b81811015610466575f83820155600101610451565b5050505b506020830161047e835f9081526020902090565b5f5b838110156104a55782516001600160a01b031681830155602090920191600101610480565b505050505050565b615dbf806104ba5f395ff3fe60806040526004361061020f575f3560e01c80638086b8ba11610117578063b52f2993116100ac578063ec8fbb3f1161007c578063f326b25611610062578063f326b25614610945578063f340fa011461097a578063f8160b301461098d575f5ffd5b8063ec8fbb3f14610907578063f0e19d1e14610926575f5ffd5b8063b52f299314610868578063bbc64dba14610891578063dd4ec4bf146108b0578063e30c3978146108db575f5ffd5b8063935e6b73116100e7578063935e6b7314610698578063a03aafbf146106ad578063b192da2d146106cc578063b2cee303146106e1575f5ffd5b80638086b8ba146105755780638da5cb5b1461060a5780638e3e92f2146106355780638eaaf6e314610654575f5ffd5b80634c768339116101a75780637239ff63116101775780637acf81271161015d5780637acf8127146104f35780637c362cad146105125780637fb9933414610531575f5ffd5b80637239ff631461040957806379502c5514610437575f5ffd5b80634c7683391461035a578063558452ec1461036d57806360536172146103d657806370521e0a146103ea575f5ffd5b80633ccfd60b116101e25780633ccfd60b146102b4578063411ba6ed146102c85780634294857f14610300578063433309f81461032e575f5ffd5b80630998db57146102135780630c5be3101461023457806315c321671461026657806320eb5b0c14610295575b5f5ffd5b34801561021e575f5ffd5b5061023261022d366004615360565b6109ac565b005b34801561023f575f5ffd5b5061025361024e3660046153d2565b610beb565b6040519081526020015b60405180910390f35b348015610271575f5ffd5b50610285610280366004615407565b610c03565b604051901515815260200161025d565b3480156102a0575f5ffd5b506102326102af36600461542f565b610c31565b3480156102bf575f5ffd5b50610232610dcd565b3480156102d3575f5ffd5b506102536102e23660046154ae565b67ffffffffffffffff165f9081526003602052604090206001015490565b34801561030b575f5ffd5b5061028561031a3660046154c7565b60056020525f908152604090205460ff1681565b348015610339575f5ffd5b5061034d610348366004615407565b610f5f565b60405161025d919061550b565b610232610368366004615583565b610fc9565b348015610378575f5ffd5b506103bd610387366004615674565b73ffffffffffffffffffffffffffffffffffffffff165f90815260026020526040902054610100900467ffffffffffffffff1690565b60405167ffffffffffffffff909116815260200161025d565b3480156103e1575f5ffd5b50610232611436565b3480156103f5575f5ffd5b5061023261040436600461568d565b6114e9565b348015610414575f5ffd5b5061042861042336600461568d565b611629565b60405161025d939291906156b8565b348015610442575f5ffd5b506004546104b7906bffffffffffffffffffffffff808216916c0100000000000000000000000081049091169063ffffffff780100000000000000000000000000000000000000000000000082048116917c010000000000000000000000000000000000000000000000000000000090041684565b604080516bffffffffffffffffffffffff958616815294909316602085015263ffffffff9182169284019290925216606082015260800161025d565b3480156104fe575f5ffd5b5061028561050d366004615407565b6116be565b34801561051d575f5ffd5b5061025361052c3660046154ae565b6116f1565b34801561053c575f5ffd5b5061055061054b3660046154c7565b6116fb565b60405173ffffffffffffffffffffffffffffffffffffffff909116815260200161025d565b348015610580575f5ffd5b506104b761058f366004615674565b60066020525f90815260409020546bffffffffffffffffffffffff808216916c0100000000000000000000000081049091169063ffffffff780100000000000000000000000000000000000000000000000082048116917c010000000000000000000000000000000000000000000000000000000090041684565b348015610615575f5ffd5b505f546105509073ffffffffffffffffffffffffffffffffffffffff1681565b348015610640575f5ffd5b5061023261064f366004615674565b611736565b34801561065f575f5ffd5b5061028561066e366004615674565b73ffffffffffffffffffffffffffffffffffffffff165f9081526002602052604090205460ff1690565b3480156106a3575f5ffd5b5061025361010481565b3480156106b8575f5ffd5b506102326106c7366004615700565b6117f8565b3480156106d7575f5ffd5b5061025360085481565b3480156106ec575f5ffd5b506107f56106fb3660046154ae565b6040805160c0810182525f80825260208201819052918101829052606081018290526080810182905260a08101919091525067ffffffffffffffff165f90815260036020908152604091829020825160c081018452815481526001820154928101929092526002015473ffffffffffffffffffffffffffffffffffffffff81169282019290925263ffffffff7401000000000000000000000000000000000000000083048116606083015278010000000000000000000000000000000000000000000000008304811660808301527c010000000000000000000000000000000000000000000000000000000090920490911660a082015290565b60405161025d91905f60c082019050825182526020830151602083015273ffffffffffffffffffffffffffffffffffffffff604084015116604083015263ffffffff606084015116606083015263ffffffff608084015116608083015263ffffffff60a08401511660a083015292915050565b348015610873575f5ffd5b5061087c601081565b60405163ffffffff909116815260200161025d565b34801561089c575f5ffd5b506102326108ab366004615777565b611a5f565b3480156108bb575f5ffd5b506102536108ca366004615674565b60076020525f908152604090205481565b3480156108e6575f5ffd5b506001546105509073ffffffffffffffffffffffffffffffffffffffff1681565b348015610912575f5ffd5b506102326109213660046157a2565b611c43565b348015610931575f5ffd5b506102326109403660046157db565b611d17565b348015610950575f5ffd5b5061025361095f3660046154ae565b67ffffffffffffffff165f9081526003602052604090205490565b610232610988366004615674565b611f22565b348015610998575f5ffd5b506102326109a736600461581a565b611fee565b5f6109b5612168565b604080516080810182526004546bffffffffffffffffffffffff80821683526c01000000000000000000000000820416602083015263ffffffff780100000000000000000000000000000000000000000000000082048116938301939093527c0100000000000000000000000000000000000000000000000000000000900490911660608201529091505f805b84811015610bac575f5f878784818110610a5e57610a5e61584b565b610a759260206101e09092020190810191506154ae565b888885818110610a8757610a8761584b565b90506101e0020160200135915091505f610aa18383610c03565b90505f5b8885108015610aef57508367ffffffffffffffff168a8a87818110610acc57610acc61584b565b610ae39260206101e09092020190810191506154ae565b67ffffffffffffffff16145b8015610b165750828a8a87818110610b0957610b0961584b565b90506101e0020160200135145b15610b6657818015610b455750610b458a8a87818110610b3857610b3861584b565b90506101e002018961340f565b15610b5657610b53816158a5565b90505b610b5f856158c9565b9450610aa5565b8063ffffffff165f03610b7c5750505050610a42565b67ffffffffffffffff84165f90815260036020526040902060019650610ba39082896135ce565b50505050610a42565b5080610be4576040517ff9cd3e9d00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5050505050565b5f610bfd82610bf8612168565b6137bd565b92915050565b5f8115801590610c2a575067ffffffffffffffff83165f9081526003602052604090205482145b9392505050565b335f908152600260205260409020805460ff16610c81576040517f0e5e5f6f0000000000000000000000000000000000000000000000000000000081523360048201526024015b60405180910390fd5b805467ffffffffffffffff61010090910481169083161015610cec5780546040517fd836b0d200000000000000000000000000000000000000000000000000000000815267ffffffffffffffff80851660048301526101009092049091166024820152604401610c78565b805467ffffffffffffffff61010090910481169083161115610d795780547fffffffffffffffffffffffffffffffffffffffffffffff0000000000000000ff1661010067ffffffffffffffff841690810291909117825560405190815233907f4c8b279020a069553aa4881ba1549570fff00db40da993dfcc5f19959e1325689060200160405180910390a25b5f839003610d875750505050565b5f610d90612168565b90505f5b84811015610dc557610dbd868683818110610db157610db161584b565b9050608002018361396f565b600101610d94565b505050505050565b335f908152600760209081526040808320805490849055600690925290912080547801000000000000000000000000000000000000000000000000900463ffffffff164310610e69578054610e40906c0100000000000000000000000090046bffffffffffffffffffffffff1683615900565b81547fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff16825591505b815f03610ea4576040517fdc69dc16000000000000000000000000000000000000000000000000000000008152336004820152602401610c78565b60405182815233907f7084f5476618d8e60b11ef0d7d3f06914655adb8793e28ff7f018d4c76d505d59060200160405180910390a26040515f90339084908381818185875af1925050503d805f8114610f18576040519150601f19603f3d011682016040523d82523d5f602084013e610f1d565b606091505b5050905080610f5a576040517f39f1c8d9000000000000000000000000000000000000000000000000000000008152336004820152602401610c78565b505050565b5f610f6a8383610c03565b15610fa55767ffffffffffffffff83165f908152600360205260409020610f9090613bd7565b610f9b576001610f9e565b60025b9050610bfd565b5f8281526005602052604090205460ff16610fc0575f610c2a565b50600392915050565b5f610fd48888613c5f565b604080516080810182526004546bffffffffffffffffffffffff80821683526c010000000000000000000000008204166020830181905263ffffffff780100000000000000000000000000000000000000000000000083048116948401949094527c0100000000000000000000000000000000000000000000000000000000909104909216606082015291925034146110b55760208101516040517f1d33c5d30000000000000000000000000000000000000000000000000000000081523460048201526bffffffffffffffffffffffff9091166024820152604401610c78565b600282015474010000000000000000000000000000000000000000900463ffffffff16431180801561110457505f6110f060208a018a615921565b6004811115611101576111016154de565b14155b15611147576040517f4d673a0600000000000000000000000000000000000000000000000000000000815267ffffffffffffffff8b166004820152602401610c78565b5f5f6111588b8b8b8b8b8b89613ccf565b9150915082156111e2576020810151611171904361593a565b816040018181516111829190615956565b63ffffffff908116909152606086015160408401519082169116111590506111e2576040517f4d673a0600000000000000000000000000000000000000000000000000000000815267ffffffffffffffff8d166004820152602401610c78565b6111eb85613bd7565b1561122e576040517f4d673a0600000000000000000000000000000000000000000000000000000000815267ffffffffffffffff8d166004820152602401610c78565b5f600a5f61123c8e86614147565b815260208101919091526040015f9081209150815460ff166002811115611265576112656154de565b146112a45782608001516040517f71fc1b53000000000000000000000000000000000000000000000000000000008152600401610c7891815260200190565b5f6112ae87614179565b60608701516112bd9043615956565b6112c79190615956565b6040840151835463ffffffff808416610100027fffffffffffffffffffffffffffffffffffffffffffffffffffffff00000000ff91841665010000000000027fffffffffffffffffffffffffffffffffffffffffffffff00000000ffffffffff76ffffffffffffffffffffffffffffffffffffffffffffff339081166901000000000000000000029190911664ffffffffff90951694909417179182168117875593945060019385939291859188917fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff009091167fffffffffffffffffffffffffffffffffffffffffffffffffffffff00000000009091161782800217905550505050503373ffffffffffffffffffffffffffffffffffffffff168d8f67ffffffffffffffff167fc2a887295a1271da66f0cff69d20ffb6a3e17268fffd8f015bdf961cbe5835e3878560405161141e9291906159ce565b60405180910390a45050505050505050505050505050565b60015473ffffffffffffffffffffffffffffffffffffffff163314611489576040517fa09b9a43000000000000000000000000000000000000000000000000000000008152336004820152602401610c78565b5f8054337fffffffffffffffffffffffff0000000000000000000000000000000000000000918216811783556001805490921690915560405190917fdc3c82f4776932041f15a08f769aadd6ed44c2a975e64bbf0fde8cf812f8b6b891a2565b5f611502836114fd36859003850185615a10565b614147565b5f818152600a602052604080822081516080810190925280549394509192909190829060ff166002811115611539576115396154de565b600281111561154a5761154a6154de565b81529054610100810463ffffffff908116602080850191909152650100000000008304909116604080850191909152690100000000000000000090920476ffffffffffffffffffffffffffffffffffffffffffffff166060909301929092525f878152600590925290205490915060ff1615806115da57506001815160028111156115d7576115d76154de565b14155b15611617576040517fa6c01e9b00000000000000000000000000000000000000000000000000000000815260808401356004820152602401610c78565b61162382858584614260565b50505050565b5f808080600a81611643886114fd368a90038a018a615a10565b815260208101919091526040015f2090506001815460ff16600281111561166c5761166c6154de565b14611677575f6116a0565b80546901000000000000000000900476ffffffffffffffffffffffffffffffffffffffffffffff165b905460ff81169761010090910463ffffffff16965090945092505050565b5f6116c98383610c03565b8015610c2a575067ffffffffffffffff83165f908152600360205260409020610c2a90613bd7565b5f610bfd8261431b565b5f6009828154811061170f5761170f61584b565b5f9182526020909120015473ffffffffffffffffffffffffffffffffffffffff1692915050565b5f5473ffffffffffffffffffffffffffffffffffffffff163314611788576040517f245aecd3000000000000000000000000000000000000000000000000000000008152336004820152602401610c78565b600180547fffffffffffffffffffffffff00000000000000000000000000000000000000001673ffffffffffffffffffffffffffffffffffffffff831690811790915560405133907f278a93ce3591db94ed65bf1107826228ec69e444fbe2006b25e1ba8f18955b7f905f90a350565b6064811015611833576040517f1025138800000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6009548310611871576040517fc425021800000000000000000000000000000000000000000000000000000000815260048101849052602401610c78565b5f611880602460048486615abe565b61188991615ae5565b905067ffffffffffffffff8111156118cd576040517f1025138800000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f6118ee826118e0606460448789615abe565b6118e991615ae5565b613c5f565b90506118fe604460248587615abe565b61190791615ae5565b816001015414611943576040517f1025138800000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f5f600987815481106119585761195861584b565b5f9182526020909120015460405173ffffffffffffffffffffffffffffffffffffffff9091169061198c9088908890615b21565b5f60405180830381855afa9150503d805f81146119c4576040519150601f19603f3d011682016040523d82523d5f602084013e6119c9565b606091505b5091509150816119db57805160208201fd5b80516020141580611a1457507fa2b55eaaff7875bde5e57c741b4c5305dcf3cf35d92b38f2d12f533809a9fc87611a1182615b30565b14155b15611a4b576040517fe252b7c100000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b611a56848433614421565b50505050505050565b335f90815260066020526040902080546bffffffffffffffffffffffff80841691161015611ada5780546040517f7469af830000000000000000000000000000000000000000000000000000000081523360048201526bffffffffffffffffffffffff91821660248201529083166044820152606401610c78565b8054829082905f90611afb9084906bffffffffffffffffffffffff16615b72565b92506101000a8154816bffffffffffffffffffffffff02191690836bffffffffffffffffffffffff16021790555081815f01600c8282829054906101000a90046bffffffffffffffffffffffff16611b539190615b96565b92506101000a8154816bffffffffffffffffffffffff02191690836bffffffffffffffffffffffff16021790555060045f0160189054906101000a900463ffffffff1643611ba19190615956565b81547fffffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffff16780100000000000000000000000000000000000000000000000063ffffffff928316810291909117808455604080516bffffffffffffffffffffffff8716815292909104909216602082015233917ff296881dc8649cb075784613a4c7cec45269aae38400377b6bdf05196c27bac591015b60405180910390a25050565b5f5473ffffffffffffffffffffffffffffffffffffffff163314611c95576040517f245aecd3000000000000000000000000000000000000000000000000000000008152336004820152602401610c78565b73ffffffffffffffffffffffffffffffffffffffff82165f8181526002602090815260409182902080547fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff001685151590811790915591519182527f58194d465adc081c8ca38a8a3c3d6bb6fca0bad31216f20c504878408f1ef6c99101611c37565b6004546bffffffffffffffffffffffff165f805b83811015611eea575f60035f878785818110611d4957611d4961584b565b9050602002016020810190611d5e91906154ae565b67ffffffffffffffff16815260208101919091526040015f20600281015490915073ffffffffffffffffffffffffffffffffffffffff16801580611da85750611da682613bd7565b155b15611db4575050611ee2565b6002820180547fffffffffffffffffffffffff000000000000000000000000000000000000000016905573ffffffffffffffffffffffffffffffffffffffff81165f9081526006602052604081208054879290611e209084906bffffffffffffffffffffffff16615b96565b92506101000a8154816bffffffffffffffffffffffff02191690836bffffffffffffffffffffffff160217905550600193508073ffffffffffffffffffffffffffffffffffffffff16878785818110611e7b57611e7b61584b565b9050602002016020810190611e9091906154ae565b6040516bffffffffffffffffffffffff8816815267ffffffffffffffff91909116907ffeabf7aea442dae74ad971ca3ea5c6d3aeaf42a6116d22fadb11ccc43a9d085c9060200160405180910390a350505b600101611d2b565b5080611623576040517fb10205ed00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b611f2b3461463d565b73ffffffffffffffffffffffffffffffffffffffff82165f9081526006602052604081208054909190611f6d9084906bffffffffffffffffffffffff16615b96565b92506101000a8154816bffffffffffffffffffffffff02191690836bffffffffffffffffffffffff1602179055508073ffffffffffffffffffffffffffffffffffffffff167f2da466a7b24304f47e87fa2e1e5a81b9831ce54fec19055ce277ca2f39ba42c434604051611fe391815260200190565b60405180910390a250565b5f611ff98484613c5f565b90505f61200f846114fd36869003860186615a10565b5f818152600a602052604080822081516080810190925280549394509192909190829060ff166002811115612046576120466154de565b6002811115612057576120576154de565b8152905463ffffffff61010082048116602084015265010000000000820416604083015276ffffffffffffffffffffffffffffffffffffffffffffff69010000000000000000009091041660609091015290506001815160028111156120bf576120bf6154de565b146120fc576040517fa6c01e9b00000000000000000000000000000000000000000000000000000000815260808501356004820152602401610c78565b806020015163ffffffff16431161214d5760208101516040517ffd511d6900000000000000000000000000000000000000000000000000000000815263ffffffff9091166004820152602401610c78565b61215982868684614260565b610dc586848360600151614421565b5f6133db60408051610f20810182527f0dad22d08a6b8d81d4a5ffc34b9677a7c5254c85e953551f9eba9a0a97590c1081527f03cfc441111f1bab6e75957b9f0274e92d17aefc2d8da460435dfaf259bd103960208201527f27c6d1b8a2e2ce670376cd2970192a2a08e4290883f6ca49e7976c6c447d6392918101919091527f28f2882b9abfda8efc2d121da0c871d2d5313a53c67d0407eef4e93ee23e6c2d60608201527f0a3943390fe4939fa2e931e18094c7c93aa107ced2bfaefcfe5e613a3f1262d560808201527f2a8f37d8da8f2319e188f8909007408b57fba3555bb784c1ad6c7b075580545660a08201527f0cef8658e33f20c39649528f353ef5d03198c75683f8493534add693a4ff4f0f60c08201527f1cdc2a6f0f0e7c6c62ee1c0cad4fd11363a48db7095171faaf9a7b6e01c3e52b60e08201527f0a2e681a2db19c8d1cfb0c28f0b7b3d9830d35fca8c0b076b4e64328060139d66101008201527f16f013cd703be7de16b4361ce5c67cc2997f858e8a808885da67fbafd30d27176101208201527f29af57131c9cf548be669fe76c675e6d90bee17a76cccf4ddc5d35f9a936ebb86101408201527f21807b1ec6258bb155ed159da90b815dee119eae8138b1bdf950111bf5205b3b6101608201527f07c00db8c50a8c860fbcb8ebd234a54350bdbcb8747891a4e5adab1c4abc69096101808201527f22bc08fc054d08a3dbb6094396d0de373a4c33205c49a1254cf25ebec17477656101a08201527f2dad58bdf3e24c78f21146de084d9b8afad58956fedce67d43f7d375a813bb2e6101c08201527f292cee6bc19a64dc5a8a74036e676e238f60b4577db86213ced417906f1d6e916101e08201527f27d655ae125928ad6b48bba54593b74ca0c23002b32a0a9ef375939a22387a8c6102008201527f0e0e2e781fe9ac0a97f0d961c7b359a415d1ead41c99eccee90e56b68fbfa2a86102208201527f13fec23e678d1c9943b6daed8ed8212289116ab96344ded7ced8aac2f09f16726102408201527f27550dd21647e37fc31640684e02cb07810669b1c1545443fd58204b2cde73c26102608201527f1de6d5f356a92c48c7b9f6aa45c8a6216e0a6adbc799c0bec242054674cb8f096102808201527f14c5347c4580363f74c885d1fbb378c61d953e490892b10baf84f6e1f3a3f39d6102a08201527f27f2768023c4df7952ca0d967f14034e98c4ca76973ae1cddfccd212cbd786836102c08201527f1f4f499fc4853f7e189ad6d2269c467f77e15bbd28963c516b4fbf1ba7b88f956102e08201527f0d62ba9a8de3b97c72a5425a97a7f027fbad23f299ff46bafa12dcffb0e72bf16103008201527f22b649ae468f20c7cbfb435d932ba9ba4be14ea40c0c54e6bec970ab4c513f046103208201527f03a1aae439e47e7e14186d5513da5e263e063a3da6d042c16e55cab2e81a8e956103408201527f25c7eee1fce422600f5b1e78323f2e99cceee803f62763217eadbd046c1e0e6c6103608201527f1c66258f103a955274ed71de56169bba34ff6aea97a2c32b98805dc3b011a3836103808201527f29403b00757a647671a3691094aef420ad830f95743d45894d6d7f40aa356e4b6103a08201527f13496363ef5f7d0e91fd1319fd5dc0269c5190d05d8a0ad28a3ce0638a133e0e6103c08201527f1c6a4586c15c4638a1686921d7c204e2b6e1a88c1fc49dcfb87ded2a1ed7edc56103e08201527f0da23df12d0bf47bb92f15ee189386c20f552d0bc66ae492b92d69556b2fe75a6104008201527f155be88bc5ddf8e0c6c741286cdd5ddd559279a455b9bbb61d5a0b004e545d5e6104208201527f0553fbb5b32db860e0bb12cef3aab4e0dbbdb1ea8704d335a18fa8b4df112c366104408201527f12f6a3a61a3139221cb5875cf455b942580c00942499932dfcacf6f75cb80ad66104608201527f2faf9e95457781b3c61de8a1faadda67f76f52bb81255fac8819bcc104071e056104808201527f1c7639cb68d3cfa69f3d795d1a1dd4eba176d0c29701e7b677ea0750b4ccd1db6104a08201527f0d9d85a46281f81502fbcfb430f4d08ab504c502d2feae2ab4a26d87bebea0dd6104c08201527ea9b7074ea11d9931cf4af16952f398777aaa36413df14cedc101c7693812d36104e08201527f07fab349ddb7d62a5edc0b6a62b300715634e5dccab808d8fa6ae62b406705a36105008201527f11f8f3afbd6fe6bda7d055a536ab3de9c40c8155b31d397f63ef21ac974cf52d6105208201527e07c569f8f49899805d22a1930883968a3cf058993e0adfd06da437ae50e8306105408201527f15dfb18bf1b6087c0e638f2189a7b34534549ffe8fca5afccf7e528a3338cc926105608201527f2140caa062d2fa72722ad48fb71bbc9f534043dab90dfa24b96664eaa2f0ac6a6105808201527f11c06fe4e5398d4704271b84e6023b07b189dd1d2023dd599b33defe4251b7156105a08201527f0775f90bae5f8f8157eb73bbc7ae69b74d44761cf0df3b4666eeb2860878c0df6105c08201527f0225befb64b758b837a4305e104d5e510d893653559d8768dc79325ff89d6b9f6105e08201527f201a730245d9227f1232cc02f486c18cfa1fba40665ed3d1bbbdcd19b03cac4f6106008201527f128b63b12a6647f80c686aaab15b0563c1a33f475dc18caa434ab64f1e290acb6106208201527f0a34ce8153d4e2e1158de05d276530cf3c749c16c7e09f3b671a973b0efb08396106408201527f2809c5d323665513c8c4a96ea4dc08e3aba43699bca1198f2b559915082495ce6106608201527f23b929e7d71fe425f36f32975e9a68bbf83c16622678f061ed78a0c9ce318be36106808201527f1ca1a93d02ae448ab773f95c6b88c0d01f89c0c3d25ad625042771dd5a7e74a96106a08201527f03c7381ccdfd209a8cba5627a058c33f472b24d2b1a55d9dd47f60dc7b474e7e6106c08201527ebe1a29bb668a25eaedffccef6c01c90688229e8fc4be9812e371d4d61c30156106e08201527f2c821bfbd5c415fc076fc83895edab9e5256ee826946a865b8c82f0189af46266107008201527f0b8ff5b252182f6a15cff90144c1e7ac1678739882c90fe46d0a29db7a0cba776107208201527f1c0e94b15306baf1b017623888b8d4c5402ee81fd213c4a5e42f52729deb7d5c6107408201527f2031deb0f13ce17a5b44edbacf5a0410e23348c2c7657383a8ffdeb5c5ca1cd46107608201527f0e34d14f44e8eb98ac078ec90eb718c3034249fbaeb13d24f3d5b6a4002018ac6107808201527f2a10f1b76f8b1cc429820030c58b3d23ebfb775a43b07928b9868891c2cb4cca6107a08201527f0535bf4f7fb763f981d2c0c7ecd2237a461ac385e2235fb35222b512f1dbd1b76107c08201527f12ccb3fbffeff74fb7ce3b9943f609dc0d7fe34e3b5e6b199628e86d5576cc186107e08201527f1f44cd78220a2e66be6c9eb3bcffc498a47f22c3eb476591cf456d518e3e126c6108008201527f1d60e9e3444a748b8c22d7d10e825c536290b723fcdfa046436353d6f9abc0736108208201527f05a3ccc67bd014ef2544927f9b96ff58e348954e40af67861ab88d78ff4b66886108408201527f1be5b195896e9ec23b9d3eb898734c385272ed64bdcb236223f5a3436986dc6d6108608201527f1d6427dd07a0b46a8ebacaa82e8c04de8e7e94a18849c9275b8b4827a873cdab6108808201527f2f09a403f946b692704fe4d5ae69625441c93a7f93dcb4f8f7d337baa735ad9a6108a08201527f1807540511593488e084b7297b6ff67b748c71731b6ca64aa8d3823e81f41b376108c08201527f0f1daab7a702ac80d108b24845bda04b732f3564ebe57392e470380199522e1d6108e08201527f1797d0f72bf0b47a45ceaf82df261439bc5e3b0ae55cf1069733d5a0b51765ca6109008201527f2adbb9b4003631c5e3d02ce959930c75d4d25281c86febc61dfdf35e00cfbdad6109208201527f1347ad87393ef928d2800fa2a548328ef9bddf5646da79d507d2f2055db335d66109408201527f15658e02d31e2c200dadf6a985652eccd30cb959168cde7b74c7239539d2df1e6109608201527f01f00dc28bced12a74c3ce687dd3fa996d6f8bb29bc60cda4f3aed191a6fe8d06109808201527f154ebcc230244b68b9a8f51a56ff0541a92ea2cbb3e77b263cb03a8bd89491f76109a08201527f1f65f74b523a8c875885378e93d1946c7a3f810e2eecdea94b80c4f741ea6cf96109c08201527f2504a559a4bd23ed689acc9b6cb4062479a6b29692e2b8cce40058daf05057786109e08201527f24496d9926e4e565ef860e52396a2935689c87ca99abd046bc279ce1bfc43206610a008201527f2c9ccd22b143f4d8d483846d1960e7144a5c9354ea48cd1a71bdc82fbb929838610a208201527f2b9bd02e1b064a8db321a1cd212a7a6dc47274f6eb5fcfa4f17d6f690dddf8c4610a408201527f0b21f0004118382f32fe441fbf36c0a38ae41873ae42d3b6ea5f0c6816e00472610a608201527f10756efb491852587059f3e48b605a3bebabaab0a1ee5ff1758eb30623b7602c610a808201527f127574a38823886d1f4841b540e29d67efe35aa8b3c685f969b6bc6cbab5064a610aa08201527f24751d620ed2a3db4382265b8c33b666b85beae7aa87f38e28bd2f8d637ff9d0610ac08201527f2e3d7208892e8a92e887fccccfe04d8d0fe994bc443641a9fc76c43da02f453d610ae08201527f11c3f6719071e6810699be20e1b1858b9ed00d8166bf15434cd5e43507b9d62b610b008201527eb86112693a4e7f3ac4eadfcc3f04d24a7afe51a87f82d4a435ad27f30aa2f9610b208201527f1a77348400a87f0180e294286a7a06c857f590e8ed17eed7a6b4cc1ca5a97929610b408201527f207feb0ffff2e419bc967dd544abbdd2dcc601316f49957f2319c9a04f56157d610b608201527f0df4aac4e6483265aa3fc462835a90380bc84004fc46d1a85e61baed3196ba48610b808201527f2f2df3db6ed0e27d3151201dfe7f57fc2e5ccc69c2458535dbdbb5d88aeabb4f610ba08201527f2f51811c3568dbae396f86838c5c8b1bbf9b5bcb2ce98542e289184b95f74b7e610bc08201527f1198ec466dc8c3f55b048369eac0490e835928891325d4cf4461da1d22230219610be08201527f19036827eb0714a1ee4fdd653d8667df192402e290dfdfc39bf005fdfa86c043610c008201527f0978d774018c29f2818df365312371ce4082a6c8c52d2a965516b76436349069610c208201527f231ed2d94767eb9ace111af9317b233fee037214e3f6d7e366a5812c8fd1dce5610c408201527f0fbd8502ceba8ab93eb04d1db535d25f4c3be8acac4e8e0467b9d606653456c2610c608201527f20e9fac35dda464e436a4d2eae4cdd5b52c9b712d5b4bfa43334463f8478d4bb610c808201527f15ba9fc4b175278a12a5ab39ee0121b06dd09b923bdedb69a26182821445ba00610ca08201527f0c3c9aec9048b10a06d062675b63417a1ae8704f2918382466bf575e22a654d3610cc08201527f2795a46eb4c79595a9de2191c524f0aaf92f764153b23c357ed50bf3a91cddf0610ce08201527f10ab7893c4253d861276ea30f229eb86b90c69985fb6dde4aa50e24828caa81a610d008201527f2d4509d8159af62c44503f64fc01e953e90c6dced8ba75c58df2aa090a5fd359610d208201527f157946957f4feb94eae09b9a6c272204d107ea7b0e31b67524a6c9ee7f04e7b9610d408201527f30464efe02b65b862f9a0b59fea6d6934b393e65cdc3d29ae67a751a0d0f136a610d608201527f0965b3a2d05666d38ffcdac4e5ed020c742ba41d760e70f74dcd8f8b1324c901610d808201527f24531c784663d57639928f0a8f152038a779eebbd70f6585dacc971668ebec55610da08201527f2202070df8f85b79bf7debf24a9cc0f2cf30370f26a9372e01718dae7cb6171d610dc08201527f08282fc0baa2e9eb76167b9ab2405db9c78f1f37b168be6435d5385a806e745a610de08201527f178c3d6e47cd33e5570311ec8ad8dbca0dbf54aadd1393738d898384c57795e7610e008201527f12ad905f9d82f33643b1fefb90dcefffeb818d1ec3f4fc3d6857203eff5ed1ea610e208201527f229682c9e4165b6ed1a2870c14a1c8bb7b1c7d3b52f42ce0228b85480666b4c4610e408201527f25190d853744dc11d155de5e479640302a333d47cf18dbf1ff241ce42c88d4c9610e608201527edb47fadc76bf4fd8dcfe26908fe48ab42d399da939ac1f167ca8600cfbe7bc610e808201527f2ba5e88adcbe025760f2c8654935f0557d14c6d4125a838f312f2ba439e2e94c610ea08201527f1376bbae85699dcc294f850c858b4b370e51ff3139bc3e0a1e52eb58d08ca41b610ec08201527f1333fda1e3d58e0747f5c7361d5075526933ea283eee2ac37b6042c6083b6a42610ee08201527f28bfc4dc9594e9add687744b79f4feb979e2143d742d4e4d1d5bb64bb799a02a610f0082015290565b90507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001610f20820152610f40810160405290565b5f80600a8161342e60208701356114fd36899003890160408a01615a10565b815260208101919091526040015f2090506001815460ff166002811115613457576134576154de565b14613465575f915050610bfd565b60c084013561347760e086018561465a565b146134b4576040517fd2b435a800000000000000000000000000000000000000000000000000000000815260c08501356004820152602401610c78565b6002436134c38660e0016146b7565b835468ffffffff00000000ff16690100000000000000000076ffffffffffffffffffffffffffffffffffffffffffffff8316027fffffffffffffffffffffffffffffffffffffffffffffffffffffff00000000ff161761010063ffffffff84160217808555839085907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00166001836002811115613562576135626154de565b02179055505050602085018035915061357b90866154ae565b67ffffffffffffffff167fc922bf10987c7ea1302ff326e9d122d19ef8d6c41ce8ccbe18a406376e39c6d7866040018760e0016040516135bc929190615c1b565b60405180910390a35060019392505050565b8183600201601c8282829054906101000a900463ffffffff166135f1919061593a565b82546101009290920a63ffffffff81810219909316918316021790915560028501545f9250613657917801000000000000000000000000000000000000000000000000820481169174010000000000000000000000000000000000000000900416615900565b90505f826060015163ffffffff16436136709190615900565b9050818111156136d9576136848282615c3a565b6002860180546018906136ba9084907801000000000000000000000000000000000000000000000000900463ffffffff16615956565b92506101000a81548163ffffffff021916908363ffffffff1602179055505b600285015473ffffffffffffffffffffffffffffffffffffffff165f8181526006602052604090208054869190601c9061373a9084907c0100000000000000000000000000000000000000000000000000000000900463ffffffff1661593a565b92506101000a81548163ffffffff021916908363ffffffff1602179055508463ffffffff1684602001516bffffffffffffffffffffffff1661377c9190615c4d565b73ffffffffffffffffffffffffffffffffffffffff82165f90815260076020526040812080549091906137b0908490615900565b9091555050505050505050565b5f7f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f000000160408401351061382157604080517f01821755000000000000000000000000000000000000000000000000000000008152908401356004820152602401610c78565b7f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001606084013510613884576040517f0182175500000000000000000000000000000000000000000000000000000000815260608401356004820152602401610c78565b60408301355f036138db5761389c60208401846154ae565b6040517f3e4c283e00000000000000000000000000000000000000000000000000000000815267ffffffffffffffff9091166004820152602401610c78565b5f6040518061010001604052806101048152602001468152602001855f01602081019061390891906154ae565b67ffffffffffffffff168152602086810135608081811c928401929092526fffffffffffffffffffffffffffffffff16604080840191909152870135606080840191909152870135908201525f60a09091015290506139678184614705565b949350505050565b5f61398561398060208501856154ae565b61431b565b90505f8190036139db5761399c60208401846154ae565b6040517fa0c6899b00000000000000000000000000000000000000000000000000000000815267ffffffffffffffff9091166004820152602401610c78565b80836020013514613a43576139f360208401846154ae565b6040517f4b53adcb00000000000000000000000000000000000000000000000000000000815267ffffffffffffffff90911660048201526020840135602482015260448101829052606401610c78565b5f613a4e84846137bd565b90505f600381613a6160208801886154ae565b67ffffffffffffffff16815260208101919091526040015f20549050818103613a8b575050505050565b8015613ae457613a9e60208601866154ae565b6040517f41a7955300000000000000000000000000000000000000000000000000000000815267ffffffffffffffff909116600482015260248101829052604401610c78565b5f8281526005602052604090205460ff1615613b4d57613b0760208601866154ae565b6040517fa4aaef6a00000000000000000000000000000000000000000000000000000000815267ffffffffffffffff909116600482015260248101839052604401610c78565b613b64613b5d60208701876154ae565b8484614d53565b82613b7260208701876154ae565b67ffffffffffffffff167f172b454c9d3d0127f1a84c9c1c0c261e8a5b0e00cbde1af598c15afad329b9748488604001358960600135604051613bc8939291909283526020830191909152604082015260600190565b60405180910390a35050505050565b60028101545f907c0100000000000000000000000000000000000000000000000000000000900463ffffffff16158015610bfd57506002820154613c579063ffffffff7801000000000000000000000000000000000000000000000000820481169174010000000000000000000000000000000000000000900416615900565b431192915050565b5f613c6a8383610c03565b613cb3576040517f76dce6e700000000000000000000000000000000000000000000000000000000815267ffffffffffffffff8416600482015260248101839052604401610c78565b505067ffffffffffffffff165f90815260036020526040902090565b6040805160a0810182525f808252602080830182905282840182905260608084018390526080808501849052855190810186528381529182018390529381018290529283015290851580613d235750858414155b15613d5a576040517f64325c9100000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b613d6936899003890189615a10565b91505f80613d7a60208b018b615921565b6004811115613d8b57613d8b6154de565b148015613da85750613da360408a0160208b01615c64565b60ff16155b8015613dc55750613dbf60608a0160408b01615c7d565b61ffff16155b8015613de85750613ddc60808a0160608b016154ae565b67ffffffffffffffff16155b8015613df75750898960800135145b90505f613e02612168565b90505f5b86811015614138575f600a5f613e1c8f89614147565b8152602081019190915260409081015f208151608081019092528054829060ff166002811115613e4e57613e4e6154de565b6002811115613e5f57613e5f6154de565b8152905463ffffffff61010082048116602084015265010000000000820416604083015276ffffffffffffffffffffffffffffffffffffffffffffff6901000000000000000000909104166060909101529050600281516002811115613ec757613ec76154de565b03613fa557613eed8b8b84818110613ee157613ee161584b565b905061010002016146b7565b76ffffffffffffffffffffffffffffffffffffffffffffff16816060015176ffffffffffffffffffffffffffffffffffffffffffffff1614613f635785608001516040517fd2b435a8000000000000000000000000000000000000000000000000000000008152600401610c7891815260200190565b84604001518560200151613f77919061593a565b63ffffffff1681604001518260200151613f91919061593a565b63ffffffff1610613fa0578094505b6140e3565b81158015613fb1575083155b15613fe8576040517f5ac7ad8000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b8680156140075750600181516002811115614005576140056154de565b145b156140465785608001516040517f71fc1b53000000000000000000000000000000000000000000000000000000008152600401610c7891815260200190565b856080015161406d8c8c858181106140605761406061584b565b905061010002018561465a565b146140ac5785608001516040517fd2b435a8000000000000000000000000000000000000000000000000000000008152600401610c7891815260200190565b876140b8836001615900565b036140e357604080516080810182525f80825260208201819052918101829052606081019190915294505b61412f868c8c858181106140f9576140f961584b565b905061010002018b8b868181106141125761411261584b565b90506020020160208101906141279190615c64565b60ff16615017565b50600101613e06565b50505097509795505050505050565b5f828260405160200161415b929190615c96565b60405160208183030381529060405280519060200120905092915050565b600281015473ffffffffffffffffffffffffffffffffffffffff165f90815260066020526040812080546141d5906010907c0100000000000000000000000000000000000000000000000000000000900463ffffffff16615cd7565b9150600183600201601c8282829054906101000a900463ffffffff166141fb9190615956565b92506101000a81548163ffffffff021916908363ffffffff1602179055506001815f01601c8282829054906101000a900463ffffffff1661423c9190615956565b92506101000a81548163ffffffff021916908363ffffffff16021790555050919050565b5f848152600a60209081526040808320839055606084015160045473ffffffffffffffffffffffffffffffffffffffff821685526007909352908320805491936c010000000000000000000000009093046bffffffffffffffffffffffff169290916142cd908490615900565b925050819055508073ffffffffffffffffffffffffffffffffffffffff16847f952b8660eb628eacf9bf1eac75e3cde931daf578d447395dd47bb7dd6431ee6185604051613bc89190615cfe565b67ffffffffffffffff8116408015158061433f5750438267ffffffffffffffff1610155b1561434957919050565b6040805167ffffffffffffffff841660208201525f91829171f90827f1c53a10cb7a02335b1753200029359101604080517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0818403018152908290526143ae91615d0c565b5f60405180830381855afa9150503d805f81146143e6576040519150601f19603f3d011682016040523d82523d5f602084013e6143eb565b606091505b50915091508180156143fe575080516020145b1561441a57808060200190518101906144179190615d22565b92505b5050919050565b81546002808401545f838152600560209081526040808320805460017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00909116811790915567ffffffffffffffff8a1684526003909252822082815590810182905590920182905573ffffffffffffffffffffffffffffffffffffffff8116917c010000000000000000000000000000000000000000000000000000000090910463ffffffff169082156145d35763ffffffff8216156145575773ffffffffffffffffffffffffffffffffffffffff83165f9081526006602052604090208054839190601c906145389084907c0100000000000000000000000000000000000000000000000000000000900463ffffffff1661593a565b92506101000a81548163ffffffff021916908363ffffffff1602179055505b6004546bffffffffffffffffffffffff16614573600282615d39565b73ffffffffffffffffffffffffffffffffffffffff87165f908152600760205260408120805492945084929091906145ac908490615900565b909155506145bc90508282615c3a565b60085f8282546145cc9190615900565b9091555050505b6040805173ffffffffffffffffffffffffffffffffffffffff858116825260208201849052871691869167ffffffffffffffff8b16917faebf7ddfd48844ef55cb3f6eaa85743b1552db7aab772b025cc26467be5a43cd910160405180910390a450505050505050565b5f6bffffffffffffffffffffffff821115614656575f5ffd5b5090565b5f614663615341565b5f5b60088110156146ac5761468d8582600881106146835761468361584b565b60200201356152e4565b82826008811061469f5761469f61584b565b6020020152600101614665565b506139678184614705565b5f816040516020016146c99190615d4c565b604080517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0818403018152919052805160209091012092915050565b5f8251602084015160408501516060860151608087015160a088015160c089015160e08a015189610f208b01515b8688018080019b5089800101988a01968001870196818c80089b5081888d089b508001818180089050818a82089050818189089a50818c8b088486018080019d929b5090995090975085800101948601928001830192818c80089b5081848d089b508001818180089050818682089050818185089650818c87089450809550508a9250858a019a508a8a0199508a860195508489019a508a890198508a850194508388019a508a880197508a840193508287019a508a870196508a830192506104008c018203614c685780880697508086069550808406935061072082015b80831015614c665782518b019a50818b8c099b50818b838e8f09099a508182858701888a0108838a8c018d8f0108089b508b827f05bffb5e301d8c468c35e24eb2165b6b71725fb7ac9a48efe5ce041bdb05676d8d09019a508b827f2aa7a81812688343fc6d78073312996d75f4c5505db0ed22af5ec0df7888cdc78c090199508b827f2f5856fd71dab60d78cc3af15a89c1e4d61ba189849a4cea10acc1dd228faf008b090198508b827f12299a260999ac95d271e184968cda40bd4358877a6dcf43d779251fffa613488a090197508b827f1443aad4693d692a62a8e21f03d5643a123f0c8783a3d27c275f9d01089685fb89090196508b827f21561b0204a44488082e31472f5885a3adc179bb278233aedc4b316369ec993788090195508b827f0c7cc2afa53f9898f30a69b294a4e24f6b2176e1ae0ca49b021792d55e34e97d87090194508b827f2dd221096053de389fae88e7caa5c43ab55e22aeb758ee130d1246c1dff47b53860901935060208301518b019a50818b8c099b50818b838e8f09099a508182858701888a0108838a8c018d8f0108089b508b827f05bffb5e301d8c468c35e24eb2165b6b71725fb7ac9a48efe5ce041bdb05676d8d09019a508b827f2aa7a81812688343fc6d78073312996d75f4c5505db0ed22af5ec0df7888cdc78c090199508b827f2f5856fd71dab60d78cc3af15a89c1e4d61ba189849a4cea10acc1dd228faf008b090198508b827f12299a260999ac95d271e184968cda40bd4358877a6dcf43d779251fffa613488a090197508b827f1443aad4693d692a62a8e21f03d5643a123f0c8783a3d27c275f9d01089685fb89090196508b827f21561b0204a44488082e31472f5885a3adc179bb278233aedc4b316369ec993788090195508b827f0c7cc2afa53f9898f30a69b294a4e24f6b2176e1ae0ca49b021792d55e34e97d87090194508b827f2dd221096053de389fae88e7caa5c43ab55e22aeb758ee130d1246c1dff47b53860901935060408301518b019a50818b8c099b50818b838e8f09099a508182858701888a0108838a8c018d8f0108089b508b827f05bffb5e301d8c468c35e24eb2165b6b71725fb7ac9a48efe5ce041bdb05676d8d09019a508b827f2aa7a81812688343fc6d78073312996d75f4c5505db0ed22af5ec0df7888cdc78c090199508b827f2f5856fd71dab60d78cc3af15a89c1e4d61ba189849a4cea10acc1dd228faf008b090198508b827f12299a260999ac95d271e184968cda40bd4358877a6dcf43d779251fffa613488a090197508b827f1443aad4693d692a62a8e21f03d5643a123f0c8783a3d27c275f9d01089685fb89090196508b827f21561b0204a44488082e31472f5885a3adc179bb278233aedc4b316369ec993788090195508b827f0c7cc2afa53f9898f30a69b294a4e24f6b2176e1ae0ca49b021792d55e34e97d87090194508b827f2dd221096053de389fae88e7caa5c43ab55e22aeb758ee130d1246c1dff47b538609019350606083019250614812565b505b610f208c01820315614d3d5781518a019950808a8b099a50808a828d8e0909995060208201518901985080898a099a508089828d8e09099850604082015188019750808889099a508088828d8e09099750606082015187019650808788099a508087828d8e09099650608082015186019550808687099a508086828d8e0909955060a082015185019450808586099a508085828d8e0909945060c082015184019350808485099a508084828d8e0909935060e082015183019250808384099a508083828d8e0909925061010082019150614733565b808d518b089d9c50505050505050505050505050565b604080516080810182526004546bffffffffffffffffffffffff8082168084526c010000000000000000000000008304909116602084015263ffffffff780100000000000000000000000000000000000000000000000083048116948401949094527c010000000000000000000000000000000000000000000000000000000090910490921660608201529015614eb357335f908152600660205260409020815181546bffffffffffffffffffffffff91821691161015614e6257805482516040517f7469af830000000000000000000000000000000000000000000000000000000081523360048201526bffffffffffffffffffffffff928316602482015291166044820152606401610c78565b8151815482905f90614e839084906bffffffffffffffffffffffff16615b72565b92506101000a8154816bffffffffffffffffffffffff02191690836bffffffffffffffffffffffff160217905550505b5f816040015143614ec49190615956565b6040805160c08101825294855260208086019687523386830190815263ffffffff938416606088019081525f6080890181815260a08a0182815267ffffffffffffffff909c168252600390945293909320965187559651600187015595516002909501805491519651975183167c0100000000000000000000000000000000000000000000000000000000027bffffffffffffffffffffffffffffffffffffffffffffffffffffffff9884167801000000000000000000000000000000000000000000000000029890981677ffffffffffffffffffffffffffffffffffffffffffffffff9790931674010000000000000000000000000000000000000000027fffffffffffffffff00000000000000000000000000000000000000000000000090921673ffffffffffffffffffffffffffffffffffffffff96909616959095171794909416939093179390931790555050565b6007811115615055576040517fcd2c0aa300000000000000000000000000000000000000000000000000000000815260048101829052602401610c78565b8181600881106150675761506761584b565b6020020135608084018190525f036150ab576040517fdbf3d75300000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b826020015160ff1660011480156150d457506004835160048111156150d2576150d26154de565b145b1561510e576040517fcd2c0aa300000000000000000000000000000000000000000000000000000000815260048101829052602401610c78565b602083015160ff16156151645760018360200181815161512e9190615d5c565b60ff1690525060608301518190615146906008615d75565b6151509190615d9f565b67ffffffffffffffff166060840152505050565b5f83516004811115615178576151786154de565b036151e057806005036151945750506004602082015260019052565b806006036151ab575050600b602082015260049052565b6040517fcd2c0aa300000000000000000000000000000000000000000000000000000000815260048101829052602401610c78565b6001835160048111156151f5576151f56154de565b036152b5578060041415801561520c575080600514155b8061521b575060086040830135115b15615255576040517fcd2c0aa300000000000000000000000000000000000000000000000000000000815260048101829052602401610c78565b80600414615264576003615267565b60025b8390600481111561527a5761527a6154de565b9081600481111561528d5761528d6154de565b905250506060820180515f90915261ffff16604080840191909152013560ff16602090910152565b6003835160048111156152ca576152ca6154de565b1480156152d75750806001145b156151ab57505060029052565b5f7f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000018210614656576040517f0182175500000000000000000000000000000000000000000000000000000000815260048101839052602401610c78565b6040518061010001604052806008906020820280368337509192915050565b5f5f60208385031215615371575f5ffd5b823567ffffffffffffffff811115615387575f5ffd5b8301601f81018513615397575f5ffd5b803567ffffffffffffffff8111156153ad575f5ffd5b8560206101e0830284010111156153c2575f5ffd5b6020919091019590945092505050565b5f60808284031280156153e3575f5ffd5b509092915050565b803567ffffffffffffffff81168114615402575f5ffd5b919050565b5f5f60408385031215615418575f5ffd5b615421836153eb565b946020939093013593505050565b5f5f5f60408486031215615441575f5ffd5b833567ffffffffffffffff811115615457575f5ffd5b8401601f81018613615467575f5ffd5b803567ffffffffffffffff81111561547d575f5ffd5b8660208260071b8401011115615491575f5ffd5b6020918201945092506154a59085016153eb565b90509250925092565b5f602082840312156154be575f5ffd5b610c2a826153eb565b5f602082840312156154d7575f5ffd5b5035919050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b602081016004831061551f5761551f6154de565b91905290565b5f60a08284031215615535575f5ffd5b50919050565b5f5f83601f84011261554b575f5ffd5b50813567ffffffffffffffff811115615562575f5ffd5b6020830191508360208260051b850101111561557c575f5ffd5b9250929050565b5f5f5f5f5f5f5f610120888a03121561559a575f5ffd5b6155a3886153eb565b9650602088013595506155b98960408a01615525565b945060e088013567ffffffffffffffff8111156155d4575f5ffd5b8801601f81018a136155e4575f5ffd5b803567ffffffffffffffff8111156155fa575f5ffd5b8a60208260081b840101111561560e575f5ffd5b6020919091019450925061010088013567ffffffffffffffff811115615632575f5ffd5b61563e8a828b0161553b565b989b979a50959850939692959293505050565b803573ffffffffffffffffffffffffffffffffffffffff81168114615402575f5ffd5b5f60208284031215615684575f5ffd5b610c2a82615651565b5f5f60c0838503121561569e575f5ffd5b823591506156af8460208501615525565b90509250929050565b60608101600385106156cc576156cc6154de565b93815267ffffffffffffffff92909216602083015273ffffffffffffffffffffffffffffffffffffffff1660409091015290565b5f5f5f60408486031215615712575f5ffd5b83359250602084013567ffffffffffffffff81111561572f575f5ffd5b8401601f8101861361573f575f5ffd5b803567ffffffffffffffff811115615755575f5ffd5b866020828401011115615766575f5ffd5b939660209190910195509293505050565b5f60208284031215615787575f5ffd5b81356bffffffffffffffffffffffff81168114610c2a575f5ffd5b5f5f604083850312156157b3575f5ffd5b6157bc83615651565b9150602083013580151581146157d0575f5ffd5b809150509250929050565b5f5f602083850312156157ec575f5ffd5b823567ffffffffffffffff811115615802575f5ffd5b61580e8582860161553b565b90969095509350505050565b5f5f5f60e0848603121561582c575f5ffd5b615835846153eb565b9250602084013591506154a58560408601615525565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b5f63ffffffff821663ffffffff81036158c0576158c0615878565b60010192915050565b5f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff82036158f9576158f9615878565b5060010190565b80820180821115610bfd57610bfd615878565b803560058110615402575f5ffd5b5f60208284031215615931575f5ffd5b610c2a82615913565b63ffffffff8281168282160390811115610bfd57610bfd615878565b63ffffffff8181168382160190811115610bfd57610bfd615878565b60058110615982576159826154de565b9052565b615991828251615972565b60ff602082015116602083015261ffff604082015116604083015267ffffffffffffffff6060820151166060830152608081015160808301525050565b60c081016159dc8285615986565b63ffffffff831660a08301529392505050565b803560ff81168114615402575f5ffd5b803561ffff81168114615402575f5ffd5b5f60a0828403128015615a21575f5ffd5b5060405160a0810167ffffffffffffffff81118282101715615a6a577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b604052615a7683615913565b8152615a84602084016159ef565b6020820152615a95604084016159ff565b6040820152615aa6606084016153eb565b60608201526080928301359281019290925250919050565b5f5f85851115615acc575f5ffd5b83861115615ad8575f5ffd5b5050820193919092039150565b80356020831015610bfd577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff602084900360031b1b1692915050565b818382375f9101908152919050565b80516020808301519190811015615535577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff60209190910360031b1b16919050565b6bffffffffffffffffffffffff8281168282160390811115610bfd57610bfd615878565b6bffffffffffffffffffffffff8181168382160190811115610bfd57610bfd615878565b615bcc82615bc783615913565b615972565b60ff615bda602083016159ef565b16602083015261ffff615bef604083016159ff565b16604083015267ffffffffffffffff615c0a606083016153eb565b166060830152608090810135910152565b6101a08101615c2a8285615bba565b6101008360a08401379392505050565b81810381811115610bfd57610bfd615878565b8082028115828204841417610bfd57610bfd615878565b5f60208284031215615c74575f5ffd5b610c2a826159ef565b5f60208284031215615c8d575f5ffd5b610c2a826159ff565b82815260c08101610c2a6020830184615986565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601260045260245ffd5b5f63ffffffff831680615cec57615cec615caa565b8063ffffffff84160491505092915050565b60a08101610bfd8284615bba565b5f82518060208501845e5f920191825250919050565b5f60208284031215615d32575f5ffd5b5051919050565b5f82615d4757615d47615caa565b500490565b6101008181019083833792915050565b60ff8281168282160390811115610bfd57610bfd615878565b67ffffffffffffffff8181168382160290811690818114615d9857615d98615878565b5092915050565b67ffffffffffffffff8181168382160190811115610bfd57610bfd61587856",
}

// AnchorRegistry is an auto generated Go binding around an Ethereum contract.
type AnchorRegistry struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *AnchorRegistry) GetABI() abi.ABI {
	return c.abi
}

// NewAnchorRegistry creates a new instance of AnchorRegistry.
func NewAnchorRegistry() *AnchorRegistry {
	parsed, err := AnchorRegistryMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &AnchorRegistry{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *AnchorRegistry) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor((uint96,uint96,uint32,uint32) config_, address[] judges_) returns()
func (anchorRegistry *AnchorRegistry) PackConstructor(config_ BondsConfig, judges_ []common.Address) []byte {
	enc, err := anchorRegistry.abi.Pack("", config_, judges_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackCOMMITTAG is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x935e6b73.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function COMMIT_TAG() view returns(uint256)
func (anchorRegistry *AnchorRegistry) PackCOMMITTAG() []byte {
	enc, err := anchorRegistry.abi.Pack("COMMIT_TAG")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCOMMITTAG is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x935e6b73.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function COMMIT_TAG() view returns(uint256)
func (anchorRegistry *AnchorRegistry) TryPackCOMMITTAG() ([]byte, error) {
	return anchorRegistry.abi.Pack("COMMIT_TAG")
}

// UnpackCOMMITTAG is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x935e6b73.
//
// Solidity: function COMMIT_TAG() view returns(uint256)
func (anchorRegistry *AnchorRegistry) UnpackCOMMITTAG(data []byte) (*big.Int, error) {
	out, err := anchorRegistry.abi.Unpack("COMMIT_TAG", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackDEMANDSABLOCK is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb52f2993.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function DEMANDS_A_BLOCK() view returns(uint32)
func (anchorRegistry *AnchorRegistry) PackDEMANDSABLOCK() []byte {
	enc, err := anchorRegistry.abi.Pack("DEMANDS_A_BLOCK")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDEMANDSABLOCK is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb52f2993.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function DEMANDS_A_BLOCK() view returns(uint32)
func (anchorRegistry *AnchorRegistry) TryPackDEMANDSABLOCK() ([]byte, error) {
	return anchorRegistry.abi.Pack("DEMANDS_A_BLOCK")
}

// UnpackDEMANDSABLOCK is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb52f2993.
//
// Solidity: function DEMANDS_A_BLOCK() view returns(uint32)
func (anchorRegistry *AnchorRegistry) UnpackDEMANDSABLOCK(data []byte) (uint32, error) {
	out, err := anchorRegistry.abi.Unpack("DEMANDS_A_BLOCK", data)
	if err != nil {
		return *new(uint32), err
	}
	out0 := *abi.ConvertType(out[0], new(uint32)).(*uint32)
	return out0, nil
}

// PackAccountOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8086b8ba.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function accountOf(address account) view returns(uint96 free, uint96 leaving, uint32 leavingAt, uint32 load)
func (anchorRegistry *AnchorRegistry) PackAccountOf(account common.Address) []byte {
	enc, err := anchorRegistry.abi.Pack("accountOf", account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAccountOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8086b8ba.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function accountOf(address account) view returns(uint96 free, uint96 leaving, uint32 leavingAt, uint32 load)
func (anchorRegistry *AnchorRegistry) TryPackAccountOf(account common.Address) ([]byte, error) {
	return anchorRegistry.abi.Pack("accountOf", account)
}

// AccountOfOutput serves as a container for the return parameters of contract
// method AccountOf.
type AccountOfOutput struct {
	Free      *big.Int
	Leaving   *big.Int
	LeavingAt uint32
	Load      uint32
}

// UnpackAccountOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8086b8ba.
//
// Solidity: function accountOf(address account) view returns(uint96 free, uint96 leaving, uint32 leavingAt, uint32 load)
func (anchorRegistry *AnchorRegistry) UnpackAccountOf(data []byte) (AccountOfOutput, error) {
	out, err := anchorRegistry.abi.Unpack("accountOf", data)
	outstruct := new(AccountOfOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Free = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.Leaving = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	outstruct.LeavingAt = *abi.ConvertType(out[2], new(uint32)).(*uint32)
	outstruct.Load = *abi.ConvertType(out[3], new(uint32)).(*uint32)
	return *outstruct, nil
}

// PackAnchor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x20eb5b0c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function anchor((uint64,bytes32,bytes32,bytes32)[] anchors, uint64 fence_) returns()
func (anchorRegistry *AnchorRegistry) PackAnchor(anchors []AnchorRegistryAnchor, fence uint64) []byte {
	enc, err := anchorRegistry.abi.Pack("anchor", anchors, fence)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAnchor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x20eb5b0c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function anchor((uint64,bytes32,bytes32,bytes32)[] anchors, uint64 fence_) returns()
func (anchorRegistry *AnchorRegistry) TryPackAnchor(anchors []AnchorRegistryAnchor, fence uint64) ([]byte, error) {
	return anchorRegistry.abi.Pack("anchor", anchors, fence)
}

// PackAnswer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0998db57.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function answer((uint64,bytes32,(uint8,uint8,uint16,uint64,bytes32),uint256[8])[] shown) returns()
func (anchorRegistry *AnchorRegistry) PackAnswer(shown []DemandGameShown) []byte {
	enc, err := anchorRegistry.abi.Pack("answer", shown)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAnswer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0998db57.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function answer((uint64,bytes32,(uint8,uint8,uint16,uint64,bytes32),uint256[8])[] shown) returns()
func (anchorRegistry *AnchorRegistry) TryPackAnswer(shown []DemandGameShown) ([]byte, error) {
	return anchorRegistry.abi.Pack("answer", shown)
}

// PackBlockHashAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x411ba6ed.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function blockHashAt(uint64 height) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) PackBlockHashAt(height uint64) []byte {
	enc, err := anchorRegistry.abi.Pack("blockHashAt", height)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBlockHashAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x411ba6ed.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function blockHashAt(uint64 height) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) TryPackBlockHashAt(height uint64) ([]byte, error) {
	return anchorRegistry.abi.Pack("blockHashAt", height)
}

// UnpackBlockHashAt is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x411ba6ed.
//
// Solidity: function blockHashAt(uint64 height) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) UnpackBlockHashAt(data []byte) ([32]byte, error) {
	out, err := anchorRegistry.abi.Unpack("blockHashAt", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackBurnt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb192da2d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function burnt() view returns(uint256)
func (anchorRegistry *AnchorRegistry) PackBurnt() []byte {
	enc, err := anchorRegistry.abi.Pack("burnt")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBurnt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb192da2d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function burnt() view returns(uint256)
func (anchorRegistry *AnchorRegistry) TryPackBurnt() ([]byte, error) {
	return anchorRegistry.abi.Pack("burnt")
}

// UnpackBurnt is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb192da2d.
//
// Solidity: function burnt() view returns(uint256)
func (anchorRegistry *AnchorRegistry) UnpackBurnt(data []byte) (*big.Int, error) {
	out, err := anchorRegistry.abi.Unpack("burnt", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackCanonicalHash is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7c362cad.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function canonicalHash(uint64 height) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) PackCanonicalHash(height uint64) []byte {
	enc, err := anchorRegistry.abi.Pack("canonicalHash", height)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCanonicalHash is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7c362cad.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function canonicalHash(uint64 height) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) TryPackCanonicalHash(height uint64) ([]byte, error) {
	return anchorRegistry.abi.Pack("canonicalHash", height)
}

// UnpackCanonicalHash is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7c362cad.
//
// Solidity: function canonicalHash(uint64 height) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) UnpackCanonicalHash(data []byte) ([32]byte, error) {
	out, err := anchorRegistry.abi.Unpack("canonicalHash", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackChallenge is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa03aafbf.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function challenge(uint256 judge, bytes claim) returns()
func (anchorRegistry *AnchorRegistry) PackChallenge(judge *big.Int, claim []byte) []byte {
	enc, err := anchorRegistry.abi.Pack("challenge", judge, claim)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackChallenge is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa03aafbf.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function challenge(uint256 judge, bytes claim) returns()
func (anchorRegistry *AnchorRegistry) TryPackChallenge(judge *big.Int, claim []byte) ([]byte, error) {
	return anchorRegistry.abi.Pack("challenge", judge, claim)
}

// PackCommitmentAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf326b256.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function commitmentAt(uint64 height) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) PackCommitmentAt(height uint64) []byte {
	enc, err := anchorRegistry.abi.Pack("commitmentAt", height)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCommitmentAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf326b256.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function commitmentAt(uint64 height) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) TryPackCommitmentAt(height uint64) ([]byte, error) {
	return anchorRegistry.abi.Pack("commitmentAt", height)
}

// UnpackCommitmentAt is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf326b256.
//
// Solidity: function commitmentAt(uint64 height) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) UnpackCommitmentAt(data []byte) ([32]byte, error) {
	out, err := anchorRegistry.abi.Unpack("commitmentAt", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackComputeCommitment is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0c5be310.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function computeCommitment((uint64,bytes32,bytes32,bytes32) a) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) PackComputeCommitment(a AnchorRegistryAnchor) []byte {
	enc, err := anchorRegistry.abi.Pack("computeCommitment", a)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackComputeCommitment is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0c5be310.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function computeCommitment((uint64,bytes32,bytes32,bytes32) a) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) TryPackComputeCommitment(a AnchorRegistryAnchor) ([]byte, error) {
	return anchorRegistry.abi.Pack("computeCommitment", a)
}

// UnpackComputeCommitment is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x0c5be310.
//
// Solidity: function computeCommitment((uint64,bytes32,bytes32,bytes32) a) view returns(bytes32)
func (anchorRegistry *AnchorRegistry) UnpackComputeCommitment(data []byte) ([32]byte, error) {
	out, err := anchorRegistry.abi.Unpack("computeCommitment", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackConfig is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x79502c55.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function config() view returns(uint96 bond, uint96 demandBond, uint32 challengeWindow, uint32 answerWindow)
func (anchorRegistry *AnchorRegistry) PackConfig() []byte {
	enc, err := anchorRegistry.abi.Pack("config")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackConfig is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x79502c55.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function config() view returns(uint96 bond, uint96 demandBond, uint32 challengeWindow, uint32 answerWindow)
func (anchorRegistry *AnchorRegistry) TryPackConfig() ([]byte, error) {
	return anchorRegistry.abi.Pack("config")
}

// ConfigOutput serves as a container for the return parameters of contract
// method Config.
type ConfigOutput struct {
	Bond            *big.Int
	DemandBond      *big.Int
	ChallengeWindow uint32
	AnswerWindow    uint32
}

// UnpackConfig is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x79502c55.
//
// Solidity: function config() view returns(uint96 bond, uint96 demandBond, uint32 challengeWindow, uint32 answerWindow)
func (anchorRegistry *AnchorRegistry) UnpackConfig(data []byte) (ConfigOutput, error) {
	out, err := anchorRegistry.abi.Unpack("config", data)
	outstruct := new(ConfigOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Bond = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.DemandBond = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	outstruct.ChallengeWindow = *abi.ConvertType(out[2], new(uint32)).(*uint32)
	outstruct.AnswerWindow = *abi.ConvertType(out[3], new(uint32)).(*uint32)
	return *outstruct, nil
}

// PackDemand is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4c768339.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function demand(uint64 height, bytes32 commitment, (uint8,uint8,uint16,uint64,bytes32) from, uint256[8][] preimages, uint8[] words) payable returns()
func (anchorRegistry *AnchorRegistry) PackDemand(height uint64, commitment [32]byte, from DemandGamePlace, preimages [][8]*big.Int, words []uint8) []byte {
	enc, err := anchorRegistry.abi.Pack("demand", height, commitment, from, preimages, words)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDemand is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4c768339.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function demand(uint64 height, bytes32 commitment, (uint8,uint8,uint16,uint64,bytes32) from, uint256[8][] preimages, uint8[] words) payable returns()
func (anchorRegistry *AnchorRegistry) TryPackDemand(height uint64, commitment [32]byte, from DemandGamePlace, preimages [][8]*big.Int, words []uint8) ([]byte, error) {
	return anchorRegistry.abi.Pack("demand", height, commitment, from, preimages, words)
}

// PackDemandOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7239ff63.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function demandOf(bytes32 commitment, (uint8,uint8,uint16,uint64,bytes32) place) view returns(uint8 phase, uint64 time, address by)
func (anchorRegistry *AnchorRegistry) PackDemandOf(commitment [32]byte, place DemandGamePlace) []byte {
	enc, err := anchorRegistry.abi.Pack("demandOf", commitment, place)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDemandOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7239ff63.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function demandOf(bytes32 commitment, (uint8,uint8,uint16,uint64,bytes32) place) view returns(uint8 phase, uint64 time, address by)
func (anchorRegistry *AnchorRegistry) TryPackDemandOf(commitment [32]byte, place DemandGamePlace) ([]byte, error) {
	return anchorRegistry.abi.Pack("demandOf", commitment, place)
}

// DemandOfOutput serves as a container for the return parameters of contract
// method DemandOf.
type DemandOfOutput struct {
	Phase uint8
	Time  uint64
	By    common.Address
}

// UnpackDemandOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7239ff63.
//
// Solidity: function demandOf(bytes32 commitment, (uint8,uint8,uint16,uint64,bytes32) place) view returns(uint8 phase, uint64 time, address by)
func (anchorRegistry *AnchorRegistry) UnpackDemandOf(data []byte) (DemandOfOutput, error) {
	out, err := anchorRegistry.abi.Unpack("demandOf", data)
	outstruct := new(DemandOfOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Phase = *abi.ConvertType(out[0], new(uint8)).(*uint8)
	outstruct.Time = *abi.ConvertType(out[1], new(uint64)).(*uint64)
	outstruct.By = *abi.ConvertType(out[2], new(common.Address)).(*common.Address)
	return *outstruct, nil
}

// PackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf340fa01.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function deposit(address account) payable returns()
func (anchorRegistry *AnchorRegistry) PackDeposit(account common.Address) []byte {
	enc, err := anchorRegistry.abi.Pack("deposit", account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf340fa01.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function deposit(address account) payable returns()
func (anchorRegistry *AnchorRegistry) TryPackDeposit(account common.Address) ([]byte, error) {
	return anchorRegistry.abi.Pack("deposit", account)
}

// PackExpire is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf8160b30.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function expire(uint64 height, bytes32 commitment, (uint8,uint8,uint16,uint64,bytes32) place) returns()
func (anchorRegistry *AnchorRegistry) PackExpire(height uint64, commitment [32]byte, place DemandGamePlace) []byte {
	enc, err := anchorRegistry.abi.Pack("expire", height, commitment, place)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackExpire is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf8160b30.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function expire(uint64 height, bytes32 commitment, (uint8,uint8,uint16,uint64,bytes32) place) returns()
func (anchorRegistry *AnchorRegistry) TryPackExpire(height uint64, commitment [32]byte, place DemandGamePlace) ([]byte, error) {
	return anchorRegistry.abi.Pack("expire", height, commitment, place)
}

// PackFenceOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x558452ec.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function fenceOf(address account) view returns(uint64)
func (anchorRegistry *AnchorRegistry) PackFenceOf(account common.Address) []byte {
	enc, err := anchorRegistry.abi.Pack("fenceOf", account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFenceOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x558452ec.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function fenceOf(address account) view returns(uint64)
func (anchorRegistry *AnchorRegistry) TryPackFenceOf(account common.Address) ([]byte, error) {
	return anchorRegistry.abi.Pack("fenceOf", account)
}

// UnpackFenceOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x558452ec.
//
// Solidity: function fenceOf(address account) view returns(uint64)
func (anchorRegistry *AnchorRegistry) UnpackFenceOf(data []byte) (uint64, error) {
	out, err := anchorRegistry.abi.Unpack("fenceOf", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackIsAnchored is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x15c32167.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function isAnchored(uint64 height, bytes32 commitment) view returns(bool)
func (anchorRegistry *AnchorRegistry) PackIsAnchored(height uint64, commitment [32]byte) []byte {
	enc, err := anchorRegistry.abi.Pack("isAnchored", height, commitment)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackIsAnchored is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x15c32167.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function isAnchored(uint64 height, bytes32 commitment) view returns(bool)
func (anchorRegistry *AnchorRegistry) TryPackIsAnchored(height uint64, commitment [32]byte) ([]byte, error) {
	return anchorRegistry.abi.Pack("isAnchored", height, commitment)
}

// UnpackIsAnchored is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x15c32167.
//
// Solidity: function isAnchored(uint64 height, bytes32 commitment) view returns(bool)
func (anchorRegistry *AnchorRegistry) UnpackIsAnchored(data []byte) (bool, error) {
	out, err := anchorRegistry.abi.Unpack("isAnchored", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackIsAnchorer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8eaaf6e3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function isAnchorer(address account) view returns(bool)
func (anchorRegistry *AnchorRegistry) PackIsAnchorer(account common.Address) []byte {
	enc, err := anchorRegistry.abi.Pack("isAnchorer", account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackIsAnchorer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8eaaf6e3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function isAnchorer(address account) view returns(bool)
func (anchorRegistry *AnchorRegistry) TryPackIsAnchorer(account common.Address) ([]byte, error) {
	return anchorRegistry.abi.Pack("isAnchorer", account)
}

// UnpackIsAnchorer is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8eaaf6e3.
//
// Solidity: function isAnchorer(address account) view returns(bool)
func (anchorRegistry *AnchorRegistry) UnpackIsAnchorer(data []byte) (bool, error) {
	out, err := anchorRegistry.abi.Unpack("isAnchorer", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackIsRevoked is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4294857f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function isRevoked(bytes32 commitment) view returns(bool)
func (anchorRegistry *AnchorRegistry) PackIsRevoked(commitment [32]byte) []byte {
	enc, err := anchorRegistry.abi.Pack("isRevoked", commitment)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackIsRevoked is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4294857f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function isRevoked(bytes32 commitment) view returns(bool)
func (anchorRegistry *AnchorRegistry) TryPackIsRevoked(commitment [32]byte) ([]byte, error) {
	return anchorRegistry.abi.Pack("isRevoked", commitment)
}

// UnpackIsRevoked is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x4294857f.
//
// Solidity: function isRevoked(bytes32 commitment) view returns(bool)
func (anchorRegistry *AnchorRegistry) UnpackIsRevoked(data []byte) (bool, error) {
	out, err := anchorRegistry.abi.Unpack("isRevoked", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackIsSettled is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7acf8127.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function isSettled(uint64 height, bytes32 commitment) view returns(bool)
func (anchorRegistry *AnchorRegistry) PackIsSettled(height uint64, commitment [32]byte) []byte {
	enc, err := anchorRegistry.abi.Pack("isSettled", height, commitment)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackIsSettled is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7acf8127.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function isSettled(uint64 height, bytes32 commitment) view returns(bool)
func (anchorRegistry *AnchorRegistry) TryPackIsSettled(height uint64, commitment [32]byte) ([]byte, error) {
	return anchorRegistry.abi.Pack("isSettled", height, commitment)
}

// UnpackIsSettled is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7acf8127.
//
// Solidity: function isSettled(uint64 height, bytes32 commitment) view returns(bool)
func (anchorRegistry *AnchorRegistry) UnpackIsSettled(data []byte) (bool, error) {
	out, err := anchorRegistry.abi.Unpack("isSettled", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackJudgeAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7fb99334.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function judgeAt(uint256 i) view returns(address)
func (anchorRegistry *AnchorRegistry) PackJudgeAt(i *big.Int) []byte {
	enc, err := anchorRegistry.abi.Pack("judgeAt", i)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackJudgeAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7fb99334.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function judgeAt(uint256 i) view returns(address)
func (anchorRegistry *AnchorRegistry) TryPackJudgeAt(i *big.Int) ([]byte, error) {
	return anchorRegistry.abi.Pack("judgeAt", i)
}

// UnpackJudgeAt is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7fb99334.
//
// Solidity: function judgeAt(uint256 i) view returns(address)
func (anchorRegistry *AnchorRegistry) UnpackJudgeAt(data []byte) (common.Address, error) {
	out, err := anchorRegistry.abi.Unpack("judgeAt", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackOfferOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8e3e92f2.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function offerOwnership(address to) returns()
func (anchorRegistry *AnchorRegistry) PackOfferOwnership(to common.Address) []byte {
	enc, err := anchorRegistry.abi.Pack("offerOwnership", to)
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
func (anchorRegistry *AnchorRegistry) TryPackOfferOwnership(to common.Address) ([]byte, error) {
	return anchorRegistry.abi.Pack("offerOwnership", to)
}

// PackOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8da5cb5b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function owner() view returns(address)
func (anchorRegistry *AnchorRegistry) PackOwner() []byte {
	enc, err := anchorRegistry.abi.Pack("owner")
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
func (anchorRegistry *AnchorRegistry) TryPackOwner() ([]byte, error) {
	return anchorRegistry.abi.Pack("owner")
}

// UnpackOwner is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8da5cb5b.
//
// Solidity: function owner() view returns(address)
func (anchorRegistry *AnchorRegistry) UnpackOwner(data []byte) (common.Address, error) {
	out, err := anchorRegistry.abi.Unpack("owner", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackPayable is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdd4ec4bf.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function payable_(address account) view returns(uint256)
func (anchorRegistry *AnchorRegistry) PackPayable(account common.Address) []byte {
	enc, err := anchorRegistry.abi.Pack("payable_", account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPayable is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdd4ec4bf.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function payable_(address account) view returns(uint256)
func (anchorRegistry *AnchorRegistry) TryPackPayable(account common.Address) ([]byte, error) {
	return anchorRegistry.abi.Pack("payable_", account)
}

// UnpackPayable is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdd4ec4bf.
//
// Solidity: function payable_(address account) view returns(uint256)
func (anchorRegistry *AnchorRegistry) UnpackPayable(data []byte) (*big.Int, error) {
	out, err := anchorRegistry.abi.Unpack("payable_", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackPendingOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe30c3978.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function pendingOwner() view returns(address)
func (anchorRegistry *AnchorRegistry) PackPendingOwner() []byte {
	enc, err := anchorRegistry.abi.Pack("pendingOwner")
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
func (anchorRegistry *AnchorRegistry) TryPackPendingOwner() ([]byte, error) {
	return anchorRegistry.abi.Pack("pendingOwner")
}

// UnpackPendingOwner is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe30c3978.
//
// Solidity: function pendingOwner() view returns(address)
func (anchorRegistry *AnchorRegistry) UnpackPendingOwner(data []byte) (common.Address, error) {
	out, err := anchorRegistry.abi.Unpack("pendingOwner", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackRecordAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb2cee303.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function recordAt(uint64 height) view returns((bytes32,bytes32,address,uint32,uint32,uint32))
func (anchorRegistry *AnchorRegistry) PackRecordAt(height uint64) []byte {
	enc, err := anchorRegistry.abi.Pack("recordAt", height)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRecordAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb2cee303.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function recordAt(uint64 height) view returns((bytes32,bytes32,address,uint32,uint32,uint32))
func (anchorRegistry *AnchorRegistry) TryPackRecordAt(height uint64) ([]byte, error) {
	return anchorRegistry.abi.Pack("recordAt", height)
}

// UnpackRecordAt is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb2cee303.
//
// Solidity: function recordAt(uint64 height) view returns((bytes32,bytes32,address,uint32,uint32,uint32))
func (anchorRegistry *AnchorRegistry) UnpackRecordAt(data []byte) (BondsRecord, error) {
	out, err := anchorRegistry.abi.Unpack("recordAt", data)
	if err != nil {
		return *new(BondsRecord), err
	}
	out0 := *abi.ConvertType(out[0], new(BondsRecord)).(*BondsRecord)
	return out0, nil
}

// PackRefund is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x70521e0a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function refund(bytes32 commitment, (uint8,uint8,uint16,uint64,bytes32) place) returns()
func (anchorRegistry *AnchorRegistry) PackRefund(commitment [32]byte, place DemandGamePlace) []byte {
	enc, err := anchorRegistry.abi.Pack("refund", commitment, place)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRefund is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x70521e0a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function refund(bytes32 commitment, (uint8,uint8,uint16,uint64,bytes32) place) returns()
func (anchorRegistry *AnchorRegistry) TryPackRefund(commitment [32]byte, place DemandGamePlace) ([]byte, error) {
	return anchorRegistry.abi.Pack("refund", commitment, place)
}

// PackRelease is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf0e19d1e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function release(uint64[] heights) returns()
func (anchorRegistry *AnchorRegistry) PackRelease(heights []uint64) []byte {
	enc, err := anchorRegistry.abi.Pack("release", heights)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRelease is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf0e19d1e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function release(uint64[] heights) returns()
func (anchorRegistry *AnchorRegistry) TryPackRelease(heights []uint64) ([]byte, error) {
	return anchorRegistry.abi.Pack("release", heights)
}

// PackSetAnchorer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xec8fbb3f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setAnchorer(address account, bool allowed) returns()
func (anchorRegistry *AnchorRegistry) PackSetAnchorer(account common.Address, allowed bool) []byte {
	enc, err := anchorRegistry.abi.Pack("setAnchorer", account, allowed)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetAnchorer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xec8fbb3f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setAnchorer(address account, bool allowed) returns()
func (anchorRegistry *AnchorRegistry) TryPackSetAnchorer(account common.Address, allowed bool) ([]byte, error) {
	return anchorRegistry.abi.Pack("setAnchorer", account, allowed)
}

// PackStatusAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x433309f8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function statusAt(uint64 height, bytes32 commitment) view returns(uint8)
func (anchorRegistry *AnchorRegistry) PackStatusAt(height uint64, commitment [32]byte) []byte {
	enc, err := anchorRegistry.abi.Pack("statusAt", height, commitment)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackStatusAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x433309f8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function statusAt(uint64 height, bytes32 commitment) view returns(uint8)
func (anchorRegistry *AnchorRegistry) TryPackStatusAt(height uint64, commitment [32]byte) ([]byte, error) {
	return anchorRegistry.abi.Pack("statusAt", height, commitment)
}

// UnpackStatusAt is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x433309f8.
//
// Solidity: function statusAt(uint64 height, bytes32 commitment) view returns(uint8)
func (anchorRegistry *AnchorRegistry) UnpackStatusAt(data []byte) (uint8, error) {
	out, err := anchorRegistry.abi.Unpack("statusAt", data)
	if err != nil {
		return *new(uint8), err
	}
	out0 := *abi.ConvertType(out[0], new(uint8)).(*uint8)
	return out0, nil
}

// PackTakeOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x60536172.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function takeOwnership() returns()
func (anchorRegistry *AnchorRegistry) PackTakeOwnership() []byte {
	enc, err := anchorRegistry.abi.Pack("takeOwnership")
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
func (anchorRegistry *AnchorRegistry) TryPackTakeOwnership() ([]byte, error) {
	return anchorRegistry.abi.Pack("takeOwnership")
}

// PackUnbond is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbbc64dba.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function unbond(uint96 amount) returns()
func (anchorRegistry *AnchorRegistry) PackUnbond(amount *big.Int) []byte {
	enc, err := anchorRegistry.abi.Pack("unbond", amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackUnbond is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbbc64dba.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function unbond(uint96 amount) returns()
func (anchorRegistry *AnchorRegistry) TryPackUnbond(amount *big.Int) ([]byte, error) {
	return anchorRegistry.abi.Pack("unbond", amount)
}

// PackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ccfd60b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdraw() returns()
func (anchorRegistry *AnchorRegistry) PackWithdraw() []byte {
	enc, err := anchorRegistry.abi.Pack("withdraw")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ccfd60b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdraw() returns()
func (anchorRegistry *AnchorRegistry) TryPackWithdraw() ([]byte, error) {
	return anchorRegistry.abi.Pack("withdraw")
}

// AnchorRegistryAnchored represents a Anchored event raised by the AnchorRegistry contract.
type AnchorRegistryAnchored struct {
	Height        uint64
	BlockHash     [32]byte
	Commitment    [32]byte
	DirectoryRoot [32]byte
	HistoryRoot   [32]byte
	Raw           *types.Log // Blockchain specific contextual infos
}

const AnchorRegistryAnchoredEventName = "Anchored"

// ContractEventName returns the user-defined event name.
func (AnchorRegistryAnchored) ContractEventName() string {
	return AnchorRegistryAnchoredEventName
}

// UnpackAnchoredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Anchored(uint64 indexed height, bytes32 indexed blockHash, bytes32 commitment, bytes32 directoryRoot, bytes32 historyRoot)
func (anchorRegistry *AnchorRegistry) UnpackAnchoredEvent(log *types.Log) (*AnchorRegistryAnchored, error) {
	event := "Anchored"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != anchorRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(AnchorRegistryAnchored)
	if len(log.Data) > 0 {
		if err := anchorRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range anchorRegistry.abi.Events[event].Inputs {
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

// AnchorRegistryAnchorerSet represents a AnchorerSet event raised by the AnchorRegistry contract.
type AnchorRegistryAnchorerSet struct {
	Account common.Address
	Allowed bool
	Raw     *types.Log // Blockchain specific contextual infos
}

const AnchorRegistryAnchorerSetEventName = "AnchorerSet"

// ContractEventName returns the user-defined event name.
func (AnchorRegistryAnchorerSet) ContractEventName() string {
	return AnchorRegistryAnchorerSetEventName
}

// UnpackAnchorerSetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event AnchorerSet(address indexed account, bool allowed)
func (anchorRegistry *AnchorRegistry) UnpackAnchorerSetEvent(log *types.Log) (*AnchorRegistryAnchorerSet, error) {
	event := "AnchorerSet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != anchorRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(AnchorRegistryAnchorerSet)
	if len(log.Data) > 0 {
		if err := anchorRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range anchorRegistry.abi.Events[event].Inputs {
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

// AnchorRegistryAnswered represents a Answered event raised by the AnchorRegistry contract.
type AnchorRegistryAnswered struct {
	Height     uint64
	Commitment [32]byte
	Place      DemandGamePlace
	Preimage   [8]*big.Int
	Raw        *types.Log // Blockchain specific contextual infos
}

const AnchorRegistryAnsweredEventName = "Answered"

// ContractEventName returns the user-defined event name.
func (AnchorRegistryAnswered) ContractEventName() string {
	return AnchorRegistryAnsweredEventName
}

// UnpackAnsweredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Answered(uint64 indexed height, bytes32 indexed commitment, (uint8,uint8,uint16,uint64,bytes32) place, uint256[8] preimage)
func (anchorRegistry *AnchorRegistry) UnpackAnsweredEvent(log *types.Log) (*AnchorRegistryAnswered, error) {
	event := "Answered"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != anchorRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(AnchorRegistryAnswered)
	if len(log.Data) > 0 {
		if err := anchorRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range anchorRegistry.abi.Events[event].Inputs {
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

// AnchorRegistryDemanded represents a Demanded event raised by the AnchorRegistry contract.
type AnchorRegistryDemanded struct {
	Height     uint64
	Commitment [32]byte
	By         common.Address
	Place      DemandGamePlace
	Deadline   uint64
	Raw        *types.Log // Blockchain specific contextual infos
}

const AnchorRegistryDemandedEventName = "Demanded"

// ContractEventName returns the user-defined event name.
func (AnchorRegistryDemanded) ContractEventName() string {
	return AnchorRegistryDemandedEventName
}

// UnpackDemandedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Demanded(uint64 indexed height, bytes32 indexed commitment, address indexed by, (uint8,uint8,uint16,uint64,bytes32) place, uint64 deadline)
func (anchorRegistry *AnchorRegistry) UnpackDemandedEvent(log *types.Log) (*AnchorRegistryDemanded, error) {
	event := "Demanded"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != anchorRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(AnchorRegistryDemanded)
	if len(log.Data) > 0 {
		if err := anchorRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range anchorRegistry.abi.Events[event].Inputs {
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

// AnchorRegistryDeposited represents a Deposited event raised by the AnchorRegistry contract.
type AnchorRegistryDeposited struct {
	Account common.Address
	Amount  *big.Int
	Raw     *types.Log // Blockchain specific contextual infos
}

const AnchorRegistryDepositedEventName = "Deposited"

// ContractEventName returns the user-defined event name.
func (AnchorRegistryDeposited) ContractEventName() string {
	return AnchorRegistryDepositedEventName
}

// UnpackDepositedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Deposited(address indexed account, uint256 amount)
func (anchorRegistry *AnchorRegistry) UnpackDepositedEvent(log *types.Log) (*AnchorRegistryDeposited, error) {
	event := "Deposited"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != anchorRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(AnchorRegistryDeposited)
	if len(log.Data) > 0 {
		if err := anchorRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range anchorRegistry.abi.Events[event].Inputs {
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

// AnchorRegistryFenceRaised represents a FenceRaised event raised by the AnchorRegistry contract.
type AnchorRegistryFenceRaised struct {
	Account common.Address
	Fence   uint64
	Raw     *types.Log // Blockchain specific contextual infos
}

const AnchorRegistryFenceRaisedEventName = "FenceRaised"

// ContractEventName returns the user-defined event name.
func (AnchorRegistryFenceRaised) ContractEventName() string {
	return AnchorRegistryFenceRaisedEventName
}

// UnpackFenceRaisedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event FenceRaised(address indexed account, uint64 fence)
func (anchorRegistry *AnchorRegistry) UnpackFenceRaisedEvent(log *types.Log) (*AnchorRegistryFenceRaised, error) {
	event := "FenceRaised"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != anchorRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(AnchorRegistryFenceRaised)
	if len(log.Data) > 0 {
		if err := anchorRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range anchorRegistry.abi.Events[event].Inputs {
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

// AnchorRegistryOwnershipOffered represents a OwnershipOffered event raised by the AnchorRegistry contract.
type AnchorRegistryOwnershipOffered struct {
	From common.Address
	To   common.Address
	Raw  *types.Log // Blockchain specific contextual infos
}

const AnchorRegistryOwnershipOfferedEventName = "OwnershipOffered"

// ContractEventName returns the user-defined event name.
func (AnchorRegistryOwnershipOffered) ContractEventName() string {
	return AnchorRegistryOwnershipOfferedEventName
}

// UnpackOwnershipOfferedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event OwnershipOffered(address indexed from, address indexed to)
func (anchorRegistry *AnchorRegistry) UnpackOwnershipOfferedEvent(log *types.Log) (*AnchorRegistryOwnershipOffered, error) {
	event := "OwnershipOffered"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != anchorRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(AnchorRegistryOwnershipOffered)
	if len(log.Data) > 0 {
		if err := anchorRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range anchorRegistry.abi.Events[event].Inputs {
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

// AnchorRegistryOwnershipTaken represents a OwnershipTaken event raised by the AnchorRegistry contract.
type AnchorRegistryOwnershipTaken struct {
	By  common.Address
	Raw *types.Log // Blockchain specific contextual infos
}

const AnchorRegistryOwnershipTakenEventName = "OwnershipTaken"

// ContractEventName returns the user-defined event name.
func (AnchorRegistryOwnershipTaken) ContractEventName() string {
	return AnchorRegistryOwnershipTakenEventName
}

// UnpackOwnershipTakenEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event OwnershipTaken(address indexed by)
func (anchorRegistry *AnchorRegistry) UnpackOwnershipTakenEvent(log *types.Log) (*AnchorRegistryOwnershipTaken, error) {
	event := "OwnershipTaken"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != anchorRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(AnchorRegistryOwnershipTaken)
	if len(log.Data) > 0 {
		if err := anchorRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range anchorRegistry.abi.Events[event].Inputs {
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

// AnchorRegistryRefunded represents a Refunded event raised by the AnchorRegistry contract.
type AnchorRegistryRefunded struct {
	Commitment [32]byte
	Account    common.Address
	Place      DemandGamePlace
	Raw        *types.Log // Blockchain specific contextual infos
}

const AnchorRegistryRefundedEventName = "Refunded"

// ContractEventName returns the user-defined event name.
func (AnchorRegistryRefunded) ContractEventName() string {
	return AnchorRegistryRefundedEventName
}

// UnpackRefundedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Refunded(bytes32 indexed commitment, address indexed account, (uint8,uint8,uint16,uint64,bytes32) place)
func (anchorRegistry *AnchorRegistry) UnpackRefundedEvent(log *types.Log) (*AnchorRegistryRefunded, error) {
	event := "Refunded"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != anchorRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(AnchorRegistryRefunded)
	if len(log.Data) > 0 {
		if err := anchorRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range anchorRegistry.abi.Events[event].Inputs {
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

// AnchorRegistryReleased represents a Released event raised by the AnchorRegistry contract.
type AnchorRegistryReleased struct {
	Height   uint64
	Operator common.Address
	Amount   *big.Int
	Raw      *types.Log // Blockchain specific contextual infos
}

const AnchorRegistryReleasedEventName = "Released"

// ContractEventName returns the user-defined event name.
func (AnchorRegistryReleased) ContractEventName() string {
	return AnchorRegistryReleasedEventName
}

// UnpackReleasedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Released(uint64 indexed height, address indexed operator, uint256 amount)
func (anchorRegistry *AnchorRegistry) UnpackReleasedEvent(log *types.Log) (*AnchorRegistryReleased, error) {
	event := "Released"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != anchorRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(AnchorRegistryReleased)
	if len(log.Data) > 0 {
		if err := anchorRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range anchorRegistry.abi.Events[event].Inputs {
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

// AnchorRegistryRevoked represents a Revoked event raised by the AnchorRegistry contract.
type AnchorRegistryRevoked struct {
	Height     uint64
	Commitment [32]byte
	By         common.Address
	Operator   common.Address
	Reward     *big.Int
	Raw        *types.Log // Blockchain specific contextual infos
}

const AnchorRegistryRevokedEventName = "Revoked"

// ContractEventName returns the user-defined event name.
func (AnchorRegistryRevoked) ContractEventName() string {
	return AnchorRegistryRevokedEventName
}

// UnpackRevokedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Revoked(uint64 indexed height, bytes32 indexed commitment, address indexed by, address operator, uint256 reward)
func (anchorRegistry *AnchorRegistry) UnpackRevokedEvent(log *types.Log) (*AnchorRegistryRevoked, error) {
	event := "Revoked"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != anchorRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(AnchorRegistryRevoked)
	if len(log.Data) > 0 {
		if err := anchorRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range anchorRegistry.abi.Events[event].Inputs {
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

// AnchorRegistryUnbonding represents a Unbonding event raised by the AnchorRegistry contract.
type AnchorRegistryUnbonding struct {
	Account common.Address
	Amount  *big.Int
	Due     uint64
	Raw     *types.Log // Blockchain specific contextual infos
}

const AnchorRegistryUnbondingEventName = "Unbonding"

// ContractEventName returns the user-defined event name.
func (AnchorRegistryUnbonding) ContractEventName() string {
	return AnchorRegistryUnbondingEventName
}

// UnpackUnbondingEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Unbonding(address indexed account, uint256 amount, uint64 due)
func (anchorRegistry *AnchorRegistry) UnpackUnbondingEvent(log *types.Log) (*AnchorRegistryUnbonding, error) {
	event := "Unbonding"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != anchorRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(AnchorRegistryUnbonding)
	if len(log.Data) > 0 {
		if err := anchorRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range anchorRegistry.abi.Events[event].Inputs {
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

// AnchorRegistryWithdrawn represents a Withdrawn event raised by the AnchorRegistry contract.
type AnchorRegistryWithdrawn struct {
	Account common.Address
	Amount  *big.Int
	Raw     *types.Log // Blockchain specific contextual infos
}

const AnchorRegistryWithdrawnEventName = "Withdrawn"

// ContractEventName returns the user-defined event name.
func (AnchorRegistryWithdrawn) ContractEventName() string {
	return AnchorRegistryWithdrawnEventName
}

// UnpackWithdrawnEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Withdrawn(address indexed account, uint256 amount)
func (anchorRegistry *AnchorRegistry) UnpackWithdrawnEvent(log *types.Log) (*AnchorRegistryWithdrawn, error) {
	event := "Withdrawn"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != anchorRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(AnchorRegistryWithdrawn)
	if len(log.Data) > 0 {
		if err := anchorRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range anchorRegistry.abi.Events[event].Inputs {
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
func (anchorRegistry *AnchorRegistry) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["AlreadyAnchored"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackAlreadyAnchoredError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["AlreadyDemanded"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackAlreadyDemandedError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["BadConfig"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackBadConfigError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["BadPath"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackBadPathError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["BlockHashMismatch"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackBlockHashMismatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["BlockNotAvailable"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackBlockNotAvailableError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["BondMissing"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackBondMissingError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["ClaimMalformed"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackClaimMalformedError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["CommitmentRevoked"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackCommitmentRevokedError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["DemandBond"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackDemandBondError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["EmptyDirectory"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackEmptyDirectoryError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["FenceTooLow"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackFenceTooLowError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["NoHash"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackNoHashError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["NotAnchored"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackNotAnchoredError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["NotAnchorer"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackNotAnchorerError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["NotDemanded"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackNotDemandedError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["NotFieldElement"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackNotFieldElementError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["NotOwner"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackNotOwnerError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["NotPendingOwner"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackNotPendingOwnerError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["NotRefuted"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackNotRefutedError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["NothingAnswered"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackNothingAnsweredError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["NothingThere"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackNothingThereError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["NothingToRelease"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackNothingToReleaseError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["NothingToWithdraw"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackNothingToWithdrawError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["PreimageMismatch"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackPreimageMismatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["StillTime"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackStillTimeError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["TooLate"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackTooLateError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["TransferFailed"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackTransferFailedError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["UnknownJudge"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackUnknownJudgeError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["UnknownPlace"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackUnknownPlaceError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// AnchorRegistryAlreadyAnchored represents a AlreadyAnchored error raised by the AnchorRegistry contract.
type AnchorRegistryAlreadyAnchored struct {
	Height     uint64
	Commitment [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyAnchored(uint64 height, bytes32 commitment)
func AnchorRegistryAlreadyAnchoredErrorID() common.Hash {
	return common.HexToHash("0x41a79553126d7e1b5cbf39c1c9cda0b5b18a2bbefaa77b48762e37c9897a70f4")
}

// UnpackAlreadyAnchoredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyAnchored(uint64 height, bytes32 commitment)
func (anchorRegistry *AnchorRegistry) UnpackAlreadyAnchoredError(raw []byte) (*AnchorRegistryAlreadyAnchored, error) {
	out := new(AnchorRegistryAlreadyAnchored)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "AlreadyAnchored", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryAlreadyDemanded represents a AlreadyDemanded error raised by the AnchorRegistry contract.
type AnchorRegistryAlreadyDemanded struct {
	Node [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyDemanded(bytes32 node)
func AnchorRegistryAlreadyDemandedErrorID() common.Hash {
	return common.HexToHash("0x71fc1b5338b51f9d928a92e58f06d821a941d2ee71cee5e02d5dc860fb03fd10")
}

// UnpackAlreadyDemandedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyDemanded(bytes32 node)
func (anchorRegistry *AnchorRegistry) UnpackAlreadyDemandedError(raw []byte) (*AnchorRegistryAlreadyDemanded, error) {
	out := new(AnchorRegistryAlreadyDemanded)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "AlreadyDemanded", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryBadConfig represents a BadConfig error raised by the AnchorRegistry contract.
type AnchorRegistryBadConfig struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadConfig()
func AnchorRegistryBadConfigErrorID() common.Hash {
	return common.HexToHash("0x07cc321ce71a3eebb30014b3b8f136f5e867b17e2b76292bf086143aa7c7b50c")
}

// UnpackBadConfigError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadConfig()
func (anchorRegistry *AnchorRegistry) UnpackBadConfigError(raw []byte) (*AnchorRegistryBadConfig, error) {
	out := new(AnchorRegistryBadConfig)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "BadConfig", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryBadPath represents a BadPath error raised by the AnchorRegistry contract.
type AnchorRegistryBadPath struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadPath()
func AnchorRegistryBadPathErrorID() common.Hash {
	return common.HexToHash("0x64325c91f108520b461bf37f7e682ef85952d4d50489069c2e798b1861f04e29")
}

// UnpackBadPathError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadPath()
func (anchorRegistry *AnchorRegistry) UnpackBadPathError(raw []byte) (*AnchorRegistryBadPath, error) {
	out := new(AnchorRegistryBadPath)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "BadPath", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryBlockHashMismatch represents a BlockHashMismatch error raised by the AnchorRegistry contract.
type AnchorRegistryBlockHashMismatch struct {
	Height    uint64
	Given     [32]byte
	Canonical [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BlockHashMismatch(uint64 height, bytes32 given, bytes32 canonical)
func AnchorRegistryBlockHashMismatchErrorID() common.Hash {
	return common.HexToHash("0x4b53adcbb08f4ff1b628df0636e0ab3e4951dded73d7fec88e35df02336498af")
}

// UnpackBlockHashMismatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BlockHashMismatch(uint64 height, bytes32 given, bytes32 canonical)
func (anchorRegistry *AnchorRegistry) UnpackBlockHashMismatchError(raw []byte) (*AnchorRegistryBlockHashMismatch, error) {
	out := new(AnchorRegistryBlockHashMismatch)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "BlockHashMismatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryBlockNotAvailable represents a BlockNotAvailable error raised by the AnchorRegistry contract.
type AnchorRegistryBlockNotAvailable struct {
	Height uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BlockNotAvailable(uint64 height)
func AnchorRegistryBlockNotAvailableErrorID() common.Hash {
	return common.HexToHash("0xa0c6899b85dfb0cea8675101256608355c778e42aacb98ae8fcf87718a76b6e6")
}

// UnpackBlockNotAvailableError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BlockNotAvailable(uint64 height)
func (anchorRegistry *AnchorRegistry) UnpackBlockNotAvailableError(raw []byte) (*AnchorRegistryBlockNotAvailable, error) {
	out := new(AnchorRegistryBlockNotAvailable)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "BlockNotAvailable", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryBondMissing represents a BondMissing error raised by the AnchorRegistry contract.
type AnchorRegistryBondMissing struct {
	Account  common.Address
	Free     *big.Int
	Required *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BondMissing(address account, uint256 free, uint256 required)
func AnchorRegistryBondMissingErrorID() common.Hash {
	return common.HexToHash("0x7469af8361a825a127b01c54ac0f5fd674ea375352b1becb1a371baddef8c087")
}

// UnpackBondMissingError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BondMissing(address account, uint256 free, uint256 required)
func (anchorRegistry *AnchorRegistry) UnpackBondMissingError(raw []byte) (*AnchorRegistryBondMissing, error) {
	out := new(AnchorRegistryBondMissing)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "BondMissing", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryClaimMalformed represents a ClaimMalformed error raised by the AnchorRegistry contract.
type AnchorRegistryClaimMalformed struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ClaimMalformed()
func AnchorRegistryClaimMalformedErrorID() common.Hash {
	return common.HexToHash("0x102513883e6b529ec3f797e7cab214f692006ab50dcb1e88792a44be5400ed88")
}

// UnpackClaimMalformedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ClaimMalformed()
func (anchorRegistry *AnchorRegistry) UnpackClaimMalformedError(raw []byte) (*AnchorRegistryClaimMalformed, error) {
	out := new(AnchorRegistryClaimMalformed)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "ClaimMalformed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryCommitmentRevoked represents a CommitmentRevoked error raised by the AnchorRegistry contract.
type AnchorRegistryCommitmentRevoked struct {
	Height     uint64
	Commitment [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CommitmentRevoked(uint64 height, bytes32 commitment)
func AnchorRegistryCommitmentRevokedErrorID() common.Hash {
	return common.HexToHash("0xa4aaef6a418ef8ebb371d4e42f9686cce16d852acfb80993cf565c3730c21a11")
}

// UnpackCommitmentRevokedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CommitmentRevoked(uint64 height, bytes32 commitment)
func (anchorRegistry *AnchorRegistry) UnpackCommitmentRevokedError(raw []byte) (*AnchorRegistryCommitmentRevoked, error) {
	out := new(AnchorRegistryCommitmentRevoked)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "CommitmentRevoked", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryDemandBond represents a DemandBond error raised by the AnchorRegistry contract.
type AnchorRegistryDemandBond struct {
	Given    *big.Int
	Required *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error DemandBond(uint256 given, uint256 required)
func AnchorRegistryDemandBondErrorID() common.Hash {
	return common.HexToHash("0x1d33c5d376bee1e67595a763b65f934ebda9378839cc203a810b3cce697bc0fa")
}

// UnpackDemandBondError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error DemandBond(uint256 given, uint256 required)
func (anchorRegistry *AnchorRegistry) UnpackDemandBondError(raw []byte) (*AnchorRegistryDemandBond, error) {
	out := new(AnchorRegistryDemandBond)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "DemandBond", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryEmptyDirectory represents a EmptyDirectory error raised by the AnchorRegistry contract.
type AnchorRegistryEmptyDirectory struct {
	Height uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error EmptyDirectory(uint64 height)
func AnchorRegistryEmptyDirectoryErrorID() common.Hash {
	return common.HexToHash("0x3e4c283e13078f4196d6360dd15a56db705a7fcb7feea8ef329b3900cc35c81c")
}

// UnpackEmptyDirectoryError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error EmptyDirectory(uint64 height)
func (anchorRegistry *AnchorRegistry) UnpackEmptyDirectoryError(raw []byte) (*AnchorRegistryEmptyDirectory, error) {
	out := new(AnchorRegistryEmptyDirectory)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "EmptyDirectory", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryFenceTooLow represents a FenceTooLow error raised by the AnchorRegistry contract.
type AnchorRegistryFenceTooLow struct {
	Given   uint64
	Current uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error FenceTooLow(uint64 given, uint64 current)
func AnchorRegistryFenceTooLowErrorID() common.Hash {
	return common.HexToHash("0xd836b0d2d1c6a651cbb3a100d28c8c722bc123beee6227e5305c241b9fb9ca77")
}

// UnpackFenceTooLowError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error FenceTooLow(uint64 given, uint64 current)
func (anchorRegistry *AnchorRegistry) UnpackFenceTooLowError(raw []byte) (*AnchorRegistryFenceTooLow, error) {
	out := new(AnchorRegistryFenceTooLow)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "FenceTooLow", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryNoHash represents a NoHash error raised by the AnchorRegistry contract.
type AnchorRegistryNoHash struct {
	Word *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoHash(uint256 word)
func AnchorRegistryNoHashErrorID() common.Hash {
	return common.HexToHash("0xcd2c0aa345986b86d32126da61ca467bf64343e1696af99d79421ab2713af0b8")
}

// UnpackNoHashError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoHash(uint256 word)
func (anchorRegistry *AnchorRegistry) UnpackNoHashError(raw []byte) (*AnchorRegistryNoHash, error) {
	out := new(AnchorRegistryNoHash)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "NoHash", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryNotAnchored represents a NotAnchored error raised by the AnchorRegistry contract.
type AnchorRegistryNotAnchored struct {
	Height     uint64
	Commitment [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotAnchored(uint64 height, bytes32 commitment)
func AnchorRegistryNotAnchoredErrorID() common.Hash {
	return common.HexToHash("0x76dce6e7555297b45acb33c14fa28c8180308f86073327ccdf296abab2cdfc6c")
}

// UnpackNotAnchoredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotAnchored(uint64 height, bytes32 commitment)
func (anchorRegistry *AnchorRegistry) UnpackNotAnchoredError(raw []byte) (*AnchorRegistryNotAnchored, error) {
	out := new(AnchorRegistryNotAnchored)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "NotAnchored", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryNotAnchorer represents a NotAnchorer error raised by the AnchorRegistry contract.
type AnchorRegistryNotAnchorer struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotAnchorer(address caller)
func AnchorRegistryNotAnchorerErrorID() common.Hash {
	return common.HexToHash("0x0e5e5f6fb7b58e86a564686afc7a504f61673ce48074764f6af98ea30d68fcd6")
}

// UnpackNotAnchorerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotAnchorer(address caller)
func (anchorRegistry *AnchorRegistry) UnpackNotAnchorerError(raw []byte) (*AnchorRegistryNotAnchorer, error) {
	out := new(AnchorRegistryNotAnchorer)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "NotAnchorer", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryNotDemanded represents a NotDemanded error raised by the AnchorRegistry contract.
type AnchorRegistryNotDemanded struct {
	Node [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotDemanded(bytes32 node)
func AnchorRegistryNotDemandedErrorID() common.Hash {
	return common.HexToHash("0xa6c01e9baa8d2c1032e6a22823714ab35fdcd53ef364773ae2a9f683aded35ba")
}

// UnpackNotDemandedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotDemanded(bytes32 node)
func (anchorRegistry *AnchorRegistry) UnpackNotDemandedError(raw []byte) (*AnchorRegistryNotDemanded, error) {
	out := new(AnchorRegistryNotDemanded)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "NotDemanded", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryNotFieldElement represents a NotFieldElement error raised by the AnchorRegistry contract.
type AnchorRegistryNotFieldElement struct {
	Value [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotFieldElement(bytes32 value)
func AnchorRegistryNotFieldElementErrorID() common.Hash {
	return common.HexToHash("0x01821755f51cb728b6a8ca312e73bdf8f84a8f6a7b13bd3129858e44e1308c6c")
}

// UnpackNotFieldElementError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotFieldElement(bytes32 value)
func (anchorRegistry *AnchorRegistry) UnpackNotFieldElementError(raw []byte) (*AnchorRegistryNotFieldElement, error) {
	out := new(AnchorRegistryNotFieldElement)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "NotFieldElement", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryNotOwner represents a NotOwner error raised by the AnchorRegistry contract.
type AnchorRegistryNotOwner struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotOwner(address caller)
func AnchorRegistryNotOwnerErrorID() common.Hash {
	return common.HexToHash("0x245aecd3fabbd17d6c3c92dc7f0ab916ea8cbf6fc1862c8b56893090ac3fff4c")
}

// UnpackNotOwnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotOwner(address caller)
func (anchorRegistry *AnchorRegistry) UnpackNotOwnerError(raw []byte) (*AnchorRegistryNotOwner, error) {
	out := new(AnchorRegistryNotOwner)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "NotOwner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryNotPendingOwner represents a NotPendingOwner error raised by the AnchorRegistry contract.
type AnchorRegistryNotPendingOwner struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotPendingOwner(address caller)
func AnchorRegistryNotPendingOwnerErrorID() common.Hash {
	return common.HexToHash("0xa09b9a43f5079ab76282436418880308d29eac5d371578b36d8ee3ff8e88597d")
}

// UnpackNotPendingOwnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotPendingOwner(address caller)
func (anchorRegistry *AnchorRegistry) UnpackNotPendingOwnerError(raw []byte) (*AnchorRegistryNotPendingOwner, error) {
	out := new(AnchorRegistryNotPendingOwner)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "NotPendingOwner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryNotRefuted represents a NotRefuted error raised by the AnchorRegistry contract.
type AnchorRegistryNotRefuted struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotRefuted()
func AnchorRegistryNotRefutedErrorID() common.Hash {
	return common.HexToHash("0xe252b7c1cd12e143ab5de965b31079901344910d667214686eb7be3564b8d73e")
}

// UnpackNotRefutedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotRefuted()
func (anchorRegistry *AnchorRegistry) UnpackNotRefutedError(raw []byte) (*AnchorRegistryNotRefuted, error) {
	out := new(AnchorRegistryNotRefuted)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "NotRefuted", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryNothingAnswered represents a NothingAnswered error raised by the AnchorRegistry contract.
type AnchorRegistryNothingAnswered struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NothingAnswered()
func AnchorRegistryNothingAnsweredErrorID() common.Hash {
	return common.HexToHash("0xf9cd3e9d420d18a85b84fd1bcb4fc52d62eec21ca33b422d163b06a2414a4740")
}

// UnpackNothingAnsweredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NothingAnswered()
func (anchorRegistry *AnchorRegistry) UnpackNothingAnsweredError(raw []byte) (*AnchorRegistryNothingAnswered, error) {
	out := new(AnchorRegistryNothingAnswered)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "NothingAnswered", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryNothingThere represents a NothingThere error raised by the AnchorRegistry contract.
type AnchorRegistryNothingThere struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NothingThere()
func AnchorRegistryNothingThereErrorID() common.Hash {
	return common.HexToHash("0xdbf3d75319b069c97929ae5f01e3799fa0c62a7a55bdd7c664c33fa78734dc6a")
}

// UnpackNothingThereError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NothingThere()
func (anchorRegistry *AnchorRegistry) UnpackNothingThereError(raw []byte) (*AnchorRegistryNothingThere, error) {
	out := new(AnchorRegistryNothingThere)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "NothingThere", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryNothingToRelease represents a NothingToRelease error raised by the AnchorRegistry contract.
type AnchorRegistryNothingToRelease struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NothingToRelease()
func AnchorRegistryNothingToReleaseErrorID() common.Hash {
	return common.HexToHash("0xb10205edeefd80e578af702ef797c047792d88233398f772fc8ced7f779c0719")
}

// UnpackNothingToReleaseError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NothingToRelease()
func (anchorRegistry *AnchorRegistry) UnpackNothingToReleaseError(raw []byte) (*AnchorRegistryNothingToRelease, error) {
	out := new(AnchorRegistryNothingToRelease)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "NothingToRelease", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryNothingToWithdraw represents a NothingToWithdraw error raised by the AnchorRegistry contract.
type AnchorRegistryNothingToWithdraw struct {
	Account common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NothingToWithdraw(address account)
func AnchorRegistryNothingToWithdrawErrorID() common.Hash {
	return common.HexToHash("0xdc69dc16e4a8405b44139edda9a06ee66b303337358b6f4633533d65de15b7f4")
}

// UnpackNothingToWithdrawError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NothingToWithdraw(address account)
func (anchorRegistry *AnchorRegistry) UnpackNothingToWithdrawError(raw []byte) (*AnchorRegistryNothingToWithdraw, error) {
	out := new(AnchorRegistryNothingToWithdraw)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "NothingToWithdraw", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryPreimageMismatch represents a PreimageMismatch error raised by the AnchorRegistry contract.
type AnchorRegistryPreimageMismatch struct {
	Node [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PreimageMismatch(bytes32 node)
func AnchorRegistryPreimageMismatchErrorID() common.Hash {
	return common.HexToHash("0xd2b435a8e0c4f63ccfa42a0775d7ce5420b8bbfcb56859fa39f1aea75473ee62")
}

// UnpackPreimageMismatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PreimageMismatch(bytes32 node)
func (anchorRegistry *AnchorRegistry) UnpackPreimageMismatchError(raw []byte) (*AnchorRegistryPreimageMismatch, error) {
	out := new(AnchorRegistryPreimageMismatch)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "PreimageMismatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryStillTime represents a StillTime error raised by the AnchorRegistry contract.
type AnchorRegistryStillTime struct {
	Deadline uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StillTime(uint64 deadline)
func AnchorRegistryStillTimeErrorID() common.Hash {
	return common.HexToHash("0xfd511d6922cc2a72e8facf4d2aff2439f9e1beb0e50869ed60fa2b42ba7e0a60")
}

// UnpackStillTimeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StillTime(uint64 deadline)
func (anchorRegistry *AnchorRegistry) UnpackStillTimeError(raw []byte) (*AnchorRegistryStillTime, error) {
	out := new(AnchorRegistryStillTime)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "StillTime", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryTooLate represents a TooLate error raised by the AnchorRegistry contract.
type AnchorRegistryTooLate struct {
	Height uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooLate(uint64 height)
func AnchorRegistryTooLateErrorID() common.Hash {
	return common.HexToHash("0x4d673a06590205f21674ad45375abc81b85de145ee567806f534cab23841a1cf")
}

// UnpackTooLateError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooLate(uint64 height)
func (anchorRegistry *AnchorRegistry) UnpackTooLateError(raw []byte) (*AnchorRegistryTooLate, error) {
	out := new(AnchorRegistryTooLate)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "TooLate", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryTransferFailed represents a TransferFailed error raised by the AnchorRegistry contract.
type AnchorRegistryTransferFailed struct {
	Account common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TransferFailed(address account)
func AnchorRegistryTransferFailedErrorID() common.Hash {
	return common.HexToHash("0x39f1c8d9a08940175dbc82f15840b953aa855264e371e68f3e5d5cb38c445fa0")
}

// UnpackTransferFailedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TransferFailed(address account)
func (anchorRegistry *AnchorRegistry) UnpackTransferFailedError(raw []byte) (*AnchorRegistryTransferFailed, error) {
	out := new(AnchorRegistryTransferFailed)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "TransferFailed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryUnknownJudge represents a UnknownJudge error raised by the AnchorRegistry contract.
type AnchorRegistryUnknownJudge struct {
	Judge *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error UnknownJudge(uint256 judge)
func AnchorRegistryUnknownJudgeErrorID() common.Hash {
	return common.HexToHash("0xc425021848ed0bd58594172d2b7716ff75d412d5b94e6ebf2862753e99c9b1cd")
}

// UnpackUnknownJudgeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error UnknownJudge(uint256 judge)
func (anchorRegistry *AnchorRegistry) UnpackUnknownJudgeError(raw []byte) (*AnchorRegistryUnknownJudge, error) {
	out := new(AnchorRegistryUnknownJudge)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "UnknownJudge", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// AnchorRegistryUnknownPlace represents a UnknownPlace error raised by the AnchorRegistry contract.
type AnchorRegistryUnknownPlace struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error UnknownPlace()
func AnchorRegistryUnknownPlaceErrorID() common.Hash {
	return common.HexToHash("0x5ac7ad808473b92c18aa2f448db786c20245d61387773d8411cf4624d5950431")
}

// UnpackUnknownPlaceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error UnknownPlace()
func (anchorRegistry *AnchorRegistry) UnpackUnknownPlaceError(raw []byte) (*AnchorRegistryUnknownPlace, error) {
	out := new(AnchorRegistryUnknownPlace)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "UnknownPlace", raw); err != nil {
		return nil, err
	}
	return out, nil
}
