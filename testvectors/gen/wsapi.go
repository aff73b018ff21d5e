package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"vmhost/testvectors/schema"
)

// conversations are kept as text beside the server, where people read and
// write them; this is their form for other implementations.
const conversations = "wsapi/testdata/rpc/*.txt"

func (g *generator) scripts(context.Context) ([]*suite, error) {
	names, err := filepath.Glob(conversations)
	if err != nil {
		return nil, err
	}
	s := newSuite(schema.SchemaWsapi, "wsapi/scripts", "Conversations with a server on fakes, from "+conversations+".")
	for _, name := range names {
		b, err := os.ReadFile(name) //nolint:gosec // a file of this repository
		if err != nil {
			return nil, err
		}
		t := schema.Script{Common: s.next(true, strings.TrimSuffix(filepath.Base(name), ".txt"))}
		for line := range strings.Lines(string(b)) {
			line = strings.TrimRight(line, "\n")
			switch text, isComment := strings.CutPrefix(line, "// "); {
			case line == "":
			case isComment && len(t.Lines) == 0:
				t.Comment += ": " + text
			case !isComment:
				t.Lines = append(t.Lines, line)
			}
		}
		for _, line := range t.Lines {
			if strings.HasPrefix(line, "<--") {
				if strings.Contains(line, `"error":{`) {
					t.Result = schema.Invalid
				}
				break
			}
		}
		s.add(t)
	}
	return []*suite{s, refusals()}, nil
}

// refusals are messages that a server must refuse without losing anything: it
// answers the next request, if need be on the next connection.
func refusals() *suite {
	s := newSuite(schema.SchemaWsapi, "wsapi/refused", "Bad messages; errors by hand. After each the server still answers.")
	failure := func(id, code, name string) string {
		return `<-- {"jsonrpc":"2.0","id":` + id + `,"error":{"code":` + code + `,"message":"$_","data":{"name":"` + name + `","…":true}}}`
	}
	add := func(comment string, lines ...string) {
		lines = append(lines, `--> {"jsonrpc":"2.0","id":99,"method":"eth_chainId"}`, `<-- {"jsonrpc":"2.0","id":99,"result":"0x539"}`)
		s.add(schema.Script{Common: s.next(false, comment), Lines: lines})
	}
	call := func(method, params string) string {
		return `--> {"jsonrpc":"2.0","id":1,"method":"` + method + `","params":` + params + `}`
	}
	for _, bad := range []string{"hello", "", "{", `{"jsonrpc":"2.0","id":1,"method":"eth_chainId"`, "\x00"} {
		add("not JSON: "+bad, "--> "+bad, failure("null", "-32700", "parse_error"))
	}
	for _, bad := range []string{"1", `"x"`, "null", "{}", "[]", "true", `{"jsonrpc":"2.0","id":1}`} {
		id := "null"
		if strings.Contains(bad, `"id"`) {
			id = "1"
		}
		add("not a request: "+bad, "--> "+bad, failure(id, "-32600", "invalid_request"))
	}
	add("too large a message", "!! oversize 1000000", "<-- closed")
	add("an unknown method", call("vm_fly", "[]"), failure("1", "-32601", "method_not_found"))
	for _, c := range [][2]string{
		{"eth_subscribe", `[]`},
		{"eth_subscribe", `["logs"]`},
		{"eth_subscribe", `[7]`},
		{"eth_subscribe", `["results",7]`},
		{"eth_subscribe", `["results",{"trigger":7}]`},
		{"eth_subscribe", `["results",{"colour":"red"}]`},
		{"eth_subscribe", `["results",{"cursor":"not a cursor"}]`},
		{"eth_subscribe", `["results",{"cursor":7}]`},
		{"vm_uploadModule", `[]`},
		{"vm_uploadModule", `["zz"]`},
		{"vm_uploadModule", `["0x0"]`},
		{"vm_uploadModule", `[{}]`},
		{"vm_submitJob", `[]`},
		{"vm_submitJob", `["x"]`},
		{"vm_submitJob", `[{"input":"0x"}]`},
		{"vm_submitJob", `[{"program":1}]`},
		{"vm_getJob", `[]`},
		{"vm_getJob", `[7]`},
		{"vm_getProof", `[]`},
		{"vm_getProof", `[{}]`},
	} {
		add("wrong parameters: "+c[0]+" "+c[1], call(c[0], c[1]), failure("1", "-32602", "invalid_params"))
	}
	add("a cursor of another server", "!! advance 2",
		call("eth_subscribe", `["results",{"cursor":"AQECAwQFBgcIAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAH0Gk8"}]`),
		`<-- {"jsonrpc":"2.0","id":1,"error":{"code":-32001,"message":"$_","data":{"name":"cursor_not_resumable","retryable":false,"oldestCursor":"$_"}}}`)
	add("a module that is none", call("vm_uploadModule", `["0x2321"]`), failure("1", "-32007", "invalid_module"))
	add("a job that is not there", call("vm_getJob", `["0x00000000000000000000000000000001"]`), failure("1", "-32002", "not_found"))
	add("a proof of a job that is not there", call("vm_getProof", `["0x00000000000000000000000000000001"]`), failure("1", "-32002", "not_found"))
	return s
}
