package main

// gongwen commitments and gongwen figures.
var (
	commitmentsUse   = text{"commitments [选项] [检索式…]", "commitments [flags] [QUERY…]"}
	commitmentsShort = text{"列出文件承诺了什么、后来的文件怎么说", "List what documents promise and what later ones say of it"}
	commitmentsLong  = text{
		`列出文件承诺要做的事：原文、作出承诺的机关、报告年度和目标年度、主题、期限和指标，以及同一机关后来的报告有没有提到。
检索词在承诺的原文中查找。--follow 列出后来报告中的有关段落。是否做到由读者判断，程序只给出段落。`,
		`Lists what documents promise to do: the exact text, the body, the year of the report and the target year, topic, deadline
and number, and whether later reports of the same body speak of it. Words of the query are looked for in the promise
itself. --follow shows the passages of the later reports. Whether a promise was kept is for the reader to judge.`,
	}
	commitmentsExample = text{
		"gongwen commitments --year 2018 --target-year 2019 --follow\ngongwen commitments 法律顾问 --topic 执法 --status 未提及\ngongwen commitments --region 大连 --all --csv > 承诺.csv",
		"gongwen commitments --year 2018 --target-year 2019 --follow\ngongwen commitments 法律顾问 --topic enforcement --status not_mentioned\ngongwen commitments --region 大连 --all --csv > commitments.csv",
	}
	figuresUse   = text{"figures [选项] [检索式…]", "figures [flags] [QUERY…]"}
	figuresShort = text{"列出文件中的数据，或逐年对比", "List the figures of documents, or follow them over the years"}
	figuresLong  = text{
		`列出文件中的数据：准确的数值、单位、数的是什么、年份和出处。检索词在“数的是什么”、表格的行列标题和数字原文中查找。
--series 把同一机关同一事项的数据按年排成序列：没有数据的年份是空缺而不是零，文件之间不一致的标为冲突，合并的写法和规则都列出。`,
		`Lists the figures of documents: the exact value, its unit, what is counted, the year and the source. Words of the query are
looked for in what is counted, in the headings of tables and in the number as written. --series joins what one body
counts over the years: a year that nobody tells is a gap and no zero, values that differ are a conflict, and the
spellings that were taken for one are listed with the rules.`,
	}
	figuresExample = text{
		"gongwen figures 行政复议 --year 2019..2023\ngongwen figures 行政复议 --unit 件 --series\ngongwen figures --department 某市司法局 --series --all --csv > 数据.csv",
		"gongwen figures 行政复议 --year 2019..2023\ngongwen figures 行政复议 --unit 件 --series\ngongwen figures --department 某市司法局 --series --all --csv > figures.csv",
	}

	flagCSVRows      = text{"以 CSV 输出（UTF-8），每条一行", "print CSV (UTF-8), a row an item"}
	flagFollow       = text{"列出后来的报告怎么说，附段落", "show what later reports say, with passages"}
	flagTarget       = text{"目标`年度`，如 2021；没有的写 unknown", "target `YEAR`, such as 2021, or unknown"}
	flagFollowStatus = text{"`后续`：有报告、再次提出、未提及、没有后续报告", "`STATUS` of the follow-up: reported, repeated, not_mentioned, no_later_report"}
	flagSeries       = text{"按年排成序列", "join them over the years"}
	flagFigureUnit   = text{"`单位`，如 件；没有的写 unknown", "`UNIT`, such as 件, or unknown"}
	flagDocument     = text{"只要这个`编号`的文档", "only the document with this `ID`"}
	flagBodies       = text{"机关更名表`文件`，每行“旧名 → 新名”，补充内置的表", "`FILE` of bodies that were renamed, a line 旧名 → 新名 each, on top of the list built in"}
	cannotReadBodies = text{"无法读取机关更名表 %s", "cannot read the list of bodies %s"}

	oneCommitment   = text{"%d 条承诺", "%d commitment"}
	manyCommitments = text{"%d 条承诺", "%d commitments"}
	oneFigure       = text{"%d 个数据", "%d figure"}
	manyFigures     = text{"%d 个数据", "%d figures"}
	oneSeries       = text{"%d 个序列", "%d series"}
	manySeries      = text{"%d 个序列", "%d series"}

	yearsName    = text{"%d 年度 → %d 年", "year %d → %d"}
	targetName   = text{"→ %d 年", "→ %d"}
	deadlineName = text{"期限 %s（%s）", "by %s (%s)"}
	goalName     = text{"指标 %s", "target %s"}
	followName   = text{"后续：%s", "follow-up: %s"}

	countedUnknown = text{"（未识别数的是什么）", "(what is counted is unknown)"}
	figureYear     = text{"%d 年", "%d"}
	withUnit       = text{"%s（%s）", "%s (%s)"}
	bodyUnknown    = text{"（机关未识别）", "(body unknown)"}
	spellingsLine  = text{"合并的写法：%s", "taken for one: %s"}
	columnYear     = text{"年份", "Year"}
	columnValue    = text{"数值", "Value"}
	columnFrom     = text{"出处", "Source"}
	gapName        = text{"没有文件提到", "nobody tells"}
	conflictName   = text{"不一致：", "conflict: "}

	facetTarget = text{"目标年度", "target-year"}
	facetStatus = text{"后续", "status"}
	facetUnit   = text{"单位", "unit"}
	noUnit      = text{"（无）", "unknown"}
)

// What later documents say, and how near a number is.
var (
	statusReported     = text{"有报告", "reported"}
	statusRepeated     = text{"再次提出", "repeated"}
	statusNotMentioned = text{"未提及", "not mentioned"}
	statusNoLater      = text{"没有后续报告", "no later report"}

	valueAbout   = text{"约 %s", "about %s"}
	valueNear    = text{"近 %s", "nearly %s"}
	valueOver    = text{"超过 %s", "over %s"}
	valueAtLeast = text{"不少于 %s", "at least %s"}
	valueUnder   = text{"不足 %s", "under %s"}
	valueAtMost  = text{"不超过 %s", "at most %s"}
)
