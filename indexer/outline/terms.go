package outline

import (
	"strings"
	"unicode/utf8"

	"gongwen"
)

// weighted is a term of a topic. A weight of 5 names the topic as the national outlines do; 1 is a word that merely is
// more frequent there.
type weighted struct {
	weight int
	terms  string // parted by spaces
}

// topicTerms are the terms by which a topic is recognised. Where terms overlap in a text the longest counts: 政府信息公开
// is not 公开 as well, and 执法监督 belongs to enforcement though it holds 监督.
var topicTerms = map[gongwen.Topic][]weighted{
	gongwen.TopicLeadership: {
		{6, "党的领导 党对法治 组织领导 加强领导 领导体制 领导机制 第一责任人 组织保障 习近平法治思想 党政主要负责人 党的全面领导 领导能力 领导全面加强"},
		{5, "统筹谋划 统筹部署 政治站位 政治引领 政治建设 思想武装 理论武装 法治责任 主体责任 责任落实 压实责任 落实责任 述法 示范创建 党建引领 思想根基 政治方向 正确方向 责任担当 统筹推进法治 推进机制 法治建设责任 压紧压实 高位推动 高位统筹 顶层设计 示范区 法治建设合力 示范县 示范市 依法治理体系 主要负责同志"},
		{4, "统筹推进 理论学习中心组 领导小组 依法治区 依法治县 依法治市 依法治省 依法治委 全面依法治 考核评价 党组把 党委把 坚强领导 工作格局 法治督察 推进责任 法治建设领导 法治建设推进 法治建设组织 协调推进"},
		{3, "党组 党委 督察 绩效考核 年度考核 重视程度 二十大精神 十九大精神 党中央 法治工作要点 责任书 四个意识 两个维护 两个确立"},
		{2, "政治 组织 考核 法治建设工作 主要负责人 指导思想 平衡 压实 思想 示范"},
		{1, "领导 责任 部署 谋划"},
	},
	gongwen.TopicFunction: {
		{6, "政府职能 营商环境 放管服 简政放权 行政审批 全面履行 依法履职 依法履行 法定职责 政府机构职能 转变职能 职能转变"},
		{5, "政务服务 服务效能 权责清单 权力清单 责任清单 负面清单 市场准入 公平竞争 事中事后 企业开办 最多跑一次 一网通办 一网统管 审批服务 审批制度 减证便民 证照分离 双随机 放管结合 优化服务 市场监管 市场主体 经营主体 证明事项 告知承诺 审批改革 商事制度 机构职能 行政许可 社会信用 信用体系 信用监管 信用修复 高效办成一件事"},
		{4, "审批 证照 机构改革 公共服务 惠企 减税降费 便民 优化营商 简政 市场秩序 民营企业 权责 职能 诚信 一件事 一窗 服务企业 产权保护 知识产权 排污许可 放宽市场"},
		{3, "信用 民生 养老 救助 社会组织 社会保障 生态环境保护 乡村振兴 环境保护 高质量发展 服务群众 兜底保障 许可 监管机制 社会管理 履职 办事 涉企 招商 收费"},
		{2, "就业 教育 医疗 住房 消费 投资 产业 农业 农村 改革开放 监管 服务 企业 项目 城市 经济 改革"},
	},
	gongwen.TopicRulemaking: {
		{6, "制度建设 规范性文件 依法行政制度 立法 制度体系 政府规章 备案审查 法规制度 文件管理 文件清理 规章制度"},
		{5, "地方性法规 规章 法规规章 制度供给 制度规范 制度机制 建章立制 规范文件 清理文件 文件合法性 立改废 制度质量 立规 文件质量 法律制度 公平竞争审查文件 配套制度 配套办法 文件出口 文件关"},
		{4, "条例 合法性审核 法规 备案 制度创新 标准体系 制度完善 健全制度 完善制度 制度保障 地方标准 法治化标准"},
		{2, "清理 办法 草案 起草 废止 修订 征求意见 标准 文件 审核"},
		{1, "制度 规定"},
	},
	gongwen.TopicDecision: {
		{6, "重大行政决策 行政决策 依法决策 科学决策 民主决策 科学民主决策 决策程序 决策机制 决策制度 决策水平 决策法治化"},
		{5, "决策 法律顾问 公职律师 合同审查 重大合同 决策行为 集体决策"},
		{4, "公众参与 专家论证 集体讨论 合法性审查 听证会 合法合规审查"},
		{3, "风险评估 听证 法律意见 重大事项 常务会议"},
		{2, "论证 律师 审查"},
	},
	gongwen.TopicEnforcement: {
		{6, "行政执法 文明执法 执法体制 综合执法 严格执法 规范执法 执法监督 执法监管 执法行为 执法队伍 执法人员 执法力量 环境执法 执法工作 公正执法 执法"},
		{5, "三项制度 自由裁量 裁量基准 裁量权 行政处罚 案卷评查 包容审慎 柔性执法 首违不罚 行刑衔接 两法衔接 行政强制 免罚 轻罚 不予处罚 罚款 从严查处 重点领域整治 说理式"},
		{4, "处罚 裁量 赋权 法制审核 监督检查 执法全过程 查处 持证 重拳 专项整治 打击 违法行为 严格监管 安全监管 监管执法 执法检查 行政检查 执法证 刑事司法"},
		{3, "整治 案卷 检查计划 违法 案件办理 办案 监管所"},
		{2, "检查 案件 隐患"},
	},
	gongwen.TopicOversight: {
		{6, "权力制约 制约监督 监督制约 制约和监督 制约与监督 权力监督 行政权力 权力运行 监督体系 监督机制 行政监督 自觉接受监督 接受监督 接受各方 接受各方面监督 监督保障 权力公开"},
		{5, "建议提案 提案办理 人大监督 民主监督 司法监督 审计监督 社会监督 舆论监督 廉政 党风廉政 反腐 财会监督 统计监督 政务督查 政府督查 监督合力 政协提案 人大代表建议 廉洁 纪检监察"},
		{4, "监督 审计 提案 问责 责任追究 检察建议 公益诉讼 政务诚信 督查 制约"},
		{3, "人大代表 政协委员 监察 人大常委会 违纪 代表建议 巡察"},
		{2, "政协 投诉举报"},
	},
	gongwen.TopicDisclosure: {
		{6, "政务公开 信息公开 政府信息 公开工作 公开政府信息"},
		{5, "主动公开 依申请公开 公开申请 政策解读 公开平台 五公开 公开专栏 公开目录 公开环境信息 公开渠道"},
		{4, "公开透明 政府网站 新媒体 公开指南 公开内容 政府公报 回应关切 公开栏"},
		{3, "门户网站 公开 解读 信息发布"},
		{1, "发布 网站 微信"},
	},
	gongwen.TopicDispute: {
		{6, "行政复议 应诉 行政诉讼 矛盾纠纷 行政争议 社会矛盾 多元解纷 纠纷化解 化解矛盾 化解纠纷 化解争议 多元化解 复议诉讼"},
		{5, "复议 诉讼 纠纷 调解 信访 仲裁 争议 解纷 枫桥经验 行政裁决 败诉 维权渠道 矛盾化解 矛盾"},
		{4, "维权 诉前 负责人出庭 出庭 和解 接访 积案 生效裁判 府院联动 判决"},
		{3, "化解 平安建设 社会稳定 和谐稳定"},
		{2, "投诉 平安 和谐"},
	},
	gongwen.TopicEmergency: {
		{6, "突发事件 应急处置 应急预案 应急管理体系 应急体系 疫情防控 防控疫情 应急能力 应急救援 应急响应 依法防控"},
		{5, "应急 疫情 防灾减灾 防灾 公共卫生事件 预警 安全风险 风险防控 突发"},
		{4, "安全生产 防汛 抗旱 灾害 公共安全 复工复产 演练 救援 抢险"},
		{2, "防控 风险 消防 安全"},
	},
	gongwen.TopicDigital: {
		{6, "科技保障 数字政府 数字法治 数字化 信息化 智慧法治 法治信息化 数智 智慧执法 互联网+ 互联网＋ 科技支撑"},
		{5, "大数据 人工智能 区块链 电子政务 数据共享 信息平台 非现场 在线监控 一体化平台 智能化 执法平台 数据互通 数字赋能"},
		{4, "数据 智慧 智能 平台建设 数字 自助服务 自助终端 指挥平台"},
		{2, "平台 线上 在线 网络 系统 终端"},
	},
	gongwen.TopicCapacity: {
		{6, "普法 法治宣传 法制宣传 法治意识 法制意识 法治教育 法治培训 法治思维 依法行政能力 依法行政意识 法治素养 法律素养 法治文化 法治能力 宣传教育 法治队伍 法治观念 法治社会 法治氛围 尊法学法 法治信仰 全民守法 法治精神 法治工作队伍 人才队伍 法治宣教"},
		{5, "学法 宪法 法治讲座 法治专题 法治知识 法律知识 法律明白人 旁听庭审 队伍建设 法律服务 业务培训 关键少数 素质提升 能力建设 能力素质 法治专题培训 谁执法谁普法 队伍素质 法治形象 以案释法"},
		{4, "培训 民法典 法律援助 队伍 学习培训 轮训 送法 法治讲堂 国家工作人员 公务员 人才 素质 基层法治"},
		{3, "考试 专题讲座 宣传活动 法治骨干 法制机构 法治机构 法制力量 专业人员 专业化"},
		{2, "宣传 讲座 学习 教育培训 干部 能力"},
	},
}

