package outline

import (
	"slices"
	"strings"
	"testing"

	"gongwen"
)

// acts are promises as such reports make them, with the topics that a reader may give them.
var acts = []struct{ text, topics string }{
	{"组建镇街综合行政执法队，2023年6月底前挂牌运行", "enforcement"},
	{"为基层司法所增配工作人员6名", "dispute capacity"},
	{"推行涉企“综合查一次”，联合检查比例达到40%", "enforcement function"},
	{"将法治政府建设纳入年度综合考核，分值不低于3分", "leadership"},
	{"组织政府常务会议会前学法不少于6次", "capacity leadership"},
	{"对2015年以前的规范性文件进行一次清理，该废止的废止", "rulemaking"},
	{"上线行政执法监督信息系统，实现案件网上办理", "digital enforcement"},
	{"建立政府合同合法性审查台账，审查率100%", "decision"},
	{"全面落实政府法律顾问制度，所有乡镇聘请法律顾问", "decision"},
	{"修订防汛应急预案并组织两次演练", "emergency"},
	{"办理人大代表建议、政协提案，办结率100%", "oversight"},
	{"设立企业投诉“直通车”，受理件5日内答复", "function dispute"},
	{"推进“一枚印章管审批”，审批时限再压缩20%", "function"},
	{"建成区级矛盾纠纷调处化解中心，实现“一站式”受理", "dispute"},
	{"常态化开展“法律进乡村”活动，培育法律明白人120名", "capacity"},
	{"推动行政机关负责人出庭应诉率达到95%以上", "dispute"},
	{"举办行政执法人员资格培训班两期", "capacity enforcement"},
	{"公开征集重大行政决策事项，年内听证不少于2次", "decision"},
	{"升级政府门户网站，增设政策文件库", "disclosure digital"},
	{"开展拖欠民营企业账款专项清理，年底前清零", "function oversight"},
	{"完善行政裁量权基准，细化量化裁量标准", "enforcement"},
	{"配合做好省委依法治省办法治督察反馈问题整改", "leadership"},
	{"推广使用电子证照，可用证照达到60类", "digital function"},
	{"每个行政村设立1名人民调解员", "dispute"},
	{"对食品小作坊开展专项检查，覆盖率100%", "enforcement"},
	{"出台《公平竞争审查实施细则》，新出台政策措施审查率100%", "rulemaking function"},
	{"健全行政执法与刑事司法衔接机制，全年移送案件不少于10件", "enforcement"},
	{"落实党政主要负责人述法制度，实现述法全覆盖", "leadership"},
	{"邀请人大代表、政协委员旁听庭审", "capacity oversight dispute"},
	{"编制公共企事业单位信息公开目录", "disclosure"},
	{"依托12345热线建立诉求办理回访机制，满意率达到95%", "function dispute"},
	{"开展行政复议规范化建设，复议案件审结期限缩短至45日", "dispute"},
	{"完善法治副校长制度，实现中小学校全覆盖", "capacity"},
	{"推进社会信用体系建设，完成信用修复200件", "function"},
	{"加强审计结果运用，审计整改率达到98%", "oversight"},
	{"建设应急广播终端300套", "emergency digital"},
	{"取消证明事项20项", "function"},
	{"全年新建口袋公园12个", "other"},
	{"完成农村改厕1.2万户", "other"},
	{"启动县医院门诊综合楼建设", "other"},
	{"推动数据归集共享，共享接口达到150个", "digital"},
	{"对行政处罚决定全部实行网上公示", "enforcement disclosure"},
	{"逐步建立乡镇合法性审核联动机制，由县司法局派员协助", "rulemaking decision"},
	{"筹建行政争议协调化解中心", "dispute"},
	{"压缩会议文件，精文减会10%", "oversight other leadership"},
	{"配备执法装备30台套，更新执法制服", "enforcement"},
	{"开通政务公开“云上开放日”，举办不少于4场", "disclosure"},
	{"加强劳动保障监察，根治欠薪", "enforcement dispute function"},
}

func TestTopicOfActs(t *testing.T) {
	wrong := 0
	for _, act := range acts {
		topic, rule, _ := TopicOf(act.text, Around{Topic: gongwen.TopicOther})
		if !slices.Contains(strings.Fields(act.topics), string(topic)) {
			wrong++
			t.Logf("%s: found %s by %q, want %s", act.text, topic, rule, act.topics)
		}
	}
	t.Logf("%d of %d are right", len(acts)-wrong, len(acts))
	if share := float64(wrong) / float64(len(acts)); share > 0.1 {
		t.Errorf("%d of %d topics are wrong", wrong, len(acts))
	}
}
