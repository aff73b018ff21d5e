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
	WindowEnd  *big.Int
	Grace      uint32
	Open       *big.Int
}

// DemandGamePlace is an auto generated low-level Go binding around an user-defined struct.
type DemandGamePlace struct {
	Kind  uint8
	Level uint8
	Entry uint16
	Index uint64
	Node  [32]byte
}

// AnchorRegistryMetaData contains all meta data concerning the AnchorRegistry contract.
var AnchorRegistryMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"components\":[{\"internalType\":\"uint96\",\"name\":\"bond\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"demandBond\",\"type\":\"uint96\"},{\"internalType\":\"uint32\",\"name\":\"challengeWindow\",\"type\":\"uint32\"},{\"internalType\":\"uint32\",\"name\":\"answerWindow\",\"type\":\"uint32\"}],\"internalType\":\"structBonds.Config\",\"name\":\"config_\",\"type\":\"tuple\"},{\"internalType\":\"address[]\",\"name\":\"judges_\",\"type\":\"address[]\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"AlreadyAnchored\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"name\":\"AlreadyDemanded\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadConfig\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadPath\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"given\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"canonical\",\"type\":\"bytes32\"}],\"name\":\"BlockHashMismatch\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"BlockNotAvailable\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"free\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"required\",\"type\":\"uint256\"}],\"name\":\"BondMissing\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"BondNotLocked\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ClaimMalformed\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"CommitmentRevoked\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"given\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"required\",\"type\":\"uint256\"}],\"name\":\"DemandBond\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"EmptyDirectory\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"given\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"current\",\"type\":\"uint64\"}],\"name\":\"FenceTooLow\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"word\",\"type\":\"uint256\"}],\"name\":\"NoHash\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"NotAnchored\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"}],\"name\":\"NotAnchorer\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"name\":\"NotDemanded\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"value\",\"type\":\"bytes32\"}],\"name\":\"NotFieldElement\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"}],\"name\":\"NotOwner\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"}],\"name\":\"NotPendingOwner\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotRefuted\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"NotSettled\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NothingThere\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"NothingToWithdraw\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"name\":\"PreimageMismatch\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"deadline\",\"type\":\"uint64\"}],\"name\":\"StillTime\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"TooLate\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"TransferFailed\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"judge\",\"type\":\"uint256\"}],\"name\":\"UnknownJudge\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"UnknownPlace\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"directoryRoot\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"historyRoot\",\"type\":\"bytes32\"}],\"name\":\"Anchored\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bool\",\"name\":\"allowed\",\"type\":\"bool\"}],\"name\":\"AnchorerSet\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"components\":[{\"internalType\":\"enumDemandGame.Kind\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"level\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"entry\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"indexed\":false,\"internalType\":\"structDemandGame.Place\",\"name\":\"place\",\"type\":\"tuple\"},{\"indexed\":false,\"internalType\":\"uint256[8]\",\"name\":\"preimage\",\"type\":\"uint256[8]\"}],\"name\":\"Answered\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"by\",\"type\":\"address\"},{\"components\":[{\"internalType\":\"enumDemandGame.Kind\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"level\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"entry\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"indexed\":false,\"internalType\":\"structDemandGame.Place\",\"name\":\"place\",\"type\":\"tuple\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"deadline\",\"type\":\"uint64\"}],\"name\":\"Demanded\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"Deposited\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"fence\",\"type\":\"uint64\"}],\"name\":\"FenceRaised\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"from\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"to\",\"type\":\"address\"}],\"name\":\"OwnershipOffered\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"by\",\"type\":\"address\"}],\"name\":\"OwnershipTaken\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"components\":[{\"internalType\":\"enumDemandGame.Kind\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"level\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"entry\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"indexed\":false,\"internalType\":\"structDemandGame.Place\",\"name\":\"place\",\"type\":\"tuple\"}],\"name\":\"Refunded\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"operator\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"Released\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"by\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"operator\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"reward\",\"type\":\"uint256\"}],\"name\":\"Revoked\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"due\",\"type\":\"uint64\"}],\"name\":\"Unbonding\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"Withdrawn\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"COMMIT_TAG\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"DEMANDS_A_BLOCK\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"accountOf\",\"outputs\":[{\"internalType\":\"uint96\",\"name\":\"free\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"leaving\",\"type\":\"uint96\"},{\"internalType\":\"uint64\",\"name\":\"leavingAt\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"directoryRoot\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"historyRoot\",\"type\":\"bytes32\"}],\"internalType\":\"structAnchorRegistry.Anchor[]\",\"name\":\"anchors\",\"type\":\"tuple[]\"},{\"internalType\":\"uint64\",\"name\":\"fence_\",\"type\":\"uint64\"}],\"name\":\"anchor\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"components\":[{\"internalType\":\"enumDemandGame.Kind\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"level\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"entry\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"internalType\":\"structDemandGame.Place[]\",\"name\":\"places\",\"type\":\"tuple[]\"},{\"internalType\":\"uint256[8][]\",\"name\":\"preimages\",\"type\":\"uint256[8][]\"}],\"name\":\"answer\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"blockHashAt\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"burnt\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"canonicalHash\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"judge\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"claim\",\"type\":\"bytes\"}],\"name\":\"challenge\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"commitmentAt\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"directoryRoot\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"historyRoot\",\"type\":\"bytes32\"}],\"internalType\":\"structAnchorRegistry.Anchor\",\"name\":\"a\",\"type\":\"tuple\"}],\"name\":\"computeCommitment\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"config\",\"outputs\":[{\"internalType\":\"uint96\",\"name\":\"bond\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"demandBond\",\"type\":\"uint96\"},{\"internalType\":\"uint32\",\"name\":\"challengeWindow\",\"type\":\"uint32\"},{\"internalType\":\"uint32\",\"name\":\"answerWindow\",\"type\":\"uint32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"components\":[{\"internalType\":\"enumDemandGame.Kind\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"level\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"entry\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"internalType\":\"structDemandGame.Place\",\"name\":\"from\",\"type\":\"tuple\"},{\"internalType\":\"uint256[8][]\",\"name\":\"preimages\",\"type\":\"uint256[8][]\"},{\"internalType\":\"uint8[]\",\"name\":\"words\",\"type\":\"uint8[]\"}],\"name\":\"demand\",\"outputs\":[],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"components\":[{\"internalType\":\"enumDemandGame.Kind\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"level\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"entry\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"internalType\":\"structDemandGame.Place\",\"name\":\"place\",\"type\":\"tuple\"}],\"name\":\"demandOf\",\"outputs\":[{\"internalType\":\"enumDemandGame.Phase\",\"name\":\"phase\",\"type\":\"uint8\"},{\"internalType\":\"uint64\",\"name\":\"time\",\"type\":\"uint64\"},{\"internalType\":\"address\",\"name\":\"by\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"deposit\",\"outputs\":[],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"components\":[{\"internalType\":\"enumDemandGame.Kind\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"level\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"entry\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"internalType\":\"structDemandGame.Place\",\"name\":\"place\",\"type\":\"tuple\"}],\"name\":\"expire\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"fenceOf\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"isAnchored\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"isAnchorer\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"isRevoked\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"isSettled\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"i\",\"type\":\"uint256\"}],\"name\":\"judgeAt\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"to\",\"type\":\"address\"}],\"name\":\"offerOwnership\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"owner\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"payable_\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"pendingOwner\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"}],\"name\":\"recordAt\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"blockHash\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"operator\",\"type\":\"address\"},{\"internalType\":\"uint40\",\"name\":\"windowEnd\",\"type\":\"uint40\"},{\"internalType\":\"uint32\",\"name\":\"grace\",\"type\":\"uint32\"},{\"internalType\":\"uint24\",\"name\":\"open\",\"type\":\"uint24\"}],\"internalType\":\"structBonds.Record\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"components\":[{\"internalType\":\"enumDemandGame.Kind\",\"name\":\"kind\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"level\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"entry\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"index\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"node\",\"type\":\"bytes32\"}],\"internalType\":\"structDemandGame.Place\",\"name\":\"place\",\"type\":\"tuple\"}],\"name\":\"refund\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64[]\",\"name\":\"heights\",\"type\":\"uint64[]\"}],\"name\":\"release\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bool\",\"name\":\"allowed\",\"type\":\"bool\"}],\"name\":\"setAnchorer\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"height\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"statusAt\",\"outputs\":[{\"internalType\":\"enumBonds.Status\",\"name\":\"\",\"type\":\"uint8\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"takeOwnership\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"}],\"name\":\"unbond\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"withdraw\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"}]",
	ID:  "AnchorRegistry",
	Bin: "0x608060405234801561000f575f5ffd5b50604051615e21380380615e2183398101604081905261002e91610256565b5f80546001600160a01b03191633908117825560405184928492849290917fdc3c82f4776932041f15a08f769aadd6ed44c2a975e64bbf0fde8cf812f8b6b891a2606081015163ffffffff1615806100995750806040015163ffffffff16816060015163ffffffff16115b806100ba575063010000006001600160401b0316816040015163ffffffff16115b156100d8576040516301f30c8760e21b815260040160405180910390fd5b805160048054602084015160408501516060909501516001600160601b039485166001600160c01b0319909316929092176c010000000000000000000000009490911693909302929092176001600160c01b0316600160c01b63ffffffff948516026001600160e01b031617600160e01b939092169290920217905560096101608282610373565b5050335f81815260026020908152604091829020805460ff1916600190811790915591519182529192507f58194d465adc081c8ca38a8a3c3d6bb6fca0bad31216f20c504878408f1ef6c9910160405180910390a2505061041c565b634e487b7160e01b5f52604160045260245ffd5b604051608081016001600160401b03811182821017156101f2576101f26101bc565b60405290565b604051601f8201601f191681016001600160401b0381118282101715610220576102206101bc565b604052919050565b80516001600160601b038116811461023e575f5ffd5b919050565b805163ffffffff8116811461023e575f5ffd5b5f5f82840360a0811215610268575f5ffd5b6080811215610275575f5ffd5b5061027e6101d0565b61028784610228565b815261029560208501610228565b60208201526102a660408501610243565b60408201526102b760608501610243565b606082015260808401519092506001600160401b038111156102d7575f5ffd5b8301601f810185136102e7575f5ffd5b80516001600160401b03811115610300576103006101bc565b8060051b610310602082016101f8565b9182526020818401810192908101908884111561032b575f5ffd5b6020850194505b8385101561036457845192506001600160a01b0383168314610352575f5ffd5b82825260209485019490910190610332565b80955050505050509250929050565b81516001600160401b0381111561038c5761038c6101bc565b680100000000000000008111156103a5576103a56101bc565b8154818355808210156103d957825f528160205f20018282035f5b818110156103d5575f838201556001016103c0565b5050505b50602083016103ed835f9081526020902090565b5f5b838110156104145782516001600160a01b0316818301556020909201916001016103ef565b505050505050565b6159f8806104295f395ff3fe60806040526004361061020f575f3560e01c80638da5cb5b11610117578063bbc64dba116100ac578063f0e19d1e1161007c578063f340fa0111610062578063f340fa0114610964578063f8160b3014610977578063f8cb908514610996575f5ffd5b8063f0e19d1e14610910578063f326b2561461092f575f5ffd5b8063bbc64dba1461087b578063dd4ec4bf1461089a578063e30c3978146108c5578063ec8fbb3f146108f1575f5ffd5b8063a03aafbf116100e7578063a03aafbf146106a4578063b192da2d146106c3578063b2cee303146106d8578063b52f299314610867575f5ffd5b80638da5cb5b146106015780638e3e92f21461062c5780638eaaf6e31461064b578063935e6b731461068f575f5ffd5b8063558452ec116101a757806379502c55116101775780637c362cad1161015d5780637c362cad146104f35780637fb99334146105125780638086b8ba14610556575f5ffd5b806379502c55146104185780637acf8127146104d4575f5ffd5b8063558452ec1461034e57806360536172146103b757806370521e0a146103cb5780637239ff63146103ea575f5ffd5b8063411ba6ed116101e2578063411ba6ed146102a95780634294857f146102e1578063433309f81461030f5780634c7683391461033b575f5ffd5b80630c5be3101461021357806315c321671461024557806320eb5b0c146102745780633ccfd60b14610295575b5f5ffd5b34801561021e575f5ffd5b5061023261022d366004614f71565b6109b5565b6040519081526020015b60405180910390f35b348015610250575f5ffd5b5061026461025f366004614fa6565b6109cd565b604051901515815260200161023c565b34801561027f575f5ffd5b5061029361028e366004614fce565b6109fb565b005b3480156102a0575f5ffd5b50610293610b97565b3480156102b4575f5ffd5b506102326102c336600461504d565b67ffffffffffffffff165f9081526003602052604090206001015490565b3480156102ec575f5ffd5b506102646102fb366004615066565b60056020525f908152604090205460ff1681565b34801561031a575f5ffd5b5061032e610329366004614fa6565b610d2d565b60405161023c91906150aa565b610293610349366004615163565b610d97565b348015610359575f5ffd5b5061039e610368366004615222565b73ffffffffffffffffffffffffffffffffffffffff165f90815260026020526040902054610100900467ffffffffffffffff1690565b60405167ffffffffffffffff909116815260200161023c565b3480156103c2575f5ffd5b50610293611157565b3480156103d6575f5ffd5b506102936103e536600461523b565b61120a565b3480156103f5575f5ffd5b5061040961040436600461523b565b611330565b60405161023c93929190615266565b348015610423575f5ffd5b50600454610498906bffffffffffffffffffffffff808216916c0100000000000000000000000081049091169063ffffffff780100000000000000000000000000000000000000000000000082048116917c010000000000000000000000000000000000000000000000000000000090041684565b604080516bffffffffffffffffffffffff958616815294909316602085015263ffffffff9182169284019290925216606082015260800161023c565b3480156104df575f5ffd5b506102646104ee366004614fa6565b6113c6565b3480156104fe575f5ffd5b5061023261050d36600461504d565b6113f9565b34801561051d575f5ffd5b5061053161052c366004615066565b611403565b60405173ffffffffffffffffffffffffffffffffffffffff909116815260200161023c565b348015610561575f5ffd5b506105cc610570366004615222565b60066020525f90815260409020546bffffffffffffffffffffffff808216916c010000000000000000000000008104909116907801000000000000000000000000000000000000000000000000900467ffffffffffffffff1683565b604080516bffffffffffffffffffffffff948516815293909216602084015267ffffffffffffffff169082015260600161023c565b34801561060c575f5ffd5b505f546105319073ffffffffffffffffffffffffffffffffffffffff1681565b348015610637575f5ffd5b50610293610646366004615222565b61143e565b348015610656575f5ffd5b50610264610665366004615222565b73ffffffffffffffffffffffffffffffffffffffff165f9081526002602052604090205460ff1690565b34801561069a575f5ffd5b5061023261010481565b3480156106af575f5ffd5b506102936106be3660046152ae565b611500565b3480156106ce575f5ffd5b5061023260085481565b3480156106e3575f5ffd5b506107f46106f236600461504d565b6040805160c0810182525f80825260208201819052918101829052606081018290526080810182905260a08101919091525067ffffffffffffffff165f90815260036020908152604091829020825160c081018452815481526001820154928101929092526002015473ffffffffffffffffffffffffffffffffffffffff81169282019290925274010000000000000000000000000000000000000000820464ffffffffff166060820152790100000000000000000000000000000000000000000000000000820463ffffffff1660808201527d01000000000000000000000000000000000000000000000000000000000090910462ffffff1660a082015290565b60405161023c91905f60c082019050825182526020830151602083015273ffffffffffffffffffffffffffffffffffffffff604084015116604083015264ffffffffff606084015116606083015263ffffffff608084015116608083015262ffffff60a08401511660a083015292915050565b348015610872575f5ffd5b50610232600881565b348015610886575f5ffd5b50610293610895366004615325565b611767565b3480156108a5575f5ffd5b506102326108b4366004615222565b60076020525f908152604090205481565b3480156108d0575f5ffd5b506001546105319073ffffffffffffffffffffffffffffffffffffffff1681565b3480156108fc575f5ffd5b5061029361090b366004615350565b611951565b34801561091b575f5ffd5b5061029361092a366004615389565b611a25565b34801561093a575f5ffd5b5061023261094936600461504d565b67ffffffffffffffff165f9081526003602052604090205490565b610293610972366004615222565b611cb1565b348015610982575f5ffd5b506102936109913660046153c8565b611d7d565b3480156109a1575f5ffd5b506102936109b03660046153f9565b611ee9565b5f6109c7826109c261241d565b6136c4565b92915050565b5f81158015906109f4575067ffffffffffffffff83165f9081526003602052604090205482145b9392505050565b335f908152600260205260409020805460ff16610a4b576040517f0e5e5f6f0000000000000000000000000000000000000000000000000000000081523360048201526024015b60405180910390fd5b805467ffffffffffffffff61010090910481169083161015610ab65780546040517fd836b0d200000000000000000000000000000000000000000000000000000000815267ffffffffffffffff80851660048301526101009092049091166024820152604401610a42565b805467ffffffffffffffff61010090910481169083161115610b435780547fffffffffffffffffffffffffffffffffffffffffffffff0000000000000000ff1661010067ffffffffffffffff841690810291909117825560405190815233907f4c8b279020a069553aa4881ba1549570fff00db40da993dfcc5f19959e1325689060200160405180910390a25b5f839003610b515750505050565b5f610b5a61241d565b90505f5b84811015610b8f57610b87868683818110610b7b57610b7b6154b4565b90506080020183613876565b600101610b5e565b505050505050565b335f908152600760209081526040808320805490849055600690925290912080547801000000000000000000000000000000000000000000000000900467ffffffffffffffff164310610c37578054610c0e906c0100000000000000000000000090046bffffffffffffffffffffffff168361550e565b81547fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff16825591505b815f03610c72576040517fdc69dc16000000000000000000000000000000000000000000000000000000008152336004820152602401610a42565b60405182815233907f7084f5476618d8e60b11ef0d7d3f06914655adb8793e28ff7f018d4c76d505d59060200160405180910390a26040515f90339084908381818185875af1925050503d805f8114610ce6576040519150601f19603f3d011682016040523d82523d5f602084013e610ceb565b606091505b5050905080610d28576040517f39f1c8d9000000000000000000000000000000000000000000000000000000008152336004820152602401610a42565b505050565b5f610d3883836109cd565b15610d735767ffffffffffffffff83165f908152600360205260409020610d5e90613ade565b610d69576001610d6c565b60025b90506109c7565b5f8281526005602052604090205460ff16610d8e575f6109f4565b50600392915050565b5f610da28888613b6c565b604080516080810182526004546bffffffffffffffffffffffff80821683526c010000000000000000000000008204166020830181905263ffffffff780100000000000000000000000000000000000000000000000083048116948401949094527c010000000000000000000000000000000000000000000000000000000090910490921660608201529192503414610e835760208101516040517f1d33c5d30000000000000000000000000000000000000000000000000000000081523460048201526bffffffffffffffffffffffff9091166024820152604401610a42565b5f5f610e938a8a8a8a8a8a613bdc565b600286015491935091505f9074010000000000000000000000000000000000000000900464ffffffffff1643118015610ee75750811580610ee757506060840151610ee49063ffffffff168361550e565b43115b90508080610ef95750610ef985613ade565b15610f3c576040517f4d673a0600000000000000000000000000000000000000000000000000000000815267ffffffffffffffff8d166004820152602401610a42565b5f600a5f610f4a8e87613edf565b815260208101919091526040015f9081209150815460ff166002811115610f7357610f7361507d565b14610fb25783608001516040517f71fc1b53000000000000000000000000000000000000000000000000000000008152600401610a4291815260200190565b60028601545f90610feb906008907d010000000000000000000000000000000000000000000000000000000000900462ffffff16615521565b60608701516110009063ffffffff164361550e565b61100a919061550e565b8254600160ff90911666010000000000003379ffffffffffffffffffffffffffffffffffffffffffffffffffff16027fffffffffffffffffffffffffffffffffffffffffffffffffffff0000000000ff161761010064ffffffffff841602177fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0016811784556002890180549293509091601d906110cf90849062ffffff7d01000000000000000000000000000000000000000000000000000000000090910416615559565b92506101000a81548162ffffff021916908362ffffff1602179055503373ffffffffffffffffffffffffffffffffffffffff168d8f67ffffffffffffffff167fc2a887295a1271da66f0cff69d20ffb6a3e17268fffd8f015bdf961cbe5835e3888560405161113f9291906155d0565b60405180910390a45050505050505050505050505050565b60015473ffffffffffffffffffffffffffffffffffffffff1633146111aa576040517fa09b9a43000000000000000000000000000000000000000000000000000000008152336004820152602401610a42565b5f8054337fffffffffffffffffffffffff0000000000000000000000000000000000000000918216811783556001805490921690915560405190917fdc3c82f4776932041f15a08f769aadd6ed44c2a975e64bbf0fde8cf812f8b6b891a2565b5f6112238361121e36859003850185615621565b613edf565b5f818152600a602052604080822081516060810190925280549394509192909190829060ff16600281111561125a5761125a61507d565b600281111561126b5761126b61507d565b81529054610100810464ffffffffff16602080840191909152660100000000000090910479ffffffffffffffffffffffffffffffffffffffffffffffffffff166040928301525f8781526005909152205490915060ff1615806112e157506001815160028111156112de576112de61507d565b14155b1561131e576040517fa6c01e9b00000000000000000000000000000000000000000000000000000000815260808401356004820152602401610a42565b61132a82858584613f11565b50505050565b5f808080600a8161134a8861121e368a90038a018a615621565b815260208101919091526040015f2090506001815460ff1660028111156113735761137361507d565b1461137e575f6113a7565b80546601000000000000900479ffffffffffffffffffffffffffffffffffffffffffffffffffff165b905460ff81169761010090910464ffffffffff16965090945092505050565b5f6113d183836109cd565b80156109f4575067ffffffffffffffff83165f9081526003602052604090206109f490613ade565b5f6109c782613fcb565b5f60098281548110611417576114176154b4565b5f9182526020909120015473ffffffffffffffffffffffffffffffffffffffff1692915050565b5f5473ffffffffffffffffffffffffffffffffffffffff163314611490576040517f245aecd3000000000000000000000000000000000000000000000000000000008152336004820152602401610a42565b600180547fffffffffffffffffffffffff00000000000000000000000000000000000000001673ffffffffffffffffffffffffffffffffffffffff831690811790915560405133907f278a93ce3591db94ed65bf1107826228ec69e444fbe2006b25e1ba8f18955b7f905f90a350565b606481101561153b576040517f1025138800000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6009548310611579576040517fc425021800000000000000000000000000000000000000000000000000000000815260048101849052602401610a42565b5f6115886024600484866156cf565b611591916156f6565b905067ffffffffffffffff8111156115d5576040517f1025138800000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f6115f6826115e86064604487896156cf565b6115f1916156f6565b613b6c565b90506116066044602485876156cf565b61160f916156f6565b81600101541461164b576040517f1025138800000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f5f60098781548110611660576116606154b4565b5f9182526020909120015460405173ffffffffffffffffffffffffffffffffffffffff909116906116949088908890615732565b5f60405180830381855afa9150503d805f81146116cc576040519150601f19603f3d011682016040523d82523d5f602084013e6116d1565b606091505b5091509150816116e357805160208201fd5b8051602014158061171c57507fa2b55eaaff7875bde5e57c741b4c5305dcf3cf35d92b38f2d12f533809a9fc8761171982615741565b14155b15611753576040517fe252b7c100000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b61175e8484336140d1565b50505050505050565b335f90815260066020526040902080546bffffffffffffffffffffffff808416911610156117e25780546040517f7469af830000000000000000000000000000000000000000000000000000000081523360048201526bffffffffffffffffffffffff91821660248201529083166044820152606401610a42565b8054829082905f906118039084906bffffffffffffffffffffffff16615783565b92506101000a8154816bffffffffffffffffffffffff02191690836bffffffffffffffffffffffff16021790555081815f01600c8282829054906101000a90046bffffffffffffffffffffffff1661185b91906157a7565b82546bffffffffffffffffffffffff9182166101009390930a9283029190920219909116179055506004546118b39063ffffffff780100000000000000000000000000000000000000000000000090910416436157cb565b815477ffffffffffffffffffffffffffffffffffffffffffffffff16780100000000000000000000000000000000000000000000000067ffffffffffffffff928316810291909117808455604080516bffffffffffffffffffffffff8716815292909104909216602082015233917ff296881dc8649cb075784613a4c7cec45269aae38400377b6bdf05196c27bac591015b60405180910390a25050565b5f5473ffffffffffffffffffffffffffffffffffffffff1633146119a3576040517f245aecd3000000000000000000000000000000000000000000000000000000008152336004820152602401610a42565b73ffffffffffffffffffffffffffffffffffffffff82165f8181526002602090815260409182902080547fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff001685151590811790915591519182527f58194d465adc081c8ca38a8a3c3d6bb6fca0bad31216f20c504878408f1ef6c99101611945565b6004546bffffffffffffffffffffffff165f5b8281101561132a575f60035f868685818110611a5657611a566154b4565b9050602002016020810190611a6b919061504d565b67ffffffffffffffff16815260208101919091526040015f20600281015490915073ffffffffffffffffffffffffffffffffffffffff1680611b0d57858584818110611ab957611ab96154b4565b9050602002016020810190611ace919061504d565b6040517ff2dfff7300000000000000000000000000000000000000000000000000000000815267ffffffffffffffff9091166004820152602401610a42565b611b1682613ade565b611b8057858584818110611b2c57611b2c6154b4565b9050602002016020810190611b41919061504d565b6040517f7511559300000000000000000000000000000000000000000000000000000000815267ffffffffffffffff9091166004820152602401610a42565b6002820180547fffffffffffffffffffffffff000000000000000000000000000000000000000016905573ffffffffffffffffffffffffffffffffffffffff81165f9081526006602052604081208054869290611bec9084906bffffffffffffffffffffffff166157a7565b92506101000a8154816bffffffffffffffffffffffff02191690836bffffffffffffffffffffffff1602179055508073ffffffffffffffffffffffffffffffffffffffff16868685818110611c4357611c436154b4565b9050602002016020810190611c58919061504d565b6040516bffffffffffffffffffffffff8716815267ffffffffffffffff91909116907ffeabf7aea442dae74ad971ca3ea5c6d3aeaf42a6116d22fadb11ccc43a9d085c9060200160405180910390a35050600101611a38565b611cba3461423a565b73ffffffffffffffffffffffffffffffffffffffff82165f9081526006602052604081208054909190611cfc9084906bffffffffffffffffffffffff166157a7565b92506101000a8154816bffffffffffffffffffffffff02191690836bffffffffffffffffffffffff1602179055508073ffffffffffffffffffffffffffffffffffffffff167f2da466a7b24304f47e87fa2e1e5a81b9831ce54fec19055ce277ca2f39ba42c434604051611d7291815260200190565b60405180910390a250565b5f611d888484613b6c565b90505f611d9e8461121e36869003860186615621565b5f818152600a602052604080822081516060810190925280549394509192909190829060ff166002811115611dd557611dd561507d565b6002811115611de657611de661507d565b81529054610100810464ffffffffff1660208301526601000000000000900479ffffffffffffffffffffffffffffffffffffffffffffffffffff166040909101529050600181516002811115611e3e57611e3e61507d565b14611e7b576040517fa6c01e9b00000000000000000000000000000000000000000000000000000000815260808501356004820152602401610a42565b806020015164ffffffffff164311611ece5760208101516040517ffd511d6900000000000000000000000000000000000000000000000000000000815264ffffffffff9091166004820152602401610a42565b611eda82868684613f11565b610b8f868483604001516140d1565b5f611ef48787613b6c565b90508382141580611f03575083155b15611f3a576040517f64325c9100000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f611f4361241d565b90505f805b86811015612196575f600a5f611f808c8c8c87818110611f6a57611f6a6154b4565b905060a0020180360381019061121e9190615621565b815260208101919091526040015f2090506001815460ff166002811115611fa957611fa961507d565b14611fb4575061218e565b888883818110611fc657611fc66154b4565b905060a0020160800135611ff2888885818110611fe557611fe56154b4565b9050610100020186614257565b1461204857888883818110612009576120096154b4565b905060a00201608001356040517fd2b435a8000000000000000000000000000000000000000000000000000000008152600401610a4291815260200190565b60024361206c898986818110612060576120606154b4565b905061010002016142b4565b835460ff16660100000000000079ffffffffffffffffffffffffffffffffffffffffffffffffffff8316027fffffffffffffffffffffffffffffffffffffffffffffffffffff0000000000ff161761010064ffffffffff84160217808555839085907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff001660018360028111156121045761210461507d565b021790555050505082612116906157eb565b9250898b67ffffffffffffffff167fc922bf10987c7ea1302ff326e9d122d19ef8d6c41ce8ccbe18a406376e39c6d78b8b86818110612157576121576154b4565b905060a002018a8a8781811061216f5761216f6154b4565b9050610100020160405161218492919061586e565b60405180910390a3505b600101611f48565b508062ffffff165f036121f45786865f8181106121b5576121b56154b4565b905060a00201608001356040517fa6c01e9b000000000000000000000000000000000000000000000000000000008152600401610a4291815260200190565b604080516080810182526004546bffffffffffffffffffffffff80821683526c01000000000000000000000000820416602083015263ffffffff780100000000000000000000000000000000000000000000000082048116938301939093527c010000000000000000000000000000000000000000000000000000000090049091166060820152600284018054839190601d906122b990849062ffffff7d0100000000000000000000000000000000000000000000000000000000009091041661588d565b825462ffffff9182166101009390930a92830291909202199091161790555060028401545f9061232c9063ffffffff7901000000000000000000000000000000000000000000000000008204169064ffffffffff740100000000000000000000000000000000000000009091041661550e565b90505f826060015163ffffffff1643612345919061550e565b9050818111156123af5761235982826158a8565b600287018054601990612390908490790100000000000000000000000000000000000000000000000000900463ffffffff166158bb565b92506101000a81548163ffffffff021916908363ffffffff1602179055505b8362ffffff1683602001516bffffffffffffffffffffffff166123d291906158d7565b600287015473ffffffffffffffffffffffffffffffffffffffff165f908152600760205260408120805490919061240a90849061550e565b9091555050505050505050505050505050565b5f61369060408051610f20810182527f0dad22d08a6b8d81d4a5ffc34b9677a7c5254c85e953551f9eba9a0a97590c1081527f03cfc441111f1bab6e75957b9f0274e92d17aefc2d8da460435dfaf259bd103960208201527f27c6d1b8a2e2ce670376cd2970192a2a08e4290883f6ca49e7976c6c447d6392918101919091527f28f2882b9abfda8efc2d121da0c871d2d5313a53c67d0407eef4e93ee23e6c2d60608201527f0a3943390fe4939fa2e931e18094c7c93aa107ced2bfaefcfe5e613a3f1262d560808201527f2a8f37d8da8f2319e188f8909007408b57fba3555bb784c1ad6c7b075580545660a08201527f0cef8658e33f20c39649528f353ef5d03198c75683f8493534add693a4ff4f0f60c08201527f1cdc2a6f0f0e7c6c62ee1c0cad4fd11363a48db7095171faaf9a7b6e01c3e52b60e08201527f0a2e681a2db19c8d1cfb0c28f0b7b3d9830d35fca8c0b076b4e64328060139d66101008201527f16f013cd703be7de16b4361ce5c67cc2997f858e8a808885da67fbafd30d27176101208201527f29af57131c9cf548be669fe76c675e6d90bee17a76cccf4ddc5d35f9a936ebb86101408201527f21807b1ec6258bb155ed159da90b815dee119eae8138b1bdf950111bf5205b3b6101608201527f07c00db8c50a8c860fbcb8ebd234a54350bdbcb8747891a4e5adab1c4abc69096101808201527f22bc08fc054d08a3dbb6094396d0de373a4c33205c49a1254cf25ebec17477656101a08201527f2dad58bdf3e24c78f21146de084d9b8afad58956fedce67d43f7d375a813bb2e6101c08201527f292cee6bc19a64dc5a8a74036e676e238f60b4577db86213ced417906f1d6e916101e08201527f27d655ae125928ad6b48bba54593b74ca0c23002b32a0a9ef375939a22387a8c6102008201527f0e0e2e781fe9ac0a97f0d961c7b359a415d1ead41c99eccee90e56b68fbfa2a86102208201527f13fec23e678d1c9943b6daed8ed8212289116ab96344ded7ced8aac2f09f16726102408201527f27550dd21647e37fc31640684e02cb07810669b1c1545443fd58204b2cde73c26102608201527f1de6d5f356a92c48c7b9f6aa45c8a6216e0a6adbc799c0bec242054674cb8f096102808201527f14c5347c4580363f74c885d1fbb378c61d953e490892b10baf84f6e1f3a3f39d6102a08201527f27f2768023c4df7952ca0d967f14034e98c4ca76973ae1cddfccd212cbd786836102c08201527f1f4f499fc4853f7e189ad6d2269c467f77e15bbd28963c516b4fbf1ba7b88f956102e08201527f0d62ba9a8de3b97c72a5425a97a7f027fbad23f299ff46bafa12dcffb0e72bf16103008201527f22b649ae468f20c7cbfb435d932ba9ba4be14ea40c0c54e6bec970ab4c513f046103208201527f03a1aae439e47e7e14186d5513da5e263e063a3da6d042c16e55cab2e81a8e956103408201527f25c7eee1fce422600f5b1e78323f2e99cceee803f62763217eadbd046c1e0e6c6103608201527f1c66258f103a955274ed71de56169bba34ff6aea97a2c32b98805dc3b011a3836103808201527f29403b00757a647671a3691094aef420ad830f95743d45894d6d7f40aa356e4b6103a08201527f13496363ef5f7d0e91fd1319fd5dc0269c5190d05d8a0ad28a3ce0638a133e0e6103c08201527f1c6a4586c15c4638a1686921d7c204e2b6e1a88c1fc49dcfb87ded2a1ed7edc56103e08201527f0da23df12d0bf47bb92f15ee189386c20f552d0bc66ae492b92d69556b2fe75a6104008201527f155be88bc5ddf8e0c6c741286cdd5ddd559279a455b9bbb61d5a0b004e545d5e6104208201527f0553fbb5b32db860e0bb12cef3aab4e0dbbdb1ea8704d335a18fa8b4df112c366104408201527f12f6a3a61a3139221cb5875cf455b942580c00942499932dfcacf6f75cb80ad66104608201527f2faf9e95457781b3c61de8a1faadda67f76f52bb81255fac8819bcc104071e056104808201527f1c7639cb68d3cfa69f3d795d1a1dd4eba176d0c29701e7b677ea0750b4ccd1db6104a08201527f0d9d85a46281f81502fbcfb430f4d08ab504c502d2feae2ab4a26d87bebea0dd6104c08201527ea9b7074ea11d9931cf4af16952f398777aaa36413df14cedc101c7693812d36104e08201527f07fab349ddb7d62a5edc0b6a62b300715634e5dccab808d8fa6ae62b406705a36105008201527f11f8f3afbd6fe6bda7d055a536ab3de9c40c8155b31d397f63ef21ac974cf52d6105208201527e07c569f8f49899805d22a1930883968a3cf058993e0adfd06da437ae50e8306105408201527f15dfb18bf1b6087c0e638f2189a7b34534549ffe8fca5afccf7e528a3338cc926105608201527f2140caa062d2fa72722ad48fb71bbc9f534043dab90dfa24b96664eaa2f0ac6a6105808201527f11c06fe4e5398d4704271b84e6023b07b189dd1d2023dd599b33defe4251b7156105a08201527f0775f90bae5f8f8157eb73bbc7ae69b74d44761cf0df3b4666eeb2860878c0df6105c08201527f0225befb64b758b837a4305e104d5e510d893653559d8768dc79325ff89d6b9f6105e08201527f201a730245d9227f1232cc02f486c18cfa1fba40665ed3d1bbbdcd19b03cac4f6106008201527f128b63b12a6647f80c686aaab15b0563c1a33f475dc18caa434ab64f1e290acb6106208201527f0a34ce8153d4e2e1158de05d276530cf3c749c16c7e09f3b671a973b0efb08396106408201527f2809c5d323665513c8c4a96ea4dc08e3aba43699bca1198f2b559915082495ce6106608201527f23b929e7d71fe425f36f32975e9a68bbf83c16622678f061ed78a0c9ce318be36106808201527f1ca1a93d02ae448ab773f95c6b88c0d01f89c0c3d25ad625042771dd5a7e74a96106a08201527f03c7381ccdfd209a8cba5627a058c33f472b24d2b1a55d9dd47f60dc7b474e7e6106c08201527ebe1a29bb668a25eaedffccef6c01c90688229e8fc4be9812e371d4d61c30156106e08201527f2c821bfbd5c415fc076fc83895edab9e5256ee826946a865b8c82f0189af46266107008201527f0b8ff5b252182f6a15cff90144c1e7ac1678739882c90fe46d0a29db7a0cba776107208201527f1c0e94b15306baf1b017623888b8d4c5402ee81fd213c4a5e42f52729deb7d5c6107408201527f2031deb0f13ce17a5b44edbacf5a0410e23348c2c7657383a8ffdeb5c5ca1cd46107608201527f0e34d14f44e8eb98ac078ec90eb718c3034249fbaeb13d24f3d5b6a4002018ac6107808201527f2a10f1b76f8b1cc429820030c58b3d23ebfb775a43b07928b9868891c2cb4cca6107a08201527f0535bf4f7fb763f981d2c0c7ecd2237a461ac385e2235fb35222b512f1dbd1b76107c08201527f12ccb3fbffeff74fb7ce3b9943f609dc0d7fe34e3b5e6b199628e86d5576cc186107e08201527f1f44cd78220a2e66be6c9eb3bcffc498a47f22c3eb476591cf456d518e3e126c6108008201527f1d60e9e3444a748b8c22d7d10e825c536290b723fcdfa046436353d6f9abc0736108208201527f05a3ccc67bd014ef2544927f9b96ff58e348954e40af67861ab88d78ff4b66886108408201527f1be5b195896e9ec23b9d3eb898734c385272ed64bdcb236223f5a3436986dc6d6108608201527f1d6427dd07a0b46a8ebacaa82e8c04de8e7e94a18849c9275b8b4827a873cdab6108808201527f2f09a403f946b692704fe4d5ae69625441c93a7f93dcb4f8f7d337baa735ad9a6108a08201527f1807540511593488e084b7297b6ff67b748c71731b6ca64aa8d3823e81f41b376108c08201527f0f1daab7a702ac80d108b24845bda04b732f3564ebe57392e470380199522e1d6108e08201527f1797d0f72bf0b47a45ceaf82df261439bc5e3b0ae55cf1069733d5a0b51765ca6109008201527f2adbb9b4003631c5e3d02ce959930c75d4d25281c86febc61dfdf35e00cfbdad6109208201527f1347ad87393ef928d2800fa2a548328ef9bddf5646da79d507d2f2055db335d66109408201527f15658e02d31e2c200dadf6a985652eccd30cb959168cde7b74c7239539d2df1e6109608201527f01f00dc28bced12a74c3ce687dd3fa996d6f8bb29bc60cda4f3aed191a6fe8d06109808201527f154ebcc230244b68b9a8f51a56ff0541a92ea2cbb3e77b263cb03a8bd89491f76109a08201527f1f65f74b523a8c875885378e93d1946c7a3f810e2eecdea94b80c4f741ea6cf96109c08201527f2504a559a4bd23ed689acc9b6cb4062479a6b29692e2b8cce40058daf05057786109e08201527f24496d9926e4e565ef860e52396a2935689c87ca99abd046bc279ce1bfc43206610a008201527f2c9ccd22b143f4d8d483846d1960e7144a5c9354ea48cd1a71bdc82fbb929838610a208201527f2b9bd02e1b064a8db321a1cd212a7a6dc47274f6eb5fcfa4f17d6f690dddf8c4610a408201527f0b21f0004118382f32fe441fbf36c0a38ae41873ae42d3b6ea5f0c6816e00472610a608201527f10756efb491852587059f3e48b605a3bebabaab0a1ee5ff1758eb30623b7602c610a808201527f127574a38823886d1f4841b540e29d67efe35aa8b3c685f969b6bc6cbab5064a610aa08201527f24751d620ed2a3db4382265b8c33b666b85beae7aa87f38e28bd2f8d637ff9d0610ac08201527f2e3d7208892e8a92e887fccccfe04d8d0fe994bc443641a9fc76c43da02f453d610ae08201527f11c3f6719071e6810699be20e1b1858b9ed00d8166bf15434cd5e43507b9d62b610b008201527eb86112693a4e7f3ac4eadfcc3f04d24a7afe51a87f82d4a435ad27f30aa2f9610b208201527f1a77348400a87f0180e294286a7a06c857f590e8ed17eed7a6b4cc1ca5a97929610b408201527f207feb0ffff2e419bc967dd544abbdd2dcc601316f49957f2319c9a04f56157d610b608201527f0df4aac4e6483265aa3fc462835a90380bc84004fc46d1a85e61baed3196ba48610b808201527f2f2df3db6ed0e27d3151201dfe7f57fc2e5ccc69c2458535dbdbb5d88aeabb4f610ba08201527f2f51811c3568dbae396f86838c5c8b1bbf9b5bcb2ce98542e289184b95f74b7e610bc08201527f1198ec466dc8c3f55b048369eac0490e835928891325d4cf4461da1d22230219610be08201527f19036827eb0714a1ee4fdd653d8667df192402e290dfdfc39bf005fdfa86c043610c008201527f0978d774018c29f2818df365312371ce4082a6c8c52d2a965516b76436349069610c208201527f231ed2d94767eb9ace111af9317b233fee037214e3f6d7e366a5812c8fd1dce5610c408201527f0fbd8502ceba8ab93eb04d1db535d25f4c3be8acac4e8e0467b9d606653456c2610c608201527f20e9fac35dda464e436a4d2eae4cdd5b52c9b712d5b4bfa43334463f8478d4bb610c808201527f15ba9fc4b175278a12a5ab39ee0121b06dd09b923bdedb69a26182821445ba00610ca08201527f0c3c9aec9048b10a06d062675b63417a1ae8704f2918382466bf575e22a654d3610cc08201527f2795a46eb4c79595a9de2191c524f0aaf92f764153b23c357ed50bf3a91cddf0610ce08201527f10ab7893c4253d861276ea30f229eb86b90c69985fb6dde4aa50e24828caa81a610d008201527f2d4509d8159af62c44503f64fc01e953e90c6dced8ba75c58df2aa090a5fd359610d208201527f157946957f4feb94eae09b9a6c272204d107ea7b0e31b67524a6c9ee7f04e7b9610d408201527f30464efe02b65b862f9a0b59fea6d6934b393e65cdc3d29ae67a751a0d0f136a610d608201527f0965b3a2d05666d38ffcdac4e5ed020c742ba41d760e70f74dcd8f8b1324c901610d808201527f24531c784663d57639928f0a8f152038a779eebbd70f6585dacc971668ebec55610da08201527f2202070df8f85b79bf7debf24a9cc0f2cf30370f26a9372e01718dae7cb6171d610dc08201527f08282fc0baa2e9eb76167b9ab2405db9c78f1f37b168be6435d5385a806e745a610de08201527f178c3d6e47cd33e5570311ec8ad8dbca0dbf54aadd1393738d898384c57795e7610e008201527f12ad905f9d82f33643b1fefb90dcefffeb818d1ec3f4fc3d6857203eff5ed1ea610e208201527f229682c9e4165b6ed1a2870c14a1c8bb7b1c7d3b52f42ce0228b85480666b4c4610e408201527f25190d853744dc11d155de5e479640302a333d47cf18dbf1ff241ce42c88d4c9610e608201527edb47fadc76bf4fd8dcfe26908fe48ab42d399da939ac1f167ca8600cfbe7bc610e808201527f2ba5e88adcbe025760f2c8654935f0557d14c6d4125a838f312f2ba439e2e94c610ea08201527f1376bbae85699dcc294f850c858b4b370e51ff3139bc3e0a1e52eb58d08ca41b610ec08201527f1333fda1e3d58e0747f5c7361d5075526933ea283eee2ac37b6042c6083b6a42610ee08201527f28bfc4dc9594e9add687744b79f4feb979e2143d742d4e4d1d5bb64bb799a02a610f0082015290565b90507f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001610f20820152610f40810160405290565b5f7f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f000000160408401351061372857604080517f01821755000000000000000000000000000000000000000000000000000000008152908401356004820152602401610a42565b7f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f000000160608401351061378b576040517f0182175500000000000000000000000000000000000000000000000000000000815260608401356004820152602401610a42565b60408301355f036137e2576137a3602084018461504d565b6040517f3e4c283e00000000000000000000000000000000000000000000000000000000815267ffffffffffffffff9091166004820152602401610a42565b5f6040518061010001604052806101048152602001468152602001855f01602081019061380f919061504d565b67ffffffffffffffff168152602086810135608081811c928401929092526fffffffffffffffffffffffffffffffff16604080840191909152870135606080840191909152870135908201525f60a090910152905061386e8184614302565b949350505050565b5f61388c613887602085018561504d565b613fcb565b90505f8190036138e2576138a3602084018461504d565b6040517fa0c6899b00000000000000000000000000000000000000000000000000000000815267ffffffffffffffff9091166004820152602401610a42565b8083602001351461394a576138fa602084018461504d565b6040517f4b53adcb00000000000000000000000000000000000000000000000000000000815267ffffffffffffffff90911660048201526020840135602482015260448101829052606401610a42565b5f61395584846136c4565b90505f600381613968602088018861504d565b67ffffffffffffffff16815260208101919091526040015f20549050818103613992575050505050565b80156139eb576139a5602086018661504d565b6040517f41a7955300000000000000000000000000000000000000000000000000000000815267ffffffffffffffff909116600482015260248101829052604401610a42565b5f8281526005602052604090205460ff1615613a5457613a0e602086018661504d565b6040517fa4aaef6a00000000000000000000000000000000000000000000000000000000815267ffffffffffffffff909116600482015260248101839052604401610a42565b613a6b613a64602087018761504d565b8484614950565b82613a79602087018761504d565b67ffffffffffffffff167f172b454c9d3d0127f1a84c9c1c0c261e8a5b0e00cbde1af598c15afad329b9748488604001358960600135604051613acf939291909283526020830191909152604082015260600190565b60405180910390a35050505050565b60028101545f907d010000000000000000000000000000000000000000000000000000000000900462ffffff161580156109c757506002820154613b6490790100000000000000000000000000000000000000000000000000810463ffffffff169074010000000000000000000000000000000000000000900464ffffffffff1661550e565b431192915050565b5f613b7783836109cd565b613bc0576040517f76dce6e700000000000000000000000000000000000000000000000000000000815267ffffffffffffffff8416600482015260248101839052604401610a42565b505067ffffffffffffffff165f90815260036020526040902090565b6040805160a0810182525f80825260208201819052918101829052606081018290526080810182905290841580613c135750848314155b15613c4a576040517f64325c9100000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b613c5936889003880188615621565b91505f80613c6a60208a018a6158ee565b6004811115613c7b57613c7b61507d565b148015613c985750613c936040890160208a01615907565b60ff16155b8015613cb55750613caf6060890160408a01615920565b61ffff16155b8015613cd85750613ccc6080890160608a0161504d565b67ffffffffffffffff16155b8015613ce75750888860800135145b90505f613cf261241d565b90505f5b85811015613ed1575f600a5f613d0c8e89613edf565b815260208101919091526040015f2090506002815460ff166002811115613d3557613d3561507d565b03613dcf57613d4f8a8a84818110612060576120606154b4565b81546601000000000000900479ffffffffffffffffffffffffffffffffffffffffffffffffffff908116911614613dba5785608001516040517fd2b435a8000000000000000000000000000000000000000000000000000000008152600401610a4291815260200190565b8054610100900464ffffffffff169450613e7c565b81158015613ddb575083155b15613e12576040517f5ac7ad8000000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b8560800151613e398b8b85818110613e2c57613e2c6154b4565b9050610100020185614257565b14613e785785608001516040517fd2b435a8000000000000000000000000000000000000000000000000000000008152600401610a4291815260200190565b5f94505b613ec8868b8b85818110613e9257613e926154b4565b905061010002018a8a86818110613eab57613eab6154b4565b9050602002016020810190613ec09190615907565b60ff16614c28565b50600101613cf6565b505050965096945050505050565b5f8282604051602001613ef3929190615939565b60405160208183030381529060405280519060200120905092915050565b5f848152600a602090815260408083208390558381015160045473ffffffffffffffffffffffffffffffffffffffff821685526007909352908320805491936c010000000000000000000000009093046bffffffffffffffffffffffff16929091613f7d90849061550e565b925050819055508073ffffffffffffffffffffffffffffffffffffffff16847f952b8660eb628eacf9bf1eac75e3cde931daf578d447395dd47bb7dd6431ee6185604051613acf919061594d565b67ffffffffffffffff81164080151580613fef5750438267ffffffffffffffff1610155b15613ff957919050565b6040805167ffffffffffffffff841660208201525f91829171f90827f1c53a10cb7a02335b1753200029359101604080517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08184030181529082905261405e9161595b565b5f60405180830381855afa9150503d805f8114614096576040519150601f19603f3d011682016040523d82523d5f602084013e61409b565b606091505b50915091508180156140ae575080516020145b156140ca57808060200190518101906140c79190615971565b92505b5050919050565b81546002808401545f83815260056020908152604080832080547fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0016600190811790915567ffffffffffffffff8a1684526003909252822082815590810182905590920182905573ffffffffffffffffffffffffffffffffffffffff169081156141d1576004546bffffffffffffffffffffffff16614171600282615521565b73ffffffffffffffffffffffffffffffffffffffff86165f908152600760205260408120805492945084929091906141aa90849061550e565b909155506141ba905082826158a8565b60085f8282546141ca919061550e565b9091555050505b6040805173ffffffffffffffffffffffffffffffffffffffff848116825260208201849052861691859167ffffffffffffffff8a16917faebf7ddfd48844ef55cb3f6eaa85743b1552db7aab772b025cc26467be5a43cd910160405180910390a4505050505050565b5f6bffffffffffffffffffffffff821115614253575f5ffd5b5090565b5f614260614f52565b5f5b60088110156142a95761428a858260088110614280576142806154b4565b6020020135614ef5565b82826008811061429c5761429c6154b4565b6020020152600101614262565b5061386e8184614302565b5f816040516020016142c69190615988565b604080517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0818403018152919052805160209091012092915050565b5f8251602084015160408501516060860151608087015160a088015160c089015160e08a015189610f208b01515b8688018080019b5089800101988a01968001870196818c80089b5081888d089b508001818180089050818a82089050818189089a50818c8b088486018080019d929b5090995090975085800101948601928001830192818c80089b5081848d089b508001818180089050818682089050818185089650818c87089450809550508a9250858a019a508a8a0199508a860195508489019a508a890198508a850194508388019a508a880197508a840193508287019a508a870196508a830192506104008c0182036148655780880697508086069550808406935061072082015b808310156148635782518b019a50818b8c099b50818b838e8f09099a508182858701888a0108838a8c018d8f0108089b508b827f05bffb5e301d8c468c35e24eb2165b6b71725fb7ac9a48efe5ce041bdb05676d8d09019a508b827f2aa7a81812688343fc6d78073312996d75f4c5505db0ed22af5ec0df7888cdc78c090199508b827f2f5856fd71dab60d78cc3af15a89c1e4d61ba189849a4cea10acc1dd228faf008b090198508b827f12299a260999ac95d271e184968cda40bd4358877a6dcf43d779251fffa613488a090197508b827f1443aad4693d692a62a8e21f03d5643a123f0c8783a3d27c275f9d01089685fb89090196508b827f21561b0204a44488082e31472f5885a3adc179bb278233aedc4b316369ec993788090195508b827f0c7cc2afa53f9898f30a69b294a4e24f6b2176e1ae0ca49b021792d55e34e97d87090194508b827f2dd221096053de389fae88e7caa5c43ab55e22aeb758ee130d1246c1dff47b53860901935060208301518b019a50818b8c099b50818b838e8f09099a508182858701888a0108838a8c018d8f0108089b508b827f05bffb5e301d8c468c35e24eb2165b6b71725fb7ac9a48efe5ce041bdb05676d8d09019a508b827f2aa7a81812688343fc6d78073312996d75f4c5505db0ed22af5ec0df7888cdc78c090199508b827f2f5856fd71dab60d78cc3af15a89c1e4d61ba189849a4cea10acc1dd228faf008b090198508b827f12299a260999ac95d271e184968cda40bd4358877a6dcf43d779251fffa613488a090197508b827f1443aad4693d692a62a8e21f03d5643a123f0c8783a3d27c275f9d01089685fb89090196508b827f21561b0204a44488082e31472f5885a3adc179bb278233aedc4b316369ec993788090195508b827f0c7cc2afa53f9898f30a69b294a4e24f6b2176e1ae0ca49b021792d55e34e97d87090194508b827f2dd221096053de389fae88e7caa5c43ab55e22aeb758ee130d1246c1dff47b53860901935060408301518b019a50818b8c099b50818b838e8f09099a508182858701888a0108838a8c018d8f0108089b508b827f05bffb5e301d8c468c35e24eb2165b6b71725fb7ac9a48efe5ce041bdb05676d8d09019a508b827f2aa7a81812688343fc6d78073312996d75f4c5505db0ed22af5ec0df7888cdc78c090199508b827f2f5856fd71dab60d78cc3af15a89c1e4d61ba189849a4cea10acc1dd228faf008b090198508b827f12299a260999ac95d271e184968cda40bd4358877a6dcf43d779251fffa613488a090197508b827f1443aad4693d692a62a8e21f03d5643a123f0c8783a3d27c275f9d01089685fb89090196508b827f21561b0204a44488082e31472f5885a3adc179bb278233aedc4b316369ec993788090195508b827f0c7cc2afa53f9898f30a69b294a4e24f6b2176e1ae0ca49b021792d55e34e97d87090194508b827f2dd221096053de389fae88e7caa5c43ab55e22aeb758ee130d1246c1dff47b53860901935060608301925061440f565b505b610f208c0182031561493a5781518a019950808a8b099a50808a828d8e0909995060208201518901985080898a099a508089828d8e09099850604082015188019750808889099a508088828d8e09099750606082015187019650808788099a508087828d8e09099650608082015186019550808687099a508086828d8e0909955060a082015185019450808586099a508085828d8e0909945060c082015184019350808485099a508084828d8e0909935060e082015183019250808384099a508083828d8e0909925061010082019150614330565b808d518b089d9c50505050505050505050505050565b604080516080810182526004546bffffffffffffffffffffffff8082168084526c010000000000000000000000008304909116602084015263ffffffff780100000000000000000000000000000000000000000000000083048116948401949094527c010000000000000000000000000000000000000000000000000000000090910490921660608201529015614ab057335f908152600660205260409020815181546bffffffffffffffffffffffff91821691161015614a5f57805482516040517f7469af830000000000000000000000000000000000000000000000000000000081523360048201526bffffffffffffffffffffffff928316602482015291166044820152606401610a42565b8151815482905f90614a809084906bffffffffffffffffffffffff16615783565b92506101000a8154816bffffffffffffffffffffffff02191690836bffffffffffffffffffffffff160217905550505b5f816040015163ffffffff1643614ac79190615998565b6040805160c08101825294855260208086019687523386830190815264ffffffffff938416606088019081525f6080890181815260a08a0182815267ffffffffffffffff909c168252600390945293909320965187559651600187015595516002909501805491519651975162ffffff167d010000000000000000000000000000000000000000000000000000000000027cffffffffffffffffffffffffffffffffffffffffffffffffffffffffff63ffffffff99909916790100000000000000000000000000000000000000000000000000029890981678ffffffffffffffffffffffffffffffffffffffffffffffffff9790931674010000000000000000000000000000000000000000027fffffffffffffff0000000000000000000000000000000000000000000000000090921673ffffffffffffffffffffffffffffffffffffffff96909616959095171794909416939093179390931790555050565b6007811115614c66576040517fcd2c0aa300000000000000000000000000000000000000000000000000000000815260048101829052602401610a42565b818160088110614c7857614c786154b4565b6020020135608084018190525f03614cbc576040517fdbf3d75300000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b826020015160ff166001148015614ce55750600483516004811115614ce357614ce361507d565b145b15614d1f576040517fcd2c0aa300000000000000000000000000000000000000000000000000000000815260048101829052602401610a42565b602083015160ff1615614d7557600183602001818151614d3f91906159b5565b60ff1690525060608301518190614d579060086159ce565b614d6191906157cb565b67ffffffffffffffff166060840152505050565b5f83516004811115614d8957614d8961507d565b03614df15780600503614da55750506004602082015260019052565b80600603614dbc575050600b602082015260049052565b6040517fcd2c0aa300000000000000000000000000000000000000000000000000000000815260048101829052602401610a42565b600183516004811115614e0657614e0661507d565b03614ec65780600414158015614e1d575080600514155b80614e2c575060086040830135115b15614e66576040517fcd2c0aa300000000000000000000000000000000000000000000000000000000815260048101829052602401610a42565b80600414614e75576003614e78565b60025b83906004811115614e8b57614e8b61507d565b90816004811115614e9e57614e9e61507d565b905250506060820180515f90915261ffff16604080840191909152013560ff16602090910152565b600383516004811115614edb57614edb61507d565b148015614ee85750806001145b15614dbc57505060029052565b5f7f30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f00000018210614253576040517f0182175500000000000000000000000000000000000000000000000000000000815260048101839052602401610a42565b6040518061010001604052806008906020820280368337509192915050565b5f6080828403128015614f82575f5ffd5b509092915050565b803567ffffffffffffffff81168114614fa1575f5ffd5b919050565b5f5f60408385031215614fb7575f5ffd5b614fc083614f8a565b946020939093013593505050565b5f5f5f60408486031215614fe0575f5ffd5b833567ffffffffffffffff811115614ff6575f5ffd5b8401601f81018613615006575f5ffd5b803567ffffffffffffffff81111561501c575f5ffd5b8660208260071b8401011115615030575f5ffd5b602091820194509250615044908501614f8a565b90509250925092565b5f6020828403121561505d575f5ffd5b6109f482614f8a565b5f60208284031215615076575f5ffd5b5035919050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b60208101600483106150be576150be61507d565b91905290565b5f60a082840312156150d4575f5ffd5b50919050565b5f5f83601f8401126150ea575f5ffd5b50813567ffffffffffffffff811115615101575f5ffd5b6020830191508360208260081b850101111561511b575f5ffd5b9250929050565b5f5f83601f840112615132575f5ffd5b50813567ffffffffffffffff811115615149575f5ffd5b6020830191508360208260051b850101111561511b575f5ffd5b5f5f5f5f5f5f5f610120888a03121561517a575f5ffd5b61518388614f8a565b9650602088013595506151998960408a016150c4565b945060e088013567ffffffffffffffff8111156151b4575f5ffd5b6151c08a828b016150da565b90955093505061010088013567ffffffffffffffff8111156151e0575f5ffd5b6151ec8a828b01615122565b989b979a50959850939692959293505050565b803573ffffffffffffffffffffffffffffffffffffffff81168114614fa1575f5ffd5b5f60208284031215615232575f5ffd5b6109f4826151ff565b5f5f60c0838503121561524c575f5ffd5b8235915061525d84602085016150c4565b90509250929050565b606081016003851061527a5761527a61507d565b93815267ffffffffffffffff92909216602083015273ffffffffffffffffffffffffffffffffffffffff1660409091015290565b5f5f5f604084860312156152c0575f5ffd5b83359250602084013567ffffffffffffffff8111156152dd575f5ffd5b8401601f810186136152ed575f5ffd5b803567ffffffffffffffff811115615303575f5ffd5b866020828401011115615314575f5ffd5b939660209190910195509293505050565b5f60208284031215615335575f5ffd5b81356bffffffffffffffffffffffff811681146109f4575f5ffd5b5f5f60408385031215615361575f5ffd5b61536a836151ff565b91506020830135801515811461537e575f5ffd5b809150509250929050565b5f5f6020838503121561539a575f5ffd5b823567ffffffffffffffff8111156153b0575f5ffd5b6153bc85828601615122565b90969095509350505050565b5f5f5f60e084860312156153da575f5ffd5b6153e384614f8a565b92506020840135915061504485604086016150c4565b5f5f5f5f5f5f6080878903121561540e575f5ffd5b61541787614f8a565b955060208701359450604087013567ffffffffffffffff811115615439575f5ffd5b8701601f81018913615449575f5ffd5b803567ffffffffffffffff81111561545f575f5ffd5b89602060a083028401011115615473575f5ffd5b60209190910194509250606087013567ffffffffffffffff811115615496575f5ffd5b6154a289828a016150da565b979a9699509497509295939492505050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b808201808211156109c7576109c76154e1565b5f82615554577f4e487b71000000000000000000000000000000000000000000000000000000005f52601260045260245ffd5b500490565b62ffffff81811683821601908111156109c7576109c76154e1565b600581106155845761558461507d565b9052565b615593828251615574565b60ff602082015116602083015261ffff604082015116604083015267ffffffffffffffff6060820151166060830152608081015160808301525050565b60c081016155de8285615588565b64ffffffffff831660a08301529392505050565b803560058110614fa1575f5ffd5b803560ff81168114614fa1575f5ffd5b803561ffff81168114614fa1575f5ffd5b5f60a0828403128015615632575f5ffd5b5060405160a0810167ffffffffffffffff8111828210171561567b577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b604052615687836155f2565b815261569560208401615600565b60208201526156a660408401615610565b60408201526156b760608401614f8a565b60608201526080928301359281019290925250919050565b5f5f858511156156dd575f5ffd5b838611156156e9575f5ffd5b5050820193919092039150565b803560208310156109c7577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff602084900360031b1b1692915050565b818382375f9101908152919050565b805160208083015191908110156150d4577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff60209190910360031b1b16919050565b6bffffffffffffffffffffffff82811682821603908111156109c7576109c76154e1565b6bffffffffffffffffffffffff81811683821601908111156109c7576109c76154e1565b67ffffffffffffffff81811683821601908111156109c7576109c76154e1565b5f62ffffff821662ffffff8103615804576158046154e1565b60010192915050565b61581f8261581a836155f2565b615574565b60ff61582d60208301615600565b16602083015261ffff61584260408301615610565b16604083015267ffffffffffffffff61585d60608301614f8a565b166060830152608090810135910152565b6101a0810161587d828561580d565b6101008360a08401379392505050565b62ffffff82811682821603908111156109c7576109c76154e1565b818103818111156109c7576109c76154e1565b63ffffffff81811683821601908111156109c7576109c76154e1565b80820281158282048414176109c7576109c76154e1565b5f602082840312156158fe575f5ffd5b6109f4826155f2565b5f60208284031215615917575f5ffd5b6109f482615600565b5f60208284031215615930575f5ffd5b6109f482615610565b82815260c081016109f46020830184615588565b60a081016109c7828461580d565b5f82518060208501845e5f920191825250919050565b5f60208284031215615981575f5ffd5b5051919050565b6101008181019083833792915050565b64ffffffffff81811683821601908111156109c7576109c76154e1565b60ff82811682821603908111156109c7576109c76154e1565b67ffffffffffffffff81811683821602908116908181146159f1576159f16154e1565b509291505056",
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
// Solidity: function DEMANDS_A_BLOCK() view returns(uint256)
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
// Solidity: function DEMANDS_A_BLOCK() view returns(uint256)
func (anchorRegistry *AnchorRegistry) TryPackDEMANDSABLOCK() ([]byte, error) {
	return anchorRegistry.abi.Pack("DEMANDS_A_BLOCK")
}

