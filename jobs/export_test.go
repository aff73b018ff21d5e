package jobs

// What tests outside the package need of its inside.
var (
	AppendFrame  = appendFrame
	EncodeBatch  = encodeBatch
	DecodeBatch  = decodeBatch
	DecodeRecord = decodeRecord
	ContentKey   = contentKey
)

// ApplyRecord folds one record into an empty state.
func ApplyRecord(r *Record) { _ = newCore().apply(r) }

// Encode returns the Manager's state in its durable form.
func (m *Manager) Encode() ([]byte, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.core.encode()
}
