package main

// Everything that the program says, in both languages. What comes from other packages (why a file was refused, what is
// wrong with a query) is Chinese only.

// Help.
var (
	usageTitle    = text{"用法：", "Usage:"}
	commandsTitle = text{"命令：", "Commands:"}
	examplesTitle = text{"示例：", "Examples:"}
	flagsTitle    = text{"选项：", "Flags:"}
	commandPlace  = text{"<命令> [选项] [参数]", "<command> [flags] [arguments]"}
	moreHelp      = text{"用 gongwen help <命令> 查看一个命令的说明。", "Run gongwen help <command> for more about a command."}
	defaultValue  = text{"（默认 %s）", " (default %s)"}
	flagHelp      = text{"显示说明", "show this help"}
	helpUse       = text{"help [命令]", "help [command]"}
	helpShort     = text{"显示一个命令的说明", "Show help for a command"}

	rootShort = text{"公文全文检索", "Full-text search over Chinese administrative documents"}
	rootLong  = text{
		`gongwen：公文全文检索。读入网页、Word、PDF、OFD 等格式的法治政府建设年度报告、信息公开年报、规范性文件、通知等，
拆成章节，按词句和年度、机关、主题等检索；可用命令行、JSON 接口和网页。

先试试：gongwen demo            用内置示例文档启动网页
收录自己的文件：gongwen index 文件夹
收录网站上的文件：gongwen fetch 网址
检索：gongwen search 法律顾问

每个选项都可以用环境变量设定，名称见各命令说明中的 [GONGWEN_…]；命令行上的优先。
界面语言随系统区域设置，GONGWEN_LANG=zh 或 en 可以指定。
退出码：0 完成；1 部分完成（有文件未收录，或没有找到文件、文件夹为空）；2 命令或检索式有误；3 无法完成；130 被中断。`,
		`gongwen is a full-text search engine over Chinese administrative documents (公文). It reads yearly reports, disclosure
reports, normative documents and notices as text, splits them into sections, and searches them by words and by year,
department, topic and more: from the command line, over a JSON API and on web pages.

Try it:            gongwen demo          serves the sample documents built into the program
Index your files:  gongwen index FOLDER
Index a site:      gongwen fetch URL
Search them:       gongwen search 法律顾问

Every flag has an environment variable, named as [GONGWEN_…] in the help of each command; the command line wins.
The language follows the locale; GONGWEN_LANG=zh or en overrides it.
Exit codes: 0 done; 1 done in part (a file was refused, a document not found, an empty collection); 2 wrong command line
or query; 3 could not be done; 130 interrupted.`,
	}
)

// Faults of a command line.
var (
	unknownCommand   = text{"没有“%s”这个命令。", "unknown command %q"}
	unknownFlag      = text{"没有 %s 这个选项。", "unknown flag %s"}
	didYouMean       = text{"是不是 %s？", "did you mean %s?"}
	seeHelp          = text{"用 %s --help 查看说明。", "Run %s --help for usage."}
	minusHint        = text{"要排除一个词，写作 NOT 词；或在检索式前加 --，如 gongwen search -- 法治 %s", "To exclude a word write NOT word, or put -- before the query: gongwen search -- 法治 %s"}
	flagWithoutValue = text{"选项 %s 后面缺少值。", "flag %s needs a value"}
	flagBadValue     = text{"选项 %s 不能取“%s”这个值。", "flag %s cannot be %q"}
	variableBadValue = text{"环境变量 %s 不能取“%s”这个值。", "environment variable %s cannot be %q"}
	missingArgument  = text{"缺少%s。", "missing %s"}
	surplusArgument  = text{"多余的参数“%s”。", "unexpected argument %q"}
	notBoth          = text{"%s 和 %s 不能同时使用。", "%s and %s cannot be used together"}
	allAlone         = text{"--all 列出全部结果，不能与 --page、--cursor 同时使用。", "--all lists every hit and cannot be used with --page or --cursor"}
	sizeRange        = text{"--size 须为 1 至 %d；要全部结果请用 --all。", "--size must be from 1 to %d; use --all for every hit"}
	interrupted      = text{"已中断。", "interrupted"}

	aPath = text{"要收录的文件或文件夹", "a file or folder to index"}
	aFile = text{"文件名（- 为标准输入）", "the name of a file (- for standard input)"}
	anID  = text{"文档编号（检索结果中的 ID）", "the ID of a document, as search results show it"}
)

