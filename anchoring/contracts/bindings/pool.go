// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package bindings

import (
	"bytes"
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Reference imports to suppress errors if they are not otherwise used.
var (
	_ = bytes.Equal
	_ = errors.New
	_ = big.NewInt
	_ = common.Big1
	_ = types.BloomLookup
	_ = abi.ConvertType
)

// PoolMetaData contains all meta data concerning the Pool contract.
var PoolMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"contractToken\",\"name\":\"token0_\",\"type\":\"address\"},{\"internalType\":\"contractToken\",\"name\":\"token1_\",\"type\":\"address\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[],\"name\":\"NoLiquidity\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"}],\"name\":\"NotProvider\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"amountOut\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"minOut\",\"type\":\"uint256\"}],\"name\":\"OutputTooSmall\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"SameToken\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ZeroAmount\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"sender\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bool\",\"name\":\"zeroForOne\",\"type\":\"bool\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amountIn\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amountOut\",\"type\":\"uint256\"}],\"name\":\"Swap\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"reserve0\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"reserve1\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"price\",\"type\":\"uint256\"}],\"name\":\"Sync\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"PRICE_SCALE\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"amount0\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"amount1\",\"type\":\"uint256\"}],\"name\":\"addLiquidity\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"lastPrice\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"lastTimestamp\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"priceCumulative\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"provider\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bool\",\"name\":\"zeroForOne\",\"type\":\"bool\"},{\"internalType\":\"uint256\",\"name\":\"amountIn\",\"type\":\"uint256\"}],\"name\":\"quote\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"reserve0\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"reserve1\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bool\",\"name\":\"zeroForOne\",\"type\":\"bool\"},{\"internalType\":\"uint256\",\"name\":\"amountIn\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"minOut\",\"type\":\"uint256\"}],\"name\":\"swap\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"amountOut\",\"type\":\"uint256\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"swapCount\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"token0\",\"outputs\":[{\"internalType\":\"contractToken\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"token1\",\"outputs\":[{\"internalType\":\"contractToken\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"volume0\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"volume1\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "Pool",
	Bin: "0x60e060405234801561000f575f5ffd5b50604051610cab380380610cab83398101604081905261002e91610096565b806001600160a01b0316826001600160a01b0316036100605760405163100dac0560e11b815260040160405180910390fd5b6001600160a01b039182166080521660a0523360c0526100c7565b80516001600160a01b0381168114610091575f5ffd5b919050565b5f5f604083850312156100a7575f5ffd5b6100b08361007b565b91506100be6020840161007b565b90509250929050565b60805160a05160c051610b896101225f395f8181610115015261076401525f818161020b015281816103f70152818161050801526108f501525f818161017d01528181610342015281816105bd015261083a0152610b895ff3fe608060405234801561000f575f5ffd5b50600436106100f0575f3560e01c8063443cb4bc11610093578063b322d1f111610063578063b322d1f1146101ea578063c33f59d3146101f3578063c97e12f0146101fd578063d21220a714610206575f5ffd5b8063443cb4bc146101b15780634df60b01146101b95780635a76f25e146101cc5780639cd441da146101d5575f5ffd5b80630abb3e0b116100ce5780630abb3e0b1461016f5780630dfe16811461017857806319d8ac611461019f5780632eff0d9e146101a8575f5ffd5b8063053f14da146100f4578063085d48831461011057806308c84c211461015c575b5f5ffd5b6100fd60025481565b6040519081526020015b60405180910390f35b6101377f000000000000000000000000000000000000000000000000000000000000000081565b60405173ffffffffffffffffffffffffffffffffffffffff9091168152602001610107565b6100fd61016a366004610a49565b61022d565b6100fd60035481565b6101377f000000000000000000000000000000000000000000000000000000000000000081565b6100fd60045481565b6100fd60055481565b6100fd5f5481565b6100fd6101c7366004610a7b565b6106a7565b6100fd60015481565b6101e86101e3366004610aa5565b61074c565b005b6100fd60065481565b6100fd620f424081565b6100fd60075481565b6101377f000000000000000000000000000000000000000000000000000000000000000081565b5f61023884846106a7565b9050805f03610273576040517f1f2a200500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b818110156102bc576040517f9946dc4100000000000000000000000000000000000000000000000000000000815260048101829052602481018390526044015b60405180910390fd5b600160055f8282546102ce9190610af2565b9091555050831561049f578260065f8282546102ea9190610af2565b925050819055508060075f8282546103029190610af2565b90915550506040517f23b872dd000000000000000000000000000000000000000000000000000000008152336004820152306024820152604481018490527f000000000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff16906323b872dd906064016020604051808303815f875af115801561039d573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906103c19190610b05565b506040517fa9059cbb000000000000000000000000000000000000000000000000000000008152336004820152602481018290527f000000000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff169063a9059cbb906044016020604051808303815f875af1158015610452573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906104769190610b05565b5061049a835f546104879190610af2565b826001546104959190610b27565b610997565b61065b565b8260075f8282546104b09190610af2565b925050819055508060065f8282546104c89190610af2565b90915550506040517f23b872dd000000000000000000000000000000000000000000000000000000008152336004820152306024820152604481018490527f000000000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff16906323b872dd906064016020604051808303815f875af1158015610563573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906105879190610b05565b506040517fa9059cbb000000000000000000000000000000000000000000000000000000008152336004820152602481018290527f000000000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff169063a9059cbb906044016020604051808303815f875af1158015610618573d5f5f3e3d5ffd5b505050506040513d601f19601f8201168201806040525081019061063c9190610b05565b5061065b815f5461064d9190610b27565b846001546104959190610af2565b6040805185151581526020810185905290810182905233907fbfd50a04f1e6e4aee344f5d0e7f15d74d0dbb58cd1f711daa6463094ca9508cd9060600160405180910390a29392505050565b5f5f5f846106b9576001545f546106bf565b5f546001545b91509150815f14806106cf575080155b15610706576040517fc301e07e00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f610713856103e5610b3a565b905080610722846103e8610b3a565b61072c9190610af2565b6107368383610b3a565b6107409190610b51565b93505050505b92915050565b3373ffffffffffffffffffffffffffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016146107bd576040517f1bd2224f0000000000000000000000000000000000000000000000000000000081523360048201526024016102b3565b8115806107c8575080155b156107ff576040517f1f2a200500000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6040517f23b872dd000000000000000000000000000000000000000000000000000000008152336004820152306024820152604481018390527f000000000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff16906323b872dd906064016020604051808303815f875af1158015610895573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906108b99190610b05565b506040517f23b872dd000000000000000000000000000000000000000000000000000000008152336004820152306024820152604481018290527f000000000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff16906323b872dd906064016020604051808303815f875af1158015610950573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906109749190610b05565b50610993825f546109859190610af2565b826001546104959190610af2565b5050565b6004546109a49042610b27565b6002546109b19190610b3a565b60035f8282546109c19190610af2565b9091555050426004555f8281556001829055826109e1620f424084610b3a565b6109eb9190610b51565b600281905560408051858152602081018590529081018290529091507f9ea8a9dd7d3733c6dd274b7139f05a2bfce1a4bb22f0f7bdc1ccd49c267b858d9060600160405180910390a1505050565b8015158114610a46575f5ffd5b50565b5f5f5f60608486031215610a5b575f5ffd5b8335610a6681610a39565b95602085013595506040909401359392505050565b5f5f60408385031215610a8c575f5ffd5b8235610a9781610a39565b946020939093013593505050565b5f5f60408385031215610ab6575f5ffd5b50508035926020909101359150565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b8082018082111561074657610746610ac5565b5f60208284031215610b15575f5ffd5b8151610b2081610a39565b9392505050565b8181038181111561074657610746610ac5565b808202811582820484141761074657610746610ac5565b5f82610b84577f4e487b71000000000000000000000000000000000000000000000000000000005f52601260045260245ffd5b50049056",
}

