package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gongwen/api"
)

func TestUsageFaults(t *testing.T) {
	p, _ := newProgram(t)
	for _, test := range []struct {
		args string
		want []string
	}{
		{"serch 法", []string{"没有“serch”这个命令", "是不是 gongwen search", "gongwen --help"}},
		{"help serch", []string{"没有“serch”这个命令", "gongwen search"}},
		{"--foo", []string{"没有 --foo 这个选项", "gongwen --help"}},
		{"search --jsno 法", []string{"没有 --jsno 这个选项", "是不是 --json", "gongwen search --help"}},
		{"search --dep 法", []string{"是不是 --department"}},
		{"search 法治 -GDP", []string{"没有 -GDP 这个选项", "NOT"}},
		{"search --size x 法", []string{"--size 不能取“x”"}},
		{"search --size 500 法", []string{"1 至 100"}},
		{"search --size 0 法", []string{"1 至 100"}},
		{"search --year", []string{"--year 后面缺少值"}},
		{"search --json --csv 法", []string{"--json 和 --csv"}},
		{"search --all --page 2 法", []string{"--all"}},
		{"search --page 0 法", []string{"--page"}},
		{"search --color red 法", []string{"--color 不能取“red”"}},
		{"search --sort foo 法", []string{"sort", "relevance"}},
		{"search --topic foo 法", []string{"没有“foo”这个主题", "--topic foo", "行政执法"}},
		{"search --year abc 法", []string{"“abc”不是年度", "--year abc", "2016..2019"}},
		{"search 行政 年度:2020..2018", []string{"前后颠倒", "\n  行政 年度:2020..2018\n            ^^^^^^^^^^\n", "2018..2020"}},
		{"search --cursor zzz 法", []string{"--cursor zzz"}},
		{"commitments --size 1001", []string{"1 至 1000"}},
		{"commitments --status kept", []string{"没有“kept”这种后续情况", "--status kept", "再次提出"}},
		{"commitments --target-year 2020..2021", []string{"不是年度", "--target-year 2020..2021"}},
		{"commitments --role plan", []string{"没有 --role 这个选项"}},
		{"commitments 行政 年度:2020..2018", []string{"前后颠倒", "^^^"}},
		{"figures --json --csv", []string{"--json 和 --csv"}},
		{"figures --series --cursor x", []string{"--series 和 --cursor"}},
		{"figures --year abc", []string{"“abc”不是年度", "--year abc"}},
		{"index", []string{"缺少要收录的文件或文件夹"}},
		{"show", []string{"缺少文档编号"}},
		{"show a b", []string{"多余的参数“b”"}},
		{"show --query year:x a", []string{"“x”不是年度", "     ^"}},
		{"outline", []string{"缺少文件名"}},
		{"serve x", []string{"多余的参数“x”"}},
		{"demo x", []string{"多余的参数“x”"}},
		{"version x", []string{"多余的参数“x”"}},
	} {
		r := p.expect(exitUsage, strings.Split(test.args, " ")...)
		contains(t, r.stderr, append(test.want, "gongwen: ")...)
		if r.stdout != "" || strings.Contains(r.stderr, "选项：") || strings.Count(r.stderr, "gongwen: ") != 1 {
			t.Errorf("gongwen %s prints\n%s%s", test.args, r.stdout, r.stderr)
		}
	}
}

func TestLongQuery(t *testing.T) {
	p, _ := newProgram(t)
	r := p.expect(exitUsage, "search", strings.Repeat("法治 ", 50)+"year:abc "+strings.Repeat("政府 ", 50))
	contains(t, r.stderr, "…", "year:abc", "^^^")
	for line := range strings.Lines(r.stderr) {
		if columns(line) > 150 {
			t.Errorf("a line of %d columns: %s", columns(line), line)
		}
	}
	contains(t, p.expect(exitUsage, "search", strings.Repeat("法", 3000)).stderr, "2000")
	if r := p.expect(exitUsage, "search", "year:\x1b[31m"); strings.Contains(r.stderr, "\x1b") {
		t.Errorf("an escape sequence reaches the terminal: %q", r.stderr)
	}
}

// Every flag of every command can be set by its variable, and the help says so.
func TestVariables(t *testing.T) {
	p, _ := newProgram(t)
	folder := writeSeeds(t)
	p.expect(exitDone, "index", folder)
	p.vars["GONGWEN_JSON"], p.vars["GONGWEN_SIZE"], p.vars["GONGWEN_YEAR"] = "true", "3", "2019,2020"
	var answer api.Answer
	decode(t, p.expect(exitDone, "search", "行政执法").stdout, &answer)
	if len(answer.Hits) != 3 {
		t.Errorf("%d hits", len(answer.Hits))
	}
	for _, hit := range answer.Hits {
		if year := *hit.Document.Year; year != 2019 && year != 2020 {
			t.Errorf("a hit of %d", year)
		}
	}
	decode(t, p.expect(exitDone, "search", "行政执法", "--size", "2", "--year", "2021").stdout, &answer)
	if len(answer.Hits) != 2 || *answer.Hits[0].Document.Year != 2021 {
		t.Error("a variable outdoes its flag")
	}
	p.vars["GONGWEN_SIZE"] = "many"
	contains(t, p.expect(exitUsage, "search", "行政执法").stderr, "GONGWEN_SIZE", "many")

	root := (&app{environment: p.environment(nil, nil)}).newRoot()
	for _, cmd := range root.Commands() {
		help := p.expect(exitDone, "help", cmd.Name()).stdout
		if again := p.expect(exitDone, cmd.Name(), "--help").stdout; again != help {
			t.Errorf("help %s and %s --help differ", cmd.Name(), cmd.Name())
		}
		cmd.LocalFlags().VisitAll(func(flag *pflag.Flag) {
			if bound(flag) {
				contains(t, help, "--"+flag.Name, "["+variable(flag)+"]")
			}
		})
	}
}

