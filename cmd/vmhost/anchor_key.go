package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"vmhost/anchoring/signer"
)

// keyFlags say whose key signs: at most one of a key file, a keystore file and
// an external signer. Nothing secret is an argument.
type keyFlags struct{ file, keystore, password, signer, account string }

func (k *keyFlags) add(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&k.file, "anchor-key", "", "file (mode 0600) with the private key that anchors, in hex")
	fs.StringVar(&k.keystore, "keystore", "", "encrypted keystore file of the key that anchors")
	fs.StringVar(&k.password, "password", "", "file (mode 0600) with the keystore's password; asked for on a terminal without it")
	fs.StringVar(&k.signer, "signer", "", "external signer (clef): http(s)://… or the path of its socket")
	fs.StringVar(&k.account, "signer-account", "", "account of the external signer, if it has several")
}

func (k *keyFlags) given() bool { return k.name() != "" }

// name is the flag that was given.
func (k *keyFlags) name() string {
	switch {
	case k.file != "":
		return "anchor-key"
	case k.keystore != "":
		return "keystore"
	case k.signer != "":
		return "signer"
	}
	return ""
}

func (k *keyFlags) check() error {
	n := 0
	for _, s := range []string{k.file, k.keystore, k.signer} {
		if s != "" {
			n++
		}
	}
	if n > 1 {
		return usagef("--anchor-key, --keystore, --signer: only one of them")
	}
	_, err := parseAddress("signer-account", k.account)
	return err
}

// open returns the signer, nil if no key was given.
func (k *keyFlags) open(ctx context.Context, a *app) (signer.Signer, func(), error) {
	if err := k.check(); err != nil {
		return nil, nil, err
	}
	none := func() {}
	switch k.name() {
	case "anchor-key":
		s, err := signer.FromKeyFile(k.file)
		return s, none, err
	case "keystore":
		ask := a.askPassword
		if k.password != "" {
			ask = signer.PasswordFile(k.password)
		}
		s, err := signer.FromKeystore(k.keystore, ask)
		return s, none, err
	case "signer":
		account, err := parseAddress("signer-account", k.account)
		if err != nil {
			return nil, nil, err
		}
		return signer.External(ctx, signer.ExternalOptions{URL: k.signer, Account: account})
	}
	return nil, none, nil
}

// askPassword reads a password from the terminal without showing it.
func (a *app) askPassword() (string, error) {
	f, ok := a.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return "", usagef("no terminal to ask for the keystore's password: use --password FILE")
	}
	_, _ = fmt.Fprint(a.err, "Password of the keystore: ")
	b, err := term.ReadPassword(int(f.Fd()))
	_, _ = fmt.Fprintln(a.err)
	return string(b), err
}
