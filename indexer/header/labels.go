package header

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// field is what a label says that its value is.
type field uint8

const (
	ignored field = iota
	titleField
	numberField
	signedField
	publishedField // 发布日期, 时间 …
	updatedField   // 更新时间: counts where nothing better is said
	writtenField   // 生成日期, 发文日期: of the record, counts after the ones above
	sourceField
	issuerField
	statusField
	rankField // 效力级别
	effectiveField
	expiryField
	termField // 有效期: years, or a span
)

// minor fields tell nothing about how a header is laid out.
func (f field) minor() bool { return f == ignored || f >= effectiveField }

// labelNames are the words that stand before values on government pages. Labels map many to one: 文号 and 发文字号 are one,
// as are 名称 and 标题, 发布机构 and 发文机关.
var labelNames = map[field][]string{
	titleField:     {"标题", "名称", "信息名称", "文件名称", "公文名称", "文件标题", "公文标题", "信息标题", "题名"},
	numberField:    {"文号", "发文字号", "发文文号", "公文文号", "文件文号", "文件编号", "文件字号", "发文号", "批准文号", "发布文号"},
	signedField:    {"成文日期", "成文时间", "签署日期", "签发日期", "制定日期"},
	publishedField: {"发布日期", "发布时间", "公开日期", "公开时间", "公布日期", "公布时间", "发表时间", "发表日期", "上传时间", "上传日期", "发稿时间", "信息时间", "信息日期", "网站发布时间", "时间", "日期", "上网时间", "上网日期", "颁布日期", "颁布时间", "录入时间", "添加时间", "来源时间", "来源时间为", "发布于", "发表于", "上线时间", "编辑日期", "制作时间", "报送时间", "稿件时间", "日期时间"},
	updatedField:   {"更新时间", "更新日期", "最后更新", "更新于"},
	writtenField:   {"生成日期", "生成时间", "发文日期", "发文时间", "产生日期", "印发日期", "印发时间", "形成日期"},
	sourceField:    {"来源", "信息来源", "文章来源", "稿源", "稿件来源", "来源单位", "信息来源单位", "出处", "文章出处", "来源部门", "新闻来源", "内容来源", "文件来源"},
	issuerField:    {"发文机关", "发文机构", "发文单位", "发文部门", "发布机构", "发布机关", "发布单位", "发布部门", "制发机关", "制定机关", "制定单位", "公开主体", "公开机构", "公开部门", "公开单位", "公布机关", "颁布机关", "颁布单位", "发布者", "印发机关", "印发单位", "发文机关署名", "信息公开责任主体"},
	statusField:    {"有效性", "时效性", "效力状态", "文件状态", "是否有效", "时效状态", "有效状态", "公文时效", "文件时效", "时效", "效力", "信息有效性", "文件有效性", "公文有效性", "废止状态", "有效与否"},
	rankField:      {"效力级别", "效力位阶", "法律位阶"},
	effectiveField: {"施行日期", "施行时间", "实施日期", "实施时间", "生效日期", "生效时间"},
	expiryField:    {"失效日期", "失效时间", "废止日期", "废止时间", "有效期至"},
	termField:      {"有效期", "有效期限"},
	ignored: {"索引号", "信息索引号", "索引", "索取号", "统一编号", "登记号", "统一登记号", "规范性文件统一编号", "主题分类", "分类", "主题词", "关键词", "关键字", "体裁分类",
		"组配分类", "服务对象", "服务对象分类", "公开方式", "公开类别", "公开形式", "公开范围", "公开属性", "公开程序", "公开期限", "公开时限", "信息类别", "信息分类", "信息格式",
		"所属栏目", "栏目", "内容概述", "内容概要", "内容摘要", "摘要", "概述", "内容简介", "作者", "文章作者", "责任编辑", "编辑", "责编", "审核", "审核人", "初审", "复审", "终审", "签发人",
		"浏览次数", "浏览量", "浏览", "浏览数", "点击", "点击量", "点击数", "点击率", "点击次数", "阅读", "阅读次数", "阅读量", "阅读数", "访问量", "访问次数", "人气", "次数",
		"字体", "字号", "字体大小", "文字大小", "文字", "视力保护色", "保护视力色", "背景色", "背景颜色", "分享", "分享到", "下载地址", "打印", "年份", "期号", "按文号",
		"文件类型", "公文种类", "公文类别", "文种", "体裁", "载体", "载体类型", "语种", "格式", "适用地区", "有限期限", "责任部门", "起草单位", "解读",
		"截止日期", "截止时间", "归档时间", "归档日期", "修改日期", "修订日期", "公示日期", "公示时间", "供稿", "供稿单位", "撰稿", "记者", "摄影",
		"语音播报", "主送", "抄送", "密级", "缓急", "访问", "收藏", "纠错", "扫一扫", "信息提供", "提供单位", "文件分类", "发文类别", "栏目名称", "网站名称", "站点", "频道",
		"主管单位", "主管部门", "主办部门", "承办部门", "编辑单位", "责任单位", "机构分类", "分类名称", "信息编号", "稿件编号", "规范性文件编号", "主题", "存放位置", "存放地点", "关联文件", "相关文件", "附件下载", "地域", "废止依据", "专题分类", "行业分类"},
}

