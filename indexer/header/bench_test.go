package header

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func BenchmarkRead(b *testing.B) {
	places := newPlaces(b)
	random := rand.New(rand.NewPCG(3, 4))
	var text strings.Builder
	text.WriteString("首页 > 政务公开\n临沅市2019年度法治政府建设情况报告\n来源：市司法局 时间：2020-03-09 点击：12\n")
	for range 120 {
		text.WriteString(sentence(random))
		text.WriteByte('\n')
	}
	text.WriteString("云川省临沅市人民政府\n2020年3月9日\n")
	page := text.String()
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		Read(page, "http://www.luoping.gov.cn/", places)
	}
}

// BenchmarkReadLong reads pages that have no end of what only a header has.
func BenchmarkReadLong(b *testing.B) {
	places := newPlaces(b)
	for name, page := range map[string]string{
		"titles": strings.Repeat("桐川县人民政府关于护林的通知\n", 20000), "labels": strings.Repeat("发布日期：2021-01-02\n", 30000),
		"one line": strings.Repeat("来源：市司法局时间：2020-03-09 ", 20000), "dates": strings.Repeat("2021年1月2日\n", 40000),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			for b.Loop() {
				Read(page, "", places)
			}
		})
	}
}

func BenchmarkCites(b *testing.B) {
	body := strings.Repeat("根据《关于修桥的意见》（国发〔2012〕77号）和行政复议法，全年办理案件三十件，按期办结。\n", 200)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		Cites(body, Fields{})
	}
}
