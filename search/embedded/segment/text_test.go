package segment

import (
	"testing"
	"unicode/utf8"

	"gongwen/analyzers"
)

// FuzzRestore holds that the original comes back byte for byte from what is kept of it.
func FuzzRestore(f *testing.F) {
	f.Add("一、健全，完善 ：(a,b)\n  ２０１８年 WTO\u200b權 \n\n𠮷")
	f.Add("  前\t后  ")
	f.Fuzz(func(t *testing.T, original string) {
		if !utf8.ValidString(original) {
			return
		}
		folded := analyzers.Fold(original)
		units := appendUnits(nil, folded)
		if got := decodeUnits(units); got != folded {
			t.Fatalf("units of %q decode to %q", folded, got)
		}
		if got := restore(units, appendChanges(nil, original)); got != original {
			t.Fatalf("restored %q, want %q", got, original)
		}
	})
}
