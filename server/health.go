package server

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

const (
	healthPath = "/healthz"
	readyPath  = "/readyz"
)

// readiness is the answer of readyPath.
type readiness struct {
	Status    string `json:"status"`
	Engine    string `json:"engine"`
	Documents int    `json:"documents"`
	Trouble   string `json:"trouble,omitempty"` // what keeps the engine from storing; it still answers
	Watch     any    `json:"watch,omitempty"`   // Options.Watch
}

func (s *Server) routeHealth(router *echo.Echo) {
	// Alive: the process answers. A restart would mend what makes this fail.
	router.GET(healthPath, func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") })
	// Ready: the engine answers and stores too. Waiting, or an operator, would mend what makes this fail.
	router.GET(readyPath, func(c echo.Context) error {
		status, err := s.searcher.Status(c.Request().Context())
		if err != nil {
			return unready(err)
		}
		answer := readiness{Status: "ready", Engine: status.Engine, Documents: status.Documents, Trouble: status.Trouble}
		if s.options.Watch != nil {
			answer.Watch = s.options.Watch()
		}
		if status.Trouble != "" {
			answer.Status = "degraded"
			return c.JSON(http.StatusServiceUnavailable, answer)
		}
		return c.JSON(http.StatusOK, answer)
	})
}
