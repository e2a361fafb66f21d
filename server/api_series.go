package server

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"gongwen"
	"gongwen/api"
	"gongwen/register"
	"gongwen/search"
	"gongwen/series"
)

func (s *Server) seriesAPI(ctx context.Context, in *figuresInput) (api.SeriesAnswer, error) {
	p, request, notices, err := registerRequest(in, notOfFigures)
	if err != nil {
		return api.SeriesAnswer{}, err
	}
	offset, err := p.seriesOffset()
	if err != nil {
		return api.SeriesAnswer{}, err
	}
	all, documents, err := s.series(ctx, request)
	if err != nil {
		return api.SeriesAnswer{}, err
	}
	next := ""
	from := min(offset, len(all))
	to := min(from+p.Size, len(all))
	if to < len(all) {
		if next, err = p.seriesCursor(to); err != nil {
			return api.SeriesAnswer{}, err
		}
	}
	return api.NewSeriesAnswer(all, from, to, next, documents, notices), nil
}

// series joins figures, and returns the documents that they stand in by ID.
func (s *Server) series(ctx context.Context, request register.Request) ([]series.Series, map[string]*gongwen.Document, error) {
	all, err := s.options.Register.Series(ctx, request)
	if err != nil {
		return nil, nil, err
	}
	figures, _, err := s.options.Register.AllFigures(ctx, request)
	if err != nil {
		return nil, nil, err
	}
	documents := map[string]*gongwen.Document{}
	for f := range figures {
		documents[f.Document.ID] = f.Document
	}
	return all, documents, nil
}

// seriesPosition is where a cursor of series stands.
type seriesPosition struct {
	Request string `json:"q"`
	Offset  int    `json:"o"`
}

// hash tells requests apart, but for their page.
func (p registerParams) hash() string {
	p.Size, p.Cursor = search.DefaultSize, ""
	sum := sha256.Sum256([]byte(p.values().Encode()))
	return hex.EncodeToString(sum[:8])
}

func (p registerParams) seriesCursor(offset int) (string, error) {
	data, err := json.Marshal(seriesPosition{p.hash(), offset})
	if err != nil {
		return "", fmt.Errorf("encode cursor: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(data), nil
}

func (p registerParams) seriesOffset() (int, error) {
	if p.Cursor == "" {
		return 0, nil
	}
	fault := func(message string) (int, error) {
		return 0, &search.QueryError{Param: "cursor", Value: p.Cursor, Message: message, Hint: "请去掉 cursor，从第一页重新开始。"}
	}
	var at seriesPosition
	data, err := base64.RawURLEncoding.DecodeString(p.Cursor)
	if err != nil || json.Unmarshal(data, &at) != nil || at.Offset < 0 {
		return fault("翻页标记已损坏。")
	}
	if at.Request != p.hash() {
		return fault("翻页标记属于另一次检索。")
	}
	return at.Offset, nil
}
