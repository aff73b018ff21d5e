// Package clienttest runs stock clients against a server: viem and ethers from
// npm (exact versions in package.json), and the dashboard in Chromium.
//
// The tests need node, the packages (npm ci --ignore-scripts in this folder),
// and for the page /usr/bin/chromium. Without them they fail when CI=true and
// are skipped with a message otherwise.
//
// By default the server runs in the test, on fakes, and the test moves the
// chain. With VMHOST_URL (http://host:port of a running server whose chain moves by
// itself) the same scripts watch that server; VMHOST_REORG_RPC names the RPC
// endpoint of its development chain, which is then asked for reorganisations.
package clienttest
