package figure

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// acts are verbs that stand before a number as the others do, but at which no noun is cut.
var acts = beginnings("邀请 约请 承担 保留 参与 办案 建设 生产 收购 种植 造林 购置 购买 采购 播种 修建 铺设 疏浚 清淤 拆迁 回收 销售")

// afterNounVerbs begin what makes a noun of a verb: 服务中心.
var afterNounVerbs = beginnings(`设施 装置 工程 厂 场 中心 站 所 室 队 网 平台 大厅 窗口 终端 体系 对象 能力 水平 制度 记录 文书 信息 决定 等 意见 标准 方案 计划 报告 机制 清单 指南 业务 活动 项目 资金
	经费 次数 频次 幅度 方式 协议 书 组织`)

// leads stand before what is counted and belong to the sentence: when, where, in which order.
var leads = beginnings(`距离 年底前 年末 年底 因此 因而 为此 涌现出 涌现 仅 将 把 推动 促进 实现 确保 预计 共有 仅有 总共 主要是 据此 一年来 其他 每村 每家 每人每月 每人 、 加上 含 包括 包含 带头 原 和 与 及 以及 并 并且 且 其中 另 另有 另外 还 还有 也
	这个 那个 两年 三年 四年 五年 到今年 到目前 到年底 到年末 到去年 已經 仍然 仍 相应地 相应 则 可以 就 使 让 按可比价格计算 按可比价计算 按可比价格 扣除物价因素 扣除价格因素 扣除物价上涨因素 即 追加 折合 约合 相当于 但是 但 而 虽 这 该 那 上述 后来 随后 当时 又 再次 年中 年间 年里 年来 同时 此外 目前 截至目前 截至 截止 截止目前 今年 今年以来 去年 当年 本年 本年度 全年 年内 年度 期间 一年来 全市 全区 全县 全省 全国 全州 全镇 全局 全系统
	全厅 全域 我市 我区 我县 我省 我局 我委 我厅 我镇 我州 我办 我单位 本市 本区 本县 本省 本机关 本局 本镇 本单位 市本级 共 共计 累计 总计 合计 一共 已 已经
	现 现有 现已 先后 分别 均 的 约 近 又 再 有 于 对 上半年 下半年 一年来 近年来 主要 年均 并对 并对其中 日前 较好 由 从 同步 首次 依法 依法依规 积极 严格
	认真 扎实 全面 深入 大力 着力 集中 及时 分批 分两批 分期 分别对 有效 顺利 圆满 全力 切实 通过 期中 区域内 辖区内 辖区 范围内 累计共 我们 来 以来`)

// tails stand between what is counted and the number.
var tails = endings(`都 并作 改作 合并为 并为 保持 将 连续 迈上 已经 就 预计 总计达 跨过 站上 达到了 跃上 首次 新增 却 竟 则 双双 共 平均 每人 人均 合计仅 合计只 扩充到 扩充至 办了 提到 升到 调减为 减为 减到 增为 调减至 中 降为 至少有 至少 只剩 仅剩 尚有 缩小到 缩小至 收窄至
	拓展为 却以 位居 或略高于 略高于 略低于 高于 低于 可以 可 现在的 现在 目前的 均 在 即 等于 等於 相当于 首次 基本 仍有 还有 尚 只有 仅有 已经达到 约有 共计 总计 累计 合计 总共 达 达到 达成 为 是 有 仅 只 仅有 只有 已 已达 已达到 分别 分别为 分别达 分别达到 分别是 近 约 至 到 增加到 增加至
	增至 增长到 增长至 提高到 提高至 提升到 提升至 升至 升到 上升到 上升至 扩大到 扩大至 调整为 调整到 调整至 下降到 下降至 下降为 降至 降到 减少到 减少至 减少为
	降低到 降低至 减至 减到 压缩到 压缩至 压减到 压减至 稳定在 保持在 控制在 维持在 突破 超过 占 占到 占了 占比达到 的 了 多达 高达 实现 数为 均为 均达 均达到
	均达到了 扩展到 扩展至 拓展到 拓展至 增加为 提高为 提升为 精简到 精简至 精简为 缩减到 缩减至 最高 最高达 平均为 每年 每月 、 和 及 与 或 以及 从 由 超
	回升到 回升至 跃升至 跃升到 上调至 上调到 下调至 下调到 翻至 发展到 发展至 达成了 变为 成为 仍有 还有 也有 达近 有近 各 每 第 : 增 净增 年初的 上年的
	去年的 年底的 年末的 年初 : 相应增加到 相应增加至 就有 就达 便达 只占 仅占 仅为 为数 共有 共达 累计达 累计达到 总数达 总数达到 数达 数量达 数量达到 已有 现有
	:`)

