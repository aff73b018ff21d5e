// Package signer signs transactions: with a private key from a file that only
// its owner may read, with an encrypted keystore file, or by an external signer
// (clef or anything else that answers account_signTransaction).
//
// # Secrets
//
// Keys and passwords come from files or a terminal, never from arguments. They
// are in no error, no log line and no String method. A key lives in this
// process's memory for as long as its Signer; an external signer's never does.
//
// # What an external signer returns
//
// Is compared with what was asked, by the hash that is signed (recipient, data,
// value, nonce, gas, fees, chain id), and by the recovered account.
//
// # Errors
//
// See errors.go.
package signer
