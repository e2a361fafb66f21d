package header

import "testing"

func TestKindOfTitles(t *testing.T) {
	for title, want := range map[string]string{
		"临沅市2018年度法治政府建设工作报告": kindRuleOfLaw, "临沅市司法局2014年依法行政工作总结": kindRuleOfLaw, "关于2018年法治政府建设情况的报告": kindRuleOfLaw,
		"2019年政府工作报告": kindWorkReport, "青县2022年政府信息公开工作年度报告": kindDisclosure, "关于修桥的通知": kindNotice,
		"关于开展法治政府建设督察的通知": kindNotice, "青县护林办法（试行）": kindNormative, "关于修桥的实施意见": kindNormative, "关于修桥的批复": "批复",
		"关于修桥的复函": "函", "青县人民政府公告": "公告", "关于废止文件的决定": "决定", "中华人民共和国反洗钱法": kindLaw, "中华人民共和国政府信息公开条例": kindRegulation,
		"青岛市森林公园管理条例": kindLocal, "最高人民法院关于审理案件若干问题的解释": kindInterpreted, "《青县2023年法治政府建设情况报告》解读": kindOther, "青县2021年工作要点": kindOther,
		"青县2019年法治政府建设工作总结和2020年工作计划": kindRuleOfLaw, "青县2019年法治政府建设工作情况": kindRuleOfLaw, "青县法治政府建设实施方案": kindOther,
	} {
		p := newPage("")
		p.title = title
		if got := p.kindOf(""); got != want {
			t.Errorf("kind of %s is %q, want %q", title, got, want)
		}
	}
}

func TestYearOfTitle(t *testing.T) {
	for title, want := range map[string]int{
		"2018年度法治政府建设工作报告": 2018, "关于印发2019年工作要点的通知": 2019, "规划(2018—2020年)": 2020, "实施纲要(2021-2025年)": 2025, "二〇一八年工作报告": 2018,
		"转发国办发〔2016〕5号文件的通知": 0, "护林办法(2018年3月5日通过)": 0, "护林办法": 0, "2019年至2021年行动计划": 2021,
	} {
		if got := yearOfTitle(title); got != want {
			t.Errorf("year of %s is %d, want %d", title, got, want)
		}
	}
}
