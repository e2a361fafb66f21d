package fetch

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/idna"

	"gongwen/indexer/format"
)

// maxAddress is the most bytes of an address: longer ones are made by programs that lead nowhere.
const maxAddress = 2000

var (
	errNotWeb     = errors.New("不是 http:// 或 https:// 开头的网址")
	errLongURL    = errors.New("网址过长")
	escapedByte   = regexp.MustCompile(`%[0-9a-fA-F]{2}`)
	sessionInPath = regexp.MustCompile(`(?i);jsessionid=[^/;?]*`)
	withScheme    = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:(?://|[^0-9])`)
	noAddress     = &url.URL{}
)

// ParseAddress reads an address as a person types it; without a scheme it is one of http.
func ParseAddress(typed string) (*url.URL, error) {
	typed = strings.TrimSpace(typed)
	if !withScheme.MatchString(typed) {
		typed = "http://" + strings.TrimPrefix(typed, "//")
	}
	return resolve(noAddress, typed)
}

// resolve reads an address that stands on a page at base, in the one form in which addresses are compared: without
// fragment, user, session and default port, with everything escaped that must be.
func resolve(base *url.URL, written string) (*url.URL, error) {
	written = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.TrimSpace(written))
	if len(written) > maxAddress {
		return nil, errLongURL
	}
	reference, err := url.Parse(strings.ReplaceAll(written, `\`, "/"))
	if err != nil {
		return nil, errNotWeb
	}
	u := base.ResolveReference(reference)
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.Opaque != "" {
		return nil, errNotWeb
	}
	host := strings.TrimRight(strings.ToLower(u.Hostname()), ".")
	if host == "" {
		return nil, errNotWeb
	}
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	if _, err := netip.ParseAddr(host); err != nil && strings.Contains(host, ":") {
		return nil, errNotWeb
	}
	port := u.Port()
	if port == "80" && u.Scheme == "http" || port == "443" && u.Scheme == "https" {
		port = ""
	}
	switch {
	case port != "":
		host = net.JoinHostPort(host, port)
	case strings.Contains(host, ":"):
		host = "[" + host + "]"
	}
	u.Host, u.User, u.Fragment, u.RawFragment, u.ForceQuery = host, nil, "", "", false
	escaped := escapedByte.ReplaceAllStringFunc(sessionInPath.ReplaceAllString(u.EscapedPath(), ""), strings.ToUpper)
	if escaped == "" {
		escaped = "/"
	}
	if u.Path, err = url.PathUnescape(escaped); err != nil {
		return nil, errNotWeb
	}
	u.RawPath = escaped
	u.RawQuery = escapeRaw(u.RawQuery)
	if len(u.String()) > maxAddress {
		return nil, errLongURL
	}
	return u, nil
}

// escapeRaw escapes what may not stand in a query as it is, and leaves what is escaped already.
func escapeRaw(query string) string {
	var b strings.Builder
	for i := range len(query) {
		if c := query[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>`{}|^", c) >= 0 {
			b.WriteString("%" + strings.ToUpper(string("0123456789abcdef"[c>>4])+string("0123456789abcdef"[c&15])))
			continue
		}
		b.WriteByte(query[i])
	}
	return b.String()
}

// site is what two addresses of one host have in common: the host and port, without www.
func site(u *url.URL) string { return strings.TrimPrefix(u.Host, "www.") }

// kind is what an address promises by its name, before anything was fetched.
type kind int

const (
	aPage       kind = iota // a web page, or something that is known only when it comes
	anAttached              // a file of a format that is read
	anUnread                // a document of a format that is not read
	noDocument              // a picture, a script …
	htmlKinds   = " .html .htm .shtml .xhtml .jhtml "
	unreadKinds = " .rar .7z .ppt .pptx .dps .caj .ceb .gd .sep .tif .tiff "
	otherKinds  = " .jpg .jpeg .png .gif .bmp .svg .ico .webp .css .js .mjs .map .woff .woff2 .ttf .eot .swf .mp3 .mp4 .m4a .m4v .wav" +
		" .avi .mov .flv .wmv .mkv .webm .m3u8 .ts .apk .exe .msi .dmg .iso .bin .rss .atom .xml .xsl .dtd .cer .crt .ics "
)

// kindOf judges an address by its extension, and one whose path has none by the words of its link: 清单.xls.
func (r *run) kindOf(u *url.URL, words string) kind {
	k := r.kindOfName(path.Base(u.Path))
	if k != aPage || isHTML(extension(u.Path)) {
		return k
	}
	for _, name := range []string{path.Base(u.Query().Get("filename")), words} {
		if other := r.kindOfName(name); other == anAttached || other == anUnread {
			return other
		}
	}
	return aPage
}

func (r *run) kindOfName(name string) kind {
	ext := extension(strings.TrimSuffix(strings.ToLower(name), ".gz"))
	has := func(list string) bool { return ext != "" && strings.Contains(list, " "+ext+" ") }
	switch {
	case has(htmlKinds):
		return aPage
	case has(r.readable):
		return anAttached
	case has(unreadKinds):
		return anUnread
	case has(otherKinds):
		return noDocument
	}
	return aPage
}

func isHTML(ext string) bool { return ext != "" && strings.Contains(htmlKinds, " "+ext+" ") }

func extension(name string) string { return format.Extension(strings.ToLower(path.Base(name))) }
