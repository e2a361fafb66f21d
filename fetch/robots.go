package fetch

import (
	"bufio"
	"bytes"
	"net/url"
	"strconv"
	"strings"
	"time"

	"gongwen/indexer/format"
)

const (
	// maxRobots is how much of a robots.txt is read, as RFC 9309 asks at least.
	maxRobots = 512 << 10
	// maxDelay is the longest pause between two requests that a robots.txt can ask for.
	maxDelay = 10 * time.Minute
)

// robots is what one robots.txt says to one agent (RFC 9309). The zero value allows everything.
type robots struct {
	rules []robotsRule
	delay time.Duration // Crawl-delay, or 0
	none  bool          // nothing is allowed
}

type robotsRule struct {
	pattern string // of escaped path and query; * is any run, $ at the end is the end
	allow   bool
}

// parseRobots reads the groups that name the agent, else those for "*". Lines that make no sense are passed over.
func parseRobots(data []byte, agent string) robots {
	if decoded, err := format.Decode(data, ""); err == nil {
		data = []byte(decoded.Text)
	}
	var own, all robots
	named, inOwn, inAll, inAgents := false, false, false, false
	lines := bufio.NewScanner(bytes.NewReader(bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))))
	lines.Buffer(nil, maxRobots+1)
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		if key == "user-agent" {
			if !inAgents {
				inOwn, inAll = false, false
			}
			inAgents = true
			inAll = inAll || value == "*"
			if strings.EqualFold(product(value), agent) {
				inOwn, named = true, true
			}
			continue
		}
		for _, group := range []struct {
			in   bool
			into *robots
		}{{inOwn, &own}, {inAll, &all}} {
			if group.in {
				group.into.add(key, value)
			}
		}
		if key == "allow" || key == "disallow" || key == "crawl-delay" {
			inAgents = false
		}
	}
	if named {
		return own
	}
	return all
}

// product is the name of an agent without its version.
func product(agent string) string {
	name, _, _ := strings.Cut(agent, "/")
	return strings.TrimSpace(name)
}

func (r *robots) add(key, value string) {
	switch key {
	case "allow", "disallow":
		if value == "" {
			return
		}
		if value[0] != '/' && value[0] != '*' {
			value = "/" + value
		}
		r.rules = append(r.rules, robotsRule{canonicalPath(value), key == "allow"})
	case "crawl-delay":
		if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds > 0 {
			r.delay = time.Duration(min(seconds, maxDelay.Seconds()) * float64(time.Second))
		}
	}
}

// allows reports whether a page may be fetched: the longest rule that fits decides, of two as long the one that allows.
func (r *robots) allows(u *url.URL) bool {
	if r.none {
		return false
	}
	path := canonicalPath(u.RequestURI())
	longest, allowed := -1, true
	for _, rule := range r.rules {
		if n := len(rule.pattern); n > longest || n == longest && rule.allow {
			if fits(rule.pattern, path) {
				longest, allowed = n, rule.allow
			}
		}
	}
	return allowed
}

// canonicalPath writes a path so that a rule and an address that mean the same are equal: bytes beyond ASCII escaped,
// letters and digits not.
func canonicalPath(path string) string {
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		if c == '%' && i+2 < len(path) {
			if n, err := strconv.ParseUint(path[i+1:i+3], 16, 8); err == nil {
				if c = byte(n); isUnreserved(c) {
					b.WriteByte(c)
				} else {
					b.WriteString(strings.ToUpper(path[i : i+3]))
				}
				i += 2
				continue
			}
		}
		if c <= ' ' || c >= 0x7f {
			b.WriteString("%" + strings.ToUpper(strconv.FormatUint(uint64(c)|0x100, 16)[1:]))
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

func isUnreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// fits reports whether a path begins as the pattern says. It tries each star once, from the left: time is the product of
// the lengths at worst.
func fits(pattern, path string) bool {
	whole := strings.HasSuffix(pattern, "$")
	parts := strings.Split(strings.TrimSuffix(pattern, "$"), "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	rest := path[len(parts[0]):]
	for i, part := range parts[1:] {
		if whole && i == len(parts)-2 {
			return strings.HasSuffix(rest, part)
		}
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	return !whole || rest == ""
}
