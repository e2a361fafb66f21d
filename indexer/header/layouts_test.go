package header

import (
	"strings"
	"testing"
)

// layouts are pages of invented places, each arranged like a kind of government site. The body is what stands after ===.
var layouts = []struct {
	name, url, page string
	want            Fields
	first, last     string // lines of the body
}{
	{
		name: "labels and values on one line, values glued to the next label",
		page: "临沅市2019年度法治政府建设情况报告\n来源：市司法局时间：2020/3/9 8:05:00作者：点击：\n\n2019年，全市各级行政机关依法履职，现将情况报告如下。\n一、主要工作\n开展检查十二次。\n临沅市人民政府\n2020年3月6日\n上一篇：没有了\n下一篇：关于开展检查的通知\n主办单位：临沅市人民政府办公室",
		want: Fields{Title: "临沅市2019年度法治政府建设情况报告", Kind: kindRuleOfLaw, Year: 2019, Published: "2020-03-09", Signed: "2020-03-06",
			Source: "市司法局", Issuer: "临沅市人民政府"},
		first: "2019年，全市各级行政机关依法履职，现将情况报告如下。", last: "2020年3月6日",
	},
	{
		name: "table with cells, number and title in it",
		page: "首页 > 政务公开 > 文件\n索 引 号 | 000014/2021-3 | 发文字号 | 苍政办发〔2021〕5号 |\n发文机关 | 苍云县人民政府办公室 | 成文日期 | 2021年2月3日 |\n标 题 | 苍云县人民政府办公室关于加强古井保护的通知 | 时效性 | 已废止 |\n发布日期 | 2021-02-08 | 主题分类 | 文化 |\n苍云县人民政府办公室关于加强古井保护的通知\n各乡镇人民政府：\n古井要保护好，任何人不得填埋。\n苍云县人民政府办公室\n2021年2月3日",
		want: Fields{Title: "苍云县人民政府办公室关于加强古井保护的通知", Kind: "通知", Published: "2021-02-08", Signed: "2021-02-03",
			Issuer: "苍云县人民政府办公室", Number: "苍政办发〔2021〕5号", Status: "已废止"},
		first: "各乡镇人民政府：", last: "2021年2月3日",
	},
	{
		name:  "a row of labels above a row of values",
		page:  "索引号 文号 发布机构 发布日期\nK12/2020-7 云林发〔2020〕14号 云浮岭市林业局 2020-06-01\n云浮岭市林业局关于护林巡查的通知\n各县林业局：\n请各地按期巡查，发现火情立即报告。",
		want:  Fields{Title: "云浮岭市林业局关于护林巡查的通知", Kind: "通知", Published: "2020-06-01", Issuer: "云浮岭市林业局", Number: "云林发〔2020〕14号"},
		first: "各县林业局：", last: "请各地按期巡查，发现火情立即报告。",
	},
	{
		name:  "label lines with values below, empty ones between",
		page:  "发布机构：\n桐川县人民政府\n文号：\n主题分类：\n来源：\n发布日期：\n2022-05-06\n桐川县人民政府关于修缮石桥的批复\n桐川县交通局：\n同意你局修缮石桥，请抓紧办理并注意安全。",
		want:  Fields{Title: "桐川县人民政府关于修缮石桥的批复", Kind: "批复", Published: "2022-05-06", Issuer: "桐川县人民政府"},
		first: "桐川县交通局：", last: "同意你局修缮石桥，请抓紧办理并注意安全。",
	},
	{
		name: "number above the title, Han date, two signers",
		page: "桐政发〔2008〕21号\n桐川县人民政府 桐川县人民武装部\n关于做好征兵工作的通告\n今年征兵工作从十一月开始，请适龄青年按时登记。\n桐川县人民政府\n桐川县人民武装部\n二○○八年十月三十一日",
		want: Fields{Title: "桐川县人民政府 桐川县人民武装部关于做好征兵工作的通告", Kind: "通告", Published: "2008-10-31", Signed: "2008-10-31",
			Issuer: "桐川县人民政府、桐川县人民武装部", Number: "桐政发〔2008〕21号"},
		first: "今年征兵工作从十一月开始，请适龄青年按时登记。", last: "二○○八年十月三十一日",
	},
	{
		name: "site name behind the title, number in the title",
		page: "关于印发桐川县河长制实施方案的通知（桐政办发〔2018〕7号）_桐川县人民政府门户网站\n【字体：大 中 小】 打印本页\n各乡镇：\n现将《桐川县河长制实施方案》印发给你们，请认真贯彻执行。\n桐川县人民政府办公室\n2018514",
		want: Fields{Title: "关于印发桐川县河长制实施方案的通知", Kind: "通知", Published: "2018-05-14", Signed: "2018-05-14",
			Issuer: "桐川县人民政府办公室", Number: "桐政办发〔2018〕7号"},
		first: "各乡镇：", last: "2018514",
	},
	{
		name:  "a date without a label, wide clock line, ascii colon",
		page:  "今天是 2024年1月1日 星期一\n当前位置：首页>公开\n2022年度桐川县法治政府建设工作总结\n2023-01-20\n2022年度，我县共办理复议案件三件，全部按期办结。\n关闭窗口",
		want:  Fields{Title: "2022年度桐川县法治政府建设工作总结", Kind: kindRuleOfLaw, Year: 2022, Published: "2023-01-20"},
		first: "2022年度，我县共办理复议案件三件，全部按期办结。", last: "2022年度，我县共办理复议案件三件，全部按期办结。",
	},
	{
		name: "real places, short name of the body in the block",
		url:  "http://www.luoping.gov.cn/",
		page: "发布机构：县政府办公室 发文日期：2020年01月15日\n罗平县2019年政府信息公开工作年度报告\n本报告所列数据的统计期限自2019年1月1日起至2019年12月31日止。",
		want: Fields{Title: "罗平县2019年政府信息公开工作年度报告", Kind: kindDisclosure, Year: 2019, Published: "2020-01-15",
			Issuer: "罗平县人民政府办公室", Region: "云南省/曲靖市/罗平县"},
		first: "本报告所列数据的统计期限自2019年1月1日起至2019年12月31日止。", last: "本报告所列数据的统计期限自2019年1月1日起至2019年12月31日止。",
	},
	{
		name: "a place that several provinces have, told apart by the host",
		url:  "http://www.bjchy.gov.cn/a/b",
		page: "朝阳区人民政府2020年法治政府建设年度报告\n时间:2021-03-01\n2020年，全区共审核文件三十件，备案率达到百分之百。",
		want: Fields{Title: "朝阳区人民政府2020年法治政府建设年度报告", Kind: kindRuleOfLaw, Year: 2020, Published: "2021-03-01",
			Issuer: "朝阳区人民政府", Region: "北京市/朝阳区"},
		first: "2020年，全区共审核文件三十件，备案率达到百分之百。", last: "2020年，全区共审核文件三十件，备案率达到百分之百。",
	},
	{
		name: "an invented chain in the signature places the short name in the title",
		page: "【示例文档】本文的地名和数字都是虚构的\n青溪区2021年法治政府建设年度报告\n来源：公文示例库 发布时间：2022-01-30\n2021年，全区行政机关负责人出庭应诉二十次，没有缺席。\n云川省临江市青溪区人民政府\n2022年1月28日",
		want: Fields{Title: "青溪区2021年法治政府建设年度报告", Kind: kindRuleOfLaw, Year: 2021, Published: "2022-01-30", Signed: "2022-01-28",
			Source: "公文示例库", Issuer: "云川省临江市青溪区人民政府", Region: "云川省/临江市/青溪区"},
		first: "2021年，全区行政机关负责人出庭应诉二十次，没有缺席。", last: "2022年1月28日",
	},
	{
		name:  "a work report with its captions",
		page:  "2024年桐川县政府工作报告\n——2024年1月9日在桐川县第三届人民代表大会第四次会议上\n县长 李明\n县长李明作政府工作报告。本报记者 王红 摄\n各位代表：\n现在，我代表县人民政府，向大会报告工作，请予审议。\n一、2023年工作回顾\n桥修好了。\n相关报道：\n县人大会议开幕",
		want:  Fields{Title: "2024年桐川县政府工作报告", Kind: kindWorkReport, Year: 2024},
		first: "各位代表：", last: "桥修好了。",
	},
	{
		name:  "an invitation: time and place are its text",
		page:  "桐川县人民政府关于召开防汛会议的通知\n各乡镇人民政府：\n时间：2021年6月1日\n地点：县政府三楼会议室\n请各乡镇主要负责人准时参加，不得缺席。",
		want:  Fields{Title: "桐川县人民政府关于召开防汛会议的通知", Kind: "通知", Issuer: "桐川县人民政府"},
		first: "各乡镇人民政府：", last: "请各乡镇主要负责人准时参加，不得缺席。",
	},
	{
		name:  "plan over several years, status behind the title",
		page:  "桐川县法治政府建设规划（2016—2020年）（已失效）\n信息来源: www.tongchuan.example/a 发布日期: 二〇一六年十二月一日\n为了建设法治政府，制定本规划，请各部门认真执行。",
		want:  Fields{Title: "桐川县法治政府建设规划（2016—2020年）", Kind: kindOther, Year: 2020, Published: "2016-12-01", Status: "已失效"},
		first: "为了建设法治政府，制定本规划，请各部门认真执行。", last: "为了建设法治政府，制定本规划，请各部门认真执行。",
	},
	{
		name:  "labels without colons on lines of their own",
		page:  "索引号\n0123/2020-004\n主题分类\n水利\n发布机构\n桐川县水务局\n发布日期\n2020-07-01\n文号\n桐水发〔2020〕8号\n有效性\n现行有效\n桐川县水务局关于清淤的通知\n各乡镇水管站：\n请于汛前完成清淤，保证河道畅通。",
		want:  Fields{Title: "桐川县水务局关于清淤的通知", Kind: "通知", Published: "2020-07-01", Issuer: "桐川县水务局", Number: "桐水发〔2020〕8号", Status: "现行有效"},
		first: "各乡镇水管站：", last: "请于汛前完成清淤，保证河道畅通。",
	},
	{
		name:  "a stamp without labels, body and date on one line at the end",
		page:  "桐川县2017年法治政府建设情况报告\n2018-01-09 10:20   县法制办   阅读 35\n2017年，我县审核文件四十件，没有一件被上级撤销。\n桐川县人民政府2018年1月5日",
		want:  Fields{Title: "桐川县2017年法治政府建设情况报告", Kind: kindRuleOfLaw, Year: 2017, Published: "2018-01-09", Signed: "2018-01-05", Issuer: "桐川县人民政府"},
		first: "2017年，我县审核文件四十件，没有一件被上级撤销。", last: "桐川县人民政府2018年1月5日",
	},
	{
		name:  "values without labels: the last two dates are of signing and of publication",
		page:  "桐川县人民政府办公室\n桐政办发〔2021〕3号\n2021年1月4日\n2021年1月9日\n桐川县人民政府办公室关于冬修水利的通知\n各乡镇人民政府：\n请抓紧冬修，确保春灌用水。",
		want:  Fields{Title: "桐川县人民政府办公室关于冬修水利的通知", Kind: "通知", Published: "2021-01-09", Signed: "2021-01-04", Issuer: "桐川县人民政府办公室", Number: "桐政办发〔2021〕3号"},
		first: "各乡镇人民政府：", last: "请抓紧冬修，确保春灌用水。",
	},
	{
		name:  "traditional characters, damaged number in the block",
		page:  "首頁 / 文件\n發布機構: 桐川縣人民政府辦公室 文號: 桐政辦發〔202114\n發布日期: 2021-05-06 10:00 來源: 縣政府辦\n桐川縣人民政府辦公室關于護林的通知\n各鄉鎮人民政府：\n請加強巡護，發現火情立即報告。",
		want:  Fields{Title: "桐川县人民政府办公室关于护林的通知", Kind: "通知", Published: "2021-05-06", Source: "縣政府辦", Issuer: "桐川县人民政府办公室", Number: "桐政办发〔2021〕14号"},
		first: "各鄉鎮人民政府：", last: "請加強巡護，發現火情立即報告。",
	},
	{
		name:  "source of the page, markup of a copy",
		page:  "<div>桐川县司法局2020年度法治政府建设工作总结</div><p>发布时间：2020&#45;12&#45;30</p><p>　　2020年，我局办理法律援助案件九十件，群众满意。</p><p>桐川县司法局</p><p>2020年12月28日</p>",
		want:  Fields{Title: "桐川县司法局2020年度法治政府建设工作总结", Kind: kindRuleOfLaw, Year: 2020, Published: "2020-12-30", Signed: "2020-12-28", Issuer: "桐川县司法局"},
		first: "2020年，我局办理法律援助案件九十件，群众满意。", last: "2020年12月28日",
	},
	{
		name:  "how a rule came about is text",
		page:  "桐川市养犬管理条例\n2019年8月3日 桐川市第三届人民代表大会常务委员会第九次会议通过\n发布日期：2019-09-01\n第一条 为了规范养犬行为，制定本条例。",
		want:  Fields{Title: "桐川市养犬管理条例", Kind: kindLocal, Published: "2019-09-01"},
		first: "2019年8月3日 桐川市第三届人民代表大会常务委员会第九次会议通过", last: "第一条 为了规范养犬行为，制定本条例。",
	},
	{
		name:  "an explanation is no report and has no issuer",
		page:  "一图读懂《桐川县2023年法治政府建设年度报告》\n来源：县司法局 时间：2024-03-02\n一、编制背景\n按照要求编制了本报告，现作如下说明。",
		want:  Fields{Title: "一图读懂《桐川县2023年法治政府建设年度报告》", Kind: kindOther, Year: 2023, Published: "2024-03-02", Source: "县司法局"},
		first: "一、编制背景", last: "按照要求编制了本报告，现作如下说明。",
	},
	{
		name:  "a market authority begins with the character of a rank",
		url:   "http://www.luoping.gov.cn/",
		page:  "市场监督管理局2021年法治政府建设年度报告\n发布时间：2022-01-05 信息来源：\n2021年，我局查办案件三十件，罚没款全部上缴。",
		want:  Fields{Title: "市场监督管理局2021年法治政府建设年度报告", Kind: kindRuleOfLaw, Year: 2021, Published: "2022-01-05", Issuer: "市场监督管理局", Region: "云南省/曲靖市/罗平县"},
		first: "2021年，我局查办案件三十件，罚没款全部上缴。", last: "2021年，我局查办案件三十件，罚没款全部上缴。",
	},
	{
		name:  "an editor's note below the text tells the status",
		page:  "桐川县护林办法\n发布时间：2011-05-01\n第一条 护林人员每月巡查四次，做好记录。\n【编者注】本文件已被《桐川县人民政府关于废止部分文件的决定》废止。",
		want:  Fields{Title: "桐川县护林办法", Kind: kindNormative, Published: "2011-05-01", Status: "已废止"},
		first: "第一条 护林人员每月巡查四次，做好记录。", last: "【编者注】本文件已被《桐川县人民政府关于废止部分文件的决定》废止。",
	},
	{
		name:  "only navigation and a body",
		page:  "首页\n政务公开\n各科室、各单位：\n请于月底前报送材料，逾期不候。",
		want:  Fields{Kind: kindOther},
		first: "各科室、各单位：", last: "请于月底前报送材料，逾期不候。",
	},
	{name: "nothing", page: "", want: Fields{Kind: kindOther}},
	{
		name: "text alone", page: "今天天气很好。\n\n明天也是。", want: Fields{Kind: kindOther},
		first: "今天天气很好。", last: "明天也是。",
	},
}

func TestLayouts(t *testing.T) {
	places := newPlaces(t)
	for _, l := range layouts {
		t.Run(l.name, func(t *testing.T) {
			got, body := Read(l.page, l.url, places)
			if got != l.want {
				t.Errorf("Read:\n got %+v\nwant %+v", got, l.want)
			}
			lines := strings.Split(body, "\n")
			if lines[0] != l.first {
				t.Errorf("the body begins with %q, want %q", lines[0], l.first)
			}
			if last := lines[len(lines)-1]; last != l.last {
				t.Errorf("the body ends with %q, want %q", last, l.last)
			}
		})
	}
}
