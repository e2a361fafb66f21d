// Package correction answers "What does a person say of documents that were read wrongly?"
//
// Useful for: the files of corrections that lie beside documents, as YAML or CSV. Not for: what the values mean, and which
// documents they are for, which package indexer knows.
package correction

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"gongwen/indexer/format"
)

// Names are those of the files that correct what lies in their folder and below; of two in one folder the later goes
// before the earlier.
var Names = []string{"gongwen.corrections.csv", "gongwen.corrections.yaml"}

// IsName reports whether a file of this name holds corrections.
func IsName(name string) bool { return slices.Contains(Names, name) }

// Clear is the value that empties a field.
const Clear = "-"

// MaxSize is the most bytes of a file of corrections.
const MaxSize = 8 << 20

// Row corrects one document, or all those of a file or folder.
type Row struct {
	Line   int               // from 1
	Key    string            // the ID of a document, or a path, parted by "/"; "." for all in the folder
	Values map[string]string // by field: see Fields; Clear empties it
}

// Fields are the fields that can be corrected, as in a report of an indexing run.
var Fields = []string{"title", "kind", "year", "published", "signed", "source", "issuer", "region", "number", "status", "url"}

// Fault is what could not be used of a file, and why: a sentence for the person who wrote it.
type Fault struct {
	Line   int // from 1; 0 for the file
	Reason string
}

// UnreadableError says that nothing of a file counts.
type UnreadableError struct{ Fault }

func (e *UnreadableError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Reason) }

func unreadable(line int, reason string, values ...any) error {
	return &UnreadableError{fault(line, reason, values...)}
}

func fault(line int, reason string, values ...any) Fault {
	return Fault{line, fmt.Sprintf(reason, values...)}
}

// Read reads corrections; name says by its end whether they are YAML or CSV. What is wrong with a line is a fault, and the
// others count; the error, an *UnreadableError, says that nothing can be read.
func Read(name string, data []byte) (rows []Row, faults []Fault, err error) {
	if len(data) > MaxSize {
		return nil, nil, unreadable(0, "更正表超过 %d MB，没有采用", MaxSize>>20)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, nil, nil
	}
	decoded, err := format.Decode(data, "")
	if err != nil {
		return nil, nil, unreadable(0, "无法识别文字编码；请另存为 UTF-8")
	}
	r := &reader{lines: map[string]int{}}
	switch strings.ToLower(path.Ext(name)) {
	case ".csv":
		err = r.csv(decoded.Text)
	case ".yaml", ".yml":
		err = r.yaml(decoded.Text)
	default:
		err = unreadable(0, "更正表应当是 .yaml 或 .csv 文件")
	}
	if err != nil {
		return nil, nil, err
	}
	return r.rows, r.faults, nil
}

// reader gathers rows.
type reader struct {
	rows   []Row
	faults []Fault
	lines  map[string]int // of the keys
}

func (r *reader) fail(line int, reason string, values ...any) {
	r.faults = append(r.faults, fault(line, reason, values...))
}

