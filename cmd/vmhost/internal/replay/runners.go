package replay

import (
	"vmhost/testvectors/schema"
)

// runners by schema.
func runners() map[string]Runner {
	return map[string]Runner{
		schema.SchemaProgram:    program,
		schema.SchemaRuntime:    runModule,
		schema.SchemaStatecache: stateCache,
		schema.SchemaProofs:     proof,
	}
}
