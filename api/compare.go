package api

import (
	"gongwen"
	"gongwen/compare"
)

// Comparison is what differs between two documents. Starts and ends count UTF-8 bytes of the texts.
type Comparison struct {
	Old    Document        `json:"old" doc:"The one document, most often the older version."`
	New    Document        `json:"new" doc:"The other one."`
	Blocks []ComparedBlock `json:"blocks" nullable:"false" doc:"The paragraphs of both texts in order; runs of paragraphs that are the same are one block."`
}

// ComparedBlock is a paragraph, or several that are the same.
type ComparedBlock struct {
	Kind       string         `json:"kind" enum:"same,changed,deleted,inserted" doc:"What became of it."`
	Paragraphs int            `json:"paragraphs" doc:"Paragraphs in the block: more than one only where they are the same."`
	OldStart   int            `json:"old_start" doc:"First byte in the old text."`
	OldEnd     int            `json:"old_end" doc:"Byte after it in the old text; equal to old_start where the old text lacks it."`
	NewStart   int            `json:"new_start" doc:"First byte in the new text."`
	NewEnd     int            `json:"new_end" doc:"Byte after it in the new text; equal to new_start where the new text lacks it."`
	Parts      []ComparedPart `json:"parts" nullable:"false" doc:"What differs within a paragraph that changed: joined without the inserted parts it is the old one, without the deleted ones the new one."`
}

// ComparedPart is a piece of a paragraph that changed.
type ComparedPart struct {
	Kind string `json:"kind" enum:"same,deleted,inserted" doc:"Which text has it."`
	Text string `json:"text" doc:"The piece."`
}

// NewComparison returns the view of a comparison.
func NewComparison(before, after *gongwen.Document, blocks []compare.Block) Comparison {
	view := Comparison{Old: NewDocument(before), New: NewDocument(after), Blocks: []ComparedBlock{}}
	for _, b := range blocks {
		if last := len(view.Blocks) - 1; b.Kind == compare.Same && last >= 0 && view.Blocks[last].Kind == string(compare.Same) {
			view.Blocks[last].Paragraphs++
			view.Blocks[last].OldEnd, view.Blocks[last].NewEnd = b.Old.End, b.New.End
			continue
		}
		block := ComparedBlock{string(b.Kind), 1, b.Old.Start, b.Old.End, b.New.Start, b.New.End, []ComparedPart{}}
		for _, p := range b.Parts {
			block.Parts = append(block.Parts, ComparedPart{string(p.Kind), p.Text})
		}
		view.Blocks = append(view.Blocks, block)
	}
	return view
}
