type Team struct {
	Size int
}

func (team *Team) Share(cents int) int {
	return cents / team.Size
}
// ---- test
func TestShare(t *testing.T) {
	if (&Team{Size: 2}).Share(10) != 5 {
		t.Error("share")
	}
}
// ---- crash
(&Team{}).Share(10)