// The data folder.
var (
	flagData       = text{"数据`文件夹`", "data `FOLDER`"}
	cannotOpenData = text{"无法打开数据文件夹 %s", "cannot open data folder %s"}
	dataInUse      = text{
		"数据文件夹 %s 由进程 %d 打开，但它没有应答。\n请等它结束，或停止那个进程后重试。",
		"data folder %s is open in process %d, which does not answer.\nWait for it to end, or stop it, and try again.",
	}
	dataDamaged = text{
		"数据文件夹 %s 的索引已损坏，没有打开它，也没有改动它。\n请重新收录：gongwen index --rebuild 路径…；或从备份恢复",
		"the index in data folder %s is damaged; it was not opened and nothing in it was changed.\nIndex again: gongwen index --rebuild PATH…; or restore a backup",
	}
	dataOutdated = text{
		"数据文件夹 %s 的索引由另一版本的 gongwen 建立，没有打开它，也没有改动它。\n请重新收录：gongwen index --rebuild 路径…",
		"the index in data folder %s was built by another version of gongwen; it was not opened and nothing in it was changed.\nIndex again: gongwen index --rebuild PATH…",
	}
	dataMissing = text{
		"没有数据文件夹 %s，还没有收录过文件。\n先收录：gongwen index%s 文件夹；或用示例试试：gongwen demo",
		"there is no data folder %s: nothing has been indexed yet.\nIndex something first: gongwen index%s FOLDER; or try the samples: gongwen demo",
	}
	dataEmpty = text{
		"数据文件夹 %s 里没有文件。\n先收录：gongwen index%s 文件夹；或用示例试试：gongwen demo",
		"data folder %s holds no documents.\nIndex something first: gongwen index%s FOLDER; or try the samples: gongwen demo",
	}
)

// gongwen index.
var (
	indexUse   = text{"index [选项] 路径…", "index [flags] PATH…"}
	indexShort = text{"收录文件和文件夹", "Index files and folders"}
	indexLong  = text{
		`把文件和文件夹收录到数据文件夹。可以读取网页、Word、PDF、OFD、Excel、CSV、邮件、文本、Markdown、JSON lines，zip、tar 压缩包
和 .gz 里的也行；旧版 .doc、.xls 和 .wps、.et 需要 LibreOffice。文字编码自动识别（UTF-8、UTF-16、GBK、GB18030、Big5）；路径 - 表示标准输入。
没有变化的文件不重复处理。读不了的文件逐一说明路径和原因，其余照常收录，退出码为 1。`,
		`Indexes files and folders into the data folder: web pages, Word, PDF, OFD, Excel, CSV, messages, text, Markdown and JSON
lines, in zip, tar and .gz too; old .doc, .xls, .wps and .et need LibreOffice. The encoding is found out (UTF-8, UTF-16, GBK,
GB18030, Big5). The path - is standard input. Files that have not changed are skipped. A file that cannot be read is named with the reason,
everything else is indexed, and the exit code is 1.`,
	}
	indexExample = text{
		"gongwen index 报告/\ngongwen index --data /srv/gongwen --prune 报告/ 通知.jsonl.gz\ngongwen index --report 收录.jsonl 报告/",
		"gongwen index reports/\ngongwen index --data /srv/gongwen --prune reports/ notices.jsonl.gz\ngongwen index --report report.jsonl reports/",
	}
	flagPrune  = text{"删除这些路径下已不存在的文件对应的文档", "delete documents whose file under these paths is gone"}
	flagReport = text{"把每篇的处理结果写入 `文件`（JSON lines；- 为标准输出）", "write what became of each document to `FILE` (JSON lines; - for standard output)"}

	indexInterrupted  = text{"已中断。已收录的都已保存，再次运行会接着处理其余的。", "interrupted. What was accepted is kept; run it again to go on with the rest."}
	cannotWriteReport = text{"无法写入处理报告", "cannot write report"}

	refusedLine    = text{"未收录 %s：%s", "refused %s: %s"}
	moreRefused    = text{"……另有 %d 项未收录；用 --report 文件 可得到全部清单。", "… and %d more refused; --report FILE lists all of them."}
	skippedLine    = text{"略过 %s：%s", "skipped %s: %s"}
	countAccepted  = text{"收录 %d 篇", "accepted %d"}
	countUnchanged = text{"未变 %d 篇", "unchanged %d"}
	countDeleted   = text{"删除 %d 篇", "deleted %d"}
	countRefused   = text{"未收录 %d 项", "refused %d"}
	countSkipped   = text{"略过 %d 项", "skipped %d"}
	comma          = text{"，", ", "}
	countRate      = text{"；%.1f MB，用时 %.1f 秒（%.1f MB/秒）", "; %.1f MB in %.1f s (%.1f MB/s)"}
	restIndexed    = text{"有 %d 项未能收录，原因见上；其余都已收录。", "%d could not be indexed, for the reasons above; everything else was."}
	skippedHint    = text{"略过的文件及原因可用 --report 文件 查看。", "--report FILE tells which files were skipped, and why."}
	holdingOne     = text{"数据文件夹 %[2]s 现有 %[1]d 篇。", "Data folder %[2]s now holds %[1]d document."}
	holdingMany    = text{"数据文件夹 %[2]s 现有 %[1]d 篇。", "Data folder %[2]s now holds %[1]d documents."}
)

