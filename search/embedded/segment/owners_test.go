package segment

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// In whatever order passages are asked for, owners are those that the segment names.
func TestOwners(t *testing.T) {
	side := build(t, 0, 60)
	random := rand.New(rand.NewPCG(1, 1))
	for round := range 200 {
		owners := side.Owners()
		var asked []int
		for range 1 + random.IntN(40) {
			asked = append(asked, random.IntN(side.Passages()))
		}
		if round%4 > 0 {
			slices.Sort(asked)
		}
		for _, passage := range asked {
			wantKind, wantOwner := side.Owner(passage)
			wantDoc := wantOwner
			if wantKind == KindText || wantKind == KindHeads {
				wantDoc = side.SectionDoc(wantOwner)
			}
			if kind, owner := owners.Of(passage); kind != wantKind || owner != wantOwner || owners.Doc != wantDoc {
				t.Fatalf("passage %d is of kind %d, of %d, of document %d; want %d, %d, %d",
					passage, kind, owner, owners.Doc, wantKind, wantOwner, wantDoc)
			}
		}
	}
}

// Decoding is what walking gives, and within a set what of it is in the set.
func TestDecode(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	for range 300 {
		var data []byte
		var all []Found
		passage := uint32(0)
		for range random.IntN(60) {
			delta, count := uint32(random.IntN(1<<random.IntN(18))), uint32(1+random.IntN(1<<random.IntN(16)))
			passage += delta
			data = appendPosting(data, delta, count)
			all = append(all, Found{passage, count})
		}
		var walked []Found
		for list := (&Postings{rest: data}); ; {
			at, count, ok := list.Next()
			if !ok {
				break
			}
			walked = append(walked, Found{at, count})
		}
		set := make([]uint64, passage/64+1)
		for i := range set {
			set[i] = random.Uint64()
		}
		inside := slices.DeleteFunc(slices.Clone(all), func(f Found) bool { return set[f.Passage>>6]&(1<<(f.Passage&63)) == 0 })
		if decoded := (&Postings{rest: data}).Decode(nil); !slices.Equal(decoded, all) || !slices.Equal(walked, all) {
			t.Fatalf("decoded %v, walked %v, want %v", decoded, walked, all)
		}
		if decoded := (&Postings{rest: data}).Decode(set); !slices.Equal(decoded, inside) {
			t.Fatalf("decoded %v, want %v", decoded, inside)
		}
	}
}
