package embedded

// prefer finds what the preferences of the plan lift.
func (e *evaluation) prefer() {
	accepted := make([]int, len(e.plan.Preferences))
	for _, p := range e.parts {
		for i, preference := range e.plan.Preferences {
			set := p.accepted(preference.Filter)
			p.prefers = append(p.prefers, set)
			accepted[i] += set.count()
		}
	}
	e.scorer.Prefer(accepted)
}

// preferred is what preferences add to the score of a document.
func (e *evaluation) preferred(p *partRun, doc int) float64 {
	if len(p.prefers) == 0 {
		return 0
	}
	return e.scorer.Preferred(func(i int) bool { return p.prefers[i].has(doc) })
}
