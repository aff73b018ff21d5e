package main

import (
	"context"
	"fmt"

	"vmhost/testvectors/schema"
)

// jobStory writes a script about the life of jobs: what each is at each moment.
// Ids count up: the first trigger or job is 1.
type jobStory struct {
	lines []string
	id    int
}

func (s *jobStory) do(lines ...string) *jobStory {
	s.lines = append(s.lines, lines...)
	return s
}

// call sends a request and expects a part of its result.
func (s *jobStory) call(method, params, result string) *jobStory {
	s.id++
	return s.do(
		fmt.Sprintf(`--> {"jsonrpc":"2.0","id":%d,"method":"%s","params":%s}`, s.id, method, params),
		fmt.Sprintf(`<-- {"jsonrpc":"2.0","id":%d,"result":%s}`, s.id, result))
}

func (s *jobStory) refused(method, params, code string) *jobStory {
	s.id++
	return s.do(
		fmt.Sprintf(`--> {"jsonrpc":"2.0","id":%d,"method":"%s","params":%s}`, s.id, method, params),
		fmt.Sprintf(`<-- {"jsonrpc":"2.0","id":%d,"error":{"code":%s,"…":true}}`, s.id, code))
}

func jobID(n int) string { return fmt.Sprintf("0x%032x", n) }

func newJobStory() *jobStory {
	return new(jobStory).call("vm_uploadModule", `["0x0061736d0100000073756d"]`, `{"programId":"$program","…":true}`)
}

func (s *jobStory) trigger(prove bool) *jobStory {
	return s.call("vm_createTrigger", fmt.Sprintf(`[{"program":"$program$","on":{"everyBlock":true},"prove":%t}]`, prove), `{"triggerId":"`+jobID(1)+`","…":true}`)
}

func (s *jobStory) submit(n int, input string, duplicate bool) *jobStory {
	return s.call("vm_submitJob", fmt.Sprintf(`[{"program":"$program$","input":"%s","prove":false}]`, input),
		fmt.Sprintf(`{"jobId":"%s","duplicate":%t}`, jobID(n), duplicate))
}

// is expects a job's state, and more of it as JSON members.
func (s *jobStory) is(n int, state string, members ...string) *jobStory {
	want := fmt.Sprintf(`{"jobId":"%s","state":"%s"`, jobID(n), state)
	for _, m := range members {
		want += "," + m
	}
	return s.call("vm_getJob", `["`+jobID(n)+`"]`, want+`,"…":true}`)
}

func at(n int) string { return fmt.Sprintf(`"block":{"number":"%#x","hash":"$_"}`, n) }

func rerun(attempt, of int) string {
	return fmt.Sprintf(`"attempt":%d,"retryOf":"%s"`, attempt, jobID(of))
}

// lives are jobs' life cycles across reorganisations.
func (g *generator) lives(context.Context) ([]*suite, error) {
	s := newSuite(schema.SchemaWsapi, "jobs/lifecycles", "States of jobs across reorganisations, by hand from the architecture's table.")
	add := func(comment string, st *jobStory) {
		s.add(schema.Script{Common: s.next(true, comment, "Reorg"), Lines: st.lines})
	}
	add("a trigger's results of two reverted blocks are undone, and made again on the new branch",
		newJobStory().trigger(false).do("!! advance 3").is(2, "executed", at(1)).is(3, "executed", at(2)).is(4, "executed", at(3)).
			do("!! back 2").is(2, "executed").is(3, "undone").is(4, "undone").
			do("!! advance 3 b").is(3, "undone").is(5, "executed", at(2), rerun(2, 3)).is(6, "executed", at(3), rerun(2, 4)).is(7, "executed", at(4), `"attempt":1`))
	add("twice reverted, twice made again",
		newJobStory().trigger(false).do("!! advance 2").is(3, "executed").
			do("!! back 1", "!! advance 1 b").is(3, "undone").is(4, "executed", rerun(2, 3)).
			do("!! back 1", "!! advance 1 c").is(4, "undone").is(5, "executed", rerun(3, 4)))
	add("an execution that runs when its block is reverted is undone and never reported",
		newJobStory().trigger(false).do("!! hold executor", "!! advance 2", "!! back 1", "!! advance 1 b").is(3, "undone").
			do("!! release executor").is(2, "executed").is(3, "undone").is(4, "executed", rerun(2, 3)))
	add("a proof that runs when its block is reverted is dropped; the block below keeps its own",
		newJobStory().trigger(true).do("!! hold prover", "!! advance 3").is(2, "proving").
			do("!! back 2").is(2, "proving").is(3, "undone").is(4, "undone").
			do("!! release prover", "!! advance 1 b").is(2, "proven").is(3, "undone").is(4, "undone").is(5, "proven", rerun(2, 3)))
	add("a proven result is undone; the one below is not",
		newJobStory().trigger(true).do("!! advance 2").is(3, "proven").do("!! back 1").is(3, "undone").is(2, "proven"))
	add("a trap is a result, undone like any other",
		newJobStory().do("!! advance 2").submit(1, "0x747261703a756e726561636861626c65", false).do("!! settle").
			is(1, "failed", `"failure":{"class":"trap","reason":"unreachable"}`).do("!! back 1").is(1, "undone"))
	add("the same work is done once a block",
		newJobStory().do("!! advance 1").submit(1, "0x61", false).do("!! settle").submit(1, "0x61", true).
			submit(2, "0x62", false).do("!! settle", "!! advance 1").submit(3, "0x61", false).do("!! settle").
			is(1, "executed", at(1)).is(2, "executed", at(1)).is(3, "executed", at(2)))
	add("a job that waits is cancelled; a finished one is not",
		newJobStory().do("!! advance 1", "!! hold executor").submit(1, "0x61", false).submit(2, "0x62", false).
			call("vm_cancelJob", `["`+jobID(2)+`"]`, "true").is(2, "cancelled").
			do("!! release executor").is(1, "executed").is(2, "cancelled").refused("vm_cancelJob", `["`+jobID(1)+`"]`, "-32006"))
	add("anchored and finalized are facts beside the state",
		newJobStory().trigger(true).do("!! advance 2").is(2, "proven", `"finalized":false`).
			do("!! anchor 1", "!! finalize 1").is(2, "proven", `"finalized":true`, `"anchored":"$_"`).is(3, "proven", `"finalized":false`))
	return []*suite{s}, nil
}