// gongwen search.
var (
	searchUse   = text{"search [选项] [检索式…]", "search [flags] [QUERY…]"}
	searchShort = text{"检索", "Search"}
	searchLong  = text{
		`检索已收录的文档。词之间用空格隔开，各词都要出现；没有检索式时按日期列出全部文档。
  “行政执法”       引号内的字句原样查找；命令行会吃掉英文引号，请用中文引号，或写成 '"行政执法"'
  A OR B、NOT A    或、非；年度:2018..2020、机关:、主题:、文号:、标题: 等限定字段
与网页和 JSON 接口的读法相同，详见 doc/query-syntax.md。`,
		`Searches what has been indexed. Words are parted by blanks and must all occur; without a query all documents are listed
by date.
  “行政执法”        a quoted run is looked for as it stands; a shell removes plain quotes, so use Chinese ones or '"行政执法"'
  A OR B, NOT A     or, not; year:2018..2020, department:, topic:, number:, title: … ask for a field
Web pages and JSON API read a query alike; see doc/query-syntax.md.`,
	}
	searchExample = text{
		"gongwen search 法律顾问\ngongwen search “行政执法三项制度” --year 2019..2021\ngongwen search 行政复议 --role 下一步计划 --unit section\ngongwen search 公开 --all --csv > 结果.csv",
		"gongwen search 法律顾问\ngongwen search “行政执法三项制度” --year 2019..2021\ngongwen search 行政复议 --role plan --unit section\ngongwen search 公开 --all --csv > hits.csv",
	}
	flagJSON       = text{"以 JSON 输出，与接口的答复相同", "print JSON, as the API answers"}
	flagCSV        = text{"以 CSV 输出（UTF-8），每条结果一行", "print CSV (UTF-8), a row a hit"}
	flagSize       = text{"每页 `N` 条（默认 %d，JSON 和 CSV 为 %d；最多 %d）", "`N` hits on a page (default %d, %d for JSON and CSV; at most %d)"}
	flagPage       = text{"显示第 `N` 页", "show page `N`"}
	flagAll        = text{"列出全部结果，不分页", "list every hit"}
	flagCursor     = text{"从 JSON 答复中 next 或 previous 的`标记`处继续", "go on at the `CURSOR` that a JSON answer names as next or previous"}
	flagSort       = text{"`排序`：relevance 相关度、newest 最新、oldest 最早（默认 relevance，没有检索式时 newest）", "`ORDER`: relevance, newest or oldest (default relevance, without a query newest)"}
	flagUnit       = text{"结果`单位`：document 文档、section 章节", "`UNIT` of a hit: document or section"}
	flagMatch      = text{"`匹配`：most 结果少时允许缺词、all 必须含全部词", "`MATCH`: most (may lack words where few documents hold all) or all"}
	flagColour     = text{"`何时`着色：auto、always、never", "`WHEN` to colour: auto, always, never"}
	flagYear       = text{"`年度`：2018 或 2016..2019；可重复", "`YEAR`: 2018 or 2016..2019; repeatable"}
	flagTopic      = text{"`主题`，如 行政执法 或 enforcement；可重复", "`TOPIC`: leadership, function, rulemaking, decision, enforcement, oversight, disclosure, dispute,\nemergency, digital, capacity, other; repeatable"}
	flagRole       = text{"`内容`，如 存在问题、下一步计划 或 problems、plan；可重复", "`ROLE` of a section: results, problems, plan, leader, other; repeatable"}
	flagDepartment = text{"`机关`全称；可重复", "full name of the `DEPARTMENT`; repeatable"}
	flagRegion     = text{"`地区`，如 辽宁省/大连市 或 大连；可重复", "`REGION`, such as 辽宁省/大连市 or 大连; repeatable"}
	flagKind       = text{"`类别`，如 规范性文件；可重复", "`KIND`, such as 规范性文件; repeatable"}
	flagStatus     = text{"`效力`，如 现行有效；可重复", "`STATUS`, such as 现行有效; repeatable"}

	oneDocument      = text{"%d 件", "%d document"}
	manyDocuments    = text{"%d 件", "%d documents"}
	oneSection       = text{"%d 节", "%d section"}
	manySections     = text{"%d 节", "%d sections"}
	pageOf           = text{"，第 %d–%d 条", ", %d–%d shown"}
	pagePast         = text{"，这一页上没有结果", ", none of them on this page"}
	tookLine         = text{"（%d 毫秒）", " (%d ms)"}
	togetherLine     = text{"其中 %d 件在同一节里含有全部检索词，共 %d 节。", "%d of them hold all words in one section; %d sections do."}
	relaxedLine      = text{"只有 %d 件含有全部检索词；也列出了缺少部分词的文件（缺少：%s）。--match all 只列前者。", "Only %d hold every word; documents without some (%s) are listed too. --match all lists the former only."}
	relaxedNone      = text{"没有一件含有全部检索词；列出的是缺少部分词的文件（缺少：%s）。", "None holds every word; these lack some (%s)."}
	noticeLine       = text{"提示：%s", "Note: %s"}
	foundNothing     = text{"没有找到。", "Nothing found."}
	foundNothingFor  = text{"没有找到：%s", "Nothing found: %s"}
	whyLine          = text{"各部分单独检索的结果：", "What each part finds by itself:"}
	untitled         = text{"（标题未识别）", "(title unknown)"}
	yearName         = text{"%d 年度", "year %d"}
	publishedName    = text{"%s 发布", "published %s"}
	signedName       = text{"%s 成文", "signed %s"}
	missingLine      = text{"缺少：%s", "lacks: %s"}
	oneSectionMore   = text{"另有 %d 节", "%d more section"}
	manySectionsMore = text{"另有 %d 节", "%d more sections"}
	facetsTitle      = text{"分布", "Facets"}
	moreValues       = text{"另有 %d 个", "%d more"}
	listComma        = text{"、", ", "}
	nextPage         = text{"下一页：--page %d", "Next page: --page %d"}
	openHint         = text{"看全文：gongwen show ID", "Read one: gongwen show ID"}
	semicolon        = text{"；", "; "}
)

