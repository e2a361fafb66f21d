package main

import "math"

// figures are the measures of one query, or their means over several.
type figures struct {
	NDCG10, MRR10, Recall10, Recall100 float64
}

// measure compares the IDs of an answer, in order, with those that are relevant, all of them equally.
func measure(ids []string, relevant map[string]bool) figures {
	var f figures
	if len(relevant) == 0 {
		return f
	}
	ideal := 0.0
	for rank := range min(10, len(relevant)) {
		ideal += gain(rank)
	}
	seen := 0
	for rank, id := range ids[:min(100, len(ids))] {
		if !relevant[id] {
			continue
		}
		seen++
		if rank < 10 {
			f.NDCG10 += gain(rank) / ideal
			f.Recall10 = float64(seen) / float64(len(relevant))
			if f.MRR10 == 0 {
				f.MRR10 = 1 / float64(rank+1)
			}
		}
	}
	f.Recall100 = float64(seen) / float64(len(relevant))
	return f
}

// gain is what a relevant document counts at a rank from 0.
func gain(rank int) float64 { return 1 / math.Log2(float64(rank)+2) }

// mean is the mean of figures, zero of none.
func mean(of []figures) figures {
	var sum figures
	for _, f := range of {
		sum.NDCG10 += f.NDCG10
		sum.MRR10 += f.MRR10
		sum.Recall10 += f.Recall10
		sum.Recall100 += f.Recall100
	}
	n := max(float64(len(of)), 1)
	return figures{sum.NDCG10 / n, sum.MRR10 / n, sum.Recall10 / n, sum.Recall100 / n}
}
