package ethrpc

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"
)

// Client is a connection to one node.
type Client struct {
	rpc *rpc.Client
	url string
}

// Dial connects to a node by an http, https, ws or wss URL.
func Dial(ctx context.Context, url string) (*Client, error) {
	c, err := rpc.DialOptions(ctx, url, rpc.WithWebsocketMessageSizeLimit(64<<20))
	if err != nil {
		return nil, fmt.Errorf("dial %s: %w", url, err)
	}
	return &Client{rpc: c, url: url}, nil
}

// RPC is the connection itself, for the packages of this folder.
func (c *Client) RPC() *rpc.Client { return c.rpc }

// Close ends the connection and its subscriptions.
func (c *Client) Close() { c.rpc.Close() }

// Subscribes reports whether the connection can carry subscriptions.
func (c *Client) Subscribes() bool {
	return strings.HasPrefix(c.url, "ws:") || strings.HasPrefix(c.url, "wss:")
}

// ChainID returns the chain's id.
func (c *Client) ChainID(ctx context.Context) (uint64, error) {
	var id hexutil.Uint64
	if err := c.rpc.CallContext(ctx, &id, "eth_chainId"); err != nil {
		return 0, fmt.Errorf("chain id: %w", err)
	}
	return uint64(id), nil
}

// HeaderByHash returns the header with this hash.
func (c *Client) HeaderByHash(ctx context.Context, hash [32]byte) (*Header, error) {
	h, err := c.header(ctx, "eth_getBlockByHash", common.Hash(hash).Hex())
	if err != nil {
		return nil, fmt.Errorf("block 0x%x: %w", hash[:4], err)
	}
	if h.Ref.Hash != hash {
		return nil, fmt.Errorf("block 0x%x: %w: %v", hash[:4], ErrWrongBlock, h.Ref)
	}
	return h, nil
}

// HeaderByNumber returns the canonical header of this height, as the node sees it.
func (c *Client) HeaderByNumber(ctx context.Context, number uint64) (*Header, error) {
	h, err := c.header(ctx, "eth_getBlockByNumber", hexutil.EncodeUint64(number))
	if err != nil {
		return nil, fmt.Errorf("block %d: %w", number, err)
	}
	if h.Ref.Number != number {
		return nil, fmt.Errorf("block %d: %w: %v", number, ErrWrongBlock, h.Ref)
	}
	return h, nil
}

// HeaderByTag returns the block a tag names: latest, safe, finalized, earliest.
func (c *Client) HeaderByTag(ctx context.Context, tag string) (*Header, error) {
	h, err := c.header(ctx, "eth_getBlockByNumber", tag)
	if err != nil {
		return nil, fmt.Errorf("block %s: %w", tag, err)
	}
	return h, nil
}

func (c *Client) header(ctx context.Context, method, arg string) (*Header, error) {
	var raw json.RawMessage
	if err := c.rpc.CallContext(ctx, &raw, method, arg, false); err != nil {
		return nil, fmt.Errorf("%s: %w", method, err)
	}
	if len(raw) == 0 || string(raw) == "null" {
		return nil, ErrNotFound
	}
	return ParseJSON(raw)
}

// Subscription delivers new heads until it fails or is closed.
type Subscription struct {
	sub *rpc.ClientSubscription
	// Heads receives the raw JSON of each head (see ParseJSON).
	Heads <-chan json.RawMessage
}

// Err is closed, or carries an error, when the subscription has ended.
func (s *Subscription) Err() <-chan error { return s.sub.Err() }

// Close ends the subscription.
func (s *Subscription) Close() { s.sub.Unsubscribe() }

// SubscribeHeads subscribes to new heads.
func (c *Client) SubscribeHeads(ctx context.Context) (*Subscription, error) {
	if !c.Subscribes() {
		return nil, ErrNoSubscription
	}
	heads := make(chan json.RawMessage, 256)
	sub, err := c.rpc.EthSubscribe(ctx, heads, "newHeads")
	if err != nil {
		return nil, fmt.Errorf("subscribe to heads: %w", err)
	}
	return &Subscription{sub: sub, Heads: heads}, nil
}
