// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title What a consumer needs of the router.
interface IVmVerifier {
    /// @notice The proof does not show the claim, or the claim is malformed.
    error VerificationFailed();
    /// @notice No verifier was ever added under this selector.
    error SelectorUnknown(bytes4 selector);
    /// @notice The verifier of this selector was stopped for ever.
    error SelectorRemoved(bytes4 selector);

    /// @notice Reverts unless `proof` shows: the program, run to completion on
    /// the state behind `commitment` with some input, wrote exactly `journal`.
    /// It says nothing of the block: ask the registry whether the commitment is
    /// anchored. A claim carries no consumer and no nonce, and proofs are
    /// malleable: guard against replays by the claim, never by the proof.
    /// @param proof 4 bytes of selector, then the proof of that shape's verifier
    function verify(bytes32 programId, bytes32 commitment, bytes calldata journal, bytes calldata proof) external view;
}
