// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {
    Poseidon2Constants,
    POSEIDON2_D0,
    POSEIDON2_D1,
    POSEIDON2_D2,
    POSEIDON2_D3,
    POSEIDON2_D4,
    POSEIDON2_D5,
    POSEIDON2_D6,
    POSEIDON2_D7
} from "./Poseidon2Constants.sol";

/// @title H8, the tree hash of vmhost: the first element of P(x) + x, P =
/// Poseidon2 over the BN254 scalar field, width 8, 8 full and 57 partial rounds.
library Poseidon2 {
    /// @notice The order r of the scalar field.
    uint256 internal constant R = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001;

    /// @notice Loads the round keys; one table serves any number of h8 calls.
    function load() internal pure returns (uint256 table) {
        table = Poseidon2Constants.load();
        assembly ("memory-safe") {
            // R behind the keys: from memory it stays in one stack slot, as a
            // literal the compiler would repeat its 32 bytes a hundred times.
            mstore(add(table, 0xf20), R)
            mstore(0x40, add(table, 0xf40))
        }
    }

    /// @notice Compresses eight field elements into one.
    /// @dev Requires every x[i] < R: the caller refuses others, they would
    /// give two encodings of one preimage. `table` comes from load().
    ///
    /// Reduction is lazy. 2^256 > 5 R, and addmod and mulmod take any word, so
    /// only a plain sum must stay below 5 R. Bounds, in units of R:
    ///   S-box in: any word; out: 1
    ///   M4 (in 1): the two sums 2, doubled 4; b, d 4; out, by addmod, 1
    ///   E (in 1): out 2 * 1 + 1 = 3; with a round key 4
    ///   entry to the partial rounds: even lanes reduced to 1, odd ones stay 3,
    ///   so that every pair sum is at most 4
    ///   partial round: lane 0 in any word, after the S-box 1; other lanes at
    ///   most 2 from the second round on; pair sums 4; out 1 + 1 = 2
    function h8(uint256[8] memory x, uint256 table) internal pure returns (uint256 out) {
        assembly ("memory-safe") {
            let s0 := mload(x)
            let s1 := mload(add(x, 0x20))
            let s2 := mload(add(x, 0x40))
            let s3 := mload(add(x, 0x60))
            let s4 := mload(add(x, 0x80))
            let s5 := mload(add(x, 0xa0))
            let s6 := mload(add(x, 0xc0))
            let s7 := mload(add(x, 0xe0))
            let key := table
            let r := mload(add(table, 0xf20))

            // The loop body ends with the external matrix E; the permutation
            // begins with it, so the first pass skips the S-boxes. E runs at
            // round keys 0 (start), 1..4 (then the partial rounds), 5..8.
            for {} 1 {} {
                // E = circ(2 M4, M4). M4 on lanes 0..3 and 4..7, in place.
                {
                    let u := add(s0, s1)
                    out := add(s2, s3)
                    s1 := add(add(s1, s1), out)
                    s3 := add(add(s3, s3), u)
                    out := add(out, out)
                    out := addmod(out, out, r)
                    out := addmod(out, s3, r)
                    u := add(u, u)
                    u := addmod(u, u, r)
                    u := addmod(u, s1, r)
                    s0 := addmod(s3, u, r)
                    s2 := addmod(s1, out, r)
                    s1 := u
                    s3 := out
                    u := add(s4, s5)
                    out := add(s6, s7)
                    s5 := add(add(s5, s5), out)
                    s7 := add(add(s7, s7), u)
                    out := add(out, out)
                    out := addmod(out, out, r)
                    out := addmod(out, s7, r)
                    u := add(u, u)
                    u := addmod(u, u, r)
                    u := addmod(u, s5, r)
                    s4 := addmod(s7, u, r)
                    s6 := addmod(s5, out, r)
                    s5 := u
                    s7 := out
                }
                // Column sums.
                out := add(s0, s4)
                s0 := add(s0, out)
                s4 := add(s4, out)
                out := add(s1, s5)
                s1 := add(s1, out)
                s5 := add(s5, out)
                out := add(s2, s6)
                s2 := add(s2, out)
                s6 := add(s6, out)
                out := add(s3, s7)
                s3 := add(s3, out)
                s7 := add(s7, out)

                // 32 keys after the start: the 57 partial rounds, three a turn.
                if eq(key, add(table, 0x400)) {
                    s2 := mod(s2, r)
                    s4 := mod(s4, r)
                    s6 := mod(s6, r)
                    for { let end := add(key, 0x720) } lt(key, end) { key := add(key, 0x60) } {
                        s0 := add(s0, mload(key))
                        out := mulmod(s0, s0, r)
                        s0 := mulmod(mulmod(out, out, r), s0, r)
                        out := addmod(
                            addmod(add(s0, s1), add(s2, s3), r),
                            addmod(add(s4, s5), add(s6, s7), r),
                            r
                        )
                        s0 := add(mulmod(s0, POSEIDON2_D0, r), out)
                        s1 := add(mulmod(s1, POSEIDON2_D1, r), out)
                        s2 := add(mulmod(s2, POSEIDON2_D2, r), out)
                        s3 := add(mulmod(s3, POSEIDON2_D3, r), out)
                        s4 := add(mulmod(s4, POSEIDON2_D4, r), out)
                        s5 := add(mulmod(s5, POSEIDON2_D5, r), out)
                        s6 := add(mulmod(s6, POSEIDON2_D6, r), out)
                        s7 := add(mulmod(s7, POSEIDON2_D7, r), out)

                        s0 := add(s0, mload(add(key, 0x20)))
                        out := mulmod(s0, s0, r)
                        s0 := mulmod(mulmod(out, out, r), s0, r)
                        out := addmod(
                            addmod(add(s0, s1), add(s2, s3), r),
                            addmod(add(s4, s5), add(s6, s7), r),
                            r
                        )
                        s0 := add(mulmod(s0, POSEIDON2_D0, r), out)
                        s1 := add(mulmod(s1, POSEIDON2_D1, r), out)
                        s2 := add(mulmod(s2, POSEIDON2_D2, r), out)
                        s3 := add(mulmod(s3, POSEIDON2_D3, r), out)
                        s4 := add(mulmod(s4, POSEIDON2_D4, r), out)
                        s5 := add(mulmod(s5, POSEIDON2_D5, r), out)
                        s6 := add(mulmod(s6, POSEIDON2_D6, r), out)
                        s7 := add(mulmod(s7, POSEIDON2_D7, r), out)

                        s0 := add(s0, mload(add(key, 0x40)))
                        out := mulmod(s0, s0, r)
                        s0 := mulmod(mulmod(out, out, r), s0, r)
                        out := addmod(
                            addmod(add(s0, s1), add(s2, s3), r),
                            addmod(add(s4, s5), add(s6, s7), r),
                            r
                        )
                        s0 := add(mulmod(s0, POSEIDON2_D0, r), out)
                        s1 := add(mulmod(s1, POSEIDON2_D1, r), out)
                        s2 := add(mulmod(s2, POSEIDON2_D2, r), out)
                        s3 := add(mulmod(s3, POSEIDON2_D3, r), out)
                        s4 := add(mulmod(s4, POSEIDON2_D4, r), out)
                        s5 := add(mulmod(s5, POSEIDON2_D5, r), out)
                        s6 := add(mulmod(s6, POSEIDON2_D6, r), out)
                        s7 := add(mulmod(s7, POSEIDON2_D7, r), out)
                    }
                }
                // 121 keys: done.
                if eq(key, add(table, 0xf20)) { break }

                s0 := add(s0, mload(key))
                out := mulmod(s0, s0, r)
                s0 := mulmod(mulmod(out, out, r), s0, r)
                s1 := add(s1, mload(add(key, 0x20)))
                out := mulmod(s1, s1, r)
                s1 := mulmod(mulmod(out, out, r), s1, r)
                s2 := add(s2, mload(add(key, 0x40)))
                out := mulmod(s2, s2, r)
                s2 := mulmod(mulmod(out, out, r), s2, r)
                s3 := add(s3, mload(add(key, 0x60)))
                out := mulmod(s3, s3, r)
                s3 := mulmod(mulmod(out, out, r), s3, r)
                s4 := add(s4, mload(add(key, 0x80)))
                out := mulmod(s4, s4, r)
                s4 := mulmod(mulmod(out, out, r), s4, r)
                s5 := add(s5, mload(add(key, 0xa0)))
                out := mulmod(s5, s5, r)
                s5 := mulmod(mulmod(out, out, r), s5, r)
                s6 := add(s6, mload(add(key, 0xc0)))
                out := mulmod(s6, s6, r)
                s6 := mulmod(mulmod(out, out, r), s6, r)
                s7 := add(s7, mload(add(key, 0xe0)))
                out := mulmod(s7, s7, r)
                s7 := mulmod(mulmod(out, out, r), s7, r)
                key := add(key, 0x100)
            }
            out := addmod(s0, mload(x), r)
        }
    }
}
