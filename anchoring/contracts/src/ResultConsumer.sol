// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AnchorRegistry} from "./AnchorRegistry.sol";
import {IVmVerifier} from "./IVmVerifier.sol";

/// @title Example: keeps the newest result of one program.
/// @notice A result counts only if it is proven (the router), anchored (the
/// registry: the proof alone would accept anyone's own state tree) and deep
/// enough (a young block may still be reorganised away). A program that reads
/// addresses it does not know itself should write its collection's items root
/// to the journal, and the consumer should pin it.
contract ResultConsumer {
    IVmVerifier public immutable verifier;
    AnchorRegistry public immutable registry;
    /// @notice The one program whose results are accepted.
    bytes32 public immutable programId;
    /// @notice Blocks that must be on top of a result's block.
    uint64 public immutable minDepth;

    /// @notice Height of the newest accepted result, 0 before the first.
    uint64 public height;
    bytes32 public commitment;
    bytes public journal;

    event ResultAccepted(uint64 indexed height, bytes32 indexed commitment, bytes journal);

    error ZeroProgram();
    error NotDeepEnough(uint64 height, uint256 required);
    error NotNewer(uint64 height, uint64 accepted);
    error NotAnchored(uint64 height, bytes32 commitment);

    constructor(IVmVerifier verifier_, AnchorRegistry registry_, bytes32 programId_, uint64 minDepth_) {
        if (programId_ == 0) revert ZeroProgram();
        verifier = verifier_;
        registry = registry_;
        programId = programId_;
        minDepth = minDepth_;
    }

    /// @notice Anyone may submit; the proof speaks. Heights only grow, so a
    /// result cannot be played again.
    function submit(uint64 height_, bytes32 commitment_, bytes calldata journal_, bytes calldata proof) external {
        uint256 required = uint256(height_) + minDepth;
        if (block.number < required) revert NotDeepEnough(height_, required);
        if (height_ <= height) revert NotNewer(height_, height);
        if (!registry.isAnchored(height_, commitment_)) revert NotAnchored(height_, commitment_);
        verifier.verify(programId, commitment_, journal_, proof);
        height = height_;
        commitment = commitment_;
        journal = journal_;
        emit ResultAccepted(height_, commitment_, journal_);
    }
}
