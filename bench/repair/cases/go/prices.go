type Price struct {
	Cents int
}

type Item struct {
	Price *Price
}

func Total(items []Item) int {
	total := 0
	for _, item := range items {
		total += item.Price.Cents
	}
	return total
}
// ---- test
func TestTotal(t *testing.T) {
	if Total([]Item{{Price: &Price{Cents: 2}}}) != 2 {
		t.Error("total")
	}
}
// ---- crash
Total([]Item{{}})
