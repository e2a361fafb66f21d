package header

import (
	"regexp"
	"strconv"

	"gongwen/analyzers"
)

// periodTitle is the title of a plan for years.
var periodTitle = regexp.MustCompile(`([12]\d{3})年?(?:-+|至|到|~)([12]\d{3})年[^年]{0,16}(?:规划|计划|纲要|方案)|(?:规划|计划|纲要|方案)\(([12]\d{3})年?(?:-+|至|到|~)([12]\d{3})年?\)`)

// longestPeriod is how many years a plan is made for at most.
const longestPeriod = 30

// Period returns the first and the last year that a title says a plan is for: 规划（2021—2025年）. They are 0 where it says none.
func Period(title string) (from, to int) {
	for _, m := range periodTitle.FindAllStringSubmatch(analyzers.Fold(title), -1) {
		for i := 1; i+1 < len(m); i += 2 {
			from, _ = strconv.Atoi(m[i])
			to, _ = strconv.Atoi(m[i+1])
			if 0 < from && from < to && to < from+longestPeriod {
				return from, to
			}
		}
	}
	return 0, 0
}
