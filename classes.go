package gongwen

// Role says what a section does in a report. The five roles follow the contents that the rules on inspecting the work
// for a rule-of-law government ask of a yearly report (厅字〔2019〕28号).
type Role string

// The roles of a section.
const (
	RoleResults  Role = "results"  // 工作成效
	RoleProblems Role = "problems" // 存在问题
	RolePlan     Role = "plan"     // 下一步计划
	RoleLeader   Role = "leader"   // 主要负责人履职
	RoleOther    Role = "other"    // 其他
)

// Topic says what a section is about. The topics are those to which both national outlines (2015–2020, 2021–2025) map,
// so that the facet means the same across reports that number their chapters differently.
type Topic string

// The topics of a section.
const (
	TopicLeadership  Topic = "leadership"
	TopicFunction    Topic = "function"
	TopicRulemaking  Topic = "rulemaking"
	TopicDecision    Topic = "decision"
	TopicEnforcement Topic = "enforcement"
	TopicOversight   Topic = "oversight"
	TopicDisclosure  Topic = "disclosure"
	TopicDispute     Topic = "dispute"
	TopicEmergency   Topic = "emergency"
	TopicDigital     Topic = "digital"
	TopicCapacity    Topic = "capacity"
	TopicOther       Topic = "other"
)

// Roles returns every role in the order in which people expect to read them.
func Roles() []Role {
	return []Role{RoleResults, RoleProblems, RolePlan, RoleLeader, RoleOther}
}

// Topics returns every topic in the order of the outlines.
func Topics() []Topic {
	return []Topic{
		TopicLeadership, TopicFunction, TopicRulemaking, TopicDecision, TopicEnforcement, TopicOversight,
		TopicDisclosure, TopicDispute, TopicEmergency, TopicDigital, TopicCapacity, TopicOther,
	}
}

// Chinese is the name that readers see; an unknown role is 未识别.
func (r Role) Chinese() string {
	switch r {
	case RoleResults:
		return "工作成效"
	case RoleProblems:
		return "存在问题"
	case RolePlan:
		return "下一步计划"
	case RoleLeader:
		return "主要负责人履职"
	case RoleOther:
		return "其他"
	}
	return "未识别"
}

// Chinese is the name that readers see; an unknown topic is 未识别.
func (t Topic) Chinese() string {
	switch t {
	case TopicLeadership:
		return "组织领导"
	case TopicFunction:
		return "依法履职与营商环境"
	case TopicRulemaking:
		return "制度建设与规范性文件"
	case TopicDecision:
		return "重大行政决策"
	case TopicEnforcement:
		return "行政执法"
	case TopicOversight:
		return "权力制约与监督"
	case TopicDisclosure:
		return "政务公开"
	case TopicDispute:
		return "矛盾化解与复议应诉"
	case TopicEmergency:
		return "突发事件应对"
	case TopicDigital:
		return "科技保障"
	case TopicCapacity:
		return "普法与法治培训"
	case TopicOther:
		return "其他"
	}
	return "未识别"
}
