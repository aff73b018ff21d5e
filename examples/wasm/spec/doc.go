// Package spec holds what the example guests share with their tests: what a job
// gives a guest to see, and what must come out.
//
// Jobs and outcomes are plain values; nothing here is safe or unsafe for
// concurrent use beyond that, and nothing returns errors: a run that does not
// succeed has a trap in its Outcome.
package spec
