package examples

import (
	balancedist "vmhost/examples/wasm/balance-dist"
	movingaverage "vmhost/examples/wasm/moving-average"
	reserveratio "vmhost/examples/wasm/reserve-ratio"
	"vmhost/examples/wasm/spec"
	widesum "vmhost/examples/wasm/wide-sum"
)

// Lang is the language that a module was compiled from.
type Lang string

// Languages.
const (
	C              Lang = "c"
	AssemblyScript Lang = "as"
)

// Example is one program in one language. Programs of the same Name give the
// same journal, so they share Reference and Jobs.
type Example struct {
	Name        string                      // of the program and of its folder, e.g. "reserve-ratio"
	Lang        Lang                        // what it was compiled from
	Wasm        []byte                      // the module
	Collections []string                    // what must be watched for it
	Reference   func(spec.Job) spec.Outcome // what a run must give, on any job
	Jobs        []spec.Job                  // ordinary jobs, edges, failures; the first one is ordinary
}

// All returns every example in every language, programs in the order of the
// README, C first.
func All() []Example {
	var all []Example
	add := func(name, collection string, c, as []byte, reference func(spec.Job) spec.Outcome, jobs func() []spec.Job) {
		e := Example{Name: name, Lang: C, Wasm: c, Collections: []string{collection}, Reference: reference, Jobs: jobs()}
		all = append(all, e)
		e.Lang, e.Wasm, e.Jobs = AssemblyScript, as, jobs()
		all = append(all, e)
	}
	add(reserveratio.Name, reserveratio.Collection, reserveratio.C(), reserveratio.AssemblyScript(), reserveratio.Reference, reserveratio.Jobs)
	add(balancedist.Name, balancedist.Collection, balancedist.C(), balancedist.AssemblyScript(), balancedist.Reference, balancedist.Jobs)
	add(movingaverage.Name, movingaverage.Collection, movingaverage.C(), movingaverage.AssemblyScript(), movingaverage.Reference, movingaverage.Jobs)
	add(widesum.Name, widesum.Collection, widesum.C(), widesum.AssemblyScript(), widesum.Reference, widesum.Jobs)
	return all
}

// Find returns the example of that name and language.
func Find(name string, lang Lang) (Example, bool) {
	for _, e := range All() {
		if e.Name == name && e.Lang == lang {
			return e, true
		}
	}
	return Example{}, false
}
