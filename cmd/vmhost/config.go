package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"gopkg.in/yaml.v3"
)

// envName is the environment variable of a flag: anchor-key, VMHOST_ANCHOR_KEY.
func envName(flag string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// envPrefix begins the environment variable of a flag: VMHOST_ANCHOR_KEY for
// anchor-key.
const envPrefix = "VMHOST_"

// fillFlags sets the command's own flags that were not given, from the
// environment or else from the configuration file. A name in the file that is
// no flag is an error: it would be ignored silently otherwise.
func fillFlags(cmd *cobra.Command, config string) error {
	if config == "" {
		config = os.Getenv(envName("config"))
	}
	values, err := readConfig(config)
	if err != nil {
		return err
	}
	from := map[string]string{}
	var errs []error
	for name := range values {
		from[name] = config
		if cmd.LocalNonPersistentFlags().Lookup(name) == nil || name == "config" {
			errs = append(errs, fmt.Errorf("%s: unknown setting %q", config, name))
		}
	}
	for _, entry := range os.Environ() {
		env, value, _ := strings.Cut(entry, "=")
		name := strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(env, envPrefix), "_", "-"))
		if strings.HasPrefix(env, envPrefix) && cmd.LocalNonPersistentFlags().Lookup(name) != nil {
			values[name], from[name] = value, env
		}
	}
	for name, value := range values {
		f := cmd.LocalNonPersistentFlags().Lookup(name)
		if f == nil || f.Changed || name == "config" {
			continue
		}
		if err := f.Value.Set(value); err != nil {
			errs = append(errs, fmt.Errorf("%s: %s: %w", from[name], name, err))
		}
	}
	if len(errs) > 0 {
		return usage(errors.Join(errs...))
	}
	return nil
}

// readConfig reads a flat YAML file; lists become comma-separated values.
func readConfig(name string) (map[string]string, error) {
	out := map[string]string{}
	if name == "" {
		return out, nil
	}
	b, err := new(app).readFile(name)
	if err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	raw := map[string]yaml.Node{}
	if err := yaml.NewDecoder(bytes.NewReader(b)).Decode(&raw); err != nil && !errors.Is(err, io.EOF) {
		return nil, usagef("config: %s: %w", name, err)
	}
	for key, node := range raw {
		switch node.Kind {
		case yaml.ScalarNode:
			out[key] = node.Value
		case yaml.SequenceNode:
			var list []string
			if err := node.Decode(&list); err != nil {
				return nil, usagef("config: %s: %s: %w", name, key, err)
			}
			out[key] = strings.Join(list, ",")
		default:
			return nil, usagef("config: %s: %s: want a value or a list", name, key)
		}
	}
	return out, nil
}
