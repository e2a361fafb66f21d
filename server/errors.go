package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"gongwen/search"
)

// Errors of the server itself.
var (
	errBusy    = errors.New("too many requests at once")
	errTooLong = errors.New("address too long")
	// errNoCommitment is search.ErrNotFound for a commitment.
	errNoCommitment = errors.New("commitment not found")
)

// panicError is a panic that the recover middleware caught.
type panicError struct {
	value any
	stack []byte
}

func (e *panicError) Error() string { return fmt.Sprintf("panic: %v", e.value) }

// statusClientGone is what nginx calls 499: nobody is left to read the answer, so it is neither sent nor logged.
const statusClientGone = 499

// retrySeconds is how long a client should wait before it tries again what failed for want of room or of an engine.
const retrySeconds = 2

// problem is an error as clients see it (RFC 9457). Everything in it may be shown to anybody.
type problem struct {
	Type      string  `json:"type" doc:"Kind of problem: a stable name, for programs."`
	Title     string  `json:"title" doc:"The kind of problem in a few words, in Chinese."`
	Status    int     `json:"status" doc:"HTTP status code."`
	Detail    string  `json:"detail" doc:"What went wrong this time, in Chinese."`
	Hint      string  `json:"hint" doc:"What to do about it, in Chinese; empty where nothing can be done."`
	Instance  string  `json:"instance" doc:"Path of the request."`
	RequestID string  `json:"request_id" doc:"Identifier of the request, also in the header X-Request-Id; the operator finds it in the log."`
	Errors    []fault `json:"errors" nullable:"false" doc:"Parameters at fault; empty unless status is 400."`

	retry bool // whether to ask for a retry after retrySeconds
}

// fault is a parameter that its author can mend.
type fault struct {
	Param   string `json:"param" doc:"Name of the parameter."`
	Value   string `json:"value" doc:"The part of it at fault, as typed."`
	Offset  int    `json:"offset" doc:"Place of that part in the parameter, in UTF-8 bytes."`
	Message string `json:"message" doc:"What is wrong, in Chinese."`
	Hint    string `json:"hint" doc:"What to do, in Chinese."`
}

// Error, GetStatus and ContentType let huma send a problem as it is.
func (p *problem) Error() string { return p.Title }

// GetStatus returns the HTTP status code.
func (p *problem) GetStatus() int { return p.Status }

// ContentType returns the media type of RFC 9457.
func (p *problem) ContentType(string) string { return "application/problem+json" }

// newProblem says what clients see of an error. It is the only place where errors become status codes; what it does not
// know is a 500 that tells nothing of its inside.
func newProblem(err error) *problem {
	var query *search.QueryError
	var wire *echo.HTTPError
	switch {
	case errors.As(err, &query):
		return &problem{
			Type: "urn:gongwen:problem:query", Title: "请求有误", Status: http.StatusBadRequest,
			Detail: "参数 " + query.Param + "：" + query.Message, Hint: query.Hint,
			Errors: []fault{{query.Param, query.Value, query.Offset, query.Message, query.Hint}},
		}
	case errors.Is(err, search.ErrNotFound):
		return &problem{
			Type: "urn:gongwen:problem:not-found", Title: "没有这份文件", Status: http.StatusNotFound,
			Detail: "没有这个编号的文件。", Hint: "文件可能已被撤下；请按标题或发文字号检索。",
		}
	case errors.Is(err, errNoCommitment):
		return &problem{
			Type: "urn:gongwen:problem:not-found", Title: "没有这条承诺", Status: http.StatusNotFound,
			Detail: "没有这个编号的承诺。", Hint: "文件可能已被撤下或更改；请在承诺清单中查找。",
		}
	case errors.Is(err, search.ErrCursorExpired):
		return &problem{
			Type: "urn:gongwen:problem:cursor-expired", Title: "翻页已过期", Status: http.StatusGone,
			Detail: "这个 cursor 所属的结果已不再保留。", Hint: "请去掉 cursor，从第一页重新检索。",
		}
	case errors.Is(err, search.ErrUnavailable):
		return &problem{
			Type: "urn:gongwen:problem:unavailable", Title: "检索暂不可用", Status: http.StatusServiceUnavailable,
			Detail: "检索引擎暂时无法应答。", Hint: "请稍后再试。", retry: true,
		}
	case errors.Is(err, errBusy):
		return &problem{
			Type: "urn:gongwen:problem:busy", Title: "访问过多", Status: http.StatusServiceUnavailable,
			Detail: "同时处理的请求已达上限。", Hint: "请稍后再试。", retry: true,
		}
	case errors.Is(err, context.DeadlineExceeded):
		return &problem{
			Type: "urn:gongwen:problem:timeout", Title: "检索超时", Status: http.StatusGatewayTimeout,
			Detail: "检索没有在限定时间内完成。", Hint: "请缩小范围（如加上年度或机关）后再试。",
		}
	case errors.Is(err, context.Canceled):
		return &problem{Type: "urn:gongwen:problem:client-gone", Title: "请求已取消", Status: statusClientGone}
	case errors.Is(err, errTooLong):
		return &problem{
			Type: "urn:gongwen:problem:too-long", Title: "网址过长", Status: http.StatusRequestURITooLong,
			Detail: "网址超过长度上限。", Hint: "请缩短检索式或减少筛选条件。",
		}
	case errors.As(err, &wire):
		return wireProblem(wire.Code)
	}
	return &problem{
		Type: "urn:gongwen:problem:internal", Title: "程序出错", Status: http.StatusInternalServerError,
		Detail: "处理请求时发生了意外错误。", Hint: "请稍后再试；若仍出错，请把请求编号告诉管理员。",
	}
}

