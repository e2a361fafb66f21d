package server

import (
	"context"

	"gongwen"
	"gongwen/register"
	"gongwen/series"
)

// Register lists promises and figures; register.Register is one.
type Register interface {
	Commitments(ctx context.Context, request register.Request) (*register.Page[register.Commitment], error)
	Commitment(ctx context.Context, id string) (*register.Commitment, []gongwen.FollowUp, map[string]*gongwen.Document, error)
	Figures(ctx context.Context, request register.Request) (*register.Page[register.Figure], error)
	Series(ctx context.Context, request register.Request) ([]series.Series, error)
}
