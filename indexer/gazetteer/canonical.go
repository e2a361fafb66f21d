package gazetteer

import "strings"

// Canonical returns the path of a place however it is written: 大连, 大连市, 辽宁省大连市 and 辽宁/大连 are 辽宁省/大连市. Text that
// is no place, and 全国, is returned unchanged.
func (g *Gazetteer) Canonical(path string) string {
	text := strings.TrimSpace(path)
	if text == "" {
		return path
	}
	if strings.Contains(text, "/") {
		return g.canonicalParts(path, strings.Split(text, "/"))
	}
	if place := g.called(text, none); place >= 0 {
		return g.path(place)
	}
	fictions := unknownChains(g, text)
	mentions := g.mentions(text, fictions)
	end := 0
	for _, m := range mentions {
		if m.start != end {
			return path
		}
		end = m.end
	}
	if end == 0 || end != len(text) {
		return path
	}
	if found := g.pick(mentions, func() []mention { return nil }); found != "" {
		return found
	}
	return path
}

// canonicalParts reads a path part by part. The parts below a place that is not known stay as they are.
func (g *Gazetteer) canonicalParts(path string, parts []string) string {
	current := none
	var out []string
	for _, part := range parts {
		part = strings.TrimSpace(part)
		if part == "" || part == "市辖区" || part == "县" || strings.Contains(part, "直辖县级") {
			continue
		}
		place := none
		if len(out) == 0 || current >= 0 {
			place = g.called(part, current)
		}
		switch {
		case place >= 0:
			out, current = strings.Split(g.path(place), "/"), place
		case current >= 0 && part == g.places[current].name: // 北京市/北京市/朝阳区
		case len(out) == 0:
			return path
		default:
			out, current = append(out, part), none
		}
	}
	if len(out) == 0 {
		return path
	}
	return strings.Join(out, "/")
}

// called returns the one place that bears exactly that name, with or without its rank, below a superior where one is
// given; the highest level wins.
func (g *Gazetteer) called(name string, superior int32) int32 {
	for _, names := range []map[string][]int32{g.names, g.stems} {
		places := names[name]
		if superior >= 0 {
			places = g.below(places, []int32{superior})
		}
		if len(places) == 0 {
			continue
		}
		if places = g.highest(places); len(places) == 1 {
			return places[0]
		}
		return ambiguous
	}
	return none
}
