func Steps(points []int) []int {
	steps := []int{}
	for i := 0; i < len(points); i++ {
		steps = append(steps, points[i+1]-points[i])
	}
	return steps
}
// ---- test
func TestStepsNone(t *testing.T) {
	if len(Steps(nil)) != 0 {
		t.Error("steps")
	}
}
// ---- crash
Steps([]int{1, 2})
