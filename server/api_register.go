package server

import (
	"context"
	"fmt"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"gongwen"
	"gongwen/api"
	"gongwen/register"
	"gongwen/search"
)

// routeRegisterAPI sets up the calls on the register.
func (s *Server) routeRegisterAPI(described huma.API, problems *huma.Schema) {
	operation(s, described, problems, huma.Operation{
		OperationID: "listCommitments", Path: apiRoot + "/commitments", Summary: "List what documents promise",
		Description: "q asks for words of the commitment's own text. Filters of one facet are joined by OR, those of different facets by AND.",
	}, s.commitmentsAPI)
	operation(s, described, problems, huma.Operation{
		OperationID: "getCommitment", Path: apiRoot + "/commitments/{id}",
		Summary: "Get a commitment with what later documents of the same body say of it",
	}, s.commitmentAPI)
	operation(s, described, problems, huma.Operation{
		OperationID: "listFigures", Path: apiRoot + "/figures", Summary: "List the figures that documents give",
		Description: "q asks for words of what is counted, of the headings in a table, and of the number as written. " +
			"Filters of one facet are joined by OR, those of different facets by AND.",
	}, s.figuresAPI)
	operation(s, described, problems, huma.Operation{
		OperationID: "listSeries", Path: apiRoot + "/series", Summary: "List figures joined over the years",
		Description: "The same thing counted by the same body. Spellings that were taken for one are shown with the rules that joined them, " +
			"two values for one year as a conflict, a year that nobody tells as a gap.",
	}, s.seriesAPI)
	s.routeExports(described, problems)
	mayBeNull(described.OpenAPI().Components.Schemas, "Deadline", "Goal", "Change")
}

// mayBeNull describes that fields which hold one of the named objects may be null instead, which huma leaves out.
func mayBeNull(schemas huma.Registry, names ...string) {
	null := &huma.Schema{Type: "null"}
	for _, schema := range schemas.Map() {
		for _, field := range schema.Properties {
			for _, name := range names {
				if field.Ref == "#/components/schemas/"+name {
					field.OneOf, field.Ref = []*huma.Schema{{Ref: field.Ref}, null}, ""
				}
			}
		}
	}
}

// describeDecimals lets huma describe exact decimals as the numbers that they are in JSON.
func describeDecimals(schemas huma.Registry) {
	schemas.RegisterTypeAlias(reflect.TypeFor[gongwen.Decimal](), reflect.TypeFor[decimal]())
}

type decimal struct{}

// Schema describes an exact decimal.
func (decimal) Schema(huma.Registry) *huma.Schema { return &huma.Schema{Type: huma.TypeNumber} }

// Origins are the parameters that say which documents an item may come from.
type Origins struct {
	Query      string   `query:"q" doc:"Query: words, \"quoted runs\", OR, NOT, brackets and fields such as year:2018 or 机关:财政局."`
	Document   string   `query:"document" doc:"Identifier of the only document."`
	Year       []string `query:"year,explode" doc:"Year, 2018 or a range 2016..2019, or unknown. Repeatable." example:"2016..2019"`
	YearFrom   string   `query:"year_from" doc:"First year of a range, as the form of the page sends it."`
	YearTo     string   `query:"year_to" doc:"Last year of that range."`
	Department []string `query:"department,explode" doc:"Issuer, or source where nobody signs: the whole value, or unknown. Repeatable."`
	Region     []string `query:"region,explode" doc:"Region as a path; everything below it is included. Repeatable." example:"辽宁省/大连市"`
	Kind       []string `query:"kind,explode" doc:"Kind of document. Repeatable."`
}

// Paging are the parameters that say which part of a list is meant.
type Paging struct {
	Size   registerSizeParam `query:"size" doc:"Items on the page."`
	Cursor string            `query:"cursor" doc:"next of an earlier answer to the same request."`
}

// registerSizeParam and yearParam are described as the integers that they must be, but read as text so that a fault is
// worded by readRegisterParams.
type (
	registerSizeParam string
	yearParam         string
)

