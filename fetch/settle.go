package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
	"time"
)

// minLinks is how many pages a page must lead to for being a list of them.
const minLinks = 5

// listFolder holds pages that are kept for their links only: hidden, so that nobody indexes them.
const listFolder = stateFolder + "/lists"

// settle takes what became of a task.
func (r *run) settle(ctx context.Context, d *result) {
	if d.host.rules != nil && d.host.rules.delay > r.options.Delay && !d.host.told && r.options.Slow != nil {
		d.host.told = true
		r.options.Slow(d.host.name, d.host.rules.delay)
	}
	if d.err != nil {
		r.settleError(ctx, d)
		return
	}
	d.host.failures = 0
	switch {
	case d.plan:
		r.plannedOne(d)
	case d.answer.location != nil:
		r.settleRedirect(d)
	case d.final.String() != d.task.address.String() && !r.alias(d.task, d.final, true):
	case d.answer.status == http.StatusNotModified:
		r.settleUnchanged(d)
	case d.answer.status != http.StatusOK:
		r.settleMissing(d)
	default:
		r.settlePage(d)
	}
}

func (r *run) settleError(ctx context.Context, d *result) {
	var large *tooLargeError
	var status *statusError
	var noRobots *robotsError
	switch {
	case errors.Is(d.err, errLeft) || ctx.Err() != nil:
		d.host.queue = append([]*task{d.task}, d.host.queue...)
		r.over = true
		return
	case errors.Is(d.err, errRobots):
		r.asked--
		r.skip(d.task, ByRobots, errRobots.Error())
		return
	case errors.As(d.err, &large):
		r.skip(d.task, TooLarge, large.Error())
		return
	}
	why := reason(d.err)
	unreachable := errors.As(d.err, &noRobots)
	if unreachable && errors.As(d.err, &status) {
		why = "读不到网站的 robots.txt，按规则不能抓取：" + why
	}
	r.fail(d.task, why)
	if !unreachable && !errors.As(d.err, &status) {
		d.host.failures++
	}
	if d.host.failures >= maxUnreached {
		why, unreachable = fmt.Sprintf("主机 %s 连续 %d 次出错，这次不再尝试", d.host.name, maxUnreached), true
	}
	if unreachable {
		waiting := d.host.queue
		d.host.queue = nil
		for _, t := range waiting {
			r.fail(t, why)
		}
	}
}

func (r *run) fail(t *task, why string) {
	r.tell(&Event{URL: t.address.String(), Outcome: Failed, Reason: why, From: t.from, Attached: t.attached})
}

// plannedOne tells what a run that is not dry would fetch.
func (r *run) plannedOne(d *result) {
	e := &Event{URL: d.final.String(), Outcome: Planned, From: d.task.from, Attached: d.task.attached}
	if known, ok := r.journal.get(d.final.String()); ok && known.File != "" && known.Hash != "" {
		e.Reason = "已有，变化了才下载"
	}
	r.tell(e)
}

// settleRedirect takes a redirect to another host.
func (r *run) settleRedirect(d *result) {
	t, to := d.task, d.answer.location
	if d.final.String() != t.address.String() {
		t.via = append(t.via, t.address.String())
		t.address = d.final
	}
	if len(t.via) >= maxHops || containsAddress(t.via, to) {
		r.fail(t, errLoop.Error())
		return
	}
	inScope := r.scope[site(to)]
	if !inScope && !t.start && !(t.attached && r.options.OtherHosts) {
		r.skip(t, OtherHost, "转到了其他网站 "+to.Host)
		return
	}
	r.alias(t, to, false)
	r.redirected(t, to)
}

func containsAddress(via []string, to *url.URL) bool {
	for _, address := range via {
		if address == to.String() {
			return true
		}
	}
	return false
}

// redirected goes on with where an address led to. What a person named may lead to another host: that is the site then.
func (r *run) redirected(t *task, to *url.URL) {
	if t.start {
		r.scope[site(to)] = true
	}
	next := &task{address: to, left: t.left, start: t.start, from: t.from, words: t.words}
	next.via = append(append(next.via, t.via...), t.address.String())
	r.add(next)
}

// alias records that an address leads to another one; ok is false where that was fetched for another address already.
func (r *run) alias(t *task, to *url.URL, fetched bool) (ok bool) {
	known, _ := r.journal.get(t.address.String())
	e := &Event{URL: t.address.String(), Outcome: Moved, To: to.String(), From: t.from, Attached: t.attached}
	known.URL, known.Key, known.Checked, known.Redirect, known.From = t.address.String(), r.key, time.Now(), to.String(), t.from
	if known.File != "" {
		e.Outcome, e.Reason = Gone, "已转到 "+to.String()
		r.pruneFile(&known, e)
	}
	if !r.save(known) {
		return false
	}
	r.tell(e)
	if fetched {
		if r.seen[to.String()] {
			return false
		}
		r.seen[to.String()] = true
	}
	return true
}

// pruneFile deletes the file of what is gone, where that is asked for.
func (r *run) pruneFile(known *record, e *Event) {
	e.File = r.journal.path(known.File)
	if !r.options.Prune || r.options.DryRun {
		return
	}
	if err := r.journal.remove(known.File); err != nil {
		r.failure = err
		return
	}
	known.File, known.ETag, known.Modified, known.Hash, known.Size = "", "", "", "", 0
	e.Deleted = true
}

