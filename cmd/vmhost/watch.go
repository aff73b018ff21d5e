package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"vmhost/anchoring/statefile"
	"vmhost/cmd/vmhost/internal/rpcclient"
	"vmhost/wsapi"
)

func newWatchCmd(a *app) *cobra.Command {
	c := &clientCmd{app: a}
	cmd := &cobra.Command{Use: "watch", Short: "Define, list and drop the collections of a running server", Args: args(cobra.NoArgs)}
	c.addServer(cmd)
	cmd.AddCommand(c.watchDefine(), c.watchList(), c.watchDrop())
	return cmd
}

// with runs f with a client of the server.
func (c *clientCmd) with(f func(*rpcclient.Client) error) error {
	cl, err := c.dial()
	if err != nil {
		return err
	}
	defer cl.Close()
	return answered(f(cl))
}

func (c *clientCmd) watchDefine() *cobra.Command {
	return &cobra.Command{
		Use: "define FILE", Short: "Define the collections of a WATCH.json, from the next block on", Args: args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, names []string) error {
			b, err := c.app.readFile(names[0])
			if err != nil {
				return err
			}
			if _, err := statefile.DecodeWatch(b); err != nil {
				return fmt.Errorf("%s: %w", names[0], err)
			}
			return c.with(func(cl *rpcclient.Client) error { return c.define(cmd.Context(), cl, b) })
		},
	}
}

func (c *clientCmd) define(ctx context.Context, cl *rpcclient.Client, file []byte) error {
	var out []wsapi.Defined
	if err := cl.Define(ctx, file, &out); err != nil {
		return err
	}
	if c.app.json {
		return c.app.emit(out)
	}
	rows := [][]string{{"collection", "items", "grows"}}
	for _, d := range out {
		rows = append(rows, []string{d.Name, fmt.Sprint(d.Items), yesNo(d.Growing)})
	}
	c.app.table(rows)
	return nil
}

func (c *clientCmd) watchList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the collections at the server's head", Args: args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(func(cl *rpcclient.Client) error {
				var out []wsapi.Collection
				if err := cl.Call(cmd.Context(), &out, "vm_collections"); err != nil {
					return err
				}
				if c.app.json {
					return c.app.emit(out)
				}
				rows := [][]string{{"handle", "collection", "items", "items root (manifest)"}}
				for _, col := range out {
					if col.Name == "" {
						continue // dropped: its handle stays taken
					}
					rows = append(rows, []string{fmt.Sprint(col.Handle), col.Name, fmt.Sprint(col.Length), col.ItemsRoot.String()})
				}
				c.app.table(rows)
				return nil
			})
		},
	}
}

func (c *clientCmd) watchDrop() *cobra.Command {
	return &cobra.Command{
		Use: "drop NAME", Short: "Drop a collection from the next block on; its name is never used again", Args: args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, names []string) error {
			return c.with(func(cl *rpcclient.Client) error {
				if err := cl.Call(cmd.Context(), nil, "vm_unwatch", names[0]); err != nil {
					return err
				}
				if c.app.json {
					return c.app.emit(map[string]string{"dropped": names[0]})
				}
				c.app.printf("dropped %s\n", names[0])
				return nil
			})
		},
	}
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
