// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Owned} from "./Owned.sol";
import {Poseidon2} from "./Poseidon2.sol";

/// @title Records which state commitment belongs to which block of this chain.
/// @notice The contract checks the block hash and computes the commitment; that
/// the two roots hold true values is the word of the anchorer (the rung
/// "anchored"). There is no bond and no challenge yet.
///
/// commitment = H8(COMMIT + 256 * version, chainId, height, blockHashHi,
///                 blockHashLo, directoryRoot, historyRoot, 0)
contract AnchorRegistry is Owned {
    struct Anchor {
        uint64 height;
        bytes32 blockHash;
        bytes32 directoryRoot; // field element, not 0: entry 0, the header, is always there
        bytes32 historyRoot; // field element, 0 when the node keeps no history
    }

    struct Record {
        bytes32 commitment;
        bytes32 blockHash;
    }

    /// @notice Domain tag COMMIT (4) with commitment version 1.
    uint256 public constant COMMIT_TAG = 4 + 256 * 1;

    /// @notice EIP-2935: hashes of the last 8191 blocks.
    address public constant HISTORY_STORAGE = 0x0000F90827F1C53a10cb7A02335B175320002935;

    /// @notice Fencing token: the highest lease revision that has anchored.
    uint64 public fence;
    mapping(address account => bool) public isAnchorer;
    mapping(uint64 height => Record) private _records;

    event AnchorerSet(address indexed account, bool allowed);
    event FenceRaised(uint64 fence);
    event Anchored(
        uint64 indexed height, bytes32 indexed blockHash, bytes32 commitment, bytes32 directoryRoot, bytes32 historyRoot
    );
    event AnchorReplaced(uint64 indexed height, bytes32 blockHash, bytes32 commitment);

    error NotAnchorer(address caller);
    error FenceTooLow(uint64 given, uint64 current);
    error BlockNotAvailable(uint64 height);
    error BlockHashMismatch(uint64 height, bytes32 given, bytes32 canonical);
    error NotFieldElement(bytes32 value);
    error EmptyDirectory(uint64 height);
    error AlreadyAnchored(uint64 height, bytes32 commitment);

    constructor() {
        isAnchorer[msg.sender] = true;
        emit AnchorerSet(msg.sender, true);
    }

    function setAnchorer(address account, bool allowed) external onlyOwner {
        isAnchorer[account] = allowed;
        emit AnchorerSet(account, allowed);
    }

    /// @notice Anchors blocks of the last 8191. All or nothing. Repeating an
    /// anchor does nothing; another commitment for a block that is still
    /// canonical is refused. An empty list only raises the fence.
    /// @param fence_ the caller's lease revision, not below the highest seen
    function anchor(Anchor[] calldata anchors, uint64 fence_) external {
        if (!isAnchorer[msg.sender]) revert NotAnchorer(msg.sender);
        if (fence_ < fence) revert FenceTooLow(fence_, fence);
        if (fence_ > fence) {
            fence = fence_;
            emit FenceRaised(fence_);
        }
        if (anchors.length == 0) return;
        uint256 table = Poseidon2.load();
        for (uint256 i = 0; i < anchors.length; i++) {
            _anchor(anchors[i], table);
        }
    }

    /// @notice The anchored commitment of a height, 0 if there is none.
    function commitmentAt(uint64 height) external view returns (bytes32) {
        return _records[height].commitment;
    }

    /// @notice The block hash that the commitment of a height was anchored with.
    function blockHashAt(uint64 height) external view returns (bytes32) {
        return _records[height].blockHash;
    }

    /// @notice Whether exactly this commitment is anchored at this height.
    function isAnchored(uint64 height, bytes32 commitment) external view returns (bool) {
        return commitment != 0 && _records[height].commitment == commitment;
    }

    /// @notice What `anchor` would store, without looking at the block.
    function computeCommitment(Anchor calldata a) external view returns (bytes32) {
        return _commitment(a, Poseidon2.load());
    }

    /// @notice The hash of a block of this chain among the last 8191, else 0.
    /// The current block is not among them: a call or a gas estimate at the head
    /// runs as that block and does not see the head's own hash.
    function canonicalHash(uint64 height) public view returns (bytes32 hash) {
        hash = blockhash(height); // the last 256 blocks
        if (hash != 0 || height >= block.number) return hash;
        // The system contract reverts outside its window and is absent before Prague.
        (bool ok, bytes memory data) = HISTORY_STORAGE.staticcall(abi.encode(height));
        if (ok && data.length == 32) hash = abi.decode(data, (bytes32));
    }

    function _anchor(Anchor calldata a, uint256 table) private {
        bytes32 canonical = canonicalHash(a.height);
        if (canonical == 0) revert BlockNotAvailable(a.height);
        if (a.blockHash != canonical) revert BlockHashMismatch(a.height, a.blockHash, canonical);
        bytes32 commitment = _commitment(a, table);
        Record storage record = _records[a.height];
        bytes32 before = record.commitment;
        if (before == commitment) return;
        if (before != 0) {
            // A record may be replaced only when its own block left the chain.
            if (record.blockHash == canonical) revert AlreadyAnchored(a.height, before);
            emit AnchorReplaced(a.height, record.blockHash, before);
        }
        record.commitment = commitment;
        record.blockHash = canonical;
        emit Anchored(a.height, canonical, commitment, a.directoryRoot, a.historyRoot);
    }

    function _commitment(Anchor calldata a, uint256 table) private view returns (bytes32) {
        if (uint256(a.directoryRoot) >= Poseidon2.R) revert NotFieldElement(a.directoryRoot);
        if (uint256(a.historyRoot) >= Poseidon2.R) revert NotFieldElement(a.historyRoot);
        if (a.directoryRoot == 0) revert EmptyDirectory(a.height);
        uint256[8] memory x = [
            COMMIT_TAG,
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
