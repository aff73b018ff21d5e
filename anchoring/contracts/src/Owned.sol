// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title One owner, handed over in two steps.
abstract contract Owned {
    address public owner;
    address public pendingOwner;

    event OwnershipOffered(address indexed from, address indexed to);
    event OwnershipTaken(address indexed by);

    error NotOwner(address caller);
    error NotPendingOwner(address caller);

    constructor() {
        owner = msg.sender;
        emit OwnershipTaken(msg.sender);
    }

    modifier onlyOwner() {
        if (msg.sender != owner) revert NotOwner(msg.sender);
        _;
    }

    /// @notice Offers the contract to `to`, who must take it. Zero withdraws an offer.
    function offerOwnership(address to) external onlyOwner {
        pendingOwner = to;
        emit OwnershipOffered(msg.sender, to);
    }

    function takeOwnership() external {
        if (msg.sender != pendingOwner) revert NotPendingOwner(msg.sender);
        owner = msg.sender;
        delete pendingOwner;
        emit OwnershipTaken(msg.sender);
    }
}
