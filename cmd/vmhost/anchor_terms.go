package main

import (
	"context"
	"fmt"
	"math/big"

	"vmhost/anchoring"
	"vmhost/anchoring/contracts"
)

// answerGas is what an answer costs an operator, about; see the contracts' gas table.
const answerGas = 110_000

// The demand's bond pays for an answer at so many times today's gas price: at
// least leastFactor, and usualFactor when nothing is said.
const (
	leastFactor = 3
	usualFactor = 10
)

// bondTerms checks the bonds of a registry to be deployed against today's price,
// and computes the demand's bond when none was given: an operator who loses by
// answering can be ruined by questions, and a watcher who loses by asking does
// not ask. The contract itself checks that 30 demands do not cost more than the bond.
func bondTerms(ctx context.Context, client *anchoring.Client, config *contracts.RegistryConfig, given bool) error {
	if config.Bond.Sign() == 0 {
		if config.DemandBond.Sign() > 0 {
			return usagef("deploy: --demand-bond without --bond: nothing would be won by a demand")
		}
		return checkConfig(config)
	}
	price, err := client.GasPrice(ctx)
	if err != nil {
		return err
	}
	times := func(n int64) *big.Int { return new(big.Int).Mul(price, big.NewInt(n*answerGas)) }
	least, most := times(leastFactor), new(big.Int).Div(config.Bond, big.NewInt(30))
	if !given {
		config.DemandBond = times(usualFactor)
		if config.DemandBond.Cmp(most) > 0 {
			config.DemandBond = most
		}
	}
	switch {
	case least.Cmp(most) > 0:
		return usagef("deploy: --bond %s is too small at a gas price of %s gwei: a demand must pay for %d gas at %d times that and cost a 30th of the bond at most, so at least %s",
			ether(config.Bond), inGwei(price), answerGas, leastFactor, ether(new(big.Int).Mul(least, big.NewInt(30))))
	case config.DemandBond.Cmp(least) < 0:
		return usagef("deploy: --demand-bond %s does not pay for an answer: %d gas at %d times today's %s gwei are %s",
			ether(config.DemandBond), answerGas, leastFactor, inGwei(price), ether(least))
	case config.DemandBond.Cmp(most) > 0:
		return usagef("deploy: --demand-bond %s is more than a 30th of --bond %s, %s: who takes a false anchor down would pay more for demands than he wins",
			ether(config.DemandBond), ether(config.Bond), ether(most))
	}
	return checkConfig(config)
}

func checkConfig(config *contracts.RegistryConfig) error {
	if err := config.Check(); err != nil {
		return usage(fmt.Errorf("deploy: %w", err))
	}
	return nil
}

// inGwei prints a price.
func inGwei(wei *big.Int) string {
	return ether(new(big.Int).Mul(wei, big.NewInt(1e9)))
}
