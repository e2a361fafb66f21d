package server

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"gongwen/api"
	"gongwen/search"
)

// Narrowing are the parameters that say which documents are meant. It is exported because huma looks into exported
// embedded structs only.
type Narrowing struct {
	Query      string   `query:"q" doc:"Query: words, \"quoted runs\", OR, NOT, brackets and fields such as year:2018 or 机关:财政局."`
	Year       []string `query:"year,explode" doc:"Report year, 2018 or a range 2016..2019, or unknown. Repeatable." example:"2016..2019"`
	YearFrom   string   `query:"year_from" doc:"First year of a range, as the form of the page sends it."`
	YearTo     string   `query:"year_to" doc:"Last year of that range."`
	Department []string `query:"department,explode" doc:"Issuer, or source where nobody signs: the whole value, or unknown. Repeatable."`
	Topic      []string `query:"topic,explode" enum:"leadership,function,rulemaking,decision,enforcement,oversight,disclosure,dispute,emergency,digital,capacity,other,unknown" doc:"Topic of the sections that count. Repeatable."`
	Role       []string `query:"role,explode" enum:"results,problems,plan,leader,other,unknown" doc:"Role of the sections that count. Repeatable."`
	Region     []string `query:"region,explode" doc:"Region as a path; everything below it is included. Repeatable." example:"辽宁省/大连市"`
	Kind       []string `query:"kind,explode" doc:"Kind of document. Repeatable."`
	Status     []string `query:"status,explode" doc:"Legal status. Repeatable."`
	Match      string   `query:"match" enum:"most,all" doc:"all: only hits with every word. most (default): where few hold every word, also those that hold enough of them."`
	Synonyms   string   `query:"synonyms" enum:"true,false" doc:"false: other names of words (刑诉法 for 刑事诉讼法) are left aside. They are never looked for beside quoted runs, +words and match=all."`
	Unit       string   `query:"unit" enum:"document,section" doc:"What a hit is, and so what every count counts; document by default."`
}

type searchInput struct {
	input
	Narrowing
	Sort    string    `query:"sort" enum:"relevance,newest,oldest" doc:"Order of the hits: relevance by default, newest where q is empty."`
	Explain string    `query:"explain" enum:"true,false" doc:"true: each hit says how its score comes about; with sort=relevance only."`
	Size    sizeParam `query:"size" doc:"Hits on the page."`
	Cursor  string    `query:"cursor" doc:"next or previous of an earlier answer to the same request. Kept for five minutes at least, then the answer is 410."`
}

// sizeParam is described as the integer that it must be, but read as text so that a fault is worded by readParams.
type sizeParam string

// Schema describes the parameter.
func (sizeParam) Schema(huma.Registry) *huma.Schema {
	least, most := 1.0, float64(search.MaxSize)
	return &huma.Schema{Type: huma.TypeInteger, Minimum: &least, Maximum: &most, Default: search.DefaultSize}
}

func (s *Server) searchAPI(ctx context.Context, in *searchInput) (api.Answer, error) {
	p, err := readParams(in.call.Request().URL.RawQuery)
	if err != nil {
		return api.Answer{}, err
	}
	result, err := s.ask(ctx, p, nil)
	if err != nil {
		return api.Answer{}, err
	}
	answer := api.NewAnswer(result)
	if result.All > 0 {
		return answer, nil // what programs ask is seldom mistyped, and each variant is a search
	}
	variants, err := s.variants(ctx, p, result)
	if err != nil {
		return api.Answer{}, err
	}
	answer.Variants = api.NewVariants(variants, func(v search.Variant) string { return p.varied(v).values().Encode() })
	return answer, nil
}

type facetsInput struct {
	input
	Narrowing
}

func (s *Server) facetsAPI(ctx context.Context, in *facetsInput) (api.FacetAnswer, error) {
	p, err := readParams(in.call.Request().URL.RawQuery)
	if err != nil {
		return api.FacetAnswer{}, err
	}
	result, err := s.ask(ctx, p.first(), allFacets)
	if err != nil {
		return api.FacetAnswer{}, err
	}
	return api.NewFacetAnswer(result), nil
}

// allFacets asks for every value of every facet and for no hits.
func allFacets(request *search.Request) { request.Size, request.Facets = -1, -1 }

type documentInput struct {
	input
	ID string `path:"id" doc:"Identifier of the document, percent-encoded."`
}

func (s *Server) documentAPI(ctx context.Context, in *documentInput) (api.FullDocument, error) {
	id, err := pathValue(in.call, "id")
	if err != nil {
		return api.FullDocument{}, err
	}
	reading, err := s.searcher.Read(ctx, id, nil)
	if err != nil {
		return api.FullDocument{}, err
	}
	return api.NewFullDocument(reading.Document), nil
}