func TestLanguages(t *testing.T) {
	p, _ := newProgram(t)
	for _, test := range []struct {
		vars map[string]string
		want text
	}{
		{map[string]string{}, text{en: "Usage:"}},
		{map[string]string{"LANG": "zh_CN.UTF-8"}, text{zh: "用法："}},
		{map[string]string{"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, text{en: "Usage:"}},
		{map[string]string{"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW"}, text{zh: "用法："}},
		{map[string]string{"LANG": "zh_CN.UTF-8", "GONGWEN_LANG": "en"}, text{en: "Usage:"}},
		{map[string]string{"LANG": "C", "GONGWEN_LANG": "zh"}, text{zh: "用法："}},
	} {
		p.vars = test.vars
		contains(t, p.expect(exitDone).stdout, test.want.zh+test.want.en)
	}
	for lang, foreign := range map[string][]string{
		"zh": {"Usage", "Available", "Flags", "help for", "default", "Examples"},
		"en": {"用法", "选项", "默认", "命令"},
	} {
		p.vars = map[string]string{"GONGWEN_LANG": lang}
		for _, name := range []string{"", "index", "fetch", "search", "show", "commitments", "figures", "outline", "serve", "demo", "version", "help"} {
			help := p.expect(exitDone, strings.Fields("help "+name)...).stdout
			for _, word := range foreign {
				if strings.Contains(help, word) {
					t.Errorf("help %s in %s says %s", name, lang, word)
				}
			}
		}
	}
	p.vars = map[string]string{"GONGWEN_DATA": t.TempDir()}
	contains(t, p.expect(exitDone, "index", writeSeeds(t)).stdout, "accepted 28; ", "now holds 28 documents.")
	contains(t, p.expect(exitDone, "search", "法律顾问").stdout, "documents", "year 2021", "Facets", "role ", "plan ", "Next page")
	contains(t, p.expect(exitUsage, "serch").stderr, `unknown command "serch"`, "did you mean gongwen search")
}

// Both languages of a message are there and take the same values.
func TestMessages(t *testing.T) {
	names, err := filepath.Glob("messages*.go")
	if err != nil || len(names) < 3 {
		t.Fatalf("%v, %v", names, err)
	}
	verb := regexp.MustCompile(`%(\[\d+\])?[.\d]*[a-z]`)
	n := 0
	inspect := func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for i, value := range spec.Values {
			literal, ok := value.(*ast.CompositeLit)
			if !ok || len(literal.Elts) != 2 {
				t.Errorf("%s is no text in two languages", spec.Names[i])
				continue
			}
			var texts [2]string
			for j, element := range literal.Elts {
				quoted, ok := element.(*ast.BasicLit)
				if !ok {
					t.Errorf("%s is no plain text", spec.Names[i])
					continue
				}
				texts[j], err = strconv.Unquote(quoted.Value)
				if err != nil || texts[j] == "" {
					t.Errorf("%s lacks a language", spec.Names[i])
				}
			}
			// %q is how English quotes.
			zh := verb.FindAllString(texts[0], -1)
			en := verb.FindAllString(strings.ReplaceAll(texts[1], "%q", "%s"), -1)
			if strings.Contains(texts[0], "%[") {
				slices.Sort(zh)
				slices.Sort(en)
			}
			if !slices.Equal(zh, en) {
				t.Errorf("%s takes %v in Chinese, %v in English", spec.Names[i], zh, en)
			}
			n++
		}
		return true
	}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, inspect)
	}
	if n < 100 {
		t.Errorf("only %d messages were looked at", n)
	}
}

func TestWithoutSign(t *testing.T) {
	got := withoutSign([]string{"search", "-培训", "-n", "2", "--json", "-", `-"法治"`, "-(a", "--", "-（a b）"})
	want := []string{"search", " -培训", "-n", "2", "--json", "-", ` -"法治"`, " -(a", "--", " -（a b）"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWrapping(t *testing.T) {
	s := &screen{width: 20}
	s.hang(0, 4, piece{text: " 1. 关于推进法治政府建设，优化营商环境的通知 documents here", style: strong})
	for line := range strings.Lines(s.lines.String()) {
		if columns(strings.TrimSuffix(line, "\n")) > 20 {
			t.Errorf("too wide: %q", line)
		}
		if strings.HasPrefix(strings.TrimSpace(line), "，") {
			t.Errorf("a line begins with a comma: %q", line)
		}
	}
	if got := s.lines.String(); strings.Count(got, "\n    ") < 2 || !strings.Contains(got, "documents") {
		t.Errorf("got %q", got)
	}
}

// The tree has no command without help, and no two flags of one letter.
func TestCommands(t *testing.T) {
	p, _ := newProgram(t)
	root := (&app{environment: p.environment(nil, nil), lang: chinese}).newRoot()
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		if cmd.Short == "" || cmd.RunE == nil {
			t.Errorf("%s has no help or does nothing", cmd.Name())
		}
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(root)
}
