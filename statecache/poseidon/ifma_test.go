//go:build amd64 && !purego

package poseidon

import (
	"bufio"
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// TestEmulatedIFMA runs the committed text of the IFMA kernel on any processor;
// where there is one with IFMA, TestKernels… run the kernel itself.
func TestEmulatedIFMA(t *testing.T) {
	e := newEmulator(t, "ifma_amd64.s", "permuteIFMA")
	k := kernel{"emulated IFMA", func(dst []fr.Element, in [][8]fr.Element) { hashEights(dst, in, e.run) }}
	r := rand.New(rand.NewPCG(9, 10))
	in := make([][8]fr.Element, 8*4+3)
	for i := range in {
		same := extreme(r)
		for j := range in[i] {
			if in[i][j] = extreme(r); i < 12 {
				in[i][j] = same
			}
		}
	}
	checkRows(t, k, in)
}

// TestAssembledIFMA reads the assembled kernel out of a test binary (one with
// symbols, which go test's own has not) with LLVM's disassembler, where there is one: the vector instructions are those of
// the text, operand by operand.
func TestAssembledIFMA(t *testing.T) {
	tool := ""
	for _, name := range []string{"llvm-objdump", "llvm-objdump-19"} {
		if path, err := exec.LookPath(name); err == nil {
			tool = path
		}
	}
	if tool == "" || testing.Short() {
		t.Skip("no llvm-objdump, or -short")
	}
	exe := filepath.Join(t.TempDir(), "poseidon.test")
	if out, err := exec.CommandContext(t.Context(), "go", "test", "-c", "-o", exe, ".").CombinedOutput(); err != nil {
		t.Fatalf("go test -c: %v\n%s", err, out)
	}
	dump, err := exec.CommandContext(t.Context(), tool, "-d", "--no-show-raw-insn", "--disassemble-symbols=vmhost/statecache/poseidon.permuteIFMA.abi0", exe).Output()
	if err != nil {
		t.Skipf("%s: %v", tool, err)
	}
	text, err := os.ReadFile("ifma_amd64.s")
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, line := range strings.Split(string(text), "\n") {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "V") {
			want = append(want, strings.ToLower(line))
		}
	}
	hex := regexp.MustCompile(`-?0x[0-9a-f]+`)
	for in := bufio.NewScanner(bytes.NewReader(dump)); in.Scan(); {
		_, line, ok := strings.Cut(in.Text(), "\tv")
		if !ok {
			continue
		}
		name, operands, _ := strings.Cut(strings.TrimSpace("v"+line), "\t")
		operands = hex.ReplaceAllStringFunc(operands, func(s string) string {
			n, _ := strconv.ParseInt(s, 0, 64)
			return strconv.FormatInt(n, 10)
		})
		if cast := strings.Contains(operands, "{1to8}"); cast {
			name, operands = name+".bcst", strings.ReplaceAll(operands, "{1to8}", "")
		}
		operands = strings.NewReplacer("%zmm", "z", "%", "").Replace(operands)
		operands = regexp.MustCompile(`(^| )\(`).ReplaceAllString(operands, "${1}0(")
		operands = strings.NewReplacer("rsi", "si", "rdi", "di", "rax", "ax").Replace(operands)
		got = append(got, strings.TrimSpace(name+" "+operands))
	}
	if len(got) != len(want) {
		t.Fatalf("%d vector instructions assembled, %d written", len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("instruction %d: assembled %q, written %q", i, got[i], want[i])
		}
	}
}
