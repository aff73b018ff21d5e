package signer

import "errors"

var (
	// ErrKey says that a file holds no private key, or none that can be used.
	ErrKey = errors.New("signer: no usable private key")
	// ErrPermissions says that others may read a file with a secret.
	ErrPermissions = errors.New("signer: file with a secret is readable by others")
	// ErrPassword says that a keystore file does not open with the password.
	ErrPassword = errors.New("signer: wrong password, or a damaged keystore file")
	// ErrExternal says that an external signer did not answer, or refused.
	ErrExternal = errors.New("signer: external signer")
	// ErrForged says that an external signer returned something else than a
	// signature of what it was given.
	ErrForged = errors.New("signer: external signer returned another transaction")
)
