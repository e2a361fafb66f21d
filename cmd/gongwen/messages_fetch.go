package main

// gongwen fetch.
var (
	fetchUse   = text{"fetch [选项] 网址…", "fetch [flags] URL…"}
	fetchShort = text{"从网站抓取网页和附件并收录", "Fetch pages and attachments from the web and index them"}
	fetchLong  = text{
		`从网址起抓取网页和它们的附件（PDF、Word、WPS、Excel、OFD、zip 等），存入文件夹并收录，检索结果带有原网址。
默认抓取所给网页、它链接到的同一网站的网页（--depth 1）和其中的附件；只有链接的目录页不收录。
遵守 robots.txt，同一网站每秒至多取一次；再次运行只下载有变化的，被中断后再次运行同一命令会接着抓取。
网站上已不存在的网页会报告出来，加 --prune 才从文件夹和索引中删除。抓取失败的逐一说明原因，退出码为 1。`,
		`Fetches pages and their attachments (PDF, Word, WPS, Excel, OFD, zip …) from an address on, keeps them in a folder and
indexes them; hits name the address. By default these are the pages named, the pages of the same site that they link to
(--depth 1) and their attachments; pages that are nothing but links are not indexed.
robots.txt is heeded, a site is asked once a second at most. Run again, it downloads only what changed; after an interruption
the same command goes on. Pages that are gone from the site are reported, and deleted from folder and index with --prune only.
What could not be fetched is named with the reason, and the exit code is 1.`,
	}
	fetchExample = text{
		"gongwen fetch https://www.example.gov.cn/fzzf/\ngongwen fetch --dry-run https://www.example.gov.cn/fzzf/\ngongwen fetch --sitemap https://www.example.gov.cn/sitemap.xml --max-pages 5000\ngongwen fetch --list 网址.txt --store 网页",
		"gongwen fetch https://www.example.gov.cn/fzzf/\ngongwen fetch --dry-run https://www.example.gov.cn/fzzf/\ngongwen fetch --sitemap https://www.example.gov.cn/sitemap.xml --max-pages 5000\ngongwen fetch --list addresses.txt --store pages",
	}
	flagStore        = text{"存放网页和附件的`文件夹`", "`FOLDER` that pages and attachments are kept in"}
	flagSitemap      = text{"抓取网站地图 `网址` 列出的网页；可重复", "fetch what the sitemap at `URL` lists; repeatable"}
	flagList         = text{"抓取`文件`中的网址，每行一个（- 为标准输入）", "fetch the addresses in `FILE`, one a line (- for standard input)"}
	flagDepth        = text{"跟随几层链接（`N`；--sitemap 和 --list 中的网页默认 0）", "follow links `N` pages deep (0 by default from --sitemap and --list)"}
	flagOthers       = text{"附件在其他网站上也抓取", "fetch attachments on other hosts too"}
	flagPrivate      = text{"允许连接内网和本机地址", "allow addresses of private networks and this machine"}
	flagDry          = text{"只列出会抓取什么，不保存也不收录", "only list what would be fetched; keep and index nothing"}
	flagPruneFetched = text{"删除网站上已不存在的网页：文件和索引中的文档", "delete what is gone from the site: files, and documents of the index"}
	flagDelay        = text{"同一网站两次请求的`间隔`；robots.txt 要求更长时从其规定", "`TIME` between two requests to a site; robots.txt may ask for more"}
	flagTimeout      = text{"每次请求的最长`时间`", "longest `TIME` of a request"}
	flagMaxPages     = text{"一次最多请求 `N` 个网页和附件（未变的不计），0 为不限", "at most `N` pages and attachments in a run, unchanged ones not counted; 0 for no limit"}
	flagMaxSize      = text{"单个文件最大 `MB`", "largest file in `MB`"}
	flagMaxTotal     = text{"一次最多下载 `MB`，0 为不限", "at most `MB` in a run; 0 for no limit"}
	flagMaxTime      = text{"一次最长`时间`，0 为不限", "longest `TIME` of a run; 0 for no limit"}
	flagAgent        = text{"向网站报出的`名称`（User-Agent）", "`NAME` to tell sites (User-Agent)"}
	flagFetchReport  = text{"把每个网址的结果写入 `文件`（JSON lines；- 为标准输出）", "write what became of each address to `FILE` (JSON lines; - for standard output)"}

	anAddress      = text{"要抓取的网址（或 --sitemap、--list）", "an address to fetch (or --sitemap, --list)"}
	cannotReadList = text{"无法读取网址列表 %s", "cannot read list %s"}
	storeInUse     = text{"另一个 gongwen fetch 正在使用文件夹 %s，请等它结束，或用 --store 另指定一个。", "another gongwen fetch uses folder %s: wait for it to end, or name another one by --store"}
	cannotFetch    = text{"无法把网页存入 %s", "cannot keep pages in %s"}
	slowHost       = text{"%s 的 robots.txt 要求每 %s 至多取一次，会慢一些。", "robots.txt of %s asks for %s between two requests; this takes longer"}

	fetchInterrupted = text{"已中断。已抓取的都已保存；再次运行同一命令会接着抓取。", "interrupted. What was fetched is kept; the same command goes on with the rest."}

	fetchProgress       = text{"已处理 %d，待取 %d", "done %d, %d to go"}
	fetchProgressFailed = text{"，失败 %d", ", failed %d"}

	notFetched     = text{"未抓取 %s：%s", "not fetched %s: %s"}
	linkedFrom     = text{"（链接在 %s）", " (linked from %s)"}
	moreNotFetched = text{"……另有 %d 个未抓取；用 --report 文件 可得到全部清单。", "… and %d more not fetched; --report FILE lists all of them."}
	goneLine       = text{"已消失 %s：%s", "gone %s: %s"}
	moreGone       = text{"……另有 %d 个已消失。", "… and %d more gone."}

	fetchedLine   = text{"抓取：%s；%.1f MB，用时 %.1f 秒", "fetch: %s; %.1f MB in %.1f s"}
	countPlanned  = text{"会抓取 %d", "would fetch %d"}
	countNew      = text{"新增 %d", "new %d"}
	countAttached = text{"（其中附件 %d）", " (attachments among new and changed: %d)"}
	countChanged  = text{"更新 %d", "changed %d"}
	countSame     = text{"未变 %d", "unchanged %d"}
	countResumed  = text{"上次已完成 %d", "done by the last run %d"}
	countListed   = text{"目录页 %d", "pages of links %d"}
	countGone     = text{"已消失 %d", "gone %d"}
	countPassed   = text{"略过 %d（%s）", "skipped %d (%s)"}
	countFailed   = text{"失败 %d", "failed %d"}
	countWaiting  = text{"待取 %d", "left %d"}
	byRobots      = text{"robots.txt 不允许 %d", "robots.txt %d"}
	byHost        = text{"其他网站 %d", "other hosts %d"}
	bySize        = text{"过大 %d", "too large %d"}
	byFormat      = text{"不是可收录的文件 %d", "not a readable format %d"}

	hintPages     = text{"达到 --max-pages 的上限；再次运行同一命令会接着抓取。", "--max-pages is reached; the same command goes on with the rest."}
	hintBytes     = text{"达到 --max-total 的上限；再次运行同一命令会接着抓取。", "--max-total is reached; the same command goes on with the rest."}
	hintTime      = text{"达到 --max-time 的上限；再次运行同一命令会接着抓取。", "--max-time is reached; the same command goes on with the rest."}
	hintElsewhere = text{"有 %d 个附件在其他网站上，加 --other-hosts 可一并抓取。", "%d attachments lie on other hosts; --other-hosts fetches them too."}
	hintGone      = text{"已消失的网页仍可检索；加 --prune 再运行一次可删除。", "What is gone can still be found; run again with --prune to delete it."}
)
