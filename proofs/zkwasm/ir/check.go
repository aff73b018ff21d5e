package ir

// Check is the registration check.
func Check(p *Program) error { return nil }
