package register

import (
	"strconv"

	"gongwen"
	"gongwen/search"
)

// Request is a question to the register. The zero values of its fields ask for everything.
type Request struct {
	Query    search.Query           // of words in the item's own text; nil for any
	Filters  []search.Condition     // as in a search; a topic is the item's own
	Document string                 // ID of the only document
	Target   int                    // commitments: the target year, or UnknownYear
	Status   gongwen.FollowUpStatus // commitments
	Unit     string                 // figures: the unit as the item has it, or search.Unknown for none
	Size     int                    // items on the page; 0 for search.DefaultSize, negative for none, at most MaxSize
	Cursor   string                 // of an earlier page
}

// UnknownYear asks for what has no target year.
const UnknownYear = -1

// MaxSize is the most items of a page.
const MaxSize = 1000

// Statuses are the values of Status, those that tell most first.
func Statuses() []gongwen.FollowUpStatus {
	return []gongwen.FollowUpStatus{
		gongwen.StatusReported, gongwen.StatusRepeated, gongwen.StatusNotMentioned, gongwen.StatusNoLater,
	}
}

// ParseTarget reads a target year as one types it: 2021, 2021年, or unknown; "" asks for every one. The error is a
// *search.QueryError.
func ParseTarget(value string) (int, error) {
	if value == "" {
		return 0, nil
	}
	condition, err := search.ParseCondition(search.FieldYear, value)
	if err == nil && condition.Value == search.Unknown {
		return UnknownYear, nil
	}
	year, wrong := strconv.Atoi(condition.Value)
	if err != nil || wrong != nil {
		return 0, &search.QueryError{
			Param: "target_year", Value: value, Message: "“" + value + "”不是年度。",
			Hint: "目标年度只能写一个，如 2021；没有目标年度的写作 unknown。",
		}
	}
	return year, nil
}
