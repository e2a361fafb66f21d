package likeness

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// text makes running text of so many letters, in lines.
func text(random *rand.Rand, letters int) string {
	var b strings.Builder
	for i := range letters {
		b.WriteRune(rune(0x4e00 + random.IntN(600)))
		if i%37 == 36 {
			b.WriteString("，\n")
		}
	}
	return b.String()
}

// share is the exact likeness of two texts.
func share(a, b string) float64 {
	shingles := func(text string) map[string]bool {
		var letters []rune
		for _, r := range text {
			if isLetter(r) {
				letters = append(letters, r)
			}
		}
		all := map[string]bool{}
		for i := 0; i+shingle <= len(letters); i++ {
			all[string(letters[i:i+shingle])] = true
		}
		return all
	}
	x, y := shingles(a), shingles(b)
	both := 0
	for s := range x {
		if y[s] {
			both++
		}
	}
	return float64(both) / float64(len(x)+len(y)-both)
}

// TestBetween holds the estimate against the exact likeness, and that what is alike is found.
func TestBetween(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	sum, n, missed, near := 0.0, 0, 0, 0
	for range 300 {
		a := text(random, 220+random.IntN(4000))
		b := a
		for range random.IntN(12) {
			runes := []rune(b)
			at := random.IntN(len(runes))
			b = string(runes[:at]) + text(random, random.IntN(200)) + string(runes[min(len(runes), at+random.IntN(200)):])
		}
		x, y := Of(a).Sketch, Of(b).Sketch
		if x == nil || y == nil {
			continue
		}
		got, want := Between(x, y), share(a, b)
		sum += math.Abs(got - want)
		n++
		if math.Abs(got-want) > 0.25 {
			t.Errorf("likeness %.2f, want %.2f", got, want)
		}
		if want >= 0.6 {
			near++
			if !Share(x, y) {
				missed++
			}
		}
		if Between(y, x) != got || Share(x, y) != Share(y, x) {
			t.Error("likeness depends on the order")
		}
	}
	if sum/float64(n) > 0.06 || n < 200 || near < 50 {
		t.Errorf("mean error %.3f of %d, %d near", sum/float64(n), n, near)
	}
	if missed*20 > near {
		t.Errorf("%d of %d texts that are alike share no band", missed, near)
	}
}

// TestOf: only letters count, however the text is cut; other letters make another digest.
func TestOf(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	a := text(random, 500)
	whole := Of(a)
	first, rest, _ := strings.Cut(a, "\n")
	for _, same := range [][]string{{strings.ReplaceAll(a, "\n", "")}, {first, rest}, {"  " + strings.ReplaceAll(a, "，", "。") + "！"}} {
		if got := Of(same...); got.Digest != whole.Digest || string(got.Sketch) != string(whole.Sketch) || Between(got.Sketch, whole.Sketch) != 1 {
			t.Errorf("%.20q is not the same text", same)
		}
	}
	seen := map[uint64]bool{}
	for i := range 2000 {
		seen[Of(a[:len(a)-3*(i%100)-4], strings.Repeat("乙", i)).Digest] = true
	}
	if len(seen) < 1990 {
		t.Errorf("%d digests of 2000 texts", len(seen))
	}
	if Of(text(random, Least-1)).Sketch != nil || Of(text(random, Least)).Sketch == nil {
		t.Error("short texts have sketches, or long ones none")
	}
	if other := Of(text(random, 500)); Between(other.Sketch, whole.Sketch) > 0.1 || Share(other.Sketch, whole.Sketch) {
		t.Error("texts that share nothing are alike")
	}
	if one := Of(strings.Repeat("法", 1000)); len(one.Sketch) != Bins { // a single shingle
		t.Error("no sketch")
	}
}

// TestKeys: sketches that share a band share a key.
func TestKeys(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		a, b := make(Sketch, Bins), make(Sketch, Bins)
		for i := range a {
			a[i], b[i] = byte(random.IntN(4)), byte(random.IntN(4))
		}
		x, y := a.Keys(), b.Keys()
		common := false
		for i := range x {
			common = common || x[i] == y[i]
		}
		if common != Share(a, b) {
			t.Error("keys and bands differ")
		}
	}
}

func BenchmarkOf(b *testing.B) {
	long := text(rand.New(rand.NewPCG(1, 2)), 20_000)
	b.SetBytes(int64(len(long)))
	for b.Loop() {
		Of(long)
	}
}

func BenchmarkBetween(b *testing.B) {
	x := Of(text(rand.New(rand.NewPCG(1, 2)), 900)).Sketch
	for b.Loop() {
		Between(x, x)
	}
}
