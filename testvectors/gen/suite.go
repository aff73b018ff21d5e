package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	vmruntime "vmhost/runtime"
	"vmhost/testvectors/schema"
)

// suite is one file.
type suite struct {
	path  string
	head  schema.File
	tests []any
}

func newSuite(schemaName, name string, notes ...string) *suite {
	return &suite{path: name + ".json", head: schema.File{Schema: schemaName, Suite: name, Version: 1, Notes: notes}}
}

// next is the Common of the next test.
func (s *suite) next(valid bool, comment string, flags ...string) schema.Common {
	c := schema.Common{ID: len(s.tests) + 1, Comment: comment, Flags: flags, Result: schema.Invalid}
	if valid {
		c.Result = schema.Valid
	}
	return c
}

func (s *suite) add(test any) { s.tests = append(s.tests, test) }

// encode writes a test a line or more, so that diffs are readable.
func (s *suite) encode() ([]byte, error) {
	for _, t := range s.tests {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(t); err != nil {
			return nil, fmt.Errorf("%s: %w", s.path, err)
		}
		s.head.Tests = append(s.head.Tests, bytes.TrimSpace(b.Bytes()))
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(s.head); err != nil {
		return nil, fmt.Errorf("%s: %w", s.path, err)
	}
	return b.Bytes(), nil
}

// generator has what the suites share.
type generator struct {
	state   *hasher
	program *programHasher
	engine  *vmruntime.Runtime // for what is recorded
	dir     string
	prove   bool // make new proofs
}

func newGenerator(dir string, prove bool) (*generator, error) {
	r, err := vmruntime.New(vmruntime.Options{Engine: vmruntime.EngineInterpreter})
	if err != nil {
		return nil, err
	}
	return &generator{newHasher(), newProgramHasher(), r, dir, prove}, nil
}

func (g *generator) close() { _ = g.engine.Close() }
