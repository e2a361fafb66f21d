package format

import (
	"context"
	"encoding/json"
	"iter"
	"strings"
)

// gridRow is a row of a table, and the line or row number at which it stands.
type gridRow struct {
	line  int
	cells []string
}

// columnNames are the names of columns, in lower case, by the field of a record that they give.
var columnNames = map[string][]string{
	"id":         {"id", "文档id", "唯一标识"},
	"title":      {"title", "标题", "名称", "文件名称", "文件标题", "公文标题", "信息标题", "信息名称", "题名", "题目"},
	"text":       {"text", "content", "body", "正文", "内容", "全文", "正文内容", "文件内容", "信息内容", "公文正文"},
	"published":  {"published", "pubdate", "发布日期", "发布时间", "公开日期", "公开时间", "公布日期", "公布时间"},
	"date":       {"date", "日期", "时间"},
	"signed":     {"signed", "成文日期", "成文时间", "签发日期", "印发日期"},
	"year":       {"year", "年度", "年份", "报告年度"},
	"source":     {"source", "来源", "信息来源"},
	"issuer":     {"issuer", "发文机关", "发文单位", "发布机构", "发布机关", "制定机关", "印发机关"},
	"department": {"department", "部门", "机关", "单位"},
	"region":     {"region", "地区", "区域", "行政区划"},
	"kind":       {"kind", "类别", "文种", "类型", "公文种类"},
	"status":     {"status", "有效性", "时效性", "效力", "效力状态", "状态"},
	"effective":  {"effective", "施行日期", "实施日期", "生效日期", "施行时间", "实施时间", "生效时间"},
	"expires":    {"expires", "失效日期", "失效时间", "有效期至", "废止日期"},
	"number":     {"number", "发文字号", "文号", "发文文号"},
	"url":        {"url", "link", "网址", "链接", "地址"},
}

// FieldNamed is the field that a name means, as columns of tables are named in Chinese or English: title, year, published
// …; "" for a name that is not known.
func FieldNamed(name string) string {
	name = strings.ToLower(strings.Join(strings.Fields(name), ""))
	for field, names := range columnNames {
		for _, known := range names {
			if name == known {
				return field
			}
		}
	}
	return ""
}

// columns says what the columns of a table give; nil where its rows are no documents.
type columns struct {
	names  []string
	fields []string // by column; "" for one that no field takes
	text   bool     // one of them is the text
}

// headOf reads a row as the head of a table whose rows are documents: it names a title or a text and one thing more.
func headOf(cells []string) *columns {
	c := &columns{names: make([]string, len(cells)), fields: make([]string, len(cells))}
	known, subject := 0, false
	taken := map[string]bool{}
	for i, cell := range cells {
		c.names[i] = cleanLine(cell)
		field := FieldNamed(cell)
		if field == "" || taken[field] {
			continue
		}
		taken[field] = true
		c.fields[i] = field
		known++
		subject = subject || field == "title" || field == "text"
		c.text = c.text || field == "text"
	}
	if known < 2 || !subject {
		return nil
	}
	return c
}

// record is a row as a record in JSON. Without a column of text, those that no field takes are the text, a line each.
func (c *columns) record(cells []string) ([]byte, error) {
	fields := map[string]string{}
	var rest []string
	for i, cell := range cells {
		if cell = strings.TrimSpace(cell); cell == "" || i >= len(c.fields) {
			continue
		}
		switch {
		case c.fields[i] != "":
			fields[c.fields[i]] = cell
		case c.names[i] != "":
			rest = append(rest, c.names[i]+"："+cell)
		default:
			rest = append(rest, cell)
		}
	}
	if !c.text {
		fields["text"] = strings.Join(rest, "\n")
	}
	return json.Marshal(fields)
}

// headWithin is how many rows may stand above the head of a table.
const headWithin = 10

// splitTable yields a piece a row where the table has a head that names fields, else one for all of it. name stands in
// for the title of the latter.
func splitTable(rows iter.Seq2[gridRow, error], name string) iter.Seq2[Piece, error] {
	return func(yield func(Piece, error) bool) {
		var head *columns
		var whole lines
		read, ordinal := 0, 0
		for row, err := range rows {
			if err != nil {
				yield(Piece{Line: row.line}, err)
				return
			}
			if strings.TrimSpace(strings.Join(row.cells, "")) == "" {
				continue
			}
			read++
			if head == nil {
				if read <= headWithin {
					head = headOf(row.cells)
				}
				if whole.row(row.cells); whole.text.Len() > maxText {
					yield(Piece{}, checkLength(whole.text.String()))
					return
				}
				continue
			}
			ordinal++
			data, err := head.record(row.cells)
			if !yield(recordPiece(row.line, ordinal, data), err) {
				return
			}
		}
		if document := whole.document(); head == nil && document.Text != "" {
			document.Name = name
			yield(Piece{Data: []byte(document.Text), Parse: func(context.Context) (Document, error) { return document, nil }}, nil)
		}
	}
}
