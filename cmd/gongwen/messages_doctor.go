package main

// gongwen doctor.
var (
	doctorUse   = text{"doctor [选项]", "doctor [flags]"}
	doctorShort = text{"列出信息缺失或可疑的文档", "List documents whose metadata is missing or doubtful"}
	doctorLong  = text{
		`从索引里列出信息缺失或可疑的文档：没有年度、年度与日期不符、没有发文机关、没有标题、发布日期在将来、没有章节等，并给出可以直接写进
更正表的一行。服务运行时也可以。--rules 列出全部规则。没有可疑的，退出码为 0；有则为 1。`,
		`Lists, from the index, documents whose metadata is missing or doubtful: no year, a year far from the date, no issuer, no
title, published in the future, no sections … with a line that is ready for a file of corrections. Also while a server runs.
--rules lists all rules. The exit code is 0 where nothing is doubtful, else 1.`,
	}
	doctorExample = text{
		"gongwen doctor\ngongwen doctor --rule no-year,no-issuer\ngongwen doctor --yaml >> 报告/gongwen.corrections.yaml\ngongwen doctor --csv > 报告/gongwen.corrections.csv",
		"gongwen doctor\ngongwen doctor --rule no-year,no-issuer\ngongwen doctor --yaml >> reports/gongwen.corrections.yaml\ngongwen doctor --csv > reports/gongwen.corrections.csv",
	}
	flagDoctorJSON = text{"以 JSON 输出全部", "print all as JSON"}
	flagDoctorCSV  = text{"以 CSV 输出全部：填好空栏，存为 gongwen.corrections.csv 就是更正表", "print all as CSV: filled in and saved as gongwen.corrections.csv it is a file of corrections"}
	flagDoctorYAML = text{"只输出更正表的行，可以接在 gongwen.corrections.yaml 后面", "print lines for gongwen.corrections.yaml only"}
	flagRule       = text{"只用这些`规则`，名称见 --rules；可重复", "only these `RULES`, named as --rules does; repeatable"}
	flagRules      = text{"列出全部规则，各附一例", "list the rules, with an example each"}
	flagDoctorSize = text{"最多显示 `N` 篇", "show at most `N` documents"}
	unknownRule    = text{"没有“%s”这条规则；用 gongwen doctor --rules 查看。", "there is no rule %q; see gongwen doctor --rules"}
	oneFormat      = text{"--json、--csv、--yaml 只能用一个。", "only one of --json, --csv and --yaml can be used"}
	forExample     = text{"例：%s", "such as: %s"}
	correctionLine = text{"更正：%s", "correct: %s"}
	healthyOne     = text{"%d 篇都没有可疑之处。", "nothing is doubtful in %d document."}
	healthyMany    = text{"%d 篇都没有可疑之处。", "nothing is doubtful in %d documents."}
	moreDoubtful   = text{"……另有 %d 篇；用 --size N 多看一些，用 --json 或 --csv 得到全部。\n", "… and %d more; --size N shows more, --json and --csv have all.\n"}
	doubtfulOf     = text{"%d 篇中有 %d 篇可疑：", "of %d documents %d are doubtful:"}
	theirFolder    = text{"文件所在的文件夹", "their folder"}
	howToCorrect   = text{
		"\n要更正，请把“更正”后面的行填好，写进 %s，\n再运行 gongwen index %s（serve --watch 会自动采用）。写法见 doc/corrections.md。",
		"\nTo correct them, fill in the lines, put them into %s,\nand run gongwen index %s (serve --watch does so by itself). See doc/corrections.md.",
	}
)
