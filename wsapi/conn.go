package wsapi

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// conn is one WebSocket connection: a reader that also runs the methods, in
// order; a writer; and its subscriptions.
type conn struct {
	s      *Server
	ws     *websocket.Conn
	local  bool // see Server.local
	out    *outbox
	ctx    context.Context // the life of the connection
	cancel context.CancelFunc
	wg     sync.WaitGroup

	mu   sync.Mutex
	subs map[string]*subscription
}

// serve runs the connection to its end and leaves no goroutine behind.
func (c *conn) serve() {
	c.wg.Go(c.write)
	err := c.read()
	c.cancel()
	code, text := closeFor(err)
	if code != 0 {
		_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, text), time.Now().Add(time.Second))
		// Closing with unread bytes resets the connection, and the client may
		// never see the reason: read on for a moment.
		_ = c.ws.NetConn().SetReadDeadline(time.Now().Add(500 * time.Millisecond))
		_, _ = io.CopyN(io.Discard, c.ws.NetConn(), 4<<20)
	}
	_ = c.ws.Close()
	c.wg.Wait()
	c.s.metrics.closed.WithLabelValues(reasonFor(err)).Inc()
	c.s.opts.Logger.LogAttrs(context.Background(), slog.LevelDebug, "connection closed", slog.Any("err", err))
}

var errTooBig = errors.New("message over the frame limit")

func closeFor(err error) (int, string) {
	var ne net.Error
	switch {
	case errors.Is(err, errTooBig), errors.Is(err, websocket.ErrReadLimit):
		return closeTooBig, "message over the frame limit"
	case errors.As(err, &ne) && ne.Timeout():
		return closeNoPong, "no pong"
	default:
		return 0, ""
	}
}

// reasonFor is the metric label of how a connection ended.
func reasonFor(err error) string {
	var ne net.Error
	switch {
	case errors.Is(err, errTooBig), errors.Is(err, websocket.ErrReadLimit):
		return "too_big"
	case errors.As(err, &ne) && ne.Timeout():
		return "no_pong"
	case websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway, websocket.CloseNoStatusReceived):
		return "client"
	case errors.Is(err, net.ErrClosed), errors.Is(err, context.Canceled):
		return "server"
	default:
		return "broken"
	}
}

func (c *conn) read() error {
	alive := func() { _ = c.ws.SetReadDeadline(time.Now().Add(c.s.opts.PongWait)) }
	alive()
	c.ws.SetPongHandler(func(string) error { alive(); return nil })
	// gorilla counts bytes before decompression; the reader below counts after.
	c.ws.SetReadLimit(int64(c.s.opts.MaxFrame))
	for {
		kind, r, err := c.ws.NextReader()
		if err != nil {
			return err
		}
		b, err := io.ReadAll(io.LimitReader(r, int64(c.s.opts.MaxFrame)+1))
		if err != nil {
			return err
		}
		if len(b) > c.s.opts.MaxFrame {
			return errTooBig
		}
		alive()
		if kind != websocket.TextMessage {
			b = []byte("binary") // answered as not JSON
		}
		if err := c.handle(b); err != nil {
			return err
		}
	}
}

// handle answers one message. What a request starts (a subscription) begins
// only after its response is queued.
func (c *conn) handle(b []byte) error {
	answer, after := c.s.answer(c.ctx, b, c, c.local)
	if answer != nil {
		if err := c.out.put(c.ctx, answer); err != nil {
			return err
		}
	}
	for _, f := range after {
		f()
	}
	return nil
}

func (c *conn) write() {
	ping := time.NewTicker(c.s.opts.PingEvery)
	defer ping.Stop()
	for {
		select {
		case <-c.ctx.Done():
			return
		case <-ping.C:
			if err := c.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(c.s.opts.WriteWait)); err != nil {
				c.abort()
				return
			}
		case <-c.out.some:
			if !c.drain() {
				c.abort()
				return
			}
		}
	}
}

func (c *conn) drain() bool {
	for c.ctx.Err() == nil {
		b, ok := c.out.take()
		if !ok {
			return true
		}
		_ = c.ws.SetWriteDeadline(time.Now().Add(c.s.opts.WriteWait))
		if err := c.ws.WriteMessage(websocket.TextMessage, b); err != nil {
			return false
		}
		c.s.metrics.sent.Inc()
		c.s.metrics.sentBytes.Add(float64(len(b)))
	}
	return false
}

// abort ends a connection that cannot be written to; the reader notices.
func (c *conn) abort() {
	c.cancel()
	_ = c.ws.Close()
}

// shutdown tells the client why and ends the connection.
func (c *conn) shutdown() {
	_ = c.ws.WriteControl(websocket.CloseMessage,
		websocket.FormatCloseMessage(closeShutdown, "server is shutting down"), time.Now().Add(time.Second))
	c.abort()
}
