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

func BenchmarkCites(b *testing.B) {
	body := strings.Repeat("根据《关于修桥的意见》（国发〔2012〕77号）和行政复议法，全年办理案件三十件，按期办结。\n", 200)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		Cites(body, Fields{})
	}
}
