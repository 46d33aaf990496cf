func First(names []string) string {
	return names[0]
}
// ---- test
func TestFirst(t *testing.T) {
	if First([]string{"a"}) != "a" {
		t.Error("first")
	}
}
// ---- crash
First(nil)
