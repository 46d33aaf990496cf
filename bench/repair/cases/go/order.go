type Customer struct {
	Name string
}

type Order struct {
	Customer *Customer
}

func Label(order *Order) string {
	return "to " + order.Customer.Name
}
// ---- test
func TestLabel(t *testing.T) {
	if Label(&Order{Customer: &Customer{Name: "Ada"}}) != "to Ada" {
		t.Error("label")
	}
}
// ---- crash
Label(&Order{})
