package fetch

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"strings"

	"golang.org/x/net/html/charset"
)

const (
	maxSitemap     = 50 << 20 // bytes, unpacked: the protocol's limit
	maxSitemaps    = 500      // files of one run
	maxSitemapURLs = 200_000  // of one run
)

var errNoSitemap = errors.New("不是网站地图（sitemap）")

// readSitemap reads a file that lists pages, or other such files, in XML or a line each.
func readSitemap(data []byte) (pages, maps []string, err error) {
	if data, err = unzip(data, maxSitemap); err != nil {
		return nil, nil, err
	}
	if start := bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff"))); !bytes.HasPrefix(start, []byte("<")) {
		pages = ReadList(bytes.NewReader(data))
		if len(pages) == 0 {
			return nil, nil, errNoSitemap
		}
		return pages, nil, nil
	}
	decoder := xml.NewDecoder(bytes.NewReader(data))
	decoder.CharsetReader = charset.NewReaderLabel
	in := "" // the element that a loc belongs to
	known := false
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && known {
			return pages, maps, nil
		}
		if err != nil {
			if len(pages)+len(maps) > 0 {
				return pages, maps, nil // a torn file lists what it lists
			}
			return nil, nil, errNoSitemap
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch element.Name.Local {
		case "urlset", "sitemapindex":
			known = true
		case "url", "sitemap":
			in = element.Name.Local
		case "loc":
			var address string
			if space := element.Name.Space; space != "" && !strings.Contains(space, "sitemap") {
				continue // that of a picture
			}
			if decoder.DecodeElement(&address, &element) != nil {
				continue
			}
			switch address = strings.TrimSpace(address); {
			case address == "" || len(pages)+len(maps) >= maxSitemapURLs:
			case in == "sitemap":
				maps = append(maps, address)
			case in == "url":
				pages = append(pages, address)
			}
		}
	}
}

func unzip(data []byte, limit int64) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data, nil
	}
	reader, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, errNoSitemap
	}
	unpacked, err := io.ReadAll(io.LimitReader(reader, limit+1))
	if err != nil {
		return nil, errNoSitemap
	}
	if int64(len(unpacked)) > limit {
		return nil, &tooLargeError{limit}
	}
	return unpacked, nil
}

// ReadList reads addresses, one a line; what follows a blank, and lines that begin with #, are remarks.
func ReadList(from io.Reader) []string {
	var all []string
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() && len(all) < maxSitemapURLs {
		fields := strings.Fields(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if len(fields) > 0 && !strings.HasPrefix(fields[0], "#") {
			all = append(all, fields[0])
		}
	}
	return all
}

// sitemaps makes pages of sitemaps and of the sitemaps that they list.
func (r *run) sitemaps(ctx context.Context, addresses []string) error {
	waiting := make([]*url.URL, 0, len(addresses))
	seen := map[string]bool{}
	listed := 0
	enqueue := func(typed string) {
		address, err := ParseAddress(typed)
		if err != nil {
			r.tell(&Event{URL: typed, Outcome: Failed, Reason: reason(err)})
		} else if !seen[address.String()] && len(seen) < maxSitemaps {
			seen[address.String()] = true
			waiting = append(waiting, address)
		}
	}
	for _, typed := range addresses {
		enqueue(typed)
	}
	for _, address := range waiting {
		r.scope[site(address)] = true // the hosts that were named; what a sitemap lists beyond them is elsewhere
	}
	for len(waiting) > 0 {
		address := waiting[0]
		waiting = waiting[1:]
		pages, maps, err := r.sitemap(ctx, address)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			r.tell(&Event{URL: address.String(), Outcome: Failed, Reason: reason(err)})
			continue
		}
		for _, below := range maps {
			if u, err := resolve(address, below); err == nil && r.scope[site(u)] {
				enqueue(u.String())
			}
		}
		for _, page := range pages {
			if u, err := resolve(address, page); err == nil && listed < maxSitemapURLs {
				listed++
				r.add(&task{address: u, left: r.options.ListedDepth, from: address.String()})
			}
		}
	}
	return nil
}

func (r *run) sitemap(ctx context.Context, address *url.URL) (pages, maps []string, err error) {
	h := r.host(address)
	answer, _, err := r.follow(ctx, h, request{address: address, limit: maxSitemap}, false)
	if err == nil && answer.location != nil {
		err = errNoSitemap // on another host
	}
	if err != nil {
		return nil, nil, err
	}
	if answer.status != 200 {
		return nil, nil, &statusError{status: answer.status}
	}
	r.summary.Bytes += int64(len(answer.body))
	return readSitemap(answer.body)
}
