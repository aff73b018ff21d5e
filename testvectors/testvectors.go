// Package testvectors holds the recorded test vectors of the project, one
// folder an area. Package schema describes the files, `go run ./testvectors/gen`
// writes them, `vmhost replay testvectors` runs them.
//
// Until 1.0 a change of a format regenerates them in one reviewed diff; from
// then on they are append-only.
package testvectors

import "embed"

// Files are all vector files, by their paths below this folder.
//
//go:embed */*.json
var Files embed.FS
