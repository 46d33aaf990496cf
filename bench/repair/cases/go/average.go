func Average(values []int) int {
	sum := 0
	for _, value := range values {
		sum += value
	}
	return sum / len(values)
}
// ---- test
func TestAverage(t *testing.T) {
	if Average([]int{2, 4}) != 3 {
		t.Error("average")
	}
}
// ---- crash
Average(nil)
