class Order
  def initialize(customer)
    @customer = customer
  end

  def label
    @customer.name.upcase
  end
end
# ---- test
class OrderTest < Minitest::Test
  def test_label
    assert_equal "ADA", Order.new(Struct.new(:name).new("ada")).label
  end
end
# ---- crash
Order.new(nil).label