// UnpackDEMANDSABLOCK is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb52f2993.
//
// Solidity: function DEMANDS_A_BLOCK() view returns(uint256)
func (anchorRegistry *AnchorRegistry) UnpackDEMANDSABLOCK(data []byte) (*big.Int, error) {
	out, err := anchorRegistry.abi.Unpack("DEMANDS_A_BLOCK", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackAccountOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8086b8ba.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function accountOf(address account) view returns(uint96 free, uint96 leaving, uint64 leavingAt)
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
// Solidity: function accountOf(address account) view returns(uint96 free, uint96 leaving, uint64 leavingAt)
func (anchorRegistry *AnchorRegistry) TryPackAccountOf(account common.Address) ([]byte, error) {
	return anchorRegistry.abi.Pack("accountOf", account)
}

// AccountOfOutput serves as a container for the return parameters of contract
// method AccountOf.
type AccountOfOutput struct {
	Free      *big.Int
	Leaving   *big.Int
	LeavingAt uint64
}

// UnpackAccountOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8086b8ba.
//
// Solidity: function accountOf(address account) view returns(uint96 free, uint96 leaving, uint64 leavingAt)
func (anchorRegistry *AnchorRegistry) UnpackAccountOf(data []byte) (AccountOfOutput, error) {
	out, err := anchorRegistry.abi.Unpack("accountOf", data)
	outstruct := new(AccountOfOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Free = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.Leaving = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	outstruct.LeavingAt = *abi.ConvertType(out[2], new(uint64)).(*uint64)
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
// the contract method with ID 0xf8cb9085.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function answer(uint64 height, bytes32 commitment, (uint8,uint8,uint16,uint64,bytes32)[] places, uint256[8][] preimages) returns()
func (anchorRegistry *AnchorRegistry) PackAnswer(height uint64, commitment [32]byte, places []DemandGamePlace, preimages [][8]*big.Int) []byte {
	enc, err := anchorRegistry.abi.Pack("answer", height, commitment, places, preimages)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAnswer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf8cb9085.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function answer(uint64 height, bytes32 commitment, (uint8,uint8,uint16,uint64,bytes32)[] places, uint256[8][] preimages) returns()
func (anchorRegistry *AnchorRegistry) TryPackAnswer(height uint64, commitment [32]byte, places []DemandGamePlace, preimages [][8]*big.Int) ([]byte, error) {
	return anchorRegistry.abi.Pack("answer", height, commitment, places, preimages)
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
// Solidity: function recordAt(uint64 height) view returns((bytes32,bytes32,address,uint40,uint32,uint24))
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
// Solidity: function recordAt(uint64 height) view returns((bytes32,bytes32,address,uint40,uint32,uint24))
func (anchorRegistry *AnchorRegistry) TryPackRecordAt(height uint64) ([]byte, error) {
	return anchorRegistry.abi.Pack("recordAt", height)
}

// UnpackRecordAt is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb2cee303.
//
// Solidity: function recordAt(uint64 height) view returns((bytes32,bytes32,address,uint40,uint32,uint24))
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
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["BondNotLocked"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackBondNotLockedError(raw[4:])
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
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["NotSettled"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackNotSettledError(raw[4:])
	}
	if bytes.Equal(raw[:4], anchorRegistry.abi.Errors["NothingThere"].ID.Bytes()[:4]) {
		return anchorRegistry.UnpackNothingThereError(raw[4:])
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

// AnchorRegistryBondNotLocked represents a BondNotLocked error raised by the AnchorRegistry contract.
type AnchorRegistryBondNotLocked struct {
	Height uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BondNotLocked(uint64 height)
func AnchorRegistryBondNotLockedErrorID() common.Hash {
	return common.HexToHash("0xf2dfff7374a3fd453003eb559aadde444b1f7cc43dab22c5430b3f9979430a59")
}

// UnpackBondNotLockedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BondNotLocked(uint64 height)
func (anchorRegistry *AnchorRegistry) UnpackBondNotLockedError(raw []byte) (*AnchorRegistryBondNotLocked, error) {
	out := new(AnchorRegistryBondNotLocked)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "BondNotLocked", raw); err != nil {
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

// AnchorRegistryNotSettled represents a NotSettled error raised by the AnchorRegistry contract.
type AnchorRegistryNotSettled struct {
	Height uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotSettled(uint64 height)
func AnchorRegistryNotSettledErrorID() common.Hash {
	return common.HexToHash("0x751155937fc7015988e9668c4ab40feb2b4ac7871004611827ed3eaa277bd287")
}

// UnpackNotSettledError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotSettled(uint64 height)
func (anchorRegistry *AnchorRegistry) UnpackNotSettledError(raw []byte) (*AnchorRegistryNotSettled, error) {
	out := new(AnchorRegistryNotSettled)
	if err := anchorRegistry.abi.UnpackIntoInterface(out, "NotSettled", raw); err != nil {
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
