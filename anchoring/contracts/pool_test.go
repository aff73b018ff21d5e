package contracts

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"vmhost/anchoring/contracts/bindings"
)

var (
	poolABI  = bindings.NewPool()
	tokenABI = bindings.NewToken()
)

// slotAt reads a storage slot at the head.
func (c *chain) slotAt(contract common.Address, slot common.Hash) *big.Int {
	c.t.Helper()
	v, err := c.be.Client().StorageAt(c.t.Context(), contract, slot, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	return new(big.Int).SetBytes(v)
}

func balanceSlot(holder common.Address) common.Hash {
	return crypto.Keccak256Hash(common.LeftPadBytes(holder[:], 32), common.LeftPadBytes([]byte{1}, 32))
}

func newDemo(t *testing.T) (*chain, Demo) {
	t.Helper()
	c := newChain(t, nil)
	d, err := DeployDemo(t.Context(), c.sender(c.owner), c.owner.addr, big.NewInt(1_000_000_000_000), big.NewInt(2_500_000_000_000))
	if err != nil {
		t.Fatal(err)
	}
	return c, d
}

// poolModel is the pool in Go, in the order of its slots.
type poolModel [8]int64

func (m *poolModel) change(now, r0, r1 int64) {
	m[3] += m[2] * (now - m[4])
	m[4], m[0], m[1] = now, r0, r1
	m[2] = new(big.Int).Div(new(big.Int).Mul(big.NewInt(r1), big.NewInt(1e6)), big.NewInt(r0)).Int64()
}

func (m *poolModel) swap(now int64, zeroForOne bool, in int64) int64 {
	rIn, rOut := m[0], m[1]
	if !zeroForOne {
		rIn, rOut = rOut, rIn
	}
	fee := new(big.Int).Mul(big.NewInt(in), big.NewInt(997))
	den := new(big.Int).Add(new(big.Int).Mul(big.NewInt(rIn), big.NewInt(1000)), fee)
	out := new(big.Int).Div(new(big.Int).Mul(fee, big.NewInt(rOut)), den).Int64()
	m[5]++
	if zeroForOne {
		m[6] += in
		m[7] += out
		m.change(now, rIn+in, rOut-out)
	} else {
		m[7] += in
		m[6] += out
		m.change(now, rOut-out, rIn+in)
	}
	return out
}

func TestPoolFollowsModel(t *testing.T) {
	c, d := newDemo(t)
	var m poolModel
	m.change(int64(c.header(c.head()).Time), 1_000_000_000_000, 2_500_000_000_000)
	rng := rand.New(rand.NewPCG(3, 4))
	for n := range 40 {
		zeroForOne, in := rng.IntN(2) == 0, 1+rng.Int64N(5_000_000_000)
		product := new(big.Int).Mul(big.NewInt(m[0]), big.NewInt(m[1]))
		receipt := c.mustSend(d.Pool, poolABI.PackSwap(zeroForOne, big.NewInt(in), new(big.Int)))
		out := m.swap(int64(c.header(c.head()).Time), zeroForOne, in)
		event, err := poolABI.UnpackSwapEvent(receipt.Logs[len(receipt.Logs)-1])
		if err != nil {
			t.Fatal(err)
		}
		if event.Sender != c.owner.addr || event.ZeroForOne != zeroForOne || event.AmountIn.Int64() != in || event.AmountOut.Int64() != out {
			t.Fatalf("swap %d: event %+v, want out %d", n, event, out)
		}
		for slot, want := range m {
			got := c.slotAt(d.Pool, common.BigToHash(big.NewInt(int64(slot))))
			if !got.IsInt64() || got.Int64() != want {
				t.Fatalf("swap %d: slot %d holds %s, want %d", n, slot, got, want)
			}
		}
		if after := new(big.Int).Mul(big.NewInt(m[0]), big.NewInt(m[1])); after.Cmp(product) < 0 {
			t.Fatalf("swap %d: the product fell", n)
		}
		// The pool owns what it says it holds.
		for i, token := range []common.Address{d.Token0, d.Token1} {
			if got := c.slotAt(token, balanceSlot(d.Pool)); got.Int64() != m[i] {
				t.Fatalf("swap %d: balance %d is %s, reserve %d", n, i, got, m[i])
			}
		}
	}
}

func TestPoolRefuses(t *testing.T) {
	c, d := newDemo(t)
	unpack := poolABI.UnpackError
	try := func(from account, to common.Address, data []byte) error {
		_, err := c.call(from, to, data)
		return err
	}
	one, zero := big.NewInt(1), new(big.Int)
	wantRevert[bindings.PoolNotProvider](t, try(c.stranger, d.Pool, poolABI.PackAddLiquidity(one, one)), unpack)
	wantRevert[bindings.PoolZeroAmount](t, try(c.owner, d.Pool, poolABI.PackAddLiquidity(zero, one)), unpack)
	wantRevert[bindings.PoolZeroAmount](t, try(c.owner, d.Pool, poolABI.PackAddLiquidity(one, zero)), unpack)
	wantRevert[bindings.PoolZeroAmount](t, try(c.owner, d.Pool, poolABI.PackSwap(true, zero, zero)), unpack)
	e := wantRevert[bindings.PoolOutputTooSmall](t, try(c.owner, d.Pool, poolABI.PackSwap(true, big.NewInt(1e6), big.NewInt(1e12))), unpack)
	if e.AmountOut.Sign() <= 0 || e.MinOut.Int64() != 1e12 {
		t.Errorf("%+v", e)
	}
	// A trader without tokens or approval fails in the token.
	wantRevert[bindings.TokenInsufficientAllowance](t, try(c.stranger, d.Pool, poolABI.PackSwap(true, big.NewInt(1e6), zero)), tokenABI.UnpackError)

	empty := c.mustDeploy("Pool", d.Token0, d.Token1)
	wantRevert[bindings.PoolNoLiquidity](t, try(c.owner, empty, poolABI.PackSwap(true, one, zero)), unpack)
	_, err := Deploy(t.Context(), c.sender(c.owner), "Pool", d.Token0, d.Token0)
	wantRevert[bindings.PoolSameToken](t, err, unpack)
}

func TestToken(t *testing.T) {
	c := newChain(t, nil)
	token := c.mustDeploy("Token", "Test", "T")
	a, b := c.owner, c.stranger
	receipt := c.mustSend(token, tokenABI.PackMint(a.addr, big.NewInt(100)))
	event, err := tokenABI.UnpackTransferEvent(receipt.Logs[0])
	if err != nil {
		t.Fatal(err)
	}
	if event.From != (common.Address{}) || event.To != a.addr || event.Value.Int64() != 100 {
		t.Errorf("mint event %+v", event)
	}
	receipt = c.mustSend(token, tokenABI.PackTransfer(b.addr, big.NewInt(30)))
	if event, err = tokenABI.UnpackTransferEvent(receipt.Logs[0]); err != nil || event.From != a.addr || event.To != b.addr || event.Value.Int64() != 30 {
		t.Errorf("transfer event %+v, %v", event, err)
	}
	c.mustSend(token, tokenABI.PackTransfer(a.addr, big.NewInt(70))) // to oneself: nothing changes
	c.mustSend(token, tokenABI.PackApprove(b.addr, big.NewInt(25)))
	if _, err = c.sender(b)(t.Context(), &token, tokenABI.PackTransferFrom(a.addr, b.addr, big.NewInt(20))); err != nil {
		t.Fatal(err)
	}
	for name, q := range map[string]struct{ got, want *big.Int }{
		"supply in slot 0":   {c.slotAt(token, common.Hash{}), big.NewInt(100)},
		"balance of a":       {c.slotAt(token, balanceSlot(a.addr)), big.NewInt(50)},
		"balance of b":       {c.slotAt(token, balanceSlot(b.addr)), big.NewInt(50)},
		"allowance":          {read(c, token, tokenABI.PackAllowance(a.addr, b.addr), tokenABI.UnpackAllowance), big.NewInt(5)},
		"balance by getter":  {read(c, token, tokenABI.PackBalanceOf(a.addr), tokenABI.UnpackBalanceOf), big.NewInt(50)},
		"balance of a third": {c.slotAt(token, balanceSlot(token)), new(big.Int)},
	} {
		if q.got.Cmp(q.want) != 0 {
			t.Errorf("%s: %s, want %s", name, q.got, q.want)
		}
	}
	try := func(from account, data []byte) error {
		_, err := c.call(from, token, data)
		return err
	}
	unpack := tokenABI.UnpackError
	wantRevert[bindings.TokenNotMinter](t, try(b, tokenABI.PackMint(b.addr, big.NewInt(1))), unpack)
	wantRevert[bindings.TokenInvalidReceiver](t, try(a, tokenABI.PackMint(common.Address{}, big.NewInt(1))), unpack)
	wantRevert[bindings.TokenInvalidReceiver](t, try(a, tokenABI.PackTransfer(common.Address{}, big.NewInt(1))), unpack)
	wantRevert[bindings.TokenInsufficientAllowance](t, try(b, tokenABI.PackTransferFrom(a.addr, b.addr, big.NewInt(6))), unpack)
	e := wantRevert[bindings.TokenInsufficientBalance](t, try(a, tokenABI.PackTransfer(b.addr, big.NewInt(51))), unpack)
	if e.Balance.Int64() != 50 || e.Needed.Int64() != 51 || e.Holder != a.addr {
		t.Errorf("%+v", e)
	}
	// The supply cannot overflow.
	most := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1))
	if try(a, tokenABI.PackMint(a.addr, most)) == nil {
		t.Error("the supply overflowed")
	}
}
