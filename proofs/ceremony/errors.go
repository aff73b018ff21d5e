package ceremony

import "errors"

var (
	// ErrTranscript means that ceremony.json is missing, unreadable, or of another format.
	ErrTranscript = errors.New("ceremony transcript is unusable")
	// ErrCircuit means that the ceremony is for another circuit or version.
	ErrCircuit = errors.New("ceremony is for another circuit")
	// ErrContribution means that a contribution is damaged or not a valid
	// successor of the one before.
	ErrContribution = errors.New("invalid contribution")
	// ErrPhase means that a step was asked for out of order.
	ErrPhase = errors.New("not possible in this phase")
	// ErrBeacon means that the beacon is too short to be one.
	ErrBeacon = errors.New("beacon must have 16 to 64 bytes")
	// ErrResult means that the keys do not come out as the transcript says.
	ErrResult = errors.New("ceremony gives another key")
	// ErrStorage means that the folder cannot be read or written.
	ErrStorage = errors.New("ceremony folder failed")
)
