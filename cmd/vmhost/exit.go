package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strings"
	"syscall"

	"vmhost/anchoring"
	"vmhost/anchoring/binding"
	"vmhost/anchoring/contracts"
	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/outbox"
	"vmhost/anchoring/signer"
	"vmhost/anchoring/statefile"
	"vmhost/anchoring/watchtower"
	"vmhost/internal/vmabi"
	"vmhost/proofs"
	vmruntime "vmhost/runtime"
)

// Exit codes (interfaces.md section 1).
const (
	exitOK          = 0
	exitNo          = 1
	exitUsage       = 2
	exitEnvironment = 3
)

// class is how an error is told to users: a stable code, and an exit code.
type class struct {
	err  error
	code string
	exit int
}

// classes are tried in order.
func classes() []class {
	return []class{
		{proofs.ErrUnsafeKey, "unsafe-key", exitNo},
		{proofs.ErrTombstonedKey, "withdrawn-key", exitNo},
		{proofs.ErrUnknownKey, "unknown-key", exitNo},
		{proofs.ErrBadProof, "invalid-proof", exitNo},
		{proofs.ErrJournalDiffers, "journal-differs", exitNo},
		{proofs.ErrBadFile, "bad-proof-file", exitUsage},
		{proofs.ErrBadClaim, "bad-claim", exitUsage},
		{proofs.ErrBadKey, "bad-key", exitUsage},
		{proofs.ErrUnknownShape, "unknown-class", exitUsage},
		{proofs.ErrTrapped, "trapped", exitNo},
		{proofs.ErrNotProvable, "not-provable", exitUsage},
		{proofs.ErrBadModule, "bad-module", exitUsage},
		{proofs.ErrTooLarge, "too-large", exitUsage},
		{proofs.ErrDamagedKey, "damaged-key", exitEnvironment},
		{proofs.ErrKeyMissing, "no-key", exitEnvironment},
		{proofs.ErrStore, "key-store", exitEnvironment},
		{proofs.ErrCeremonyContribution, "bad-contribution", exitNo},
		{proofs.ErrCeremonyResult, "other-key", exitNo},
		{proofs.ErrCeremonyPhase, "ceremony-order", exitUsage},
		{proofs.ErrCeremonyBeacon, "bad-beacon", exitUsage},
		{proofs.ErrCeremonyCircuit, "other-circuit", exitUsage},
		{proofs.ErrCeremonyTranscript, "bad-transcript", exitUsage},
		{proofs.ErrCeremonyStorage, "ceremony-folder", exitEnvironment},
		{vmruntime.ErrNotWASM, "not-wasm", exitUsage},
		{vmruntime.ErrMalformed, "malformed-module", exitUsage},
		{vmruntime.ErrInvalid, "invalid-module", exitUsage},
		{vmruntime.ErrSIMD, "simd", exitUsage},
		{vmruntime.ErrThreads, "threads", exitUsage},
		{vmruntime.ErrForeignImport, "foreign-import", exitUsage},
		{vmruntime.ErrUnknownImport, "unknown-import", exitUsage},
		{vmruntime.ErrImportType, "import-type", exitUsage},
		{vmruntime.ErrNoRun, "no-run", exitUsage},
		{vmruntime.ErrRunType, "run-type", exitUsage},
		{vmruntime.ErrMemory, "memory-limit", exitUsage},
		{vmruntime.ErrNotProvable, "not-provable", exitUsage},
		{vmruntime.ErrInputTooLarge, "input-too-large", exitUsage},
		{vmruntime.ErrUnsupported, "unsupported", exitUsage},
		{ethrpc.ErrURL, "bad-url", exitUsage},
		{binding.ErrUnavailable, "state-unavailable", exitEnvironment},
		{statefile.ErrUnverified, "unverified", exitUsage},
		{statefile.ErrHeader, "bad-header", exitUsage},
		{statefile.ErrNoProof, "no-proof", exitUsage},
		{statefile.ErrSlot, "bad-slot", exitUsage},
		{statefile.ErrCommitment, "bad-commitment", exitUsage},
		{statefile.ErrFormat, "bad-state-file", exitUsage},
		{statefile.ErrChainID, "other-chain", exitUsage},
		{statefile.ErrBlock, "bad-block", exitUsage},
		{statefile.ErrHistory, "bad-history", exitUsage},
		{signer.ErrPermissions, "open-key-file", exitUsage},
		{signer.ErrKey, "bad-key", exitUsage},
		{signer.ErrPassword, "bad-password", exitUsage},
		{signer.ErrForged, "forged-signature", exitEnvironment},
		{signer.ErrExternal, "signer", exitEnvironment},
		{anchoring.ErrDeployments, "other-contracts", exitUsage},
		{anchoring.ErrReverted, "reverted", exitNo},
		{anchoring.ErrFenced, "fenced", exitNo},
		{anchoring.ErrNotAnchored, "not-anchored", exitNo},
		{anchoring.ErrWithheld, "withheld", exitNo},
		{errNothingLate, "nothing-late", exitNo},
		{errNothingDue, "nothing-due", exitNo},
		{contracts.ErrMissing, "not-known", exitNo},
		{contracts.ErrBadConfig, "bad-config", exitUsage},
		{watchtower.ErrSpend, "spend-limit", exitNo},
		{watchtower.ErrDamaged, "damaged-watchtower", exitEnvironment},
		{watchtower.ErrEvidence, "evidence", exitEnvironment},
		{outbox.ErrInUse, "in-use", exitEnvironment},
		{outbox.ErrDamaged, "damaged-anchors", exitEnvironment},
		{fs.ErrNotExist, "no-such-file", exitUsage},
		{fs.ErrPermission, "permission", exitEnvironment},
		{syscall.ENOSPC, "disk-full", exitEnvironment},
		{syscall.ECONNREFUSED, "node-down", exitEnvironment},
		{context.Canceled, "interrupted", exitEnvironment},
		{context.DeadlineExceeded, "timeout", exitEnvironment},
	}
}

var (
	// errNothingLate says that no demand can be expired.
	errNothingLate = errors.New("no demand is late")
	// errNothingDue says that the registry owes nothing now.
	errNothingDue = errors.New("nothing is due")
)

func classify(err error) (code string, exit int) {
	var u usageError
	if errors.As(err, &u) {
		return "usage", exitUsage
	}
	for _, c := range classes() {
		if errors.Is(err, c.err) {
			return c.code, c.exit
		}
	}
	var item *binding.ItemError
	var network net.Error
	var trap *vmabi.TrapError
	var path *os.PathError
	switch {
	case errors.As(err, &item):
		return "bad-item", exitUsage
	case errors.As(err, &trap):
		return "trapped", exitNo
	case errors.As(err, &network):
		return "network", exitEnvironment
	case errors.As(err, &path):
		return "file", exitEnvironment
	}
	return "failed", exitEnvironment
}

// report prints an error as `vmhost: <what>: <why>`, or as JSON, and returns
// the exit code.
func (a *app) report(err error) int {
	if errors.Is(err, errNo) {
		return exitNo
	}
	code, exit := classify(err)
	if strings.HasPrefix(err.Error(), "unknown command") {
		code, exit = "usage", exitUsage
	}
	if a.json {
		line := map[string]any{"error": map[string]string{"code": code, "message": err.Error()}}
		if b, jsonErr := json.Marshal(line); jsonErr == nil {
			_, _ = fmt.Fprintf(a.err, "%s\n", b)
			return exit
		}
	}
	_, _ = fmt.Fprintf(a.err, "vmhost: %v\n", err)
	return exit
}
