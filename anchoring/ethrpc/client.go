package ethrpc

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"
)

// Client is a connection to one node.
type Client struct {
	rpc   *rpc.Client
	url   string
	lacks sync.Map // methods, by name
}

// Dial connects to a node by an http, https, ws or wss URL.
func Dial(ctx context.Context, url string) (*Client, error) {
	c, err := rpc.DialOptions(ctx, url, rpc.WithWebsocketMessageSizeLimit(MaxResponseBytes),
		rpc.WithHTTPClient(&http.Client{Transport: limits{http.DefaultTransport}}))
	if err != nil {
		return nil, fmt.Errorf("dial: %w", err)
	}
	return &Client{rpc: c, url: url}, nil
}

// RPC is the connection itself, for the packages of this folder.
func (c *Client) RPC() *rpc.Client { return c.rpc }

// Lacks reports whether SetLacks was called for a method: the node does not know
// it, so that asking again over this connection is of no use.
func (c *Client) Lacks(method string) bool {
	_, ok := c.lacks.Load(method)
	return ok
}

// SetLacks notes that the node does not know a method.
func (c *Client) SetLacks(method string) { c.lacks.Store(method, true) }

// Close ends the connection and its subscriptions.
func (c *Client) Close() { c.rpc.Close() }

// Subscribes reports whether the connection can carry subscriptions.
func (c *Client) Subscribes() bool { return subscribes(c.url) }

func subscribes(url string) bool {
	return strings.HasPrefix(url, "ws:") || strings.HasPrefix(url, "wss:")
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

// HeadersByNumber returns the canonical headers of n heights from the given one,
// in one request; nil for those that the node lacks or gave wrong.
func (c *Client) HeadersByNumber(ctx context.Context, from uint64, n int) ([]*Header, error) {
	raw := make([]json.RawMessage, n)
	batch := make([]rpc.BatchElem, n)
	for i := range batch {
		batch[i] = rpc.BatchElem{Method: "eth_getBlockByNumber", Args: []any{hexutil.EncodeUint64(from + uint64(i)), false}, Result: &raw[i]}
	}
	if err := c.rpc.BatchCallContext(ctx, batch); err != nil {
		return nil, fmt.Errorf("%d blocks from %d: %w", n, from, err)
	}
	out := make([]*Header, n)
	for i := range batch {
		if batch[i].Error != nil {
			if _, limited := RetryAfter(batch[i].Error); limited {
				return nil, fmt.Errorf("block %d: %w", from+uint64(i), batch[i].Error)
			}
			continue
		}
		if h, err := ParseJSON(raw[i]); err == nil && h.Ref.Number == from+uint64(i) {
			out[i] = h
		}
	}
	return out, nil
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

// Subscription delivers new heads until it fails or is closed. When nobody reads
// them, the newest are kept.
type Subscription struct {
	sub  *rpc.ClientSubscription
	done chan struct{}
	// Heads receives the raw JSON of each head (see ParseJSON).
	Heads <-chan json.RawMessage
}

// Err is closed, or carries an error, when the subscription has ended.
func (s *Subscription) Err() <-chan error { return s.sub.Err() }

// Close ends the subscription. Call it once.
func (s *Subscription) Close() {
	s.sub.Unsubscribe()
	close(s.done)
}

// Bounds of what a node may push: the RPC library would keep 20,000 heads of any
// size that nobody has read yet.
const (
	keptHeads    = 256
	maxHeadBytes = 8 * MaxHeaderBytes // of JSON
)

// keep passes the newest heads on. What is too large for one is passed on as
// nothing, which is no head.
func (s *Subscription) keep(in <-chan json.RawMessage, out chan json.RawMessage) {
	for {
		select {
		case <-s.done:
			return
		case raw := <-in:
			if len(raw) > maxHeadBytes {
				raw = nil
			}
			for sent := false; !sent; {
				select {
				case out <- raw:
					sent = true
				default:
					select {
					case <-out: // the oldest
					default:
					}
				}
			}
		}
	}
}

// SubscribeHeads subscribes to new heads.
func (c *Client) SubscribeHeads(ctx context.Context) (*Subscription, error) {
	if !c.Subscribes() {
		return nil, ErrNoSubscription
	}
	in, out := make(chan json.RawMessage), make(chan json.RawMessage, keptHeads)
	sub, err := c.rpc.EthSubscribe(ctx, in, "newHeads")
	if err != nil {
		return nil, fmt.Errorf("subscribe to heads: %w", err)
	}
	s := &Subscription{sub: sub, done: make(chan struct{}), Heads: out}
	go s.keep(in, out) // until Close
	return s, nil
}