// wireProblem words the errors that Echo and its middleware raise.
func wireProblem(status int) *problem {
	switch status {
	case http.StatusNotFound:
		return &problem{
			Type: "urn:gongwen:problem:no-page", Title: "没有这个网页", Status: status,
			Detail: "网址所指的页面不存在。", Hint: "请检查网址，或从首页检索。",
		}
	case http.StatusMethodNotAllowed:
		return &problem{
			Type: "urn:gongwen:problem:method", Title: "不支持这种请求方法", Status: status,
			Detail: "这个网址只接受 GET 和 HEAD。", Hint: "请改用 GET。",
		}
	case http.StatusRequestEntityTooLarge:
		return &problem{
			Type: "urn:gongwen:problem:too-large", Title: "请求过大", Status: status,
			Detail: "请求正文超过长度上限。", Hint: "检索条件请写在网址的参数里，不需要请求正文。",
		}
	}
	if status < 400 || status > 499 {
		return newProblem(errors.New("unexpected status"))
	}
	return &problem{
		Type: "urn:gongwen:problem:request", Title: "请求无法处理", Status: status,
		Detail: "请求无法处理（" + strconv.Itoa(status) + "）。", Hint: "请检查请求后再试。",
	}
}

// atParam names the parameter of a query error whose origin does not know it.
func atParam(err error, param string) error {
	var query *search.QueryError
	if !errors.As(err, &query) || query.Param == param {
		return err
	}
	named := *query
	named.Param = param
	return &named
}

// fail answers a request that ended in an error: with a problem under /api, with a page elsewhere. Echo calls it for
// every error that a handler or middleware returns, its own included.
func (s *Server) fail(err error, c echo.Context) {
	p := s.report(c, err)
	if c.Response().Committed || p.Status == statusClientGone {
		return
	}
	if machine(c.Request().URL.Path) {
		c.Response().Header().Set(echo.HeaderContentType, p.ContentType(""))
		err = c.JSON(p.Status, p)
	} else {
		err = s.errorPage(c, p)
	}
	if err != nil {
		s.log.Warn("write error answer", "request_id", p.RequestID, "error", err)
	}
}

// report turns an error into a problem of this request and logs it, once, where an operator should know.
func (s *Server) report(c echo.Context, err error) *problem {
	p := newProblem(err)
	p.Instance = c.Request().URL.EscapedPath()
	p.RequestID = c.Response().Header().Get(echo.HeaderXRequestID)
	if p.Errors == nil {
		p.Errors = []fault{}
	}
	if p.retry {
		c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(retrySeconds))
	}
	if p.Status >= 500 {
		attributes := []any{
			"request_id", p.RequestID, "status", p.Status, "method", c.Request().Method, "path", c.Request().URL.Path, "error", err,
		}
		var panicked *panicError
		if errors.As(err, &panicked) {
			attributes = append(attributes, "stack", string(panicked.stack))
		}
		if p.Status == http.StatusInternalServerError {
			s.log.Error("request failed", attributes...)
		} else {
			s.log.Warn("request refused", attributes...)
		}
	}
	return p
}

// noCommitment says of a document that was not found that it is the commitment which was asked for.
func noCommitment(err error) error {
	if errors.Is(err, search.ErrNotFound) {
		return errNoCommitment
	}
	return err
}

// unready marks any failure of the engine's status as "unavailable": a probe asks whether to send requests, not why not.
func unready(err error) error {
	if errors.Is(err, search.ErrUnavailable) || errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("%w: %w", search.ErrUnavailable, err)
}
