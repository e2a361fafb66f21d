package server

import (
	"strings"

	"gongwen/search"
)

// namesRemark says which other names were looked for beside the words of a query, and leads to the search without them; or
// back where they were left aside.
func namesRemark(p params, r *search.Result) []remark {
	switch {
	case len(r.Also) > 0:
		named := make([]string, len(r.Also))
		for i, also := range r.Also {
			named[i] = "“" + also.Of + "”→" + strings.Join(also.Names, "、")
		}
		text := "也搜了别名："
		if !r.Relaxed && r.Total >= search.RelaxBelow {
			text = "排序和标记也用了别名：" // there are enough that hold every word itself
		}
		text += strings.Join(named, "；") + "。"
		return []remark{{text, []link{{"不用别名", p.named(false).link(searchPath)}}}}
	case p.plain() && p.Query != "":
		return []remark{{"没有用别名。", []link{{"也用别名", p.named(true).link(searchPath)}}}}
	}
	return nil
}
