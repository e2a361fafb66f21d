// Package server answers HTTP requests about one collection: a JSON API described by OpenAPI and pages that work without
// JavaScript. It knows search.Searcher and nothing of the engine behind it. Echo is the router, huma describes the API.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/gzip"
	"github.com/labstack/echo/v4"

	"gongwen/search"
)

// Options adjust a Server. The zero value serves.
type Options struct {
	Logger  *slog.Logger // where errors go; nil for slog.Default
	Version string       // of the program, for the API's description
	// BaseURL is the address under which people reach the server, such as https://gongwen.example.org, without a slash at
	// its end. Where it is "", absolute addresses are made of the request's Host.
	BaseURL string
	// Notice is a sentence that every page shows, such as that the collection holds samples only; "" for none.
	Notice string
	// Samples are queries that the home page offers to try; nil for a word and a quoted run. A document number from the
	// collection is added.
	Samples []string
	// Register lists what documents promise and count; without one there are no pages and no calls for that.
	Register Register
	// Watch says how the collection is kept up with files, as JSON for readyPath; nil where it is not.
	Watch func() any
	// Suggester completes what is typed; without one the search box is a plain one and there is no call for that.
	Suggester Suggester
	// Timeout bounds the work on one request; 0 for DefaultTimeout.
	Timeout time.Duration
	// Concurrent bounds the requests that are worked on at once; 0 for DefaultConcurrent.
	Concurrent int
}

// The limits that apply unless Options say otherwise.
const (
	DefaultTimeout    = 10 * time.Second // a search takes milliseconds; what takes longer is stuck or overloaded
	DefaultConcurrent = 256              // memory for an answer is under a megabyte, so this stays far below any machine
)

const (
	// maxAddress is the longest path and query: search.MaxQueryRunes of three bytes, nine each when percent-encoded, and
	// as much again for the filters.
	maxAddress = 40 << 10
	maxBody    = "4K" // nothing reads a body; this is what a careless client may send

	readHeaderTimeout = 5 * time.Second
	readTimeout       = 10 * time.Second
	writeGrace        = 20 * time.Second // for a slow line, beyond the time limit of the work
	idleTimeout       = 2 * time.Minute
	shutdownTimeout   = 15 * time.Second
)

// Server is the HTTP interface of a collection. It is an http.Handler.
type Server struct {
	searcher search.Searcher
	options  Options
	log      *slog.Logger
	handler  http.Handler
	pages    *pages
	style    asset
	script   asset // of pages with a search box; its path is "" where they have none
	slots    chan struct{}
	now      func() time.Time
}

// New returns a server for the collection of searcher. It fails if a template is broken.
func New(searcher search.Searcher, options Options) (*Server, error) {
	if options.Logger == nil {
		options.Logger = slog.Default()
	}
	if options.Timeout <= 0 {
		options.Timeout = DefaultTimeout
	}
	if options.Concurrent <= 0 {
		options.Concurrent = DefaultConcurrent
	}
	s := &Server{
		searcher: searcher,
		options:  options,
		log:      options.Logger,
		slots:    make(chan struct{}, options.Concurrent),
		now:      time.Now,
	}
	var err error
	if s.style, err = newAsset("style", "css", "text/css; charset=utf-8", styleSheet); err != nil {
		return nil, err
	}
	if options.Suggester != nil {
		if s.script, err = newAsset("suggest", "js", "text/javascript; charset=utf-8", suggestScript); err != nil {
			return nil, err
		}
	}
	if s.pages, err = loadPages(); err != nil {
		return nil, err
	}
	router := echo.New()
	router.HideBanner, router.HidePort = true, true
	router.HTTPErrorHandler = s.fail
	s.use(router)
	s.routeHealth(router)
	s.routeAPI(router)
	s.routePages(router)
	compress, err := gzhttp.NewWrapper(gzhttp.EnableZstd(false), gzhttp.CompressionLevel(gzip.BestSpeed)) // answers differ, and people wait
	if err != nil {
		return nil, fmt.Errorf("set up compression: %w", err)
	}
	s.handler = headAsGet(compress(router))
	return s, nil
}

func (s *Server) routePages(router *echo.Echo) {
	router.GET("/", s.homePage)
	router.GET("/search", s.searchPage)
	router.GET("/search/facets", s.facetsPage)
	router.GET("/documents/*", s.documentPage)
	router.GET(comparePath, s.comparePage)
	router.GET("/help", s.helpPage)
	if s.options.Register != nil {
		router.GET(commitmentList.path, s.commitmentsPage)
		router.GET(commitmentList.path+"/facets", s.registerFacetsPage(commitmentList, s.commitmentFacets))
		router.GET(commitmentList.path+"/*", s.commitmentPage)
		router.GET(figureList.path, s.figuresPage)
		router.GET(figureList.path+"/facets", s.registerFacetsPage(figureList, s.figureFacets))
	}
	router.GET("/opensearch.xml", s.openSearch)
	router.GET("/robots.txt", s.robots)
	router.GET(s.style.path, s.style.serve)
	if s.script.path != "" {
		router.GET(s.script.path, s.script.serve)
	}
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Serve listens on addr until ctx is done; then it takes no new requests and waits for the running ones.
func (s *Server) Serve(ctx context.Context, addr string) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", addr, err)
	}
	return s.ServeListener(ctx, listener)
}

// ServeListener is Serve on a listener that is open already; it closes it.
func (s *Server) ServeListener(ctx context.Context, listener net.Listener) error {
	web := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      s.options.Timeout + writeGrace,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    2 * maxAddress,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- web.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	// The requests under way outlive ctx on purpose: that is what a graceful end means.
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := web.Shutdown(grace); err != nil {
		_ = web.Close() // the grace is over; what is still running is cut off
		return fmt.Errorf("shut down: %w", err)
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve on %s: %w", listener.Addr(), err)
	}
	return nil
}

// ask puts the question of p to the engine and adds the notices on how its query was read.
func (s *Server) ask(ctx context.Context, p params, adjust func(*search.Request)) (*search.Result, error) {
	request, notices, err := p.request()
	if err != nil {
		return nil, err
	}
	if adjust != nil {
		adjust(&request)
	}
	result, err := s.searcher.Search(ctx, request)
	if err != nil {
		return nil, search.Placed(err, p.Query)
	}
	if len(notices) == 0 {
		return result, nil
	}
	noticed := *result // the engine's own result may be shared
	noticed.Notices = append(append([]search.Notice{}, notices...), result.Notices...)
	return &noticed, nil
}
