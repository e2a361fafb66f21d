package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"gongwen"
	"gongwen/api"
	"gongwen/register"
	"gongwen/search"
)

// commitmentsFlags are the flags of "gongwen commitments".
type commitmentsFlags struct {
	registerFlags
	target *string
	status *string
	follow *bool
}

func (a *app) commitmentsCommand() *cobra.Command {
	var flags commitmentsFlags
	cmd := a.command(a.say(commitmentsUse), commitmentsShort, commitmentsLong, commitmentsExample, func(cmd *cobra.Command, args []string) error {
		return a.commitments(cmd, flags, strings.TrimSpace(strings.Join(args, " ")))
	})
	set := cmd.Flags()
	fields := []search.Field{search.FieldYear, search.FieldTopic, search.FieldDepartment, search.FieldRegion, search.FieldKind}
	flags.registerFlags = a.addRegisterFlags(set, fields, textSize, func() {
		flags.follow = set.Bool("follow", false, a.say(flagFollow))
		flags.target = set.String("target-year", "", a.say(flagTarget))
		flags.status = set.String("status", "", a.say(flagFollowStatus))
	})
	return cmd
}

func (a *app) commitments(cmd *cobra.Command, flags commitmentsFlags, query string) error {
	if err := flags.check(a, cmd); err != nil {
		return err
	}
	out, err := a.newScreen(*flags.colour)
	if err != nil {
		return err
	}
	request, notices, err := flags.request(query, textSize)
	if err == nil {
		request.Target, err = register.ParseTarget(*flags.target)
	}
	if err == nil {
		request.Status, err = readStatus(*flags.status)
	}
	if err != nil {
		return withQuery(err, query)
	}
	c, err := a.openRegister(cmd.Context(), flags.registerFlags)
	if err != nil {
		return err
	}
	defer func() { _ = c.searcher.Close() }() // only read from
	if c.empty != nil && !*flags.json && !*flags.csv {
		return c.empty // programs get their answer all the same
	}
	of := list[register.Commitment]{c.register.Commitments, c.register.AllCommitments}
	page, err := of.fetch(cmd.Context(), request, *flags.page, *flags.all)
	if err != nil {
		return withQuery(err, query)
	}
	var followed []api.FollowedCommitment
	if *flags.follow {
		if followed, err = c.follow(cmd.Context(), page.Items); err != nil {
			return err
		}
	}
	answer := api.NewCommitments(page, notices)
	switch {
	case *flags.json && *flags.follow:
		err = a.printJSON(api.FollowedCommitments{Commitments: answer, Items: followed})
	case *flags.json:
		err = a.printJSON(answer)
	case *flags.csv && *flags.follow:
		err = a.writeRows(api.FollowedColumns(), func(yield func([]any) bool) {
			for i := range followed {
				for _, row := range followed[i].Table() {
					if !yield(row) {
						return
					}
				}
			}
		})
	case *flags.csv:
		err = a.writeRows(api.CommitmentColumns(), func(yield func([]any) bool) {
			for i := range answer.Items {
				if !yield(answer.Items[i].Cells()) {
					return
				}
			}
		})
	default:
		a.listCommitments(out, notices, page, followed)
		a.listFoot(out, len(page.Items), page.Next != "" && *flags.cursor == "", *flags.page)
		err = out.flush()
	}
	if err != nil {
		return err
	}
	return c.empty
}

// readStatus reads a status by its code or the name that people read; "" asks for every one.
func readStatus(value string) (gongwen.FollowUpStatus, error) {
	if value == "" {
		return "", nil
	}
	var names []string
	for _, status := range register.Statuses() {
		name := statusNames[status]
		if strings.EqualFold(value, string(status)) || value == name.zh {
			return status, nil
		}
		names = append(names, name.zh+"（"+string(status)+"）")
	}
	return "", &search.QueryError{
		Param: "status", Value: value, Message: "没有“" + value + "”这种后续情况。", Hint: "后续情况有：" + strings.Join(names, "、") + "。",
	}
}

