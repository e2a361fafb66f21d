package server

import (
	"context"
	"iter"

	"gongwen"
	"gongwen/register"
	"gongwen/series"
)

// Register lists promises and figures; register.Register is one.
type Register interface {
	Commitments(ctx context.Context, request register.Request) (*register.Page[register.Commitment], error)
	Commitment(ctx context.Context, id string) (*register.Commitment, []gongwen.FollowUp, map[string]*gongwen.Document, error)
	Figures(ctx context.Context, request register.Request) (*register.Page[register.Figure], error)
	AllCommitments(ctx context.Context, request register.Request) (iter.Seq[register.Commitment], int, error)
	AllFigures(ctx context.Context, request register.Request) (iter.Seq[register.Figure], int, error)
	Series(ctx context.Context, request register.Request) ([]series.Series, error)
}
