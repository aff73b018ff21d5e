package main

import "context"

func (g *generator) scripts(context.Context) ([]*suite, error) { return nil, nil }

func (g *generator) stateFiles(context.Context) ([]*suite, error) { return nil, nil }

func (g *generator) proofs(context.Context) ([]*suite, error) { return nil, nil }
