# Tools, pinned. `make help` lists the targets.
golangci_lint := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

GO          ?= go
BIN         := bin/vmhost
LDFLAGS     := -s -w
GOTESTFLAGS ?= -timeout 25m
FUZZTIME    ?= 20s
export GOFLAGS := -buildvcs=false

.DEFAULT_GOAL := help

#? help: list the targets
.PHONY: help
help:
	@sed -n 's/^#? //p' $(MAKEFILE_LIST) | sort | awk -F': ' '{printf "  \033[36m%-14s\033[0m %s\n", $$1, $$2}'

#? dev: build, then run the whole system on an embedded chain (dashboard on http://127.0.0.1:8547)
.PHONY: dev
dev: build
	$(BIN) dev

#? build: build the one static binary, bin/vmhost
.PHONY: build
build:
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN) ./cmd/vmhost

#? geth: build go-ethereum's own node for the tests that need one: build/geth, to be named by VMHOST_GETH
.PHONY: geth
geth:
	cd anchoring/testdata/geth && $(GO) build -ldflags '-s -w' -o $(CURDIR)/build/geth github.com/ethereum/go-ethereum/cmd/geth

#? test: run all tests
.PHONY: test
test:
	$(GO) test $(GOTESTFLAGS) ./...
	$(GO) run ./cmd/vmhost replay testvectors

#? test-race: run the concurrent packages under the race detector (needs gcc)
.PHONY: test-race
test-race:
	$(GO) test -race -short $(GOTESTFLAGS) ./statecache/... ./jobs/... ./wsapi/... ./anchoring/follower/...

#? test-prover: run the proving tests of the larger classes too
.PHONY: test-prover
test-prover:
	VMHOST_ALL_KEYS=1 $(GO) test $(GOTESTFLAGS) ./proofs/...

#? ablate: switch every constraint of the circuit off in turn: a cheat must get through (a few minutes)
.PHONY: ablate
ablate:
	VMHOST_ABLATE=1 $(GO) test $(GOTESTFLAGS) -count=1 -run 'TestAblation' -v ./proofs/zkwasm/circuit

#? faults: follow a dev chain through thousands of injected faults and print them by kind (5 minutes)
.PHONY: faults
faults:
	VMHOST_LONG=1 $(GO) test $(GOTESTFLAGS) -count=1 -timeout 30m -run 'TestSurvives' -v ./anchoring

#? bench: print the headline figures of this machine
.PHONY: bench
bench: build
	$(BIN) bench

#? report-anchoring: print what binding costs here, proofs a second, calls and bytes a block, time from head to bound (a minute)
.PHONY: report-anchoring
report-anchoring:
	@{ $(GO) test -run '^$$' -bench BenchmarkProofs ./anchoring/binding; \
	   $(GO) test -run '^$$' -bench 'BenchmarkBlock/slots=(10|100|1000)$$|BenchmarkHeadToApplied' -benchtime 30x ./anchoring; } | \
	  awk '/^Benchmark/ {printf "%-28s", $$1; for (i = 3; i < NF; i += 2) printf " %s %s ", $$i, $$(i+1); print ""} /^(cpu|FAIL|panic)/'
	@echo gas; cat anchoring/contracts/testdata/gas-anchors.golden

#? fuzz: fuzz every decoder of untrusted bytes for FUZZTIME each
.PHONY: fuzz
fuzz:
	@for p in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz' || true); do \
	    echo "fuzz $$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzzminimizetime 20x -fuzztime $(FUZZTIME) $$p || exit 1; \
	  done; done

#? wasm: rebuild the example and kernel modules (clang-19, lld-19, npm)
.PHONY: wasm wasm-check
wasm:
	examples/wasm/build.sh
	proofs/zkwasm/kernels/build.sh
wasm-check:
	examples/wasm/build.sh --check
	proofs/zkwasm/kernels/build.sh --check

#? contracts: rebuild ABI, bytecode and bindings of the contracts (npm solc)
.PHONY: contracts contracts-check
contracts:
	anchoring/contracts/build/build.sh
contracts-check:
	anchoring/contracts/build/build.sh --check

#? vectors: regenerate the test vectors from the naive implementations
.PHONY: vectors vectors-check vectors-proofs
vectors:
	$(GO) run ./testvectors/gen
vectors-check:
	$(GO) run ./testvectors/gen -check

#? vectors-proofs: make the test vectors' proofs anew (after a change of circuit or keys)
vectors-proofs:
	$(GO) run ./testvectors/gen -proofs

#? keys: pin keys, make the vectors' proofs anew (after a change of the circuit)
.PHONY: keys
keys:
	$(GO) generate ./proofs/verifier
	$(GO) run ./testvectors/gen -proofs

#? lint: run golangci-lint at the pinned version
.PHONY: lint
lint:
	$(GO) run $(golangci_lint) run ./...

#? check: formatting, vet, lint and a tidy go.mod
.PHONY: check
check: lint
	test -z "$$(gofmt -l $$(git ls-files '*.go'))"
	$(GO) vet ./...
	$(GO) mod tidy -diff

#? ci: what CI runs
.PHONY: ci
ci:
	.ci/run

#? clean: remove what was built
.PHONY: clean
clean:
	rm -rf bin build
