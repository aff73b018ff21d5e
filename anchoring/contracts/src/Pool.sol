// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Token} from "./Token.sol";

/// @title A constant-product pool of two tokens, 0.3 % fee.
/// @notice Storage layout is part of its interface, collections point at it.
/// One value a slot: slots 0 to 7 in the order of declaration. With 6-decimal
/// tokens every value stays below 2^64 for decades.
contract Pool {
    uint256 public reserve0; // slot 0, units of token0
    uint256 public reserve1; // slot 1, units of token1
    uint256 public lastPrice; // slot 2, token1 per token0 in millionths, after the last change
    uint256 public priceCumulative; // slot 3, sum of lastPrice * seconds it was in force
    uint256 public lastTimestamp; // slot 4, Unix seconds of the last change
    uint256 public swapCount; // slot 5
    uint256 public volume0; // slot 6, token0 that entered or left by swaps
    uint256 public volume1; // slot 7, token1 that entered or left by swaps

    /// @notice Prices are integers in units of 1 / PRICE_SCALE.
    uint256 public constant PRICE_SCALE = 1e6;

    Token public immutable token0;
    Token public immutable token1;
    /// @notice The one liquidity provider: the deployer. There are no shares.
    address public immutable provider;

    event Sync(uint256 reserve0, uint256 reserve1, uint256 price);
    event Swap(address indexed sender, bool zeroForOne, uint256 amountIn, uint256 amountOut);

    error SameToken();
    error NotProvider(address caller);
    error NoLiquidity();
    error ZeroAmount();
    error OutputTooSmall(uint256 amountOut, uint256 minOut);

    constructor(Token token0_, Token token1_) {
        if (address(token0_) == address(token1_)) revert SameToken();
        token0 = token0_;
        token1 = token1_;
        provider = msg.sender;
    }

    /// @notice Takes both amounts from the provider, who has approved them.
    function addLiquidity(uint256 amount0, uint256 amount1) external {
        if (msg.sender != provider) revert NotProvider(msg.sender);
        if (amount0 == 0 || amount1 == 0) revert ZeroAmount();
        token0.transferFrom(msg.sender, address(this), amount0);
        token1.transferFrom(msg.sender, address(this), amount1);
        _update(reserve0 + amount0, reserve1 + amount1);
    }

    /// @notice Gives `amountIn` of token0 (or token1) and receives the other one.
    /// @param minOut the least the caller accepts
    function swap(bool zeroForOne, uint256 amountIn, uint256 minOut) external returns (uint256 amountOut) {
        amountOut = quote(zeroForOne, amountIn);
        if (amountOut == 0) revert ZeroAmount();
        if (amountOut < minOut) revert OutputTooSmall(amountOut, minOut);
        swapCount += 1;
        if (zeroForOne) {
            volume0 += amountIn;
            volume1 += amountOut;
            token0.transferFrom(msg.sender, address(this), amountIn);
            token1.transfer(msg.sender, amountOut);
            _update(reserve0 + amountIn, reserve1 - amountOut);
        } else {
            volume1 += amountIn;
            volume0 += amountOut;
            token1.transferFrom(msg.sender, address(this), amountIn);
            token0.transfer(msg.sender, amountOut);
            _update(reserve0 - amountOut, reserve1 + amountIn);
        }
        emit Swap(msg.sender, zeroForOne, amountIn, amountOut);
    }

    /// @notice What a swap would give now: x * y never falls, the fee stays in.
    function quote(bool zeroForOne, uint256 amountIn) public view returns (uint256) {
        (uint256 rIn, uint256 rOut) = zeroForOne ? (reserve0, reserve1) : (reserve1, reserve0);
        if (rIn == 0 || rOut == 0) revert NoLiquidity();
        uint256 withFee = amountIn * 997;
        return (withFee * rOut) / (rIn * 1000 + withFee);
    }

    function _update(uint256 r0, uint256 r1) private {
        // The old price was in force up to now; a second change in a block adds 0.
        priceCumulative += lastPrice * (block.timestamp - lastTimestamp);
        lastTimestamp = block.timestamp;
        reserve0 = r0;
        reserve1 = r1;
        uint256 price = (r1 * PRICE_SCALE) / r0;
        lastPrice = price;
        emit Sync(r0, r1, price);
    }
}