// add takes a row; a key that comes again changes what it gives anew.
func (r *reader) add(row Row) {
	row.Key = strings.TrimPrefix(strings.ReplaceAll(row.Key, `\`, "/"), "./")
	if len(row.Key) > 1 {
		row.Key = strings.TrimSuffix(row.Key, "/")
	}
	if row.Key == "" {
		r.fail(row.Line, "没有写明是哪一篇：请填编号或文件路径")
		return
	}
	if strings.ContainsAny(row.Key, "\r\n") {
		r.fail(row.Line, "编号或文件路径里有换行，可能是引号没有配对；没有采用")
		return
	}
	for _, field := range Fields {
		if strings.ContainsAny(row.Values[field], "\r\n") {
			r.fail(row.Line, "%s 里有换行，可能是引号没有配对；没有采用", field)
			delete(row.Values, field)
		}
	}
	if first, twice := r.lines[row.Key]; twice {
		r.fail(row.Line, "“%s”在第 %d 行已经写过；重复的字段以这一行为准", row.Key, first)
	}
	r.lines[row.Key] = row.Line
	if len(row.Values) > 0 {
		r.rows = append(r.rows, row)
	}
}

// fieldNamed is the field of a name, Chinese or English; "" for one that is not known.
func fieldNamed(name string) string {
	switch field := format.FieldNamed(name); field {
	case "date":
		return "published"
	case "department":
		return "issuer"
	default:
		if slices.Contains(Fields, field) {
			return field
		}
		return ""
	}
}

const knownFields = "可以更正的字段：title 标题、kind 类别、year 年度、published 发布日期、signed 成文日期、source 来源、issuer 发文机关、region 地区、number 发文字号、status 有效性、url 网址"

// yaml reads a mapping of keys to mappings of fields.
func (r *reader) yaml(text string) error {
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(text), &root); err != nil {
		return unreadable(yamlLine(err), "YAML 语法错误（%s）；整份更正表没有采用，请检查缩进、冒号和引号", yamlReason(err))
	}
	if root.Kind != yaml.DocumentNode || len(root.Content) == 0 {
		return nil // comments only
	}
	top := root.Content[0]
	if top.Kind == yaml.ScalarNode && top.Tag == "!!null" {
		return nil
	}
	if top.Kind != yaml.MappingNode {
		return unreadable(top.Line, "更正表的每一项应当是“编号或文件: {字段: 值}”；整份没有采用")
	}
	for i := 0; i+1 < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			r.fail(key.Line, "编号或文件路径应当是一个词或一段文字")
			continue
		}
		if value.Kind == yaml.ScalarNode && value.Tag == "!!null" {
			continue // nothing filled in
		}
		if value.Kind != yaml.MappingNode {
			r.fail(key.Line, "“%s”后面应当是字段和值，如 {year: 2019}", key.Value)
			continue
		}
		row := Row{Line: key.Line, Key: key.Value, Values: map[string]string{}}
		for j := 0; j+1 < len(value.Content); j += 2 {
			r.yamlField(&row, value.Content[j], value.Content[j+1])
		}
		r.add(row)
	}
	return nil
}

func (r *reader) yamlField(row *Row, name, value *yaml.Node) {
	field := fieldNamed(name.Value)
	switch {
	case name.Kind != yaml.ScalarNode || field == "":
		if !isRemark(name.Value) {
			r.fail(name.Line, "没有“%s”这个字段；%s", name.Value, knownFields)
		}
	case value.Kind != yaml.ScalarNode:
		r.fail(value.Line, "%s 应当是一个值", name.Value)
	case value.Tag == "!!null" || strings.TrimSpace(value.Value) == "":
	default:
		if _, twice := row.Values[field]; twice {
			r.fail(name.Line, "%s 写了两次，以后一次为准", name.Value)
		}
		row.Values[field] = strings.TrimSpace(value.Value)
	}
}

func yamlLine(err error) int {
	var line int
	for part := range strings.SplitSeq(err.Error(), "line ") {
		if n, _ := fmt.Sscanf(part, "%d", &line); n == 1 {
			return line
		}
	}
	return 0
}

func yamlReason(err error) string {
	return strings.Join(strings.Fields(strings.TrimPrefix(err.Error(), "yaml: ")), " ")
}

// csv reads a table whose head names fields.
func (r *reader) csv(text string) error {
	table := csv.NewReader(strings.NewReader(text))
	table.FieldsPerRecord = -1
	table.LazyQuotes = true
	table.Comma = commaOf(text)
	head, err := table.Read()
	if err != nil {
		return unreadable(1, "CSV 语法错误（%v）；整份更正表没有采用", err)
	}
	fields, id, file := make([]string, len(head)), -1, -1
	for i, name := range head {
		switch {
		case isID(name) && id < 0:
			id = i
		case isPath(name) && file < 0:
			file = i
		case isRemark(name) || strings.TrimSpace(name) == "":
		default:
			if fields[i] = fieldNamed(name); fields[i] == "" {
				r.fail(1, "没有“%s”这一栏，没有采用；%s", strings.TrimSpace(name), knownFields)
			}
		}
	}
	if id < 0 && file < 0 {
		return unreadable(1, "第一行没有 id（编号）或 path（文件）栏，不知道更正的是哪一篇；整份没有采用")
	}
	for {
		cells, err := table.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			r.fail(wrong.Line, "CSV 语法错误（%v）；从这里起没有采用", wrong.Err)
			return nil
		}
		line, _ := table.FieldPos(0)
		cell := func(i int) string {
			if i < 0 || i >= len(cells) {
				return ""
			}
			return strings.TrimSpace(strings.TrimPrefix(cells[i], "'")) // what keeps a spreadsheet from reckoning
		}
		row := Row{Line: line, Key: cell(id), Values: map[string]string{}}
		if row.Key == "" {
			row.Key = cell(file)
		}
		for i, field := range fields {
			if value := cell(i); field != "" && value != "" {
				row.Values[field] = value
			}
		}
		if row.Key != "" || len(row.Values) > 0 {
			r.add(row)
		}
	}
}

// commaOf is the sign that parts the cells of the first line.
func commaOf(text string) rune {
	line, _, _ := strings.Cut(text, "\n")
	best, most := ',', 0
	for _, sign := range []rune{',', '\t', ';'} {
		if n := strings.Count(line, string(sign)); n > most {
			best, most = sign, n
		}
	}
	return best
}

func named(name string, names ...string) bool {
	return slices.Contains(names, strings.ToLower(strings.TrimSpace(name)))
}

func isID(name string) bool     { return named(name, "编号") || format.FieldNamed(name) == "id" }
func isPath(name string) bool   { return named(name, "path", "file", "文件", "路径", "文件路径") }
func isRemark(name string) bool { return named(name, "note", "remark", "备注", "说明", "问题") }
