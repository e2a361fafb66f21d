package format

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

const (
	// pdfMemory bounds the memory of PDFium in pages of 64 kB: 256 MB.
	pdfMemory = 4096
	// maxPages bounds how many pages are read: the longest yearbooks have two thousand.
	maxPages = 10_000
)

// parsePDF reads the text layer of a PDF, in a process of its own where there is one.
func parsePDF(ctx context.Context, in *input, data []byte) (Document, error) {
	// Some programs put a few bytes before the head.
	if !bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")) {
		return Document{}, refuse("不是 PDF 文件，或开头已损坏；请重新下载")
	}
	return in.set.isolated(ctx, "pdf", data)
}

// readPDF is parsePDF in this process. It may take any time.
func readPDF(data []byte) (Document, error) {
	pool, err := openPDFium()
	if err != nil {
		return Document{}, err
	}
	defer func() { _ = pool.Close() }() // the process is about to end, or the memory to be collected
	instance, err := pool.GetInstance(time.Minute)
	if err != nil {
		return Document{}, refuse("PDF 解析组件无法启动（%v）", err)
	}
	opened, err := instance.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, pdferrors.ErrPassword):
		return Document{}, refuse("PDF 设了密码，无法读取；请去掉密码后另存一份")
	case errors.Is(err, pdferrors.ErrSecurity):
		return Document{}, refuse("PDF 的加密方式不受支持；请去掉密码后另存一份")
	case err != nil:
		return Document{}, refuse("PDF 不完整或已损坏（%v）；请重新下载，或用阅读器打开后重新保存", err)
	}
	p := pdf{Pdfium: instance, document: opened.Document}
	pages, err := p.pages()
	if err != nil {
		return Document{}, err
	}
	document := layPaper(pages)
	if countLetters(document.Text) < max(1, len(pages)/2) {
		return Document{}, refuse("PDF 里没有文字层（共 %d 页，可能是扫描件）；请先做文字识别（OCR）再收录", len(pages))
	}
	document.Name = p.title()
	return document, checkLength(document.Text)
}

// openPDFium starts PDFium in a sandbox that sees no file. Compiling it takes seconds, so what is compiled is kept in
// the user's cache folder, where there is one.
func openPDFium() (pdfium.Pool, error) {
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(pdfMemory).
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
	if folder, err := os.UserCacheDir(); err == nil {
		if cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(folder, "gongwen", "pdfium")); err == nil {
			config = config.WithCompilationCache(cache)
		}
	}
	pool, err := webassembly.Init(webassembly.Config{
		MinIdle: 1, MaxIdle: 1, MaxTotal: 1, RuntimeConfig: config,
		FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return nil, refuse("PDF 解析组件无法启动（%v）", err)
	}
	return pool, nil
}

// pdf is an open PDF.
type pdf struct {
	pdfium.Pdfium
	document references.FPDF_DOCUMENT
	letters  int
}

func (p *pdf) pages() ([]paperPage, error) {
	count, err := p.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: p.document})
	if err != nil {
		return nil, damaged(err)
	}
	switch {
	case count.PageCount == 0:
		return nil, refuse("PDF 里没有一页，可能已损坏；请重新下载，或用阅读器打开后重新保存")
	case count.PageCount > maxPages:
		return nil, refuse("PDF 有 %d 页，不像一份公文（上限 %d 页）；请拆分后再收录", count.PageCount, maxPages)
	}
	var pages []paperPage
	for i := range count.PageCount {
		page, err := p.page(i)
		if err != nil {
			reason, _, _ := strings.Cut(err.Error(), "\n") // a trace may follow
			return nil, refuse("PDF 第 %d 页无法读取（%s）；内容过大或已损坏，请用阅读器打开后重新保存", i+1, reason)
		}
		pages = append(pages, page)
		if p.letters > maxText {
			return nil, refuse("PDF 的文字超过 %d MB，不像一份公文；请拆分后再收录", maxText>>20)
		}
	}
	return pages, nil
}

// page reads the characters of a page in the order that PDFium finds them to be read in.
func (p *pdf) page(index int) (page paperPage, err error) {
	loaded, err := p.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: p.document, Index: index})
	if err != nil {
		return page, err
	}
	defer func() { _, _ = p.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page}) }() // only read from
	place := requests.Page{ByReference: &loaded.Page}
	width, err := p.FPDF_GetPageWidth(&requests.FPDF_GetPageWidth{Page: place})
	if err != nil {
		return page, err
	}
	height, err := p.FPDF_GetPageHeight(&requests.FPDF_GetPageHeight{Page: place})
	if err != nil {
		return page, err
	}
	rotation, err := p.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: place})
	if err != nil {
		return page, err
	}
	text, err := p.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: place})
	if err != nil {
		return page, err
	}
	defer func() { _, _ = p.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage}) }() // only read from
	count, err := p.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		return page, err
	}
	page = paperPage{height: height.Height, sorted: true}
	var surrogate rune
	for i := range count.Count {
		if p.letters++; p.letters > maxText {
			break
		}
		char, err := p.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text.TextPage, Index: i})
		if err != nil {
			return page, err
		}
		r := rune(char.Unicode)
		if utf16.IsSurrogate(r) {
			if surrogate == 0 {
				surrogate = r
				continue
			}
			r = utf16.DecodeRune(surrogate, r)
		}
		surrogate = 0
		if r <= ' ' || r == 0xa0 || r == 0xfffe || r == 0xffff {
			continue // where words are apart is seen by their places
		}
		box, err := p.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text.TextPage, Index: i})
		if err != nil {
			continue // a character that stands nowhere was put there by PDFium
		}
		left, bottom := turned(float64(box.Rect.Left), float64(box.Rect.Bottom), width.Width, height.Height, rotation.PageRotation)
		right, top := turned(float64(box.Rect.Right), float64(box.Rect.Top), width.Width, height.Height, rotation.PageRotation)
		page.runs = append(page.runs, printed{
			text: string(r), left: min(left, right), right: max(left, right),
			top: height.Height - max(top, bottom), bottom: height.Height - min(top, bottom),
		})
	}
	return page, nil
}

// turned is where a point lies when its page is shown, turned by quarters to the right. width and height are those of
// the page as it is shown.
func turned[T ~int](x, y, width, height float64, quarters T) (float64, float64) {
	switch quarters {
	case 1:
		return y, height - x
	case 2:
		return width - x, height - y
	case 3:
		return width - y, x
	}
	return x, y
}

// title is what the file says of itself: often the name of a file, so it only stands in.
func (p *pdf) title() string {
	meta, err := p.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: p.document, Tag: "Title"})
	if err != nil {
		return ""
	}
	title := cleanLine(strings.TrimPrefix(meta.Value, "Microsoft Word - "))
	if countHan(title) < shortestTitle {
		return ""
	}
	return title
}

func countLetters(text string) int { return len(strings.Join(strings.Fields(text), "")) }