// verbs begin what is told of things that are counted; a noun is cut at the last of them that has an object.
var verbs = beginnings(`加装 涌现 试行 协调解决 协调 布设 查实 下派 沟通 配发 研讨 审阅 学习 兑付 分到 下调 批办 讲授 参训 公开 出庭应诉 受理 办理 查处 查办 召开 举办 开展 制定 出台 印发 发布
	公布 发放 收到 接收 接到 新增 新收 新建 新设 建成 建立 设立 审结 办结 化解 调处 移送 取消 下放 承接 承办 配备 增配 配齐 聘请 聘任 选聘 新聘 增聘 培育
	提供 出具 提出 发出 制发 下发 报送 参加 采纳 拆除 关停 排查 推送 推出 编制 编印 编发 安排 投入 拨付 减免 挽回 追回 兑现 帮助 转移 纠正 发现 接待 收集
	收缴 没收 罚没 查扣 查封 吊销 撤销 注销 归集 覆盖 惠及 吸引 引进 打造 创建 命名 表彰 选派 选拔 轮训 旁听 观看 讲授 主持 听取 问责 追究 通报 曝光 劝导
	签订 签约 筹集 募集 进驻 梳理 公示 清理 废止 废除 制作 制播 征求 审议 组建 推动 推进 发动 查获 破获 抓获 侦破 立案 结案 缴纳 归还 清退 退还 节约 增加
	减少 核减 核查 抽取 评选 录制 播放 张贴 悬挂 分发 派发 赠送 建档 验收 开通 上线 判处 宣讲 接听 开设 开办 举行 带动 解决 争取 获得 荣获 取得 拥有 容纳
	吸纳 招聘 招录 招收 录用 录取 任命 选任 增补 充实 划转 移交 确定 明确 列入 纳入 入选 抽检 采集 录入 收录 核发 颁发 换发 补办 代办 帮办 快办 督办 催办
	交办 转办 转送 分流 上报 报备 送达 主动公开 推选 推荐 调派 派出 维持 驳回 责令 终止 中止 撤回 不予受理 增设 撤并 裁撤 关闭 淘汰 取缔 依法查处 建有 设有
	配有 报废 资助 奖励 发给 支付 征订 刊发 刊登 转发 播出 完成 实施 研究 起草 修订 出动 走访 巡查 约谈 推广 征集 认定 安装 整改 调整`)

// nounVerbs are verbs that stand inside nouns as often, so that nothing is cut at them: 审查意见, 行政处罚.
var nounVerbs = beginnings(`调解 督导 修改 组织 监督 指导 评查 评估 审查 审核 备案 检查 抽查 服务 整治 处置 处理 处罚 培训 宣传 保障 登记 检测 监测 检验 检定 公告 报告 举报 投诉
	起诉 罚款 罚没款 处分 警告 救助 更新 改造 注册 征收 应诉 出庭 败诉 胜诉 拘留 逮捕 答复 申请 议案 设置 引导 动员 统一 汇总 督查 督察 督促 发行 出版 解答
	支持 规划 整合 合并 确认 变更 合作`)

// cuts begin what is told next, so that a noun behind a number ends before them.
var cuts = beginnings(`大幅 首次 扎实 核准 顺利 有序 加快 稳步 相继 陆续 尚 先后 因 以 约见 严格 履行 足额 编入 正在 全天 直接 当场 做 接通 通了 提前 跟班 中的 专题 合计 累计 总计 不予 不符 不足 不到 不能 不再 不够 不得 不少 共 计 上升 上涨 下滑 超期 写入 多 少 没有 中, 全覆盖 全面
	作出 各 之 试点 中有 中列 作了 作为 增 减少 减为 减至 减到 降 升 提到 提高 调减 调整 扩大 缩 压缩 突破 记 逐 免予 和 与 及 以及 或 均 全部 都 已
	已经 被 在 为 对 向 由 从 并 且 进行 予以 参加 参与 获 获评 获得 荣获 进入 入选 完成 通过 占 占比 同比 环比 较 比上年 比去年 增长 下降 用于 作出 实现
	建成 达到 得到 纳入 未 按 报 经 移送 接受 承接 开展 取得 投入 列入 上线 运行 提供 将 实行 其中 分别 统一 提交 提出 通报 涉及 覆盖 惠及 受益 化解 办理
	受理 持证 持有 配备 书面 现场 获准 印发 出台 转入 结转 以上 以下 以内 左右 优于 高于 低于 属于 不等 是 有 仍 还 也 挂牌 到位 落户 签约 开工 投产 竣工 动工 建立 组成 负责 担任
	出庭 到 前往 于 因 依法 率先 正式 如期 按期 按时 随机 继续 推行 推进 组织 召开 集中 给予 发放 减少 增加 提高 提升 优化 下放 取消 采纳 办结 审结 立案
	结案 答复 落实 整改 销号 处于 成为 能够 可 可以 应 应当 需 需要 会 ,`)