// gongwen show and gongwen outline.
var (
	showUse   = text{"show [选项] 编号", "show [flags] ID"}
	showShort = text{"显示一篇文档", "Show a document"}
	showLong  = text{"显示一篇文档：各字段、章节和全文。编号是检索结果中的 ID。", "Shows a document: its fields, outline and text. The ID is the one that search results show."}

	showExample = text{
		"gongwen show 3f2a9c0d1e5b7a68\ngongwen show --query 法律顾问 3f2a9c0d1e5b7a68\ngongwen show --json 3f2a9c0d1e5b7a68",
		"gongwen show 3f2a9c0d1e5b7a68\ngongwen show --query 法律顾问 3f2a9c0d1e5b7a68\ngongwen show --json 3f2a9c0d1e5b7a68",
	}
	flagJSONDocument = text{"以 JSON 输出，与接口的文档对象相同", "print JSON, the document as the API answers"}
	flagQuery        = text{"标出这个`检索式`找到的字句", "mark what this `QUERY` finds"}
	unknownID        = text{"没有编号为 %s 的文档。编号是检索结果中的 ID。", "there is no document with the ID %s. Search results show the IDs."}
	oneMark          = text{"标出 %d 处", "%d place marked"}
	manyMarks        = text{"标出 %d 处", "%d places marked"}

	outlineFolder = text{"%s 是文件夹；outline 每次查看一个文件，收录整个文件夹用 gongwen index", "%s is a folder; outline looks at one file, and gongwen index takes folders"}
	outlineUse    = text{"outline [选项] 文件", "outline [flags] FILE"}
	outlineShort  = text{"显示从一个文件中识别出了什么", "Show what is understood of a file"}
	outlineLong   = text{
		"显示从一个文件中识别出的字段和章节，以及判定每节内容和主题的规则，不收录。文件名 - 表示标准输入。",
		"Shows the fields and sections that are understood of a file, and the rules that decided on role and topic of each,\nwithout indexing it. The name - is standard input.",
	}
	outlineExample = text{
		"gongwen outline 2018年度报告.txt\ngongwen outline --json 2018年度报告.txt\ngongwen outline 报告.pdf",
		"gongwen outline report.txt\ngongwen outline --json report.txt\ngongwen outline report.pdf",
	}

	labelTitle     = text{"标题", "Title"}
	labelKind      = text{"类别", "Kind"}
	labelYear      = text{"报告年度", "Year"}
	labelPublished = text{"发布日期", "Published"}
	labelSigned    = text{"成文日期", "Signed"}
	labelSource    = text{"来源", "Source"}
	labelIssuer    = text{"发文机关", "Issuer"}
	labelRegion    = text{"地区", "Region"}
	labelNumber    = text{"发文字号", "Number"}
	labelStatus    = text{"效力", "Status"}
	labelURL       = text{"网址", "URL"}
	labelCites     = text{"引用", "Cites"}
	labelCopies    = text{"相同文本", "Copies"}
	labelID        = text{"编号", "ID"}

	columnID      = text{"节", "No."}
	columnSection = text{"章节", "Section"}
	columnRole    = text{"内容", "Role"}
	columnTopic   = text{"主题", "Topic"}
	columnBytes   = text{"字节", "Bytes"}
	columnRules   = text{"规则", "Rules"}
)

