// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

// What the key check and the verifier share: the curve, and the layout of a key.

/// @dev Order of the base field of BN254.
uint256 constant P = 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47;
/// @dev Order of the groups, and of the scalar field.
uint256 constant R = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001;

/// @dev Minus the generator of G2, as the pairing precompile takes a point:
/// X = X0 + X1 i first, and of each coordinate the part of i first.
uint256 constant G2_X1 = 0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2;
uint256 constant G2_X0 = 0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed;
uint256 constant NEG_G2_Y1 = 0x275dc4a288d1afb3cbb1ac09187524c7db36395df7be3b99e673b13a075a65ec;
uint256 constant NEG_G2_Y0 = 0x1d9befcd05a5323e6da4d435f3b617cdb3af83285c2df711ef39c01571827f9d;

// A key is the code of a contract that nobody can run: it begins with STOP.
//
//   0x000   32   KEY_HEADER, whose last byte holds the flags
//   0x020   64   alpha
//   0x060  128   -beta
//   0x0e0  128   -delta
//   0x160  128   sigma G       G, the commitment's base, is the generator of G2,
//                              and so is gamma: neither is stored
//   0x1e0   64   K[0]          of the constant 1
//   0x220  704   K[1..11]      of the public inputs
//   0x4e0   64   K[12]         of the commitment's challenge
//   0x520
uint256 constant KEY_SIZE = 0x520;
uint256 constant KEY_ALPHA = 0x20;
uint256 constant KEY_BETA = 0x60;
uint256 constant KEY_DELTA = 0xe0;
uint256 constant KEY_SIGMA = 0x160;
uint256 constant KEY_K = 0x1e0;

/// @dev STOP and "vmhost groth16-bsb22-bn254 v1", a zero, and flags none.
uint256 constant KEY_HEADER = 0x00766d686f73742067726f746831362d62736232322d626e3235342076310000;
/// @dev The only flag: the key was made from a public seed, anyone can forge.
uint256 constant FLAG_UNSAFE_DEV = 1;

/// @notice The key is for development chains only, and this is none.
error UnsafeDevKeyOnRealChain(uint256 chainId);

/// @dev Reverts if the header's flags forbid this chain.
function requireChain(uint256 header) view {
    if (header & FLAG_UNSAFE_DEV != 0 && block.chainid != 1337 && block.chainid != 31337) {
        revert UnsafeDevKeyOnRealChain(block.chainid);
    }
}
