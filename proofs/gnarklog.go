package proofs

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"slices"

	"github.com/consensys/gnark/logger"
)

// RedirectGnarkLog sends gnark's own log, which otherwise goes to standard
// output, to log: warnings and errors at their level, the rest at debug. The
// log is one for the whole process: call this once, at start, before anything
// is compiled or proven.
func RedirectGnarkLog(log *slog.Logger) { logger.SetOutput(gnarkLog{log}) }

// gnarkLog takes the JSON lines of gnark's logger.
type gnarkLog struct{ log *slog.Logger }

func (g gnarkLog) Write(line []byte) (int, error) {
	var m map[string]any
	if json.Unmarshal(line, &m) != nil {
		m = map[string]any{"message": string(bytes.TrimSpace(line))}
	}
	level := slog.LevelDebug
	switch m["level"] {
	case "warn":
		level = slog.LevelWarn
	case "error", "fatal", "panic":
		level = slog.LevelError
	}
	text, _ := m["message"].(string)
	attrs := []slog.Attr{slog.String("source", "gnark")}
	for _, k := range slices.Sorted(maps.Keys(m)) {
		if k != "level" && k != "message" && k != "time" {
			attrs = append(attrs, slog.Any(k, m[k]))
		}
	}
	g.log.LogAttrs(context.Background(), level, text, attrs...)
	return len(line), nil
}
