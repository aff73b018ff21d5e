package devchain

import (
	"log/slog"
	"time"
)

// ChainID is the id of every development chain.
const ChainID = 1337

// Defaults of Options.
const (
	// DefaultFinalityDepth is the distance of the finalized block, in blocks.
	DefaultFinalityDepth = 64
	// DefaultGasLimit is the gas limit of a block.
	DefaultGasLimit = 60_000_000
)

// Options configure a Chain; the zero value is useful.
type Options struct {
	// Host is the address to listen on, default 127.0.0.1. Anyone who reaches it
	// can rewrite the chain.
	Host string
	// Port serves HTTP and websocket both; 0 picks a free one.
	Port int
	// Period between blocks; 0 seals only on Mine.
	Period time.Duration
	// FinalityDepth is how far the finalized block trails the head, in blocks;
	// 0 means DefaultFinalityDepth. The safe block trails half as far.
	FinalityDepth uint64
	// GasLimit of a block; 0 means DefaultGasLimit.
	GasLimit uint64
	// GenesisTime is the Unix time of block 0; 0 means now.
	GenesisTime uint64
	// Accounts is the number of funded accounts, at least 1; 0 means 16.
	Accounts int
	// Logger receives what the chain does; nil discards it.
	Logger *slog.Logger
}

func (o Options) withDefaults() Options {
	if o.Host == "" {
		o.Host = "127.0.0.1"
	}
	if o.FinalityDepth == 0 {
		o.FinalityDepth = DefaultFinalityDepth
	}
	if o.GasLimit == 0 {
		o.GasLimit = DefaultGasLimit
	}
	if o.GenesisTime == 0 {
		o.GenesisTime = uint64(time.Now().Unix())
	}
	if o.Accounts <= 0 {
		o.Accounts = 16
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}
