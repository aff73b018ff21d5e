// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {canonicalHash as hashOfBlock} from "./Canonical.sol";
import {DemandGame} from "./DemandGame.sol";
import {NotFieldElement, REFUTED, TAG_COMMIT} from "./Opening.sol";
import {Owned} from "./Owned.sol";
import {Poseidon2} from "./Poseidon2.sol";

/// @title Records which state commitment belongs to which block of this chain.
/// @notice The contract checks the block hash and computes the commitment. That
/// the two roots hold true values is the word of the operator who anchors, under
/// his bond: until the challenge window of an anchor has passed, and after it
/// without a reward, anyone may revoke the anchor by proving one statement of it
/// false (`challenge`), or by asking for a part of it that the operator does not
/// show in time (`demand`).
///
/// commitment = H8(COMMIT + 256 * version, chainId, height, blockHashHi,
///                 blockHashLo, directoryRoot, historyRoot, 0)
///
/// An anchor is pending, then settled, or revoked. What it locks, its bond, is
/// free again when it has settled; of a revoked one's, half goes to who brought
/// it down and half is lost, so that nobody wins by challenging himself.
contract AnchorRegistry is Owned, DemandGame {
    struct Anchor {
        uint64 height;
        bytes32 blockHash;
        bytes32 directoryRoot; // field element, not 0: entry 0, the header, is always there
        bytes32 historyRoot; // field element, 0 when the node keeps no history
    }

    /// @notice Domain tag COMMIT (4) with commitment version 1.
    uint256 public constant COMMIT_TAG = TAG_COMMIT;

    event AnchorerSet(address indexed account, bool allowed);
    event FenceRaised(address indexed account, uint64 fence);
    event Anchored(
        uint64 indexed height, bytes32 indexed blockHash, bytes32 commitment, bytes32 directoryRoot, bytes32 historyRoot
    );

    error NotAnchorer(address caller);
    error FenceTooLow(uint64 given, uint64 current);
    error BlockNotAvailable(uint64 height);
    error BlockHashMismatch(uint64 height, bytes32 given, bytes32 canonical);
    error EmptyDirectory(uint64 height);
    error AlreadyAnchored(uint64 height, bytes32 commitment);
    /// @notice This commitment was anchored for this block and revoked.
    error CommitmentRevoked(uint64 height, bytes32 commitment);
    error UnknownJudge(uint256 judge);
    error ClaimMalformed();
    /// @notice The judge did not say that the anchor is refuted.
    error NotRefuted();

    /// @param judges_ contracts that decide claims: StateJudge and FormJudge
    constructor(Config memory config_, address[] memory judges_) DemandGame(config_, judges_) {
        _anchorers[msg.sender].allowed = true;
        emit AnchorerSet(msg.sender, true);
    }

    function setAnchorer(address account, bool allowed) external onlyOwner {
        _anchorers[account].allowed = allowed;
        emit AnchorerSet(account, allowed);
    }

    /// @notice Anchors blocks of the last 8191. All or nothing. Each locks the
    /// bond out of the caller's deposit. Repeating an anchor does nothing;
    /// another commitment for its block is refused while it stands, and a revoked
    /// commitment for ever. An empty list only raises the fence.
    /// @dev A record's block cannot leave the chain without the record.
    /// @param fence_ the caller's lease revision, not below the highest that he gave
    function anchor(Anchor[] calldata anchors, uint64 fence_) external {
        Anchorer storage anchorer = _anchorers[msg.sender];
        if (!anchorer.allowed) revert NotAnchorer(msg.sender);
        if (fence_ < anchorer.fence) revert FenceTooLow(fence_, anchorer.fence);
        if (fence_ > anchorer.fence) {
            anchorer.fence = fence_;
            emit FenceRaised(msg.sender, fence_);
        }
        if (anchors.length == 0) return;
        uint256 table = Poseidon2.load();
        for (uint256 i = 0; i < anchors.length; i++) {
            _anchor(anchors[i], table);
        }
    }

    /// @notice Revokes an anchor that a judge finds false. The first arguments of
    /// the claim name the anchor: height, block hash, commitment.
    /// @param judge 0 StateJudge, 1 FormJudge
    /// @param claim the whole call of one of its functions
    function challenge(uint256 judge, bytes calldata claim) external {
        if (claim.length < 100) revert ClaimMalformed();
        if (judge >= _judges.length) revert UnknownJudge(judge);
        uint256 height = uint256(bytes32(claim[4:36]));
        if (height > type(uint64).max) revert ClaimMalformed();
        Record storage record = _recordOf(uint64(height), bytes32(claim[68:100]));
        if (record.blockHash != bytes32(claim[36:68])) revert ClaimMalformed();
        (bool ok, bytes memory answer) = _judges[judge].staticcall(claim);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(answer, 0x20), mload(answer))
            }
        }
        if (answer.length != 32 || bytes32(answer) != REFUTED) revert NotRefuted();
        _revoke(uint64(height), record, msg.sender);
    }

    /// @notice What `anchor` would store, without looking at the block.
    function computeCommitment(Anchor calldata a) external view returns (bytes32) {
        return _commitment(a, Poseidon2.load());
    }

    /// @notice The hash of a block of this chain among the last 8191, else 0.
    function canonicalHash(uint64 height) public view returns (bytes32) {
        return hashOfBlock(height);
    }

    function _anchor(Anchor calldata a, uint256 table) private {
        bytes32 canonical = hashOfBlock(a.height);
        if (canonical == 0) revert BlockNotAvailable(a.height);
        if (a.blockHash != canonical) revert BlockHashMismatch(a.height, a.blockHash, canonical);
        bytes32 commitment = _commitment(a, table);
        bytes32 before = _records[a.height].commitment;
        if (before == commitment) return;
        if (before != 0) revert AlreadyAnchored(a.height, before);
        if (isRevoked[commitment]) revert CommitmentRevoked(a.height, commitment);
        _lock(a.height, canonical, commitment);
        emit Anchored(a.height, canonical, commitment, a.directoryRoot, a.historyRoot);
    }

    function _commitment(Anchor calldata a, uint256 table) private view returns (bytes32) {
        if (uint256(a.directoryRoot) >= Poseidon2.R) revert NotFieldElement(a.directoryRoot);
        if (uint256(a.historyRoot) >= Poseidon2.R) revert NotFieldElement(a.historyRoot);
        if (a.directoryRoot == 0) revert EmptyDirectory(a.height);
        uint256[8] memory x = [
            TAG_COMMIT,
            block.chainid,
            a.height,
            uint256(a.blockHash) >> 128,
            uint128(uint256(a.blockHash)),
            uint256(a.directoryRoot),
            uint256(a.historyRoot),
            0
        ];
        return bytes32(Poseidon2.h8(x, table));
    }
}