// follow tells what later documents say of promises, with passages cut out of them.
func (c *collection) follow(ctx context.Context, items []register.Commitment) ([]api.FollowedCommitment, error) {
	followed := make([]api.FollowedCommitment, 0, len(items))
	read := map[string]*gongwen.Document{}
	for i := range items {
		one, followUps, later, err := c.register.Commitment(ctx, items[i].ID)
		if err != nil {
			return nil, fmt.Errorf("follow commitment %s: %w", items[i].ID, err)
		}
		for _, f := range followUps {
			if read[f.Document] == nil && len(f.Passages) > 0 {
				reading, err := c.searcher.Read(ctx, f.Document, nil)
				if err != nil {
					return nil, fmt.Errorf("read follow-up %s: %w", f.Document, err)
				}
				read[f.Document] = reading.Document
			}
			if read[f.Document] != nil {
				later[f.Document] = read[f.Document]
			}
		}
		followed = append(followed, api.NewFollowedCommitment(one, followUps, later))
	}
	return followed, nil
}

// listCommitments lays a page out for a person. followed is as long as the page, or nil.
func (a *app) listCommitments(s *screen, notices []search.Notice, page *register.Page[register.Commitment], followed []api.FollowedCommitment) {
	a.listHead(s, notices, page.Total, page.Offset, len(page.Items), oneCommitment, manyCommitments)
	for i := range page.Items {
		c := &page.Items[i]
		s.blank()
		s.hang(0, indent, piece{fmt.Sprintf("%2d. ", page.Offset+i+1), plain}, piece{oneLine(c.Text), strong})
		s.put(indent, piece{text: strings.Join(a.aboutCommitment(c), " · ")})
		s.put(indent, piece{strings.Join(nonEmpty(oneLine(c.Document.Title), "ID "+c.Document.ID), " · "), faint})
		if followed != nil {
			a.listFollowups(s, followed[i].Followups)
		}
	}
	if page.Total > 0 {
		a.registerFacets(s, page.Facets, []string{"year", "target_year", "topic", "status", "department", "region"})
	}
}

// aboutCommitment is who promised what for when, and what became of it.
func (a *app) aboutCommitment(c *register.Commitment) []string {
	years := ""
	switch {
	case c.Document.Year > 0 && c.Target > 0:
		years = a.say(yearsName, c.Document.Year, c.Target)
	case c.Document.Year > 0:
		years = a.say(yearName, c.Document.Year)
	case c.Target > 0:
		years = a.say(targetName, c.Target)
	}
	view := api.NewCommitment(c)
	deadline, target := "", ""
	if view.Deadline != nil {
		deadline = a.say(deadlineName, view.Deadline.Text, view.Deadline.By)
	}
	if view.Target != nil {
		target = a.say(goalName, view.Target.Text)
	}
	return nonEmpty(c.Document.Department(), years, a.topicName(c.Topic), deadline, target, a.say(followName, a.say(statusNames[c.Status])))
}

func (a *app) listFollowups(s *screen, followups []api.Followup) {
	for _, f := range followups {
		line := []string{a.say(statusNames[gongwen.FollowUpStatus(f.Status)])}
		if f.Year != nil {
			line = append([]string{a.say(yearName, *f.Year)}, line...)
		}
		if f.DocumentTitle != nil {
			line = append(line, oneLine(*f.DocumentTitle))
		}
		s.hang(indent, indent+2, piece{text: "▸ " + strings.Join(append(line, "ID "+f.Document), " · ")})
		for _, p := range f.Passages {
			s.hang(indent+2, indent+7, piece{fmt.Sprintf("%.2f ", p.Score), faint}, piece{text: oneLine(p.Text)})
		}
	}
}

// oneLine is a text without its line breaks.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
