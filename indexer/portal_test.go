package indexer

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongwen"
)

const (
	tableSite = `<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>关于印发《青溪区行政执法公示办法》的通知-青溪区人民政府网</title></head>
<body bgcolor=#fff><table width=1000 align=center><tr><td><img src=top.jpg></td></tr><tr><td><a href=1>首 页</a> | <a href=2>政务公开</a> | <a href=3>办事服务</a></td></tr></table>
<table width=1000 align=center><tr><td width=200 valign=top><table><tr><td><a href=1>公告公示</a></td></tr><tr><td><a href=1>部门动态信息</a></td></tr></table></td>
<td valign=top><table width=100%><tr><td>您现在的位置：<a href=/>首页</a>&gt;&gt;<a href=/>政务公开</a>&gt;&gt;正文</td></tr>
<tr><td align=center><font size=5 color=red><b>关于印发《青溪区行政执法公示办法》的通知</b></font></td></tr>
<tr><td align=center>发布日期：2019-3-4 &nbsp; 作者：办公室 &nbsp; 点击：<script>document.write(hits)</script>次</td></tr>
<tr><td><p>　　青政办发〔2019〕12号</p><p>各镇人民政府、街道办事处，区直各单位：</p><p>　　《青溪区行政执法公示办法》已经区政府同意，现印发给你们，请认真贯彻执行。</p>
<p align=right>青溪区人民政府办公室</p><p align=right>2019年3月1日</p><p>附件：<a href="/up/1.xls">执法事项清单.xls</a></p></td></tr>
<tr><td>上一篇：<a href=1>关于某事的公告</a><br>下一篇：<a href=2>关于另一件事的公告</a></td></tr><tr><td>【<a href="javascript:window.print()">打印</a>】【<a href=x>关闭</a>】</td></tr></table></td></tr></table>
<table width=1000 align=center><tr><td align=center>版权所有：青溪区人民政府 技术支持：某公司<br>地址：青溪区人民路1号 邮编：000000</td></tr></table></body></html>`

	blockSite = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>国务院办公厅关于某事的通知_政府信息公开专栏</title><meta name="firstpublishedtime" content="2018-12-17-17:08:00"></head>
<body><div class="header_wrap"><ul class="nav"><li><a>国务院</a></li></ul></div>
<div class="overview"><table><tbody><tr><td>标　　题：</td><td colspan="3">国务院办公厅关于某事的通知</td></tr><tr><td>发文机关：</td><td>国务院办公厅</td><td>来　　源：</td><td>中国政府网</td></tr>
<tr><td>主题分类：</td><td>综合政务\其他</td><td>公文种类：</td><td>通知</td></tr><tr><td>成文日期：</td><td>2018年12月10日</td><td>发布日期：</td><td>2018年12月17日</td></tr><tr><td>发文字号：</td><td colspan=3>国办发〔2018〕118号</td></tr></tbody></table></div>
<div class="pages_content" id="UCAP-CONTENT"><div class="trs_editor_view TRS_UEDITOR"><p style="text-align: center;"><strong>国务院办公厅关于某事的通知</strong></p><p>国办发〔2018〕118号</p>
<p>各省、自治区、直辖市人民政府，国务院各部委、各直属机构：</p><p>为进一步做好某项工作，经国务院同意，现就有关事项通知如下：</p><p><strong>一、总体要求。</strong>坚持以人民为中心。</p>
<p>国务院办公厅</p><p>2018年12月10日</p></div></div><div class="related"><h3>相关稿件</h3><a>某稿件</a></div><footer>版权所有</footer></body></html>`

	listSite = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>青溪区司法局关于公布证明事项清单的公告</title><meta name="ArticleTitle" content="青溪区司法局关于公布证明事项清单的公告">
<meta name="PubDate" content="2021-05-06 10:00"><meta name="ContentSource" content="青溪区司法局"></head><body><div id="nav"><a href=1>首页</a></div>
<ul class="xxgk-info"><li><b>索引号：</b><span>QX001/2021-00012</span></li><li><b>发布机构：</b><span>青溪区司法局</span></li><li><b>文　　号：</b><span>青司发〔2021〕5号</span></li><li><b>成文日期：</b><span>2021-04-30</span></li></ul>
<h1>青溪区司法局关于公布证明事项清单的公告</h1><div class="article-content" id="zoom"><p>现将证明事项清单公布如下，自公布之日起施行。</p>
<table><thead><tr><th>序号</th><th>事项</th><th>依据</th></tr></thead><tbody><tr><td>1</td><td>无犯罪记录</td><td>某条例</td></tr></tbody></table></div><div class="share">分享</div></body></html>`
)

// TestPortals: whole pages, set as portals set them, become documents without the portal.
func TestPortals(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(tableSite)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, page string
		want       gongwen.Document
	}{
		{"tables", gbk, gongwen.Document{
			Title: "关于印发《青溪区行政执法公示办法》的通知", Published: "2019-03-04", Signed: "2019-03-01", Issuer: "青溪区人民政府办公室", Number: "青政办发〔2019〕12号",
			Text: "各镇人民政府、街道办事处，区直各单位：\n《青溪区行政执法公示办法》已经区政府同意，现印发给你们，请认真贯彻执行。\n青溪区人民政府办公室\n2019年3月1日\n附件：执法事项清单.xls",
		}},
		{"block", blockSite, gongwen.Document{
			Title: "国务院办公厅关于某事的通知", Published: "2018-12-17", Signed: "2018-12-10", Source: "中国政府网", Issuer: "国务院办公厅", Number: "国办发〔2018〕118号",
			Text: "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：\n为进一步做好某项工作，经国务院同意，现就有关事项通知如下：\n一、总体要求。坚持以人民为中心。\n国务院办公厅\n2018年12月10日",
		}},
		{"list", listSite, gongwen.Document{
			Title: "青溪区司法局关于公布证明事项清单的公告", Published: "2021-05-06", Signed: "2021-04-30", Source: "青溪区司法局", Issuer: "青溪区司法局", Number: "青司发〔2021〕5号",
			Text: "现将证明事项清单公布如下，自公布之日起施行。\n序号 事项 依据\n1 无犯罪记录 某条例",
		}},
	} {
		got := documentOf(t, "a.html", test.page)
		for _, field := range []struct{ name, got, want string }{
			{"title", got.Title, test.want.Title}, {"published", string(got.Published), string(test.want.Published)}, {"signed", string(got.Signed), string(test.want.Signed)},
			{"source", got.Source, test.want.Source}, {"issuer", got.Issuer, test.want.Issuer}, {"number", got.Number, test.want.Number},
			{"text", got.Text, test.want.Text},
		} {
			if field.got != field.want {
				t.Errorf("%s: %s\n got %q\nwant %q", test.name, field.name, field.got, field.want)
			}
		}
		if strings.Contains(got.Text, "首页") {
			t.Errorf("%s: a menu in %q", test.name, got.Text)
		}
	}
}
