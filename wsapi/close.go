package wsapi

import "github.com/gorilla/websocket"

// The close codes this server sends. 3xxx are reconnectable unless they end in
// 5xx (3500–3999).
const (
	closeShutdown = websocket.CloseGoingAway       // 1001: the server stops; reconnect later
	closeTooBig   = websocket.CloseMessageTooBig   // 1009: a message over the frame limit
	closeNoPong   = 3012                           // no answer to pings for Options.PongWait
	closeSlow     = 3008                           // nothing could be written for Options.WriteWait
	closePolicy   = websocket.ClosePolicyViolation // 1008: reserved for authentication
)

// CloseInfo documents a close code.
type CloseInfo struct {
	Code int    `json:"code"`
	Text string `json:"text"`
	// Reconnect: connecting again at once is sensible.
	Reconnect bool `json:"reconnect"`
}

// CloseCodes is the table of all close codes.
func CloseCodes() []CloseInfo {
	return []CloseInfo{
		{closeShutdown, "server is shutting down", true},
		{closePolicy, "policy violation", false},
		{closeTooBig, "message over the frame limit", false},
		{closeSlow, "the client does not read", true},
		{closeNoPong, "no pong", true},
	}
}
