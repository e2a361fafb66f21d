// Command gen makes suggest/pinyin/data/readings.txt and phrases.txt from the Python package pypinyin, whose tables are
// those of pinyin-data and phrase-pinyin-data. It reads local files and never touches the network:
//
//	pip download --no-deps pypinyin==0.55.0 && unzip pypinyin-*.whl -d DIR
//	go run ./suggest/pinyin/data/gen -pypinyin DIR/pypinyin -words analyzers/data -out suggest/pinyin/data
//
// Tones are dropped, ü is v. A line of readings.txt is a list of readings, the usual one first, a tab, and the characters that
// have them. A line of phrases.txt is a word of the word lists with a character of several readings, a tab, and its reading.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

func main() {
	from := flag.String("pypinyin", "", "folder with pinyin_dict.json and phrases_dict.json")
	words := flag.String("words", "analyzers/data", "folder with words.txt.gz, administrative.txt and simplified.txt")
	out := flag.String("out", "suggest/pinyin/data", "folder to write")
	flag.Parse()
	if err := run(*from, *words, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(from, words, out string) error {
	var dict map[string]string
	if err := readJSON(filepath.Join(from, "pinyin_dict.json"), &dict); err != nil {
		return err
	}
	var phrases map[string][][]string
	if err := readJSON(filepath.Join(from, "phrases_dict.json"), &phrases); err != nil {
		return err
	}
	folded, err := os.ReadFile(filepath.Join(words, "simplified.txt"))
	if err != nil {
		return err
	}
	traditional := map[rune]bool{}
	for line := range strings.Lines(string(folded)) {
		r, _ := utf8.DecodeRuneInString(line)
		traditional[r] = true
	}
	known, err := wordList(words)
	if err != nil {
		return err
	}

	of := map[rune][]string{}
	groups := map[string][]rune{}
	for code, toned := range dict {
		n, err := strconv.Atoi(code)
		if err != nil {
			return fmt.Errorf("read character %s: %w", code, err)
		}
		r := rune(n)
		if r < 0x4e00 || r > 0x9fff || traditional[r] {
			continue // text is folded before it is read
		}
		for _, syllable := range strings.Split(toned, ",") {
			if plain := toneless(syllable); plain != "" && !slices.Contains(of[r], plain) {
				of[r] = append(of[r], plain)
			}
		}
		key := strings.Join(of[r], " ")
		if key == "" {
			continue
		}
		groups[key] = append(groups[key], r)
	}
	var readings bytes.Buffer
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		slices.Sort(groups[key])
		fmt.Fprintf(&readings, "%s\t%s\n", key, string(groups[key]))
	}

	var lines bytes.Buffer
	for _, phrase := range slices.Sorted(maps.Keys(phrases)) {
		toned := phrases[phrase]
		if utf8.RuneCountInString(phrase) != len(toned) || !known[phrase] {
			continue
		}
		var syllables []string
		several := false
		for i, r := range []rune(phrase) {
			plain := toneless(toned[i][0])
			if !slices.Contains(of[r], plain) {
				syllables = nil
				break
			}
			several = several || len(of[r]) > 1
			syllables = append(syllables, plain)
		}
		if several && len(syllables) > 1 {
			fmt.Fprintf(&lines, "%s\t%s\n", phrase, strings.Join(syllables, " "))
		}
	}
	if err := os.WriteFile(filepath.Join(out, "readings.txt"), readings.Bytes(), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "phrases.txt"), lines.Bytes(), 0o644)
}

func readJSON(path string, value any) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, value)
}

// wordList returns the words of both lists.
func wordList(dir string) (map[string]bool, error) {
	known := map[string]bool{}
	f, err := os.Open(filepath.Join(dir, "words.txt.gz"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	own, err := os.Open(filepath.Join(dir, "administrative.txt"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = own.Close() }()
	lines := bufio.NewScanner(io.MultiReader(unpacked, own))
	for lines.Scan() {
		word, _, _ := strings.Cut(lines.Text(), "\t")
		word, _, _ = strings.Cut(word, " ")
		known[word] = true
	}
	return known, lines.Err()
}

var plainVowels = strings.NewReplacer(
	"ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e", "ê", "e", "ế", "e", "ề", "e", "ê̄", "e", "ê̌", "e",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o", "ū", "u", "ú", "u", "ǔ", "u", "ù", "u",
	"ü", "v", "ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v", "ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m", "\u0300", "", "\u0304", "", "\u030c", "",
)

// toneless is a syllable in letters a to z; "" for what is none, such as m and hng.
func toneless(syllable string) string {
	plain := plainVowels.Replace(strings.TrimSpace(syllable))
	if !strings.ContainsAny(plain, "aeiouv") || strings.ContainsFunc(plain, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return ""
	}
	return plain
}