// weak are labels that are words of running text too: they count only where nothing Han stands before them and a colon
// or a table cell's border after them.
var weak = map[string]bool{"时间": true, "日期": true, "来源": true, "文号": true, "点击": true, "阅读": true, "标题": true, "名称": true,
	"分类": true, "作者": true, "字号": true, "编辑": true, "审核": true, "效力": true, "时效": true, "浏览": true, "文字": true, "摘要": true, "概述": true,
	"分享": true, "打印": true, "索引": true, "解读": true, "格式": true, "栏目": true, "次数": true, "访问": true, "收藏": true, "主题": true, "出处": true,
	"稿源": true, "字体": true, "记者": true, "体裁": true, "文种": true, "载体": true, "主送": true, "抄送": true, "密级": true, "题名": true, "频道": true, "站点": true, "地域": true,
	"有效期": true, "初审": true, "复审": true, "终审": true, "供稿": true, "撰稿": true, "摄影": true, "人气": true, "年份": true, "期号": true, "语种": true, "缓急": true, "公开时间": true}

type labelTable struct {
	fields map[string]field
	root   *labelNode
	first  runeSet // of the first characters
}

// labelNode is a beginning of labels; name is set where it is a whole one.
type labelNode struct {
	next map[rune]*labelNode
	name string
}

// labels builds the table at first use.
var labels = sync.OnceValue(func() labelTable {
	t := labelTable{fields: map[string]field{}, root: &labelNode{}}
	for f, names := range labelNames {
		for _, name := range names {
			t.fields[name] = f
			node := t.root
			for at, r := range name {
				if at == 0 {
					t.first.add(r)
				}
				if node.next == nil {
					node.next = map[rune]*labelNode{}
				}
				if node.next[r] == nil {
					node.next[r] = &labelNode{}
				}
				node = node.next[r]
			}
			node.name = name
		}
	}
	return t
})

// find returns the first label in key at or behind the byte from. The longest one counts: 信息来源 must not be read as
// 来源. Pages stretch short labels with blanks (索 引 号).
func (t *labelTable) find(key string, from int) (name string, start, end int) {
	for at, r := range key[from:] {
		if !t.first.has(r) {
			continue
		}
		if name, length := t.at(key[from+at:]); name != "" {
			return name, from + at, from + at + length
		}
	}
	return "", 0, 0
}

// at returns the label that a text begins with, and how many bytes it takes there.
func (t *labelTable) at(text string) (name string, length int) {
	node := t.root
	for at, r := range text {
		if r == ' ' && at > 0 {
			continue
		}
		if node = node.next[r]; node == nil {
			break
		}
		if node.name != "" {
			name, length = node.name, at+utf8.RuneLen(r)
		}
	}
	return name, length
}

// labelOf returns the field of a text that is a label and nothing else, colon and brackets aside.
func labelOf(key string) (field, bool) {
	key = strings.Trim(tight(key), ":[]【】•·*|▪■◆●-")
	f, ok := labels().fields[key]
	return f, ok
}

// runeSet tells most characters that are not in it; for a few it errs.
type runeSet [64]uint64

func (s *runeSet) add(r rune)      { s[r>>6&63] |= 1 << (r & 63) }
func (s *runeSet) has(r rune) bool { return s[r>>6&63]&(1<<(r&63)) != 0 }
