// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.0;

/// @title The verifier of one circuit shape, as gnark v0.15 exports it.
interface IShapeVerifier {
    /// @notice Reverts unless the proof is valid for the eleven public inputs:
    /// ProgramID, commitment, journal length, journal words 0 to 7.
    /// @param proof 256 bytes of points, 64 of the commitment, 64 of its proof of knowledge
    function verifyProof(bytes calldata proof, uint256[11] calldata input) external view;
}