// Pool is an auto generated Go binding around an Ethereum contract.
type Pool struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Pool) GetABI() abi.ABI {
	return c.abi
}

// NewPool creates a new instance of Pool.
func NewPool() *Pool {
	parsed, err := PoolMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Pool{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Pool) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address token0_, address token1_) returns()
func (pool *Pool) PackConstructor(token0_ common.Address, token1_ common.Address) []byte {
	enc, err := pool.abi.Pack("", token0_, token1_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackPRICESCALE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc33f59d3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function PRICE_SCALE() view returns(uint256)
func (pool *Pool) PackPRICESCALE() []byte {
	enc, err := pool.abi.Pack("PRICE_SCALE")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPRICESCALE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc33f59d3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function PRICE_SCALE() view returns(uint256)
func (pool *Pool) TryPackPRICESCALE() ([]byte, error) {
	return pool.abi.Pack("PRICE_SCALE")
}

// UnpackPRICESCALE is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc33f59d3.
//
// Solidity: function PRICE_SCALE() view returns(uint256)
func (pool *Pool) UnpackPRICESCALE(data []byte) (*big.Int, error) {
	out, err := pool.abi.Unpack("PRICE_SCALE", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackAddLiquidity is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9cd441da.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function addLiquidity(uint256 amount0, uint256 amount1) returns()
func (pool *Pool) PackAddLiquidity(amount0 *big.Int, amount1 *big.Int) []byte {
	enc, err := pool.abi.Pack("addLiquidity", amount0, amount1)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAddLiquidity is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9cd441da.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function addLiquidity(uint256 amount0, uint256 amount1) returns()
func (pool *Pool) TryPackAddLiquidity(amount0 *big.Int, amount1 *big.Int) ([]byte, error) {
	return pool.abi.Pack("addLiquidity", amount0, amount1)
}

// PackLastPrice is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x053f14da.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function lastPrice() view returns(uint256)
func (pool *Pool) PackLastPrice() []byte {
	enc, err := pool.abi.Pack("lastPrice")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLastPrice is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x053f14da.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function lastPrice() view returns(uint256)
func (pool *Pool) TryPackLastPrice() ([]byte, error) {
	return pool.abi.Pack("lastPrice")
}

// UnpackLastPrice is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x053f14da.
//
// Solidity: function lastPrice() view returns(uint256)
func (pool *Pool) UnpackLastPrice(data []byte) (*big.Int, error) {
	out, err := pool.abi.Unpack("lastPrice", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackLastTimestamp is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x19d8ac61.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function lastTimestamp() view returns(uint256)
func (pool *Pool) PackLastTimestamp() []byte {
	enc, err := pool.abi.Pack("lastTimestamp")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLastTimestamp is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x19d8ac61.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function lastTimestamp() view returns(uint256)
func (pool *Pool) TryPackLastTimestamp() ([]byte, error) {
	return pool.abi.Pack("lastTimestamp")
}

// UnpackLastTimestamp is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x19d8ac61.
//
// Solidity: function lastTimestamp() view returns(uint256)
func (pool *Pool) UnpackLastTimestamp(data []byte) (*big.Int, error) {
	out, err := pool.abi.Unpack("lastTimestamp", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackPriceCumulative is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0abb3e0b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function priceCumulative() view returns(uint256)
func (pool *Pool) PackPriceCumulative() []byte {
	enc, err := pool.abi.Pack("priceCumulative")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPriceCumulative is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0abb3e0b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function priceCumulative() view returns(uint256)
func (pool *Pool) TryPackPriceCumulative() ([]byte, error) {
	return pool.abi.Pack("priceCumulative")
}

// UnpackPriceCumulative is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x0abb3e0b.
//
// Solidity: function priceCumulative() view returns(uint256)
func (pool *Pool) UnpackPriceCumulative(data []byte) (*big.Int, error) {
	out, err := pool.abi.Unpack("priceCumulative", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackProvider is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x085d4883.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function provider() view returns(address)
func (pool *Pool) PackProvider() []byte {
	enc, err := pool.abi.Pack("provider")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProvider is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x085d4883.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function provider() view returns(address)
func (pool *Pool) TryPackProvider() ([]byte, error) {
	return pool.abi.Pack("provider")
}

// UnpackProvider is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x085d4883.
//
// Solidity: function provider() view returns(address)
func (pool *Pool) UnpackProvider(data []byte) (common.Address, error) {
	out, err := pool.abi.Unpack("provider", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackQuote is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4df60b01.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function quote(bool zeroForOne, uint256 amountIn) view returns(uint256)
func (pool *Pool) PackQuote(zeroForOne bool, amountIn *big.Int) []byte {
	enc, err := pool.abi.Pack("quote", zeroForOne, amountIn)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackQuote is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4df60b01.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function quote(bool zeroForOne, uint256 amountIn) view returns(uint256)
func (pool *Pool) TryPackQuote(zeroForOne bool, amountIn *big.Int) ([]byte, error) {
	return pool.abi.Pack("quote", zeroForOne, amountIn)
}

// UnpackQuote is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x4df60b01.
//
// Solidity: function quote(bool zeroForOne, uint256 amountIn) view returns(uint256)
func (pool *Pool) UnpackQuote(data []byte) (*big.Int, error) {
	out, err := pool.abi.Unpack("quote", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackReserve0 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x443cb4bc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function reserve0() view returns(uint256)
func (pool *Pool) PackReserve0() []byte {
	enc, err := pool.abi.Pack("reserve0")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackReserve0 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x443cb4bc.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function reserve0() view returns(uint256)
func (pool *Pool) TryPackReserve0() ([]byte, error) {
	return pool.abi.Pack("reserve0")
}

// UnpackReserve0 is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x443cb4bc.
//
// Solidity: function reserve0() view returns(uint256)
func (pool *Pool) UnpackReserve0(data []byte) (*big.Int, error) {
	out, err := pool.abi.Unpack("reserve0", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackReserve1 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5a76f25e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function reserve1() view returns(uint256)
func (pool *Pool) PackReserve1() []byte {
	enc, err := pool.abi.Pack("reserve1")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackReserve1 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5a76f25e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function reserve1() view returns(uint256)
func (pool *Pool) TryPackReserve1() ([]byte, error) {
	return pool.abi.Pack("reserve1")
}

// UnpackReserve1 is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5a76f25e.
//
// Solidity: function reserve1() view returns(uint256)
func (pool *Pool) UnpackReserve1(data []byte) (*big.Int, error) {
	out, err := pool.abi.Unpack("reserve1", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackSwap is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x08c84c21.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function swap(bool zeroForOne, uint256 amountIn, uint256 minOut) returns(uint256 amountOut)
func (pool *Pool) PackSwap(zeroForOne bool, amountIn *big.Int, minOut *big.Int) []byte {
	enc, err := pool.abi.Pack("swap", zeroForOne, amountIn, minOut)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSwap is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x08c84c21.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function swap(bool zeroForOne, uint256 amountIn, uint256 minOut) returns(uint256 amountOut)
func (pool *Pool) TryPackSwap(zeroForOne bool, amountIn *big.Int, minOut *big.Int) ([]byte, error) {
	return pool.abi.Pack("swap", zeroForOne, amountIn, minOut)
}

// UnpackSwap is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x08c84c21.
//
// Solidity: function swap(bool zeroForOne, uint256 amountIn, uint256 minOut) returns(uint256 amountOut)
func (pool *Pool) UnpackSwap(data []byte) (*big.Int, error) {
	out, err := pool.abi.Unpack("swap", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackSwapCount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2eff0d9e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function swapCount() view returns(uint256)
func (pool *Pool) PackSwapCount() []byte {
	enc, err := pool.abi.Pack("swapCount")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSwapCount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2eff0d9e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function swapCount() view returns(uint256)
func (pool *Pool) TryPackSwapCount() ([]byte, error) {
	return pool.abi.Pack("swapCount")
}

// UnpackSwapCount is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2eff0d9e.
//
// Solidity: function swapCount() view returns(uint256)
func (pool *Pool) UnpackSwapCount(data []byte) (*big.Int, error) {
	out, err := pool.abi.Unpack("swapCount", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackToken0 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0dfe1681.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function token0() view returns(address)
func (pool *Pool) PackToken0() []byte {
	enc, err := pool.abi.Pack("token0")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackToken0 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0dfe1681.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function token0() view returns(address)
func (pool *Pool) TryPackToken0() ([]byte, error) {
	return pool.abi.Pack("token0")
}

// UnpackToken0 is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x0dfe1681.
//
// Solidity: function token0() view returns(address)
func (pool *Pool) UnpackToken0(data []byte) (common.Address, error) {
	out, err := pool.abi.Unpack("token0", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackToken1 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd21220a7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function token1() view returns(address)
func (pool *Pool) PackToken1() []byte {
	enc, err := pool.abi.Pack("token1")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackToken1 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd21220a7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function token1() view returns(address)
func (pool *Pool) TryPackToken1() ([]byte, error) {
	return pool.abi.Pack("token1")
}

// UnpackToken1 is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xd21220a7.
//
// Solidity: function token1() view returns(address)
func (pool *Pool) UnpackToken1(data []byte) (common.Address, error) {
	out, err := pool.abi.Unpack("token1", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackVolume0 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb322d1f1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function volume0() view returns(uint256)
func (pool *Pool) PackVolume0() []byte {
	enc, err := pool.abi.Pack("volume0")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVolume0 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb322d1f1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function volume0() view returns(uint256)
func (pool *Pool) TryPackVolume0() ([]byte, error) {
	return pool.abi.Pack("volume0")
}

// UnpackVolume0 is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb322d1f1.
//
// Solidity: function volume0() view returns(uint256)
func (pool *Pool) UnpackVolume0(data []byte) (*big.Int, error) {
	out, err := pool.abi.Unpack("volume0", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackVolume1 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc97e12f0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function volume1() view returns(uint256)
func (pool *Pool) PackVolume1() []byte {
	enc, err := pool.abi.Pack("volume1")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVolume1 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc97e12f0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function volume1() view returns(uint256)
func (pool *Pool) TryPackVolume1() ([]byte, error) {
	return pool.abi.Pack("volume1")
}

// UnpackVolume1 is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc97e12f0.
//
// Solidity: function volume1() view returns(uint256)
func (pool *Pool) UnpackVolume1(data []byte) (*big.Int, error) {
	out, err := pool.abi.Unpack("volume1", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PoolSwap represents a Swap event raised by the Pool contract.
type PoolSwap struct {
	Sender     common.Address
	ZeroForOne bool
	AmountIn   *big.Int
	AmountOut  *big.Int
	Raw        *types.Log // Blockchain specific contextual infos
}

const PoolSwapEventName = "Swap"

// ContractEventName returns the user-defined event name.
func (PoolSwap) ContractEventName() string {
	return PoolSwapEventName
}

// UnpackSwapEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Swap(address indexed sender, bool zeroForOne, uint256 amountIn, uint256 amountOut)
func (pool *Pool) UnpackSwapEvent(log *types.Log) (*PoolSwap, error) {
	event := "Swap"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != pool.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(PoolSwap)
	if len(log.Data) > 0 {
		if err := pool.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range pool.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// PoolSync represents a Sync event raised by the Pool contract.
type PoolSync struct {
	Reserve0 *big.Int
	Reserve1 *big.Int
	Price    *big.Int
	Raw      *types.Log // Blockchain specific contextual infos
}

const PoolSyncEventName = "Sync"

// ContractEventName returns the user-defined event name.
func (PoolSync) ContractEventName() string {
	return PoolSyncEventName
}

// UnpackSyncEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Sync(uint256 reserve0, uint256 reserve1, uint256 price)
func (pool *Pool) UnpackSyncEvent(log *types.Log) (*PoolSync, error) {
	event := "Sync"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != pool.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(PoolSync)
	if len(log.Data) > 0 {
		if err := pool.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range pool.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (pool *Pool) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], pool.abi.Errors["NoLiquidity"].ID.Bytes()[:4]) {
		return pool.UnpackNoLiquidityError(raw[4:])
	}
	if bytes.Equal(raw[:4], pool.abi.Errors["NotProvider"].ID.Bytes()[:4]) {
		return pool.UnpackNotProviderError(raw[4:])
	}
	if bytes.Equal(raw[:4], pool.abi.Errors["OutputTooSmall"].ID.Bytes()[:4]) {
		return pool.UnpackOutputTooSmallError(raw[4:])
	}
	if bytes.Equal(raw[:4], pool.abi.Errors["SameToken"].ID.Bytes()[:4]) {
		return pool.UnpackSameTokenError(raw[4:])
	}
	if bytes.Equal(raw[:4], pool.abi.Errors["ZeroAmount"].ID.Bytes()[:4]) {
		return pool.UnpackZeroAmountError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// PoolNoLiquidity represents a NoLiquidity error raised by the Pool contract.
type PoolNoLiquidity struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoLiquidity()
func PoolNoLiquidityErrorID() common.Hash {
	return common.HexToHash("0xc301e07e589331ed9ef4311e1023346089c1adb5b41d2e0cc07797c561b59d37")
}

// UnpackNoLiquidityError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoLiquidity()
func (pool *Pool) UnpackNoLiquidityError(raw []byte) (*PoolNoLiquidity, error) {
	out := new(PoolNoLiquidity)
	if err := pool.abi.UnpackIntoInterface(out, "NoLiquidity", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PoolNotProvider represents a NotProvider error raised by the Pool contract.
type PoolNotProvider struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotProvider(address caller)
func PoolNotProviderErrorID() common.Hash {
	return common.HexToHash("0x1bd2224f47bf32854983ee16847394426ab18eae693119e80eb952977965d64a")
}

// UnpackNotProviderError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotProvider(address caller)
func (pool *Pool) UnpackNotProviderError(raw []byte) (*PoolNotProvider, error) {
	out := new(PoolNotProvider)
	if err := pool.abi.UnpackIntoInterface(out, "NotProvider", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PoolOutputTooSmall represents a OutputTooSmall error raised by the Pool contract.
type PoolOutputTooSmall struct {
	AmountOut *big.Int
	MinOut    *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OutputTooSmall(uint256 amountOut, uint256 minOut)
func PoolOutputTooSmallErrorID() common.Hash {
	return common.HexToHash("0x9946dc410d5a833480e99c1b8d6ca9dff5de785b56165b5440a698da999bc44a")
}

// UnpackOutputTooSmallError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OutputTooSmall(uint256 amountOut, uint256 minOut)
func (pool *Pool) UnpackOutputTooSmallError(raw []byte) (*PoolOutputTooSmall, error) {
	out := new(PoolOutputTooSmall)
	if err := pool.abi.UnpackIntoInterface(out, "OutputTooSmall", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PoolSameToken represents a SameToken error raised by the Pool contract.
type PoolSameToken struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SameToken()
func PoolSameTokenErrorID() common.Hash {
	return common.HexToHash("0x201b580a822b46f47433ab241b0489c2311db5148e49f18d2ac4d72b0f6bb951")
}

// UnpackSameTokenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SameToken()
func (pool *Pool) UnpackSameTokenError(raw []byte) (*PoolSameToken, error) {
	out := new(PoolSameToken)
	if err := pool.abi.UnpackIntoInterface(out, "SameToken", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PoolZeroAmount represents a ZeroAmount error raised by the Pool contract.
type PoolZeroAmount struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ZeroAmount()
func PoolZeroAmountErrorID() common.Hash {
	return common.HexToHash("0x1f2a2005cb66a8e145327e8814e243a0996aec9bfe1e15a495778b1236dbd485")
}

// UnpackZeroAmountError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ZeroAmount()
func (pool *Pool) UnpackZeroAmountError(raw []byte) (*PoolZeroAmount, error) {
	out := new(PoolZeroAmount)
	if err := pool.abi.UnpackIntoInterface(out, "ZeroAmount", raw); err != nil {
		return nil, err
	}
	return out, nil
}
