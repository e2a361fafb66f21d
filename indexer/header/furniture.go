package header

import (
	"strings"
	"unicode/utf8"
)

// longestFurniture bounds what counts as page furniture: longer lines are text, whatever they begin with.
const longestFurniture = 60

// furnitureWords are whole lines of navigation and tools.
var furnitureWords = wordSet(`首页 网站首页 登录 注册 登录注册 下载 打印 全屏 收藏 分享 分享到 加大 还原 减小 大 中 小 大中小 关闭 关闭窗口 关闭本页 打印本页 打印此页
打印本文 听全文 无障碍浏览 无障碍 长者模式 长者版 适老版 关怀版 简体 繁体 简体版 繁体版 简体中文 繁体中文 ENGLISH English 微信公众号 微信 微博 新浪微博 客户端 要闻动态 政务公开
政务服务 互动交流 基本信息 相关办事指南 相关办事 复制链接 正文 语音播报 朗读 默认 超大 标准 更多 返回 返回列表 智能问答 搜索 高级搜索 重置信息 壮文版 邮箱 移动版 手机版
政民互动 走进 信息公开 数据开放 网上办事 专题专栏 导航 菜单 播报 暂停 继续 停止 背景色 目录 收起 展开 纠错 我要纠错 我要收藏 添加收藏 QQ空间 QQ 扫一扫 附件下载 政策解读 政策文件
字号 字体 字体大小 阅读 视力保护色 保护视力色 索引 放大 缩小 听全文播报 关注 点赞 ［ ］ 上一篇 下一篇 上一条 下一条 相关报道 相关链接 相关文章 相关阅读 相关新闻 false true`)

var furniturePattern = compile(`^(?:您|你)?(?:当前|现在|目前)?(?:所在)?的?(?:当前)?位置|^今天是|^现在是|^欢迎(?:您|访问|光临|来到)|星期[一二三四五六日天].*农历|农历.*月|扫一扫|二维码|扫码|` +
	`ICP备|公网安备|公安备|网站标识码|版权所有|^主办单位|^主办:|^承办|^协办单位|技术支持:|网站地图|^联系我们|[Cc]opyright|©|^上一篇|^下一篇|^上一条|^下一条|^上篇|^下篇|` +
	`收藏成功|^(?:字号|字体|字体大小|文字大小|字体显示)[:\[【(]|^打印(?:本页|此页|本文|文章)|浏览器|^分享(?:到|至|:)|^【(?:字|大|打印|关闭|返回)|我要(?:纠错|打印|评论|收藏)|^责任编辑|^\[?(?:大|中|小)\]|` +
	`^相关(?:报道|链接|新闻|文章|阅读|文档|稿件|信息|附件|解读|政策)[:]?$|^友情链接|^返回顶部|^关闭窗口|^【示例文档】|^保护视力色|^视力保护色|^(?:手机|移动)(?:版|端|阅读|查看)|^文章(?:浏览|点击)|^附件下载:?$|^信息公开(?:指南|目录|年报)$`)

var breadcrumb = compile(`^(?:网站)?首页.*(?:>|»|›|/|→|-|\\)|^[^。]*(?:>>|->|»|›|→)[^。]*$|^[^。<]{1,40}(?: > ?| ?>)[^。>]+(?:>|$)`)

// isFurniture reports whether a line of the header or the footer is navigation, a tool or the site's imprint.
func isFurniture(key string) bool {
	whole := tight(key)
	bare := strings.Trim(whole, "•·*|:▪■◆●-—_[]【】()×>/")
	if bare == "" || furnitureWords[bare] {
		return true
	}
	if strings.HasPrefix(bare, "示例文档】") {
		return true
	}
	if strings.Contains(key, "。") || utf8.RuneCountInString(bare) > longestFurniture {
		return false
	}
	return furniturePattern.MatchString(whole) || breadcrumb.MatchString(key) || isMenu(key)
}

// siteNotice is a sentence that sites show to everybody; longestNotice bounds it in characters.
var siteNotice = compile(`浏览器.*(?:升级|版本|建议|支持)|[Jj]ava[Ss]cript|[Cc]ookie|点击.*(?:无障碍|适老|关怀版)|^欢迎(?:访问|光临).*网`)

const longestNotice = 80

func isNotice(key string) bool {
	return utf8.RuneCountInString(key) <= longestNotice && siteNotice.MatchString(key)
}

// isMenu reports whether every part of a line is a word of navigation: 无障碍浏览 | 长者模式 | 繁體.
func isMenu(key string) bool {
	if !strings.ContainsAny(key, "| /") {
		return false
	}
	parts := strings.FieldsFunc(key, func(r rune) bool { return r == '|' || r == ' ' || r == '/' })
	if len(parts) < 2 {
		return false
	}
	for _, part := range parts {
		if !furnitureWords[strings.Trim(part, "[]【】():")] {
			return false
		}
	}
	return true
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
