package figure

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// measure says what kind of thing a unit measures.
type measure int

const (
	things   measure = iota // 件, 名, 公里
	digits                  // a unit behind digits alone: 三面 is no number of flags
	rates                   // %, 百分点
	tenths                  // 三成: thirty in a hundred
	bare                    // a noun that is counted without a measure word: 五部门
	duration                // 年, 个工作日
	moment                  // 月, 日, 号: a date or the number of something
)

// units lists by kind what may stand behind a number.
var units = map[measure]string{
	things: `吉瓦时 公方 剂次 证次 发 把 讲 大类 小类 中类 件 个 项 名 人 家 次 条 份 起 宗 户 篇 期 场 处 座 所 台 辆 套 批 类 种 张 册 本 例 笔 吨 亩 元 支 部 位 间 只 片 组 轮 枚 株 棵 颗 头 桩 幅
		幢 栋 艘 架 列 节 堂 首 封 卷 尾 羽 瓶 箱 桶 盏 班 课时 学时 人次 件次 户次 家次 场次 批次 班次 车次 架次 辆次 台次 起次 例次 门次 例 岁 倍 米
		公里 千米 里 厘米 毫米 海里 平方米 平方公里 平方千米 立方米 立方 公顷 顷 平方 平方公尺 公尺 市亩 公担 吨 公斤 千克 克 斤 升 毫升 吨标准煤 吨标煤 千瓦 千瓦时 瓦 兆瓦 兆瓦时
		吉瓦 度电 万千瓦 美元 港元 港币 日元 欧元 英镑 卢布 元人民币 万户 标箱 标准箱 车道 车位 床 张床位 床位 人(次) 件(次) 户(次) 场(次) 次(场) 家(次)
		个(次) 条(次) 项(次) 份(次) 台(套) 套(间) 台套 件(套) 人份 公顷 载重吨 总吨 字 条款 km m ㎡ m2 m² m³ kg t kw kwh mw gw
		gb tb pb mb ℃ 摄氏度 毫克 微克 分贝 亿立方米 件(批)次 件(批) 批(人)次 人·次 公里·小时 立方米/秒 微克/立方米 毫克/立方米 毫克/升 元/平方米
		元/吨 元/亩 元/人 吨公里 人公里 核 比特 字节 万人 千人 人公里 海里 公担 市斤 担 石 包 匹 锭 纱锭 马力 口 股 对`,
	digits: "眼 方 员 分 面 道 门 块 层 段 层 孔 米 步 章 队 国 省 市 县 区 镇 乡 村 街道 社区 届 度 环 包 盘 则 款 集 课 回 票 席 级 ha pm",
	rates:  "% ‰ 个百分点 百分点 个千分点",
	tenths: "成",
	bare:   `部门 部委 乡镇 镇街 街镇 镇(街道) 镇(街) 乡(镇) 县区 区县 县(区) 县(市、区) 市县 市州 省份 省区 省(区、市) 省市 单位 法院 街乡 乡街`,
	duration: `年 年度 年间 个年头 年多 个月 月 个多月 天 日 个日历天 小时 个小时 分钟 秒 秒钟 秒级 周 周年 星期 个星期 个工作日 工作日 个自然日 季度 个季度 周岁 载 昼夜
		个半小时 日历天 个交易日 学年 个学期 学期 世纪 年代 年期 年级 刻钟 分零 月份 旬 夜 晚 代 辈子 个五年 个小时内 个半月 个寒暑 个昼夜 个春秋`,
	moment: "号 点 时 时许 分许 点钟 点半 号楼 号院 号令 号文 届全会 中全会 次全会 次全体会议 楼 室 栋号 级 版 频道 路 街 号线 码 热线 平台",
}

// unit is a row of the table that units makes.
type unit struct {
	text string
	measure
}

// unitsByFirst holds the units by their first character, longest first.
var unitsByFirst = func() map[rune][]unit {
	all := map[rune][]unit{}
	for kind, list := range units {
		for _, text := range strings.Fields(list) {
			first, _ := utf8.DecodeRuneInString(text)
			all[first] = append(all[first], unit{text, kind})
		}
	}
	for _, row := range all {
		slices.SortFunc(row, func(a, b unit) int {
			return cmp.Or(cmp.Compare(len(b.text), len(a.text)), cmp.Compare(a.measure, b.measure))
		})
	}
	return all
}()