// Schema describes the parameter.
func (registerSizeParam) Schema(huma.Registry) *huma.Schema {
	least, most := 1.0, float64(register.MaxSize)
	return &huma.Schema{Type: huma.TypeInteger, Minimum: &least, Maximum: &most, Default: search.DefaultSize}
}

// Schema describes the parameter.
func (yearParam) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{OneOf: []*huma.Schema{{Type: huma.TypeInteger}, {Type: huma.TypeString, Enum: []any{search.Unknown}}}}
}

// CommitmentFilters are the parameters of lists of commitments.
type CommitmentFilters struct {
	Origins
	TargetYear yearParam `query:"target_year" doc:"Year for which something is promised, or unknown."`
	Topic      []string  `query:"topic,explode" enum:"leadership,function,rulemaking,decision,enforcement,oversight,disclosure,dispute,emergency,digital,capacity,other,unknown" doc:"Topic of the commitment. Repeatable."`
	Status     string    `query:"status" enum:"reported,repeated,not_mentioned,no_later_report" doc:"What later documents say of it."`
}

// FigureFilters are the parameters of lists of figures. A year is that of the figure.
type FigureFilters struct {
	Origins
	Unit string `query:"unit" doc:"Unit as the figure has it, for example 件, or unknown."`
}

// Parameters of the register that a list does not know: asked for, they would be passed over in silence.
var (
	notOfCommitments = []string{"unit"}
	notOfFigures     = []string{"target_year", "topic", "status"}
)

type commitmentsInput struct {
	input
	CommitmentFilters
	Paging
}

// registerRequest reads the question of a call on the register. foreign names the parameters that it has no use for.
func registerRequest(in interface{ query() string }, foreign []string) (registerParams, register.Request, []search.Notice, error) {
	p, err := readRegisterParams(in.query())
	if err != nil {
		return p, register.Request{}, nil, err
	}
	if err := p.lack(foreign); err != nil {
		return p, register.Request{}, nil, err
	}
	request, notices, err := p.request()
	return p, request, notices, err
}

func (s *Server) commitmentsAPI(ctx context.Context, in *commitmentsInput) (api.Commitments, error) {
	_, request, notices, err := registerRequest(in, notOfCommitments)
	if err != nil {
		return api.Commitments{}, err
	}
	page, err := s.options.Register.Commitments(ctx, request)
	if err != nil {
		return api.Commitments{}, err
	}
	return api.NewCommitments(page, notices), nil
}

type commitmentInput struct {
	input
	ID string `path:"id" doc:"Identifier of the commitment, percent-encoded."`
}

func (s *Server) commitmentAPI(ctx context.Context, in *commitmentInput) (api.FollowedCommitment, error) {
	id, err := pathValue(in.call, "id")
	if err != nil {
		return api.FollowedCommitment{}, errNoCommitment
	}
	c, followUps, later, err := s.commitment(ctx, id)
	if err != nil {
		return api.FollowedCommitment{}, err
	}
	return api.NewFollowedCommitment(c, followUps, later), nil
}

// commitment returns a promise with what later documents say of it, and these documents by ID, with
// their texts where there are passages to cut.
func (s *Server) commitment(ctx context.Context, id string) (*register.Commitment, []gongwen.FollowUp, map[string]*gongwen.Document, error) {
	c, followUps, later, err := s.options.Register.Commitment(ctx, id)
	if err != nil {
		return nil, nil, nil, noCommitment(err)
	}
	for _, f := range followUps {
		if len(f.Passages) == 0 {
			continue
		}
		reading, err := s.searcher.Read(ctx, f.Document, nil)
		if err != nil {
			return nil, nil, nil, fmt.Errorf("read follow-up %s: %w", f.Document, err)
		}
		later[f.Document] = reading.Document
	}
	return c, followUps, later, nil
}

type figuresInput struct {
	input
	FigureFilters
	Paging
}

func (s *Server) figuresAPI(ctx context.Context, in *figuresInput) (api.Figures, error) {
	_, request, notices, err := registerRequest(in, notOfFigures)
	if err != nil {
		return api.Figures{}, err
	}
	page, err := s.options.Register.Figures(ctx, request)
	if err != nil {
		return api.Figures{}, err
	}
	return api.NewFigures(page, notices), nil
}
