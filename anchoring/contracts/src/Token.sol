// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title A small ERC-20 token of the demo chain.
/// @notice Storage layout is part of its interface, collections point at it:
/// slot 0 totalSupply, slot 1 balanceOf[holder], slot 2 allowance[owner][spender].
/// One value a slot, so every watched value is a plain uint256.
contract Token {
    uint256 public totalSupply; // slot 0
    mapping(address holder => uint256) public balanceOf; // slot 1
    mapping(address owner => mapping(address spender => uint256)) public allowance; // slot 2

    string public name;
    string public symbol;
    uint8 public constant decimals = 6;

    /// @notice The only account that may mint: the deployer.
    address public immutable minter;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    error NotMinter(address caller);
    error InvalidReceiver();
    error InsufficientBalance(address holder, uint256 balance, uint256 needed);
    error InsufficientAllowance(address spender, uint256 allowance, uint256 needed);

    constructor(string memory name_, string memory symbol_) {
        name = name_;
        symbol = symbol_;
        minter = msg.sender;
    }

    /// @notice Creates `value` units for `to`.
    function mint(address to, uint256 value) external {
        if (msg.sender != minter) revert NotMinter(msg.sender);
        if (to == address(0)) revert InvalidReceiver();
        totalSupply += value;
        unchecked {
            balanceOf[to] += value; // at most totalSupply
        }
        emit Transfer(address(0), to, value);
    }

    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        emit Approval(msg.sender, spender, value);
        return true;
    }

    function transfer(address to, uint256 value) external returns (bool) {
        _move(msg.sender, to, value);
        return true;
    }

    /// @notice Spends the caller's allowance; 2^256-1 is unlimited and stays.
    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        uint256 allowed = allowance[from][msg.sender];
        if (allowed != type(uint256).max) {
            if (allowed < value) revert InsufficientAllowance(msg.sender, allowed, value);
            unchecked {
                allowance[from][msg.sender] = allowed - value;
            }
        }
        _move(from, to, value);
        return true;
    }

    function _move(address from, address to, uint256 value) private {
        if (to == address(0)) revert InvalidReceiver();
        uint256 balance = balanceOf[from];
        if (balance < value) revert InsufficientBalance(from, balance, value);
        unchecked {
            balanceOf[from] = balance - value;
            balanceOf[to] += value; // at most totalSupply
        }
        emit Transfer(from, to, value);
    }
}