// modifiers stand before a verb that is part of a noun, or of a list.
var modifiers = endings(`诉前 人民 多元 研发 民生 科技 教育 现场 日常 集中 联合 随机 跟踪 定期 暗访 交叉 年度 依 合 被 行政 信息 政务 刑事 民事 社会 人民 合法性 专业 基层 公共
	应急 法律 执法 环境 安全 质量 综合 公平竞争 双随机 法制 专项 司法 消费 信访 矛盾 食品 药品 产品 不予 审计 网络 卫生 劳动 法治 案卷 业务 技能 技术 岗位
	轻微 延期 级 城镇 贯彻 主动 公开 规范化 依申请 、 和 与 及 并 或 信用 的 纠纷 行业 效能 领导 备案 退回 免予 正在 未 诉前 涉企`)

// protected are words that hold characters at which nouns end elsewhere.
var protected = beginnings(`演唱会 音乐会 座谈会 博览会 运动会 展览会 推介会 洽谈会 听证会 招聘会 恳谈会 发布会 研讨会 评议会 交流会 现场会 联席会 推进会 培训会 调解会 评析会 及时 世界500强 中国500强 民营企业500强 负责人 中心 中学 中型 中小 中药 中介 中央 因素 面对面 以案 以旧 以工 会前 会后 做法 存在 存量 潜在 所在 供应商 供应 供应链 适应 反应 效应 共产党 共青团 多功能 多元 多部门 少年 少数 计划 计量 计生 多媒体 安全 工作 经营 经济
	经费 经验 会议 会商 协会 学会 商会 社会 委员会 居委会 村委会 工会 联合会 研究会 公共 共享 共济 共建 行为 许可 应急 应用 应诉 需求 报告 报表 报道 公报 年报
	和解 和谐 自由 理由 事由 对外 对口 对象 首都 成都 都市 普及 参与人 因素 原因 有关 有效 所有 国有 私有 有限 未成年 未来 不动产 不良 不合格 不同 在建 在校
	在线 在册 在岗 在职 从业 从事 被告 被征地 被执行 被侵权 已婚 减税 减刑 降雨 升级 增量 增值 增殖 缩微 提案 提升 是非 共同 共有 以案 以工 以旧 记者 记录
	记功 与会 涉企经营 社会组织 比例 和平 会员 会计 可再生 可回收 能源 需要 为民 为企 民生实事 年度 较大 以上`)

func words(list string) []string { return strings.Fields(list) }

// lexicon holds words by their first character, or by their last; the longest come first.
type lexicon map[rune][]string

// beginnings is a lexicon of words that texts begin with.
func beginnings(list string) lexicon {
	l := lexicon{}
	for _, w := range words(list) {
		first, _ := utf8.DecodeRuneInString(w)
		l[first] = append(l[first], w)
	}
	l.sort()
	return l
}

// endings is a lexicon of words that texts end with.
func endings(list string) lexicon {
	l := lexicon{}
	for _, w := range words(list) {
		last, _ := utf8.DecodeLastRuneInString(w)
		l[last] = append(l[last], w)
	}
	l.sort()
	return l
}

func (l lexicon) sort() {
	for _, all := range l {
		slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	}
}

// begin returns the length of the longest word that s begins with, or 0.
func (l lexicon) begin(s string) int {
	first, _ := utf8.DecodeRuneInString(s)
	for _, w := range l[first] {
		if strings.HasPrefix(s, w) {
			return len(w)
		}
	}
	return 0
}

// end returns the length of the longest word that s ends with, or 0.
func (l lexicon) end(s string) int {
	last, _ := utf8.DecodeLastRuneInString(s)
	for _, w := range l[last] {
		if strings.HasSuffix(s, w) {
			return len(w)
		}
	}
	return 0
}
