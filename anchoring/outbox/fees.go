package outbox

import (
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common/hexutil"
)

// fees of a transaction, wei a gas.
type fees struct{ tip, feeCap *big.Int }

// price is what the chain asks now: the cap leaves room for a base fee that
// doubles (six full blocks). ErrFeeCap when even the next block is too dear.
func price(baseFee, tip, maxFee *big.Int) (fees, error) {
	base := baseFee
	if base == nil {
		base = new(big.Int)
	}
	f := fees{tip: new(big.Int).Set(tip), feeCap: new(big.Int).Lsh(base, 1)}
	f.feeCap.Add(f.feeCap, tip)
	if maxFee.Cmp(base) < 0 {
		return fees{}, fmt.Errorf("%w: base fee is %s, at most %s wei a gas are paid", ErrFeeCap, base, maxFee)
	}
	return f.capped(maxFee), nil
}

func (f fees) capped(maxFee *big.Int) fees {
	if f.feeCap.Cmp(maxFee) > 0 {
		f.feeCap = new(big.Int).Set(maxFee)
	}
	if f.tip.Cmp(f.feeCap) > 0 {
		f.tip = new(big.Int).Set(f.feeCap)
	}
	return f
}

// raise is what replaces an attempt: the present price, and both fees an eighth
// above the old (nodes ask for a tenth). ErrFeeCap when the cap forbids it.
func raise(old *Attempt, now fees, maxFee *big.Int) (fees, error) {
	least := fees{tip: eighthMore(old.Tip), feeCap: eighthMore(old.FeeCap)}
	if least.feeCap.Cmp(maxFee) > 0 {
		return fees{}, fmt.Errorf("%w: a replacement must pay %s, at most %s wei a gas are paid", ErrFeeCap, least.feeCap, maxFee)
	}
	return fees{tip: larger(least.tip, now.tip), feeCap: larger(least.feeCap, now.feeCap)}.capped(maxFee), nil
}

func eighthMore(x *hexutil.Big) *big.Int {
	v := x.ToInt()
	more := new(big.Int).Rsh(v, 3)
	more.Add(more, big.NewInt(1))
	return more.Add(more, v)
}

func larger(a, b *big.Int) *big.Int {
	if a.Cmp(b) > 0 {
		return a
	}
	return b
}
