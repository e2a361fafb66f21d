package main

import (
	"bufio"
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// lastBMP is the last rune of the Basic Multilingual Plane. Pairs beyond it are
// left out: they would change the byte length of a text far more often than they
// would help anybody find anything.
const lastBMP = 0xFFFF

// buildSimplified makes the rune table from OpenCC's tables in dir: traditional to
// simplified characters, and CJK compatibility ideographs to their unified form.
// Each value is final: looking it up again changes nothing.
func buildSimplified(dir string) (map[rune]rune, error) {
	direct := make(map[rune]rune)
	for _, name := range []string{"CJK_Compatibility_Ideographs.txt", "TSCharacters.txt", "TSCharactersExt.txt"} {
		if err := readPairs(filepath.Join(dir, name), direct); err != nil {
			return nil, err
		}
	}

	table := make(map[rune]rune, len(direct))
	for _, key := range slices.Sorted(maps.Keys(direct)) {
		target := direct[key]
		// A chain (薴 → 苧 → 苎) is followed to its end. No chain can be longer
		// than the table unless it runs in a circle.
		for range len(direct) {
			next, ok := direct[target]
			if !ok {
				break
			}
			target = next
		}
		if _, ok := direct[target]; ok {
			return nil, fmt.Errorf("%c (U+%04X) is mapped in a circle", key, key)
		}
		table[key] = target
	}
	return table, nil
}

// readPairs adds the pairs of one OpenCC table to pairs: the key and the first of
// its targets, where both are one rune of the BMP and differ.
func readPairs(name string, pairs map[rune]rune) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		left, right, ok := strings.Cut(line, "\t")
		if !ok {
			return fmt.Errorf("%s: no tab in line %q", name, line)
		}
		first, _, _ := strings.Cut(right, " ")
		key, ok1 := single(left)
		target, ok2 := single(first)
		if !ok1 || !ok2 || key == target || key > lastBMP || target > lastBMP {
			continue
		}
		if old, ok := pairs[key]; ok && old != target {
			return fmt.Errorf("%s: %c has two targets, %c and %c", name, key, old, target)
		}
		pairs[key] = target
	}
	return lines.Err()
}

// single returns the rune of a string that holds exactly one.
func single(s string) (rune, bool) {
	r, size := utf8.DecodeRuneInString(s)
	return r, size > 0 && size == len(s) && r != utf8.RuneError
}

func writeSimplified(name string, table map[rune]rune) error {
	var out bytes.Buffer
	for _, key := range slices.Sorted(maps.Keys(table)) {
		fmt.Fprintf(&out, "%c\t%c\n", key, table[key])
	}
	return os.WriteFile(name, out.Bytes(), 0o644)
}

func readSimplified(name string) (map[rune]rune, error) {
	table := make(map[rune]rune)
	if err := readPairs(name, table); err != nil {
		return nil, err
	}
	for key, target := range table {
		if _, ok := table[target]; ok {
			return nil, fmt.Errorf("%s: %c leads to %c, which is itself a key", name, key, target)
		}
	}
	return table, nil
}

// folder brings words and texts to the form in which they are compared: white space
// dropped, full-width forms to ASCII, lower case, simplified characters. It is rune
// for rune; the analyzers package has the full rules.
type folder struct {
	simplified map[rune]rune
}

func (f folder) rune(r rune) rune {
	switch {
	case r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\u00a0' || r == '\u3000':
		return -1
	case r >= '\uff01' && r <= '\uff5e':
		r -= '\uff01' - '!'
	}
	if r >= 'A' && r <= 'Z' {
		r += 'a' - 'A'
	}
	if to, ok := f.simplified[r]; ok {
		return to
	}
	return r
}

func (f folder) string(s string) string {
	return strings.Map(f.rune, s)
}
