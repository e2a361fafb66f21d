package correction

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRead: the same corrections in both formats are the same rows.
func TestRead(t *testing.T) {
	want := map[string]map[string]string{
		"3f2a9c0d1e5b7a68": {"year": "2019", "issuer": "大连市人民政府"},
		"1e5":              {"title": "通知：关于检查"},
		"报告/a.pdf":         {"published": "2020-01-31", "number": Clear},
	}
	for name, text := range map[string]string{
		"a.yaml": "# 注\n3f2a9c0d1e5b7a68: {year: 2019, 发文机关: 大连市人民政府}\n1e5:\n  标题: '通知：关于检查'\n  note: 因为\n报告/a.pdf:\n  发布日期: 2020-01-31\n  number: \"-\"\n空:\n",
		"a.csv":  "\ufeff编号,文件,年度,发文机关,标题,发布日期,发文字号,备注\n3f2a9c0d1e5b7a68,x.pdf,2019,大连市人民政府,,,,\n1e5,,,,通知：关于检查,,,因为\n,报告\\a.pdf,,,,2020-01-31,-,\n,空,,,,,,\n",
		"b.csv":  "id\tpath\tyear\tdepartment\ttitle\tdate\tnumber\n'3f2a9c0d1e5b7a68\t\t2019\t大连市人民政府\n1e5\t\t\t\t通知：关于检查\n\t报告/a.pdf/\t\t\t\t2020-01-31\t-\n",
	} {
		rows, faults, err := Read(name, []byte(text))
		if err != nil || len(faults) > 0 {
			t.Errorf("%s: %v %v", name, faults, err)
		}
		got := map[string]map[string]string{}
		for _, row := range rows {
			got[row.Key] = row.Values
			if lines := strings.Split(text, "\n"); !strings.Contains(strings.ReplaceAll(lines[row.Line-1], `\`, "/"), row.Key) {
				t.Errorf("%s: %s is not on line %d", name, row.Key, row.Line)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// TestFaults: what is wrong is named by line, and the rest is read.
func TestFaults(t *testing.T) {
	for _, test := range []struct {
		name, text string
		line       int
		reason     string
		rows       int // that count; -1: none, with an error
	}{
		{"a.yaml", "a: {year: 1}\nb: [1]\nc: {year: 2}\n", 2, "后面应当是字段和值", 2},
		{"a.yaml", "a:\n  yeer: 1\n  title: x\n", 2, "没有“yeer”这个字段", 1},
		{"a.yaml", "a:\n  year: [1]\n  title: x\n", 2, "应当是一个值", 1},
		{"a.yaml", "a: {year: 1}\nb: {year: 1}\na: {title: x}\n", 3, "在第 1 行已经写过", 3},
		{"a.yaml", "a: {year: 1}\nb: {year: 1\n", 0, "YAML 语法错误", -1},
		{"a.yaml", "- a\n- b\n", 1, "编号或文件", -1},
		{"a.yaml", "[a, b]: {year: 1}\n", 1, "一个词或一段文字", 0},
		{"a.csv", "id,yeer\na,1\n", 1, "没有“yeer”这一栏", 0},
		{"a.csv", "year,title\n1,x\n", 1, "没有 id（编号）或 path（文件）栏", -1},
		{"a.csv", "id,year\n,1\n", 2, "没有写明是哪一篇", 0},
		{"a.csv", "id,year,title\nx,1,\n\"a,1,\nb,2,\n", 3, "引号没有配对", 1},
		{"a.csv", "id,year,title\nx,1,\na,1,\"t\nb,2,\n", 3, "title 里有换行", 2},
		{"a.txt", "id,year\na,1\n", 0, ".yaml 或 .csv", -1},
		{"a.yaml", strings.Repeat("a", MaxSize+1), 0, "超过 8 MB", -1},
	} {
		rows, faults, err := Read(test.name, []byte(test.text))
		if err != nil {
			var unreadable *UnreadableError
			if !errors.As(err, &unreadable) {
				t.Fatalf("%v is no UnreadableError", err)
			}
			faults = append(faults, unreadable.Fault)
		}
		if len(faults) != 1 || test.line > 0 && faults[0].Line != test.line || !strings.Contains(faults[0].Reason, test.reason) {
			t.Errorf("%.30q: %+v, want line %d %s", test.text, faults, test.line, test.reason)
		}
		if (err != nil) != (test.rows < 0) || len(rows) != max(test.rows, 0) {
			t.Errorf("%.30q: %v, rows %+v", test.text, err, rows)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{"a: {year: 1}\n", "a: &x {year: 1}\nb: *x\n", "id,year\na,1\n", "\xff\xfea\x00:\x00 ", "a: !!binary x\n---\nb:\n", "\"\": {标题: -}"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range Names {
			rows, faults, err := Read(name, data)
			if err != nil && len(rows)+len(faults) > 0 {
				t.Error("an error and something read")
			}
			for _, row := range rows {
				if row.Key == "" || row.Line < 1 || len(row.Values) == 0 {
					t.Errorf("row %+v", row)
				}
				for field, value := range row.Values {
					if fieldNamed(field) != field || value == "" || strings.TrimSpace(value) != value {
						t.Errorf("%q: %q", field, value)
					}
				}
			}
		}
	})
}
