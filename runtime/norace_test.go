//go:build !race

package runtime_test

const raceFactor = 1
