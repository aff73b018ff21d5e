package follower

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"
)

// Stories of testdata/prefer: nodes are numbered in order of preference, times
// are since the beginning.
func TestPreferenceStories(t *testing.T) {
	datadriven.Walk(t, "testdata/prefer", func(t *testing.T, path string) {
		var p preference
		start := time.Unix(1_000_000, 0)
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			at := func(key string) time.Time {
				var text string
				d.ScanArgs(t, key, &text)
				after, err := time.ParseDuration(text)
				if err != nil {
					t.Fatal(err)
				}
				return start.Add(after)
			}
			var node int
			if d.HasArg("node") {
				d.ScanArgs(t, "node", &node)
			}
			switch d.Cmd {
			case "new":
				var nodes int
				d.ScanArgs(t, "nodes", &nodes)
				p = newPreference(nodes, at("after").Sub(start))
			case "take":
				p.took(at("at"), node)
			case "leave":
				p.left(at("at"))
			case "look": // every so often, from one time to another
				var failed time.Time
				if d.HasArg("failed") {
					failed = at("failed")
				}
				from, step := at("from"), at("every").Sub(start)
				for now := from; !now.After(at("to")); now = now.Add(step) {
					if p.look(now, node, !d.HasArg("unfit"), failed) {
						return fmt.Sprintf("return to %d at %v\n", node, now.Sub(start))
					}
				}
				return "stay\n"
			case "needs":
				var out []string
				for _, n := range p.nodes {
					out = append(out, n.need.String())
				}
				return strings.Join(out, " ") + "\n"
			default:
				t.Fatalf("unknown command %s", d.Cmd)
			}
			return ""
		})
	})
}
