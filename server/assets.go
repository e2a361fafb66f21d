package server

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"
)

//go:embed static/style.css
var styleSheet []byte

//go:embed static/suggest.js
var suggestScript []byte

// asset is a file whose address changes with its content, so that it can be kept for good.
type asset struct {
	path    string
	content []byte
	media   string
}

// newAsset names a file by its content.
func newAsset(name, extension, media string, content []byte) (asset, error) {
	if len(content) == 0 {
		return asset{}, errors.New("file " + name + "." + extension + " is empty")
	}
	sum := sha256.Sum256(content)
	return asset{"/static/" + name + "." + hex.EncodeToString(sum[:6]) + "." + extension, content, media}, nil
}

func (a asset) serve(c echo.Context) error {
	c.Response().Header().Set(echo.HeaderCacheControl, "public, max-age=31536000, immutable")
	return c.Blob(http.StatusOK, a.media, a.content)
}

// openSearchDescription tells browsers how to search here from their own box.
type openSearchDescription struct {
	XMLName     xml.Name      `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string        `xml:"ShortName"`
	Description string        `xml:"Description"`
	Language    string        `xml:"Language"`
	Encoding    string        `xml:"InputEncoding"`
	URL         openSearchURL `xml:"Url"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Template string `xml:"template,attr"`
}

func (s *Server) openSearch(c echo.Context) error {
	description := openSearchDescription{
		ShortName:   "公文检索", // at most 16 characters
		Description: "在公文全文中检索",
		Language:    "zh-CN",
		Encoding:    "UTF-8",
		URL:         openSearchURL{"text/html", s.address(c, "/search") + "?q={searchTerms}"},
	}
	content, err := xml.MarshalIndent(description, "", "  ")
	if err != nil {
		return fmt.Errorf("encode OpenSearch description: %w", err)
	}
	return c.Blob(http.StatusOK, "application/opensearchdescription+xml; charset=utf-8", append([]byte(xml.Header), content...))
}

// robots lets crawlers read documents and keeps them out of the endless pages of results.
func (s *Server) robots(c echo.Context) error {
	return c.String(http.StatusOK, "User-agent: *\nDisallow: /search\nDisallow: /api/\n")
}
