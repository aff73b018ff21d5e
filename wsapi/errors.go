package wsapi

import (
	"encoding/json"
	"errors"
	"fmt"

	"vmhost/jobs"
)

// Code is a JSON-RPC error code. A number is never used for two things, nor
// again for another one.
type Code int

// The codes. -32700 to -32600 are JSON-RPC's own.
const (
	CodeParse        Code = -32700
	CodeRequest      Code = -32600
	CodeMethod       Code = -32601
	CodeParams       Code = -32602
	CodeInternal     Code = -32603
	CodeCursor       Code = -32001
	CodeNotFound     Code = -32002
	CodeNotProvable  Code = -32003
	CodeUnsupported  Code = -32004
	CodeLimit        Code = -32005
	CodeFinished     Code = -32006
	CodeModule       Code = -32007
	CodeUnknownBlock Code = -32008
	CodeStateGone    Code = -32009
	CodeStopped      Code = -32010
	CodeForbidden    Code = -32011
)

// CodeInfo documents a code.
type CodeInfo struct {
	Code Code   `json:"code"`
	Name string `json:"name"`
	Text string `json:"text"`
	// Retryable: the same request may succeed later.
	Retryable bool `json:"retryable"`
}

// Codes is the table of all error codes.
func Codes() []CodeInfo {
	return []CodeInfo{
		{CodeParse, "parse_error", "the message is not JSON", false},
		{CodeRequest, "invalid_request", "the message is not a JSON-RPC 2.0 request", false},
		{CodeMethod, "method_not_found", "no such method, or not on this transport", false},
		{CodeParams, "invalid_params", "a parameter is missing, unknown, or out of range", false},
		{CodeInternal, "internal", "the server failed; its log says why", true},
		{CodeCursor, "cursor_not_resumable", "the cursor is past retention or of another server; data.oldestCursor can be resumed", false},
		{CodeNotFound, "not_found", "no such job, module, trigger, proof or collection (or it is past retention)", false},
		{CodeNotProvable, "not_provable", "a proof was asked of what cannot be proven", false},
		{CodeUnsupported, "unsupported", "not supported by this version or this server", false},
		{CodeLimit, "limit_exceeded", "a queue, a quota or a rate is exhausted", true},
		{CodeFinished, "job_finished", "the job is past the point where it can be cancelled", false},
		{CodeModule, "invalid_module", "the bytes are not a module this host accepts", false},
		{CodeUnknownBlock, "unknown_block", "the block is not on the canonical chain as known here", true},
		{CodeStateGone, "state_not_retained", "the state of that block is no longer (or not yet) retained", true},
		{CodeStopped, "stopped", "the server no longer records: it is shutting down or has failed", true},
		{CodeForbidden, "forbidden", "this server takes that from its own machine only, or from nobody", false},
	}
}

func (c Code) info() CodeInfo {
	for _, i := range Codes() {
		if i.Code == c {
			return i
		}
	}
	return CodeInfo{Code: c, Name: "unknown"}
}

// Error is a JSON-RPC error as it is sent. Data always has name and retryable.
type Error struct {
	Code    Code
	Message string
	// OldestCursor is set with CodeCursor: resuming there works.
	OldestCursor string
}

// Error implements error.
func (e *Error) Error() string { return fmt.Sprintf("%d: %s", e.Code, e.Message) }

// MarshalJSON gives {code, message, data:{name, retryable, oldestCursor?}}.
func (e *Error) MarshalJSON() ([]byte, error) {
	info := e.Code.info()
	type data struct {
		Name         string `json:"name"`
		Retryable    bool   `json:"retryable"`
		OldestCursor string `json:"oldestCursor,omitempty"`
	}
	return json.Marshal(struct {
		Code    Code   `json:"code"`
		Message string `json:"message"`
		Data    data   `json:"data"`
	}{e.Code, e.Message, data{info.Name, info.Retryable, e.OldestCursor}})
}

func errorf(c Code, format string, args ...any) *Error {
	return &Error{Code: c, Message: fmt.Sprintf(format, args...)}
}

// ErrNotFound is what a [StateReader] returns for an unknown collection or an
// index out of range.
var ErrNotFound = errors.New("wsapi: not found")

// ErrNotLoopback is returned by Listen for an address that others can reach.
var ErrNotLoopback = errors.New("wsapi: refusing to listen beyond loopback without authentication")

// toError maps an error to its code. The text of errors that are not in the
// table stays in the server's log.
func toError(err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	for _, m := range []struct {
		err  error
		code Code
	}{
		{jobs.ErrTooOld, CodeCursor},
		{jobs.ErrOtherLog, CodeCursor},
		{jobs.ErrNotFound, CodeNotFound},
		{ErrNotFound, CodeNotFound},
		{ErrTooManyItems, CodeLimit},
		{ErrWatch, CodeParams},
		{jobs.ErrInvalidModule, CodeModule},
		{jobs.ErrNotProvable, CodeNotProvable},
		{jobs.ErrInvalidInput, CodeParams},
		{jobs.ErrTriggerKind, CodeUnsupported},
		{jobs.ErrFinished, CodeFinished},
		{jobs.ErrUnknownBlock, CodeUnknownBlock},
		{jobs.ErrStateGone, CodeStateGone},
		{jobs.ErrQueueFull, CodeLimit},
		{jobs.ErrClosed, CodeStopped},
		{jobs.ErrLogBroken, CodeStopped},
	} {
		if errors.Is(err, m.err) {
			return &Error{Code: m.code, Message: err.Error()}
		}
	}
	return &Error{Code: CodeInternal, Message: "internal error"}
}
