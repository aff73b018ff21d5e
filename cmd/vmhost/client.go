package main

import "github.com/spf13/cobra"

func newClientCmd(a *app) *cobra.Command { return &cobra.Command{Use: "client"} }
