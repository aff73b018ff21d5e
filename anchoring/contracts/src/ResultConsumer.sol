// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AnchorRegistry} from "./AnchorRegistry.sol";
import {IVmVerifier} from "./IVmVerifier.sol";

/// @title Example: keeps the newest result of one program.
/// @notice A result counts only if it is proven (the router), anchored (the
/// registry: the proof alone would accept anyone's own state tree), deep enough
/// (a young block may still be reorganised away) and fresh enough (an old price
/// is no price). Who can wait for it asks for settled anchors besides: then any
/// watcher has had the challenge window to prove a value false. A program that
/// reads addresses it does not know itself should write its collection's items
/// root to the journal, and the consumer should pin it.
contract ResultConsumer {
    struct Policy {
        uint64 minDepth; // blocks that must be on top of a result's block
        uint64 maxAge; // blocks that may be, 0: any number
        bool settled; // whether the anchor must have settled
    }

    IVmVerifier public immutable verifier;
    AnchorRegistry public immutable registry;
    /// @notice The one program whose results are accepted.
    bytes32 public immutable programId;
    uint64 public immutable minDepth;
    uint64 public immutable maxAge;
    bool public immutable settled;

    /// @notice Height of the newest accepted result, 0 before the first.
    uint64 public height;
    bytes32 public commitment;
    bytes public journal;

    event ResultAccepted(uint64 indexed height, bytes32 indexed commitment, bytes journal);

    error ZeroProgram();
    /// @notice No result can be as deep and as fresh as the policy asks.
    error PolicyEmpty();
    error NotDeepEnough(uint64 height, uint256 required);
    error TooOld(uint64 height, uint256 last);
    error NotNewer(uint64 height, uint64 accepted);
    error NotAnchored(uint64 height, bytes32 commitment);
    error NotSettled(uint64 height, bytes32 commitment);

    constructor(IVmVerifier verifier_, AnchorRegistry registry_, bytes32 programId_, Policy memory policy) {
        if (programId_ == 0) revert ZeroProgram();
        if (policy.maxAge != 0 && policy.maxAge < policy.minDepth) revert PolicyEmpty();
        verifier = verifier_;
        registry = registry_;
        programId = programId_;
        minDepth = policy.minDepth;
        maxAge = policy.maxAge;
        settled = policy.settled;
    }

    /// @notice Anyone may submit; the proof speaks. Heights only grow, so a
    /// result cannot be played again.
    function submit(uint64 height_, bytes32 commitment_, bytes calldata journal_, bytes calldata proof) external {
        uint256 required = uint256(height_) + minDepth;
        if (block.number < required) revert NotDeepEnough(height_, required);
        uint256 last = uint256(height_) + maxAge;
        if (maxAge != 0 && block.number > last) revert TooOld(height_, last);
        if (height_ <= height) revert NotNewer(height_, height);
        if (!registry.isAnchored(height_, commitment_)) revert NotAnchored(height_, commitment_);
        if (settled && !registry.isSettled(height_, commitment_)) revert NotSettled(height_, commitment_);
        verifier.verify(programId, commitment_, journal_, proof);
        height = height_;
        commitment = commitment_;
        journal = journal_;
        emit ResultAccepted(height_, commitment_, journal_);
    }
}