// term is one term of the table.
type term struct {
	text   string
	topic  gongwen.Topic
	weight int
}

// matcher finds the longest terms in a text in one pass.
type matcher map[rune][]term

// terms is the table as a matcher.
var terms = newMatcher(topicTerms)

func newMatcher(table map[gongwen.Topic][]weighted) matcher {
	m := make(matcher)
	for _, topic := range gongwen.Topics() {
		for _, group := range table[topic] {
			for _, text := range strings.Fields(group.terms) {
				first, _ := utf8.DecodeRuneInString(text)
				m[first] = append(m[first], term{text, topic, group.weight})
			}
		}
	}
	for _, list := range m {
		// The longest first; a term of two topics counts for the one that is named first in the outlines.
		for i := 1; i < len(list); i++ {
			for j := i; j > 0 && len(list[j].text) > len(list[j-1].text); j-- {
				list[j], list[j-1] = list[j-1], list[j]
			}
		}
	}
	return m
}

// each calls found for every term in text, the longest at each place, without overlap.
func (m matcher) each(text string, found func(at int, t *term)) {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		for j := range m[r] {
			if t := &m[r][j]; strings.HasPrefix(text[i:], t.text) {
				found(i, t)
				size = len(t.text)
				break
			}
		}
		i += size
	}
}
