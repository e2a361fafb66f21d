package server

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// contentPolicy lets a page load its one style sheet and nothing else, so that text which slipped through the escaping
// could still not run. Where there are suggestions, scriptPolicy lets it load the one script for them too, which asks this
// server alone.
const contentPolicy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const scriptPolicy = contentPolicy + "; script-src 'self'; connect-src 'self'"

// Names of headers that Echo has no constant for.
const (
	headerETag        = "ETag"
	headerIfNoneMatch = "If-None-Match"
)

// use sets up what happens around every request, the outermost first.
func (s *Server) use(router *echo.Echo) {
	router.Use(
		s.identify,
		s.protect,
		s.recoverPanic,
		s.limit,
		middleware.BodyLimit(maxBody),
		middleware.CORSWithConfig(middleware.CORSConfig{
			Skipper:       func(c echo.Context) bool { return !strings.HasPrefix(c.Request().URL.Path, "/api/") },
			AllowOrigins:  []string{"*"},
			AllowMethods:  []string{http.MethodGet, http.MethodHead},
			AllowHeaders:  []string{headerIfNoneMatch},
			ExposeHeaders: []string{headerETag, echo.HeaderRetryAfter, echo.HeaderXRequestID},
			MaxAge:        86400,
		}),
	)
}

// identify gives each request a name that its error and the log share. A name that the client sends is not taken over:
// it could be anything.
func (s *Server) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set(echo.HeaderXRequestID, rand.Text()[:16])
		return next(c)
	}
}

// protect sets the headers by which a browser guards its user.
func (s *Server) protect(next echo.HandlerFunc) echo.HandlerFunc {
	policy := contentPolicy
	if s.script.path != "" {
		policy = scriptPolicy
	}
	return func(c echo.Context) error {
		header := c.Response().Header()
		header.Set(echo.HeaderContentSecurityPolicy, policy)
		header.Set(echo.HeaderXContentTypeOptions, "nosniff")
		header.Set(echo.HeaderXFrameOptions, "DENY")
		// Queries stand in addresses; other sites need not learn them.
		header.Set(echo.HeaderReferrerPolicy, "same-origin")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		// Ask again each time: a collection may change at any moment, and the ETag makes the asking cheap.
		header.Set(echo.HeaderCacheControl, "no-cache")
		return next(c)
	}
}

// recoverPanic turns a panic of a handler into an error, so that it is answered and logged like any other.
func (s *Server) recoverPanic(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			value := recover()
			if value == nil {
				return
			}
			if cause, ok := value.(error); ok && errors.Is(cause, http.ErrAbortHandler) {
				panic(value) // net/http's own way to drop a connection
			}
			err = &panicError{value, debug.Stack()}
		}()
		return next(c)
	}
}

// limit bounds the length of the address, the number of requests at once and the time of each. Health checks pass: they
// must be answered above all when the server is full.
func (s *Server) limit(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		request := c.Request()
		if len(request.URL.RawPath)+len(request.URL.Path)+len(request.URL.RawQuery) > maxAddress {
			return errTooLong
		}
		if path := request.URL.Path; path != healthPath && path != readyPath {
			select {
			case s.slots <- struct{}{}:
				defer func() { <-s.slots }()
			default:
				return errBusy
			}
		}
		ctx, cancel := context.WithTimeout(request.Context(), s.options.Timeout)
		defer cancel()
		c.SetRequest(request.WithContext(ctx))
		return next(c)
	}
}

// headAsGet answers HEAD as GET without a body, for every route at once.
func headAsGet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		get := r.WithContext(r.Context())
		get.Method = http.MethodGet
		next.ServeHTTP(headWriter{w}, get)
	})
}

// headWriter drops the body of an answer.
type headWriter struct{ http.ResponseWriter }

func (w headWriter) Write(p []byte) (int, error) { return len(p), nil }

// machine reports whether a path is asked for by programs, which get errors as problem+json.
func machine(path string) bool {
	return path == "/api" || strings.HasPrefix(path, "/api/") || path == healthPath || path == readyPath
}