// gongwen serve and gongwen demo.
var (
	serveUse   = text{"serve [选项]", "serve [flags]"}
	serveShort = text{"提供网页和 JSON 接口", "Serve web pages and JSON API"}
	serveLong  = text{
		"提供网页和 JSON 接口（说明在 /api/v1/openapi.json）。收录在旁边进行时，新文档随时可以检索到，不必重启。Ctrl-C 结束。",
		"Serves web pages and the JSON API (described at /api/v1/openapi.json). It may run while gongwen index works on the same\nfolder and follows what is indexed. Ctrl-C ends it.",
	}
	serveExample = text{
		"gongwen serve\ngongwen serve --data /srv/gongwen --addr :80 --base-url https://gongwen.example.org",
		"gongwen serve\ngongwen serve --data /srv/gongwen --addr :80 --base-url https://gongwen.example.org",
	}
	flagAddress    = text{"监听的`地址`；:8080 允许其他机器访问", "`ADDRESS` to listen on; :8080 lets other machines in"}
	flagBase       = text{"对外的`网址`，如 https://gongwen.example.org（经反向代理时）", "public `URL`, such as https://gongwen.example.org (behind a proxy)"}
	addressInUse   = text{"地址 %s 已被其他程序占用；请用 --addr 换一个，如 --addr 127.0.0.1:8081", "address %s is used by another program; choose another, such as --addr 127.0.0.1:8081"}
	cannotListen   = text{"无法监听 %s", "cannot listen on %s"}
	servingData    = text{"已就绪：%s （数据文件夹 %s，%s）。Ctrl-C 结束。", "Ready: %s (data folder %s, %s). Ctrl-C ends it."}
	servingFollows = text{"不必重启，收录后即可检索。", "No need to restart: what is indexed can be searched at once."}

	demoUse     = text{"demo [选项]", "demo [flags]"}
	demoShort   = text{"用内置示例文档试用", "Try it on the sample documents built into the program"}
	demoLong    = text{"用内置的示例文档（内容均为虚构）提供网页和 JSON 接口，不写入任何文件。Ctrl-C 结束。", "Serves web pages and JSON API over the sample documents built into the program; everything in them is invented. It\nwrites no file. Ctrl-C ends it."}
	demoExample = text{"gongwen demo\ngongwen demo --addr 127.0.0.1:9000", "gongwen demo\ngongwen demo --addr 127.0.0.1:9000"}
	servingDemo = text{
		`已就绪：%[1]s （%[2]d 件示例文档，内容均为虚构）。Ctrl-C 结束。
可以试试：
  网页    %[1]s/search?q=%[3]s
  接口    curl '%[1]s/api/v1/search?q=%[3]s&role=plan'
  自己的文件    gongwen index 文件夹 && gongwen serve`,
		`Ready: %[1]s (%[2]d sample documents, everything in them invented). Ctrl-C ends it.
Things to try:
  a page          %[1]s/search?q=%[3]s
  the API         curl '%[1]s/api/v1/search?q=%[3]s&role=plan'
  your own files  gongwen index FOLDER && gongwen serve`,
	}
)

// gongwen version.
var (
	versionShort      = text{"显示版本", "Show the version"}
	versionCommit     = text{"提交 %s", "commit %s"}
	versionGo         = text{"%s，%s/%s", "%s, %s/%s"}
	versionDictionary = text{"词典 %s", "dictionary %s"}
)
