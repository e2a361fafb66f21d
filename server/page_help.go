package server

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// helpView is the page that explains queries.
type helpView struct {
	frame
	Examples []exampleGroup
}

// exampleGroup is a part of the query syntax with examples that can be tried.
type exampleGroup struct {
	Name     string
	Says     []string
	Examples []example
}

// example is a query and what it means.
type example struct{ Query, Means, Link string }

func (s *Server) helpPage(c echo.Context) error {
	view := helpView{Examples: syntax()}
	view.frame = s.frame("检索语法")
	return s.pages.help.send(c, http.StatusOK, view)
}

// syntax is doc/query-syntax.md in short. A test parses every example.
func syntax() []exampleGroup {
	groups := []exampleGroup{
		{
			Name: "词",
			Says: []string{
				"直接输入要找的词，空格可有可无。输入的文字按词切开，每个词都要在文件中出现，但不必相连，次序不限；也在标题、机关、地区、字号中找。",
				"简体与繁体、全角与半角、各式括号视为相同。标点不算词。数字和字母按整体比较：47号 找不到 147号。",
				"词前加 + 表示必须有，放宽时也不略去。",
			},
			Examples: []example{
				{Query: "涉企检查", Means: "含“涉企”和“检查”的文件"},
				{Query: "權責清單", Means: "与“权责清单”相同"},
				{Query: "+法律顾问 聘请", Means: "必须含“法律顾问”"},
			},
		},
		{
			Name: "原文",
			Says: []string{
				"引号里的一串字按原样查找，一字不差，标点也算，一个字也可以。“”、\"\"、「」、『』 都行；《》里的也按原样查找。",
				"引号里的引号写作 \\\"。没有关上的引号到末尾为止。",
			},
			Examples: []example{
				{Query: `"主任办公会议"`, Means: "这六个字连在一起"},
				{Query: "“放管服”改革", Means: "“放管服”连在一起，并且有“改革”"},
				{Query: "《优化营商环境条例》", Means: "提到这部条例的文件"},
			},
		},
		{
			Name: "或、非、括号",
			Says: []string{
				"OR（或、|）和 NOT（非、-）两边留空格；- 只能紧贴在词前。并列的词先结合，再轮到 OR。括号可以改变先后。",
			},
			Examples: []example{
				{Query: "行政复议 OR 行政诉讼", Means: "有其中一个即可"},
				{Query: "复议 NOT 撤销", Means: "有“复议”而没有“撤销”"},
				{Query: "(复议 OR 诉讼) 败诉", Means: "有“败诉”，并有前两者之一"},
			},
		},
		{
			Name: "同句、同段、相隔几字",
			Says: []string{
				"连接符写在两个检索词之间，两边留空格：/s（或 /句）要求在同一句，/p（或 /段）在同一段，/20 相隔至多 20 个字（1 至 200）。句以 。！？ 或段末为界，段就是一行。",
				"换成 > 则还要求前一个词在前：>s、>p、>20。全角的 ／ｓ、＞２０ 和中文键盘打出的 》20 也认得。",
				"连接符旁的词一字不差地查找，也可以是引号里的原文、带通配符的词、括号里用 OR 并列的词。可以连写，每个连接符连接它两边的词。只标出符合条件的那几处。",
				"连接符先于其他结合：公开 处罚 /s 听证，即有“公开”，并且“处罚”“听证”同句。和/或、1/2 中间没有空格，仍是文字。",
			},
			Examples: []example{
				{Query: "行政处罚 /s 听证", Means: "“行政处罚”和“听证”在同一句"},
				{Query: "罚款 /p 没收 /p 吊销", Means: "三个词在同一段"},
				{Query: "行政复议 /20 期限", Means: "两个词相隔不超过 20 个字"},
				{Query: "应当 >10 公开", Means: "“应当”之后 10 个字以内有“公开”"},
				{Query: "(罚款 OR 没收) /s 听证", Means: "“罚款”或“没收”与“听证”同句"},
				{Query: "行政处罚 -(行政处罚 /s 听证)", Means: "有“行政处罚”，但没有一处与“听证”同句"},
			},
		},
		{
			Name: "通配符和权重",
			Says: []string{
				"不加引号的词里，* 代表至多十个字，? 代表一个字，都不跨标点和空格。全角的 ？ 和问句里的问号仍是问号。",
				"词后写 ^3，排序时按三倍计，查到的文件不变；字段条件带 ^ 就不再筛选，只让符合的排在前面。",
			},
			Examples: []example{
				{Query: "行政*诉讼", Means: "行政诉讼、行政公益诉讼、行政附带民事诉讼……"},
				{Query: "第?条", Means: "第一条、第二条……"},
				{Query: "行政处罚^3 听证", Means: "“行政处罚”看得更重"},
				{Query: "行政处罚 标题:年度报告^3", Means: "标题里有“年度报告”的排在前面"},
			},
		},
		{
			Name: "字段",
			Says: []string{
				"字段名后加冒号（: 或 ：）和值，中文名、英文名都行。日期和年度可以写成范围，中间用两个点。值里有空格时加引号。",
			},
			Examples: []example{
				{Query: "年度:2018", Means: "2018 年度的报告（year:）"},
				{Query: "年度:2016..2019", Means: "2016 至 2019 年度"},
				{Query: "发布:2019-01..2019-03", Means: "2019 年一季度发布的（published:）"},
				{Query: "施行:2020..", Means: "2020 年起施行的（effective:；失效:、expires: 同理）"},
				{Query: "发布:2019-06..", Means: "2019 年 6 月以来发布的"},
				{Query: "机关:司法局", Means: "发文机关或来源含“司法局”（department:）"},
				{Query: "地区:大连市", Means: "这个地区及其下级（region:）"},
				{Query: "内容:plan 执法", Means: "下一步计划中提到“执法”的（role:）"},
				{Query: "主题:disclosure", Means: "有政务公开一节的（topic:）"},
				{Query: "文号:国发〔2015〕36号", Means: "这个发文字号的文件（number:）"},
				{Query: "引用:国发〔2015〕36号", Means: "引用了它的文件（cites:）"},
				{Query: "引用:《行政复议法》", Means: "引用了这部法律的文件"},
				{Query: "标题:年度报告", Means: "标题里有“年度报告”（title:）"},
				{Query: "小标题:执法", Means: "章节标题里有“执法”（heading:）"},
				{Query: "类别:年度报告", Means: "按文件类别（kind:）"},
				{Query: "状态:有效", Means: "按效力状态（status:）"},
			},
		},
	}
	groups = append(groups, exampleGroup{
		Name: "别名、建议和排序",
		Says: []string{
			"不加引号的词也按别名检索，结果上方会写明；不想用别名，点“不用别名”，或给词加引号。",
			"输入时的建议按汉字、拼音、首字母都可以（行政复、xingzhengfu、xzfy、行政fy），不用建议也一样检索。",
			"没有结果时，会列出去掉某个词、某个条件或引号后各有多少；像是输错的字，会给出改正后的件数。",
			"点“为什么这样排”，可以看到每条结果的得分由哪些部分组成。",
		},
		Examples: []example{
			{Query: "道交法", Means: "也找道路交通安全法"},
			{Query: `"道交法"`, Means: "只找这三个字"},
		},
	})
	for i := range groups {
		for j := range groups[i].Examples {
			e := &groups[i].Examples[j]
			e.Link = params{}.defaults().asking(e.Query).link("/search")
		}
	}
	return groups
}
