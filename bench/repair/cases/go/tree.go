type Node struct {
	Value int
	Left  *Node
	Right *Node
}

func Depth(node *Node) int {
	left, right := Depth(node.Left), Depth(node.Right)
	if left > right {
		return left + 1
	}
	return right + 1
}
// ---- test
func TestDepthExists(t *testing.T) {
	_ = Depth
}
// ---- crash
Depth(&Node{})
