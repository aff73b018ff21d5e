// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title The anchors' records and all money of the registry.
/// @notice Every wei of the balance that came in by a call is in exactly one
/// place: free or leaving of an account, locked by an anchor, the bond of an open
/// demand, payable to somebody, or burnt (which nothing can move). Money leaves
/// by `withdraw` alone, to its owner.
abstract contract Bonds {
    /// @notice Fixed at deployment.
    struct Config {
        uint96 bond; // wei that each anchor locks
        uint96 demandBond; // wei that a demand costs unless the anchor falls
        uint32 challengeWindow; // blocks until an anchor settles
        uint32 answerWindow; // blocks to answer a demand, and to go on after an answer
    }

    enum Status {
        None,
        Pending,
        Settled,
        Revoked
    }

    struct Record {
        bytes32 commitment;
        bytes32 blockHash;
        address operator; // whose bond is locked; 0 once it is free again
        uint32 windowEnd; // last block of the challenge window
        uint32 grace; // blocks after it until the anchor settles: the last answer's window
        uint32 open; // demands without an answer: it does not settle
    }

    /// @dev Block numbers end at 2^32, after 1,600 years of Ethereum's. To count
    /// demands up to 2^32, which would keep others from asking, takes 10^14 gas.
    struct Account {
        uint96 free; // for anchors
        uint96 leaving; // unbonded, but not to be had yet
        uint32 leavingAt; // first block at which it is
        uint32 load; // open demands of all his anchors that stand
    }

    uint64 internal constant MAX_WINDOW = 1 << 24;

    struct Anchorer {
        bool allowed;
        uint64 fence; // highest lease revision that he has anchored with
    }

    mapping(address account => Anchorer) internal _anchorers;
    mapping(uint64 height => Record) internal _records;
    Config public config;
    mapping(bytes32 commitment => bool) public isRevoked;
    mapping(address account => Account) public accountOf;
    /// @notice Rewards, refunds and demand bonds earned, to be had at once.
    mapping(address account => uint256) public payable_;
    /// @notice Wei lost for ever with revoked anchors.
    uint256 public burnt;

    event Deposited(address indexed account, uint256 amount);
    event Unbonding(address indexed account, uint256 amount, uint64 due);
    event Withdrawn(address indexed account, uint256 amount);
    event Released(uint64 indexed height, address indexed operator, uint256 amount);
    event Revoked(
        uint64 indexed height, bytes32 indexed commitment, address indexed by, address operator, uint256 reward
    );

    error BadConfig();
    error BondMissing(address account, uint256 free, uint256 required);
    error NotAnchored(uint64 height, bytes32 commitment);
    error NothingToRelease();
    error NothingToWithdraw(address account);
    error TransferFailed(address account);

    /// @dev With a bond, half of it must pay for the longest way down, 15 demands,
    /// and a demand must cost something: the operator is paid for answers by it.
    constructor(Config memory c) {
        if (c.answerWindow == 0 || c.answerWindow > c.challengeWindow || c.challengeWindow > MAX_WINDOW) {
            revert BadConfig();
        }
        if (c.bond != 0 && (c.demandBond == 0 || 30 * uint256(c.demandBond) > c.bond)) revert BadConfig();
        config = c;
    }

    /// @notice Adds the value of the call to an account's free deposit.
    function deposit(address account) external payable {
        accountOf[account].free += _wei(msg.value);
        emit Deposited(account, msg.value);
    }

    /// @notice Takes free money out of the caller's deposit. It can be withdrawn
    /// a challenge window later: who leaves is seen to leave. What is leaving
    /// already starts again.
    function unbond(uint96 amount) external {
        Account storage a = accountOf[msg.sender];
        if (a.free < amount) revert BondMissing(msg.sender, a.free, amount);
        a.free -= amount;
        a.leaving += amount;
        a.leavingAt = uint32(block.number) + config.challengeWindow;
        emit Unbonding(msg.sender, amount, a.leavingAt);
    }

    /// @notice Pays the caller all that is due: rewards and refunds at once, the
    /// deposit that has left when its time has come.
    function withdraw() external {
        uint256 amount = payable_[msg.sender];
        payable_[msg.sender] = 0;
        Account storage a = accountOf[msg.sender];
        if (block.number >= a.leavingAt) {
            amount += a.leaving;
            a.leaving = 0;
        }
        if (amount == 0) revert NothingToWithdraw(msg.sender);
        emit Withdrawn(msg.sender, amount);
        (bool ok,) = msg.sender.call{value: amount}("");
        if (!ok) revert TransferFailed(msg.sender);
    }

    /// @notice Frees the bonds of settled anchors. Anyone may; they go back to
    /// their operators' deposits. Heights without a bond that can be freed are
    /// passed over: who frees one first does not keep the rest from it.
    function release(uint64[] calldata heights) external {
        uint96 bond = config.bond;
        bool any;
        for (uint256 i = 0; i < heights.length; ++i) {
            Record storage record = _records[heights[i]];
            address operator = record.operator;
            if (operator == address(0) || !_settled(record)) continue;
            record.operator = address(0);
            accountOf[operator].free += bond;
            any = true;
            emit Released(heights[i], operator, bond);
        }
        if (!any) revert NothingToRelease();
    }

    /// @notice Whether an account may anchor.
    function isAnchorer(address account) external view returns (bool) {
        return _anchorers[account].allowed;
    }

    /// @notice Fencing token: the highest lease revision that an account has
    /// anchored with. Nobody's revisions hinder anybody else.
    function fenceOf(address account) external view returns (uint64) {
        return _anchorers[account].fence;
    }

    /// @notice The anchored commitment of a height, 0 if there is none.
    function commitmentAt(uint64 height) external view returns (bytes32) {
        return _records[height].commitment;
    }

    /// @notice The block hash that the commitment of a height was anchored with.
    function blockHashAt(uint64 height) external view returns (bytes32) {
        return _records[height].blockHash;
    }

    /// @notice The whole record of a height, zeros if there is none.
    function recordAt(uint64 height) external view returns (Record memory) {
        return _records[height];
    }

    /// @notice Whether exactly this commitment stands anchored at this height,
    /// pending or settled.
    function isAnchored(uint64 height, bytes32 commitment) public view returns (bool) {
        return commitment != 0 && _records[height].commitment == commitment;
    }

    /// @notice Whether, besides, its challenge window has passed and no demand is open.
    function isSettled(uint64 height, bytes32 commitment) external view returns (bool) {
        return isAnchored(height, commitment) && _settled(_records[height]);
    }

    /// @notice State of a commitment at a height.
    function statusAt(uint64 height, bytes32 commitment) external view returns (Status) {
        if (isAnchored(height, commitment)) {
            return _settled(_records[height]) ? Status.Settled : Status.Pending;
        }
        return isRevoked[commitment] ? Status.Revoked : Status.None;
    }

    function _settled(Record storage record) internal view returns (bool) {
        return record.open == 0 && block.number > uint256(record.windowEnd) + record.grace;
    }

    /// @dev The record of an anchor that stands.
    function _recordOf(uint64 height, bytes32 commitment) internal view returns (Record storage record) {
        if (!isAnchored(height, commitment)) revert NotAnchored(height, commitment);
        return _records[height];
    }

    /// @dev Records an anchor of the caller and locks its bond.
    function _lock(uint64 height, bytes32 blockHash, bytes32 commitment) internal {
        Config memory c = config;
        if (c.bond != 0) {
            Account storage a = accountOf[msg.sender];
            if (a.free < c.bond) revert BondMissing(msg.sender, a.free, c.bond);
            a.free -= c.bond;
        }
        uint32 end = uint32(block.number) + c.challengeWindow;
        _records[height] = Record(commitment, blockHash, msg.sender, end, 0, 0);
    }

    /// @dev Takes an anchor down, and its open demands off its operator's load. Of
    /// its bond, if it is still locked, half goes to `by`.
    function _revoke(uint64 height, Record storage record, address by) internal {
        bytes32 commitment = record.commitment;
        (address operator, uint32 open) = (record.operator, record.open);
        isRevoked[commitment] = true;
        delete _records[height];
        uint256 reward;
        if (operator != address(0)) {
            if (open != 0) accountOf[operator].load -= open;
            uint256 bond = config.bond;
            reward = bond / 2;
            payable_[by] += reward;
            burnt += bond - reward;
        }
        emit Revoked(height, commitment, by, operator, reward);
    }

    function _wei(uint256 amount) internal pure returns (uint96) {
        require(amount <= type(uint96).max);
        return uint96(amount);
    }
}
