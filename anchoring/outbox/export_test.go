package outbox

// Break closes the file under the store.
func (s *File) Break() { _ = s.f.Close() }

// SetCompact sets after how many overwritten values the file is written anew.
func (s *File) SetCompact(n int) { s.compact = n }
