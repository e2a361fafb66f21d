package sample

import (
	"fmt"
	"html"
	"strings"
)

// HTML is the report as a page of a portal, with menus around it. charset is what it declares.
func (r Report) HTML(charset string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!DOCTYPE html>
<html><head><meta charset="%s">
<title>%s_青溪区人民政府</title>
<meta name="SiteName" content="青溪区人民政府">
<meta name="ArticleTitle" content="%[2]s">
<meta name="PubDate" content="%s 09:30">
<meta name="ContentSource" content="%s">
<meta name="ColumnName" content="年度报告">
<style>.TRS_Editor p{text-indent:2em}</style>
<script>var title = "不是正文";</script>
</head><body>
<div class="header"><h1>青溪区人民政府</h1><a href="/">首页</a><a href="/a/">政务公开</a><a href="/b/">互动交流</a></div>
<div>当前位置：<a href="/">首页</a> &gt; <a href="/a/">政务公开</a> &gt; <a href="/a/b/">年度报告</a></div>
<ul><li><a href="/1">无关的第一条新闻标题</a></li><li><a href="/2">无关的第二条新闻标题</a></li></ul>
<h2>%[2]s</h2>
<div>发布时间：%[3]s&nbsp;&nbsp;来源：<a href="/source">%[4]s</a></div>
<div class="TRS_Editor">
`, charset, html.EscapeString(r.Title), r.Published, r.Source)
	r.htmlBody(&b)
	b.WriteString("</div>\n<p>分享到：<a href=\"#\">微博</a></p>\n<div><a href=\"/x\">上一篇：另一份文件</a></div>\n" +
		"<div class=\"footer\">主办单位：青溪区人民政府 备案号：00000</div></body></html>\n")
	return b.String()
}

func (r Report) htmlBody(b *strings.Builder) {
	for _, block := range r.Blocks {
		switch {
		case block.Rows != nil:
			b.WriteString("<table border=\"1\">\n")
			for _, row := range block.Rows {
				b.WriteString("<tr>")
				for _, cell := range row {
					fmt.Fprintf(b, "<td><p>%s</p></td>\n", html.EscapeString(cell))
				}
				b.WriteString("</tr>\n")
			}
			b.WriteString("</table>\n")
		case block.Level > 0:
			fmt.Fprintf(b, "<h%d>%s%s</h%[1]d>\n", block.Level+1, block.Label, html.EscapeString(block.Text))
		default:
			text := []rune(block.Text)
			middle := len(text) / 2 // the source breaks its lines anywhere
			fmt.Fprintf(b, "<p align=\"justify\">　　%s\n    %s</p>\n", html.EscapeString(string(text[:middle])), html.EscapeString(string(text[middle:])))
		}
	}
}
