// Package spec holds what the example guests share with their tests: what a job
// gives a guest to see, and what must come out.
//
// Jobs and outcomes are plain values; nothing here is safe or unsafe for
// concurrent use beyond that. A run that does not succeed is no error: its Outcome
// has a trap. Only Job.View returns errors, those of statecache.FromState.
package spec
