// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AnchorRegistry} from "./AnchorRegistry.sol";
import {IVmVerifier} from "./IVmVerifier.sol";

/// @notice What consumers of RISC Zero's verifier call to verify.
interface IRiscZeroVerifier {
    error VerificationFailed();

    /// @param journalDigest sha256 of the journal
    function verify(bytes calldata seal, bytes32 imageId, bytes32 journalDigest) external view;
}

/// @notice What consumers of SP1's verifier call.
interface ISP1Verifier {
    function verifyProof(bytes32 programVKey, bytes calldata publicValues, bytes calldata proofBytes) external view;
}

/// @title Binds a claim to this chain for callers that know no commitments.
/// @notice The interfaces of others carry a program and a journal only. A
/// commitment that came in beside them would be the prover's choice, of a state
/// tree of his own. So the journal that such a caller sees is
/// abi.encode(chainId, height, commitment, journal), and the commitment must be
/// anchored at that height and settled. How old a height may be is for the
/// caller to say: it is in the journal.
abstract contract Adapter {
    IVmVerifier public immutable verifier;
    AnchorRegistry public immutable registry;

    /// @notice Not anchored here, or still open to challenges.
    error NotSettled(uint64 height, bytes32 commitment);

    constructor(IVmVerifier verifier_, AnchorRegistry registry_) {
        verifier = verifier_;
        registry = registry_;
    }

    function _verify(
        bytes32 programId,
        uint64 height,
        bytes32 commitment,
        bytes memory journal,
        bytes memory proof
    ) internal view {
        if (!registry.isSettled(height, commitment)) revert NotSettled(height, commitment);
        verifier.verify(programId, commitment, journal, proof);
    }
}

/// @title vmhost proofs for callers of IRiscZeroVerifier.
/// @notice seal = selector (4 bytes) ‖ abi.encode(uint64 height, bytes32
/// commitment, bytes journal, bytes rest), where selector ‖ rest is the proof as
/// VmVerifier takes it. journalDigest = sha256 of the journal that the caller
/// sees. There is no verifyIntegrity: a claim digest does not say its journal.
contract RiscZeroAdapter is Adapter, IRiscZeroVerifier {
    constructor(IVmVerifier verifier_, AnchorRegistry registry_) Adapter(verifier_, registry_) {}

    /// @inheritdoc IRiscZeroVerifier
    function verify(bytes calldata seal, bytes32 imageId, bytes32 journalDigest) external view {
        if (seal.length < 4) revert VerificationFailed();
        (uint64 height, bytes32 commitment, bytes memory journal, bytes memory rest) =
            abi.decode(seal[4:], (uint64, bytes32, bytes, bytes));
        if (sha256(abi.encode(block.chainid, height, commitment, journal)) != journalDigest) {
            revert VerificationFailed();
        }
        _verify(imageId, height, commitment, journal, bytes.concat(seal[:4], rest));
    }
}

/// @title vmhost proofs for callers of ISP1Verifier.
/// @notice publicValues = the journal that the caller sees, in its one
/// encoding; proofBytes = the proof as VmVerifier takes it.
contract SP1Adapter is Adapter, ISP1Verifier {
    error PublicValuesMalformed();
    error OtherChain(uint256 chainId);

    constructor(IVmVerifier verifier_, AnchorRegistry registry_) Adapter(verifier_, registry_) {}

    /// @inheritdoc ISP1Verifier
    function verifyProof(bytes32 programVKey, bytes calldata publicValues, bytes calldata proofBytes) external view {
        (uint256 chainId, uint64 height, bytes32 commitment, bytes memory journal) =
            abi.decode(publicValues, (uint256, uint64, bytes32, bytes));
        if (keccak256(abi.encode(chainId, height, commitment, journal)) != keccak256(publicValues)) {
            revert PublicValuesMalformed();
        }
        if (chainId != block.chainid) revert OtherChain(chainId);
        _verify(programVKey, height, commitment, journal, proofBytes);
    }
}
