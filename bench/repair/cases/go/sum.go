func Sum(values []int) int {
	total := 0
	for i := 0; i <= len(values); i++ {
		total += values[i]
	}
	return total
}
// ---- test
func TestSumExists(t *testing.T) {
	_ = Sum
}
// ---- crash
Sum([]int{1, 2})