// save makes a record durable; a folder that cannot be written to ends the run.
func (r *run) save(known record) bool {
	if r.options.DryRun {
		return true
	}
	if err := r.journal.put(known); err != nil {
		r.failure = err
		return false
	}
	return true
}

func (r *run) settleUnchanged(d *result) {
	known, _ := r.journal.get(d.final.String())
	if known.File == "" {
		r.fail(d.task, "网站说没有变化，却没有问过它")
		return
	}
	r.asked-- // else a limit would end each run at the same page
	known.Key, known.Checked, known.Gone, known.Redirect = r.key, time.Now(), 0, ""
	if !r.save(known) {
		return
	}
	file := r.journal.path(known.File)
	r.tell(&Event{URL: known.URL, Outcome: Unchanged, File: file, From: d.task.from, Attached: d.task.attached})
	r.expandStored(d.task, &known)
}

// settleMissing takes 404 and 410. What was stored stays until somebody wants it deleted: sites lose pages by mistake.
func (r *run) settleMissing(d *result) {
	known, ok := r.journal.get(d.final.String())
	if !ok || known.File == "" {
		r.fail(d.task, fmt.Sprintf("网页不存在（%d）", d.answer.status))
		return
	}
	e := &Event{URL: known.URL, Outcome: Gone, From: d.task.from, Attached: d.task.attached}
	e.Reason = fmt.Sprintf("网站上已不存在（%d）", d.answer.status)
	known.Key, known.Checked, known.Gone = r.key, time.Now(), d.answer.status
	r.pruneFile(&known, e)
	if r.save(known) {
		r.tell(e)
	}
}

// settlePage stores what came.
func (r *run) settlePage(d *result) {
	t, body := d.task, d.answer.body
	r.summary.Bytes += int64(len(body))
	declared := d.answer.header.Get("Content-Type")
	if len(body) == 0 {
		r.fail(t, "网站给出的是空文件")
		return
	}
	name := nameOf(d.final, d.answer.header, t.words)
	ext := r.typed(extension(name), declared, body)
	t.attached = !isHTML(ext)
	var page markup
	switch {
	case ext == "":
		r.skip(t, NoReader, "不是可以收录的文件（"+declared+"）")
		return
	case !t.attached:
		page = readMarkup(body, d.final)
	}
	if r.options.DryRun {
		r.plannedOne(d)
	} else if !r.keep(d, page, place(d.final, name, ext), declared) {
		return
	}
	r.expand(t, &page)
}

// keep stores a page or file and tells of it; ok is false where that ended the run.
func (r *run) keep(d *result, page markup, file, declared string) (ok bool) {
	t := d.task
	known, _ := r.journal.get(d.final.String())
	size := int64(len(d.answer.body))
	e := &Event{URL: d.final.String(), Outcome: New, From: t.from, Type: declared, Bytes: size, Attached: t.attached}
	old := known.File
	switch {
	case strings.HasPrefix(old, listFolder) && page.noIndex: // stays one
		file = old
	case page.noIndex || old == "" && r.isList(t, &page):
		file = path.Join(listFolder, shortHash(d.final.String())+".html")
	case old != "" && path.Ext(old) == path.Ext(file):
		file = old // whatever its link is called now: its document is known by it
	}
	listed := strings.HasPrefix(file, listFolder)
	hash := contentHash(d.answer.body)
	switch {
	case known.Hash == hash && file == old:
		e.Outcome = Unchanged
		r.asked--
	default:
		if old != "" {
			e.Outcome = Changed
		}
		if err := r.journal.store(file, d.answer.body); err != nil {
			r.failure = err
			return false
		}
	}
	if listed {
		e.Outcome = Listed
	}
	header := d.answer.header
	saved := r.save(record{
		URL: d.final.String(), Key: r.key, Checked: time.Now(), File: file, Type: declared, Size: size, Hash: hash,
		ETag: header.Get("ETag"), Modified: header.Get("Last-Modified"), From: t.from,
	})
	if !saved {
		return false
	}
	if old != "" && old != file {
		if err := r.journal.remove(old); err != nil {
			r.failure = err
			return false
		}
	}
	e.File = r.journal.path(file)
	r.tell(e)
	return true
}

// isList reports whether a page that is followed is nothing but links: no sentence stands on it.
func (r *run) isList(t *task, page *markup) bool {
	if t.left == 0 || page.prose {
		return false
	}
	pages := 0
	for _, l := range page.links {
		if r.kindOf(l.address, l.words) == aPage && r.scope[site(l.address)] {
			pages++
		}
	}
	return pages >= minLinks
}

// expandStored is expand for a page that is stored.
func (r *run) expandStored(t *task, known *record) {
	if !isHTML(path.Ext(known.File)) {
		return
	}
	address, err := resolve(noAddress, known.URL)
	if err != nil {
		return
	}
	if body, err := os.ReadFile(r.journal.path(known.File)); err == nil { // else the next run fetches it anew
		page := readMarkup(body, address)
		r.expand(t, &page)
	}
}

// expand adds the attachments of a page, and the pages that it leads to where those are followed.
func (r *run) expand(t *task, page *markup) {
	if page.noFollow {
		return
	}
	for _, l := range page.links {
		attached := r.kindOf(l.address, l.words) != aPage
		switch {
		case attached:
			r.add(&task{address: l.address, from: t.address.String(), words: l.words})
		case t.left > 0:
			r.add(&task{address: l.address, left: t.left - 1, from: t.address.String(), words: l.words})
		}
	}
}
