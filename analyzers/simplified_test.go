package analyzers

import "testing"

func TestSimplified(t *testing.T) {
	for from, want := range map[rune]rune{'國': '国', '薴': '苎', '国': '国', 'Ａ': 'Ａ', 'A': 'A', '（': '（', '㑯': '㑔', '一': '一'} {
		if got := Simplified(from); got != want {
			t.Errorf("Simplified(%c) = %c, want %c", from, got, want)
		}
	}
	for from := range readSimplified() {
		if to := Simplified(from); Simplified(to) != to {
			t.Errorf("Simplified(%c) = %c, which is %c", from, to, Simplified(to))
		}
	}
}