// notUnits are words that begin as a unit does.
var notUnits = map[string][]string{
	"发":  {"发展", "发布", "发放", "发电", "发生", "发现"},
	"把":  {"把手", "把关"},
	"个":  {"个别", "个性化", "个体工商"},
	"人":  {"人口", "人员", "人才", "人士", "人家", "人类", "人群", "人民币", "人均", "人工", "人大", "人社", "人民", "人力", "人身"},
	"部":  {"部门", "部委", "部署", "部分", "部级", "部长", "部曲", "部(委"},
	"名":  {"名称", "名单", "名录", "名列"},
	"家":  {"家庭", "家电", "家族", "家园", "家长"},
	"次":  {"次要", "次生", "次序", "次日", "次年"},
	"条":  {"条件", "条例", "条线", "条主线"},
	"起":  {"起草", "起施行", "起诉", "起实施", "起步", "起来"},
	"处":  {"处罚", "处理", "处置", "处级", "处分", "处于", "处室"},
	"所":  {"所有", "所在", "所得", "所属"},
	"类":  {"类似", "类别", "类型"},
	"种":  {"种植", "种类", "种子", "种养"},
	"本":  {"本标准", "本规范", "本规程", "本条", "本法", "本办法", "本规定", "本指", "本市", "本区", "本县", "本省", "本级", "本年", "本机关", "本次", "本地", "本单位", "本科"},
	"位":  {"位于", "位居", "位列", "位置", "位一体", "位数"},
	"间":  {"间接", "间隔"},
	"组":  {"组织", "组建", "组成"},
	"元":  {"元旦", "元素", "元宵"},
	"分":  {"分别", "分类", "分之", "分级", "分析", "分局", "分支", "分公司", "分为", "分段", "分散", "分工", "分管", "分钟"},
	"面":  {"面向", "面对", "面积", "面临"},
	"门":  {"门户", "门槛"},
	"国":  {"国家", "国有", "国内", "国际", "国产"},
	"市":  {"市场", "市民", "市级", "市政"},
	"区":  {"区域", "区级", "区委", "区政府"},
	"县":  {"县级", "县域", "县委", "县政府"},
	"省":  {"省级", "省委", "省政府"},
	"村":  {"村民", "村级", "村委", "村庄"},
	"方":  {"方面", "方案", "方式", "方针", "方位", "方便", "方责任"},
	"里":  {"里程", "里面"},
	"班":  {"班子", "班列"},
	"头":  {"头部"},
	"首":  {"首次", "首批", "首席"},
	"只":  {"只有", "只能", "只是", "只需"},
	"点":  {"点对点", "点位", "点多面广"},
	"度":  {"度假"},
	"成":  {"成功", "成立", "成为", "成果", "成效", "成员", "成本", "成都", "成品", "成长", "成绩", "成套", "成年"},
	"包":  {"包括", "包含", "包保"},
	"石":  {"石油", "石化", "石材"},
	"担":  {"担当", "担保", "担任"},
	"股":  {"股东", "股权", "股份"},
	"列":  {"列入", "列为", "列席"},
	"对":  {"对应", "对外", "对接", "对口", "对于"},
	"口":  {"口径", "口岸", "口头"},
	"字":  {"字样"},
	"节":  {"节约", "节能", "节日"},
	"支":  {"支持", "支出", "支付", "支部", "支撑"},
	"员":  {"员工"},
	"期":  {"期间", "期限", "期末", "期货"},
	"批":  {"批准", "批复", "批评", "批发"},
	"场":  {"场所", "场地", "场景", "场馆"},
	"座":  {"座谈"},
	"例":  {"例如", "例会", "例行"},
	"户":  {"户籍", "户外", "户口"},
	"项":  {"项目"},
	"道":  {"道路", "道德"},
	"米":  {"米面"},
	"步":  {"步骤", "步伐", "步行", "步走"},
	"段":  {"段时间"},
	"课":  {"课程", "课题"},
	"讲":  {"讲话", "讲解"},
	"级":  {"级别"},
	"站":  {"站位", "站点"},
	"路":  {"路线"},
	"单位": {"单位面积"},
	"眼":  {"眼科", "眼镜", "眼光", "眼前", "眼睛", "眼病", "眼里"},
}

// readUnit reads the unit that begins at the byte of folded text, after one space at most.
func readUnit(s string, at int) (u unit, start int, ok bool) {
	start = skipSpace(s, at)
	r, _ := utf8.DecodeRuneInString(s[start:])
	for _, u := range unitsByFirst[r] {
		rest := s[start:]
		if !strings.HasPrefix(rest, u.text) || hasAny(rest, notUnits[u.text]...) && !strings.HasPrefix(rest, "项目标") {
			continue
		}
		if u.text[0] < utf8.RuneSelf && isLatin(s, start+len(u.text)) {
			continue
		}
		return u, start, true
	}
	return unit{}, at, false
}

func isLatin(s string, at int) bool {
	return at < len(s) && (s[at] >= 'a' && s[at] <= 'z' || isDigit(s[at]))
}
