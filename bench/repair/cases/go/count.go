func Count(words []string) map[string]int {
	var counts map[string]int
	for _, word := range words {
		counts[word]++
	}
	return counts
}
// ---- test
func TestCountNone(t *testing.T) {
	if len(Count(nil)) != 0 {
		t.Error("count")
	}
}
// ---- crash
Count([]string{"a"})
